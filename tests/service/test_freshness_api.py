"""Stale facts, verification and contradictions over the API, on both engines."""

from __future__ import annotations

import json
from datetime import date

import pytest

from graph.model.dates import Spell
from graph.model.facts import Alliance, Employment
from graph.records.undoing import take_back
from graph.records.withdrawal import withdraw_unseen
from graph.records.writing import write_records
from graph.ties import derive
from service.cli.freshness import changes_of, stale_of
from tests.history_worlds import company, person, record, seen_at, source, worked

LONG_AGO = "2024-03-05"
TODAY = date.today().isoformat()

PERSON = """query($id: ID!) { person(id: $id) { name headline
  employments { id title company { name } current asOf stale confirmedOn sources { system verified } }
  contradictions { field rule values { value shown factId sources { system lastReadOn runId } } } } }"""
STALE = """query($first: Int, $after: String) { staleFacts(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id person { id name } employment { title company { name } } confirmedOn carries knownToTeam reason } } }"""
VERIFY = """mutation($input: VerifyFactInput!) { verifyFact(input: $input) {
  employment { id stale confirmedOn current sources { system verified } } errors { code message field } } }"""
CHANGES = """query($since: Date!, $first: Int, $after: String) { changes(since: $since, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { person { name } kind text fromCompany { name }
    toCompany { name } fromTitle toTitle lastSeenOn noticedOn started sources { system }
    moments { kind opportunityName text } } } }"""
UNVERIFY = "mutation($id: ID!) { unverifyFact(id: $id) { id unverified errors { code } } }"


async def known(engine, send_cypher, key):
    rows = await send_cypher(
        engine, "MATCH (:Identity {key: $key})-[:IDENTIFIES]->(n) RETURN n.id AS id", key=f"person:{key}"
    )
    return rows[0]["id"]


async def age(send_cypher, engine, day=LONG_AGO):
    """Let all that was imported so far have been read on a day."""
    await send_cypher(
        engine,
        "MATCH (s:SourceRecord) SET s.seen_on = $day, "
        "s.readings = [one IN s.readings | split(one, '|')[0] + '|' + $day + '|' + split(one, '|')[2]]",
        day=day,
    )


@pytest.fixture
async def world(engine, send_cypher, serve_graphql):
    """Tom is ours, knows Bo, and Bo knows Anna, who sits on an open committee; all of it long ago."""
    tom = person("linkedin:tom", name="Tom Ours", team_member=True)
    anna = person("linkedin:anna", name="Anna Berg", headline="CTO")
    bo = person("linkedin:bo", name="Bo Lund")
    cy = person("linkedin:cy", name="Cy Olsen")
    helvion, orbane = company("Helvion"), company("Orbane")
    records = [
        record("tom", tom, facts=[worked(tom, orbane, title="Sales")]),
        record("anna", anna, facts=[seen_at(anna, helvion, LONG_AGO, "CTO")]),
        record("bo", bo, facts=[worked(bo, helvion, title="Buyer"), worked(bo, orbane, ended="2022")]),
        record(
            "cy", cy, facts=[worked(cy, helvion, title="Engineer"), Alliance(a=cy, b=tom, kind="friendship")]
        ),
        record(
            "bonds",
            bo,
            facts=[Alliance(a=bo, b=tom, kind="friendship"), Alliance(a=anna, b=bo, kind="friendship")],
        ),
    ]
    await write_records(engine, source("run 1"), records)
    await age(send_cypher, engine)
    await derive(engine, full=True)
    async with serve_graphql(engine) as graphql:
        anna_id = await known(engine, send_cypher, "linkedin:anna")
        rows = await send_cypher(engine, "MATCH (c:Company {name: 'Helvion'}) RETURN c.id AS id")
        made = await graphql.data(
            'mutation($c: ID!) { upsertOpportunity(input: {name: "Core renewal", companyId: $c}) '
            "{ opportunity { id } errors { code message } } }",
            {"c": rows[0]["id"]},
        )
        deal = made["upsertOpportunity"]["opportunity"]["id"]
        seat = await graphql.data(
            "mutation($i: AddCommitteeMemberInput!) { addCommitteeMember(input: $i) { errors { code message } } }",
            {"i": {"opportunityId": deal, "personId": anna_id}},
        )
        assert seat["addCommitteeMember"]["errors"] == []
        yield graphql


