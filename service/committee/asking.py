"""A request for an introduction in words, drafted from what the ties of its path rest on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.engine import Engine, Transaction
from graph.paths.answer import path_tie
from graph.paths.reading import PathPerson, StoredTie, read_hops
from graph.paths.sentences import draft_of

__all__ = ["drafted"]

Pair = tuple[str, str]


async def drafted(engine: Engine, path: Sequence[str], viewer: str | None, *, alliances: bool = True) -> str:
    """A draft to the first connector of a path; empty where its people are not known to know each other.

    Without `alliances` it does not tell who is allied with whom.
    """
    pairs = [(min(hop), max(hop)) for hop in pairwise(path)]
    if not pairs:
        return ""

    async def work(tx: Transaction) -> tuple[dict[str, PathPerson], dict[Pair, StoredTie]]:
        return await read_hops(tx, pairs, viewer, alliances=alliances)

    people, stored = await engine.snapshot(work)
    if any(pair not in stored for pair in pairs):
        return ""
    ties = [path_tie(a, b, stored[pair]) for (a, b), pair in zip(pairwise(path), pairs, strict=True)]
    return draft_of([people[each] for each in path], ties)
