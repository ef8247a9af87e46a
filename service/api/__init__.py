"""GraphQL: a module a subject. Start at `schema.py`; `router.py` is the endpoint."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import HTTPConnection

from service.api.context import Backend
from service.api.router import LiaisonRouter, router_for
from service.api.schema import build_schema, schema_text
from service.settings import Settings

__all__ = ["build_schema", "graphql_router", "schema_text"]


def graphql_router(
    settings: Settings, backend: Callable[[HTTPConnection], Backend], *, explore: bool = False
) -> LiaisonRouter:
    """The GraphQL endpoint. `backend` lends it the engine and the checks of callers for each connection;
    `explore` turns the GraphiQL page on."""
    return router_for(build_schema(settings), settings, backend, explore=explore)
