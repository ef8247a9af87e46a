"""Refuses a request body that is too large, counted as it arrives; uploads have their own limit."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.errors import ErrorCode, ServiceError
from service.web.responses import UPLOADS

__all__ = ["BodyLimitMiddleware"]


class BodyLimitMiddleware:
    """Reads the whole body, at most `limit` bytes of it, before anything else sees the request.

    `Content-Length` is believed only when it admits to too much. Uploads count for themselves.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] != "http" or (scope["method"], scope["path"].rstrip("/")) in UPLOADS:
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            raise self._too_large()
        whole = await self._read(receive)
        if whole is None:
            return
        pending: list[Message] = [{"type": "http.request", "body": whole, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, replay, send)

    async def _read(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._limit:
                raise self._too_large()
            if not message.get("more_body", False):
                return bytes(body)

    def _too_large(self) -> ServiceError:
        return ServiceError(
            ErrorCode.BODY_TOO_LARGE,
            f"A request body may have {self._limit} bytes at most. Files go to POST /imports.",
            limit="body",
        )