async def test_what_the_best_paths_rest_on_comes_first_with_the_reason(world):
    found = (await world.data(STALE))["staleFacts"]
    told = [(one["person"]["name"], one["employment"]["company"]["name"]) for one in found["nodes"]]
    # Bo leads to Anna; Anna herself nobody of ours knows; Cy is known to us, and leads nowhere yet.
    assert told == [("Bo Lund", "Helvion"), ("Anna Berg", "Helvion"), ("Cy Olsen", "Helvion")]
    bo, anna, cy = found["nodes"]
    assert bo["carries"] == pytest.approx(0.7 * 0.7, abs=0.1) and cy["carries"] == 0
    assert anna["confirmedOn"] == LONG_AGO and bo["confirmedOn"] == LONG_AGO
    assert bo["reason"] == (
        f"Nobody has confirmed since {LONG_AGO} that Bo Lund is Buyer at Helvion. "
        "Bo Lund is known to one of ours (at best 74%) and knows a member of an open committee."
    )
    assert "sits on the committee of Core renewal" in anna["reason"]
    assert found["totalCount"] == 3
    page = (await world.data(STALE, {"first": 1}))["staleFacts"]
    rest = (await world.data(STALE, {"first": 5, "after": page["pageInfo"]["endCursor"]}))["staleFacts"]
    assert page["pageInfo"]["hasNextPage"]
    assert [one["id"] for one in page["nodes"] + rest["nodes"]] == [one["id"] for one in found["nodes"]]


async def test_a_human_refreshes_a_fact_and_may_take_that_back(world, engine, send_cypher):
    bo = (await world.data(STALE))["staleFacts"]["nodes"][0]
    for _ in range(2):
        payload = (await world.data(VERIFY, {"input": {"id": bo["id"]}}))["verifyFact"]
        assert payload["errors"] == []
        post = payload["employment"]
        assert (post["stale"], post["confirmedOn"], post["id"]) == (False, TODAY, bo["id"])
        assert sorted((one["system"], one["verified"]) for one in post["sources"]) == [
            ("api", True),
            ("crm", False),
        ]
    assert bo["id"] not in {one["id"] for one in (await world.data(STALE))["staleFacts"]["nodes"]}
    # What an import withdraws stays, as a human stands for it.
    await write_records(engine, source("run 2"), [])
    await withdraw_unseen(engine, source("run 2"))
    left = (await world.data(PERSON, {"id": bo["person"]["id"]}))["person"]["employments"]
    assert [(one["id"], [each["system"] for each in one["sources"]]) for one in left] == [(bo["id"], ["api"])]
    back = (await world.data(UNVERIFY, {"id": bo["id"]}))["unverifyFact"]
    assert (back["unverified"], back["errors"]) == (True, [])
    assert (await world.data(UNVERIFY, {"id": bo["id"]}))["unverifyFact"]["unverified"] is False


async def test_a_post_seen_long_ago_is_seen_today_when_a_human_says_so(world, engine, send_cypher):
    anna = next(
        one for one in (await world.data(STALE))["staleFacts"]["nodes"] if one["confirmedOn"] == LONG_AGO
    )
    anna_id = await known(engine, send_cypher, "linkedin:anna")
    before = (await world.data(PERSON, {"id": anna_id}))["person"]["employments"]
    assert [(one["stale"], one["asOf"]) for one in before] == [(True, LONG_AGO)]
    payload = (await world.data(VERIFY, {"input": {"id": before[0]["id"]}}))["verifyFact"]
    assert (payload["employment"]["confirmedOn"], payload["employment"]["stale"]) == (TODAY, False)
    await world.data(UNVERIFY, {"id": before[0]["id"]})
    after = (await world.data(PERSON, {"id": anna_id}))["person"]["employments"]
    assert after == before and anna["id"]


async def test_what_cannot_be_verified_says_what_to_do(world, engine, send_cypher):
    payload = (await world.data(VERIFY, {"input": {"id": "nonsense"}}))["verifyFact"]
    assert (payload["errors"][0]["code"], payload["errors"][0]["field"]) == ("INVALID", "id")
    bo = (await world.data(STALE))["staleFacts"]["nodes"][0]
    assert (await world.error(VERIFY, {"input": {"id": bo["id"]}}, who="plugin"))["code"] == "FORBIDDEN"
    assert (await world.error(STALE, who="plugin"))["code"] == "FORBIDDEN"


