"""`liaison inspect`: what a file is, and the mapping that would make it readable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from service.cli.output import ExitCode, console, counted, fail, messages, print_json, table

if TYPE_CHECKING:
    from importers.formats.base import DateOrder
    from importers.inspecting import Inspection

__all__ = ["inspect"]


def inspect(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Files (.csv, .xlsx, .vcf, .ics, .mbox), zip archives or folders.", show_default=False
        ),
    ],
    format_: Annotated[str | None, typer.Option("--format", help="Look at it as this format.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Look at it through this TOML mapping.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Text encoding, if it is not recognised.")] = None,
    date_order: Annotated[str | None, typer.Option(help="day-first or month-first.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Say what files are, and propose a mapping where no format knows it.

    A proposed mapping is all that is printed on standard output: liaison inspect FILE > mapping.toml
    """
    from importers.inspecting import Inspection, inspect_file
    from importers.reading.problems import FileError
    from service.cli.imports import read_mapping

    text = read_mapping(mapping)
    found: list[Inspection] = []
    for file in files:
        try:
            found += inspect_file(
                file,
                format_name=format_,
                mapping=text,
                encoding=encoding,
                date_order=cast("DateOrder | None", date_order),
            )
        except FileError as error:
            if len(files) == 1:
                fail(f"{error}.")
            # The others are looked at all the same.
            reason = error.reason.removeprefix(f"{file.name}: ")
            found.append(Inspection(file=file.name, size=0, problem=reason, fix=error.fix))
    if as_json:
        print_json({"files": [each.as_dict() for each in found]})
    else:
        for each in found:
            _print(each)
    if any(each.format is None and each.mapping is None for each in found):
        raise typer.Exit(int(ExitCode.FAILED))


def _print(found: Inspection) -> None:
    say = messages()
    if found.format is None:
        problem = (found.problem or "").removeprefix(f"{found.file}: ")
        say.print(f"{found.file}: {problem}. {found.fix}.", markup=False)
        if found.mapping is not None:
            say.print("Proposed mapping, to be read and corrected:")
            sys.stdout.write(found.mapping.rstrip() + "\n")
        return
    rows = counted(found.rows or 0, "row")
    header = f"header in line {found.header_line}" if found.header_line else ""
    # A mailbox has no encoding of its own, and cards, calendars and mailboxes have no header.
    parts = (part for part in (found.format, rows, found.encoding, header) if part)
    console().print(f"{found.file}: {', '.join(parts)}", markup=False)
    if found.problem:
        say.print(f"It is not read: {found.problem}.", markup=False)
    elif found.needs_owner:
        say.print("The import must say whose it is: --owner.")
    table(("column", "read as"), [(use.name, use.read_as or f"({use.reason})") for use in found.columns])
