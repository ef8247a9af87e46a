"""What one request shows, exports or changes, collected while it runs.

Whatever makes a person that is shown calls `note_people`; the request that runs at the time is found by context, so
nothing has to be passed along, and threads and loaders of that request note with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from graph.privacy.audit import CHANGED, DONE, EXPORTED, FAILED, KINDS, REFUSED, SHOWN, AuditEvent
from graph.records.views import FactRef

__all__ = ["PEOPLE_FIELDS", "Noted", "note_change", "note_export", "note_people", "noting", "people_named"]

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Inputs that name people, by the names resolvers see. `id` does where the operation is about people or facts.
PEOPLE_FIELDS = frozenset(
    "a a_id about_id among avoid b b_id former_id from_ from_id ids informant_id kept_id other_id path people "
    "person_id person_ids to_id".split()
)
_MOST_NAMED = 200


@dataclass(slots=True)
class Noted:
    """What is known so far of the request that runs."""

    people: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)
    kind: str = SHOWN
    outcome: str = DONE
    run: str | None = None

    def did(self, kind: str) -> None:
        """Note what was done; the strongest counts."""
        self.kind = max(self.kind, kind, key=KINDS.index)

    def failed(self) -> None:
        """Note that something went wrong; a refusal stays one."""
        if self.outcome == DONE:
            self.outcome = FAILED

    def refused(self) -> None:
        """Note that a right was missing."""
        self.outcome = REFUSED

    def called(self, operation: str, inputs: Mapping[str, Any], *, refused: bool = False) -> None:
        """Note a root field that is called, and the people its inputs name where it changes something or is refused."""
        self.actions.add(operation)
        changes = operation.startswith("Mutation.")
        if changes:
            self.did(CHANGED)
        if changes or refused:
            self.people.update(people_named(operation, inputs))

    def event(self, *, actor: str, role: str, request_id: str) -> AuditEvent | None:
        """The event to keep; None where something was looked at that concerns nobody."""
        if not self.people and self.kind == SHOWN and self.outcome != REFUSED:
            return None
        return AuditEvent.now(
            actor=actor,
            role=role,
            kind=self.kind,
            outcome=self.outcome,
            actions=tuple(sorted(self.actions)),
            people=self.people,
            request_id=request_id,
            run=self.run,
        )


_noted: ContextVar[Noted | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[Noted]:
    """Collect while the block runs."""
    noted = Noted()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def current() -> Noted | None:
    """What the running request notes; None outside one."""
    return _noted.get()


def note_people(ids: Iterable[str]) -> None:
    """Note that these people are shown to whoever asks."""
    if noted := _noted.get():
        noted.people.update(ids)


def note_person(person_id: str) -> None:
    """Note that this person is shown to whoever asks."""
    if noted := _noted.get():
        noted.people.add(person_id)


def note_export() -> None:
    """Note that what is shown leaves as a file or a document."""
    if noted := _noted.get():
        noted.did(EXPORTED)


def note_change(run: str | None = None) -> None:
    """Note that people are changed, by an import where `run` is given."""
    if noted := _noted.get():
        noted.did(CHANGED)
        noted.run = run or noted.run


def people_named(operation: str, inputs: Mapping[str, Any]) -> set[str]:
    """Ids of people in the inputs of an operation, ends of facts included. What is no id is never kept."""
    about_people = "person" in operation.lower()
    found: set[str] = set()
    for name, value in _leaves(inputs):
        if name in PEOPLE_FIELDS or (name == "id" and about_people):
            found |= {value} if _ID.fullmatch(value) else set()
        elif name == "id":
            found |= _ends(value)
        if len(found) >= _MOST_NAMED:
            break
    return found


def _ends(token: str) -> set[str]:
    try:
        ref = FactRef.parse(token)
    except ValueError:
        return set()
    return {end for end in (ref.start, ref.end) if _ID.fullmatch(end)}


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _leaves(each, key)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each, name)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _leaves(getattr(value, one.name), one.name)
