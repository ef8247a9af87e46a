"""The embedded engine: found or started by the first who needs it, shared by others, stopped by the last."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from graph.engine.connection import Engine, connect
from graph.engine.errors import EngineUnavailable
from graph.engine.lockfile import LockedFile
from graph.engine.process import (
    EngineFolder,
    RunningEngine,
    engine_alive,
    find_engine,
    owns_its_port,
    port_is_taken,
    start_engine,
    stop_engine,
)

__all__ = ["DATABASE", "Lease", "count_users", "engine_users", "open_embedded"]

DATABASE = "neo4j"
_USER = "root"
_READY_SECONDS = 90.0
_LOCK_SECONDS = 150.0
_PORTS_TRIED = 3


class Lease:
    """Our use of an embedded engine. The last lease to be left stops the engine."""

    def __init__(self, folder: EngineFolder) -> None:
        self._folder = folder
        self._mark = LockedFile(folder.users / f"{uuid.uuid4().hex}.user")

    def take(self) -> None:
        """Count as a user from now on, until `leave` or the end of this process. Hold the folder's lock."""
        self._mark.acquire()
        atexit.register(self.leave)

    def leave(self) -> None:
        """Stop being a user; stop the engine where nobody else is one. Blocks; calling it twice does nothing."""
        atexit.unregister(self.leave)
        if not self._mark.held:
            return
        with _locked(self._folder):
            self._mark.release(remove=True)
            if count_users(self._folder) == 0 and (running := find_engine(self._folder)) is not None:
                stop_engine(running)


def count_users(folder: EngineFolder) -> int:
    """How many live processes (leases) use the engine; the marks of dead ones are removed. Hold the lock."""
    users = 0
    for path in folder.users.glob("*.user"):
        mark = LockedFile(path)
        if mark.acquire():
            mark.release(remove=True)
        else:
            users += 1
    return users


def engine_users(data_dir: Path) -> int:
    """How many live leases the engine of a data folder has; blocks while another process starts or stops it."""
    folder = EngineFolder(data_dir)
    if not folder.users.is_dir():
        return 0
    with _locked(folder):
        return count_users(folder)


async def open_embedded(
    data_dir: Path, *, memory: str = "1g", mode: str = "production", query_timeout: float | None = None
) -> Engine:
    """Find or start the engine of `data_dir` and connect; closing the engine leaves it.

    `memory` is the Java heap (`512m`, `2g`), used only where the engine is started here; `mode` is the
    engine's own (`development` shows error texts); `query_timeout` in seconds.
    Raises EngineUnavailable when it does not start or does not answer.
    """
    folder = EngineFolder(data_dir)
    folder.prepare()
    lock = LockedFile(folder.lock)
    await _acquire(lock)
    try:
        leftover = count_users(folder) == 0 and find_engine(folder) is not None
        engine = await _find_or_start(folder, memory, mode, query_timeout)
        engine.was_leftover = leftover
        lease = Lease(folder)
        lease.take()
    finally:
        lock.release()

    async def leave() -> None:
        await asyncio.to_thread(lease.leave)

    engine.on_close(leave)
    return engine


async def _find_or_start(folder: EngineFolder, memory: str, mode: str, query_timeout: float | None) -> Engine:
    running = find_engine(folder)
    for _ in range(_PORTS_TRIED):
        if running is None:
            running = start_engine(folder, memory=memory, mode=mode)
        try:
            return await _wait_ready(folder, running, query_timeout)
        except _PortTaken:
            stop_engine(running)
            running = None
        except BaseException:
            # What was started here, or left over and does not answer, must not stay when nobody uses it.
            if count_users(folder) == 0:
                stop_engine(running)
            raise
    raise EngineUnavailable(f"the embedded engine found no free port on 127.0.0.1: see {folder.log}")


async def _wait_ready(folder: EngineFolder, running: RunningEngine, query_timeout: float | None) -> Engine:
    deadline = time.monotonic() + _READY_SECONDS
    while True:
        ours = owns_its_port(running)
        if not engine_alive(running):
            raise _stopped_while_starting(folder)
        if ours:
            # The port opens before the database exists, so only an answer from the database counts.
            with contextlib.suppress(EngineUnavailable):
                return await connect(
                    running.uri,
                    user=_USER,
                    password=folder.read_password(),
                    database=DATABASE,
                    query_timeout=query_timeout,
                )
        elif port_is_taken(running) and not owns_its_port(running):
            raise _PortTaken
        if time.monotonic() > deadline:
            raise EngineUnavailable(
                f"the embedded engine (process {running.pid}) runs but does not answer after "
                f"{_READY_SECONDS:.0f} s: see {folder.log}, end the process and try again"
            )
        await asyncio.sleep(0.1)


class _PortTaken(Exception):
    """Somebody else took the port between our looking for a free one and the engine's opening it."""


def _stopped_while_starting(folder: EngineFolder) -> EngineUnavailable:
    return EngineUnavailable(
        f"the embedded engine stopped while starting: {_last_words(folder)} (all of it in {folder.log}). "
        "Often it is too little memory (LIAISON_ENGINE_MEMORY), a full disk, "
        "or a data folder that another machine uses"
    )


def _last_words(folder: EngineFolder) -> str:
    try:
        lines = folder.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "it printed nothing"
    said = [line.strip() for line in lines if line.strip()]
    return " / ".join(said[-3:])[-600:] or "it printed nothing"


async def _acquire(lock: LockedFile) -> None:
    deadline = time.monotonic() + _LOCK_SECONDS
    while not lock.acquire():
        if time.monotonic() > deadline:
            raise _held_too_long(lock.path)
        await asyncio.sleep(0.05)


@contextlib.contextmanager
def _locked(folder: EngineFolder) -> Iterator[None]:
    lock = LockedFile(folder.lock)
    deadline = time.monotonic() + _LOCK_SECONDS
    while not lock.acquire():
        if time.monotonic() > deadline:
            raise _held_too_long(lock.path)
        time.sleep(0.05)
    try:
        yield
    finally:
        lock.release()


def _held_too_long(path: Path) -> EngineUnavailable:
    return EngineUnavailable(
        f"another process has been starting or stopping the embedded engine for {_LOCK_SECONDS:.0f} s "
        f"(it holds {path}): end that process and try again"
    )
