"""What requests leave behind in the audit: who, what, whom; refusals and failures too; never what was said."""

import re
from dataclasses import asdict
from io import StringIO

import pytest
import strawberry
from rich.console import Console

from graph.model.entities import Person
from graph.model.identities import email_identity
from graph.model.records import Record, Source
from graph.privacy.audit import CHANGED, DONE, EXPORTED, FAILED, REFUSED, SHOWN, AuditEvent, write_events
from graph.records.views import FactRef
from graph.records.writing import write_records
from service.api import build_schema
from service.audit.noting import PEOPLE_FIELDS, note_export, note_people, noting, people_named
from service.cli.audit import events_table
from service.security.caller import Caller, Role
from service.security.keys import create_key, revoke_key

ANNA = "0192f0c0-0000-7000-8000-00000000000a"
BELA = "0192f0c0-0000-7000-8000-00000000000b"


@pytest.fixture
async def known(graphql):
    """Ids of two people by name."""
    records = [
        Record(name, (Person(identities=(email_identity(f"{name}@mail.example"),), name=name.title()),))
        for name in ("anna", "bela")
    ]
    await write_records(graphql.engine, Source(name="crm", dataset="crm:people", run="r1"), records)
    found = await graphql.data('{ searchPeople(text: "a") { nodes { id name } } }')
    rest = await graphql.data('{ searchPeople(text: "b") { nodes { id name } } }')
    graphql.audited.clear()
    return {one["name"]: one["id"] for page in (found, rest) for one in page["searchPeople"]["nodes"]}


async def test_who_is_shown_is_noted_once_a_request(graphql, known):
    anna, bela = known["Anna"], known["Bela"]
    await graphql.data(
        f'{{ a: person(id: "{anna}") {{ name }} again: person(id: "{anna}") {{ id }} '
        'peopleByRef(refs: [{email: "bela@mail.example"}]) { person { name } } }',
        who="member",
    )
    (event,) = graphql.audited
    assert (event.actor, event.role, event.kind, event.outcome) == ("k-member", "member", SHOWN, DONE)
    assert event.actions == ("Query.peopleByRef", "Query.person")
    assert (event.people, event.concerned) == (tuple(sorted((anna, bela))), 2)
    assert event.request_id


async def test_a_change_is_noted_whoever_it_is_about(graphql, known):
    await graphql.data('mutation { upsertCompany(input: {name: "Helvion"}) { errors { code } } }')
    assert [(one.kind, one.actions) for one in graphql.audited] == [(CHANGED, ("Mutation.upsertCompany",))]


async def test_nobody_shown_leaves_nothing(graphql, known):
    await graphql.data(f'{{ viewer {{ keyName }} person(id: "{ANNA}") {{ name }} }}')
    await graphql.data(
        '{ searchCompanies(text: "x") { nodes { name } } searchPeople(text: "zzz") { nodes { id } } }'
    )
    assert graphql.audited == []


async def test_changes_name_whom_they_are_about_and_no_word_of_what_they_say(graphql, known):
    anna, bela = known["Anna"], known["Bela"]
    told = {"fromId": anna, "toId": bela, "kind": "FRIENDSHIP", "strength": 0.7123456789}
    await graphql.data(
        "mutation($i: DeclareAllianceInput!) { declareAlliance(input: $i) { errors { code } } }", {"i": told}
    )
    (event,) = graphql.audited
    assert (event.kind, event.outcome, set(event.people)) == (CHANGED, DONE, {anna, bela})
    assert "FRIENDSHIP" not in str(asdict(event)) and "7123456789" not in str(asdict(event))


async def test_a_change_that_fails_is_noted_as_failed(graphql, known):
    told = {"fromId": known["Anna"], "toId": ANNA, "kind": "FRIENDSHIP"}
    await graphql.data(
        "mutation($i: DeclareAllianceInput!) { declareAlliance(input: $i) { errors { code } } }", {"i": told}
    )
    assert [(one.outcome, known["Anna"] in one.people) for one in graphql.audited] == [(FAILED, True)]


@pytest.mark.parametrize(
    ("operation", "people"),
    [
        (f'mutation {{ removePerson(id: "{ANNA}") {{ removed }} }}', (ANNA,)),
        (f'{{ audit(personId: "{ANNA}") {{ nodes {{ id }} }} }}', (ANNA,)),
        (f'{{ subjectAccess(personId: "{ANNA}") {{ document }} }}', (ANNA,)),
    ],
)
async def test_refusals_are_noted_with_whom_they_were_about(graphql, operation, people):
    await graphql.error(operation, who="plugin")
    (event,) = graphql.audited
    assert (event.outcome, event.people, event.actor) == (REFUSED, people, "k-plugin")


async def test_a_refused_field_is_noted(graphql, known):
    company = 'mutation { upsertCompany(input: {name: "Helvion"}) { company { id } } }'
    made = await graphql.data(company)
    told = {"name": "Deal", "companyId": made["upsertCompany"]["company"]["id"]}
    query = "mutation($i: UpsertOpportunityInput!) { upsertOpportunity(input: $i) { opportunity { id } } }"
    deal = (await graphql.data(query, {"i": told}))["upsertOpportunity"]["opportunity"]["id"]
    graphql.audited.clear()
    await graphql.post(f'{{ opportunity(id: "{deal}") {{ camps {{ violated }} }} }}', who="plugin")
    assert [(one.outcome, one.actions) for one in graphql.audited] == [(REFUSED, ("Query.opportunity",))]


