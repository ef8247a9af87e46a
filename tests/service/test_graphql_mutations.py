"""Entering and removing over GraphQL, on both engines: idempotent, typed failures, ties right at once."""

import asyncio
from datetime import date, timedelta

import pytest

PERSON = """mutation($input: UpsertPersonInput!) { upsertPerson(input: $input) {
  person { id name headline location isTeamMember identities { system value url } } errors { code message field } } }"""
COMPANY = """mutation($input: UpsertCompanyInput!) { upsertCompany(input: $input) {
  company { id name domain headcount industry formerNames } errors { code message field } } }"""
PROJECT = """mutation($input: UpsertProjectInput!) { upsertProject(input: $input) {
  project { id name size started ended companies { id } } errors { code message field } } }"""
EMPLOYMENT = """mutation($input: RecordEmploymentInput!) { recordEmployment(input: $input) {
  employment { id company { id } title department seniority started ended current sources { system verified } }
  errors { code message field } } }"""
ROLE = """mutation($input: RecordProjectRoleInput!) { recordProjectRole(input: $input) {
  projectRole { id project { id } role started } errors { code message field } } }"""
INTERACTION = """mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
  interaction { id a { id } b { id } channel sent received lastOn } errors { code message field } } }"""
ALLIANCE = """mutation($input: DeclareAllianceInput!) { declareAlliance(input: $input) {
  alliance { id a { id } b { id } kind sign strength directed since } errors { code message field } } }"""
TEAM = """mutation($id: ID!, $is: Boolean!) { setTeamMember(personId: $id, isTeamMember: $is) {
  person { id isTeamMember } errors { code field } } }"""
TIE = "query($a: ID!, $b: ID!) { tie(a: $a, b: $b) { probability verification a { id } b { id } } }"


async def person(graphql, name: str, **more) -> str:
    given = {"name": name, "emails": [f"{name.split()[0].lower()}@team.example"], **more}
    payload = (await graphql.data(PERSON, {"input": given}))["upsertPerson"]
    assert payload["errors"] == []
    return payload["person"]["id"]


async def company(graphql, name: str, **more) -> str:
    payload = (await graphql.data(COMPANY, {"input": {"name": name, **more}}))["upsertCompany"]
    assert payload["errors"] == []
    return payload["company"]["id"]


async def sent(graphql, mutation: str, **given) -> dict:
    payload = (await graphql.data(mutation, {"input": given})).popitem()[1]
    assert payload["errors"] == [], payload
    return next(value for name, value in payload.items() if name != "errors")


async def refused(graphql, mutation: str, **given) -> tuple[str, str | None]:
    payload = (await graphql.data(mutation, {"input": given})).popitem()[1]
    assert len(payload["errors"]) == 1, payload
    assert [value for name, value in payload.items() if name != "errors"] == [None]
    assert payload["errors"][0]["message"]
    return payload["errors"][0]["code"], payload["errors"][0]["field"]


async def total(graphql, text: str) -> int:
    found = await graphql.data("query($t: String!) { searchPeople(text: $t) { totalCount } }", {"t": text})
    return found["searchPeople"]["totalCount"]


async def test_a_person_is_entered_changed_field_by_field_and_found_again_by_any_identity(graphql):
    first = await sent(
        graphql, PERSON, name="Mira Alder", emails=["Mira@One.example"], headline="Head of networks"
    )
    assert first["name"] == "Mira Alder" and first["isTeamMember"] is False
    assert first["identities"] == [{"system": "email", "value": "mira@one.example", "url": None}]
    again = await sent(
        graphql,
        PERSON,
        emails=["mira@one.example"],
        linkedinUrl="linkedin.com/in/Mira-Alder/?x=1",
        location="Graz",
    )
    assert again["id"] == first["id"]
    assert (again["headline"], again["location"]) == ("Head of networks", "Graz")
    by_profile = await sent(
        graphql, PERSON, linkedinUrl="https://www.linkedin.com/in/mira-alder", headline=""
    )
    assert (
        by_profile["id"] == first["id"]
        and by_profile["headline"] is None
        and by_profile["location"] == "Graz"
    )
    by_id = await sent(graphql, PERSON, id=first["id"], system="hubspot", externalId="77")
    assert {each["system"] for each in by_id["identities"]} == {"email", "linkedin", "hubspot"}
    assert await total(graphql, "mira") == 1


