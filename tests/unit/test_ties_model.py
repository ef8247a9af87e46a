"""The tie model against an oracle that knows no arrays, and against the numbers a person can redo by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ties.items import People, date_text, fact_items, fuse_items, packed_date
from graph.ties.places import Places, shared_history
from graph.ties.stored import kind_names
from graph.ties.strength import bucketed, interaction_probability, meeting_rate, probability_of
from tests.ties_oracle import Between, Spell, World, bucket, ties

AS_OF = 2026 * 12 + 10
PEOPLE = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(8)]
TYPES = ["CONNECTED", "INTERACTED", "RECOMMENDED", "ENDORSED", "REPORTS_TO", "ALLIED"]
DATES = [None, "2019", "2024", "2025-11", "2026-10-03"]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    places = {
        f"place {n}": (
            draw(st.sampled_from(["Company", "Company", "Company", "Project", "School", "Community"])),
            draw(st.sampled_from([None, None, 3, 40, 1000])),
        )
        for n in range(draw(st.integers(1, 3)))
    }
    months = st.integers(AS_OF - 150, AS_OF + 5)
    spells = []
    for _ in range(draw(st.integers(0, 14))):
        started, ended = draw(st.none() | months), draw(st.none() | months)
        if started is not None and ended is not None and ended < started:
            started, ended = ended, started
        spells.append(
            Spell(
                draw(st.sampled_from(PEOPLE)),
                draw(st.sampled_from(sorted(places))),
                started,
                ended,
                draw(st.booleans()),
                draw(st.sampled_from(["", "Sales", "sales", "Legal"])),
            )
        )
    facts = []
    for _ in range(draw(st.integers(0, 5))):
        a, b = draw(st.permutations(PEOPLE))[:2]
        facts.append(
            Between(
                draw(st.sampled_from(TYPES)),
                a,
                b,
                draw(st.sampled_from(DATES)),
                draw(st.integers(0, 30)),
                draw(st.integers(0, 30)),
                draw(st.sampled_from([None, 0.0, 0.04, 0.5, 1.0])),
                draw(st.sampled_from([1, 1, 1, -1])),
                draw(st.sampled_from([None, None, [PEOPLE[0]], [a], [a, b]])),
            )
        )
    return World(PEOPLE, places, spells, facts)


def place_rows(world: World) -> list[dict[str, Any]]:
    rows = []
    for place, (label, size) in world.places.items():
        here = [s for s in world.spells if s.place == place]
        rows.append(
            {
                "place": place,
                "label": label,
                "size": size if label in ("Company", "Project") else None,
                "people": [s.person for s in here],
                "started": [-1 if s.started is None else s.started for s in here],
                "ended": [-1 if s.ended is None else s.ended for s in here],
                "current": [s.current for s in here],
                "departments": [s.department for s in here],
                "derived_size": None,
                "derived_from": None,
                "derived_to": None,
            }
        )
    return rows


def fact_rows(world: World) -> list[dict[str, Any]]:
    def privacy(fact: Between) -> int:
        if fact.private_to is None:
            return 0
        return 1 if {fact.a, fact.b} & set(fact.private_to) else 2

    return [
        {
            "people": [fact.a],
            "others": [fact.b],
            "types": [fact.type],
            "dates": [fact.on or ""],
            "sent": [fact.sent],
            "received": [fact.received],
            "strengths": [-1.0 if fact.strength is None else fact.strength],
            "signs": [fact.sign],
            "privacy": [privacy(fact)],
        }
        for fact in world.facts
    ]


def derived(world: World, focus: list[str] | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    people = People(world.people)
    places = Places.read(place_rows(world), people, AS_OF)
    wanted = None if focus is None else np.isin(np.arange(len(people)), people.numbers_of(focus))
    items = [fact_items(fact_rows(world), people, AS_OF), *shared_history(places, wanted)]
    fused = fuse_items(np.concatenate(items), len(people))
    found = {}
    for row in range(fused.pair.size):
        a, b = divmod(int(fused.pair[row]), len(people))
        found[people.id_of(a), people.id_of(b)] = {
            "p": float(fused.p[row]),
            "shared_p": float(fused.shared_p[row]),
            "verification": int(fused.verification[row]),
            "shared_verification": int(fused.shared_verification[row]),
            "last_evidence": date_text(int(fused.last[row])),
            "kinds": kind_names(int(fused.kinds[row])),
        }
    return found


def same(found: dict[Any, Any], expected: dict[Any, Any]) -> None:
    assert found.keys() == expected.keys()
    for pair, tie in expected.items():
        assert found[pair] == {
            **tie,
            "p": pytest.approx(tie["p"], abs=1e-12),
            "shared_p": pytest.approx(tie["shared_p"], abs=1e-12),
        }


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_ties_equal_those_of_the_oracle(world: World) -> None:
    same(derived(world), ties(world, AS_OF))


@settings(max_examples=80, deadline=None)
@given(worlds(), st.sets(st.sampled_from(PEOPLE), max_size=4))
def test_a_focus_gives_the_same_ties_of_those_people(world: World, focus: set[str]) -> None:
    found = derived(world, sorted(focus))
    expected = {pair: tie for pair, tie in ties(world, AS_OF).items() if focus & set(pair)}
    same({pair: tie for pair, tie in found.items() if focus & set(pair)}, expected)


@pytest.mark.parametrize(("months", "people", "expected"), [(31, 40, 0.45), (31, 1000, 0.06), (31, 10, 0.79)])
def test_the_published_values(months: int, people: int, expected: float) -> None:
    assert float(probability_of(meeting_rate(people) * months)) == pytest.approx(expected, abs=0.0051)


def test_a_lone_colleague_of_ten_thousand_counts_only_with_a_department_or_after_many_years() -> None:
    def pair(months: int, department: str) -> World:
        spells = [Spell(p, "c", AS_OF - 400, AS_OF - 401 + months, False, department) for p in PEOPLE[:2]]
        return World(PEOPLE, {"c": ("Company", 10_000)}, spells)

    # -ln(0.95) / 0.0003981 = 128.8 months; a third of it with the department.
    assert not derived(pair(128, ""))
    assert derived(pair(129, ""))
    assert not derived(pair(42, "Sales"))
    assert derived(pair(43, "Sales"))


@given(st.integers(2, 1000))
def test_counted_sizes_go_through_preferred_numbers(count: int) -> None:
    assert float(bucketed(count)) == bucket(count)


def test_declared_round_sizes_stay_themselves() -> None:
    assert bucketed([40, 100, 1000]).tolist() == [40, 100, 1000]


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 100))
def test_an_answer_never_lowers_what_interactions_count(sent: int, received: int, age: int) -> None:
    before = float(interaction_probability(sent, received, age))
    after = float(interaction_probability(sent, received + 1, age))
    assert 0 <= before <= after <= 0.9
    later = float(interaction_probability(sent, received, age + 24))
    assert later == pytest.approx(before / math.e)


@pytest.mark.parametrize("text", ["2019", "2019-03", "2019-03-14"])
def test_packed_dates_keep_their_precision(text: str) -> None:
    assert date_text(packed_date(text)) == text


def test_no_evidence_is_no_tie() -> None:
    assert derived(World(PEOPLE, {}, [], [])) == {}


def test_many_places_in_one_batch_give_what_each_alone_gives() -> None:
    rng = np.random.default_rng(4)
    people = [f"00000000-0000-7000-8000-0000000000{n:02d}" for n in range(40)]
    places = {f"c{n}": ("Company", [None, 30, 2000][n % 3]) for n in range(12)}
    spells = []
    for _ in range(220):
        first = int(rng.integers(AS_OF - 200, AS_OF - 10))
        spells.append(
            Spell(
                people[rng.integers(40)],
                f"c{rng.integers(12)}",
                first,
                first + int(rng.integers(1, 90)),
                False,
                ["", "Sales", "Legal"][rng.integers(3)],
            )
        )
    world = World(people, places, spells)
    same(derived(world), ties(world, AS_OF))


def test_the_worked_example_of_the_documentation() -> None:
    anna, ben = PEOPLE[:2]
    world = World(
        PEOPLE,
        {"helvion": ("Company", 42)},
        [
            Spell(anna, "helvion", 2015 * 12, 2017 * 12 + 7, False, "Network"),
            Spell(anna, "helvion", 2017 * 12 + 8, 2018 * 12 + 11, False),
            Spell(ben, "helvion", 2016 * 12, 2018 * 12 + 6, False, "Network"),
        ],
    )
    assert derived(world)[anna, ben]["p"] == pytest.approx(0.7283, abs=5e-5)
    world.facts = [
        Between("CONNECTED", anna, ben),
        Between("INTERACTED", anna, ben, "2026-03-20", 9, 4),
    ]
    tie = derived(world)[anna, ben]
    assert tie["p"] == pytest.approx(0.8686, abs=5e-5)
    assert tie["verification"] == 2
    world.facts.append(Between("ALLIED", ben, anna, sign=-1))
    assert derived(world) == {}


def test_skipping_what_cannot_reach_the_floor_loses_nothing() -> None:
    # Sizes and stays around the limit, with and without departments and second stints.
    rng = np.random.default_rng(11)
    people = [f"00000000-0000-7000-8000-0000000000{n:02d}" for n in range(20)]
    places = {f"c{n}": ("Company", int(size)) for n, size in enumerate((300, 1000, 3000, 10_000, 50_000))}
    spells = []
    for _ in range(150):
        first = int(rng.integers(AS_OF - 500, AS_OF - 100))
        department = ["", "Sales", "Legal"][rng.integers(3)]
        place = f"c{rng.integers(5)}"
        spells.append(
            Spell(
                people[rng.integers(20)], place, first, first + int(rng.integers(1, 160)), False, department
            )
        )
    world = World(people, places, spells)
    expected = ties(world, AS_OF)
    assert 60 < len(expected) < 20 * 19 / 2
    same(derived(world), expected)


def test_a_promotion_is_no_departure() -> None:
    # Two adjoining jobs are one spell: few covered the whole of it, more covered each half.
    spells = [
        Spell(PEOPLE[0], "c", AS_OF - 79, AS_OF - 40, False),
        Spell(PEOPLE[0], "c", AS_OF - 39, AS_OF, False),
    ]
    spells += [Spell(PEOPLE[1], "c", AS_OF - 79, AS_OF, False)]
    spells += [Spell(person, "c", AS_OF - 79, AS_OF - 40, False) for person in PEOPLE[2:5]]
    world = World(PEOPLE, {"c": ("Company", None)}, spells)
    same(derived(world), ties(world, AS_OF))
    alone = derived(world)[PEOPLE[0], PEOPLE[1]]["p"]
    assert alone == pytest.approx(float(probability_of(meeting_rate(2) * 80)), abs=1e-12)
