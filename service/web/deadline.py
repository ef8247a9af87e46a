"""A hard deadline for GraphQL requests, so that a caller with 10 s of its own always gets an answer."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ErrorCode, ServiceError
from service.web.responses import GRAPHQL_PATH

__all__ = ["DeadlineMiddleware"]


class DeadlineMiddleware:
    """Cancels a GraphQL request whose response has not begun after `seconds`.

    A cancelled statement's connection is closed, which ends its work on the engine.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != GRAPHQL_PATH:
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                deadline.reschedule(None)
            await send(message)

        try:
            async with asyncio.timeout(self._seconds) as deadline:
                await self._app(scope, receive, sending)
        except TimeoutError:
            if not deadline.expired():
                raise
            raise ServiceError(
                ErrorCode.DEADLINE_EXCEEDED,
                f"The answer took longer than {self._seconds:g} s. Ask for less: "
                "fewer connectors, a higher minScore, a smaller page.",
                limit="deadline",
            ) from None
