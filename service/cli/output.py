"""How commands speak: results on standard output, everything else on standard error, exit codes.

Heavy modules are imported where they are used, so that `liaison --help` answers at once.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["ExitCode", "as_sentence", "console", "counted", "fail", "messages", "print_json", "table"]


_BEGINS_WITH_FILE = re.compile(
    r"\S*(?:[./\\_]\S|\d)\S*\s|[^\s:]+: |(?:(?!\. )[^:])+\.\w{1,7}(?:/[^:]*)?: "  # a path; a name and what is wrong
)


class ExitCode(IntEnum):
    """What a command's exit code means; docs/operations.md lists them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    ENGINE_UNAVAILABLE = 3
    ROWS_REFUSED = 4


def console() -> Console:
    """Where results for people go."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def messages() -> Console:
    """Where progress, remarks and errors go."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def fail(what: str, code: ExitCode = ExitCode.FAILED) -> NoReturn:
    """Say in a sentence what is wrong and what to do, and end the command."""
    from rich.markup import escape

    messages().print(f"[bold red]Error:[/] {escape(as_sentence(what))}")
    raise typer.Exit(int(code))


def as_sentence(what: str) -> str:
    """With a capital at its beginning, unless that is the name of a file: it is shown as it is."""
    return what if _BEGINS_WITH_FILE.match(what) else what[:1].upper() + what[1:]


def print_json(value: Any) -> None:
    """Print one JSON document, and nothing else, on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 row`, `2 rows`, `1,200 people`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str | None = None) -> None:
    """Print a plain table; numbers stand to the right, long words wrap."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for position, name in enumerate(columns):
        numbers = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        # An id that is cut in two cannot be copied.
        shown.add_column(name, justify="right" if numbers else "left", overflow="fold", no_wrap=name == "id")
    for row in rows:
        shown.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else str(cell)) for cell in row))
    console().print(shown)
