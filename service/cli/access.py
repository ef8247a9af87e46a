"""`liaison access`: everything held about one person, for an access request."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from service.cli.output import fail, messages, print_json
from service.cli.references import find_one
from service.cli.running import opened, run_async

__all__ = ["access"]


def access(
    person: Annotated[
        str, typer.Argument(help="An id, an e-mail address, a LinkedIn URL, or a name.", show_default=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of a document to read.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Write to this new file, readable by you alone, instead of the terminal."),
    ] = None,
) -> None:
    """Tell everything that is held about a person, as they may ask: a Markdown document, or JSON."""
    if out is not None and out.exists():
        fail(f"{out} exists: name a new file.")
    told = run_async(_access(person))
    if out is None:
        _print(told, as_json)
        return
    out.touch(mode=0o600, exist_ok=False)
    out.write_text(_text(told, as_json), encoding="utf-8")
    messages().print(f"Written to {out}.", markup=False)


def _print(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        sys.stdout.write(_text(told, as_json))


def _text(told: dict[str, Any], as_json: bool) -> str:
    import json

    from graph.privacy.access_document import document_of

    return json.dumps(told, ensure_ascii=False, indent=2) + "\n" if as_json else document_of(told)


async def _access(wanted: str) -> dict[str, Any]:
    from service.access import full_access
    from service.audit.noting import note_export

    async with opened() as engine:
        meant = await find_one(engine, wanted)
        note_export()
        told = await full_access(engine, meant.id)
        if told is None:
            fail(f"nobody known is “{wanted}”: they were removed just now.")
        return told
