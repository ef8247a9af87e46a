"""What to read of the paths somebody gave: single files, zip archives and folders, opened safely.

Nothing is ever unpacked into a folder: members of a zip are read as streams, sheets of a workbook as unnamed files.
A zip or workbook with one bad path, one oversized member or one that is packed as a bomb is refused whole, before
anything of it is read.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from importers.reading.problems import EmptyFileError, FileError
from importers.reading.workbooks import WORKBOOKS, SheetText, sheets_of

__all__ = ["Ignored", "Limits", "Member", "Opened", "damage_of", "open_members"]

TABLES = frozenset({".csv", ".tsv", ".tab", ".txt"})
_TABLES_IN_ARCHIVES = frozenset({".csv", ".tsv", ".tab", ".vcf", ".vcard", ".ics", ".ical", ".mbox"})
_MAILBOX = ".mbox"
_SPREADSHEETS = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DRIVE = re.compile(r"^[A-Za-z]:")
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DIRECTORY_ENTRY = 46
_LOCAL_HEADER = 30
_LOOSE = "files"  # files given one by one came together, as in a folder
_AGAIN = "ask for the archive again, or unpack it yourself and import the folder"


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import may hold, in bytes. `ratio` is unpacked to packed size, asked above `ratio_from`.

    A mailbox that lies as it is on the disk may be larger than any other file: nothing of its bodies is held.
    """

    member: int = 2 << 30
    mailbox: int = 64 << 30
    total: int = 8 << 30
    members: int = 10_000
    tables: int = 500
    ratio: int = 200
    ratio_from: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file, or with `column` a column of it, that is not read, and why."""

    file: str
    reason: str
    column: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """As it stands in a run's result."""
        return {"file": self.file, "column": self.column, "reason": self.reason}


@dataclass(slots=True)
class Member:
    """One table to import. `name` is shown to people; `delivery` is shared by files that came together."""

    name: str
    path: Path
    size: int
    delivery: str
    explicit: bool
    inside: zipfile.ZipInfo | None = None
    sheet: SheetText | None = None
    title: str | None = None
    _stream: BinaryIO | None = None

    @property
    def base_name(self) -> str:
        """The file's own name, without folders; of one sheet of several, the sheet's."""
        if self.title is not None:
            return f"{self.title}.xlsx"
        return PurePosixPath(self.inside.filename).name if self.inside else self.path.name

    @property
    def position(self) -> int:
        """Bytes read of the stream opened last, unpacked."""
        if self._stream is None:
            return 0
        return self.size if self._stream.closed else min(self.size, self._stream.tell())

    def open_bytes(self) -> BinaryIO:
        """The bytes as a stream. A damaged archive shows while reading: wrap that in `damage_of`."""
        with damage_of(self.name):
            try:
                if self.sheet is not None:
                    self._stream = self.sheet.open_bytes()
                elif self.inside is None:
                    self._stream = self.path.open("rb")
                else:
                    # The archive's own handle can go: an open member keeps the file open.
                    with zipfile.ZipFile(self.path) as archive:
                        self._stream = cast(BinaryIO, archive.open(self.inside))
            except (OSError, RuntimeError, NotImplementedError) as error:
                raise bad_file(
                    self.name, "it cannot be read", "check that it is there, or get it again"
                ) from error
        return self._stream


@contextmanager
def damage_of(name: str) -> Iterator[None]:
    """Say what a broken checksum or a stream that ends too early means."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise bad_file(name, "it is damaged inside its zip (checksum)", _AGAIN) from error


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables found, and what was left aside."""

    members: tuple[Member, ...]
    ignored: tuple[Ignored, ...]

    @property
    def total(self) -> int:
        """Bytes to read, unpacked."""
        return sum(member.size for member in self.members)


def bad_file(name: str, reason: str, fix: str) -> FileError:
    """A FileError that begins with the file's name."""
    return FileError(f"{name}: {reason}", fix)


