"""What a file is, before anybody imports it: its format, header, columns, and what would be wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from importers.archives import Limits, Member, open_members
from importers.formats.base import DateOrder
from importers.formats.content import Content, Sheet
from importers.formats.files import OpenFile, open_file
from importers.formats.linkedin_others import left_alone
from importers.planning import named
from importers.proposing import SampledColumn, propose_mapping
from importers.reading.problems import EmptyFileError, FileError, UnknownFormatError
from importers.reading.table import Table, header_candidates
from importers.reading.text import find_encoding
from importers.refusals import plain_name

__all__ = ["ColumnUse", "Inspection", "inspect_file"]

_SAMPLE = 2_000  # rows looked at for a proposal
_VALUES = 200  # values of a column looked at
_TRIED = 50  # rows by which a row is judged to be the header


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of the file: what it is read as, or why it is not read."""

    name: str
    read_as: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A file as an import would see it.

    `format` is None where no format fits: `problem` and `fix` then say so, and `mapping` is a proposed TOML
    mapping where one can be seen. `needs_owner`: the import must state whose archive it is.
    """

    file: str
    size: int
    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    rows: int | None = None
    date_order: str | None = None
    needs_owner: bool = False
    columns: tuple[ColumnUse, ...] = ()
    problem: str | None = None
    fix: str | None = None
    mapping: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "file": self.file,
            "size": self.size,
            "format": self.format,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "headerLine": self.header_line,
            "rows": self.rows,
            "dateOrder": self.date_order,
            "needsOwner": self.needs_owner,
            "columns": [
                {"name": use.name, "readAs": use.read_as, "reason": use.reason} for use in self.columns
            ],
            "problem": self.problem,
            "fix": self.fix,
            "mapping": self.mapping,
        }


@dataclass(frozen=True, slots=True)
class _Options:
    format: str | None = None
    mapping: str | None = None
    encoding: str | None = None
    date_order: DateOrder | None = None
    limits: Limits = field(default_factory=Limits)


def inspect_file(
    path: Path,
    *,
    format_name: str | None = None,
    mapping: str | None = None,
    encoding: str | None = None,
    date_order: DateOrder | None = None,
    limits: Limits | None = None,
) -> tuple[Inspection, ...]:
    """Look at a file, or at every table in a zip or folder. Blocks: call it in a thread.

    Raises FileError for a zip or folder that would be refused whole.
    """
    options = _Options(format_name, mapping, encoding, date_order, limits or Limits())
    return tuple(_inspect(member, options) for member in open_members([path], options.limits).members)


def _inspect(member: Member, options: _Options) -> Inspection:
    try:
        with named(member.name):
            opened = open_file(
                member,
                plain_name(member.base_name),
                format_name=options.format,
                mapping=options.mapping,
                encoding=options.encoding,
                date_order=options.date_order,
            )
    except UnknownFormatError as error:
        if reason := left_alone(plain_name(member.base_name)):
            fix = "Leave it out, or map it with --mapping if it is another file"
            return Inspection(file=member.name, size=member.size, problem=reason, fix=fix)
        return _unknown(member, options, error)
    except FileError as error:
        return Inspection(file=member.name, size=member.size, problem=error.reason, fix=error.fix)
    return _known(member, opened)


def _known(member: Member, opened: OpenFile) -> Inspection:
    content = opened.content
    header = content.table.header if isinstance(content, Sheet) else None
    return Inspection(
        file=member.name,
        size=member.size,
        format=opened.format.name,
        encoding=content.encoding,
        delimiter=header.delimiter if header else None,
        header_line=header.line if header else None,
        rows=opened.row_count,
        date_order=opened.date_order,
        needs_owner=opened.format.needs_owner,
        columns=_uses(content),
        problem=opened.format.ignored or None,
    )


def _uses(content: Content) -> tuple[ColumnUse, ...]:
    return tuple(
        ColumnUse(name, read_as, "" if read_as else "not a column that is read")
        for name, read_as in content.columns
    )


def _unknown(member: Member, options: _Options, error: FileError) -> Inspection:
    """A file of no known format, with the mapping that its columns suggest."""
    with named(member.name):
        encoding = find_encoding(member, options.encoding)
        table = _likely_table(member, encoding)
    if table is None:
        return Inspection(
            file=member.name, size=member.size, encoding=encoding, problem=error.reason, fix=error.fix
        )
    columns, rows = _sample(table)
    proposal = propose_mapping(member.base_name, columns)
    return Inspection(
        file=member.name,
        size=member.size,
        encoding=encoding,
        delimiter=table.header.delimiter,
        header_line=table.header.line,
        rows=rows,
        columns=tuple(ColumnUse(cell, None, "no format knows it") for cell in table.header.cells),
        problem=error.reason,
        fix="Read the proposed mapping, correct it, and import with --mapping" if proposal else error.fix,
        mapping=proposal,
    )


def _likely_table(member: Member, encoding: str) -> Table | None:
    """The table under the row that is most likely the header: many rows below it have as many cells."""
    best: tuple[float, Table] | None = None
    for header in header_candidates(member, encoding):
        cells = [cell.strip() for cell in header.cells]
        if len(cells) < 2 or not all(cells) or len(set(cells)) < len(cells):
            continue
        try:
            table = Table(member, encoding, header)
            read = list(islice(table, _TRIED))
        except (FileError, EmptyFileError):
            continue
        even = sum(isinstance(row, tuple) for row in read)
        score = (2 * even - len(read)) * len(cells) ** 0.5
        if even and (best is None or score > best[0] * 1.01):
            best = score, table
    return best[1] if best else None


def _sample(table: Table) -> tuple[Sequence[SampledColumn], int]:
    """Every column with some values, and the number of rows."""
    cells = table.header.cells
    values: list[list[str]] = [[] for _ in cells]
    seen: list[set[str]] = [set() for _ in cells]
    rows = 0
    for raw in table:
        rows += 1
        if rows > _SAMPLE or not isinstance(raw, tuple):
            continue
        for at, cell in enumerate(raw[1]):
            if text := cell.strip():
                values[at].append(text)
                seen[at].add(text)
    looked = min(rows, _SAMPLE)
    return [
        SampledColumn(name, tuple(values[at][:_VALUES]), len(seen[at]) == len(values[at]) == looked)
        for at, name in enumerate(cells)
    ], rows