async def test_what_cannot_be_entered_is_a_typed_error(graphql):
    assert await refused(graphql, PERSON, name="Only Name") == ("REQUIRED", "id")
    assert await refused(graphql, PERSON, emails=["new@one.example"]) == ("REQUIRED", "name")
    assert (await refused(graphql, PERSON, name="A", emails=["no address"])) == ("INVALID", "emails.0")
    assert (await refused(graphql, PERSON, name="A", linkedinUrl="javascript:alert(1)")) == (
        "INVALID",
        "linkedinUrl",
    )
    assert (await refused(graphql, PERSON, name="A", system="email", externalId="x@y.zz")) == (
        "INVALID",
        "system",
    )
    assert (await refused(graphql, PERSON, name="A", system="crm")) == ("REQUIRED", "externalId")
    assert (await refused(graphql, PERSON, id="nobody", name="A")) == ("NOT_FOUND", "id")
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    assert a != b
    assert (await refused(graphql, PERSON, emails=["ada@team.example", "bea@team.example"]))[0] == "CONFLICT"
    assert (await refused(graphql, COMPANY, headcount=3)) == ("REQUIRED", "name")
    assert (await refused(graphql, COMPANY, name="C", headcount=0)) == ("INVALID", "headcount")
    assert (await refused(graphql, PROJECT, name="P", size=0)) == ("INVALID", "size")
    assert (await refused(graphql, PROJECT, name="P", started="2020", ended="2019")) == ("INVALID", "ended")
    assert (await refused(graphql, COMPANY, name="C", domain="not a domain")) == ("INVALID", "domain")
    c = await company(graphql, "Helvion GmbH")
    assert (await refused(graphql, EMPLOYMENT, personId=a, companyId="none")) == ("NOT_FOUND", "companyId")
    assert (await refused(graphql, EMPLOYMENT, personId=a, companyId=c, started="2019-02-31")) == (
        "INVALID",
        "started",
    )
    assert (await refused(graphql, EMPLOYMENT, personId=a, companyId=c, started="2020", ended="2019")) == (
        "INVALID",
        "ended",
    )
    assert (await refused(graphql, INTERACTION, fromId=a, toId=a, channel="email")) == ("INVALID", "toId")
    assert (await refused(graphql, INTERACTION, fromId=a, toId=b, channel="email", sent=-1)) == (
        "INVALID",
        "sent",
    )
    assert (await refused(graphql, INTERACTION, fromId=b, toId=a, channel="email", received=-1)) == (
        "INVALID",
        "received",
    )
    assert (await refused(graphql, INTERACTION, fromId=a, toId=b, channel="email", private=True)) == (
        "INVALID",
        "private",
    )
    assert (await refused(graphql, ALLIANCE, fromId=a, toId=b, kind="FRIENDSHIP", strength=1.5)) == (
        "INVALID",
        "strength",
    )


@pytest.mark.parametrize("name", ["Ada\u0000One", "Ada\nOne", "NaN", "-", "null", " N/A ", "?!"])
async def test_what_is_no_name_is_refused(graphql, name: str):
    for mutation, more in ((PERSON, {"emails": ["new@one.example"]}), (COMPANY, {}), (PROJECT, {})):
        assert await refused(graphql, mutation, name=name, **more) == ("INVALID", "name")
    assert await refused(graphql, PERSON, name="Nan Null", emails=["n@one.example"], headline="a\u0007") == (
        "INVALID",
        "headline",
    )


