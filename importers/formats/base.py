"""What every format is: a table of columns, and a pure function from rows to records.

A file is read like this (`importers/formats/files.py` puts it together):

    opened = open_file(path, file_name="Connections.csv")        # FileError: refused whole, nothing written
    for item in opened.records(context):                          # streams; the same file gives the same items
        match item:
            case Record(): ...
            case Refusal(): ...                                    # a row to fix
            case Skipped(): ...                                    # a row that says nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.records import Record
from importers.reading.problems import EmptyFileError, FileError, Refusal, Skipped

__all__ = [
    "Column",
    "DateOrder",
    "EmptyFileError",
    "FileContext",
    "FileError",
    "Format",
    "Item",
    "Refusal",
    "Row",
    "RowError",
    "Skipped",
]

DateOrder = Literal["day-first", "month-first"]
Item = Record | Refusal | Skipped


class RowError(ValueError):
    """Raised inside a format for a row that cannot be right; becomes a `Refusal`."""

    def __init__(self, column: str, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a format reads. What no `Column` names is never read, let alone stored.

    `kept`: stored with the source record as written. `verbatim`: `-` and the like are values here, not
    spellings of "empty". `date`: its values help to decide between day first and month first.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kept: bool = True
    verbatim: bool = False
    date: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first line in the file, and its cells by canonical column name.

    Cells are stripped, and "" where they are empty or spell emptiness (`NaN`, `NULL`, `N/A`, `-`). Columns
    that the file does not have are missing from `cells`.
    """

    line: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """The cell, or "" where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContext:
    """What is known about a file from outside it.

    `source` is the caller's `--source`. `owner` is whose archive it is, None where nobody said. `as_of` is
    the day on which the file's facts without a date were true (the day of the export). `date_order` is the
    caller's or the file's own; `open_file` fills in what the file shows.
    """

    source: str
    file_name: str
    as_of: PartialDate
    owner: Person | None = None
    date_order: DateOrder | None = None
    options: Mapping[str, str] = field(default_factory=dict)


class Format(Protocol):
    """A kind of file: its name (`linkedin/connections`), its columns, and how its rows become records."""

    @property
    def name(self) -> str:
        """`family/kind`, as `--format` takes it."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are read, with their aliases."""

    @property
    def needs_owner(self) -> bool:
        """Whether its rows mean nothing without the person they belong to."""

    @property
    def ignored(self) -> str:
        """Why a file of this kind is recognised and left alone; "" when it is read."""

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether a file of this name with this header is of this kind."""

    def dataset(self, context: FileContext) -> str:
        """The unit within the source that a complete new reading replaces (`Source.dataset`)."""

    def records(self, rows: Iterable[Row], context: FileContext) -> Iterator[Item]:
        """Pure and streaming: at most one pass over the rows, in memory bounded by counterparts."""
