"""Warm paths against the naive statement, against graphs held in memory, and through the endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from benchmarks.measuring import Result, Timing, say, timed
from benchmarks.peers import IgraphPaths, NumpyPaths
from benchmarks.raw import send
from graph.engine import Engine, EngineSettings
from graph.engine.statements import parse_statement
from graph.paths import CompanyTarget, PathQuestion, warm_paths
from service.app import create_app
from service.security.keys import NewKey
from service.settings import Settings

__all__ = ["Asked", "measure_paths", "prepare_questions"]

_TEAM, _TARGETS, _SETS = 10, 12, 8
_FIRST, _FLOOR = 5, 0.05

_VIEWER = "{ viewer { role } }"
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
    """Choose ten of ours and twelve of theirs several times over: at random, and among those with most ties.

    The twelve are made the heads of a company of their own, so that they are asked for as users ask.
    """
    rng = np.random.default_rng(seed)
    degrees = sorted(await send(engine, "degrees"), key=lambda row: (-row["ties"], row["id"]))
    everybody = sorted(row["id"] for row in degrees if row["ties"] >= 5)
    hubs = [row["id"] for row in degrees[: (_TEAM + _TARGETS) * 4]]
    asked: dict[str, list[Asked]] = {"at random": [], "among hubs": []}
    for kind, pool in (("at random", everybody), ("among hubs", hubs)):
        for number in range(_SETS):
            chosen = [str(one) for one in rng.choice(pool, _TEAM + _TARGETS, replace=False)]
            company = f"target-{kind.replace(' ', '-')}-{number}"
            asked[kind].append(Asked(company, tuple(chosen[:_TEAM]), tuple(chosen[_TEAM:])))
            await send(engine, "raw_heads", company=company, people=chosen[_TEAM:])
            await send(engine, "mark_team", ids=chosen[:_TEAM])
    return asked


async def measure_paths(
    engine: Engine, settings: EngineSettings, label: str, people: int, repeats: int
) -> list[Result]:
    """Measure every comparison of the warm-path search on the graph that is there."""
    asked = await prepare_questions(engine)
    results: list[Result] = []
    for kind, questions in asked.items():
        say(f"{label}: warm paths {kind}")
        ours = await timed(lambda i, q=questions: _ask(engine, q[i % _SETS]), repeats)
        say(f"{label}: the naive statement")
        naive = await _naive(engine, questions)
        results += [
            Result(label, people, f"two connectors {kind}: p50, ms", round(ours.p50 * 1000, 1)),
            Result(label, people, f"two connectors {kind}: p95, ms", round(ours.p95 * 1000, 1)),
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

    return await timed(run, 5, warm=1)


async def _against_memory(
    engine: Engine, label: str, people: int, questions: Sequence[Asked], ours: Timing, repeats: int
) -> list[Result]:
    say(f"{label}: the same in memory")
    ties = await send(engine, "all_ties")
    ids = sorted({end for tie in ties for end in (tie["a"], tie["b"])})
    number = {one: at for at, one in enumerate(ids)}
    pairs = np.array([(number[tie["a"]], number[tie["b"]]) for tie in ties])
    p = np.array([tie["properties"]["shared_p"] for tie in ties])
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


async def _through_endpoint(
    settings: EngineSettings, label: str, people: int, questions: Sequence[Asked], repeats: int
) -> list[Result]:
    say(f"{label}: through the endpoint")
    keys: list[NewKey] = []
    service = Settings(
        _env_file=None,
        neo4j_uri=settings.neo4j_uri,
        data_dir=settings.data_dir,
        cost_per_minute=10_000_000,
    )
    app = create_app(service, announce=keys.append)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        headers = {"Authorization": f"Bearer {keys[0].secret}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client:

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

            viewer = await timed(lambda _: post({"query": _VIEWER}), repeats, warm=10)
            two = await timed(lambda i: post(body(questions[i % _SETS], 2)), repeats)
            three = await timed(lambda i: post(body(questions[i % _SETS], 3)), max(repeats // 2, 5))
    await asyncio.sleep(0)
    return [
        Result(label, people, "endpoint: { viewer } p50, ms", round(viewer.p50 * 1000, 2)),
        Result.at_most(
            label, people, "endpoint: two connectors over { viewer }, p50", two.p50 / viewer.p50, 10
        ),
        Result.at_most(
            label, people, "endpoint: three connectors p95 over { viewer } p50", three.p95 / viewer.p50, 300
        ),
    ]
