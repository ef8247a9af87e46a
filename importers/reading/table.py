"""Text becomes rows: headers wherever they stand, rows as a stream that a hostile cell cannot break."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TextIO

from importers.reading.problems import FileError
from importers.reading.text import ByteSource, open_text

__all__ = [
    "DELIMITERS",
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "TORN",
    "TORN_FIX",
    "BadRow",
    "Header",
    "RawRow",
    "Table",
    "header_candidates",
    "lines_within",
    "lone_headers",
    "normal_header",
]

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 500
LONGEST_CELL = 1_000_000  # characters
_LONGEST_ROW = 4_000_000
_HEADER_WITHIN = 60  # physical lines
_LONGEST_HEADER = 200_000

# Rows are bounded by `_Lines` below, which keeps the reader in step; the module's own limit would lose it.
csv.field_size_limit(4 * _LONGEST_ROW)

TORN = "the cell holds further rows of the file"
TORN_FIX = "Look for a quotation mark too many or too few, here and in the rows that follow"
_QUOTE_FIX = "Put the cell in quotation marks and write each one inside it twice"


@dataclass(frozen=True, slots=True)
class Header:
    """A row that may be the header: its first physical line (from 1), how many lines it takes, its cells."""

    line: int
    lines: int
    delimiter: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: `column` is the position of the cell at fault (from 0), or None."""

    line: int
    column: int | None
    reason: str
    fix: str
    cells: tuple[str, ...] = ()


RawRow = tuple[int, list[str]]


def normal_header(cell: str) -> str:
    """A column name as it is compared: without case and without spaces around or doubled."""
    return " ".join(cell.replace("\ufeff", "").split()).casefold()


