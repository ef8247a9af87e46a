"""Our own CSV: a file a kind, recognised by file name and header, each row one record.

A row's `id` is an identity in the import's source, to which the other files refer. A row that refers to a
person, company or project says nothing else of them: whether they are known is decided when it is written.
"""

from __future__ import annotations

from graph.model.committee import Opportunity
from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.facts import (
    ALLIANCE_KINDS,
    SENIORITIES,
    Alliance,
    Connection,
    Employment,
    Interaction,
    Membership,
    ProjectRole,
    ReportingLine,
    RunBy,
    Study,
)
from graph.model.former_names import FormerName
from graph.model.identities import domain_identity, name_identity
from graph.model.records import Record
from graph.model.titles import department_of, seniority_of
from importers.formats.base import Column, FileContext, Row, RowError
from importers.formats.neutral_committee import COMMITTEE_FILES
from importers.formats.neutral_further import FURTHER_FILES
from importers.formats.neutral_rows import (
    columns_of,
    id_cell,
    name_cell,
    needed,
    row_record,
    skipping_the_nameless,
    some,
    spell_of,
    two_people,
)
from importers.formats.sheet import Reader, RowReader, SheetFormat, reading_rows
from importers.formats.values import (
    date_cell,
    decimal_cell,
    email_cell,
    flag_cell,
    linkedin_cell,
    number_cell,
    one_line,
    spell_cells,
)
from importers.identity.free_mail import is_free_mail

__all__ = ["NEUTRAL", "NEUTRAL_COLUMNS", "NEUTRAL_ROWS"]

# Nodes -----------------------------------------------------------------------------------------------------


def _person(row: Row, context: FileContext) -> Record:
    emails = [email_cell(text.strip(), "email") for text in row.get("email").split(";") if text.strip()]
    profile = linkedin_cell(row.get("linkedin_url"), "linkedin_url")
    person = Person(
        identities=some(id_cell("person", row, context), profile, *emails),
        name=name_cell(row),
        headline=one_line(row.get("headline")),
        location=one_line(row.get("location")),
        team_member=flag_cell(row, "team_member"),
    )
    return row_record("people", row, ["id"], [person])


def _company(row: Row, context: FileContext) -> Record:
    name, domain = name_cell(row), None
    if text := row.get("domain"):
        domain = domain_identity(text) if len(text) <= 2000 else None
        if domain is None:
            raise RowError("domain", "domain: it is not an internet domain", "Write it as example.com")
        if is_free_mail(domain.value):
            # Anybody can have an address there: it would make one company of all who do.
            domain = None
    former = _former_names(row)
    known_by = _known_by(row)
    named = [name_identity("company", each) for each in (name, *(one.name for one in former))]
    company = Company(
        identities=some(
            id_cell("company", row, context),
            domain if "domain" in known_by else None,
            *(named if "name" in known_by else ()),
        ),
        name=name,
        domain=domain.value if domain else "",
        headcount=number_cell(row, "headcount", least=1),
        industry=one_line(row.get("industry")),
        former_names=tuple(str(each) for each in former),
    )
    return row_record("companies", row, ["id"], [company])


def _known_by(row: Row) -> set[str]:
    """What of a row the others of its name or domain are recognised by: everything, unless it says so."""
    said = set(row.get("known_by").casefold().split(";")) - {""}
    if said - {"name", "domain", "id"}:
        raise RowError("known_by", "known_by: it is none of ours", "Use name, domain, id, joined by ;")
    return said or {"name", "domain"}


def _former_names(row: Row) -> list[FormerName]:
    texts = [one_line(text) for text in row.get("former_names").split(";") if text.strip()]
    try:
        return [FormerName.parse(text) for text in texts]
    except ValueError as error:
        raise RowError(
            "former_names",
            f"former_names: {error}",
            "Write Old Name (until 2019-03), several with a semicolon",
        ) from None


def _school(row: Row, context: FileContext) -> Record:
    name = name_cell(row)
    by_name = name_identity("school", name) if "name" in _known_by(row) else None
    known_by = some(id_cell("school", row, context), by_name)
    return row_record("schools", row, ["id"], [School(identities=known_by, name=name)])


