"""Exporting a graph and importing the files into an empty one gives the same graph, ties and all."""

from __future__ import annotations

import itertools
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.model.committee import Observation, Opportunity, Persona, Signal
from graph.model.committee_facts import About, HasPersona, HeardFrom, HeardIn, Seat, ShownBy, SoughtAt
from graph.model.company_facts import PartOf
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Community, Company, Person, Project, School
from graph.model.facts import (
    Alliance,
    Connection,
    Employment,
    Endorsement,
    Interaction,
    Membership,
    ProjectRole,
    Recommendation,
    ReportingLine,
    RunBy,
    Study,
)
from graph.model.identities import Identity
from graph.model.records import Record, Source
from graph.records.writing import write_records
from graph.ties import derive
from importers.exporting import export_neutral
from importers.runs import ImportRequest, run_import

HIDDEN = (
    "id pending unmatched created_on collected_on derived_size "
    "derived_from derived_to filled search_name search_last search_word2 search_word3 search_word4"
).split()
ABOUT_SOURCES = "sources owners key opportunity_key".split()
TEXTS = st.sampled_from(
    (
        "Ann",
        "=1+1",
        "'=1+1",
        "'tis",
        "+49",
        "-",
        "--",
        "@home",
        "None",
        'a, "b"; c',
        "Zoë Ø",
        "שלום",
        "N/A",
    )
)
NOTES = st.sampled_from(("", "Said so", "=cmd()", "two\nlines", "'-quoted", "NULL"))
DATES = st.sampled_from(("2019", "2020-03", "2021-03-14", "2018-12-31")).map(PartialDate.parse)
MAYBE = st.one_of(st.none(), DATES)


async def everything(send, engine):
    """All nodes with their identities, facts and ties; ids, sources and the source `out` itself left out."""
    names, nodes = {}, []
    rows = await send(
        engine,
        "MATCH (n)<-[:IDENTIFIES]-(i:Identity) RETURN labels(n)[0] AS label, properties(n) AS shown, "
        "collect([i.system, i.key, i.url]) AS keys",
    )
    for row in rows:
        label, shown = row["label"], plain(row["shown"])
        keys = sorted(f"{key} {url}" for system, key, url in row["keys"] if system not in ("copy", "liaison"))
        unnamed = label in ("Observation", "Signal", "Persona")
        names[row["shown"]["id"]] = f"{label} {shown}" if unnamed else "|".join([label, *keys])
        nodes.append([label, shown, [] if unnamed else keys])
    facts = await send(
        engine,
        "MATCH (a)-[r]->(b) WHERE r.sources IS NOT NULL OPTIONAL MATCH (i:Identity {key: r.opportunity_key})"
        "-[:IDENTIFIES]->(o) RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS says, o.id AS o",
    )
    ties = await send(
        engine, "MATCH (a:Person)-[r:TIE]->(b:Person) RETURN a.id AS a, b.id AS b, properties(r) AS says"
    )
    return {
        "nodes": sorted(map(json.dumps, nodes)),
        "facts": sorted(fact(row, names) for row in facts),
        "ties": sorted([*sorted((names[row["a"]], names[row["b"]])), plain(row["says"])] for row in ties),
    }


def fact(row, names):
    says = {name: value for name, value in row["says"].items() if name not in ABOUT_SOURCES}
    key = row["says"]["key"].split("|opportunity:")[0]
    return [row["type"], names[row["a"]], names[row["b"]], plain(says), key, names.get(row["o"], "")]


def plain(properties):
    shown = {
        name: round(value, 9) if isinstance(value, float) else value
        for name, value in properties.items()
        if name not in HIDDEN and not name.startswith("match_") and value is not None
    }
    return json.dumps(shown, sort_keys=True, ensure_ascii=False, default=str)


async def copied(engine, empty_graph, send, folder):
    """What is there, and what is there after it was exported, deleted and imported."""
    await derive(engine, full=True)
    before = await everything(send, engine)
    out = Path(tempfile.mkdtemp(dir=folder))
    await export_neutral(engine, out, page=2)
    await empty_graph(engine)
    request = ImportRequest(paths=(out,), source="copy")
    run = await run_import(engine, request, spool_dir=Path(folder, "spool"))
    assert (run.state, run.error, list(run.refused)) == ("done", None, [])
    await derive(engine, full=True)
    return before, await everything(send, engine)


