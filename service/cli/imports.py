"""`liaison import`: files become facts, and facts become ties."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from service.cli.output import ExitCode, console, counted, fail, messages, print_json, table
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from importers.archives import Ignored
    from importers.formats.base import DateOrder
    from importers.runs import ImportRequest, ImportRun, Report

__all__ = ["ignored_lines", "import_files", "print_run", "read_mapping"]

_SHOWN_ROWS = 20
_SHOWN_FILES = 20
_SHOWN_COLUMNS = 8


def import_files(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Files (.csv, .xlsx, .vcf, .ics, .mbox), zip archives or folders.", show_default=False
        ),
    ],
    source: Annotated[str, typer.Option(help="The system they come from, for example linkedin or our-crm.")],
    format_: Annotated[
        str | None, typer.Option("--format", help="Format, if the header does not show it.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that maps other columns (liaison inspect proposes one).")
    ] = None,
    owner: Annotated[
        str | None, typer.Option(help="Whose archive it is: a LinkedIn URL, an e-mail address or an id.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would happen; write nothing.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="A part of the source: what it lacks is not withdrawn.")
    ] = False,
    private: Annotated[
        bool, typer.Option("--private", help="Whom the owner knows serves the owner's paths alone.")
    ] = False,
    private_to: Annotated[
        str | None, typer.Option(help="As --private, for this team member: id, e-mail or LinkedIn URL.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Text encoding, if it is neither UTF-8 nor Windows-1252.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="day-first or month-first, if the dates do not show it.")
    ] = None,
    purpose: Annotated[str | None, typer.Option(help="Why the people in them are stored.")] = None,
    lawful_basis: Annotated[
        str | None, typer.Option(help="The lawful basis of that (GDPR, article 6).")
    ] = None,
    collected_on: Annotated[
        str | None, typer.Option(help="Since when they are known, if before today: 2026-03-14.")
    ] = None,
    no_merging: Annotated[
        bool, typer.Option("--no-merging", help="Merge nobody: ask about every pair (liaison review).")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit code 4 if any row was refused.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the run as JSON only.")] = False,
) -> None:
    """Import files, and derive the ties they touch. The same file again creates nothing."""
    from graph.privacy.parameters import PRIVACY
    from importers.runs import ImportRequest

    request = ImportRequest(
        paths=tuple(path.absolute() for path in paths),
        source=source,
        format=format_,
        mapping=read_mapping(mapping),
        owner=owner,
        dry_run=dry_run,
        private=private or private_to is not None,
        partial=partial,
        date_order=cast("DateOrder | None", date_order),
        encoding=encoding,
        purpose=purpose or PRIVACY.purpose,
        lawful_basis=lawful_basis or PRIVACY.lawful_basis,
        collected_on=collected_on,
        merging=not no_merging,
    )
    run = run_async(_import(request, private_to))
    if as_json:
        print_json(run.as_dict())
    else:
        print_run(run)
    if run.state == "failed":
        stopped = "the import stopped halfway" if run.counts else "nothing was imported"
        fail(f"{stopped}. {run.error or 'The run does not say why.'}")
    if strict and run.rows.refused:
        raise typer.Exit(int(ExitCode.ROWS_REFUSED))


def read_mapping(path: Path | None) -> str | None:
    """The text of a mapping file; ends the command when it cannot be read."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        fail(f"{path} cannot be read as text: give a TOML mapping (liaison inspect proposes one).")


async def _import(request: ImportRequest, private_to: str | None) -> ImportRun:
    from dataclasses import replace

    from importers.reading.problems import FileError
    from importers.runs import resume_runs, run_import
    from importers.undoing import resume_undos
    from service.audit.noting import note_change
    from service.cli.references import find_one
    from service.settings import load_settings

    settings = load_settings()
    async with opened(settings) as engine:
        if private_to is not None:
            request = replace(request, private_to=(await find_one(engine, private_to)).id)
        try:
            request.check()
        except FileError as error:
            fail(str(error), ExitCode.USAGE)
        with _progress() as report:
            await resume_undos(engine)
            for earlier in await resume_runs(engine, settings.spool_dir, progress=report):
                messages().print(
                    f"An interrupted import ({earlier.source}) was completed first: {earlier.state}."
                )
            run = await run_import(engine, request, spool_dir=settings.spool_dir, progress=report)
            note_change(run.id)
            return run


@contextmanager
def _progress() -> Iterator[Callable[[Report], None]]:
    """A progress bar on a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield lambda report: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=messages(), transient=True) as bar:
        task = bar.add_task("Starting", total=1.0, rows="")

        def show(report: Report) -> None:
            rows = counted(report.rows, "row") if report.rows else ""
            bar.update(task, description=report.step.capitalize(), completed=report.share, rows=rows)

        yield show


def print_run(run: ImportRun) -> None:
    """Show a run to a person: counts, refused rows, what to do."""
    out = console()
    rows = [
        (
            kind.replace("_", " "),
            *(
                changes.get(name, 0)
                for name in ("created", "updated", "unchanged", "withdrawn", "suppressed")
            ),
        )
        for kind, changes in run.counts.items()
        if any(changes.values())
    ]
    if rows:
        table(("", "created", "updated", "unchanged", "withdrawn", "suppressed"), rows)
    if run.state == "done":
        tried = " Nothing was written: this was a dry run." if run.dry_run else ""
        out.print(
            f"Read {counted(run.rows.read, 'row')}: {run.rows.skipped:,} skipped, {run.rows.refused:,} refused.{tried}"
        )
    if run.merged:
        out.print(
            f"{counted(run.merged, 'person', 'people')} recognised as somebody who was known, and merged."
        )
    if run.to_review:
        out.print(f"{counted(run.to_review, 'pair', 'pairs')} of people may be one: see liaison review.")
    for note in run.notes:
        messages().print(f"Note: {note}", markup=False)
    for line in ignored_lines(run.ignored):
        messages().print(line, markup=False)
    if run.refused:
        shown = run.refused[:_SHOWN_ROWS]
        table(
            ("file", "line", "column", "reason", "what to do"),
            [(row.file, row.line, row.column, row.reason, row.fix) for row in shown],
            title=f"Refused: {counted(run.rows.refused, 'row')}",
        )
    _print_refused_files(run)


def _print_refused_files(run: ImportRun) -> None:
    from importers.refusals import is_mendable
    from importers.runs import refused_file
    from service.settings import load_settings

    for name in run.refused_files:
        path = refused_file(load_settings().spool_dir, run.id, name)
        if path is not None:
            what = (
                "To fix and import again" if is_mendable(name) else "To look up in the program it came from"
            )
            messages().print(f"{what}: {path}", markup=False)


def ignored_lines(ignored: Sequence[Ignored]) -> list[str]:
    """What was not read, a line a file, with its columns; of more than a few the number."""
    files: dict[tuple[str, str], list[str]] = {}
    for one in ignored:
        files.setdefault((one.file, one.reason), []).extend([one.column] if one.column else [])
    lines = [f"Ignored: {file}: {_listed(columns)}{reason}." for (file, reason), columns in files.items()]
    further = len(lines) - _SHOWN_FILES
    return [*lines[:_SHOWN_FILES], f"… and {further:,} more (--json)."] if further > 0 else lines


def _listed(columns: Sequence[str]) -> str:
    if not columns:
        return ""
    further = len(columns) - _SHOWN_COLUMNS
    more = f" and {further:,} more" if further > 0 else ""
    return f"{'column' if len(columns) == 1 else 'columns'} {', '.join(columns[:_SHOWN_COLUMNS])}{more}: "
