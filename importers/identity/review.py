"""Pairs that wait for a human: read back with their reasons in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from graph.engine.connection import Engine
from graph.records.views import EVERYBODY
from importers.identity.parameters import LEVELS, level_named
from importers.identity.scoring import PRIOR_WORDS, Contribution, Score

__all__ = ["Candidate", "count_candidates", "open_candidates"]

_ABOVE_ALL = 1e9


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two people, by id, who may be one; `run` is the import that raised the question, `found_on` an ISO date."""

    id: str
    a: str
    b: str
    score: Score
    run: str | None
    found_on: str

    @property
    def position(self) -> tuple[float, str]:
        """Where it stands in the queue."""
        return self.score.bits, self.id

    @property
    def words(self) -> str:
        """The reasons as a sentence: what speaks for one person, what against, the weightiest first."""
        said = [part for part in self.score.contributions if part.feature not in ("prior", "namesakes")]
        ordered = sorted(said, key=lambda part: -abs(part.bits))
        speaks_for = ", ".join(part.words for part in ordered if part.bits > 0)
        against = ", ".join(part.words for part in ordered if part.bits < 0)
        text = f"{speaks_for[:1].upper()}{speaks_for[1:]}"
        return f"{text}; but {against}." if against else f"{text}."


async def open_candidates(
    engine: Engine, *, after: tuple[float, str] | None = None, limit: int
) -> list[Candidate]:
    """The next questions, the most probable pair first, after the one at this position."""
    after_score, after_id = after or (_ABOVE_ALL, "")
    rows = await engine.read("matching/open", after_score=after_score, after_id=after_id, limit=limit)
    return [
        Candidate(
            id=row["candidate"]["id"],
            a=row["a"],
            b=row["b"],
            score=_score(row["candidate"]["score"], row["candidate"]["reasons"]),
            run=row["candidate"]["run"],
            found_on=row["candidate"]["found_on"],
        )
        for row in rows
    ]


async def count_candidates(engine: Engine, sees: str | None = EVERYBODY) -> int:
    """How many questions are open about people of whom `sees` may know: a team member's id, or EVERYBODY."""
    return int((await engine.read("matching/count_open", sees=sees))[0]["total"])


def _score(bits: float, reasons: str) -> Score:
    parts = (Contribution(f, level, b, _words(f, level)) for f, level, b in json.loads(reasons))
    return Score(bits, tuple(parts), contradicts=False)


def _words(feature: str, level: str) -> str:
    if feature == "prior":
        return PRIOR_WORDS
    try:
        return LEVELS[level_named(feature, level)].words
    except KeyError:
        # Of a question raised by another version.
        return f"{feature}: {level}"
