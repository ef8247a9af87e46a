"""Introductions: drafted along a path, asked for, and how each came out. Its states are kept, none is overwritten.

They are written by their own mutations, not by records: what happened is no statement of a source.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise

from uuid_utils import uuid7

from graph.committee import check_transition
from graph.engine.connection import Engine, Transaction
from graph.records.entering import Absent, Reference, Refused, Unknown
from graph.records.opportunities import introduction_from
from graph.records.opportunity_views import AskedTie, IntroductionStep, IntroductionView
from graph.records.replies import Ticket
from graph.ties import TieExplanation, read_evidence

__all__ = ["introductions_by_ids", "read_introductions", "request_introduction", "update_introduction"]

DRAFTED, DECLINED = "drafted", "declined"
MOST_CONNECTORS = 3


async def request_introduction(
    engine: Engine,
    path: Sequence[str],
    viewer: str | None,
    *,
    author: str,
    on: date,
    draft: str = "",
    opportunity: Reference | None = None,
    ticket: Ticket | None = None,
) -> str:
    """Draft an introduction along people who know each other, one of ours first; answers its id.

    What the ties rest on is kept as the viewer may know it today. Raises Refused (field `path`) for people who are
    not known to know each other, are unknown or asked not to be contacted.
    """
    if not 2 <= len(path) <= MOST_CONNECTORS + 2 or len(set(path)) != len(path):
        raise Refused(
            "path",
            f"A path names 2 to {MOST_CONNECTORS + 2} different people: one of ours first, whom to meet last.",
        )
    people = {row["person"]["id"]: row["person"] for row in await engine.read("paths/people", ids=list(path))}
    for place, person in enumerate(path):
        if person not in people:
            raise Absent(f"path.{place}", "There is no person with this id.")
        if people[person]["objected"]:
            raise Refused(f"path.{place}", "This person has asked not to be contacted.")
    if not people[path[0]]["team_member"]:
        raise Refused("path.0", "A path begins with one of ours: mark them as a team member first.")
    explained = await read_evidence(engine, list(pairwise(path)), viewer)
    ties = [
        _asked(explained.get((min(a, b), max(a, b))), place) for place, (a, b) in enumerate(pairwise(path))
    ]
    properties = {
        "id": str(uuid7()),
        "opportunity": opportunity.id if opportunity else None,
        "state": DRAFTED,
        "path": list(path),
        "ties": json.dumps([asdict(tie) for tie in ties]),
        "probability": math.prod(tie.probability for tie in ties),
        "draft": draft,
        "history": json.dumps([asdict(IntroductionStep(DRAFTED, on.isoformat(), author))]),
    }

    async def work(tx: Transaction) -> str:
        await tx.run(
            "introductions/create",
            properties={name: value for name, value in properties.items() if value is not None},
            people=list(path),
        )
        if opportunity is not None:
            await tx.run("introductions/belongs_to", id=properties["id"], opportunity=opportunity.id)
        if ticket is not None:
            await ticket.store(tx, str(properties["id"]))
        return str(properties["id"])

    return await engine.transact(work)


def _asked(explanation: TieExplanation | None, place: int) -> AskedTie:
    if explanation is None or explanation.probability <= 0.0:
        raise Refused(
            f"path.{place + 1}", "Nothing shows that this person and the one before know each other."
        )
    return AskedTie(explanation.probability, explanation.kinds)


async def update_introduction(
    engine: Engine,
    introduction_id: str,
    state: str,
    *,
    author: str,
    on: date,
    note: str = "",
    unknown_to_each_other: bool = False,
    ticket: Ticket | None = None,
) -> str:
    """Move an introduction to its next state, and answer its id. Raises Unknown; Refused for a forbidden move.

    `unknown_to_each_other` goes with a refusal: the connector does not know the person.
    """

    async def work(tx: Transaction) -> str:
        await tx.run("records/lock")
        rows = await tx.run("introductions/by_ids", ids=[introduction_id])
        if not rows:
            raise Unknown
        before = introduction_from(rows[0]["introduction"])
        try:
            check_transition(before.state, state)
        except ValueError as error:
            raise Refused("state", str(error)) from None
        if unknown_to_each_other and state != DECLINED:
            raise Refused(
                "unknownToEachOther", "This goes with declining: leave it out, or decline the introduction."
            )
        along = await tx.run("paths/people", ids=list(before.path))
        if state != DECLINED and any(row["person"]["objected"] for row in along):
            raise Refused("state", "Somebody along it has asked not to be contacted: decline it.")
        step = IntroductionStep(state, on.isoformat(), author, note)
        await tx.run(
            "introductions/update",
            id=introduction_id,
            state=state,
            history=json.dumps([asdict(one) for one in (*before.steps, step)]),
            unknown_to_each_other=unknown_to_each_other,
        )
        if ticket is not None:
            await ticket.store(tx, introduction_id)
        return introduction_id

    return await engine.transact(work)


async def introductions_by_ids(engine: Engine, ids: Sequence[str]) -> dict[str, IntroductionView]:
    """Introductions by id; unknown ids are left out."""
    rows = await engine.read("introductions/by_ids", ids=sorted(set(ids)))
    found = [introduction_from(row["introduction"]) for row in rows]
    return {one.id: one for one in found}


async def read_introductions(engine: Engine) -> list[IntroductionView]:
    """All introductions, the oldest first."""
    rows = await engine.read("introductions/all")
    return [introduction_from(row["introduction"]) for row in rows]
