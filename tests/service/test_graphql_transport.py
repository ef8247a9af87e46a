"""The endpoint itself: who gets in, what it refuses, and how it says so."""

import asyncio
import json
import logging

import pytest
from graphql import get_introspection_query, get_named_type, is_leaf_type
from httpx import Response
from starlette.websockets import WebSocketDisconnect

from graph.engine import EngineUnavailable
from service.api import build_schema
from service.api.schema import root_fields
from service.security.permissions import OPERATIONS, allowed

SECRET = "Anna Secretperson"
VIEWER = "{ viewer { keyName role operations person { id } } }"


class Broken:
    """An engine whose every use fails."""

    statements_sent = 0

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def read(self, *_: object, **__: object):
        raise self.error

    write = transact = snapshot = read


@pytest.fixture
async def broken(serve_graphql):
    async with serve_graphql(Broken(ValueError(SECRET))) as serving:
        yield serving


def told(answer: Response) -> dict:
    body = answer.json()
    assert body["data"] is None and len(body["errors"]) == 1
    extensions = body["errors"][0]["extensions"]
    assert extensions["requestId"] == answer.headers["x-request-id"]
    return extensions


async def test_the_viewer_is_the_key(broken):
    viewer = (await broken.data(VIEWER, who="plugin"))["viewer"]
    assert viewer["role"] == "PLUGIN" and viewer["person"] is None
    assert "warmPaths" in viewer["operations"] and "upsertPerson" not in viewer["operations"]


@pytest.mark.parametrize("who", [None, "unknown"])
@pytest.mark.parametrize("query", [VIEWER, "{ __typename }", get_introspection_query(), "{ nonsense"])
async def test_nothing_is_answered_without_a_key(broken, who, query: str):
    answer = await broken.post(query, who=who)
    assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
    assert told(answer)["code"] == "UNAUTHENTICATED"


async def test_introspection_works_with_a_key(broken):
    assert (await broken.data(get_introspection_query(), who="plugin"))["__schema"]["queryType"][
        "name"
    ] == "Query"


# Fields that want one of several arguments, none of which is needed by itself.
ONE_OF = {"Query.audit": 'personId: "p"'}


async def test_every_root_field_with_every_role_and_none(broken):
    """The endpoint agrees with the table: whoever may not call a field is told so before anything is read."""
    schema = build_schema()._schema
    for name in root_fields(build_schema()):
        kind, _, field = name.partition(".")
        if kind == "Subscription":
            continue
        definition = schema.get_type(kind).fields[field]
        given = ", ".join(
            f"{a}: {SAMPLES[str(arg.type)]}" for a, arg in definition.args.items() if needed(arg)
        )
        given = given or ONE_OF.get(name, "")
        told = "" if is_leaf_type(get_named_type(definition.type)) else "{ __typename }"
        operation = f"{kind.lower()} {{ {field}{f'({given})' if given else ''} {told} }}"
        for who, caller in [*broken.callers.items(), (None, None)]:
            answer = (await broken.post(operation, who=who)).json()
            codes = [each["extensions"]["code"] for each in answer.get("errors", [])]
            if caller is None:
                assert codes == ["UNAUTHENTICATED"], name
            elif allowed(caller, name):
                assert "FORBIDDEN" not in codes and "BAD_REQUEST" not in codes, (name, who, answer)
            else:
                assert codes == ["FORBIDDEN"], (name, who, answer)


def needed(argument) -> bool:
    return (str(argument.type).endswith("!") and argument.default_value is None) or str(
        argument.type
    ) in SAMPLES


