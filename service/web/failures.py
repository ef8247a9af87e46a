"""Turns what went wrong into what the caller is told; a bug is logged without its text, and masked."""

from __future__ import annotations

import traceback
from pathlib import PurePath

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ErrorCode, ServiceError, from_exception
from service.web.responses import error_response

__all__ = ["FailureMiddleware", "log_bug"]

_log = structlog.get_logger("liaison.failure")


class FailureMiddleware:
    """Answers for whatever the layers below raise, unless a response has begun."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception as error:
            known = from_exception(error)
            if known is None:
                log_bug(error)
                known = ServiceError(
                    ErrorCode.INTERNAL, "Something went wrong here. The request id finds it in the log."
                )
            if started:
                raise
            await error_response(scope, known)(scope, receive, send)


def log_bug(error: BaseException) -> None:
    """Log an unexpected exception by type and place: its text may quote personal data."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    places = [f"{'/'.join(PurePath(f.filename).parts[-3:])}:{f.lineno} {f.name}" for f in frames]
    _log.error("bug", exception=type(error).__name__, at=places)
