"""Dates as exports spell them, in nine European languages, with the precision they carry.

Whether `3/4/2026` is in March or in April is decided once for a file, from its own rows that leave no doubt;
it is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

from graph.model.dates import PartialDate, Spell
from importers.reading.problems import FileError

__all__ = [
    "CURRENT_WORDS",
    "DateError",
    "DateOrder",
    "NewestDate",
    "OrderVotes",
    "months_before",
    "newer",
    "parse_date",
    "parse_duration",
    "parse_range",
]

DateOrder = Literal["day-first", "month-first"]

_MONTH_NAMES = {
    1: "january jan janvier janv januar janner enero ene gennaio gen janeiro januari",
    2: "february feb fevrier fevr fev februar febrero febbraio fevereiro februari",
    3: "march mar mars marz maerz mrz marzo marco maart mrt marts",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag maio mei maj",
    6: "june jun juin juni junio giugno giu junho",
    7: "july jul juillet juil juli julio luglio lug julho",
    8: "august aug aout agosto ago augustus augusti",
    9: "september sep sept septembre septiembre setiembre set settembre setembro",
    10: "october oct octobre oktober okt octubre ottobre ott outubro out",
    11: "november nov novembre noviembre novembro",
    12: "december dec decembre dezember dez diciembre dic dicembre dezembro desember des",
}
_MONTHS = {name: month for month, names in _MONTH_NAMES.items() for name in names.split()}
CURRENT_WORDS = frozenset(
    "present current now today aujourd'hui actuel actuellement heute aktuell jetzt actualidad actual presente attuale"
    " oggi atual heden nu".split()
)
# Two digits of a year: 69 to 99 are of the last century (POSIX, strptime %y).
_PIVOT = 69
# No spelling is longer; a hostile cell is turned away before any pattern sees it.
_LONGEST = 64

_TIME = (
    r"(?:[T,]?\s*(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?\s*(?:[ap]\.?\s?m\.?)?"
    r"\s*(?:z|[a-z]{3,4}|[+-]\d{2}:?\d{2})?(?:\s*\([a-z]+\))?)?"
)
_FLAGS = re.IGNORECASE
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}){_TIME})?)?", _FLAGS)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", _FLAGS)
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAME = r"([^\W\d_]{3,12})\.?"
_WEEKDAY = r"(?:[a-z]{2,10}\.?,?\s+)?"
_DAY_NAME_YEAR = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:\.|er|st|nd|rd|th)?(?:\s+|\s*-\s*|(?<=\.))(?:de\s+)?{_NAME}(?:\s+|\s*-\s*|,\s*)(?:de\s+)?(\d{{4}}|\d{{2}})"
    rf"{_TIME}",
    _FLAGS,
)
_NAME_DAY_YEAR = re.compile(rf"{_WEEKDAY}{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", _FLAGS)
_NAME_YEAR = re.compile(rf"{_NAME}(?:\s+|,\s*|\s*[-/]\s*)(?:de\s+)?(\d{{4}}|(?<=-)\d{{2}})", _FLAGS)
_YEAR_NAME = re.compile(rf"(\d{{4}})[\s-]+{_NAME}", _FLAGS)
_UNIX = re.compile(
    rf"[a-z]{{3}}\s+{_NAME}\s+(\d{{1,2}})\s+(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\s+(?:[a-z]{{1,5}}|[+-]\d{{4}})?\s*(\d{{4}})",
    _FLAGS,
)
_RANGE = re.compile(r"\s+-\s+|\s*[\u2013\u2014]\s*|\s+(?:to|until|bis|jusqu'a|hasta)\s+", _FLAGS)
_WITH_TIME = re.compile(r"\d{1,2}/\d{1,2}/\d+[T,\s].*\d:\d")
_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_DURATION_YEARS = re.compile(r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|ans?|annees?|jahre?n?|anos?)\b", _FLAGS)
_DURATION_MONTHS = re.compile(r"(\d{1,2})\s*(?:months?|mos?|mois|monate?n?|mes(?:es)?)\b", _FLAGS)


class DateError(ValueError):
    """A text that is no date, or one that cannot exist; says why."""


def _plain(text: str) -> str:
    """Without accents and typographic spaces, so that one spelling of a month is enough."""
    if text.isascii():
        return text.strip()
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def _short(text: str, longest: int = _LONGEST) -> str:
    if len(text) > longest:
        raise DateError("it is too long to be a date")
    return _plain(text)


def _month(name: str) -> int:
    month = _MONTHS.get(name.casefold())
    if month is None:
        raise DateError("there is no month of that name")
    return month


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= _PIVOT else 2000)


def _date(year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    try:
        return PartialDate(year, month, day)
    except ValueError as wrong:
        raise DateError(str(wrong)) from None


@lru_cache(maxsize=65536)
def parse_date(text: str, order: DateOrder | None = None) -> PartialDate:
    """A date in any known spelling; times of day are read and dropped, time zones are not converted.

    Raises DateError when it is none, cannot exist, or needs an `order` that nobody gave.
    """
    plain = _short(text)
    if found := _YEAR_FIRST.fullmatch(plain):
        year, _, month, day = found.groups()
        return _date(int(year), int(month) if month else None, int(day) if day else None)
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(int(found[1]), int(found[3]), _year(found[4]), order)
    if found := _MONTH_YEAR.fullmatch(plain):
        return _date(int(found[2]), int(found[1]))
    return _named(plain)


def _named(plain: str) -> PartialDate:
    if found := _DAY_NAME_YEAR.fullmatch(plain):
        return _date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _NAME_DAY_YEAR.fullmatch(plain) or _UNIX.fullmatch(plain):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    if found := _NAME_YEAR.fullmatch(plain):
        return _date(_year(found[2]), _month(found[1]))
    if found := _YEAR_NAME.fullmatch(plain):
        return _date(int(found[1]), _month(found[2]))
    raise DateError("it is not a date in any known spelling")


def _numeric(first: int, second: int, year: int, order: DateOrder | None) -> PartialDate:
    if order is None and first != second:
        if first <= 12 and second <= 12:
            raise DateError("day and month cannot be told apart; say which comes first with --date-order")
        order = "day-first" if first > 12 else "month-first"
    day, month = (first, second) if order == "day-first" else (second, first)
    return _date(year, month, day)


@dataclass(slots=True)
class OrderVotes:
    """What a file's own rows say about day first or month first.

    `bare` counts the doubtful dates that are not written as `1/2/26, 2:37 PM`: a spreadsheet may have put them
    into an order of its own.
    """

    day_first: int = 0
    month_first: int = 0
    doubtful: int = 0
    bare: int = 0

    def add(self, text: str) -> None:
        """Count one cell; only numeric dates with the year last say anything."""
        # Almost every cell is spelt another way: this test is what a million rows pay.
        if not text or len(text) > _LONGEST or not text[0].isdigit() or text[:4].isdigit():
            return
        if not (found := _NUMERIC.fullmatch(_plain(text))):
            return
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first <= 12 and first != second:
            self.doubtful += 1
            self.bare += not _WITH_TIME.match(_plain(text))

    def decide(self, stated: DateOrder | None, written: DateOrder | None = None) -> DateOrder | None:
        """The order to read by: the stated one, else the one the file shows, else None where none is needed.

        `written` is how the program that exports such files is known to write; it decides where the rows show
        nothing, unless somebody else may have written them.

        Raises FileError when the rows need an order and show none, or show both.
        """
        if stated:
            return stated
        if self.day_first and self.month_first:
            raise FileError(
                "Some dates put the day first and some the month",
                "Write them alike (2026-03-14 leaves no doubt), or say --date-order day-first or month-first",
            )
        if self.doubtful and not (self.day_first or self.month_first):
            if written and not self.bare:
                return written
            raise FileError(
                "No row shows whether the day or the month comes first in its dates",
                "Say which: --date-order day-first or --date-order month-first",
            )
        return "day-first" if self.day_first else "month-first" if self.month_first else None


@dataclass(slots=True)
class NewestDate:
    """The newest of a file's dates up to `today`, whichever order the file turns out to have."""

    today: PartialDate
    _found: dict[DateOrder, PartialDate] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Look at one cell; what is no date, or lies in the future, does not count."""
        for order in get_args(DateOrder):
            try:
                day = parse_date(text, order) if text else None
            except DateError:
                continue
            before = self._found.get(order)
            if day and not newer(day, self.today) and (before is None or newer(day, before)):
                self._found[order] = day

    def by(self, order: DateOrder | None) -> PartialDate | None:
        """The newest date under the order decided on; None where there was none."""
        return self._found.get(order or "day-first")


def newer(a: PartialDate, b: PartialDate) -> bool:
    """Whether one date lies after another; a year or month alone counts as its beginning."""
    return (a.year, a.month or 0, a.day or 0) > (b.year, b.month or 0, b.day or 0)


def parse_range(text: str, order: DateOrder | None = None) -> Spell:
    """`Jan 2019 - Mar 2021` or `Mai 2020 - heute`, with any dash: a spell. One date alone is a start.

    Raises DateError.
    """
    plain = _short(text, 2 * _LONGEST)
    parts: list[str] = list(found.groups()) if (found := _YEARS.fullmatch(plain)) else _RANGE.split(plain)
    if len(parts) > 2:
        raise DateError("it is not a range of two dates")
    started = parse_date(parts[0], order)
    if len(parts) == 1:
        return Spell(started=started)
    if parts[1].casefold() in CURRENT_WORDS:
        return Spell(started=started, current=True)
    try:
        return Spell(started=started, ended=parse_date(parts[1], order))
    except DateError:
        raise
    except ValueError as wrong:
        raise DateError(str(wrong)) from None


def parse_duration(text: str) -> int | None:
    """`2 years 3 months in role` in months; None when it states neither years nor months."""
    plain = _plain(text[: 2 * _LONGEST])
    years, months = _DURATION_YEARS.search(plain), _DURATION_MONTHS.search(plain)
    if not years and not months:
        return None
    return (int(years[1]) * 12 if years else 0) + (int(months[1]) if months else 0)


def months_before(day: PartialDate, months: int) -> PartialDate:
    """The month that lies so many months before the month of a date. Raises ValueError out of range."""
    number = day.first_month - months
    return PartialDate(number // 12, number % 12 + 1)
