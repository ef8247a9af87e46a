"""Keeps an engine at hand: notices when it stops answering, says so at once, and opens it again."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog

from graph.engine import Engine, EngineError, EngineSettings, EngineUnavailable, open_engine, schema_version
from graph.engine.schema import EXPECTED_VERSION
from graph.privacy.keys import load_privacy_key
from service.settings import Settings
from service.web.failures import log_bug

__all__ = ["EngineWatch", "engine_settings"]

_EVERY = 2.0
_PATIENCE = 4.0
_log = structlog.get_logger("liaison.engine")


def engine_settings(settings: Settings) -> EngineSettings:
    """Which engine the settings ask for. Raises WrongPrivacyKey where there can be no key of fingerprints."""
    return EngineSettings(
        data_dir=settings.data_dir,
        neo4j_uri=settings.neo4j_uri,
        user=settings.neo4j_user,
        password=settings.neo4j_secret,
        database=settings.neo4j_database,
        engine_memory=settings.engine_memory,
        privacy_key=load_privacy_key(
            settings.privacy_key.get_secret_value() if settings.privacy_key else None, settings.data_dir
        ),
    )


class EngineWatch:
    """The engine of a running service. `current` is the open engine, or the reason why there is none."""

    def __init__(self, engine: Engine, settings: EngineSettings) -> None:
        self._engine = engine
        self._settings = settings
        self.up = True

    @property
    def current(self) -> Engine:
        """The engine; EngineUnavailable at once while it is known not to answer."""
        if not self.up:
            raise EngineUnavailable(f"the graph engine at {self._engine.address} does not answer")
        return self._engine

    async def ready(self) -> str | None:
        """None when the engine answers and its schema is the one this version knows; else what is wrong."""
        try:
            async with asyncio.timeout(_PATIENCE):
                version = await schema_version(self._engine)
        except (EngineError, TimeoutError):
            return "the graph engine does not answer"
        if version != EXPECTED_VERSION:
            return f"the graph has schema {version}, this version needs {EXPECTED_VERSION}"
        return None

    @contextlib.asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Look after the engine while the block runs; close it at its end."""
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self._engine.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            try:
                await self.look()
            except Exception as error:
                log_bug(error)

    async def look(self) -> None:
        """See whether the engine answers; open it again where it does not."""
        if await self._answers():
            if not self.up:
                _log.info("engine_answers_again")
            self.up = True
            return
        if self.up:
            _log.error("engine_does_not_answer")
        self.up = False
        try:
            replacement = await open_engine(self._settings)
        except EngineError:
            return
        retired, self._engine = self._engine, replacement
        self.up = True
        _log.info("engine_opened_again")
        with contextlib.suppress(EngineError, OSError):
            await retired.close()

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._engine.read("schema/ping")
        except (EngineError, TimeoutError):
            return False
        return True
