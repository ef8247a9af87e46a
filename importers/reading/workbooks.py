"""Excel workbooks (.xlsx, .xlsm): each sheet with anything in it becomes a table of text, as if saved as CSV.

A sheet is written once to an unnamed temporary file, which goes with the process that made it; row n of the sheet is
line n of it, so that a refused row is found again. Of a formula the value counts that the workbook holds: what a
person sees in the cell. A workbook whose formulas were never worked out is refused, for `=A1&B1` is no name.
"""

from __future__ import annotations

import csv
import io
import os
import threading
import weakref
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from importers.reading.problems import FileError
from importers.reading.table import MOST_COLUMNS

__all__ = ["WORKBOOKS", "SheetText", "sheets_of"]

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
# All texts of a workbook are held while it is read.
_MOST_TEXTS = 256 << 20  # bytes
_MOST_ROWS = 1_048_576
_HEADER_ROWS = 60
_LARGEST_EXACT = 10**15
_BROKEN = "it is not a whole Excel workbook (cut off, damaged or protected by a password)"
_AGAIN = "Open it in a spreadsheet program and save it again, or save it as CSV UTF-8"


class SheetText:
    """A sheet as CSV in UTF-8 in an unnamed file, which any number of readers may read at once."""

    def __init__(self, title: str, file: IO[bytes]) -> None:
        self.title = title
        self._file = file
        self._lock = threading.Lock()
        self.size = file.seek(0, os.SEEK_END)
        # It lives as long as somebody may read it: as the members of an import do.
        weakref.finalize(self, file.close)

    def open_bytes(self) -> BinaryIO:
        """The text from its beginning."""
        return io.BufferedReader(_Reader(self))

    def read_at(self, position: int, size: int) -> bytes:
        """Bytes from a position."""
        with self._lock:
            self._file.seek(position)
            return self._file.read(size)


class _Reader(io.RawIOBase):
    """One reader's own position in a shared file."""

    def __init__(self, shared: SheetText) -> None:
        super().__init__()
        self._shared = shared
        self._position = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        piece = self._shared.read_at(self._position, len(buffer))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    values: tuple[Any, ...]


def sheets_of(stream: BinaryIO) -> list[SheetText]:
    """The sheets of a workbook that hold anything, in order; hidden ones too.

    `stream` must be seekable, and its zip checked for bombs. Raises FileError for what is no whole workbook, has a
    formula without a value, or a number with more digits than a workbook can hold.
    """
    _refuse_much_text(stream)
    try:
        shown, written = _open(stream, values=True), _open(stream, values=False)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        AttributeError,
        SyntaxError,
    ) as error:
        raise FileError(_BROKEN, _AGAIN) from error
    with closing(shown), closing(written):
        sheets = []
        for title in shown.sheetnames:
            if not hasattr(shown[title], "reset_dimensions"):
                continue  # a sheet that is a chart
            try:
                text = _text_of(title, _rows(shown[title]), _rows(written[title]))
            except FileError:
                raise
            except Exception as error:
                # The reader meets damaged XML in the middle of a sheet, and says so in many ways.
                raise FileError(f"{_BROKEN}: sheet “{title[:60]}”", _AGAIN) from error
            if text is not None:
                sheets.append(text)
    return sheets


def _open(stream: BinaryIO, *, values: bool) -> Any:
    from openpyxl import load_workbook

    stream.seek(0)
    return load_workbook(io.BytesIO(stream.read()), read_only=True, data_only=values, keep_links=False)


def _refuse_much_text(stream: BinaryIO) -> None:
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            texts = sum(
                entry.file_size for entry in archive.infolist() if "sharedstrings" in entry.filename.lower()
            )
    except zipfile.BadZipFile as error:
        raise FileError(_BROKEN, _AGAIN) from error
    if texts > _MOST_TEXTS:
        raise FileError(f"its texts are over {_MOST_TEXTS >> 20} MiB", "Save its sheets as CSV UTF-8")


def _rows(sheet: Any) -> Iterator[_Row]:
    # The size that a sheet states of itself may be wrong, or a million columns wide.
    sheet.reset_dimensions()
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _MOST_ROWS:
            raise FileError("it has more rows than a workbook can have", _AGAIN)
        yield _Row(number, values[: MOST_COLUMNS + 1])


def _text_of(title: str, shown: Iterable[_Row], written: Iterable[_Row]) -> SheetText | None:
    file = TemporaryFile(prefix="liaison-sheet-")  # noqa: SIM115 - it lives as long as what is returned
    try:
        if _write(file, title, shown, written):
            return SheetText(title, file)
    except BaseException:
        file.close()
        raise
    file.close()
    return None


def _write(file: IO[bytes], title: str, shown: Iterable[_Row], written: Iterable[_Row]) -> bool:
    """Write a sheet as CSV, every row as wide as the widest of the first; says whether it holds anything."""
    out = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(out, lineterminator="\n")
    early: list[list[str]] = []
    width = 0
    anything = False

    def write(cells: list[str]) -> None:
        if any(cells):
            writer.writerow(cells + [""] * (width - len(cells)))
        else:
            out.write("\n")  # the line stays, so that lines are the sheet's rows

    try:
        for row, as_written in zip(shown, written, strict=True):
            pairs = enumerate(zip(row.values, as_written.values, strict=True))
            cells = [_cell(title, row.number, at, *pair) for at, pair in pairs]
            while cells and not cells[-1]:
                cells.pop()
            anything = anything or bool(cells)
            if row.number <= _HEADER_ROWS:
                width = max(width, len(cells))
                early.append(cells)
                continue
            while early:
                write(early.pop(0))
            write(cells)
        for held in early:
            write(held)
    finally:
        out.detach()
    return anything


def _cell(title: str, row: int, at: int, value: Any, written: Any) -> str:
    """A cell's value as text: one line, dates as 2019-03-14, whole numbers without a point."""
    if value is None:
        if type(written).__name__ == "ArrayFormula" or (isinstance(written, str) and written.startswith("=")):
            raise FileError(
                f"sheet “{title[:60]}”, row {row}, column {at + 1}: a formula whose value was never worked out",
                _AGAIN,
            )
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(title, row, at, value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if text.startswith("#") and text in ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"):
        return ""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def _number(title: str, row: int, at: int, value: float) -> str:
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    if abs(value) >= _LARGEST_EXACT:
        raise FileError(
            f"sheet “{title[:60]}”, row {row}, column {at + 1}: a number of more digits than a workbook keeps; "
            "its last ones are lost",
            "Export the table as CSV, where ids stay whole, or mark the column as text before it is filled",
        )
    return str(int(value))
