"""Records as text and back, exactly: what a source said is kept whole, so that taking it back is computation.

The text is JSON: `key`, `kept`, `nodes` ([slug, {field: value}] each) of which the first `about` are the record's
entities in order, and `facts` ([type, {field: value}] each), whose ends are places in `nodes`. What has its default
value is left out, so that a field which the model gains later changes no older text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Any, get_type_hints

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Entity, Person
from graph.model.facts import Employment, Fact
from graph.model.identities import Identity
from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.model.records import Record

__all__ = ["current_posts", "decode", "encode", "hash_of"]

_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_SLUGS: dict[str, type[Entity]] = {kind.SLUG: kind for kind in NODE_KINDS.values()}
_CURRENT, _AS_OF = 1, 2
_PERSON, _EMPLOYMENT = Person.SLUG, Employment.TYPE
_DAY = "day "  # before a `date`, which would otherwise read as a PartialDate


def encode(record: Record) -> str:
    """A record as text; equal records have equal texts."""
    nodes = _Nodes()
    for entity in record.entities:
        nodes.add(entity)
    about = len(nodes.said)
    facts = [[type(fact).TYPE, _fields_of(fact, nodes)] for fact in record.facts]
    said: dict[str, Any] = {"key": record.key, "about": about, "nodes": nodes.said}
    if facts:
        said["facts"] = facts
    if record.kept:
        said["kept"] = dict(record.kept)
    return _dump(said)


def decode(text: str) -> Record:
    """The record that `encode` made this text of."""
    said = json.loads(text)
    nodes: list[Entity] = []
    for slug, given in said["nodes"]:
        nodes.append(_made(_SLUGS[slug], given, ()))
    facts = tuple(_made(FACT_TYPES[kind], given, nodes) for kind, given in said.get("facts", ()))
    return Record(said["key"], tuple(nodes[: said["about"]]), facts, said.get("kept", {}))


def current_posts(text: str) -> frozenset[tuple[str, str]]:
    """The posts that a record's own person holds by this text, as (company, title): to compare two texts quickly.

    Companies are told apart by all that is said of their identities.
    """
    said = json.loads(text)
    nodes = said["nodes"]
    if nodes[0][0] != _PERSON:
        return frozenset()
    found = set()
    for kind, given in said.get("facts", ()):
        if kind == _EMPLOYMENT and given["person"] == 0:
            started, ended, marks = given.get("spell") or ("", "", 0)
            if marks & _CURRENT or (started and not ended):
                company = nodes[given["company"]][1].get("identities")
                found.add((json.dumps(company), " ".join(given.get("title", "").casefold().split())))
    return frozenset(found)


def hash_of(text: str) -> str:
    """The content hash of a record's text: equal for two readings of a row that say the same."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class _Nodes:
    """The descriptions in one record: its own as they come, then the ends of facts that are none of them."""

    def __init__(self) -> None:
        self.said: list[list[Any]] = []
        self._entities: list[Entity] = []
        # Most facts join the very objects that the record lists; values are compared for the others only.
        self._places: dict[int, int] = {}

    def add(self, entity: Entity) -> int:
        place = len(self.said)
        self.said.append([type(entity).SLUG, _fields_of(entity, self)])
        self._entities.append(entity)
        self._places.setdefault(id(entity), place)
        return place

    def place_of(self, entity: Entity) -> int:
        place = self._places.get(id(entity))
        if place is None:
            place = next((at for at, one in enumerate(self._entities) if one == entity), None)
            if place is None:
                return self.add(entity)
            self._places[id(entity)] = place
        return place


def _fields_of(thing: Entity | Fact, nodes: _Nodes) -> dict[str, Any]:
    said: dict[str, Any] = {}
    kind: Any = type(thing)
    for name, default in _defaults(kind):
        value = getattr(thing, name)
        if value is default or value == default:
            continue
        if isinstance(value, Entity):
            said[name] = nodes.place_of(value)
        else:
            text = _TEXTS.get(type(value))
            said[name] = value if text is None else text(value)
    return said


@cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(kind)
    )


def _tuple_text(values: tuple[Any, ...]) -> list[Any]:
    return [_identity_text(value) if isinstance(value, Identity) else value for value in values]


def _identity_text(identity: Identity) -> list[str]:
    text = [identity.system, identity.value]
    return [*text, identity.url] if identity.url is not None else text


def _spell_text(spell: Spell) -> list[Any]:
    marks = _CURRENT * spell.current + _AS_OF * spell.as_of
    return [str(spell.started or ""), str(spell.ended or ""), marks]


_TEXTS: dict[type, Callable[[Any], Any]] = {
    PartialDate: str,
    date: lambda day: f"{_DAY}{day.isoformat()}",
    Spell: _spell_text,
    tuple: _tuple_text,
}

_Reader = Callable[[Any, Sequence[Entity], str], Any]


def _made(kind: Any, given: dict[str, Any], nodes: Sequence[Entity]) -> Any:
    readers = _readers(kind)
    slug = getattr(kind, "SLUG", "")
    return kind(
        **{
            name: readers[name](value, nodes, slug) if name in readers else value
            for name, value in given.items()
        }
    )


@cache
def _readers(kind: type[Any]) -> dict[str, _Reader]:
    """How to read the fields of a kind whose values are not what JSON holds."""
    hints = get_type_hints(kind)
    found: dict[str, _Reader] = {}
    for each in fields(kind):
        hint = hints[each.name]
        kinds = [one for one in getattr(hint, "__args__", (hint,)) if isinstance(one, type)]
        if hint == tuple[Identity, ...]:
            found[each.name] = _read_identities
        elif hint == tuple[str, ...]:
            found[each.name] = _read_tuple
        elif hint is Spell:
            found[each.name] = _read_spell
        elif PartialDate in kinds:
            found[each.name] = _read_date
        elif any(issubclass(one, Entity) for one in kinds):
            found[each.name] = _read_end
    return found


def _read_identities(values: Any, nodes: Sequence[Entity], slug: Any) -> tuple[Identity, ...]:
    return tuple(Identity(slug, *value) for value in values)


def _read_tuple(values: Any, nodes: Sequence[Entity], slug: str) -> tuple[Any, ...]:
    return tuple(values)


def _read_spell(value: Any, nodes: Sequence[Entity], slug: str) -> Spell:
    started, ended = (PartialDate.parse(text) if text else None for text in value[:2])
    return Spell(started, ended, bool(value[2] & _CURRENT), bool(value[2] & _AS_OF))


def _read_date(value: str, nodes: Sequence[Entity], slug: str) -> PartialDate | date:
    if value.startswith(_DAY):
        return date.fromisoformat(value.removeprefix(_DAY))
    return PartialDate.parse(value)


def _read_end(value: int, nodes: Sequence[Entity], slug: str) -> Entity:
    return nodes[value]
