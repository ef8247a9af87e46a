"""Who was at one place at one time: spells to shared months to a hazard. Pure numpy, many places at once.

A *place* is a company, project, school or community. Months are integers, first and last month both count.
Places, people and departments are numbered by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.ties.parameters import PARAMETERS as K
from graph.ties.strength import FLOOR_HAZARD, Bools, Floats, Ints, bucketed, meeting_rate

__all__ = [
    "Meetings",
    "Overlaps",
    "Seats",
    "Sizes",
    "Spells",
    "candidate_pairs",
    "meetings",
    "settled_months",
]

NO_DEPARTMENT = -1
# Month numbers stay far below; a composite key is then place * _SPAN + month.
_SPAN = 1 << 20
_CHUNK = 1 << 20


def settled_months(started: Ints, ended: Ints, current: Bools, as_of: int) -> tuple[Ints, Ints]:
    """First and last month of spells whose unknown ends are negative, as seen in the month `as_of`.

    A current spell without an end lasts until `as_of`; a spell with one known end is known as of that month
    alone; what lies after `as_of` has not happened. An undated spell comes back empty (first > last).
    """
    first = np.where(started >= 0, started, ended)
    last = np.where(ended >= 0, ended, np.where(current, as_of, first))
    undated = (started < 0) & (ended < 0)
    return np.where(undated, 1, first), np.where(undated, 0, np.minimum(last, as_of))


@dataclass(frozen=True, slots=True)
class Spells:
    """Parallel arrays: `person` was at `place` in `department` from month `first` to month `last`."""

    place: Ints
    person: Ints
    department: Ints
    first: Ints
    last: Ints

    def select(self, chosen: Bools | Ints) -> Spells:
        """The chosen spells."""
        return Spells(
            self.place[chosen],
            self.person[chosen],
            self.department[chosen],
            self.first[chosen],
            self.last[chosen],
        )

    def united(self, *, by_department: bool = False) -> Spells:
        """Overlapping or adjoining spells of one person at one place (and department) made one; sorted."""
        spells = self.select(self.first <= self.last)
        if not spells.place.size:
            return spells
        keys = (
            (spells.department, spells.person, spells.place)
            if by_department
            else (spells.person, spells.place)
        )
        spells = spells.select(np.lexsort((spells.first, *keys)))
        new = np.zeros(spells.place.size, bool)
        new[0] = True
        new[1:] = (spells.place[1:] != spells.place[:-1]) | (spells.person[1:] != spells.person[:-1])
        if by_department:
            new[1:] |= spells.department[1:] != spells.department[:-1]
        # The running maximum must not leak from one run to the next: each run is lifted above the one before.
        lift = np.cumsum(new) * _SPAN
        reach = np.maximum.accumulate(lift + spells.last)
        new[1:] |= (lift + spells.first)[1:] > reach[:-1] + 1
        starts = np.flatnonzero(new)
        department = spells.department[starts] if by_department else np.full(starts.size, NO_DEPARTMENT)
        return Spells(
            spells.place[starts],
            spells.person[starts],
            department,
            spells.first[starts],
            np.maximum.reduceat(spells.last, starts),
        )


class Sizes:
    """How many people were at a place from one month to another.

    `declared[place]` is the known size or NaN; without it those people are counted whose united spell covers
    all the months, never fewer than the two in question, and read through `bucketed`.
    """

    def __init__(self, declared: Floats, united: Spells) -> None:
        self.declared = declared
        counted = united.select(np.isnan(declared)[united.place])
        self._starts = np.unique(counted.place * _SPAN + counted.first)
        self._ends = np.unique(counted.place * _SPAN + counted.last)
        places = np.arange(declared.size + 1) * _SPAN
        self._first_start = np.searchsorted(self._starts, places)
        self._first_end = np.searchsorted(self._ends, places)
        self._width = np.diff(self._first_end)
        cells = np.diff(self._first_start) * self._width
        self._offset = np.concatenate(([0], np.cumsum(cells)))
        row = np.searchsorted(self._starts, counted.place * _SPAN + counted.first)
        column = np.searchsorted(self._ends, counted.place * _SPAN + counted.last)
        histogram = np.bincount(self._cell(counted.place, row, column), minlength=int(self._offset[-1]))
        self._covering = self._cumulated(histogram)

    def _cell(self, place: Ints, row: Ints, column: Ints) -> Ints:
        width = self._width[place]
        cell: Ints = (
            self._offset[place] + (row - self._first_start[place]) * width + column - self._first_end[place]
        )
        return cell

    def _cumulated(self, histogram: Ints) -> Ints:
        # Counts of spells by (start, end) become counts of spells with that start or an earlier one and that
        # end or a later one: a running sum along each axis of each place's grid, all in one flat array.
        place = np.repeat(np.arange(self._width.size), np.diff(self._offset))
        within = np.arange(histogram.size) - self._offset[place]
        width = self._width[place]
        row, column = np.divmod(within, np.maximum(width, 1))
        height = np.diff(self._first_start)[place]
        by_end = _running_from_the_right(histogram, column == width - 1)
        across = self._offset[place] + column * height + row
        turned = np.empty_like(by_end)
        turned[across] = by_end
        first_row = np.empty(histogram.size, bool)
        first_row[across] = row == 0
        covering: Ints = _running(turned, first_row)[across]
        return covering

    def of(self, place: Ints, first: Ints, last: Ints) -> Floats:
        """The size that enters the model, for each of the arrays' elements."""
        size = self.declared[place].copy()
        asked = np.isnan(size)
        if asked.any():
            size[asked] = bucketed(np.maximum(2, self.counted(place[asked], first[asked], last[asked])))
        return size

    def counted(self, place: Ints, first: Ints, last: Ints) -> Ints:
        """How many known people were there from `first` to `last`; 0 where a size is declared."""
        row = np.searchsorted(self._starts, place * _SPAN + first, side="right") - 1
        column = np.searchsorted(self._ends, place * _SPAN + last)
        known = (row >= self._first_start[place]) & (column < self._first_end[place + 1])
        count = np.zeros(place.size, np.int64)
        count[known] = self._covering[self._cell(place[known], row[known], column[known])]
        return count


