"""Cells that we write: no formula, and back exactly, an apostrophe of their own included."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records.exporting import ExportedIdentity, ExportedNode, Link
from importers.cells import EMPTY_SPELLINGS, EXPORT_COLUMN, escape, is_export_header, unescape
from importers.formats.base import FileContext
from importers.formats.files import open_file
from importers.formats.neutral import NEUTRAL_COLUMNS
from importers.formats.neutral_writing import rows_of_node
from service.exports.sheets import sheet_lines

CELLS = st.one_of(
    st.text(),
    st.text(alphabet="'=+-@\t\r A", max_size=6),
    st.sampled_from(sorted(EMPTY_SPELLINGS)).flatmap(
        lambda one: st.sampled_from((one, f"'{one}", f"''{one}"))
    ),
)


@given(CELLS)
def test_what_is_escaped_comes_back(cell: str):
    written = escape(cell)
    assert unescape(written) == cell
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert written.strip() not in EMPTY_SPELLINGS or not written.strip()


@pytest.mark.parametrize("cell", ["'tis", "O'Neil", "'90s", "", "'"])
def test_apostrophes_of_its_own_stay(cell: str):
    assert escape(cell) == cell == unescape(cell)


@pytest.mark.parametrize(("last", "name"), [(f",{EXPORT_COLUMN}", "=Ann"), ("", "'=Ann")])
def test_only_our_own_export_loses_apostrophes(last: str, name: str, tmp_path: Path):
    text = f"id,name{last}\n1,'=Ann{',' if last else ''}\n"
    (tmp_path / "people.csv").write_text(text)
    opened = open_file(tmp_path / "people.csv", "people.csv")
    (record,) = opened.records(FileContext(source="x", file_name="people.csv"))
    assert record.entities[0].name == name
    assert opened.ignored_columns == () and not opened.refused_again


def test_numbers_stay_numbers_in_a_spreadsheet():
    assert sheet_lines([[-0.25, "-0.25", None, 3, 1 / 3]]) == b"-0.25,'-0.25,,3,0.3333\r\n"


def test_the_header_tells():
    assert is_export_header(["id", " Liaison_Export "]) and not is_export_header(["id", "name"])


def node(label: str, *links: Link, identities=(), **properties) -> ExportedNode:
    known = tuple(ExportedIdentity(*key.split(":", 2)[1:], None, key) for key in identities)
    return ExportedNode(label, "n", properties, known, links)


def test_every_cell_that_is_written_has_a_column():
    spell = {"key": "", "started": "2019", "current": True}
    facts = [
        Link(kind, "o", "Company", {**spell, "sign": 1})
        for kind in (
            "WORKED_AT WORKED_ON STUDIED_AT MEMBER_OF CONNECTED INTERACTED RECOMMENDED ENDORSED REPORTS_TO "
            "ALLIED SITS_ON"
        ).split()
    ]
    nodes = [
        node("Person", *facts, name="Ann", identities=["person:email:a@b.example", "person:crm:1"]),
        node("Company", Link("PART_OF", "p", "Company", {}), name="Acme", former_names=["Old (until 2019)"]),
        node("School", name="s"),
        node("Community", name="k"),
        node("Project", Link("RUN_BY", "c", "Company", {}), name="p"),
        node("Opportunity", Link("SOUGHT_AT", "c", "Company", {}), name="o"),
        node(
            "Observation",
            Link("ABOUT", "a", "Person", {}),
            Link("HEARD_IN", "o", "Opportunity", {}),
            kind="stance",
        ),
        node("Signal", Link("SHOWN_BY", "a", "Person", {}), kind="visit"),
        node("Persona", Link("HAS_PERSONA", "a", "Person", {}), goals="x"),
    ]
    written = [row for one in nodes for row in rows_of_node(one, {})]
    assert {kind for kind, _ in written} == set(NEUTRAL_COLUMNS)
    for kind, cells in written:
        assert cells.keys() <= {column.name for column in NEUTRAL_COLUMNS[kind]}, kind


@pytest.mark.parametrize(
    ("identities", "known_by"),
    [
        (["company:crm:1"], "id"),
        (["company:name:acme"], "name"),
        (["company:name:acme", "company:domain:acme.example"], "name;domain"),
        (["company:domain:acme.example"], "domain"),
    ],
)
def test_a_company_is_known_by_what_it_is_known_by(identities: list[str], known_by: str):
    (kind, row), *further = rows_of_node(
        node("Company", name="Acme Inc.", domain="acme.example", identities=identities), {}
    )
    assert (kind, row["known_by"]) == ("companies", known_by)
    assert len(further) == sum(one.startswith("company:crm") for one in identities)
