"""Derivation on both engines: incremental equals full equals the oracle, whatever came, changed or went."""

from __future__ import annotations

import asyncio
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine
from graph.ties import SharedEmployment, derive, read_evidence
from tests.conftest import send
from tests.ties_oracle import Between, Spell, World, ties

CYPHER = Path(__file__).parents[1] / "cypher" / "ties"
TODAY = date(2026, 11, 22)
AS_OF = 2026 * 12 + 10
PEOPLE = [f"00000000-0000-7000-8000-0000000000{n:02d}" for n in range(14)]
PLACES: dict[str, tuple[str, int | None]] = {
    "c1": ("Company", None),
    "c2": ("Company", None),
    "c3": ("Company", 40),
    "p1": ("Project", None),
    "s1": ("School", None),
    "m1": ("Community", None),
}
TYPE_OF = {"Company": "WORKED_AT", "Project": "WORKED_ON", "School": "STUDIED_AT", "Community": "MEMBER_OF"}


def statement(name: str) -> str:
    return (CYPHER / f"{name}.cypher").read_text(encoding="utf-8")


async def create_world(engine: Engine, world: World) -> None:
    places = [{"id": key, "label": label, "size": size} for key, (label, size) in world.places.items()]
    await send(engine, statement("world"), people=world.people, places=places)


class Editor:
    """Changes a world and the graph alike, marking as pending what the writer of facts would mark."""

    def __init__(self, engine: Engine, world: World) -> None:
        self.engine, self.world = engine, world

    async def add_spell(self, spell: Spell) -> None:
        label, _ = self.world.places[spell.place]
        self.world.spells.append(spell)
        await send(
            self.engine,
            statement(f"add_{TYPE_OF[label].lower()}"),
            person=spell.person,
            place=spell.place,
            properties={
                "key": str(id(spell)),
                "from_month": spell.started,
                "to_month": spell.ended,
                "current": spell.current,
                "department": spell.department or None,
                "sources": ["test|1"],
            },
        )

    async def remove_spell(self, spell: Spell) -> None:
        self.world.spells.remove(spell)
        await send(self.engine, statement("remove_fact"), person=spell.person, key=str(id(spell)))

    async def edit_spell(self, spell: Spell, ended: int) -> None:
        spell.ended = ended
        await send(
            self.engine, statement("edit_spell"), person=spell.person, key=str(id(spell)), to_month=ended
        )

    async def add_fact(self, fact: Between) -> None:
        self.world.facts.append(fact)
        properties = {
            "key": str(id(fact)),
            "last_on" if fact.type == "INTERACTED" else "on": fact.on,
            "sent": fact.sent,
            "received": fact.received,
            "strength": fact.strength,
            "sign": fact.sign,
            "private_to": fact.private_to,
            "sources": ["test|2"],
        }
        known = {name: value for name, value in properties.items() if value is not None}
        await send(self.engine, statement(f"add_{fact.type.lower()}"), a=fact.a, b=fact.b, properties=known)

    async def remove_fact(self, fact: Between) -> None:
        self.world.facts.remove(fact)
        await send(self.engine, statement("remove_fact"), person=fact.a, key=str(id(fact)))

    async def resize(self, place: str, size: int | None) -> None:
        label, _ = self.world.places[place]
        self.world.places[place] = (label, size)
        await send(self.engine, statement(f"resize_{label.lower()}"), place=place, size=size)


async def stored(engine: Engine) -> dict[tuple[str, str], dict[str, Any]]:
    rows = await send(engine, statement("all_ties"))
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows), "two ties for one pair"
    return {(row["a"], row["b"]): row["tie"] for row in rows}


def assert_same(found: dict[Any, Any], world: World) -> None:
    expected = ties(world, AS_OF)
    assert found.keys() == expected.keys()
    for pair, tie in expected.items():
        kept = {name: value for name, value in tie.items() if value is not None}
        kept["p"] = pytest.approx(tie["p"], abs=1e-12)
        kept["shared_p"] = pytest.approx(tie["shared_p"], abs=1e-12)
        assert found[pair] == {**kept, "as_of": AS_OF}


