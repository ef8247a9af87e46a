"""`liaison changes` and `liaison stale`: who changed job between two imports, and which facts to check first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.output import console, counted, fail, print_json, table
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.engine import Engine

__all__ = ["changes", "changes_of", "stale", "stale_of"]

_First = Annotated[int, typer.Option(help="At most so many.", min=1, max=1000)]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


def changes(
    since: Annotated[str, typer.Option(help="Read on this day or later: 2026, 2026-09 or 2026-09-15.")],
    first: _First = 50,
    as_json: _Json = False,
) -> None:
    """List who left, joined, moved or got another title, as noticed between two imports of one source."""
    from graph.model.dates import PartialDate

    try:
        day = str(PartialDate.parse(since))
    except ValueError as error:
        fail(f"--since {since}: {error}.")
    told = run_async(_shown(changes_of, day, first))
    if as_json:
        print_json(told)
        return
    out = console()
    for one in told["changes"]:
        out.print(one["text"], markup=False)
        for moment in one["moments"]:
            out.print(f"  → {moment['text']}", markup=False)
    left = told["total"] - len(told["changes"])
    more = f", {left:,} of them not shown" if left else ""
    out.print(f"{counted(told['total'], 'change')} of job since {day}{more}.")


def stale(first: _First = 20, as_json: _Json = False) -> None:
    """List posts that nobody has confirmed for over 12 months, those that the best paths rest on first."""
    told = run_async(_shown(stale_of, first))
    if as_json:
        print_json(told)
        return
    if not told["facts"]:
        console().print("Nothing that paths rest on has gone without confirmation for over 12 months.")
        return
    table(
        ("rests on it", "last confirmed", "why"),
        [(f"{one['carries']:.2f}", one["confirmedOn"] or "never", one["reason"]) for one in told["facts"]],
    )
    console().print("Vouch for one with verifyFact of the API, or enter what is so now.")


async def _shown(read: Any, *asked: Any) -> dict[str, Any]:
    from service.audit.noting import note_people

    async with opened() as engine:
        told: dict[str, Any] = await read(engine, *asked)
        listed = [one for group in ("changes", "facts") for one in told.get(group, ())]
        note_people(one["personId"] for one in listed)
        note_people(each["names"] for one in listed for each in one.get("moments", ()) if each["names"])
        return told


async def changes_of(engine: Engine, since: str, first: int) -> dict[str, Any]:
    """The newest changes of job as plain values. Nobody's private records are among them."""
    from graph.freshness.changes import changes_since, with_moments

    found = await changes_since(engine, since, viewer=None, sees=None)
    shown = await with_moments(engine, found[:first], viewer=None, committees=True)
    return {
        "total": len(found),
        "changes": [
            {
                "personId": one.person.id,
                "person": one.person.name,
                "kind": one.says.kind,
                "text": one.text,
                "from": one.old.name if one.old else None,
                "to": one.new.name if one.new else None,
                "fromTitle": one.says.old_title or None,
                "toTitle": one.says.new_title or None,
                "lastSeenOn": one.says.last_seen,
                "noticedOn": one.says.noticed,
                "started": one.says.started,
                "moments": [
                    {
                        "kind": each.kind,
                        "opportunity": each.opportunity_name,
                        "text": each.text,
                        "names": each.names,
                    }
                    for each in one.moments
                ],
            }
            for one in shown
        ],
    }


async def stale_of(engine: Engine, first: int) -> dict[str, Any]:
    """The stale facts to check first as plain values. Nobody's private records are among them."""
    from datetime import UTC, datetime

    from graph.freshness.stale import stale_facts

    today = datetime.now(UTC).date()
    found = await stale_facts(engine, viewer=None, sees=None, today=today, limit=first)
    return {
        "facts": [
            {
                "id": one.fact.ref.token,
                "personId": one.person.id,
                "person": one.person.name,
                "at": one.fact.other.name,
                "confirmedOn": one.confirmed,
                "carries": one.weight.carries,
                "knownToTeam": one.weight.ours,
                "reason": one.reason,
            }
            for one in found
        ]
    }
