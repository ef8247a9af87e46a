"""The tie model once more, word by word from docs/model.md, with sets of months and loops over all pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import Any

R10 = [12.5, 16, 20, 25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000]
ORDER = [
    "SharedEmployment",
    "SharedProject",
    "SharedSchool",
    "SharedCommunity",
    "ReportingLine",
    "Connection",
    "Interactions",
    "Recommendation",
    "Endorsement",
    "DeclaredAlliance",
]
OF_LABEL = dict(zip(("Company", "Project", "School", "Community"), ORDER[:4], strict=True))


@dataclass
class Spell:
    person: str
    place: str
    started: int | None
    ended: int | None
    current: bool
    department: str = ""

    def months(self, as_of: int) -> set[int]:
        if self.started is None and self.ended is None:
            return set()
        first = self.started if self.started is not None else self.ended
        last = (as_of if self.current else first) if self.ended is None else self.ended
        return {month for month in range(first, last + 1) if month <= as_of}


@dataclass
class Between:
    type: str
    a: str
    b: str
    on: str | None = None
    sent: int = 0
    received: int = 0
    strength: float | None = None
    sign: int = 1
    private_to: list[str] | None = None


@dataclass
class World:
    people: list[str]
    places: dict[str, tuple[str, int | None]]
    spells: list[Spell] = field(default_factory=list)
    facts: list[Between] = field(default_factory=list)


def runs(months: set[int]) -> list[list[int]]:
    found = []
    for _, group in groupby(enumerate(sorted(months)), lambda pair: pair[1] - pair[0]):
        found.append([month for _, month in group])
    return found


def bucket(count: int) -> float:
    if count <= 10:
        return count
    return min([10, *R10], key=lambda step: abs(math.log(count / step)))


def rate(size: float) -> float:
    return 0.01 * (size / 100) ** -0.7


def date_of(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def interactions(fact: Between, as_of: int) -> float:
    if fact.on is None:
        return 0.0
    parts = [int(part) for part in fact.on.split("-")]
    month = parts[0] * 12 + (parts[1] if len(parts) > 1 else 1) - 1
    both = 0.9 * (1 - math.exp(-min(fact.sent, fact.received) / 5))
    one = 0.25 * (1 - math.exp(-max(fact.sent, fact.received) / 5))
    return max(both, one) * math.exp(-max(0, as_of - month) / 24)


def shared(world: World, a: str, b: str, as_of: int) -> list[tuple[str, float, int, str]]:
    found = []
    for place, (label, size) in world.places.items():
        here = [spell for spell in world.spells if spell.place == place]
        at = {
            person: set().union(*(s.months(as_of) for s in here if s.person == person))
            for person in {s.person for s in here}
        }
        together = at.get(a, set()) & at.get(b, set())
        hazard = 0.0
        for run in runs(together):
            if label == "School":
                n: float = 1000
            elif label == "Community":
                n = 500
            elif size is not None:
                n = size
            else:
                n = bucket(max(2, sum(1 for months in at.values() if months >= set(run))))
            same = 0
            for month in run:
                mine, theirs = (
                    {s.department.lower() for s in here if s.person == one and month in s.months(as_of)}
                    - {""}
                    for one in (a, b)
                )
                same += bool(mine & theirs)
            hazard += rate(n) * (3 * same + (len(run) - same))
        if together:
            found.append((OF_LABEL[label], 1 - math.exp(-hazard), 0, date_of(max(together))))
    return found


def direct(world: World, a: str, b: str, as_of: int) -> list[tuple[str, float, int, str | None, bool]]:
    found = []
    for fact in world.facts:
        if {fact.a, fact.b} != {a, b} or (fact.private_to is not None and not {a, b} & set(fact.private_to)):
            continue
        private = fact.private_to is not None
        if fact.type == "CONNECTED":
            found.append(("Connection", 0.25, 1, fact.on, private))
        elif fact.type == "RECOMMENDED":
            found.append(("Recommendation", 0.7, 2, fact.on, private))
        elif fact.type == "ENDORSED":
            found.append(("Endorsement", 0.15, 1, fact.on, private))
        elif fact.type == "REPORTS_TO":
            found.append(("ReportingLine", 0.95, 1, fact.on, private))
        elif fact.type == "INTERACTED":
            level = 2 if min(fact.sent, fact.received) else 1
            found.append(("Interactions", interactions(fact, as_of), level, fact.on, private))
        elif fact.sign < 0:
            found.append(("Hostility", 1.0, 0, None, private))
        else:
            strength = 0.7 if fact.strength is None else fact.strength
            found.append(("DeclaredAlliance", strength, 2, fact.on, private))
    return found


def tie(world: World, a: str, b: str, as_of: int) -> dict[str, Any] | None:
    items = [(*item, False) for item in shared(world, a, b, as_of)] + direct(world, a, b, as_of)
    if any(kind == "Hostility" for kind, *_ in items):
        return None
    strong = [item for item in items if item[1] >= 0.05]
    if not strong:
        return None

    def fused(chosen: list[Any]) -> float:
        best: dict[str, float] = {}
        for kind, p, *_ in chosen:
            best[kind] = max(best.get(kind, 0.0), p)
        return 1 - math.prod(1 - p for p in best.values())

    open_to_all = [item for item in strong if not item[4]]
    return {
        "p": fused(strong),
        "shared_p": fused(open_to_all),
        "verification": max(item[2] for item in strong),
        "shared_verification": max((item[2] for item in open_to_all), default=0),
        "last_evidence": max(item[3] or "" for item in strong) or None,
        "kinds": [kind for kind in ORDER if any(item[0] == kind for item in strong)],
    }


def ties(world: World, as_of: int) -> dict[tuple[str, str], dict[str, Any]]:
    """Every tie of the world, by (lesser id, greater id)."""
    found = {}
    for a, b in combinations(sorted(world.people), 2):
        known = tie(world, a, b, as_of)
        if known is not None:
            found[a, b] = known
    return found
