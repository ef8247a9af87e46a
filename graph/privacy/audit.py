"""The audit: who looked at, exported or changed whom. Events name people by id alone and hold nothing of them.

Beside each event stand marks, one a person, whose key is the person's id and the event's: ids of events grow with
time, so both engines find a page of somebody's newest events in one index. Nothing joins marks to people: an event
neither locks the person nor makes a hub of them, and who is erased is forgotten by deleting their marks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from uuid_utils import uuid7

from graph.engine.connection import Engine, Row, Transaction
from graph.privacy.parameters import PRIVACY

__all__ = [
    "CHANGED",
    "COMMAND_LINE",
    "DONE",
    "EXPORTED",
    "FAILED",
    "REFUSED",
    "SHOWN",
    "AuditEvent",
    "count_about",
    "count_by",
    "events_about",
    "events_by",
    "forget_in_audit",
    "purge_audit",
    "write_events",
]

# What was done with people, the weakest first: an operation that does several is noted as the last of them.
SHOWN, EXPORTED, CHANGED = "shown", "exported", "changed"
KINDS = (SHOWN, EXPORTED, CHANGED)
DONE, REFUSED, FAILED = "done", "refused", "failed"

COMMAND_LINE = "command line"
_BATCH = 500
_FIRST_WINDOW, _LAST_WINDOW = timedelta(minutes=1), timedelta(days=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One request: `actor` (the id of an API key, or `command line`) did `kind` to `people` (ids), by `actions`.

    `outcome`: done, refused (a right was missing) or failed. `at`: ISO time, UTC. `concerned`: how many people it
    was about, those forgotten since included. `run`: the import it is about.
    """

    id: str
    at: str
    actor: str
    role: str
    kind: str
    outcome: str
    actions: tuple[str, ...]
    people: tuple[str, ...] = ()
    concerned: int = 0
    request_id: str = ""
    run: str | None = None

    @classmethod
    def now(cls, **said: Any) -> AuditEvent:
        """An event of this moment."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        people = tuple(sorted(said.pop("people", ())))
        return cls(id=str(uuid7()), at=at, people=people, concerned=len(people), **said)

    def as_json(self) -> str:
        """One line of text, as `parse` reads it."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def parse(cls, text: str) -> AuditEvent:
        """Read a line back; ValueError when it is none of ours."""
        try:
            return cls.of(json.loads(text))
        except (TypeError, KeyError) as error:
            raise ValueError("this is no audit event") from error

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> AuditEvent:
        """From stored properties."""
        given = {name: said[name] for name in cls.__dataclass_fields__ if said.get(name) is not None}
        given["actions"], given["people"] = tuple(said["actions"]), tuple(said["people"])
        return cls(**given)

    def properties(self, known: Iterable[str]) -> dict[str, Any]:
        """As stored; only people of `known` are named."""
        kept = set(known)
        people = [person for person in self.people if person in kept]
        said = {
            **asdict(self),
            "actions": list(self.actions),
            "people": people,
            "by": f"{self.actor}|{self.id}",
        }
        return {name: value for name, value in said.items() if value is not None}


async def write_events(engine: Engine, events: Sequence[AuditEvent]) -> None:
    """Store events; those that are stored already stay as they are.

    People who are no more are counted in an event and not named, so that an event that comes late names nobody
    who was erased meanwhile.
    """
    for start in range(0, len(events), _BATCH):
        batch = {event.id: event for event in events[start : start + _BATCH]}

        async def work(tx: Transaction, batch: Mapping[str, AuditEvent] = batch) -> None:
            await _write(tx, batch)

        await engine.transact(work)


async def _write(tx: Transaction, batch: Mapping[str, AuditEvent]) -> None:
    stored = {row["id"] for row in await tx.run("audit/known", ids=sorted(batch))}
    new = [event for event in batch.values() if event.id not in stored]
    if not new:
        return
    named = sorted({person for event in new for person in event.people})
    known = {row["id"] for row in await tx.run("audit/people", ids=named)} if named else set()
    rows = [event.properties(known) for event in new]
    await tx.run("audit/create_events", rows=rows)
    keys = [f"{person}|{row['id']}" for row in rows for person in row["people"]]
    if keys:
        await tx.run("audit/create_marks", keys=keys)


