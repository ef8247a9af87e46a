"""An access request on both engines: a marker in every place that can hold something about a person comes back.

Kinds of nodes and facts are taken from the model's own tables, and every relationship at the person is marked in the
graph itself, so a kind that is added without being answered fails here.
"""

import dataclasses
import itertools
import json
from typing import get_type_hints

import pytest

from graph.model.committee import Observation, Opportunity, Persona, Signal
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.identities import Identity, email_identity, external_identity
from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.model.records import Record, Source
from graph.privacy.access import FORMAT, NOTES, PLACES, access_to
from graph.privacy.access_document import SECTIONS, document_of
from graph.privacy.audit import DONE, SHOWN, AuditEvent, write_events
from graph.records.codec import encode
from graph.records.writing import write_records
from graph.ties import derive

SOURCE = Source(name="crm", dataset="crm:all", run="run-1")
# Fields whose values come from a list of words, by "Kind.field".
WORDS = {
    "Employment.seniority": "head",
    "Alliance.kind": "friendship",
    "Observation.kind": "stance",
    "Observation.role": "",
    "Observation.source": "direct",
    "Signal.kind": "visit",
    "Persona.experience": "expert",
    "Seat.influence": "high",
    "Seat.roles": ("coach",),
}
DAY = PartialDate(2026, 3, 4)
# What stands in the JSON alone: it tells nobody anything but a program.
NOT_IN_WORDS = {"Decision.id"}


_NUMBERS = itertools.count()


class Marks:
    """Unique words, by the place they were put in."""

    def __init__(self) -> None:
        self.put: dict[str, str] = {}

    def new(self, place: str) -> str:
        word = f"mark{next(_NUMBERS)}x"
        self.put[place] = word
        return word

    def missing_in(self, text: str) -> list[str]:
        return [place for place, word in self.put.items() if word not in text]

    def found_in(self, text: str) -> list[str]:
        return [place for place, word in self.put.items() if word in text]


def made(kind: type, marks: Marks, **given):
    """An instance with every field filled: texts with marks, the rest with something that is no default."""
    hints = get_type_hints(kind)
    values = dict(given)
    for each in dataclasses.fields(kind):
        place = f"{kind.__name__}.{each.name}"
        if each.name in values:
            continue
        if place in WORDS:
            values[each.name] = WORDS[place]
        elif (value := _value(hints[each.name], place, marks)) is not None:
            values[each.name] = value
    return kind(**{name: value for name, value in values.items() if value != ""})


def _value(hint, place: str, marks: Marks):
    kinds = getattr(hint, "__args__", (hint,))
    if str in kinds:
        word = marks.new(place)
        return (word,) if hint == tuple[str, ...] else word
    for kind, value in ((PartialDate, DAY), (Spell, Spell(DAY)), (bool, True), (int, 7), (float, 0.25)):
        if kind in kinds:
            return value
    raise AssertionError(f"{place}: say in this test how to fill a field of this type")


def someone(name: str, *, email: str, **more) -> Person:
    return Person(
        identities=(email_identity(email), external_identity("person", "crm", name)), name=name, **more
    )


def node(kind: type[Entity], marks: Marks, key: str) -> Entity:
    """A node of a kind; of what people share only the name is about a person who was there."""
    identities = (Identity(kind.SLUG, "crm", key),)
    if kind.LABEL in PLACES:
        return made(kind, Marks(), identities=identities, name=marks.new(f"{kind.LABEL}.name"))
    return made(kind, marks, identities=identities)


def facts_about(subject: Person, other: Person, marks: Marks):
    """Every kind of fact of the model that can have a person at an end, in each direction that a person can have."""
    for name, kind in FACT_TYPES.items():
        for end, whose in enumerate(kind.ENDS):
            if not issubclass(Person, whose) and whose is not Person:
                continue
            far = kind.ENDS[1 - end]
            there = other if far in (Person, Entity) else node(far, marks, f"{name}{end}")
            ends = {0: subject, 1: there} if end == 0 else {0: there, 1: subject}
            yield name, _joined(kind, ends[0], ends[1], marks)


