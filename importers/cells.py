"""Cells of the CSV files that we write: guarded on the way out, and as they were again on the way in.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that spells "nothing"
and yet means something (a title `-`). A file says by its header that it was written so: only then are apostrophes
taken off, so that one that belongs to a cell of somebody else's file stays.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["EMPTY_SPELLINGS", "EXPORT_COLUMN", "escape", "is_export_header", "unescape"]

# The last column of the neutral CSV that we write, always empty.
EXPORT_COLUMN = "liaison_export"

# As programs write "nothing". "Null" and "Nan" are people's names and stay.
EMPTY_SPELLINGS = frozenset(
    (
        "NaN",
        "nan",
        "NAN",
        "NULL",
        "null",
        "(null)",
        "N/A",
        "n/a",
        "#N/A",
        "None",
        "-",
        "--",
        "\u2013",
        "\u2014",
    )
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escape(cell: str) -> str:
    """A cell as it is written, so that no spreadsheet runs it."""
    return f"'{cell}" if _is_guarded(cell) else cell


def unescape(cell: str) -> str:
    """The cell that `escape` was given."""
    return cell[1:] if cell.startswith("'") and _is_guarded(cell) else cell


def is_export_header(header: Iterable[str]) -> bool:
    """Whether a file with this header is an export of ours, to be read back."""
    return EXPORT_COLUMN in {cell.strip().casefold() for cell in header}


def _is_guarded(cell: str) -> bool:
    # One apostrophe more, however many there are: what was put on can be told from what was there.
    core = cell.lstrip("'")
    return core.startswith(_FORMULA) or core.strip() in EMPTY_SPELLINGS
