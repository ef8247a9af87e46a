"""Dates as people write them: a value with its precision. Months are integers, `year * 12 + month - 1`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["PartialDate", "Spell", "month_of", "month_text"]

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100


def month_of(day: date) -> int:
    """The month number a calendar day lies in."""
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """A month number as `2019-03`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day; refuses dates that do not exist."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"the year {self.year} lies outside {EARLIEST_YEAR} to {LATEST_YEAR}")
        if self.month is None:
            if self.day is not None:
                raise ValueError("a day needs its month")
        elif not 1 <= self.month <= 12:
            raise ValueError(f"there is no month {self.month}")
        elif self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise ValueError(f"{self.year}-{self.month:02d} has no day {self.day}")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2019`, `2019-03` or `2019-03-14`; raises ValueError with the reason otherwise."""
        found = _ISO.match(text.strip())
        if not found:
            raise ValueError("write a date as 2019, 2019-03 or 2019-03-14")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """How much of the date is known."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_month(self) -> int:
        """The earliest month number it can mean."""
        return self.year * 12 + (self.month or 1) - 1

    @property
    def last_month(self) -> int:
        """The latest month number it can mean."""
        return self.year * 12 + (self.month or 12) - 1

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Spell:
    """From when to when something held.

    `current` means that it still held when it was last stated. `as_of` marks a spell known only because
    somebody was seen there on a date (the current company in a list of connections): it then counts one
    month, `started == ended`, until a later reading confirms and prolongs it.
    A year alone counts from its January as a start and to its December as an end.
    """

    started: PartialDate | None = None
    ended: PartialDate | None = None
    current: bool = False
    as_of: bool = False

    def __post_init__(self) -> None:
        if self.started and self.ended and self.started.first_month > self.ended.last_month:
            raise ValueError("it ends before it starts")
        if self.current and self.ended and not self.as_of:
            raise ValueError("it is marked current and has an end date")
        if self.as_of and not (self.started and self.ended):
            raise ValueError("a spell known as of a date carries that date as start and end")

    @property
    def from_month(self) -> int | None:
        """First month, or None when undated."""
        return self.started.first_month if self.started else None

    @property
    def to_month(self) -> int | None:
        """Last month, inclusive; None when undated or still open."""
        return self.ended.last_month if self.ended else None

    def properties(self) -> dict[str, object]:
        """As stored on a relationship: texts as written, months for arithmetic."""
        return {
            "started": str(self.started) if self.started else None,
            "ended": str(self.ended) if self.ended else None,
            "current": self.current,
            "as_of": self.as_of,
            "from_month": self.from_month,
            "to_month": self.to_month,
        }
