"""Runs a command's work: settings, engine, and errors as a sentence and an exit code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from graph.engine import Engine
    from service.audit.noting import Noted
    from service.settings import Settings

__all__ = ["name_command", "opened", "run_async"]

T = TypeVar("T")
_command: ContextVar[str] = ContextVar("command", default="liaison")


def name_command(arguments: Sequence[str]) -> None:
    """Remember which command runs, as the audit names it: without its options, which may name people."""
    _command.set(f"liaison {arguments[0]}" if arguments and arguments[0].isalpha() else "liaison")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine to its end."""
    return asyncio.run(work)


@asynccontextmanager
async def opened(settings: Settings | None = None) -> AsyncIterator[Engine]:
    """The engine that the settings name, with its schema up to date, for the length of a command.

    Whom the command shows or changes (`note_people` and the like) is audited when it ends.
    """
    from graph.engine import migrate, open_engine
    from graph.privacy.keys import claim_privacy_key
    from service.audit.noting import noting
    from service.engine_watch import engine_settings
    from service.settings import load_settings

    _log_to_stderr()
    with noting() as noted:
        async with await open_engine(engine_settings(settings or load_settings())) as engine:
            await migrate(engine)
            await claim_privacy_key(engine)
            try:
                yield engine
            except BaseException:
                noted.failed()
                raise
            finally:
                await _audit(engine, noted)


def _log_to_stderr() -> None:
    """Results alone go to standard output."""
    import sys

    import structlog

    if not structlog.is_configured():
        structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


async def _audit(engine: Engine, noted: Noted) -> None:
    """Write down what the command did with people, as requests do."""
    from graph.privacy.audit import COMMAND_LINE, write_events

    noted.actions.add(_command.get())
    event = noted.event(actor=COMMAND_LINE, role="admin", request_id="")
    if event is not None:
        await write_events(engine, [event])
