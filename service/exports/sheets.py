"""CSV for people with a spreadsheet: UTF-8 with a byte order mark, numbers as numbers, no cell that runs."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from importers.cells import escape

__all__ = ["BYTE_ORDER_MARK", "Cell", "appearing", "sheet", "sheet_lines"]

Cell = str | int | float | None
BYTE_ORDER_MARK = "\ufeff"
_DIGITS = 4


def sheet_lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as CSV. Texts are escaped; probabilities and the like have four digits."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


async def sheet(
    columns: Sequence[str], pages: AsyncIterator[Sequence[Sequence[Cell]]]
) -> AsyncIterator[bytes]:
    """A whole file, page by page; the header comes with the first page, so that what fails at once fails whole."""
    head = BYTE_ORDER_MARK.encode() + sheet_lines([columns])
    async for rows in pages:
        yield head + sheet_lines(rows)
        head = b""
    if head:
        yield head


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A file that only its user can read and that appears whole, or not at all. FileExistsError for one there is."""
    if path.exists():
        raise FileExistsError(17, "the file exists: name a new one", str(path))
    part = path.with_name(f"{path.name}.part")
    with suppress(FileNotFoundError):
        part.unlink()
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escape(cell)
    return round(cell, _DIGITS) if isinstance(cell, float) else cell
