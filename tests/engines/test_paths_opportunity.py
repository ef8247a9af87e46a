"""Warm paths to the deciders of an opportunity: who they are, and nobody hostile on the way."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.committee import Opportunity
from graph.model.dates import PartialDate
from graph.model.entities import Company, Person
from graph.model.facts import Interaction
from graph.model.identities import external_identity, name_identity
from graph.model.records import Record, Source
from graph.paths import InvalidQuestion, OpportunityTarget, PathQuestion, PersonTarget, warm_paths
from graph.records.committee_entering import add_member, enter_opportunity
from graph.records.committee_notes import Note, confirm_role, record_observation
from graph.records.entering import refer
from graph.records.people import people_by_keys
from graph.records.writing import write_records
from graph.ties import derive

TODAY = date(2026, 11, 22)
NOTE = Note("anna", PartialDate(2026, 11, 20))


def person(name, **said):
    return Person(identities=(external_identity("person", "crm", name),), name=name, **said)


def knows(a, b, channel="meeting", counts=30):
    who = person(a), person(b)
    fact = Interaction(
        a=who[0], b=who[1], channel=channel, sent=counts, received=counts, last_on=PartialDate(2026, 11)
    )
    return Record(f"{a}|{b}", who, (fact,))


async def world(engine):
    """Ours knows Foe well and Friend a little; both know Boss, Foe alone knows User."""
    source = Source(name="crm", dataset="d", run="1")
    people = [person("Ours", team_member=True), *map(person, ("Foe", "Friend", "Boss", "User"))]
    helvion = Company(identities=(name_identity("company", "Helvion"),), name="Helvion")
    records = [Record(each.name, (each,)) for each in people] + [Record("helvion", (helvion,))]
    records += [
        knows("Ours", "Foe"),
        knows("Ours", "Friend", counts=4),
        knows("Foe", "Boss"),
        knows("Friend", "Boss"),
        knows("Foe", "User"),
    ]
    await write_records(engine, source, records)
    await derive(engine, today=TODAY)
    found = await people_by_keys(engine, [f"person:crm:{each.name}" for each in people])
    ids = {key.rsplit(":", 1)[1]: view.id for key, view in found.items()}
    ids["Helvion"] = (await engine.read("organisations/companies_by_keys", keys=["company:name:helvion"]))[0][
        "company"
    ]["id"]
    company = (await refer(engine, Company, [ids["Helvion"]]))[ids["Helvion"]]
    ids["deal"] = await enter_opportunity(
        engine, opportunity_id=None, identities=[], says={"name": "Renewal"}, company=company
    )
    deal = (await refer(engine, Opportunity, [ids["deal"]]))[ids["deal"]]
    refs = await refer(engine, Person, list(ids.values()))
    return ids, deal, {name: refs[node] for name, node in ids.items() if node in refs}


def question(ids, **more):
    return PathQuestion(target=OpportunityTarget(ids["deal"], TODAY), **more)


def shown(answer, ids):
    names = {node: name for name, node in ids.items()}
    return [[names[each.id] for each in path.people] for path in answer.paths]


async def test_paths_lead_to_those_who_decide_and_never_through_the_hostile(engine):
    ids, deal, refs = await world(engine)
    for name in ("Foe", "Boss", "User"):
        await add_member(engine, deal, refs[name], roles=["economic_buyer"] if name == "Boss" else None)
    neutral = await warm_paths(engine, question(ids))
    assert shown(neutral, ids)[0] == ["Ours", "Foe", "Boss"]
    assert {path[-1] for path in shown(neutral, ids)} == {"Boss"}
    await record_observation(engine, deal, refs["Foe"], -0.9, NOTE, informant=refs["Foe"])
    answer = await warm_paths(engine, question(ids))
    assert shown(answer, ids) == [["Ours", "Friend", "Boss"]]
    assert answer.notes == ("No path leads through 1 member who is against us in Renewal.",)
    # The same person is a connector like any other where no opportunity is asked about.
    plain = await warm_paths(engine, PathQuestion(target=PersonTarget(ids["Boss"])))
    assert ["Ours", "Foe", "Boss"] in shown(plain, ids)
    # Nor does the advice on a missing path propose them.
    none = await warm_paths(engine, question(ids, avoid=(ids["Friend"],)))
    assert none.no_path is not None
    assert ids["Foe"] not in {close.person_id for close in none.no_path.closest}
    assert "Foe" not in none.no_path.text


async def test_hearsay_bars_nobody_and_a_hostile_decider_is_still_reached(engine):
    ids, deal, refs = await world(engine)
    for name in ("Foe", "Boss"):
        await add_member(engine, deal, refs[name])
    await record_observation(engine, deal, refs["Foe"], -0.7, NOTE, source="hearsay")
    await confirm_role(engine, deal, refs["Boss"], "technical_buyer", True, NOTE)
    assert shown(await warm_paths(engine, question(ids)), ids)[0] == ["Ours", "Foe", "Boss"]
    await record_observation(engine, deal, refs["Foe"], -0.9, NOTE)
    await confirm_role(engine, deal, refs["Foe"], "user_buyer", True, NOTE)
    paths = shown(await warm_paths(engine, question(ids)), ids)
    assert paths[:2] == [["Ours", "Foe"], ["Ours", "Friend", "Boss"]]
    assert not any("Foe" in path[:-1] for path in paths)


async def test_who_would_close_the_gap_is_nobody_hostile(engine):
    ids, deal, refs = await world(engine)
    for name in ("Foe", "User"):
        await add_member(engine, deal, refs[name])
    await confirm_role(engine, deal, refs["User"], "user_buyer", True, NOTE)
    await record_observation(engine, deal, refs["Foe"], -0.9, NOTE)
    none = (await warm_paths(engine, question(ids, max_connectors=1))).no_path
    assert none is not None
    assert ids["Foe"] not in {close.person_id for close in none.closest}
    assert "Foe" not in none.text


async def test_without_deciders_everybody_is_a_target_and_without_members_nobody(engine):
    ids, deal, refs = await world(engine)
    nobody = await warm_paths(engine, question(ids))
    assert nobody.no_path.reason == "committee_without_people"
    await add_member(engine, deal, refs["Friend"])
    answer = await warm_paths(engine, question(ids))
    assert {path[-1] for path in shown(answer, ids)} == {"Friend"}
    assert "all its members (1)" in answer.notes[0]
    missing = await warm_paths(engine, PathQuestion(target=OpportunityTarget("none", TODAY)))
    assert missing.no_path.reason == "unknown_target"
    with pytest.raises(InvalidQuestion):
        OpportunityTarget("")
