"""Companies that belong to others: declared, shown, searched together on request, taken back."""

from __future__ import annotations

_COMPANY = (
    "mutation($i: UpsertCompanyInput!) { upsertCompany(input: $i) { company { id } errors { message } } }"
)
_DECLARE = """mutation($i: DeclareSubsidiaryInput!) { declareSubsidiary(input: $i) {
  company { name partOf { name } } errors { code message field } } }"""
_REMOVE = """mutation($c: ID!, $p: ID!) { removeSubsidiary(companyId: $c, parentId: $p) {
  removed company { partOf { name } } errors { message } } }"""
_GROUP = "query($id: ID!) { company(id: $id) { subsidiaries { id name } partOf { name } } }"
_PATHS = """query($i: WarmPathsInput!) { warmPaths(input: $i) { noPath { code message } paths { people { name } } } }"""


async def company(graphql, name):
    answer = (await graphql.data(_COMPANY, {"i": {"name": name}}))["upsertCompany"]
    assert not answer["errors"]
    return answer["company"]["id"]


async def declare(graphql, child, parent, **more):
    given = {"companyId": child, "parentId": parent, **more}
    return (await graphql.data(_DECLARE, {"i": given}))["declareSubsidiary"]


async def test_a_group_is_declared_shown_and_taken_back(graphql):
    helvion, tamarind, ondrava = [await company(graphql, name) for name in ("Helvion", "Tamarind", "Ondrava")]
    answer = await declare(graphql, tamarind, helvion, since="2019-03")
    assert answer == {"company": {"name": "Tamarind", "partOf": [{"name": "Helvion"}]}, "errors": []}
    assert not (await declare(graphql, ondrava, tamarind))["errors"]
    shown = (await graphql.data(_GROUP, {"id": helvion}))["company"]
    assert [one["name"] for one in shown["subsidiaries"]] == ["Tamarind"] and shown["partOf"] == []
    # No circles, not even wide ones.
    for child, parent, said in ((helvion, ondrava, "already"), (helvion, helvion, "to itself")):
        errors = (await declare(graphql, child, parent))["errors"]
        assert [(one["code"], one["field"]) for one in errors] == [("INVALID", "parentId")]
        assert said in errors[0]["message"]
    for removed in (True, False):
        told = (await graphql.data(_REMOVE, {"c": tamarind, "p": helvion}))["removeSubsidiary"]
        assert told["removed"] is removed and told["company"]["partOf"] == []


async def test_those_who_decide_in_the_group_are_found_on_request(graphql):
    helvion, tamarind = [await company(graphql, name) for name in ("Helvion", "Tamarind")]
    assert not (await declare(graphql, tamarind, helvion))["errors"]
    people = {}
    for name, where, title in (("Mira Okafor", None, ""), ("Ulla Brandstetter", tamarind, "CEO")):
        upsert = """mutation($i: UpsertPersonInput!) { upsertPerson(input: $i) { person { id } } }"""
        given = {"name": name, "system": "crm", "externalId": name}
        people[name] = (await graphql.data(upsert, {"i": given}))["upsertPerson"]["person"]["id"]
        if where:
            work = """mutation($i: RecordEmploymentInput!) { recordEmployment(input: $i) { errors { message } } }"""
            given = {
                "personId": people[name],
                "companyId": where,
                "title": title,
                "started": "2020",
                "current": True,
            }
            assert not (await graphql.data(work, {"i": given}))["recordEmployment"]["errors"]
    team = "mutation($p: ID!) { setTeamMember(personId: $p, isTeamMember: true) { errors { message } } }"
    await graphql.data(team, {"p": people["Mira Okafor"]})
    ally = """mutation($i: DeclareAllianceInput!) { declareAlliance(input: $i) { errors { message } } }"""
    given = {"fromId": people["Mira Okafor"], "toId": people["Ulla Brandstetter"], "kind": "FRIENDSHIP"}
    assert not (await graphql.data(ally, {"i": given}))["declareAlliance"]["errors"]
    alone = {"target": {"company": {"id": helvion}}}
    assert (await graphql.data(_PATHS, {"i": alone}))["warmPaths"]["noPath"][
        "code"
    ] == "company_without_people"
    group = {"target": {"company": {"id": helvion, "includeSubsidiaries": True}}}
    found = (await graphql.data(_PATHS, {"i": group}))["warmPaths"]
    assert [one["name"] for one in found["paths"][0]["people"]] == ["Mira Okafor", "Ulla Brandstetter"]


async def test_a_former_name_says_until_when_and_finds_the_company(graphql):
    given = {"name": "Helvion", "formerNames": ["Acme (2019-03)", "Bolt & Sons"]}
    await graphql.data(_COMPANY, {"i": given})
    asked = 'query { searchCompanies(text: "Helvion") { nodes { formerNames formerly { name until } } } }'
    (found,) = (await graphql.data(asked))["searchCompanies"]["nodes"]
    assert found["formerNames"] == ["Acme", "Bolt & Sons"]
    assert found["formerly"] == [{"name": "Acme", "until": "2019-03"}, {"name": "Bolt & Sons", "until": None}]


async def test_a_free_mail_domain_is_no_companys(graphql):
    answer = (await graphql.data(_COMPANY, {"i": {"name": "Helvion", "domain": "gmail.com"}}))[
        "upsertCompany"
    ]
    assert "Anybody can have an address" in answer["errors"][0]["message"]
