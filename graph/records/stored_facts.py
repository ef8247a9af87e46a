"""The facts at the nodes of one batch: what is stored, what a record states, what it states no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.model.committee_facts import Seat
from graph.model.facts import (
    Alliance,
    BetweenPeople,
    Connection,
    Employment,
    Fact,
    Interaction,
    ProjectRole,
    TakenBack,
)
from graph.model.titles import department_of, seniority_of

__all__ = ["SIZED_TYPES", "FactKey", "FactTable", "StoredFact", "is_symmetric"]

SHARED = ""

_FROM_TITLE = {"seniority": seniority_of, "department": department_of}
FactKey = tuple[str, str, str, str]

# How many people were there decides what the fact counts for, so both ends are concerned when one goes.
SIZED_TYPES = frozenset({Employment.TYPE, ProjectRole.TYPE})


@dataclass(slots=True, eq=False)
class StoredFact:
    """One relationship; `element` is None until it is created. Ends are node handles of the batch.

    `anchor` is the end at which it was read: the engine finds it again from there.
    """

    type: str
    start: str
    end: str
    properties: dict[str, Any]
    element: str | None = None
    anchor: str = ""
    changed: bool = False
    deleted: bool = False

    @property
    def key(self) -> FactKey:
        """Type, ends and natural key: one fact each."""
        return self.type, self.start, self.end, self.properties.get("key", "")


class FactTable:
    """Facts by what they say, changed in memory and written once at the end of the batch."""

    def __init__(self) -> None:
        self._facts: dict[FactKey, StoredFact] = {}
        self._by_source: dict[str, list[StoredFact]] = {}
        self._elements: set[str] = set()
        self._unsettled: dict[int, StoredFact] = {}

    def load(self, element: str, rows: Iterable[list[Any]]) -> None:
        """Take the facts read at a node: `[element id, type, starts here, other end, properties]` each."""
        for fact_element, kind, starts_here, other, properties in rows:
            if fact_element in self._elements:
                continue
            self._elements.add(fact_element)
            start, end = (element, other) if starts_here else (other, element)
            fact = StoredFact(kind, start, end, properties, fact_element, element)
            self._facts[fact.key] = fact
            for source in properties.get("sources", ()):
                self._by_source.setdefault(source, []).append(fact)

    def taken_back(self, fact: Fact, start: str, end: str) -> bool:
        """Whether a human took this fact back: no import states it again."""
        said = f"{fact.TYPE}|{fact.natural_key()}"
        ends = [(start, end), (end, start)] if is_symmetric(fact) else [(start, end)]
        found = [self._facts.get((TakenBack.TYPE, *each, said)) for each in ends]
        return any(one is not None and not one.deleted for one in found)

    def state(
        self, fact: Fact, start: str, end: str, source: str, owner: str | None
    ) -> tuple[StoredFact, str]:
        """Record that `source` states `fact`; returns the stored fact and created, updated or unchanged."""
        said = {name: value for name, value in fact.properties().items() if value is not None}
        said["key"] = fact.natural_key()
        stored = self._facts.get((fact.TYPE, start, end, said["key"]))
        if stored is None and is_symmetric(fact):
            stored = self._facts.get((fact.TYPE, end, start, said["key"]))
            if stored is not None and isinstance(fact, Interaction):
                said = _from_the_other_side(said)
        private = owner if isinstance(fact, BetweenPeople) else None
        if stored is None or (stored.deleted and stored.element is None):
            stored = StoredFact(fact.TYPE, start, end, _with_sources(said, {source: private or SHARED}, fact))
            self._facts[stored.key] = stored
            self._by_source.setdefault(source, []).append(stored)
            return stored, "created"
        if stored.deleted:
            stored.properties = {}
        owners = _owners(stored.properties)
        restated = source in owners
        if not restated:
            self._by_source.setdefault(source, []).append(stored)
        owners[source] = private or SHARED
        before = stored.properties
        if isinstance(fact, Employment):
            said = _keeping_what_was_stated({} if restated else before, said)
            if restated and len(owners) > 1:
                # What another source stated may count again.
                self._unsettled[id(stored)] = stored
        if before.get("as_of") and said.get("as_of"):
            said = _prolonged(before, said)
        if before.get("partial") and said.get("partial") and len(owners) > 1:
            said = _at_least(before, said)
            if restated:
                self._unsettled[id(stored)] = stored
        if isinstance(fact, Seat) and len(owners) > 1 and not (fact.influence or fact.roles):
            # A list of members says that they sit there, and nothing of what others say of their seats.
            said = {**{name: before[name] for name in ("influence", "roles") if name in before}, **said}
            if restated:
                self._unsettled[id(stored)] = stored
        stored.properties = _with_sources(said, owners, fact)
        revived, stored.deleted = stored.deleted, False
        differs = revived or stored.properties != before
        stored.changed = stored.changed or differs
        return stored, "updated" if differs else "unchanged"

    def no_longer_stated(
        self, source: str, stated: Iterable[StoredFact], *, keep_as_of: bool
    ) -> list[StoredFact]:
        """Take `source` off the facts it does not state any more; returns those that thereby go.

        With `keep_as_of`, a spell seen on a date stays true of that date and only stops being current.
        """
        gone = []
        kept = {id(fact) for fact in stated}
        for fact in self._by_source.get(source, ()):
            if id(fact) in kept or fact.deleted:
                continue
            if keep_as_of and fact.properties.get("as_of"):
                if fact.properties.get("current"):
                    fact.properties = {**fact.properties, "current": False}
                    fact.changed = True
                continue
            owners = _owners(fact.properties)
            owners.pop(source, None)
            if owners:
                fact.properties = _sourced(fact.properties, owners)
                fact.changed = True
                self._unsettled[id(fact)] = fact
            else:
                fact.deleted = True
                gone.append(fact)
        return gone

    def unsettled(self) -> list[StoredFact]:
        """Facts that lost a source and have others: what they say must be folded anew."""
        return [fact for fact in self._unsettled.values() if not fact.deleted]

    def all_facts(self) -> list[StoredFact]:
        """Every fact there is."""
        return [fact for fact in self._facts.values() if not fact.deleted]

    def stated_by(self, sources: Iterable[str]) -> list[StoredFact]:
        """The facts that any of these records states."""
        found = {id(fact): fact for source in sources for fact in self._by_source.get(source, ())}
        return [fact for fact in found.values() if not fact.deleted]

    def replace(self, fact: StoredFact, said: StoredFact | None) -> bool:
        """Let a fact say what was folded anew; None: it is gone. Answers whether that changes anything."""
        if said is None or said.deleted:
            fact.deleted = True
            return True
        if fact.element is None or (said.start, said.end) != (fact.start, fact.end):
            # A new one, or a symmetric one first stated from its other end.
            fact.deleted = True
            self._facts[said.key] = said
            return True
        fact.deleted = False
        if said.properties == fact.properties:
            return False
        fact.properties, fact.changed = said.properties, True
        return True

    def expected(self, key: FactKey, symmetric: bool) -> StoredFact:
        """The fact of this key, from either end where it is symmetric; made without sources when there is none."""
        kind, start, end, natural = key
        found = self._facts.get(key) or (self._facts.get((kind, end, start, natural)) if symmetric else None)
        if found is None:
            found = StoredFact(kind, start, end, {"key": natural, "sources": []}, deleted=True)
            self._facts[key] = found
        return found

    def replace_end(self, old: str, new: str, facts: Iterable[StoredFact]) -> None:
        """Let the node `new` take the place of `old` in these facts.

        A fact that both stated becomes one with the sources of both; one between the two of them goes.
        """
        for fact in [fact for fact in facts if old in (fact.start, fact.end)]:
            fact.deleted = True
            start, end = (new if handle == old else handle for handle in (fact.start, fact.end))
            if start == end:
                continue
            moved = StoredFact(fact.type, start, end, fact.properties)
            kept = self._facts.get(moved.key)
            if kept is None and fact.type == Connection.TYPE:
                kept = self._facts.get((fact.type, end, start, moved.key[3]))
            if kept is None or kept.deleted:
                self._facts[moved.key] = moved
            else:
                kept.properties = _sourced(
                    kept.properties, _owners(kept.properties) | _owners(fact.properties)
                )
                kept.changed = True

    def created(self) -> list[StoredFact]:
        """Facts to create."""
        return [fact for fact in self._facts.values() if fact.element is None and not fact.deleted]

    def updated(self) -> list[StoredFact]:
        """Stored facts that say something else now."""
        return [fact for fact in self._facts.values() if fact.element and fact.changed and not fact.deleted]

    def deleted(self) -> list[StoredFact]:
        """Stored facts that no source states any more."""
        return [fact for fact in self._facts.values() if fact.element and fact.deleted]


def _keeping_what_was_stated(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What only follows from the title does not replace what a source stated in so many words."""
    title = said.get("title")
    kept = {}
    for name, follows in _FROM_TITLE.items() if title else ():
        stated = before.get(name)
        if stated and stated != follows(title) and said.get(name) in (None, follows(title)):
            kept[name] = stated
    return {**said, **kept}


