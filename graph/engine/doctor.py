"""What an admin wants to know about the engine when something seems wrong, and what to do about it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from graph.engine.connection import Engine
from graph.engine.embedded import engine_users
from graph.engine.schema import EXPECTED_VERSION, schema_version
from graph.engine.settings import EngineSettings

__all__ = ["Diagnosis", "advice_for", "diagnose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """An engine's condition. `disk_bytes` is the size of the data folder, None where it is not ours.

    `other_users` counts processes besides this one that use the embedded engine, None for a Neo4j;
    `leftover`: it already ran when we came, and nobody used it.
    """

    engine: str
    version: str
    uri: str
    schema: int
    expected_schema: int
    counts: dict[str, int]
    pending: int
    disk_bytes: int | None = None
    other_users: int | None = None
    leftover: bool = False
    advice: list[str] = field(default_factory=list)


async def diagnose(engine: Engine, settings: EngineSettings) -> Diagnosis:
    """Look at an open engine. Raises EngineUnavailable when it stops answering meanwhile."""
    schema = await schema_version(engine)
    counted = {row["kind"]: row["count"] for row in await engine.read("schema/counts")}
    pending = counted.pop("pending_people") + counted.pop("pending_companies")
    embedded = settings.neo4j_uri is None
    users = await asyncio.to_thread(engine_users, settings.data_dir) if embedded else None
    found = Diagnosis(
        engine="embedded" if embedded else "neo4j",
        version=engine.version,
        uri=engine.address,
        schema=schema,
        expected_schema=EXPECTED_VERSION,
        counts=counted,
        pending=pending,
        disk_bytes=await asyncio.to_thread(_size, settings.data_dir) if embedded else None,
        other_users=None if users is None else max(0, users - 1),
        leftover=engine.was_leftover,
    )
    found.advice.extend(advice_for(found))
    return found


def advice_for(found: Diagnosis) -> list[str]:
    """What to do, one sentence a trouble; empty when all is well."""
    advice = []
    if found.schema < found.expected_schema:
        advice.append(
            "The schema is not up to date: start `liaison serve`, or run any other liaison command."
        )
    if found.schema > found.expected_schema:
        advice.append("A newer Liaison wrote this graph: install that version.")
    if found.leftover:
        advice.append(
            "The embedded engine ran without a user (its last one was killed); it stops when you leave."
        )
    if found.pending:
        advice.append(
            f"Ties of {found.pending} people or companies wait to be derived: run `liaison derive`."
        )
    if not found.counts["people"]:
        advice.append("The graph is empty: run `liaison import`, or `liaison demo` to see an example.")
    elif not found.counts["ties"] and not found.pending:
        advice.append("There are people but no ties: run `liaison derive --full`.")
    return advice


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:
            continue
    return total
