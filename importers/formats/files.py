"""From a file to its records: encoding, header, format, date order, then a stream of what the rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.identities import Identity
from graph.model.records import Record
from importers.formats.base import FileContext, Format, Held, Input, Item, Note, Row, Skipped
from importers.formats.columns import bind, missing_columns, repeatable
from importers.formats.content import Content, Document, Sheet
from importers.formats.document import DocumentFormat, stamped_day
from importers.formats.linkedin_contact import OWNER_PROFILES
from importers.formats.mapping import load_mapping
from importers.formats.registry import DOCUMENTS, FORMATS
from importers.formats.sheet import file_stem
from importers.reading.dates import DateOrder, NewestDate, OrderVotes
from importers.reading.problems import EmptyFileError, FileError, NothingUsableError, UnknownFormatError
from importers.reading.table import DELIMITERS, Header, Table, header_candidates, lone_headers, normal_header
from importers.reading.text import ByteSource, find_encoding, open_bytes

__all__ = ["OpenFile", "Place", "open_file", "recognise"]

_HEAD = 4096  # bytes by which cards, calendars and mailboxes are recognised


@dataclass(slots=True)
class Place:
    """Where in a file the reading is: the row read last, the line it begins on, and how many rows were read."""

    line: int = 0
    rows: int = 0
    cells: Mapping[str, str] = field(default_factory=dict)

    def over(self, rows: Iterable[Input]) -> Iterator[Input]:
        """Pass the rows on, and note each."""
        for row in rows:
            self.line = row.line
            self.cells = row.cells if isinstance(row, Row) else {}
            self.rows += 1
            yield row


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is what it claims to be. `row_count` counts all of its rows.

    `seen_on` is the newest date (not in the future) in the columns that say when something was true.
    """

    format: Format
    file_name: str
    content: Content
    row_count: int
    date_order: DateOrder | None
    seen_on: PartialDate | None = None

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Columns of the file that are not read, as written."""
        return self.content.ignored

    @property
    def refused_again(self) -> bool:
        """Whether the file was written by us for rows to be corrected."""
        return self.content.refused_again

    @property
    def refused_columns(self) -> tuple[str, ...]:
        """The columns that a list of refused rows may show, in the file's order."""
        return self.content.refused_columns

    def records(self, context: FileContext, place: Place | None = None) -> Iterator[Item]:
        """What the rows say, in the file's order; the same file and context give the same items every time.

        `place` is kept up to date with how far the reading is.

        Raises FileError at once when the owner is missing, and NothingUsableError after the last item when
        not one record was among them.
        """
        if self.format.needs_owner and context.owner is None:
            raise FileError(
                "The file does not say whose contacts these are: its owner is missing",
                "Name the owner with --owner: a LinkedIn URL, an e-mail address or a person's id",
            )
        exact = replace(context, file_name=self.file_name, date_order=self.date_order)
        return self._stream(exact, place or Place())

    def owner_profile(self, owner: Person, context: FileContext) -> Identity | None:
        """The profile of an owner of this name, where the file is one that shows it beyond doubt."""
        find = OWNER_PROFILES.get(self.format.name)
        return find(self.rows(), owner, replace(context, date_order=self.date_order)) if find else None

    def rows(self) -> Iterator[Input]:
        """The file's rows by canonical column."""
        return self.content.rows(self.file_name)

    def _stream(self, context: FileContext, place: Place) -> Iterator[Item]:
        reasons: Counter[str] = Counter()
        any_record = False
        for item in self.format.records(place.over(self.rows()), context):
            if isinstance(item, (Record, Held)):
                any_record = True
            elif not any_record and not isinstance(item, Note):
                reasons[item.why if isinstance(item, Skipped) else item.reason] += 1
            yield item
        if not any_record:
            why = "; ".join(
                f"{'once' if count == 1 else f'{count} times'}: {reason}"
                for reason, count in reasons.most_common(3)
            )
            none = "The only row could not" if place.rows == 1 else f"None of the {place.rows:,} rows could"
            raise NothingUsableError(
                f"{none} be used ({why})",
                "See the refused rows, or check that this is the file you mean",
            )


def open_file(
    source: ByteSource,
    file_name: str,
    *,
    format_name: str | None = None,
    mapping: str | None = None,
    encoding: str | None = None,
    date_order: DateOrder | None = None,
) -> OpenFile:
    """Recognise a file and read it through once, so that it is refused before anything of it is written.

    `format_name` is a format (`linkedin/connections`) or a family (`linkedin`). `mapping` is the text of a
    TOML mapping (`importers/formats/mapping.py`), which then stands in place of all known formats.
    Raises FileError; UnknownFormatError and EmptyFileError where it is harmless among other files.
    """
    if mapping is None and (document := _document(source, file_name, format_name)) is not None:
        return _opened_document(source, file_name, document, encoding)
    known: Sequence[Format] = FORMATS if mapping is None else load_mapping(mapping)
    codec = find_encoding(source, encoding)
    wanted = _wanted(format_name, known)
    candidates = list(header_candidates(source, codec)) or list(lone_headers(source, codec))
    found, header = recognise(file_name, candidates, wanted, any_name=len(wanted) == 1)
    table = Table(source, codec, header, repeatable(found.columns))
    sheet = Sheet(table, bind(found.columns, header.cells))
    return _surveyed(found, file_name, sheet, date_order or found.date_order)


