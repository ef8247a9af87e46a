"""Committees of hundreds, and the same numbers from both engines."""

from __future__ import annotations

import json
import time

import pytest

from graph.paths import PathQuestion, PersonTarget, warm_paths
from graph.paths.reach import read_ground, ways
from service.committee import read_room
from tests.committee_made import WHOLE, written


async def test_three_hundred_members_are_answered_before_the_deadline(
    embedded_engine, empty_graph, serve_graphql
):
    await empty_graph(embedded_engine)
    deal = await written(embedded_engine, 300)
    async with serve_graphql(embedded_engine) as graphql:
        before, began = embedded_engine.statements_sent, time.process_time()
        found = (await graphql.data(WHOLE, {"id": deal}))["opportunity"]
        # Of the service's own CPU, as the machine may be busy; its deadline is 8 s.
        assert time.process_time() - began < 8.0
        assert embedded_engine.statements_sent - before <= 12
        assert len(found["committee"]) == 300 and found["entryPaths"] and not found["camps"]["exact"]
        hostile = min(found["committee"], key=lambda each: each["stance"]["mean"])["person"]["id"]
        plan = """query($input: CounterbalanceInput!) { counterbalance(input: $input) {
          supporters { person { name } } lift bound exact } }"""
        plans = (await graphql.data(plan, {"input": {"opportunityId": deal, "personId": hostile}}))[
            "counterbalance"
        ]
        assert plans and all(one["lift"] <= one["bound"] for one in plans)


async def test_both_engines_give_the_same_numbers(both_engines, serve_graphql):
    answers = []
    for engine in both_engines:
        deal = await written(engine, 16)
        await as_the_search_says(engine, deal)
        async with serve_graphql(engine) as graphql:
            answers.append((await graphql.data(WHOLE, {"id": deal}))["opportunity"])
    here, there = (json.loads(json.dumps(answer)) for answer in answers)
    for answer in (here, there):
        answer.pop("id")
        for member in answer["committee"]:
            member["person"].pop("id")
        # Listed by id, and ids are each engine's own.
        for name in ("committee", "suggestedAlliances", "alliances"):
            answer[name].sort(key=lambda each: json.dumps(_names(each)))
    assert_close(_plain(here), _plain(there))


async def as_the_search_says(engine, deal: str) -> None:
    """The best way to each of some members is the first warm path to them."""
    room = await read_room(engine, deal, None)
    members = room.committee.people
    best = {way.target: way for way in reversed(ways(await read_ground(engine, members, None)))}
    for member in members[:4]:
        found = (await warm_paths(engine, PathQuestion(target=PersonTarget(member), first=1))).paths
        told = [(path.score, tuple(person.id for person in path.people)) for path in found]
        assert told == ([(best[member].score, best[member].people)] if member in best else [])


def _names(value):
    return (
        [value.get("person", value.get("a", {})).get("name", ""), value.get("b", {}).get("name", "")]
        if isinstance(value, dict)
        else []
    )


def _plain(answer: dict) -> dict:
    kept = dict(answer)
    kept["coverage"] = sorted(
        (each["person"]["name"], each["probability"]) for each in answer["coverage"]["members"]
    )
    kept["alliances"] = sorted((each["kind"], each["strength"]) for each in answer["alliances"])
    for name in ("camps", "segments", "redFlags", "moments"):
        kept.pop(name)
    kept["violated"] = answer["camps"]["violated"]
    kept["alternatives"] = answer["camps"]["alternatives"]
    kept["flags"] = sorted(each["kind"] for each in answer["redFlags"])
    for member in kept["committee"]:
        member["stance"]["contributions"].sort(key=lambda each: (each["cause"], each["share"]))
    return kept


def assert_close(a, b, where: str = "") -> None:
    if isinstance(a, dict):
        assert a.keys() == b.keys(), where
        for name in a:
            assert_close(a[name], b[name], f"{where}.{name}")
    elif isinstance(a, list | tuple):
        assert len(a) == len(b), where
        for at, (left, right) in enumerate(zip(a, b, strict=True)):
            assert_close(left, right, f"{where}[{at}]")
    elif isinstance(a, float):
        assert a == pytest.approx(b, abs=1e-9), where
    else:
        assert a == b, where
