"""Suppression, erasure, objection, purposes, notices and retention, over the API and the command."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from graph.model.committee import Opportunity
from graph.model.dates import PartialDate
from graph.model.entities import Company, Person
from graph.model.facts import Employment, Interaction
from graph.model.identities import email_identity, name_identity
from graph.model.records import Record, Source
from graph.privacy.keys import claim_privacy_key
from graph.records.committee_entering import add_member, enter_opportunity
from graph.records.committee_notes import Note, record_observation
from graph.records.entering import refer
from graph.records.people import people_by_keys
from graph.records.writing import write_records
from graph.ties import derive
from importers.runs import ImportRequest, run_import

TODAY = datetime.now(UTC).date()
NOTE = Note("anna", PartialDate(TODAY.year, TODAY.month, TODAY.day))

ADVICE = """query($id: ID!, $boss: ID!) {
  opportunity(id: $id) {
    redFlags { about { name } evidence clearedBy } moments { person { name } text }
    nextQuestions(first: 25) { informant { name } subject { name } route { people { name } } }
    coverage { members { person { name } channels { route { people { name } } } } }
    nextIntroductions(first: 10) { route { people { name } } }
    entryPaths(first: 25) { route { people { name } } friend { name } words }
    references(first: 25) { person { name } member { name } }
    teamAssignment { owners { member { name } route { people { name } } } without { name }
      soleOwners { member { name } } carriedBy { person { name } members { name } } }
    segments { members { person { name } } } introductions { people { name } }
  }
  deciders: warmPaths(input: {target: {opportunityId: $id}}) { ...found }
  direct: warmPaths(input: {target: {personId: $boss}}) { ...found }
}
fragment found on WarmPathsResult {
  paths { people { name } why draft } noPath { message closest { text person { name } } }
}"""
OBJECT = """mutation($id: ID!) { recordObjection(personId: $id) {
  person { objected privacy { objectedOn } } errors { message } } }"""
SHOWN = """query($id: ID!, $deal: ID!) { person(id: $id) { name objected }
  opportunity(id: $deal) { committee { person { name } } } }"""
ERASE = """mutation($id: ID!, $sure: Boolean!) { erasePerson(input: {personId: $id, confirm: $sure}) {
  erasure { records mentions notes } errors { code field } } }"""
UPSERT = """mutation { upsertPerson(input: {emails: ["boss@x.example"], name: "Boss Person"}) {
  person { id } errors { code message } } }"""


def person(name: str, **said) -> Person:
    return Person(identities=(email_identity(f"{name.lower()}@x.example"),), name=f"{name} Person", **said)


def knows(a: str, b: str, counts: int = 30, on: PartialDate | None = None) -> Record:
    who = person(a), person(b)
    on = on or PartialDate(TODAY.year, TODAY.month)
    fact = Interaction(a=who[0], b=who[1], channel="meeting", sent=counts, received=counts, last_on=on)
    return Record(f"{a}|{b}", who, (fact,))


@pytest.fixture(autouse=True)
async def keyed(engine):
    engine.privacy_key = b"a key of the tests, long enough to be one"
    await claim_privacy_key(engine)


def saying(answer: dict, name: str) -> dict:
    """The fields of an answer that name somebody; that they do not want to be contacted may be said."""
    parts = {**answer["opportunity"], "deciders": answer["deciders"], "direct": answer["direct"]}
    told = {
        part: json.dumps(value).replace(f"{name} has asked not to be contacted", "")
        for part, value in parts.items()
    }
    return {part: text for part, text in told.items() if name in text}


async def ids_of(engine) -> dict[str, str]:
    names = ("Ours", "Friend", "Other", "Boss", "User")
    found = await people_by_keys(engine, [f"person:email:{name.lower()}@x.example" for name in names])
    return {view.name.split()[0]: view.id for view in found.values()}


async def world(engine) -> tuple[dict[str, str], str]:
    """Ours reaches Boss over Friend or Other, and knows User; Boss and User sit on a committee."""
    source = Source(name="crm", dataset="d", run="1")
    helvion = Company(identities=(name_identity("company", "Helvion"),), name="Helvion")
    people = [person("Ours", team_member=True), *map(person, ("Friend", "Other", "Boss", "User"))]
    records = [Record(each.name, (each,)) for each in people] + [Record("helvion", (helvion,))]
    records += [
        Record(
            f"w|{name}",
            (person(name), helvion),
            (Employment(person=person(name), company=helvion, title="CEO"),),
        )
        for name in ("Boss", "User")
    ]
    records += [
        knows("Ours", "Friend"),
        knows("Ours", "Other", 4),
        knows("Friend", "Boss"),
        knows("Other", "Boss"),
    ]
    records += [knows("Ours", "User"), knows("Friend", "User")]
    await write_records(engine, source, records)
    await derive(engine)
    ids = await ids_of(engine)
    company = (await engine.read("organisations/companies_by_keys", keys=["company:name:helvion"]))[0][
        "company"
    ]
    told = (await refer(engine, Company, [company["id"]]))[company["id"]]
    deal_id = await enter_opportunity(
        engine, opportunity_id=None, identities=[], says={"name": "Renewal"}, company=told
    )
    deal = (await refer(engine, Opportunity, [deal_id]))[deal_id]
    refs = await refer(engine, Person, list(ids.values()))
    for name in ("Boss", "User"):
        await add_member(engine, deal, refs[ids[name]], roles=["economic_buyer"] if name == "Boss" else None)
        await record_observation(engine, deal, refs[ids[name]], 0.4, NOTE)
    return ids, deal_id


# --- objection ---


@pytest.mark.parametrize("who", ["Boss", "Friend", "Ours"])
async def test_whoever_objects_is_at_once_in_no_path_and_no_advice(graphql, who):
    ids, deal = await world(graphql.engine)
    asked = {"id": deal, "boss": ids["Boss"]}
    before = json.dumps(await graphql.data(ADVICE, asked))
    assert f'"{who} Person"' in before
    answer = (await graphql.data(OBJECT, {"id": ids[who]}, who="member"))["recordObjection"]
    assert answer["person"] == {"objected": True, "privacy": {"objectedOn": TODAY.isoformat()}}
    after = await graphql.data(ADVICE, asked)
    assert saying(after, f"{who} Person") == {}
    if who == "Friend":
        assert [each["name"] for each in after["direct"]["paths"][0]["people"]] == [
            "Ours Person",
            "Other Person",
            "Boss Person",
        ]
    # They and what they think stay.
    seen = await graphql.data(SHOWN, {"id": ids[who], "deal": deal})
    assert seen["person"] == {"name": f"{who} Person", "objected": True}
    assert len(seen["opportunity"]["committee"]) == 2
    back = "mutation($id: ID!) { withdrawObjection(personId: $id) { person { objected } } }"
    assert (await graphql.data(back, {"id": ids[who]}))["withdrawObjection"]["person"] == {"objected": False}
    assert json.dumps(await graphql.data(ADVICE, asked)) == before


# --- erasure and suppression ---


async def test_erasing_needs_a_word_and_happens_once(graphql):
    ids, deal = await world(graphql.engine)
    doubtful = (await graphql.data(ERASE, {"id": ids["Boss"], "sure": False}))["erasePerson"]
    assert doubtful["errors"] == [{"code": "REQUIRED", "field": "input.confirm"}]
    done = (await graphql.data(ERASE, {"id": ids["Boss"], "sure": True}))["erasePerson"]
    assert done["errors"] == [] and done["erasure"]["notes"] == 1 and done["erasure"]["mentions"] >= 2
    again = (await graphql.data(ERASE, {"id": ids["Boss"], "sure": True}))["erasePerson"]
    assert again["errors"] == [{"code": "NOT_FOUND", "field": "input.personId"}]
    seen = await graphql.data(
        "query($id: ID!) { opportunity(id: $id) { committee { person { name } } } }", {"id": deal}
    )
    assert seen["opportunity"]["committee"] == [{"person": {"name": "User Person"}}]
    refused = (await graphql.data(UPSERT))["upsertPerson"]
    assert refused["person"] is None and refused["errors"][0]["code"] == "CONFLICT"
    assert "suppressed" in refused["errors"][0]["message"]


SUPPRESS = """mutation($people: [String!]!, $erase: Boolean!) {
  suppress(input: {people: $people, eraseStored: $erase}) { suppressed erased errors { code field message } } }"""


async def test_suppressing_who_is_stored_asks_first(graphql):
    ids, _ = await world(graphql.engine)
    wrong = (await graphql.data(SUPPRESS, {"people": ["new@x.example", "Boss Person"], "erase": True}))[
        "suppress"
    ]
    assert (wrong["errors"][0]["code"], wrong["errors"][0]["field"]) == ("INVALID", "people.1")
    people = {"people": ["new@x.example", "https://linkedin.com/in/new", "BOSS@x.example"]}
    stored = (await graphql.data(SUPPRESS, people | {"erase": False}))["suppress"]
    assert (
        stored["errors"][0]["code"] == "CONFLICT"
        and "1 of them is stored (people.2):" in stored["errors"][0]["message"]
    )
    nobody = (await graphql.data(SUPPRESS, {"people": [], "erase": False}))["suppress"]
    assert (nobody["errors"][0]["code"], nobody["errors"][0]["field"]) == ("REQUIRED", "people")
    notice = await graphql.data("mutation { recordNotice(personIds: []) { errors { code field } } }")
    assert notice["recordNotice"]["errors"] == [{"code": "REQUIRED", "field": "personIds"}]
    assert (await graphql.data("{ suppressedPeople }"))["suppressedPeople"] == 0
    done = (await graphql.data(SUPPRESS, people | {"erase": True}))["suppress"]
    assert done == {"suppressed": 3, "erased": 1, "errors": []}
    assert "Boss" not in await ids_of(graphql.engine)
    assert (await graphql.data("{ suppressedPeople }"))["suppressedPeople"] >= 3
    lift = 'mutation { liftSuppression(people: ["new@x.example"]) { lifted errors { code } } }'
    assert (await graphql.data(lift))["liftSuppression"] == {"lifted": 1, "errors": []}
    assert ids["User"] in (await ids_of(graphql.engine)).values()


@pytest.mark.parametrize(
    "operation",
    [
        "{ noticesDue { nodes { dueOn } } }",
        "{ retentionDue { nodes { dueOn } } }",
        "{ suppressedPeople }",
        "mutation { suppress(input: {people: []}) { suppressed } }",
        "mutation { liftSuppression(people: []) { lifted } }",
        'mutation { erasePerson(input: {personId: "x", confirm: true}) { errors { code } } }',
        'mutation { withdrawObjection(personId: "x") { errors { code } } }',
        'mutation { recordNotice(personIds: ["x"]) { errors { code } } }',
    ],
)
async def test_they_are_for_admins(graphql, operation):
    assert (await graphql.error(operation, who="member"))["code"] == "FORBIDDEN"


# --- purposes, notices, retention ---


PRIVACY = """query($id: ID!) { person(id: $id) { privacy { collectedOn noticedOn noticeDueOn lastContactFromThem
  retentionEndsOn collections { source purpose lawfulBasis collectedOn runId } } } }"""
DUE = """query($first: Int, $after: String) { %s(first: $first, after: $after) {
  totalCount nodes { person { name } dueOn contactOn } pageInfo { hasNextPage endCursor } } }"""


async def imported(engine, tmp_path, **more) -> str:
    (tmp_path / "people.csv").write_text(
        "id,name,email\n1,Anna Zwyx,anna@x.example\n2,Bert Quol,bert@x.example\n"
    )
    request = ImportRequest(paths=(tmp_path / "people.csv",), source="fair", **more)
    run = await run_import(engine, request, spool_dir=tmp_path / "spool")
    assert run.state == "done", run.error
    return run.id


async def test_purpose_basis_and_day_are_known_of_each_person(graphql, tmp_path):
    day = (TODAY - timedelta(days=40)).isoformat()
    run = await imported(
        graphql.engine, tmp_path, purpose="trade fair", lawful_basis="consent", collected_on=day
    )
    told = await graphql.data(
        "query($id: ID!) { importRun(id: $id) { purpose lawfulBasis collectedOn } }", {"id": run}
    )
    assert told["importRun"] == {"purpose": "trade fair", "lawfulBasis": "consent", "collectedOn": day}
    anna = (await people_by_keys(graphql.engine, ["person:email:anna@x.example"]))[
        "person:email:anna@x.example"
    ]
    privacy = (await graphql.data(PRIVACY, {"id": anna.id}))["person"]["privacy"]
    assert privacy["collections"] == [
        {
            "source": "fair",
            "purpose": "trade fair",
            "lawfulBasis": "consent",
            "collectedOn": day,
            "runId": run,
        }
    ]
    assert privacy["collectedOn"] == day
    assert privacy["noticeDueOn"] == (TODAY - timedelta(days=10)).isoformat()
    notice = (
        "mutation($ids: [ID!]!) { recordNotice(personIds: $ids) { people { name } errors { code field } } }"
    )
    done = (await graphql.data(notice, {"ids": [anna.id, "x"]}))["recordNotice"]
    assert done == {
        "people": [{"name": "Anna Zwyx"}],
        "errors": [{"code": "NOT_FOUND", "field": "personIds.1"}],
    }
    due = (await graphql.data(DUE % "noticesDue", {"first": 5}))["noticesDue"]
    assert [one["person"]["name"] for one in due["nodes"]] == ["Bert Quol"] and due["totalCount"] == 1
    assert (await graphql.data(PRIVACY, {"id": anna.id}))["person"]["privacy"]["noticeDueOn"] is None


async def test_dues_come_in_pages_and_a_new_import_resets_nothing(graphql, tmp_path):
    engine, source = graphql.engine, Source(name="crm", dataset="d", run="1")
    old = {"Friend": 2020, "Other": 2019, "Boss": 2021}
    await imported(engine, tmp_path, collected_on="2018-02-28")
    records = [Record("o", (person("Ours", team_member=True),))]
    records += [knows("Ours", name, on=PartialDate(year)) for name, year in old.items()]
    records += [knows("Ours", "User"), knows("Friend", "User", on=PartialDate(2015))]
    for _ in range(2):
        await write_records(engine, source, records)
        found, after = [], None
        while True:
            page = (await graphql.data(DUE % "retentionDue", {"first": 2, "after": after}))["retentionDue"]
            found += [(one["person"]["name"].split()[0], one["dueOn"]) for one in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert sorted(found[:2]) == [("Anna", "2021-02-28"), ("Bert", "2021-02-28")]
        assert found[2:] == [("Other", "2022-12-31"), ("Friend", "2023-12-31"), ("Boss", "2024-12-31")]
        assert page["totalCount"] == 5
    ids = await ids_of(engine)
    told = (await graphql.data(PRIVACY, {"id": ids["Friend"]}))["person"]["privacy"]
    assert told["lastContactFromThem"] == "2020-12-31" and told["retentionEndsOn"] == "2023-12-31"
    assert (await graphql.data(PRIVACY, {"id": ids["Ours"]}))["person"]["privacy"]["retentionEndsOn"] is None
    assert date.fromisoformat(told["collectedOn"]) == TODAY
