"""Which pairs are compared at all: those who share a key. No key is shared by a large part of the people.

Keys are 64-bit numbers, the same in every process, so that they can be stored: how the family name sounds with the
initial of the given one; how both names sound, in whatever order; an employer with either; an e-mail name that the
person's name does not explain. A key with more than `largest_block` people is cut: whoever has it meets those of
them alone who share a place, a school or an e-mail name besides, or, at one employer, both names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.identity.comparing import Pairs
from importers.identity.parameters import MATCHING, Matching
from importers.identity.table import People

__all__ = ["Blocks", "name_keys"]

Keys = NDArray[np.uint64]
_ROWS_AT_ONCE = 8_000
_PAIRS_AT_ONCE = 500_000
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def _mixed(*parts: Keys | int) -> Keys:
    """One key of several; 0 where any part is 0 (splitmix64's finaliser after each)."""
    with np.errstate(over="ignore"):
        mixed: Any = np.uint64(0x243F6A8885A308D3)
        missing: NDArray[np.bool_] | bool = False
        for part in parts:
            each = np.asarray(part, np.uint64)
            missing = missing | (each == 0)
            mixed = (mixed ^ each) * _FACTOR
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed = mixed ^ (mixed >> np.uint64(31))
        return np.where(missing, np.uint64(0), mixed | np.uint64(1))


def name_keys(people: People, rows: slice = slice(None)) -> NDArray[np.uint64]:
    """The keys of names alone, a column each: both names, then family name (up to three) and initial; 0 for none."""
    words = people.lexicon.words
    given, families = people.given[rows], people.families[rows]
    one, other = words.called[given], words.called[families[:, 0]]
    both = _mixed(1, np.minimum(one, other), np.maximum(one, other))
    each = [_mixed(2, words.sound[families[:, k]], words.initial[given]) for k in range(families.shape[1])]
    return np.stack([both, *each], axis=1)


def _employer_keys(people: People, rows: slice) -> list[Keys]:
    words = people.lexicon.words
    called, family = words.called[people.given[rows]], words.sound[people.families[rows, 0]]
    found = []
    for k in range(people.company.shape[1]):
        company = people.company[rows, k].astype(np.uint64)
        # With the given name, too: a family name can change.
        found += [_mixed(3, company, family), _mixed(4, company, called)]
    return found


def _odd_mail_keys(people: People, rows: slice) -> list[Keys]:
    odd = np.where(people.unexplained[rows] > 0, people.mail_name[rows], 0).astype(np.uint64)
    return [_mixed(5, odd[:, k]) for k in range(odd.shape[1])]


def _second_keys(people: People, rows: slice) -> list[Keys]:
    """What the members of a cut block of namesakes must share besides."""
    found = [_mixed(11, people.place[rows].astype(np.uint64))]
    found += [_mixed(12, people.school[rows, k].astype(np.uint64)) for k in range(people.school.shape[1])]
    return found + [
        _mixed(13, people.mail_name[rows, k].astype(np.uint64)) for k in range(people.mail_name.shape[1])
    ]


@dataclass(frozen=True, slots=True)
class _Keyed:
    """The keys of some rows, and with which second keys each of them is cut."""

    names: list[Keys]
    employers: list[Keys]
    odd_mails: list[Keys]
    seconds: list[Keys]

    @classmethod
    def of(cls, people: People, rows: slice = slice(None)) -> _Keyed:
        return cls(
            list(name_keys(people, rows).T),
            _employer_keys(people, rows),
            _odd_mail_keys(people, rows),
            _second_keys(people, rows),
        )

    @property
    def plain(self) -> list[Keys]:
        return [*self.names, *self.employers, *self.odd_mails]

    def cut(self, large: Callable[[Keys], NDArray[np.bool_]]) -> Iterator[Keys]:
        """The keys of those in large blocks, made of two."""
        for keys, seconds in ((self.names, self.seconds), (self.employers, self.names[:1])):
            for key in keys:
                crowded = np.where(large(key), key, np.uint64(0))
                if crowded.any():
                    yield from (_mixed(21, crowded, second) for second in seconds)


class _Index:
    """Rows by key: two arrays, 12 bytes an entry."""

    def __init__(self, columns: Iterable[Keys]) -> None:
        keys, rows = [], []
        for column in columns:
            found = np.flatnonzero(column)
            keys.append(column[found])
            rows.append(found.astype(np.int32))
        joined = np.concatenate(keys) if keys else np.zeros(0, np.uint64)
        order = np.argsort(joined, kind="stable")
        self.keys = joined[order]
        self.rows = (np.concatenate(rows) if rows else np.zeros(0, np.int32))[order]

    def ranges(self, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the entries of each key begin, and how many they are; none for key 0."""
        low = np.searchsorted(self.keys, keys, "left")
        size = np.searchsorted(self.keys, keys, "right") - low
        return low, np.where(keys == 0, 0, size)

    def large(self, limit: int) -> Keys:
        """The keys with more entries than `limit`, in order."""
        keys, counts = np.unique(self.keys, return_counts=True)
        return keys[counts > limit]


class Blocks:
    """The known people by key. Answers whom new people are to be compared with."""

    def __init__(self, known: People, parameters: Matching = MATCHING) -> None:
        self._known, self._limit = known, parameters.largest_block
        keyed = _Keyed.of(known)
        self._plain = _Index(keyed.plain)
        self._large = self._plain.large(self._limit)
        self._cut = _Index(keyed.cut(self._is_large))

    def candidates(self, new: People) -> Iterator[Pairs]:
        """Pairs of new and known people that share a key, some rows of `new` at a time, each pair once."""
        for start in range(0, len(new), _ROWS_AT_ONCE):
            keyed = _Keyed.of(new, slice(start, start + _ROWS_AT_ONCE))
            found = [self._pairs(self._plain, key) for key in keyed.plain]
            found += [self._pairs(self._cut, key) for key in keyed.cut(self._is_large)]
            width = max(1, len(self._known))
            joined = np.unique(np.concatenate([rows * width + known for rows, known in found]))
            for first in range(0, len(joined), _PAIRS_AT_ONCE):
                part = joined[first : first + _PAIRS_AT_ONCE]
                yield Pairs(new, start + part // width, self._known, part % width)

    def _is_large(self, keys: Keys) -> NDArray[np.bool_]:
        return np.isin(keys, self._large)

    def _pairs(self, index: _Index, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        low, size = index.ranges(keys)
        size = np.where(size > self._limit, 0, size)
        rows = np.repeat(np.arange(len(keys), dtype=np.int64), size)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
        return rows, index.rows[np.repeat(low, size) + within].astype(np.int64)
