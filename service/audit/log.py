"""Writes audit events in the background: every half second, at the end, and to a file while the engine is away.

What a killed process loses is what it noted in its last half second, or while the engine took in the batch before.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import structlog
from uuid_utils import uuid7

from graph.engine import Engine, EngineError
from graph.privacy.audit import AuditEvent, write_events
from service.web.failures import log_bug

__all__ = ["AuditLog"]

_EVERY = 0.5
_log = structlog.get_logger("liaison.audit")


class AuditLog:
    """Takes events at once and stores them soon. `folder` holds what an absent engine could not take."""

    def __init__(self, engine: Callable[[], Engine], folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._waiting: list[AuditEvent] = []
        self._one_at_a_time = asyncio.Lock()

    def add(self, event: AuditEvent) -> None:
        """Keep an event."""
        self._waiting.append(event)

    @contextlib.asynccontextmanager
    async def keeping(self) -> AsyncIterator[None]:
        """Store events while the block runs, and the rest at its end."""
        task = asyncio.create_task(self._forever())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.flush()

    async def flush(self) -> None:
        """Store what waits, here or in files; to a file when the engine does not take it."""
        async with self._one_at_a_time:
            events, self._waiting = self._waiting, []
            try:
                if events:
                    await write_events(self._engine(), events)
                await self._replay()
            except EngineError:
                await self._spill(events)
            except BaseException:
                # Cut off, or a bug: nothing may be lost by it.
                _save(self._folder, events)
                raise

    async def _forever(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await self.flush()
            except Exception as error:
                log_bug(error)

    async def _spill(self, events: Sequence[AuditEvent]) -> None:
        if not events:
            return
        _log.warning("audit_kept_in_file", events=len(events))
        await asyncio.to_thread(_save, self._folder, events)

    async def _replay(self) -> None:
        for path in await asyncio.to_thread(_files, self._folder):
            await write_events(self._engine(), await asyncio.to_thread(_load, path))
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []


def _save(folder: Path, events: Sequence[AuditEvent]) -> None:
    """Write events to a file of their own, which appears whole or not at all."""
    if not events:
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{uuid7()}.jsonl"
    draft = path.with_suffix(".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{event.as_json()}\n" for event in events)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def _load(path: Path) -> list[AuditEvent]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError):
            found.append(AuditEvent.parse(line))
    return found
