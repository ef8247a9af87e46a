"""The shared history of given pairs, told as evidence; computed by the same functions as the derivation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from graph.model.dates import month_text
from graph.model.identities import normal_name
from graph.ties.evidence import (
    Evidence,
    Overlap,
    SharedCommunity,
    SharedEmployment,
    SharedProject,
    SharedSchool,
)
from graph.ties.items import People
from graph.ties.overlaps import Seats, Spells, meetings, settled_months
from graph.ties.places import department_number, derived_sizes
from graph.ties.strength import Verification, probability_of

__all__ = ["shared_evidence"]

Pair = tuple[str, str]
Row = dict[str, Any]

_OF_LABEL: dict[str, type[SharedEmployment | SharedProject | SharedSchool | SharedCommunity]] = {
    "Company": SharedEmployment,
    "Project": SharedProject,
    "School": SharedSchool,
    "Community": SharedCommunity,
}


def shared_evidence(places: Sequence[Row], pairs: Sequence[Pair], as_of: int) -> dict[Pair, list[Evidence]]:
    """Evidence from shared places (rows of `evidence/places`) for pairs (lesser id, greater id)."""
    involved = sorted({person for pair in pairs for person in pair})
    people = People(involved)
    number = dict(zip(involved, people.numbers_of(involved).tolist(), strict=True))
    seats = _seats(places, people, as_of)
    told_at = [_dated(row["spells"], as_of) for row in places]
    at = {key: seat for seat, key in enumerate(zip(seats.place.tolist(), seats.person.tolist(), strict=True))}
    asked: list[tuple[Pair, int, int, int]] = []
    for pair in pairs:
        a, b = number[pair[0]], number[pair[1]]
        for place in range(len(places)):
            if (place, a) in at and (place, b) in at:
                asked.append((pair, place, at[place, a], at[place, b]))
    met = meetings(
        seats, np.array([i for *_, i, _ in asked], np.int64), np.array([j for *_, j in asked], np.int64)
    )
    told: dict[Pair, list[Evidence]] = {}
    of = met.overlaps
    edges = np.searchsorted(of.pair, np.arange(len(asked) + 1)).tolist()
    for row, (pair, place, _, _) in enumerate(asked):
        overlaps = tuple(
            Overlap(int(of.first[k]), int(of.last[k]), int(of.same_department[k]), float(of.size[k]))
            for k in range(edges[row], edges[row + 1])
        )
        if overlaps:
            p = float(probability_of(met.hazard[row]))
            told.setdefault(pair, []).append(_evidence(places[place], told_at[place], pair, overlaps, p))
    return told


def _seats(places: Sequence[Row], people: People, as_of: int) -> Seats:
    number = department_number()
    rows = [(place, person, said) for place, row in enumerate(places) for person, said in row["spells"]]
    first, last = settled_months(*_months([said for *_, said in rows]), as_of)
    spells = Spells(
        np.array([place for place, _, _ in rows], np.int64),
        people.numbers_of([person for _, person, _ in rows]),
        np.array([number(said.get("department") or "") for *_, said in rows], np.int64),
        first,
        last,
    )
    return Seats(spells.select(spells.person >= 0), derived_sizes(places))


def _months(spells: Sequence[Row]) -> tuple[Any, Any, Any]:
    def known(name: str) -> Any:
        return np.array([-1 if said.get(name) is None else said[name] for said in spells], np.int64)

    return (
        known("from_month"),
        known("to_month"),
        np.array([bool(said.get("current")) for said in spells], bool),
    )


_Dated = dict[str, list[tuple[str, int, int, Row]]]


def _dated(spells: Sequence[tuple[str, Row]], as_of: int) -> _Dated:
    """The spells at a place by person, each with its first and last month."""
    first, last = settled_months(*_months([said for _, said in spells]), as_of)
    found: _Dated = {}
    for (person, said), begun, ended in zip(spells, first.tolist(), last.tolist(), strict=True):
        found.setdefault(person, []).append((person, begun, ended, said))
    return found


def _evidence(row: Row, dated: _Dated, pair: Pair, overlaps: tuple[Overlap, ...], p: float) -> Evidence:
    kind = _OF_LABEL[row["label"]]
    involved = [
        (person, begun, ended, said)
        for each in pair
        for person, begun, ended, said in dated.get(each, ())
        if any(begun <= overlap.last and overlap.first <= ended for overlap in overlaps)
    ]
    extra: Row = {"department": _department(involved, pair)} if kind is SharedEmployment else {}
    return kind(
        probability=p,
        verification=Verification.INFERRED,
        observed_on=month_text(max(overlap.last for overlap in overlaps)),
        sources=tuple(sorted({key for *_, said in involved for key in said.get("sources") or ()})),
        place_id=row["id"],
        place=row["name"] or "a place without a name",
        overlaps=overlaps,
        size_counted=row["derived_size"] is None and row["derived_from"] is not None,
        **extra,
    )


def _department(involved: Sequence[tuple[str, int, int, Row]], pair: Pair) -> str | None:
    longest, months = None, 0
    for one, begun, ended, mine in involved:
        for other, since, until, theirs in involved:
            named = normal_name(mine.get("department") or "")
            if (one, other) != pair or not named or named != normal_name(theirs.get("department") or ""):
                continue
            together = min(ended, until) - max(begun, since) + 1
            if together > months:
                longest, months = mine["department"], together
    return longest
