"""One derivation at a time: a lease in the graph itself, prolonged while its holder works."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

from graph.engine import Engine, EngineError, Row, Transaction

__all__ = ["Hold", "hold_derivation"]

T = TypeVar("T")

# Whoever was killed while deriving blocks others for that long.
_LEASE_SECONDS = 15.0
_BEAT_SECONDS = 4.0
_POLL_SECONDS = 0.1


class Hold:
    """The right to derive ties; every write proves that it is still ours."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.holder = uuid.uuid4().hex
        # A beat during a transaction would write the same node: the engine would have to run one of them again.
        self._writing = asyncio.Lock()

    async def transact(self, work: Callable[[Transaction, Row], Awaitable[T]]) -> T:
        """Run `work(tx, state of the derivation)` in a transaction that proves and prolongs the lease.

        Raises EngineError where another derivation took over.
        """

        async def proven(tx: Transaction) -> T:
            rows = await tx.run("ties/hold", **self._lease)
            if not rows:
                raise EngineError("another derivation of ties took over: run `liaison derive` again")
            return await work(tx, rows[0])

        async with self._writing:
            return await self.engine.transact(proven)

    async def take(self) -> Row | None:
        """Take or prolong the lease; None while another holds it."""
        rows = await self.engine.write("ties/hold", **self._lease)
        return rows[0] if rows else None

    async def beat(self) -> None:
        """Prolong the lease for ever; a lost one is noticed by the next `transact`."""
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            with contextlib.suppress(EngineError):
                async with self._writing:
                    await self.take()

    @property
    def _lease(self) -> dict[str, Any]:
        return {"holder": self.holder, "milliseconds": int(_LEASE_SECONDS * 1000)}


@contextlib.asynccontextmanager
async def hold_derivation(engine: Engine) -> AsyncIterator[Hold]:
    """Wait until nobody else derives, then hold the right to."""
    hold = Hold(engine)
    while await hold.take() is None:  # noqa: ASYNC110 - the other holder may be another process
        await asyncio.sleep(_POLL_SECONDS)
    beat = asyncio.create_task(hold.beat())
    try:
        yield hold
    finally:
        beat.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beat
        with contextlib.suppress(EngineError):
            await engine.write("ties/release", holder=hold.holder)
