"""Companies, projects, schools and communities as read from the graph, and the shared history they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.model.identities import normal_name
from graph.ties.items import ITEM, Items, People, month_as_date
from graph.ties.overlaps import (
    NO_DEPARTMENT,
    Seats,
    Sizes,
    Spells,
    candidate_pairs,
    candidate_pairs_of,
    meetings,
    settled_months,
)
from graph.ties.parameters import PARAMETERS as K
from graph.ties.strength import Bools, Floats, Ints, Kind, Verification, probability_of

__all__ = [
    "KIND_OF_PLACE",
    "Places",
    "changed_pairs",
    "declared_sizes",
    "department_number",
    "shared_history",
]

KIND_OF_PLACE = {
    "Company": Kind.EMPLOYMENT,
    "Project": Kind.PROJECT,
    "School": Kind.SCHOOL,
    "Community": Kind.COMMUNITY,
}
_NOMINAL = {"School": K.school_size, "Community": K.community_size}

Chosen = Callable[[Ints, Ints], Bools]


def declared_sizes(labels: Sequence[str], sizes: Sequence[int | None]) -> Floats:
    """The size of each place where it is known without counting, else NaN."""
    return np.array(
        [
            _NOMINAL.get(label, np.nan if size is None else size)
            for label, size in zip(labels, sizes, strict=True)
        ],
        dtype=np.float64,
    )


class _Departments:
    def __init__(self) -> None:
        self._as_written: dict[str, int] = {"": NO_DEPARTMENT}
        self._normal: dict[str, int] = {"": NO_DEPARTMENT}

    def number(self, text: str) -> int:
        found = self._as_written.get(text)
        if found is None:
            found = self._normal.setdefault(normal_name(text), len(self._normal))
            self._as_written[text] = found
        return found


def department_number() -> Callable[[str], int]:
    """Numbers departments by their normalised text; `NO_DEPARTMENT` for none."""
    return _Departments().number


@dataclass(frozen=True, slots=True)
class Places:
    """Some places, whole: everybody known who was there, settled as of one month."""

    elements: list[str]
    kind: Ints
    sizes: Sizes
    seats: Seats
    rows: Sequence[dict[str, Any]]

    @classmethod
    def read(cls, rows: Sequence[dict[str, Any]], people: People, as_of: int) -> Places:
        """From rows of `ties/places`."""
        ids = [one for row in rows for one in row["people"]]
        number = department_number()
        # An engine answers [-1] for the months of a place without any spell; the people say how many there are.
        lengths = [len(row["people"]) for row in rows]
        column = {
            name: [one for row, n in zip(rows, lengths, strict=True) for one in row[name][:n]]
            for name in ("started", "ended", "current", "departments")
        }
        first, last = settled_months(
            np.array(column["started"], np.int64),
            np.array(column["ended"], np.int64),
            np.array(column["current"], bool),
            as_of,
        )
        spells = Spells(
            np.repeat(np.arange(len(rows)), lengths),
            people.numbers_of(ids),
            np.array([number(text) for text in column["departments"]], np.int64),
            first,
            last,
        )
        spells = spells.select(spells.person >= 0)
        labels = [row["label"] for row in rows]
        sizes = Sizes(declared_sizes(labels, [row["size"] for row in rows]), spells.united())
        kind = np.array([KIND_OF_PLACE[label] for label in labels], np.int64)
        return cls([row["place"] for row in rows], kind, sizes, Seats(spells, sizes), rows)

    def sizes_used(self) -> list[dict[str, Any]]:
        """What must be kept of each company or project whose size is not the one last derived with."""
        spells = self.seats.spells
        edges = np.searchsorted(spells.place, np.arange(len(self.rows) + 1))
        changed = []
        for place, row in enumerate(self.rows):
            if row["label"] in _NOMINAL:
                continue
            used: dict[str, Any] = {"size": row["size"], "started": None, "ended": None}
            if row["size"] is None:
                within = slice(int(edges[place]), int(edges[place + 1]))
                order = np.lexsort((spells.last[within], spells.first[within]))
                used["started"] = spells.first[within][order].tolist()
                used["ended"] = spells.last[within][order].tolist()
            before = (row["derived_size"], row["derived_from"] or None, row["derived_to"] or None)
            if before != (used["size"], used["started"] or None, used["ended"] or None):
                changed.append({"place": row["place"], **used})
        return changed


def shared_history(
    places: Places, focus: Bools | None = None, chosen: Chosen | None = None
) -> Iterator[Items]:
    """Items of everybody who shared time at these places and reaches the floor, in chunks.

    `focus` (by person) limits them to pairs with one of those people, `chosen` to pairs it says yes to.
    """
    seats = places.seats
    pairs = candidate_pairs(seats) if focus is None else candidate_pairs_of(seats, focus[seats.person])
    for pair in pairs:
        i, j = pair if chosen is None else _where(chosen(seats.person[pair[0]], seats.person[pair[1]]), pair)
        if not i.size:
            continue
        met = meetings(seats, i, j)
        p = probability_of(met.hazard)
        strong = np.flatnonzero(p >= K.floor)
        items = np.zeros(strong.size, ITEM)
        # Seats are sorted by place and person, and pairs by seat, so that the lesser person comes first.
        items["a"] = np.minimum(seats.person[i], seats.person[j])[strong]
        items["b"] = np.maximum(seats.person[i], seats.person[j])[strong]
        items["p"] = p[strong]
        items["last"] = month_as_date(met.last[strong])
        items["kind"] = places.kind[seats.place[i]][strong]
        items["verification"] = Verification.INFERRED
        yield items


def changed_pairs(places: Places, settled: Bools) -> Ints:
    """Pairs (a, b by row) of `settled` people whose size, as it enters the model, is not the one derived with.

    A changed headcount, or a count that moved into another bucket, touches people about whom nothing changed.
    """
    moved = {row["place"] for row in places.sizes_used()}
    chosen = np.array([row["place"] in moved for row in places.rows], bool)
    if not chosen.any():
        return np.zeros((0, 2), np.int64)
    seats = places.seats
    before = derived_sizes(places.rows)
    was = Seats(seats.spells, before)
    was.reach = np.where(chosen[was.place], was.reach, 0.0)
    found = []
    for pair in _either(seats, was, chosen):
        i, j = _where(settled[seats.person[pair[0]]] & settled[seats.person[pair[1]]], pair)
        if not i.size:
            continue
        overlaps = meetings(seats, i, j).overlaps
        place = seats.place[i[overlaps.pair]]
        differs = before.of(place, overlaps.first, overlaps.last) != overlaps.size
        touched = np.unique(overlaps.pair[differs])
        ends = np.sort(np.stack([seats.person[i[touched]], seats.person[j[touched]]], axis=1), axis=1)
        found.append(ends)
    return np.unique(np.concatenate(found), axis=0) if found else np.zeros((0, 2), np.int64)


def _where(wanted: Bools, pair: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    return pair[0][wanted], pair[1][wanted]


def derived_sizes(rows: Sequence[dict[str, Any]]) -> Sizes:
    """The sizes that the stored ties were derived with; a place never derived has its declared size."""
    never = [row["derived_size"] is None and row["derived_from"] is None for row in rows]
    sizes = [row["size"] if new else row["derived_size"] for row, new in zip(rows, never, strict=True)]
    lengths = [len(row["derived_from"] or ()) for row in rows]
    first = np.array([month for row in rows for month in row["derived_from"] or ()], np.int64)
    last = np.array([month for row in rows for month in row["derived_to"] or ()], np.int64)
    nobody = np.arange(first.size)
    spells = Spells(
        np.repeat(np.arange(len(rows)), lengths), nobody, np.full(first.size, NO_DEPARTMENT), first, last
    )
    return Sizes(declared_sizes([row["label"] for row in rows], sizes), spells)


def _either(now: Seats, before: Seats, chosen: Bools) -> Iterator[tuple[Ints, Ints]]:
    # What reached the floor then or may reach it now; a department lifts both alike.
    reach = np.maximum(np.where(chosen[now.place], now.reach, 0.0), before.reach)
    kept = now.reach
    now.reach = reach
    try:
        yield from candidate_pairs(now)
    finally:
        now.reach = kept
