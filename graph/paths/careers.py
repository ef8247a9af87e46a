"""Two people at one company who just missed each other: the commonest gap, and how to close it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.engine import Transaction
from graph.model.dates import month_text

__all__ = ["Employment", "NearMiss", "near_misses", "read_careers"]

MOST_MISSES = 3


@dataclass(frozen=True, slots=True)
class Employment:
    """One employment by months (inclusive); None where unknown, `current` without an end is still open.

    `as_of`: the months are only those in which somebody was seen there; when they came and left is not known.
    """

    person: str
    company: str
    company_name: str
    from_month: int | None
    to_month: int | None
    current: bool = False
    as_of: bool = False

    @property
    def dated(self) -> bool:
        """Whether its beginning and end are known, so that an overlap with it could be shown."""
        return not self.as_of and self.from_month is not None and (self.to_month is not None or self.current)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Somebody on our side and somebody on theirs at one company, without any shown overlap.

    `gap` is the number of months between the two stays, None where dates are missing.
    """

    ours: Employment
    theirs: Employment
    gap: int | None

    def said(self, their_name: str) -> str:
        """The near miss after the name of the person on our side."""
        company, ours, theirs = self.ours.company_name, self.ours, self.theirs
        if self.gap is None:
            return (
                f"who was at {company} like {their_name}, with dates too incomplete to show an overlap: "
                "adding them may close the gap"
            )
        if ours.to_month is not None and theirs.from_month is not None and ours.to_month < theirs.from_month:
            left, came = month_text(ours.to_month), month_text(theirs.from_month)
            return f"who worked at {company} until {left}, before {their_name} came in {came}"
        came, left = month_text(ours.from_month or 0), month_text(theirs.to_month or 0)
        return f"who came to {company} in {came}, after {their_name} had left in {left}"


async def read_careers(tx: Transaction, people: Collection[str], viewer: str | None) -> list[Employment]:
    """The employments of people as far as the caller may know them."""
    rows = await tx.run("paths/careers", people=sorted(set(people)), viewer=viewer)
    return [
        Employment(
            row["person"],
            row["company"],
            row["company_name"] or "a company",
            row["from_month"],
            row["to_month"],
            row["current"] and row["to_month"] is None,
            row["as_of"],
        )
        for row in rows
    ]


def near_misses(
    ours: Sequence[Employment], theirs: Sequence[Employment], prefer: Collection[str] = ()
) -> list[NearMiss]:
    """The nearest misses, one a pair: more of the preferred people first, then the smallest gap, then ids."""
    at: defaultdict[str, list[Employment]] = defaultdict(list)
    for job in theirs:
        at[job.company].append(job)
    best: dict[tuple[str, str], tuple[tuple[int, float, str, str], NearMiss]] = {}
    for mine in ours:
        for other in at.get(mine.company, ()):
            if mine.person == other.person:
                continue
            gap = _gap(mine, other)
            if gap == 0:
                continue
            pair = (mine.person, other.person)
            rank = (-sum(p in prefer for p in pair), float("inf") if gap is None else float(gap), *pair)
            if pair not in best or rank < best[pair][0]:
                best[pair] = (rank, NearMiss(mine, other, gap))
    return [miss for _, miss in sorted(best.values(), key=lambda one: one[0])[:MOST_MISSES]]


def _gap(a: Employment, b: Employment) -> int | None:
    """Months between two stays, 0 when they overlap, None when their dates do not tell."""
    if a.as_of or b.as_of:
        # Not seen before or after is not gone: only a common month says something.
        return 0 if _share_a_month(a, b) else None
    if a.to_month is not None and b.from_month is not None and a.to_month < b.from_month:
        return b.from_month - a.to_month
    if b.to_month is not None and a.from_month is not None and b.to_month < a.from_month:
        return a.from_month - b.to_month
    return 0 if a.dated and b.dated else None


def _share_a_month(a: Employment, b: Employment) -> bool:
    """Whether both stays are known to hold one month."""
    if a.from_month is None or b.from_month is None:
        return False
    latest_start = max(a.from_month, b.from_month)
    return all(
        (job.current and job.to_month is None) or (job.to_month is not None and job.to_month >= latest_start)
        for job in (a, b)
    )
