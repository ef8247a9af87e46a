"""Ties as the graph holds them: compared with what was derived, and only the differences written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from graph.ties.items import People, date_text, packed_date
from graph.ties.strength import Bools, Fused, Ints, Kind

__all__ = ["KIND_NAMES", "Differences", "Stored", "compare", "read_stored", "write_batches"]

# As `TIE.kinds` names them; the same words as the evidence classes and the GraphQL types.
KIND_NAMES: dict[Kind, str] = {
    Kind.EMPLOYMENT: "SharedEmployment",
    Kind.PROJECT: "SharedProject",
    Kind.SCHOOL: "SharedSchool",
    Kind.COMMUNITY: "SharedCommunity",
    Kind.REPORTING_LINE: "ReportingLine",
    Kind.CONNECTION: "Connection",
    Kind.INTERACTIONS: "Interactions",
    Kind.RECOMMENDATION: "Recommendation",
    Kind.ENDORSEMENT: "Endorsement",
    Kind.DECLARED_ALLIANCE: "DeclaredAlliance",
}
_BITS = {name: 1 << kind for kind, name in KIND_NAMES.items()}
_BATCH = 10_000


@lru_cache(maxsize=1 << len(KIND_NAMES))
def kind_names(bits: int) -> list[str]:
    """The names of a bit set of kinds."""
    return [name for name, bit in _BITS.items() if bits & bit]


@lru_cache(maxsize=1 << len(KIND_NAMES))
def _bits(names: tuple[str, ...]) -> int:
    return sum(_BITS.get(name, 0) for name in names)


@dataclass(frozen=True, slots=True)
class Stored:
    """Ties read from the graph, sorted by pair; `as_of` the month each was derived for."""

    ties: Fused
    as_of: Ints


def read_stored(rows: Iterable[dict[str, Any]], people: People) -> Stored:
    """From rows of `ties/stored` or `ties/stored_of`; a tie read from both its ends counts once."""
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for row in rows:
        for name in _COLUMNS:
            columns[name] += row[name]
    ends = people.numbers_of(columns["people"]), people.numbers_of(columns["others"])
    keys, at = np.unique(np.minimum(*ends) * len(people) + np.maximum(*ends), return_index=True)
    bits = [_bits(tuple(kinds)) for kinds in columns["kinds"]]
    packed = {text: packed_date(text) for text in set(columns["last_evidence"])}
    last = [packed[text] for text in columns["last_evidence"]]
    ties = Fused(
        pair=keys,
        p=np.array(columns["p"], np.float64)[at],
        shared_p=np.array(columns["shared_p"], np.float64)[at],
        verification=np.array(columns["verification"], np.int64)[at],
        shared_verification=np.array(columns["shared_verification"], np.int64)[at],
        last=np.array(last, np.int64)[at],
        kinds=np.array(bits, np.int64)[at],
    )
    return Stored(ties, np.array(columns["as_of"], np.int64)[at])


_COLUMNS = (
    "people",
    "others",
    "p",
    "shared_p",
    "verification",
    "shared_verification",
    "last_evidence",
    "kinds",
    "as_of",
)


@dataclass(frozen=True, slots=True)
class Differences:
    """What must be written so that the graph holds what was derived."""

    created: Fused
    updated: Fused
    removed: Ints


def compare(derived: Fused, stored: Stored, as_of: int) -> Differences:
    """The least that turns the stored ties into the derived ones."""
    known, at = _found(derived.pair, stored.ties.pair)
    differs = known.copy()
    differs[known] = stored.as_of[at[known]] != as_of
    for name in ("p", "shared_p", "verification", "shared_verification", "last", "kinds"):
        now, before = getattr(derived, name)[known], getattr(stored.ties, name)[at[known]]
        differs[known] |= now != before
    stale = ~_found(stored.ties.pair, derived.pair)[0]
    return Differences(derived.select(~known), derived.select(differs), stored.ties.pair[stale])


def _found(asked: Ints, among: Ints) -> tuple[Bools, Ints]:
    if not among.size:
        return np.zeros(asked.size, bool), np.zeros(asked.size, np.int64)
    at = np.minimum(np.searchsorted(among, asked), among.size - 1)
    return among[at] == asked, at


def write_batches(differences: Differences, people: People) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(statement, rows) in the order to send them: new ties before stale ones go, so nobody sees a gap."""
    for statement, ties in (("ties/create", differences.created), ("ties/update", differences.updated)):
        as_map = statement != "ties/create"
        for low in range(0, ties.pair.size, _BATCH):
            within = slice(low, low + _BATCH)
            a, b = np.divmod(ties.pair[within], len(people))
            values = zip(
                people.ids_of(b),
                ties.p[within].tolist(),
                ties.shared_p[within].tolist(),
                ties.verification[within].tolist(),
                ties.shared_verification[within].tolist(),
                map(date_text, ties.last[within].tolist()),
                map(kind_names, ties.kinds[within].tolist()),
                strict=True,
            )
            yield statement, _by_lesser(people.ids_of(a), list(values), as_map)
    for low in range(0, differences.removed.size, _BATCH):
        a, b = np.divmod(differences.removed[low : low + _BATCH], len(people))
        yield "ties/remove", _by_lesser(people.ids_of(a), [(one,) for one in people.ids_of(b)], True)


def _by_lesser(lesser: Sequence[str], ties: Sequence[tuple[Any, ...]], as_map: bool) -> list[dict[str, Any]]:
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for person, tie in zip(lesser, ties, strict=True):
        grouped.setdefault(person, []).append(tie)
    if as_map:
        # A map finds a tie by its other end at once; a list would be searched for each of a person's ties.
        return [
            {"person": person, "ties": {tie[0]: list(tie) for tie in found}}
            for person, found in grouped.items()
        ]
    return [{"person": person, "ties": [list(tie) for tie in found]} for person, found in grouped.items()]