async def test_whoever_objected_stands_in_no_list(world, engine, send_cypher):
    await send_cypher(engine, "MATCH (p:Person {name: 'Anna Berg'}) SET p.objected = true")
    found = (await world.data(STALE))["staleFacts"]["nodes"]
    assert {one["person"]["name"] for one in found} == {"Bo Lund", "Cy Olsen"}


async def test_contradictions_tell_every_value_its_sources_and_the_rule(world, engine, send_cypher):
    again = person("linkedin:anna", name="Anna Berg", headline="Head of IT", location="Graz")
    nordwind = company("Nordwind")
    hubspot = source("run 9", "hubspot|people", name="hubspot")
    await write_records(
        engine, hubspot, [record("anna", again, facts=[seen_at(again, nordwind, TODAY, "Head of IT")])]
    )
    anna_id = await known(engine, send_cypher, "linkedin:anna")
    told = (await world.data(PERSON, {"id": anna_id}))["person"]
    headline, employer = told["contradictions"]
    assert (headline["field"], headline["rule"], told["headline"]) == ("headline", "NEWEST", "Head of IT")
    assert [(one["value"], one["shown"]) for one in headline["values"]] == [
        ("Head of IT", True),
        ("CTO", False),
    ]
    assert headline["values"][1]["sources"] == [{"system": "crm", "lastReadOn": LONG_AGO, "runId": "run 1"}]
    assert (employer["field"], employer["rule"]) == ("employer", "NEWEST")
    assert [(one["value"], one["shown"]) for one in employer["values"]] == [
        ("Nordwind", True),
        ("Helvion", False),
    ]
    # A human says that the older one is true: it is shown first.
    await world.data(VERIFY, {"input": {"id": employer["values"][1]["factId"]}})
    told = (await world.data(PERSON, {"id": anna_id}))["person"]
    assert [one["company"]["name"] for one in told["employments"]] == ["Helvion", "Nordwind"]
    employer = told["contradictions"][1]
    assert (employer["rule"], employer["values"][0]["value"]) == ("VERIFIED", "Helvion")


async def moved(engine, run="run 3"):
    """Bo went from Helvion to Orbane, Anna left, Cy has another title, and Tom is where he was."""
    helvion, orbane = company("Helvion"), company("Orbane")
    anna, bo = (
        person("linkedin:anna", name="Anna Berg", headline="CTO"),
        person("linkedin:bo", name="Bo Lund"),
    )
    cy = person("linkedin:cy", name="Cy Olsen")
    records = [
        record("anna", anna),
        record("bo", bo, facts=[seen_at(bo, orbane, TODAY, "Head of purchasing")]),
        record("cy", cy, facts=[worked(cy, helvion, title="Head of IT")]),
    ]
    await write_records(engine, source(run), records)
    await derive(engine)


async def test_changes_of_job_between_two_imports_are_told_with_what_they_open(world, engine):
    assert (await world.data(CHANGES, {"since": LONG_AGO}))["changes"]["totalCount"] == 0
    opened = await world.data('{ searchCompanies(text: "Orbane") { nodes { id } } }')
    made = await world.data(
        'mutation($c: ID!) { upsertOpportunity(input: {name: "New line", companyId: $c}) { errors { code } } }',
        {"c": opened["searchCompanies"]["nodes"][0]["id"]},
    )
    assert made["upsertOpportunity"]["errors"] == []
    await moved(engine)
    found = (await world.data(CHANGES, {"since": TODAY[:7]}))["changes"]
    told = {one["person"]["name"]: one for one in found["nodes"]}
    assert {name: one["kind"] for name, one in told.items()} == {
        "Anna Berg": "LEFT",
        "Bo Lund": "MOVED",
        "Cy Olsen": "NEW_TITLE",
    }
    bo = told["Bo Lund"]
    assert (bo["fromCompany"]["name"], bo["toCompany"]["name"], bo["toTitle"]) == (
        "Helvion",
        "Orbane",
        "Head of purchasing",
    )
    assert bo["text"] == (
        f"Bo Lund left Helvion; now at Orbane as Head of purchasing (between {LONG_AGO} and {TODAY})."
    )
    assert [(one["kind"], one["opportunityName"]) for one in bo["moments"]] == [
        ("contact_arrived", "New line")
    ]
    assert "whom Tom Ours knows" in bo["moments"][0]["text"]
    assert [one["kind"] for one in told["Anna Berg"]["moments"]] == ["member_left"]
    assert told["Cy Olsen"]["moments"] == [] and told["Cy Olsen"]["fromTitle"] == "Engineer"
    page = (await world.data(CHANGES, {"since": TODAY, "first": 2}))["changes"]
    rest = (await world.data(CHANGES, {"since": TODAY, "after": page["pageInfo"]["endCursor"]}))["changes"]
    assert page["pageInfo"]["hasNextPage"]
    assert [one["text"] for one in page["nodes"] + rest["nodes"]] == [one["text"] for one in found["nodes"]]
    # Who sits on a committee is not told to a key that may not read stances.
    plain = (await world.data(CHANGES, {"since": TODAY}, who="plugin"))["changes"]["nodes"]
    assert {each["kind"] for one in plain for each in one["moments"]} == {"contact_arrived"}
    assert (await world.error(CHANGES, {"since": "soon"}))["code"] == "BAD_REQUEST"


