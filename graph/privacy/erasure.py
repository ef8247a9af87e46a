"""Erasing a person: all that is stored of them, and every mention. Keyed fingerprints keep them from coming back.

They are put on the list first, so that nothing brings them in while they go; the person itself goes last, so that an
erasure that was cut off can be asked for again. What lies in files is `importers/erasing.py`'s.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from uuid_utils import uuid7

from graph.engine.connection import Engine, Transaction
from graph.engine.schema import rewrite_personal_indexes
from graph.model.entities import Entity
from graph.model.identities import Identity
from graph.model.records import Source
from graph.privacy.audit import forget_in_audit
from graph.privacy.mentions import filled_nodes, forget_mentions
from graph.privacy.suppression import ERASED, suppress_in
from graph.privacy.traces import REDACTED, Traces
from graph.records.codec import decode
from graph.records.history import BY_HAND
from graph.records.refolding import refold_stored
from graph.records.showing import show_again
from graph.records.stored_facts import FactTable
from graph.records.transfer import apply_facts, load_facts
from graph.records.views import FactRef
from graph.records.visibility import settle_visibility
from graph.records.withdrawal import withdraw_records

__all__ = ["Erased", "erase_from_graph", "forget_deleted", "read_traces"]


_RECORDS = 500
_BY_HAND = Source(name="erasure", dataset="erasure", run=BY_HAND)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away. `id` is the erasure's, not the person's."""

    id: str
    records: int = 0
    mentions: int = 0
    notes: int = 0
    introductions: int = 0


async def read_traces(engine: Engine, person_id: str) -> Traces | None:
    """What a person is recognised by; None when there is none with this id."""
    return await engine.snapshot(lambda tx: _traces(tx, person_id))


async def _traces(tx: Transaction, person_id: str) -> Traces | None:
    rows = await tx.run("privacy/traces", id=person_id)
    if not rows:
        return None
    row = rows[0]
    identities = {Identity("person", system, value) for _, system, value in row["identities"] if system}
    names = {row["name"] or ""}
    for _, said, fields, earlier in row["records"]:
        names.add(str(json.loads(fields or "{}").get("name") or ""))
        for text in (said, *json.loads(earlier or "[]")):
            names |= {one.name for one in _described_as(text, {identity.key for identity in identities})}
    return Traces(row["id"], frozenset(identities), frozenset(name for name in names if name))


def _described_as(said: str | None, keys: set[str]) -> list[Entity]:
    record = decode(said) if said else None
    return [one for one in record.entities if keys.intersection(one.keys)] if record else []


async def erase_from_graph(
    engine: Engine,
    traces: Traces,
    *,
    by: str,
    reason: str = ERASED,
    until: date | None = None,
) -> Erased:
    """Erase a person from the graph; the caller derives ties afterwards. Asked again, it does the rest.

    `by` and `reason` are noted with the erasure. `until`: a contact from them after that day lets them in again.
    """

    async def suppressed(tx: Transaction) -> None:
        await tx.run("records/lock")
        own = Identity("person", "liaison", traces.id).key
        await suppress_in(
            tx, engine, {*traces.keys, own}, names=traces.whole_names, reason=reason, until=until
        )

    await engine.transact(suppressed)
    await _forget_private(engine, traces)
    mentions = await forget_mentions(engine, traces)
    await _clean_texts(engine, traces)
    return await engine.transact(lambda tx: _erase(tx, traces, mentions, by, reason))


async def _forget_private(engine: Engine, traces: Traces) -> None:
    """Take back what served their own paths alone: nobody else may use it."""
    ids = list(traces.former_ids)
    keys = sorted(row["key"] for row in await engine.read("privacy/private_records", ids=ids))
    for start in range(0, len(keys), _RECORDS):
        await withdraw_records(engine, _BY_HAND, keys[start : start + _RECORDS])
    await engine.write("privacy/delete_private_withdrawn", ids=ids)


async def forget_deleted(engine: Engine) -> bool:
    """Make the engine's indexes forget whom it has erased; answers whether there was anything to forget.

    Searches are slow meanwhile. What deleted data remains in an engine's own files beyond that, docs/privacy.md says.
    """
    until = datetime.now(UTC).isoformat(timespec="seconds")
    if not (await engine.read("privacy/remains"))[0]["erasures"]:
        return False
    await rewrite_personal_indexes(engine)
    await engine.write("privacy/no_remains", until=until)
    return True


# --- what people wrote ---


