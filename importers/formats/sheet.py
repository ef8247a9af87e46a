"""A format over rows, as data: its columns, the file names it goes by, and the function that reads a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from graph.model.records import Record
from importers.formats.base import (
    Column,
    DateOrder,
    FileContext,
    Input,
    Item,
    Refusal,
    Row,
    RowError,
    Skipped,
)
from importers.formats.columns import missing_columns

__all__ = ["Reader", "RowReader", "SheetFormat", "file_stem", "reading_rows", "refused"]

RowReader = Callable[[Row, FileContext], Record | Skipped | Sequence[Record]]
Reader = Callable[[Iterable[Input], FileContext], Iterator[Item]]

# Downloaded twice, or in parts: `Connections (1).csv`, `messages_2.csv`.
_COUNTER = re.compile(r"(?:[ _-]*\(\d+\)|[ _-]+\d+|[ _-]+copy)$")


def file_stem(file_name: str) -> str:
    """A file's name as it is compared: no folder, ending, case or counter; a space for `_`."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    stem = name.rsplit(".", 1)[0].strip().casefold()
    return _COUNTER.sub("", stem).replace("_", " ").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFormat:
    """A `Format`. `stem_needed`: the header alone does not tell it from others, its file name must.

    `dataset_of`: what a complete new reading replaces. "owner": this kind of file of that owner; "kind": this
    kind of file of the source; "file": only a file of the same name (a search, of which there are many).
    """

    name: str
    columns: tuple[Column, ...]
    read: Reader | None = None
    needs_owner: bool = False
    ignored: str = ""
    stems: tuple[str, ...] = ()
    stem_needed: bool = False
    date_order: DateOrder | None = None
    written_order: DateOrder | None = None
    dataset_of: Literal["owner", "kind", "file"] = "kind"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of rows it holds."""
        return (self.name.rpartition("/")[2],)

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header has every required column."""
        return not missing_columns(self.columns, header)

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether a file of this name with this header is of this kind."""
        return self.fits(header) and (not self.stem_needed or file_stem(file_name) in self.stems)

    def dataset(self, context: FileContext) -> str:
        """The unit within the source that a complete new reading replaces."""
        if self.dataset_of == "owner":
            return f"{self.name}|{context.owner_key}"
        return f"{self.name}|{context.file_name}" if self.dataset_of == "file" else self.name

    def records(self, rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        """Records, refused and skipped rows, in the file's order."""
        return self.read(rows, context) if self.read else iter(())


def refused(row: Row, context: FileContext, wrong: ValueError, kept: frozenset[str]) -> Refusal:
    """A row that cannot be right, with what of it may be shown."""
    cells = {name: text for name, text in row.cells.items() if name in kept}
    if isinstance(wrong, RowError):
        return Refusal(context.file_name, row.line, wrong.column, wrong.reason, wrong.fix, cells)
    return Refusal(context.file_name, row.line, "", str(wrong), "Correct the row and import it again", cells)


def reading_rows(columns: tuple[Column, ...], read_row: RowReader) -> Reader:
    """A reader that takes each row on its own; a ValueError refuses the row."""
    kept = frozenset(column.name for column in columns if column.kept)

    def read(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        for row in rows:
            if not isinstance(row, Row):
                yield row
                continue
            try:
                said = read_row(row, context)
            except ValueError as wrong:
                yield refused(row, context, wrong, kept)
                continue
            if isinstance(said, (Record, Skipped)):
                yield said
            else:
                yield from said

    return read
