"""An entry of an address book as a record: the person, how to reach them, and their employer without a date.

That somebody's address is known to the owner is no evidence that the two know each other: an entry makes no
connection. Nor does it say since when or until when its company held, so that it proves no shared time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from graph.model.entities import Company, Person
from graph.model.facts import Employment
from graph.model.identities import Identity, linkedin_identity, normal_company_name, normal_name, row_identity
from graph.model.records import Record
from importers.formats.addresses import is_persons
from importers.formats.base import FileContext, Row, RowError, Skipped
from importers.formats.values import company_known_as, email_cell, employment_at, known_as_of, one_line

__all__ = ["entry_record", "is_internal", "mail_identities", "profile_of"]

_MISPLACED = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$|^[a-z][a-z0-9+.-]*:\S", re.IGNORECASE)


def mail_identities(cells: Iterable[tuple[str, str]]) -> list[Identity]:
    """People's addresses among (column, text) cells, each once; raises RowError for what is no address.

    A mailbox of a function (`info@`) is left out: it would make one person of all who are reached by it. So is an
    address inside an Exchange server (`/o=…`), which is none on the internet.
    """
    found: dict[str, Identity] = {}
    for column, text in cells:
        address = text.strip().strip("'\"<>")
        if not address or is_internal(address):
            continue
        identity = email_cell(address, column)
        if is_persons(identity.value):
            found.setdefault(identity.key, identity)
    return list(found.values())


def is_internal(address: str) -> bool:
    """Whether an address is one inside an Exchange server: a path in its directory."""
    return address.casefold().startswith("/o=")


def profile_of(links: Iterable[str]) -> Identity | None:
    """The LinkedIn profile among web addresses; all others are not kept."""
    found = (
        linkedin_identity(link) for link in links if "linkedin.com/" in link.casefold() and len(link) < 500
    )
    return next((identity for identity in found if identity), None)


def entry_record(
    kind: str,
    row: Row,
    context: FileContext,
    *,
    name: str,
    mails: Sequence[Identity],
    profile: Identity | None = None,
    company: tuple[str, str] = ("", ""),
    title: tuple[str, str] = ("", ""),
    department: str = "",
    kept: Mapping[str, str],
) -> Record | Skipped:
    """The record of an entry; `company` and `title` are (column, text). Raises RowError for a misplaced value.

    Somebody without an address is known by source, owner, name and company, as in other lists.
    """
    called = one_line(name)
    if not called or "@" in called:
        return Skipped(row.line, "an entry without a person's name")
    for column, text in (company, title):
        if _MISPLACED.match(text.strip()):
            raise RowError(
                column,
                f"{column}: it is an address, not a name",
                "Put it into its own column, or empty the cell",
            )
    identities = tuple(identity for identity in (profile, *mails) if identity)
    if not identities:
        identities = (row_identity("person", context.source, context.owner_key, called, company[1]),)
    person = Person(identities=identities, name=called)
    employer = company_known_as(company[1]) if company[1] else None
    said = f"{normal_name(called)}|{normal_company_name(company[1])}"
    key = f"{kind}|{context.owner_key}|{identities[0].key}|{said}"
    if employer is None:
        return Record(key, (person,), (), kept)
    facts: tuple[Employment, ...] = (_employment(person, employer, title[1], department),)
    return Record(key, (person, employer), facts, kept)


def _employment(person: Person, company: Company, title: str, department: str) -> Employment:
    stated = {"department": one_line(department)} if department else {}
    return employment_at(person, company, title, known_as_of(None), **stated)
