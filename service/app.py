"""The application: its layers, its routes, and what it starts and stops with."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from graph.engine import EngineError, migrate, open_engine
from graph.engine.statements import load_all
from graph.privacy.keys import claim_privacy_key
from service.api import graphql_router
from service.api.context import Backend
from service.audit import AuditLog
from service.engine_watch import EngineWatch, engine_settings
from service.errors import ErrorCode, ServiceError
from service.rest import exports, health, imports
from service.rest.import_queue import ImportQueue
from service.security.authentication import Authentication
from service.security.caller import Caller
from service.security.keys import NewKey, create_first_key
from service.security.quotas import Quotas
from service.services import Services, authenticated, request_id_of, services_of
from service.settings import Settings
from service.upkeep import daily_derivation
from service.web.layers import layers
from service.web.metrics import Metrics
from service.web.responses import GRAPHQL_PATH, error_response

__all__ = ["create_app", "print_first_key"]

_CODES = {
    401: ErrorCode.UNAUTHENTICATED,
    403: ErrorCode.FORBIDDEN,
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    415: ErrorCode.UNSUPPORTED_MEDIA_TYPE,
}


def print_first_key(key: NewKey) -> None:
    """Show the first admin key, this once, on standard error."""
    sys.stderr.write(
        f"\nThis is a new graph. Its first admin key, shown only this once:\n\n    {key.secret}\n\n"
        "Send it as: Authorization: Bearer <key>. More keys: liaison key create.\n\n"
    )
    sys.stderr.flush()


def create_app(
    settings: Settings, *, explore: bool = False, announce: Callable[[NewKey], None] = print_first_key
) -> FastAPI:
    """Build the application. `explore` turns the GraphiQL page on; `announce` shows the first admin key.

    Starting it opens the engine (EngineUnavailable when none answers) and brings its schema up to date.
    """
    metrics = Metrics()

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            async with _running(settings, metrics, announce) as services:
                app.state.services = services
                yield
        except EngineError as error:
            # Whoever runs the server tells it to a person; the server itself would print a traceback.
            app.state.startup_error = error
            raise

    app = FastAPI(
        title="Liaison",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        middleware=layers(settings, metrics, engine_up=lambda: _engine_up(app)),
    )
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.include_router(health.router)
    app.include_router(imports.router)
    app.include_router(exports.router)
    app.include_router(graphql_router(settings, _backend, explore=explore), prefix=GRAPHQL_PATH)
    return app


@contextlib.asynccontextmanager
async def _running(
    settings: Settings, metrics: Metrics, announce: Callable[[NewKey], None]
) -> AsyncIterator[Services]:
    engine = await open_engine(engine_settings(settings))
    try:
        load_all(engine.dialect)
        await migrate(engine)
        await claim_privacy_key(engine)
        first = await create_first_key(engine)
    except BaseException:
        await engine.close()
        raise
    if first is not None:
        announce(first)
    quotas = Quotas(settings)
    watch = EngineWatch(engine, engine_settings(settings))
    authentication = Authentication(lambda: watch.current, quotas, settings.key_cache_seconds)
    queue = ImportQueue(lambda: watch.current, settings.spool_dir, metrics)
    services = Services(
        settings=settings,
        watch=watch,
        authentication=authentication,
        quotas=quotas,
        metrics=metrics,
        imports=queue,
        audit=AuditLog(lambda: watch.current, settings.audit_dir),
    )
    async with watch.watching(), services.audit.keeping(), queue.working(), daily_derivation(services):
        # The schema and the code stay: looking through them again and again for garbage costs every request.
        gc.collect()
        gc.freeze()
        yield services
        await authentication.close()


def _engine_up(app: FastAPI) -> bool:
    services: Services | None = getattr(app.state, "services", None)
    return services is None or services.watch.up


def _backend(connection: HTTPConnection) -> Backend:
    """What GraphQL is lent for one connection."""
    services = services_of(connection)

    async def charge(caller: Caller, cost: int) -> None:
        await services.quotas.spend_cost(caller.key_id, cost)

    return Backend(
        engine=services.engine,
        authenticate=authenticated,
        charge=charge,
        request_id=request_id_of,
        audit=services.audit.add,
        spool_dir=services.settings.spool_dir,
        retention_months=services.settings.retention_months,
    )


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, ErrorCode.BAD_REQUEST)
    said = "There is nothing at this address." if error.status_code == 404 else str(error.detail)
    response = error_response(request.scope, ServiceError(code, said))
    response.status_code = error.status_code
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = ", ".join(sorted({".".join(str(p) for p in each["loc"]) for each in error.errors()}))
    return error_response(
        request.scope, ServiceError(ErrorCode.BAD_REQUEST, f"The request is not valid: {places}.")
    )
