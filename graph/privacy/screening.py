"""What of a record may be stored: nothing about people who must not be stored, and no mention of them.

Every import and every mutation passes here (`graph/records/writing.py`), within the transaction that writes.
"""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from weakref import WeakKeyDictionary

from graph.engine.connection import Engine, Transaction
from graph.model.committee import Observation, Persona, Signal
from graph.model.dates import PartialDate
from graph.model.entities import Entity, Person
from graph.model.facts import Connection, Fact, Interaction
from graph.model.identities import email_identity, linkedin_identity, normal_name
from graph.model.records import Record
from graph.privacy.keys import check_value, fingerprint, lift_in, mark_changed, wrong_key
from graph.records.resolution import PLURAL_SYSTEMS

__all__ = ["Lists", "Screened", "described", "name_mark", "read_lists", "screen", "screened", "without"]

Has = Callable[[Entity], bool]
Hidden = Callable[[str], str]

_NOTES = (Observation, Signal, Persona)
ERASED = "erased"


def name_mark(name: str) -> str:
    """What the fingerprint of a name is made of."""
    return f"name:{normal_name(name)}"


# --- the lists ---


@dataclass(frozen=True, slots=True)
class Lists:
    """Fingerprints of one state of the graph, and the key they were made with.

    `suppressed` has for each fingerprint the batch it was put on the list in, and the day (ISO) after which a
    contact opens it again, or None: for good.
    """

    key: bytes = b""
    suppressed: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    objected: frozenset[str] = frozenset()

    def mark(self, said: str) -> str:
        """The fingerprint of a text."""
        return fingerprint(self.key, said)

    def holds(self, identity_key: str) -> bool:
        """Whether nobody with this exact identity may be stored."""
        return bool(self.suppressed) and fingerprint(self.key, identity_key) in self.suppressed

    def objects(self, identity_keys: Iterable[str]) -> bool:
        """Whether somebody with one of these identities has objected to being approached."""
        return bool(self.objected) and any(
            fingerprint(self.key, key) in self.objected for key in identity_keys
        )

    def hides(self, cells: Iterable[str]) -> bool:
        """Whether a row that was refused shows somebody who must not be stored: by an identity or by their name."""
        if not self.suppressed:
            return False
        said = [cell.strip() for cell in cells if cell and cell.strip()]
        for cell in said:
            for identity in (email_identity(cell), linkedin_identity(cell)):
                if identity is not None and self.holds(identity.key):
                    return True
        pairs = [f"{a} {b}" for a, b in pairwise(said)]
        pairs += [f"{b} {a}" for a, b in pairwise(said)]
        return any(fingerprint(self.key, name_mark(text)) in self.names for text in (*said, *pairs))


_NOTHING = Lists()
_remembered: WeakKeyDictionary[Engine, tuple[str, Lists]] = WeakKeyDictionary()


async def read_lists(tx: Transaction, engine: Engine) -> Lists:
    """The lists as they are within this transaction. Raises WrongPrivacyKey where they need another key."""
    rows = await tx.run("privacy/state")
    turn = rows[0]["turn"] if rows else None
    if turn is None:
        return _NOTHING
    key = engine.privacy_key
    if key is None or check_value(key) != rows[0]["check"]:
        raise wrong_key(engine)
    known = _remembered.get(engine)
    if known is not None and known[0] == turn:
        return known[1]
    found: dict[str, dict[str, tuple[str, str | None]]] = {"suppressed": {}, "name": {}, "objected": {}}
    for row in await tx.run("privacy/lists"):
        found[row["kind"]][row["fingerprint"]] = row["batch"] or "", row["until"]
    lists = Lists(key, found["suppressed"], frozenset(found["name"]), frozenset(found["objected"]))
    _remembered[engine] = turn, lists
    return lists


# --- records ---


@dataclass(frozen=True, slots=True)
class Screened:
    """What is left of some records, how many were dropped by the label of what they were about, and the batches of
    fingerprints that are on the list no more: a newer contact shows that these people turned to us.

    `people`: of whom records were dropped, each by the batch they were put on the list in; they are not in `dropped`.
    `learned`: what else these people are known by, as fingerprints, each with one that is on the list.
    `renamed`: the keys that records had before, by the keys that hide whom they named.
    """

    records: Mapping[str, Record]
    dropped: Counter[str]
    people: frozenset[str] = frozenset()
    learned: Mapping[str, str] = field(default_factory=dict)
    reopened: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)


def screen(lists: Lists, records: Mapping[str, Record], key_of: Callable[[Record], str]) -> Screened:
    """Records without those about suppressed people, and without mentions of them. `key_of` gives a record's key.

    Whoever a record describes by something that is on the list is meant by the ids beside it, too: other records
    mention them by these alone.
    """
    if not lists.suppressed:
        return Screened(records, Counter())
    marks = _Marks(lists)
    learned = marks.learn(records.values())
    reopened = _reopened(lists, records.values(), marks)

    def batches(entity: Entity) -> set[str]:
        return {marks.known[mark][0] for mark in marks.of(entity)} - reopened

    kept: dict[str, Record] = {}
    renamed: dict[str, str] = {}
    dropped: Counter[str] = Counter()
    people: set[str] = set()
    for key, record in records.items():
        left = without(record, lambda one: bool(batches(one)), lambda said: lists.mark(f"record:{said}"))
        if left is not None:
            kept[key if left is record else key_of(left)] = left
            renamed[left.key] = record.key
        elif isinstance(record.entities[0], Person):
            people.update(*(batches(one) for one in described(record)))
        else:
            dropped[record.entities[0].LABEL] += 1
    learned = {mark: by for mark, by in learned.items() if marks.known[mark][0] not in reopened}
    return Screened(kept, dropped, frozenset(people), learned, frozenset(reopened), renamed)


