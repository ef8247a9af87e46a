"""Which file is which, and what is refused whole before anything is written."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import SENIORITIES
from graph.model.identities import linkedin_identity
from graph.model.records import Record
from graph.model.titles import department_of, seniority_of
from graph.records.codec import encode
from importers.formats.base import Column, FileContext, FileError, Refusal, Skipped
from importers.formats.columns import bind
from importers.formats.files import Place, open_file
from importers.formats.registry import FORMATS
from importers.formats.values import linkedin_cell
from importers.reading.problems import EmptyFileError, NothingUsableError, UnknownFormatError

OWNER = Person(identities=(linkedin_identity("https://www.linkedin.com/in/anna") or pytest.fail(),))
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = "Bruno,Tegel,https://www.linkedin.com/in/bruno-tegel,,Helvion,Engineer,08 Feb 2026\n"


def context(owner: Person | None = OWNER) -> FileContext:
    return FileContext(source="test", file_name="x", as_of=PartialDate(2026, 3, 1), owner=owner)


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, name: str, **how: object) -> list[Record | Refusal | Skipped]:
    return list(open_file(path, name, **how).records(context()))  # type: ignore[arg-type]


def test_each_neutral_file_needs_its_name_or_a_stated_format(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name\n1,Helvion\n")
    assert open_file(path, "schools.csv").format.name == "neutral/schools"
    assert open_file(path, "Communities-2.CSV").format.name == "neutral/communities"
    assert open_file(path, "x.csv", format_name="neutral/companies").format.name == "neutral/companies"
    with pytest.raises(UnknownFormatError, match="--format"):
        open_file(path, "x.csv")


def test_recommendations_are_received_or_given_by_their_file_name(tmp_path: Path) -> None:
    path = write(tmp_path, "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n")
    with pytest.raises(UnknownFormatError, match=r"recommendations_(received|given)"):
        open_file(path, "export.csv")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormatError, match=r"neutral/people.*: name"):
        open_file(write(tmp_path, "id,email\n1,a@example.org\n"), "people.csv")
    with pytest.raises(UnknownFormatError, match="Connected On"):
        open_file(write(tmp_path, "First Name,Last Name,URL,Company\nA,B,,\n"), "Connections.csv")
    for header in ("id", "id,mood", "\ufeffid"):
        with pytest.raises(UnknownFormatError, match=r"neutral/people.*: name\."):
            open_file(write(tmp_path, f"{header}\n1{',x' if ',' in header else ''}\n"), "people.csv")
    with pytest.raises(UnknownFormatError, match="no header that is known"):
        open_file(write(tmp_path, "id,mood\n1,x\n"), "other.csv")
    with pytest.raises(UnknownFormatError, match="no header that is known"):
        open_file(write(tmp_path, "just some text\nwithout a table\n"), "notes.txt")


def test_an_owner_is_asked_for(tmp_path: Path) -> None:
    opened = open_file(write(tmp_path, CONNECTIONS + ROW), "Connections.csv")
    with pytest.raises(FileError, match="owner"):
        opened.records(context(owner=None))


def test_company_follows_are_left_alone(tmp_path: Path) -> None:
    text = "Organization,Followed On\nHelvion,Wed Jun 24 12:43:42 UTC 2026\n"
    assert open_file(write(tmp_path, text), "Company Follows.csv").format.ignored


def test_a_header_alone_and_rows_without_use_say_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        open_file(write(tmp_path, CONNECTIONS), "Connections.csv")
    opened = open_file(write(tmp_path, CONNECTIONS + ",,,,,,08 Feb 2026\n" * 3), "Connections.csv")
    with pytest.raises(NothingUsableError, match="3 times: a member who hides themself"):
        list(opened.records(context()))


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (CONNECTIONS.replace("Company", "url"), "stands twice"),
        (CONNECTIONS.replace("Company", "Email"), "both mean Email Address"),
        (CONNECTIONS.strip() + "".join(f",c{n}" for n in range(494)) + "\n", "columns"),
    ],
)
def test_a_header_that_cannot_be_right_is_refused(tmp_path: Path, header: str, says: str) -> None:
    with pytest.raises(FileError, match=says):
        open_file(write(tmp_path, header + ROW), "Connections.csv")


def test_a_file_cut_off_in_a_cell_is_refused_before_its_first_row_is_given_out(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="truncated"):
        open_file(write(tmp_path, CONNECTIONS + ROW + 'Carl,"Ruh'), "Connections.csv")


def test_dates_in_doubt_refuse_the_file_until_somebody_says(tmp_path: Path) -> None:
    path = write(tmp_path, CONNECTIONS + ROW.replace("08 Feb 2026", "3/4/2021"))
    with pytest.raises(FileError, match="--date-order"):
        open_file(path, "Connections.csv")
    (record,) = read(path, "Connections.csv", date_order="day-first")
    assert isinstance(record, Record) and record.facts[0].properties()["on"] == "2021-04-03"


def test_linkedins_own_spelling_of_a_date_needs_no_order(tmp_path: Path) -> None:
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    urls = "https://www.linkedin.com/in/anna,https://www.linkedin.com/in/bruno-tegel"
    path = write(tmp_path, f'{header}Anna,Bruno,"1/2/26, 2:37 PM",,OUTGOING,{urls}\n')
    (record,) = read(path, "Invitations.csv")
    assert isinstance(record, Record) and record.facts[0].properties()["last_on"] == "2026-01-02"
    (record,) = read(path, "Invitations.csv", date_order="day-first")
    assert isinstance(record, Record) and record.facts[0].properties()["last_on"] == "2026-02-01"
    neutral = write(tmp_path, 'from_id,to_id,since\n1,2,"1/2/26, 2:37 PM"\n')
    with pytest.raises(FileError, match="--date-order"):
        open_file(neutral, "connections.csv")


def test_swapped_columns_are_read_by_name_and_swapped_cells_refused(tmp_path: Path) -> None:
    header = "Connected On,URL,Position,Company,Email Address,Last Name,First Name\n"
    row = "08 Feb 2026,https://www.linkedin.com/in/bruno-tegel,Engineer,Helvion,,Tegel,Bruno\n"
    straight = read(write(tmp_path, CONNECTIONS + ROW), "Connections.csv")
    swapped = read(write(tmp_path, header + row), "Connections.csv")
    assert [encode(one) for one in straight if isinstance(one, Record)] == [
        encode(one) for one in swapped if isinstance(one, Record)
    ]
    shifted = "Bruno,Tegel,Helvion,https://www.linkedin.com/in/bruno-tegel,,Engineer,08 Feb 2026\n"
    refusal = read(write(tmp_path, CONNECTIONS + ROW + shifted), "Connections.csv")[1]
    assert isinstance(refusal, Refusal) and refusal.column == "URL" and refusal.line == 3 and refusal.fix


def test_corrected_refused_rows_come_back_without_their_apostrophes(tmp_path: Path) -> None:
    header = CONNECTIONS.strip() + ",refused_column,refused_reason,refused_fix\n"
    row = "'=Bruno,Tegel,https://www.linkedin.com/in/b,,'Helvion,Engineer,08 Feb 2026,URL,x,y\n"
    opened = open_file(write(tmp_path, header + row), "Connections.csv")
    (record,) = opened.records(context())
    assert isinstance(record, Record)
    assert record.entities[0].name == "=Bruno Tegel" and record.kept["Company"] == "'Helvion"
    assert opened.refused_again and not opened.ignored_columns
    assert opened.refused_columns == tuple(CONNECTIONS.strip().split(","))


def test_the_place_follows_the_reading(tmp_path: Path) -> None:
    opened, place = open_file(write(tmp_path, CONNECTIONS + ROW * 3), "Connections.csv"), Place()
    seen = [(place.line, place.rows) for _ in opened.records(context(), place)]
    assert seen == [(2, 1), (3, 2), (4, 3)] and opened.row_count == 3


@pytest.mark.parametrize("column", range(7))
@pytest.mark.parametrize("cell", ["a@" + "." * 900_000 + "@", "https://" + "a-" * 400_000, "9" * 900_000])
def test_a_long_cell_takes_no_long_time(tmp_path: Path, column: int, cell: str) -> None:
    cells = ROW.strip().split(",")
    cells[column] = cell
    path = write(tmp_path, CONNECTIONS + ROW + ",".join(cells) + "\n")
    started = time.process_time()
    assert len(read(path, "Connections.csv")) == 2
    assert time.process_time() - started < 5


def test_many_rows_stay_small(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(CONNECTIONS)
        for n in range(60_000):
            stream.write(ROW.replace("bruno-tegel", f"bruno-{n}").replace("Helvion", f"Company {n % 9000}"))
    opened = open_file(path, "Connections.csv")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(isinstance(item, Record) for item in opened.records(context())) == 60_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # KiB


def test_conventions_of_all_formats() -> None:
    names = [known.name for known in FORMATS]
    assert len(names) == len(set(names))
    for known in FORMATS:
        assert any(column.required for column in known.columns), known.name
        assert bind(known.columns, [column.name for column in known.columns]).ignored == ()
        for column in known.columns:
            assert not any(
                word in column.name.casefold()
                for word in ("content", "text", "birth", "address 1", "message", "subject", "zip")
            ) or column.name in ("IS MESSAGE DRAFT",), f"{known.name}: {column.name}"


def test_an_alias_is_the_column() -> None:
    binding = bind((Column("URL", ("Profile URL",)),), ["profile  url", "x"])
    assert binding.places == {"URL": 0} and binding.ignored == ("x",)


@pytest.mark.parametrize(
    "slug", ["anna", "anna-b-12", "Anna", "%C3%A9lise", "anna/?trk=x", "anna/details", "a_b"]
)
def test_the_quick_reading_of_a_profile_is_the_general_one(slug: str) -> None:
    for start in ("https://www.linkedin.com/in/", "http://de.linkedin.com/in/", "www.linkedin.com/in/"):
        assert linkedin_cell(start + slug, "URL") == linkedin_identity(start + slug)


def test_an_internal_member_id_never_stands_for_the_public_profile() -> None:
    url = "https://www.linkedin.com/in/ACwAABcDefGhIjKlMnOpQr"
    assert linkedin_cell(url, "URL") is None and linkedin_cell(url + "/?x=1", "URL") is None


def test_whom_somebody_works_for_is_not_their_rank() -> None:
    ranks = {
        "Chief of Staff to the COO": "head",
        "Chief of Staff to the Chief Operating Officer": "head",
        "Chief of Staff to the VP": "head",
        "Assistant to the CEO": "staff",
        "Office of the CFO": "",
        "Head of the Office of the President": "head",
        "Director, CEO's Office": "director",
        "Senior Advisor to the President": "senior",
        "Conseiller du directeur général": "",
        "Referentin der Geschäftsführung": "",
        "President of the Board": "c_level",
        "COO, reporting to the CEO": "c_level",
        "Mitglied der Geschäftsführung": "c_level",
        "Directeur général": "c_level",
        "Directeur": "director",
        "Vice President, Office of the CEO": "vp",
        "Vice President": "vp",
        "President": "c_level",
        "Head of Sales": "head",
        "Leiter": "head",
    }
    assert {title: seniority_of(title) for title in ranks} == ranks


@pytest.mark.parametrize(
    ("title", "seniority", "department"),
    [
        line.split(" | ")
        for line in """\
CEO | c_level | .
Chief Technology Officer | c_level | .
Co-Founder & CEO | owner | .
Vice President, Network Engineering | vp | network
SVP Finance | vp | finance
IT Director | director | it
Director de Finanzas | director | finance
Directrice des achats | director | procurement
Head of Procurement | head | procurement
Leiter Einkauf | head | procurement
Responsable réseau | head | network
Jefe de Ventas | head | sales
Network Manager | manager | network
Senior Software Engineer | senior | engineering
Geschäftsführer | c_level | .
Werkstudent Marketing | junior | marketing
Account Manager | . | sales
Product Owner | . | product
Executive Assistant to the CEO | staff | .
Zugbegleiter | . | .
Halbleiter Ingenieur | . | engineering
Make it happen | . | .
Personal Trainer | . | .
Rechtsanwältin | . | legal
Visalia | . | .""".splitlines()
    ],
)
def test_a_title_says_its_rank_and_department_or_nothing(title: str, seniority: str, department: str) -> None:
    assert seniority_of(title) == seniority.strip(".")
    assert department == "." or department_of(title) == department
    assert seniority_of(title) in ("", *SENIORITIES)
