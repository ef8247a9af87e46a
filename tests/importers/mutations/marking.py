"""Cells that say in which column and row they stand, as far as a cell of that kind can.

A text gets a word in front (`qx012y03z`: column 12, row 3), an address has it in it, a number becomes
`7012003`, a date falls into a year of its column's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from importers.reading.dates import DateError, parse_date, parse_duration, parse_range
from importers.reading.table import normal_header
from tests.importers.mutations.grids import Grid

__all__ = ["FIRST_YEAR", "MARK", "NUMBER", "Markable", "marked", "years_of"]

MARK = re.compile(r"qx(\d{3})y(\d{2})z")
NUMBER = re.compile(r"(?<!\d)7(\d{3})(\d{3})(?!\d)")
FIRST_YEAR = 1930
_LONGEST = 300  # beyond it the patterns below would take their time
_EMAIL = re.compile(r"[^\s@;,<>:]+@[^\s@;,<>]+\.[^\s@;,<>]+")
_PAGE = re.compile(
    r"(linkedin\.com/(?:in|pub|company|school|showcase|sales/\w+)/)([^/?#,;\s]+)", re.IGNORECASE
)
_MEMBER = re.compile(r"AC[a-zA-Z]A[A-Za-z0-9_-]{10,}")
_ADDRESS = re.compile(r"(https?://)([^/\s]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-zA-Z]{2,}")
_SEGMENT = re.compile(r"(^|;| ::: )\s*(?=[^\s;])")


def _mark(column: int, row: int) -> str:
    return f"qx{column:03d}y{row % 100:02d}z"


def _number(column: int, row: int) -> str:
    return f"7{column:03d}{row % 1000:03d}"


Markable = Mapping[str, frozenset[str] | None]
"""By a column's name the cells that can be marked: None for all of them."""


def marked(grid: Grid, years: Mapping[str, int], markable: Markable) -> Grid:
    """The grid with its cells marked; `years`: by name the year of each column of dates."""
    names = [normal_header(name) for name in grid.header]
    rows = [
        tuple(
            _cell(cell, at, number, years.get(names[at])) if _can_be(cell, names[at], markable) else cell
            for at, cell in enumerate(row)
        )
        for number, row in enumerate(grid.rows)
    ]
    return Grid(grid.header, tuple(rows), grid.before)


def _can_be(cell: str, name: str, markable: Markable) -> bool:
    if name not in markable:
        return False
    only = markable[name]
    return only is None or cell in only


def _cell(text: str, column: int, row: int, year: int | None) -> str:
    plain = text.strip()
    if not plain or not any(character.isalnum() for character in plain):
        return text
    if len(plain) > _LONGEST:
        return f"{_mark(column, row)} {text}"
    mark = _mark(column, row)
    if found := _addressed(plain, mark, _number(column, row)):
        return found
    if plain.isdecimal() and len(plain) < 16 and int(plain) > 1:
        return _number(column, row)
    if year is not None and (dated := _dated(plain, year)):
        return dated
    if parse_duration(plain) is not None:
        return text
    return _SEGMENT.sub(lambda segment: f"{segment[0]}{mark} ", text)


def _addressed(plain: str, mark: str, number: str) -> str:
    """A cell of addresses with the mark in them; "" where there is none."""
    changed = _EMAIL.sub(f"{mark}@{mark}.example", plain)
    changed = _PAGE.sub(lambda page: page[1] + _slug(page[2], mark, number), changed)
    if changed != plain:
        return changed
    if _MEMBER.fullmatch(plain):
        return _slug(plain, mark, number)
    if _ADDRESS.match(plain):
        return _ADDRESS.sub(rf"\1{mark}.example", plain)
    return f"{mark}.example" if _DOMAIN.fullmatch(plain) and not plain.replace(".", "").isdecimal() else ""


def _slug(slug: str, mark: str, number: str) -> str:
    if _MEMBER.fullmatch(slug):
        return f"{slug[:5]}{mark}AbCdEfGh"
    return number if slug.isdecimal() else mark


def _dated(plain: str, year: int) -> str:
    for order in ("month-first", "day-first"):
        try:
            day = parse_date(plain, order)
        except DateError:
            continue
        return str(year) if day.month is None else f"{year}-05-07" if day.day else f"{year}-05"
    try:
        spell = parse_range(plain.split("\u00b7", 1)[0].strip())
    except ValueError:
        return ""
    return f"May {year} - Present" if spell.current else f"May {year} - Jun {year}"


def years_of(grid: Grid) -> dict[str, int]:
    """A year for each column of dates, later ones further right, so that no end is before its start."""
    found = [at for at in range(len(grid.header)) if any(_is_date(row[at]) for row in grid.rows)]
    return {normal_header(grid.header[at]): FIRST_YEAR + place for place, at in enumerate(found)}


def _is_date(text: str) -> bool:
    plain = text.strip()
    return bool(plain) and not plain.isdecimal() and bool(_dated(plain, FIRST_YEAR))
