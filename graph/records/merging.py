"""A human (or careful matching) says that two people are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.engine.connection import Engine, Transaction
from graph.records.decisions import Decision, are_apart, decide, end_decisions, representative
from graph.records.entering import Refused
from graph.records.history import BY_HAND
from graph.records.joining import contradicting_systems, identity_keys, join_nodes, marks_of
from graph.records.replies import Ticket
from graph.records.resolution import Node
from graph.records.transfer import node_from

__all__ = ["Contradicting", "KeptApart", "NoSuchPerson", "keep_apart", "merge_people", "person_node"]


class NoSuchPerson(Refused):
    """There is no person with this id, nor was there one."""


class Contradicting(Refused):
    """The two have different exact identities of one kind."""


class KeptApart(Refused):
    """Somebody decided that the two are different people; `decision` says who, by the id of an API key."""

    def __init__(self, field: str, decision: Decision) -> None:
        super().__init__(field, "")
        self.decision = decision
        self.args = (self.told_of(decision.by),)

    def told_of(self, who: str) -> str:
        """What to say where the one who decided is called so."""
        on = self.decision.at[:10]
        return f"{who} decided on {on} that these are two people. To merge them after all, set force."


@dataclass(frozen=True, slots=True)
class _Two:
    kept: Node
    other: Node
    kept_keys: list[str]
    other_keys: list[str]


async def merge_people(
    engine: Engine,
    kept_id: str,
    other_id: str,
    *,
    by: str,
    run: str | None = None,
    reasons: Sequence[str] = (),
    force: bool = False,
    ticket: Ticket | None = None,
) -> Decision:
    """Let `other_id` become `kept_id`: facts, ties, records, identities, introductions; the old id keeps answering.

    `run`: the import in which matching decided; undoing it takes the decision back. `force`: although they have
    different exact identities of one kind, or are kept apart; only a human may say so. Raises NoSuchPerson,
    Contradicting, KeptApart, and Refused for a person and themself.
    """

    async def work(tx: Transaction) -> Decision:
        await tx.run("records/lock")
        two = await _two(tx, kept_id, other_id, ("keptId", "otherId"))
        apart = await are_apart(tx, two.kept_keys, two.other_keys)
        _may_merge(two, apart, force)
        await end_decisions(tx, (one.id for one in apart))
        marks = {"kept": marks_of(two.kept), "other": marks_of(two.other)}
        moved = await join_nodes(tx, two.kept, two.other, run=run or BY_HAND)
        decision = Decision(
            kind="same",
            a=representative(two.kept_keys),
            b=representative(two.other_keys),
            by=by,
            run=run,
            reasons=tuple(reasons),
            kept=two.kept.id,
            other=two.other.id,
            keys=tuple(two.other_keys),
            introductions=tuple(moved),
            marks=marks,
        )
        await decide(tx, decision)
        if ticket is not None:
            await ticket.store(tx, two.kept.id)
        return decision

    return await engine.transact(work)


async def keep_apart(
    engine: Engine,
    a_id: str,
    b_id: str,
    *,
    by: str,
    reasons: Sequence[str] = (),
    ticket: Ticket | None = None,
) -> Decision:
    """Remember for good that these are two people: no import and no matching joins them. The same again is that.

    Raises NoSuchPerson, and Refused for a person and themself.
    """

    async def work(tx: Transaction) -> Decision:
        await tx.run("records/lock")
        two = await _two(tx, a_id, b_id, ("aId", "bId"))
        if ticket is not None:
            await ticket.store(tx, f"{two.kept.id}|{two.other.id}")
        for known in await are_apart(tx, two.kept_keys, two.other_keys):
            return known
        a, b = representative(two.kept_keys), representative(two.other_keys)
        decision = Decision(kind="apart", a=a, b=b, by=by, reasons=tuple(reasons))
        await decide(tx, decision)
        await tx.run("matching/close", a=two.kept.id, b=two.other.id)
        return decision

    return await engine.transact(work)


async def person_node(tx: Transaction, person_id: str, field: str) -> Node:
    """The person of this id, or whom somebody of this id turned out to be. Raises NoSuchPerson."""
    rows = await tx.run("records/person_by_id", id=person_id, key=f"person:liaison:{person_id}")
    if not rows:
        raise NoSuchPerson(field, "There is no person with this id.")
    return node_from(rows[0])


async def _two(tx: Transaction, a_id: str, b_id: str, names: tuple[str, str]) -> _Two:
    a, b = await person_node(tx, a_id, names[0]), await person_node(tx, b_id, names[1])
    if a.element == b.element:
        raise Refused(names[1], "These two are one person already.")
    return _Two(a, b, await identity_keys(tx, a), await identity_keys(tx, b))


def _may_merge(two: _Two, apart: Sequence[Decision], force: bool) -> None:
    if force:
        return
    for decision in apart:
        raise KeptApart("otherId", decision)
    if systems := contradicting_systems(two.kept_keys, two.other_keys):
        raise Contradicting(
            "otherId",
            f"They have different exact identities of one kind ({', '.join(systems)}), so they are two people as far "
            "as can be told. If you know that they are one, set force.",
        )
