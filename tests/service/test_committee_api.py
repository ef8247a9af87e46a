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
    stance {{ mean low high sd contributions {{ cause share about {{ id }} informant {{ id }} value source author on }} }}
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
  entryPaths {{ side change worth words friend {{ id }} {ROUTE} }}
  references {{ {PEOPLE} member {{ id }} score knowsUs knowsMember hostile teamMember {{ id }} }}
  teamAssignment {{ total owners {{ teamMember {{ id }} member {{ id }} strength {ROUTE} }} without {{ id }}
    shares {{ teamMember {{ id }} share }} soleOwners {{ member {{ id }} }} carriedBy {{ {PEOPLE} members {{ id }} }} }}
  segments {{ experience style members {{ {PEOPLE} wants unknown }} shared }}
  introductions {{ id state people {{ id }} history {{ state on author }} }}
}} }}"""
ERRORS = "errors { code message field }"
UPSERT = f"mutation($input: UpsertOpportunityInput!) {{ upsertOpportunity(input: $input) {{ opportunity {{ id name stage amount }} {ERRORS} }} }}"
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
    payload = await did(
        graphql, "upsertPerson", shown="person { id }", name=name, emails=[address], **more
    )
    return payload["person"]["id"]


@pytest.fixture
async def account(graphql):
    """Ann the economic buyer, Bea our friend, Carl her rival and against us, Dan a coach; Ida and Jon of ours."""
    company = (await did(graphql, "upsertCompany", shown="company { id }", name="Helvion GmbH", headcount=40))[
        "company"
    ]["id"]
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
        assert sum(one["share"] for one in stance["contributions"]) == pytest.approx(stance["mean"], abs=1e-12)
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
