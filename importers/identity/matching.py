"""The same person once, in the graph: whoever is new or changed is compared with all others by block.

Works through the people marked `unmatched`, some hundred at a time; a mark goes when its person has been compared and
what came of it is written, so that an interrupted run goes on where it was, and nothing is asked or merged twice.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from uuid_utils import uuid7

from graph.engine.connection import Engine
from graph.records.decisions import kept_apart
from graph.records.entering import Refused
from graph.records.merging import merge_people
from graph.records.resolution import PLURAL_SYSTEMS
from importers.identity.blocking import Blocks
from importers.identity.deciding import Verdict, decide
from importers.identity.parameters import MATCHING, Matching
from importers.identity.people import Someone
from importers.identity.reading import Counts, Keyed, read_people, read_similar
from importers.identity.scoring import Score, score_pairs
from importers.identity.table import Lexicon, People

__all__ = [
    "BATCH",
    "MATCHED_BY",
    "MatchingReport",
    "count_waiting",
    "match_people",
    "merged_in_run",
    "reasons_text",
]

_AT_ONCE = 20_000
BATCH = 400  # people; what they are compared with is some ten times as many
MATCHED_BY = "matching"


@dataclass(slots=True)
class MatchingReport:
    """What a run of matching did: people compared, people merged into others, questions raised or renewed."""

    compared: int = 0
    merged: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair worth something: ids in order, and why."""

    a: str
    b: str
    score: Score
    sure: bool


@dataclass(slots=True)
class _Joined:
    """Who has become whom within a batch, with all their exact identities."""

    people: dict[str, Someone]
    _into: dict[str, str] = field(default_factory=dict)
    _exact: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    @property
    def changed(self) -> set[str]:
        """Who has become another, and whom."""
        return {*self._into, *self._into.values()}

    @property
    def taking(self) -> list[str]:
        """Who has taken in another, and is somebody still."""
        return sorted({self.now(one) for one in self._into})

    def now(self, person: str) -> str:
        """The id that stands for a person by now."""
        while person in self._into:
            person = self._into[person]
        return person

    def exact(self, person: str) -> dict[str, set[str]]:
        """By system, what nobody has two of."""
        if person not in self._exact:
            found: dict[str, set[str]] = {}
            for system, value in self.people[person].identities:
                if system not in PLURAL_SYSTEMS:
                    found.setdefault(system, set()).add(value)
            self._exact[person] = found
        return self._exact[person]

    def contradict(self, a: str, b: str) -> bool:
        """Whether both have an identity of one system and none in common."""
        one, other = self.exact(a), self.exact(b)
        return any(not values & other[system] for system, values in one.items() if system in other)

    def join(self, kept: str, gone: str) -> None:
        """Note that the one has become the other."""
        for system, values in self.exact(gone).items():
            self.exact(kept).setdefault(system, set()).update(values)
        self._into[gone] = kept


async def match_people(
    engine: Engine,
    *,
    run: str | None = None,
    merge: bool = True,
    progress: Callable[[int], None] | None = None,
    parameters: Matching = MATCHING,
) -> MatchingReport:
    """Compare all who are marked `unmatched`; merge the sure pairs (unless `merge` is False), ask about the others.

    `run` is the import on whose behalf it is done: its undoing takes the merges back. `progress` hears how many
    people have been compared. Raises EngineError; call again to go on.
    """
    report = MatchingReport()
    counts = Counts(engine)
    # Whoever took in another is marked again: they may be a third one, too.
    while marked := await engine.read("matching/unmatched", limit=_AT_ONCE):
        for start in range(0, len(marked), BATCH):
            ids = [row["id"] for row in marked[start : start + BATCH]]
            await _match_batch(engine, ids, run, merge, counts, report, parameters)
            if progress is not None:
                progress(report.compared)
    return report


async def merged_in_run(engine: Engine, run: str) -> int:
    """How many people a run has merged into others, as far as that still holds."""
    return int((await engine.read("matching/merged_in_run", run=run))[0]["total"])


async def count_waiting(engine: Engine, run: str) -> int:
    """How many questions that a run raised wait for a human."""
    return int((await engine.read("matching/of_run", run=run))[0]["total"])


def reasons_text(score: Score) -> str:
    """A score's contributions as they are stored: no value of a record is in them."""
    return json.dumps([[part.feature, part.level, round(part.bits, 4)] for part in score.contributions])


