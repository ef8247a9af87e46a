"""What of a record may be stored: nothing about people who must not be stored, and no mention of them.

Every import and every mutation passes here (`graph/records/writing.py`), within the transaction that writes.
"""

from __future__ import annotations

from collections import Counter
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
from graph.privacy.keys import check_value, fingerprint, lift_in, wrong_key

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

    `renamed`: the keys that records had before, by the keys that hide whom they named.
    """

    records: Mapping[str, Record]
    dropped: Counter[str]
    reopened: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)


def screen(lists: Lists, records: Mapping[str, Record], key_of: Callable[[Record], str]) -> Screened:
    """Records without those about suppressed people, and without mentions of them. `key_of` gives a record's key."""
    if not lists.suppressed:
        return Screened(records, Counter())
    marks: dict[str, str] = {}

    def marks_of(entity: Entity) -> list[str]:
        if not isinstance(entity, Person):
            return []
        for key in entity.keys:
            if key not in marks:
                marks[key] = fingerprint(lists.key, key)
        return [marks[key] for key in entity.keys if marks[key] in lists.suppressed]

    reopened = _reopened(lists, records.values(), marks_of)

    def has(entity: Entity) -> bool:
        return any(lists.suppressed[mark][0] not in reopened for mark in marks_of(entity))

    kept: dict[str, Record] = {}
    renamed: dict[str, str] = {}
    dropped: Counter[str] = Counter()
    for key, record in records.items():
        left = without(record, has, lambda said: fingerprint(lists.key, f"record:{said}"))
        if left is None:
            dropped[record.entities[0].LABEL] += 1
        else:
            kept[key if left is record else key_of(left)] = left
            renamed[left.key] = record.key
    return Screened(kept, dropped, frozenset(reopened), renamed)


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


def _reopened(lists: Lists, records: Iterable[Record], marks_of: Callable[[Entity], list[str]]) -> set[str]:
    """Batches of people deleted after their retention who have turned to us since then."""
    if all(until is None for _, until in lists.suppressed.values()):
        return set()
    found: set[str] = set()
    for record in records:
        for fact in record.facts:
            for person in fact.ends():
                on = contact_from(fact, person)
                for mark in marks_of(person) if on else ():
                    batch, until = lists.suppressed[mark]
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
) -> tuple[Screened, Lists]:
    """What may be written of some records, within the transaction that writes them; `write` False: a dry run."""
    lists = await read_lists(tx, engine)
    found = screen(lists, records, key_of)
    if found.reopened and write:
        await lift_in(tx, engine, sorted(found.reopened))
    return found, lists
