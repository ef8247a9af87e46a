"""Raw driver writes: `UNWIND … CREATE`, nothing read, nothing decided. What our own writing is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.world import World, employment_rows
from graph.engine import Engine

__all__ = ["CYPHER", "batches", "load_world", "send"]

CYPHER = Path(__file__).parent / "cypher"
BATCH = 5000


async def send(engine: Engine, name: str, **params: Any) -> list[dict[str, Any]]:
    """Send one of the benchmark's own statements, in a write transaction."""
    text = (CYPHER / f"{name}.cypher").read_text(encoding="utf-8")

    async def work(tx: Any) -> list[dict[str, Any]]:
        result = await tx.run(text, params)
        return [dict(record) async for record in result]

    async with engine._driver.session(**engine._session_config("WRITE")) as session:
        return await session.execute_write(work)


async def empty(engine: Engine) -> None:
    """Delete everything but the schema."""
    text = (CYPHER / "empty.cypher").read_text(encoding="utf-8")
    async with engine._driver.session(**engine._session_config("WRITE")) as session:
        await (await session.run(text)).consume()


def batches(rows: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """Rows, `size` at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


async def load_world(engine: Engine, world: World) -> None:
    """Write an invented world in the stored shape, as fast as the driver can."""
    for numbers in batches(range(world.people)):
        rows = [
            {"id": f"p{i}", "name": f"Person {i}", "search_name": f"person {i}", "search_last": str(i)}
            for i in numbers
        ]
        await send(engine, "raw_people", rows=rows)
    for numbers in batches(range(world.companies)):
        rows = [
            {
                "id": f"c{i}",
                "name": f"Company {i}",
                "search_name": f"company {i}",
                "headcount": world.headcount.get(i),
            }
            for i in numbers
        ]
        await send(engine, "raw_companies", rows=rows)
    for start in range(0, world.person.size, BATCH):
        await send(engine, "raw_employments", rows=employment_rows(world, slice(start, start + BATCH)))
