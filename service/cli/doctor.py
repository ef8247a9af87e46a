"""`liaison doctor`: which engine, where, in what state, and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["doctor"]


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Say which engine is used, where it is, what it holds, and what to do if something is wrong."""
