"""CRMs' exports: told from one another by their columns, in every language, and what a second reading says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.model.dates import PartialDate
from graph.model.records import Record
from importers.archives import Limits
from importers.formats.base import FileContext, Held
from importers.formats.files import open_file
from importers.formats.hubspot_columns import COMPANY_COLUMNS, CONTACT_COLUMNS, DEAL_COLUMNS
from importers.formats.registry import FORMATS
from importers.planning import make_plan
from importers.reading.problems import FileError
from importers.reading.table import normal_header
from importers.requests import ImportRequest

FIXTURES = Path(__file__).parent / "fixtures"
LANGUAGES = sorted({path.name.split("_")[0] for path in (FIXTURES / "hubspot" / "languages").iterdir()})
CRMS = [
    case
    for crm in ("hubspot", "salesforce", "affinity")
    for case in sorted(path.parent for path in (FIXTURES / crm).rglob("case.json"))
]


def expected(case: Path):
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def table(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def planned(*paths: Path):
    return make_plan(ImportRequest(paths=paths, source="crm"), None, Limits())


def said(file):
    items = [*file.opened.records(file.context)]
    return [
        item.record if isinstance(item, Held) else item for item in items if isinstance(item, (Record, Held))
    ]


class TestRecognition:
    def test_eleven_languages(self):
        assert len(LANGUAGES) == 11

    @pytest.mark.parametrize("kind", ["contacts", "companies", "deals"])
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_language_says_the_same(self, language, kind):
        folder = FIXTURES / "hubspot" / "languages"
        found, english = expected(folder / f"{language}_{kind}"), expected(folder / f"english_{kind}")
        assert found["format"] == f"hubspot/{kind}"
        assert found["items"] == english["items"]

    @pytest.mark.parametrize("case", CRMS, ids=[str(case.relative_to(FIXTURES)) for case in CRMS])
    def test_a_file_is_known_by_its_columns_whatever_it_is_called(self, case):
        about = json.loads((case / "case.json").read_text())
        assert open_file(case / about["file"], "download (3).csv").format.name == expected(case)["format"]

    @pytest.mark.parametrize("columns", [CONTACT_COLUMNS, COMPANY_COLUMNS, DEAL_COLUMNS])
    def test_no_spelling_stands_for_two_columns(self, columns):
        names = [
            normal_header(name)
            for column in columns
            for name in {normal_header(n) for n in (column.name, *column.aliases)}
        ]
        assert len(names) == len(set(names))

    def test_the_ids_and_names_are_all_that_must_be_there(self, tmp_path):
        for header, kind in (
            ("Record ID,Last Name", "contacts"),
            ("Record ID,Company name", "companies"),
            ("Record ID,Deal Name", "deals"),
            ("Company ID,Name", "companies"),
        ):
            path = table(tmp_path, "view.csv", header, "1,Ilvenholt")
            assert open_file(path, path.name).format.name == f"hubspot/{kind}"

    @pytest.mark.parametrize(
        "header",
        [
            "First Name,Last Name,Email,Company",
            "Record ID,Email",
            "Id,Name",
            "Id,LastName,Company,Status",
            "Organization Id,Name",
            "OpportunityId,ContactId",
            "Record ID,Name,SKU,Unit price",
            "Record ID,Ticket name,Associated Company IDs",
            "Id,Name,ParentId,Type,Status,StartDate",
            "Id,Name,AccountId,ContactId,ParentId,SerialNumber",
            "Id,MasterRecordId,LastName,Company,NumberOfEmployees",
            "Id,OpportunityId,ContactId,Name,Status",
            "Id,AccountId,ContactId,Roles,IsDirect",
            "Index,Organization Id,Name,Website",
        ],
    )
    def test_too_little_is_not_taken_for_a_crm(self, header, tmp_path):
        path = table(tmp_path, "list.csv", header, ",".join("1" for _ in header.split(",")))
        with pytest.raises(FileError):
            open_file(path, path.name)

    def test_who_has_nothing_but_an_id_is_asked_what_it_is(self, tmp_path):
        path = table(tmp_path, "view.csv", "Record ID,Email,Contact owner", "1,a@x.example,Rafael")
        with pytest.raises(FileError) as wrong:
            open_file(path, path.name)
        assert wrong.value.fix == "Say --format hubspot/contacts if it is"
        assert open_file(path, path.name, format_name="hubspot/contacts").row_count == 1

    def test_a_column_of_the_users_own_does_not_stand_in_for_a_known_one(self, tmp_path):
        path = table(tmp_path, "own.csv", "Record ID,Nom,Last Name,First Name,E-Mail", "1,x,Ilvenholt,Grace,")
        file = open_file(path, path.name)
        assert file.ignored_columns == ("Nom",)

    def test_second_readings_are_formats_of_their_own(self):
        names = [known.name for known in FORMATS]
        assert {"hubspot/buying_roles", "salesforce/reporting_lines"} <= set(names)


CONTACTS = "Record ID,First Name,Last Name,Buying Role,Associated Deal IDs"
DEALS = "Record ID,Deal Name,Associated Company (Primary),Associated Contact IDs"


class TestSecondReadings:
    def test_a_buying_role_holds_in_the_contacts_deals(self, tmp_path):
        contacts = table(
            tmp_path,
            "c.csv",
            CONTACTS,
            "8001,Priya,Olumide,Champion;Influencer,7001",
            "8002,Ben,Straake,,7001",
        )
        deals = table(tmp_path, "d.csv", DEALS, "7002,Renewal,Helvion,8001;8002", "7003,Pilot,Helvion,")
        plan = planned(deals, contacts)
        assert [file.opened.format.name for file in plan.files] == [
            "hubspot/contacts",
            "hubspot/deals",
            "hubspot/buying_roles",
        ]
        assert [file.again for file in plan.files] == [False, False, True]
        roles = {record.key: record.facts[0].properties()["roles"] for record in said(plan.files[-1])}
        assert roles == {"role|7001|8001": ["coach"], "role|7002|8001": ["coach"]}

    def test_where_the_file_has_no_such_column_it_is_read_once(self, tmp_path):
        path = table(tmp_path, "c.csv", "Record ID,First Name,Last Name", "1,Priya,Olumide")
        assert len(planned(path).files) == 1

    def test_managers_may_stand_further_down(self, tmp_path):
        ids = [f"003Dn00000Qz{n:03d}" for n in range(4)]
        path = table(
            tmp_path,
            "Contact.csv",
            "Id,IsDeleted,MasterRecordId,AccountId,LastName,ReportsToId",
            f"{ids[0]},0,,,Olumide,{ids[1]}",
            f"{ids[1]},0,,,Straake,",
            f"{ids[2]},1,,,Gone,{ids[1]}",
            f"{ids[3]},0,,,Circular,{ids[3]}",
        )
        first, second = planned(path).files
        assert second.opened.format.name == "salesforce/reporting_lines"
        assert [record.key for record in said(second)] == ["reports_to|003Dn00000Qz000IAB"]
        refused = [item for item in second.opened.records(second.context) if not isinstance(item, Record)]
        assert [(item.line, item.column) for item in refused] == [(5, "ReportsToId")]
        assert first.dataset != second.dataset

    def test_merged_in_a_circle_comes_to_an_end(self, tmp_path):
        a, b = "003Dn00000Qz001IAB", "003Dn00000Qz002IAB"
        path = table(
            tmp_path,
            "Contact.csv",
            "Id,IsDeleted,MasterRecordId,AccountId,LastName",
            f"{a},1,{b},,One",
            f"{b},1,{a},,Two",
            "003Dn00000Qz003,0,,,Three",
        )
        assert len(said(planned(path).files[0])) == 3


class TestExportDay:
    def test_employments_hold_on_the_newest_day_the_file_shows(self, tmp_path):
        path = table(
            tmp_path,
            "c.csv",
            "Record ID,First Name,Last Name,Company name,Create Date,Last Modified Date",
            "1,Priya,Olumide,Helvion,2024-05-03 10:22,2026-02-27 16:40",
            "2,Ben,Straake,Helvion,2024-05-04 10:22,",
        )
        (file,) = planned(path).files
        assert file.context.as_of == PartialDate(2026, 2, 27)

    def test_without_any_day_they_are_current_and_undated(self, tmp_path):
        path = table(tmp_path, "c.csv", "Record ID,Last Name,Company name", "1,Olumide,Helvion")
        file = open_file(path, path.name)
        context = FileContext(source="crm", file_name=path.name)
        (fact,) = [f for item in file.records(context) if isinstance(item, Record) for f in item.facts]
        assert fact.properties()["current"] and fact.properties()["started"] is None
