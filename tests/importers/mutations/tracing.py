"""Out of which columns the values of records came, by the marks that they carry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model.records import Record
from importers.formats.base import Column, Held, Item, Refusal
from importers.reading.table import normal_header
from tests.importers.mutations.marking import MARK, NUMBER

__all__ = ["Trace", "canonical_names", "shape", "trace"]

_DAY = re.compile(r"(\d{4})(?:-\d\d){0,2}")
_NOT_MARKED = frozenset(("from_month", "to_month"))


@dataclass(slots=True)
class Trace:
    """Columns by place (`person.name`, `WORKED_AT.title`, `kept.Title`), and rows that one record speaks of."""

    columns: dict[str, set[str]] = field(default_factory=dict)
    most_rows: int = 0

    def merge(self, other: Trace) -> bool:
        """Take the other's columns over; whether that brought anything."""
        before = sum(map(len, self.columns.values()))
        for place, columns in other.columns.items():
            self.columns.setdefault(place, set()).update(columns)
        self.most_rows = max(self.most_rows, other.most_rows)
        return sum(map(len, self.columns.values())) > before


def _values(item: Item) -> Iterator[tuple[str, str]]:
    if isinstance(item, Refusal):
        # As it was written, to be corrected: whatever stands there may stand under a wrong name.
        yield from (("refused", text) for text in item.cells.values())
        return
    found = item.record if isinstance(item, Held) else item
    if not isinstance(found, Record):
        return
    for entity in found.entities:
        for name, value in entity.fields().items():
            yield f"{entity.SLUG}.{name}", str(value)
        for identity in entity.identities:
            if identity.system == "row":
                continue  # hashed: its digits mean nothing
            # A page by name or by number, a member's ids of two sorts: out of the same columns.
            system = identity.system.removesuffix("_company").removesuffix("_o")
            yield f"{entity.SLUG}:{system}", f"{identity.value} {identity.url or ''}"
    for fact in found.facts:
        for name, value in fact.properties().items():
            if value is not None and name not in _NOT_MARKED:
                yield f"{fact.TYPE}.{name}", str(value)
    for name, text in found.kept.items():
        yield f"cell.{name}", text


def canonical_names(columns: Sequence[Column]) -> dict[str, str]:
    """Every spelling of a format's columns, with the name by which it calls them."""
    return {normal_header(name): column.name for column in columns for name in (column.name, *column.aliases)}


def trace(
    items: list[Item], header: tuple[str, ...], years: Mapping[str, int], canonical: Mapping[str, str]
) -> Trace:
    """Where all values came from; `header` and `years` as they were when the cells were marked."""
    by_year = {str(year): canonical.get(name, f"(not read) {name}") for name, year in years.items()}
    names = [canonical.get(normal_header(name), f"(not read) {name.strip()}") for name in header]
    found = Trace()
    for item in items:
        rows: set[int] = set()
        for place, text in _values(item):
            places = [(int(column), int(row)) for column, row in MARK.findall(text.casefold())]
            places += [(int(column), int(row)) for column, row in NUMBER.findall(text)]
            columns = {names[column] for column, _ in places if column < len(names)}
            rows.update(row for _, row in places if place != "refused")
            if (day := _DAY.fullmatch(text)) and day[1] in by_year:
                columns.add(by_year[day[1]])
            if columns:
                found.columns.setdefault(place, set()).update(columns)
        found.most_rows = max(found.most_rows, len(rows))
    return found


def shape(items: list[Item]) -> list[object]:
    """What is said, without the values."""
    said: list[object] = []
    for item in items:
        found = item.record if isinstance(item, Held) else item
        if isinstance(found, Record):
            entities = [
                (entity.SLUG, [i.system for i in entity.identities], sorted(entity.fields()))
                for entity in found.entities
            ]
            facts = [
                (fact.TYPE, [name for name, value in fact.properties().items() if value is not None])
                for fact in found.facts
            ]
            said.append((entities, facts, sorted(found.kept)))
        else:
            said.append((type(item).__name__, getattr(item, "column", getattr(item, "why", ""))))
    return said