SAMPLES = {
    "ID!": '"x"',
    "Date!": '"2026-01"',
    "[ID!]!": '["x"]',
    "[String!]!": '["x@y.example"]',
    "VerifyFactInput!": '{id: "x"}',
    "SuppressInput!": '{people: ["x@y.example"], eraseStored: false}',
    "ErasePersonInput!": '{personId: "x", confirm: true}',
    "DeclareSubsidiaryInput!": '{companyId: "x", parentId: "y"}',
    "MergePeopleInput!": '{keptId: "x", otherId: "y", force: false}',
    "SplitPersonInput!": '{personId: "x", formerId: "y"}',
    "KeepApartInput!": '{aId: "x", bId: "y"}',
    "UndoImportInput!": '{runId: "x"}',
    "String!": '"x"',
    "Boolean!": "true",
    "[PersonRefInput!]!": '[{name: "x"}]',
    "WarmPathsInput!": '{target: {personId: "x"}}',
    "UpsertPersonInput!": '{name: "x", emails: ["x@y.example"]}',
    "UpsertCompanyInput!": '{name: "x"}',
    "UpsertProjectInput!": '{name: "x"}',
    "RecordEmploymentInput!": '{personId: "x", companyId: "y"}',
    "RecordProjectRoleInput!": '{personId: "x", projectId: "y"}',
    "RecordInteractionInput!": '{fromId: "x", toId: "y", channel: "email"}',
    "DeclareAllianceInput!": '{fromId: "x", toId: "y", kind: FRIENDSHIP}',
    "SimulateInput!": '{opportunityId: "x", changes: []}',
    "CounterbalanceInput!": '{opportunityId: "x", personId: "y"}',
    "AttributionInput!": '{opportunityId: "x"}',
    "UpsertOpportunityInput!": '{name: "x"}',
    "AddCommitteeMemberInput!": '{opportunityId: "x", personId: "y"}',
    "RemoveCommitteeMemberInput!": '{opportunityId: "x", personId: "y"}',
    "SetInfluenceInput!": '{opportunityId: "x", personId: "y", influence: HIGH}',
    "DecideSuggestedAllianceInput!": '{opportunityId: "x", aId: "y", bId: "z", confirmed: true}',
    "RecordRoleInput!": '{opportunityId: "x", personId: "y", role: COACH, value: 1, source: DIRECT}',
    "ConfirmRoleInput!": '{opportunityId: "x", personId: "y", role: COACH, holds: true}',
    "RecordObservationInput!": '{opportunityId: "x", aboutId: "y", value: 1, source: DIRECT}',
    "RecordSignalInput!": '{kind: VISIT, personId: "x"}',
    "SetPersonaInput!": '{personId: "x"}',
    "RequestIntroductionInput!": '{path: ["x", "y", "z"]}',
    "UpdateIntroductionInput!": '{id: "x", state: ASKED}',
}


def test_the_table_names_every_root_field_and_no_other():
    named = {name for name in OPERATIONS if name.startswith(("Query.", "Mutation.", "Subscription."))}
    assert named == set(root_fields(build_schema()))


# --- what is no operation ---


async def test_batches_are_refused(broken):
    answer = await broken.client.post("/graphql", json=[{"query": VIEWER}] * 2, headers=auth())
    assert answer.status_code == 400 and told(answer)["code"] == "BAD_REQUEST"


async def test_of_several_operations_one_must_be_named(broken):
    body = {"query": "query A { __typename } query B { b: __typename }"}
    for _ in range(2):  # the second time the document is known
        answer = await broken.client.post("/graphql", json=body, headers=auth())
        assert told(answer)["code"] == "BAD_REQUEST" and answer.json()["data"] is None
        named = await broken.client.post("/graphql", json=body | {"operationName": "B"}, headers=auth())
        assert named.json() == {"data": {"b": "Query"}}


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b'{"query": 5}', b"{}", b'{"query": "{a}", "variables": []}', b"5"]
)
async def test_what_is_no_graphql_request_is_a_bad_request(broken, body: bytes):
    headers = {**auth(), "Content-Type": "application/json"}
    answer = await broken.client.post("/graphql", content=body, headers=headers)
    assert answer.status_code == 400 and told(answer)["code"] == "BAD_REQUEST"


async def test_other_ways_in_are_closed(broken):
    client = broken.client
    by_get = await client.get("/graphql", params={"query": VIEWER}, headers=auth())
    assert by_get.status_code in (400, 405) and told(by_get)["code"] in ("BAD_REQUEST", "METHOD_NOT_ALLOWED")
    form = await client.post("/graphql", data={"query": VIEWER}, headers=auth())
    assert form.status_code == 400 and told(form)["code"] == "BAD_REQUEST"
    parts = {"operations": (None, json.dumps({"query": VIEWER})), "map": (None, "{}")}
    multipart = await client.post("/graphql", files=parts, headers=auth())
    assert multipart.status_code == 400 and told(multipart)["code"] == "BAD_REQUEST"
    subscription = await broken.post('subscription { importProgress(id: "x") { id } }')
    assert told(subscription)["code"] == "BAD_REQUEST"


