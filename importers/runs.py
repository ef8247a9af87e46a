"""An import as a run: written down, checked to the end, loaded in batches, its ties derived, closed with counts.

A run survives its process. Its request and uploads lie in the spool, its position in the graph is noted in the
same transaction as each batch, and `resume_runs` takes up whatever a dead process left behind: nothing is lost,
written or counted twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

from uuid_utils import uuid7

from graph.engine.connection import Engine
from graph.engine.errors import EngineError
from graph.ties import derive
from importers.archives import Limits
from importers.identity.matching import count_waiting, match_people, merged_in_run
from importers.journal import Journal, Position, RunPage, TakenOver, list_runs, read_run
from importers.loading import LOADED, Loader, Progress, Report
from importers.owners import addresses_of, find_owner
from importers.planning import Plan, make_plan
from importers.reading.problems import FileError
from importers.requests import ImportRequest
from importers.results import ImportRun, RunState
from importers.spool import Spool, spools
from importers.workers import now_text

__all__ = [
    "ImportRequest",
    "ImportRun",
    "Limits",
    "Progress",
    "Report",
    "RunPage",
    "check_import",
    "list_runs",
    "new_run_id",
    "read_run",
    "record_run",
    "refused_file",
    "resume_runs",
    "run_import",
    "start_run",
]

_LOG = logging.getLogger("liaison.imports")
_BEAT_SECONDS = 5.0
_ABANDONED_SECONDS = 24 * 3600
_ONE_AT_A_TIME = asyncio.Lock()
_working: set[str] = set()


def new_run_id() -> str:
    """An id for a run whose uploads are about to be spooled (`Spool(spool_dir, id).upload_path`)."""
    return str(uuid7())


async def run_import(
    engine: Engine,
    request: ImportRequest,
    *,
    spool_dir: Path,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> ImportRun:
    """Record a run and carry it out. What is wrong with a file is in the run: state `failed`, with its error.

    Raises FileError for a request that no file could satisfy, EngineError when the engine goes away (the run
    can then be resumed).
    """
    run_id = await record_run(engine, request, spool_dir=spool_dir)
    run = await start_run(engine, run_id, spool_dir=spool_dir, progress=progress, limits=limits)
    return run or await _stored(engine, run_id)


async def check_import(engine: Engine, request: ImportRequest, limits: Limits | None = None) -> None:
    """Open and check all files as a run would, and write nothing; raises FileError for what is wrong."""
    await _plan(engine, request, limits)


async def record_run(
    engine: Engine, request: ImportRequest, *, spool_dir: Path, run_id: str | None = None
) -> str:
    """Write down a run before it starts: in the spool, then in the graph (state `queued`); returns its id."""
    request.check()
    spool = Spool(spool_dir, run_id or new_run_id())
    spool.save_request(request)
    await Journal(engine, spool.run).record(request)
    return spool.run


async def start_run(
    engine: Engine,
    run_id: str,
    *,
    spool_dir: Path,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> ImportRun | None:
    """Carry out a recorded run, from where it stands; None when it is over or another process has it.

    Imports of one process queue: one writes at a time.
    """
    if run_id in _working:
        return None
    _working.add(run_id)
    try:
        async with _ONE_AT_A_TIME:
            spool = Spool(spool_dir, run_id)
            journal = Journal(engine, run_id)
            request = spool.request()
            position = await journal.claim() if request is not None else None
            if request is None or position is None:
                return None
            return await _Run(engine, journal, spool, request, progress, limits).carry_out(position)
    except TakenOver:
        return None
    finally:
        _working.discard(run_id)


async def resume_runs(
    engine: Engine, spool_dir: Path, *, progress: Progress | None = None, limits: Limits | None = None
) -> list[ImportRun]:
    """Take up every run that a dead process left unfinished; tidy up after those that are over."""
    finished = []
    for run_id, spool in spools(spool_dir).items():
        request = spool.request()
        if request is None:
            _tidy(spool)
            continue
        journal = Journal(engine, run_id)
        stored = await journal.stored()
        if stored is None:
            await journal.record(request)
        elif stored["state"] not in ("queued", "running"):
            spool.clean()
            continue
        run = await start_run(engine, run_id, spool_dir=spool_dir, progress=progress, limits=limits)
        if run is not None:
            finished.append(run)
    return finished


def refused_file(spool_dir: Path, run_id: str, name: str) -> Path | None:
    """One of a run's CSV files of refused rows; None when there is none of this name."""
    try:
        return Spool(spool_dir, run_id).refused_files().get(name)
    except ValueError:
        return None


def _tidy(spool: Spool) -> None:
    """Delete an upload that was never completed; one of today may still be arriving."""
    if not spool.refused_files() and time.time() - spool.folder.stat().st_mtime > _ABANDONED_SECONDS:
        spool.discard()


async def _plan(engine: Engine, request: ImportRequest, limits: Limits | None) -> Plan:
    request.check()
    owner = await find_owner(engine, request.owner) if request.owner else None
    if request.private and owner is None and request.private_to is None:
        raise FileError("A private import needs its owner", "State owner, or whom it is private to")
    own = await addresses_of(engine, owner) if owner else frozenset()
    return await asyncio.to_thread(make_plan, request, owner, limits, own)


