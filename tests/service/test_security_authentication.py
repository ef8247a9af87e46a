"""From header to caller: remembered briefly, revoked soon, limited by failures; quotas say when to come again."""

import asyncio

import pytest

from graph.engine import Engine
from service.errors import ErrorCode, ServiceError
from service.security.authentication import Authentication
from service.security.caller import Role
from service.security.keys import create_key, list_keys, revoke_key
from service.security.quotas import Quotas
from service.settings import Settings


def authentication(engine: Engine, cache: float = 60.0, **limits: int) -> Authentication:
    return Authentication(lambda: engine, Quotas(Settings(**limits)), cache)


async def refusal(work) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await work
    return caught.value


async def test_no_key_or_a_wrong_one(engine: Engine):
    knows = authentication(engine)
    for header in (None, "", "Bearer", "Bearer ", "Basic YTpi", "liaison_x", "Bearer x", "Bearer é"):
        error = await refusal(knows.caller(header, "a"))
        assert error.code is ErrorCode.UNAUTHENTICATED and error.headers["WWW-Authenticate"] == "Bearer"


async def test_a_caller_is_remembered_and_the_day_is_noted_once(engine: Engine):
    key = await create_key(engine, name="n", role=Role.ADMIN)
    knows = authentication(engine)
    first = await knows.caller(f"Bearer {key.secret}", "a")
    await knows.close()
    assert first.key_id == key.id and (await list_keys(engine))[0].last_used is not None
    before = engine.statements_sent
    for _ in range(20):
        assert await knows.caller(f"bearer  {key.secret} ", "a") == first
    assert engine.statements_sent == before
    # Another service finds the day noted already.
    other = authentication(engine)
    await other.caller(f"Bearer {key.secret}", "a")
    await other.close()
    assert engine.statements_sent == before + 1


async def test_a_revoked_key_is_forgotten_with_the_cache(engine: Engine):
    key = await create_key(engine, name="n", role=Role.ADMIN)
    knows = authentication(engine, cache=0.2)
    await knows.caller(f"Bearer {key.secret}", "a")
    await revoke_key(engine, key.id)
    await asyncio.sleep(0.25)
    assert (await refusal(knows.caller(f"Bearer {key.secret}", "a"))).code is ErrorCode.UNAUTHENTICATED
    await knows.close()


async def test_guessing_is_stopped_before_the_engine_and_locks_no_neighbour_out(engine: Engine):
    key = await create_key(engine, name="n", role=Role.ADMIN)
    knows = authentication(engine, cache=0.0, failed_logins_per_minute=3)
    await knows.caller(f"Bearer {key.secret}", "proxy")
    wrong = "Bearer liaison_" + "A" * 43
    codes = [(await refusal(knows.caller(wrong, "proxy"))).code for _ in range(4)]
    assert codes == [ErrorCode.UNAUTHENTICATED] * 3 + [ErrorCode.RATE_LIMITED]
    await knows.close()
    before = engine.statements_sent
    error = await refusal(knows.caller(wrong, "proxy"))
    assert error.code is ErrorCode.RATE_LIMITED and 1 <= int(error.headers["Retry-After"]) <= 60
    assert engine.statements_sent == before
    assert (await knows.caller(f"Bearer {key.secret}", "proxy")).key_id == key.id
    assert (await refusal(knows.caller(wrong, "elsewhere"))).code is ErrorCode.UNAUTHENTICATED


async def test_quotas_are_a_key_apart_and_name_the_limit():
    quotas = Quotas(Settings(requests_per_minute=2, cost_per_minute=100))
    await quotas.spend_request("a")
    await quotas.spend_request("a")
    error = await refusal(quotas.spend_request("a"))
    assert (error.code, error.limit, error.status) == (ErrorCode.RATE_LIMITED, "requests per minute", 429)
    assert 1 <= (error.retry_after or 0) <= 60
    await quotas.spend_request("b")


async def test_what_does_not_fit_costs_nothing():
    quotas = Quotas(Settings(cost_per_minute=100))
    await quotas.spend_cost("a", 60)
    for cost in (41, 101, 10**9):
        assert (await refusal(quotas.spend_cost("a", cost))).limit == "cost per minute"
    await quotas.spend_cost("a", 40)
    assert (await refusal(quotas.spend_cost("a", 0))).code is ErrorCode.RATE_LIMITED
