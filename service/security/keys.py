"""API keys: made, shown once, stored as prefix and SHA-256, checked in constant time, revoked.

A key is `liaison_` and 256 random bits in base64url. It needs no slow hash: nobody guesses 256 bits.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from uuid_utils import uuid7

from graph.engine.connection import Engine, Row
from service.security.caller import Caller, Role

__all__ = ["KeyRefused", "NewKey", "StoredKey", "create_first_key", "create_key", "find_caller", "list_keys"]
__all__ += ["find_key", "name_of_key", "revoke_key"]

_PREFIX = "liaison_"
_SHOWN = len(_PREFIX) + 8
_KEY = re.compile(r"liaison_[A-Za-z0-9_-]{43}")
# One id for the first key, so that of two services that start at once only one creates it.
_FIRST_ID = "00000000-0000-7000-8000-000000000001"


class KeyRefused(ValueError):
    """A key that cannot be made as asked; the text says what to change."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made. `secret` is the key itself and is never shown again."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class StoredKey:
    """What is known of a key afterwards. `last_used` is a day; times are ISO 8601 UTC."""

    id: str
    name: str
    role: Role
    prefix: str
    member_id: str | None
    mutations: tuple[str, ...]
    created: str
    last_used: str | None
    revoked: str | None


async def create_key(
    engine: Engine,
    *,
    name: str,
    role: Role,
    member_id: str | None = None,
    mutations: Iterable[str] = (),
) -> NewKey:
    """Make a key. A member's key names their person; only a plugin's key lists mutations, a member's may list
    scopes (`service.security.permissions.SCOPES`), which then are all it has of their kind."""
    granted = sorted(set(mutations))
    if not name.strip():
        raise KeyRefused("a key needs a name, so that it can be told from others (--name)")
    if role is Role.MEMBER and not member_id:
        raise KeyRefused("a member's key says which team member it belongs to (--member)")
    if role is Role.PLUGIN and member_id:
        raise KeyRefused("a plugin's key belongs to no team member: leave out --member")
    scopes_of_a_member = role is Role.MEMBER and all(":" in each for each in granted)
    if granted and role is not Role.PLUGIN and not scopes_of_a_member:
        raise KeyRefused(f"only a plugin's key is granted mutations; an {role.value} key has its role's")
    if member_id and not await engine.read("keys/team_member", id=member_id):
        raise KeyRefused("no team member has that id: mark the person with setTeamMember first")
    return (await _store(engine, str(uuid7()), name.strip(), role, member_id, granted))[0]


async def create_first_key(engine: Engine) -> NewKey | None:
    """Make the first admin key where there never was a key; None where there was, or a rival came first."""
    if (await engine.read("keys/count"))[0]["keys"]:
        return None
    key, ours = await _store(engine, _FIRST_ID, "first admin", Role.ADMIN, None, [])
    return key if ours else None


async def _store(
    engine: Engine, key_id: str, name: str, role: Role, member_id: str | None, granted: list[str]
) -> tuple[NewKey, bool]:
    secret = _PREFIX + secrets.token_urlsafe(32)
    digest = _digest(secret)
    rows = await engine.write(
        "keys/create",
        id=key_id,
        name=name,
        role=role.value,
        prefix=secret[:_SHOWN],
        hash=digest,
        member=member_id,
        mutations=granted,
        created=_now(),
    )
    return NewKey(key_id, secret), rows[0]["hash"] == digest


async def name_of_key(engine: Engine, key_id: str) -> str | None:
    """What a key is called, a revoked one too; None where there is none with this id."""
    rows = await engine.read("keys/name", id=key_id)
    return rows[0]["name"] if rows else None


async def find_caller(engine: Engine, secret: str) -> tuple[Caller, str | None] | None:
    """Who a key belongs to, and the day it was last used; None for an unknown or revoked one."""
    if not _KEY.fullmatch(secret):
        return None
    digest = _digest(secret)
    found: Row | None = None
    for row in await engine.read("keys/by_prefix", prefix=secret[:_SHOWN]):
        if hmac.compare_digest(row["hash"], digest):
            found = row
    if found is None:
        return None
    caller = Caller(
        key_id=found["id"],
        name=found["name"],
        role=Role(found["role"]),
        member_id=found["member"],
        mutations=frozenset(found["mutations"] or ()),
    )
    return caller, found["last_used"]


async def list_keys(engine: Engine) -> list[StoredKey]:
    """Every key, oldest first, revoked ones included."""
    return [
        StoredKey(
            id=row["id"],
            name=row["name"],
            role=Role(row["role"]),
            prefix=row["prefix"],
            member_id=row["member"],
            mutations=tuple(row["mutations"] or ()),
            created=row["created"],
            last_used=row["last_used"],
            revoked=row["revoked"],
        )
        for row in await engine.read("keys/list")
    ]


async def revoke_key(engine: Engine, wanted: str) -> StoredKey:
    """Revoke a key by its id, its prefix or its name; KeyRefused unless exactly one is meant."""
    matching = _meant(await list_keys(engine), wanted)
    if len(matching) != 1:
        problem = "no key has" if not matching else f"{len(matching)} keys have"
        raise KeyRefused(f"{problem} that id, prefix or name: see liaison key list, and give the id")
    await engine.write("keys/revoke", id=matching[0].id, now=_now())
    return matching[0]


async def find_key(engine: Engine, wanted: str) -> StoredKey | None:
    """The key with this id, prefix or name, a revoked one too, if none in force has the name; None where there is
    none. KeyRefused when several have the name."""
    keys = await list_keys(engine)
    matching = _meant(keys, wanted) or [key for key in keys if key.name == wanted]
    if len(matching) > 1:
        raise KeyRefused(f"{len(matching)} keys are called {wanted}: give the id (liaison key list)")
    return matching[0] if matching else None


def _meant(keys: Iterable[StoredKey], wanted: str) -> list[StoredKey]:
    # Prefixes are shown with an ellipsis, and so copied.
    start = wanted.removesuffix("…")
    exact = [key for key in keys if key.id == wanted or key.prefix == start]
    return exact or [key for key in keys if key.name == wanted and key.revoked is None]


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
