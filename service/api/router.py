"""The endpoint: POST for queries and mutations, a WebSocket for subscriptions, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from cross_web import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from strawberry import Schema
from strawberry.exceptions import ConnectionRejectionError
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLHTTPResponse
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET, UnsetType

from service.api.context import Backend, Context
from service.errors import ErrorCode, ServiceError
from service.settings import Settings

__all__ = ["LiaisonRouter", "router_for"]

# Only what a client must react to before it reads the body; other errors come as 200 with data beside them.
_STATUS_MATTERS = frozenset(
    {
        ErrorCode.UNAUTHENTICATED,
        ErrorCode.RATE_LIMITED,
        ErrorCode.ENGINE_UNAVAILABLE,
        ErrorCode.DEADLINE_EXCEEDED,
    }
)


class LiaisonRouter(GraphQLRouter[Context, None]):
    """Strawberry's router, with every refusal in GraphQL's own shape."""

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        """Answer a request; what is no GraphQL request at all is refused as BAD_REQUEST."""
        try:
            response = await super().run(request, context, root_value)
        except HTTPException as error:
            refusal = ServiceError(_code_of(error.status_code), _reason(error))
            return _refused(refusal, context.request_id)
        if isinstance(response, Response) and isinstance(request, Request):
            _set_status(response, getattr(request.state, "graphql_error", None))
        return response

    def decode_json(self, data: str | bytes) -> object:
        """Only an object can be a request; a list would be a batch, and is refused as one."""
        decoded = super().decode_json(data)
        if not isinstance(decoded, dict | list):
            raise HTTPException(400, "Send an object with a query.")
        return decoded

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """Note the error that decides the status, where there is no data."""
        processed = await super().process_result(request, result)
        if result.data is None and result.errors:
            request.state.graphql_error = result.errors[0].extensions or {}
        return processed

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """A WebSocket says who it is in its header, or in `connection_init { authorization }`."""
        if context.caller is None:
            given = (context.connection_params or {}).get("authorization")
            assert context.request is not None
            try:
                context.caller = await context.backend.authenticate(
                    context.request, given if isinstance(given, str) else None
                )
            except ServiceError as error:
                raise ConnectionRejectionError({"code": error.code.value}) from None
        return cast(UnsetType, UNSET)


def _set_status(response: Response, extensions: dict[str, Any] | None) -> None:
    if extensions and extensions.get("code") in _STATUS_MATTERS:
        told = ServiceError(ErrorCode(extensions["code"]), "", retry_after=extensions.get("retryAfter"))
        response.status_code = told.status
        response.headers.update(told.headers)


def _refused(error: ServiceError, request_id: str) -> JSONResponse:
    body = {"data": None, "errors": [{"message": error.message, "extensions": error.extensions(request_id)}]}
    return JSONResponse(body, status_code=error.status, headers=error.headers)


def _code_of(status: int) -> ErrorCode:
    return {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}.get(status, ErrorCode.BAD_REQUEST)


def _reason(error: HTTPException) -> str:
    reason = str(error.reason)
    return {
        "Batching is not enabled": "Send one operation a request: batches are off.",
        "Unsupported content type": "Send JSON: Content-Type: application/json.",
    }.get(reason, reason if len(reason) < 200 else "This is not a GraphQL request.")


def router_for(
    schema: Schema, settings: Settings, backend: Callable[[HTTPConnection], Backend], *, explore: bool
) -> LiaisonRouter:
    """The endpoint's router for a schema; `explore` turns the GraphiQL page on."""

    async def context_of(connection: HTTPConnection) -> Context:
        lent = backend(connection)
        context = Context(lent, None, lent.request_id(connection))
        is_page = connection.scope["type"] == "http" and connection.scope["method"] == "GET"
        waits = connection.scope["type"] == "websocket" and "authorization" not in connection.headers
        if not is_page and not waits:
            context.caller = await lent.authenticate(connection, None)
        return context

    return LiaisonRouter(
        schema,
        graphql_ide="graphiql" if explore else None,
        allow_queries_via_get=False,
        multipart_uploads_enabled=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
        allowed_origins=settings.cors_origins,
        max_subscriptions_per_connection=settings.max_subscriptions,
        context_getter=context_of,
    )
