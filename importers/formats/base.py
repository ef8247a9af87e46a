"""What every format is: a table of columns, and a pure function from rows to records.

A file is read like this (`importers/formats/files.py` puts it together):

    opened = open_file(path, "Connections.csv")    # FileError: refused whole, nothing written
    for item in opened.records(context):          # a stream; the same file gives the same items again
        match item:
            case Record(): ...
            case Refusal(): ...                                    # a row to fix
            case Skipped(): ...                                    # a row that says nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.records import Record
from importers.reading.dates import DateOrder
from importers.reading.problems import EmptyFileError, FileError, Note, Refusal, Skipped

__all__ = [
    "Column",
    "DateOrder",
    "EmptyFileError",
    "FileContext",
    "FileError",
    "Format",
    "Held",
    "Input",
    "Item",
    "Note",
    "Refusal",
    "Row",
    "RowError",
    "Skipped",
]


class RowError(ValueError):
    """Raised inside a format for a row that cannot be right; becomes a `Refusal`."""

    def __init__(self, column: str, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.fix = fix[:1].upper() + fix[1:]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a format reads. What no `Column` names is never read, let alone stored.

    `kept`: stored with the source record as written. `verbatim`: `-` and the like are values here, not
    spellings of "empty". `date`: its values help to decide between day first and month first. `seen`: its newest
    date is one on which the file's facts without a date were true. `ranked`: where a header has several of its
    spellings, the first of them counts (users add columns of their own); else that is an error. `last`: where the
    file has the very same column twice, the last one is meant.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kept: bool = True
    verbatim: bool = False
    date: bool = False
    seen: bool = False
    ranked: bool = False
    last: bool = False


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


@dataclass(frozen=True, slots=True)
class Held:
    """A record that a reader held back (until it had seen all rows that it sums up), with the row it began in."""

    row: Row
    record: Record


Input = Row | Refusal | Skipped
Item = Record | Held | Refusal | Skipped | Note


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContext:
    """What is known about a file from outside it.

    `source` is the caller's `--source`. `owner` is whose archive it is, None where nobody said;
    `own_addresses` are e-mail addresses known to be theirs beside those they were stated by. `as_of` is
    the day on which the file's facts without a date were true (the day of the export), None where nothing in
    the file tells. `date_order` is the
    caller's or the file's own; `open_file` fills in what the file shows. `links`: which ids another file of the
    same import relates to an id of this one (the deals of a contact).
    """

    source: str
    file_name: str
    as_of: PartialDate | None = None
    owner: Person | None = None
    date_order: DateOrder | None = None
    own_addresses: frozenset[str] = frozenset()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def owner_key(self) -> str:
        """The owner's strongest identity, part of the keys of an archive's rows; "" without an owner."""
        return self.owner.keys[0] if self.owner else ""


class Format(Protocol):
    """A kind of file: its name (`linkedin/connections`), its columns, and how its rows become records."""

    @property
    def name(self) -> str:
        """`family/kind`, as `--format` takes it."""

    @property
    def kinds(self) -> Sequence[str]:
        """The kinds of rows it holds (`people`, `employments` …): what they refer to is read before them."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are read, with their aliases."""

    @property
    def needs_owner(self) -> bool:
        """Whether its rows mean nothing without the person they belong to."""

    @property
    def ignored(self) -> str:
        """Why a file of this kind is recognised and left alone without harm; "" when it is read."""

    @property
    def date_order(self) -> DateOrder | None:
        """The order its dates are stated to have, None where each file must show it."""

    @property
    def written_order(self) -> DateOrder | None:
        """The order in which the program that writes such files puts day and month, where it is known."""

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether a file of this name with this header is of this kind."""

    def dataset(self, context: FileContext) -> str:
        """The unit within the source that a complete new reading replaces (`Source.dataset`)."""

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header has every required column, whatever the file is called."""

    def records(self, rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        """Pure and streaming: one pass over the rows, in memory bounded by counterparts.

        What was refused or skipped while reading stands among the rows and is passed on in its place.
        """
