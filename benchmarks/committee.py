"""A buying committee through the endpoint: everything there is to know of it, in one request."""

from __future__ import annotations

from typing import Any

import httpx

from benchmarks.measuring import Result, Timing, say, timed
from benchmarks.questions import VIEWER, served
from benchmarks.raw import empty
from graph.engine import Engine, EngineSettings
from tests.committee_made import WHOLE, written

__all__ = ["measure_committee"]

_MEMBERS, _MANY = 16, 200
_REPEATS, _FEW = 30, 3


async def measure_committee(engine: Engine, settings: EngineSettings, label: str) -> list[Result]:
    """Measure committees of 16 and of 200 members on an engine that is emptied for each."""
    say(f"{label}: a committee of {_MEMBERS}")
    few, viewer = await _asked(engine, settings, _MEMBERS, _REPEATS)
    say(f"{label}: a committee of {_MANY}")
    many, _ = await _asked(engine, settings, _MANY, _FEW)
    return [
        Result(label, _MEMBERS, "committee: the whole opportunity, p50, ms", round(few.p50 * 1000, 1)),
        Result.at_most(
            label,
            _MEMBERS,
            "committee: the whole opportunity over { viewer }, p50",
            few.p50 / viewer.p50,
            20,
        ),
        Result.at_most(label, _MANY, "committee: the whole opportunity, slowest, s", max(many.seconds), 8),
    ]


async def _asked(
    engine: Engine, settings: EngineSettings, members: int, repeats: int
) -> tuple[Timing, Timing]:
    """The whole opportunity, and `{ viewer }`, each asked so many times over HTTP."""
    await empty(engine)
    deal = await written(engine, members)
    with served(settings) as (address, key):
        headers = {"Authorization": f"Bearer {key}"}
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=120) as client:

            async def post(body: dict[str, Any]) -> None:
                answer = (await client.post("/graphql", json=body)).json()
                if answer.get("errors"):
                    raise RuntimeError(f"the endpoint answered {answer['errors']}")

            whole = {"query": WHOLE, "variables": {"id": deal}}
            viewer = await timed(lambda _: post({"query": VIEWER}), repeats, warm=5)
            return await timed(lambda _: post(whole), repeats, warm=3), viewer