@st.composite
def spells(draw):
    start, end = draw(MAYBE), draw(MAYBE)
    if draw(st.booleans()):
        day = draw(DATES)
        return Spell(day, day, draw(st.booleans()), True)
    if start and end and start.first_month > end.last_month:
        start, end = end, start
    return Spell(start, end, end is None and draw(st.booleans()))


def some_identity(label, system, number):
    return Identity(label, system, f"{system}{number}" if system != "email" else f"p{number}@mail.example")


@st.composite
def worlds(draw):
    """Records of a small world with every kind of node and of fact."""
    people = [
        Person(
            identities=(some_identity("person", draw(st.sampled_from(("crm", "email"))), n),),
            name=draw(TEXTS),
            headline=draw(TEXTS),
            team_member=draw(st.sampled_from((None, True, False))) if n else True,
        )
        for n in range(draw(st.integers(2, 5)))
    ]
    companies, named = [], draw(st.integers(0, 2))
    for n in range(draw(st.integers(1, 3))):
        known = [Identity("company", "crm", f"c{n}")]
        if draw(st.booleans()):
            known.append(Identity("company", "domain", f"d{n}.example", f"https://d{n}.example"))
        if n == named:  # the others of that name are not known by it
            known.append(Identity("company", "name", "acme"))
        companies.append(
            Company(
                identities=tuple(known),
                name="Acme",
                domain=draw(st.sampled_from(("", f"d{n}.example"))),
                headcount=draw(st.sampled_from((None, 7))),
                former_names=draw(st.sampled_from(((), ("Old (until 2019-03)", "=Older")))),
            )
        )
    others = [
        School(identities=(Identity("school", "crm", "s"),), name=draw(TEXTS)),
        Community(identities=(Identity("community", "crm", "k"),), name=draw(TEXTS)),
        Project(
            identities=(Identity("project", "crm", "p"),),
            name="Project",
            size=draw(st.sampled_from((None, 3))),
        ),
        Opportunity(
            identities=(Identity("opportunity", "crm", "o"),),
            name="Renewal",
            stage=draw(NOTES).replace("\n", " "),
            closes_on=draw(MAYBE),
            amount=draw(st.sampled_from((None, 0.1, 12345.67, 1e13))),
            stop_threshold=draw(st.sampled_from((None, -0.1234567890123456))),
        ),
    ]
    facts = draw(facts_among(people, companies, *others))
    nodes = [*people, *companies, *others]
    told = [Record(f"node {n}", (one,)) for n, one in enumerate(nodes)]
    for n, found in enumerate(facts):
        ends = list(dict.fromkeys(end for one in found for end in one.ends()))
        told.append(Record(f"fact {n}", tuple(ends), tuple(found)))
    return told


