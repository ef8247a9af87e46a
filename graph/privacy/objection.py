"""Objection to being approached (GDPR, art. 21 (2)): at once out of all paths, advice and lists; nothing is deleted."""

from __future__ import annotations

from datetime import date

from graph.engine.connection import Engine, Transaction
from graph.privacy.keys import fingerprint, mark_changed, privacy_key

__all__ = ["record_objection", "withdraw_objection"]


async def record_objection(engine: Engine, person_id: str, on: date) -> bool:
    """Note that a person does not want to be approached; False when there is none with this id.

    Fingerprints remember it, should they be deleted and come in again as somebody new.
    """
    key = privacy_key(engine)

    async def work(tx: Transaction) -> bool:
        await tx.run("records/lock")
        rows = await tx.run("privacy/set_objected", id=person_id, on=on.isoformat())
        if not rows:
            return False
        marks = [{"fingerprint": fingerprint(key, one), "at": on.isoformat()} for one in rows[0]["keys"]]
        await tx.run("privacy/object", rows=marks)
        await mark_changed(tx, engine)
        return True

    return await engine.transact(work)


async def withdraw_objection(engine: Engine, person_id: str) -> bool:
    """Note that a person may be approached again; False when there is none with this id."""
    key = privacy_key(engine)

    async def work(tx: Transaction) -> bool:
        await tx.run("records/lock")
        rows = await tx.run("privacy/unset_objected", id=person_id)
        if not rows:
            return False
        await tx.run(
            "privacy/forget_objection", fingerprints=[fingerprint(key, one) for one in rows[0]["keys"]]
        )
        await mark_changed(tx, engine)
        return True

    return await engine.transact(work)
