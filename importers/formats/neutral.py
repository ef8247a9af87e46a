"""Our own CSV: a file a kind, recognised by file name and header, each row one record.

A row's `id` is an identity in the import's source, to which the other files refer. A row that refers to a
person, company or project says nothing else of them: whether they are known is decided when it is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model.dates import Spell
from graph.model.entities import Community, Company, Entity, Person, Project, School
from graph.model.facts import (
    ALLIANCE_KINDS,
    SENIORITIES,
    Alliance,
    Connection,
    Employment,
    Fact,
    Interaction,
    Membership,
    ProjectRole,
    ReportingLine,
    RunBy,
    Study,
)
from graph.model.identities import Identity, Label, domain_identity, external_identity, name_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Row, RowError, Skipped
from importers.formats.sheet import Reader, RowReader, SheetFormat, reading_rows
from importers.formats.titles import department_of, seniority_of
from importers.formats.values import (
    date_cell,
    email_cell,
    flag_cell,
    linkedin_cell,
    number_cell,
    one_line,
    said,
    spell_cells,
)

__all__ = ["NEUTRAL", "NEUTRAL_COLUMNS", "NEUTRAL_ROWS"]

_DATES = frozenset(("started", "ended", "since", "last_on"))


def _needed(row: Row, column: str) -> str:
    if text := row.get(column):
        return text
    raise RowError(column, f"{column}: it is empty", "Fill in the cell")


def _id(label: Label, row: Row, context: FileContext, column: str = "id") -> Identity:
    text = _needed(row, column)
    if len(text) > 500:
        raise RowError(column, f"{column}: it is too long to be an id", "Correct the cell")
    return external_identity(label, context.source, text)


class _Nameless(ValueError):
    """A row whose name is empty or spells emptiness (`NaN`): it describes nobody, and is skipped."""


def _name(row: Row) -> str:
    if name := one_line(row.get("name")):
        return name
    raise _Nameless


def _named(read_row: RowReader) -> RowReader:
    """A reader of rows that skips those without a name."""

    def read(row: Row, context: FileContext) -> Record | Skipped | Sequence[Record]:
        try:
            return read_row(row, context)
        except _Nameless:
            return Skipped(row.line, "it has no name")

    return read


def _some(*identities: Identity | None) -> tuple[Identity, ...]:
    return tuple(identity for identity in identities if identity)


def _record(
    kind: str, row: Row, id_columns: Sequence[str], entities: Sequence[Entity], *facts: Fact
) -> Record:
    """A record whose key is its ids, and for a fact what tells it from others between the same two."""
    parts = [row.get(column) for column in id_columns]
    if facts and kind != "projects":
        parts.append(facts[0].natural_key())
    kept = said(row, frozenset(row.cells))
    return Record("|".join((kind, *parts)), tuple(entities), facts, kept)


def _ends(row: Row, context: FileContext, first: str, second: str) -> tuple[Person, Person]:
    a, b = (Person(identities=(_id("person", row, context, column),)) for column in (first, second))
    if a.keys == b.keys:
        raise RowError(second, "it joins a person with themself", "Correct one of the two ids")
    return a, b


# Nodes -----------------------------------------------------------------------------------------------------


def _person(row: Row, context: FileContext) -> Record:
    emails = [email_cell(text.strip(), "email") for text in row.get("email").split(";") if text.strip()]
    profile = linkedin_cell(row.get("linkedin_url"), "linkedin_url")
    person = Person(
        identities=_some(_id("person", row, context), profile, *emails),
        name=_name(row),
        headline=one_line(row.get("headline")),
        location=one_line(row.get("location")),
        team_member=flag_cell(row, "team_member"),
    )
    return _record("people", row, ["id"], [person])


def _company(row: Row, context: FileContext) -> Record:
    name, domain = _name(row), None
    if text := row.get("domain"):
        domain = domain_identity(text) if len(text) <= 2000 else None
        if domain is None:
            raise RowError("domain", "domain: it is not an internet domain", "Write it as example.com")
    company = Company(
        identities=_some(_id("company", row, context), domain, name_identity("company", name)),
        name=name,
        domain=domain.value if domain else "",
        headcount=number_cell(row, "headcount", least=1),
        industry=one_line(row.get("industry")),
        former_names=tuple(one_line(text) for text in row.get("former_names").split(";") if text.strip()),
    )
    return _record("companies", row, ["id"], [company])


def _school(row: Row, context: FileContext) -> Record:
    name = _name(row)
    known_by = _some(_id("school", row, context), name_identity("school", name))
    return _record("schools", row, ["id"], [School(identities=known_by, name=name)])


def _community(row: Row, context: FileContext) -> Record:
    name = _name(row)
    known_by = _some(_id("community", row, context), name_identity("community", name))
    return _record("communities", row, ["id"], [Community(identities=known_by, name=name)])


def _project(row: Row, context: FileContext) -> Record:
    project = Project(
        identities=(_id("project", row, context),),
        name=_name(row),
        size=number_cell(row, "size", least=1),
        spell=spell_cells(row, "started", "ended", context),
    )
    if not row.get("company_id"):
        return _record("projects", row, ["id"], [project])
    company = Company(identities=(_id("company", row, context, "company_id"),))
    return _record("projects", row, ["id"], [project, company], RunBy(project=project, company=company))


# Facts -----------------------------------------------------------------------------------------------------


def _employment(row: Row, context: FileContext) -> Record:
    person = Person(identities=(_id("person", row, context, "person_id"),))
    company = Company(identities=(_id("company", row, context, "company_id"),))
    title, seniority = one_line(row.get("title")), row.get("seniority").casefold().replace(" ", "_")
    if seniority and seniority not in SENIORITIES:
        raise RowError(
            "seniority", "seniority: it is not one of ours", f"Use one of {', '.join(SENIORITIES)}"
        )
    fact = Employment(
        person=person,
        company=company,
        title=title,
        department=one_line(row.get("department")) or department_of(title),
        seniority=seniority or seniority_of(title),
        spell=_spell(row, context),
    )
    return _record("employments", row, ["person_id", "company_id"], [person, company], fact)


def _spell(row: Row, context: FileContext) -> Spell:
    """From when to when; an empty end means "still" only where the row is marked `current`."""
    current = flag_cell(row, "current")
    if current and row.get("ended"):
        raise RowError("ended", "it is marked current and has an end date", "Empty one of the two")
    return spell_cells(row, "started", "ended", context, current=bool(current))


def _project_member(row: Row, context: FileContext) -> Record:
    person = Person(identities=(_id("person", row, context, "person_id"),))
    project = Project(identities=(_id("project", row, context, "project_id"),))
    fact = ProjectRole(
        person=person, project=project, role=one_line(row.get("role")), spell=_spell(row, context)
    )
    return _record("project_members", row, ["person_id", "project_id"], [person, project], fact)


def _study(row: Row, context: FileContext) -> Record:
    person = Person(identities=(_id("person", row, context, "person_id"),))
    school = School(identities=(_id("school", row, context, "school_id"),))
    fact = Study(person=person, school=school, spell=_spell(row, context))
    return _record("studies", row, ["person_id", "school_id"], [person, school], fact)


def _membership(row: Row, context: FileContext) -> Record:
    person = Person(identities=(_id("person", row, context, "person_id"),))
    community = Community(identities=(_id("community", row, context, "community_id"),))
    fact = Membership(person=person, community=community, spell=_spell(row, context))
    return _record("memberships", row, ["person_id", "community_id"], [person, community], fact)


def _connection(row: Row, context: FileContext) -> Record:
    a, b = _ends(row, context, "from_id", "to_id")
    fact = Connection(a=a, b=b, on=date_cell(row, "since", context))
    return _record("connections", row, ["from_id", "to_id"], [a, b], fact)


def _interaction(row: Row, context: FileContext) -> Record:
    a, b = _ends(row, context, "from_id", "to_id")
    sent, received = number_cell(row, "sent"), number_cell(row, "received")
    if not sent and not received:
        raise RowError("sent", "it counts nothing sent and nothing received", "Fill in sent or received")
    fact = Interaction(
        a=a,
        b=b,
        channel=one_line(row.get("channel")) or "contact",
        sent=sent or 0,
        received=received or 0,
        last_on=date_cell(row, "last_on", context),
    )
    return _record("interactions", row, ["from_id", "to_id"], [a, b], fact)


def _alliance(row: Row, context: FileContext) -> Record:
    a, b = _ends(row, context, "from_id", "to_id")
    kind = _needed(row, "kind").casefold()
    if kind not in ALLIANCE_KINDS:
        raise RowError("kind", "kind: it is no kind of alliance", f"Use one of {', '.join(ALLIANCE_KINDS)}")
    sign = {"+": 1, "-": -1, "\u2212": -1}.get(_needed(row, "sign"))
    if sign is None:
        raise RowError("sign", "sign: it is neither + nor -", "Write + or -")
    if sign != ALLIANCE_KINDS[kind]:
        raise RowError(
            "sign", "sign: it contradicts the kind", f"For {kind} write {'+' if sign < 0 else '-'}"
        )
    opportunity = row.get("opportunity_id")
    fact = Alliance(
        a=a,
        b=b,
        kind=kind,
        strength=_strength(row),
        directed=flag_cell(row, "directed") or False,
        since=date_cell(row, "since", context),
        opportunity_key=external_identity("opportunity", context.source, opportunity).key
        if opportunity
        else "",
    )
    return _record("alliances", row, ["from_id", "to_id"], [a, b], fact)


def _strength(row: Row) -> float | None:
    text = row.get("strength")
    if not text:
        return None
    try:
        strength = float(text.replace(",", ".")) if text.isascii() and "_" not in text else -1.0
    except ValueError:
        strength = -1.0
    if not 0 <= strength <= 1:
        raise RowError("strength", "strength: it does not lie between 0 and 1", "Write for example 0.7")
    return strength


def _reporting_line(row: Row, context: FileContext) -> Record:
    a, b = _ends(row, context, "person_id", "manager_id")
    fact = ReportingLine(a=a, b=b, since=date_cell(row, "since", context))
    return _record("reporting_lines", row, ["person_id", "manager_id"], [a, b], fact)


# The table of files ----------------------------------------------------------------------------------------


def _columns(header: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            name.rstrip("*"),
            required=name.endswith("*"),
            date=name in _DATES,
            verbatim=name == "sign*",
        )
        for name in header.split(",")
    )


# What `--format neutral/<kind>` reads, by kind: the header (`*`: must be there), and what a row says.
_FILES: tuple[tuple[str, str, RowReader], ...] = (
    ("people", "id*,name*,email,linkedin_url,headline,location,team_member", _named(_person)),
    ("companies", "id*,name*,domain,headcount,industry,former_names", _named(_company)),
    ("schools", "id*,name*", _named(_school)),
    ("communities", "id*,name*", _named(_community)),
    ("employments", "person_id*,company_id*,title,department,seniority,started,ended,current", _employment),
    ("projects", "id*,name*,company_id,size,started,ended", _named(_project)),
    ("project_members", "person_id*,project_id*,role,started,ended,current", _project_member),
    ("studies", "person_id*,school_id*,started,ended", _study),
    ("memberships", "person_id*,community_id*,started,ended,current", _membership),
    ("connections", "from_id*,to_id*,since", _connection),
    ("interactions", "from_id*,to_id*,channel,sent,received,last_on", _interaction),
    ("alliances", "from_id*,to_id*,kind*,sign*,strength,since,directed,opportunity_id", _alliance),
    ("reporting_lines", "person_id*,manager_id*,since", _reporting_line),
)
_LATER: tuple[tuple[str, str], ...] = (
    ("opportunities", "id*,name*,company_id*,stage,closes_on,amount"),
    ("committee", "opportunity_id*,person_id*,influence,roles"),
    ("observations", "opportunity_id*,about_id*,value*,source*,informant_id,reliability,on*,evidence"),
    ("signals", "company_id,person_id,kind*,on*"),
    ("personas", "person_id*,experience"),
)


def _file(kind: str, columns: tuple[Column, ...], read: Reader | None, not_yet: str = "") -> SheetFormat:
    return SheetFormat(
        name=f"neutral/{kind}",
        columns=columns,
        read=read,
        not_yet=not_yet,
        stems=(kind.replace("_", " "),),
        stem_needed=True,
    )


NEUTRAL_COLUMNS: dict[str, tuple[Column, ...]] = {kind: _columns(header) for kind, header, _ in _FILES}
NEUTRAL_ROWS: dict[str, RowReader] = {kind: read_row for kind, _, read_row in _FILES}

NEUTRAL: tuple[SheetFormat, ...] = (
    *(
        _file(kind, columns, reading_rows(columns, NEUTRAL_ROWS[kind]))
        for kind, columns in NEUTRAL_COLUMNS.items()
    ),
    *(
        _file(kind, _columns(header), None, "opportunities and what belongs to them are not imported yet")
        for kind, header in _LATER
    ),
)
