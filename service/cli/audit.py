"""`liaison audit`: who looked at, exported or changed a person, or what one key did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import ExitCode, console, fail, print_json
from service.cli.references import find_one
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from rich.table import Table

    from graph.engine import Engine
    from graph.privacy.audit import AuditEvent

__all__ = ["audit", "events_table"]

_MOST_NAMES = 2
# Widths of columns, and what is left of 80 beside the time, the outcome and the gaps: the longest operation fits.
_BY, _WHOM, _ROOM = 12, 16, 48


def audit(
    person: Annotated[
        str | None, typer.Option(help="About whom: an id, an e-mail address, a LinkedIn URL, or a name.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="By which key: its id, prefix or name, or “command line”.")
    ] = None,
    first: Annotated[int, typer.Option(help="At most so many, the newest first.", min=1, max=10_000)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Show who looked at, exported or changed a person, or what one API key did. Give one of --person and --by."""
    if (person is None) == (by is None):
        fail("give either --person or --by (keys and their ids: liaison key list).", ExitCode.USAGE)
    events, keys, people = run_async(_told(person, by, first, named=not as_json))
    if as_json:
        print_json([asdict(event) | {"key_name": keys.get(event.actor)} for event in events])
    elif events:
        console().print(events_table(events, keys, people))
    else:
        console().print("Nothing is noted.")


async def _told(
    person: str | None, by: str | None, first: int, *, named: bool
) -> tuple[list[AuditEvent], dict[str, str], dict[str, str]]:
    """The events, what keys are called, and (if `named`) what those shown of each event's people are called."""
    from service.audit.actors import names_of_keys

    async with opened() as engine:
        events = await _events(engine, person, by, first)
        people = await _names(engine, events) if named else {}
        return events, await names_of_keys(engine), people


async def _events(engine: Engine, person: str | None, by: str | None, first: int) -> list[AuditEvent]:
    from graph.privacy.audit import events_about, events_by
    from service.audit.actors import NoSuchActor, actor_meant
    from service.security.keys import KeyRefused

    if by is None:
        meant = await find_one(engine, person or "")
        return await events_about(engine, meant.id, limit=first)
    try:
        actor = await actor_meant(engine, by)
    except (NoSuchActor, KeyRefused) as error:
        fail(str(error))
    return await events_by(engine, actor, limit=first)


async def _names(engine: Engine, events: Sequence[AuditEvent]) -> dict[str, str]:
    from graph.records.people import people_by_ids
    from service.audit.noting import note_people

    ids = sorted({one for event in events for one in event.people[:_MOST_NAMES]})
    views = {one: view for one, view in (await people_by_ids(engine, ids)).items() if view.known_by(None)}
    note_people(views)
    return {one: view.name for one, view in views.items()}


def events_table(events: Sequence[AuditEvent], keys: Mapping[str, str], people: Mapping[str, str]) -> Table:
    """Events in 80 columns; `keys` and `people` are names by id."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = [
        (
            event.at[:16].replace("T", " "),
            keys.get(event.actor, event.actor),
            "\n".join(one.removeprefix("Query.").removeprefix("Mutation.") for one in event.actions),
            event.kind if event.outcome == "done" else event.outcome,
            _whom(event, people),
        )
        for event in events
    ]
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    operations = max((len(line) for row in rows for line in row[2].split("\n")), default=0)
    by = min(_BY, max((len(row[1]) for row in rows), default=0))
    widths = {"by": by, "whom": max(_WHOM, _ROOM - operations - by)}
    for column in ("at (UTC)", "by", "operation", "outcome", "whom"):
        shown.add_column(column, overflow="fold", no_wrap=column not in widths, width=widths.get(column))
    for row in rows:
        shown.add_row(*map(Text, row))
    return shown


def _whom(event: AuditEvent, people: Mapping[str, str]) -> str:
    named = [people[one] for one in event.people[:_MOST_NAMES] if one in people]
    others = event.concerned - len(named)
    if not others:
        return "\n".join(named)
    if named:
        return "\n".join((*named, f"and {others:,} more"))
    return f"{others:,} unnamed"
