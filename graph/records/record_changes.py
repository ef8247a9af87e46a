"""A record before and after a run is taken back: what is stored of it, and what would be without the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.engine.connection import Row, Transaction
from graph.model.entities import Entity
from graph.model.records import Record
from graph.records.codec import decode
from graph.records.history import Completion, History, Stretch, timeline
from graph.records.resolution import Node
from graph.records.transfer import node_from

__all__ = ["Change", "entities_of", "naming_runs", "read_changes"]


@dataclass(slots=True)
class Change:
    """One record: what is stored of it, and what would be."""

    key: str
    before: History | None
    described: Node | None
    stretches: list[Stretch]
    after: History | None = None
    aside: list[Stretch] = field(default_factory=list)

    @property
    def says_other(self) -> bool:
        """Whether anything but who read it again is different."""
        return _statements(self.before) != _statements(self.after)

    def histories(self) -> Iterator[History]:
        """All that was and will be known of it."""
        yield from (one.history for one in self.stretches)
        yield from (one.history for one in self.aside)
        yield from (one for one in (self.before, self.after) if one is not None)

    def node_before(self) -> str:
        """The id of the node that it was about when it was last withdrawn."""
        return self.stretches[-1].node if self.stretches else ""


def _statements(history: History | None) -> list[tuple[str, int, str | None, bool]]:
    versions = history.versions if history else ()
    return [(one.said, one.turn, one.private_to, one.verified) for one in versions]


async def read_changes(tx: Transaction, keys: Sequence[str], run: str) -> list[Change]:
    """Records as they are stored, and as they would be had the run never been."""
    stored = {row["key"]: row for row in await tx.run("records/described", keys=list(keys))}
    aside: dict[str, list[Stretch]] = {}
    for row in await tx.run("records/stretches", keys=list(keys)):
        stretch = _stretch(row["record"])
        aside.setdefault(stretch.history.key, []).append(stretch)
    changes = []
    for key in dict.fromkeys(keys):
        found_row = stored.get(key)
        before = History.from_properties(found_row["record"]) if found_row else None
        known = sorted(aside.get(key, ()), key=lambda one: one.history.versions[0].turn)
        changes.append(Change(key, before, node_from(found_row) if found_row else None, known))
    completions = await _completions(tx, changes)
    for change in changes:
        stretches = list(change.stretches)
        if change.before is not None and change.described is not None:
            stretches.append(Stretch(change.before, node=change.described.id))
        found = timeline(stretches, completions, without=run)
        if found and found[-1].withdrawn is None:
            change.after = found.pop().history
        change.aside = found
    return changes


def _stretch(stored: Row) -> Stretch:
    history = History.from_properties(stored)
    withdrawn = Completion(0, stored["withdrawn_by"], stored["dataset"], stored["withdrawn_on"])
    return Stretch(history, withdrawn, stored.get("node") or "")


async def _completions(tx: Transaction, changes: Iterable[Change]) -> list[Completion]:
    datasets = {
        reading.dataset
        for change in changes
        for history in change.histories()
        for version in history.versions
        for reading in version.readings
    }
    rows = await tx.run("records/completions", datasets=sorted(datasets))
    return [Completion(row["turn"], row["run"], row["dataset"], row["day"]) for row in rows]


def entities_of(record: Record) -> Iterator[Entity]:
    """All descriptions in a record, the ends of its facts too."""
    yield from record.entities
    for fact in record.facts:
        yield from fact.ends()


def naming_runs(changes: Iterable[Change]) -> dict[str, set[str]]:
    """By identity key, the runs that stated the versions left which name it."""
    runs: dict[str, set[str]] = {}
    for change in changes:
        for history in (*(one.history for one in change.aside), *((change.after,) if change.after else ())):
            for version in history.versions:
                for entity in entities_of(decode(version.said)):
                    for key in entity.keys:
                        runs.setdefault(key, set()).add(version.readings[0].run)
    return runs
