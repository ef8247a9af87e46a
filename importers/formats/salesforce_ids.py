"""Salesforce's ids: fifteen characters in which case matters, or eighteen of which the last three spell the case.

The eighteen are made of the fifteen: each of three groups of five gives one character, whose bits say which of the
five are capitals, the first of them lowest (Salesforce, "How to convert 15-character IDs to 18-character IDs").
"""

from __future__ import annotations

import re

from importers.formats.base import RowError

__all__ = ["long_id", "salesforce_id"]

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


def long_id(text: str) -> str | None:
    """The eighteen characters of a record's id, given those or fifteen; None for what is no id.

    The last three of eighteen must fit the others: a spreadsheet or a form may have changed their case.
    """
    if not _ID.fullmatch(text):
        return None
    short = text[:15]
    groups = (short[at : at + 5] for at in (0, 5, 10))
    suffix = "".join(
        _ALPHABET[sum(character.isupper() << bit for bit, character in enumerate(group))] for group in groups
    )
    return short + suffix if text[15:].upper() in ("", suffix) else None


def salesforce_id(text: str, column: str) -> str:
    """As `long_id`; raises RowError for what is no id."""
    if found := long_id(text):
        return found
    what = "it is no id of Salesforce" if text else "it is empty"
    raise RowError(
        column,
        f"{column}: {what}",
        "Import the file as Salesforce wrote it: an id has 15 or 18 letters and digits, and their case matters",
    )
