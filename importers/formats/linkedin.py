"""The LinkedIn archive: what its owner knows of people, and the owner's own career.

Message bodies, recommendation texts, birth dates, addresses and descriptions are in no column table below:
they are never read. See `docs/importing.md`.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.dates import Spell
from graph.model.entities import Person, Project
from graph.model.facts import Connection, Endorsement, ProjectRole, Recommendation, Study
from graph.model.identities import Identity, row_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.linkedin_contact import INVITATIONS, MESSAGES
from importers.formats.linkedin_others import LEFT_ALONE
from importers.formats.sheet import RowReader, SheetFormat, reading_rows
from importers.formats.values import (
    company_named,
    date_cell,
    email_cell,
    employment_at,
    known_as_of,
    linkedin_cell,
    one_line,
    owner_of,
    person_name,
    said,
    school_named,
    spell_cells,
)

__all__ = ["LINKEDIN", "profile_owner"]


def _sheet(
    kind: str,
    columns: Sequence[Column],
    read_row: RowReader,
    *,
    stems: Sequence[str],
    stem_needed: bool = False,
) -> SheetFormat:
    table = tuple(columns)
    return SheetFormat(
        name=f"linkedin/{kind}",
        columns=table,
        read=reading_rows(table, read_row),
        needs_owner=kind != "profile",
        stems=tuple(stems),
        stem_needed=stem_needed,
        dataset_of="owner",
        written_order="month-first",
    )


_FIRST = Column("First Name", required=True)
_LAST = Column("Last Name", required=True)

# Connections -----------------------------------------------------------------------------------------------

# Archives are in English, whatever their owner's language; German and French headers were only seen in other
# programs' tests (older lists of connections were translated).
_CONNECTION_COLUMNS = (
    Column("First Name", ("Vorname", "Prénom"), required=True),
    Column("Last Name", ("Nachname", "Nom"), required=True),
    Column("URL", ("Profile URL",)),
    Column("Email Address", ("Email", "E-mail Address", "E-Mail-Adresse", "Adresse e-mail")),
    Column("Company", ("Unternehmen", "Entreprise")),
    Column("Position", ("Poste",)),
    Column(
        "Connected On",
        ("Verbunden am", "Date de connexion", "Connecté le"),
        required=True,
        date=True,
        seen=True,
    ),
)
_KEPT_OF_A_CONNECTION = frozenset(column.name for column in _CONNECTION_COLUMNS)


def _connection(row: Row, context: FileContext) -> Record | Skipped:
    """Owner and contact are connected; the contact was at their company on the day of the export."""
    owner, cells = owner_of(context), row.cells
    get = cells.get
    name = person_name(get("First Name", ""), get("Last Name", ""))
    email, url, company_name = get("Email Address", ""), get("URL", ""), get("Company", "")
    known_by: list[Identity] = []
    if url and (identity := linkedin_cell(url, "URL")):
        known_by.append(identity)
    if email:
        known_by.append(email_cell(email, "Email Address"))
    if not known_by and not name:
        return Skipped(row.line, "a member who hides themself")
    on = date_cell(row, "Connected On", context)
    if not known_by:
        key_parts = (context.source, context.owner_key, name, company_name, str(on or ""))
        known_by.append(row_identity("person", *key_parts))
    contact = Person(identities=tuple(known_by), name=name)
    connection = Connection(a=owner, b=contact, on=on)
    key = f"connections|{context.owner_key}|{known_by[0].key}"
    kept = said(row, _KEPT_OF_A_CONNECTION)
    company = company_named(company_name) if company_name else None
    if company is None:
        return Record(key, (contact, owner), (connection,), kept)
    employment = employment_at(contact, company, get("Position", ""), known_as_of(context.as_of))
    return Record(key, (contact, owner, company), (connection, employment), kept)


# The owner's career ----------------------------------------------------------------------------------------

_POSITION_COLUMNS = (
    Column("Company Name", required=True),
    Column("Title", required=True),
    Column("Location"),
    Column("Started On", required=True, date=True),
    Column("Finished On", date=True),
)
_KEPT_OF_A_POSITION = frozenset(column.name for column in _POSITION_COLUMNS)


def _position(row: Row, context: FileContext) -> Record | Skipped:
    owner = owner_of(context)
    company = company_named(row.get("Company Name"))
    spell = spell_cells(row, "Started On", "Finished On", context, current=True)
    if company is None:
        return Skipped(row.line, "a position without a company")
    employment = employment_at(owner, company, row.get("Title"), spell)
    key = f"positions|{context.owner_key}|{company.keys[0]}|{employment.natural_key()}"
    return Record(key, (owner, company), (employment,), said(row, _KEPT_OF_A_POSITION))


_PROFILE_COLUMNS = (
    _FIRST,
    _LAST,
    Column("Headline", required=True),
    Column("Industry"),
    Column("Geo Location", ("Location",)),
)
_KEPT_OF_A_PROFILE = frozenset(column.name for column in _PROFILE_COLUMNS)


def profile_owner(row: Row, context: FileContext) -> Person:
    """The archive's owner as Profile.csv describes them: one of ours, as who else gives us their archive.

    Known by what `--owner` said; without it by a key of their own in this source, as Profile.csv carries
    neither an address nor a profile URL.
    """
    name = person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        raise RowError("First Name", "the profile has no name", "Export the archive again, or use --owner")
    known_by = (
        context.owner.identities
        if context.owner
        else (row_identity("person", context.source, "archive owner", name),)
    )
    return Person(
        identities=known_by,
        name=name,
        headline=one_line(row.get("Headline")),
        location=one_line(row.get("Geo Location")),
        team_member=True,
    )


def _profile(row: Row, context: FileContext) -> Record:
    owner = profile_owner(row, context)
    return Record(f"profile|{owner.keys[0]}", (owner,), (), said(row, _KEPT_OF_A_PROFILE))


_EDUCATION_COLUMNS = (
    Column("School Name", required=True),
    Column("Start Date", required=True, date=True),
    Column("End Date", required=True, date=True),
    Column("Degree Name"),
)
_KEPT_OF_AN_EDUCATION = frozenset(column.name for column in _EDUCATION_COLUMNS)


def _education(row: Row, context: FileContext) -> Record | Skipped:
    owner, school = owner_of(context), school_named(row.get("School Name"))
    spell = spell_cells(row, "Start Date", "End Date", context)
    if school is None:
        return Skipped(row.line, "an education without a school")
    study = Study(person=owner, school=school, degree=one_line(row.get("Degree Name")), spell=spell)
    key = f"education|{context.owner_key}|{school.keys[0]}|{study.natural_key()}"
    return Record(key, (owner, school), (study,), said(row, _KEPT_OF_AN_EDUCATION))


_PROJECT_COLUMNS = (
    Column("Title", required=True),
    Column("Url", required=True, kept=False),
    Column("Started On", required=True, date=True),
    Column("Finished On", date=True),
)
_KEPT_OF_A_PROJECT = frozenset(("Title", "Started On", "Finished On"))


def _project(row: Row, context: FileContext) -> Record | Skipped:
    """A project is known by its owner and title: two archives that name one project are not proof of it."""
    owner, title = owner_of(context), one_line(row.get("Title"))
    spell = spell_cells(row, "Started On", "Finished On", context)
    if not title:
        return Skipped(row.line, "a project without a title")
    identity = row_identity("project", context.source, context.owner_key, title)
    project = Project(identities=(identity,), name=title, spell=spell)
    role = ProjectRole(person=owner, project=project, spell=spell)
    key = f"projects|{context.owner_key}|{project.keys[0]}|{spell.started or ''}"
    return Record(key, (owner, project), (role,), said(row, _KEPT_OF_A_PROJECT))


# Recommendations and endorsements --------------------------------------------------------------------------

_RECOMMENDATION_COLUMNS = (
    _FIRST,
    _LAST,
    Column("Company"),
    Column("Job Title", required=True),
    Column("Creation Date", required=True, date=True),
    Column("Status", required=True),
)
_KEPT_OF_A_RECOMMENDATION = frozenset(column.name for column in _RECOMMENDATION_COLUMNS)


def _recommendation(given: bool) -> RowReader:
    kind = "recommendations_given" if given else "recommendations_received"

    def read_row(row: Row, context: FileContext) -> Record | Skipped:
        owner = owner_of(context)
        if row.get("Status").upper() != "VISIBLE":
            return Skipped(row.line, "a recommendation that is not shown")
        name = person_name(row.get("First Name"), row.get("Last Name"))
        if not name:
            return Skipped(row.line, "a member who hides themself")
        on = date_cell(row, "Creation Date", context)
        company = one_line(row.get("Company"))
        identity = row_identity("person", context.source, context.owner_key, name, company)
        other = Person(identities=(identity,), name=name)
        a, b = (owner, other) if given else (other, owner)
        key = f"{kind}|{context.owner_key}|{identity.key}|{on or ''}"
        fact = Recommendation(a=a, b=b, on=on)
        kept = said(row, _KEPT_OF_A_RECOMMENDATION)
        employer = company_named(company) if company else None
        if employer is None:
            return Record(key, (other, owner), (fact,), kept)
        # The file gives no address: where they worked, whenever that was, is how they are recognised.
        employment = employment_at(other, employer, row.get("Job Title"), Spell())
        return Record(key, (other, owner, employer), (fact, employment), kept)

    return read_row


def _endorsement_columns(role: str) -> tuple[Column, ...]:
    return (
        Column("Endorsement Date", required=True, date=True),
        Column("Skill Name", required=True),
        Column(f"{role} First Name", required=True),
        Column(f"{role} Last Name", required=True),
        Column(f"{role} Public Url"),
        Column("Endorsement Status", required=True),
    )


def _endorsement(role: str, columns: Sequence[Column]) -> RowReader:
    given = role == "Endorsee"
    kind = "endorsements_given" if given else "endorsements_received"
    kept = frozenset(column.name for column in columns)

    def read_row(row: Row, context: FileContext) -> Record | Skipped:
        owner = owner_of(context)
        if row.get("Endorsement Status").upper() != "ACCEPTED":
            return Skipped(row.line, "an endorsement that was not accepted")
        name = person_name(row.get(f"{role} First Name"), row.get(f"{role} Last Name"))
        identity = linkedin_cell(row.get(f"{role} Public Url"), f"{role} Public Url")
        if identity is None and not name:
            return Skipped(row.line, "a member who hides themself")
        on = date_cell(row, "Endorsement Date", context)
        identity = identity or row_identity("person", context.source, context.owner_key, name, "")
        other = Person(identities=(identity,), name=name)
        a, b = (owner, other) if given else (other, owner)
        fact = Endorsement(a=a, b=b, skill=one_line(row.get("Skill Name")), on=on)
        key = f"{kind}|{context.owner_key}|{identity.key}|{fact.natural_key()}"
        return Record(key, (other, owner), (fact,), said(row, kept))

    return read_row


_RECEIVED, _GIVEN = _endorsement_columns("Endorser"), _endorsement_columns("Endorsee")

LINKEDIN: tuple[SheetFormat, ...] = (
    _sheet("connections", _CONNECTION_COLUMNS, _connection, stems=["connections"]),
    _sheet("positions", _POSITION_COLUMNS, _position, stems=["positions"]),
    _sheet("profile", _PROFILE_COLUMNS, _profile, stems=["profile"]),
    _sheet("education", _EDUCATION_COLUMNS, _education, stems=["education"]),
    _sheet("projects", _PROJECT_COLUMNS, _project, stems=["projects"]),
    _sheet(
        "recommendations_received",
        _RECOMMENDATION_COLUMNS,
        _recommendation(given=False),
        stems=["recommendations received"],
        stem_needed=True,
    ),
    _sheet(
        "recommendations_given",
        _RECOMMENDATION_COLUMNS,
        _recommendation(given=True),
        stems=["recommendations given"],
        stem_needed=True,
    ),
    _sheet(
        "endorsements_received",
        _RECEIVED,
        _endorsement("Endorser", _RECEIVED),
        stems=["endorsement received info", "endorsements received info"],
    ),
    _sheet(
        "endorsements_given",
        _GIVEN,
        _endorsement("Endorsee", _GIVEN),
        stems=["endorsement given info", "endorsements given info"],
    ),
    INVITATIONS,
    MESSAGES,
    *LEFT_ALONE,
)
