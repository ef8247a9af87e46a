"""Importing against raw writes of the very same nodes and relationships, and how much memory it takes."""

from __future__ import annotations

import csv
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

import importers.runs as runs
from benchmarks.measuring import Result, say
from benchmarks.raw import batches, empty, send
from benchmarks.world import make_world, month_text
from graph.engine import Engine
from importers.loading import Report
from importers.requests import ImportRequest
from importers.undoing import undo_import

__all__ = ["measure_import"]

_MEGABYTE = 1024 * 1024
_NODES = ("people", "companies", "records", "identities")
_LINKS = (
    "identifies_people",
    "identifies_companies",
    "describes_people",
    "describes_companies",
    "employments",
)


async def measure_import(engine: Engine, label: str, rows: int) -> list[Result]:
    """Import about `rows` rows of neutral CSV, then write what came of it again with the raw driver."""
    say(f"{label}: importing {rows:,} rows")
    await empty(engine)
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as scratch:
        files = Path(scratch) / "files"
        written = _write_files(files, rows)
        done = await _import(engine, files, Path(scratch) / "spool")
    stored = {name: await send(engine, f"all_{name}") for name in (*_NODES, *_LINKS)}
    say(f"{label}: taking it back")
    start = time.perf_counter()
    await undo_import(engine, done.run, by="bench")
    undone = time.perf_counter() - start
    say(f"{label}: writing the same raw")
    await empty(engine)
    start = time.perf_counter()
    for name in _NODES:
        for batch in batches([row["properties"] for row in stored[name]]):
            await send(engine, f"raw_{name}", rows=batch)
    for name in _LINKS:
        for batch in batches(stored[name]):
            await send(engine, f"raw_{name}", rows=batch)
    raw = time.perf_counter() - start
    return [
        Result(
            label, rows, "import: rows a second, without matching and ties", round(written / done.seconds, 1)
        ),
        Result.at_least(label, rows, "import: rate against raw writes of the same", raw / done.seconds, 0.5),
        Result.at_most(label, rows, "import: memory added to the process, MB", done.memory / _MEGABYTE, 300),
        Result(
            label, rows, "import: with matching and ties, over without", round(done.all / done.seconds, 2)
        ),
        Result(
            label, rows, "undo: time against its import, matching and ties too", round(undone / done.all, 2)
        ),
    ]


@dataclass(frozen=True)
class _Done:
    """An import: seconds without matching and the derivation of ties, and with; bytes of memory it added."""

    run: str
    seconds: float
    all: float
    memory: int


async def _import(engine: Engine, files: Path, spool: Path) -> _Done:
    process = psutil.Process()
    before = peak = process.memory_info().rss
    later = 0.0
    derive, match_people = runs.derive, runs.match_people

    def clocked(step: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*args: object, **kwargs: object) -> Any:
            nonlocal later
            start = time.perf_counter()
            try:
                return await step(*args, **kwargs)
            finally:
                later += time.perf_counter() - start

        return run

    def watch(_: Report) -> None:
        nonlocal peak
        peak = max(peak, process.memory_info().rss)

    runs.derive, runs.match_people = clocked(derive), clocked(match_people)  # type: ignore[assignment]
    try:
        start = time.perf_counter()
        run = await runs.run_import(
            engine, ImportRequest(paths=(files,), source="bench"), spool_dir=spool, progress=watch
        )
        seconds = time.perf_counter() - start
    finally:
        runs.derive, runs.match_people = derive, match_people
    if run.state != "done":
        raise RuntimeError(f"the import ended as {run.state}: {run.error}")
    return _Done(run.id, seconds - later, seconds, peak - before)


def _write_files(folder: Path, rows: int) -> int:
    """People, companies and employments of a world with about `rows` rows; returns how many were written."""
    world = make_world(rows // 4)
    folder.mkdir()
    tables = {
        "people.csv": (
            ["id", "name", "email"],
            ([f"p{i}", f"Person {i}", f"p{i}@bench.example"] for i in range(world.people)),
        ),
        "companies.csv": (
            ["id", "name", "headcount"],
            ([f"c{i}", f"Company {i}", world.headcount.get(i, "")] for i in range(world.companies)),
        ),
        "employments.csv": (
            ["person_id", "company_id", "title", "started", "ended"],
            (
                [f"p{p}", f"c{c}", "Engineer", month_text(int(a)), month_text(int(b))]
                for p, c, a, b in zip(world.person, world.company, world.first, world.last, strict=True)
            ),
        ),
    }
    written = 0
    for name, (header, lines) in tables.items():
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for line in lines:
                writer.writerow(line)
                written += 1
    return written
