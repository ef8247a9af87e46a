"""How a refused request is answered: one JSON shape for REST, GraphQL's own for /graphql."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse
from starlette.types import Scope

from service.errors import ServiceError

__all__ = ["GRAPHQL_PATH", "UNHURRIED", "UPLOADS", "error_body", "error_response"]

GRAPHQL_PATH = "/graphql"
# (method, path) of what has a size limit of its own.
UPLOADS = frozenset({("POST", "/imports")})
# What may take its time.
UNHURRIED = UPLOADS | {("GET", "/exports/contacts.csv"), ("GET", "/exports/neutral.zip")}


def error_body(path: str, error: ServiceError, request_id: str) -> dict[str, Any]:
    """The body that tells a caller about `error`."""
    extensions = error.extensions(request_id)
    if path.rstrip("/") == GRAPHQL_PATH:
        return {"data": None, "errors": [{"message": error.message, "extensions": extensions}]}
    return {"error": {"code": extensions.pop("code"), "message": error.message, **extensions}}


def error_response(scope: Scope, error: ServiceError) -> JSONResponse:
    """The response for `error` to the request of `scope`."""
    request_id = scope.get("state", {}).get("request_id", "")
    return JSONResponse(
        error_body(scope["path"], error, request_id), status_code=error.status, headers=error.headers
    )
