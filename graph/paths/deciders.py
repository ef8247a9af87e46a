"""The deciders of an opportunity as targets, and those hostile there, through whom no path leads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.committee import (
    ECONOMIC_BUYER,
    PARAMETERS,
    TECHNICAL_BUYER,
    USER_BUYER,
    Committee,
    hostile,
    infer,
)
from graph.engine import Transaction
from graph.paths.answer import NoPath, Unreachable
from graph.paths.question import OpportunityTarget
from graph.paths.reading import read_people
from graph.records.committee_building import build_committee
from graph.records.opportunities import facts_of_opportunity

__all__ = ["Deciders", "read_deciders"]

_DECIDING = (ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER)


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides, by id and in words, and who is hostile."""

    subject: str
    deciders: tuple[str, ...]
    hostile: frozenset[str]
    notes: tuple[str, ...] = ()


async def read_deciders(tx: Transaction, target: OpportunityTarget, viewer: str | None) -> Deciders:
    """The deciders of an opportunity; raises `Unreachable` when there is nobody to be reached."""
    facts = await facts_of_opportunity(tx, target.id, viewer, today=target.on)
    if facts is None:
        raise Unreachable(NoPath("unknown_target", "There is no opportunity with this id: look it up first."))
    name = facts.opportunity.name or "the opportunity"
    committee = build_committee(facts, target.on)
    people = await read_people(tx, committee.people)
    allowed = [person for person in committee.people if person in people and not people[person].objected]
    if not allowed:
        text = f"Nobody who may be contacted is known on the committee of {name}: add its members."
        raise Unreachable(NoPath("committee_without_people", text))
    against = frozenset(committee.people[i] for i in hostile(infer(committee)))
    notes = []
    if against:
        some = "1 member who is" if len(against) == 1 else f"{len(against)} members who are"
        notes.append(f"No path leads through {some} against us in {name}.")
    deciders = tuple(person for person in allowed if _decides(committee, person))
    if deciders:
        return Deciders(f"those who decide in {name}", deciders, against, tuple(notes))
    notes.append(
        f"Nobody is known to decide in {name}: all its members ({len(allowed)}) were targets. Confirm who is "
        "the economic, technical and user buyer."
    )
    return Deciders(f"the committee of {name}", tuple(allowed), against, tuple(notes))


def _decides(committee: Committee, person: str) -> bool:
    """Whether they probably hold one of the deciding roles."""
    at = committee.index_of(person)
    return bool(np.max([committee.role(role)[at] for role in _DECIDING]) >= PARAMETERS.decider_from)
