"""What to do about a refused file, in the words of whoever gave it: options of the command, or fields of a request."""

from __future__ import annotations

import re
from dataclasses import replace

from importers.results import ImportRun

__all__ = ["as_fields", "in_fields"]

_FIELDS = {
    "owner": "owner",
    "date-order": "dateOrder",
    "mapping": "mapping",
    "format": "format",
    "encoding": "encoding",
    "source": "source",
    "partial": "partial",
    "collected-on": "collectedOn",
}
_OPTION = re.compile(
    rf"--({'|'.join(_FIELDS)})(?![\w-])(?P<value> (?=day-first|month-first|utf-|cp\d|https?:|linkedin\b|\w+/))?"
)


def as_fields(text: str) -> str:
    """`Name the owner with --owner` → `Name the owner with the field owner`; `--encoding cp1252` → `encoding=cp1252`.

    The importers speak of the options of `liaison import`; who sends files over HTTP has fields of the same meaning.
    """
    return _OPTION.sub(
        lambda found: f"{_FIELDS[found[1]]}=" if found["value"] else f"the field {_FIELDS[found[1]]}", text
    )


def in_fields(run: ImportRun) -> ImportRun:
    """The run, told to somebody who imports over HTTP."""
    return replace(
        run,
        refused=tuple(
            replace(row, reason=as_fields(row.reason), fix=as_fields(row.fix)) for row in run.refused
        ),
        error=as_fields(run.error) if run.error else run.error,
        notes=tuple(as_fields(note) for note in run.notes),
    )