@st.composite
def facts_among(draw, people, companies, school, community, project, opportunity):
    number = itertools.count()
    pairs = [(a, b) for a in people for b in people if a is not b]
    found = [[SoughtAt(opportunity=opportunity, company=companies[0])]]
    if draw(st.booleans()):
        found.append([RunBy(project=project, company=companies[-1])])
    if len(companies) > 1 and draw(st.booleans()):
        found.append([PartOf(company=companies[0], parent=companies[1], since=draw(MAYBE))])
    kinds = "work work seat study member project link wrote praise skill boss ally heard sign persona".split()
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=10)):
        who, (a, b) = draw(st.sampled_from(people)), draw(st.sampled_from(pairs))
        match kind:
            case "work":
                one = Employment(
                    person=who,
                    company=draw(st.sampled_from(companies)),
                    title=draw(st.sampled_from(("", "CTO", "=Head of Sales", "-"))),
                    department=draw(st.sampled_from(("", "IT"))),
                    seniority=draw(st.sampled_from(("", "head"))),
                    spell=draw(spells()),
                )
            case "seat":
                roles = draw(st.sampled_from(((), ("coach", "legal"))))
                one = Seat(
                    person=who,
                    opportunity=opportunity,
                    influence=draw(st.sampled_from((None, "high"))),
                    roles=roles,
                )
            case "study":
                one = Study(
                    person=who, school=school, degree=draw(st.sampled_from(("", "MSc"))), spell=draw(spells())
                )
            case "member":
                one = Membership(person=who, community=community, spell=draw(spells()))
            case "project":
                one = ProjectRole(
                    person=who,
                    project=project,
                    role=draw(st.sampled_from(("", "@lead"))),
                    spell=draw(spells()),
                )
            case "link":
                one = Connection(a=a, b=b, on=draw(MAYBE))
            case "wrote":
                one = Interaction(
                    a=a,
                    b=b,
                    channel=draw(st.sampled_from(("email", "meeting"))),
                    sent=draw(st.integers(1, 9)),
                    received=draw(st.integers(0, 9)),
                    last_on=draw(MAYBE),
                    sent_on=draw(MAYBE),
                    partial=draw(st.booleans()),
                )
            case "praise":
                one = Recommendation(a=a, b=b, on=draw(MAYBE))
            case "skill":
                one = Endorsement(a=a, b=b, skill=draw(st.sampled_from(("", "C++", "-"))), on=draw(MAYBE))
            case "boss":
                one = ReportingLine(a=a, b=b, since=draw(MAYBE))
            case "ally":
                one = Alliance(
                    a=a,
                    b=b,
                    kind=draw(st.sampled_from(("friendship", "rivalry"))),
                    strength=draw(st.sampled_from((None, 0.3, 1 / 3))),
                    directed=draw(st.booleans()),
                    since=draw(MAYBE),
                    opportunity_key=draw(st.sampled_from(("", "opportunity:crm:o"))),
                    author=draw(st.sampled_from(("", "Mira"))),
                    evidence=draw(NOTES),
                )
            case "heard":
                found.append(draw(heard(next(number), who, a, opportunity)))
                continue
            case "sign":
                signal = Signal(
                    identities=(Identity("signal", "crm", str(next(number))),),
                    kind="visit",
                    on=draw(DATES),
                    weight=draw(st.sampled_from((None, -0.25))),
                    author="crm",
                    evidence=draw(NOTES),
                )
                one = ShownBy(signal=signal, by=draw(st.sampled_from([who, companies[0]])))
            case _:
                persona = Persona(
                    identities=(Identity("persona", "crm", str(next(number))),),
                    goals=draw(NOTES),
                    experience="expert",
                    author="Mira",
                    noted_on=draw(MAYBE),
                )
                one = HasPersona(person=who, persona=persona)
        found.append([one])
    return found


@st.composite
def heard(draw, number, about, informant, opportunity):
    kind = draw(st.sampled_from(("stance", "role", "confirmation")))
    note = Observation(
        identities=(Identity("observation", "crm", str(number)),),
        kind=kind,
        value=1.0 if kind == "confirmation" else draw(st.sampled_from((-1.0, 0.1, 1 / 3))),
        on=draw(DATES),
        role="" if kind == "stance" else "coach",
        source="" if kind == "confirmation" else "direct",
        author="Mira",
        evidence=draw(NOTES),
        expires_on=draw(st.sampled_from((None, PartialDate(2030)))),
    )
    facts = [About(observation=note, person=about), HeardIn(observation=note, opportunity=opportunity)]
    if informant is not about and draw(st.booleans()):
        facts.append(HeardFrom(observation=note, informant=informant))
    return facts


# Shrinking would take minutes: the difference says enough.
@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(records=worlds())
async def test_a_copy_of_any_graph_is_the_same_graph(engine, empty_graph, send_raw, records):
    await empty_graph(engine)
    outcome = await write_records(engine, Source(name="crm", dataset="crm|all", run="r1"), records)
    assert not outcome.conflicts
    with tempfile.TemporaryDirectory() as folder:
        before, after = await copied(engine, empty_graph, send_raw, folder)
    lost, new = (
        [one for part in a for one in a[part] if one not in b[part]]
        for a, b in ((before, after), (after, before))
    )
    if lost or new:
        pytest.fail("lost:\n{}\nnew:\n{}".format(*("\n".join(map(str, one)) for one in (lost, new))))
    assert before["nodes"]
