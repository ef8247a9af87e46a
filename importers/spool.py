"""Where a run keeps what must outlive its process: its request, uploaded files, and the refused rows.

<spool>/<run id>/request.json     written before the run is recorded
<spool>/<run id>/uploads/0/…      copies of uploaded files, deleted when the run is over
<spool>/<run id>/conflicts/7.json rows of batch 7 that the graph refused
<spool>/<run id>/refused/…        refused rows as CSV, kept
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.requests import ImportRequest

__all__ = ["Spool", "spools", "write_whole"]

_RUN_ID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_NAME = re.compile(r"[^\w. ()\[\]+,&@=-]", re.ASCII)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there whole or not at all, even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


@dataclass(frozen=True, slots=True)
class Spool:
    """The folder of one run."""

    root: Path
    run: str

    def __post_init__(self) -> None:
        if not _RUN_ID.match(self.run):
            raise ValueError("a run's id is a UUID")

    @property
    def folder(self) -> Path:
        """The run's own folder."""
        return self.root / self.run

    @property
    def refused(self) -> Path:
        """Where the CSV files of refused rows lie."""
        return self.folder / "refused"

    def upload_path(self, position: int, name: str) -> Path:
        """Where to store the n-th uploaded file: under its own name, made harmless; its folder is created.

        Two files of one name do not collide.
        """
        last = re.split(r"[/\\]", name)[-1]
        harmless = _NAME.sub("_", last).strip(". ")[-120:] or "upload.csv"
        path = self.folder / "uploads" / str(position) / harmless
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def save_request(self, request: ImportRequest) -> None:
        """Write down the request; from now on the run can be taken up by another process."""
        write_whole(self.folder / "request.json", request.to_json())

    def request(self) -> ImportRequest | None:
        """The request, or None where it was never completed."""
        try:
            return ImportRequest.from_json((self.folder / "request.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def save_conflicts(self, batch: int, rows: list[dict[str, Any]]) -> None:
        """Remember a batch's conflicts: the batch is not written again after an interruption."""
        path = self.folder / "conflicts" / f"{batch}.json"
        if rows:
            write_whole(path, json.dumps(rows))
        else:
            path.unlink(missing_ok=True)

    def conflicts(self, batch: int) -> list[dict[str, Any]]:
        """What `save_conflicts` wrote for a batch."""
        path = self.folder / "conflicts" / f"{batch}.json"
        found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return found

    def refused_files(self) -> dict[str, Path]:
        """The CSV files of refused rows by name."""
        if not self.refused.is_dir():
            return {}
        return {path.name: path for path in sorted(self.refused.iterdir()) if path.suffix != ".part"}

    def clean(self) -> None:
        """Delete what a finished run no longer needs: everything but the refused rows."""
        for name in ("uploads", "conflicts"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / "request.json").unlink(missing_ok=True)
        if not self.refused_files():
            shutil.rmtree(self.folder, ignore_errors=True)

    def discard(self) -> None:
        """Delete the folder with all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def spools(root: Path) -> Mapping[str, Spool]:
    """Every run's folder by run id, oldest first."""
    if not root.is_dir():
        return {}
    names = sorted(entry.name for entry in root.iterdir() if entry.is_dir() and _RUN_ID.match(entry.name))
    return {name: Spool(root, name) for name in names}
