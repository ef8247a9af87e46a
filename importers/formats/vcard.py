"""vCard 2.1, 3.0 and 4.0: cards of people, many in a file or one.

Of a card only its names, addresses, employer and LinkedIn profile are read; telephones, postal addresses, birthdays,
notes, relations and photographs are passed over while the file is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import vobject

from graph.model.identities import normal_company_name
from graph.model.records import Record
from importers.formats.address_book import entry_record, mail_identities, profile_of
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.document import DocumentFormat, begins_block, block_entries
from importers.formats.sheet import reading_rows
from importers.formats.values import one_line

__all__ = ["VCARD"]

_COLUMNS = (
    Column("VERSION", kept=False),
    Column("KIND", kept=False),
    Column("X-ADDRESSBOOKSERVER-KIND", kept=False),
    Column("X-ABSHOWAS", kept=False),
    Column("FN"),
    Column("N"),
    Column("EMAIL"),
    Column("ORG"),
    Column("TITLE"),
    # Of web addresses and profiles only one on LinkedIn is kept.
    Column("URL", kept=False),
    Column("X-SOCIALPROFILE", kept=False),
    Column("SOCIALPROFILE", kept=False),
)
_PROFILES = ("X-SOCIALPROFILE", "SOCIALPROFILE", "URL")
_PEOPLE = ("", "individual")
_FIX = "Correct or take out the card, and export the file again"


def _card(row: Row) -> dict[str, list[Any]]:
    """The card's values by property, decoded. Raises RowError for a card that cannot be read."""
    lines = "\n".join(text for name, text in row.cells.items() if name != "VERSION" and text)
    version = row.get("VERSION") or "VERSION:3.0"
    text = f"BEGIN:VCARD\n{version.splitlines()[0]}\n{lines}\nEND:VCARD\n"
    try:
        card = vobject.readOne(text, allowQP=True)
    # The library raises whatever a broken card makes its parts raise: codec, index and key errors among them.
    except Exception as wrong:
        raise RowError("", f"The card cannot be read ({type(wrong).__name__})", _FIX) from None
    return {name.upper(): [line.value for line in lines] for name, lines in card.contents.items()}


def _text(value: object) -> str:
    """A value or the parts of one as a text."""
    if isinstance(value, (list, tuple)):
        return " ".join(part for part in map(_text, value) if part)
    return one_line(str(value)) if isinstance(value, str) else ""


def _first(values: Sequence[object]) -> str:
    return next((text for text in map(_text, values) if text), "")


def _name(card: dict[str, list[Any]]) -> str:
    """First, middle and last name; where the card has no such parts, the name as it is shown."""
    for name in card.get("N", ()):
        parts = [_text(getattr(name, part, "")) for part in ("given", "additional", "family")]
        if parts[0] or parts[2]:
            return " ".join(part for part in parts if part)
    return _first(card.get("FN", ()))


def _organisation(card: dict[str, list[Any]]) -> tuple[str, str]:
    """Company and department: the first two parts of ORG."""
    for value in card.get("ORG", ()):
        parts = [_text(part) for part in value] if isinstance(value, list) else [_text(value)]
        if parts and parts[0]:
            return parts[0], parts[1] if len(parts) > 1 else ""
    return "", ""


def _links(card: dict[str, list[Any]]) -> Iterator[str]:
    for name in _PROFILES:
        for value in card.get(name, ()):
            yield _text(value)


def _entry(row: Row, context: FileContext) -> Record | Skipped:
    card = _card(row)
    kinds = [_first(card.get(name, ())).casefold() for name in ("KIND", "X-ADDRESSBOOKSERVER-KIND")]
    name, (company, department) = _name(card), _organisation(card)
    shown_as_company = _first(card.get("X-ABSHOWAS", ())).casefold() == "company"
    if any(kind not in _PEOPLE for kind in kinds) or shown_as_company:
        return Skipped(row.line, "a card of a group or a company, not of a person")
    if company and normal_company_name(name) == normal_company_name(company):
        return Skipped(row.line, "a card of a group or a company, not of a person")
    mails = [("EMAIL", _text(value)) for value in card.get("EMAIL", ())]
    title = _first(card.get("TITLE", ()))
    said = {"FN": name, "EMAIL": "; ".join(text for _, text in mails), "ORG": company, "TITLE": title}
    return entry_record(
        "vcard",
        row,
        context,
        name=name,
        mails=mail_identities(mails),
        profile=profile_of(_links(card)),
        company=("ORG", company),
        title=("TITLE", title),
        department=department,
        kept={column: text for column, text in said.items() if text},
    )


VCARD = DocumentFormat(
    name="vcard/cards",
    entry="card",
    columns=_COLUMNS,
    endings=(".vcf", ".vcard"),
    begins=begins_block("VCARD"),
    begins_with="BEGIN:VCARD",
    entries=block_entries("VCARD", _COLUMNS),
    read=reading_rows(_COLUMNS, _entry),
)
