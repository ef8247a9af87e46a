"""What the search reads from the engine: the team, the targets, and ties as the caller may use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.engine import Row, Transaction
from graph.paths.search import MOST_TIES, Ties
from graph.ties import TieExplanation, Verification, evidence_within, without_alliances

__all__ = ["EngineTies", "PathPerson", "StoredTie", "read_hops", "read_people", "read_team"]


@dataclass(frozen=True, slots=True)
class PathPerson:
    """A person as a path shows them."""

    id: str
    name: str
    headline: str | None
    team_member: bool
    objected: bool = False
    location: str | None = None
    known_to: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Row) -> PathPerson:
        """From the map that the statements under `paths/` return."""
        return cls(
            row["id"],
            row["name"] or "Unnamed person",
            row["headline"],
            bool(row["team_member"]),
            bool(row["objected"]),
            row["location"],
            tuple(row["known_to"] or ()),
        )


@dataclass(frozen=True, slots=True)
class StoredTie:
    """What the caller may know of a stored tie: all of it at the caller, elsewhere what is shared; and why."""

    probability: float
    verification: Verification
    explanation: TieExplanation


@dataclass(frozen=True, slots=True)
class _Own:
    """The caller's circle with all of its evidence; `ours`: of the caller and these people, who is of our team."""

    ties: dict[str, float]
    ours: frozenset[str]
    usable: bool


class EngineTies:
    """A `TieReader` within one read transaction, for one caller and one weakest allowed verification.

    `viewer` is the caller's own id as a person, or None. The statements read what everybody may use, which keeps
    them short; what the caller alone may use is all at the caller, is read once, and is laid over it here.
    Element ids stay in here: they are how the engines find a node fastest, and they hold for the transaction only.
    """

    def __init__(self, tx: Transaction, viewer: str | None, level: Verification) -> None:
        self._tx = tx
        self._viewer = viewer
        self._level = int(level)
        self._owned: _Own | None = None
        self._element: dict[str, str] = {}
        self._person: dict[str, str] = {}
        self.cut = False

    async def circles(self, people: Iterable[str], floor: float) -> Ties:
        """Every usable tie of each person with probability >= floor."""
        wanted = list(people)
        rows = await self._run("paths/circles", people=wanted, floor=floor, viewer=self._viewer)
        circles = {row["person"]: self._circle(row) for row in self._whole(rows)}
        await self._lay_over(circles, wanted, floor)
        return circles

    async def circles_with_team(self, people: Iterable[str], floor: float) -> tuple[tuple[str, ...], Ties]:
        """The circles of each person and of everybody of our team with such a tie, and who of them is ours."""
        wanted = list(people)
        rows = await self._run("paths/circles_with_team", people=wanted, floor=floor, viewer=self._viewer)
        circles = {row["person"]: self._circle(row) for row in self._whole(rows)}
        own = await self._own()
        await self._lay_over(circles, {*wanted, *own.ours}, floor)
        team = {row["person"] for row in rows if row["ours"]} | (own.ours & circles.keys())
        return tuple(sorted(team)), circles

    async def frontier(self, near: Mapping[str, float], floor: float) -> Ties:
        """The usable ties onwards from each person where near[person] * probability >= floor."""
        rows = await self._run("paths/frontier", near=self._weighted(near), floor=floor, viewer=self._viewer)
        fan = {self._person[row["a"]]: self._circle(row) for row in self._whole(rows)}
        for a, b, p in await self._own_ties(near):
            if near[a] * p >= floor:
                fan.setdefault(a, {})[b] = p
        return fan

    async def middle(
        self, near: Mapping[str, float], far: Mapping[str, float], floor: float, limit: int
    ) -> list[tuple[str, str, float]]:
        """Usable ties between the two groups, greatest product with both sides first."""
        element = self._element
        rows = await self._run(
            "paths/middle",
            near=self._weighted(near),
            far={element[person]: best for person, best in far.items()},
            floor=floor,
            limit=limit,
        )
        person = self._person
        ties = {
            (person[a], person[b]): value
            for row in rows
            for a, b, value in zip(row["a"], row["b"], row["value"], strict=True)
        }
        mine = {
            (a, b): p for a, b, p in await self._own_ties(near) if b in far and near[a] * p * far[b] >= floor
        }
        if not mine:
            return [(a, b, p) for (a, b), p in ties.items()]
        ties |= mine
        best = sorted(ties.items(), key=lambda tie: -near[tie[0][0]] * tie[1] * far[tie[0][1]])
        return [(a, b, p) for (a, b), p in best[:limit]]

    async def _run(self, statement: str, limit: int = MOST_TIES, **params: object) -> list[Row]:
        return await self._tx.run(statement, level=self._level, limit=limit, **params)

    async def _own(self) -> _Own:
        """The caller's own circle, read once."""
        if self._owned is None:
            self._owned = _Own({}, frozenset(), False)
            rows = await self._run("paths/own_circle", viewer=self._viewer) if self._viewer else []
            for row in self._whole(rows):
                ties = self._circle(row)
                self._element[str(self._viewer)] = row["element"]
                self._person[row["element"]] = str(self._viewer)
                ours = {other for other, of_team in zip(row["others"], row["team"], strict=True) if of_team}
                ours |= {str(self._viewer)} if row["ours"] else set()
                self._owned = _Own(ties, frozenset(ours), not row["objected"])
        return self._owned

    async def _own_ties(self, people: Iterable[str]) -> list[tuple[str, str, float]]:
        """(person, other, probability) of the caller's ties that begin at one of these people."""
        own = await self._own()
        viewer = str(self._viewer)
        found = []
        for person in people if own.ties else ():
            if person == viewer:
                found += [(viewer, other, p) for other, p in own.ties.items()]
            elif own.usable and person in own.ties:
                found.append((person, viewer, own.ties[person]))
        return found

    async def _lay_over(self, circles: Ties, people: Iterable[str], floor: float) -> None:
        for a, b, p in await self._own_ties(people):
            if p >= floor:
                circles.setdefault(a, {})[b] = p

    def _weighted(self, near: Mapping[str, float]) -> list[dict[str, object]]:
        return [{"element": self._element[person], "best": best} for person, best in near.items()]

    def _circle(self, row: Row) -> dict[str, float]:
        self._element.update(zip(row["others"], row["elements"], strict=True))
        self._person.update(zip(row["elements"], row["others"], strict=True))
        return dict(zip(row["others"], row["values"], strict=True))

    def _whole(self, rows: list[Row]) -> list[Row]:
        if sum(len(row["others"]) for row in rows) >= MOST_TIES:
            self.cut = True
        return rows


