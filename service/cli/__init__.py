"""The `liaison` command: a module a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from service.cli import (
    access,
    audit,
    committee,
    demo,
    derive,
    doctor,
    export,
    freshness,
    imports,
    inspect,
    keys,
    paths,
    privacy,
    review,
    schema,
    serve,
    undo,
)
from service.cli.output import ExitCode, fail
from service.cli.running import name_command

__all__ = ["app", "main", "run"]

app = typer.Typer(
    name="liaison",
    help="Who of us can get a warm introduction to whom, through whom, and why it should work.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 no engine, 4 rows refused (--strict).",
)
app.command("serve")(serve.serve)
app.command("import")(imports.import_files)
app.command("undo")(undo.undo)
app.command("inspect")(inspect.inspect)
app.add_typer(export.app, name="export")
app.command("paths")(paths.paths)
app.command("committee")(committee.committee)
app.command("derive")(derive.derive)
app.command("suppress")(privacy.suppress)
app.command("erase")(privacy.erase)
app.command("retention")(privacy.retention)
app.command("demo")(demo.demo)
app.command("review")(review.review)
app.command("changes")(freshness.changes)
app.command("stale")(freshness.stale)
app.command("access")(access.access)
app.command("audit")(audit.audit)
app.add_typer(keys.app, name="key")
app.command("doctor")(doctor.doctor)
app.command("schema")(schema.schema)


def main() -> None:
    """Entry point of the `liaison` command."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line and answer its exit code; no expected error becomes a traceback."""
    name_command(arguments)
    try:
        app(args=list(arguments), prog_name="liaison")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(ExitCode.FAILED)
    except BrokenPipeError:
        # The reader of our output (head, a pager) went away.
        sys.stderr.close()
        return int(ExitCode.FAILED)
    except Exception as error:
        try:
            _explain(error)
        except typer.Exit as end:
            return end.exit_code
    return int(ExitCode.OK)


def _explain(error: Exception) -> None:
    from graph.engine import EngineError, EngineUnavailable
    from service.settings import SettingsError

    if isinstance(error, SettingsError):
        fail(str(error), ExitCode.USAGE)
    if isinstance(error, EngineUnavailable):
        fail(f"{_sentence(error)} `liaison doctor` says more.", ExitCode.ENGINE_UNAVAILABLE)
    if isinstance(error, EngineError):
        fail(f"{_sentence(error)} `liaison doctor` says which engine this is.")
    if isinstance(error, OSError):
        fail(f"{error.strerror or 'a file could not be used'}: {error.filename or 'unknown file'}")
    _unexpected(error)


def _unexpected(error: Exception) -> None:
    import traceback
    from pathlib import Path

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    fail(
        f"something unexpected happened ({type(error).__name__} at {place}). Please report it with this line."
    )


def _sentence(error: Exception) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