async def test_a_run_undone_leaves_no_change_behind_and_who_objected_is_not_told_of(
    world, engine, send_cypher
):
    await moved(engine)
    await send_cypher(engine, "MATCH (p:Person {name: 'Anna Berg'}) SET p.objected = true")
    told = (await world.data(CHANGES, {"since": TODAY}))["changes"]["nodes"]
    assert {one["person"]["name"] for one in told} == {"Bo Lund", "Cy Olsen"}

    async def note(tx, counts):
        """Nothing to note."""

    await take_back(engine, "run 3", also=note)
    assert (await world.data(CHANGES, {"since": LONG_AGO}))["changes"]["totalCount"] == 0


async def test_two_who_tell_of_one_change_tell_it_once(world, engine):
    bo, helvion, orbane = person("linkedin:bo", name="Bo Lund"), company("Helvion"), company("Orbane")
    for run, seen in (
        ("run 4", seen_at(bo, helvion, "2025-01-01")),
        ("run 5", seen_at(bo, orbane, "2025-06-01")),
    ):
        await write_records(
            engine, source(run, "linkedin|tom", name="linkedin"), [record("bo", bo, facts=[seen])]
        )
    await moved(engine)
    told = (await world.data(CHANGES, {"since": TODAY}))["changes"]["nodes"]
    (one,) = [one for one in told if one["person"]["name"] == "Bo Lund"]
    assert (one["lastSeenOn"], one["noticedOn"]) == ("2025-01-01", "2025-06-01")
    assert {each["system"] for each in one["sources"]} == {"crm", "linkedin"}


async def test_what_only_others_may_know_is_told_of_to_nobody_else(world, engine):
    eve, helvion, orbane = person("linkedin:eve", name="Eve Roth"), company("Helvion"), company("Orbane")
    for run, where in (("run 6", helvion), ("run 7", orbane)):
        mine = source(run, "private|tom", name="private", private_to="somebody")
        await write_records(engine, mine, [record("eve", eve, facts=[worked(eve, where)])])
    assert (await changes_of(engine, TODAY, 10))["total"] == 0
    names = {one["person"] for one in (await stale_of(engine, 10))["facts"]}
    assert names == {"Anna Berg", "Bo Lund", "Cy Olsen"}


async def stated(engine, run, *posts):
    """One run reads a file with a row for each of Bo's posts to its end."""
    rows = [
        record(f"employments|bo|{post.natural_key()}", person("linkedin:bo", name="Bo Lund"), facts=[post])
        for post in posts
    ]
    jobs = source(run, "jobs|employments", name="jobs")
    await write_records(engine, jobs, rows)
    await withdraw_unseen(engine, jobs)
    await derive(engine)


async def bo_changed(world):
    told = (await world.data(CHANGES, {"since": TODAY}))["changes"]["nodes"]
    (bo,) = [one for one in told if one["person"]["name"] == "Bo Lund"]
    assert (bo["kind"], bo["fromCompany"]["name"]) == ("MOVED", "Helvion")
    return bo


