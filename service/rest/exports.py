"""What leaves as files: contacts, paths and committees as CSV, and the whole graph as a zip of our own CSV."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from graph.paths import InvalidQuestion
from graph.privacy.audit import DONE, FAILED, REFUSED
from service.errors import ErrorCode, ServiceError
from service.exports.events import ExportEvents
from service.exports.neutral import neutral_zip
from service.exports.sheets import sheet
from service.exports.tables import (
    COMMITTEE_COLUMNS,
    CONTACT_COLUMNS,
    PATH_COLUMNS,
    Page,
    committee_page,
    contacts,
    path_page,
    paths_to,
)
from service.security.caller import Caller
from service.security.permissions import ALLIANCES_READ, allowed, require
from service.services import authenticated, request_id_of, services_of

__all__ = ["router"]

router = APIRouter(prefix="/exports")


@asynccontextmanager
async def _admitted(request: Request, operation: str) -> AsyncIterator[tuple[Caller, ExportEvents]]:
    """Let an export in. Whom it names is noted as it leaves, which is after the block has ended."""
    caller = await authenticated(request)
    events = ExportEvents(
        services_of(request).audit.add,
        actor=caller.key_id,
        role=caller.role.value,
        action=operation,
        request_id=request_id_of(request),
    )
    try:
        require(caller, operation)
        yield caller, events
    except BaseException as error:
        refused = isinstance(error, ServiceError) and error.code is ErrorCode.FORBIDDEN
        events.close(REFUSED if refused else FAILED)
        raise


@router.get("/contacts.csv")
async def exported_contacts(request: Request) -> Response:
    """Everybody outside who may be approached."""
    async with _admitted(request, "GET /exports/contacts.csv") as (caller, events):
        pages = contacts(services_of(request).engine, caller.viewer)
        return await _streamed("contacts.csv", CONTACT_COLUMNS, pages, events)


@router.get("/paths.csv")
async def exported_paths(
    request: Request,
    to: Annotated[str, Query(max_length=100)],
    first: Annotated[int, Query()] = 25,
) -> Response:
    """The warm paths to a person or company."""
    async with _admitted(request, "GET /exports/paths.csv") as (caller, events):
        alliances = allowed(caller, ALLIANCES_READ)
        try:
            answer = await paths_to(
                services_of(request).engine, to, first, caller.viewer, alliances=alliances
            )
        except InvalidQuestion as wrong:
            raise ServiceError(ErrorCode.BAD_REQUEST, f"{wrong}.") from None
        if answer.no_path is not None and answer.no_path.reason == "unknown_target":
            raise ServiceError(ErrorCode.NOT_FOUND, "Nobody and no company has this id: give to=<id>.")
        return await _streamed("paths.csv", PATH_COLUMNS, _one(path_page(answer)), events)


@router.get("/committee.csv")
async def exported_committee(
    request: Request, opportunity: Annotated[str, Query(max_length=100)]
) -> Response:
    """The committee of an opportunity."""
    async with _admitted(request, "GET /exports/committee.csv") as (caller, events):
        alliances = allowed(caller, ALLIANCES_READ)
        engine = services_of(request).engine
        page = await committee_page(engine, opportunity, caller.viewer, alliances=alliances)
        if page is None:
            raise ServiceError(ErrorCode.NOT_FOUND, "There is no opportunity with this id.")
        return await _streamed("committee.csv", COMMITTEE_COLUMNS, _one(page), events)


@router.get("/neutral.zip")
async def exported_graph(request: Request) -> Response:
    """The whole graph, as files that `POST /imports` takes."""
    async with _admitted(request, "GET /exports/neutral.zip") as (caller, events):
        folder = Path(tempfile.mkdtemp(prefix="liaison-export-"))
        try:
            path = folder / "liaison.zip"
            engine = services_of(request).engine
            await neutral_zip(engine, path, caller.viewer, lambda *page: events.add(page[2]))
            events.close()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return FileResponse(
            path,
            media_type="application/zip",
            filename="liaison.zip",
            background=BackgroundTask(shutil.rmtree, folder, ignore_errors=True),
        )


async def _one(page: Page) -> AsyncIterator[Page]:
    yield page


async def _streamed(
    name: str, columns: tuple[str, ...], pages: AsyncIterator[Page], events: ExportEvents
) -> Response:
    """The sheet as it is read: what fails with its first page is an error, what fails later breaks it off."""

    async def rows() -> AsyncIterator[list[list[str | int | float | None]]]:
        async for page in pages:
            events.add(page.people)
            yield [list(row) for row in page.rows]

    chunks = sheet(columns, rows())
    first = await anext(chunks)

    async def whole() -> AsyncIterator[bytes]:
        outcome = FAILED
        try:
            yield first
            async for chunk in chunks:
                yield chunk
            outcome = DONE
        finally:
            events.close(outcome)

    return StreamingResponse(
        whole(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
