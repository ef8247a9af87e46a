"""Opening files, zips and folders: what is read, what is left aside, and what is refused whole."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from importers.archives import Limits, damage_of, open_members
from importers.reading.problems import FileError

HEADER = b"First Name,Last Name\n"


def make_zip(path: Path, files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def read(member) -> bytes:
    with member.open_bytes() as stream, damage_of(member.name):
        return stream.read()


def test_tables_of_a_zip_are_streams_and_the_rest_is_reported(tmp_path):
    path = make_zip(
        tmp_path / "archive.zip",
        {
            "Basic/Connections.csv": HEADER,
            "index.html": b"<html>",
            "photo.jpg": b"\xff\xd8",
            "__MACOSX/Basic/._Connections.csv": b"x",
            ".DS_Store": b"x",
            "inner.zip": b"PK\x03\x04",
        },
    )
    opened = open_members([path])
    assert [m.base_name for m in opened.members] == ["Connections.csv"]
    assert read(opened.members[0]) == HEADER
    assert {i.file.removeprefix("archive.zip/") for i in opened.ignored} == {
        "index.html",
        "photo.jpg",
        "__MACOSX/Basic/._Connections.csv",
        ".DS_Store",
        "inner.zip",
    }
    assert all(i.reason for i in opened.ignored)


def test_two_parts_of_one_name_are_both_read(tmp_path):
    first = make_zip(tmp_path / "a.zip", {"x/Connections.csv": b"1", "y/Connections.csv": b"2"})
    second = make_zip(tmp_path / "b.zip", {"Connections.csv": b"3"})
    opened = open_members([first, second])
    assert [read(m) for m in opened.members] == [b"1", b"2", b"3"]
    assert len({m.delivery for m in opened.members}) == 2


def test_one_name_twice_in_a_zip_is_read_twice(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("people.csv", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("people.csv", b"2")
    assert [read(m) for m in open_members([path]).members] == [b"1", b"2"]


def test_a_folder_is_one_delivery_with_its_zips_opened(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "people.csv").write_bytes(b"a")
    (tmp_path / "in" / "deep" / "companies.csv").write_bytes(b"b")
    (tmp_path / "in" / "notes.md").write_bytes(b"c")
    (tmp_path / "in" / "link.csv").symlink_to(tmp_path / "in" / "people.csv")
    make_zip(tmp_path / "in" / "z.zip", {"Positions.csv": b"d"})
    opened = open_members([tmp_path / "in"])
    assert [m.name for m in opened.members] == ["people.csv", "z.zip/Positions.csv", "deep/companies.csv"]
    assert {i.file for i in opened.ignored} == {"notes.md", "link.csv"}


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv",
        "a/../../evil.csv",
        "/etc/evil.csv",
        "C:/evil.csv",
        "c:evil.csv",
        "a\\..\\evil.csv",
        "\\\\h\\e.csv",
    ],
)
def test_one_bad_path_refuses_the_zip_whole(tmp_path, name):
    path = make_zip(tmp_path / "a.zip", {"people.csv": b"id,name\n", name: b"x"})
    with pytest.raises(FileError, match="absolute or leads out"):
        open_members([path])


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("people.csv")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileError, match="a link or a device"):
        open_members([path])


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"people.csv": b"id,name\n", "bomb.html": b"\0" * (8 << 20)})
    with pytest.raises(FileError, match="zip bomb"):
        open_members([path])


def test_sizes_are_limited_one_by_one_and_together(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.csv": b"x" * 600, "b.csv": b"y" * 600})
    with pytest.raises(FileError, match="one of its files is over"):
        open_members([path], Limits(member=500))
    with pytest.raises(FileError, match="it is over 1000 bytes unpacked"):
        open_members([path], Limits(total=1000))
    with pytest.raises(FileError, match="the import is over"):
        open_members([path, path], Limits(total=2000))
    with pytest.raises(FileError, match="more than 1 files"):
        open_members([path], Limits(members=1))
    with pytest.raises(FileError, match="more than 1 tables"):
        open_members([path], Limits(tables=1))


def test_members_that_overlap_are_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"a.csv": b"x" * 50, "b.csv": b"y" * 50}, zipfile.ZIP_STORED)
    raw = bytearray(path.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = (10).to_bytes(4, "little")  # the second member's place lies in the first
    path.write_bytes(bytes(raw))
    with pytest.raises(FileError, match="over one another"):
        open_members([path])


def test_a_zip_cut_off_anywhere_is_refused(tmp_path):
    whole = make_zip(tmp_path / "a.zip", {"Connections.csv": HEADER * 50, "b.csv": b"x" * 100}).read_bytes()
    cut = tmp_path / "cut.zip"
    for length in (3, 10, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        cut.write_bytes(whole[:length])
        with pytest.raises(FileError):
            open_members([cut])


def test_a_lying_size_or_a_broken_checksum_is_found_while_reading(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"people.csv": b"id,name\n1,Anna\n"}, zipfile.ZIP_STORED)
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Anna", b"Emma", 1))
    (member,) = open_members([path]).members
    with pytest.raises(FileError, match="damaged"):
        read(member)


def test_an_encrypted_zip_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"people.csv": b"id,name\n"})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    with pytest.raises(FileError, match="encrypted"):
        open_members([path])


@pytest.mark.parametrize("name", ["book.xlsx", "gone.csv", "not.zip"])
def test_what_is_no_table_says_what_to_do(tmp_path, name):
    if name != "gone.csv":
        (tmp_path / name).write_bytes(b"hello")
    with pytest.raises(FileError) as caught:
        open_members([tmp_path / name])
    assert caught.value.reason.startswith(name)
    assert caught.value.fix


def test_a_zip_without_a_table_is_refused(tmp_path):
    path = make_zip(tmp_path / "a.zip", {"index.html": b"x"})
    with pytest.raises(FileError, match="no CSV file"):
        open_members([path])


def test_a_mailbox_may_be_larger_than_other_files(tmp_path):
    for name in ("a.mbox", "b.csv"):
        (tmp_path / name).write_bytes(b"x" * 100)
    allowed = Limits(member=50, mailbox=200, total=50)
    assert [m.name for m in open_members([tmp_path / "a.mbox"], allowed).members] == ["a.mbox"]
    with pytest.raises(FileError, match="over 50 bytes"):
        open_members([tmp_path / "b.csv"], allowed)
    with pytest.raises(FileError, match="over 99 bytes"):
        open_members([tmp_path / "a.mbox"], Limits(mailbox=99))
