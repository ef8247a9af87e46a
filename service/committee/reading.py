"""Reading a room: the facts of an opportunity, the warm paths to its members, and the people those lead over."""

from __future__ import annotations

from datetime import UTC, date, datetime

from graph.engine import Engine, Transaction
from graph.paths.reach import ground_within
from graph.records.opportunities import facts_of_opportunity
from graph.records.people import people_within
from service.committee.plans import owners_of, vouchers_of
from service.committee.room import Room

__all__ = ["read_room"]

# Of each member so many ways are shown at most, by whatever field: their people are read along.
SHOWN_WAYS = 25


async def read_room(
    engine: Engine, opportunity_id: str, viewer: str | None, today: date | None = None
) -> Room | None:
    """The room of an opportunity as the caller may know it; None when there is no such opportunity.

    One reading of the graph, however many members: what is said of them belongs together.
    """
    day = today or datetime.now(UTC).date()

    async def work(tx: Transaction) -> Room | None:
        facts = await facts_of_opportunity(tx, opportunity_id, viewer, today=day)
        if facts is None:
            return None
        ground = await ground_within(tx, [member.person.id for member in facts.members], viewer)
        room = Room(facts, ground, day)
        wanted = _named(room) - room.people.keys()
        if wanted:
            room.people |= await people_within(tx, sorted(wanted))
        return room

    return await engine.snapshot(work)


def _named(room: Room) -> set[str]:
    """Everybody whom the answers about this room may show."""
    named: set[str] = set()
    for member in room.facts.members:
        shown = room.ways_to(member.person.id)[:SHOWN_WAYS]
        named.update(person for way in shown for person in way.people)
        named.update(voucher.person for voucher, _ in vouchers_of(room, member.person.id)[:SHOWN_WAYS])
    named.update(person for way in owners_of(room).values() for person in way.people)
    named.update(note.informant for note in room.facts.notes if note.informant)
    named.update(person for asked in room.facts.introductions for person in asked.path)
    return named
