"""A GraphQL client over HTTP: the real endpoint and its layers, on an engine lent by a test, with test keys."""

import contextlib
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from graph.engine import Engine
from graph.privacy.audit import AuditEvent
from service.errors import NO_KEY, ErrorCode, ServiceError
from service.security.caller import Caller, Role
from service.services import request_id_of
from service.settings import Settings
from service.web.layers import layers
from service.web.metrics import Metrics
from service.web.responses import GRAPHQL_PATH


@dataclass
class GraphQL:
    """Sends operations as one of the test's callers; `costs` are the prices charged, `audited` the events noted."""

    app: FastAPI
    engine: Any
    client: httpx.AsyncClient
    callers: dict[str, Caller]
    costs: list[int] = field(default_factory=list)
    audited: list[AuditEvent] = field(default_factory=list)

    async def charge(self, caller: Caller, cost: int) -> None:
        """Note a price; a test may put its own in place."""
        self.costs.append(cost)

    async def post(
        self, query: str, variables: dict | None = None, *, who: str | None = "admin", **body: Any
    ):
        """The raw response."""
        headers = {"Authorization": f"Bearer {who}"} if who else {}
        sent = {"query": query, "variables": variables or {}, **body}
        return await self.client.post(GRAPHQL_PATH, json=sent, headers=headers)

    async def data(self, query: str, variables: dict | None = None, *, who: str = "admin") -> dict:
        """The data of an operation that must succeed."""
        answer = (await self.post(query, variables, who=who)).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def error(self, query: str, variables: dict | None = None, *, who: str | None = "admin") -> dict:
        """The one error of an operation that must fail, its extensions merged in."""
        answer = (await self.post(query, variables, who=who)).json()
        assert len(answer["errors"]) == 1, answer
        return {"message": answer["errors"][0]["message"], **answer["errors"][0]["extensions"]}


@pytest.fixture
def serve_graphql(tmp_path):
    """`async with serve_graphql(engine) as graphql`: the endpoint on this engine."""
    from service.api import graphql_router
    from service.api.context import Backend

    @contextlib.asynccontextmanager
    async def serving(engine: Engine | None, *, explore: bool = False, **options: Any):
        # Cold engines on a busy machine take their time; the deadline has tests of its own.
        settings = Settings(**{"data_dir": tmp_path, "deadline_seconds": 60.0, **options})
        callers = {
            "admin": Caller(key_id="k-admin", name="Admin", role=Role.ADMIN),
            "member": Caller(key_id="k-member", name="Member", role=Role.MEMBER),
            "plugin": Caller(key_id="k-plugin", name="Plugin", role=Role.PLUGIN),
            "granted": Caller(
                key_id="k-granted", name="Granted", role=Role.PLUGIN, mutations=frozenset({"upsertPerson"})
            ),
        }

        async def authenticate(connection, authorization):
            header = authorization or connection.headers.get("authorization") or ""
            if header.removeprefix("Bearer ") not in callers:
                raise ServiceError(ErrorCode.UNAUTHENTICATED, NO_KEY)
            return callers[header.removeprefix("Bearer ")]

        async def charge(caller, cost):
            await graphql.charge(caller, cost)

        def backend(connection):
            return Backend(
                engine=graphql.engine,
                authenticate=authenticate,
                charge=charge,
                request_id=request_id_of,
                audit=graphql.audited.append,
            )

        app = FastAPI(middleware=layers(settings, Metrics(), lambda: True))
        app.include_router(graphql_router(settings, backend, explore=explore), prefix=GRAPHQL_PATH)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            graphql = GraphQL(app, engine, client, callers)
            yield graphql

    return serving


@pytest.fixture
async def graphql(engine, serve_graphql):
    """The endpoint on each engine, empty."""
    async with serve_graphql(engine) as serving:
        yield serving
