"""The outermost layer: request ids, security headers, one log line and one measurement a request."""

from __future__ import annotations

import re
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

from service.web.metrics import Metrics, route_template

__all__ = ["RequestMiddleware"]

_SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_log = structlog.get_logger("liaison.request")


class RequestMiddleware:
    """Gives a request its id (a sane `X-Request-Id` is kept) and writes down how it went.

    The log line has the route's template, never the path, query or body.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _SANE_ID.fullmatch(given) else str(uuid7())
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, request_id)
            elif message["type"] in ("websocket.accept", "websocket.http.response.start"):
                status = message.get("status", 101)
                _add_headers(message, request_id)
            await send(message)

        started = time.perf_counter()
        self._metrics.in_flight.inc()
        try:
            await self._app(scope, receive, sending)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.in_flight.dec()
            if scope["type"] == "http":
                self._metrics.observe(scope, status, seconds)
            self._log(scope, status, seconds)

    def _log(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_template(scope)
        say = _log.debug if route in ("/healthz", "/readyz", "/metrics") and status < 500 else _log.info
        method = scope.get("method", "WEBSOCKET")
        say("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def _add_headers(message: Message, request_id: str) -> None:
    message.setdefault("headers", [])
    headers = MutableHeaders(scope=message)
    headers["X-Request-Id"] = request_id
    if message["type"] != "http.response.start":
        return
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")
    if not headers.get("content-type", "").startswith("text/html"):
        headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
