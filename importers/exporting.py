"""The whole graph as a folder of our own CSV, which imports again to the same graph."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from graph.engine.connection import Engine
from graph.records.exporting import PAGE, exported_pages
from importers.cells import EXPORT_COLUMN, escape
from importers.formats.neutral import NEUTRAL_COLUMNS
from importers.formats.neutral_writing import rows_of_node

__all__ = ["Exported", "export_neutral"]

# Opportunities first: alliances are bound to them.
_LABELS = (
    "Opportunity",
    "Company",
    "School",
    "Community",
    "Project",
    "Person",
    "Observation",
    "Signal",
    "Persona",
)
Exported = Callable[[str, int, Sequence[str]], None]
"""Told after each page: the label, how many nodes of it so far, and the ids of the people in the page."""


async def export_neutral(
    engine: Engine, folder: Path, viewer: str | None = None, *, told: Exported | None = None, page: int = PAGE
) -> dict[str, int]:
    """Write the files into an empty folder; answers how many rows each kind has.

    Kinds without a row make no file. Only the user may read the files. Memory is bounded by a page of nodes.
    """
    opportunities: dict[str, str] = {}
    with _Files(folder) as files:
        for label in _LABELS:
            done = 0
            async for nodes in exported_pages(engine, label, viewer, page=page):
                for node in nodes:
                    if label == "Opportunity":
                        opportunities |= {one.key: node.id for one in node.identities}
                    for kind, row in rows_of_node(node, opportunities):
                        files.add(kind, row)
                done += len(nodes)
                if told is not None:
                    told(label, done, [node.id for node in nodes] if label == "Person" else [])
        return dict(files.rows)


class _Files:
    """The files of an export, each begun with its first row."""

    def __init__(self, folder: Path) -> None:
        self.rows: Counter[str] = Counter()
        self._folder = folder
        self._open: dict[str, TextIO] = {}
        self._stack = ExitStack()

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, kind: str, row: dict[str, str]) -> None:
        names = [column.name for column in NEUTRAL_COLUMNS[kind]]
        if kind not in self._open:
            descriptor = os.open(self._folder / f"{kind}.csv", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._open[kind] = self._stack.enter_context(
                os.fdopen(descriptor, "w", encoding="utf-8", newline="")
            )
            _write(self._open[kind], [*names, EXPORT_COLUMN])
        _write(self._open[kind], [*(escape(row.get(name, "")) for name in names), ""])
        self.rows[kind] += 1


def _write(stream: TextIO, cells: Sequence[str]) -> None:
    csv.writer(stream, lineterminator="\n").writerow(cells)
