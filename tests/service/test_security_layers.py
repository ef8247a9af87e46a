"""What each request passes: ids, body limit, deadline, masking, headers, CORS, logs. No engine needed."""

import asyncio
import io
import json
import logging

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from graph.engine import EngineUnavailable
from service.errors import ErrorCode, ServiceError
from service.settings import Settings
from service.web.layers import layers
from service.web.logs import configure_logs
from service.web.metrics import Metrics

SECRET = "Anna Secretperson"


async def echo(request: Request) -> Response:
    return JSONResponse({"size": len(await request.body()), "id": request.scope["state"]["request_id"]})


async def upload(request: Request) -> Response:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return JSONResponse({"size": size})


async def slow(request: Request) -> Response:
    await asyncio.sleep(30)
    return Response()


async def streamed(request: Request) -> Response:
    async def parts():
        for _ in range(4):
            yield b"x"
            await asyncio.sleep(0.1)

    return StreamingResponse(parts())


async def bug(request: Request) -> Response:
    raise ValueError(SECRET)


async def gone(request: Request) -> Response:
    raise EngineUnavailable("the graph engine at bolt://10.0.0.7 does not answer")


async def limited(request: Request) -> Response:
    raise ServiceError(ErrorCode.RATE_LIMITED, "Too much.", limit="cost per minute", retry_after=7)


def client_of(settings: Settings, metrics: Metrics | None = None, up: bool = True) -> httpx.AsyncClient:
    app = Starlette(
        routes=[
            Route("/echo/{id}", echo, methods=["POST"]),
            Route("/imports", upload, methods=["POST"]),
            Route("/slow", slow),
            Route("/graphql", slow, methods=["POST"]),
            Route("/streamed", streamed),
            Route("/bug", bug),
            Route("/gone", gone),
            Route("/limited", limited),
        ],
        middleware=layers(settings, metrics or Metrics(), engine_up=lambda: up),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://liaison")


def settings_of(**given: object) -> Settings:
    return Settings(max_body_bytes=1024, deadline_seconds=0.3, **given)


@pytest.fixture
async def client():
    async with client_of(settings_of()) as client:
        yield client


async def chunks(size: int, count: int):
    for _ in range(count):
        yield b"x" * size


async def test_every_response_has_our_request_id(client: httpx.AsyncClient):
    answer = await client.post("/echo/1", content=b"abc")
    assert answer.headers["X-Request-Id"] == answer.json()["id"] != ""
    again = await client.post("/echo/1")
    assert again.headers["X-Request-Id"] != answer.headers["X-Request-Id"]
    for path in ("/nowhere", "/bug", "/gone"):
        assert (await client.get(path)).headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("0193-abcdef", True),
        ("short", False),
        ("x" * 65, False),
        ("anna@example.org", False),
        ('id"injected', False),
        ("two words here", False),
    ],
)
async def test_a_sane_incoming_id_is_kept(client: httpx.AsyncClient, given: str, kept: bool):
    answer = await client.post("/echo/1", headers={"X-Request-Id": given})
    assert (answer.headers["X-Request-Id"] == given) is kept


async def test_a_body_over_the_limit_is_refused_declared_or_not(client: httpx.AsyncClient):
    assert (await client.post("/echo/1", content=b"x" * 1024)).json()["size"] == 1024
    assert (await client.post("/echo/1", content=chunks(256, 4))).json()["size"] == 1024
    for body in (b"x" * 1025, chunks(256, 5), chunks(1, 1025)):
        answer = await client.post("/echo/1", content=body)
        assert answer.status_code == 413
        error = answer.json()["error"]
        assert error["code"] == "BODY_TOO_LARGE" and error["limit"] == "body"
        assert error["requestId"] == answer.headers["X-Request-Id"]


async def test_a_lie_about_the_length_does_not_help(client: httpx.AsyncClient):
    answer = await client.post("/echo/1", content=chunks(1024, 2), headers={"Content-Length": "3"})
    assert answer.status_code == 413


async def test_uploads_count_for_themselves_and_take_their_time(client: httpx.AsyncClient):
    async def slowly():
        for _ in range(4):
            await asyncio.sleep(0.12)
            yield b"x" * 1024

    assert (await client.post("/imports", content=slowly())).json()["size"] == 4096
    # Only that route: a path that looks like it has the usual limit.
    assert (await client.post("/imports/x", content=chunks(1024, 2))).status_code == 413


async def test_the_deadline_is_a_typed_error(client: httpx.AsyncClient):
    answer = await client.post("/graphql", json={})
    assert answer.status_code == 504
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "DEADLINE_EXCEEDED"
    assert error["extensions"]["requestId"] == answer.headers["X-Request-Id"]
    assert "0.3 s" in error["message"]
    assert (await client.get("/slow")).json()["error"]["code"] == "DEADLINE_EXCEEDED"


