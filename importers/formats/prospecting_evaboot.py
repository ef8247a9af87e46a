"""Evaboot: leads and accounts of Sales Navigator, cleaned.

Names, titles, addresses and companies are confirmed by public exports. The time in a position is not read: neither
the unit of its columns nor the day of the export is in the file. Nor is the founding year, where 0 stands for "not
known".
"""

from __future__ import annotations

from graph.model.entities import Company
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, Skipped
from importers.formats.crm import CrmFormat, spellings
from importers.formats.prospecting_rows import (
    company_of,
    company_record,
    page,
    person_of,
    profiles,
    record,
    verified_emails,
)
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import employment_at, known_as_of, person_name

__all__ = ["EVABOOT"]

_COMPANY_COLUMNS = (
    Column("Company Name", required=True),
    Column("Company Domain"),
    Column("Company Website URL"),
    Column("Company Linkedin URL Unique ID", required=True),
    Column("Company Industry"),
    Column("Company Employee Exact Count"),
)
_LEAD_COLUMNS = (
    Column("First Name", required=True),
    Column("Last Name", required=True),
    Column("Current Job", required=True),
    Column("Linkedin URL Public", required=True),
    Column("Linkedin URL Unique ID"),
    Column("Sales Navigator URL"),
    Column("Email"),
    Column("Email Status"),
    Column("Profile Headline"),
    Column("Location", ("Person Location",)),
    *_COMPANY_COLUMNS,
)
_KEPT_OF_A_LEAD = frozenset(column.name for column in _LEAD_COLUMNS)
_KEPT_OF_AN_ACCOUNT = frozenset(column.name for column in _COMPANY_COLUMNS)


def _lead(row: Row, context: FileContext) -> Record | Skipped:
    """Somebody at their company on the day of the export. The unique id stands beside the profile, never for it."""
    name = person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        return Skipped(row.line, "a member who hides themself")
    known_by = profiles(row, ("Linkedin URL Public",), ("Linkedin URL Unique ID", "Sales Navigator URL"))
    known_by += verified_emails(row, ("Email", "Email Status"))
    person = person_of(
        row,
        context,
        name,
        known_by,
        row.get("Company Name"),
        headline="Profile Headline",
        location="Location",
    )
    company = _company(row)
    if company is None:
        return record("lead", row, person, (), _KEPT_OF_A_LEAD)
    employment = employment_at(person, company, row.get("Current Job"), known_as_of(context.as_of))
    return record("lead", row, person, (employment,), _KEPT_OF_A_LEAD)


def _company(row: Row) -> Company | None:
    return company_of(
        row,
        "Company Name",
        page(row, "Company Linkedin URL Unique ID"),
        domains=("Company Domain", "Company Website URL"),
        headcount="Company Employee Exact Count",
        industry="Company Industry",
    )


def _account(row: Row, context: FileContext) -> Record | Skipped:
    company = _company(row)
    if company is None:
        return Skipped(row.line, "an account without a name")
    return company_record("account", row, company, _KEPT_OF_AN_ACCOUNT)


EVABOOT: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="prospecting/evaboot_leads",
        columns=_LEAD_COLUMNS,
        read=reading_rows(_LEAD_COLUMNS, _lead),
        dataset_of="file",
    ),
    CrmFormat(
        name="prospecting/evaboot_accounts",
        columns=_COMPANY_COLUMNS,
        read=reading_rows(_COMPANY_COLUMNS, _account),
        foreign=spellings(*_LEAD_COLUMNS) - spellings(*_COMPANY_COLUMNS),
        dataset_of="file",
    ),
)