async def events_about(
    engine: Engine, person_id: str, *, before: str | None = None, limit: int = 100
) -> list[AuditEvent]:
    """A page of the newest events about a person, also under ids they had before; `before`: an event's id."""
    former = [row["id"] for row in await engine.read("audit/former_ids", id=person_id)]
    found: set[str] = set()
    for person in (person_id, *former):
        rows = await _newest(engine, "audit/about", person, before, limit)
        found |= {row["key"].rpartition("|")[2] for row in rows}
    newest = sorted(found, reverse=True)[:limit]
    rows = await engine.read("audit/by_ids", ids=newest) if newest else []
    return _newest_first(rows)


async def events_by(
    engine: Engine, actor: str, *, before: str | None = None, limit: int = 100
) -> list[AuditEvent]:
    """A page of the newest events of one actor; `before`: an event's id."""
    return _newest_first(await _newest(engine, "audit/by", actor, before, limit))


async def count_about(engine: Engine, person_id: str) -> int:
    """How many events there are about a person."""
    former = [row["id"] for row in await engine.read("audit/former_ids", id=person_id)]
    total = 0
    for person in (person_id, *former):
        least, most = _bounds(person, None)
        total += (await engine.read("audit/count_about", least=least, before=most))[0]["total"]
    return total


async def count_by(engine: Engine, actor: str) -> int:
    """How many events one actor caused."""
    least, most = _bounds(actor, None)
    return int((await engine.read("audit/count_by", least=least, before=most))[0]["total"])


async def forget_in_audit(tx: Transaction, person_ids: Sequence[str]) -> int:
    """Take people out of all events, within the transaction that erases them; answers in how many they stood.

    Give the ids they had before joining others, too. That something was done stays, to whom does not.
    """
    total = 0
    for person in person_ids:
        least, most = _bounds(person, None)
        while rows := await tx.run("audit/marks", least=least, before=most, limit=_BATCH):
            keys = [row["key"] for row in rows]
            await tx.run("audit/forget", person=person, events=[key.rpartition("|")[2] for key in keys])
            await tx.run("audit/delete_marks", keys=keys)
            total += len(keys)
    return total


async def purge_audit(engine: Engine, now: datetime, days: int = PRIVACY.audit_days) -> int:
    """Delete events older than so many days; answers how many."""
    oldest = _first_id(now - timedelta(days=days))
    total = 0
    while rows := await engine.read("audit/old", before=oldest, limit=_BATCH):
        keys = [f"{person}|{row['id']}" for row in rows for person in row["people"]]

        async def work(tx: Transaction, rows: list[Row] = rows, keys: list[str] = keys) -> None:
            if keys:
                await tx.run("audit/delete_marks", keys=keys)
            await tx.run("audit/delete_events", ids=[row["id"] for row in rows])

        await engine.transact(work)
        total += len(rows)
    return total


async def _newest(engine: Engine, statement: str, first: str, before: str | None, limit: int) -> list[Row]:
    """The newest rows before an event, looked for in windows of time that grow as they go back.

    The embedded engine sorts all that a statement finds, so it is never asked for a hot person's whole past.
    """
    oldest, most = _bounds(first, before)
    end = _moment(before) if before else datetime.now(UTC)
    span = _FIRST_WINDOW
    found: list[Row] = []
    while len(found) < limit and most > oldest:
        least = oldest if span > _LAST_WINDOW else f"{first}|{_first_id(end - span)}"
        found += await engine.read(statement, least=least, before=most, limit=limit - len(found))
        most, end, span = least, end - span, span * 4
    return found


def _moment(event: str) -> datetime:
    """When an event's id was made."""
    try:
        return datetime.fromtimestamp((UUID(event).int >> 80) / 1000, UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)


def _bounds(first: str, before: str | None) -> tuple[str, str]:
    # "}" follows "|" and every character of an id.
    return f"{first}|", f"{first}|{before}" if before else f"{first}}}"


def _newest_first(rows: Sequence[Row]) -> list[AuditEvent]:
    events = [AuditEvent.of(row["event"]) for row in rows]
    return sorted(events, key=lambda event: event.id, reverse=True)


def _first_id(moment: datetime) -> str:
    """The least UUIDv7 of a moment: its first 48 bits are milliseconds (RFC 9562)."""
    return str(UUID(int=(int(moment.timestamp() * 1000) << 80) | (7 << 76)))