async def assert_explained(engine: Engine) -> None:
    """The evidence of every tie adds up to the tie, for its people and for others."""
    known = await stored(engine)
    told = await read_evidence(engine, [pair[::-1] for pair in known], None)
    assert told.keys() == known.keys()
    for pair, tie in known.items():
        assert told[pair].probability == pytest.approx(tie["shared_p"], abs=1e-9)
        assert int(told[pair].verification) == tie["shared_verification"]
        assert not any(one.private for one in told[pair].evidence)
    for viewer in PEOPLE:
        own = [pair for pair in known if viewer in pair]
        for pair, explained in (await read_evidence(engine, own, viewer)).items():
            assert explained.probability == pytest.approx(known[pair]["p"], abs=1e-9)
            assert int(explained.verification) == known[pair]["verification"]
            assert explained.last_evidence == known[pair].get("last_evidence")
            assert list(explained.kinds) == known[pair]["kinds"]
            assert {one.kind for one in explained.evidence if one.counted} == set(explained.kinds)
            assert all(one.text and one.sources for one in explained.evidence)


def random_spell(rng: random.Random) -> Spell:
    first = rng.randrange(AS_OF - 150, AS_OF - 5)
    ended = rng.choice([None, first + rng.randrange(0, 80)])
    return Spell(
        rng.choice(PEOPLE),
        rng.choice(["c1", "c1", "c1", "c2", "c3", "p1", "s1", "m1"]),
        rng.choice([first, first, first, None]),
        ended,
        rng.random() < 0.7,
        rng.choice(["", "Sales", "sales", "Legal"]),
    )


def random_fact(rng: random.Random) -> Between:
    a, b = rng.sample(PEOPLE, 2)
    return Between(
        rng.choice(["CONNECTED", "INTERACTED", "RECOMMENDED", "ENDORSED", "REPORTS_TO", "ALLIED"]),
        a,
        b,
        rng.choice([None, "2024", "2026-05", "2026-05-06"]),
        rng.randrange(20),
        rng.randrange(20),
        rng.choice([None, 0.02, 0.5]),
        rng.choice([1, 1, -1]),
        rng.choice([None, None, [a]]),
    )


async def change(editor: Editor, rng: random.Random) -> None:
    world = editor.world
    what = rng.random()
    if what < 0.45 or len(world.spells) < 4:
        await editor.add_spell(random_spell(rng))
    elif what < 0.6:
        await editor.add_fact(random_fact(rng))
    elif what < 0.75:
        await editor.remove_spell(rng.choice(world.spells))
    elif what < 0.85:
        spell = rng.choice(world.spells)
        await editor.edit_spell(spell, (spell.started or spell.ended or AS_OF - 40) + rng.randrange(60))
    elif what < 0.92 and world.facts:
        await editor.remove_fact(rng.choice(world.facts))
    else:
        await editor.resize(rng.choice(["c1", "c2", "c3", "p1"]), rng.choice([None, 5, 40, 400]))


@pytest.mark.parametrize("seed", range(3))
async def test_incremental_equals_full_equals_the_oracle(engine: Engine, seed: int) -> None:
    rng = random.Random(seed)
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    editor = Editor(engine, world)
    for _ in range(30):
        await change(editor, rng)
    await derive(engine, full=True, today=TODAY)
    assert_same(await stored(engine), world)
    for _ in range(6):
        for _ in range(rng.choice([1, 1, 3])):
            await change(editor, rng)
        report = await derive(engine, today=TODAY)
        assert not report.full
        assert_same(await stored(engine), world)
    report = await derive(engine, full=True, today=TODAY)
    assert (report.created, report.updated, report.removed) == (0, 0, 0)
    await assert_explained(engine)


async def test_one_more_colleague_changes_other_ties_only_when_the_bucket_changes(engine: Engine) -> None:
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    editor = Editor(engine, world)
    for person in PEOPLE[:11]:
        await editor.add_spell(Spell(person, "c1", AS_OF - 60, AS_OF - 20, False))
    await derive(engine, today=TODAY)
    await editor.add_spell(Spell(PEOPLE[11], "c1", AS_OF - 60, AS_OF - 20, False))
    moved = await derive(engine, today=TODAY)
    # 11 is read as 10, 12 as 12.5: the 55 ties of the others are derived again, 11 come.
    assert (moved.people, moved.created, moved.updated, moved.removed) == (1, 11, 55, 0)
    await editor.add_spell(Spell(PEOPLE[12], "c1", AS_OF - 60, AS_OF - 20, False))
    still = await derive(engine, today=TODAY)
    assert (still.people, still.created, still.updated, still.removed) == (1, 12, 0, 0)
    assert_same(await stored(engine), world)


