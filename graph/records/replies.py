"""Replies kept for callers who send the same mutation again: same key, same question, same answer.

A reply is stored in the transaction that wrote the facts, so a mutation that was done is never done again
under its key, whatever happened to the first answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from graph.engine.connection import Engine, Transaction

__all__ = ["KeyReused", "Ticket", "forget_old_replies"]

KEPT_DAYS = 30


class KeyReused(Exception):
    """The key was used before, for another question."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One keyed mutation: `key` is hashed with the caller, `asked` is a hash of what was asked."""

    key: str
    asked: str

    @classmethod
    def of(cls, caller: str, key: str, mutation: str, asked: Mapping[str, Any]) -> Ticket:
        """The ticket of a caller's key for a mutation with this input."""
        said = json.dumps([mutation, asked], sort_keys=True, default=str)
        return cls(_hash(f"{caller}|{key}"), _hash(said))

    async def answer(self, engine: Engine) -> str | None:
        """The stored answer, or None when there is none yet. Raises KeyReused."""
        rows = await engine.read("records/reply", key=self.key)
        if not rows:
            return None
        if rows[0]["asked"] != self.asked:
            raise KeyReused
        answer: str = rows[0]["answer"]
        return answer

    async def store(self, tx: Transaction, answer: str) -> None:
        """Keep the answer, within the transaction that did the work."""
        until = (datetime.now(UTC) + timedelta(days=KEPT_DAYS)).date().isoformat()
        await tx.run("records/store_reply", key=self.key, asked=self.asked, answer=answer, kept_until=until)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


async def forget_old_replies(engine: Engine) -> None:
    """Forget some replies older than 30 days."""
    await engine.write("records/forget_replies", today=datetime.now(UTC).date().isoformat())
