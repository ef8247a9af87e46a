"""Workbooks say what the same tables say as CSV, and what could mislead in them is refused."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.identities import email_identity, linkedin_identity
from graph.model.records import Record
from importers.archives import Limits, Member, open_members
from importers.formats.base import FileContext
from importers.formats.files import open_file
from importers.reading.problems import EmptyFileError, FileError
from importers.reading.text import find_encoding, open_text

FIXTURES = Path(__file__).parent / "fixtures"
TABLES = [
    case.parent
    for case in sorted(FIXTURES.rglob("case.json"))
    if json.loads(case.read_text())["file"].endswith(".csv")
]


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def lines(member: Member) -> list[str]:
    with member.open_bytes() as stream:
        return stream.read().decode().split("\n")


def as_rows(source: Path) -> list[list[str]] | None:
    """The file's cells, None where it is none that a workbook could hold (stray quotation marks, other lines)."""
    with open_text(source, find_encoding(source)) as stream:
        text = stream.read()
    delimiter = max(",;\t|", key=text.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(text.splitlines()) else None


def records(source: Any, about: dict[str, Any]) -> list[Record]:
    owner = about.get("owner", "")
    identity = linkedin_identity(owner) or email_identity(owner)
    person = Person(identities=(identity,), name="Anna Example") if identity else None
    context = FileContext(source="test", file_name=about["file"], as_of=PartialDate(2026, 3, 1), owner=person)
    file = open_file(source, about["file"], mapping=about.get("mapping"))
    return [item for item in file.records(context) if isinstance(item, Record)]


@pytest.mark.parametrize("case", TABLES, ids=[str(case.relative_to(FIXTURES)) for case in TABLES])
def test_a_table_says_the_same_in_a_workbook(case: Path, tmp_path: Path) -> None:
    about = json.loads((case / "case.json").read_text())
    rows = as_rows(case / about["file"])
    if rows is None:
        pytest.skip("not a table that a spreadsheet program could have written")
    path = book(tmp_path / "book.xlsx", table=rows)
    (member,) = open_members([path]).members
    assert records(member, about) == records(case / about["file"], about)


def test_most_fixtures_are_tried() -> None:
    tried = [case for case in TABLES if as_rows(case / json.loads((case / "case.json").read_text())["file"])]
    assert len(tried) > 40


def test_cells_are_text_on_the_line_of_their_row(tmp_path: Path) -> None:
    rows = [
        ["id", "name", "since", "share", "active"],
        [],
        [7, "Anna\nMaria", date(2019, 3, 14), 0.25, True],
        [8.0, "#N/A", datetime(2019, 3, 14, 9, 30), None, False],
    ]
    (member,) = open_members([book(tmp_path / "people.xlsx", people=rows)]).members
    assert member.base_name == "people.xlsx"
    assert lines(member) == [
        "id,name,since,share,active",
        "",
        "7,Anna Maria,2019-03-14,0.25,true",
        "8,,2019-03-14 09:30:00,,false",
        "",
    ]


def test_every_sheet_with_anything_in_it_is_a_table_of_its_own(tmp_path: Path) -> None:
    path = book(tmp_path / "crm.xlsx", people=[["id"], ["1"]], empty=[], companies=[["id"], ["2"]])
    members = open_members([path]).members
    assert [member.base_name for member in members] == ["people.xlsx", "companies.xlsx"]
    assert [member.name for member in members] == ["crm.xlsx/people", "crm.xlsx/companies"]
    assert [lines(member)[1] for member in members] == ["1", "2"]
    first, second = (member.open_bytes() for member in members)
    assert first.read(2) + second.read(2) + first.read() == b"idid\n1\n"


def test_a_workbook_within_a_zip_and_a_folder_is_read(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", "Anna"]])
    folder = tmp_path / "folder"
    folder.mkdir()
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        archive.write(path, "in/people.xlsx")
    path.rename(folder / "people.xlsx")
    book(folder / "nothing.xlsx", nothing=[])
    opened = open_members([folder])
    assert [lines(member)[1] for member in opened.members] == ["1,Anna", "1,Anna"]
    assert [ignored.reason for ignored in opened.ignored] == ["an empty workbook"]


@pytest.mark.parametrize("formula", ["=A2&B2", "=HYPERLINK(A2)", "=cmd|' /C calc'!A0"])
def test_a_formula_that_was_never_worked_out_is_refused_with_its_place(tmp_path: Path, formula: str) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", formula]])
    with pytest.raises(FileError, match="row 2, column 2: a formula") as caught:
        open_members([path])
    assert "save it again" in caught.value.fix


def test_the_value_of_a_formula_counts_not_its_text(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", "=A1"]])
    worked = tmp_path / "worked.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(worked, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                assert b"<f>A1</f><v" in text
                text = text.replace(
                    b'<c r="B2"><f>A1</f><v', b'<c r="B2" t="str"><f>A1</f><v>Anna Berg</v><v'
                )
                text = text.replace(b"</v><v />", b"</v>").replace(b"</v><v></v>", b"</v>")
            new.writestr(entry, text)
    (member,) = open_members([worked]).members
    assert lines(member)[1] == "1,Anna Berg"


def test_a_number_that_has_lost_digits_is_no_id(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], [1234567890123456789, "Anna"]])
    with pytest.raises(FileError, match="more digits"):
        open_members([path])


@pytest.mark.parametrize("damage", ["cut", "not a zip", "bad sheet", "entities"])
def test_damage_is_named(tmp_path: Path, damage: str) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", "Anna"]])
    raw = path.read_bytes()
    if damage == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    elif damage == "not a zip":
        path.write_bytes(b"hello")
    else:
        with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(path, "w") as new:
            for entry in old.infolist():
                text = old.read(entry)
                if entry.filename.endswith("sheet1.xml"):
                    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>'
                    text = text[: len(text) // 2] if damage == "bad sheet" else bomb + text
                new.writestr(entry, text)
    with pytest.raises(FileError) as caught:
        open_members([path])
    assert caught.value.reason.startswith("people.xlsx: ") and caught.value.fix


def test_bombs_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 << 20))
    with pytest.raises(FileError, match="bomb"):
        open_members([path])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../sheet1.xml", b"x")
    with pytest.raises(FileError, match="leads out"):
        open_members([path])


def test_a_sheet_that_claims_a_million_columns_is_read_by_its_cells(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", "Anna"]])
    wide = tmp_path / "wide.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wide, "w") as new:
        for entry in old.infolist():
            new.writestr(
                entry, old.read(entry).replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
            )
    (member,) = open_members([wide]).members
    assert lines(member) == ["id,name", "1,Anna", ""]


def test_an_empty_workbook_alone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError, match="empty"):
        open_members([book(tmp_path / "people.xlsx", people=[])])


def test_limits_hold_for_workbooks_too(tmp_path: Path) -> None:
    path = book(tmp_path / "people.xlsx", people=[["id", "name"], ["1", "Anna"]])
    with pytest.raises(FileError, match="over"):
        open_members([path], Limits(member=10))
