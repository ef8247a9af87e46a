"""What if? Changes to a committee, and its stances, decision and outlook before and after (doing, not seeing).

A change acts on the starting stances and on who listens to whom; it is no news about what anybody thinks today.
A stance that is set moves others by influence alone, a new alliance makes people listen, and somebody who leaves
takes nothing back of what was learned about the others. People are named by id, as positions shift.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from graph.committee.committee import Committee, Floats, Tie
from graph.committee.decision import Situation, held, placed
from graph.committee.outlook import Gates, Outlook, outlook
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = [
    "AddAlliance",
    "AddMember",
    "Change",
    "MemberChange",
    "RemoveAlliance",
    "RemoveMember",
    "SetInfluence",
    "SetStance",
    "Simulation",
    "apply_changes",
    "simulate",
]


@dataclass(frozen=True, slots=True)
class SetStance:
    """A member comes to start from `value`, -1..1, for sure."""

    person: str
    value: float


@dataclass(frozen=True, slots=True)
class SetInfluence:
    """The others come to listen to a member this much, 0..1."""

    person: str
    influence: float


@dataclass(frozen=True, eq=False)
class AddMember:
    """Somebody joins. Without a `stance` as unknown as anybody unheard; `roles`: buying role → probability."""

    person: str
    influence: float
    stance: float | None = None
    roles: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveMember:
    """Somebody leaves, with their alliances and reporting lines."""

    person: str


@dataclass(frozen=True, slots=True)
class AddAlliance:
    """An alliance comes about; `directed`: `a` listens to `b` alone."""

    a: str
    b: str
    sign: int
    strength: float
    directed: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RemoveAlliance:
    """The alliances between two people end: all of them, or those of one kind."""

    a: str
    b: str
    kind: str | None = None


Change = SetStance | SetInfluence | AddMember | RemoveMember | AddAlliance | RemoveAlliance


@dataclass(frozen=True, slots=True)
class MemberChange:
    """One person before and after: where they start and settle. None where they do not sit on the committee."""

    person: str
    start_before: float | None
    start_after: float | None
    settles_before: float | None
    settles_after: float | None


@dataclass(frozen=True, eq=False)
class Simulation:
    """Both situations, each member's change (newcomers last), and the outlook before and after with the same luck."""

    before: Situation
    after: Situation
    members: tuple[MemberChange, ...]
    outlook_before: Outlook
    outlook_after: Outlook

    @property
    def decision_change(self) -> float:
        """How far D moved."""
        return self.after.decision - self.before.decision


Beliefs = tuple[Committee, Floats, Floats]


def simulate(
    situation: Situation,
    changes: Sequence[Change],
    gates: Gates | None = None,
    parameters: CommitteeParameters = PARAMETERS,
) -> Simulation:
    """Before and after the changes, made one after the other. ValueError: a change that cannot be made, and why."""
    after = apply_changes(situation, changes, parameters)
    people = tuple(dict.fromkeys((*situation.committee.people, *after.committee.people)))
    stream = {person: place for place, person in enumerate(people)}
    outlooks = [
        outlook(one, gates, parameters, [stream[person] for person in one.committee.people])
        for one in (situation, after)
    ]
    members = tuple(_member_change(person, situation, after) for person in people)
    return Simulation(situation, after, members, outlooks[0], outlooks[1])


def apply_changes(
    situation: Situation, changes: Sequence[Change], parameters: CommitteeParameters = PARAMETERS
) -> Situation:
    """The situation after the changes. Raises as `simulate`."""
    beliefs: Beliefs = situation.committee, situation.mean, situation.covariance
    for change in changes:
        beliefs = _applied(change, beliefs, parameters)
    return placed(*beliefs, parameters)


def _applied(change: Change, beliefs: Beliefs, parameters: CommitteeParameters) -> Beliefs:
    committee, mean, covariance = beliefs
    match change:
        case SetStance(person, value):
            if not -1.0 <= value <= 1.0:
                raise ValueError("A stance lies between -1 (opponent) and 1 (mentor).")
            return committee, *held(mean, covariance, committee.index_of(person), value)
        case SetInfluence(person, influence):
            levels = committee.influence.copy()
            levels[committee.index_of(person)] = influence
            return replace(committee, influence=levels), mean, covariance
        case AddMember():
            return _joined(change, beliefs, parameters)
        case RemoveMember(person):
            return _left(committee.index_of(person), beliefs)
        case AddAlliance(a, b, sign, strength, directed, kind):
            tie = Tie(committee.index_of(a), committee.index_of(b), sign, strength, directed, kind)
            return replace(committee, alliances=(*committee.alliances, tie)), mean, covariance
        case RemoveAlliance(a, b, kind):
            kept = _without({committee.index_of(a), committee.index_of(b)}, kind, committee.alliances)
            return replace(committee, alliances=kept), mean, covariance


def _without(pair: set[int], kind: str | None, ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
    kept = tuple(tie for tie in ties if {tie.a, tie.b} != pair or kind not in (None, tie.kind))
    if len(kept) == len(ties):
        raise ValueError("These two have no such alliance to remove.")
    return kept


def _joined(change: AddMember, beliefs: Beliefs, parameters: CommitteeParameters) -> Beliefs:
    committee, mean, covariance = beliefs
    size = committee.size
    grown = replace(
        committee,
        people=(*committee.people, change.person),
        influence=np.append(committee.influence, change.influence),
        prior_mean=np.append(committee.prior_mean, parameters.prior_mean),
        prior_precision=np.append(committee.prior_precision, parameters.prior_precision),
        roles={
            role: np.append(committee.role(role), change.roles.get(role, 0.0))
            for role in {**committee.roles, **change.roles}
        },
    )
    spread = np.zeros((size + 1, size + 1))
    spread[:size, :size] = covariance
    spread[size, size] = 1.0 / parameters.prior_precision
    mean = np.append(mean, parameters.prior_mean)
    if change.stance is None:
        return grown, mean, spread
    return _applied(SetStance(change.person, change.stance), (grown, mean, spread), parameters)


def _left(gone: int, beliefs: Beliefs) -> Beliefs:
    committee, mean, covariance = beliefs
    stays = [i for i in range(committee.size) if i != gone]

    def shift(i: int) -> int:
        return i - (i > gone)

    kept = replace(
        committee,
        people=tuple(committee.people[i] for i in stays),
        influence=committee.influence[stays],
        prior_mean=committee.prior_mean[stays],
        prior_precision=committee.prior_precision[stays],
        alliances=tuple(
            replace(tie, a=shift(tie.a), b=shift(tie.b))
            for tie in committee.alliances
            if gone not in (tie.a, tie.b)
        ),
        reports_to=tuple((shift(a), shift(b)) for a, b in committee.reports_to if gone not in (a, b)),
        observations=tuple(
            replace(seen, about=shift(seen.about)) for seen in committee.observations if seen.about != gone
        ),
        roles={role: chance[stays] for role, chance in committee.roles.items()},
    )
    return kept, mean[stays], covariance[np.ix_(stays, stays)]


def _member_change(person: str, before: Situation, after: Situation) -> MemberChange:
    def seen(one: Situation) -> tuple[float | None, float | None]:
        if person not in one.committee.people:
            return None, None
        i = one.committee.people.index(person)
        return float(one.mean[i]), float(one.settled[i])

    (start_before, settles_before), (start_after, settles_after) = seen(before), seen(after)
    return MemberChange(person, start_before, start_after, settles_before, settles_after)