async def test_a_crash_between_claim_and_writing_loses_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    editor = Editor(engine, world)
    await editor.add_fact(Between("CONNECTED", PEOPLE[0], PEOPLE[1], "2024"))
    await derive(engine, today=TODAY)
    await editor.add_fact(Between("RECOMMENDED", PEOPLE[2], PEOPLE[1], "2024"))

    def crash(*_: object) -> None:
        raise RuntimeError("as if killed")

    with monkeypatch.context() as broken:
        broken.setattr("graph.ties.incremental._differences", crash)
        with pytest.raises(RuntimeError, match="as if killed"):
            await derive(engine, today=TODAY)
    await editor.add_fact(Between("ENDORSED", PEOPLE[4], PEOPLE[5], "2024"))
    await derive(engine, today=TODAY)
    assert_same(await stored(engine), world)


async def test_a_crash_in_a_full_derivation_leads_to_another(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    await Editor(engine, world).add_fact(Between("CONNECTED", PEOPLE[0], PEOPLE[1], "2024"))

    def crash(*_: object) -> None:
        raise RuntimeError("as if killed")

    with monkeypatch.context() as broken:
        broken.setattr("graph.ties.derivation.compare", crash)
        with pytest.raises(RuntimeError, match="as if killed"):
            await derive(engine, today=TODAY)
    report = await derive(engine, today=TODAY)
    assert report.full
    assert_same(await stored(engine), world)


async def test_a_new_month_ages_every_tie(engine: Engine) -> None:
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    editor = Editor(engine, world)
    await editor.add_fact(Between("INTERACTED", PEOPLE[0], PEOPLE[1], "2026-11", 9, 9))
    await derive(engine, today=TODAY)
    before = (await stored(engine))[PEOPLE[0], PEOPLE[1]]["p"]
    report = await derive(engine, today=date(2027, 5, 1))
    assert report.full
    assert (await stored(engine))[PEOPLE[0], PEOPLE[1]]["p"] == pytest.approx(
        before * 2.718281828459045**-0.25
    )


async def test_two_derivations_at_once_write_each_tie_once(engine: Engine) -> None:
    world = World(PEOPLE, dict(PLACES))
    await create_world(engine, world)
    editor = Editor(engine, world)
    for person in PEOPLE:
        await editor.add_spell(Spell(person, "c1", AS_OF - 60, AS_OF - 20, False))
    await asyncio.gather(*(derive(engine, full=full, today=TODAY) for full in (True, False, True)))
    assert_same(await stored(engine), world)


async def test_evidence_says_what_a_person_would_check(engine: Engine) -> None:
    world = World(PEOPLE, {**PLACES, "c3": ("Company", 42)})
    await create_world(engine, world)
    editor = Editor(engine, world)
    a, b = PEOPLE[:2]
    await editor.add_spell(Spell(a, "c3", 2015 * 12, 2018 * 12 + 11, False, "Network"))
    await editor.add_spell(Spell(b, "c3", 2016 * 12, 2018 * 12 + 6, False, "network"))
    await editor.add_fact(Between("CONNECTED", a, b, "2019-02-03", private_to=[a]))
    await derive(engine, today=TODAY)
    told = (await read_evidence(engine, [(a, b)], a))[a, b]
    worked = told.evidence[0]
    assert isinstance(worked, SharedEmployment)
    assert worked.text == "both at c3, Network team, 31 months, 42 people"
    assert (worked.months, worked.headcount, worked.department) == (31, 42, "Network")
    assert (worked.started, worked.ended, worked.observed_on) == ("2016-01", "2018-07", "2018-07")
    # 1 - exp(-0.01 * 0.42 ** -0.7 * 3 * 31), and with the connection 1 - (1 - p) * 0.75.
    assert worked.probability == pytest.approx(0.8186, abs=1e-4)
    assert told.probability == pytest.approx(1 - (1 - worked.probability) * 0.75, abs=1e-12)
    assert (told.last_evidence, told.kinds) == ("2019-02-03", ("SharedEmployment", "Connection"))
    other = (await read_evidence(engine, [(b, a)], PEOPLE[5]))[a, b]
    assert other.probability == pytest.approx(worked.probability, abs=1e-12)
    assert [one.kind for one in other.evidence] == ["SharedEmployment"]


async def test_evidence_of_nobody_is_none(engine: Engine) -> None:
    assert await read_evidence(engine, [], None) == {}
    assert await read_evidence(engine, [("x", "y"), ("x", "x")], None) == {}
