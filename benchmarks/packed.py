"""Ties in a few dozen bytes each, so that tens of millions of them fit beside an engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.raw import send
from graph.engine import Engine

__all__ = ["PackedTies", "read_ties"]

_PEOPLE_AT_ONCE = 2_000
TIE = np.dtype(
    [
        ("a", "i4"),
        ("b", "i4"),
        ("p", "f8"),
        ("shared_p", "f8"),
        ("verification", "i1"),
        ("shared_verification", "i1"),
        ("last", "i4"),
        ("kinds", "i2"),
        ("as_of", "i4"),
    ]
)


@dataclass(frozen=True)
class PackedTies:
    """Ties as records of `TIE`; `a` and `b` number `ids`, `last` and `kinds` the lists of what occurs."""

    ids: list[str]
    ties: NDArray[Any]
    lasts: list[str | None]
    kinds: list[tuple[str, ...]]

    def rows(self, size: int) -> Iterator[list[dict[str, Any]]]:
        """As raw writes take them, `size` at a time."""
        for start in range(0, self.ties.size, size):
            yield [self._row(tie) for tie in self.ties[start : start + size].tolist()]

    def _row(self, tie: tuple[Any, ...]) -> dict[str, Any]:
        a, b, p, shared_p, verification, shared_verification, last, kinds, as_of = tie
        return {
            "a": self.ids[a],
            "b": self.ids[b],
            "properties": {
                "p": p,
                "shared_p": shared_p,
                "verification": verification,
                "shared_verification": shared_verification,
                "last_evidence": self.lasts[last],
                "kinds": list(self.kinds[kinds]),
                "as_of": as_of,
            },
        }


async def read_ties(engine: Engine, most: int | None = None) -> PackedTies:
    """All ties, or those of the first people until there are `most` of them (whole people, so some more)."""
    ids = [row["id"] for row in await send(engine, "all_ids")]
    number = {one: at for at, one in enumerate(ids)}
    lasts: dict[str | None, int] = {}
    kinds: dict[tuple[str, ...], int] = {}
    parts: list[NDArray[Any]] = []
    found = 0
    for start in range(0, len(ids), _PEOPLE_AT_ONCE):
        chunk = ids[start : start + _PEOPLE_AT_ONCE]
        row = (await engine.read("ties/stored", low=chunk[0], high=chunk[-1]))[0]
        part = np.zeros(len(row["people"]), TIE)
        part["a"] = [number[one] for one in row["people"]]
        part["b"] = [number[one] for one in row["others"]]
        for name in ("p", "shared_p", "verification", "shared_verification", "as_of"):
            part[name] = row[name]
        part["last"] = [lasts.setdefault(text or None, len(lasts)) for text in row["last_evidence"]]
        part["kinds"] = [kinds.setdefault(tuple(each), len(kinds)) for each in row["kinds"]]
        parts.append(part)
        found += part.size
        if most is not None and found >= most:
            break
    return PackedTies(ids, np.concatenate(parts), list(lasts), list(kinds))
