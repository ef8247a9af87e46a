"""What a service does without being asked: evidence ages, so ties are derived anew once a day."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import structlog

from graph.engine import EngineError
from graph.privacy.audit import purge_audit
from graph.privacy.erasure import forget_deleted
from graph.records.withdrawal import forget_withdrawn
from graph.ties import derive
from service.services import Services
from service.web.failures import log_bug

__all__ = ["daily_derivation", "next_pass"]

_log = structlog.get_logger("liaison.upkeep")


def next_pass(now: datetime, hour: int) -> datetime:
    """The next time it is `hour` o'clock (UTC), later than `now`."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


@contextlib.asynccontextmanager
async def daily_derivation(services: Services) -> AsyncIterator[None]:
    """Run a derivation pass once a day while the block runs."""
    task = asyncio.create_task(_every_day(services))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _every_day(services: Services) -> None:
    while True:
        now = datetime.now(UTC)
        await asyncio.sleep((next_pass(now, services.settings.derive_at_hour) - now).total_seconds())
        await _pass(services)


async def _pass(services: Services) -> None:
    try:
        await derive(services.engine)
        await forget_deleted(services.engine)
        await forget_withdrawn(services.engine, datetime.now(UTC).date())
        await purge_audit(services.engine, datetime.now(UTC))
    except EngineError:
        services.metrics.derivations.labels("engine_unavailable").inc()
        _log.error("daily_derivation_failed", reason="engine")
    except Exception as error:
        services.metrics.derivations.labels("failed").inc()
        log_bug(error)
    else:
        services.metrics.derivations.labels("done").inc()
        _log.info("daily_derivation_done")
