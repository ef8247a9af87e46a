"""A committee over GraphQL, on both engines: filled by mutations, asked for everything, every number explained."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service.security.caller import Caller, Role

PEOPLE = "person { id name }"
OUTLOOK = "probability standardError approves notStopped notAgainst draws thresholds { approve stop against }"
ROUTE = "route { score teamMember { id } connectors { id } target { id } people { name } }"
WHOLE = f"""query($id: ID!) {{ opportunity(id: $id) {{
  id name stage closesOn amount company {{ id name }} thresholds {{ approve stop against }}
  committee {{ {PEOPLE} roles {{ role probability confirmed contributions {{ cause logOdds change }} }}
    influence onOthers settlesAt movable from {{ {PEOPLE} value part }}
    stance {{ mean low high sd
      contributions {{ cause share about {{ id }} informant {{ id }} value source author on }} }}
    persona {{ background goals style information experience }} }}
  alliances {{ id a {{ id }} b {{ id }} kind sign strength directed }}
  suggestedAlliances {{ a {{ id }} b {{ id }} strength contributions {{ kind text probability share }} }}
  camps {{ groups {{ id }} violated exact alternatives bound counted unaligned {{ id }} violatedAlliances {{ id }} }}
  outlook {{ {OUTLOOK} }} decision {{ value sd shares {{ {PEOPLE} value part }} }}
  intent {{ probability logOdds people contributions {{ cause logOdds change }} }}
  redFlags {{ kind severity about {{ id }} evidence clearedBy }}
  moments {{ kind on until person {{ id }} text }}
  nextQuestions {{ informant {{ id name }} subject {{ id name }} reach shrinks expected share answerVariance {ROUTE} }}
  coverage {{ mean members {{ {PEOPLE} probability channels {{ share {ROUTE} }} }} }}
  nextIntroductions {{ gain meanAfter {ROUTE} }}
  entryPaths(first: 25) {{ side change worth words friend {{ id }} {ROUTE} }}
  references {{ {PEOPLE} member {{ id }} score knowsUs knowsMember hostile teamMember {{ id }} }}
  teamAssignment {{ total owners {{ teamMember {{ id }} member {{ id }} strength {ROUTE} }} without {{ id }}
    shares {{ teamMember {{ id }} share }} soleOwners {{ member {{ id }} }} carriedBy {{ {PEOPLE} members {{ id }} }} }}
  segments {{ experience style members {{ {PEOPLE} wants unknown }} shared }}
  introductions {{ id state people {{ id }} history {{ state on author }} }}
}} }}"""
ERRORS = "errors { code message field }"
TODAY = datetime.now(UTC).date()


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days)).isoformat()


async def did(graphql, mutation: str, /, *, who: str = "admin", shown: str = "", **given):
    """The payload of a mutation that must succeed."""
    payload = await asked(graphql, mutation, who=who, shown=shown, **given)
    assert payload["errors"] == [], payload
    return payload


async def asked(graphql, mutation: str, /, *, who: str = "admin", shown: str = "", **given):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    text = f"mutation($input: {kind}!) {{ {mutation}(input: $input) {{ {shown} {ERRORS} }} }}"
    return (await graphql.data(text, {"input": given}, who=who))[mutation]


async def entered(graphql, name: str, **more) -> str:
    address = name.lower().replace(" ", ".") + "@people.example"
    payload = await did(graphql, "upsertPerson", shown="person { id }", name=name, emails=[address], **more)
    return payload["person"]["id"]


@pytest.fixture
async def account(graphql):
    """Ann the economic buyer, Bea our friend, Carl her rival and against us, Dan a coach; Ida and Jon of ours."""
    company = (
        await did(graphql, "upsertCompany", shown="company { id }", name="Helvion GmbH", headcount=40)
    )["company"]["id"]
    ids = {name: await entered(graphql, f"{name} Alder") for name in ("Ann", "Bea", "Carl", "Dan")}
    ids |= {name: await entered(graphql, f"{name} Team") for name in ("Ida", "Jon")}
    ids["Olaf"] = await entered(graphql, "Olaf Outside")
    for name in ("Ida", "Jon"):
        team = "mutation($id: ID!) { setTeamMember(personId: $id, isTeamMember: true) { errors { code } } }"
        await graphql.data(team, {"id": ids[name]})
    posts = {
        "Ann": ("Chief Financial Officer", "C_LEVEL", "Finance"),
        "Bea": ("Operations Manager", "MANAGER", "Operations"),
        "Carl": ("Head of IT", "HEAD", "IT"),
        "Dan": ("IT Architect", "SENIOR", "IT"),
    }
    for name, (title, seniority, department) in posts.items():
        await did(
            graphql,
            "recordEmployment",
            personId=ids[name],
            companyId=company,
            title=title,
            seniority=seniority,
            department=department,
            started=f"{TODAY.year - 2}-01",
            current=True,
        )
    for a, b, strength in (("Ida", "Bea", 0.9), ("Jon", "Olaf", 0.8), ("Ida", "Dan", 0.6)):
        await did(
            graphql, "declareAlliance", fromId=ids[a], toId=ids[b], kind="FRIENDSHIP", strength=strength
        )
    deal = await did(
        graphql,
        "upsertOpportunity",
        shown="opportunity { id }",
        name="Network rollout",
        companyId=company,
        stage="proposal",
        amount=250000.0,
        closesOn=(TODAY + timedelta(60)).isoformat(),
    )
    ids["deal"], ids["company"] = deal["opportunity"]["id"], company
    await did(graphql, "declareAlliance", fromId=ids["Olaf"], toId=ids["Carl"], kind="CAREER", strength=0.9)
    for name, level in (("Ann", "HIGH"), ("Bea", "MEDIUM"), ("Carl", "HIGH"), ("Dan", "LOW")):
        await did(
            graphql, "addCommitteeMember", opportunityId=ids["deal"], personId=ids[name], influence=level
        )
    for a, b, kind in (("Ann", "Bea", "MENTORING"), ("Bea", "Carl", "RIVALRY")):
        await did(
            graphql,
            "declareAlliance",
            fromId=ids[a],
            toId=ids[b],
            kind=kind,
            strength=0.4,
            opportunityId=ids["deal"],
        )
    return ids


async def heard(graphql, ids, about: str, value: float, **more):
    return await did(
        graphql,
        "recordObservation",
        shown="id member { stance { mean } } opportunity { id }",
        opportunityId=ids["deal"],
        aboutId=ids[about],
        value=value,
        **more,
    )


async def whole(graphql, ids) -> dict:
    return (await graphql.data(WHOLE, {"id": ids["deal"]}))["opportunity"]


def members(deal: dict) -> dict[str, dict]:
    return {member["person"]["name"].split()[0]: member for member in deal["committee"]}


async def test_the_worked_example_comes_out_of_the_api_as_it_stands_in_the_handbook(graphql, account):
    await did(
        graphql,
        "removeCommitteeMember",
        opportunityId=account["deal"],
        personId=account["Dan"],
        shown="opportunity { id }",
    )
    payload = await heard(graphql, account, "Bea", 0.9)
    assert payload["member"]["stance"]["mean"] == pytest.approx(0.820, abs=5e-4)
    deal = await whole(graphql, account)
    seen = members(deal)
    assert {name: round(one["stance"]["mean"], 3) for name, one in seen.items()} == {
        "Ann": 0.234,
        "Bea": 0.82,
        "Carl": -0.234,
    }
    assert {name: round(one["settlesAt"], 3) for name, one in seen.items()} == {
        "Ann": 0.25,
        "Bea": 0.546,
        "Carl": -0.235,
    }
    assert seen["Ann"]["onOthers"] == pytest.approx(0.123, abs=5e-4)
    assert deal["alliances"] and len(deal["alliances"]) == 2


async def test_every_number_can_be_asked_why(graphql, account):
    await heard(graphql, account, "Bea", 0.9)
    await heard(
        graphql, account, "Carl", -0.7, source="COACH_REPORT", informantId=account["Dan"], reliability=0.8
    )
    for kind, who in (("PRICE_REQUEST", "Ann"), ("VISIT", "Bea"), ("VISIT", "Bea")):
        await did(graphql, "recordSignal", shown="id", personId=account[who], kind=kind, on=days_ago(10))
    await did(
        graphql, "confirmRole", opportunityId=account["deal"], personId=account["Ann"], role="ECONOMIC_BUYER"
    )
    await did(
        graphql,
        "recordRole",
        shown="id",
        opportunityId=account["deal"],
        personId=account["Dan"],
        role="COACH",
        source="DIRECT",
    )
    deal = await whole(graphql, account)
    for member in deal["committee"]:
        stance = member["stance"]
        assert sum(one["share"] for one in stance["contributions"]) == pytest.approx(
            stance["mean"], abs=1e-12
        )
        assert stance["low"] <= stance["mean"] <= stance["high"]
        assert sum(one["value"] for one in member["from"]) == pytest.approx(member["settlesAt"], abs=1e-12)
        assert len(member["roles"]) == 7
        for role in member["roles"]:
            assert sum(one["change"] for one in role["contributions"]) == pytest.approx(role["probability"])
    intent = deal["intent"]
    assert sum(one["logOdds"] for one in intent["contributions"]) == pytest.approx(intent["logOdds"])
    assert sum(one["change"] for one in intent["contributions"]) == pytest.approx(intent["probability"])
    assert intent["people"] == 2
    decision = deal["decision"]
    assert sum(one["value"] for one in decision["shares"]) == pytest.approx(decision["value"], abs=1e-12)
    for member in deal["coverage"]["members"]:
        assert sum(one["share"] for one in member["channels"]) == pytest.approx(member["probability"])
    for way in deal["entryPaths"]:
        assert way["worth"] == pytest.approx(way["route"]["score"] * way["change"])
    for one in deal["suggestedAlliances"]:
        assert sum(part["share"] for part in one["contributions"]) == pytest.approx(one["strength"])
    ann = members(deal)["Ann"]
    assert ann["roles"][0] == ann["roles"][0] | {
        "role": "ECONOMIC_BUYER",
        "probability": 1.0,
        "confirmed": True,
    }
    assert 0 < deal["outlook"]["standardError"] <= 0.005
    assert "economic_buyer_unmet" in {flag["kind"] for flag in deal["redFlags"]}


CONTRACT = """query($id: ID!) { opportunity(id: $id) { id name company { id name }
  committee { person { id name } roles { role probability contributions { cause change } } influence onOthers
    stance { mean low high sd contributions { cause share } } settlesAt persona { goals } }
  alliances { a { id name } b { id name } } suggestedAlliances { a { id } b { id } strength }
  camps { groups { id name } violated exact alternatives } outlook { probability standardError }
  intent { probability } redFlags { kind evidence } moments { kind text }
  nextQuestions { informant { name } subject { name } route { people { name } ties { probability verification } } }
  coverage { mean members { person { name } channels { route { people { name } } } } }
  nextIntroductions { route { people { name } } gain } entryPaths { words route { people { name } } }
  references { person { name } score } teamAssignment { total owners { member { name } } } segments { style } } }"""


async def test_the_whole_opportunity_takes_at_most_twelve_statements(graphql, account):
    await heard(graphql, account, "Bea", 0.9, source="HEARSAY", informantId=account["Olaf"])
    before = graphql.engine.statements_sent
    deal = (await graphql.data(CONTRACT, {"id": account["deal"]}))["opportunity"]
    assert 200 < graphql.costs[-1] < 2_000
    assert graphql.engine.statements_sent - before <= 12
    assert deal["nextQuestions"] and deal["entryPaths"] and deal["teamAssignment"]["owners"]
    assert all(one["route"] is None or one["route"]["ties"] for one in deal["nextQuestions"])
    before = graphql.engine.statements_sent
    await graphql.data("query($id: ID!) { opportunity(id: $id) { id name stage } }", {"id": account["deal"]})
    assert graphql.engine.statements_sent - before == 1


async def test_a_path_through_the_hostile_one_is_never_used(graphql, account):
    # Jon → Olaf → Carl → Ann would work, were Carl not against us.
    await did(
        graphql,
        "declareAlliance",
        fromId=account["Carl"],
        toId=account["Ann"],
        kind="SOLIDARITY",
        strength=0.9,
    )

    def through_carl(found: dict) -> list:
        return [
            one
            for one in found["entryPaths"]
            if account["Carl"] in {each["id"] for each in one["route"]["connectors"]}
        ]

    assert through_carl(await whole(graphql, account))
    await heard(graphql, account, "Carl", -0.9)
    deal = await whole(graphql, account)
    assert deal["entryPaths"] and not through_carl(deal)
    paths = """query($input: WarmPathsInput!) { warmPaths(input: $input) {
      paths { target { id } connectors { id } } noPath { code } notes errors { code field } } }"""
    found = (
        await graphql.data(paths, {"input": {"target": {"opportunityId": account["deal"]}, "first": 25}})
    )["warmPaths"]
    assert found["paths"], found
    assert all(account["Carl"] not in {each["id"] for each in one["connectors"]} for one in found["paths"])
    unknown = (await graphql.data(paths, {"input": {"target": {"opportunityId": "none"}}}))["warmPaths"]
    assert unknown["errors"] == [{"code": "NOT_FOUND", "field": "target.opportunityId"}]
    assert (
        await graphql.error(paths, {"input": {"target": {"opportunityId": account["deal"]}}}, who="plugin")
    )["code"] == "FORBIDDEN"


SIMULATE = """query($input: SimulateInput!) { simulate(input: $input) {
  members { person { id name } startsBefore startsAfter settlesBefore settlesAfter }
  decisionBefore decisionAfter outlookBefore { probability } outlookAfter { probability standardError } } }"""
COUNTER = """query($input: CounterbalanceInput!) { counterbalance(input: $input) {
  supporters { person { id } stance reach route { people { id } } } lift expectedLift reach exact bound
  deciders { person { id } before after } outlookBefore { probability } outlook { probability } notes } }"""
ATTRIBUTE = "query($input: AttributionInput!) { attribution(input: $input) { person { id } value part } }"


async def test_what_if(graphql, account):
    await did(
        graphql, "confirmRole", opportunityId=account["deal"], personId=account["Ann"], role="ECONOMIC_BUYER"
    )
    await heard(graphql, account, "Bea", 0.5)
    await heard(graphql, account, "Carl", -0.8)
    changes = [
        {"setStance": {"personId": account["Ann"], "value": 0.9}},
        {
            "addMember": {
                "personId": account["Olaf"],
                "influence": "HIGH",
                "stance": 0.4,
                "roles": ["USER_BUYER"],
            }
        },
        {"removeMember": {"personId": account["Carl"]}},
        {"setInfluence": {"personId": account["Dan"], "influence": "HIGH"}},
        {
            "addAlliance": {
                "fromId": account["Olaf"],
                "toId": account["Ann"],
                "kind": "AFFINITY",
                "strength": 0.5,
            }
        },
        {"removeAlliance": {"fromId": account["Ann"], "toId": account["Bea"]}},
    ]
    found = (await graphql.data(SIMULATE, {"input": {"opportunityId": account["deal"], "changes": changes}}))[
        "simulate"
    ]
    assert found["decisionAfter"] > found["decisionBefore"]
    assert found["outlookAfter"]["probability"] > found["outlookBefore"]["probability"]
    by = {one["person"]["id"]: one for one in found["members"]}
    assert by[account["Carl"]]["settlesAfter"] is None and by[account["Olaf"]]["startsBefore"] is None
    assert (
        by[account["Ann"]]["startsAfter"] == 0.9 and by[account["Olaf"]]["person"]["name"] == "Olaf Outside"
    )
    plans = (
        await graphql.data(
            COUNTER, {"input": {"opportunityId": account["deal"], "personId": account["Carl"]}}
        )
    )["counterbalance"]
    assert plans and plans[0]["exact"] and plans[0]["expectedLift"] <= plans[0]["lift"] <= plans[0]["bound"]
    assert plans[0]["supporters"][0]["person"]["id"] == account["Bea"]
    assert plans[0]["supporters"][0]["route"]["people"][0]["id"] == account["Ida"]
    assert plans[0]["deciders"][0]["after"] > plans[0]["deciders"][0]["before"]
    deal = await whole(graphql, account)
    for given, total in (
        ({"personId": account["Ann"]}, members(deal)["Ann"]["settlesAt"]),
        ({}, deal["decision"]["value"]),
        ({"among": [account["Bea"], account["Carl"]]}, deal["decision"]["value"]),
    ):
        shares = (await graphql.data(ATTRIBUTE, {"input": {"opportunityId": account["deal"], **given}}))[
            "attribution"
        ]
        assert sum(one["value"] for one in shares) == pytest.approx(total, abs=1e-12)


async def test_a_committee_of_nobody_and_one_of_enemies_are_answered(graphql, account):
    async def seated(name: str, *members: str) -> dict:
        made = await did(
            graphql, "upsertOpportunity", shown="opportunity { id }", name=name, companyId=account["company"]
        )
        deal = made["opportunity"]["id"]
        for member in members:
            await did(graphql, "addCommitteeMember", opportunityId=deal, personId=account[member])
            await did(graphql, "recordObservation", opportunityId=deal, aboutId=account[member], value=-0.9)
        return (await graphql.data(WHOLE, {"id": deal}))["opportunity"]

    nobody = await seated("Nobody")
    assert nobody["committee"] == [] and nobody["entryPaths"] == [] and nobody["outlook"]["probability"] == 0
    assert {flag["kind"] for flag in nobody["redFlags"]} == {"role_not_covered", "no_coach"}
    alone = await seated("One", "Dan")
    assert len(alone["committee"]) == 1 and alone["camps"]["groups"] == []
    enemies = await seated("Enemies", "Ann", "Bea", "Carl", "Dan")
    assert enemies["outlook"]["probability"] < 0.01 and enemies["decision"]["value"] < 0
    inside = {member["person"]["id"] for member in enemies["committee"]}
    between = {each["id"] for one in enemies["entryPaths"] for each in one["route"]["connectors"]}
    assert between and not between & inside, "no way leads through an enemy"


async def test_what_makes_no_sense_is_refused_and_says_what_to_correct(graphql, account):
    deal = account["deal"]

    async def refused(name: str, /, **given) -> tuple[str, str | None]:
        payload = await asked(graphql, name, **given)
        assert len(payload["errors"]) == 1 and payload["errors"][0]["message"]
        return payload["errors"][0]["code"], payload["errors"][0]["field"]

    at = {"opportunityId": deal}
    assert await refused("upsertOpportunity", name="No company") == ("REQUIRED", "companyId")
    for name in ("approveThreshold", "stopThreshold", "againstThreshold"):
        wrong = {"name": "X", "companyId": account["company"], name: 2.0}
        assert await refused("upsertOpportunity", **wrong) == ("INVALID", name)
    assert await refused("upsertOpportunity", name="X", companyId="none") == ("NOT_FOUND", "companyId")
    assert await refused("addCommitteeMember", opportunityId="none", personId=account["Ann"]) == (
        "NOT_FOUND",
        "opportunityId",
    )
    assert await refused("addCommitteeMember", **at, personId="none") == ("NOT_FOUND", "personId")
    stance = {**at, "aboutId": account["Ann"]}
    assert await refused("recordObservation", **stance, value=1.5) == ("INVALID", "value")
    assert await refused("recordObservation", **stance, value=0.5, reliability=1.5) == (
        "INVALID",
        "reliability",
    )
    assert (await refused("recordObservation", **stance, value=0.5, on=days_ago(-3))) == ("INVALID", "on")
    pair = {**at, "fromId": account["Ann"], "toId": account["Ann"], "kind": "FRIENDSHIP"}
    assert (await refused("declareAlliance", **pair))[0] == "INVALID"
    pair["toId"] = account["Bea"]
    assert (await refused("declareAlliance", **pair, strength=1.5))[0] == "INVALID"
    assert (await refused("recordSignal", kind="VISIT"))[0] == "INVALID"
    assert (await refused("recordSignal", kind="VISIT", personId=account["Ann"], weight=99.0))[0] == "INVALID"
    assert (await refused("requestIntroduction", path=[account["Ida"], account["Ann"]]))[0] == "INVALID"
    assert (await refused("updateIntroduction", id="none", state="ASKED"))[0] == "NOT_FOUND"
    assert (
        await refused("decideSuggestedAlliance", **at, aId=account["Ann"], bId=account["Ann"], confirmed=True)
    )[0] == "INVALID"
    for change in (
        {},
        {"addMember": {"personId": account["Ann"]}},
        {"setStance": {"personId": account["Ann"], "value": 2.0}},
        {
            "addAlliance": {
                "fromId": account["Ann"],
                "toId": account["Ann"],
                "kind": "RIVALRY",
                "strength": 0.5,
            }
        },
        {
            "addAlliance": {
                "fromId": account["Ann"],
                "toId": account["Bea"],
                "kind": "RIVALRY",
                "strength": 1.5,
            }
        },
        {"removeAlliance": {"fromId": account["Ann"], "toId": account["Dan"]}},
    ):
        error = await graphql.error(SIMULATE, {"input": {"opportunityId": deal, "changes": [change]}})
        assert error["code"] == "BAD_REQUEST", change
    for given in ({"most": 9}, {"first": -2}):
        error = await graphql.error(COUNTER, {"input": {**at, "personId": account["Carl"], **given}})
        assert error["code"] == "BAD_REQUEST"
    assert error["message"] == "first is 0 or more."
    error = await graphql.error(COUNTER, {"input": {**at, "personId": account["Carl"], "first": 26}})
    assert (error["code"], error["limit"]) == ("LIMIT_EXCEEDED", "first")
    assert (await graphql.error(ATTRIBUTE, {"input": {"opportunityId": "none"}}))["code"] == "NOT_FOUND"
    one = "query($id: ID!) { opportunity(id: $id) { id camps(groups: 0) { violated } } }"
    assert (await graphql.error(one, {"id": deal}))["code"] == "BAD_REQUEST"
    assert (await graphql.data(one, {"id": "none"}))["opportunity"] is None


async def test_who_does_not_sit_on_the_committee_is_not_found_everywhere(graphql, account):
    at, olaf = {"opportunityId": account["deal"]}, account["Olaf"]
    references = "query($id: ID!, $p: ID!) { opportunity(id: $id) { references(personId: $p) { score } } }"
    told = [
        await graphql.error(SIMULATE, {"input": {**at, "changes": [{"removeMember": {"personId": olaf}}]}}),
        await graphql.error(COUNTER, {"input": {**at, "personId": olaf}}),
        await graphql.error(ATTRIBUTE, {"input": {**at, "personId": olaf}}),
        await graphql.error(ATTRIBUTE, {"input": {**at, "among": [olaf]}}),
        await graphql.error(references, {"id": account["deal"], "p": olaf}),
    ]
    pair = {"aId": account["Ann"], "bId": olaf, "confirmed": True}
    for name, field, given in (
        ("recordObservation", "aboutId", {"aboutId": olaf, "value": 0.5}),
        ("recordRole", "personId", {"personId": olaf, "role": "COACH"}),
        ("confirmRole", "personId", {"personId": olaf, "role": "COACH"}),
        ("setInfluence", "personId", {"personId": olaf, "influence": "HIGH"}),
        ("decideSuggestedAlliance", "bId", pair),
    ):
        (error,) = (await asked(graphql, name, **at, **given))["errors"]
        assert error["field"] == field
        told.append(error)
    assert {one["code"] for one in told} == {"NOT_FOUND"}
    assert {one["message"] for one in told} == {"This person does not sit on the committee: add them first."}


async def test_an_introduction_needs_a_path(graphql, account):
    ida, bea, dan = account["Ida"], account["Bea"], account["Dan"]
    for path, code, field in (
        ([], "INVALID", "path"),
        ([ida], "INVALID", "path"),
        ([ida, ida], "INVALID", "path"),
        ([ida, bea, ida], "INVALID", "path"),
        ([ida, bea, account["Ann"], account["Carl"], dan, account["Jon"]], "INVALID", "path"),
        ([ida, "none"], "NOT_FOUND", "path.1"),
        (["none", bea], "NOT_FOUND", "path.0"),
        ([bea, account["Ann"]], "INVALID", "path.0"),
    ):
        (error,) = (await asked(graphql, "requestIntroduction", path=path))["errors"]
        assert (error["code"], error["field"]) == (code, field), path
        assert error["message"]


async def test_a_sign_keeps_the_meaning_of_its_kind(graphql, account):
    ann = {"personId": account["Ann"]}
    for kind, weight in (("VISIT", -4.0), ("VISIT", 5.5), ("OTHER", -5.5), ("UNSUBSCRIBE", 1.0)):
        (error,) = (await asked(graphql, "recordSignal", **ann, kind=kind, weight=weight))["errors"]
        assert (error["code"], error["field"]) == ("INVALID", "weight") and error["message"]
    for kind, weight in (("VISIT", 0.0), ("VISIT", 5.0), ("OTHER", -5.0), ("UNSUBSCRIBE", -1.0)):
        assert (await did(graphql, "recordSignal", shown="id", **ann, kind=kind, weight=weight))["id"]


async def test_a_persona_says_something(graphql, account):
    for given in ({}, {"evidence": "a talk"}):
        (error,) = (await asked(graphql, "setPersona", personId=account["Ann"], **given))["errors"]
        assert error["code"] == "REQUIRED" and "goals" in error["message"]
    for given in ({"goals": "Quiet nights"}, {"goals": None}, {"experience": "NOVICE"}):
        assert (await did(graphql, "setPersona", shown="person { id }", personId=account["Ann"], **given))[
            "person"
        ]


async def test_a_plan_says_what_speaks_against_it(graphql, account):
    await did(
        graphql, "confirmRole", opportunityId=account["deal"], personId=account["Ann"], role="ECONOMIC_BUYER"
    )
    await heard(graphql, account, "Bea", 0.5)

    async def notes(against: str) -> list[str]:
        given = {"input": {"opportunityId": account["deal"], "personId": account[against]}}
        plans = (await graphql.data(COUNTER, given))["counterbalance"]
        assert plans
        for plan in plans:
            fell = round(plan["outlook"]["probability"], 3) < round(plan["outlookBefore"]["probability"], 3)
            assert any("outlook falls" in one for one in plan["notes"]) == fell
        return [one for one in plans[0]["notes"] if "outlook" not in one]

    assert "not against us" in (await notes("Dan"))[0]
    assert "not certain" in (await notes("Carl"))[0]
    await heard(graphql, account, "Carl", -0.8)
    assert await notes("Carl") == []


async def test_rights_on_stances(graphql, account):
    for name, grants in (("reader", {"stances:read"}), ("noter", {"stances:write", "recordObservation"})):
        graphql.callers[name] = Caller(key_id=name, name=name, role=Role.PLUGIN, mutations=frozenset(grants))
    plain = "query($id: ID!) { opportunity(id: $id) { name company { name } } }"
    assert (await graphql.data(plain, {"id": account["deal"]}, who="plugin"))["opportunity"]["name"]
    stance = "query($id: ID!) { opportunity(id: $id) { committee { stance { mean } } } }"
    assert (await graphql.error(stance, {"id": account["deal"]}, who="plugin"))["code"] == "FORBIDDEN"
    assert (await graphql.data(stance, {"id": account["deal"]}, who="reader"))["opportunity"]["committee"]
    given = {"opportunityId": account["deal"], "aboutId": account["Ann"], "value": 0.3}
    noted = await asked(graphql, "recordObservation", who="noter", shown="id", **given)
    assert noted["id"] and noted["errors"] == []
    text = "mutation($input: RecordObservationInput!) { recordObservation(input: $input) { id } }"
    assert (await graphql.error(text, {"input": given}, who="reader"))["code"] == "FORBIDDEN"
    blind = "mutation($input: RecordObservationInput!) { recordObservation(input: $input) { member { onOthers } } }"
    assert (await graphql.error(blind, {"input": given}, who="noter"))["code"] == "FORBIDDEN"


async def test_a_mutation_sent_again_is_done_once(graphql, account):
    given = {
        "opportunityId": account["deal"],
        "aboutId": account["Ann"],
        "value": 0.3,
        "idempotencyKey": "k1",
    }
    first = await did(graphql, "recordObservation", shown="id", **given)
    again = await did(graphql, "recordObservation", shown="id", **given)
    assert first["id"] == again["id"]
    other = await asked(graphql, "recordObservation", shown="id", **{**given, "value": 0.4})
    assert other["errors"][0]["code"] == "IDEMPOTENCY_KEY_REUSED"
    without = {name: value for name, value in given.items() if name != "idempotencyKey"}
    assert (await did(graphql, "recordObservation", shown="id", **without))["id"] == first["id"]
    deal = await whole(graphql, account)
    notes = [one for one in members(deal)["Ann"]["stance"]["contributions"] if one["about"]]
    assert [(one["value"], one["author"]) for one in notes] == [(0.3, "Admin")]
    asking = {
        "opportunityId": account["deal"],
        "path": [account["Jon"], account["Olaf"], account["Carl"]],
        "idempotencyKey": "k2",
    }
    shown = "introduction { id state probability kinds draft people { id } history { state on author note } }"
    one = await did(graphql, "requestIntroduction", shown=shown, **asking)
    two = await did(graphql, "requestIntroduction", shown=shown, **asking)
    assert one == two and one["introduction"]["probability"] == pytest.approx(0.72)
    assert one["introduction"]["draft"].startswith("Hello Olaf Outside,")


async def test_introductions_move_on_and_teach(graphql, account):
    shown = "introduction { id state history { state } }"
    path = [account["Jon"], account["Olaf"], account["Carl"]]
    intro = await did(graphql, "requestIntroduction", shown=shown, opportunityId=account["deal"], path=path)
    found = intro["introduction"]["id"]
    refused = await asked(graphql, "updateIntroduction", shown=shown, id=found, state="MET")
    assert (refused["errors"][0]["code"], refused["errors"][0]["field"]) == ("INVALID", "state")
    for state in ("ASKED", "ACCEPTED", "INTRODUCED", "MET"):
        moved = await did(graphql, "updateIntroduction", shown=shown, id=found, state=state, note="by mail")
    assert [one["state"] for one in moved["introduction"]["history"]][-2:] == ["INTRODUCED", "MET"]
    told = (
        await graphql.data(
            "{ calibration { cases brier restsOn table { cases } rates { kind step mean published successes } } }"
        )
    )["calibration"]
    assert told["cases"] == 1 and told["brier"] == pytest.approx((1 - 0.72) ** 2)
    assert "far too few" in told["restsOn"] and sum(row["cases"] for row in told["table"]) == 1
    known = {(one["kind"], one["step"]): one for one in told["rates"]}["DeclaredAlliance", "know"]
    assert known["successes"] == 1 and known["mean"] > known["published"] == 0.7
    carl = next(
        one
        for one in (await whole(graphql, account))["coverage"]["members"]
        if one["person"]["id"] == account["Carl"]
    )
    assert carl["probability"] == 1.0


async def test_suggestions_are_asked_and_decided(graphql, account):
    deal = await whole(graphql, account)
    pairs = {frozenset((one["a"]["id"], one["b"]["id"])) for one in deal["suggestedAlliances"]}
    it = frozenset((account["Carl"], account["Dan"]))
    assert it in pairs and frozenset((account["Ann"], account["Bea"])) not in pairs
    strength = next(
        one["strength"] for one in deal["suggestedAlliances"] if {one["a"]["id"], one["b"]["id"]} == it
    )
    given = {"opportunityId": account["deal"], "aId": account["Carl"], "bId": account["Dan"]}
    shown = "opportunity { suggestedAlliances { a { id } b { id } } alliances { kind strength a { id } b { id } } }"
    no = (await did(graphql, "decideSuggestedAlliance", shown=shown, **given, confirmed=False))["opportunity"]
    assert it not in {frozenset((one["a"]["id"], one["b"]["id"])) for one in no["suggestedAlliances"]}
    assert len(no["alliances"]) == 2
    yes = (
        await did(graphql, "decideSuggestedAlliance", shown=shown, **given, confirmed=True, strength=strength)
    )["opportunity"]
    made = [one for one in yes["alliances"] if {one["a"]["id"], one["b"]["id"]} == it]
    assert [(one["kind"], one["strength"]) for one in made] == [("AFFINITY", strength)]


async def test_opportunities_come_in_pages(graphql, account):
    for name in ("Zeta", "Alpha", "Beta"):
        await did(
            graphql, "upsertOpportunity", shown="opportunity { id }", name=name, companyId=account["company"]
        )
    text = """query($c: ID, $after: String) { opportunities(companyId: $c, first: 2, after: $after) {
      nodes { name company { id } } totalCount pageInfo { hasNextPage endCursor } } }"""
    names, after = [], None
    while True:
        page = (await graphql.data(text, {"c": account["company"], "after": after}))["opportunities"]
        names += [one["name"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert names == ["Alpha", "Beta", "Network rollout", "Zeta"] and page["totalCount"] == 4
    assert (await graphql.data(text, {"c": "none"}))["opportunities"]["nodes"] == []


async def test_empty_small_hostile_and_torn_committees_are_answered(graphql, account):
    bare = await did(
        graphql, "upsertOpportunity", shown="opportunity { id }", name="Bare", companyId=account["company"]
    )
    ids = {**account, "deal": bare["opportunity"]["id"]}
    empty = await whole(graphql, ids)
    assert (
        empty["committee"] == [] and empty["coverage"]["mean"] == 0 and empty["outlook"]["probability"] == 0
    )
    await did(graphql, "addCommitteeMember", opportunityId=ids["deal"], personId=ids["Olaf"])
    alone = await whole(graphql, ids)
    assert len(alone["committee"]) == 1 and alone["committee"][0]["onOthers"] == 0
    assert "role_not_covered" in {flag["kind"] for flag in alone["redFlags"]}
    for name in ("Ann", "Bea", "Carl", "Dan"):
        await heard(graphql, account, name, -1.0)
    against = await whole(graphql, account)
    assert all(one["stance"]["mean"] < 0 for one in against["committee"])
    assert against["outlook"]["probability"] < 0.05
    given = {"input": {"opportunityId": account["deal"], "personId": account["Carl"]}}
    assert (await graphql.data(COUNTER, given))["counterbalance"] == []
    # Friends and rivals at once: netted, not refused.
    await did(
        graphql,
        "declareAlliance",
        fromId=account["Ann"],
        toId=account["Bea"],
        kind="RIVALRY",
        strength=0.4,
        opportunityId=account["deal"],
    )
    torn = await whole(graphql, account)
    assert torn["camps"]["violated"] >= 0.4
