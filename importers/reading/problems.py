"""What can be wrong with a file or a row, said so that a person can put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "EmptyFileError",
    "FileError",
    "Note",
    "NothingUsableError",
    "Refusal",
    "Skipped",
    "UnknownFormatError",
]


class FileError(Exception):
    """A file that cannot be what it claims to be: refused whole, nothing of it is written.

    `reason` says what is wrong, `fix` what to do about it; neither quotes a cell.
    """

    def __init__(self, reason: str, fix: str) -> None:
        self.reason = reason
        self.fix = fix[:1].upper() + fix[1:]
        super().__init__(f"{reason}. {self.fix}")


class EmptyFileError(FileError):
    """A file of a known format without a single row: harmless as one of many, an error when it is alone."""


class NothingUsableError(FileError):
    """A file of a known format whose rows were all refused or skipped."""


class UnknownFormatError(FileError):
    """A file without a known header: left out among many, an error when it is alone."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be right; the rest of the file goes in.

    `line` is the first line of the row as an editor counts (from 1); `column` the canonical column name, or
    "" where the whole row is meant. `cells` holds the row's allow-listed columns as written, for the CSV of
    refused rows; it never holds what must not be stored.
    """

    file: str
    line: int
    column: str
    reason: str
    fix: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that says nothing we keep, and rightly so: not an error."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """What an admin should know of the file as a whole; stands in the run's notes."""

    text: str
