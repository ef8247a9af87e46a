"""Affinity's exports of lists of organizations and of people.

Seen in code of others that reads such files: `Affinity Row ID`, `Organization Id`, `Name`, `Website` of an
organization; `Person Id`, `Full Name`, `Primary Email`, `Email Addresses`, `Organizations`, `Job Titles`,
`LinkedIn URL` and `Location (…)` of a person. First and last name, and industry, were not seen. The other columns
of a list are its owner's own and never read.
"""

from __future__ import annotations

from graph.model.entities import Company, Person
from graph.model.identities import Identity, Label, external_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.crm import CrmFormat, company_domain, known_by, listed, missing_name, own_addresses
from importers.formats.sheet import reading_rows
from importers.formats.values import (
    company_known_as,
    employment_at,
    known_as_of,
    linkedin_cell,
    one_line,
    person_name,
    said,
)

__all__ = ["AFFINITY"]

_DATE_ADDED = Column("Date Added", kept=False, date=True, seen=True)
_ORGANIZATION_COLUMNS = (
    Column("Organization Id", required=True),
    Column("Name", ("Organization Name",), required=True),
    Column("Website", required=True),
    _DATE_ADDED,
)
_PERSON_COLUMNS = (
    Column("Person Id", required=True),
    Column("Full Name", ("Name",)),
    Column("First Name"),
    Column("Last Name"),
    Column("Primary Email", required=True),
    Column("Email Addresses", ("Emails",)),
    Column("Organizations"),
    Column("Job Titles"),
    Column("LinkedIn URL"),
    Column("Location (City)"),
    Column("Location (Country)"),
    _DATE_ADDED,
)
_ORGANIZATION_KEPT, _PERSON_KEPT = (
    frozenset(column.name for column in columns if column.kept)
    for columns in (_ORGANIZATION_COLUMNS, _PERSON_COLUMNS)
)


def _own(label: Label, row: Row, column: str, context: FileContext) -> Identity:
    text = row.get(column)
    if text.isascii() and text.isdigit() and len(text) <= 20:
        return external_identity(label, context.source, text)
    what = "it is not an id: digits only" if text else "it is empty"
    raise RowError(column, f"{column}: {what}", "Import the file as Affinity wrote it")


def _organization(row: Row, context: FileContext) -> Record | Skipped:
    own = _own("company", row, "Organization Id", context)
    name = one_line(row.get("Name"))
    if not name:
        return missing_name(row)
    domain = company_domain(row.get("Website"))
    company = Company(
        identities=known_by(name, own, domain),
        name=name,
        domain=domain.value if domain else "",
    )
    return Record(f"organizations|{own.value}", (company,), (), said(row, _ORGANIZATION_KEPT))


def _person(row: Row, context: FileContext) -> list[Record] | Skipped:
    own = _own("person", row, "Person Id", context)
    name = one_line(row.get("Full Name")) or person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        return missing_name(row)
    addresses = own_addresses(row, "Primary Email", "Email Addresses")
    profile = linkedin_cell(row.get("LinkedIn URL"), "LinkedIn URL")
    # Former ones stand in the same list: one alone is where they are.
    organizations, titles = listed(row, "Organizations"), listed(row, "Job Titles")
    employer = company_known_as(organizations[0]) if len(organizations) == 1 else None
    person = Person(
        identities=(own, *([profile] if profile else []), *addresses),
        name=name,
        location=one_line(
            ", ".join(filter(None, (row.get("Location (City)"), row.get("Location (Country)"))))
        ),
    )
    records = [Record(f"people|{own.value}", (person,), (), said(row, _PERSON_KEPT))]
    if employer:
        same = Person(identities=(own,))
        title = titles[0] if len(titles) == 1 else ""
        fact = employment_at(same, employer, title, known_as_of(context.as_of))
        records.append(Record(f"employment|{own.value}", (same, employer), (fact,)))
    return records


AFFINITY: tuple[CrmFormat, ...] = (
    CrmFormat(
        name="affinity/organizations",
        brings="companies",
        columns=_ORGANIZATION_COLUMNS,
        read=reading_rows(_ORGANIZATION_COLUMNS, _organization),
        # A sample of made-up organizations that many people keep has the same three columns, and an index.
        foreign=frozenset(("person id", "primary email", "index")),
    ),
    CrmFormat(
        name="affinity/people",
        columns=_PERSON_COLUMNS,
        read=reading_rows(_PERSON_COLUMNS, _person),
    ),
)
