"""Who is one person and who is not, as a human or careful matching decided; remembered for good."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from uuid_utils import uuid7

from graph.engine.connection import Engine, Row, Transaction
from graph.records.resolution import PLURAL_SYSTEMS

__all__ = ["Decision", "Kind", "are_apart", "decide", "end_decisions", "kept_apart", "representative"]

Kind = Literal["same", "apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Two are one (`same`), or are not (`apart`). `a` and `b` are identity keys, one of each.

    `by`: who decided (an API key's name, or `matching`); `run`: the import in which matching did. Of `same`,
    `kept` and `other` are the two ids, `keys` all identities of the other, `introductions` those that named it, and
    `marks` what was noted at each of the two themselves.
    """

    kind: Kind
    a: str
    b: str
    by: str
    run: str | None = None
    reasons: tuple[str, ...] = ()
    kept: str = ""
    other: str = ""
    keys: tuple[str, ...] = ()
    introductions: tuple[str, ...] = ()
    marks: dict[str, dict[str, Any]] = field(default_factory=dict)
    ended: str | None = None
    id: str = field(default_factory=lambda: str(uuid7()))
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="microseconds"))

    def properties(self) -> Row:
        """As stored."""
        return {
            "id": self.id,
            "kind": self.kind,
            "a": self.a,
            "b": self.b,
            "by": self.by,
            "at": self.at,
            "run": self.run,
            "reasons": list(self.reasons),
            "kept": self.kept,
            "other": self.other,
            "keys": list(self.keys),
            "introductions": list(self.introductions),
            "ended": self.ended,
            "marks": json.dumps(self.marks, sort_keys=True, default=str),
        }

    @classmethod
    def from_properties(cls, stored: Row) -> Decision:
        """Read one back."""
        return cls(
            kind=stored["kind"],
            a=stored["a"],
            b=stored["b"],
            by=stored["by"],
            run=stored.get("run"),
            reasons=tuple(stored.get("reasons") or ()),
            kept=stored.get("kept") or "",
            other=stored.get("other") or "",
            keys=tuple(stored.get("keys") or ()),
            introductions=tuple(stored.get("introductions") or ()),
            marks=json.loads(stored.get("marks") or "{}"),
            ended=stored.get("ended"),
            id=stored["id"],
            at=stored["at"],
        )


async def decide(tx: Transaction, decision: Decision) -> None:
    """Remember a decision; of two about the same pair the newer holds."""
    pair = {decision.a, decision.b}
    for kind in ("same", "apart"):
        rows = await tx.run("records/decisions_about", keys=sorted(pair), kind=kind)
        await end_decisions(tx, (row["decision"]["id"] for row in rows))
    await tx.run("records/create_decision", properties=decision.properties())


async def end_decisions(tx: Transaction, ids: Iterable[str]) -> None:
    """Let decisions hold no longer; that they were made stays known."""
    wanted = sorted(ids)
    if wanted:
        await tx.run("records/end_decisions", ids=wanted, at=datetime.now(UTC).isoformat())


async def are_apart(tx: Transaction, a: Iterable[str], b: Iterable[str]) -> list[Decision]:
    """The decisions that keep the one of these identities apart from the one of those."""
    first, second = set(a), set(b)
    rows = await tx.run("records/decisions_about", keys=sorted(first | second), kind="apart")
    found = [Decision.from_properties(row["decision"]) for row in rows]
    return [
        one for one in found if (one.a in first and one.b in second) or (one.b in first and one.a in second)
    ]


async def kept_apart(engine: Engine, keys: Sequence[str]) -> set[frozenset[str]]:
    """The pairs of these identity keys whose people are to be kept apart: for matching, some thousands at once."""
    rows = await engine.read("records/decisions_about", keys=sorted(set(keys)), kind="apart")
    return {frozenset((row["decision"]["a"], row["decision"]["b"])) for row in rows}


def representative(keys: Iterable[str]) -> str:
    """The identity that tells most of whom it means: a page, an id of a CRM, an address, in this order."""

    def rank(key: str) -> tuple[bool, bool, str]:
        system = key.split(":", 2)[1]
        return system in PLURAL_SYSTEMS, system in ("name", "row", "liaison"), key

    return min(keys, key=rank)
