"""`liaison doctor`: which engine, where, in what state, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.output import console, counted, print_json, table
from service.cli.running import run_async

if TYPE_CHECKING:
    from graph.engine.doctor import Diagnosis

__all__ = ["doctor"]


def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False) -> None:
    """Say which engine is used, where it is, what it holds, and what to do if something is wrong."""
    from service.settings import load_settings

    found = run_async(_diagnose())
    if as_json:
        print_json(_shown(found))
        return
    embedded = found.disk_bytes is not None
    table(
        ("", ""),
        [
            ("engine", found.engine),
            ("version", found.version),
            ("address", found.uri),
            *([("data folder", str(load_settings().data_dir))] if embedded else []),
            *([("disk", f"{(found.disk_bytes or 0) / 2**20:,.1f} MiB")] if embedded else []),
            *(
                [("used by", counted(found.other_users or 0, "other process", "other processes"))]
                if embedded
                else []
            ),
            ("schema", f"{found.schema} (this version knows {found.expected_schema})"),
            *((kind, f"{number:,}") for kind, number in found.counts.items()),
        ],
    )
    for advice in found.advice or ["All is well."]:
        console().print(advice, markup=False)


async def _diagnose() -> Diagnosis:
    from graph.engine import open_engine
    from graph.engine.doctor import diagnose
    from service.engine_watch import engine_settings
    from service.settings import load_settings

    settings = engine_settings(load_settings())
    # Not migrated: a doctor looks and changes nothing.
    async with await open_engine(settings) as engine:
        return await diagnose(engine, settings)


def _shown(found: Diagnosis) -> dict[str, Any]:
    return {
        "engine": found.engine,
        "version": found.version,
        "uri": found.uri,
        "schema": found.schema,
        "expectedSchema": found.expected_schema,
        "counts": found.counts,
        "pending": found.pending,
        "diskBytes": found.disk_bytes,
        "otherUsers": found.other_users,
        "leftover": found.leftover,
        "advice": found.advice,
    }
