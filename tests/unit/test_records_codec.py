"""What a record said survives being written as text, for every kind of node and of fact."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model.committee import (
    BUYING_ROLES,
    CONFIRMATION,
    EXPERIENCES,
    INFLUENCES,
    OBSERVATION_SOURCES,
    SIGNAL_KINDS,
    STANCE,
)
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Entity, Person
from graph.model.facts import ALLIANCE_KINDS, SENIORITIES, Employment
from graph.model.identities import Identity
from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.model.records import Record
from graph.records.codec import decode, encode, hash_of

TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
SHARE = st.floats(0, 1, allow_nan=False)
DATES = st.one_of(
    st.builds(PartialDate, st.integers(1950, 2050)),
    st.builds(PartialDate, st.integers(1950, 2050), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1950, 2050), st.integers(1, 12), st.integers(1, 28)),
)
# Fields whose values are not free; the others are drawn by their type.
LIMITED = {
    "kind": {
        "Observation": st.just(STANCE),
        "Signal": st.sampled_from(SIGNAL_KINDS),
        "Alliance": st.sampled_from(sorted(ALLIANCE_KINDS)),
    },
    "role": {"Observation": st.sampled_from(("", *BUYING_ROLES))},
    "source": {"Observation": st.sampled_from(OBSERVATION_SOURCES)},
    "experience": {"Persona": st.sampled_from(("", *EXPERIENCES))},
    "seniority": {"Employment": st.sampled_from(("", *SENIORITIES))},
    "influence": {"Seat": st.sampled_from((None, *INFLUENCES))},
    "roles": {"Seat": st.lists(st.sampled_from(BUYING_ROLES), max_size=2).map(tuple)},
    "expires_on": {"Observation": st.none() | st.just(PartialDate(2099))},
    "on": {"Observation": DATES, "Signal": DATES},
    "value": {"Observation": SHARE},
}


@st.composite
def spells(draw):
    started, ended = draw(st.none() | DATES), draw(st.none() | DATES)
    if started and ended and started.first_month > ended.last_month:
        started, ended = ended, started
    if started and ended and started.first_month > ended.last_month:
        ended = None
    as_of = bool(started and ended) and draw(st.booleans())
    return Spell(started, ended, draw(st.booleans()) and (as_of or not ended), as_of)


def identities(slug):
    url = st.none() | st.just("https://people.example/1")
    return st.lists(st.builds(Identity, st.just(slug), TEXT, TEXT, url), min_size=1, max_size=3).map(tuple)


def by_type(hint):
    if hint is Spell:
        return spells()
    kinds = getattr(hint, "__args__", (hint,))
    if date in kinds:
        return DATES | st.none() | st.dates(date(1950, 1, 1), date(2050, 1, 1))
    found = {
        PartialDate: DATES,
        int: st.integers(1, 10**9),
        float: SHARE,
        str: TEXT | st.just(""),
        bool: st.booleans(),
    }
    if hint == tuple[str, ...]:
        return st.lists(TEXT, max_size=3).map(tuple)
    drawn = next(strategy for kind, strategy in found.items() if kind in kinds)
    return drawn | st.none() if type(None) in kinds else drawn


def values_of(kind, name, hint):
    limited = LIMITED.get(name, {})
    return limited[kind.__name__] if kind.__name__ in limited else by_type(hint)


@st.composite
def entities(draw, kind):
    hints = get_type_hints(kind)
    values = {"identities": draw(identities(kind.SLUG))}
    for each in dataclasses.fields(kind):
        if each.name != "identities":
            values[each.name] = draw(values_of(kind, each.name, hints[each.name]))
    return kind(**values)


@st.composite
def records(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(NODE_KINDS)), min_size=1, max_size=4))
    listed = [draw(entities(NODE_KINDS[kind])) for kind in kinds]
    listed += draw(st.lists(st.sampled_from(listed), max_size=1))
    facts = [
        draw(a_fact(kind, listed)) for kind in draw(st.lists(st.sampled_from(sorted(FACT_TYPES)), max_size=3))
    ]
    kept = draw(st.dictionaries(TEXT, TEXT, max_size=2))
    return Record(draw(TEXT), tuple(listed), tuple(f for f in facts if f), kept)


@st.composite
def a_fact(draw, name, listed=()):
    """A fact between nodes of the record, equal copies of them, or others."""
    kind = FACT_TYPES[name]
    hints = get_type_hints(kind)
    values = {}
    for each in dataclasses.fields(kind):
        hint = hints[each.name]
        kinds = [one for one in getattr(hint, "__args__", (hint,)) if isinstance(one, type)]
        if any(issubclass(one, Entity) for one in kinds):
            fitting = [one for one in listed if isinstance(one, tuple(kinds))]
            fitting += [dataclasses.replace(one) for one in fitting]
            wanted = sorted(NODE_KINDS.values(), key=str) if kinds == [Entity] else kinds
            new = draw(entities(draw(st.sampled_from(wanted))))
            values[each.name] = draw(st.sampled_from([*fitting, new]))
        else:
            values[each.name] = draw(values_of(kind, each.name, hint))
    try:
        return kind(**values)
    except ValueError as problem:
        assert "themself" in str(problem) or "itself" in str(problem)
        return None


@given(records())
@settings(max_examples=60)
def test_every_record_survives_exactly(record):
    text = encode(record)
    again = decode(text)
    assert again == record
    assert encode(again) == text
    for before, after in zip((*record.entities, *record.facts), (*again.entities, *again.facts), strict=True):
        for each in dataclasses.fields(before):
            assert type(getattr(before, each.name)) is type(getattr(after, each.name))


@pytest.mark.parametrize("kind", sorted(FACT_TYPES))
def test_every_kind_of_fact_survives(kind):
    @given(a_fact(kind))
    @settings(max_examples=15)
    def check(fact):
        if fact is not None:
            record = Record("1", (fact.ends()[0],), (fact,))
            assert decode(encode(record)) == record

    check()


def test_a_confirmation_survives():
    from graph.model.committee import Observation

    said = Observation(
        identities=(Identity("observation", "row", "1"),),
        kind=CONFIRMATION,
        value=-1.0,
        on=PartialDate(2026, 3),
        role="coach",
    )
    record = Record("1", (said,))
    assert decode(encode(record)) == record


def test_equal_records_have_one_text_whichever_objects_they_hold():
    def made(shared):
        who = Person(identities=(Identity("person", "crm", "1"),), name="Ina Vell")
        where = Company(identities=(Identity("company", "name", "orbane"),), name="Orbane")
        end = who if shared else dataclasses.replace(who)
        return Record("1", (who, where), (Employment(person=end, company=where),), {"b": "2", "a": "1"})

    assert encode(made(True)) == encode(made(False))
    assert hash_of(encode(made(True))) != hash_of(encode(dataclasses.replace(made(True), kept={})))


def test_the_text_is_what_the_description_says():
    who = Person(identities=(Identity("person", "crm", "1"),), name="Ina Véll")
    where = Company(identities=(Identity("company", "name", "orbane"),), name="Orbane")
    spell = Spell(PartialDate(2020), None, True)
    text = encode(Record("r", (who,), (Employment(person=who, company=where, spell=spell),), {"Name": "Ina"}))
    assert json.loads(text) == {
        "key": "r",
        "about": 1,
        "kept": {"Name": "Ina"},
        "nodes": [
            ["person", {"identities": [["crm", "1"]], "name": "Ina Véll"}],
            ["company", {"identities": [["name", "orbane"]], "name": "Orbane"}],
        ],
        "facts": [["WORKED_AT", {"person": 0, "company": 1, "spell": ["2020", "", 1]}]],
    }
    assert "Véll" in text
