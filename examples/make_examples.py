"""Writes the invented example files: `python examples/make_examples.py [FOLDER]`.

The same bytes every time; a test compares them with the files committed beside this script.
"""

from __future__ import annotations

import sys
from pathlib import Path

from making.account import write_account
from making.careers import write_careers
from making.crowd import build_world
from making.linkedin import write_archives


def main(folder: Path) -> None:
    """Write `team/`, `careers/` and `account/` below a folder."""
    world = build_world()
    write_archives(world, folder / "team")
    write_careers(world, folder / "careers")
    write_account(world, folder / "account")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
