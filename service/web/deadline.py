"""A hard deadline for requests, so that a caller with 10 s of its own always gets an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.engine import EngineUnavailable
from service.errors import ErrorCode, ServiceError
from service.web.responses import UNHURRIED

__all__ = ["DeadlineMiddleware"]


class DeadlineMiddleware:
    """Cancels a request whose response has not begun after `seconds`; uploads and large exports take their time.

    `engine_up` tells a slow answer from an engine that is gone. A cancelled statement's connection is closed,
    which ends its work on the engine.
    """

    def __init__(self, app: ASGIApp, seconds: float, engine_up: Callable[[], bool]) -> None:
        self._app = app
        self._engine_up = engine_up
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or (scope["method"], scope["path"].rstrip("/")) in UNHURRIED:
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
            if not self._engine_up():
                raise EngineUnavailable("the graph engine does not answer") from None
            raise ServiceError(
                ErrorCode.DEADLINE_EXCEEDED,
                f"The answer took longer than {self._seconds:g} s. Ask for less: "
                "fewer connectors, a higher minScore, a smaller page.",
                limit="deadline",
            ) from None