def _community(row: Row, context: FileContext) -> Record:
    name = name_cell(row)
    by_name = name_identity("community", name) if "name" in _known_by(row) else None
    known_by = some(id_cell("community", row, context), by_name)
    return row_record("communities", row, ["id"], [Community(identities=known_by, name=name)])


def _project(row: Row, context: FileContext) -> Record:
    project = Project(
        identities=(id_cell("project", row, context),),
        name=name_cell(row),
        size=number_cell(row, "size", least=1),
        spell=spell_cells(row, "started", "ended", context),
    )
    if not row.get("company_id"):
        return row_record("projects", row, ["id"], [project])
    company = Company(identities=(id_cell("company", row, context, "company_id"),))
    return row_record("projects", row, ["id"], [project, company], RunBy(project=project, company=company))


# Facts -----------------------------------------------------------------------------------------------------


def _employment(row: Row, context: FileContext) -> Record:
    person = Person(identities=(id_cell("person", row, context, "person_id"),))
    company = Company(identities=(id_cell("company", row, context, "company_id"),))
    title, seniority = one_line(row.get("title")), row.get("seniority").casefold().replace(" ", "_")
    if seniority and seniority not in SENIORITIES:
        raise RowError(
            "seniority", "seniority: it is not one of ours", f"Use one of {', '.join(SENIORITIES)}"
        )
    complete = flag_cell(row, "complete")
    fact = Employment(
        person=person,
        company=company,
        title=title,
        department=one_line(row.get("department")) or ("" if complete else department_of(title)),
        seniority=seniority or ("" if complete else seniority_of(title)),
        spell=spell_of(row, context),
    )
    return row_record("employments", row, ["person_id", "company_id"], [person, company], fact)


def _project_member(row: Row, context: FileContext) -> Record:
    person = Person(identities=(id_cell("person", row, context, "person_id"),))
    project = Project(identities=(id_cell("project", row, context, "project_id"),))
    fact = ProjectRole(
        person=person, project=project, role=one_line(row.get("role")), spell=spell_of(row, context)
    )
    return row_record("project_members", row, ["person_id", "project_id"], [person, project], fact)


def _study(row: Row, context: FileContext) -> Record:
    person = Person(identities=(id_cell("person", row, context, "person_id"),))
    school = School(identities=(id_cell("school", row, context, "school_id"),))
    fact = Study(
        person=person, school=school, degree=one_line(row.get("degree")), spell=spell_of(row, context)
    )
    return row_record("studies", row, ["person_id", "school_id"], [person, school], fact)


def _membership(row: Row, context: FileContext) -> Record:
    person = Person(identities=(id_cell("person", row, context, "person_id"),))
    community = Community(identities=(id_cell("community", row, context, "community_id"),))
    fact = Membership(person=person, community=community, spell=spell_of(row, context))
    return row_record("memberships", row, ["person_id", "community_id"], [person, community], fact)


def _connection(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "from_id", "to_id")
    fact = Connection(a=a, b=b, on=date_cell(row, "since", context))
    return row_record("connections", row, ["from_id", "to_id"], [a, b], fact)


def _interaction(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "from_id", "to_id")
    sent, received = number_cell(row, "sent"), number_cell(row, "received")
    if not sent and not received and not row.get("last_on"):
        raise RowError("sent", "it counts nothing sent and nothing received", "Fill in sent or received")
    fact = Interaction(
        a=a,
        b=b,
        channel=one_line(row.get("channel")) or "contact",
        sent=sent or 0,
        received=received or 0,
        last_on=date_cell(row, "last_on", context),
        sent_on=date_cell(row, "sent_on", context),
        received_on=date_cell(row, "received_on", context),
        partial=flag_cell(row, "partial") or False,
    )
    return row_record("interactions", row, ["from_id", "to_id"], [a, b], fact)


