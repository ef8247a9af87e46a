"""A file's header against a format's columns, and raw rows as `Row`s of canonical columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from importers.cells import EMPTY_SPELLINGS, EXPORT_COLUMN
from importers.formats.base import Column, Refusal, Row, Skipped
from importers.reading.problems import FileError
from importers.reading.table import TORN, TORN_FIX, BadRow, Table, lines_within, normal_header
from importers.refusals import REFUSED_COLUMNS

__all__ = ["EMPTY_SPELLINGS", "Binding", "bind", "missing_columns", "repeatable", "rows_of"]

_OURS = frozenset(normal_header(name) for name in (*REFUSED_COLUMNS, EXPORT_COLUMN))


@dataclass(frozen=True, slots=True)
class Binding:
    """Where each canonical column stands in a file, and which of the file's columns nobody reads."""

    places: Mapping[str, int]
    ignored: tuple[str, ...]
    kept: frozenset[str]
    verbatim: frozenset[str]


@lru_cache(maxsize=4096)
def _names(column: Column) -> frozenset[str]:
    return frozenset(normal_header(name) for name in (column.name, *column.aliases))


# Every format is asked about every row that may be the header.
@lru_cache(maxsize=64)
def _there(header: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normal_header(cell) for cell in header)


def missing_columns(columns: Sequence[Column], header: Sequence[str]) -> list[str]:
    """The required columns that a header lacks."""
    there = _there(tuple(header))
    return [column.name for column in columns if column.required and not _names(column) & there]


def repeatable(columns: Sequence[Column]) -> frozenset[str]:
    """The normalised names that may head two columns of one file."""
    return frozenset(name for column in columns if column.last for name in _names(column))


def bind(columns: Sequence[Column], header: Sequence[str]) -> Binding:
    """Resolve a header; raises FileError when two of its columns claim to be the same one."""
    places: dict[str, int] = {}
    names = [normal_header(cell) for cell in header]
    for column in columns:
        known = _names(column)
        found = [at for at, name in enumerate(names) if name and name in known]
        if len(found) > 1 and column.ranked:
            order = [normal_header(name) for name in (column.name, *column.aliases)]
            found = [min(found, key=lambda at: order.index(names[at]))]
        if column.last and len({names[at] for at in found}) == 1:
            found = found[-1:]
        if len(found) > 1:
            raise FileError(
                f"The columns “{header[found[0]]}” and “{header[found[1]]}” both mean {column.name}",
                "Remove the one that should not be read",
            )
        if found:
            places[column.name] = found[0]
    taken = set(places.values())
    return Binding(
        places=places,
        ignored=tuple(
            cell
            for at, cell in enumerate(header)
            if at not in taken and cell.strip() and normal_header(cell) not in _OURS
        ),
        kept=frozenset(column.name for column in columns if column.kept),
        verbatim=frozenset(column.name for column in columns if column.verbatim),
    )


def rows_of(
    table: Table, binding: Binding, file_name: str, change: Callable[[str], str] | None = None
) -> Iterator[Row | Refusal | Skipped]:
    """The table's rows by canonical column; header rows repeated further down and empty rows are skipped.

    `change` is applied to every cell that says something (to take off what was put on for a spreadsheet).
    """
    places = tuple(binding.places.items())
    verbatim = binding.verbatim
    header = [cell.strip() for cell in table.header.cells]
    first_header = header[0]
    for raw in table:
        if isinstance(raw, BadRow):
            yield _refusal(raw, table, binding, file_name)
            continue
        line, cells = raw
        named: dict[str, str] = {}
        said, torn = False, ""
        for name, at in places:
            text = cells[at].strip()
            if text:
                if text in EMPTY_SPELLINGS and name not in verbatim:
                    text = ""
                else:
                    if change is not None:
                        text = change(text).strip()
                    said = True
                    if ("\n" in text or "\r" in text) and _holds_row(cells[at], table):
                        torn = name
            named[name] = text
        if torn:
            yield Refusal(file_name, line, torn, f"{torn}: {TORN}", TORN_FIX)
        elif not said:
            yield Skipped(line, "an empty row")
        elif cells[0].strip() == first_header and [cell.strip() for cell in cells] == header:
            yield Skipped(line, "the header again")
        else:
            yield Row(line, named)


def _holds_row(text: str, table: Table) -> bool:
    """Whether a line within a cell is a row of the file: the quotation mark before it was meant to close a cell."""
    delimiter, most = table.header.delimiter, len(table.header.cells) - 1
    return most > 1 and any(line.count(delimiter) == most for line in lines_within(text)[1:-1])


def _refusal(bad: BadRow, table: Table, binding: Binding, file_name: str) -> Refusal:
    column = ""
    if bad.column is not None:
        by_place = {at: name for name, at in binding.places.items()}
        column = by_place.get(bad.column, table.header.cells[bad.column])
    cells: dict[str, str] = {}
    # Where a row has too many or too few cells, what must not be stored may stand under any column.
    if not binding.ignored and len(binding.kept) >= len(binding.places):
        last = len(table.header.cells) - 1
        # Too many cells: the last column holds the rest, so that nothing is missing from what is to be fixed.
        whole = (*bad.cells[:last], table.header.delimiter.join(bad.cells[last:]))
        cells = {name: whole[at] for name, at in binding.places.items() if at < len(whole)}
    return Refusal(file_name, bad.line, column, bad.reason, bad.fix, cells)
