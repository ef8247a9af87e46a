"""Warm paths against the naive statement, against graphs held in memory, and through the endpoint."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from benchmarks.measuring import Result, Timing, say, timed
from benchmarks.packed import read_ties
from benchmarks.peers import IgraphPaths, NumpyPaths
from benchmarks.raw import send
from graph.engine import Engine, EngineSettings
from graph.engine.statements import parse_statement
from graph.paths import CompanyTarget, PathQuestion, warm_paths
from tests.neo4j_local.server import free_port

__all__ = ["VIEWER", "Asked", "measure_paths", "paths_at_random", "prepare_questions", "served"]

_TEAM, _TARGETS, _SETS = 10, 12, 8
_FIRST, _FLOOR = 5, 0.05
_NAIVE_RUNS = 2
_FEWEST_TIES = 5
# Java compiles what it runs often: an engine that serves has been asked far more.
_WARM = 20 * _SETS

VIEWER = "{ viewer { role } }"
_PATHS = (
    "query($input: WarmPathsInput!) { warmPaths(input: $input) "
    "{ truncated paths { score why people { name } ties { probability } } } }"
)


@dataclass(frozen=True)
class Asked:
    """One question: who of ours, and who of theirs (employees of the company with this id)."""

    company: str
    starts: tuple[str, ...]
    targets: tuple[str, ...]


async def prepare_questions(engine: Engine, seed: int = 3) -> dict[str, list[Asked]]:
    """Choose ten of ours, and several times twelve of theirs: at random, and among those with most ties.

    The twelve are made the heads of a company of their own, so that they are asked for as users ask.
    """
    rng = np.random.default_rng(seed)
    degrees = sorted(await send(engine, "degrees"), key=lambda row: (-row["ties"], row["id"]))
    everybody = sorted(row["id"] for row in degrees if row["ties"] >= _FEWEST_TIES)
    hubs = [row["id"] for row in degrees[: _TEAM + _TARGETS * _SETS]]
    asked: dict[str, list[Asked]] = {"at random": [], "among hubs": []}
    for kind, pool in (("at random", everybody), ("among hubs", hubs)):
        chosen = [str(one) for one in rng.choice(pool, _TEAM + _TARGETS * _SETS, replace=False)]
        team, others = tuple(chosen[:_TEAM]), chosen[_TEAM:]
        await send(engine, "mark_team", ids=list(team))
        for number in range(_SETS):
            company = f"target-{kind.replace(' ', '-')}-{number}"
            targets = tuple(others[number * _TARGETS : (number + 1) * _TARGETS])
            asked[kind].append(Asked(company, team, targets))
            await send(engine, "raw_heads", company=company, people=list(targets))
    return asked


async def measure_paths(
    engine: Engine, settings: EngineSettings, label: str, people: int, repeats: int, *, peers: bool = True
) -> list[Result]:
    """Measure every comparison of the warm-path search on the graph that is there.

    Without `peers` the naive statement and the searches in memory are left out: at a million people the first
    takes hours, and the others more memory than many machines have.
    """
    asked = await prepare_questions(engine)
    results: list[Result] = []
    for kind, questions in asked.items():
        say(f"{label}: warm paths {kind}")
        ours = await timed(lambda i, q=questions: _ask(engine, q[i % _SETS]), repeats, warm=_WARM)
        results += [
            Result(label, people, f"two connectors {kind}: p50, ms", round(ours.p50 * 1000, 1)),
            Result(label, people, f"two connectors {kind}: p95, ms", round(ours.p95 * 1000, 1)),
        ]
        if not peers:
            continue
        say(f"{label}: the naive statement")
        naive = await _naive(engine, questions)
        results += [
            Result(
                label, people, f"two connectors {kind}: naive p50 over ours", round(naive.p50 / ours.p50, 1)
            ),
            Result.at_least(
                label, people, f"two connectors {kind}: naive p95 over ours", naive.p95 / ours.p95, 50
            ),
        ]
        if kind == "at random":
            results += await _against_memory(engine, label, people, questions, ours, repeats)
    results += await _through_endpoint(settings, label, people, asked["at random"], repeats)
    return results


async def paths_at_random(engine: Engine, repeats: int) -> Timing:
    """Two connectors at random on the graph that is there, and nothing else."""
    questions = (await prepare_questions(engine))["at random"]
    return await timed(lambda i: _ask(engine, questions[i % _SETS]), repeats, warm=_WARM)


async def _ask(engine: Engine, asked: Asked, connectors: int = 2) -> None:
    question = PathQuestion(
        target=CompanyTarget(asked.company), from_ids=asked.starts, max_connectors=connectors, first=_FIRST
    )
    answer = await warm_paths(engine, question)
    if not answer.paths:
        raise RuntimeError("a benchmark question found no path")


async def _naive(engine: Engine, questions: Sequence[Asked]) -> Timing:
    text = (Path(__file__).parent / "cypher" / "naive_paths.cypher").read_text(encoding="utf-8")
    parse_statement("naive_paths", text)

    async def run(i: int) -> None:
        asked = questions[i]
        await send(
            engine,
            "naive_paths",
            starts=list(asked.starts),
            targets=list(asked.targets),
            floor=_FLOOR,
            first=_FIRST,
        )

    # It takes up to minutes among hubs, so it is asked a few times only: its p95 is its slowest run.
    return await timed(run, _NAIVE_RUNS, warm=0)


async def _against_memory(
    engine: Engine, label: str, people: int, questions: Sequence[Asked], ours: Timing, repeats: int
) -> list[Result]:
    say(f"{label}: the same in memory")
    ties = await read_ties(engine)
    ids = ties.ids
    number = {one: at for at, one in enumerate(ids)}
    pairs = np.stack([ties.ties["a"], ties.ties["b"]], axis=1).astype(np.int64)
    p = np.ascontiguousarray(ties.ties["shared_p"])
    del ties

    def ends(asked: Asked) -> tuple[list[int], list[int]]:
        return [number[i] for i in asked.starts], [number[i] for i in asked.targets]

    memory = NumpyPaths(len(ids), pairs, p)
    plain = IgraphPaths(len(ids), pairs, p)

    async def numpy_run(i: int) -> None:
        memory.best(*ends(questions[i % _SETS]), 2, _FIRST, _FLOOR)

    async def igraph_run(i: int) -> None:
        plain.best(*ends(questions[i % _SETS]), 2, _FIRST, _FLOOR)

    await _same_answers(engine, questions[0], memory.best(*ends(questions[0]), 2, _FIRST, _FLOOR), ids)
    in_numpy = await timed(numpy_run, repeats)
    in_igraph = await timed(igraph_run, 5, warm=1)
    bound = 40 if label == "neo4j" else 80
    return [
        Result.at_least(
            label, people, "two connectors: igraph in memory over ours, p50", in_igraph.p50 / ours.p50, 3
        ),
        Result.at_most(
            label, people, "two connectors: ours over numpy in memory, p50", ours.p50 / in_numpy.p50, bound
        ),
    ]


async def _same_answers(engine: Engine, asked: Asked, best: Sequence[Any], ids: Sequence[str]) -> None:
    answer = await warm_paths(
        engine, PathQuestion(target=CompanyTarget(asked.company), from_ids=asked.starts, first=_FIRST)
    )
    found = [(round(path.score, 9), tuple(person.id for person in path.people)) for path in answer.paths]
    expected = [(round(score, 9), tuple(ids[at] for at in path)) for score, path in best]
    if found != expected:
        raise RuntimeError("the search and the in-memory peer answer differently")


@contextlib.contextmanager
def served(settings: EngineSettings) -> Iterator[tuple[str, str]]:
    """The service in a process of its own, as it is in production; its address and an admin key."""
    environment = {
        **os.environ,
        "LIAISON_DATA_DIR": str(settings.data_dir),
        "LIAISON_COST_PER_MINUTE": "100000000",
        "LIAISON_REQUESTS_PER_MINUTE": "1000000",
        "LIAISON_DEADLINE_SECONDS": "60",
        "LIAISON_LOG_LEVEL": "warning",
    }
    if settings.neo4j_uri:
        environment["LIAISON_NEO4J_URI"] = settings.neo4j_uri
    command = [sys.executable, "-c", "from service.cli import main; main()"]
    created = subprocess.run(
        [*command, "key", "create", "--role", "admin", "--name", "bench", "--json"],
        env=environment,
        capture_output=True,
        check=True,
    )
    port = free_port()
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            time.sleep(0.2)
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
        yield address, json.loads(created.stdout)["key"]
    finally:
        process.terminate()
        process.wait(30)


async def _through_endpoint(
    settings: EngineSettings, label: str, people: int, questions: Sequence[Asked], repeats: int
) -> list[Result]:
    say(f"{label}: through the endpoint")
    with served(settings) as (address, key):
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:

            async def post(body: dict[str, Any]) -> None:
                response = await client.post("/graphql", json=body)
                answer = response.json()
                if response.status_code != 200 or answer.get("errors"):
                    raise RuntimeError(
                        f"the endpoint answered {response.status_code}: {answer.get('errors')}"
                    )

            def body(asked: Asked, connectors: int) -> dict[str, Any]:
                target = {"company": {"id": asked.company}}
                wanted = {
                    "target": target,
                    "from": list(asked.starts),
                    "maxConnectors": connectors,
                    "first": _FIRST,
                }
                return {"query": _PATHS, "variables": {"input": wanted}}

            viewer = await timed(lambda _: post({"query": VIEWER}), repeats, warm=_WARM)
            two = await timed(lambda i: post(body(questions[i % _SETS], 2)), repeats, warm=_WARM)
            three = await timed(
                lambda i: post(body(questions[i % _SETS], 3)), max(repeats // 2, 5), warm=_SETS
            )
    return [
        Result(label, people, "endpoint: { viewer } p50, ms", round(viewer.p50 * 1000, 2)),
        Result.at_most(
            label, people, "endpoint: two connectors over { viewer }, p50", two.p50 / viewer.p50, 10
        ),
        Result.at_most(
            label, people, "endpoint: three connectors p95 over { viewer } p50", three.p95 / viewer.p50, 300
        ),
    ]
