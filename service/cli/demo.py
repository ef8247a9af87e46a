"""`liaison demo`: an invented team and account, from export files to warm paths and a committee's map."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import console, counted, fail, messages
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.engine import Engine
    from importers.runs import ImportRequest
    from service.cli.references import Meant
    from service.settings import Settings

__all__ = ["demo", "examples_folder"]

_TARGET = "Helvion"
_DEAL = "Network monitoring 2027"
# Archive and LinkedIn slug of each of the team: an archive does not hold its owner's address.
_TEAM = {
    "mira-okaforde": "mira-okaforde-invented",
    "tomas-havelcin": "tomáš-havelčin-invented",
    "ingrid-solbakkvik": "ingrid-solbakkvik-invented",
    "rafael-quintaovar": "rafael-quintãovar-invented",
}


def demo(
    keep: Annotated[
        Path | None, typer.Option(help="Empty folder for the demo's graph. Default: a new scratch folder.")
    ] = None,
) -> None:
    """Import the examples into a scratch graph; show who can introduce the team to its account, and the committee."""
    run_async(_demo(keep))


def examples_folder() -> Path:
    """Where the example files are: beside the source tree, or inside the installed package."""
    package = Path(__file__).parents[1]
    for folder in (package.parent / "examples", package / "examples"):
        if (folder / "team").is_dir():
            return folder
    return fail("the example files are not here: run make demo in a copy of the source.")


async def _demo(keep: Path | None) -> None:
    from service.settings import load_settings

    examples = examples_folder()
    scratch = (keep or Path(tempfile.mkdtemp(prefix="liaison-demo-"))).absolute()
    settings = load_settings().model_copy(
        update={"neo4j_uri": None, "neo4j_database": None, "data_dir": scratch, "engine_memory": "512m"}
    )
    messages().print(f"Starting the embedded engine in {scratch} …", markup=False)
    async with opened(settings) as engine:
        for request in _requests(examples):
            await _import(engine, request, settings)
        target = await _show(engine)
        await _show_committee(engine)
    _what_next(scratch, target)


def _requests(examples: Path) -> list[ImportRequest]:
    from importers.runs import ImportRequest

    return [
        ImportRequest(paths=(examples / "account",), source="account"),
        ImportRequest(paths=(examples / "careers",), source="salesnav"),
        *(
            ImportRequest(
                paths=(examples / "team" / f"{archive}.linkedin.zip",),
                source="linkedin",
                owner=f"https://www.linkedin.com/in/{slug}",
            )
            for archive, slug in _TEAM.items()
        ),
    ]


async def _import(engine: Engine, request: ImportRequest, settings: Settings) -> None:
    from importers.runs import run_import

    run = await run_import(engine, request, spool_dir=settings.spool_dir)
    name = request.paths[0].name
    if run.state == "failed":
        fail(f"{name} was not imported. {run.error}")
    new = sum(changes.get("created", 0) for changes in run.counts.values())
    console().print(f"Imported {name}: {counted(run.rows.read, 'row')}, {counted(new, 'new record')}.")


async def _show(engine: Engine) -> Meant:
    from service.cli.paths import ask, print_answer
    from service.cli.references import look_up

    target = (await look_up(engine, _TARGET)).meant
    if target is None:
        fail(f"the examples hold no {_TARGET}: they are not complete.")
    console().print(f"\n[bold]Who of us can get a warm introduction to those who decide at {_TARGET}?[/]\n")
    print_answer(target, await ask(engine, target, first=8, max_per_connector=1))
    return target


async def _show_committee(engine: Engine) -> None:
    from service.cli.committee import committee_of, find_opportunity, print_committee

    console().print("\n[bold]And inside: who thinks what of us, who moves whom, and what to do next?[/]\n")
    print_committee(await committee_of(engine, await find_opportunity(engine, _DEAL)))


def demo_query(company: str) -> str:
    """The demo's question as a GraphQL client asks it."""
    return (
        f'{{ warmPaths(input: {{ target: {{ company: {{ id: "{company}" }} }}, first: 8, maxPerConnector: 1 }}) '
        "{ paths { score why people { name } } noPath { message } } }"
    )


def _what_next(scratch: Path, target: Meant) -> None:
    import json

    query = demo_query(target.id)
    liaison = _command()
    console().print(
        f"""
What to do next, with the same data:

  export LIAISON_DATA_DIR={shlex.quote(str(scratch))}
  {liaison} paths --to {_TARGET} --first 10
  {liaison} committee "{_DEAL}"    # --json: every number, and what it rests on
  {liaison} key create --role admin --name me    # shows a key, once: export KEY=...
  {liaison} serve --explore                      # then open http://127.0.0.1:8000/graphql

  curl -s http://127.0.0.1:8000/graphql -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
    -d {shlex.quote(json.dumps({"query": query}))}

Delete {scratch} when you have seen enough.""",
        markup=False,
        soft_wrap=True,
    )


def _command() -> str:
    """How this command is called here: its path where the shell would not find it by name."""
    if shutil.which("liaison") or Path(sys.argv[0]).name != "liaison":
        return "liaison"
    return shlex.quote(os.path.relpath(sys.argv[0]))
