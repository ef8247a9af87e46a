"""An access request answered: what is held, and what the committee model makes of it."""

from __future__ import annotations

from typing import Any

from graph.engine import Engine
from graph.privacy.access import access_to
from service.committee import Room
from service.committee.reading import read_room

__all__ = ["full_access"]


async def full_access(engine: Engine, person_id: str) -> dict[str, Any] | None:
    """`access_to`, with what is computed about the person in each opportunity they sit on. None: unknown."""
    told = await access_to(engine, person_id)
    if told is None:
        return None
    seats = {fact["other"]["id"] for fact in told["facts"] if fact["type"] == "SITS_ON"}
    rooms = [await read_room(engine, each, None) for each in sorted(seats)]
    told["assessments"] = [
        _assessed(room, person_id) for room in rooms if room and room.facts.member(person_id)
    ]
    return told


def _assessed(room: Room, person_id: str) -> dict[str, Any]:
    at = room.committee.index_of(person_id)
    low, high = room.field.interval()
    return {
        "kind": "Opportunity",
        "id": room.facts.opportunity.id,
        "name": room.facts.opportunity.name,
        "stance": {
            "mean": float(room.field.mean[at]),
            "low": float(low[at]),
            "high": float(high[at]),
            "settles_at": float(room.situation.settled[at]),
        },
        "roles": {belief.role: belief.probability for belief in room.beliefs[person_id]},
    }
