"""What is known of a fixture before it is mutated: which columns can be marked, and where their values may go."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from importers.formats.base import Item
from importers.reading.table import normal_header
from tests.importers.mutations.grids import Case, Grid, Writing, encode, grid_of, items_of, write
from tests.importers.mutations.marking import Markable, marked, years_of
from tests.importers.mutations.tracing import Trace, canonical_names, shape, trace

__all__ = ["PROVENANCE", "Prepared", "prepare"]

PROVENANCE = Path(__file__).with_name("provenance.json")
# Columns that cannot be marked, as the same people must stand in both: what their values are allowed to be.
_BY_HAND = {"linkedin/messages": {"person:linkedin": {"SENDER PROFILE URL", "RECIPIENT PROFILE URLS"}}}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A fixture that reads the same with its cells marked as without.

    `markable`: the other cells hold words that mean something to the program (`OUTGOING`).
    `allowed`: by place the columns whose values may stand there.
    """

    case: Case
    format: str
    kinds: tuple[str, ...]
    grid: Grid
    markable: Markable
    years: dict[str, int]
    allowed: dict[str, frozenset[str]]
    sums_up: bool
    canonical: dict[str, str]
    read: frozenset[str]

    def mark(self, grid: Grid) -> Grid:
        """A grid of this fixture, its columns moved or not, with its cells marked."""
        return marked(grid, self.years, self.markable)

    def wrong(self, items: list[Item], header: tuple[str, ...]) -> list[str]:
        """Values that stand where values of their column do not belong, and rows mixed into one record."""
        found = trace(items, header, self.years, self.canonical)
        errors = [
            f"{place}: a value of “{column}”"
            for place, columns in found.columns.items()
            for column in sorted(columns - self._allowed_at(place))
        ]
        if found.most_rows > 1 and not self.sums_up:
            errors.append(f"a record of {found.most_rows} rows")
        return errors

    def _allowed_at(self, place: str) -> frozenset[str]:
        if place == "refused":
            return self.read
        return self.allowed.get(place, frozenset()) | {place.removeprefix("cell.")}


def _read(case: Case, grid: Grid) -> list[Item]:
    how = Writing()
    opened = case.open(encode(write(grid, how), how))
    return items_of(opened, case.context)


def _markable(case: Case, grid: Grid) -> dict[str, frozenset[str] | None]:
    """What can be marked without the file saying anything else: whole columns, else some of their cells."""
    plain, years = shape(_read(case, grid)), years_of(grid)
    found: dict[str, frozenset[str] | None] = {}

    def says_the_same(name: str, only: frozenset[str] | None) -> bool:
        return shape(_read(case, marked(grid, years, {**found, name: only}))) == plain

    for at, written in enumerate(grid.header):
        name, cells = normal_header(written), {row[at] for row in grid.rows if row[at].strip()}
        if not cells or not name:
            continue
        if says_the_same(name, None):
            found[name] = None
            continue
        for cell in sorted(cells):
            only = (found.get(name) or frozenset()) | {cell}
            if says_the_same(name, only):
                found[name] = only
    return found


def _emptied(grid: Grid, names: frozenset[str], canonical: dict[str, str]) -> Grid:
    places = {at for at, name in enumerate(grid.header) if canonical.get(normal_header(name)) in names}
    rows = (tuple("" if at in places else cell for at, cell in enumerate(row)) for row in grid.rows)
    return replace(grid, rows=tuple(rows))


def _provenance(case: Case, grid: Grid, years: dict[str, int], canonical: dict[str, str]) -> Trace:
    """Where the values of a marked grid go, also when the columns they usually come from are empty."""
    known = trace(_read(case, grid), grid.header, years, canonical)
    asked: set[frozenset[str]] = set()
    while todo := {frozenset(names) for names in known.columns.values()} - asked:
        for names in sorted(todo, key=sorted):
            asked.add(names)
            items = _read(case, _emptied(grid, names, canonical))
            known.merge(trace(items, grid.header, years, canonical))
    return known


@cache
def _reviewed() -> dict[str, dict[str, list[str]]]:
    if not PROVENANCE.exists():
        return {}
    found: dict[str, dict[str, list[str]]] = json.loads(PROVENANCE.read_text(encoding="utf-8"))
    return found


@cache
def prepare(case: Case) -> Prepared | None:
    """The fixture, ready to be mutated; None for a file that is no table."""
    opened = case.open(case.content)
    grid = grid_of(opened)
    if grid is None:
        return None
    markable = _markable(case, grid)
    years = years_of(grid)
    canonical = canonical_names(opened.format.columns)
    known = Trace({place: set(names) for place, names in _BY_HAND.get(opened.format.name, {}).items()})
    known.merge(_provenance(case, marked(grid, years, markable), years, canonical))
    # What was reviewed counts; what no reviewed fixture has shown yet is taken from this one.
    reviewed = _reviewed().get(opened.format.name, {}) if case.mapping is None else {}
    columns = {**known.columns, **reviewed}
    return Prepared(
        case,
        opened.format.name,
        tuple(opened.format.kinds),
        grid,
        markable,
        years,
        {place: frozenset(names) for place, names in columns.items()},
        known.most_rows > 1,
        canonical,
        frozenset(canonical.values()),
    )
