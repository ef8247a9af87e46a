"""The list of people who must not be stored: put on it by value, taken off it again, kept as fingerprints only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from uuid_utils import uuid4

from graph.engine.connection import Engine, Transaction
from graph.model.identities import Identity, email_identity, linkedin_identity
from graph.privacy.keys import fingerprint, lift_in, mark_changed, privacy_key
from graph.privacy.screening import name_mark

__all__ = [
    "ASKED",
    "ERASED",
    "RETAINED",
    "NotExact",
    "count_suppressed",
    "exact_identity",
    "lift",
    "stored_people",
    "suppress",
    "suppress_in",
]

# Why somebody is on the list.
ASKED, ERASED, RETAINED = "asked", "erased", "retention"
_BATCH = 5_000


class NotExact(ValueError):
    """Neither an e-mail address nor a public LinkedIn profile; `place` is its position in the list (from 0)."""

    def __init__(self, place: int) -> None:
        super().__init__(
            "this is neither an e-mail address nor a LinkedIn profile (https://www.linkedin.com/in/…)"
        )
        self.place = place


def exact_identity(text: str, place: int = 0) -> Identity:
    """What somebody is known by: an e-mail address or a profile's address. Raises NotExact."""
    found = linkedin_identity(text) or email_identity(text)
    if found is None:
        raise NotExact(place)
    return found


async def stored_people(engine: Engine, identities: Iterable[Identity]) -> dict[str, str]:
    """Identity key → id of the stored person who has it."""
    rows = await engine.read("people/by_keys", keys=sorted({identity.key for identity in identities}))
    return {row["key"]: row["person"]["id"] for row in rows}


async def suppress(engine: Engine, identities: Sequence[Identity], reason: str = ASKED) -> None:
    """Put people on the list by what they are known by; on it already: nothing changes.

    It does not touch who is stored: `graph.privacy.erasure.erase` does.
    """
    for start in range(0, len(identities), _BATCH):
        part = identities[start : start + _BATCH]

        async def work(tx: Transaction, part: Sequence[Identity] = part) -> None:
            await tx.run("records/lock")
            await tx.run("privacy/suppress", rows=[_row(engine, one.key, reason) for one in part])
            await mark_changed(tx, engine)

        await engine.transact(work)


async def suppress_in(
    tx: Transaction,
    engine: Engine,
    identity_keys: Iterable[str],
    *,
    names: Iterable[str] = (),
    reason: str,
    until: date | None = None,
) -> None:
    """Put one person on the list, by all they are known by, within a transaction that holds the write lock.

    `names` are remembered only to keep refused rows from showing them. `until`: a contact after that day takes
    them off the list again.
    """
    key, batch = privacy_key(engine), str(uuid4())
    rows = [_row(engine, each, reason, until, batch) for each in sorted(set(identity_keys))]
    if rows:
        await tx.run("privacy/suppress", rows=rows)
    marks = sorted({name_mark(name) for name in names if name.strip()})
    if marks:
        named = [{"fingerprint": fingerprint(key, each), "batch": batch} for each in marks]
        await tx.run("privacy/suppress_names", rows=named)
    await mark_changed(tx, engine)


def _row(
    engine: Engine, identity_key: str, reason: str, until: date | None = None, batch: str | None = None
) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint(privacy_key(engine), identity_key),
        "reason": reason,
        "at": datetime.now(UTC).date().isoformat(),
        "batch": batch or str(uuid4()),
        "until": until.isoformat() if until else None,
    }


async def lift(engine: Engine, identities: Sequence[Identity]) -> int:
    """Take people off the list, with all else they were known by; answers how many."""
    key = privacy_key(engine)
    marks = sorted({fingerprint(key, identity.key) for identity in identities})

    async def work(tx: Transaction) -> int:
        await tx.run("records/lock")
        return await lift_in(tx, engine, await _batches(tx, marks))

    return await engine.transact(work)


async def _batches(tx: Transaction, marks: Sequence[str]) -> list[str]:
    rows = await tx.run("privacy/batches", fingerprints=list(marks))
    return sorted({row["batch"] for row in rows})


async def count_suppressed(engine: Engine) -> int:
    """How many people are on the list, as far as they were put there one by one."""
    rows = await engine.read("privacy/count_suppressed")
    return int(rows[0]["people"])
