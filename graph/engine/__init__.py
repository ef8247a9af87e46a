"""Where the engine comes from, how statements reach it, and the shape its graph must have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.engine.connection import Engine, Row, Transaction, connect
from graph.engine.embedded import open_embedded
from graph.engine.errors import (
    EngineError,
    EngineUnavailable,
    QueryTimeout,
    SchemaMismatch,
    StatementError,
)
from graph.engine.schema import migrate, schema_version

__all__ = [
    "Engine",
    "EngineError",
    "EngineSettings",
    "EngineUnavailable",
    "QueryTimeout",
    "Row",
    "SchemaMismatch",
    "StatementError",
    "Transaction",
    "connect",
    "migrate",
    "open_engine",
    "schema_version",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Which engine to use. Without `neo4j_uri` the embedded engine of `data_dir` is found or started.

    `engine_memory` is the embedded engine's Java heap (`512m`, `1g`); `query_timeout` is in seconds and
    ends a statement that runs longer (None: no limit); `engine_mode` is the embedded engine's own:
    `development` shows the texts of its errors.
    """

    data_dir: Path
    neo4j_uri: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    engine_memory: str = "1g"
    engine_mode: Literal["production", "development"] = "production"
    query_timeout: float | None = 30.0

    def __repr__(self) -> str:
        # A password must not reach a log through the settings' repr.
        where = self.neo4j_uri or f"embedded in {self.data_dir}"
        return f"EngineSettings({where}, user={self.user!r}, database={self.database!r})"


async def open_engine(settings: EngineSettings) -> Engine:
    """Open the engine that the settings name; `close` it (or leave its `async with`) when done.

    Raises EngineUnavailable, with what to do next.
    """
    if settings.neo4j_uri:
        return await connect(
            settings.neo4j_uri,
            user=settings.user,
            password=settings.password,
            database=settings.database,
            query_timeout=settings.query_timeout,
        )
    return await open_embedded(
        settings.data_dir,
        memory=settings.engine_memory,
        mode=settings.engine_mode,
        query_timeout=settings.query_timeout,
    )
