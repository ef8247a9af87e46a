"""Import runs in the background, one at a time. The queue is the spool: it outlives the process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import structlog

from graph.engine import Engine, EngineError
from importers.requests import ImportRequest
from importers.runs import Report, check_import, record_run, resume_runs
from importers.spool import Spool
from importers.undoing import resume_undos
from service.settings import MIB
from service.web.failures import log_bug
from service.web.metrics import Metrics

__all__ = ["ImportQueue"]

# Files are read to their end when they are checked: above this an upload's answer would keep people waiting,
# and what is wrong shows in the run.
_CHECKED_AT_ONCE = 64 * MIB
_LOOK_AGAIN = 60.0
_AFTER_FAILURE = 5.0
_log = structlog.get_logger("liaison.imports")


class ImportQueue:
    """Takes uploads in and works them off, and takes up what a dead process left unfinished."""

    def __init__(self, engine: Callable[[], Engine], spool_dir: Path, metrics: Metrics) -> None:
        self._engine = engine
        self._spool_dir = spool_dir
        self._metrics = metrics
        self._work = asyncio.Event()

    async def submit(self, spool: Spool, request: ImportRequest) -> None:
        """Check what was uploaded and queue it. FileError, nothing kept, when it cannot be imported."""
        engine = self._engine()
        sizes = await asyncio.to_thread(lambda: sum(path.stat().st_size for path in request.paths))
        if sizes <= _CHECKED_AT_ONCE:
            await check_import(engine, request)
        await record_run(engine, request, spool_dir=self._spool_dir, run_id=spool.run)
        _log.info("import_queued", run=spool.run, files=len(request.paths), size=sizes)
        self._work.set()

    @contextlib.asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Work runs off while the block runs; one that is cut off at its end is taken up at the next start."""
        task = asyncio.create_task(self._forever())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _forever(self) -> None:
        pause = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), pause)
            self._work.clear()
            pause = _LOOK_AGAIN
            try:
                await resume_undos(self._engine())
                await resume_runs(self._engine(), self._spool_dir, progress=self._note)
            except EngineError:
                pause = _AFTER_FAILURE
            except Exception as error:
                log_bug(error)

    def _note(self, report: Report) -> None:
        if report.step in ("done", "failed"):
            self._metrics.imports.labels(report.step).inc()
            _log.info(
                "import_ended", run=report.run, state=report.step, rows=report.rows, refused=report.refused
            )
