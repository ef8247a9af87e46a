"""The parts of a run that need no engine: refused rows as CSV, the spool, memory, the order of files."""

from __future__ import annotations

import csv
import tracemalloc
import zipfile
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import Spell
from graph.model.entities import Person
from graph.model.identities import linkedin_identity
from importers.cells import escape, unescape
from importers.loading import _take
from importers.planning import make_plan
from importers.reading.problems import FileError
from importers.refusals import (
    REFUSED_COLUMNS,
    RefusedCsv,
    is_mendable,
    is_refused_header,
    plain_name,
    refused_name,
)
from importers.requests import ImportRequest
from importers.results import add_counts
from importers.runs import new_run_id
from importers.spool import Spool, spools
from importers.wording import as_fields

OWNER = Person(identities=(linkedin_identity("https://www.linkedin.com/in/mira-invented"),))


@given(st.text() | st.from_regex(r"'*[=+\-@\t\r].*", fullmatch=True))
def test_an_escaped_cell_is_no_formula_and_comes_back(cell):
    assert unescape(escape(cell)) == cell
    assert escape(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("name", ["people.csv", "Connections (1).csv", "my.people.tsv", "NoEnding"])
def test_a_refused_file_is_named_after_the_file_it_came_from(name):
    first = refused_name(name)
    second = refused_name(name, {first})
    assert first != second
    assert {plain_name(first).split(".csv")[0], plain_name(second).split(".csv")[0]} == {
        name.split(".csv")[0]
    }
    assert refused_name(first) == first
    assert plain_name(name) == name


def test_a_list_that_can_only_be_looked_up_is_called_so():
    name = refused_name("cards.vcf", mendable=False)
    assert name == "cards.to-look-up.csv" and not is_mendable(name)
    assert refused_name("cards.vcf", {name}, mendable=False) == "cards.to-look-up-2.csv"
    assert is_mendable(refused_name("people.csv")) and is_mendable("people.refused-2.csv")


def test_refused_rows_appear_whole_or_not_at_all(tmp_path):
    path = tmp_path / "refused" / "people.refused.csv"
    with pytest.raises(KeyError), RefusedCsv(path, ("id", "name")) as file:
        file.add({"id": "1"}, "name", "empty", "Fill it in")
        raise KeyError
    assert list(path.parent.iterdir()) == []
    with RefusedCsv(path, ("id", "name")):
        pass
    assert not path.exists()
    with RefusedCsv(path, ("id", "name", *REFUSED_COLUMNS)) as file:
        file.add({"id": "=1", "name": 'a\n"b"', "secret": "x"}, "name", "=why", "fix")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [["id", "name", *REFUSED_COLUMNS], ["'=1", 'a\n"b"', "name", "'=why", "fix"]]
    assert is_refused_header(rows[0])


@given(st.text(max_size=300))
def test_an_uploaded_file_stays_in_its_folder_whatever_it_is_called(tmp_path_factory, name):
    spool = Spool(tmp_path_factory.mktemp("spool"), new_run_id())
    path = spool.upload_path(3, name)
    assert path.resolve().parent == (spool.folder / "uploads" / "3").resolve()
    path.write_text("x")


def test_a_spool_is_named_by_a_run_and_nothing_else(tmp_path):
    with pytest.raises(ValueError, match="UUID"):
        Spool(tmp_path, "../elsewhere")
    (tmp_path / "notes").mkdir()
    spool = Spool(tmp_path, new_run_id())
    request = ImportRequest(paths=(tmp_path / "people.csv",), source="crm", owner="x", partial=True)
    spool.save_request(request)
    assert list(spools(tmp_path)) == [spool.run]
    assert spool.request() == request
    (spool.folder / "request.json").write_text('{"paths": [')
    assert spool.request() is None


def test_counts_add_up_by_kind_and_change():
    total = add_counts({"people": {"created": 2}}, {"people": {"created": 1, "updated": 3}, "schools": {}})
    assert total["people"] == {"created": 3, "updated": 3, "unchanged": 0, "withdrawn": 0, "suppressed": 0}
    assert total["schools"]["created"] == 0


def test_what_others_refer_to_comes_first_and_two_owners_are_refused(tmp_path):
    files = {
        "memberships.csv": "person_id,community_id\n1,2\n",
        "projects.csv": "id,name\n1,x\n",
        "people.csv": "id,name\n1,x\n",
        "communities.csv": "id,name\n2,x\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    plan = make_plan(ImportRequest(paths=(tmp_path,), source="crm"), None)
    assert [file.opened.format.name for file in plan.files] == [
        "neutral/communities",
        "neutral/people",
        "neutral/projects",
        "neutral/memberships",
    ]
    profile = "First Name,Last Name,Headline\n{},Okafor,Networks\n"
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Profile.csv").write_text(profile.format(folder))
    paths = (tmp_path / "a" / "Profile.csv", tmp_path / "b" / "Profile.csv")
    with pytest.raises(FileError, match="another owner"):
        make_plan(ImportRequest(paths=paths, source="linkedin"), None)
    # As folders they are two archives, each with its own owner.
    plan = make_plan(ImportRequest(paths=(tmp_path / "a", tmp_path / "b"), source="linkedin"), None)
    assert len({file.context.owner.keys for file in plan.files}) == 2


MAPPING = """
[[files]]
name = "interactions*.csv"
[[files.rows]]
into = "interactions"
cells.from_id = "a"
cells.to_id = "b"
[[files]]
name = "staff.csv"
[[files.rows]]
into = "companies"
cells.id = "firm"
cells.name = "firm"
[[files.rows]]
into = "employments"
cells.person_id = "id"
cells.company_id = "firm"
[[files]]
name = "people.csv"
[[files.rows]]
into = "people"
cells.id = "id"
cells.name = "name"
"""


def test_mapped_files_go_by_what_they_become_and_not_by_their_place(tmp_path):
    files = {
        "interactions-x.csv": "a,b\n1,2\n",
        "staff.csv": "id,firm\n1,x\n",
        "people.csv": "id,name\n1,x\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    for names in permutations(files):
        request = ImportRequest(paths=tuple(tmp_path / name for name in names), source="crm", mapping=MAPPING)
        plan = make_plan(request, None)
        assert [one.member.name for one in plan.files] == ["people.csv", "staff.csv", "interactions-x.csv"]


CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROWS = "Mira,Okafor,,,Helvion,Dev,08 Feb 2025\nJonas,Reyl,,,Helvion,Dev,11 Mar 2025\n,,,,,,01 Jan 2099\n"


@pytest.mark.parametrize(
    ("packed", "as_of"),
    [
        ((2025, 4, 2), "2025-04-02"),
        ((1980, 1, 1), "2025-03-11"),
        ((2098, 1, 1), "2025-03-11"),
        ((2025, 3, 10), "2025-03-11"),
        (None, "2025-03-11"),
    ],
)
def test_the_day_of_an_export_is_in_it_whenever_it_is_read(tmp_path, packed, as_of):
    path = tmp_path / ("archive.zip" if packed else "Connections.csv")
    if packed:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo("Connections.csv", (*packed, 9, 30, 0)), CONNECTIONS + ROWS)
    else:
        path.write_text(CONNECTIONS + ROWS)
    (file,) = make_plan(ImportRequest(paths=(path,), source="li"), OWNER).files
    assert str(file.context.as_of) == as_of


def test_a_list_without_any_date_is_dated_by_nothing(tmp_path):
    path = tmp_path / "Connections.csv"
    path.write_text(CONNECTIONS + "Mira,Okafor,,,Helvion,Dev,\n")
    (file,) = make_plan(ImportRequest(paths=(path,), source="li"), OWNER).files
    (record,) = file.opened.records(file.context)
    assert file.context.as_of is None
    assert record.facts[1].spell == Spell(current=True)


PROFILE = "First Name,Last Name,Headline\nMira,Okafor,Networks\n"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MESSAGES = "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE\n"
URL = "https://www.linkedin.com/in/"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (
            {"Invitations.csv": INVITATIONS + f"Mira Okafor,Jo,2026-01-02,,OUTGOING,{URL}mira,{URL}jo\n"},
            "mira",
        ),
        ({"Invitations.csv": INVITATIONS + f"Jo,Mira Okafor,2026-01-02,,INCOMING,{URL}jo,{URL}mira\n"}, ""),
        ({"Invitations.csv": INVITATIONS + f"Eve,Jo,2026-01-02,,OUTGOING,{URL}eve,{URL}jo\n"}, ""),
        (
            {
                "messages.csv": MESSAGES + f"1,Mira Okafor,{URL}mira,Jo Reyl,{URL}jo,2026-01-02\n"
                f"2,Kim Lo,{URL}kim,Mira Okafor,{URL}mira,2026-01-03\n"
            },
            "mira",
        ),
        ({"messages.csv": MESSAGES + f"1,Kim Lo,{URL}kim,Jo Reyl,{URL}jo,2026-01-02\n"}, ""),
        (
            {
                "messages.csv": MESSAGES + f"1,Mira Okafor,{URL}mira,Jo Reyl,{URL}jo,2026-01-02\n",
                "Invitations.csv": INVITATIONS + f"Mira Okafor,Jo,2026-01-02,,OUTGOING,{URL}mira-2,{URL}jo\n",
            },
            "",
        ),
    ],
)
def test_an_owner_known_by_name_gets_the_profile_that_the_archive_shows(tmp_path, files, found):
    for name, text in {**files, "Profile.csv": PROFILE}.items():
        (tmp_path / name).write_text(text)
    plan = make_plan(ImportRequest(paths=(tmp_path,), source="li"), None)
    (owner,) = {file.context.owner for file in plan.files}
    assert [one.value for one in owner.identities if one.system == "linkedin"] == ([found] if found else [])
    assert len(owner.identities) == 1 and owner.name == "Mira Okafor" and owner.team_member
    (note,) = plan.notes
    assert ("LinkedIn address from" in note) == bool(found)


