"""Guarded fields, each tried with and without the right: who is allied with whom, also inside evidence and words."""

import json
from datetime import UTC, datetime

import pytest

from service.security.caller import Caller, Role

# What nobody may learn without the right: the kind, its sign in words, the strength.
SECRETS = ("mentoring", "0.77", "declared all", "declaredalliance")
TODAY = datetime.now(UTC).date().isoformat()
PEOPLE = {"toni": "Toni Teamer", "anna": "Anna Berg", "bela": "Bela Dorn"}
DECLARE = (
    "mutation($i: DeclareAllianceInput!) { declareAlliance(input: $i) "
    "{ alliance { strength } errors { message } } }"
)
ASK = (
    "mutation($i: RequestIntroductionInput!) { requestIntroduction(input: $i) "
    "{ introduction { draft kinds } errors { message } } }"
)


@pytest.fixture
async def world(graphql):
    """A team member, two people on a committee, and an alliance between those two; ids by short name."""
    # The same right to read stances, with and without that to read alliances.
    for name, scopes in (("told", ("stances:read", "alliances:read")), ("untold", ("stances:read",))):
        granted = frozenset((*scopes, "requestIntroduction", "declareAlliance"))
        graphql.callers[name] = Caller(key_id=f"k-{name}", name=name, role=Role.PLUGIN, mutations=granted)
    blind = Caller(key_id="k-m", name="m", role=Role.MEMBER, mutations=frozenset({"alliances:none"}))
    graphql.callers["unallied"] = blind
    ids = {}
    for key, name in PEOPLE.items():
        query = "mutation($i: UpsertPersonInput!) { upsertPerson(input: $i) { person { id } } }"
        told = {"emails": [f"{key}@mail.example"], "name": name}
        ids[key] = (await graphql.data(query, {"i": told}))["upsertPerson"]["person"]["id"]
    await graphql.data(
        f'mutation {{ setTeamMember(personId: "{ids["toni"]}", isTeamMember: true) {{ errors {{ code }} }} }}'
    )
    for a, b in (("toni", "anna"), ("anna", "bela")):
        told = {
            "fromId": ids[a],
            "toId": ids[b],
            "channel": "email",
            "sent": 9,
            "received": 7,
            "lastOn": TODAY,
        }
        query = (
            "mutation($i: RecordInteractionInput!) { recordInteraction(input: $i) { errors { message } } }"
        )
        await graphql.data(query, {"i": told})
    allied = {"fromId": ids["anna"], "toId": ids["bela"], "kind": "MENTORING", "strength": 0.77}
    await graphql.data(DECLARE, {"i": allied})
    company = await graphql.data('mutation { upsertCompany(input: {name: "Helvion"}) { company { id } } }')
    deal = {"name": "Deal", "companyId": company["upsertCompany"]["company"]["id"]}
    query = "mutation($i: UpsertOpportunityInput!) { upsertOpportunity(input: $i) { opportunity { id } } }"
    ids["deal"] = (await graphql.data(query, {"i": deal}))["upsertOpportunity"]["opportunity"]["id"]
    for key in ("anna", "bela"):
        query = (
            "mutation($i: AddCommitteeMemberInput!) { addCommitteeMember(input: $i) { errors { message } } }"
        )
        await graphql.data(query, {"i": {"opportunityId": ids["deal"], "personId": ids[key]}})
    return ids


EVIDENCE = (
    "evidence { __typename kind text ... on DeclaredAlliance { alliance strength } sources { record } }"
)
GUARDED = {
    "Person.alliances": '{{ person(id: "{anna}") {{ alliances {{ kind sign strength }} }} }}',
    "Person.sources": '{{ person(id: "{anna}") {{ sources {{ record }} }} }}',
    "Person.ties": '{{ person(id: "{anna}") {{ ties {{ nodes {{ EVIDENCE }} }} }} }}',
    "tie": '{{ tie(a: "{anna}", b: "{bela}") {{ EVIDENCE }} }}',
    "warmPaths": '{{ warmPaths(input: {{target: {{personId: "{bela}"}}}}) {{ notes paths {{ why draft '
    "ties {{ EVIDENCE }} weakestTie {{ EVIDENCE }} }} }} }}",
    "warmPaths to an opportunity": '{{ warmPaths(input: {{target: {{opportunityId: "{deal}"}}}}) '
    "{{ paths {{ why draft }} }} }}",
    "Opportunity.alliances": '{{ opportunity(id: "{deal}") {{ alliances {{ kind strength }} }} }}',
    "Opportunity.introductions": '{{ opportunity(id: "{deal}") {{ introductions {{ draft kinds }} }} }}',
}
# Refused as a whole: what they tell follows from alliances alone.
REFUSED = ("camps { violated }", "suggestedAlliances { strength }", "alliances { kind }")


def query(name: str, ids: dict) -> str:
    told = EVIDENCE.replace("{", "{{").replace("}", "}}")
    return GUARDED[name].replace("EVIDENCE", told).format(**ids)


def secrets_in(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text.casefold()]


async def test_alliances_are_told_to_those_who_may_and_nobody_else(graphql, world):
    asked = {"path": [world["toni"], world["anna"], world["bela"]], "opportunityId": world["deal"]}
    (await graphql.data(ASK, {"i": asked}))["requestIntroduction"]
    for name in GUARDED:
        for who in ("admin", "told", "member"):
            text = (await graphql.post(query(name, world), who=who)).text
            assert secrets_in(text) or (name == "Person.sources" and "ALLIED|" in text), (name, who, text)
        for who in ("untold", "unallied"):
            text = (await graphql.post(query(name, world), who=who)).text
            assert secrets_in(text) == [] and "ALLIED|" not in text, (name, who, text)


