"""What an import will read, checked to the end before anything is written: all of its files, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.identities import Identity
from graph.model.records import Record
from importers.archives import Ignored, Limits, Member, Opened, damage_of, open_members
from importers.formats.base import FileContext
from importers.formats.columns import bind
from importers.formats.content import Sheet
from importers.formats.crm import CrmFormat
from importers.formats.files import OpenFile, Place, open_file
from importers.formats.linkedin_others import left_alone
from importers.formats.registry import FORMATS
from importers.formats.sheet import SheetFormat, file_stem
from importers.reading.dates import newer
from importers.reading.problems import EmptyFileError, FileError, UnknownFormatError
from importers.refusals import plain_name
from importers.requests import ImportRequest

__all__ = ["Plan", "PlannedFile", "make_plan", "named"]

# Whom and what other files refer to comes first; the rest follows in the order given.
_ORDER = {
    "profile": 0,
    "companies": 0,
    "schools": 0,
    "communities": 0,
    "people": 1,
    "projects": 2,
    "opportunities": 2,
}
_MIXED, _LAST = 3, 4
_PROFILE = "linkedin/profile"


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file that was opened and checked, with what is known about it from outside."""

    member: Member
    opened: OpenFile
    context: FileContext
    place: Place = field(default_factory=Place)
    again: bool = False
    """Read a second time, for what it says of rows that all files bring."""

    @property
    def dataset(self) -> str:
        """The unit in which a complete new reading withdraws what is no longer stated."""
        return f"{self.context.source}|{self.opened.format.dataset(self.context)}"

    @property
    def archive(self) -> str:
        """The zip or folder that it came in; "files" for those given one by one."""
        return archive_of(self.member.delivery)

    @property
    def is_profile(self) -> bool:
        """Whether it describes an archive's owner."""
        return self.opened.format.name == _PROFILE

    @property
    def mendable(self) -> bool:
        """Whether its refused rows can be corrected in their list and imported again: not what it may not show."""
        return isinstance(self.opened.content, Sheet) and bool(self.opened.refused_columns)

    @property
    def refused_columns(self) -> tuple[str, ...]:
        """The columns of its CSV of refused rows: what may be shown, and what the file is recognised by.

        Where the rows cannot be corrected there, the line of each, so that it is found in the file.
        """
        shown = self.opened.refused_columns
        if not self.mendable:
            return ("line", *shown)
        required = [column.name for column in self.opened.format.columns if column.required]
        return (*shown, *(name for name in required if name not in shown))


@dataclass(frozen=True, slots=True)
class Plan:
    """All files of an import in the order in which they are written."""

    files: tuple[PlannedFile, ...]
    ignored: tuple[Ignored, ...]
    notes: tuple[str, ...]

    @property
    def total(self) -> int:
        """Bytes to read."""
        return sum(file.member.size for file in self.files)

    @property
    def fingerprint(self) -> str:
        """Changes when a file changes: a run taken up again then starts over."""
        digest = blake2b(digest_size=16)
        for file in self.files:
            status = file.member.path.stat()
            digest.update(
                f"{file.member.name}|{file.member.size}|{status.st_size}|{status.st_mtime_ns}\n".encode()
            )
        return digest.hexdigest()


@contextmanager
def named(file: str) -> Iterator[None]:
    """Put the file's name before whatever is wrong with it."""
    try:
        with damage_of(file):
            yield
    except FileError as error:
        if error.reason.startswith(f"{file}: "):
            raise
        raise type(error)(f"{file}: {error.reason}", error.fix) from error


def make_plan(
    request: ImportRequest,
    owner: Person | None,
    limits: Limits | None = None,
    own: frozenset[str] = frozenset(),
) -> Plan:
    """Open and check every file; raises FileError for the first that cannot be what it claims to be.

    `own`: e-mail addresses known to be the owner's.

    Reads each file to its end once. Blocks: call it in a thread.
    """
    request.check()
    found = open_members(request.paths, limits)
    ignored = list(found.ignored)
    notes: list[str] = []
    opened = [file for member in found.members if (file := _open(member, request, ignored, notes))]
    if not opened:
        raise _nothing(found, ignored)
    owners = _owners(opened, request, owner, notes)
    files = [
        PlannedFile(member, file, _context(member, file, request, owner or owners.get(member.delivery), own))
        for member, file in opened
    ]
    files.sort(key=lambda one: _rank(one.opened.format.kinds))
    again = [second for planned in files if (second := _again(planned, [file for _, file in opened]))]
    for planned in files:
        ignored += [
            Ignored(planned.member.name, "not a column that is read", column)
            for column in planned.opened.ignored_columns
        ]
    return Plan((*files, *again), tuple(ignored), tuple(notes))


def _again(planned: PlannedFile, opened: Sequence[OpenFile]) -> PlannedFile | None:
    """The file's second reading, after all others, where it says something of their rows or of its own."""
    known = planned.opened.format
    later = known.later if isinstance(known, CrmFormat) else None
    sheet = planned.opened.content
    if later is None or not isinstance(sheet, Sheet) or not later.fits(sheet.table.header.cells):
        return None
    binding = bind(later.columns, sheet.table.header.cells)
    file = replace(planned.opened, format=later, content=replace(sheet, binding=binding))
    with named(planned.member.name):
        links = later.gather(file, opened) if later.gather else {}
    return replace(
        planned, opened=file, context=replace(planned.context, links=links), place=Place(), again=True
    )


