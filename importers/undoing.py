"""Taking an import back: a run's second life as something to be undone, resumable like the first.

The run's state is `undoing` while it is taken back, in transactions that each note how far it is; whatever a dead
process left behind is taken up by `resume_undos`. A run that is undone stays in the list, as `undone`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from graph.engine.connection import Engine, Transaction
from graph.records.history import KEPT_DAYS
from graph.records.undoing import take_back
from graph.ties import derive
from importers.journal import Journal, TakenOver, read_run
from importers.results import ImportRun
from importers.workers import is_alive, now_text, this_worker

__all__ = ["CannotUndo", "NoSuchRun", "Preview", "preview_undo", "resume_undos", "undo_import"]


class CannotUndo(Exception):
    """The run cannot be taken back as it stands; the text says why, and what to do."""


class NoSuchRun(CannotUndo):
    """There is no run with this id."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a run back would look at: records that it read, and records that it withdrew.

    Records that other runs read too stay. `incomplete`: the run is so old that what its records said before it, and
    what it withdrew, may not be kept any more.
    """

    run: ImportRun
    read: int
    withdrawn: int
    incomplete: bool

    def as_dict(self) -> dict[str, object]:
        """As JSON shows it."""
        return {
            "id": self.run.id,
            "source": self.run.source,
            "read": self.read,
            "withdrawn": self.withdrawn,
            "incomplete": self.incomplete,
        }


async def preview_undo(engine: Engine, run_id: str) -> Preview:
    """What `undo_import` would look at; raises as it does."""
    run = await _undoable(engine, run_id)
    read = withdrawn = 0
    for row in await engine.read("records/readings_of_run", run=run_id):
        (counted,) = await engine.read("records/count_of_run", run=run_id, dataset=row["dataset"])
        read += counted["read"]
        withdrawn += counted["withdrawn"]
    return Preview(run, read, withdrawn, _is_old(run))


async def undo_import(engine: Engine, run_id: str, *, by: str) -> ImportRun:
    """Take back everything that only this run stated; all else is as if it had never run, ties included.

    Returns the run, `undone`. Raises NoSuchRun, and CannotUndo for one that is under way, undone already, or wrote
    nothing.
    """
    run = await _undoable(engine, run_id)
    stored = await Journal(engine, run_id).stored() or {}
    before = str(stored.get("worker") or "")
    if run.state == "undoing" and before != this_worker() and is_alive(before, stored["updated_at"]):
        raise CannotUndo("This import is being taken back already.")
    claimed = await engine.write(
        "imports/begin_undo", id=run_id, expected=before, worker=this_worker(), by=by, now=now_text()
    )
    if not claimed:
        raise CannotUndo("Another process works on this import: look at it again in a moment.")
    done = Counter(json.loads(stored.get("taken") or "{}"))

    async def note(tx: Transaction, counts: Counter[str]) -> None:
        noted = await tx.run(
            "imports/note_undo", id=run_id, worker=this_worker(), now=now_text(), taken=json.dumps(counts)
        )
        if not noted:
            raise TakenOver

    await take_back(engine, run_id, also=note, done=done)
    await derive(engine)
    await engine.write("imports/close_undo", id=run_id, worker=this_worker(), now=now_text())
    return await _known(engine, run_id)


async def resume_undos(engine: Engine) -> list[ImportRun]:
    """Take up what a dead process began to take back."""
    finished = []
    for row in await engine.read("imports/undoing"):
        try:
            finished.append(await undo_import(engine, row["id"], by=row["by"]))
        except (CannotUndo, TakenOver):
            continue
    return finished


async def _undoable(engine: Engine, run_id: str) -> ImportRun:
    run = await _known(engine, run_id)
    if run.state in ("queued", "running"):
        raise CannotUndo("This import is still under way: wait for its end, then take it back.")
    if run.state == "undone":
        raise CannotUndo("This import was taken back already.")
    if run.dry_run:
        raise CannotUndo("This was a dry run: it wrote nothing.")
    return run


async def _known(engine: Engine, run_id: str) -> ImportRun:
    run = await read_run(engine, run_id)
    if run is None:
        raise NoSuchRun("There is no import with this id.")
    return run


def _is_old(run: ImportRun) -> bool:
    oldest = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    return datetime.fromisoformat(run.created_at) < oldest
