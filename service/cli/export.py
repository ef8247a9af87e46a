"""`liaison export`: contacts, paths and committees as CSV for a spreadsheet, and the whole graph as our own CSV."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import counted, fail, messages
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.engine import Engine
    from graph.privacy.audit import AuditEvent
    from service.exports.events import ExportEvents
    from service.exports.sheets import Cell
    from service.exports.tables import Page

__all__ = ["app"]

app = typer.Typer(help="Write contacts, paths, a committee or the whole graph as CSV.", no_args_is_help=True)
_Out = Annotated[Path, typer.Option("--out", help="A new file, readable by you alone.", show_default=False)]


@app.command("contacts")
def contacts(out: _Out) -> None:
    """Everybody outside who may be approached, with addresses, post, and who of ours knows them best."""
    _free(out)
    rows = run_async(_contacts(out))
    messages().print(f"{counted(rows, 'contact')} written to {out}.", markup=False)


@app.command("paths")
def paths(
    to: Annotated[
        str,
        typer.Option(help="Person or company: e-mail, LinkedIn URL, domain, id or name.", show_default=False),
    ],
    out: _Out,
    first: Annotated[int, typer.Option(help="How many paths.", min=1, max=25)] = 25,
) -> None:
    """The warm paths to a person, or to those who decide at a company."""
    _free(out)
    rows, why_none = run_async(_paths(to, first, out))
    messages().print(f"{counted(rows, 'path')} written to {out}. {why_none}".rstrip(), markup=False)


@app.command("committee")
def committee(
    opportunity: Annotated[str, typer.Argument(help="The opportunity's id or name.", show_default=False)],
    out: _Out,
) -> None:
    """The buying committee of an opportunity."""
    _free(out)
    rows = run_async(_committee(opportunity, out))
    messages().print(f"{counted(rows, 'member')} written to {out}.", markup=False)


@app.command("neutral")
def neutral(
    out: Annotated[Path, typer.Option("--out", help="A new folder, or a new .zip file.", show_default=False)],
) -> None:
    """The whole graph as our own CSV: liaison import makes the same graph of it."""
    _free(out)
    rows = run_async(_neutral(out.absolute()))
    total = sum(rows.values())
    messages().print(
        f"{counted(total, 'row')} in {counted(len(rows), 'file')} written to {out}.", markup=False
    )


def _free(out: Path) -> None:
    if out.exists():
        fail(f"{out} exists: name a new one.")
    if not out.absolute().parent.is_dir():
        fail(f"there is no folder {out.absolute().parent}: make it first.")


async def _contacts(out: Path) -> int:
    from service.exports.tables import CONTACT_COLUMNS, contacts

    async with opened() as engine:
        return await _write(engine, out, CONTACT_COLUMNS, contacts(engine, None))


async def _paths(to: str, first: int, out: Path) -> tuple[int, str]:
    from service.cli.references import look_up
    from service.exports.tables import PATH_COLUMNS, path_page, paths_to

    async with opened() as engine:
        meant = (await look_up(engine, to)).meant
        if meant is None:
            fail(f"“{to}” is not one person or company alone: liaison paths --to shows whom it could mean.")
        answer = await paths_to(engine, meant.id, first, None, alliances=True)
        rows = await _write(engine, out, PATH_COLUMNS, _one(path_page(answer)))
        return rows, answer.no_path.text if answer.no_path else ""


async def _committee(wanted: str, out: Path) -> int:
    from service.cli.committee import find_opportunity
    from service.exports.tables import COMMITTEE_COLUMNS, committee_page

    async with opened() as engine:
        page = await committee_page(engine, await find_opportunity(engine, wanted), None, alliances=True)
        if page is None:
            fail("the opportunity was removed just now.")
        return await _write(engine, out, COMMITTEE_COLUMNS, _one(page))


async def _neutral(out: Path) -> dict[str, int]:
    from service.exports.neutral import neutral_folder, neutral_zip

    write = neutral_zip if out.suffix.lower() == ".zip" else neutral_folder
    async with opened() as engine, _audited(engine) as events:
        with _progress() as show:

            def told(label: str, done: int, people: Sequence[str]) -> None:
                show(label, done)
                events.add(people)

            return await write(engine, out, None, told)


async def _write(engine: Engine, out: Path, columns: Sequence[str], pages: AsyncIterator[Page]) -> int:
    """Write a sheet page by page; the file appears when it is whole."""
    from service.exports.sheets import appearing, sheet

    done = 0
    async with _audited(engine) as events:
        with appearing(out) as stream, _progress() as show:

            async def rows() -> AsyncIterator[Sequence[Sequence[Cell]]]:
                nonlocal done
                async for page in pages:
                    events.add(page.people)
                    done += len(page.rows)
                    show("rows", done)
                    yield page.rows

            async for chunk in sheet(columns, rows()):
                stream.write(chunk)
    return done


@asynccontextmanager
async def _audited(engine: Engine) -> AsyncIterator[ExportEvents]:
    """Whom the command exports, written down when it ends, however it ends."""
    from graph.privacy.audit import COMMAND_LINE, DONE, FAILED, write_events
    from service.exports.events import ExportEvents

    kept: list[AuditEvent] = []
    events = ExportEvents(kept.append, actor=COMMAND_LINE, role="admin", action="liaison export")
    outcome = FAILED
    try:
        yield events
        outcome = DONE
    finally:
        events.close(outcome)
        await write_events(engine, kept)


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """How far it is, on a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        yield lambda what, done: None
        return
    with messages().status("Reading") as status:

        def show(what: str, done: int) -> None:
            status.update(f"{what.capitalize()}: {done:,}")

        yield show


async def _one(page: Page) -> AsyncIterator[Page]:
    yield page