def _running(values: Ints, restart: Bools) -> Ints:
    total = np.cumsum(values)
    before = (total - values)[restart]
    return total - np.repeat(before, np.diff(np.append(np.flatnonzero(restart), values.size)))


def _running_from_the_right(values: Ints, restart: Bools) -> Ints:
    return _running(values[::-1], restart[::-1])[::-1]


class Seats:
    """A person's presence at a place, over all their spells there: sorted by place and person.

    `reach` is the hazard that no partner without a shared department can exceed.
    """

    def __init__(self, spells: Spells, sizes: Sizes) -> None:
        self.spells = spells.united()
        self.sizes = sizes
        self.by_department = spells.select(spells.department != NO_DEPARTMENT).united(by_department=True)
        new = np.ones(self.spells.place.size, bool)
        new[1:] = (np.diff(self.spells.place) != 0) | (np.diff(self.spells.person) != 0)
        starts = np.flatnonzero(new)
        self.place, self.person = self.spells.place[starts], self.spells.person[starts]
        self.spell_start = np.append(starts, self.spells.place.size)
        self.first = self.spells.first[starts]
        self.last = self.spells.last[self.spell_start[1:] - 1] if starts.size else self.first
        order = _place_person(self.place, self.person)
        of_department = _place_person(self.by_department.place, self.by_department.person)
        self.department_seat = np.searchsorted(order, of_department)
        self.department_start = np.searchsorted(self.department_seat, np.arange(starts.size + 1))
        self.reach = self._reach()

    def _reach(self) -> Floats:
        # Two people's shared months all lie within either one's spells, and over fewer months no fewer people
        # were there: no partner can give a seat more than its own spells would (times the department factor).
        spells = self.spells
        if not spells.place.size:
            return np.zeros(0)
        size = self.sizes.of(spells.place, spells.first, spells.last)
        hazard = meeting_rate(size) * (spells.last - spells.first + 1)
        reach: Floats = np.add.reduceat(hazard, self.spell_start[:-1])
        return reach


def _place_person(place: Ints, person: Ints) -> Ints:
    return place * (1 << 31) + person


