"""Career exports: a PhantomBuster export of a Sales Navigator search, one past employer a row."""

from __future__ import annotations

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment
from graph.model.identities import Identity, linkedin_identity, row_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import (
    company_known_as,
    date_cell,
    employment_at,
    known_as_of,
    linkedin_cell,
    member_identity,
    one_line,
    person_name,
    said,
)
from importers.reading.dates import DateError, months_before, parse_duration, parse_range

__all__ = ["PROSPECTING"]

_COLUMNS = (
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
    Column("connectionDegree"),
    Column("timestamp", date=True, seen=True),
)
_CURRENT = frozenset(column.name for column in _COLUMNS if not column.name.startswith("past"))
_PAST = frozenset(("profileUrl", "defaultProfileUrl", "linkedInProfileUrl", "vmid", "fullName")) | frozenset(
    column.name for column in _COLUMNS if column.name.startswith("past")
)
_FIRST_DEGREE = ("1st", "1", "1er", "1.")


def _person(row: Row, context: FileContext, name: str) -> Person:
    """Known by the public profile first; a Sales Navigator address only carries LinkedIn's internal id."""
    columns = ("defaultProfileUrl", "linkedInProfileUrl", "profileUrl")
    found = [linkedin_cell(row.get(column), column) for column in columns]
    identities: list[Identity] = [identity for identity in found[:] if identity][:1]
    if member := member_identity(row.get("vmid"), *(row.get(column) for column in columns)):
        identities.append(member)
    if not identities:
        identities = [row_identity("person", context.source, name, row.get("companyName"))]
    return Person(identities=tuple(identities), name=name, location=one_line(row.get("location")))


def _company(name: str, url: str, column: str) -> Company | None:
    if len(url) > 2000:
        raise RowError(column, f"{column}: it is too long for a web address", "Correct or empty the cell")
    if url and not (url.lower().startswith(("http://", "https://")) or "linkedin.com" in url.lower()):
        if "." not in url and ":" not in url:
            raise RowError(column, f"{column}: it is not a web address", "Correct or empty the cell")
        url = ""
    return company_known_as(name, linkedin_identity(url, "company") if url else None)


def _row(row: Row, context: FileContext) -> list[Record] | Skipped:
    """What holds now (the same in every row of a person), and one past employment."""
    name = one_line(row.get("fullName") or row.get("name")) or person_name(
        row.get("firstName"), row.get("lastName")
    )
    if not name:
        return Skipped(row.line, "a member who hides themself")
    person = _person(row, context, name)
    seen_on = date_cell(row, "timestamp", context)
    records = [_now(row, context, person, seen_on)]
    if row.get("pastExperienceCompanyName") and (past := _past(row, context, person)):
        records.append(past)
    return records


def _now(row: Row, context: FileContext, person: Person, seen_on: PartialDate | None) -> Record:
    facts: list[Employment | Connection] = []
    entities: list[Person | Company] = [person]
    company = _company(row.get("companyName"), row.get("regularCompanyUrl"), "regularCompanyUrl")
    if company:
        spell = _current_spell(row.get("durationInRole"), seen_on, context)
        facts.append(employment_at(person, company, row.get("title"), spell))
        entities.append(company)
    owner = context.owner
    if owner and row.get("connectionDegree").casefold() in _FIRST_DEGREE:
        facts.append(Connection(a=owner, b=person))
        entities.append(owner)
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
    url_column = "pastExperienceCompanyUrl"
    company = _company(row.get("pastExperienceCompanyName"), row.get(url_column), url_column)
    if company is None:
        return None
    dates = row.get("pastExperienceDate")
    try:
        spell = parse_range(dates, context.date_order) if dates else Spell()
    except DateError as wrong:
        raise RowError(
            "pastExperienceDate",
            f"pastExperienceDate: {wrong}",
            "Write it as Jan 2019 - Mar 2021, or leave it empty",
        ) from None
    employment = employment_at(person, company, row.get("pastExperienceCompanyTitle"), spell)
    key = f"past|{person.keys[0]}|{company.keys[0]}|{employment.natural_key()}"
    return Record(key, (person, company), (employment,), said(row, _PAST))


PROSPECTING: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="prospecting/sales_navigator",
        columns=_COLUMNS,
        read=reading_rows(_COLUMNS, _row),
        dataset_of="file",
    ),
)
