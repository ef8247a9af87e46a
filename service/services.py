"""What a running service holds for its whole life, and how a request gets at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import structlog
from starlette.requests import HTTPConnection

from graph.engine import Engine
from service.audit import AuditLog, Noted, noting
from service.engine_watch import EngineWatch
from service.errors import ErrorCode, ServiceError
from service.rest.import_queue import ImportQueue
from service.security.authentication import Authentication
from service.security.caller import Caller
from service.security.permissions import require
from service.security.quotas import Quotas
from service.settings import Settings
from service.web.metrics import Metrics

__all__ = ["Services", "admitted", "authenticated", "request_id_of", "services_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Made when the service starts, gone when it stops."""

    settings: Settings
    watch: EngineWatch
    authentication: Authentication
    quotas: Quotas
    metrics: Metrics
    imports: ImportQueue
    audit: AuditLog

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


@asynccontextmanager
async def admitted(request: HTTPConnection, operation: str) -> AsyncIterator[Noted]:
    """Let a REST request in that the table of permissions knows as `operation`, and audit it when the block ends.

    The block notes whom the request concerns. Raises ServiceError as `authenticated` does, and FORBIDDEN.
    """
    caller = await authenticated(request)
    with noting() as noted:
        noted.actions.add(operation)
        try:
            require(caller, operation)
            yield noted
        except BaseException as error:
            if isinstance(error, ServiceError) and error.code is ErrorCode.FORBIDDEN:
                noted.refused()
            noted.failed()
            raise
        finally:
            event = noted.event(
                actor=caller.key_id, role=caller.role.value, request_id=request_id_of(request)
            )
            if event is not None:
                services_of(request).audit.add(event)
