"""Our own CSV about opportunities: the deal, its committee, what was heard, signals, personas.

A note's author is the import's source: its rows come from a system in which somebody wrote them.
"""

from __future__ import annotations

from graph.model.committee import (
    BUYING_ROLES,
    CONFIRMATION,
    EXPERIENCES,
    INFLUENCES,
    OBSERVATION_KINDS,
    OBSERVATION_SOURCES,
    PERSONA_FIELDS,
    SIGNAL_KINDS,
    STANCE,
    Observation,
    Opportunity,
    Persona,
    Signal,
)
from graph.model.committee_facts import About, HasPersona, HeardFrom, HeardIn, Seat, ShownBy, SoughtAt
from graph.model.dates import PartialDate
from graph.model.entities import Company, Entity, Person
from graph.model.facts import Fact
from graph.model.identities import Identity, Label, external_identity
from graph.model.records import Record
from importers.formats.base import FileContext, Row, RowError
from importers.formats.neutral_rows import id_cell, name_cell, needed, row_record, skipping_the_nameless
from importers.formats.sheet import RowReader
from importers.formats.values import date_cell, decimal_cell, one_line

__all__ = ["COMMITTEE_FILES"]

_MOST_MONEY = 10**14


def _one_of(text: str, column: str, allowed: tuple[str, ...]) -> str:
    value = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if value not in allowed:
        raise RowError(column, f"{column}: it is not one of ours", f"Use one of {', '.join(allowed)}")
    return value


def _day(row: Row, context: FileContext) -> PartialDate:
    needed(row, "on")
    day = date_cell(row, "on", context)
    assert day is not None
    return day


def _person(row: Row, context: FileContext, column: str) -> Person:
    return Person(identities=(id_cell("person", row, context, column),))


def _opportunity_of(row: Row, context: FileContext) -> Opportunity:
    return Opportunity(identities=(id_cell("opportunity", row, context, "opportunity_id"),))


def _opportunity(row: Row, context: FileContext) -> Record:
    opportunity = Opportunity(
        identities=(id_cell("opportunity", row, context),),
        name=name_cell(row),
        stage=one_line(row.get("stage")),
        closes_on=date_cell(row, "closes_on", context),
        amount=decimal_cell(row, "amount", 0, _MOST_MONEY),
        approve_threshold=decimal_cell(row, "approve_threshold", -1, 1),
        stop_threshold=decimal_cell(row, "stop_threshold", -1, 1),
        against_threshold=decimal_cell(row, "against_threshold", -1, 1),
    )
    company = Company(identities=(id_cell("company", row, context, "company_id"),))
    fact = SoughtAt(opportunity=opportunity, company=company)
    return row_record("opportunities", row, ["id"], [opportunity, company], fact)


def _seat(row: Row, context: FileContext) -> Record:
    person, opportunity = _person(row, context, "person_id"), _opportunity_of(row, context)
    influence = row.get("influence")
    fact = Seat(
        person=person,
        opportunity=opportunity,
        influence=_one_of(influence, "influence", INFLUENCES) if influence else None,
        roles=tuple(
            _one_of(role, "roles", BUYING_ROLES) for role in row.get("roles").split(";") if role.strip()
        ),
    )
    return row_record("committee", row, ["opportunity_id", "person_id"], [person, opportunity], fact)


def _observation(row: Row, context: FileContext) -> Record:
    about, opportunity = _person(row, context, "about_id"), _opportunity_of(row, context)
    kind = _one_of(row.get("kind") or STANCE, "kind", OBSERVATION_KINDS)
    role = _one_of(needed(row, "role"), "role", BUYING_ROLES) if kind != STANCE else ""
    source = _source(row, kind)
    informant = _person(row, context, "informant_id") if row.get("informant_id") else None
    if source == "coach_report" and informant is not None and informant.keys == about.keys:
        raise RowError(
            "informant_id",
            "a coach reports about somebody else",
            "Write direct for what they say of themselves",
        )
    needed(row, "value")
    on = _day(row, context)
    columns = ["opportunity_id", "about_id", "informant_id"]
    told_apart = [source, str(on), *([kind, role] if role else [])]
    key = "|".join((kind, *(row.get(column) for column in columns), *told_apart))
    observation = Observation(
        identities=(_identity("observation", row, context, key),),
        kind=kind,
        role=role,
        value=decimal_cell(row, "value", -1, 1),
        source=source,
        reliability=decimal_cell(row, "reliability", 0, 1),
        on=on,
        evidence=row.get("evidence"),
        author=one_line(row.get("author")) or context.source,
        expires_on=date_cell(row, "expires_on", context),
    )
    facts: list[Fact] = [
        About(observation=observation, person=about),
        HeardIn(observation=observation, opportunity=opportunity),
    ]
    entities: list[Entity] = [observation, about, opportunity]
    if informant is not None:
        facts.append(HeardFrom(observation=observation, informant=informant))
        entities.append(informant)
    further = [row.get("id")] if row.get("id") else told_apart
    return row_record("observations", row, columns, entities, *facts, further=further)


