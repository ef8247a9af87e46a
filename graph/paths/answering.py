"""A question becomes paths: ends, search, people, ties and their evidence in one read transaction."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.engine import Engine, Transaction
from graph.paths.answer import NoPath, PathAnswer, Unreachable, WarmPath, path_tie
from graph.paths.ends import Ends, resolve_ends
from graph.paths.missing import nearest_missing
from graph.paths.question import PathQuestion
from graph.paths.ranking import Ranked
from graph.paths.reading import EngineTies, PathPerson, StoredTie, read_hops
from graph.paths.search import Wanted, search
from graph.paths.sentences import draft_of, weakest_of, why_of

__all__ = ["warm_paths"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one consistent reading of the graph gave."""

    paths: tuple[Ranked, ...] = ()
    people: Mapping[str, PathPerson] = field(default_factory=dict)
    ties: Mapping[Pair, StoredTie] = field(default_factory=dict)
    no_path: NoPath | None = None
    truncated: bool = False
    notes: tuple[str, ...] = ()


async def warm_paths(
    engine: Engine, question: PathQuestion, viewer: str | None = None, *, alliances: bool = True
) -> PathAnswer:
    """The exact best warm paths for a question, explained, or why there is none.

    `viewer` is the caller's own id as a team member (None for a caller who is nobody): private evidence counts
    on the viewer's own ties only. Without `alliances` no declared alliance is told, in no sentence either. Raises
    `EngineError` and its kinds when the engine does not answer.
    """

    async def work(tx: Transaction) -> _Read:
        return await _read(tx, question, viewer, alliances)

    read = await engine.snapshot(work)
    return PathAnswer(
        paths=tuple(_explained(path, read) for path in read.paths),
        no_path=read.no_path,
        truncated=read.truncated,
        notes=read.notes,
    )


async def _read(tx: Transaction, question: PathQuestion, viewer: str | None, alliances: bool) -> _Read:
    try:
        ends = await resolve_ends(tx, question, viewer)
    except Unreachable as nobody:
        return _Read(no_path=nobody.no_path, notes=nobody.notes)
    found = await search(EngineTies(tx, viewer, question.verification), _wanted(question, ends))
    truncated = found.truncated or ends.cut
    if not found.paths:
        missing = await nearest_missing(tx, question, viewer, ends)
        return _Read(no_path=missing, truncated=truncated, notes=ends.notes)
    pairs = _pairs(found.paths)
    people, ties = await read_hops(tx, pairs, viewer, alliances=alliances)
    return _Read(found.paths, people, ties, truncated=truncated, notes=ends.notes)


def _wanted(question: PathQuestion, ends: Ends) -> Wanted:
    return Wanted(
        starts=ends.starts,
        targets=ends.targets,
        max_connectors=question.max_connectors,
        first=question.first,
        min_score=question.min_score,
        avoid=ends.barred.union(question.avoid),
        max_per_connector=question.max_per_connector,
    )


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _pairs(paths: Iterable[Ranked]) -> list[Pair]:
    return sorted({_pair(a, b) for _, path in paths for a, b in itertools.pairwise(path)})


def _explained(ranked: Ranked, read: _Read) -> WarmPath:
    score, ids = ranked
    people = tuple(read.people[person] for person in ids)
    ties = tuple(path_tie(a, b, read.ties[_pair(a, b)]) for a, b in itertools.pairwise(ids))
    return WarmPath(
        score=score,
        people=people,
        ties=ties,
        weakest=weakest_of(ties),
        why=why_of(people, ties),
        draft=draft_of(people, ties),
    )
