"""`python -m benchmarks`: one run, one table of ratios, `benchmarks/results/latest.json`."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.committee import measure_committee
from benchmarks.derivation import measure_derivation
from benchmarks.imports import measure_import
from benchmarks.matching import measure_matching
from benchmarks.measuring import Result, print_table, write_results
from benchmarks.questions import measure_paths, paths_at_random
from benchmarks.raw import empty, load_world
from benchmarks.world import make_world
from graph.engine import Engine, EngineSettings, migrate, open_engine
from graph.ties import derive
from tests.neo4j_local.server import NotHereError, neo4j_address

_GROWTH_NAME = "two connectors at random: p50, ms"


@asynccontextmanager
async def opened(label: str, neo4j_uri: str | None) -> AsyncIterator[tuple[Engine, EngineSettings]]:
    """An empty engine of its own, and how the service reaches it."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-", ignore_cleanup_errors=True) as folder:
        settings = EngineSettings(
            data_dir=Path(folder), neo4j_uri=neo4j_uri, engine_memory="4g", query_timeout=3600
        )
        async with await open_engine(settings) as engine:
            await migrate(engine)
            yield engine, settings


async def measure(label: str, neo4j_uri: str | None, options: argparse.Namespace) -> list[Result]:
    """Every measurement on one engine."""
    async with opened(label, neo4j_uri) as (engine, settings):
        results = await measure_committee(engine, settings, label)
        if not options.no_import:
            results += await measure_import(engine, label, options.import_rows)
        small = None
        if options.growth_from < options.people:
            await empty(engine)
            await load_world(engine, make_world(options.growth_from))
            await derive(engine, full=True)
            small = (await paths_at_random(engine, options.repeats)).p50
        await empty(engine)
        results += await measure_derivation(engine, label, make_world(options.people))
        results += await measure_paths(
            engine, settings, label, options.people, options.repeats, peers=not options.no_peers
        )
        if small is not None:
            large = next(r.value for r in results if r.name == _GROWTH_NAME) / 1000
            name = f"growth: two connectors, p50, against {options.growth_from:,} people"
            results.append(Result.at_most(label, options.people, name, large / small, 3))
        return results


def main() -> None:
    """Parse the options, measure the engines that are here, print and write the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument(
        "--growth-from", type=int, default=10_000, help="people in the small graph of the growth row"
    )
    parser.add_argument("--import-rows", type=int, default=50_000)
    parser.add_argument(
        "--matching",
        type=int,
        default=100_000,
        help="labelled people to match with as many known ones; 0: none",
    )
    parser.add_argument("--repeats", type=int, default=40)
    parser.add_argument("--engine", choices=["embedded", "neo4j", "both"], default="both")
    parser.add_argument("--no-import", action="store_true")
    parser.add_argument(
        "--no-peers", action="store_true", help="without the naive statement and the searches in memory"
    )
    options = parser.parse_args()
    results = measure_matching(options.matching) if options.matching else []
    if options.engine in ("embedded", "both"):
        results += asyncio.run(measure("embedded", None, options))
    if options.engine in ("neo4j", "both"):
        try:
            with neo4j_address(heap="4g", page_cache="1g") as address:
                results += asyncio.run(measure("neo4j", address.uri, options))
        except NotHereError as reason:
            print(f"Neo4j was not measured: {reason}")
    print_table(results)
    write_results(results)


if __name__ == "__main__":
    main()
