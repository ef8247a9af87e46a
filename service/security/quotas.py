"""How much one key may do in a minute: requests, and the cost of what they ask.

Counted in this process's memory: two services behind one balancer allow twice as much.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from service.errors import ErrorCode, ServiceError
from service.settings import Settings

__all__ = ["Quotas"]


class Quotas:
    """The quotas of every key, and of failed attempts by address."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute, namespace="requests")
        self._cost = RateLimitItemPerMinute(settings.cost_per_minute, namespace="cost")
        self._failures = RateLimitItemPerMinute(settings.failed_logins_per_minute, namespace="failures")

    async def spend_request(self, key_id: str) -> None:
        """Count a request of a key; RATE_LIMITED once its minute is used up."""
        await self._spend(self._requests, key_id, 1, "requests per minute")

    async def spend_cost(self, key_id: str, cost: int) -> None:
        """Charge an operation's cost to a key; RATE_LIMITED, charging nothing, when it does not fit."""
        await self._spend(self._cost, key_id, max(1, cost), "cost per minute")

    async def check_failures(self, address: str) -> None:
        """Refuse an address that sent too many wrong keys, before the engine is asked again."""
        if not await self._limiter.test(self._failures, address):
            raise await self._refusal(self._failures, address, "failed keys per minute")

    async def note_failure(self, address: str) -> None:
        """Count a wrong key from an address."""
        await self._limiter.hit(self._failures, address)

    async def _spend(self, item: RateLimitItemPerMinute, who: str, cost: int, name: str) -> None:
        if cost > item.amount or not await self._limiter.hit(item, who, cost=cost):
            raise await self._refusal(item, who, name)

    async def _refusal(self, item: RateLimitItemPerMinute, who: str, name: str) -> ServiceError:
        window = await self._limiter.get_window_stats(item, who)
        wait = min(60, max(1, math.ceil(window.reset_time - time.time())))
        return ServiceError(
            ErrorCode.RATE_LIMITED,
            f"This key's limit of {item.amount} {name} is used up. Try again in {wait} s."
            if name != "failed keys per minute"
            else f"Too many wrong keys came from this address. Try again in {wait} s.",
            limit=name,
            retry_after=wait,
        )
