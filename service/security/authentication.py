"""From a request's `Authorization` header to its caller, with a short memory.

A caller is remembered for a few seconds (`LIAISON_KEY_CACHE_SECONDS`), so that a request does not cost an
engine round trip; a revoked key therefore works that much longer, and no longer.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

import structlog

from graph.engine.connection import Engine
from graph.engine.errors import EngineError
from service.errors import NO_KEY, ErrorCode, ServiceError
from service.security.caller import Caller
from service.security.keys import find_caller
from service.security.quotas import Quotas

__all__ = ["Authentication"]

_REMEMBERED = 10_000
_log = structlog.get_logger(__name__)


class Authentication:
    """Knows callers by their keys."""

    def __init__(self, engine: Callable[[], Engine], quotas: Quotas, cache_seconds: float) -> None:
        self._engine = engine
        self._quotas = quotas
        self._seconds = cache_seconds
        self._known: OrderedDict[bytes, tuple[Caller, float]] = OrderedDict()
        self._touched: dict[str, str] = {}
        self._background: set[asyncio.Task[None]] = set()

    async def caller(self, authorization: str | None, address: str) -> Caller:
        """The caller of a request from its `Authorization` value; UNAUTHENTICATED without a valid key.

        `address` is where the request comes from: too many wrong keys from there are RATE_LIMITED.
        """
        secret = _bearer(authorization)
        digest = sha256(secret.encode()).digest()
        known = self._known.get(digest)
        if known is not None and time.monotonic() < known[1]:
            return known[0]
        if known is None:
            # A key seen before is not locked out by a neighbour's guesses.
            await self._quotas.check_failures(address)
        found = await find_caller(self._engine(), secret)
        if found is None:
            self._known.pop(digest, None)
            await self._quotas.note_failure(address)
            raise ServiceError(ErrorCode.UNAUTHENTICATED, "This API key is not known, or it was revoked.")
        caller, last_used = found
        self._known[digest] = (caller, time.monotonic() + self._seconds)
        self._known.move_to_end(digest)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        self._note_use(caller, last_used)
        return caller

    async def close(self) -> None:
        """Wait for notes of use still on their way."""
        await asyncio.gather(*self._background, return_exceptions=True)

    def _note_use(self, caller: Caller, last_used: str | None) -> None:
        today = datetime.now(UTC).date().isoformat()
        if last_used == today or self._touched.get(caller.key_id) == today:
            return
        self._touched[caller.key_id] = today
        task = asyncio.create_task(self._touch(caller.key_id, today))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _touch(self, key_id: str, day: str) -> None:
        try:
            await self._engine().write("keys/touch", id=key_id, day=day)
        except EngineError:
            self._touched.pop(key_id, None)
            _log.warning("key_use_not_noted", key_id=key_id)


def _bearer(authorization: str | None) -> str:
    scheme, _, secret = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise ServiceError(ErrorCode.UNAUTHENTICATED, NO_KEY)
    return secret.strip()
