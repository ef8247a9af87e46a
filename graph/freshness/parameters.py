"""The one file of numbers of this part: after how long a fact must be confirmed, and how much is looked at."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FRESHNESS", "FreshnessParameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessParameters:
    """Ages in months, probabilities from 0 to 1, the rest counts."""

    stale_after_months: int = 12
    """Ours: somebody changes job every few years, so that of what nobody confirmed for a year one in four or five
    is over."""

    unreached: float = 0.05
    """What the post of somebody who decides weighs when none of ours reaches them: as much as the weakest tie."""

    most_looked_at: int = 5_000
    """Of so many people, those on whom most rests, facts are looked at for the list of stale ones."""
    looked_at_once: int = 250
    most_seats: int = 2_000
    """So many members of open committees are looked at."""

    closed_stages: tuple[str, ...] = ("won", "lost", "closed won", "closed lost", "closedwon", "closedlost")
    """Stages of opportunities that are over, in small letters."""

    most_changes: int = 5_000
    """So many records that tell of a change of job are looked at, the newest first."""


FRESHNESS = FreshnessParameters()
