"""Refused rows as a CSV that somebody can fix in a spreadsheet and import again.

The file has the columns of the original and three more, which an import ignores: `refused_column`,
`refused_reason`, `refused_fix`. A cell that a spreadsheet would take for a formula is written with an
apostrophe before it, and the apostrophe is taken off again when the file is imported.

What was no table (cards, calendars, mailboxes), or may not be kept (messages), is listed only to be looked up.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO

from importers.cells import escape

__all__ = [
    "REFUSED_COLUMNS",
    "RefusedCsv",
    "is_mendable",
    "is_refused_header",
    "plain_name",
    "refused_name",
]

REFUSED_COLUMNS = ("refused_column", "refused_reason", "refused_fix")
_REFUSED_STEM = re.compile(r"\.refused(?:-\d+)?$")


def is_refused_header(header: Iterable[str]) -> bool:
    """Whether a file with this header is one of ours, to be read back."""
    return set(REFUSED_COLUMNS) <= {cell.strip().casefold() for cell in header}


def refused_name(name: str, taken: Iterable[str] = (), *, mendable: bool = True) -> str:
    """`people.csv` → `people.refused.csv`, or `people.refused-2.csv` where that is taken.

    A list that cannot be imported again (of messages, cards, events) is called so: `messages.to-look-up.csv`.
    """
    plain = Path(plain_name(name))
    suffix = plain.suffix if plain.suffix.lower() in (".csv", ".txt", ".tsv") else ".csv"
    called = "refused" if mendable else "to-look-up"
    used = set(taken)
    number = 1
    while True:
        new = f"{plain.stem}.{called}{'' if number == 1 else f'-{number}'}{suffix}"
        if new not in used:
            return new
        number += 1


def plain_name(name: str) -> str:
    """The name of the file that refused rows came from; any other name as it is."""
    path = Path(name)
    return f"{_REFUSED_STEM.sub('', path.stem)}{path.suffix}"


def is_mendable(name: str) -> bool:
    """Whether a list of this name can be corrected and imported again."""
    return _REFUSED_STEM.search(Path(name).stem) is not None


class RefusedCsv:
    """Writes refused rows beside their reasons; the file appears whole when closed, or not at all."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        self._columns = [name for name in columns if name.casefold() not in REFUSED_COLUMNS]
        self._part = path.with_name(f"{path.name}.part")
        self._stream: TextIO | None = None

    def add(self, cells: Mapping[str, str], column: str, reason: str, fix: str) -> None:
        """Add a row; the file is begun with the first one."""
        writer = csv.writer(self._opened(), lineterminator="\n")
        row = [cells.get(name, "") for name in self._columns]
        writer.writerow([escape(cell) for cell in (*row, column, reason, fix)])

    def __enter__(self) -> RefusedCsv:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._stream is None:
            return
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)

    def _opened(self) -> TextIO:
        if self._stream is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # With a byte order mark a spreadsheet reads UTF-8 as such.
            self._stream = self._part.open("w", encoding="utf-8-sig", newline="")
            writer = csv.writer(self._stream, lineterminator="\n")
            writer.writerow([*self._columns, *REFUSED_COLUMNS])
        return self._stream
