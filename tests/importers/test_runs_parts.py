"""The parts of a run that need no engine: refused rows as CSV, the spool, memory, the order of files."""

from __future__ import annotations

import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.entities import Person
from graph.model.identities import linkedin_identity
from importers.loading import _take
from importers.planning import make_plan
from importers.reading.problems import FileError
from importers.refusals import (
    REFUSED_COLUMNS,
    RefusedCsv,
    escape,
    is_refused_header,
    plain_name,
    refused_name,
    unescape,
)
from importers.requests import ImportRequest
from importers.results import add_counts
from importers.runs import new_run_id
from importers.spool import Spool, spools

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
    assert total["people"] == {"created": 3, "updated": 3, "unchanged": 0, "withdrawn": 0}
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