def _from_the_other_side(said: dict[str, Any]) -> dict[str, Any]:
    """An interaction as the one at its other end sees it."""
    swapped = {"sent": "received", "received": "sent", "sent_on": "received_on", "received_on": "sent_on"}
    return {swapped.get(name, name): value for name, value in said.items()}


def is_symmetric(fact: Fact) -> bool:
    """Whether it is the same from either end."""
    return isinstance(fact, Connection | Interaction) or (isinstance(fact, Alliance) and not fact.directed)


def _owners(properties: dict[str, Any]) -> dict[str, str]:
    sources = properties.get("sources", ())
    owners = properties.get("owners") or [SHARED] * len(sources)
    return dict(zip(sources, owners, strict=True))


def _with_sources(said: dict[str, Any], owners: dict[str, str], fact: Fact) -> dict[str, Any]:
    properties = dict(said)
    if isinstance(fact, BetweenPeople):
        properties["owners"] = []
    return _sourced(properties, owners)


def _sourced(properties: dict[str, Any], owners: dict[str, str]) -> dict[str, Any]:
    """Sources in key order; private only while every source of the fact is."""
    result = {name: value for name, value in properties.items() if name != "private_to"}
    result["sources"] = sorted(owners)
    if "owners" in properties:
        result["owners"] = [owners[source] for source in result["sources"]]
        if SHARED not in result["owners"]:
            result["private_to"] = sorted(set(result["owners"]))
    return result


def _at_least(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What several files count of one contact: of each count the highest, of each day the last.

    Two folders of a mailbox hold either direction, two copies of one hold the same: the sum would be too much.
    """
    counts = {name: max(said[name], before[name]) for name in ("sent", "received")}
    days = {
        name: max(said.get(name, ""), before.get(name, "")) for name in ("last_on", "sent_on", "received_on")
    }
    return {**said, **counts, **{name: day for name, day in days.items() if day}}


def _prolonged(before: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """A spell seen on two dates reaches from the first to the last of them."""
    result = dict(said)
    if before["from_month"] < said["from_month"]:
        result["from_month"], result["started"] = before["from_month"], before["started"]
    if before["to_month"] > said["to_month"]:
        result["to_month"], result["ended"] = before["to_month"], before["ended"]
        result["current"] = before.get("current", False)
    return result
