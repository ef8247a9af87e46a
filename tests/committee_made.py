"""Committees of any size, made from a fixed seed, and the question for everything there is to know of one.

Used by tests and by the benchmark.
"""

from __future__ import annotations

import numpy as np

from graph.engine import Engine
from graph.model import facts
from graph.model.committee import Observation, Opportunity
from graph.model.committee_facts import About, HeardIn, Seat, SoughtAt
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.identities import row_identity
from graph.model.records import Record, Source
from graph.records.opportunities import list_opportunities
from graph.records.writing import write_records
from graph.ties import derive

__all__ = ["WHOLE", "made", "written"]

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


async def written(engine: Engine, size: int) -> str:
    """Write such a committee and derive its ties; the opportunity's id."""
    records = made(size)
    outcome = await write_records(engine, Source(name="made", dataset="made", run="r"), records)
    assert not outcome.conflicts
    await derive(engine)
    return (await list_opportunities(engine, company_id=None, after=None, limit=1))[0][0].id
