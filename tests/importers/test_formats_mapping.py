"""Any other CSV through a TOML mapping; the congress files are the real ones."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from graph.model.dates import PartialDate
from graph.model.facts import Employment, ProjectRole
from graph.model.records import Record
from importers.formats.base import FileContext, FileError, Refusal, Skipped
from importers.formats.files import open_file
from importers.formats.mapping import load_mapping
from importers.reading.problems import UnknownFormatError

CONGRESS = Path(__file__).parents[2] / "examples" / "congress"
CONTEXT = FileContext(source="hr", file_name="x", as_of=PartialDate(2026, 3, 1))
STAFF = """
date_order = "day-first"

[[files]]
name = "staff*.csv"

[[files.rows]]
into = "people"
cells.id = "Staff no"
cells.name = { columns = ["First", "Last"] }
cells.email = { column = "Login", suffix = "@helvion.example", optional = true }
cells.team_member = { value = "true" }

[[files.rows]]
into = "companies"
cells.id = { column = "Dept", split = " / ", part = 0, prefix = "dept-" }
cells.name = { column = "Dept", split = " / " }

[[files.rows]]
into = "employments"
when = [{ column = "Kind", in = ["int", "ext"] }, { column = "Dept", empty = false }]
cells.person_id = "Staff no"
cells.company_id = { column = "Dept", split = " / ", prefix = "dept-" }
cells.title = { column = "Dept", split = " / ", part = -1 }
cells.started = { column = "From", date_format = "%d.%m.%y" }
cells.ended = "To"
cells.seniority = { column = "Grade", values = { "A" = "director", "B" = "manager" }, default = "staff" }
cells.department = { column = "Dept", match = "(?i)net(work)", default = "other" }
"""
TEXT = """Staff no,First,Last,Login,Dept,Kind,From,To,Grade,Salary
1,Anna,Example,anna,Helvion / Network / Head of Network,int,01.03.19,03/04/2021,A,9
2,Bruno,Tegel,,Helvion / Sales,int,02.03.19,,Z,9
3,Carl,Ruhm,carl,Helvion,temp,,,,9
4,Dana,Alt,dana,Helvion,ext,31.02.19,,,9
"""


def items(folder: Path, mapping: str, text: str, name: str = "staff.csv") -> list[Record | Refusal | Skipped]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return list(open_file(path, name, mapping=mapping).records(CONTEXT))


def test_one_row_becomes_several_of_ours(tmp_path: Path) -> None:
    found = items(tmp_path, STAFF, TEXT)
    keys = [item.key for item in found if isinstance(item, Record)]
    assert keys == [
        "people|1",
        "companies|dept-Helvion",
        "employments|1|dept-Helvion|2019-03-01|head of network",
        "people|2",
        "employments|2|dept-Helvion|2019-03-02|sales",
        "people|3",
    ]
    records = {item.key: item for item in found if isinstance(item, Record)}
    assert records["people|1"].entities[0].keys == ("person:hr:1", "person:email:anna@helvion.example")
    assert records["people|1"].kept == {"Staff no": "1", "First": "Anna", "Last": "Example", "Login": "anna"}
    job = records[keys[2]].facts[0]
    assert isinstance(job, Employment)
    assert (job.seniority, job.department, str(job.spell.ended)) == ("director", "work", "2021-04-03")
    other = records[keys[4]].facts[0]
    assert isinstance(other, Employment) and (other.seniority, other.department) == ("staff", "other")
    (refusal,) = [item for item in found if isinstance(item, Refusal)]
    assert (refusal.line, refusal.column) == (5, "From") and "%d.%m.%y" in refusal.reason
    assert "Salary" not in refusal.cells and refusal.cells["Staff no"] == "4"


def test_unread_columns_are_reported_and_needed_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text(TEXT, encoding="utf-8")
    assert open_file(path, "staff.csv", mapping=STAFF).ignored_columns == ("Salary",)
    path.write_text(TEXT.replace("Login", "Account"), encoding="utf-8")
    assert open_file(path, "staff.csv", mapping=STAFF).ignored_columns == ("Account", "Salary")
    path.write_text(TEXT.replace("Kind", "Sort"), encoding="utf-8")
    with pytest.raises(UnknownFormatError, match="Kind"):
        open_file(path, "staff.csv", mapping=STAFF)


def test_a_value_the_mapping_does_not_know_refuses_the_row(tmp_path: Path) -> None:
    mapping = STAFF.replace(', default = "staff"', "")
    refusals = [item for item in items(tmp_path, mapping, TEXT) if isinstance(item, Refusal)]
    assert (refusals[0].line, refusals[0].column) == (3, "Grade")


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("", "files"),
        ("[[files]", ""),
        ("[[files]]", "rows"),
        ('[[files]]\n[[files.rows]]\ninto = "aliens"\n', "into is one of"),
        ('[[files]]\n[[files.rows]]\ninto = "people"\ncells.id = "A"\n', "cells.name"),
        ('[[files]]\n[[files.rows]]\ninto = "people"\ncells = 3\n', "not a table"),
        (STAFF.replace("cells.id", "cells.shoe_size", 1), "shoe_size"),
        (STAFF.replace('value = "true"', 'value = "true", column = "A"'), "exactly one"),
        (STAFF.replace('value = "true"', "value = true"), "texts"),
        (STAFF.replace("empty = false", "empty = false, equals = 'x'"), "exactly one"),
        (STAFF.replace("(?i)net(work)", "("), "regular expression"),
        (STAFF.replace("day-first", "sometimes"), "date_order"),
        (STAFF.replace("suffix", "sufix"), "sufix"),
    ],
)
def test_a_wrong_mapping_says_where(mapping: str, says: str) -> None:
    with pytest.raises(FileError, match="mapping cannot be used") as refused:
        load_mapping(mapping)
    assert says in refused.value.reason


def congress(name: str) -> list[Record | Refusal | Skipped]:
    mapping = (CONGRESS / "congress.toml").read_text(encoding="utf-8")
    return list(open_file(CONGRESS / name, name, mapping=mapping).records(CONTEXT))


def test_congress_members_and_their_spells_come_in_whole() -> None:
    members = congress("members.csv")
    assert len(members) == 1123 and all(isinstance(item, Record) for item in members)
    found = congress("assignments.csv")
    kinds = Counter(item.key.split("|")[0] for item in found if isinstance(item, Record))
    with (CONGRESS / "assignments.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    committees = [row for row in rows if len(row["Committee Code"]) == 4]
    assert kinds["employments"] == len(committees)
    assert kinds["project_members"] == len(rows) - len(committees)
    assert (
        kinds["employments"] + kinds["project_members"] == len(found) - kinds["companies"] - kinds["projects"]
    )
    facts = [item.facts[0] for item in found if isinstance(item, Record) and item.facts]
    spells = Counter(
        (fact.person.identities[0].value, str(fact.spell.started))
        for fact in facts
        if isinstance(fact, (Employment, ProjectRole))
    )
    assert spells == Counter((row["Bioguide"], row["First Seen"]) for row in rows)
