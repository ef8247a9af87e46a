"""`/healthz`: the process lives. `/readyz`: it can answer. `/metrics`: numbers for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from service.security.permissions import require
from service.services import authenticated, services_of

__all__ = ["router"]

router = APIRouter()


@router.get("/healthz")
async def healthz() -> JSONResponse:
    """Alive, whatever the engine does."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """200 when the engine answers and the graph has this version's schema, else 503 and why."""
    services = services_of(request)
    problem = await services.watch.ready()
    services.metrics.engine_up.set(0 if problem else 1)
    if problem:
        return JSONResponse({"status": "unavailable", "reason": problem}, status_code=503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus' text format; needs an admin key (`authorization` in the scrape configuration)."""
    require(await authenticated(request), "GET /metrics")
    services = services_of(request)
    services.metrics.engine_up.set(1 if services.watch.up else 0)
    return Response(services.metrics.exposition(), media_type=CONTENT_TYPE_LATEST)
