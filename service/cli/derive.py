"""`liaison derive`: evidence becomes ties."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import console, counted, print_json
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.ties import DerivationReport

__all__ = ["derive"]


def derive(
    full: Annotated[
        bool, typer.Option("--full", help="Derive every tie anew, not only what changed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Derive ties from the evidence: of what changed, of what aged, or of everything."""
    report = run_async(_derive(full))
    if as_json:
        print_json(asdict(report))
        return
    console().print(
        f"Looked at {counted(report.people, 'person', 'people')} in {report.seconds:.1f} s: "
        f"{counted(report.created, 'tie')} created, {report.updated:,} updated, {report.removed:,} removed."
    )


async def _derive(full: bool) -> DerivationReport:
    from graph.ties import derive as derive_ties

    async with opened() as engine:
        return await derive_ties(engine, full=full)