def _source(row: Row, kind: str) -> str:
    """Where it was heard; a human's word on a role needs no source."""
    if kind == CONFIRMATION and not row.get("source"):
        return ""
    return _one_of(needed(row, "source"), "source", OBSERVATION_SOURCES)


def _identity(label: Label, row: Row, context: FileContext, key: str) -> Identity:
    """A row's own id, where it has one; else what it says is its key."""
    return id_cell(label, row, context) if row.get("id") else external_identity(label, context.source, key)


def _signal(row: Row, context: FileContext) -> Record:
    columns = [column for column in ("company_id", "person_id") if row.get(column)]
    if len(columns) != 1:
        wrong = "it names both a company and a person" if columns else "it names neither company nor person"
        raise RowError("person_id", wrong, "Fill in the person where they are known, else the company")
    by = (
        _person(row, context, "person_id")
        if columns == ["person_id"]
        else Company(identities=(id_cell("company", row, context, "company_id"),))
    )
    kind, on = _one_of(needed(row, "kind"), "kind", SIGNAL_KINDS), _day(row, context)
    key = f"{by.keys[0]}|{kind}|{on}"
    signal = Signal(
        identities=(_identity("signal", row, context, key),),
        kind=kind,
        on=on,
        weight=decimal_cell(row, "weight", -5, 5),
        author=one_line(row.get("author")) or context.source,
        evidence=row.get("evidence"),
    )
    fact = ShownBy(signal=signal, by=by)
    further = [row.get("id")] if row.get("id") else [kind, str(on)]
    return row_record("signals", row, ["company_id", "person_id"], [signal, by], fact, further=further)


def _persona(row: Row, context: FileContext) -> Record:
    person = _person(row, context, "person_id")
    experience = row.get("experience")
    if not experience and not any(row.get(name) for name in PERSONA_FIELDS):
        raise RowError("background", "it says nothing", "Fill in one of the fields, or leave out the row")
    persona = Persona(
        identities=(_identity("persona", row, context, row.get("person_id")),),
        experience=_one_of(experience, "experience", EXPERIENCES) if experience else "",
        author=one_line(row.get("author")) or context.source,
        noted_on=date_cell(row, "noted_on", context),
        evidence=row.get("evidence"),
        background=row.get("background"),
        goals=row.get("goals"),
        process=row.get("process"),
        media=row.get("media"),
        objective=row.get("objective"),
        style=row.get("style"),
        information=row.get("information"),
        brands=row.get("brands"),
    )
    fact = HasPersona(person=person, persona=persona)
    further = [row.get("id")] if row.get("id") else []
    return row_record("personas", row, ["person_id"], [persona, person], fact, further=further)


# By kind: the header (`*`: must be there), and what a row says.
COMMITTEE_FILES: tuple[tuple[str, str, RowReader], ...] = (
    (
        "opportunities",
        "id*,name*,company_id*,stage,closes_on,amount,approve_threshold,stop_threshold,against_threshold",
        skipping_the_nameless(_opportunity),
    ),
    ("committee", "opportunity_id*,person_id*,influence,roles", _seat),
    (
        "observations",
        "opportunity_id*,about_id*,value*,source*,informant_id,reliability,on*,evidence,"
        "kind,role,author,expires_on,id",
        _observation,
    ),
    ("signals", "company_id,person_id,kind*,on*,weight,author,evidence,id", _signal),
    ("personas", f"person_id*,{','.join(PERSONA_FIELDS)},experience,author,noted_on,evidence,id", _persona),
)
