"""Items of a whole graph on disk, in parts by person, so that memory does not grow with the number of ties."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import numpy as np

from graph.ties.items import ITEM, Items

__all__ = ["Spill"]

_PEOPLE_A_PART = 4096


class Spill:
    """Items by their lesser person, `_PEOPLE_A_PART` people a file; the files go when it is left."""

    def __init__(self, people: int) -> None:
        self.people = people
        self.parts = -(-people // _PEOPLE_A_PART)
        self._folder = tempfile.TemporaryDirectory(prefix="liaison-ties-")

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def add(self, items: Items) -> None:
        """Keep items for later."""
        part = items["a"] // _PEOPLE_A_PART
        order = np.argsort(part, kind="stable")
        edges = np.searchsorted(part[order], np.arange(self.parts + 1))
        for number in np.unique(part).tolist():
            with self._file(number).open("ab") as file:
                file.write(items[order[edges[number] : edges[number + 1]]].tobytes())

    def read(self) -> Iterator[tuple[int, int, Items]]:
        """(first person, last person, their items) for every part, also for those without items."""
        for number, (low, high) in enumerate(self.ranges()):
            path = self._file(number)
            items: Items = np.fromfile(path, ITEM) if path.exists() else np.zeros(0, ITEM)
            yield low, high, items

    def ranges(self) -> Iterator[tuple[int, int]]:
        """(first person, last person) of every part."""
        for low in range(0, self.people, _PEOPLE_A_PART):
            yield low, min(low + _PEOPLE_A_PART, self.people) - 1

    def _file(self, number: int) -> Path:
        return Path(self._folder.name) / f"{number}.items"
