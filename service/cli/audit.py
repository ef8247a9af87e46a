"""`liaison audit`: who looked at, exported or changed a person, or what one key did."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import ExitCode, fail, print_json, table
from service.cli.references import find_one
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.privacy.audit import AuditEvent

__all__ = ["audit"]


def audit(
    person: Annotated[
        str | None, typer.Option(help="About whom: an id, an e-mail address, a LinkedIn URL, or a name.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="By which key: its id, or “command line”.")] = None,
    first: Annotated[int, typer.Option(help="At most so many, the newest first.", min=1, max=10_000)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Show who looked at, exported or changed a person, or what one API key did. Give one of --person and --by."""
    if (person is None) == (by is None):
        fail("give either --person or --by (keys and their ids: liaison key list).", ExitCode.USAGE)
    events = run_async(_events(person, by, first))
    if as_json:
        print_json([asdict(event) for event in events])
        return
    table(
        ("at", "by", "what", "outcome", "people", "operations"),
        [
            (one.at[:19], one.actor, one.kind, one.outcome, one.concerned, ", ".join(one.actions))
            for one in events
        ],
    )


async def _events(person: str | None, by: str | None, first: int) -> list[AuditEvent]:
    from graph.privacy.audit import events_about, events_by

    async with opened() as engine:
        if by is not None:
            return await events_by(engine, by, limit=first)
        meant = await find_one(engine, person or "")
        return await events_about(engine, meant.id, limit=first)
