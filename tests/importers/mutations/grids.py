"""A fixture as header and rows, and written as a CSV in any of the ways that programs and people do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.identities import email_identity, linkedin_identity
from importers.formats.base import FileContext, Item
from importers.formats.content import Sheet
from importers.formats.files import OpenFile, open_file
from importers.reading.problems import NothingUsableError

__all__ = ["Case", "Grid", "Memory", "Writing", "cases", "grid_of", "items_of", "write"]

FIXTURES = Path(__file__).parents[1] / "fixtures"


@dataclass(frozen=True, slots=True)
class Memory:
    """A file that is nowhere on disk."""

    name: str
    content: bytes

    def open_bytes(self) -> BinaryIO:
        return BytesIO(self.content)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A fixture: a file, and how it is opened."""

    folder: str
    file: str
    content: bytes
    mapping: str | None
    context: FileContext

    def open(self, content: bytes) -> OpenFile:
        """Raises FileError."""
        return open_file(Memory(self.file, content), self.file, mapping=self.mapping)


def cases() -> Iterator[Case]:
    """Every fixture, in a fixed order."""
    for about_path in sorted(FIXTURES.rglob("case.json")):
        folder = about_path.parent
        about = json.loads(about_path.read_text(encoding="utf-8"))
        owner = None
        if "owner" in about:
            identity = linkedin_identity(about["owner"]) or email_identity(about["owner"])
            assert identity
            owner = Person(identities=(identity,), name="Anna Example")
        context = FileContext(
            source="test", file_name=about["file"], as_of=PartialDate(2026, 3, 1), owner=owner
        )
        content = (folder / about["file"]).read_bytes()
        name = folder.relative_to(FIXTURES).as_posix()
        yield Case(name, about["file"], content, about.get("mapping"), context)


def items_of(opened: OpenFile, context: FileContext) -> list[Item]:
    """What is said, up to where it turns out that nothing is."""
    items: list[Item] = []
    try:
        items.extend(opened.records(context))
    except NothingUsableError:
        return []
    return items


@dataclass(frozen=True, slots=True)
class Grid:
    """A header and rows of as many cells; `before` stands above the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    before: str = ""


def grid_of(opened: OpenFile) -> Grid | None:
    """The whole rows of a table; None for a file that is none."""
    content = opened.content
    if not isinstance(content, Sheet):
        return None
    rows = tuple(tuple(raw[1]) for raw in content.table if isinstance(raw, tuple))
    return Grid(tuple(cell.strip() for cell in content.table.header.cells), rows)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a grid is put into bytes."""

    delimiter: str = ","
    newline: str = "\n"
    quote_all: bool = False
    last_newline: bool = True
    encoding: str = "utf-8"
    bom: bool = False
    mojibake: bool = False
    changes: tuple[object, ...] = field(default=())

    def with_(self, **changes: object) -> Writing:
        """The same, otherwise."""
        return replace(self, **changes)  # type: ignore[arg-type]


def write(grid: Grid, how: Writing) -> str:
    """The grid as text."""
    out = io.StringIO()
    dialect = csv.unix_dialect if how.quote_all else csv.excel
    writer = csv.writer(out, dialect, delimiter=how.delimiter, lineterminator=how.newline)
    writer.writerow(grid.header)
    writer.writerows(grid.rows)
    text = grid.before + out.getvalue()
    return text if how.last_newline else text.removesuffix(how.newline)


def encode(text: str, how: Writing) -> bytes:
    """The text as bytes."""
    if how.mojibake:
        text = text.encode("utf-8").decode("cp1252", errors="replace")
    if how.encoding == "utf-16":
        return text.encode("utf-16")
    raw = text.encode(how.encoding, errors="replace")
    return b"\xef\xbb\xbf" + raw if how.bom and how.encoding == "utf-8" else raw
