"""How long a statement may run: a limit set around a piece of work reaches every statement inside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["seconds_left", "time_limit"]

_deadline: ContextVar[float | None] = ContextVar("liaison_deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Let everything inside take `seconds` together; a nested limit can only shorten it."""
    until = time.monotonic() + seconds
    outer = _deadline.get()
    token = _deadline.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float | None:
    """Seconds until the nearest limit (0 or less: it has passed); None where there is no limit."""
    until = _deadline.get()
    return None if until is None else until - time.monotonic()