async def test_a_slow_body_meets_the_deadline_too(client: httpx.AsyncClient):
    async def dripping():
        for _ in range(100):
            await asyncio.sleep(0.05)
            yield b"x"

    answer = await client.post("/echo/1", content=dripping())
    assert answer.json()["error"]["code"] == "DEADLINE_EXCEEDED"


async def test_a_response_that_has_begun_may_finish(client: httpx.AsyncClient):
    assert (await client.get("/streamed")).content == b"xxxx"


async def test_a_deadline_while_the_engine_is_gone_says_so():
    async with client_of(settings_of(), up=False) as client:
        answer = await client.post("/graphql", json={})
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert answer.json()["errors"][0]["extensions"]["code"] == "ENGINE_UNAVAILABLE"


async def test_a_bug_is_masked_and_logged_without_its_text(client: httpx.AsyncClient):
    log = io.StringIO()
    configure_logs(settings_of(log_format="json"), log)
    answer = await client.get("/bug", params={"q": SECRET})
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "INTERNAL"
    assert "Secretperson" not in answer.text + log.getvalue()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    bug_line = next(line for line in lines if line["event"] == "bug")
    assert bug_line["exception"] == "ValueError" and "test_security_layers.py" in bug_line["at"][-1]
    assert {line["request_id"] for line in lines} == {answer.headers["X-Request-Id"]}
    assert next(line for line in lines if line["event"] == "request")["status"] == 500


async def test_log_lines_hold_templates_not_paths(client: httpx.AsyncClient):
    log = io.StringIO()
    configure_logs(settings_of(log_format="json"), log)
    await client.post(f"/echo/{SECRET}", params={"q": SECRET}, content=SECRET)
    await client.get(f"/{SECRET}")
    logging.getLogger("some.library").warning("cannot find %s", SECRET)
    logging.getLogger("strawberry.execution").error("query { person(name: %s)", SECRET)
    assert "Secretperson" not in log.getvalue() and "example" not in log.getvalue()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line.get("route") for line in lines[:2]] == ["/echo/{id}", "unmatched"]
    assert lines[2]["event"] == "cannot find %s" and len(lines) == 3


async def test_an_engine_that_is_gone_is_an_explicit_error(client: httpx.AsyncClient):
    answer = await client.get("/gone")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert answer.json()["error"]["code"] == "ENGINE_UNAVAILABLE"
    assert "10.0.0.7" not in answer.text


async def test_a_limit_says_which_and_when_again(client: httpx.AsyncClient):
    answer = await client.get("/limited")
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "7"
    assert answer.json()["error"] == {
        "code": "RATE_LIMITED",
        "message": "Too much.",
        "requestId": answer.headers["X-Request-Id"],
        "limit": "cost per minute",
        "retryAfter": 7,
    }


async def test_security_headers(client: httpx.AsyncClient):
    headers = (await client.post("/echo/1")).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


async def test_cors_is_off_and_has_an_allow_list():
    asked = {"Origin": "https://crm.example", "Access-Control-Request-Method": "POST"}
    async with client_of(settings_of()) as client:
        answer = await client.post("/echo/1", headers={"Origin": "https://crm.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")]
    async with client_of(settings_of(cors_origins="https://crm.example")) as client:
        answer = await client.options("/graphql", headers=asked)
        assert answer.headers["access-control-allow-origin"] == "https://crm.example"
        assert "access-control-allow-credentials" not in answer.headers
        refused = await client.options("/graphql", headers={**asked, "Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in refused.headers
        # An error must be readable for the page that caused it.
        answer = await client.post("/echo/1", content=b"x" * 2000, headers={"Origin": "https://crm.example"})
        assert answer.status_code == 413
        assert answer.headers["access-control-allow-origin"] == "https://crm.example"


async def test_metrics_have_templates_as_labels():
    metrics = Metrics()
    async with client_of(settings_of(), metrics) as client:
        await client.post("/echo/sesame1")
        await client.get("/nowhere/sesame2")
        await client.request("BREW", "/echo/sesame3")
    text = metrics.exposition().decode()
    assert 'liaison_http_requests_total{method="POST",route="/echo/{id}",status="200"} 1.0' in text
    assert 'method="OTHER"' in text
    assert "sesame" not in text


@pytest.fixture(autouse=True)
def _logs_back():
    yield
    structlog.reset_defaults()
    logging.getLogger("strawberry.execution").disabled = False
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler).__name__ == "_ForeignLines":
            root.removeHandler(handler)
