"""Runs a command's work: settings, engine, and errors as a sentence and an exit code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from graph.engine import Engine
    from service.settings import Settings

__all__ = ["opened", "run_async"]

T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)


@asynccontextmanager
async def opened(settings: Settings | None = None) -> AsyncIterator[Engine]:
    """The engine that the settings name, with its schema up to date, for the length of a command."""
    from graph.engine import migrate, open_engine
    from graph.privacy.keys import claim_privacy_key
    from service.engine_watch import engine_settings
    from service.settings import load_settings

    async with await open_engine(engine_settings(settings or load_settings())) as engine:
        await migrate(engine)
        await claim_privacy_key(engine)
        yield engine
