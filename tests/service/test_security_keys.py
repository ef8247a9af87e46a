"""API keys on both engines: made once, stored as a hash, found, revoked; the first one exactly once."""

import asyncio
import re
from hashlib import sha256

import pytest

from graph.engine import Engine
from service.security.caller import Role
from service.security.keys import (
    KeyRefused,
    create_first_key,
    create_key,
    find_caller,
    list_keys,
    revoke_key,
)


async def test_a_key_has_256_bits_and_is_not_stored(engine: Engine):
    key = await create_key(engine, name="crm", role=Role.PLUGIN, mutations=["upsertPerson"])
    assert re.fullmatch(r"liaison_[A-Za-z0-9_-]{43}", key.secret)
    row = (await engine.read("keys/by_prefix", prefix=key.secret[:16]))[0]
    assert row["hash"] == sha256(key.secret.encode()).hexdigest()
    assert key.secret not in repr(row)
    listed = (await list_keys(engine))[0]
    assert (listed.name, listed.role, listed.mutations) == ("crm", Role.PLUGIN, ("upsertPerson",))
    assert listed.last_used is None and listed.revoked is None


async def test_a_key_finds_its_caller_and_nothing_else_does(engine: Engine):
    key = await create_key(engine, name="ops", role=Role.ADMIN)
    await create_key(engine, name="other", role=Role.ADMIN)
    found = await find_caller(engine, key.secret)
    assert found is not None and found[0].key_id == key.id and found[0].is_admin
    changed = key.secret[:-1] + ("A" if key.secret[-1] != "A" else "B")
    for wrong in (
        changed,
        key.secret[:16],
        key.secret + "A",
        key.secret.upper(),
        "",
        "liaison_",
        "x" * 10_000,
    ):
        assert await find_caller(engine, wrong) is None


async def test_a_revoked_key_is_unknown_and_keeps_its_first_date(engine: Engine):
    key = await create_key(engine, name="gone", role=Role.ADMIN)
    await revoke_key(engine, key.id)
    when = (await list_keys(engine))[0].revoked
    await revoke_key(engine, key.id)
    assert await find_caller(engine, key.secret) is None
    assert (await list_keys(engine))[0].revoked == when


async def test_revoking_by_name_asks_which_one(engine: Engine):
    await create_key(engine, name="twin", role=Role.ADMIN)
    second = await create_key(engine, name="twin", role=Role.ADMIN)
    with pytest.raises(KeyRefused, match="2 keys have"):
        await revoke_key(engine, "twin")
    assert (await revoke_key(engine, second.secret[:16])).id == second.id
    await revoke_key(engine, "twin")
    with pytest.raises(KeyRefused, match="no key has"):
        await revoke_key(engine, "twin")


async def test_two_services_make_one_first_key(engine: Engine):
    made = [key for key in await asyncio.gather(*(create_first_key(engine) for _ in range(6))) if key]
    assert len(made) == 1
    found = await find_caller(engine, made[0].secret)
    assert found is not None and found[0].role is Role.ADMIN
    assert await create_first_key(engine) is None
    assert len(await list_keys(engine)) == 1


async def test_no_first_key_where_there_has_been_one(engine: Engine):
    key = await create_key(engine, name="made by hand", role=Role.ADMIN)
    await revoke_key(engine, key.id)
    assert await create_first_key(engine) is None


async def test_keys_that_make_no_sense_are_refused(engine: Engine):
    for asked, problem in (
        ({"name": " ", "role": Role.ADMIN}, "--name"),
        ({"name": "a", "role": Role.MEMBER}, "--member"),
        ({"name": "a", "role": Role.PLUGIN, "member_id": "x"}, "leave out --member"),
        ({"name": "a", "role": Role.ADMIN, "mutations": ["upsertPerson"]}, "only a plugin"),
        ({"name": "a", "role": Role.MEMBER, "member_id": "nobody"}, "no team member has that id"),
    ):
        with pytest.raises(KeyRefused, match=re.escape(problem)):
            await create_key(engine, **asked)
    assert await list_keys(engine) == []
