"""Our own CSV about opportunities: the deal, its committee, what was heard, signals, personas.

A note's author is the import's source: its rows come from a system in which somebody wrote them.
"""

from __future__ import annotations

from graph.model.committee import (
    BUYING_ROLES,
    EXPERIENCES,
    INFLUENCES,
    OBSERVATION_SOURCES,
    PERSONA_FIELDS,
    SIGNAL_KINDS,
    Observation,
    Opportunity,
    Persona,
    Signal,
)
from graph.model.committee_facts import About, HasPersona, HeardFrom, HeardIn, Seat, ShownBy, SoughtAt
from graph.model.dates import PartialDate
from graph.model.entities import Company, Entity, Person
from graph.model.facts import Fact
from graph.model.identities import external_identity
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
    source = _one_of(needed(row, "source"), "source", OBSERVATION_SOURCES)
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
    key = "|".join((*(row.get(column) for column in columns), source, str(on)))
    observation = Observation(
        identities=(external_identity("observation", context.source, f"stance|{key}"),),
        value=decimal_cell(row, "value", -1, 1),
        source=source,
        reliability=decimal_cell(row, "reliability", 0, 1),
        on=on,
        evidence=row.get("evidence"),
        author=context.source,
    )
    facts: list[Fact] = [
        About(observation=observation, person=about),
        HeardIn(observation=observation, opportunity=opportunity),
    ]
    entities: list[Entity] = [observation, about, opportunity]
    if informant is not None:
        facts.append(HeardFrom(observation=observation, informant=informant))
        entities.append(informant)
    return row_record("observations", row, columns, entities, *facts, further=(source, str(on)))


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
        identities=(external_identity("signal", context.source, key),),
        kind=kind,
        on=on,
        author=context.source,
    )
    fact = ShownBy(signal=signal, by=by)
    return row_record(
        "signals", row, ["company_id", "person_id"], [signal, by], fact, further=(kind, str(on))
    )


def _persona(row: Row, context: FileContext) -> Record:
    person = _person(row, context, "person_id")
    experience = row.get("experience")
    if not experience and not any(row.get(name) for name in PERSONA_FIELDS):
        raise RowError("background", "it says nothing", "Fill in one of the fields, or leave out the row")
    persona = Persona(
        identities=(external_identity("persona", context.source, row.get("person_id")),),
        experience=_one_of(experience, "experience", EXPERIENCES) if experience else "",
        author=context.source,
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
    return row_record("personas", row, ["person_id"], [persona, person], fact)


# By kind: the header (`*`: must be there), and what a row says.
COMMITTEE_FILES: tuple[tuple[str, str, RowReader], ...] = (
    (
        "opportunities",
        "id*,name*,company_id*,stage,closes_on,amount",
        skipping_the_nameless(_opportunity),
    ),
    ("committee", "opportunity_id*,person_id*,influence,roles", _seat),
    (
        "observations",
        "opportunity_id*,about_id*,value*,source*,informant_id,reliability,on*,evidence",
        _observation,
    ),
    ("signals", "company_id,person_id,kind*,on*", _signal),
    ("personas", f"person_id*,{','.join(PERSONA_FIELDS)},experience", _persona),
)
