"""Google Contacts, exported as "Google CSV": the header of before 2024 and the one of since then.

Both number what stands there several times (`E-mail 1 - Value`), and join further values in one cell by ` ::: `.
Phones, addresses, birthdays, notes, relations and pictures are in no column table: they are never read.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.model.records import Record
from importers.formats.address_book import entry_record, mail_identities, profile_of
from importers.formats.base import Column, FileContext, Row, Skipped
from importers.formats.sheet import RowReader, SheetFormat, reading_rows
from importers.formats.values import said

__all__ = ["GOOGLE"]

_SEVERAL = ":::"
_MAILS = tuple(f"E-mail {number} - Value" for number in range(1, 21))
_LINKS = tuple(f"Website {number} - Value" for number in range(1, 11))
_REACH = (*(Column(name) for name in _MAILS), *(Column(name, kept=False) for name in _LINKS))

_NEW = (
    Column("First Name", required=True),
    Column("Middle Name"),
    Column("Last Name", required=True),
    Column("File As"),
    Column("Organization Name", required=True),
    Column("Organization Title"),
    Column("Organization Department"),
    # Says that the file is Google's; what the owner calls their groups is not kept.
    Column("Labels", required=True, kept=False),
    *_REACH,
)
_OLD = (
    Column("Name", required=True),
    Column("Given Name", required=True),
    Column("Additional Name"),
    Column("Family Name", required=True),
    Column("Organization 1 - Name"),
    Column("Organization 1 - Title"),
    Column("Organization 1 - Department"),
    Column("Group Membership", required=True, kept=False),
    *_REACH,
)


def _values(row: Row, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        for value in row.get(column).split(_SEVERAL):
            if value.strip():
                yield column, value.strip()


def _reader(
    names: tuple[str, str, str], whole: str, organisation: str, columns: tuple[Column, ...]
) -> RowReader:
    kept = frozenset(column.name for column in columns if column.kept)

    def read_row(row: Row, context: FileContext) -> Record | Skipped:
        def first_of(column: str) -> tuple[str, str]:
            # Several organisations in one cell: the first is the one that Google shows.
            return column, row.get(column).split(_SEVERAL)[0].strip()

        name = " ".join(part for part in (row.get(column) for column in names) if part) or row.get(whole)
        return entry_record(
            "google",
            row,
            context,
            name=name,
            mails=mail_identities(_values(row, _MAILS)),
            profile=profile_of(link for _, link in _values(row, _LINKS)),
            company=first_of(f"{organisation}Name"),
            title=first_of(f"{organisation}Title"),
            department=first_of(f"{organisation}Department")[1],
            kept=said(row, kept),
        )

    return read_row


def _format(kind: str, columns: tuple[Column, ...], read_row: RowReader) -> SheetFormat:
    return SheetFormat(
        name=f"google/{kind}",
        columns=columns,
        read=reading_rows(columns, read_row),
        needs_owner=True,
        dataset_of="owner",
    )


GOOGLE: tuple[SheetFormat, ...] = (
    _format(
        "contacts",
        _NEW,
        _reader(("First Name", "Middle Name", "Last Name"), "File As", "Organization ", _NEW),
    ),
    _format(
        "contacts_old",
        _OLD,
        _reader(("Given Name", "Additional Name", "Family Name"), "Name", "Organization 1 - ", _OLD),
    ),
)
