"""`liaison undo`: an import is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import ExitCode, console, counted, fail, print_json
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from importers.results import ImportRun
    from importers.undoing import Preview

__all__ = ["undo"]


def undo(
    run: Annotated[str, typer.Argument(help="The import's id (liaison import --json, or importRuns).")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be looked at; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only; does not ask.")] = False,
) -> None:
    """Take an import back: what only it stated goes, all else is as if it had never run."""
    preview = run_async(_preview(run))
    if dry_run and as_json:
        print_json(preview.as_dict())
        return
    if not as_json:
        _print_preview(preview)
    if dry_run:
        return
    if not (yes or as_json):
        typer.confirm("Take it back?", abort=True)
    undone = run_async(_undo(run))
    if as_json:
        print_json(undone.as_dict())
    else:
        _print_undone(undone)


async def _preview(run_id: str) -> Preview:
    from importers.undoing import CannotUndo, NoSuchRun, preview_undo

    async with opened() as engine:
        try:
            return await preview_undo(engine, run_id)
        except NoSuchRun as error:
            fail(str(error))
        except CannotUndo as error:
            fail(str(error), ExitCode.USAGE)


async def _undo(run_id: str) -> ImportRun:
    from graph.privacy.audit import COMMAND_LINE
    from importers.undoing import CannotUndo, undo_import
    from service.audit.noting import note_change

    async with opened() as engine:
        try:
            run = await undo_import(engine, run_id, by=COMMAND_LINE)
        except CannotUndo as error:
            fail(str(error), ExitCode.USAGE)
        note_change(run.id)
        return run


def _print_preview(preview: Preview) -> None:
    run = preview.run
    out = console()
    out.print(
        f"Import {run.id} of {run.created_at[:10]} from {run.source}: {', '.join(run.files)}", markup=False
    )
    out.print(
        f"It read {counted(preview.read, 'record')} and withdrew {preview.withdrawn:,}. What others read too stays."
    )
    if preview.incomplete:
        out.print(
            "It is so old that what it changed or withdrew may not be kept any more: then it does not come back."
        )


def _print_undone(run: ImportRun) -> None:
    taken = run.as_dict()["takenBack"]
    console().print(
        f"Taken back: {counted(taken['removed'], 'record')} removed, {taken['changed']:,} as they were before, "
        f"{taken['restored']:,} brought back, {taken['parted']:,} parted. The same files can be imported again."
    )
