"""What the rows of our own CSV have in common: ids that other files refer to, names, keys of records."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.dates import Spell
from graph.model.entities import Entity, Person
from graph.model.facts import Fact
from graph.model.identities import Identity, Label, external_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.sheet import RowReader
from importers.formats.values import date_cell, flag_cell, one_line, said, spell_cells

__all__ = [
    "columns_of",
    "id_cell",
    "name_cell",
    "needed",
    "row_record",
    "skipping_the_nameless",
    "some",
    "spell_of",
    "two_people",
]

_DATES = frozenset("started ended since last_on closes_on on sent_on received_on noted_on expires_on".split())


def needed(row: Row, column: str) -> str:
    """The text of a cell that must be filled; raises RowError when it is empty."""
    if text := row.get(column):
        return text
    raise RowError(column, f"{column}: it is empty", "Fill in the cell")


def id_cell(label: Label, row: Row, context: FileContext, column: str = "id") -> Identity:
    """The identity that a row's id is in the import's source."""
    text = needed(row, column)
    if len(text) > 500:
        raise RowError(column, f"{column}: it is too long to be an id", "Correct the cell")
    return external_identity(label, context.source, text)


class _Nameless(ValueError):
    """A row whose name is empty or spells emptiness (`NaN`): it describes nobody, and is skipped."""


def name_cell(row: Row) -> str:
    """The name in a row; a reader made by `skipping_the_nameless` skips the row without one."""
    if name := one_line(row.get("name")):
        return name
    raise _Nameless


def skipping_the_nameless(read_row: RowReader) -> RowReader:
    """A reader of rows that skips those without a name."""

    def read(row: Row, context: FileContext) -> Record | Skipped | Sequence[Record]:
        try:
            return read_row(row, context)
        except _Nameless:
            return Skipped(row.line, "it has no name")

    return read


def some(*identities: Identity | None) -> tuple[Identity, ...]:
    """The identities that there are."""
    return tuple(identity for identity in identities if identity)


def row_record(
    kind: str,
    row: Row,
    id_columns: Sequence[str],
    entities: Sequence[Entity],
    *facts: Fact,
    further: Sequence[str] = (),
) -> Record:
    """A record whose key is its ids and what is `further`, and for a fact alone what tells it from others."""
    parts = [*(row.get(column) for column in id_columns), *further]
    if facts and not any(entity.name for entity in entities):
        parts.append(facts[0].natural_key())
    kept = said(row, frozenset(row.cells))
    return Record("|".join((kind, *parts)), tuple(entities), facts, kept)


def two_people(row: Row, context: FileContext, first: str, second: str) -> tuple[Person, Person]:
    """The two different people whom two columns name."""
    a, b = (Person(identities=(id_cell("person", row, context, column),)) for column in (first, second))
    if a.keys == b.keys:
        raise RowError(second, "it joins a person with themself", "Correct one of the two ids")
    return a, b


def spell_of(row: Row, context: FileContext) -> Spell:
    """From when to when; an empty end means "still" only where the row is marked `current`.

    `as_of`: somebody was seen there, first on the start and last on the end.
    """
    current = flag_cell(row, "current") or False
    if flag_cell(row, "as_of"):
        try:
            return Spell(
                started=date_cell(row, "started", context),
                ended=date_cell(row, "ended", context),
                current=current,
                as_of=True,
            )
        except ValueError as wrong:
            raise RowError("as_of", f"as_of: {wrong}", "Write both dates, or empty as_of") from None
    if current and row.get("ended"):
        raise RowError("ended", "it is marked current and has an end date", "Empty one of the two")
    return spell_cells(row, "started", "ended", context, current=current)


def columns_of(header: str) -> tuple[Column, ...]:
    """The columns of a header as `formats.md` writes it: names by commas, `*` where they must be there."""
    return tuple(
        Column(
            name.rstrip("*"),
            required=name.endswith("*"),
            date=name.rstrip("*") in _DATES,
            verbatim=name == "sign*",
        )
        for name in header.split(",")
    )