@pytest.mark.parametrize("field", REFUSED)
async def test_what_follows_from_alliances_alone_is_refused(graphql, world, field):
    asked = f'{{ opportunity(id: "{world["deal"]}") {{ {field} }} }}'
    assert "errors" not in (await graphql.post(asked, who="told")).json()
    error = await graphql.error(asked, who="untold")
    assert error["code"] == "FORBIDDEN" and "alliances:read" in error["message"]


async def test_mutations_tell_no_more_than_queries(graphql, world):
    asked = {"path": [world["toni"], world["anna"], world["bela"]]}
    told = await graphql.data(ASK, {"i": asked}, who="told")
    assert secrets_in(json.dumps(told))
    untold = await graphql.data(ASK, {"i": asked}, who="untold")
    assert untold["requestIntroduction"]["introduction"]["draft"]
    assert secrets_in(json.dumps(untold)) == []
    again = {"fromId": world["anna"], "toId": world["bela"], "kind": "MENTORING"}
    assert (await graphql.data(DECLARE, {"i": again}, who="untold"))["declareAlliance"] == {
        "alliance": None,
        "errors": [],
    }


async def test_without_the_right_to_stances_no_path_tells_who_is_hostile(graphql, world):
    said = {"opportunityId": world["deal"], "aboutId": world["anna"], "value": -1.0, "source": "DIRECT"}
    asked = "mutation($i: RecordObservationInput!) { recordObservation(input: $i) { errors { message } } }"
    assert (await graphql.data(asked, {"i": said}))["recordObservation"]["errors"] == []
    to_deal = f'{{ warmPaths(input: {{target: {{opportunityId: "{world["deal"]}"}}}}) {{ notes }} }}'
    to_bela = f'{{ warmPaths(input: {{target: {{personId: "{world["bela"]}"}}}}) {{ notes noPath {{ message }} }} }}'
    assert (await graphql.error(to_deal, who="plugin"))["code"] == "FORBIDDEN"
    answer = (await graphql.data(to_bela, who="plugin"))["warmPaths"]
    assert answer == {"notes": [], "noPath": None}


# --- words of special categories ---


NOTED = {
    "recordObservation": (
        "RecordObservationInput",
        "evidence",
        {"aboutId": "anna", "value": 0.5, "source": "DIRECT"},
    ),
    "recordRole": (
        "RecordRoleInput",
        "evidence",
        {"personId": "anna", "role": "COACH", "value": 0.5, "source": "DIRECT"},
    ),
    "confirmRole": ("ConfirmRoleInput", "evidence", {"personId": "anna", "role": "COACH", "holds": True}),
    "setPersona": ("SetPersonaInput", "goals", {"personId": "anna"}),
    "declareAlliance": (
        "DeclareAllianceInput",
        "evidence",
        {"fromId": "anna", "toId": "bela", "kind": "FRIENDSHIP"},
    ),
    "requestIntroduction": ("RequestIntroductionInput", "draft", {"path": ["toni", "anna"]}),
}


@pytest.mark.parametrize("name", NOTED)
async def test_words_of_special_categories_are_saved_only_when_confirmed(graphql, world, name, send_cypher):
    kind, field, given = NOTED[name]
    fields = await _fields_of(graphql, kind)
    told = {key: _id(value, world) for key, value in given.items() if key in fields}
    if "opportunityId" in fields and name != "requestIntroduction":
        told["opportunityId"] = world["deal"]
    told[field] = "Told me that she is on sick leave; works for the European Union"
    asked = f"mutation($i: {kind}!) {{ {name}(input: $i) {{ errors {{ code field message }} }} }}"
    (error,) = (await graphql.data(asked, {"i": told}))[name]["errors"]
    assert (error["code"], error["field"]) == ("SENSITIVE", field)
    assert "health" in error["message"] and "sick" not in error["message"]
    count = "MATCH (n) WHERE n.evidence CONTAINS 'sick' OR n.goals CONTAINS 'sick' OR n.draft CONTAINS 'sick' RETURN n"
    assert await send_cypher(graphql.engine, count) == []
    answer = await graphql.data(asked, {"i": {**told, "confirmSensitive": True}})
    assert answer[name]["errors"] == []
    harmless = {**told, field: "Works for the European Union at Union Bank"}
    assert (await graphql.data(asked, {"i": harmless}))[name]["errors"] == []


def _id(value, world):
    if isinstance(value, list):
        return [_id(each, world) for each in value]
    return world.get(value, value) if isinstance(value, str) else value


async def _fields_of(graphql, kind: str) -> set[str]:
    from service.api import build_schema

    return set(build_schema()._schema.type_map[kind].fields)


def test_every_input_with_words_about_people_asks_before_it_keeps_such_words():
    from service.api import build_schema
    from service.api.changes import FREE_TEXT

    kinds = build_schema()._schema.type_map
    inputs = {name: set(kind.fields) for name, kind in kinds.items() if name.endswith("Input")}
    noting = {name for name, fields in inputs.items() if fields & FREE_TEXT}
    assert len(noting) >= 9
    assert noting == {name for name, fields in inputs.items() if "confirmSensitive" in fields}
