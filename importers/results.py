"""What an import did, in the shape that the command, REST and GraphQL show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graph.privacy.parameters import PRIVACY
from graph.records.outcome import COUNT_NAMES
from importers.archives import Ignored

__all__ = ["MOST_LISTED", "Counts", "ImportRun", "RefusedRow", "RowCounts", "RunState", "add_counts"]

RunState = Literal["queued", "running", "done", "failed", "undoing", "undone"]
Counts = dict[str, dict[str, int]]
MOST_LISTED = 1_000
_CHANGES = ("created", "updated", "unchanged", "withdrawn", "suppressed")
_DETAILS = ("merged", "toReview", "refused", "refusedFiles", "error", "notes", "ignored")
_NONE = dict.fromkeys(_CHANGES, 0)
_NOTHING_TAKEN = dict.fromkeys(("removed", "changed", "restored", "parted"), 0)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not imported: where it stands, why, and what to do. Quotes no person."""

    file: str
    line: int
    column: str
    reason: str
    fix: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "reason": self.reason,
            "fix": self.fix,
        }


@dataclass(slots=True)
class RowCounts:
    """Rows of all files: read in all, of these skipped (they say nothing) and refused."""

    read: int = 0
    skipped: int = 0
    refused: int = 0

    def as_dict(self) -> dict[str, int]:
        """Plain values."""
        return {"read": self.read, "skipped": self.skipped, "refused": self.refused}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """One import: its state, how far it has come (`progress`, 0 to 1), and what it did.

    `counts`: by kind of record (`people`, `employments` …) how many were created, updated, unchanged, withdrawn,
    or left out because they are about people who must not be stored (`suppressed`). `refused` lists the first 1 000;
    `refused_files` names the CSV files that hold all of them. `merged`: people recognised as others who were known;
    `to_review`: pairs that wait for a human.
    """

    id: str
    state: RunState
    source: str
    created_at: str
    finished_at: str | None = None
    dry_run: bool = False
    files: tuple[str, ...] = ()
    progress: float = 0.0
    rows: RowCounts = field(default_factory=RowCounts)
    counts: Counts = field(default_factory=dict)
    refused: tuple[RefusedRow, ...] = ()
    refused_files: tuple[str, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    purpose: str = PRIVACY.purpose
    lawful_basis: str = PRIVACY.lawful_basis
    collected_on: str | None = None
    merged: int = 0
    to_review: int = 0
    undone_at: str | None = None
    undone_by: str | None = None
    taken_back: dict[str, int] = field(default_factory=dict)
    """Of an undone run: records `removed`, `changed` and `restored`, and nodes that `parted`."""

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON shows it: every kind of record is counted, with 0 where there was none."""
        return {
            "id": self.id,
            "state": self.state,
            "source": self.source,
            "purpose": self.purpose,
            "lawfulBasis": self.lawful_basis,
            "collectedOn": self.collected_on,
            "createdAt": self.created_at,
            "finishedAt": self.finished_at,
            "dryRun": self.dry_run,
            "files": list(self.files),
            "progress": round(self.progress, 4),
            "rows": self.rows.as_dict(),
            "counts": {kind: _NONE | self.counts.get(kind, {}) for kind in COUNT_NAMES.values()},
            "undoneAt": self.undone_at,
            "undoneBy": self.undone_by,
            "takenBack": _NOTHING_TAKEN | self.taken_back if self.undone_at else None,
            "merged": self.merged,
            "toReview": self.to_review,
            "refused": [row.as_dict() for row in self.refused],
            "refusedFiles": list(self.refused_files),
            "error": self.error,
            "notes": list(self.notes),
            "ignored": [one.as_dict() for one in self.ignored],
        }

    def details(self) -> str:
        """What is stored as one text beside the searchable properties."""
        whole = self.as_dict()
        return json.dumps({name: whole[name] for name in _DETAILS})

    @classmethod
    def from_properties(cls, stored: Mapping[str, Any]) -> ImportRun:
        """Read a run back from its node's properties."""
        details = json.loads(stored.get("details") or "{}")
        return cls(
            id=stored["id"],
            state=stored["state"],
            source=stored["source"],
            undone_at=stored.get("undone_at"),
            undone_by=stored.get("undone_by"),
            taken_back=json.loads(stored.get("taken") or "{}"),
            purpose=stored.get("purpose") or PRIVACY.purpose,
            lawful_basis=stored.get("lawful_basis") or PRIVACY.lawful_basis,
            collected_on=stored.get("collected_on") or stored["created_at"][:10],
            created_at=stored["created_at"],
            finished_at=stored.get("finished_at"),
            dry_run=bool(stored.get("dry_run")),
            files=tuple(stored.get("files") or ()),
            progress=float(stored.get("progress") or 0.0),
            rows=RowCounts(**json.loads(stored.get("rows") or "{}")),
            counts=json.loads(stored.get("counts") or "{}"),
            refused=tuple(RefusedRow(**row) for row in details.get("refused", ())),
            refused_files=tuple(details.get("refusedFiles", ())),
            error=details.get("error"),
            merged=int(details.get("merged", 0)),
            to_review=int(details.get("toReview", 0)),
            notes=tuple(details.get("notes", ())),
            ignored=tuple(
                Ignored(one["file"], one["reason"], one["column"]) for one in details.get("ignored", ())
            ),
        )


def add_counts(first: Mapping[str, Mapping[str, int]], second: Mapping[str, Mapping[str, int]]) -> Counts:
    """The sums by kind and change, kinds in alphabetical order, every change named."""
    kinds = sorted({*first, *second})
    return {
        kind: {
            name: first.get(kind, {}).get(name, 0) + second.get(kind, {}).get(name, 0) for name in _CHANGES
        }
        for kind in kinds
    }
