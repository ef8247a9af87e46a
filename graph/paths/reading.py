"""What the search reads from the engine: the team, the targets, and ties as the caller may use them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.engine import Row, Transaction
from graph.paths.search import MOST_TIES, Ties
from graph.ties import Verification

__all__ = ["EngineTies", "PathPerson", "StoredTie", "read_hops", "read_people", "read_team"]


@dataclass(frozen=True, slots=True)
class PathPerson:
    """A person as a path shows them."""

    id: str
    name: str
    headline: str | None
    team_member: bool
    objected: bool = False

    @classmethod
    def of(cls, row: Row) -> PathPerson:
        """From the map that the statements under `paths/` return."""
        return cls(
            row["id"],
            row["name"] or "Unnamed person",
            row["headline"],
            bool(row["team_member"]),
            bool(row["objected"]),
        )


@dataclass(frozen=True, slots=True)
class StoredTie:
    """What the caller may know of a stored tie: all of it at the caller, elsewhere what is shared."""

    probability: float
    verification: Verification


class EngineTies:
    """A `TieReader` within one read transaction, for one caller and one weakest allowed verification.

    `viewer` is the caller's own id as a person, or None. Element ids stay in here: they are how the engines
    find a node fastest, and they hold for the transaction only.
    """

    def __init__(self, tx: Transaction, viewer: str | None, level: Verification) -> None:
        self._tx = tx
        self._rights = {"viewer": viewer, "level": int(level)}
        self._element: dict[str, str] = {}
        self._person: dict[str, str] = {}
        self.cut = False

    async def circles(self, people: Iterable[str], floor: float) -> Ties:
        """Every usable tie of each person with probability >= floor."""
        rows = await self._tx.run(
            "paths/circles", people=list(people), floor=floor, limit=MOST_TIES, **self._rights
        )
        return {row["person"]: self._circle(row) for row in self._whole(rows)}

    async def circles_with_team(self, people: Iterable[str], floor: float) -> tuple[tuple[str, ...], Ties]:
        """The circles of each person and of everybody of our team with such a tie, and who of them is ours."""
        rows = await self._tx.run(
            "paths/circles_with_team", people=list(people), floor=floor, limit=MOST_TIES, **self._rights
        )
        team = tuple(sorted(row["person"] for row in rows if row["ours"]))
        return team, {row["person"]: self._circle(row) for row in self._whole(rows)}

    async def frontier(self, near: Mapping[str, float], floor: float) -> Ties:
        """The usable ties onwards from each person where near[person] * probability >= floor."""
        rows = await self._tx.run(
            "paths/frontier", near=self._weighted(near), floor=floor, limit=MOST_TIES, **self._rights
        )
        return {self._person[row["a"]]: self._circle(row) for row in self._whole(rows)}

    async def middle(
        self, near: Mapping[str, float], far: Mapping[str, float], floor: float, limit: int
    ) -> list[tuple[str, str, float]]:
        """Usable ties between the two groups, greatest product with both sides first."""
        element = self._element
        rows = await self._tx.run(
            "paths/middle",
            near=self._weighted(near),
            far={element[person]: best for person, best in far.items()},
            floor=floor,
            limit=limit,
            **self._rights,
        )
        person = self._person
        return [
            (person[a], person[b], value)
            for row in rows
            for a, b, value in zip(row["a"], row["b"], row["value"], strict=True)
        ]

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
    tx: Transaction, pairs: Sequence[tuple[str, str]], viewer: str | None
) -> tuple[dict[str, PathPerson], dict[tuple[str, str], StoredTie]]:
    """The ties of the pairs (lesser id first), as the caller may know them, and the people they join."""
    people: dict[str, PathPerson] = {}
    ties: dict[tuple[str, str], StoredTie] = {}
    for row in await tx.run("paths/hops", pairs=[list(pair) for pair in pairs]):
        x, y = PathPerson.of(row["x"]), PathPerson.of(row["y"])
        people[x.id], people[y.id] = x, y
        own = viewer in (x.id, y.id)
        ties[x.id, y.id] = StoredTie(
            row["p"] if own else row["shared_p"],
            Verification(row["verification"] if own else row["shared_verification"]),
        )
    return people, ties
