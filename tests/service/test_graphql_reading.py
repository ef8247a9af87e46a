"""Questions over GraphQL on both engines: the contract's fields, pages, lookups, privacy, few statements."""

from dataclasses import replace
from datetime import date

import pytest

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Community, Company, Person, Project, School
from graph.model.facts import (
    Alliance,
    Connection,
    Employment,
    Interaction,
    Membership,
    ProjectRole,
    RunBy,
    Study,
)
from graph.model.identities import domain_identity, email_identity, external_identity, linkedin_identity
from graph.model.records import Record, Source
from graph.records.writing import write_records
from graph.ties import derive

TODAY = date(2026, 11, 22)
SHARED = Source(name="crm", dataset="crm:all", run="r1")


def someone(key: str, name: str, **more) -> Person:
    identities = (external_identity("person", "crm", key), email_identity(f"{key}@mail.example"))
    return Person(identities=tuple(i for i in identities if i), name=name, **more)


TEAM = someone("t", "Toni Teamer", team_member=True)
OTHER = someone("o", "Otto Otherside", team_member=True)
ANNA = someone("a", "Anna Maria Berg", headline="Head of networks", location="Wien")
BELA = someone("b", "Bela Berg")
CARO = someone("c", "Caro Annaberg")
HELVION = Company(
    identities=(external_identity("company", "crm", "h"), domain_identity("helvion.example")),
    name="Helvion GmbH",
    domain="helvion.example",
    headcount=40,
)
ROLLOUT = Project(identities=(external_identity("project", "crm", "p"),), name="Rollout", size=6)
SCHOOL = School(identities=(external_identity("school", "crm", "s"),), name="TU Graz")
CLUB = Community(identities=(external_identity("community", "crm", "c"),), name="Net Club")


def spell(started: str | None, ended: str | None = None, **more) -> Spell:
    return Spell(
        PartialDate.parse(started) if started else None, PartialDate.parse(ended) if ended else None, **more
    )


async def write(engine, source: Source, *facts, people=()) -> None:
    records = [Record(f"{source.dataset}:{one.identities[0].value}", (one,)) for one in people]
    records += [Record(f"{source.dataset}:{n}", fact.ends(), (fact,)) for n, fact in enumerate(facts)]
    outcome = await write_records(engine, source, records)
    assert outcome.conflicts == []


@pytest.fixture
async def known(graphql):
    """A small graph; answers the ids by short name and links the member's key to Toni."""
    engine = graphql.engine
    profile = linkedin_identity("https://www.linkedin.com/in/anna-berg")
    anna = replace(ANNA, identities=(*ANNA.identities, profile))
    job = {"company": HELVION, "title": "Engineer", "department": "networks", "seniority": "head"}
    await write(
        engine,
        SHARED,
        Employment(person=ANNA, **job, spell=spell("2016-01", current=True)),
        Employment(person=ANNA, company=HELVION, title="Trainee", spell=spell("2012", "2013")),
        Employment(person=BELA, **job, spell=spell("2016-03-14", "2018-12")),
        Employment(person=TEAM, company=HELVION, title="Sales", spell=spell("2016-01", "2018-12")),
        Employment(
            person=CARO, company=HELVION, title="", spell=spell("2024-05-01", "2024-05-01", as_of=True)
        ),
        ProjectRole(person=ANNA, project=ROLLOUT, role="Lead", spell=spell("2017", "2017")),
        RunBy(project=ROLLOUT, company=HELVION),
        Study(person=ANNA, school=SCHOOL, degree="MSc", spell=spell("2005", "2010")),
        Membership(person=ANNA, community=CLUB, spell=spell("2020", current=True)),
        Alliance(a=TEAM, b=ANNA, kind="friendship", strength=0.8),
        people=(TEAM, OTHER, anna, BELA, CARO, HELVION, ROLLOUT, SCHOOL, CLUB),
    )
    ids = await ids_of(engine, t=TEAM, o=OTHER, a=ANNA, b=BELA, c=CARO)
    mine = Source(name="linkedin", dataset="linkedin:o", run="r1", private_to=ids["o"])
    await write(engine, mine, Connection(a=OTHER, b=BELA, on=PartialDate.parse("2026-10-02")))
    await write(
        engine,
        replace(mine, dataset="mail:o"),
        Interaction(
            a=OTHER, b=CARO, channel="email", sent=20, received=20, last_on=PartialDate.parse("2026-11-01")
        ),
    )
    await derive(engine, today=TODAY)
    ids["h"] = (await engine.read("organisations/company_id_of_key", key="company:crm:h"))[0]["id"]
    ids["p"] = (await engine.read("organisations/project_id_of_key", key="project:crm:p"))[0]["id"]
    graphql.callers["member"] = replace(graphql.callers["member"], member_id=ids["t"])
    graphql.callers["owner"] = replace(graphql.callers["member"], key_id="k-owner", member_id=ids["o"])
    return ids