async def read_team(tx: Transaction, among: Sequence[str] | None = None) -> tuple[str, ...]:
    """The team members a path may start from, by id: all, or those among the given people."""
    if among is None:
        return tuple([row["id"] for row in await tx.run("paths/team")])
    return tuple([row["id"] for row in await tx.run("paths/team_among", ids=sorted(set(among)))])


async def read_people(tx: Transaction, ids: Iterable[str]) -> dict[str, PathPerson]:
    """Those of the ids that are people."""
    rows = await tx.run("paths/people", ids=sorted(set(ids)))
    return {row["person"]["id"]: PathPerson.of(row["person"]) for row in rows}


async def read_hops(
    tx: Transaction, pairs: Sequence[tuple[str, str]], viewer: str | None, *, alliances: bool = True
) -> tuple[dict[str, PathPerson], dict[tuple[str, str], StoredTie]]:
    """The ties of the pairs (lesser id first), as the caller may know them, and the people they join.

    Without `alliances` nothing tells who is allied with whom.
    """
    people: dict[str, PathPerson] = {}
    ties: dict[tuple[str, str], StoredTie] = {}
    for (a, b), between in (await evidence_within(tx, pairs, viewer)).items():
        people[a], people[b] = PathPerson.of(between.a), PathPerson.of(between.b)
        if between.tie is not None:
            which = "" if viewer in (a, b) else "shared_"
            told = between.explanation if alliances else without_alliances(between.explanation)
            verification = Verification(between.tie[f"{which}verification"])
            ties[a, b] = StoredTie(between.tie[f"{which}p"], verification, told)
    return people, ties
