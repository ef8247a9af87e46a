"""`liaison inspect`: what a file is, and the mapping that would make it readable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def inspect(file: Annotated[Path, typer.Argument(help="A CSV file.")]) -> None:
    """Say what a file is, and propose a mapping where its format is not known."""