class _Marks:
    """Fingerprints of what people are known by; `known`: those that are on the list, or are found to belong there."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._by_key: dict[str, str] = {}
        self._found: dict[str, tuple[str, str | None]] = {}
        self.known: Mapping[str, tuple[str, str | None]] = ChainMap(self._found, dict(lists.suppressed))

    def of(self, entity: Entity) -> list[str]:
        """The fingerprints of a person that are known."""
        if not isinstance(entity, Person):
            return []
        return [mark for key in entity.keys if (mark := self._mark(key)) in self.known]

    def learn(self, records: Iterable[Record]) -> dict[str, str]:
        """What else people on the list are known by, and that nobody shares: each with the fingerprint beside it."""
        several = [
            entity
            for record in records
            for entity in described(record)
            if isinstance(entity, Person) and len(entity.identities) > 1
        ]
        learned: dict[str, str] = {}
        before = -1
        while before < len(learned):  # what was learned of one record can tell of another
            before = len(learned)
            for entity in several:
                known = self.of(entity)
                own = [i.key for i in entity.identities if i.system not in PLURAL_SYSTEMS] if known else []
                for mark in (self._mark(key) for key in own):
                    if mark not in self.known:
                        self._found[mark] = self.known[known[0]]
                        learned[mark] = learned.get(known[0], known[0])
        return learned

    def _mark(self, key: str) -> str:
        if key not in self._by_key:
            self._by_key[key] = self._lists.mark(key)
        return self._by_key[key]


def without(record: Record, has: Has, hidden: Hidden) -> Record | None:
    """A record without the people whom `has` picks out; None where nothing is left of it.

    `hidden` gives what replaces the key of a record that names them. What was kept of the row as written goes as
    a whole: which of its cells speak of them is not known.
    """
    gone = [entity for entity in described(record) if has(entity)]
    if not gone:
        return record
    main = record.entities[0]
    if has(main):
        return None
    facts = tuple(fact for fact in record.facts if not any(has(end) for end in fact.ends()))
    if isinstance(main, _NOTES) and len(facts) < len(record.facts):
        return None  # what was heard of them, or from them
    entities = tuple(entity for entity in record.entities if not has(entity))
    if not facts and not main.fields():
        return None
    said = {identity.value.casefold() for entity in gone for identity in entity.identities}
    said |= {entity.name.casefold() for entity in gone if entity.name}
    key = record.key
    if any(text in key.casefold() for text in said):
        key = f"{ERASED}|{hidden(key)[:32]}"
    return replace(record, key=key, entities=entities, facts=facts, kept={})


def described(record: Record) -> list[Entity]:
    """Everybody and everything a record describes or mentions."""
    found: list[Entity] = list(record.entities)
    known = {id(entity) for entity in found}
    for fact in record.facts:
        found += [end for end in fact.ends() if id(end) not in known]
    return found


def _reopened(lists: Lists, records: Iterable[Record], marks: _Marks) -> set[str]:
    """Batches of people deleted after their retention who have turned to us since then."""
    if all(until is None for _, until in lists.suppressed.values()):
        return set()
    found: set[str] = set()
    for record in records:
        for fact in record.facts:
            for person in fact.ends():
                on = contact_from(fact, person)
                for mark in marks.of(person) if on else ():
                    batch, until = marks.known[mark]
                    if until is not None and first_day(on) > until:
                        found.add(batch)
    return found


def contact_from(fact: Fact, person: Entity) -> PartialDate | None:
    """When a fact shows that a person turned to the other, None when it shows no such thing."""
    if isinstance(fact, Connection):
        return fact.on
    if isinstance(fact, Interaction):
        count, on = (fact.sent, fact.sent_on) if person is fact.a else (fact.received, fact.received_on)
        return (on or fact.last_on) if count > 0 else None
    return None


def first_day(on: PartialDate | None) -> str:
    """The first day a date can mean (ISO); empty for none."""
    return f"{on.year:04}-{on.month or 1:02}-{on.day or 1:02}" if on else ""


# --- within a write ---


async def screened(
    tx: Transaction,
    engine: Engine,
    records: Mapping[str, Record],
    key_of: Callable[[Record], str],
    *,
    write: bool,
    learned: Mapping[str, str] | None = None,
) -> tuple[Screened, Lists]:
    """What may be written of some records, within the transaction that writes them; `write` False: a dry run.

    `learned`: what was learned before of people on the list, where it is not stored: in a dry run.
    """
    lists = await read_lists(tx, engine)
    if learned:
        also = {mark: lists.suppressed[by] for mark, by in learned.items() if by in lists.suppressed}
        lists = replace(lists, suppressed={**also, **lists.suppressed})
    found = screen(lists, records, key_of)
    if found.reopened and write:
        await lift_in(tx, engine, sorted(found.reopened))
    if found.learned and write:
        rows = [{"fingerprint": mark, "beside": by} for mark, by in sorted(found.learned.items())]
        await tx.run("privacy/suppress_beside", rows=rows)
        await mark_changed(tx, engine)
    return found, lists
