"""What one GraphQL operation may use: who calls, the engine, and loaders made for it alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import strawberry
from starlette.requests import HTTPConnection
from strawberry.fastapi import BaseContext

from graph.engine.connection import Engine
from graph.privacy.audit import AuditEvent
from graph.privacy.parameters import PRIVACY
from graph.records.views import EVERYBODY
from service.api.loaders import Loaders
from service.errors import NO_KEY, ErrorCode, ServiceError
from service.security.caller import Caller
from service.security.permissions import ALLIANCES_READ, allowed

__all__ = ["Backend", "Context", "Info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """What the application lends the API for one connection.

    `authenticate` gets the connection and, where there can be no header (a browser's WebSocket), what to read
    in its stead; it raises ServiceError without a valid key. `charge` takes a priced operation off the caller's
    allowance, or raises RATE_LIMITED. `request_id` is the id the response also carries in `X-Request-Id`.
    `audit` takes the event of an operation that concerned people; it returns at once. `spool_dir`: where the files of
    imports lie, out of which whoever is erased goes, too.
    """

    engine: Engine
    authenticate: Callable[[HTTPConnection, str | None], Awaitable[Caller]]
    charge: Callable[[Caller, int], Awaitable[None]]
    request_id: Callable[[HTTPConnection], str]
    audit: Callable[[AuditEvent], None] | None = None
    spool_dir: Path = Path("spool")
    retention_months: int = PRIVACY.retention_months


class Context(BaseContext):
    """The context of one operation; each operation of a WebSocket gets a copy of its own."""

    def __init__(self, backend: Backend, caller: Caller | None, request_id: str) -> None:
        super().__init__()
        self.backend = backend
        self.caller = caller
        self.request_id = request_id
        self.connection_params: dict[str, Any] | None = None

    def for_operation(self) -> Context:
        """A copy with loaders of its own."""
        copy = Context(self.backend, self.caller, self.request_id)
        copy.request, copy.response = self.request, self.response
        return copy

    @property
    def streaming(self) -> bool:
        """Whether the operation came over a WebSocket."""
        return self.request is not None and self.request.scope["type"] == "websocket"

    @property
    def engine(self) -> Engine:
        """The engine that answers."""
        return self.backend.engine

    @property
    def known_caller(self) -> Caller:
        """The caller; UNAUTHENTICATED where there is none."""
        if self.caller is None:
            raise ServiceError(ErrorCode.UNAUTHENTICATED, NO_KEY)
        return self.caller

    @property
    def viewer(self) -> str | None:
        """Id of the team member whose private evidence counts, passed to every repository call."""
        return self.caller.viewer if self.caller else None

    def forget(self) -> None:
        """Read anew from here on: something was changed."""
        self.__dict__.pop("load", None)

    @property
    def sees(self) -> str | None:
        """Who finds people that private imports alone brought: their owner (a team member's id), admins all of them."""
        return EVERYBODY if self.caller and self.caller.is_admin else self.viewer

    @property
    def alliances(self) -> bool:
        """Whether the caller may know who is allied with whom."""
        return allowed(self.caller, ALLIANCES_READ)

    @cached_property
    def load(self) -> Loaders:
        """The loaders of this operation."""
        return Loaders(
            self.engine,
            self.viewer,
            sees=self.sees,
            alliances=self.alliances,
            retention_months=self.backend.retention_months,
        )


Info = strawberry.Info[Context, None]
