"""Which engine to use. The environment is not read here: whoever opens an engine says it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["EngineSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Which engine to use. Without `neo4j_uri` the embedded engine of `data_dir` is found or started.

    `engine_memory` is the embedded engine's Java heap (`512m`, `1g`); `query_timeout` is in seconds and
    ends a statement that runs longer (None: no limit); `engine_mode` is the embedded engine's own:
    `development` shows the texts of its errors. `privacy_key` keys the fingerprints of people who must not be
    stored (`graph/privacy/keys.py`).
    """

    data_dir: Path
    neo4j_uri: str | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    engine_memory: str = "1g"
    engine_mode: Literal["production", "development"] = "production"
    query_timeout: float | None = 120.0
    privacy_key: bytes | None = None

    def __repr__(self) -> str:
        # A password must not reach a log through the settings' repr.
        where = self.neo4j_uri or f"embedded in {self.data_dir}"
        return f"EngineSettings({where}, user={self.user!r}, database={self.database!r})"