async def test_a_file_with_a_row_for_each_post_tells_of_a_move(world, engine, send_cypher):
    bo, new = person("linkedin:bo", name="Bo Lund"), company("Neuefirma")
    helvion = company("Helvion")
    await stated(engine, "jobs 1", worked(bo, helvion, title="Lead", started="2021-01"))
    await stated(
        engine,
        "jobs 2",
        worked(bo, helvion, title="Lead", started="2021-01", ended="2026-09"),
        worked(bo, new, title="Boss", started="2026-10"),
    )
    told = await bo_changed(world)
    assert told["text"] == (
        f"Bo Lund left Helvion in 2026-09; now at Neuefirma as Boss since 2026-10 (noticed on {TODAY})."
    )
    assert (told["toCompany"]["name"], told["started"]) == ("Neuefirma", "2026-10")
    assert [one["system"] for one in told["sources"]] == ["jobs", "jobs"]
    found = await world.data('{ searchCompanies(text: "Neuefirma") { nodes { id } } }')
    await world.data(
        'mutation($c: ID!) { upsertOpportunity(input: {name: "New line", companyId: $c}) { errors { code } } }',
        {"c": found["searchCompanies"]["nodes"][0]["id"]},
    )
    assert [one["kind"] for one in (await bo_changed(world))["moments"]] == ["contact_arrived"]
    objected = "MATCH (p:Person {name: 'Bo Lund'}) SET p.objected = $yes"
    await send_cypher(engine, objected, yes=True)
    assert (await world.data(CHANGES, {"since": TODAY}))["changes"]["totalCount"] == 0
    await send_cypher(engine, objected, yes=False)

    async def note(tx, counts):
        """Nothing to note."""

    await take_back(engine, "jobs 2", also=note)
    assert (await world.data(CHANGES, {"since": LONG_AGO}))["changes"]["totalCount"] == 0


async def test_an_undated_row_in_the_place_of_another_tells_of_a_move(world, engine, send_cypher):
    bo, helvion, new = person("linkedin:bo", name="Bo Lund"), company("Helvion"), company("Neuefirma")

    def holds(where, title):
        return Employment(person=bo, company=where, title=title, spell=Spell(current=True))

    await stated(engine, "jobs 1", holds(helvion, "Lead"))
    await age(send_cypher, engine)
    await stated(engine, "jobs 2", holds(new, "Boss"))
    told = await bo_changed(world)
    assert told["text"] == f"Bo Lund left Helvion; now at Neuefirma as Boss (between {LONG_AGO} and {TODAY})."
    await send_cypher(engine, "MATCH (w:WithdrawnRecord) SET w.private_to = 'somebody'")
    assert (await world.data(CHANGES, {"since": TODAY}))["changes"]["totalCount"] == 0


async def test_the_commands_tell_the_same(world, engine):
    await moved(engine)
    told = await changes_of(engine, TODAY, 2)
    assert told["total"] == 3 and len(told["changes"]) == 2
    assert {"Helvion"} >= {one["from"] for one in told["changes"] if one["kind"] == "moved"}
    assert json.dumps(told) and json.dumps(await stale_of(engine, 5))


async def test_vouching_for_a_private_contact_makes_nobody_else_know_them(world, engine, send_cypher):
    eve = person("linkedin:eve", name="Eve Roth")
    mine = source("run 6", "private|tom", name="private", private_to="somebody")
    await write_records(engine, mine, [record("eve", eve, facts=[worked(eve, company("Helvion"))])])
    eve_id = await known(engine, send_cypher, "linkedin:eve")
    post = (await world.data(PERSON, {"id": eve_id}))["person"]["employments"][0]
    refused = (await world.data(VERIFY, {"input": {"id": post["id"]}}, who="member"))["verifyFact"]
    assert refused["errors"][0]["code"] == "NOT_FOUND"
    assert (await world.data(VERIFY, {"input": {"id": post["id"]}}))["verifyFact"]["errors"] == []
    rows = await send_cypher(engine, "MATCH (p:Person {name: 'Eve Roth'}) RETURN p.known_to AS known_to")
    assert rows == [{"known_to": ["somebody"]}]
    assert (await world.data(UNVERIFY, {"id": post["id"]}, who="member"))["unverifyFact"][
        "unverified"
    ] is False