def test_of_several_archives_each_note_names_its_own(tmp_path):
    paths = []
    for first in ("Mira", "Jonas"):
        paths.append(tmp_path / f"{first}.zip")
        with zipfile.ZipFile(paths[-1], "w") as archive:
            archive.writestr("Profile.csv", f"First Name,Last Name,Headline\n{first},Okafor,Networks\n")
    plan = make_plan(ImportRequest(paths=tuple(paths), source="li"), None)
    assert [note.split(": ")[0] for note in plan.notes] == ["Mira.zip", "Jonas.zip"]
    (alone,) = make_plan(ImportRequest(paths=(paths[0],), source="li"), None).notes
    assert alone.startswith("The owner was taken from Profile.csv")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Name the owner with --owner: a URL", "Name the owner with the field owner: a URL"),
        ("say --date-order day-first or", "say dateOrder=day-first or"),
        ("Say --format neutral/people if it is", "Say format=neutral/people if it is"),
        ("--ownership and --lift", "--ownership and --lift"),
    ],
)
def test_options_become_fields(said, told):
    assert as_fields(said) == told


def test_a_file_is_never_held_in_memory(tmp_path):
    def peak(rows):
        path = tmp_path / str(rows) / "Connections.csv"
        path.parent.mkdir()
        with path.open("w") as stream:
            stream.write("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
            for n in range(rows):
                stream.write(
                    f"Mira,Okafor{n},https://linkedin.com/in/m{n},,Helvion {n % 50},Dev,08 Feb 2026\n"
                )
        tracemalloc.start()
        (file,) = make_plan(ImportRequest(paths=(path,), source="li"), OWNER).files
        items = file.opened.records(file.context, file.place)
        number = 0
        while not _take(items, file, number := number + 1).ended:
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert file.place.rows == rows
        return highest

    assert peak(16_000) < 1.2 * peak(4_000) + 500_000