async def test_an_interaction_in_the_future_is_refused(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    mail = {"fromId": a, "toId": b, "channel": "email", "sent": 1}
    for future in ((date.today() + timedelta(days=2)).isoformat(), str(date.today().year + 1)):
        assert await refused(graphql, INTERACTION, **mail, lastOn=future) == ("INVALID", "lastOn")
    assert await sent(graphql, INTERACTION, **mail, lastOn=date.today().isoformat())
    assert await sent(graphql, INTERACTION, **mail, lastOn=str(date.today().year))


async def test_companies_and_projects(graphql):
    first = await sent(
        graphql, COMPANY, name="Helvion GmbH", domain="https://www.Helvion.example/x", headcount=40
    )
    assert (first["domain"], first["headcount"]) == ("helvion.example", 40)
    again = await sent(
        graphql, COMPANY, domain="helvion.example", industry="Networks", formerNames=["Helvio AG"]
    )
    assert again["id"] == first["id"] and again["headcount"] == 40 and again["formerNames"] == ["Helvio AG"]
    assert await company(graphql, "Oskarin Ltd") == await company(graphql, "OSKARIN")
    project = await sent(graphql, PROJECT, name="Rollout", companyId=first["id"], size=12, started="2019-03")
    assert project["companies"] == [{"id": first["id"]}] and project["started"] == "2019-03"
    changed = await sent(graphql, PROJECT, name="rollout", companyId=first["id"], ended="2021")
    assert changed["id"] == project["id"]
    assert (changed["size"], changed["started"], changed["ended"]) == (12, "2019-03", "2021")
    assert (await sent(graphql, PROJECT, name="Rollout"))["id"] != project["id"]


async def test_a_company_is_found_by_its_name_unless_another_identity_says_otherwise(graphql):
    first = await company(graphql, "Advco GmbH", domain="advco.example")
    assert await company(graphql, "ADVCO") == first
    assert await company(graphql, "Advco", system="crm", externalId="7") == first
    # Another domain, or another id of the same system: another company of that name.
    other = await company(graphql, "Advco Ltd", domain="advco.org")
    third = await company(graphql, "Advco", system="crm", externalId="8")
    assert len({first, other, third}) == 3
    assert await company(graphql, "Advco", domain="advco.org") == other
    assert await company(graphql, "Advco") == first
    # A name is no conflict, whoever has it.
    assert await company(graphql, "Advco", id=other, headcount=7) == other
    named = await company(graphql, "Borvik")
    assert await company(graphql, "Borvik AB", domain="borvik.example") == named
    assert await company(graphql, "Advco", id=named) == named


async def test_shared_history_becomes_a_tie_before_the_mutation_answers_and_goes_with_it(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    c = await company(graphql, "Helvion", headcount=40)
    job = {
        "companyId": c,
        "title": "Engineer",
        "started": "2016-01",
        "ended": "2018-12",
        "seniority": "SENIOR",
    }
    mine = await sent(graphql, EMPLOYMENT, personId=a, **job)
    assert mine["started"] == "2016-01" and mine["seniority"] == "SENIOR" and mine["current"] is False
    assert mine["sources"] == [{"system": "api", "verified": True}]
    assert (await graphql.data(TIE, {"a": a, "b": b}))["tie"] is None
    await sent(graphql, EMPLOYMENT, personId=b, **job)
    tie = (await graphql.data(TIE, {"a": b, "b": a}))["tie"]
    assert tie["probability"] > 0.3 and tie["verification"] == "INFERRED"
    assert (tie["a"]["id"], tie["b"]["id"]) == (b, a)
    await sent(graphql, EMPLOYMENT, personId=b, **job)
    told = await graphql.data("query($id: ID!) { person(id: $id) { employments { id } } }", {"id": b})
    assert len(told["person"]["employments"]) == 1
    removal = "mutation($id: ID!) { removeEmployment(id: $id) { id removed errors { code } } }"
    gone = (await graphql.data(removal, {"id": mine["id"]}))["removeEmployment"]
    assert gone == {"id": mine["id"], "removed": True, "errors": []}
    assert (await graphql.data(TIE, {"a": b, "b": a}))["tie"] is None
    assert (await graphql.data(removal, {"id": mine["id"]}))["removeEmployment"]["removed"] is False
    back = await sent(graphql, EMPLOYMENT, personId=a, **job)
    assert back["id"] == mine["id"]
    assert (await graphql.data(TIE, {"a": b, "b": a}))["tie"]["probability"] == tie["probability"]
    foreign = await graphql.data(
        'mutation {{ removeAlliance(id: "{}") {{ removed errors {{ code field }} }} }}'.format(back["id"])
    )
    assert foreign["removeAlliance"] == {"removed": False, "errors": [{"code": "INVALID", "field": "id"}]}


async def test_what_is_left_out_of_a_fact_entered_again_stays_and_null_takes_it_back(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    c = await company(graphql, "Helvion")
    job = {"personId": a, "companyId": c, "title": "Engineer", "started": "2016-01"}
    first = await sent(graphql, EMPLOYMENT, **job, department="Networks", seniority="SENIOR", current=True)
    again = await sent(graphql, EMPLOYMENT, **job)
    assert again == first and again["department"] == "Networks" and again["current"] is True
    left = await sent(graphql, EMPLOYMENT, **job, ended="2018", department=None)
    assert (left["department"], left["seniority"]) == (None, "SENIOR")
    assert (left["ended"], left["current"]) == ("2018", False)
    assert await sent(graphql, EMPLOYMENT, **job, current=False) == left
    back = await sent(graphql, EMPLOYMENT, **job, current=True, seniority=None)
    assert (back["ended"], back["current"], back["seniority"]) == (None, True, None)
    assert (await refused(graphql, EMPLOYMENT, **job, ended="2015")) == ("INVALID", "ended")
    ally = {"fromId": a, "toId": b, "kind": "FRIENDSHIP"}
    declared = await sent(graphql, ALLIANCE, **ally, strength=0.5, since="2020")
    assert await sent(graphql, ALLIANCE, **ally) == declared
    turned = await sent(graphql, ALLIANCE, **{**ally, "fromId": b, "toId": a})
    assert (turned["strength"], turned["since"]) == (0.5, "2020")
    assert (await sent(graphql, ALLIANCE, **ally, strength=None))["strength"] is None
    project = (await sent(graphql, PROJECT, name="Rollout"))["id"]
    role = {"personId": a, "projectId": project, "role": "Lead", "started": "2020"}
    shown = "person(id: $id) { projects { ended current } }"
    await sent(graphql, ROLE, **role, ended="2021")
    await sent(graphql, ROLE, **role)
    told = (await graphql.data(f"query($id: ID!) {{ {shown} }}", {"id": a}))["person"]["projects"]
    assert told == [{"ended": "2021", "current": False}]


async def test_interactions_and_alliances_are_one_fact_either_way_round(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    one = await sent(
        graphql, INTERACTION, fromId=a, toId=b, channel="email", sent=9, received=4, lastOn="2026-10-01"
    )
    two = await sent(
        graphql, INTERACTION, fromId=b, toId=a, channel="email", sent=4, received=9, lastOn="2026-10-01"
    )
    assert one["id"] == two["id"] and (two["sent"], two["received"]) == (4, 9)
    tie = (await graphql.data(TIE, {"a": a, "b": b}))["tie"]
    assert tie["verification"] == "VERIFIED"
    ally = await sent(graphql, ALLIANCE, fromId=b, toId=a, kind="FRIENDSHIP", strength=0.5)
    assert ally["sign"] == 1 and ally["strength"] == 0.5
    stronger = await sent(graphql, ALLIANCE, fromId=a, toId=b, kind="FRIENDSHIP", strength=0.9)
    assert stronger["id"] == ally["id"] and stronger["strength"] == 0.9
    assert (await graphql.data(TIE, {"a": a, "b": b}))["tie"]["probability"] > tie["probability"]
    leaning = await sent(graphql, ALLIANCE, fromId=b, toId=a, kind="MENTORING", directed=True)
    assert (leaning["a"]["id"], leaning["b"]["id"]) == (b, a)
    for removal, fact in (("removeAlliance", ally["id"]), ("removeInteraction", one["id"])):
        gone = await graphql.data(f'mutation {{ {removal}(id: "{fact}") {{ removed errors {{ code }} }} }}')
        assert gone[removal]["removed"] is True
    left = await graphql.data("query($id: ID!) { person(id: $id) { alliances { id kind } } }", {"id": a})
    assert left["person"]["alliances"] == [{"id": leaning["id"], "kind": "MENTORING"}]


async def test_a_project_role_is_entered_and_removed(graphql):
    a = await person(graphql, "Ada One")
    project = (await sent(graphql, PROJECT, name="Rollout"))["id"]
    role = await sent(graphql, ROLE, personId=a, projectId=project, role="Lead", started="2020")
    assert role["role"] == "Lead" and role["project"]["id"] == project
    people = "query($id: ID!) { project(id: $id) { people { totalCount nodes { id } } } }"
    assert (await graphql.data(people, {"id": project}))["project"]["people"]["totalCount"] == 1
    gone = await graphql.data(f'mutation {{ removeProjectRole(id: "{role["id"]}") {{ removed }} }}')
    assert gone["removeProjectRole"]["removed"] is True
    assert (await graphql.data(people, {"id": project}))["project"]["people"]["totalCount"] == 0


async def test_a_team_member_is_marked_and_unmarked(graphql):
    a = await person(graphql, "Ada One", headline="Sales")
    assert (await graphql.data(TEAM, {"id": a, "is": True}))["setTeamMember"]["person"][
        "isTeamMember"
    ] is True
    assert (await sent(graphql, PERSON, id=a, location="Linz"))["isTeamMember"] is True
    assert (await graphql.data(TEAM, {"id": a, "is": False}))["setTeamMember"]["person"][
        "isTeamMember"
    ] is False
    nobody = (await graphql.data(TEAM, {"id": "none", "is": True}))["setTeamMember"]
    assert nobody == {"person": None, "errors": [{"code": "NOT_FOUND", "field": "personId"}]}


async def test_the_same_key_is_the_same_change_and_another_input_is_refused(graphql):
    first = await sent(graphql, PERSON, name="Nameonly Person", idempotencyKey="k1")
    again = await sent(graphql, PERSON, name="Nameonly Person", idempotencyKey="k1")
    assert again == first and first["identities"] == []
    other = await sent(graphql, PERSON, name="Nameonly Person", idempotencyKey="k2")
    assert other["id"] != first["id"]
    assert await refused(graphql, PERSON, name="Another", idempotencyKey="k1") == (
        "IDEMPOTENCY_KEY_REUSED",
        "idempotencyKey",
    )
    assert (await refused(graphql, COMPANY, name="Nameonly Person", idempotencyKey="k1"))[
        0
    ] == "IDEMPOTENCY_KEY_REUSED"
    assert (await refused(graphql, PERSON, name="X", idempotencyKey=" "))[1] == "idempotencyKey"
    # Keys are the caller's own: another caller's is another change.
    stranger = await graphql.data(
        PERSON, {"input": {"name": "Nameonly Person", "idempotencyKey": "k1"}}, who="member"
    )
    assert stranger["upsertPerson"]["person"]["id"] != first["id"]
    # A replay does not undo what came after it.
    await sent(graphql, PERSON, id=first["id"], headline="Newer")
    assert (await sent(graphql, PERSON, name="Nameonly Person", idempotencyKey="k1"))["headline"] == "Newer"


async def test_the_same_change_sent_ten_times_at_once_is_done_once(graphql):
    given = {"input": {"name": "Race Person", "emails": ["race@one.example"], "idempotencyKey": "race"}}
    answers = await asyncio.gather(*(graphql.data(PERSON, given) for _ in range(10)))
    assert len({each["upsertPerson"]["person"]["id"] for each in answers}) == 1
    assert await total(graphql, "race person") == 1


async def test_a_person_entered_by_hand_can_be_taken_back(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    await sent(
        graphql, INTERACTION, fromId=a, toId=b, channel="email", sent=3, received=3, lastOn="2026-10-01"
    )
    removal = "mutation($id: ID!) { removePerson(id: $id) { removed errors { code } } }"
    assert (await graphql.data(removal, {"id": a}))["removePerson"] == {"removed": True, "errors": []}
    assert (await graphql.data("query($id: ID!) { person(id: $id) { id } }", {"id": a}))["person"] is None
    assert (await graphql.data(removal, {"id": a}))["removePerson"] == {"removed": False, "errors": []}
    assert await total(graphql, "bea") == 1


async def test_a_company_or_project_entered_by_hand_is_taken_back_with_its_facts_and_ties(graphql):
    a, b = await person(graphql, "Ada One"), await person(graphql, "Bea Two")
    c = await company(graphql, "Helvion GmbH", domain="helvion.example", headcount=40)
    project = await sent(graphql, PROJECT, name="Rollout", companyId=c, size=4, started="2019-03")
    spell = {"started": "2016-01", "ended": "2018-12"}
    for each in (a, b):
        await sent(graphql, EMPLOYMENT, personId=each, companyId=c, title="Engineer", **spell)
        await sent(graphql, ROLE, personId=each, projectId=project["id"], role="Lead", **spell)
    both = (await graphql.data(TIE, {"a": a, "b": b}))["tie"]["probability"]
    for kind, node_id in (("Company", c), ("Project", project["id"])):
        removal = f"mutation($id: ID!) {{ remove{kind}(id: $id) {{ id removed errors {{ code }} }} }}"
        gone = (await graphql.data(removal, {"id": node_id}))[f"remove{kind}"]
        assert gone == {"id": node_id, "removed": True, "errors": []}
        again = (await graphql.data(removal, {"id": node_id}))[f"remove{kind}"]
        assert again == {"id": node_id, "removed": False, "errors": []}
        told = await graphql.data(f"query($id: ID!) {{ {kind.lower()}(id: $id) {{ id }} }}", {"id": node_id})
        assert told[kind.lower()] is None
        tie = (await graphql.data(TIE, {"a": a, "b": b}))["tie"]
        assert tie["probability"] < both if kind == "Company" else tie is None
    assert await total(graphql, "ada") == 1


@pytest.mark.parametrize("who", ["plugin", "granted"])
async def test_a_plugin_changes_only_what_it_was_granted(graphql, who: str):
    given = {"input": {"name": "Ada One", "emails": ["ada@team.example"]}}
    answer = (await graphql.post(PERSON, given, who=who)).json()
    if who == "granted":
        assert answer["data"]["upsertPerson"]["person"]["name"] == "Ada One"
    else:
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN" and answer["data"] is None


async def test_a_title_says_what_is_not_stated_as_it_does_in_imports(graphql):
    a, c = await person(graphql, "Ada One"), await company(graphql, "Helvion")
    job = {"personId": a, "companyId": c, "started": "2016-01"}
    head = await sent(graphql, EMPLOYMENT, **job, title="Head of Procurement")
    assert head["seniority"] == "HEAD" and head["department"]
    stated = await sent(
        graphql, EMPLOYMENT, **job, title="Head of Sales", seniority="SENIOR", department=None
    )
    assert (stated["seniority"], stated["department"]) == ("SENIOR", None)
    again = await sent(graphql, EMPLOYMENT, **job, title="Head of Sales")
    assert (again["seniority"], again["department"]) == ("SENIOR", None)
