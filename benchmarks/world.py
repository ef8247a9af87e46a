"""An invented labour market of any size: who worked where, when, in which department. Seeded, so repeatable.

Companies keep their size as the number of people grows, so a person's ties do not depend on it: about 39 each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["World", "employment_rows", "make_world"]

_EMPLOYMENTS_EACH = 3
_MEDIAN_STAFF, _SPREAD, _LARGEST = 20, 0.75, 400
_FIRST_MONTH, _LAST_MONTH = 2000 * 12, 2026 * 12 + 9
_SHORTEST, _LONGEST = 12, 84
_DEPARTMENTS = ("engineering", "finance", "network", "procurement", "sales")
_DECLARED = 3  # one company in three states its headcount


@dataclass(frozen=True)
class World:
    """People are numbered; arrays have one row an employment. Months as everywhere in Liaison."""

    people: int
    companies: int
    person: NDArray[np.int64]
    company: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    department: NDArray[np.int64]
    headcount: dict[int, int] = field(default_factory=dict)


def make_world(people: int, seed: int = 1) -> World:
    """Invent `people` people with three employments each."""
    rng = np.random.default_rng(seed)
    total = people * _EMPLOYMENTS_EACH
    sizes = np.minimum(rng.lognormal(np.log(_MEDIAN_STAFF), _SPREAD, total), _LARGEST).astype(np.int64) + 2
    companies = int(np.searchsorted(np.cumsum(sizes), total)) + 1
    company = np.repeat(np.arange(companies), sizes[:companies])[:total]
    rng.shuffle(company)
    first = rng.integers(_FIRST_MONTH, _LAST_MONTH - _SHORTEST, total)
    last = np.minimum(first + rng.integers(_SHORTEST, _LONGEST, total), _LAST_MONTH)
    headcount = {int(c): int(sizes[c]) for c in range(0, companies, _DECLARED)}
    return World(
        people=people,
        companies=companies,
        person=np.repeat(np.arange(people), _EMPLOYMENTS_EACH),
        company=company,
        first=first,
        last=last,
        department=rng.integers(0, len(_DEPARTMENTS), total),
        headcount=headcount,
    )


def month_text(month: int) -> str:
    """`2019-03`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def employment_rows(world: World, rows: slice) -> list[dict[str, Any]]:
    """Employments as stored relationships: person and company numbers, and properties."""
    result = []
    for i in range(*rows.indices(world.person.size)):
        first, last = int(world.first[i]), int(world.last[i])
        result.append(
            {
                "person": f"p{world.person[i]}",
                "company": f"c{world.company[i]}",
                "properties": {
                    "key": f"{month_text(first)}|engineer",
                    "sources": [f"bench|{i}"],
                    "title": "Engineer",
                    "department": _DEPARTMENTS[world.department[i]],
                    "started": month_text(first),
                    "ended": month_text(last),
                    "current": False,
                    "as_of": False,
                    "from_month": first,
                    "to_month": last,
                },
            }
        )
    return result
