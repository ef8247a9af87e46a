"""On which days a series of meetings takes place, as far as a day decides (RFC 5545, RRULE).

Days alone are counted: a rule by the hour or minute is none of meetings. The work is bounded by the time between
first and last day, whatever the rule says: libraries look for the next day of a rule that has none until the year
9999.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

__all__ = ["Rule", "days_of", "read_rule"]

_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_READ = frozenset("FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS WKST".split())
_WITHIN_A_DAY = frozenset(("BYHOUR", "BYMINUTE", "BYSECOND"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule by days. `by_day`: weekday (0 Monday) with its ordinal in the month or year, 0 for every one."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(parts: Mapping[str, Any]) -> Rule:
    """A rule from its parts as lists (`icalendar.vRecur`). Raises ValueError for what is not read."""
    given = {
        str(name).upper(): value if isinstance(value, list) else [value] for name, value in parts.items()
    }
    unread = set(given) - _READ - _WITHIN_A_DAY
    frequency = str(given.get("FREQ", [""])[0]).upper()
    if unread or frequency not in _FREQUENCIES:
        raise ValueError(
            f"it repeats by {', '.join(sorted(unread)) or frequency or 'nothing'}, which is not read"
        )
    until = given.get("UNTIL", [None])[0]
    return Rule(
        frequency=frequency,
        interval=max(1, _number(given, "INTERVAL", 1)),
        count=max(0, _number(given, "COUNT", 0)) if "COUNT" in given else None,
        until=until.date() if isinstance(until, datetime) else until if isinstance(until, date) else None,
        by_day=tuple(_weekday(str(text)) for text in given.get("BYDAY", ())),
        by_month_day=tuple(int(day) for day in given.get("BYMONTHDAY", ())),
        by_month=tuple(int(month) for month in given.get("BYMONTH", ())),
        by_position=tuple(int(place) for place in given.get("BYSETPOS", ())),
        week_start=_WEEKDAYS.get(str(given.get("WKST", ["MO"])[0]).upper(), 0),
    )


def days_of(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of a series that begins on `first`, in order, up to `last`; the first day always counts."""
    if first > last:
        return
    end = max(first, min(last, rule.until)) if rule.until else last
    left = rule.count
    before_first = True
    for days in _periods(rule, first, end):
        for day in _chosen(days, rule.by_position):
            if day < first:
                continue
            if before_first and day != first:
                # The first meeting takes place even where the rule would not have it.
                yield first
                left = None if left is None else left - 1
            before_first = False
            if day > end or left == 0:
                return
            yield day
            left = None if left is None else left - 1
    if before_first:
        yield first


def _number(given: Mapping[str, list[Any]], name: str, otherwise: int) -> int:
    return int(given.get(name, [otherwise])[0])


def _weekday(text: str) -> tuple[int, int]:
    day, ordinal = text[-2:].upper(), text[:-2]
    if day not in _WEEKDAYS:
        raise ValueError("it repeats on a day that is none")
    return _WEEKDAYS[day], int(ordinal) if ordinal else 0


def _chosen(days: Sequence[date], positions: Sequence[int]) -> list[date]:
    """The days of a period at the positions asked for, counted from its begin or end; all without any."""
    if not positions:
        return list(days)
    places = {place - 1 if place > 0 else len(days) + place for place in positions if place}
    return [day for at, day in enumerate(days) if at in places]


def _periods(rule: Rule, first: date, end: date) -> Iterator[list[date]]:
    """The days that the rule allows, period by period."""
    match rule.frequency:
        case "DAILY":
            for step in range(0, (end - first).days + 1, rule.interval):
                day = first + timedelta(days=step)
                yield [day] if _allowed(day, rule) else []
        case "WEEKLY":
            begin = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
            weekdays = {weekday for weekday, _ in rule.by_day} or {first.weekday()}
            for step in range(0, (end - begin).days + 1, 7 * rule.interval):
                week = [begin + timedelta(days=step + at) for at in range(7)]
                yield [d for d in week if d.weekday() in weekdays and _in_month(d, rule)]
        case "MONTHLY":
            months = (end.year - first.year) * 12 + end.month - first.month
            for step in range(0, months + 1, rule.interval):
                year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
                yield _days_of_month(year, month + 1, rule, first) if _month_allowed(month + 1, rule) else []
        case _:
            for year in range(first.year, end.year + 1, rule.interval):
                yield _days_of_year(year, rule, first)


def _days_of_year(year: int, rule: Rule, first: date) -> list[date]:
    if rule.by_day and not rule.by_month and not rule.by_month_day:
        whole = [
            date(year, 1, 1) + timedelta(days=at)
            for at in range(366 if monthrange(year, 2)[1] == 29 else 365)
        ]
        return _on_weekdays(whole, rule.by_day)
    months = rule.by_month or ((first.month,) if not rule.by_month_day else range(1, 13))
    return [
        day
        for month in sorted(months)
        if 1 <= month <= 12
        for day in _days_of_month(year, month, rule, first)
    ]


def _days_of_month(year: int, month: int, rule: Rule, first: date) -> list[date]:
    length = monthrange(year, month)[1]
    whole = [date(year, month, day) for day in range(1, length + 1)]
    if rule.by_month_day:
        wanted = {day if day > 0 else length + 1 + day for day in rule.by_month_day}
        whole = [day for day in whole if day.day in wanted]
    elif not rule.by_day:
        return [day for day in whole if day.day == first.day]
    return _on_weekdays(whole, rule.by_day) if rule.by_day else whole


def _on_weekdays(days: Sequence[date], by_day: Sequence[tuple[int, int]]) -> list[date]:
    found: set[date] = set()
    for weekday, ordinal in by_day:
        same = [day for day in days if day.weekday() == weekday]
        if not ordinal:
            found.update(same)
        elif -len(same) <= ordinal <= len(same):
            found.add(same[ordinal - 1 if ordinal > 0 else ordinal])
    return sorted(found)


def _month_allowed(month: int, rule: Rule) -> bool:
    return not rule.by_month or month in rule.by_month


def _in_month(day: date, rule: Rule) -> bool:
    return _month_allowed(day.month, rule)


def _allowed(day: date, rule: Rule) -> bool:
    length = monthrange(day.year, day.month)[1]
    wanted = {at if at > 0 else length + 1 + at for at in rule.by_month_day}
    return (
        _in_month(day, rule)
        and (not rule.by_day or day.weekday() in {weekday for weekday, _ in rule.by_day})
        and (not wanted or day.day in wanted)
    )
