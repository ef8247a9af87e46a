"""`liaison schema`: the GraphQL contract."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from service.cli.output import console, fail

__all__ = ["schema"]


def schema(
    check: Annotated[
        Path | None,
        typer.Option(help="Compare with this file (schema.graphql) instead; exit code 1 if it differs."),
    ] = None,
) -> None:
    """Print the GraphQL schema that this version serves."""
    from service.api import build_schema

    text = build_schema().as_str().rstrip() + "\n"
    if check is None:
        sys.stdout.write(text)
    elif not check.is_file():
        fail(f"{check} does not exist: write it with liaison schema > {check}")
    elif check.read_text(encoding="utf-8") != text:
        fail(f"{check} is not this version's schema: write it anew with liaison schema > {check}")
    else:
        console().print(f"{check} is this version's schema.")