async def _stored(engine: Engine, run_id: str) -> ImportRun:
    run = await read_run(engine, run_id)
    if run is None:
        raise EngineError("the run was recorded and is not there any more: import again")
    return run


class _Run:
    """One run at work."""

    def __init__(
        self,
        engine: Engine,
        journal: Journal,
        spool: Spool,
        request: ImportRequest,
        progress: Progress | None,
        limits: Limits | None,
    ) -> None:
        self.engine = engine
        self.journal = journal
        self.spool = spool
        self.request = request
        self.progress = progress
        self.limits = limits
        self.loader: Loader | None = None
        self.plan: Plan | None = None

    async def carry_out(self, position: Position) -> ImportRun:
        """Check, load, derive, close. Raises EngineError and TakenOver, with the run left to be resumed."""
        try:
            async with self._heartbeat():
                await self._work(position)
        except FileError as error:
            return await self._close("failed", str(error))
        except (EngineError, TakenOver):
            raise
        except Exception as error:
            # The text of an error can hold what a row said: only where it happened is logged.
            places = "".join(traceback.format_tb(error.__traceback__))
            _LOG.error("import run %s stopped by %s at\n%s", self.journal.run, type(error).__name__, places)
            return await self._close(
                "failed",
                f"An internal error stopped the import ({type(error).__name__}). Report it with the run's id",
            )
        return await self._close("done", None)

    async def _work(self, position: Position) -> None:
        self._report("checking", 0, 0.0)
        self.plan = await _plan(self.engine, self.request, self.limits)
        self.loader = loader = Loader(
            self.engine, self.journal, self.spool, self.request, self.plan, position, self.progress
        )
        await loader.load()
        if loader.records == 0:
            if len(loader.unusable) == 1:
                raise loader.unusable[0]
            raise FileError(
                f"No row could be imported: {loader.rows.read} read, {loader.rows.skipped} say nothing, "
                f"{loader.rows.refused} refused",
                "See the refused rows and the notes of this run",
            )
        if not self.request.dry_run:
            await match_people(
                self.engine, run=self.journal.run, merge=self.request.merging, progress=self._matched
            )
            await derive(self.engine, progress=self._derived)

    def _matched(self, compared: int) -> None:
        """People are compared while the run's share stands still: how many will be merged, nobody knows."""
        self._report(f"comparing people ({compared:,})", self.plan.total if self.plan else 0, LOADED)

    def _derived(self, stage: str, done: int, of: int) -> None:
        """How far the derivation is: the rest of a run's progress once its files are in."""
        if self.loader is not None and self.plan is not None:
            self.loader.share = LOADED + (1.0 - LOADED) * min(1.0, done / max(1, of))
            self._report("deriving ties", self.plan.total, self.loader.share)

    async def _close(self, state: RunState, error: str | None) -> ImportRun:
        stored = await _stored(self.engine, self.journal.run)
        loader, plan = self.loader, self.plan
        notes = (*(plan.notes if plan else ()), *(loader.notes if loader else ()))
        run = ImportRun(
            id=stored.id,
            state=state,
            source=stored.source,
            purpose=stored.purpose,
            lawful_basis=stored.lawful_basis,
            collected_on=stored.collected_on,
            created_at=stored.created_at,
            finished_at=now_text(),
            dry_run=stored.dry_run,
            files=stored.files,
            progress=1.0 if state == "done" else stored.progress,
            rows=loader.rows if loader else stored.rows,
            counts=loader.position.counts if loader else stored.counts,
            refused=tuple(loader.refused) if loader else (),
            refused_files=tuple(self.spool.refused_files()),
            error=error,
            merged=await merged_in_run(self.engine, self.journal.run),
            to_review=await count_waiting(self.engine, self.journal.run),
            notes=tuple(note for note in notes if error is None or not error.startswith(f"{note}.")),
            ignored=plan.ignored if plan else (),
        )
        await self.journal.close(run)
        self.spool.clean()
        self._report(state, plan.total if plan else 0, run.progress)
        return run

    def _report(self, step: str, done: int, share: float) -> None:
        if self.progress is not None:
            total = self.plan.total if self.plan else 0
            rows = self.loader.rows if self.loader else None
            self.progress(
                Report(
                    self.journal.run,
                    step,
                    done,
                    total,
                    rows.read if rows else 0,
                    rows.refused if rows else 0,
                    share,
                )
            )

    @contextlib.asynccontextmanager
    async def _heartbeat(self) -> AsyncIterator[None]:
        """Show signs of life while the run works, whatever it is busy with."""

        async def beat() -> None:
            while True:
                await asyncio.sleep(_BEAT_SECONDS)
                if self.loader is not None:
                    # A lost beat is not the run's end: the next batch's own note says what is true.
                    with contextlib.suppress(EngineError, TakenOver):
                        await self.journal.beat(self.loader.rows, self.loader.share)

        task = asyncio.create_task(beat())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
