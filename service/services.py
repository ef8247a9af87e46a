"""What a running service holds for its whole life, and how a request gets at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import structlog
from starlette.requests import HTTPConnection

from graph.engine import Engine
from service.engine_watch import EngineWatch
from service.rest.import_queue import ImportQueue
from service.security.authentication import Authentication
from service.security.caller import Caller
from service.security.quotas import Quotas
from service.settings import Settings
from service.web.metrics import Metrics

__all__ = ["Services", "authenticated", "request_id_of", "services_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Made when the service starts, gone when it stops."""

    settings: Settings
    watch: EngineWatch
    authentication: Authentication
    quotas: Quotas
    metrics: Metrics
    imports: ImportQueue

    @property
    def engine(self) -> Engine:
        """The engine as of now: take it anew for each request. EngineUnavailable while none answers."""
        return self.watch.current


def services_of(connection: HTTPConnection) -> Services:
    """The services behind a request or a WebSocket."""
    return cast(Services, connection.app.state.services)


def request_id_of(connection: HTTPConnection) -> str:
    """The id that this request's response, errors and log lines carry."""
    return cast(str, connection.scope.get("state", {}).get("request_id", ""))


async def authenticated(connection: HTTPConnection, authorization: str | None = None) -> Caller:
    """The caller of a request, counted against its key's quota.

    `authorization` replaces the header where there can be none (a browser's WebSocket). Raises ServiceError:
    UNAUTHENTICATED or RATE_LIMITED; EngineUnavailable when the key cannot be looked up.
    """
    services = services_of(connection)
    address = connection.client.host if connection.client else ""
    header = authorization or connection.headers.get("authorization")
    caller = await services.authentication.caller(header, address)
    structlog.contextvars.bind_contextvars(key_id=caller.key_id)
    await services.quotas.spend_request(caller.key_id)
    return caller