def lines_within(cell: str) -> list[str]:
    """The lines of a cell."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def header_candidates(source: ByteSource, encoding: str) -> Iterator[Header]:
    """The rows that could begin in each of the first lines, under each delimiter, top down.

    A header stands after a preamble of unknown length (a note, quoted or not, blank lines), so every line is
    tried on its own: an open quotation mark in a note cannot swallow the header.
    """
    lines = _first_lines(source, encoding)
    for at, line in enumerate(lines):
        for delimiter in DELIMITERS:
            if delimiter in line:
                reader = csv.reader(lines[at:], delimiter=delimiter, strict=True)
                try:
                    cells = next(reader)
                except (csv.Error, StopIteration):
                    continue
                plain = tuple(cell.strip("\ufeff") for cell in cells)
                yield Header(at + 1, reader.line_num, delimiter, plain)


def lone_headers(source: ByteSource, encoding: str) -> Iterator[Header]:
    """The first lines as headers of one column: of a file in which no delimiter stands."""
    for at, line in enumerate(_first_lines(source, encoding)):
        if cell := line.strip().strip('\ufeff"'):
            yield Header(at + 1, 1, DELIMITERS[0], (cell,))


def _first_lines(source: ByteSource, encoding: str) -> list[str]:
    lines: list[str] = []
    room = 4 * _LONGEST_HEADER
    with open_text(source, encoding) as stream:
        while len(lines) < _HEADER_WITHIN and room > 0 and (line := stream.readline(_LONGEST_HEADER)):
            lines.append(line)
            room -= len(line)
    return lines


class _Lines:
    """Physical lines for `csv.reader`, which cannot be made to hold more than `_LONGEST_ROW` of one row.

    Beyond that every run of plain characters becomes one: quotation marks and delimiters stay, so that the
    reader still finds where the row ends.
    """

    def __init__(self, stream: TextIO, delimiter: str) -> None:
        self._stream = stream
        self._plain = re.compile(rf'[^"\r\n{re.escape(delimiter)}]+')
        self.in_row = 0
        self.exhausted = False

    @property
    def squeezed(self) -> bool:
        """Whether the row just read was too long to be kept."""
        return self.in_row > _LONGEST_ROW

    def __iter__(self) -> Iterator[str]:
        read = self._stream.readline
        while line := read(_LONGEST_ROW):
            if self.in_row + len(line) >= _LONGEST_ROW:
                line = self._squeeze(line)
            else:
                self.in_row += len(line)
            yield line
        self.exhausted = True

    def _squeeze(self, line: str) -> str:
        first_line = self.in_row == 0
        self.in_row = max(self.in_row, _LONGEST_ROW + 1)
        kept = self._plain.sub("x", line)
        while not line.endswith(("\n", "\r")) and (line := self._stream.readline(_LONGEST_ROW)):
            kept += self._plain.sub("x", line)
            self._refuse_endless(len(kept))
        # A further line of a row is asked for only inside quotation marks: without one it changes nothing.
        if not first_line and '"' not in kept:
            return ""
        self.in_row += len(kept)
        self._refuse_endless(self.in_row)
        return kept

    def _refuse_endless(self, characters: int) -> None:
        if characters > 3 * _LONGEST_ROW:
            raise FileError("A row is far too long to be one", "Check that this is the CSV file you mean")


@dataclass(frozen=True, slots=True)
class Table:
    """A file as a header and rows. Every iteration reads the file again, from the first row on.

    `repeated`: names (as `normal_header` gives them) that may head two columns.
    """

    source: ByteSource
    encoding: str
    header: Header
    repeated: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.header.cells) > MOST_COLUMNS:
            raise FileError(
                f"The file has {len(self.header.cells)} columns; at most {MOST_COLUMNS} are read",
                "Export only the columns you need",
            )
        seen: set[str] = set()
        for cell in self.header.cells:
            name = normal_header(cell)
            if name and name in seen and name not in self.repeated:
                raise FileError(
                    f"The column “{cell.strip()[:60]}” stands twice in the header",
                    "Remove or rename one of the two",
                )
            seen.add(name)

    def __iter__(self) -> Iterator[RawRow | BadRow]:
        """Rows in order with the line each begins on; blank lines are passed over."""
        with open_text(self.source, self.encoding) as stream:
            before = self.header.line + self.header.lines - 1
            for _ in islice(iter(stream.readline, ""), before):
                pass
            yield from self._rows(stream, before, self._padding(before))

    def _rows(self, stream: TextIO, before: int, padding: int) -> Iterator[RawRow | BadRow]:
        lines = _Lines(stream, self.header.delimiter)
        reader = csv.reader(lines, delimiter=self.header.delimiter, strict=True)
        width = len(self.header.cells)
        while True:
            line, lines.in_row = before + reader.line_num + 1, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                if lines.exhausted:
                    raise FileError(
                        f"The file is truncated: a quotation mark opened in the row of line {line} never closes",
                        "Export it again, or close the quotation mark",
                    ) from None
                yield BadRow(line, None, "A quotation mark stands where none can", _QUOTE_FIX)
                continue
            if not cells:
                continue
            if lines.in_row > LONGEST_CELL and (bad := self._too_long(line, cells, lines.squeezed)):
                yield bad
            elif len(cells) == width + padding and not any(cell.strip() for cell in cells[width:]):
                at = self._torn(cells[:width]) if before + reader.line_num > line else None
                yield (line, cells[:width]) if at is None else BadRow(line, at, TORN.capitalize(), TORN_FIX)
            else:
                yield self._ragged(line, cells, width)

    def _too_long(self, line: int, cells: Sequence[str], squeezed: bool) -> BadRow | None:
        longest = max(range(len(cells)), key=lambda at: len(cells[at]))
        fix = f"Shorten it to at most {LONGEST_CELL:,} characters or empty it"
        if squeezed:
            return BadRow(line, None, "The row has a cell of over 1 MB", fix)
        if len(cells[longest]) > LONGEST_CELL:
            return BadRow(line, longest, "The cell is over 1 MB", fix)
        return None

    def _ragged(self, line: int, cells: list[str], width: int) -> BadRow:
        return BadRow(
            line,
            None,
            f"The row has {len(cells)} {'cell' if len(cells) == 1 else 'cells'} where the header has {width}",
            "A cell that holds the delimiter stands in quotation marks; give every row all its cells",
            tuple(cells),
        )

    def _torn(self, cells: Sequence[str]) -> int | None:
        """The cell that joins the beginning of one row with the end of another.

        Quotation marks that stand a few rows apart were taken for a pair. Such a cell has, up to the end of its
        first line, as many delimiters as follow it in a row, in its last line as many as come before it, and a
        row's in those between.
        """
        delimiter, width = self.header.delimiter, len(self.header.cells)
        for at, cell in enumerate(cells):
            if width > 2 and delimiter in cell and len(lines := lines_within(cell)) > 1:
                first, *between, last = (line.count(delimiter) for line in lines)
                if first == width - 1 - at and last == at and set(between) <= {width - 1}:
                    return at
        return None

    def _padding(self, before: int) -> int:
        """By how many empty cells every row is longer than the header: some programs end rows with delimiters.

        The first two rows must agree: in one row alone it may as well be a delimiter within a cell, and all that
        follows it would be taken for the next column.
        """
        width = len(self.header.cells)
        if any(self.header.delimiter in cell for cell in self.header.cells):
            return 0  # stray quotation marks may have made one column of several
        lengths: list[int] = []
        with open_text(self.source, self.encoding) as stream:
            for _ in islice(iter(stream.readline, ""), before):
                pass
            reader = csv.reader(
                _Lines(stream, self.header.delimiter), delimiter=self.header.delimiter, strict=True
            )
            with suppress(csv.Error):
                for cells in reader:
                    if cells:
                        lengths.append(
                            0 if any(cell.strip() for cell in cells[width:]) else len(cells) - width
                        )
                    if len(lengths) == 2:
                        break
        return lengths[0] if len(lengths) == 2 and lengths[0] == lengths[1] > 0 else 0
