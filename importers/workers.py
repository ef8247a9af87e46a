"""Which process works on a run, and whether it still lives."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import psutil

__all__ = ["is_alive", "now_text", "this_worker"]

# A worker on another machine cannot be asked: it is taken for dead after this long without a sign of life.
_SILENCE = timedelta(minutes=2)


@lru_cache(maxsize=1)
def this_worker() -> str:
    """Names this process: host, process id, and when it started (ids are used again)."""
    process = psutil.Process()
    return f"{socket.gethostname()}:{process.pid}:{process.create_time():.2f}"


def is_alive(worker: str, last_sign: str) -> bool:
    """Whether the worker that gave a sign of life at `last_sign` (ISO 8601, UTC) still works."""
    host, pid, started = [*worker.rsplit(":", 2), "", ""][:3]
    if host != socket.gethostname():
        return bool(host) and datetime.now(UTC) - datetime.fromisoformat(last_sign) < _SILENCE
    try:
        return abs(psutil.Process(int(pid)).create_time() - float(started)) < 1
    except (psutil.Error, ValueError):
        return False


def now_text() -> str:
    """This moment in UTC as sortable text of fixed width, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
