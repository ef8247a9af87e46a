"""PhantomBuster: searches, lists and accounts of Sales Navigator, and profiles with their last jobs and schools.

The profile scraper and the LinkedIn search export name the same things, once with a number behind (`company2`),
once in words (`linkedinPreviousJobTitle`); both spellings are seen in public exports.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment, Fact, Study
from graph.model.identities import normal_company_name
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.prospecting_rows import (
    company_of,
    company_record,
    first_date,
    first_degree,
    page,
    person_of,
    profiles,
    range_cell,
    record,
)
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import (
    date_cell,
    employment_at,
    known_as_of,
    one_line,
    person_name,
    said,
    school_named,
)
from importers.reading.dates import months_before, parse_duration

__all__ = ["PHANTOMBUSTER"]

_HIDDEN = "a member who hides themself"

# A search or list of Sales Navigator --------------------------------------------------------------------------

_SEARCH_COLUMNS = (
    Column("profileUrl", required=True),
    Column("defaultProfileUrl"),
    Column("linkedInProfileUrl"),
    Column("vmid"),
    Column("fullName", required=True),
    Column("firstName"),
    Column("lastName"),
    Column("name"),
    Column("location"),
    Column("companyName", required=True),
    Column("regularCompanyUrl"),
    Column("title", required=True),
    Column("durationInRole"),
    Column("pastExperienceCompanyName"),
    Column("pastExperienceCompanyUrl"),
    Column("pastExperienceCompanyTitle"),
    Column("pastExperienceDate"),
    Column("connectionDegree", ("degree",)),
    Column("timestamp", date=True, seen=True),
)
_CURRENT = frozenset(column.name for column in _SEARCH_COLUMNS if not column.name.startswith("past"))
_PAST = frozenset(("profileUrl", "defaultProfileUrl", "linkedInProfileUrl", "vmid", "fullName")) | frozenset(
    column.name for column in _SEARCH_COLUMNS if column.name.startswith("past")
)


def _found(row: Row, context: FileContext) -> list[Record] | Skipped:
    """What holds now (the same in every row of a person), and one past employment."""
    name = one_line(row.get("fullName") or row.get("name")) or person_name(
        row.get("firstName"), row.get("lastName")
    )
    if not name:
        return Skipped(row.line, _HIDDEN)
    known_by = profiles(row, ("defaultProfileUrl", "linkedInProfileUrl", "profileUrl"), ("vmid",))
    person = person_of(row, context, name, known_by, row.get("companyName"), location="location")
    seen_on = date_cell(row, "timestamp", context)
    records = [_now(row, context, person, seen_on)]
    if row.get("pastExperienceCompanyName") and (past := _past(row, context, person)):
        records.append(past)
    return records


def _now(row: Row, context: FileContext, person: Person, seen_on: PartialDate | None) -> Record:
    facts: list[Employment | Connection] = []
    entities: list[Person | Company] = [person]
    company = company_of(row, "companyName", page(row, "regularCompanyUrl"))
    if company:
        spell = _current_spell(row.get("durationInRole"), seen_on, context)
        facts.append(employment_at(person, company, row.get("title"), spell))
        entities.append(company)
    for connection in first_degree(row, "connectionDegree", person, context):
        facts.append(connection)
        entities.append(connection.a)
    key = f"search|{context.owner_key}|{person.keys[0]}"
    return Record(key, tuple(entities), tuple(facts), said(row, _CURRENT))


def _current_spell(duration: str, seen_on: PartialDate | None, context: FileContext) -> Spell:
    """Since when, by the months in the role before the month of the search; else as of that day alone."""
    months = parse_duration(duration) if duration else None
    if months is None or seen_on is None:
        return known_as_of(seen_on or context.as_of)
    try:
        return Spell(started=months_before(seen_on, months), current=True)
    except ValueError:
        raise RowError(
            "durationInRole", "durationInRole: it begins before any career can", "Correct or empty the cell"
        ) from None


def _past(row: Row, context: FileContext, person: Person) -> Record | None:
    company = company_of(row, "pastExperienceCompanyName", page(row, "pastExperienceCompanyUrl"))
    if company is None:
        return None
    spell = range_cell(row, "pastExperienceDate", context) or Spell()
    employment = employment_at(person, company, row.get("pastExperienceCompanyTitle"), spell)
    key = f"past|{person.keys[0]}|{company.keys[0]}|{employment.natural_key()}"
    return Record(key, (person, company), (employment,), said(row, _PAST))


# Profiles -----------------------------------------------------------------------------------------------------

_PROFILE_COLUMNS = (
    Column("profileUrl"),
    Column("linkedinProfileUrl"),
    Column("linkedinProfile"),
    Column("defaultProfileUrl"),
    Column("baseUrl"),
    Column("vmid"),
    Column("linkedinProfileUrn"),
    Column("fullName"),
    Column("firstName", required=True),
    Column("lastName", required=True),
    Column("headline", ("linkedinHeadline",)),
    Column("location"),
    Column("connectionDegree"),
    Column("company", ("companyName",)),
    Column("linkedinCompanyName"),
    Column("companyUrl", ("linkedinCompanyUrl",)),
    Column("companyWebsite", ("linkedinCompanyWebsite",)),
    Column("linkedinCompanyEmployeesCount"),
    Column("companyIndustry", ("linkedinCompanyIndustry",)),
    Column("jobTitle", ("linkedinJobTitle",), required=True),
    Column("jobDateRange", ("linkedinJobDateRange",), required=True),
    Column("company2", ("previousCompanyName",)),
    Column("companyUrl2"),
    Column("jobTitle2", ("linkedinPreviousJobTitle",)),
    Column("jobDateRange2", ("linkedinPreviousJobDateRange",)),
    Column("school", ("linkedinSchoolName",)),
    Column("schoolDegree", ("linkedinSchoolDegree",)),
    Column("schoolDateRange", ("linkedinSchoolDateRange",)),
    Column("school2", ("linkedinPreviousSchoolName",)),
    Column("schoolDegree2", ("linkedinPreviousSchoolDegree",)),
    Column("schoolDateRange2", ("linkedinPreviousSchoolDateRange",)),
    Column("timestamp", date=True, seen=True),
    Column("refreshedAt", date=True, seen=True),
)
_KEPT_OF_A_PROFILE = frozenset(column.name for column in _PROFILE_COLUMNS)
_PUBLIC = ("profileUrl", "linkedinProfileUrl", "linkedinProfile", "defaultProfileUrl", "baseUrl")


@dataclass(frozen=True, slots=True)
class _School:
    """The columns of one of the schools."""

    name: str
    degree: str
    dates: str


_SCHOOLS = (
    _School("school", "schoolDegree", "schoolDateRange"),
    _School("school2", "schoolDegree2", "schoolDateRange2"),
)


def _profile(row: Row, context: FileContext) -> Record | Skipped:
    """A profile with its newest job, the one before it, and two schools."""
    name = one_line(row.get("fullName")) or person_name(row.get("firstName"), row.get("lastName"))
    if not name:
        return Skipped(row.line, _HIDDEN)
    known_by = profiles(row, _PUBLIC, ("vmid", "linkedinProfileUrn"))
    person = person_of(
        row, context, name, known_by, row.get("company"), headline="headline", location="location"
    )
    facts: list[Fact | None] = [
        _newest_job(row, context, person),
        _job(row, context, person, company_of(row, "company2", page(row, "companyUrl2"))),
        *(_study(row, context, person, school) for school in _SCHOOLS),
        *first_degree(row, "connectionDegree", person, context),
    ]
    return record("profile", row, person, facts, _KEPT_OF_A_PROFILE, context.owner_key)


def _newest_job(row: Row, context: FileContext, person: Person) -> Employment | None:
    """The job on top of the profile. What is said of `linkedinCompanyName` is only used where that is its company."""
    shown, visited = row.get("company"), row.get("linkedinCompanyName")
    same = not shown or not visited or normal_company_name(shown) == normal_company_name(visited)
    company = company_of(
        row,
        "company" if shown else "linkedinCompanyName",
        page(row, "companyUrl") if same else None,
        domains=("companyWebsite",) if same else (),
        headcount="linkedinCompanyEmployeesCount" if same else "",
        industry="companyIndustry" if same else "",
    )
    if company is None:
        return None
    seen_on = first_date(row, context, "timestamp", "refreshedAt")
    spell = range_cell(row, "jobDateRange", context) or known_as_of(seen_on or context.as_of)
    return employment_at(person, company, row.get("jobTitle"), spell)


def _job(row: Row, context: FileContext, person: Person, company: Company | None) -> Employment | None:
    """The job before it; without dates it proves no overlap with anybody."""
    if company is None:
        return None
    spell = range_cell(row, "jobDateRange2", context) or Spell()
    return employment_at(person, company, row.get("jobTitle2"), spell)


def _study(row: Row, context: FileContext, person: Person, of: _School) -> Study | None:
    school = school_named(row.get(of.name))
    if school is None:
        return None
    spell = range_cell(row, of.dates, context) or Spell()
    return Study(person=person, school=school, degree=one_line(row.get(of.degree)), spell=spell)


# Accounts of Sales Navigator ----------------------------------------------------------------------------------

_ACCOUNT_COLUMNS = (
    Column("companyName", required=True),
    Column("companyUrl", required=True),
    Column("regularCompanyUrl"),
    Column("industry"),
    Column("employeesCount", ("employeeCount",), required=True),
    Column("website", ("companyWebsite",)),
)
_KEPT_OF_AN_ACCOUNT = frozenset(column.name for column in _ACCOUNT_COLUMNS)


def _account(row: Row, context: FileContext) -> Record | Skipped:
    company = company_of(
        row,
        "companyName",
        page(row, "regularCompanyUrl"),
        page(row, "companyUrl"),
        domains=("website",),
        headcount="employeesCount",
        industry="industry",
    )
    if company is None:
        return Skipped(row.line, "an account without a name")
    return company_record("account", row, company, _KEPT_OF_AN_ACCOUNT)


PHANTOMBUSTER: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="prospecting/sales_navigator",
        columns=_SEARCH_COLUMNS,
        read=reading_rows(_SEARCH_COLUMNS, _found),
        dataset_of="file",
    ),
    SheetFormat(
        name="prospecting/phantombuster_profiles",
        columns=_PROFILE_COLUMNS,
        read=reading_rows(_PROFILE_COLUMNS, _profile),
        dataset_of="file",
    ),
    SheetFormat(
        name="prospecting/phantombuster_accounts",
        columns=_ACCOUNT_COLUMNS,
        read=reading_rows(_ACCOUNT_COLUMNS, _account),
        dataset_of="file",
    ),
)
