"""Who was exported, as audit events of a bounded size: as many as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from graph.privacy.audit import DONE, EXPORTED, AuditEvent

__all__ = ["ExportEvents"]

_MOST_PEOPLE = 2_000


class ExportEvents:
    """Collects whom an export names; each full event is given to `keep` at once, so that none is lost by a crash."""

    def __init__(
        self, keep: Callable[[AuditEvent], None], *, actor: str, role: str, action: str, request_id: str = ""
    ) -> None:
        self._keep = keep
        self._said = {"actor": actor, "role": role, "actions": (action,), "request_id": request_id}
        self._people: set[str] = set()

    def add(self, people: Iterable[str]) -> None:
        """Note people before they leave."""
        self._people.update(people)
        while len(self._people) >= _MOST_PEOPLE:
            self._give([self._people.pop() for _ in range(_MOST_PEOPLE)])

    def close(self, outcome: str = DONE) -> None:
        """Note the rest, and how it ended: with everybody, or not."""
        self._give(self._people, outcome)
        self._people = set()

    def _give(self, people: Iterable[str], outcome: str = DONE) -> None:
        self._keep(AuditEvent.now(kind=EXPORTED, outcome=outcome, people=people, **self._said))