def candidate_pairs(seats: Seats, floor_hazard: float = FLOOR_HAZARD) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of seats whose shared time may reach `floor_hazard`, in chunks; none that does is missing.

    A pair can come twice (through two departments); whoever uses them takes the strongest of equals.
    """
    near = np.flatnonzero(seats.reach >= floor_hazard)
    yield from _overlapping(near, seats.place[near], seats.first[near], seats.last[near])
    spells, seat = seats.by_department, seats.department_seat
    if not seat.size:
        return
    within = seats.reach[seat]
    chosen = np.flatnonzero(within * K.same_department >= floor_hazard)
    chosen = chosen[np.lexsort((spells.department[chosen], spells.place[chosen]))]
    new = np.ones(chosen.size, bool)
    new[1:] = (np.diff(spells.place[chosen]) != 0) | (np.diff(spells.department[chosen]) != 0)
    room = np.cumsum(new)
    for i, j in _overlapping(chosen, room, spells.first[chosen], spells.last[chosen]):
        a, b = seat[i], seat[j]
        # Where both reach the floor without the department they were offered above.
        fresh = (np.minimum(seats.reach[a], seats.reach[b]) < floor_hazard) & (a != b)
        yield a[fresh], b[fresh]


def candidate_pairs_of(
    seats: Seats, focus: Bools, floor_hazard: float = FLOOR_HAZARD
) -> Iterator[tuple[Ints, Ints]]:
    """As `candidate_pairs`, only those in which a seat of `focus` takes part, without visiting the others."""
    edges = np.searchsorted(seats.place, np.arange(seats.sizes.declared.size + 1))
    with_department = np.zeros(seats.place.size, bool)
    with_department[seats.department_seat] = True
    mine = np.flatnonzero(focus)
    low = 0
    total = np.cumsum(np.diff(edges)[seats.place[mine]])
    while low < mine.size:
        done = total[low - 1] if low else 0
        high = max(low + 1, int(np.searchsorted(total, done + _CHUNK, side="right")))
        place = seats.place[mine[low:high]]
        count = edges[place + 1] - edges[place]
        i = np.repeat(mine[low:high], count)
        j = np.repeat(edges[place], count) + np.arange(i.size) - np.repeat(np.cumsum(count) - count, count)
        weakest = np.minimum(seats.reach[i], seats.reach[j])
        together = with_department[i] & with_department[j]
        chosen = (i < j) | ((i > j) & ~focus[j])
        chosen &= np.where(together, weakest * K.same_department, weakest) >= floor_hazard
        chosen &= (seats.first[i] <= seats.last[j]) & (seats.first[j] <= seats.last[i])
        yield np.minimum(i, j)[chosen], np.maximum(i, j)[chosen]
        low = high


def _overlapping(items: Ints, room: Ints, first: Ints, last: Ints) -> Iterator[tuple[Ints, Ints]]:
    # Sorted by start, whoever comes later and starts before my end was there with me.
    order = np.lexsort((first, room))
    items, room, first, last = items[order], room[order], first[order], last[order]
    begins = room * _SPAN + first
    until = np.searchsorted(begins, room * _SPAN + last, side="right")
    count = until - np.arange(items.size) - 1
    edges = np.concatenate(([0], np.cumsum(count)))
    low = 0
    while low < items.size:
        high = max(low + 1, int(np.searchsorted(edges, edges[low] + _CHUNK, side="right")) - 1)
        lengths = count[low:high]
        i = np.repeat(np.arange(low, high), lengths)
        j = i + 1 + np.arange(i.size) - np.repeat(edges[low:high] - edges[low], lengths)
        if i.size:
            yield items[i], items[j]
        low = high


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Months that two people share at a place: `pair` counts the pairs asked for."""

    pair: Ints
    first: Ints
    last: Ints
    same_department: Ints
    size: Floats

    @property
    def months(self) -> Ints:
        """How many months it lasts."""
        return self.last - self.first + 1

    @property
    def hazard(self) -> Floats:
        """rate(size) * (months + (same_department factor - 1) * months in the same department)."""
        weighted: Floats = meeting_rate(self.size) * (
            self.months + (K.same_department - 1) * self.same_department
        )
        return weighted


@dataclass(frozen=True, slots=True)
class Meetings:
    """For each pair of seats asked for: its hazard over all overlaps, and the last month of the last one."""

    hazard: Floats
    last: Ints
    overlaps: Overlaps


def meetings(seats: Seats, a: Ints, b: Ints) -> Meetings:
    """What the pairs (a[k], b[k]) of seats at one place share; hazard 0 where their spells never overlap."""
    pair, i, j = _products(seats.spell_start, a, b)
    spells = seats.spells
    first = np.maximum(spells.first[i], spells.first[j])
    last = np.minimum(spells.last[i], spells.last[j])
    real = first <= last
    pair, first, last = pair[real], first[real], last[real]
    size = seats.sizes.of(seats.place[a[pair]], first, last)
    overlaps = Overlaps(pair, first, last, _months_in_one_department(seats, a, b, pair, first), size)
    hazard: Floats = np.bincount(pair, weights=overlaps.hazard, minlength=a.size).astype(np.float64)
    latest = np.zeros(a.size, np.int64)
    np.maximum.at(latest, pair, last)
    return Meetings(hazard, latest, overlaps)


def _products(start: Ints, a: Ints, b: Ints) -> tuple[Ints, Ints, Ints]:
    # Every spell of a[k] with every spell of b[k]; sorted by k, then by time.
    of_a, of_b = start[a + 1] - start[a], start[b + 1] - start[b]
    count = of_a * of_b
    pair = np.repeat(np.arange(a.size), count)
    within = np.arange(pair.size) - np.repeat(np.cumsum(count) - count, count)
    i, j = np.divmod(within, np.maximum(of_b[pair], 1))
    return pair, start[a[pair]] + i, start[b[pair]] + j


def _months_in_one_department(seats: Seats, a: Ints, b: Ints, pair: Ints, first: Ints) -> Ints:
    months = np.zeros(pair.size, np.int64)
    if not seats.department_seat.size or not pair.size:
        return months
    which, i, j = _products(seats.department_start, a, b)
    spells = seats.by_department
    same = spells.department[i] == spells.department[j]
    which, i, j = which[same], i[same], j[same]
    together = Spells(
        which,
        np.zeros(which.size, np.int64),
        np.full(which.size, NO_DEPARTMENT),
        np.maximum(spells.first[i], spells.first[j]),
        np.minimum(spells.last[i], spells.last[j]),
    ).united()
    # A shared stay in a department lies within exactly one overlap: the last that starts no later.
    at = np.searchsorted(pair * _SPAN + first, together.place * _SPAN + together.first, side="right") - 1
    np.add.at(months, at, together.last - together.first + 1)
    return months