def open_members(paths: Iterable[Path], limits: Limits | None = None) -> Opened:
    """Find what to import in files, zips and folders; raises FileError for the first that cannot be right.

    Two files of one name (in two zips, or in two folders) are both read.
    """
    allowed = limits or Limits()
    members: list[Member] = []
    ignored: list[Ignored] = []
    for position, path in enumerate(paths):
        delivery = f"{position}:{path.name}"
        if path.is_dir():
            _open_folder(path, delivery, allowed, members, ignored)
        elif path.suffix.lower() in WORKBOOKS:
            members += _workbook(_single(path, path.name, _LOOSE, allowed, explicit=True), allowed, ignored)
        elif _is_zip(path):
            _open_zip(path, path.name, delivery, allowed, members, ignored)
        else:
            members.append(_single(path, path.name, _LOOSE, allowed, explicit=True))
    if not members:
        shown = ", ".join(sorted({path.name for path in paths})) or "the import"
        raise bad_file(
            shown, "there is no CSV file in it", "give a CSV file, or a zip or folder that holds some"
        )
    size = sum(member.size for member in members if not _is_mailbox(member))
    if len(members) > allowed.tables:
        raise FileError(
            f"the import holds more than {allowed.tables:,} tables", "import them in several runs"
        )
    if size > allowed.total:
        raise FileError(f"the import is over {_size(allowed.total)} unpacked", "import it in several runs")
    return Opened(tuple(members), tuple(ignored))


def _single(path: Path, name: str, delivery: str, limits: Limits, *, explicit: bool) -> Member:
    try:
        status = path.stat()
    except OSError as error:
        raise bad_file(name, "it does not exist or cannot be read", "check the path") from error
    if not stat.S_ISREG(status.st_mode):
        raise bad_file(name, "it is not a file", "give a file, a zip or a folder")
    if path.suffix.lower() in _SPREADSHEETS:
        raise bad_file(
            name,
            "it is a spreadsheet of a kind that is not read",
            "save it as .xlsx or CSV UTF-8 and import that",
        )
    if path.suffix.lower() == ".zip":
        raise bad_file(name, "it is not a zip archive, or it is cut off", "download or copy it again")
    most = limits.mailbox if path.suffix.lower() == _MAILBOX else limits.member
    if status.st_size > most:
        raise bad_file(name, f"it is over {_size(most)}", "split it")
    return Member(name=name, path=path, size=status.st_size, delivery=delivery, explicit=explicit)


def _is_mailbox(member: Member) -> bool:
    return member.inside is None and member.path.suffix.lower() == _MAILBOX


def _open_folder(
    root: Path, delivery: str, limits: Limits, members: list[Member], ignored: list[Ignored]
) -> None:
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for file in sorted(files):
            path = Path(folder) / file
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                ignored.append(Ignored(name, "a link inside a folder is not followed"))
            elif (reason := _not_a_table(name)) is None:
                members += _tables(_single(path, name, delivery, limits, explicit=False), limits, ignored)
            elif path.suffix.lower() == ".zip" and _is_zip(path):
                _open_zip(path, name, f"{delivery}/{name}", limits, members, ignored)
            else:
                ignored.append(Ignored(name, reason))
            if len(members) + len(ignored) > limits.members:
                raise bad_file(
                    root.name, f"it holds more than {limits.members:,} files", "import a smaller folder"
                )


def _open_zip(
    path: Path, name: str, delivery: str, limits: Limits, members: list[Member], ignored: list[Ignored]
) -> None:
    entries = _entries(path, name, limits)
    for entry in entries:
        _check_entry(name, entry, limits)
    _check_together(name, entries, limits, path.stat().st_size)
    for entry in entries:
        if entry.is_dir():
            continue
        shown = f"{name}/{entry.filename}"
        if (reason := _not_a_table(entry.filename)) is not None:
            ignored.append(Ignored(shown, reason))
            continue
        if entry.compress_type not in _PACKINGS:
            raise bad_file(shown, "it is packed in a way that is not read here", "zip it again the usual way")
        member = Member(
            name=shown, path=path, size=entry.file_size, delivery=delivery, explicit=False, inside=entry
        )
        members += _tables(member, limits, ignored)


def _tables(member: Member, limits: Limits, ignored: list[Ignored]) -> list[Member]:
    is_workbook = PurePosixPath(member.base_name).suffix.lower() in WORKBOOKS
    return _workbook(member, limits, ignored) if is_workbook else [member]


def _workbook(member: Member, limits: Limits, ignored: list[Ignored]) -> list[Member]:
    """A workbook as one member for each sheet that holds anything."""
    name = member.name
    with TemporaryFile(prefix="liaison-workbook-") as copy:
        with member.open_bytes() as stream, damage_of(name):
            shutil.copyfileobj(stream, copy)
        try:
            entries = _entries(copy, name, limits)
        except FileError:
            raise bad_file(
                name,
                "it is not a whole Excel workbook (cut off or damaged)",
                "save it again, or as CSV UTF-8",
            ) from None
        for entry in entries:
            _check_entry(name, entry, limits)
        _check_together(name, entries, limits, copy.seek(0, os.SEEK_END))
        try:
            sheets = sheets_of(copy)
        except FileError as error:
            raise bad_file(name, error.reason[:1].lower() + error.reason[1:], error.fix) from error
    if not sheets and member.explicit:
        raise EmptyFileError(f"{name}: the workbook is empty", "Export it again")
    if not sheets:
        ignored.append(Ignored(name, "an empty workbook"))
    alone = len(sheets) == 1
    return [
        replace(
            member,
            name=name if alone else f"{name}/{sheet.title}",
            size=sheet.size,
            sheet=sheet,
            title=None if alone else sheet.title,
            explicit=member.explicit and alone,
        )
        for sheet in sheets
    ]


