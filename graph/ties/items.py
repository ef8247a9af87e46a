"""Items of evidence as arrays: a row for each reason to think that two people know each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model.dates import PartialDate, month_of
from graph.ties.parameters import PARAMETERS as K
from graph.ties.strength import Fused, Ints, Kind, Verification, fused, interaction_probability

__all__ = [
    "ITEM",
    "NOTHING",
    "Items",
    "People",
    "date_text",
    "fact_items",
    "fuse_items",
    "month_as_date",
    "packed_date",
]

# One item: the two people by number (a < b), what it is, how much it counts, the last date it is known for.
ITEM = np.dtype(
    [
        ("a", np.int32),
        ("b", np.int32),
        ("p", np.float64),
        ("last", np.int32),
        ("kind", np.int8),
        ("verification", np.int8),
        ("private", np.bool_),
    ]
)
Items = NDArray[np.void]
NOTHING: Items = np.zeros(0, ITEM)

_OTHERS_PRIVATE = 2
LAST_DAY = 31

_OF_TYPE: dict[str, tuple[Kind, Verification, float]] = {
    "CONNECTED": (Kind.CONNECTION, Verification.OBSERVED, K.connection),
    "RECOMMENDED": (Kind.RECOMMENDATION, Verification.VERIFIED, K.recommendation),
    "ENDORSED": (Kind.ENDORSEMENT, Verification.OBSERVED, K.endorsement),
    "REPORTS_TO": (Kind.REPORTING_LINE, Verification.OBSERVED, K.reporting_line),
    "ALLIED": (Kind.DECLARED_ALLIANCE, Verification.VERIFIED, K.declared_alliance),
    "INTERACTED": (Kind.INTERACTIONS, Verification.OBSERVED, 0.0),
}


class People:
    """People by number, in the order of their ids: the lesser number is the lesser id."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = np.unique(np.array(list(ids), dtype=np.bytes_)) if ids else np.zeros(0, "S1")

    def __len__(self) -> int:
        return int(self._ids.size)

    def id_of(self, number: int) -> str:
        """The id of a person by number."""
        found: str = self._ids[number].decode("ascii")
        return found

    def ids_of(self, numbers: Ints) -> list[str]:
        """The ids of people by number."""
        return [one.decode("ascii") for one in self._ids[numbers].tolist()]

    def numbers_of(self, ids: Sequence[str]) -> Ints:
        """Numbers of ids; -1 for whoever is not among these people."""
        if not len(ids) or not self._ids.size:
            return np.full(len(ids), -1, np.int64)
        asked = np.array(ids, dtype=np.bytes_)
        at = np.minimum(np.searchsorted(self._ids, asked), self._ids.size - 1)
        return np.where(self._ids[at] == asked, at, -1).astype(np.int64)


def packed_date(text: str) -> int:
    """ISO date text as year * 10000 + month * 100 + day, unknown parts 0; 0 for no date."""
    if not text:
        return 0
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return 0
    return known.year * 10000 + (known.month or 0) * 100 + (known.day or 0)


def month_as_date(month: Ints | np.int64) -> Ints:
    """Month numbers as packed dates."""
    return np.asarray((month // 12) * 10000 + (month % 12 + 1) * 100, np.int64)


def date_text(packed: int) -> str | None:
    """A packed date as ISO text in the precision known; None for 0."""
    if not packed:
        return None
    year, month, day = packed // 10000, packed // 100 % 100, packed % 100
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def fact_items(rows: Iterable[dict[str, Any]], people: People, as_of: int) -> Items:
    """Facts between two people (rows of `ties/facts`) as items; undated interactions prove nothing."""
    columns: dict[str, list[Any]] = {name: [] for name in _FACT_COLUMNS}
    for row in rows:
        for name in _FACT_COLUMNS:
            columns[name] += row[name]
    ends = people.numbers_of(columns["people"]), people.numbers_of(columns["others"])
    known = [_OF_TYPE[name] for name in columns["types"]]
    items = np.zeros(len(known), ITEM)
    if not known:
        return items
    items["a"], items["b"] = np.minimum(*ends), np.maximum(*ends)
    items["kind"], items["verification"], items["p"] = (
        np.array(column) for column in zip(*known, strict=True)
    )
    packed = {text: packed_date(text) for text in set(columns["dates"])}
    dates = np.array([packed[text] for text in columns["dates"]], np.int64)
    now = int(month_as_date(np.int64(as_of)))
    items["last"] = np.where(dates > now + LAST_DAY, now, dates)
    privacy = np.array(columns["privacy"])
    items["private"] = privacy > 0
    _measure_interactions(items, columns, dates, as_of)
    _weigh_alliances(items, columns)
    chosen: Items = items[(privacy != _OTHERS_PRIVATE) & (items["a"] >= 0) & (items["a"] != items["b"])]
    return chosen


_FACT_COLUMNS = (
    "people",
    "others",
    "types",
    "dates",
    "sent",
    "received",
    "strengths",
    "signs",
    "privacy",
)


def _measure_interactions(items: Items, columns: dict[str, list[Any]], dates: Ints, as_of: int) -> None:
    chosen = np.flatnonzero(items["kind"] == Kind.INTERACTIONS)
    sent = np.array(columns["sent"], np.int64)[chosen]
    received = np.array(columns["received"], np.int64)[chosen]
    when = dates[chosen]
    # A year alone is read as its January: the careful end, since age lowers what an interaction counts.
    month = when // 10000 * 12 + np.maximum(when // 100 % 100, 1) - 1
    items["p"][chosen] = np.where(when > 0, interaction_probability(sent, received, as_of - month), 0.0)
    both_ways = np.minimum(sent, received) > 0
    items["verification"][chosen] = np.where(both_ways, Verification.VERIFIED, Verification.OBSERVED)


def _weigh_alliances(items: Items, columns: dict[str, list[Any]]) -> None:
    chosen = np.flatnonzero(items["kind"] == Kind.DECLARED_ALLIANCE)
    strength = np.array(columns["strengths"], np.float64)[chosen]
    items["p"][chosen] = np.where(strength >= 0, strength, K.declared_alliance)
    hostile = np.array(columns["signs"], np.int64)[chosen] < 0
    items["kind"][chosen[hostile]] = Kind.HOSTILITY


def fuse_items(items: Items, people: int) -> Fused:
    """Fuse items into ties; a pair is a * people + b."""
    pair = items["a"].astype(np.int64) * people + items["b"]
    return fused(
        pair,
        items["kind"].astype(np.int64),
        items["p"],
        items["verification"].astype(np.int64),
        items["last"].astype(np.int64),
        items["private"],
    )


def as_of_today(today: date | None) -> int:
    """The month that a derivation is as of."""
    return month_of(today or date.today())
