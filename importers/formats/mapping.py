"""Any other CSV, by a small TOML mapping onto our own.

    date_order = "day-first"              # or "month-first"; only where the dates do not show it themselves

    [[files]]                             # one for each kind of CSV
    name = "staff*.csv"                   # which files; may be left out

    [[files.rows]]                        # one for each row of ours that a row of theirs becomes
    into = "people"                       # people, companies, employments, projects, project_members …
    cells.id = "Staff no"                 # a column of theirs by name
    cells.name = { columns = ["First", "Last"] }
    cells.team_member = { value = "true" }

    [[files.rows]]
    into = "employments"
    when = { column = "Code", length = 4 }
    cells.person_id = "Staff no"
    cells.company_id = { column = "Code", prefix = "dept-" }
    cells.started = { column = "From", date_format = "%d.%m.%Y" }
    cells.current = { column = "To", values = { "" = "true" }, default = "false" }

A cell is a column's name, or a table with exactly one of `column`, `columns` (joined by `join`, default one
space) and `value` (a constant), and any of these, applied in this order:

- `match`: a regular expression; its first group (or all of the match) is kept, nothing where it does not match
- `split`, `part`: cut at every `split` and keep part number `part` (0 the first, -1 the last; default 0)
- `values`: a table from their value to ours (`""` stands for an empty cell); any other value is replaced by
  `default`, and refused without one
- `date_format`: how the date is written (`%Y %m %d %b %B %y`, as in strptime)
- `prefix`, `suffix`: put around what is not empty
- `default`: stands in for an empty cell
- `optional = true`: the column may be missing from the file

`when` is one condition or a list of them, which must all hold: `column` with one of `length`, `equals`, `in`
(a list), `matches` (a regular expression that finds something), `empty` (true or false); `not = true` turns
it round. Columns that no cell and no condition names are reported and never read.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, get_args

from graph.model.records import Record
from importers.formats.base import (
    Column,
    DateOrder,
    FileContext,
    FileError,
    Input,
    Item,
    Row,
    RowError,
    Skipped,
)
from importers.formats.columns import missing_columns
from importers.formats.mapping_cells import Cell, Condition, MappingError
from importers.formats.neutral import NEUTRAL_COLUMNS, NEUTRAL_ROWS
from importers.formats.sheet import file_stem, refused

__all__ = ["MappedFormat", "load_mapping"]

# A company that stands in every row is said once, as long as it is remembered.
_REMEMBERED = 100_000
_NODES = frozenset(("people", "companies", "schools", "communities", "projects"))


@dataclass(frozen=True, slots=True)
class RowRule:
    """One row of ours that a row of theirs becomes."""

    into: str
    cells: Mapping[str, Cell]
    when: tuple[Condition, ...]

    def columns(self) -> Iterator[tuple[str, bool]]:
        """The columns it reads, and whether the file must have them."""
        for cell in self.cells.values():
            for column in cell.columns:
                yield column, not cell.optional
        for condition in self.when:
            yield condition.column, True

    def kept(self, theirs: Row) -> dict[str, str]:
        """What is stored of their row: of a node what its own cells are made of, as it may stand in many rows.

        A fact keeps all that the mapping reads, so that a refused one can be corrected and imported again.
        """
        cells = theirs.cells
        if self.into in _NODES:
            return {name: text for name, _ in self.columns() if (text := cells.get(name))}
        return {name: text for name, text in cells.items() if text}

    def row(self, theirs: Row) -> Row | None:
        """Our row; None where a condition does not hold. Raises RowError naming their column."""
        if not all(condition.holds(theirs) for condition in self.when):
            return None
        return Row(theirs.line, {name: cell.text(theirs) for name, cell in self.cells.items()})

    def record(self, ours: Row, context: FileContext) -> Record | None:
        """What our row says; None where it describes nobody. Raises RowError naming their column."""
        try:
            said = NEUTRAL_ROWS[self.into](ours, context)
        except RowError as wrong:
            cell = self.cells.get(wrong.column)
            column = ", ".join(cell.columns) if cell else ""
            raise RowError(column, f"{self.into}: {wrong.reason}", wrong.fix) from None
        return said if isinstance(said, Record) else None


@dataclass(frozen=True, slots=True)
class MappedFormat:
    """A `Format` made of a `[[files]]` table of a mapping."""

    name: str
    pattern: str
    rules: tuple[RowRule, ...]
    columns: tuple[Column, ...]
    date_order: DateOrder | None = None
    written_order: DateOrder | None = None
    needs_owner: bool = False
    ignored: str = ""
    stems: tuple[str, ...] = field(default=())

    @property
    def kinds(self) -> tuple[str, ...]:
        """What the rows become."""
        return tuple(rule.into for rule in self.rules)

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a header has every column that the mapping needs."""
        return not missing_columns(self.columns, header)

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether the mapping is meant for this file."""
        named = not self.pattern or fnmatchcase(file_name.casefold(), self.pattern.casefold())
        return named and self.fits(header)

    def dataset(self, context: FileContext) -> str:
        """The files of the stated name, else of this file's name, replace each other."""
        return f"mapped|{self.pattern or file_stem(context.file_name)}"

    def records(self, rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        """All records of a row, or none where one of them cannot be right."""
        seen: dict[tuple[str, ...], None] = {}
        kept = frozenset(column.name for column in self.columns)
        for row in rows:
            if not isinstance(row, Row):
                yield row
                continue
            try:
                found = self._row(row, context, seen)
            except ValueError as wrong:
                yield refused(row, context, wrong, kept)
                continue
            if not found:
                yield Skipped(row.line, "the mapping takes nothing from it, or it was said before")
            yield from found

    def _row(self, row: Row, context: FileContext, seen: dict[tuple[str, ...], None]) -> list[Record]:
        found = []
        for rule in self.rules:
            ours = rule.row(row)
            if ours is None:
                continue
            said = (rule.into, *ours.cells.values())
            if said in seen:
                continue
            if record := rule.record(ours, context):
                found.append(replace(record, kept=rule.kept(row)))
            if len(seen) >= _REMEMBERED:
                seen.clear()
            seen[said] = None
        return found


def load_mapping(text: str) -> tuple[MappedFormat, ...]:
    """The formats that a TOML mapping describes. Raises FileError that says where the mapping is wrong."""
    try:
        given = tomllib.loads(text)
        _only(given, "the mapping", "date_order", "files")
        order = given.get("date_order")
        if order is not None and order not in get_args(DateOrder):
            raise MappingError('date_order is "day-first" or "month-first"')
        files = given.get("files")
        if not isinstance(files, list) or not files:
            raise MappingError("it has no [[files]]")
        return tuple(_file(number, file, order) for number, file in enumerate(files, 1))
    except (MappingError, tomllib.TOMLDecodeError) as wrong:
        raise FileError(
            f"The mapping cannot be used: {wrong}", "The grammar stands in docs/importing.md, “Mapping”"
        ) from None


def _only(given: Any, where: str, *known: str) -> None:
    if not isinstance(given, dict):
        raise MappingError(f"{where} is not a table")
    if unknown := sorted(set(given) - set(known)):
        raise MappingError(f"{where} has an unknown entry “{unknown[0][:60]}”; known are {', '.join(known)}")


def _file(number: int, given: Any, order: DateOrder | None) -> MappedFormat:
    where = f"[[files]] number {number}"
    _only(given, where, "name", "rows")
    rows, pattern = given.get("rows"), given.get("name", "")
    if not isinstance(rows, list) or not rows or not isinstance(pattern, str):
        raise MappingError(f"{where} needs [[files.rows]], and a text as name")
    rules = tuple(_rule(f"{where}, rows number {at}", row) for at, row in enumerate(rows, 1))
    return MappedFormat(f"mapping/{pattern or number}", pattern, rules, _columns(rules), order)


def _rule(where: str, given: Any) -> RowRule:
    _only(given, where, "into", "when", "cells")
    into, cells = given.get("into"), given.get("cells")
    if into not in NEUTRAL_ROWS:
        raise MappingError(f"{where}: into is one of {', '.join(NEUTRAL_ROWS)}")
    columns = NEUTRAL_COLUMNS[into]
    _only(cells, f"{where}, cells", *(column.name for column in columns))
    if missing := [column.name for column in columns if column.required and column.name not in cells]:
        raise MappingError(f"{where}: {into} needs cells.{missing[0]}")
    when = given.get("when", [])
    conditions = when if isinstance(when, list) else [when]
    return RowRule(
        into,
        {name: Cell.of(cell, f"{where}, cells.{name}") for name, cell in cells.items()},
        tuple(Condition.of(one, f"{where}, when") for one in conditions),
    )


def _columns(rules: Sequence[RowRule]) -> tuple[Column, ...]:
    """The columns read, in order of mention; dates written in no stated format vote on the date order."""
    needed: dict[str, bool] = {}
    dates: set[str] = set()
    signs: set[str] = set()
    for rule in rules:
        for name, must in rule.columns():
            needed[name] = needed.get(name, False) or must
        ours = {column.name: column for column in NEUTRAL_COLUMNS[rule.into]}
        for name, cell in rule.cells.items():
            if ours[name].date and not cell.date_format and not cell.cut:
                dates.update(cell.columns)
            if ours[name].verbatim:
                signs.update(cell.columns)
    return tuple(
        Column(name, required=must, date=name in dates, verbatim=name in signs)
        for name, must in needed.items()
    )