async def test_an_access_request_is_an_export_and_so_told(graphql, known):
    anna = known["Anna"]
    answer = await graphql.data(f'{{ subjectAccess(personId: "{anna}") {{ json document }} }}')
    assert answer["subjectAccess"]["json"]["person"]["name"] == "Anna"
    assert answer["subjectAccess"]["document"].startswith("# What is held about Anna")
    assert await graphql.data(f'{{ subjectAccess(personId: "{ANNA}") {{ json }} }}') == {
        "subjectAccess": None
    }
    assert [(one.kind, one.people) for one in graphql.audited] == [(EXPORTED, (anna,))]


async def test_what_a_key_did_is_found_by_its_id_prefix_or_name_and_told_with_its_name(graphql):
    query = "query($by: ID!) { audit(by: $by) { totalCount nodes { by keyName } } }"
    made = await create_key(graphql.engine, name="Helvion plugin", role=Role.PLUGIN)
    event = AuditEvent.now(actor=made.id, role="plugin", kind=SHOWN, outcome=DONE, actions=("Query.person",))
    await write_events(graphql.engine, [event])
    for meant in (made.id, made.secret[:16], made.secret[:16] + "…", "Helvion plugin"):
        found = (await graphql.data(query, {"by": meant}))["audit"]
        assert found == {"totalCount": 1, "nodes": [{"by": made.id, "keyName": "Helvion plugin"}]}
    assert (await graphql.data(query, {"by": "command line"}))["audit"]["totalCount"] == 0
    unknown = await graphql.error(query, {"by": "nobody"})
    assert unknown["code"] == "NOT_FOUND" and 'No key is called "nobody"' in unknown["message"]
    await create_key(graphql.engine, name="Helvion plugin", role=Role.PLUGIN)
    assert (await graphql.error(query, {"by": "Helvion plugin"}))["code"] == "BAD_REQUEST"
    await revoke_key(graphql.engine, made.id)
    assert (await graphql.data(query, {"by": "Helvion plugin"}))["audit"]["totalCount"] == 0
    assert (await graphql.data(query, {"by": made.id}))["audit"]["totalCount"] == 1


def test_the_command_tells_events_in_80_columns_and_breaks_no_word():
    said = {"role": "plugin", "kind": SHOWN}
    events = [
        AuditEvent.now(
            actor="k",
            outcome=DONE,
            actions=("Query.searchPeople", "Query.warmPaths"),
            people=(ANNA, BELA),
            **said,
        ),
        AuditEvent.now(
            actor="command line",
            outcome=REFUSED,
            actions=("Mutation.withdrawIntroduction",),
            people=(ANNA,),
            **said,
        ),
    ]
    out = Console(width=80, record=True, file=StringIO())
    out.print(events_table(events, {"k": "Key of the Helvion plugin"}, {ANNA: "Anastasia Montecarpo-Quill"}))
    lines = out.export_text().splitlines()
    assert max(map(len, lines)) <= 80, lines
    words = {word for line in lines for word in line.split()}
    assert words >= {
        "withdrawIntroduction",
        "searchPeople",
        "warmPaths",
        "Helvion",
        "Montecarpo-Quill",
        "refused",
    }
    assert any(line.startswith(events[0].at[:16].replace("T", " ")) for line in lines)


async def test_without_a_key_there_is_nobody_to_note(graphql):
    await graphql.post("{ viewer { keyName } }", who=None)
    assert graphql.audited == []


# --- what inputs name ---


def test_people_in_inputs_are_found_by_name_of_field_and_nothing_else_is_kept():
    company = {"company_id": BELA, "opportunity_id": BELA, "name": "Anna", "evidence": f"see {ANNA}"}
    assert people_named("Mutation.recordEmployment", {"input": {**company, "person_id": ANNA}}) == {ANNA}
    assert people_named("Mutation.requestIntroduction", {"input": {"path": [ANNA, BELA]}}) == {ANNA, BELA}
    assert people_named("Mutation.removePerson", {"id": ANNA}) == {ANNA}
    assert people_named("Mutation.removeCompany", {"id": ANNA}) == set()
    assert people_named("Mutation.setTeamMember", {"person_id": "'; anything"}) == set()
    assert people_named("Mutation.removeAlliance", {"id": FactRef("ALLIED", ANNA, BELA, "").token}) == {
        ANNA,
        BELA,
    }


OTHER_IDS = {"companyId", "parentId", "opportunityId", "projectId", "id", "runId"}


def test_every_id_that_an_operation_takes_is_known_as_somebodys_or_not():
    core = build_schema()._schema
    named = set()
    for kind in core.type_map.values():
        fields = getattr(kind, "fields", {})
        if kind.name.startswith("__"):
            continue
        for name, field in fields.items():
            inputs = {name: field} if not hasattr(field, "args") else field.args
            named |= {each for each, one in inputs.items() if re.sub(r"[\[\]!]", "", str(one.type)) == "ID"}
    snake = {re.sub(r"([A-Z])", r"_\1", name).lower() for name in named - OTHER_IDS - {"from", "by"}}
    assert snake <= PEOPLE_FIELDS, "add it to PEOPLE_FIELDS, or here to OTHER_IDS"


def test_requests_beside_each_other_note_apart():
    with noting() as outer:
        note_people([ANNA])
        with noting() as inner:
            note_people([BELA])
            note_export()
        note_people([])
    assert (outer.people, outer.kind, inner.people, inner.kind) == ({ANNA}, SHOWN, {BELA}, EXPORTED)
    note_people([ANNA])


def test_a_person_type_cannot_be_made_unnoticed():
    from service.api.people import Person as Shown

    with noting() as noted:
        Shown(id=strawberry.ID(ANNA), name="n", headline=None, location=None, is_team_member=False)
    assert noted.people == {ANNA}
    assert Caller(key_id="k", name="n", role=Role.ADMIN).is_admin
