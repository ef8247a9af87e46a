"""What a file is read through: a table of rows, or a document of cards, events or messages.

Both give the same: rows by canonical column, and which of the file's columns nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from importers.cells import is_export_header, unescape
from importers.formats.base import Input, Refusal, Row
from importers.formats.columns import Binding, rows_of
from importers.formats.document import DocumentFormat
from importers.reading.blocks import BadBlock
from importers.reading.table import Table
from importers.reading.text import ByteSource
from importers.refusals import is_refused_header

__all__ = ["Content", "Document", "Sheet"]


class Content(Protocol):
    """A file's rows, and what stands in them."""

    @property
    def encoding(self) -> str | None:
        """The codec of the whole file; None where each entry says its own."""

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns of the file that are not read, as written."""

    @property
    def refused_columns(self) -> tuple[str, ...]:
        """The columns that a list of refused rows may show, in the file's order."""

    @property
    def refused_again(self) -> bool:
        """Whether the file was written by us for rows to be corrected."""

    @property
    def columns(self) -> tuple[tuple[str, str | None], ...]:
        """Every column as written, with the canonical name under which it is read, if it is."""

    def rows(self, file_name: str) -> Iterator[Input]:
        """The rows from the file's beginning; its name is put into what is refused."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under a header."""

    table: Table
    binding: Binding

    @property
    def encoding(self) -> str:
        """The codec of the whole file."""
        return self.table.encoding

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns of the file that are not read, as written."""
        return self.binding.ignored

    @property
    def refused_columns(self) -> tuple[str, ...]:
        """The columns that a list of refused rows may show, in the file's order."""
        places = self.binding.places
        return tuple(sorted((name for name in places if name in self.binding.kept), key=places.__getitem__))

    @property
    def refused_again(self) -> bool:
        """Whether the file was written by us for rows to be corrected."""
        return is_refused_header(self.table.header.cells)

    @property
    def columns(self) -> tuple[tuple[str, str | None], ...]:
        """Every column as written, with the canonical name under which it is read, if it is."""
        read_as = {at: name for name, at in self.binding.places.items()}
        return tuple((cell, read_as.get(at)) for at, cell in enumerate(self.table.header.cells))

    def rows(self, file_name: str) -> Iterator[Input]:
        """The rows from the file's beginning."""
        ours = self.refused_again or is_export_header(self.table.header.cells)
        return rows_of(self.table, self.binding, file_name, unescape if ours else None)


@dataclass(frozen=True, slots=True)
class Document:
    """Cards, events or messages; what is `ignored` shows once the file has been read through."""

    source: ByteSource
    encoding: str | None
    format: DocumentFormat
    ignored: tuple[str, ...] = ()
    refused_again: bool = False

    @property
    def refused_columns(self) -> tuple[str, ...]:
        """The properties that a list of refused entries may show."""
        return tuple(column.name for column in self.format.columns if column.kept)

    @property
    def columns(self) -> tuple[tuple[str, str | None], ...]:
        """The properties that are read, and those of the file that are not."""
        read = [(column.name, column.name) for column in self.format.columns]
        return (*read, *((name, None) for name in self.ignored))

    def rows(self, file_name: str, unread: set[str] | None = None) -> Iterator[Input]:
        """The entries from the file's beginning; names of properties that are not read go into `unread`."""
        for entry in self.format.entries(self.source, self.encoding, set() if unread is None else unread):
            if isinstance(entry, BadBlock):
                yield Refusal(file_name, entry.line, entry.column, entry.reason, entry.fix)
            else:
                yield Row(*entry)
