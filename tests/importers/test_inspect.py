"""What inspect says of a file, and that a proposed mapping can be used as it stands."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from graph.model.dates import PartialDate
from graph.model.records import Record
from importers.archives import Member
from importers.formats.base import FileContext
from importers.formats.files import open_file
from importers.inspecting import inspect_file
from importers.proposing import SampledColumn, guess_columns
from importers.reading.problems import FileError

CONGRESS = Path(__file__).parents[2] / "examples" / "congress"


def records(path, mapping):
    opened = open_file(Member(path.name, path, path.stat().st_size, "", True), path.name, mapping=mapping)
    context = FileContext(source="test", file_name=path.name, as_of=PartialDate(2026, 11, 22))
    return list(opened.records(context))


def test_a_known_file_is_described_column_by_column(tmp_path):
    path = tmp_path / "Connections.csv"
    path.write_text(
        'Notes:\n"When exporting, some data may be missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On,Mood\n"
        "Jonas,Reyl,,,Helvion,Dev,08 Feb 2026,good\n"
    )
    (found,) = inspect_file(path)
    assert (found.format, found.encoding, found.delimiter) == ("linkedin/connections", "utf-8", ",")
    assert (found.header_line, found.rows, found.needs_owner) == (4, 1, True)
    assert [use.name for use in found.columns if use.read_as is None] == ["Mood"]
    assert found.problem is None and found.mapping is None
    json.dumps(found.as_dict())


@pytest.mark.parametrize("name", ["members.csv", "assignments.csv"])
def test_the_congress_files_get_a_mapping_that_can_be_used(name):
    (found,) = inspect_file(CONGRESS / name)
    assert found.format is None and found.problem and found.fix
    assert 'cells.id = "Bioguide"' in found.mapping or 'cells.person_id = "Bioguide"' in found.mapping
    items = records(CONGRESS / name, found.mapping)
    assert all(isinstance(item, Record) for item in items)
    assert len(items) >= found.rows


def test_members_become_people_with_their_names():
    (found,) = inspect_file(CONGRESS / "members.csv")
    first = records(CONGRESS / "members.csv", found.mapping)[0]
    assert first.entities[0].name == "Gary L. Ackerman"
    assert "# Not used: Chamber, Party" in found.mapping


def test_a_staff_list_is_seen_by_words_and_values(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text(
        "Made for you by the system\n\n"
        "Personalnummer;Vorname;Nachname;Kontakt;Profil;Firma;Job Title;Entry Date;Phone\n"
        "7;Mira;Okafor;mira@northwind.example;https://www.linkedin.com/in/mira-invented;Helvion AG;Engineer;2019-03;1\n"
        "8;Jonas;Reyl;jonas@northwind.example;https://www.linkedin.com/in/jonas-invented;Helvion AG;Engineer;2018;2\n"
    )
    (found,) = inspect_file(path)
    assert (found.delimiter, found.header_line, found.rows) == (";", 3, 2)
    items = records(path, found.mapping)
    people = [item.entities[0] for item in items if item.key.startswith("people")]
    assert [person.name for person in people] == ["Mira Okafor", "Jonas Reyl"]
    assert people[0].keys == (
        "person:test:7",
        "person:linkedin:mira-invented",
        "person:email:mira@northwind.example",
    )
    (job, _) = [item.facts[0] for item in items if item.key.startswith("employments")]
    assert (job.title, str(job.spell.started)) == ("Engineer", "2019-03")
    assert "# Not used: Phone" in found.mapping


def test_what_has_no_people_gets_no_mapping(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text("article,price\nbolt,1.20\nnut,0.80\n")
    (found,) = inspect_file(path)
    assert found.mapping is None and found.problem and found.fix
    assert guess_columns([SampledColumn("Project Name", ("Orion", "Lyra"), True)]).get("name") is None


def test_odd_header_names_stay_valid_toml(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text('id,"Full ""real"" name \\ 😀",x\n1,Mira Okafor,\n2,Jonas Reyl,\n')
    (found,) = inspect_file(path)
    assert records(path, found.mapping)[0].entities[0].name == "Mira Okafor"


def test_every_table_of_a_zip_is_looked_at_and_a_bad_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", "id,name\n1,Mira\n")
        archive.writestr("broken.csv", b"\0\1\2" * 100)
    good, bad = inspect_file(path)
    assert good.format == "neutral/people"
    assert bad.format is None and "binary" in bad.problem
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(FileError):
        inspect_file(path)
