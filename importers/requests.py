"""What somebody asks to be imported; written down before it starts, so that it can be taken up again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from graph.privacy.parameters import PRIVACY
from importers.formats.base import DateOrder
from importers.reading.problems import FileError

__all__ = ["ImportRequest"]

_LONGEST_SOURCE = 100
_LONGEST_MAPPING = 256 * 1024
_LONGEST_PURPOSE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """Files to import and what is known about them from outside.

    `source` names the system they come from; with it records are told apart from those of other sources.
    `format` is `family/kind` or None: recognised by name and header. `mapping` is the text of a TOML mapping.
    `owner` says whose archive it is: a LinkedIn URL, an e-mail address or a person's id. With `private` what
    the import says of whom somebody knows serves its owner alone; `private_to` names that person by id.
    `partial`: the files hold a part of the source, so rows that they lack are not withdrawn.
    `uploaded`: the paths are copies in the spool, deleted once the import is over.
    `purpose` and `lawful_basis` say why the people in them may be stored, `collected_on` (ISO) since when they are
    known where that was before today.
    `merging` False: people who are surely one are not merged; a human is asked about them, too.
    """

    paths: tuple[Path, ...]
    source: str
    format: str | None = None
    mapping: str | None = None
    owner: str | None = None
    dry_run: bool = False
    private: bool = False
    private_to: str | None = None
    date_order: DateOrder | None = None
    encoding: str | None = None
    partial: bool = False
    uploaded: bool = False
    purpose: str = PRIVACY.purpose
    lawful_basis: str = PRIVACY.lawful_basis
    collected_on: str | None = None
    merging: bool = True

    def check(self) -> None:
        """Raise FileError for a request that no file could satisfy."""
        if not self.paths:
            raise FileError("No file was given", "Name a CSV file, a zip or a folder")
        if not self.source.strip() or len(self.source) > _LONGEST_SOURCE or not self.source.isprintable():
            raise FileError(
                f"source is empty, not plain text, or over {_LONGEST_SOURCE} characters",
                "Name the system the files come from, for example --source linkedin",
            )
        if "|" in self.source:
            raise FileError("source holds a “|”", "Use letters, digits, spaces, dots and dashes")
        if self.mapping is not None and len(self.mapping) > _LONGEST_MAPPING:
            raise FileError("The mapping is over 256 KiB", "Give the TOML mapping file, not the data")
        self._check_purpose()
        if self.date_order is not None and self.date_order not in get_args(DateOrder):
            raise FileError("date order is day-first or month-first", "Use one of the two")

    def _check_purpose(self) -> None:
        for name, said in (("purpose", self.purpose), ("lawful basis", self.lawful_basis)):
            if not said.strip() or len(said) > _LONGEST_PURPOSE or not said.isprintable():
                raise FileError(
                    f"{name} is empty, not plain text, or over {_LONGEST_PURPOSE} characters",
                    f"Say in a few words which {name} the people in the files are stored for, or leave it out",
                )
        if self.collected_on is not None and not _is_past_day(self.collected_on):
            raise FileError(
                "collected-on is no day that has been", "Write it as 2026-03-14, not later than today"
            )

    def file_names(self) -> list[str]:
        """The names of the given files, without their folders: where they lie is nobody's business."""
        return [path.name for path in self.paths]

    def to_json(self) -> str:
        """As it is spooled."""
        return json.dumps({**asdict(self), "paths": [str(path.absolute()) for path in self.paths]})

    @classmethod
    def from_json(cls, text: str) -> ImportRequest:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        try:
            given: dict[str, Any] = json.loads(text)
            return cls(**{**given, "paths": tuple(Path(path) for path in given["paths"])})
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("it is not a spooled request") from error


def _is_past_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) <= datetime.now(UTC).date()
    except ValueError:
        return False