async def test_a_large_body_is_refused(broken):
    answer = await broken.post("{ viewer { keyName } } #" + "x" * 300_000)
    assert answer.status_code == 413 and told(answer)["code"] == "BODY_TOO_LARGE"


async def test_graphiql_only_where_it_is_turned_on(broken, serve_graphql):
    html = {"Accept": "text/html"}
    assert (await broken.client.get("/graphql", headers=html)).status_code == 404
    async with serve_graphql(Broken(ValueError()), explore=True) as exploring:
        page = await exploring.client.get("/graphql", headers=html)
        assert page.status_code == 200 and "text/html" in page.headers["content-type"]
        assert (await exploring.post(VIEWER, who=None)).status_code == 401


# --- errors ---


async def test_an_unknown_field_says_so(broken):
    wrong = await broken.error("{ viewer { keyNam } }")
    assert wrong["code"] == "BAD_REQUEST" and "keyNam" in wrong["message"] and wrong["requestId"]
    assert (await broken.error("{ viewer { "))["code"] == "BAD_REQUEST"
    assert (await broken.error("{ searchPeople(text: 5) { nodes { id } } }"))["code"] == "BAD_REQUEST"


async def test_a_bug_is_masked_and_logged_without_its_text(broken, capsys, caplog):
    caplog.set_level(logging.DEBUG)
    wrong = await broken.error("query($id: ID!) { person(id: $id) { name } }", {"id": SECRET})
    assert wrong["code"] == "INTERNAL" and wrong["requestId"]
    logged = capsys.readouterr()
    assert "ValueError" in logged.out + logged.err
    assert SECRET not in json.dumps(wrong) + logged.out + logged.err + caplog.text


async def test_an_engine_that_is_down_is_an_error_never_an_empty_list(serve_graphql):
    async with serve_graphql(
        Broken(EngineUnavailable("the graph engine at bolt://10.0.0.7 is gone"))
    ) as graphql:
        for query in (
            '{ searchPeople(text: "x") { nodes { id } } }',
            '{ warmPaths(input: {target: {personId: "x"}}) { truncated } }',
        ):
            answer = await graphql.post(query)
            assert answer.status_code == 503 and answer.headers["retry-after"]
            assert told(answer)["code"] == "ENGINE_UNAVAILABLE" and "10.0.0.7" not in answer.text
        partly = (await graphql.post('{ viewer { keyName } person(id: "x") { id } }')).json()
        assert partly["data"] == {"viewer": {"keyName": "Admin"}, "person": None}
        assert partly["errors"][0]["path"] == ["person"]


async def test_the_deadline_is_a_typed_error(serve_graphql):
    class Slow:
        async def read(self, *_, **__):
            await asyncio.sleep(30)

    async with serve_graphql(Slow(), deadline_seconds=0.2) as graphql:
        answer = await graphql.post('{ person(id: "x") { id } }')
        assert answer.status_code == 504 and told(answer)["code"] == "DEADLINE_EXCEEDED"


async def test_a_page_over_the_limit_or_a_foreign_cursor_is_refused(broken):
    over = await broken.error('{ searchPeople(text: "x", first: 101) { nodes { id } } }')
    assert over["code"] == "LIMIT_EXCEEDED" and over["limit"] == "first"
    assert (await broken.error('{ searchPeople(text: "x", first: -1) { nodes { id } } }'))[
        "code"
    ] == "BAD_REQUEST"
    for cursor in ("x", "W10", "WzEsMl0", "é", "A" * 5000):
        wrong = await broken.error(
            'query($c: String) { searchPeople(text: "x", after: $c) { nodes { id } } }', {"c": cursor}
        )
        assert wrong["code"] == "BAD_REQUEST" and "after" in wrong["message"]
    refs = [{"email": f"p{i}@x.example"} for i in range(101)]
    many = await broken.error(
        "query($r: [PersonRefInput!]!) { peopleByRef(refs: $r) { person { id } } }", {"r": refs}
    )
    assert many["code"] == "LIMIT_EXCEEDED" and many["limit"] == "refs"


def auth(who: str = "admin") -> dict[str, str]:
    return {"Authorization": f"Bearer {who}"}


# --- subscriptions ---