async def _match_batch(
    engine: Engine,
    ids: list[str],
    run: str | None,
    merge: bool,
    counts: Counts,
    report: MatchingReport,
    parameters: Matching,
) -> None:
    new = await read_people(engine, ids)
    lexicon = Lexicon()
    table = People.of(new.values(), lexicon)
    keyed = Keyed(table)
    others = await read_people(engine, await read_similar(engine, keyed, parameters) - new.keys())
    everybody = People.of((*new.values(), *others.values()), lexicon)
    frequencies = await counts.frequencies(lexicon, parameters)
    blocks = Blocks(everybody, parameters)
    found: dict[tuple[str, str], _Found] = {}
    for pairs in blocks.candidates(table):
        scored = score_pairs(pairs.only(pairs.i != pairs.j), frequencies, parameters)
        verdicts = decide(scored, parameters)
        for row in np.flatnonzero(verdicts):
            a, b = sorted((table.ids[scored.pairs.i[row]], everybody.ids[scored.pairs.j[row]]))
            sure = verdicts[row] == Verdict.MERGE
            # Both of a pair may be new, and only one of them have a rival: then nothing is sure.
            before = found.get((a, b))
            found[a, b] = _Found(a, b, scored.score(int(row)), bool(sure and (before is None or before.sure)))
    people = new | others
    apart = await _apart(engine, people, found)
    open_ = [each for pair, each in found.items() if pair not in apart]
    joined = _Joined(people)
    asked = [each for each in open_ if not (merge and each.sure)]
    for each in sorted(open_, key=lambda one: (-one.score.bits, one.a, one.b)):
        if merge and each.sure and not await _merged(engine, joined, each, run, report):
            asked.append(each)
    # Before the marks go: who comes after us finds these by their keys.
    await _write(engine, keyed, ids, joined, asked, run, report)
    report.compared += len(ids)


async def _merged(
    engine: Engine, joined: _Joined, pair: _Found, run: str | None, report: MatchingReport
) -> bool:
    """Merge a pair, the younger into the older; False where that would make one of two who are certainly two."""
    kept, gone = sorted((joined.now(pair.a), joined.now(pair.b)))
    if kept == gone:
        return True
    if joined.contradict(kept, gone):
        return False
    try:
        await merge_people(engine, kept, gone, by=MATCHED_BY, run=run, reasons=_words(pair.score))
    except Refused:
        return False
    joined.join(kept, gone)
    report.merged += 1
    return True


async def _apart(
    engine: Engine, people: dict[str, Someone], pairs: Iterable[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Those of the pairs that a human has kept apart."""
    asked = {person for pair in pairs for person in pair}
    keys = {person: _keys(people[person]) for person in asked}
    decided = await kept_apart(engine, [key for each in keys.values() for key in each])
    found = {key: person for person, each in keys.items() for key in each}
    return {
        (min(two), max(two))
        for pair in decided
        if len(two := {found[key] for key in pair if key in found}) == 2
    }


def _keys(person: Someone) -> list[str]:
    return [
        *(f"person:{system}:{value}" for system, value in person.identities),
        f"person:liaison:{person.id}",
    ]


def _words(score: Score) -> list[str]:
    return [f"{part.words}: {part.bits:+.1f}" for part in score.contributions]


async def _write(
    engine: Engine,
    keyed: Keyed,
    ids: list[str],
    joined: _Joined,
    asked: list[_Found],
    run: str | None,
    report: MatchingReport,
) -> None:
    rows = {}
    for each in asked:
        a, b = sorted((joined.now(each.a), joined.now(each.b)))
        if a != b:
            pair = f"{a}|{b}"
            rows[pair] = {
                "pair": pair,
                "id": str(uuid7()),
                "a": a,
                "b": b,
                "run": run,
                "found_on": date.today().isoformat(),
                "score": round(each.score.bits, 4),
                "reasons": reasons_text(each.score),
            }
    await engine.write("matching/forget_stale", ids=ids, pairs=sorted(rows))
    if rows:
        await engine.write("matching/ask", rows=list(rows.values()))
    report.asked += len(rows)
    # Whoever took in another is marked again: they are known by more now.
    if joined.taking:
        await engine.write("matching/mark", ids=joined.taking)
    settled = [row for row in keyed.properties() if row["id"] not in joined.changed]
    await engine.write("matching/settle", rows=settled)