async def ids_of(engine, **people: Person) -> dict[str, str]:
    rows = await engine.read("people/by_keys", keys=[person.identities[0].key for person in people.values()])
    by_key = {row["key"]: row["person"]["id"] for row in rows}
    return {short: by_key[person.identities[0].key] for short, person in people.items()}


async def test_a_person_with_everything_the_contract_names(graphql, known):
    query = """query($id: ID!) { person(id: $id) { id name headline location isTeamMember connectionsCount
      identities { system value url } sources { system dataset record importedOn verified }
      employments { company { id name } title department seniority started ended current asOf sources { system } }
      projects { project { id name size companies { name } } role started ended }
      studies { school { name } degree started ended } memberships { community { name } started current }
      alliances { a { name } b { name } kind sign strength directed }
      ties { totalCount edges { cursor node { a { id } b { id name } probability verification lastEvidenceOn } } }
    } }"""
    anna = (await graphql.data(query, {"id": known["a"]}))["person"]
    assert (anna["name"], anna["headline"], anna["location"]) == (
        "Anna Maria Berg",
        "Head of networks",
        "Wien",
    )
    assert [each["system"] for each in anna["identities"]] == ["crm", "email", "linkedin"]
    assert anna["identities"][2]["url"] == "https://www.linkedin.com/in/anna-berg"
    first, second = anna["employments"]
    assert (first["started"], first["ended"], first["current"], first["seniority"]) == (
        "2016-01",
        None,
        True,
        "HEAD",
    )
    assert (second["started"], second["ended"], second["title"]) == ("2012", "2013", "Trainee")
    assert first["sources"] == [{"system": "crm"}] and first["company"] == {
        "id": known["h"],
        "name": "Helvion GmbH",
    }
    assert anna["projects"][0]["project"]["companies"] == [{"name": "Helvion GmbH"}]
    assert anna["studies"] == [
        {"school": {"name": "TU Graz"}, "degree": "MSc", "started": "2005", "ended": "2010"}
    ]
    assert anna["memberships"] == [{"community": {"name": "Net Club"}, "started": "2020", "current": True}]
    assert anna["alliances"][0]["kind"] == "FRIENDSHIP" and anna["alliances"][0]["strength"] == 0.8
    ties = [edge["node"] for edge in anna["ties"]["edges"]]
    assert anna["ties"]["totalCount"] == len(ties) == 2
    assert {tie["b"]["id"] for tie in ties} == {known["t"], known["b"]}
    assert all(tie["a"]["id"] == known["a"] for tie in ties)
    assert ties[0]["probability"] > ties[1]["probability"]


async def test_a_spell_known_as_of_a_date_pretends_neither_start_nor_end(graphql, known):
    query = "query($id: ID!) { person(id: $id) { employments { started ended current asOf title } } }"
    spells = (await graphql.data(query, {"id": known["c"]}))["person"]["employments"]
    assert spells == [{"started": None, "ended": None, "current": False, "asOf": "2024-05-01", "title": None}]