def _open(
    member: Member, request: ImportRequest, ignored: list[Ignored], notes: list[str]
) -> tuple[Member, OpenFile] | None:
    try:
        with named(member.name):
            opened = open_file(
                member,
                file_name=plain_name(member.base_name),
                format_name=request.format,
                mapping=request.mapping,
                encoding=request.encoding,
                date_order=request.date_order,
            )
    except UnknownFormatError:
        reason = left_alone(plain_name(member.base_name))
        if reason and member.explicit:
            raise UnknownFormatError(
                f"{member.name}: {reason}", "Map it with --mapping if it is not"
            ) from None
        if not reason and (member.explicit or _claims_a_format(member)):
            raise
        ignored.append(Ignored(member.name, reason or "not a file of a known format"))
        return None
    except EmptyFileError as error:
        if member.explicit:
            raise
        notes.append(error.reason)
        return None
    if opened.format.ignored:
        ignored.append(Ignored(member.name, opened.format.ignored))
        return None
    return member, opened


def _claims_a_format(member: Member) -> bool:
    """Whether a file's name says what it is: then a header that does not fit is an error."""
    stem = file_stem(plain_name(member.base_name))
    return any(stem in known.stems for known in FORMATS if isinstance(known, SheetFormat))


def _nothing(found: Opened, ignored: Sequence[Ignored]) -> FileError:
    if len(found.members) == 1 and ignored:
        return FileError(f"{ignored[-1].file}: {ignored[-1].reason}", "Import another file")
    return FileError(
        "None of the files is of a known format, or all are empty",
        "Run liaison inspect on one of them: it shows what is recognised and proposes a mapping",
    )


def _rank(kinds: Sequence[str]) -> int:
    """Where a file goes: with facts after all that bring only nodes, and with nodes before those of facts alone."""
    ranks = [_ORDER.get(kind, _LAST) for kind in kinds]
    return _MIXED if min(ranks) < _LAST == max(ranks) else max(ranks)


def _owners(
    opened: Sequence[tuple[Member, OpenFile]], request: ImportRequest, owner: Person | None, notes: list[str]
) -> dict[str, Person]:
    """Owners by delivery, read from the Profile.csv in each; only where nobody stated one."""
    owners: dict[str, Person] = {}
    several = len({member.delivery for member, _ in opened}) > 1
    if owner is None:
        for member, file in opened:
            if file.format.name != _PROFILE:
                continue
            context = _context(member, file, request, None)
            with named(member.name):
                person = next(
                    (_person(item) for item in file.records(context) if isinstance(item, Record)), None
                )
            if person is not None and owners.setdefault(member.delivery, person).keys != person.keys:
                raise FileError(
                    f"{member.name}: a second Profile.csv names another owner", "Import one archive at a time"
                )
        for delivery, person in owners.items():
            said: list[str] = []
            owners[delivery] = _with_profile(delivery, person, opened, request, said)
            notes += [f"{archive_of(delivery)}: {note}" if several else note for note in said]
    for member, file in opened:
        if file.format.needs_owner and owner is None and member.delivery not in owners:
            raise FileError(
                f"{member.name}: its owner is not known: the file does not say whose it is",
                "State the owner (--owner): a LinkedIn URL, an e-mail address or a person's id; "
                "or import it together with Profile.csv",
            )
    return owners


def _with_profile(
    delivery: str,
    owner: Person,
    opened: Sequence[tuple[Member, OpenFile]],
    request: ImportRequest,
    notes: list[str],
) -> Person:
    """The owner by the LinkedIn profile that other files of the archive show, else as Profile.csv names them."""
    found: dict[Identity, str] = {}
    for member, file in opened:
        if member.delivery == delivery:
            with named(member.name):
                profile = file.owner_profile(owner, _context(member, file, request, owner))
            if profile is not None:
                found[profile] = member.base_name
    if len(found) == 1:
        ((profile, name),) = found.items()
        notes.append(f"The owner was taken from Profile.csv, and their LinkedIn address from {name}.")
        return replace(owner, identities=(profile,))
    notes.append(
        "The owner was taken from Profile.csv and is known by name alone: state owner (a LinkedIn URL or "
        "e-mail address) so that they are recognised in other files."
    )
    return owner


def archive_of(delivery: str) -> str:
    """The name of the zip or folder by which files came together."""
    return delivery.partition(":")[2] or delivery


def _person(item: Record) -> Person | None:
    return next((entity for entity in item.entities if isinstance(entity, Person)), None)


def _context(
    member: Member,
    file: OpenFile,
    request: ImportRequest,
    owner: Person | None,
    own: frozenset[str] = frozenset(),
) -> FileContext:
    return FileContext(
        source=request.source.strip(),
        file_name=plain_name(member.base_name),
        as_of=_as_of(member, file.seen_on),
        owner=owner,
        own_addresses=own,
        date_order=file.date_order or request.date_order,
    )


def _as_of(member: Member, seen_on: PartialDate | None) -> PartialDate | None:
    """The day of the export: the one in its zip where that can be, else the newest date in the file itself.

    When the file was copied or uploaded says nothing: the same file must say the same again later.
    """
    if member.inside is None or member.inside.date_time[0] <= 1980:
        return seen_on
    try:
        packed = date(*member.inside.date_time[:3])
    except ValueError:
        return seen_on
    day = PartialDate(packed.year, packed.month, packed.day)
    return seen_on if packed > date.today() or (seen_on and newer(seen_on, day)) else day
