"""When facts were last confirmed, read once for all that an operation shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from graph.freshness.confirming import confirmed_on, is_stale
from service.api.context import Info

__all__ = ["confirmed", "stale"]


async def confirmed(info: Info, kind: str, says: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    """The newest day on which a source or a human said so."""
    wanted = [] if says.get("as_of") else sorted(set(keys))
    read = await info.context.load.confirmations.load_many(wanted)
    return confirmed_on(kind, says, wanted, dict(zip(wanted, read, strict=True)))


async def stale(info: Info, kind: str, says: Mapping[str, Any], keys: tuple[str, ...]) -> bool:
    """Whether a fact is worth checking."""
    return is_stale(kind, says, await confirmed(info, kind, says, keys), datetime.now(UTC).date())
