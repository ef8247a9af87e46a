"""What a question for warm paths is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from graph.paths.reading import PathPerson, StoredTie
from graph.ties import TieExplanation, Verification

__all__ = ["Closest", "NoPath", "PathAnswer", "PathTie", "Unreachable", "WarmPath", "path_tie"]


@dataclass(frozen=True, slots=True)
class PathTie:
    """One hop from `a` to `b`, as the caller may know it.

    `last_evidence` is ISO date text with the precision known, or None. The facts behind a stored tie may have
    just gone: its explanation is then empty, and the next derivation removes the tie too.
    """

    a: str
    b: str
    probability: float
    verification: Verification
    last_evidence: str | None
    explanation: TieExplanation


def path_tie(a: str, b: str, stored: StoredTie) -> PathTie:
    """The hop from `a` to `b` over a stored tie."""
    return PathTie(
        a, b, stored.probability, stored.verification, stored.explanation.last_evidence, stored.explanation
    )


@dataclass(frozen=True, slots=True)
class WarmPath:
    """A path from a team member over connectors to a target. `score` is the product of its ties."""

    score: float
    people: tuple[PathPerson, ...]
    ties: tuple[PathTie, ...]
    weakest: PathTie
    why: str
    draft: str

    @property
    def team_member(self) -> PathPerson:
        """Who of ours would ask."""
        return self.people[0]

    @property
    def connectors(self) -> tuple[PathPerson, ...]:
        """Who would introduce, in order; empty for a direct path."""
        return self.people[1:-1]

    @property
    def target(self) -> PathPerson:
        """Who is to be met."""
        return self.people[-1]


@dataclass(frozen=True, slots=True)
class Closest:
    """Somebody who would close the gap, and why."""

    person_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why there is no path (`reason`, a fixed code), said in words, and who is closest to closing the gap.

    `score` is that of the path which a relaxation named in the text would give, where there is one.
    """

    reason: str
    text: str
    closest: tuple[Closest, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """Paths in exact order, or why there is none. `truncated`: a limit stopped the search early."""

    paths: tuple[WarmPath, ...] = ()
    no_path: NoPath | None = None
    truncated: bool = False
    notes: tuple[str, ...] = ()


class Unreachable(Exception):
    """There is nothing to search for; carries the answer."""

    def __init__(self, no_path: NoPath, notes: tuple[str, ...] = ()) -> None:
        super().__init__(no_path.reason)
        self.no_path = no_path
        self.notes = notes
