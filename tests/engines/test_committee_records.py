"""Opportunities on both engines: recorded by files and by hand, read back, withdrawn, kept apart."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graph.committee import assess
from graph.model.committee import Opportunity
from graph.model.dates import PartialDate
from graph.model.entities import Company, Person
from graph.model.facts import Interaction, ReportingLine
from graph.model.identities import external_identity, name_identity
from graph.model.records import Record, Source
from graph.records.committee_building import build_committee, role_evidence
from graph.records.committee_entering import (
    add_member,
    decide_suggestion,
    enter_opportunity,
    remove_member,
    set_influence,
)
from graph.records.committee_notes import (
    NotAMember,
    Note,
    confirm_role,
    record_observation,
    record_role,
    record_signal,
    set_persona,
)
from graph.records.entering import Refused, Unknown, enter_entity, enter_fact, refer
from graph.records.introductions import (
    introductions_by_ids,
    read_introductions,
    request_introduction,
    update_introduction,
)
from graph.records.opportunities import count_opportunities, list_opportunities, read_opportunity
from graph.records.people import people_by_keys
from graph.records.removing import remove_entity, remove_fact
from graph.records.replies import Ticket
from graph.records.withdrawal import withdraw_unseen
from graph.records.writing import write_records
from graph.ties import derive
from importers.formats.base import FileContext, Row
from importers.formats.neutral import NEUTRAL_ROWS

TODAY = date(2026, 11, 22)
CONTEXT = FileContext(source="crm", file_name="x.csv", as_of=PartialDate(2026, 11, 22))


def rows(kind, *said):
    """Rows of our own CSV as records."""
    return [NEUTRAL_ROWS[kind](Row(line, cells), CONTEXT) for line, cells in enumerate(said, 2)]


def source(kind, run="run-1"):
    return Source(name="crm", dataset=f"crm|neutral/{kind}", run=run)


def people(count=5):
    return rows(
        "people",
        *(
            {"id": str(i), "name": f"Person {i}", "team_member": "true" if i == 0 else ""}
            for i in range(count)
        ),
    )


FILES = {
    "companies": [{"id": "C1", "name": "Helvion"}, {"id": "C2", "name": "Sarnfeld"}],
    "opportunities": [
        {
            "id": "D1",
            "name": "Network renewal",
            "company_id": "C1",
            "stage": "offer",
            "closes_on": "2027-03-31",
            "amount": "125000",
        },
        {"id": "D2", "name": "Another one", "company_id": "C2"},
    ],
    "employments": [
        {
            "person_id": "1",
            "company_id": "C1",
            "title": "Chief Financial Officer",
            "seniority": "c_level",
            "department": "Finance",
            "started": "2026-09",
            "current": "true",
        },
        {
            "person_id": "2",
            "company_id": "C1",
            "title": "Network Architect",
            "started": "2019",
            "current": "true",
        },
        {"person_id": "2", "company_id": "C2", "title": "Engineer", "started": "2015", "ended": "2018"},
        {
            "person_id": "4",
            "company_id": "C1",
            "title": "Buyer",
            "department": "Purchasing",
            "started": "2020",
            "current": "true",
        },
    ],
    "committee": [
        {"opportunity_id": "D1", "person_id": "1", "influence": "high", "roles": "economic_buyer"},
        {"opportunity_id": "D1", "person_id": "2"},
        {"opportunity_id": "D1", "person_id": "3", "influence": "low"},
        {"opportunity_id": "D2", "person_id": "3", "influence": "high", "roles": "coach"},
    ],
    "alliances": [
        {"from_id": "1", "to_id": "2", "kind": "mentoring", "sign": "+", "strength": "0.8"},
        {"from_id": "2", "to_id": "3", "kind": "rivalry", "sign": "-", "opportunity_id": "D1"},
        {"from_id": "1", "to_id": "3", "kind": "rivalry", "sign": "-", "opportunity_id": "D2"},
        {"from_id": "1", "to_id": "4", "kind": "affinity", "sign": "+"},
    ],
    "observations": [
        {
            "opportunity_id": "D1",
            "about_id": "1",
            "value": "0.5",
            "source": "coach_report",
            "informant_id": "3",
            "reliability": "0.9",
            "on": "2026-10-22",
            "evidence": "Called on Tuesday",
        },
        {"opportunity_id": "D1", "about_id": "2", "value": "-0.7", "source": "direct", "on": "2026-11"},
        {"opportunity_id": "D2", "about_id": "3", "value": "1", "source": "hearsay", "on": "2026-11-01"},
    ],
    "signals": [
        {"company_id": "C1", "kind": "visit", "on": "2026-11-20"},
        {"person_id": "4", "kind": "price_request", "on": "2026-11-21"},
        {"person_id": "3", "kind": "download", "on": "2026-11-19"},
        {"company_id": "C2", "kind": "tender", "on": "2026-11-21"},
    ],
    "personas": [{"person_id": "1", "goals": "Fewer outages", "experience": "expert"}],
}


async def filled(engine):
    """A committee of three out of files; person 0 is one of ours, 4 works there without a seat."""
    await write_records(engine, source("people"), people())
    for kind, said in FILES.items():
        outcome = await write_records(engine, source(kind), rows(kind, *said))
        assert outcome.conflicts == [], kind
    return await ids_of(engine)


async def ids_of(engine):
    found = await people_by_keys(engine, [f"person:crm:{i}" for i in range(5)])
    ids = {key.rsplit(":", 1)[1]: person.id for key, person in found.items()}
    for view, _ in await list_opportunities(engine, company_id=None, after=None, limit=10):
        ids["D1" if view.name == "Network renewal" else "D2"] = view.id
    return ids


async def refs(engine, ids, *names):
    kinds = {name: Opportunity if name.startswith("D") else Person for name in names}
    found = [(await refer(engine, kind, [ids[name]]))[ids[name]] for name, kind in kinds.items()]
    return found[0] if len(found) == 1 else found


def note(on="2026-11-22", author="anna", **more):
    return Note(author=author, on=PartialDate.parse(on), **more)


async def test_what_files_say_is_read_back(engine):
    ids = await filled(engine)
    before = engine.statements_sent
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert engine.statements_sent - before == 5
    told = facts.opportunity
    assert (told.name, told.company.name, told.stage, told.closes_on, told.amount) == (
        "Network renewal",
        "Helvion",
        "offer",
        "2027-03-31",
        125000.0,
    )
    assert [member.person.id for member in facts.members] == sorted(ids[i] for i in "123")
    seats = {member.person.id: member for member in facts.members}
    one, two, three = (seats[ids[i]] for i in "123")
    assert (one.influence, one.roles, one.post.title, one.post.seniority) == (
        "high",
        ("economic_buyer",),
        "Chief Financial Officer",
        "c_level",
    )
    assert (two.influence, two.roles, two.post.title) == ("medium", (), "Network Architect")
    assert (three.influence, three.post) == ("low", None)
    assert (one.persona.goals, one.persona.experience, one.persona.style) == ("Fewer outages", "expert", "")
    assert [(n.about, n.value, n.source, n.informant, n.informant_name) for n in facts.notes] == [
        (ids["1"], 0.5, "coach_report", ids["3"], "Person 3"),
        (ids["2"], -0.7, "direct", None, None),
    ]
    assert (facts.notes[0].author, facts.notes[0].evidence, facts.notes[0].reliability) == (
        "crm",
        "Called on Tuesday",
        0.9,
    )
    # The rivalry of the other opportunity, and an alliance with somebody without a seat, are not shown.
    assert sorted((b.kind, b.sign, b.strength, b.everywhere) for b in facts.bonds) == [
        ("mentoring", 1, 0.8, True),
        ("rivalry", -1, None, False),
    ]
    assert [(s.kind, s.person) for s in facts.signals] == [
        ("download", ids["3"]),
        ("visit", None),
        ("price_request", ids["4"]),
    ]
    assert {(post.person, post.title) for post in facts.posts} == {
        (ids["1"], "Chief Financial Officer"),
        (ids["2"], "Network Architect"),
        (ids["4"], "Buyer"),
    }
    assert await read_opportunity(engine, "nobody", None, today=TODAY) is None


async def test_the_model_answers_from_what_was_recorded(engine):
    ids = await filled(engine)
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    committee = build_committee(facts, TODAY)
    situation = assess(committee)
    at = {name: committee.index_of(ids[name]) for name in "123"}
    assert situation.mean[at["1"]] < 0.5, "the mentor's ally is against"
    assert situation.mean[at["2"]] < 0 < situation.mean[at["3"]], "their rival is for"
    assert committee.role("economic_buyer")[at["1"]] > 0.8
    assert committee.role("technical_buyer")[at["2"]] > 0.4
    assert list(committee.influence[[at["1"], at["2"], at["3"]]]) == [1.0, 0.6, 0.3]


async def test_the_same_files_again_change_nothing_and_what_is_gone_goes(engine, send_cypher):
    ids = await filled(engine)
    for kind, said in FILES.items():
        again = await write_records(engine, source(kind, "run-2"), rows(kind, *said))
        assert not any(n for c in again.as_dict().values() for name, n in c.items() if name != "unchanged")
    before = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    for kind in ("observations", "committee", "signals", "personas", "alliances"):
        await write_records(engine, source(kind, "run-3"), rows(kind, FILES[kind][0]))
        await withdraw_unseen(engine, source(kind, "run-3"))
    after = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert [m.person.id for m in after.members] == [ids["1"]]
    assert after.notes == before.notes[:1]
    assert [s.kind for s in after.signals] == ["visit"]
    left = await send_cypher(engine, "MATCH (n) WHERE n:Observation OR n:Signal RETURN labels(n)[0] AS l")
    assert sorted(row["l"] for row in left) == ["Observation", "Signal"]
    await withdraw_unseen(engine, source("opportunities", "run-4"))
    # A seat, an observation and nothing that describes it: it stays until these go too.
    await withdraw_unseen(engine, source("committee", "run-4"))
    await withdraw_unseen(engine, source("observations", "run-4"))
    assert await read_opportunity(engine, ids["D1"], None, today=TODAY) is None
    assert not await send_cypher(engine, "MATCH (n:Observation) RETURN n.id AS id")


async def test_a_changed_row_replaces_what_it_said(engine):
    ids = await filled(engine)
    moved = {**FILES["opportunities"][0], "company_id": "C2", "stage": ""}
    await write_records(engine, source("opportunities", "2"), rows("opportunities", moved))
    seat = {**FILES["committee"][0], "influence": "low", "roles": "user_buyer;coach"}
    await write_records(engine, source("committee", "2"), rows("committee", seat))
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert (facts.opportunity.company.name, facts.opportunity.stage) == ("Sarnfeld", None)
    member = facts.member(ids["1"])
    assert (member.influence, member.roles) == ("low", ("user_buyer", "coach"))


async def test_rows_that_refer_to_the_unknown_are_refused(engine):
    await filled(engine)
    for kind, said in {
        "committee": {"opportunity_id": "D9", "person_id": "1"},
        "observations": {
            "opportunity_id": "D1",
            "about_id": "99",
            "value": "1",
            "source": "direct",
            "on": "2026",
        },
        "alliances": {
            "from_id": "1",
            "to_id": "2",
            "kind": "career",
            "sign": "+",
            "opportunity_id": "D9",
        },
    }.items():
        outcome = await write_records(engine, source(kind, "2"), rows(kind, said))
        assert len(outcome.conflicts) == 1, kind
        assert "import the file that describes this" in outcome.conflicts[0].fix


async def test_opportunities_in_pages(engine):
    ids = await filled(engine)
    first = await list_opportunities(engine, company_id=None, after=None, limit=1)
    assert [view.name for view, _ in first] == ["Another one"]
    view, sort_name = first[0]
    rest = await list_opportunities(engine, company_id=None, after=(sort_name, view.id), limit=5)
    assert [(one.name, one.company.name) for one, _ in rest] == [("Network renewal", "Helvion")]
    at = rest[0][0].company.id
    assert [one.id for one, _ in await list_opportunities(engine, company_id=at, after=None, limit=5)] == [
        ids["D1"]
    ]
    assert (await count_opportunities(engine, company_id=None)) == 2
    assert (await count_opportunities(engine, company_id=at)) == 1


async def test_an_opportunity_entered_by_hand(engine):
    ids = await filled(engine)
    facts = await read_opportunity(engine, ids["D2"], None, today=TODAY)
    company = (await refer(engine, Company, [facts.opportunity.company.id]))[facts.opportunity.company.id]
    ticket = Ticket.of("caller", "key-1", "upsertOpportunity", {"name": "Third"})
    asked = {"identities": [], "says": {"name": "Third", "amount": 5.0}, "company": company}
    made = await enter_opportunity(engine, opportunity_id=None, ticket=ticket, **asked)
    assert await ticket.answer(engine) == made
    assert await enter_opportunity(engine, opportunity_id=None, **asked) == made
    changed = {"stage": "won", "amount": None, "approve_threshold": 0.5, "closes_on": "2027-01"}
    await enter_opportunity(engine, opportunity_id=made, identities=[], says=changed, company=None)
    told = (await read_opportunity(engine, made, None, today=TODAY)).opportunity
    assert (told.name, told.stage, told.amount, told.approve_threshold, told.closes_on) == (
        "Third",
        "won",
        None,
        0.5,
        "2027-01",
    )
    assert told.company.name == "Sarnfeld"
    with pytest.raises(Refused, match="company"):
        await enter_opportunity(
            engine,
            opportunity_id=None,
            identities=[external_identity("opportunity", "x", "9")],
            says={"name": "No company"},
            company=None,
        )
    with pytest.raises(ValueError, match="threshold"):
        await enter_opportunity(
            engine, opportunity_id=made, identities=[], says={"stop_threshold": 2}, company=None
        )
    with pytest.raises(Unknown):
        await enter_opportunity(engine, opportunity_id="none", identities=[], says={}, company=None)


async def test_seats_by_hand(engine):
    ids = await filled(engine)
    deal, one, four = await refs(engine, ids, "D1", "1", "4")
    assert await add_member(engine, deal, four, roles=["gatekeeper"]) == ids["4"]
    await set_influence(engine, deal, four, "high")
    await set_influence(engine, deal, one, "low")
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert (facts.member(ids["4"]).influence, facts.member(ids["4"]).roles) == ("high", ("gatekeeper",))
    assert (facts.member(ids["1"]).influence, facts.member(ids["1"]).roles) == ("low", ("economic_buyer",))
    with pytest.raises(NotAMember):
        await set_influence(engine, deal, await refs(engine, ids, "0"), "high")
    with pytest.raises(ValueError, match="influence is one of"):
        await set_influence(engine, deal, one, "huge")
    with pytest.raises(ValueError, match="no buying role"):
        await add_member(engine, deal, one, roles=["boss"])
    assert await remove_member(engine, ids["D1"], ids["1"])
    assert not await remove_member(engine, ids["D1"], ids["1"])
    assert await remove_member(engine, ids["D1"], ids["4"])
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert {member.person.id for member in facts.members} == {ids["2"], ids["3"]}
    assert {n.about for n in facts.notes} == {ids["2"]}, "what was heard of others is not shown"
    build_committee(facts, TODAY)


async def test_notes_by_hand_are_replaced_kept_apart_and_expire(engine):
    ids = await filled(engine)
    deal, one, two, three = await refs(engine, ids, "D1", "1", "2", "3")
    first = await record_observation(engine, deal, one, 0.2, note(), informant=one)
    again = await record_observation(engine, deal, one, -0.4, note(evidence="Lunch"), informant=one)
    other = await record_observation(
        engine, deal, one, 0.9, note(author="bert"), source="coach_report", informant=two, reliability=0.3
    )
    gone = await record_observation(
        engine, deal, three, 1.0, note("2026-10-01", expires_on=PartialDate(2026, 10))
    )
    lasting = await record_observation(
        engine, deal, three, 1.0, note("2026-09-01", expires_on=PartialDate(2026, 11))
    )
    assert first == again and other != first
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    by_id = {n.id: n for n in facts.notes}
    assert (by_id[first].value, by_id[first].evidence, by_id[first].author) == (-0.4, "Lunch", "anna")
    assert (by_id[other].informant, by_id[other].reliability) == (ids["2"], 0.3)
    assert gone not in by_id and lasting in by_id
    for wrong, field in (
        ({"value": 2.0}, "value"),
        ({"reliability": -1.0}, "reliability"),
        ({"source": "coach_report", "informant": one}, "informantId"),
    ):
        said = {"value": 0.5, **wrong}
        with pytest.raises(Refused) as refused:
            await record_observation(engine, deal, one, said.pop("value"), note(), **said)
        assert refused.value.field == field
    with pytest.raises(ValueError, match="source"):
        await record_observation(engine, deal, one, 0.5, note(), source="rumour")
    with pytest.raises(ValueError, match="expires before"):
        await record_observation(engine, deal, one, 0.5, note(expires_on=PartialDate(2020)))
    with pytest.raises(NotAMember):
        await record_observation(engine, deal, await refs(engine, ids, "0"), 0.5, note())


async def test_roles_are_moved_by_words_and_collapse_when_confirmed(engine):
    ids = await filled(engine)
    deal, two = await refs(engine, ids, "D1", "2")

    async def chance(role="coach"):
        facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
        return build_committee(facts, TODAY).role(role)[[m.person.id for m in facts.members].index(ids["2"])]

    start = await chance()
    await record_role(engine, deal, two, "coach", 1.0, note(), source="hearsay")
    heard = await chance()
    assert start < heard < 0.5
    await confirm_role(engine, deal, two, "coach", True, note())
    assert await chance() == 1.0
    await confirm_role(engine, deal, two, "coach", False, note("2026-11-01", author="bert"))
    assert await chance() == 0.0
    await confirm_role(engine, deal, two, "coach", None, note())
    assert await chance() == heard
    await confirm_role(engine, deal, two, "coach", None, note())
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert len(role_evidence(facts.member(ids["2"]), facts, TODAY).observations) == 1
    with pytest.raises(ValueError, match="buying role"):
        await record_role(engine, deal, two, "boss", 1.0, note())


async def test_signals_and_personas_by_hand(engine):
    ids = await filled(engine)
    one, two = await refs(engine, ids, "1", "2")
    found = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    company = (await refer(engine, Company, [found.opportunity.company.id]))[found.opportunity.company.id]
    sign = await record_signal(engine, one, "event", note("2026-11-02"), weight=1.0)
    assert await record_signal(engine, one, "event", note("2026-11-02"), weight=1.5) == sign
    await record_signal(engine, company, "tender", note("2026-11-03"), of_company=True)
    with pytest.raises(ValueError, match="kind of a signal"):
        await record_signal(engine, one, "wink", note())
    await set_persona(engine, one, {"style": "careful", "goals": "Quiet nights"}, note())
    await set_persona(engine, one, {"style": None, "brands": "Norrin"}, note("2026-11-21"))
    await set_persona(engine, two, {"experience": "novice"}, note())
    with pytest.raises(ValueError, match="experience"):
        await set_persona(engine, two, {"experience": "guru"}, note())
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    signs = {s.id: s for s in facts.signals}
    assert (signs[sign].weight, signs[sign].person, signs[sign].author) == (1.5, ids["1"], "anna")
    assert ("tender", None) in {(s.kind, s.person) for s in facts.signals}
    mine = facts.member(ids["1"]).persona
    assert (mine.goals, mine.experience, mine.style, mine.brands, mine.author) == (
        "Quiet nights",
        "expert",
        "",
        "Norrin",
        "anna",
    )
    assert facts.member(ids["2"]).persona.experience == "novice"


async def test_a_suggestion_is_confirmed_or_refused_once(engine):
    ids = await filled(engine)
    deal, one, three = await refs(engine, ids, "D1", "1", "3")
    pair = tuple(sorted((ids["1"], ids["3"])))
    await decide_suggestion(engine, deal, three, one, confirmed=False, strength=0.2, note=note())
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert facts.refused == (pair,)
    assert "affinity" not in {bond.kind for bond in facts.bonds}
    await decide_suggestion(engine, deal, one, three, confirmed=True, strength=0.2, note=note())
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert facts.refused == ()
    (made,) = [bond for bond in facts.bonds if bond.kind == "affinity"]
    assert ((made.a, made.b), made.strength, made.everywhere, made.author) == (pair, 0.2, False, "anna")
    other = await read_opportunity(engine, ids["D2"], None, today=TODAY)
    assert other.refused == () and not other.bonds


async def imported(engine, kind, run, /, **changed):
    """The file read again, its first row changed: everything it says is stated anew."""
    first, *others = FILES[kind]
    await write_records(engine, source(kind, run), rows(kind, {**first, **changed}, *others))
    return await read_opportunity(engine, (await ids_of(engine))["D1"], None, today=TODAY)


async def test_no_import_brings_back_whom_a_human_took_off(engine):
    ids = await filled(engine)
    assert await remove_member(engine, ids["D1"], ids["1"])
    facts = await imported(engine, "committee", "run-2", influence="low")
    assert facts.member(ids["1"]) is None and facts.member(ids["2"]) is not None
    deal, one = await refs(engine, ids, "D1", "1")
    await add_member(engine, deal, one, influence="medium")
    facts = await imported(engine, "committee", "run-3", influence="high")
    assert facts.member(ids["1"]).influence == "medium", "what a human entered stands"
    assert await remove_member(engine, ids["D1"], ids["1"])
    assert (await imported(engine, "committee", "run-4", influence="low")).member(ids["1"]) is None


async def test_no_import_brings_back_an_alliance_that_a_human_removed_or_refused(engine):
    ids = await filled(engine)

    def kinds(facts):
        return {bond.kind for bond in facts.bonds}

    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    (mentoring,) = [bond for bond in facts.bonds if bond.kind == "mentoring"]
    assert await remove_fact(engine, mentoring.ref, None)
    facts = await imported(engine, "alliances", "run-2", strength="0.5")
    assert kinds(facts) == {"rivalry"}
    facts = await imported(engine, "alliances", "run-3", kind="friendship")
    assert kinds(facts) == {"rivalry", "friendship"}, "another alliance was not decided on"
    deal, one, two, three = await refs(engine, ids, "D1", "1", "2", "3")
    await decide_suggestion(engine, deal, one, two, confirmed=False, strength=0.0, note=note())
    await decide_suggestion(engine, deal, two, three, confirmed=False, strength=0.0, note=note())
    facts = await imported(engine, "alliances", "run-4", kind="friendship", strength="0.4")
    assert kinds(facts) == {"rivalry"}, "refused: not allied; a rivalry is no alliance to be refused"
    await decide_suggestion(engine, deal, one, two, confirmed=True, strength=0.6, note=note())
    facts = await imported(engine, "alliances", "run-5", kind="friendship")
    assert kinds(facts) == {"rivalry", "friendship", "affinity"}


async def test_a_company_taken_back_takes_its_opportunities_with_it(engine):
    ids = await filled(engine)
    company = await enter_entity(
        engine, Company, node_id=None, identities=[name_identity("company", "Ours")], says={"name": "Ours"}
    )
    at = (await refer(engine, Company, [company]))[company]
    made = await enter_opportunity(
        engine, opportunity_id=None, identities=[], says={"name": "New"}, company=at
    )
    deal = (await refer(engine, Opportunity, [made]))[made]
    one, two, three = await refs(engine, ids, "1", "2", "3")
    for member in (one, two, three):
        await add_member(engine, deal, member)
    await record_observation(engine, deal, one, 0.5, note())
    await confirm_role(engine, deal, two, "coach", True, note())
    await decide_suggestion(engine, deal, one, two, confirmed=False, strength=0.0, note=note())
    await decide_suggestion(engine, deal, one, three, confirmed=True, strength=0.4, note=note())
    await record_signal(engine, at, "visit", note(), of_company=True)
    assert await remove_entity(engine, Company, company)
    assert await read_opportunity(engine, made, None, today=TODAY) is None
    counts = {row["kind"]: row["count"] for row in await engine.read("schema/counts")}
    left = [counts[kind] for kind in ("opportunities", "observations", "signals")]
    assert left == [2, 3, 4], "what was imported stays"
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert len(facts.members) == 3 and "affinity" not in {bond.kind for bond in facts.bonds}


async def test_introductions_keep_all_their_states(engine):
    ids = await filled(engine)
    deal, ours, one, two = await refs(engine, ids, "D1", "0", "1", "2")
    who = [Person(identities=(reference.identity,)) for reference in (ours, one, two)]
    await enter_fact(
        engine,
        Interaction(
            a=who[0], b=who[1], channel="meeting", sent=8, received=9, last_on=PartialDate(2026, 11, 2)
        ),
        (ours, one),
    )
    await enter_fact(engine, ReportingLine(a=who[2], b=who[1]), (two, one))
    await derive(engine, today=TODAY)
    ticket = Ticket.of("caller", "key-7", "requestIntroduction", {})
    path = [ids["0"], ids["1"], ids["2"]]
    made = await request_introduction(
        engine, path, None, author="anna", on=TODAY, draft="Hello", opportunity=deal, ticket=ticket
    )
    assert await ticket.answer(engine) == made
    for state in ("asked", "accepted", "introduced"):
        await update_introduction(engine, made, state, author="bert", on=TODAY, note=state.title())
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    (view,) = facts.introductions
    assert view.states == ("drafted", "asked", "accepted", "introduced")
    assert (view.state, view.author, view.steps[-1].author, view.steps[1].note) == (
        "introduced",
        "anna",
        "bert",
        "Asked",
    )
    assert view.path == tuple(path) and view.draft == "Hello" and view.opportunity == ids["D1"]
    assert [tie.kinds[0] for tie in view.ties] == ["interactions", "employment"] or view.ties[1].kinds
    assert view.probability == pytest.approx(view.ties[0].probability * view.ties[1].probability)
    with pytest.raises(Refused, match="cannot become asked"):
        await update_introduction(engine, made, "asked", author="bert", on=TODAY)
    with pytest.raises(Unknown):
        await update_introduction(engine, "none", "asked", author="bert", on=TODAY)
    for wrong in ([ids["0"]], [ids["1"], ids["2"]], [ids["0"], ids["3"]], [ids["0"], "nobody"]):
        with pytest.raises(Refused):
            await request_introduction(engine, wrong, None, author="anna", on=TODAY)
    lone = await request_introduction(engine, path[:2], None, author="anna", on=TODAY)
    await update_introduction(engine, lone, "asked", author="anna", on=TODAY)
    await update_introduction(engine, lone, "declined", author="anna", on=TODAY, unknown_to_each_other=True)
    assert [one.id for one in await read_introductions(engine)] == [made, lone]
    assert (await introductions_by_ids(engine, [lone, "none"]))[lone].unknown_to_each_other
    # Contact and ties between ours and the members are read along.
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    (contact,) = facts.contacts
    assert (contact.member, contact.team_member, contact.from_us, contact.from_them) == (
        ids["1"],
        ids["0"],
        8,
        9,
    )
    assert [(k.member, k.team_member) for k in facts.known_by] == [(ids["1"], ids["0"])]
    assert facts.reports_to == ((ids["2"], ids["1"]),)


async def test_two_people_who_prove_to_be_one_sit_once(engine):
    ids = await filled(engine)
    deal, four = await refs(engine, ids, "D1", "4")
    await add_member(engine, deal, four, influence="high")
    await record_observation(engine, deal, four, 0.5, note())
    mail = {"id": "1", "name": "Person 1", "email": "one@helvion.example"}
    await write_records(engine, source("people", "2"), rows("people", mail))
    other = Person(
        identities=(
            external_identity("person", "book", "77"),
            *rows("people", mail)[0].entities[0].identities[1:],
        )
    )
    await write_records(engine, Source(name="book", dataset="b", run="1"), [Record("77", (other,))])
    facts = await read_opportunity(engine, ids["D1"], None, today=TODAY)
    assert len(facts.members) == 4


async def test_both_engines_give_the_same_numbers(both_engines):
    means = []
    for engine in both_engines:
        ids = await filled(engine)
        committee = build_committee(await read_opportunity(engine, ids["D1"], None, today=TODAY), TODAY)
        order = [committee.index_of(ids[i]) for i in "123"]
        situation = assess(committee)
        means.append([*situation.mean[order], *situation.settled[order], situation.decision])
    assert np.allclose(means[0], means[1], rtol=0, atol=1e-9)
