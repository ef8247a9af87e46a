"""Apollo: people with their employer, and companies.

`Company Name for Emails` is how Apollo writes to people, not the company's name; it is never read, nor are phone
numbers, keywords, funding and what was sent to whom.
"""

from __future__ import annotations

from dataclasses import replace

from graph.model.entities import Company
from graph.model.records import Record
from graph.model.titles import department_of, seniority_of
from importers.formats.base import Column, FileContext, Row, Skipped
from importers.formats.crm import CrmFormat, spellings
from importers.formats.prospecting_rows import (
    company_of,
    company_record,
    external,
    page,
    person_of,
    profiles,
    record,
    verified_emails,
)
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import employment_at, known_as_of, one_line, person_name

__all__ = ["APOLLO"]

_COMPANY_COLUMNS = (
    Column("# Employees"),
    Column("Industry"),
    Column("Website"),
    Column("Company Linkedin Url", required=True),
    Column("Apollo Account Id", ("Apollo Record Id",)),
)
_PEOPLE_COLUMNS = (
    Column("First Name", required=True),
    Column("Last Name", required=True),
    Column("Title", required=True),
    Column("Company", ("Company Name",), required=True),
    Column("Email"),
    Column("Email Status"),
    Column("Secondary Email"),
    Column("Secondary Email Status"),
    Column("Tertiary Email"),
    Column("Tertiary Email Status"),
    Column("Seniority"),
    Column("Departments"),
    Column("Person Linkedin Url", ("Person LinkedIn URL",), required=True),
    Column("City"),
    Column("State"),
    Column("Country"),
    Column("Apollo Contact Id"),
    *_COMPANY_COLUMNS,
)
_ACCOUNT_COLUMNS = (Column("Company", ("Company Name",), required=True), *_COMPANY_COLUMNS)
_KEPT_OF_A_PERSON = frozenset(column.name for column in _PEOPLE_COLUMNS)
_KEPT_OF_A_COMPANY = frozenset(column.name for column in _ACCOUNT_COLUMNS)
_EMAILS = (
    ("Email", "Email Status"),
    ("Secondary Email", "Secondary Email Status"),
    ("Tertiary Email", "Tertiary Email Status"),
)
# Apollo's words; what is missing here ("Partner") says no rank of ours.
_SENIORITY = {
    "owner": "owner",
    "founder": "owner",
    "c suite": "c_level",
    "c-suite": "c_level",
    "vp": "vp",
    "head": "head",
    "director": "director",
    "manager": "manager",
    "senior": "senior",
    "entry": "staff",
    "intern": "junior",
}
_DEPARTMENT = {
    "engineering & technical": "engineering",
    "engineering": "engineering",
    "information technology": "it",
    "finance": "finance",
    "human resources": "hr",
    "legal": "legal",
    "marketing": "marketing",
    "operations": "operations",
    "product": "product",
    "product management": "product",
    "sales": "sales",
    "support": "customer service",
    "customer success": "customer service",
    "customer service": "customer service",
}


def _person(row: Row, context: FileContext) -> Record | Skipped:
    """Somebody at their company on the day of the export; the tool does not say since when."""
    name = person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        return Skipped(row.line, "it has no name")
    contact_id = external(row, context, "Apollo Contact Id")
    known_by = [*profiles(row, ("Person Linkedin Url",)), *([contact_id] if contact_id else [])]
    known_by += verified_emails(row, *_EMAILS)
    person = person_of(row, context, name, known_by, row.get("Company"))
    if place := _place(row):
        person = replace(person, location=place)
    company = _company(row, context)
    if company is None:
        return record("apollo", row, person, (), _KEPT_OF_A_PERSON)
    title = row.get("Title")
    employment = employment_at(
        person,
        company,
        title,
        known_as_of(context.as_of),
        seniority=_SENIORITY.get(row.get("Seniority").casefold(), "") or seniority_of(one_line(title)),
        department=department_of(one_line(title)) or _department(row.get("Departments")),
    )
    return record("apollo", row, person, (employment,), _KEPT_OF_A_PERSON)


def _place(row: Row) -> str:
    parts = dict.fromkeys(one_line(row.get(column)) for column in ("City", "State", "Country"))
    return ", ".join(part for part in parts if part)


def _department(stated: str) -> str:
    """The department where Apollo names exactly one of ours: of several, none is certain."""
    found = {
        _DEPARTMENT[name] for part in stated.split(",") if (name := part.strip().casefold()) in _DEPARTMENT
    }
    return found.pop() if len(found) == 1 else ""


def _company(row: Row, context: FileContext) -> Company | None:
    return company_of(
        row,
        "Company",
        page(row, "Company Linkedin Url"),
        external(row, context, "Apollo Account Id", "company"),
        domains=("Website",),
        headcount="# Employees",
        industry="Industry",
    )


def _account(row: Row, context: FileContext) -> Record | Skipped:
    company = _company(row, context)
    if company is None:
        return Skipped(row.line, "an account without a name")
    return company_record("account", row, company, _KEPT_OF_A_COMPANY)


APOLLO: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="prospecting/apollo_people",
        columns=_PEOPLE_COLUMNS,
        read=reading_rows(_PEOPLE_COLUMNS, _person),
        dataset_of="file",
    ),
    CrmFormat(
        name="prospecting/apollo_companies",
        columns=_ACCOUNT_COLUMNS,
        read=reading_rows(_ACCOUNT_COLUMNS, _account),
        foreign=spellings(*_PEOPLE_COLUMNS) - spellings(*_ACCOUNT_COLUMNS),
        dataset_of="file",
    ),
)