class Runs:
    """An engine that knows one import, further on each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def read(self, name: str, **params):
        assert name == "imports/by_id"
        if params["id"] != "run-1":
            return []
        self.asked += 1
        state = "done" if self.asked > 2 else "running"
        run = {
            "id": "run-1",
            "state": state,
            "source": "s",
            "created_at": "2026-11-22",
            "progress": self.asked / 3,
        }
        return [{"run": run}]


@pytest.fixture
async def runs(serve_graphql, monkeypatch):
    monkeypatch.setattr("service.api.imports.LOOK_EVERY", 0.01)
    async with serve_graphql(Runs()) as serving:
        yield serving


PROGRESS = 'subscription { importProgress(id: "%s") { id state progress } }'


async def test_progress_is_followed_to_its_end(runs):
    messages = await conversation(runs, PROGRESS % "run-1", {"authorization": "Bearer admin"})
    states = [each["payload"]["data"]["importProgress"]["state"] for each in messages[:-1]]
    assert states == ["RUNNING", "RUNNING", "DONE"] and messages[-1]["type"] == "complete"


@pytest.mark.parametrize(
    ("query", "who", "code"),
    [
        (PROGRESS % "nothing", "admin", "NOT_FOUND"),
        (PROGRESS % "run-1", "plugin", "FORBIDDEN"),
        ("{ viewer { keyName } }", "admin", "BAD_REQUEST"),
        ("subscription { nothing }", "admin", "BAD_REQUEST"),
        ("subscription { " + "importProgress(id: 1) { id } " * 31 + "}", "admin", "LIMIT_EXCEEDED"),
    ],
)
async def test_a_refused_subscription_says_why(runs, query: str, who: str, code: str):
    messages = await conversation(runs, query, {"authorization": f"Bearer {who}"})
    payload = messages[0]["payload"]
    errors = payload if isinstance(payload, list) else payload["errors"]
    assert errors[0]["extensions"]["code"] == code and "requestId" in errors[0]["extensions"]


@pytest.mark.parametrize(
    ("params", "headers"),
    [({}, {}), ({"authorization": "Bearer nobody"}, {}), ({"authorization": 5}, {})],
)
async def test_a_websocket_without_a_key_is_closed(runs, params: dict, headers: dict):
    with pytest.raises(WebSocketDisconnect) as closed:
        await conversation(runs, PROGRESS % "run-1", params, headers)
    assert closed.value.code == 4403


async def test_a_websocket_from_a_foreign_page_or_in_the_old_protocol_is_refused(runs):
    with pytest.raises(WebSocketDisconnect):
        await conversation(runs, PROGRESS % "run-1", {}, {"origin": "https://evil.example", **auth()})
    with pytest.raises(WebSocketDisconnect) as old:
        await conversation(runs, PROGRESS % "run-1", {}, auth(), protocol="graphql-ws")
    assert old.value.code == 4406


async def conversation(
    graphql, query: str, params: dict, headers: dict | None = None, protocol: str = "graphql-transport-ws"
) -> list[dict]:
    """Open a WebSocket, subscribe once, and return the messages up to the end of the operation."""
    to_app: asyncio.Queue = asyncio.Queue()
    from_app: asyncio.Queue = asyncio.Queue()
    raw = [(k.lower().encode(), v.encode()) for k, v in {"host": "test", **(headers or {})}.items()]
    scope = {
        "type": "websocket",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "scheme": "ws",
        "headers": raw,
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
        "subprotocols": [protocol],
        "state": {},
    }
    task = asyncio.create_task(graphql.app(scope, to_app.get, from_app.put))
    sends = [
        {"type": "connection_init", "payload": params},
        {"id": "1", "type": "subscribe", "payload": {"query": query}},
    ]
    messages: list[dict] = []
    try:
        await to_app.put({"type": "websocket.connect"})
        while True:
            async with asyncio.timeout(10):
                event = await from_app.get()
            if event["type"] == "websocket.close":
                raise WebSocketDisconnect(event.get("code", 1000))
            if event["type"] == "websocket.accept":
                await to_app.put({"type": "websocket.receive", "text": json.dumps(sends.pop(0))})
                continue
            if event["type"] != "websocket.send":
                raise WebSocketDisconnect(1008)
            message = json.loads(event["text"])
            if message["type"] == "connection_ack":
                await to_app.put({"type": "websocket.receive", "text": json.dumps(sends.pop(0))})
                continue
            messages.append(message)
            if message["type"] in ("complete", "error"):
                return messages
    finally:
        await to_app.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(task, 10)