def _document(source: ByteSource, file_name: str, format_name: str | None) -> DocumentFormat | None:
    """The kind of cards, calendar or mailbox a file is; None where it may be a table."""
    with open_bytes(source) as stream:
        head = stream.read(_HEAD)
    found = next((known for known in DOCUMENTS if known.begins(head)), None)
    if format_name is None:
        stated = [known for known in DOCUMENTS if file_name.casefold().endswith(known.endings)]
    else:
        asked = format_name.strip().casefold()
        stated = [known for known in DOCUMENTS if known.name == asked or known.name.startswith(f"{asked}/")]
        found = found if found in stated else None
    if stated and found is None and head:
        wanted = stated[0]
        raise FileError(
            f"The file is not of the kind {wanted.name}: it does not begin with “{wanted.begins_with}”",
            "Export it again, or check that this is the file you mean",
        )
    return found


def _opened_document(
    source: ByteSource, file_name: str, found: DocumentFormat, encoding: str | None
) -> OpenFile:
    """The document with its entries counted; finds a file that breaks off, too."""
    codec = find_encoding(source, encoding) if found.is_text else None
    document, unread = Document(source, codec, found), set[str]()
    seen = [column.name for column in found.columns if column.seen]
    newest = NewestDate(_today())
    rows = 0
    for row in document.rows(file_name, unread):
        rows += 1
        if seen and isinstance(row, Row):
            for name in seen:
                newest.add(stamped_day(row.get(name)))
    if not rows:
        raise EmptyFileError(f"The file holds no {found.entry}", "Export it again")
    document = replace(document, ignored=tuple(sorted(unread)))
    return OpenFile(found, file_name, document, rows, None, newest.by(None))


def _today() -> PartialDate:
    today = date.today()
    return PartialDate(today.year, today.month, today.day)


def _surveyed(found: Format, file_name: str, sheet: Sheet, stated: DateOrder | None) -> OpenFile:
    """The file with its rows counted and its dates looked at; finds a file that breaks off, too."""
    places = sheet.binding.places
    dates = [places[column.name] for column in found.columns if column.date and column.name in places]
    seen = [places[column.name] for column in found.columns if column.seen and column.name in places]
    votes, newest = OrderVotes(), NewestDate(_today())
    rows = 0
    for raw in sheet.table:
        rows += 1
        if isinstance(raw, tuple):
            for at in dates:
                votes.add(raw[1][at].strip())
            for at in seen:
                newest.add(raw[1][at].strip())
    if not rows:
        raise EmptyFileError("The file has a header and no rows", "Export it again")
    if found.ignored:
        return OpenFile(found, file_name, sheet, rows, None)
    order = votes.decide(stated, found.written_order)
    return OpenFile(found, file_name, sheet, rows, order, newest.by(order))


def _wanted(format_name: str | None, formats: Sequence[Format]) -> Sequence[Format]:
    if format_name is None:
        return formats
    asked = format_name.strip().casefold()
    wanted = [known for known in formats if known.name == asked or known.name.startswith(f"{asked}/")]
    if not wanted:
        raise FileError(
            f"There is no format “{format_name[:60]}”",
            f"Known are: {', '.join(known.name for known in formats)}",
        )
    return wanted


def recognise(
    file_name: str,
    candidates: Iterable[Header],
    formats: Sequence[Format] = FORMATS,
    *,
    any_name: bool = False,
) -> tuple[Format, Header]:
    """The format of a file, and which of its first rows is the header: the topmost that a format knows.

    Of several formats that fit, the one named by the file's name, else the one that needs most columns.
    `any_name`: the format was stated, so the file may be called anything. Raises UnknownFormatError, which
    names the nearest format and the columns it lacks.
    """
    rows = list(candidates)
    for header in rows:
        fitting = [
            known
            for known in formats
            if (known.fits(header.cells) if any_name else known.recognises(file_name, header.cells))
        ]
        by_name = [known for known in fitting if file_stem(file_name) in getattr(known, "stems", ())]
        fitting = by_name or fitting
        # One kind of file may have all that another must have, and more: accounts, and leads with their accounts.
        most = max((_required(known) for known in fitting), default=0)
        fitting = [known for known in fitting if _required(known) == most]
        if len(fitting) == 1:
            return fitting[0], header
        if fitting:
            names = ", ".join(known.name for known in fitting)
            raise FileError(f"The file could be any of {names}", "Say which with --format")
    raise _unknown(file_name, rows, formats)


def _required(known: Format) -> int:
    return sum(column.required for column in known.columns)


def _unknown(file_name: str, rows: Sequence[Header], formats: Sequence[Format]) -> UnknownFormatError:
    best: tuple[int, Format, Header] | None = None
    for header in rows:
        there = {normal_header(cell) for cell in header.cells}
        for known in formats:
            names = [{normal_header(n) for n in (column.name, *column.aliases)} for column in known.columns]
            score = 2 * sum(bool(spellings & there) for spellings in names)
            score += file_stem(file_name) in getattr(known, "stems", ()) and score > 0
            if score >= 3 and (best is None or score > best[0]):
                best = score, known, header
    if best is None:
        shown = " ".join(repr(delimiter)[1:-1] for delimiter in DELIMITERS)
        return UnknownFormatError(
            f"The file has no header that is known (delimiters tried: {shown})",
            "Check that this is the file you mean; map any other CSV with --mapping (liaison inspect proposes one)",
        )
    _, nearest, header = best
    missing = missing_columns(nearest.columns, header.cells)
    if not missing:
        stems = getattr(nearest, "stems", ())
        if not stems:
            return UnknownFormatError(
                f"The file has what {nearest.name} needs, but too little or too much else to tell that it is one",
                f"Say --format {nearest.name} if it is",
            )
        called = " or ".join(f"{stem.replace(' ', '_')}.csv" for stem in stems)
        return UnknownFormatError(
            f"The file has the columns of {nearest.name}, but its name does not say so",
            f"Name it {called}, or say --format {nearest.name}",
        )
    return UnknownFormatError(
        f"The file is nearest to {nearest.name} and lacks required columns: {', '.join(missing)}",
        "Export it with these columns, or map it with --mapping",
    )
