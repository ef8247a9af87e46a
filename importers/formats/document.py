"""A format over cards, events or messages, as data: how it is recognised, what is read of it, and how.

Its entries become the same rows as a sheet's: a property or header that no column names is never read.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from importers.formats.base import Column, DateOrder, FileContext, Input, Item
from importers.formats.sheet import Reader, file_stem
from importers.reading.blocks import BadBlock, read_blocks
from importers.reading.text import ByteSource

__all__ = ["DocumentFormat", "Entry", "begins_block", "block_entries", "stamped_day"]

_STAMP = re.compile(r":(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$")

Entry = tuple[int, dict[str, str]]  # the line it begins on, and its properties by canonical column
Entries = Callable[[ByteSource, str | None, set[str]], Iterator[Entry | BadBlock]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFormat:
    """A `Format` whose files have no header. `begins` is asked with the first bytes of a file.

    `entry`: what one of its rows is called. `is_text`: the whole file has one encoding. `read` turns rows into
    records. Every file stands for itself: another of the same name (but for a counter) and owner replaces it.
    """

    name: str
    entry: str
    columns: tuple[Column, ...]
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]
    begins_with: str
    entries: Entries
    read: Reader
    is_text: bool = True
    needs_owner: bool = True
    ignored: str = ""
    date_order: DateOrder | None = None
    written_order: DateOrder | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of rows it holds."""
        return (self.name.rpartition("/")[2],)

    def fits(self, header: Sequence[str]) -> bool:
        """Never: such a file has no header."""
        return False

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Never: such a file has no header."""
        return False

    def dataset(self, context: FileContext) -> str:
        """The unit within the source that a complete new reading replaces."""
        return f"{self.name}|{context.owner_key}|{file_stem(context.file_name)}"

    def records(self, rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        """Records, refused and skipped entries."""
        return self.read(rows, context)


def begins_block(component: str) -> Callable[[bytes], bool]:
    """Whether a file begins with `BEGIN:<component>`, after a byte order mark and empty lines."""
    beginning = f"BEGIN:{component}"

    def begins(head: bytes) -> bool:
        encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return head.decode(encoding, "ignore").lstrip().upper().startswith(beginning)

    return begins


def stamped_day(text: str) -> str:
    """The day of a time stamp (`DTSTAMP:20260301T101500Z`) as 2026-03-01; "" where there is none."""
    found = _STAMP.search(text)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else ""


def block_entries(component: str, columns: Sequence[Column]) -> Entries:
    """Entries of a file of cards or of a calendar: each property's lines as written, joined by line feeds."""
    wanted = frozenset(column.name for column in columns)

    def entries(source: ByteSource, encoding: str | None, unread: set[str]) -> Iterator[Entry | BadBlock]:
        for block in read_blocks(source, encoding or "utf-8", component, wanted, unread):
            if isinstance(block, BadBlock):
                yield block
            else:
                yield block.line, {name: "\n".join(lines) for name, lines in block.fields.items()}

    return entries
