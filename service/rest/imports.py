"""Uploads become import runs; a run's progress and result; its refused rows as CSV."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from graph.privacy.audit import CHANGED, EXPORTED
from graph.privacy.parameters import PRIVACY
from importers.formats.base import DateOrder
from importers.reading.problems import FileError
from importers.runs import ImportRequest, new_run_id, read_run
from importers.spool import Spool
from importers.wording import as_fields, in_fields
from service.errors import ErrorCode, ServiceError
from service.rest.uploads import Upload, UploadLimits, receive_upload
from service.services import admitted, services_of

__all__ = ["router"]

router = APIRouter()

_FIELDS = frozenset(
    "source format mapping owner dryRun private partial dateOrder encoding purpose lawfulBasis collectedOn "
    "merging".split()
)
_YES = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "": False}


@router.post("/imports", status_code=202)
async def start_import(request: Request) -> JSONResponse:
    """Take files in, look at them, and queue a run. 202 with its id; 4xx when they cannot be right."""
    async with admitted(request, "POST /imports") as noted:
        noted.did(CHANGED)
        services = services_of(request)
        settings = services.settings
        spool = Spool(settings.spool_dir, new_run_id())
        noted.run = spool.run
        try:
            upload = await receive_upload(
                request.headers.get("content-type", ""),
                request.stream(),
                spool,
                UploadLimits(settings.max_upload_bytes, settings.max_upload_files),
            )
            wanted = _request(upload)
            await services.imports.submit(spool, wanted)
        except BaseException as error:
            await asyncio.to_thread(spool.discard)
            if isinstance(error, FileError):
                raise _refusal(error) from error
            raise
    return JSONResponse({"id": spool.run}, status_code=202, headers={"Location": f"/imports/{spool.run}"})


@router.get("/imports/{id}")
async def import_run(request: Request, id: str) -> JSONResponse:  # noqa: A002 - the name in the address
    """A run's state, progress, counts and first 1 000 refused rows."""
    async with admitted(request, "GET /imports/{id}"):
        run = await read_run(services_of(request).engine, id)
        if run is None:
            raise _no_run()
        return JSONResponse(in_fields(run).as_dict())


@router.get("/imports/{id}/refused.csv")
async def refused_rows(
    request: Request,
    id: str,  # noqa: A002 - the name in the address
    file: Annotated[str | None, Query(max_length=255)] = None,
) -> Response:
    """All refused rows of one file (`?file=` where there are several), to fix and import again, or to look up."""
    async with admitted(request, "GET /imports/{id}/refused.csv") as noted:
        services = services_of(request)
        if await read_run(services.engine, id) is None:
            raise _no_run()
        # Its rows name people who are not in the graph: the run says which they were.
        noted.did(EXPORTED)
        noted.run = id
        return await _refused_file(Spool(services.settings.spool_dir, id), file)


async def _refused_file(spool: Spool, file: str | None) -> Response:
    files = await asyncio.to_thread(spool.refused_files)
    if not files:
        raise ServiceError(ErrorCode.NOT_FOUND, "This run refused no row.")
    if file is None and len(files) > 1:
        raise ServiceError(
            ErrorCode.BAD_REQUEST,
            f"Rows of {len(files)} files were refused: add ?file= with one of refusedFiles.",
        )
    name = file or next(iter(files))
    if name not in files:
        raise ServiceError(ErrorCode.NOT_FOUND, "This run has no such file: see its refusedFiles.")
    return FileResponse(files[name], media_type="text/csv; charset=utf-8", filename=name)


def _request(upload: Upload) -> ImportRequest:
    fields = dict(upload.fields)
    paths = tuple(path for name, path in upload.files if name == "file")
    for name, path in upload.files:
        if name == "mapping":
            fields["mapping"] = _mapping_text(path.read_bytes())
        elif name != "file":
            raise _bad("the files go into the field file, a mapping into mapping")
    if unknown := sorted(set(fields) - _FIELDS):
        raise _bad(f"there is no field {unknown[0][:40]!r}; fields are file, {', '.join(sorted(_FIELDS))}")
    if not paths:
        raise _bad("there is no file: send one or more file fields (curl -F file=@Connections.csv …)")
    if not fields.get("source", "").strip():
        raise _bad("the field source is missing: name the system the files come from")
    given: dict[str, Any] = {
        name: fields[name].strip() or None
        for name in ("format", "mapping", "owner", "encoding")
        if name in fields
    }
    return ImportRequest(
        paths=paths,
        source=fields["source"].strip(),
        dry_run=_flag(fields, "dryRun"),
        private=_flag(fields, "private"),
        partial=_flag(fields, "partial"),
        date_order=cast(DateOrder, fields["dateOrder"]) if fields.get("dateOrder") else None,
        purpose=fields.get("purpose", "").strip() or PRIVACY.purpose,
        lawful_basis=fields.get("lawfulBasis", "").strip() or PRIVACY.lawful_basis,
        collected_on=fields.get("collectedOn", "").strip() or None,
        merging="merging" not in fields or _flag(fields, "merging"),
        uploaded=True,
        **given,
    )


def _mapping_text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _bad("the mapping is not a UTF-8 text") from error


def _flag(fields: dict[str, str], name: str) -> bool:
    value = _YES.get(fields.get(name, "").strip().lower())
    if value is None:
        raise _bad(f"the field {name} is true or false")
    return value


def _bad(problem: str) -> ServiceError:
    return ServiceError(ErrorCode.BAD_REQUEST, f"{problem[:1].upper()}{problem[1:]}.")


def _refusal(error: FileError) -> ServiceError:
    said = " ".join(part.rstrip(".") + "." for part in (error.reason, error.fix) if part)
    return ServiceError(ErrorCode.FILE_REFUSED, as_fields(said))


def _no_run() -> ServiceError:
    return ServiceError(ErrorCode.NOT_FOUND, "There is no import with this id.")
