"""A human says that one person is two, and which identities or records belong to the other one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uuid_utils import uuid7

from graph.engine.connection import Engine, Transaction
from graph.model.kinds import NODE_KINDS
from graph.records.codec import decode
from graph.records.decisions import Decision, decide, end_decisions, representative
from graph.records.entering import Refused
from graph.records.history import History
from graph.records.joining import identity_keys, marks_of
from graph.records.merging import person_node
from graph.records.refolding import read_histories
from graph.records.regrouping import regroup
from graph.records.replies import Ticket
from graph.records.resolution import Node
from graph.records.transfer import CREATE_NODES, node_from

__all__ = ["Split", "part_nodes", "split_person"]


@dataclass(frozen=True, slots=True)
class Split:
    """The two people that one was: who kept the id, and who left with theirs (or a new one)."""

    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class _Leaving:
    keys: set[str]
    merge: Decision | None = None


async def split_person(
    engine: Engine,
    person_id: str,
    *,
    by: str,
    former_id: str | None = None,
    identities: Sequence[str] = (),
    records: Sequence[str] = (),
    reasons: Sequence[str] = (),
    ticket: Ticket | None = None,
) -> Split:
    """Part a person in two, and keep the two apart for good.

    Who leaves is told by the id that they had before a merge (`former_id`), by identity keys, or by keys of source
    records; without any of these the newest merge is taken back. Whoever leaves gets their own id again. Raises
    NoSuchPerson, and Refused when nobody would leave or stay.
    """

    async def work(tx: Transaction) -> Split:
        await tx.run("records/lock")
        node = await person_node(tx, person_id, "personId")
        held = await tx.run("records/homes_of", elements=[node.handle])
        homes = {row["key"]: row["home"] for row in held}
        leaving = await _leaving(tx, node, homes, former_id, identities, records)
        merge = leaving.merge
        former = merge.other if merge else former_id or homes[representative(leaving.keys)]
        taken = former is None or former == node.id or await tx.run("people/by_ids", ids=[former])
        new_id = str(uuid7()) if taken or former is None else former
        other = await part_nodes(tx, node, leaving.keys, new_id, merge)
        stay = homes.keys() - leaving.keys
        if merge:
            await end_decisions(tx, [merge.id])
        apart = Decision(
            kind="apart",
            a=representative(stay),
            b=representative(leaving.keys),
            by=by,
            reasons=tuple(reasons),
        )
        await decide(tx, apart)
        if ticket is not None:
            await ticket.store(tx, f"{node.id}|{other.id}")
        return Split(node.id, other.id)

    return await engine.transact(work)


async def part_nodes(
    tx: Transaction, node: Node, leaving: set[str], new_id: str, merge: Decision | None = None
) -> Node:
    """Let the identities `leaving` be a person of their own again, with all that records say of them."""
    row = {
        "properties": {"id": new_id, "created_on": date.today().isoformat()},
        "identities": [],
        "records": [],
    }
    (made,) = await tx.run(CREATE_NODES[node.label], rows=[row])
    other = node_from({"label": node.label, "element": made["element"], "properties": {"id": new_id}})
    held = await identity_keys(tx, node)
    alias = f"{NODE_KINDS[node.label].SLUG}:liaison:{new_id}"
    means = {key: other if key in leaving or key == alias else node for key in held}
    named = await regroup(tx, [node, other], means)
    if alias in held and alias not in named:
        await tx.run("records/delete_identities", keys=[alias])
    if merge and merge.introductions:
        await tx.run(
            "introductions/give_back",
            ids=list(merge.introductions),
            old=node.element,
            new=other.element,
            old_id=node.id,
            new_id=other.id,
        )
    marks = merge.marks if merge else {}
    mine, theirs = _parted_marks(marks_of(node), marks.get("kept", {}), marks.get("other", {}))
    rows = [
        {"element": element, "properties": properties}
        for element, properties in ((node.handle, mine), (other.handle, theirs))
        if properties
    ]
    if rows:
        await tx.run("records/update_nodes", rows=rows)
    return other


async def _leaving(
    tx: Transaction,
    node: Node,
    homes: Mapping[str, str | None],
    former_id: str | None,
    identities: Sequence[str],
    records: Sequence[str],
) -> _Leaving:
    merge = None
    if identities:
        keys = set(identities)
        if unknown := keys - homes.keys():
            raise Refused("identities", f"{len(unknown)} of these are no identities of this person.")
    elif records:
        keys = await _only_of(tx, node, homes.keys(), records)
    else:
        merges = [Decision.from_properties(row["decision"]) for row in await _merges(tx, node)]
        merge = next((one for one in merges if former_id in (None, one.other)), None)
        if merge is None and former_id is None:
            raise Refused("personId", "This person was never merged: say which identities or records leave.")
        keys = {key for key, home in homes.items() if home == former_id}
        keys = (set(merge.keys) & homes.keys() if merge else set()) | keys
    keys -= {f"person:liaison:{node.id}"}
    for side, which in ((keys, "leave"), (homes.keys() - keys, "stay")):
        if not any(key.split(":", 2)[1] != "liaison" for key in side):
            raise Refused(
                "formerId" if former_id else "personId",
                f"Nobody would {which}: none of the identities would {which}.",
            )
    return _Leaving(keys, merge)


async def _merges(tx: Transaction, node: Node) -> list[dict[str, Any]]:
    return await tx.run("records/merges_into", id=node.id)


async def _only_of(tx: Transaction, node: Node, held: Iterable[str], records: Sequence[str]) -> set[str]:
    """The identities of a person that these records name and no other one does."""
    mine = set(held)
    rows = await tx.run("records/shown_from", elements=[node.handle])
    stating = {key for row in rows for keys in row["sources"] for key in keys or ()}
    describing = {row["key"] for row in await tx.run("records/said", elements=[node.handle])}
    unknown = set(records) - stating - describing
    if unknown:
        raise Refused("records", f"{len(unknown)} of these records say nothing of this person.")
    histories = await read_histories(tx, stating | describing)
    leaving = {key for record in records for key in _own_keys(histories.get(record), mine)}
    others = {
        key for name, history in histories.items() if name not in records for key in _own_keys(history, mine)
    }
    keys = leaving - others
    if not keys:
        raise Refused(
            "records", "These records name nobody but by identities that others have too: choose identities."
        )
    return keys


def _own_keys(history: History | None, mine: set[str]) -> set[str]:
    found: set[str] = set()
    for version in history.versions if history else ():
        record = decode(version.said)
        ends = (end for fact in record.facts for end in fact.ends())
        found |= {key for entity in (*record.entities, *ends) for key in entity.keys if key in mine}
    return found


def _parted_marks(
    now: Mapping[str, Any], kept: Mapping[str, Any], other: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changes at the one who stays, and what is noted at the one who leaves.

    Noted at one of them before the merge: theirs again. Noted since: it holds for both, as nobody knows whose it is.
    """
    mine = {
        name: kept.get(name) for name in now if name in other and now[name] == other[name] != kept.get(name)
    }
    theirs = {name: value for name, value in now.items() if name in other or kept.get(name) != value}
    return mine, {name: other.get(name, value) if name in other else value for name, value in theirs.items()}
