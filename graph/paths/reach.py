"""Warm paths to each of many people at once: for every team member, last connector and target the best way.

A plain search answers with the best paths over all targets; a committee needs the best for each of its members,
and who would introduce at the end of it. All ties are read in two statements, whatever the number of targets;
which way is best without some people is then computed without asking again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.engine import Engine, Transaction
from graph.paths.ranking import slack
from graph.paths.reading import EngineTies
from graph.paths.search import Ties
from graph.ties import Verification

__all__ = ["Ground", "Way", "ground_within", "read_ground", "ways"]

FLOOR = 0.05
MOST_MIDDLE = 5_000
DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Way:
    """A path by ids, from one of ours to a target; `score` is the product of its ties."""

    score: float
    people: tuple[str, ...]

    @property
    def start(self) -> str:
        """Who of ours would ask."""
        return self.people[0]

    @property
    def target(self) -> str:
        """Who is to be met."""
        return self.people[-1]

    @property
    def connector(self) -> str | None:
        """Who introduces at its end; None when one of ours knows the target."""
        return self.people[-2] if len(self.people) > 2 else None

    @property
    def order(self) -> tuple[float, tuple[str, ...]]:
        """Sort key: the best first, equal ones by ids."""
        return -self.score, self.people


@dataclass(frozen=True, slots=True)
class Ground:
    """Ties around both ends, as one caller may use them: {person: {other: probability}} of starts and targets.

    `middle` joins the two circles: (near one of ours, near a target, probability). `cut`: a limit was reached,
    so weak ways over two connectors may be missing.
    """

    starts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    circles: Ties | None = None
    middle: tuple[tuple[str, str, float], ...] = ()
    floor: float = FLOOR
    cut: bool = False

    def of(self, person: str) -> dict[str, float]:
        """The ties of a start or target."""
        return (self.circles or {}).get(person, {})


async def read_ground(
    engine: Engine,
    targets: Sequence[str],
    viewer: str | None,
    floor: float = FLOOR,
    level: Verification = Verification.INFERRED,
) -> Ground:
    """Read what ways of at most two connectors and a score from `floor` need, in two statements."""
    return await engine.snapshot(lambda tx: ground_within(tx, targets, viewer, floor, level))


async def ground_within(
    tx: Transaction,
    targets: Sequence[str],
    viewer: str | None,
    floor: float = FLOOR,
    level: Verification = Verification.INFERRED,
) -> Ground:
    """As `read_ground`, within a reading that is under way."""
    reader = EngineTies(tx, viewer, level)
    starts, circles = await reader.circles_with_team(sorted(set(targets)), slack(floor))
    ends = tuple(person for person in targets if person not in set(starts))
    ours, theirs = _best_of(circles, starts, starts), _best_of(circles, ends, starts)
    flip = len(theirs) < len(ours)
    near, far = (theirs, ours) if flip else (ours, theirs)
    rows = await reader.middle(near, far, slack(floor), MOST_MIDDLE) if near and far else []
    joined = tuple((b, a, p) if flip else (a, b, p) for a, b, p in rows)
    return Ground(starts, ends, circles, joined, floor, reader.cut or len(rows) == MOST_MIDDLE)


def _best_of(circles: Ties, ends: Sequence[str], without: Sequence[str]) -> dict[str, float]:
    """Best tie of anybody of these ends to each person beyond them."""
    best: dict[str, float] = {}
    gone = set(without)
    for end in ends:
        for person, p in circles.get(end, {}).items():
            if person not in gone and p > best.get(person, 0.0):
                best[person] = p
    return best


def ways(ground: Ground, avoid: Collection[str] = ()) -> tuple[Way, ...]:
    """The best way of each (team member, last connector, target), best first; nobody in `avoid` starts or connects.

    Exact for ways of at most two connectors, unless the ground was cut. Our own people connect nobody: a path
    over a colleague is that colleague's path.
    """
    starts = [start for start in ground.starts if start not in set(avoid)]
    gone = {*avoid, *ground.starts}
    circle = {
        start: {person: p for person, p in ground.of(start).items() if person not in gone} for start in starts
    }
    through = _through(ground, starts, circle)
    found: list[Way] = []
    for target in ground.targets:
        near = ground.of(target)
        for start in starts:
            if start in near:
                found.append(Way(round(near[start], DECIMALS), (start, target)))
        for connector, last in near.items():
            if connector not in gone:
                found += _over(target, connector, last, circle, through)
    kept = [way for way in found if way.score >= ground.floor]
    return tuple(sorted(kept, key=lambda way: way.order))


Steps = dict[str, dict[str, list[tuple[float, str]]]]


def _through(ground: Ground, starts: Sequence[str], circle: Ties) -> Steps:
    """Last connector → start → the two best (score so far, first connector): one of them may be the target."""
    known: dict[str, list[tuple[str, float]]] = {}
    for start in starts:
        for person, p in circle[start].items():
            known.setdefault(person, []).append((start, p))
    through: Steps = {}
    for first, last, p in ground.middle:
        for start, begun in known.get(first, ()):
            if last != start:
                through.setdefault(last, {}).setdefault(start, []).append((begun * p, first))
    for by_start in through.values():
        for steps in by_start.values():
            steps.sort(key=lambda step: (-round(step[0], DECIMALS), step[1]))
            del steps[2:]
    return through


def _over(target: str, connector: str, last: float, circle: Ties, through: Steps) -> list[Way]:
    """The best way of each start to the target whose last connector this is."""
    found = []
    onwards = through.get(connector, {})
    for start, known in circle.items():
        options = []
        if connector in known:
            options.append(Way(round(known[connector] * last, DECIMALS), (start, connector, target)))
        options += [
            Way(round(score * last, DECIMALS), (start, first, connector, target))
            for score, first in onwards.get(start, ())
            if first not in (target, connector)
        ][:1]
        if options:
            found.append(min(options, key=lambda way: way.order))
    return found
