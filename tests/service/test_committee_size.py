"""Committees of hundreds, and the same numbers from both engines."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from graph.model import facts
from graph.model.committee import Observation, Opportunity
from graph.model.committee_facts import About, HeardIn, Seat, SoughtAt
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.identities import row_identity
from graph.model.records import Record, Source
from graph.paths import PathQuestion, PersonTarget, warm_paths
from graph.paths.reach import read_ground, ways
from graph.records.opportunities import list_opportunities
from graph.records.writing import write_records
from graph.ties import derive
from service.committee import read_room

WHOLE = """query($id: ID!) { opportunity(id: $id) { id name company { name }
  committee { person { id name } roles { role probability } influence onOthers settlesAt
    stance { mean low high sd contributions { cause share } } persona { goals } }
  alliances { kind strength } suggestedAlliances { a { name } b { name } strength }
  camps { groups { name } violated exact alternatives } outlook { probability standardError approves notStopped }
  intent { probability } redFlags { kind evidence } moments { kind text }
  nextQuestions { informant { name } subject { name } expected reach route { people { name } score } }
  coverage { mean members { person { name } probability } } nextIntroductions { route { people { name } } gain }
  entryPaths { words worth side route { people { name } score } } references { person { name } score }
  teamAssignment { total owners { member { name } teamMember { name } strength } carriedBy { person { name } } }
  segments { style members { person { name } } } } }"""


def one(kind, number: int | str, /, **more):
    return kind(identities=(row_identity(kind.SLUG, "made", str(number)),), **more)


def made(size: int) -> list[Record]:
    """A committee of `size`, five of ours, and outsiders between, from a fixed seed."""
    dice = np.random.default_rng(size)
    company, deal = (
        one(Company, "c", name="Made GmbH", headcount=900),
        one(Opportunity, "o", name="Made deal"),
    )
    people = [one(Person, i, name=f"Member {i:03d}") for i in range(size)]
    ours = [one(Person, f"t{i}", name=f"Ours {i}", team_member=True) for i in range(5)]
    outside = [one(Person, f"x{i}", name=f"Outsider {i:02d}") for i in range(20)]
    stated: list = [SoughtAt(opportunity=deal, company=company)]
    titles = [
        ("CFO", "c_level"),
        ("Head of IT", "head"),
        ("Operations manager", "manager"),
        ("Engineer", "staff"),
    ]
    for i, person in enumerate(people):
        title, level = titles[int(dice.integers(4))] if i else titles[0]
        spell = Spell(PartialDate(2015 + int(dice.integers(10)), 1), None, True)
        stated.append(
            facts.Employment(
                person=person, company=company, title=title, department="IT", seniority=level, spell=spell
            )
        )
        stated.append(
            Seat(person=person, opportunity=deal, influence=("high", "medium", "low")[int(dice.integers(3))])
        )
    kinds = list(facts.ALLIANCE_KINDS)

    def allied(a, b, kind: str) -> None:
        first, second = sorted((a, b), key=lambda each: each.identities[0].key)
        strength = round(float(dice.uniform(0.2, 0.9)), 3)
        stated.append(facts.Alliance(a=first, b=second, kind=kind, strength=strength))

    for _ in range(2 * size):
        a, b = dice.choice(size, 2, replace=False) if size > 1 else (0, 0)
        if a != b:
            allied(people[a], people[b], kinds[int(dice.integers(len(kinds)))])
    for i, person in enumerate(outside):
        allied(person, ours[i % 5], "affinity")
        for k in dice.choice(size, min(size, 6), replace=False):
            allied(person, people[k], "affinity")
    told = {stated_of(fact): fact for fact in stated}
    records = [Record(f"{kind}|{key}", fact.ends(), (fact,)) for (kind, key), fact in told.items()]
    for i in range(size):
        heard = one(
            Observation,
            i,
            kind="stance",
            value=round(float(dice.uniform(-1, 1)), 3),
            on=PartialDate(2026, 9, 1),
            source="direct",
            author="test",
        )
        about = (About(observation=heard, person=people[i]), HeardIn(observation=heard, opportunity=deal))
        records.append(Record(f"heard|{i}", (heard,), about))
    return records


def stated_of(fact) -> tuple[str, str]:
    ends = "|".join(end.identities[0].key for end in fact.ends())
    return fact.TYPE, f"{ends}|{fact.natural_key()}"


async def written(engine, size: int) -> str:
    records = made(size)
    outcome = await write_records(engine, Source(name="made", dataset="made", run="r"), records)
    assert not outcome.conflicts
    await derive(engine)
    return (await list_opportunities(engine, company_id=None, after=None, limit=1))[0][0].id


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