def _alliance(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "from_id", "to_id")
    kind = needed(row, "kind").casefold()
    if kind not in ALLIANCE_KINDS:
        raise RowError("kind", "kind: it is no kind of alliance", f"Use one of {', '.join(ALLIANCE_KINDS)}")
    sign = {"+": 1, "-": -1, "\u2212": -1}.get(needed(row, "sign"))
    if sign is None:
        raise RowError("sign", "sign: it is neither + nor -", "Write + or -")
    if sign != ALLIANCE_KINDS[kind]:
        raise RowError(
            "sign", "sign: it contradicts the kind", f"For {kind} write {'+' if sign < 0 else '-'}"
        )
    entities: list[Entity] = [a, b]
    if row.get("opportunity_id"):
        entities.append(Opportunity(identities=(id_cell("opportunity", row, context, "opportunity_id"),)))
    fact = Alliance(
        a=a,
        b=b,
        kind=kind,
        strength=decimal_cell(row, "strength", 0, 1),
        directed=flag_cell(row, "directed") or False,
        since=date_cell(row, "since", context),
        opportunity_key=entities[2].keys[0] if len(entities) > 2 else "",
        author=one_line(row.get("author")),
        noted_on=date_cell(row, "noted_on", context),
        evidence=row.get("evidence"),
        expires_on=date_cell(row, "expires_on", context),
    )
    return row_record("alliances", row, ["from_id", "to_id"], entities, fact)


def _reporting_line(row: Row, context: FileContext) -> Record:
    a, b = two_people(row, context, "person_id", "manager_id")
    fact = ReportingLine(a=a, b=b, since=date_cell(row, "since", context))
    return row_record("reporting_lines", row, ["person_id", "manager_id"], [a, b], fact)


# The table of files ----------------------------------------------------------------------------------------


# What `--format neutral/<kind>` reads, by kind: the header (`*`: must be there), and what a row says.
_FILES: tuple[tuple[str, str, RowReader], ...] = (
    ("people", "id*,name*,email,linkedin_url,headline,location,team_member", skipping_the_nameless(_person)),
    (
        "companies",
        "id*,name*,domain,headcount,industry,former_names,known_by",
        skipping_the_nameless(_company),
    ),
    ("schools", "id*,name*,known_by", skipping_the_nameless(_school)),
    ("communities", "id*,name*,known_by", skipping_the_nameless(_community)),
    (
        "employments",
        "person_id*,company_id*,title,department,seniority,started,ended,current,as_of,complete",
        _employment,
    ),
    ("projects", "id*,name*,company_id,size,started,ended", skipping_the_nameless(_project)),
    ("project_members", "person_id*,project_id*,role,started,ended,current,as_of", _project_member),
    ("studies", "person_id*,school_id*,degree,started,ended,current,as_of", _study),
    ("memberships", "person_id*,community_id*,started,ended,current,as_of", _membership),
    ("connections", "from_id*,to_id*,since", _connection),
    (
        "interactions",
        "from_id*,to_id*,channel,sent,received,last_on,sent_on,received_on,partial",
        _interaction,
    ),
    (
        "alliances",
        "from_id*,to_id*,kind*,sign*,strength,since,directed,opportunity_id,author,noted_on,evidence,expires_on",
        _alliance,
    ),
    ("reporting_lines", "person_id*,manager_id*,since", _reporting_line),
    *COMMITTEE_FILES,
    *FURTHER_FILES,
)


def _file(kind: str, columns: tuple[Column, ...], read: Reader) -> SheetFormat:
    return SheetFormat(
        name=f"neutral/{kind}",
        columns=columns,
        read=read,
        stems=(kind.replace("_", " "),),
        stem_needed=True,
    )


NEUTRAL_COLUMNS: dict[str, tuple[Column, ...]] = {kind: columns_of(header) for kind, header, _ in _FILES}
NEUTRAL_ROWS: dict[str, RowReader] = {kind: read_row for kind, _, read_row in _FILES}

NEUTRAL: tuple[SheetFormat, ...] = tuple(
    _file(kind, columns, reading_rows(columns, NEUTRAL_ROWS[kind]))
    for kind, columns in NEUTRAL_COLUMNS.items()
)
