"""What a stored record says about one person, without what it says about others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.engine.connection import Row
from graph.model.committee import Observation, Persona, Signal
from graph.model.committee_facts import HeardFrom
from graph.model.entities import Entity, Person
from graph.model.facts import Fact
from graph.model.records import Record
from graph.records.codec import decode

__all__ = ["Subject", "told_record"]

ELSEWHERE = "(about somebody else)"
_PLAIN = "key source dataset run runs seen_on verified home withdrawn_on withdrawn_by".split()


@dataclass(frozen=True, slots=True)
class Subject:
    """The person who asks: their id, and the keys of their identities."""

    id: str
    keys: frozenset[str]

    def is_(self, entity: Entity) -> bool:
        """Whether a description is of this person."""
        return isinstance(entity, Person) and bool(self.keys.intersection(entity.keys))


def told_record(record: Row, subject: Subject, *, about_them: bool) -> Row:
    """A source record as it is told: all of it where it describes the person, else what it says at them.

    Cells that name other people by an exact identity are withheld.
    """
    told: Row = {name: record[name] for name in _PLAIN if record.get(name) not in (None, [])}
    told["private"] = record.get("private_to") is not None
    told["runs"] = sorted({*(record.get("runs") or ()), *([record["run"]] if record.get("run") else ())})
    said = _decoded(record.get("said"))
    foreign = _foreign_values(said, subject) if said else frozenset()
    if about_them:
        for name in ("fields", "kept"):
            told[name] = _masked(_parsed(record.get(name)), foreign)
    if said is not None:
        told["says"] = _of_record(said, subject)
    earlier = [_decoded(text) for text in _parsed(record.get("earlier")) or ()]
    if earlier:
        told["earlier"] = [_of_record(one, subject) for one in earlier if one is not None]
    return told


def _of_record(record: Record, subject: Subject) -> Row:
    """Descriptions of the person, and the facts that are theirs."""
    facts = [fact for fact in record.facts if any(subject.is_(end) for end in fact.ends())]
    heard_from_them = {
        key for fact in facts if isinstance(fact, HeardFrom) for key in fact.ends()[0].keys
    } - {key for fact in facts if not isinstance(fact, HeardFrom) for key in fact.ends()[0].keys}
    theirs = [end for fact in facts for end in fact.ends() if isinstance(end, Observation | Signal | Persona)]
    notes = [one for one in theirs if not heard_from_them.intersection(one.keys)]
    shown = [entity for entity in record.entities if subject.is_(entity)]
    main = record.entities[0]
    about_them = subject.is_(main) or main in notes
    return {
        "descriptions": [_described(entity) for entity in _unlike([*shown, *notes])],
        "facts": [_fact(fact, subject) for fact in facts],
        "kept": _masked(dict(record.kept), _foreign_values(record, subject)) if about_them else {},
    }


def _described(entity: Entity) -> Row:
    return {
        "kind": type(entity).LABEL,
        "identities": [identity.key for identity in entity.identities],
        **entity.fields(),
    }


def _fact(fact: Fact, subject: Subject) -> Row:
    others = [end for end in fact.ends() if not subject.is_(end)]
    return {
        "type": fact.TYPE,
        "from_them": subject.is_(fact.ends()[0]),
        "other": [
            {"kind": type(end).LABEL, "name": end.name if type(end).HAS_NAME else ""} for end in others
        ],
        "key": fact.natural_key(),
        "says": {name: value for name, value in fact.properties().items() if value is not None},
    }


def _foreign_values(record: Record, subject: Subject) -> frozenset[str]:
    """Values of exact identities of other people in a record, to withhold cells that hold one."""
    found = set()
    for entity in _people(record):
        if not subject.is_(entity):
            found |= {
                text.casefold() for i in entity.identities for text in (i.value, i.url or "") if len(text) > 3
            }
    mine = {key.split(":", 2)[2].casefold() for key in subject.keys}
    return frozenset(found - mine)


def _people(record: Record) -> Iterator[Person]:
    for entity in (*record.entities, *(end for fact in record.facts for end in fact.ends())):
        if isinstance(entity, Person):
            yield entity


def _masked(cells: Any, foreign: frozenset[str]) -> Any:
    if not isinstance(cells, dict):
        return cells
    return {
        name: ELSEWHERE if any(text in str(value).casefold() for text in foreign) else value
        for name, value in cells.items()
    }


def _unlike(entities: Iterable[Entity]) -> list[Entity]:
    found: list[Entity] = []
    for entity in entities:
        if entity not in found:
            found.append(entity)
    return found


def _decoded(text: Any) -> Record | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        return decode(text)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _parsed(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
