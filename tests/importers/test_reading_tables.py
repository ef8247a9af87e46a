"""From bytes to rows: encodings, headers wherever they stand, and cells that want to break something."""

from __future__ import annotations

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.reading.problems import EmptyFileError, FileError
from importers.reading.table import LONGEST_CELL, BadRow, Header, Table, header_candidates
from importers.reading.text import find_encoding, open_text


def file(folder: Path, content: bytes | str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def table(path: Path, first: str) -> Table:
    encoding = find_encoding(path)
    header = next(h for h in header_candidates(path, encoding) if h.cells[0] == first)
    return Table(path, encoding, header)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b\n1,2\n", "utf-8"),
        ("a,b\nä,ü\n".encode(), "utf-8"),
        (b"\xef\xbb\xbfa,b\n", "utf-8-sig"),
        ("a,b\nJürgen,Müßig\n".encode("cp1252"), "cp1252"),
        ("a,b\nä,ü\n".encode("utf-16"), "utf-16"),
        ("\ufeffa,b\nä,ü\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_the_encoding_is_the_first_that_decodes_strictly(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    assert find_encoding(file(tmp_path, content)) == encoding


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
        ("a,b\n1,2\n".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (b"PK\x03\x04" + b"x" * 100, "Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (bytes(range(1, 256)) * 20, "binary"),
        (b"a,b\n\x81\x8d,\x8f\n", "cp1252"),
        ("a,b\nä,ü\n".encode() + b"\xc3", "truncated"),
        (b"\xef\xbb\xbfa,b\n\xe4\n", "byte order mark says"),
        (b"\xff\xfea\x00,\x00b", "truncated"),
        (b"a,b\n" + b"1,2\n" * 2000 + b"1\x002\n", "NUL"),
    ],
)
def test_what_is_no_text_is_refused_whole(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(FileError) as refused:
        find_encoding(file(tmp_path, content))
    assert says in refused.value.reason and refused.value.fix


def test_a_late_wrong_byte_turns_a_file_in_utf8_away_not_into_nonsense(tmp_path: Path) -> None:
    path = file(tmp_path, "Zoë,Ångström\n".encode() * 200_000 + b"\xe4\n")
    with pytest.raises(FileError, match="does not stay so"):
        find_encoding(path)
    assert find_encoding(path, "cp1252") == "cp1252"


def test_a_stated_encoding_is_taken_or_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "a,b\nä\n".encode("latin-1"))
    assert find_encoding(path, "latin-1") == "iso8859-1"
    for wrong in ("utf-8", "klingon", "rot13", "zip"):
        with pytest.raises(FileError):
            find_encoding(path, wrong)


def test_an_empty_file_is_told_from_a_wrong_one(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        find_encoding(file(tmp_path, b""))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("preamble", ["", "Notes:\n", '"an open quotation mark\n\n', "sep=x\n", "\n\n\n"])
def test_the_header_is_found_by_its_columns(tmp_path: Path, delimiter: str, end: str, preamble: str) -> None:
    lines = ["id,name", "1,Anna", "2,Bruno"]
    text = (preamble + "\n".join(lines).replace(",", delimiter)).replace("\n", end)
    found = table(file(tmp_path, text), "id")
    assert found.header.delimiter == delimiter
    before = preamble.count("\n") + 1
    assert list(found) == [(before + 1, ["1", "Anna"]), (before + 2, ["2", "Bruno"])]


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    text = 'id,name\r\n1,"two\r\nlines"\r\n\r\n2,"three\n\nlines"\r\n3\r\n4,x,\r\n5,x,y\r\n6,"a"b\r\n7,end'
    rows = list(table(file(tmp_path, text), "id"))
    assert [row.line if isinstance(row, BadRow) else row[0] for row in rows] == [2, 5, 8, 9, 10, 11, 12]
    assert [isinstance(row, BadRow) for row in rows] == [False, False, True, True, True, True, False]


def test_every_row_may_end_with_delimiters_but_not_one_alone(tmp_path: Path) -> None:
    rows = list(table(file(tmp_path, "id,name\n1,x,,\n2,y,,\n3,z\n4,a,b,\n\n5,c,,\n"), "id"))
    assert [row if isinstance(row, tuple) else row.line for row in rows] == [
        (2, ["1", "x"]), (3, ["2", "y"]), 4, 5, (7, ["5", "c"]),
    ]  # fmt: skip
    # In the second row a name holds the delimiter: what follows would stand one column too far right.
    rows = list(table(file(tmp_path, "id,name,title,note\n1,x,y,z\n2,Acme, Inc,buyer,\n"), "id"))
    assert [isinstance(row, BadRow) for row in rows] == [False, True]


def test_a_cell_that_swallowed_rows_is_refused(tmp_path: Path) -> None:
    head = "id,name,note,city\n"
    whole = '1,"a","b, c",d\n2,"e\nf","g,\nh, i",j\n'
    assert all(isinstance(row, tuple) for row in table(file(tmp_path, head + whole), "id"))
    torn = '1,"a,b,c\n2,e,f,g\n3,h",i,j\n4,k,l,m\n'
    rows = list(table(file(tmp_path, head + torn), "id"))
    assert [isinstance(row, BadRow) for row in rows] == [True, False]
    assert isinstance(rows[0], BadRow) and rows[0].column == 1 and "quotation mark" in rows[0].fix


def test_a_file_that_breaks_off_inside_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"truncated.*line 3"):
        list(table(file(tmp_path, 'id,name\n1,Anna\n2,"Bru\n3,x\n'), "id"))


@pytest.mark.parametrize(
    "big",
    [
        "x" * (10 << 20),
        '"' + "x" * (10 << 20) + '"',
        '"' + 'y "" , ; \n1,evil\n' * (4 << 16) + '"',
        '"' + "a line of text\n" * (5 << 16) + '"',
    ],
    ids=["plain", "quoted", "rows within", "lines within"],
)
def test_a_huge_cell_costs_its_row_and_nothing_else(tmp_path: Path, big: str) -> None:
    path = file(tmp_path, f"id,name\n1,Anna\n2,{big}\n3,Bruno\n")
    last_line = path.read_text().count("\n")
    del big
    opened = table(path, "id")
    tracemalloc.start()
    rows = list(opened)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rows[0] == (2, ["1", "Anna"]) and rows[-1] == (last_line, ["3", "Bruno"]) and len(rows) == 3
    assert isinstance(rows[1], BadRow) and rows[1].line == 3 and "1 MB" in rows[1].reason
    assert peak < 80 << 20


def test_a_cell_just_over_the_limit_names_its_column(tmp_path: Path) -> None:
    path = file(tmp_path, f"id,name\n1,{'x' * LONGEST_CELL}\n2,{'x' * (LONGEST_CELL + 1)}\n")
    good, bad = list(table(path, "id"))
    assert isinstance(good, tuple) and isinstance(bad, BadRow) and bad.column == 1


@pytest.mark.parametrize(
    "header", [tuple(f"c{n}" for n in range(501)), ("id", "name", "Name "), ("id", "a  b", "A b")]
)
def test_too_many_or_doubled_columns_are_refused(tmp_path: Path, header: tuple[str, ...]) -> None:
    with pytest.raises(FileError):
        Table(tmp_path, "utf-8", Header(1, 1, ",", header))


CELL = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=20)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_a_correct_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    writer.writerows(rows)
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_bytes(out.getvalue().encode())
    with open_text(path, "utf-8") as stream:
        assert stream.read() == out.getvalue()
    read = Table(path, "utf-8", Header(1, 1, delimiter, ("first", "second", "third")))
    assert [row[1] for row in read if isinstance(row, tuple)] == rows
