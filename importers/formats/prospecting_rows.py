"""What the rows of prospecting tools have in common: somebody's profile, addresses and employer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Fact
from graph.model.identities import (
    Identity,
    domain_identity,
    external_identity,
    linkedin_identity,
    row_identity,
)
from graph.model.records import Record
from importers.formats.base import FileContext, Row, RowError
from importers.formats.crm import company_domain
from importers.formats.values import (
    company_known_as,
    date_cell,
    email_cell,
    linkedin_cell,
    member_identity,
    one_line,
    said,
)
from importers.identity.shared_mail import is_shared_address
from importers.reading.dates import DateError, parse_range

__all__ = [
    "VERIFIED",
    "company_of",
    "company_record",
    "external",
    "first_date",
    "first_degree",
    "page",
    "person_of",
    "profiles",
    "range_cell",
    "record",
    "verified_emails",
]

# What the tools call an address that they have seen to exist. A guessed one may be somebody else's, or nobody's.
VERIFIED = frozenset(("verified", "valid", "safe", "deliverable", "likely to engage"))
_LONGEST_ADDRESS = 2000
_FIRST_DEGREE = frozenset(("1st", "1", "1er", "1.", "1º", "1°"))
_COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:[,.' \u00a0\u202f]\d{3}){1,2}")
# "11-50", "10,001+", "5K+": a size class says no number.
_CLASS = re.compile(
    r"[\d,. ]+(?:\s?[kKmM])?\s?(?:\+|[-\u2013]\s?[\d,. ]+[kKmM]?\+?)?(?:\s+employees)?", re.IGNORECASE
)


def profiles(row: Row, public: Sequence[str], internal: Sequence[str] = ()) -> list[Identity]:
    """The public profile out of the first of the columns that has one, and after it LinkedIn's internal id."""
    found = [linkedin_cell(row.get(column), column) for column in public]
    shown = [identity for identity in found if identity][:1]
    member = member_identity(*(row.get(column) for column in (*internal, *public)))
    return [*shown, member] if member else shown


def verified_emails(row: Row, *columns: tuple[str, str]) -> list[Identity]:
    """The addresses, by (address, status) columns, that the file says were verified and that one person reads."""
    found: dict[Identity, None] = {}
    for column, status in columns:
        text = row.get(column)
        if text and row.get(status).casefold() in VERIFIED:
            identity = email_cell(text, column)
            if not is_shared_address(identity.value):
                found[identity] = None
    return list(found)


def person_of(
    row: Row,
    context: FileContext,
    name: str,
    known_by: Sequence[Identity],
    company: str,
    *,
    headline: str = "",
    location: str = "",
) -> Person:
    """A person; without any identity known by source, name and company: the same row again is the same person.

    `headline` and `location` are columns.
    """
    identities = tuple(known_by) or (row_identity("person", context.source, name, company),)
    return Person(
        identities=identities,
        name=name,
        headline=one_line(row.get(headline)),
        location=one_line(row.get(location)),
    )


def page(row: Row, column: str) -> Identity | None:
    """The company's LinkedIn page; raises RowError for what is no web address at all."""
    text = row.get(column)
    if len(text) > _LONGEST_ADDRESS:
        raise RowError(column, f"{column}: it is too long for a web address", "Correct or empty the cell")
    if not text or ("linkedin.com" not in text.casefold() and ("." in text or ":" in text)):
        return None
    if "." not in text:
        raise RowError(column, f"{column}: it is not a web address", "Correct or empty the cell")
    return linkedin_identity(text.replace("/sales/company/", "/company/"), "company")


def external(row: Row, context: FileContext, column: str, label: str = "person") -> Identity | None:
    """The id that the tool gave somebody or a company, as one of the import's source."""
    text = row.get(column)
    if not text:
        return None
    if len(text) > 500:
        raise RowError(column, f"{column}: it is too long to be an id", "Correct the cell")
    return external_identity("company" if label == "company" else "person", context.source, text)


def company_of(
    row: Row,
    name: str,
    *known_by: Identity | None,
    domains: Sequence[str] = (),
    headcount: str = "",
    industry: str = "",
) -> Company | None:
    """A company by its name and what identifies it; None for what is none ("Self-employed").

    `domains`, `headcount` and `industry` are columns; a headcount of 0 is how tools write that it is missing.
    """
    domain = next((found for column in domains if (found := _own_domain(row, column))), None)
    company = company_known_as(row.get(name), *dict.fromkeys((*known_by, domain)))
    if company is None or not company.name:
        return None
    return replace(
        company,
        domain=domain.value if domain else "",
        headcount=_headcount(row, headcount) if headcount else None,
        industry=one_line(row.get(industry)) if industry else "",
    )


def _own_domain(row: Row, column: str) -> Identity | None:
    text = row.get(column)
    if len(text) > _LONGEST_ADDRESS:
        raise RowError(column, f"{column}: it is too long for a web address", "Correct or empty the cell")
    if not text or (":" in text and not text.casefold().startswith(("http://", "https://"))):
        return None
    if domain_identity(text) is None and ("." not in text or " " in text or "@" in text):
        raise RowError(column, f"{column}: it is not a web address", "Correct or empty the cell")
    return company_domain(text)


def _headcount(row: Row, column: str) -> int | None:
    text = row.get(column)
    if _COUNT.fullmatch(text):
        return int(re.sub(r"\D", "", text)) or None
    if not text or (len(text) <= 40 and _CLASS.fullmatch(text)):
        return None
    raise RowError(column, f"{column}: it is not a number", "Write digits only, or empty the cell")


def range_cell(row: Row, column: str, context: FileContext) -> Spell | None:
    """`Dec 2022 - Present`, and what LinkedIn shows after it (`· 1 yr`) left out; None for an empty cell."""
    dates = row.get(column).split("\u00b7", 1)[0].strip()
    try:
        return parse_range(dates, context.date_order) if dates else None
    except DateError as wrong:
        raise RowError(
            column, f"{column}: {wrong}", "Write it as Jan 2019 - Mar 2021, or leave it empty"
        ) from None


def first_date(row: Row, context: FileContext, *columns: str) -> PartialDate | None:
    """The first date among these columns."""
    found = [date_cell(row, column, context) for column in columns]
    return next((day for day in found if day), None)


def first_degree(row: Row, column: str, person: Person, context: FileContext) -> list[Connection]:
    """That the export's owner is connected with the person, where the row says so and somebody named the owner."""
    owner = context.owner
    if owner is None or row.get(column).casefold() not in _FIRST_DEGREE or set(owner.keys) & set(person.keys):
        return []
    return [Connection(a=owner, b=person)]


def record(
    kind: str, row: Row, person: Person, facts: Sequence[Fact | None], kept: frozenset[str], owner: str = ""
) -> Record:
    """One row about a person, with everything that its facts join."""
    stated = tuple(fact for fact in facts if fact)
    mentioned = {end.keys: end for fact in stated for end in fact.ends() if end.keys != person.keys}
    key = "|".join((kind, *([owner] if owner else ()), person.keys[0]))
    return Record(key, (person, *mentioned.values()), stated, said(row, kept))


def company_record(kind: str, row: Row, company: Company, kept: frozenset[str]) -> Record:
    """One row about a company."""
    return Record(f"{kind}|{company.keys[0]}", (company,), (), said(row, kept))
