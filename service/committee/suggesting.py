"""Suggested alliances of a room: from the shared history of members who probably know each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.committee import SharedHistory, Suggestion, suggested_alliances
from graph.ties import (
    Evidence,
    SharedCommunity,
    SharedEmployment,
    SharedProject,
    SharedSchool,
)
from graph.ties.parameters import PARAMETERS
from service.committee.room import Room

__all__ = ["pairs_to_explain", "suggest"]

Pair = tuple[str, str]

# Pairs of members whose shared history is looked into, those who know each other best first.
MOST_PAIRS = 600
_KINDS: dict[type[Evidence], str] = {
    SharedEmployment: "employer",
    SharedProject: "project",
    SharedSchool: "school",
    SharedCommunity: "community",
}


def pairs_to_explain(room: Room) -> list[Pair]:
    """Pairs of members (lesser id first) with a tie, on which nobody has decided yet."""
    people = set(room.committee.people)
    decided = _decided(room)
    known: dict[Pair, float] = {}
    for member in room.committee.people:
        for other, p in room.ground.of(member).items():
            pair = (min(member, other), max(member, other))
            if other in people and pair not in decided:
                known[pair] = p
    return sorted(known, key=lambda pair: (-known[pair], pair))[:MOST_PAIRS]


def suggest(room: Room, shared: Mapping[Pair, Sequence[Evidence]]) -> tuple[Suggestion, ...]:
    """Suggestions, the strongest first, from the shared history of `pairs_to_explain` and from reporting lines."""
    index = {person: i for i, person in enumerate(room.committee.people)}
    histories = [
        SharedHistory(index[a], index[b], _KINDS[type(one)], min(1.0, one.probability), one.text)
        for (a, b), told in sorted(shared.items())
        for one in told
    ]
    for a, b in room.facts.reports_to:
        text = f"{room.people[a].name} reports to {room.people[b].name}"
        p = PARAMETERS.reporting_line
        histories.append(SharedHistory(index[a], index[b], "reporting_line", p, text))
    settled = [(index[a], index[b]) for a, b in _decided(room) if a in index and b in index]
    return suggested_alliances(histories, settled)


def _decided(room: Room) -> set[Pair]:
    bonds: Iterable[Pair] = ((bond.a, bond.b) for bond in room.facts.bonds)
    return {(min(pair), max(pair)) for pair in (*bonds, *room.facts.refused)}
