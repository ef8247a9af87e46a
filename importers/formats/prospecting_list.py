"""Lists of people out of tools whose columns are the user's own (Clay, Wiza).

Nothing is recognised by its header alone here: somebody says `--format prospecting/list`, or the file is called
clay or wiza. Names of columns that these tools are known to use are read, by the table below and by no likeness;
everything else needs a mapping (`docs/importing.md`). None of the spellings could be confirmed by a vendor's page.
"""

from __future__ import annotations

from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, Skipped
from importers.formats.prospecting_rows import (
    company_of,
    page,
    person_of,
    profiles,
    record,
    verified_emails,
)
from importers.formats.sheet import SheetFormat, reading_rows
from importers.formats.values import employment_at, known_as_of, one_line, person_name

__all__ = ["LIST"]

_COLUMNS = (
    Column(
        "LinkedIn URL",
        (
            "linkedin_url",
            "LinkedIn Profile",
            "LinkedIn Profile URL",
            "linkedin_profile_url",
            "linkedin_profile",
            "LinkedIn",
            "Person Linkedin",
        ),
        required=True,
    ),
    Column("Full Name", ("full_name", "Name")),
    Column("First Name", ("first_name",)),
    Column("Last Name", ("last_name",)),
    Column("Job Title", ("job_title", "Title", "Position")),
    Column("Company", ("Company Name", "company_name")),
    Column("Company Domain", ("company_domain", "Domain")),
    Column("Company LinkedIn URL", ("company_linkedin_url", "Company LinkedIn", "company_linkedin")),
    Column("Email", ("E-mail", "Email Address", "Work Email", "work_email")),
    Column("Email Status", ("email_status", "Email Verification Status")),
    Column("Headline", ("linkedin_headline",)),
    Column("Location", ("person_location",)),
)
_KEPT = frozenset(column.name for column in _COLUMNS)


def _listed(row: Row, context: FileContext) -> Record | Skipped:
    """Somebody at their company on the day of the export."""
    name = one_line(row.get("Full Name")) or person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        return Skipped(row.line, "it has no name")
    known_by = [*profiles(row, ("LinkedIn URL",)), *verified_emails(row, ("Email", "Email Status"))]
    person = person_of(
        row, context, name, known_by, row.get("Company"), headline="Headline", location="Location"
    )
    company = company_of(row, "Company", page(row, "Company LinkedIn URL"), domains=("Company Domain",))
    if company is None:
        return record("listed", row, person, (), _KEPT)
    employment = employment_at(person, company, row.get("Job Title"), known_as_of(context.as_of))
    return record("listed", row, person, (employment,), _KEPT)


LIST: tuple[SheetFormat, ...] = (
    SheetFormat(
        name="prospecting/list",
        columns=_COLUMNS,
        read=reading_rows(_COLUMNS, _listed),
        stems=("clay", "wiza"),
        stem_needed=True,
        dataset_of="file",
    ),
)
