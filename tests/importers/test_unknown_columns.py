"""A column that the program does not know is never guessed into a fact, whatever it is called and holds."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from importers.formats.base import Item, Refusal
from importers.reading.problems import FileError
from importers.reading.table import normal_header
from importers.refusals import REFUSED_COLUMNS
from tests.importers.mutations.grids import Case, Grid, Writing, cases, encode, items_of, write
from tests.importers.mutations.preparing import prepare
from tests.importers.test_formats_fixtures import shown

CASES = [case for case in cases() if prepare(case) is not None]
# Likenesses of what formats read, in several languages, and what tools add to their exports.
NEAR = (
    "Company 2|Company (old)|Former company|Company Name for Emails|Parent company|Customer of|Name of dog|Nickname"
    "|Full name of assistant|Manager|Reports to|Email (guessed)|Personal email 2|Email domain|LinkedIn URL of company"
    "|LinkedIn headline url|Profile|Social URL|Job title of manager|Past title|Seniority score|Start|End|Since|Date"
    "|Last seen|Created|Founded|Employees (est.)|Headcount growth|Industry code|City of birth|Locale|Connections"
    "|Mutual friends|Owner|Assigned to|Unique ID|Record|Score|Stage 2|Amount (old)|Close|Notes 2|Frühere Firma|Firma 2"
    "|Chef|Ancien employeur|Antiguo cargo|id_2|name_2|email_2|company_name_2|linkedin_url_2|started_2"
).split("|")
VALUES = (
    "guess@wrong.example|https://www.linkedin.com/in/wrong-guess|https://www.linkedin.com/company/wrong-guess"
    "|Wrong Guess GmbH|Wrong Guess|CEO wrong guess|2019-03-04|wrong-guess.example|4711000|1st|Verified|true"
).split("|")
NAMES = st.one_of(
    st.sampled_from(NEAR),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30),
)


def known(case: Case) -> set[str]:
    """Every name that the fixture's format, or another that would then be nearer, reads."""
    from importers.formats.registry import FORMATS

    opened = case.open(case.content)
    read = [*opened.format.columns, *(column for one in FORMATS for column in one.columns)]
    return {normal_header(name) for column in read for name in (column.name, *column.aliases)}


def widened(grid: Grid, extra: list[tuple[int, str, str]]) -> Grid:
    """The grid with further columns of one value, at the places given."""
    header, rows = list(grid.header), [list(row) for row in grid.rows]
    for place, name, value in extra:
        at = place % (len(header) + 1)
        header.insert(at, name)
        for row in rows:
            row.insert(at, name if row == header[:at] + header[at + 1 :] else value)
    return Grid(tuple(header), tuple(tuple(row) for row in rows))


def said(items: list[Item]) -> list[object]:
    # A row of which not all columns may be shown is refused without its cells.
    return [
        (item.line, item.column, item.reason) if isinstance(item, Refusal) else shown(item) for item in items
    ]


@pytest.mark.parametrize("case", CASES, ids=[case.folder for case in CASES])
@settings(max_examples=6, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 200), NAMES, st.sampled_from(VALUES)), min_size=1, max_size=6))
def test_a_column_nobody_knows_changes_nothing(case: Case, extra: list[tuple[int, str, str]]) -> None:
    names = [normal_header(name) for _, name, _ in extra]
    prepared = prepare(case)
    assert prepared is not None
    there = {normal_header(name) for name in prepared.grid.header}
    assume(len(set(names)) == len(names) and all(names))
    assume(not set(names) & (known(case) | there | {normal_header(name) for name in REFUSED_COLUMNS}))
    how = Writing()
    plain = said(items_of(case.open(encode(write(prepared.grid, how), how)), case.context))
    try:
        opened = case.open(encode(write(widened(prepared.grid, extra), how), how))
    except FileError as error:
        pytest.fail(f"{error} with {extra}")
    assert said(items_of(opened, case.context)) == plain
    assert {normal_header(name) for name in opened.ignored_columns} >= set(names)