def _joined(kind, start: Entity, end: Entity, marks: Marks):
    hints, ends, given = get_type_hints(kind), [start, end], {}
    for each in dataclasses.fields(kind):
        kinds = getattr(hints[each.name], "__args__", (hints[each.name],))
        wanted = tuple(one for one in kinds if isinstance(one, type) and issubclass(one, Entity))
        if wanted:
            given[each.name] = next(one for one in ends if isinstance(one, wanted))
            ends.remove(given[each.name])
    fact = made(kind, marks, **given)
    assert fact.ends() == (start, end)
    return fact


@pytest.fixture
async def filled(engine, send_cypher):
    """A person of whom everything is known that can be; marks that must be told, and marks that must not."""
    told, hidden = Marks(), Marks()
    subject = someone(
        told.new("Person.name"),
        email=f"{told.new('Person.email')}@mail.example",
        headline=told.new("Person.headline"),
        location=told.new("Person.location"),
    )
    other = someone(
        told.new("name of the other end"),
        email=f"{hidden.new('other.email')}@mail.example",
        headline=hidden.new("other.headline"),
        location=hidden.new("other.location"),
    )
    records = [
        Record(
            "subject",
            (subject, other),
            (FACT_TYPES["REPORTS_TO"](a=subject, b=other),),
            kept={"Note": told.new("kept"), "Boss": other.identities[0].value},
        ),
        Record("other", (other,), kept={"Note": hidden.new("other.kept")}),
    ]
    opportunity = node(Opportunity, Marks(), "deal")
    for number, (name, fact) in enumerate(facts_about(subject, other, told)):
        entities = fact.ends()
        notes = [end for end in entities if isinstance(end, Observation | Signal | Persona)]
        if name == "HEARD_FROM":
            # What they said about somebody else: told as an occasion, not by content.
            for place in [place for place in told.put if place.startswith("Observation.")]:
                if told.put[place] in str(notes[0]):
                    hidden.put[f"said.{place}"] = told.put.pop(place)
            about = FACT_TYPES["ABOUT"](observation=notes[0], person=other)
            facts = [fact, about, FACT_TYPES["HEARD_IN"](observation=notes[0], opportunity=opportunity)]
            records.append(Record(f"fact{number}", (notes[0], subject, other, opportunity), tuple(facts)))
            continue
        records.append(Record(f"fact{number}", (*notes, *(e for e in entities if e not in notes)), (fact,)))
    outcome = await write_records(engine, SOURCE, records)
    assert outcome.conflicts == []
    person_id = (await engine.read("people/id_of_key", key=subject.keys[0]))[0]["id"]
    other_id = (await engine.read("people/id_of_key", key=other.keys[0]))[0]["id"]
    await derive(engine)
    await _mark_all(engine, send_cypher, person_id, told)
    return person_id, other_id, told, hidden


async def identity_keys(engine, person_id: str) -> list[str]:
    rows = await engine.read("people/references", ids=[person_id])
    return [f"person:{system}:{value}" for row in rows for system, value, _ in row["identities"]]


def subject_email(keys: list[str]) -> str:
    return next(key for key in keys if key.startswith("person:email:")).removeprefix("person:email:")


async def _mark_all(engine, send, person_id: str, told: Marks) -> None:
    """A mark in the graph itself: on the person, on each relationship there, and on what is about them alone."""
    await send(
        engine, "MATCH (p:Person {id: $id}) SET p.mark = $mark", id=person_id, mark=told.new("person node")
    )
    rows = await send(
        engine,
        "MATCH (p:Person {id: $id})-[r]-(n) RETURN elementId(r) AS r, elementId(n) AS n, type(r) AS type, "
        "labels(n)[0] AS label",
        id=person_id,
    )
    assert {row["type"] for row in rows} >= {
        name for name, kind in FACT_TYPES.items() if any(issubclass(Person, end) for end in kind.ENDS)
    }
    for number, row in enumerate(rows):
        if row["type"] in ("IDENTIFIES", "DESCRIBES", "HEARD_FROM", "ABOUT", "SHOWN_BY", "HAS_PERSONA"):
            place = f"{row['label']} node {number}"
            if row["type"] in ("HEARD_FROM", "DESCRIBES"):
                continue
            text = "MATCH (p:Person {id: $id})-[r]-(n) WHERE elementId(n) = $n SET n.mark = $mark"
        else:
            place = f"{row['type']} relationship {number}"
            text = "MATCH (p:Person {id: $id})-[r]-(n) WHERE elementId(r) = $r SET r.mark = $mark"
        more = {"n": row["n"]} if "$n" in text else {"r": row["r"]}
        await send(engine, text, id=person_id, mark=told.new(place), **more)


