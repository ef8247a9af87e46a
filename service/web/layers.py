"""The layers in their order: the first sees a request first, and its answer last."""

from __future__ import annotations

from collections.abc import Callable

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from service.settings import Settings
from service.web.bodies import BodyLimitMiddleware
from service.web.deadline import DeadlineMiddleware
from service.web.failures import FailureMiddleware
from service.web.metrics import Metrics
from service.web.requests import RequestMiddleware

__all__ = ["layers"]


def layers(settings: Settings, metrics: Metrics, engine_up: Callable[[], bool]) -> list[Middleware]:
    """What every request passes. `engine_up` tells a slow answer from an engine that is gone."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "X-Request-Id"],
        expose_headers=["X-Request-Id", "Retry-After"],
        max_age=600,
    )
    return [
        Middleware(RequestMiddleware, metrics=metrics),
        *([cors] if settings.cors_origins else []),
        Middleware(FailureMiddleware),
        Middleware(DeadlineMiddleware, seconds=settings.deadline_seconds, engine_up=engine_up),
        Middleware(BodyLimitMiddleware, limit=settings.max_body_bytes),
    ]
