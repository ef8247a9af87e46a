"""Results, clocks and the table that people read."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["Result", "Timing", "print_table", "say", "timed", "write_results"]

RESULTS = Path(__file__).parent / "results" / "latest.json"


@dataclass(frozen=True)
class Result:
    """One measured ratio (or size) of one run; `aim` is a bound on `value`, None where there is none."""

    engine: str
    people: int
    name: str
    value: float
    aim: str | None = None
    meets: bool | None = None

    @classmethod
    def at_most(cls, engine: str, people: int, name: str, value: float, bound: float) -> Result:
        """A value that should not exceed a bound."""
        return cls(engine, people, name, round(value, 3), f"<= {bound:g}", value <= bound)

    @classmethod
    def at_least(cls, engine: str, people: int, name: str, value: float, bound: float) -> Result:
        """A value that should reach a bound."""
        return cls(engine, people, name, round(value, 3), f">= {bound:g}", value >= bound)


def say(text: str) -> None:
    """Tell whoever waits what is being measured."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Timing:
    """Seconds of repeated runs."""

    seconds: Sequence[float]

    @property
    def p50(self) -> float:
        """Median."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The value that 95 % of the runs stay under (nearest rank)."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, -(-95 * len(ordered) // 100) - 1)]


async def timed(run: Callable[[int], Awaitable[object]], times: int, *, warm: int = 2) -> Timing:
    """Run `run(i)` `times` times after `warm` unmeasured ones."""
    seconds = []
    for i in range(-warm, times):
        start = time.perf_counter()
        await run(i % times)
        if i >= 0:
            seconds.append(time.perf_counter() - start)
    return Timing(seconds)


def print_table(results: Sequence[Result]) -> None:
    """The table, as Markdown, so that it can be pasted into the README."""
    rows = [("engine", "people", "what", "measured", "aim", "")]
    for r in results:
        verdict = "" if r.meets is None else "meets" if r.meets else "MISSES"
        rows.append((r.engine, f"{r.people:,}", r.name, f"{r.value:,.2f}", r.aim or "", verdict))
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    for number, row in enumerate(rows):
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
        if number == 0:
            print("|" + "|".join("-" * (width + 2) for width in widths) + "|")


def write_results(results: Sequence[Result]) -> None:
    """Write `benchmarks/results/latest.json`."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(r) for r in results], indent=1) + "\n", encoding="utf-8")