async def test_every_marker_comes_back_and_nothing_of_others(engine, send_cypher, filled):
    person_id, other_id, told, hidden = filled
    introduction = {
        "id": "i1",
        "state": "drafted",
        "path": [other_id, person_id],
        "ties": json.dumps([{"probability": 0.5, "kinds": ["connection"]}]),
        "probability": 0.5,
        "draft": told.new("Introduction.draft"),
        "history": json.dumps(
            [{"state": "drafted", "on": "2026-03-04", "author": "A", "note": told.new("step note")}]
        ),
    }
    await engine.write("introductions/create", properties=introduction, people=[other_id, person_id])
    await send_cypher(
        engine,
        "MATCH (p:Person {id: $id}) CREATE (p)-[:KEEPS {since: $a}]->(:Pet {name: $b})",
        id=person_id,
        a=told.new("a relationship that the model does not know"),
        b=told.new("a node that the model does not know"),
    )
    await send_cypher(
        engine,
        "CREATE (:ApiKey {id: 'k7', name: $name, member: $id})",
        id=person_id,
        name=told.new("ApiKey.name"),
    )
    await send_cypher(
        engine,
        "CREATE (:ImportRun {id: 'run-1', source: 'crm', purpose: $p})",
        p=told.new("ImportRun.purpose"),
    )
    old = someone(
        "old",
        email=subject_email(await identity_keys(engine, person_id)),
        headline=told.new("withdrawn headline"),
    )
    record = Record("old", (old,), kept={"Note": told.new("withdrawn kept")})
    await send_cypher(
        engine,
        "CREATE (:WithdrawnRecord {id: 'w1', key: 'crm|old', source: 'crm', said: $said, withdrawn_by: 'run-2'})",
        said=encode(record),
    )
    await send_cypher(
        engine,
        "CREATE (:Decision {id: $id, kind: 'apart', a: $a, b: $b})",
        id=told.new("Decision.id"),
        a=old.keys[0],
        b=f"person:email:{hidden.new('decided apart from')}@mail.example",
    )
    action = told.new("audit")
    await write_events(
        engine,
        [
            AuditEvent.now(
                actor=hidden.new("actor"),
                role="member",
                kind=SHOWN,
                outcome=DONE,
                actions=(action,),
                people=[person_id],
            )
        ],
    )
    answer = await access_to(engine, person_id)
    text = json.dumps(answer, ensure_ascii=False)
    assert told.missing_in(text) == []
    assert hidden.found_in(text) == []
    document = document_of(answer)
    assert set(told.missing_in(document)) <= NOT_IN_WORDS
    assert hidden.found_in(document) == []
    assert answer["format"] == FORMAT
    assert answer.keys() - {"format", "made_at"} <= SECTIONS.keys()
    json.loads(text)


async def test_it_is_told_of_whoever_is_nobody_that_nothing_is_held(engine):
    assert await access_to(engine, "00000000-0000-7000-8000-000000000000") is None


def test_every_kind_of_node_is_told_of_one_way_or_the_other():
    assert NODE_KINDS.keys() == PLACES | NOTES | {Person.LABEL}, (
        "say in graph/privacy/access.py what of it is told"
    )


def test_a_field_of_a_new_type_is_noticed():
    @dataclasses.dataclass
    class Odd:
        what: set

    with pytest.raises(AssertionError, match=r"Odd\.what"):
        made(Odd, Marks())


def test_places_are_what_people_share():
    assert {Company.LABEL, Project.LABEL, School.LABEL, Community.LABEL, Opportunity.LABEL} == PLACES
