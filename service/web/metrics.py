"""Numbers for Prometheus. Labels are route templates and methods, never ids or names."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from service.web.responses import GRAPHQL_PATH

__all__ = ["Metrics", "route_template"]

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one service. Each has its own registry, so that two in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "liaison_http_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "liaison_http_request_seconds",
            "Time to answer a request",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge("liaison_http_requests_in_flight", "Requests now", registry=self.registry)
        self.engine_up = Gauge("liaison_engine_up", "1 when the engine answers", registry=self.registry)
        self.imports = Counter("liaison_imports", "Import runs ended", ("state",), registry=self.registry)
        self.derivations = Counter(
            "liaison_derivations", "Daily derivation passes", ("outcome",), registry=self.registry
        )

    def observe(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one answered request."""
        method = scope.get("method", "WEBSOCKET")
        method = method if method in _METHODS or method == "WEBSOCKET" else "OTHER"
        route = route_template(scope)
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(method, route).observe(seconds)

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)


def route_template(scope: Scope) -> str:
    """The path as routes declare it (`/imports/{id}`), or `unmatched`."""
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    if path == "":
        # A route that adds nothing to the prefix its router was included at.
        return GRAPHQL_PATH
    return path if isinstance(path, str) else "unmatched"