async def _clean_texts(engine: Engine, traces: Traces) -> None:
    """Take their name and addresses out of what people wrote about others."""
    if not traces.words:
        return

    async def work(tx: Transaction) -> None:
        await tx.run("records/lock")
        nodes: list[dict[str, Any]] = []
        alliances: list[dict[str, Any]] = []
        for row in await tx.run("privacy/texts"):
            changed = _clean(row["says"], traces)
            if changed and row["kind"] == "node":
                nodes.append({"element": row["element"], "properties": changed})
            elif changed:
                alliances.append({"anchor": row["anchor"], "element": row["element"], "properties": changed})
        if nodes:
            await tx.run("privacy/rewrite_nodes", rows=nodes)
        if alliances:
            await tx.run("privacy/rewrite_alliances", rows=alliances)

    await engine.transact(work)


def _clean(says: dict[str, Any], traces: Traces) -> dict[str, Any]:
    changed = traces.changed(says)
    if any(traces.in_file_name(name) for name in says.get("files") or ()):
        changed["files"] = [
            REDACTED if traces.in_file_name(name) else name for name in changed.get("files") or says["files"]
        ]
    return changed


# --- the person ---


async def _erase(tx: Transaction, traces: Traces, mentions: int, by: str, reason: str) -> Erased:
    await tx.run("records/lock")
    rows = await tx.run("privacy/traces", id=traces.id)
    notes = await tx.run("privacy/notes", id=traces.id)
    around = await tx.run("privacy/around", id=traces.id)
    people = {row["element"] for row in await tx.run("privacy/people_around", id=traces.id)}
    erased = Erased(
        str(uuid7()),
        records=sum(len(row["records"]) for row in rows) + sum(len(row["keys"]) for row in notes),
        mentions=mentions,
        notes=len(notes),
        introductions=len(await tx.run("privacy/delete_introductions", id=traces.id)),
    )
    await tx.run("privacy/delete_questions", id=traces.id)
    own = [(key, said) for row in rows for key, said, _, _ in row["records"] if key]
    own += [(key, said) for row in notes for key, said in zip(row["keys"], row["said"], strict=False)]
    shown = await filled_nodes(tx, {key: [said] for key, said in own if said})
    places = await _forget_facts(tx, own, traces)
    places |= {row["element"] for row in around}
    sized = [row["element"] for row in around if row["sized"]]
    if sized:
        await tx.run("privacy/mark_pending", elements=sized)
    gone = [row["element"] for row in (*notes, *rows)]
    await tx.run("privacy/delete_nodes", elements=gone)
    empty = await tx.run("privacy/unsupported", elements=sorted(places.difference(gone)))
    if empty:
        await tx.run("privacy/delete_nodes", elements=[row["element"] for row in empty])
    await show_again(tx, shown.difference(gone, (row["element"] for row in empty)))
    await settle_visibility(tx, people.difference(gone))
    await _forget_elsewhere(tx, traces)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    said = {"id": erased.id, "at": at, "by": by, "reason": reason, "remains": True}
    await tx.run("privacy/log_erasure", properties=said)
    return erased


async def _forget_facts(tx: Transaction, own: Sequence[tuple[str, str | None]], traces: Traces) -> set[str]:
    """Take their records off facts that these state between others; answers the nodes of those."""
    ends: dict[str, list[str]] = {}
    for key, said in own:
        for fact in decode(said).facts if said else ():
            if all(traces.keys.isdisjoint(end.keys) for end in fact.ends()):
                ends.setdefault(key, []).extend(end.keys[0] for end in fact.ends())
    if not ends:
        return set()
    wanted = sorted({end for found in ends.values() for end in found})
    elements = {row["element"] for row in await tx.run("records/resolve", keys=wanted)}
    table = FactTable()
    await load_facts(tx, table, elements)
    for key in ends:
        table.no_longer_stated(key, (), keep_as_of=False)
    await refold_stored(tx, table, {}, {})
    await apply_facts(tx, table, {})
    return elements


async def _forget_elsewhere(tx: Transaction, traces: Traces) -> None:
    """What is kept beside the facts: decisions, withdrawn rows, stored replies, keys, the audit."""
    await tx.run("privacy/delete_decisions", keys=sorted(traces.keys))
    ids = set(traces.former_ids)
    replies = [row["key"] for row in await tx.run("privacy/replies") if ids & _ids_in(row["answer"])]
    if replies:
        await tx.run("privacy/delete_replies", keys=replies)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for one in traces.former_ids:
        await tx.run("privacy/revoke_keys", id=one, now=now, name=REDACTED)
    await forget_in_audit(tx, list(traces.former_ids))


def _ids_in(answer: str) -> set[str]:
    try:
        ref = FactRef.parse(answer)
    except ValueError:
        return {answer}
    return {ref.start, ref.end}
