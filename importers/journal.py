"""The record of runs in the graph: asked for, claimed by a worker, moved on with each batch, closed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from graph.engine.connection import Engine, Transaction
from importers.requests import ImportRequest
from importers.results import Counts, ImportRun, RowCounts
from importers.workers import is_alive, now_text, this_worker

__all__ = ["Journal", "Position", "RunPage", "TakenOver", "list_runs", "read_run"]

_AFTER_EVERY_DATE = "9999"


class TakenOver(Exception):
    """Another process works on this run now; this one must not write any more."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a run has come: batches written, counted over all files in their order.

    `files` is a fingerprint of the files: where they have changed since, the run starts over.
    """

    files: str = ""
    batches: int = 0
    counts: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunPage:
    """Runs, newest first; `has_next` says whether older ones follow."""

    runs: tuple[ImportRun, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """One run's record, written by this process alone once `claim` has succeeded."""

    engine: Engine
    run: str

    async def record(self, request: ImportRequest) -> None:
        """Note that the run was asked for."""
        properties = {
            "state": "queued",
            "source": request.source,
            "purpose": request.purpose.strip(),
            "lawful_basis": request.lawful_basis.strip(),
            "collected_on": request.collected_on or now_text()[:10],
            "dry_run": request.dry_run,
            "files": request.file_names(),
            "created_at": now_text(),
            "updated_at": now_text(),
            "worker": this_worker(),
        }
        await self.engine.write("imports/create", id=self.run, properties=properties)

    async def claim(self) -> Position | None:
        """Take the run for this process and say how far it is; None when it is over or somebody has it."""
        stored = await self.stored()
        if stored is None or stored["state"] not in ("queued", "running"):
            return None
        before = str(stored.get("worker") or "")
        if before and before != this_worker() and is_alive(before, stored["updated_at"]):
            return None
        claimed = await self.engine.write(
            "imports/claim", id=self.run, expected=before, worker=this_worker(), now=now_text()
        )
        if not claimed:
            return None
        position = json.loads(stored.get("position") or "{}")
        return Position(**position, counts=json.loads(stored.get("counts") or "{}"))

    async def checkpoint(self, tx: Transaction, position: Position, rows: RowCounts, progress: float) -> None:
        """Move the run on, in the transaction that writes the batch. Raises TakenOver."""
        noted = await tx.run(
            "imports/checkpoint",
            id=self.run,
            worker=this_worker(),
            now=now_text(),
            position=json.dumps({"files": position.files, "batches": position.batches}),
            counts=json.dumps(position.counts),
            rows=json.dumps(rows.as_dict()),
            progress=progress,
        )
        if not noted:
            raise TakenOver

    async def beat(self, rows: RowCounts, progress: float) -> None:
        """Show that the run is alive. Raises TakenOver."""
        noted = await self.engine.write(
            "imports/beat",
            id=self.run,
            worker=this_worker(),
            now=now_text(),
            rows=json.dumps(rows.as_dict()),
            progress=progress,
        )
        if not noted:
            raise TakenOver

    async def close(self, run: ImportRun) -> None:
        """Store the result. Raises TakenOver."""
        noted = await self.engine.write(
            "imports/close",
            id=self.run,
            worker=this_worker(),
            now=run.finished_at,
            state=run.state,
            details=run.details(),
            counts=json.dumps(run.counts),
            rows=json.dumps(run.rows.as_dict()),
            progress=run.progress,
        )
        if not noted:
            raise TakenOver

    async def stored(self) -> dict[str, Any] | None:
        """The run's properties as stored."""
        rows = await self.engine.read("imports/by_id", id=self.run)
        return dict(rows[0]["run"]) if rows else None


async def read_run(engine: Engine, run_id: str) -> ImportRun | None:
    """A run by id; None when there is none."""
    stored = await Journal(engine, run_id).stored()
    return ImportRun.from_properties(stored) if stored else None


async def list_runs(engine: Engine, first: int = 20, after: tuple[str, str] | None = None) -> RunPage:
    """The next `first` runs, newest first, after the run with this (created_at, id)."""
    created_at, run_id = after or (_AFTER_EVERY_DATE, "")
    rows = await engine.read("imports/page", created_at=created_at, id=run_id, limit=first + 1)
    runs = tuple(ImportRun.from_properties(row["run"]) for row in rows)
    return RunPage(runs[:first], len(runs) > first)