def _entries(path: Path | IO[bytes], name: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """The directory of a zip, whose size is looked at first: it would all be held in memory."""
    try:
        _check_directory(path, name, limits)
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError) as error:
        raise bad_file(
            name, "it is not a whole zip archive (cut off or damaged)", "download or copy it again"
        ) from error


def _check_directory(path: Path | IO[bytes], name: str, limits: Limits) -> None:
    # The end record is 22 bytes and a comment of up to 65 535; its 64-bit form is announced by 0xFFFFFFFF.
    with path.open("rb") if isinstance(path, Path) else nullcontext(path) as stream:
        stream.seek(0, os.SEEK_END)
        stream.seek(max(0, stream.tell() - 22 - 65_535 - 20))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("no end record")
    count, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    if size == 0xFFFFFFFF or count == 0xFFFF:
        raise bad_file(name, "it is a 64-bit zip of extraordinary size", "unpack it and import the folder")
    if count > limits.members or size > limits.members * 1024:
        raise bad_file(
            name, f"it holds more than {limits.members:,} files", "unpack it and import a folder of it"
        )


def _check_entry(name: str, entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse a zip for one member: its path, kind or size."""
    written = entry.orig_filename
    parts = written.split("/")
    if (
        "\x00" in written
        or "\\" in written
        or written.startswith("/")
        or ".." in parts
        or _DRIVE.match(written)
    ):
        raise bad_file(
            name, "a path inside it is absolute or leads out of it", "do not trust this file; " + _AGAIN
        )
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise bad_file(
            name, "it holds a link or a device, not only files", "do not trust this file; " + _AGAIN
        )
    if entry.flag_bits & 0x1:
        raise bad_file(name, "it is encrypted", "unpack it with its password and import the folder")
    if entry.file_size > limits.member:
        raise bad_file(name, f"one of its files is over {_size(limits.member)} unpacked", "split that file")
    if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(1, entry.compress_size):
        raise bad_file(
            name,
            f"one of its files unpacks to more than {limits.ratio} times its size (a zip bomb)",
            "if you trust it, unpack it yourself and import the folder",
        )


def _check_together(name: str, entries: list[zipfile.ZipInfo], limits: Limits, size: int) -> None:
    """Refuse a zip for what its members are together: too many, too large, or lying over one another."""
    if len(entries) > limits.members:
        raise bad_file(
            name, f"it holds more than {limits.members:,} files", "unpack it and import a folder of it"
        )
    if sum(entry.file_size for entry in entries) > limits.total:
        raise bad_file(name, f"it is over {_size(limits.total)} unpacked", "unpack it and import it in parts")
    end = 0
    for entry in sorted(entries, key=lambda one: one.header_offset):
        if entry.header_offset < end:
            raise bad_file(name, "its files lie over one another (a zip bomb)", "do not trust this file")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > size:
        raise bad_file(name, "it is cut off", "download or copy it again")


def _not_a_table(name: str) -> str | None:
    """Why a file inside a zip or folder is not read; None when it is."""
    path = PurePosixPath(name)
    if path.name.startswith("._") or "__MACOSX" in path.parts or path.name.lower() in _LITTER:
        return "a file of the operating system"
    if path.suffix.lower() == ".zip":
        return "a zip inside a zip is not opened: import it on its own"
    if path.suffix.lower() in _SPREADSHEETS:
        return "a spreadsheet of a kind that is not read: save it as .xlsx or CSV"
    return None if path.suffix.lower() in _TABLES_IN_ARCHIVES | WORKBOOKS else "not a CSV file"


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(4) in _ZIP_MAGIC and path.suffix.lower() not in _SPREADSHEETS | WORKBOOKS
    except OSError:
        return False


def _size(count: int) -> str:
    unit = 1 << 30 if count >= 1 << 30 else 1 << 20 if count >= 1 << 20 else 1
    return f"{count / unit:.0f} {({1 << 30: 'GiB', 1 << 20: 'MiB'}).get(unit, 'bytes')}"
