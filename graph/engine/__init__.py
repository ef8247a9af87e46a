"""Where the engine comes from, how statements reach it, and the shape its graph must have."""

from __future__ import annotations

from graph.engine.connection import Engine, Row, Transaction, connect
from graph.engine.deadline import time_limit
from graph.engine.doctor import Diagnosis, diagnose
from graph.engine.embedded import open_embedded
from graph.engine.errors import (
    EngineError,
    EngineUnavailable,
    QueryTimeout,
    SchemaMismatch,
    StatementError,
)
from graph.engine.schema import migrate, schema_version
from graph.engine.settings import EngineSettings

__all__ = [
    "Diagnosis",
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
    "diagnose",
    "migrate",
    "open_engine",
    "schema_version",
    "time_limit",
]


async def open_engine(settings: EngineSettings) -> Engine:
    """Open the engine that the settings name; `close` it (or leave its `async with`) when done.

    Raises EngineUnavailable, with what to do next.
    """
    if settings.neo4j_uri:
        engine = await connect(
            settings.neo4j_uri,
            user=settings.user,
            password=settings.password,
            database=settings.database,
            query_timeout=settings.query_timeout,
        )
    else:
        engine = await open_embedded(
            settings.data_dir,
            memory=settings.engine_memory,
            mode=settings.engine_mode,
            query_timeout=settings.query_timeout,
        )
    engine.privacy_key = settings.privacy_key
    return engine