async def test_a_company_and_its_people_in_pages(graphql, known):
    query = """query($id: ID!, $first: Int, $after: String) { company(id: $id) { id name domain headcount
      identities { system value } projects { name }
      people(first: $first, after: $after) { totalCount nodes { name }
        pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
    names, after, pages = [], None, 0
    while pages == 0 or after:
        company = (await graphql.data(query, {"id": known["h"], "first": 3, "after": after}))["company"]
        info = company["people"]["pageInfo"]
        names += [person["name"] for person in company["people"]["nodes"]]
        assert company["people"]["totalCount"] == 4 and info["hasPreviousPage"] is (pages > 0)
        after = info["endCursor"] if info["hasNextPage"] else None
        pages += 1
    assert names == ["Anna Maria Berg", "Bela Berg", "Caro Annaberg", "Toni Teamer"] and pages == 2
    assert (company["headcount"], company["domain"], company["projects"]) == (
        40,
        "helvion.example",
        [{"name": "Rollout"}],
    )


async def test_unknown_ids_are_null(graphql, known):
    query = """{ person(id: "x") { id } company(id: "x") { id } project(id: "x") { id }
      tie(a: "x", b: "y") { probability } }"""
    assert await graphql.data(query) == {"person": None, "company": None, "project": None, "tie": None}
    assert (await graphql.data("query($a: ID!) { tie(a: $a, b: $a) { probability } }", {"a": known["a"]}))[
        "tie"
    ] is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("anna maria berg", ["Anna Maria Berg"]),
        ("Anna", ["Anna Maria Berg", "Caro Annaberg"]),
        ("berg", ["Anna Maria Berg", "Bela Berg"]),
        ("maria", ["Anna Maria Berg"]),
        ("berg anna", ["Anna Maria Berg"]),
        ("ÄNNÄ BÉRG", ["Anna Maria Berg"]),
        ("a@mail.example", ["Anna Maria Berg"]),
        ("https://linkedin.com/in/Anna-Berg", ["Anna Maria Berg"]),
        ("nobody", []),
        (" ,;", []),
    ],
)
async def test_people_are_found_by_words_of_their_name(graphql, known, text: str, names: list[str]):
    query = "query($t: String!) { searchPeople(text: $t) { nodes { name } } }"
    found = (await graphql.data(query, {"t": text}))["searchPeople"]["nodes"]
    assert [each["name"] for each in found] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("helvion", ["Helvion GmbH"]),
        ("gmbh", ["Helvion GmbH"]),
        ("www.helvion.example", ["Helvion GmbH"]),
        ("x", []),
    ],
)
async def test_companies_are_found_by_words_of_their_name_or_domain(
    graphql, known, text: str, names: list[str]
):
    query = "query($t: String!) { searchCompanies(text: $t) { nodes { name } } }"
    found = (await graphql.data(query, {"t": text}))["searchCompanies"]["nodes"]
    assert [each["name"] for each in found] == names


LOOKUP = """query($refs: [PersonRefInput!]!) { peopleByRef(refs: $refs) {
  person { id } candidates { id } errors { code field } } }"""


async def test_people_by_reference_and_a_name_is_never_a_pick(graphql, known):
    refs = [
        {"email": "A@mail.example"},
        {"linkedinUrl": "linkedin.com/in/anna-berg/"},
        {"system": "crm", "externalId": "b"},
        {"id": known["c"]},
        {"name": "Bela Berg"},
        {"name": "bela berg", "company": "HELVION"},
        {"name": "Bela Berg", "company": "Elsewhere"},
        {"email": "nobody@mail.example"},
        {"email": "a@mail.example", "system": "crm", "externalId": "b"},
        {"email": "no address"},
        {},
    ]
    found = (await graphql.data(LOOKUP, {"refs": refs}))["peopleByRef"]
    people = [each["person"] and each["person"]["id"] for each in found]
    assert people == [known["a"], known["a"], known["b"], known["c"], *[None] * 7]
    candidates = [[each["id"] for each in one["candidates"]] for one in found]
    assert candidates[4:8] == [[known["b"]], [known["b"]], [], []]
    assert sorted(candidates[8]) == sorted([known["a"], known["b"]])
    assert [one["errors"] for one in found[:8]] == [[]] * 8
    assert [one["errors"][0] for one in found[8:]] == [
        {"code": "AMBIGUOUS", "field": "refs.8"},
        {"code": "INVALID", "field": "refs.9.email"},
        {"code": "REQUIRED", "field": "refs.10"},
    ]


async def test_a_hundred_references_take_a_handful_of_statements(graphql, known):
    refs = [{"system": "crm", "externalId": "abc"[i % 3]} for i in range(60)] + [
        {"name": "Bela Berg", "company": "x"}
    ] * 40
    before = graphql.engine.statements_sent
    query = LOOKUP.replace(
        "person { id }", "person { id employments { company { name } sources { system } } }"
    )
    await graphql.data(query, {"refs": refs})
    assert graphql.engine.statements_sent - before <= 6


async def test_a_list_takes_as_many_statements_as_one(graphql, known):
    fields = "name identities { value } employments { company { projects { name } } sources { system } } "
    fields += "ties { nodes { b { name } } }"
    one = "query($id: ID!) { person(id: $id) { FIELDS } }".replace("FIELDS", fields)
    many = "query($id: ID!) { company(id: $id) { people { nodes { FIELDS } } } }".replace("FIELDS", fields)

    async def statements(query: str, given: str) -> int:
        before = graphql.engine.statements_sent
        await graphql.data(query, {"id": given})
        return graphql.engine.statements_sent - before

    assert await statements(many, known["h"]) == await statements(one, known["a"]) + 1


async def test_private_evidence_serves_only_its_owner(graphql, known):
    tie = "query($a: ID!, $b: ID!) { tie(a: $a, b: $b) { probability verification lastEvidenceOn } }"
    mine = {"a": known["o"], "b": known["c"]}
    assert (await graphql.data(tie, mine, who="owner"))["tie"] == {
        "probability": pytest.approx(0.5, abs=0.5),
        "verification": "VERIFIED",
        "lastEvidenceOn": "2026-11-01",
    }
    count = "query($id: ID!) { person(id: $id) { connectionsCount ties { totalCount nodes { b { id } } } } }"
    for who in ("admin", "member", "plugin"):
        assert (await graphql.data(tie, mine, who=who))["tie"] is None
        seen = (await graphql.data(count, {"id": known["o"]}, who=who))["person"]
        assert seen == {"connectionsCount": 0, "ties": {"totalCount": 0, "nodes": []}}
    seen = (await graphql.data(count, {"id": known["o"]}, who="owner"))["person"]
    assert seen["connectionsCount"] == 1
    assert {each["b"]["id"] for each in seen["ties"]["nodes"]} >= {known["c"]}


EVIDENCE = """query($a: ID!, $b: ID!) { tie(a: $a, b: $b) { probability verification lastEvidenceOn evidence {
  __typename kind probability verification observedOn text counted sources { system dataset record importedOn }
  ... on SharedTime { months started ended }
  ... on SharedEmployment { company { id name } headcount department }
  ... on SharedProject { project { id } size } ... on SharedSchool { school { name } }
  ... on SharedCommunity { community { name } } ... on DirectedEvidence { by { id } to { id } }
  ... on Interactions { channel sent received } ... on Endorsement { skill }
  ... on DeclaredAlliance { alliance strength directed } } } }"""


async def test_a_tie_shows_its_evidence_back_to_the_rows(graphql, known):
    tie = (await graphql.data(EVIDENCE, {"a": known["t"], "b": known["a"]}))["tie"]
    by_kind = {each["__typename"]: each for each in tie["evidence"]}
    assert by_kind.keys() == {"SharedEmployment", "DeclaredAlliance"}
    job, ally = by_kind["SharedEmployment"], by_kind["DeclaredAlliance"]
    assert (job["months"], job["started"], job["ended"], job["headcount"]) == (36, "2016-01", "2018-12", 40)
    assert job["company"] == {"id": known["h"], "name": "Helvion GmbH"} and "36 months" in job["text"]
    assert {each["system"] for each in job["sources"]} == {"crm"} and job["verification"] == "INFERRED"
    assert (ally["alliance"], ally["strength"], ally["verification"]) == ("friendship", 0.8, "VERIFIED")
    assert {ally["by"]["id"], ally["to"]["id"]} == {known["t"], known["a"]}
    missing = 1.0
    for each in tie["evidence"]:
        missing *= 1 - each["probability"]
    assert tie["probability"] == pytest.approx(1 - missing) and tie["verification"] == "VERIFIED"


async def test_counts_of_interactions_follow_the_order_the_tie_is_asked_in(graphql, known):
    mail = Source(name="crm", dataset="crm:mail", run="r1")
    await write(
        graphql.engine,
        mail,
        Interaction(
            a=TEAM, b=BELA, channel="email", sent=7, received=3, last_on=PartialDate.parse("2026-10")
        ),
    )
    for a, b, counts in ((known["t"], known["b"], (7, 3)), (known["b"], known["t"], (3, 7))):
        found = (await graphql.data(EVIDENCE, {"a": a, "b": b}))["tie"]["evidence"]
        contact = next(each for each in found if each["__typename"] == "Interactions")
        assert (contact["sent"], contact["received"]) == counts


PATHS = """query($input: WarmPathsInput!) { warmPaths(input: $input) { truncated notes errors { code message field }
  noPath { code message closest { person { id } text } }
  paths { score teamMember { id } connectors { id } target { id } people { id name } why draft
    weakestTie { probability }
    ties { a { id } b { id } probability verification lastEvidenceOn evidence { text } } } } }"""


async def paths(graphql, who: str = "admin", **given) -> dict:
    return (await graphql.data(PATHS, {"input": given}, who=who))["warmPaths"]


async def test_warm_paths_to_a_person_and_to_a_company(graphql, known):
    found = await paths(graphql, target={"personId": known["b"]})
    assert found["errors"] == [] and found["noPath"] is None and found["truncated"] is False
    assert [path["people"][0]["id"] for path in found["paths"]] == [known["t"]] * len(found["paths"])
    best = found["paths"][0]
    assert [path["score"] for path in found["paths"]] == sorted(
        (p["score"] for p in found["paths"]), reverse=True
    )
    product = 1.0
    for tie, pair in zip(best["ties"], zip(best["people"], best["people"][1:], strict=False), strict=True):
        product *= tie["probability"]
        assert (tie["a"]["id"], tie["b"]["id"]) == (pair[0]["id"], pair[1]["id"]) and tie["evidence"]
    assert best["score"] == pytest.approx(product) and best["why"] and best["draft"]
    assert best["weakestTie"]["probability"] == min(tie["probability"] for tie in best["ties"])
    at_company = await paths(
        graphql, target={"company": {"id": known["h"], "minSeniority": "HEAD"}}, first=25
    )
    assert {path["target"]["id"] for path in at_company["paths"]} == {known["a"]}
    direct = await paths(graphql, target={"personId": known["a"]}, maxConnectors=0, **{"from": [known["t"]]})
    assert [path["connectors"] for path in direct["paths"]] == [[]]


async def test_a_members_private_contact_serves_only_their_own_paths(graphql, known):
    asked = {"target": {"personId": known["c"]}, "from": [known["o"]]}
    assert (await paths(graphql, **asked))["paths"] == []
    assert (await paths(graphql, who="member", **asked))["paths"] == []
    assert len((await paths(graphql, who="owner", **asked))["paths"]) >= 1


async def test_no_path_is_an_answer(graphql, known):
    found = await paths(graphql, target={"personId": known["o"]}, **{"from": [known["t"]]})
    assert found["paths"] == [] and found["errors"] == [] and found["noPath"]["message"]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"target": {}}, "INVALID", "target"),
        ({"target": {"personId": "x", "company": {"id": "y"}}}, "INVALID", "target"),
        ({"first": 26}, "LIMIT_EXCEEDED", "first"),
        ({"first": 0}, "INVALID", "first"),
        ({"maxConnectors": 4}, "LIMIT_EXCEEDED", "maxConnectors"),
        ({"maxConnectors": -1}, "INVALID", "maxConnectors"),
        ({"minScore": 1.5}, "INVALID", "minScore"),
        ({"maxPerConnector": 0}, "INVALID", "maxPerConnector"),
        ({"from": []}, "INVALID", "from"),
        ({"target": {"company": {"id": "y", "titles": [" "]}}}, "INVALID", "target.company.titles"),
    ],
)
async def test_a_question_that_cannot_be_asked_is_a_typed_error(graphql, given: dict, code: str, field: str):
    found = await paths(graphql, **{"target": {"personId": "x"}, **given})
    assert found["paths"] == [] and [(e["code"], e["field"]) for e in found["errors"]] == [(code, field)]
    assert found["errors"][0]["message"]


async def test_ties_page_by_probability_without_gaps_or_repeats(graphql, known):
    query = """query($id: ID!, $after: String) { person(id: $id) { ties(first: 1, after: $after) {
      edges { cursor node { b { id } probability } } pageInfo { hasNextPage endCursor } } } }"""
    seen, after = [], None
    for _ in range(5):
        page = (await graphql.data(query, {"id": known["a"], "after": after}))["person"]["ties"]
        seen += [edge["node"]["b"]["id"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == 2


async def test_import_runs_are_listed_newest_first(graphql):
    from importers.journal import Journal
    from importers.requests import ImportRequest

    query = """query($after: String) { importRuns(first: 2, after: $after) { totalCount
      nodes { id state source progress rows { read } counts { people { created } } refused { line } error }
      pageInfo { hasNextPage endCursor } } }"""
    assert (await graphql.data(query))["importRuns"]["nodes"] == []
    for number in range(3):
        await Journal(graphql.engine, f"run-{number}").record(ImportRequest(source=f"s{number}", paths=()))
    first = (await graphql.data(query))["importRuns"]
    rest = (await graphql.data(query, {"after": first["pageInfo"]["endCursor"]}))["importRuns"]
    assert [run["id"] for run in first["nodes"] + rest["nodes"]] == ["run-2", "run-1", "run-0"]
    assert (
        first["pageInfo"]["hasNextPage"] and not rest["pageInfo"]["hasNextPage"] and first["totalCount"] == 3
    )
    assert first["nodes"][0]["state"] == "QUEUED"
    one = await graphql.data('{ importRun(id: "run-1") { source } none: importRun(id: "x") { id } }')
    assert one == {"importRun": {"source": "s1"}, "none": None}
