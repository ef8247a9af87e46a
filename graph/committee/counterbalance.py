"""Against a hostile, influential member: whose support, made active, lifts the decision most (domain.md 4)?

Nobody is converted: people do not retract what they said before others. Sets S of at most m supporters speak up:
each starts from at least the advocate's stance and is listened to at least as much as an advocate. The lift is
D(S) - D, not additive, as supporters heard by the same people share their ears. With the chance r_i that the warm
path to i works, expected lift = sum over T in S of prod_T r * prod_(S-T) (1 - r) * (D(T) - D): paths taken for
independent. All sets are enumerated while they are few, else grown greedily; then `bound` tells what no set can
exceed. Out of the question: the hostile member and their allies, opponents, and the one who decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations
from math import ceil, comb, log

import numpy as np

from graph.committee.committee import ECONOMIC_BUYER, Floats, floats, signed_ties
from graph.committee.decision import Situation, held, placed
from graph.committee.influence import listening, weigh
from graph.committee.outlook import Gates, Outlook, outlook
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Counterbalance", "DeciderMove", "Plan", "counterbalance", "forbidden", "speaking_up"]

Set = tuple[int, ...]

# Sets whose talk is played out at once: bounds the memory, changes no answer.
BATCH = 500


@dataclass(frozen=True, slots=True)
class DeciderMove:
    """Where a possible economic buyer settles before and after, with the `probability` that they are one."""

    person: str
    probability: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Supporters who speak up. `lift`: of D if all are reached, `expected_lift`: see above, `reach`: chance of all."""

    supporters: tuple[str, ...]
    lift: float
    expected_lift: float
    reach: float
    deciders: tuple[DeciderMove, ...]
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Counterbalance:
    """Plans, most expected lift first. `exact`: best of all sets; `bound`: no set's lift exceeds it.

    `avoid`: the hostile member and their allies, through whom no warm path of a plan may lead.
    """

    plans: tuple[Plan, ...]
    exact: bool
    bound: float
    avoid: tuple[str, ...]
    outlook_before: Outlook


def forbidden(situation: Situation, hostile: str) -> tuple[str, ...]:
    """The hostile member and everyone of a net positive alliance with them. ValueError: not on the committee."""
    committee = situation.committee
    index = committee.index_of(hostile)
    allies = np.flatnonzero(signed_ties(committee)[index] > 0.0)
    return (hostile, *(committee.people[i] for i in allies))


def counterbalance(
    situation: Situation,
    hostile: str,
    most: int = 2,
    first: int = 3,
    reach: Sequence[float] | None = None,
    gates: Gates | None = None,
    parameters: CommitteeParameters = PARAMETERS,
) -> Counterbalance:
    """The best `first` sets of at most `most` supporters. `reach` (n,): chance that each one's path works, else 1.

    ValueError: the hostile one does not sit there, `most` is not 1 to 5, or a chance lies outside 0..1.
    """
    if not 1 <= most <= parameters.most_supporters:
        raise ValueError(f"A plan has 1 to {parameters.most_supporters} supporters.")
    committee = situation.committee
    chance = floats([1.0] * committee.size if reach is None else reach, (committee.size,), "reach", 0.0, 1.0)
    avoid = forbidden(situation, hostile)
    candidates = _candidates(situation, avoid, chance, parameters)
    lifts = _Lifts(situation, chance, parameters)
    sets = sum(comb(len(candidates), size) for size in range(1, most + 1))
    exact = sets <= parameters.enumerated_sets and sets * committee.size**2 <= parameters.enumerated_work
    if exact:
        sizes = range(1, most + 1)
        every = list(chain.from_iterable(combinations(candidates, size) for size in sizes))
        lifts.learn(every)
        scored = {chosen: lifts.expected(chosen) for chosen in every}
    else:
        scored = _greedy(candidates, most, lifts)
    ranked = sorted(
        (chosen for chosen, gain in scored.items() if gain > 1e-12),
        key=lambda chosen: (-round(scored[chosen], 12), len(chosen), [committee.people[i] for i in chosen]),
    )
    return Counterbalance(
        plans=tuple(_plan(situation, chosen, lifts, chance, gates, parameters) for chosen in ranked[:first]),
        exact=exact,
        bound=lifts.bound(candidates),
        avoid=avoid,
        outlook_before=outlook(situation, gates, parameters),
    )


def speaking_up(
    situation: Situation, supporters: Sequence[int], parameters: CommitteeParameters = PARAMETERS
) -> Situation:
    """The situation once these members (positions) speak up for us and are heard."""
    mean, covariance = situation.mean, situation.covariance
    for i in supporters:
        mean, covariance = held(mean, covariance, i, max(float(mean[i]), parameters.advocate_stance))
    louder = situation.committee.influence.copy()
    louder[list(supporters)] = np.maximum(louder[list(supporters)], parameters.advocate_influence)
    return placed(replace(situation.committee, influence=louder), mean, covariance, parameters)


def _candidates(
    situation: Situation, avoid: Sequence[str], chance: Floats, parameters: CommitteeParameters
) -> Set:
    decides = situation.committee.role(ECONOMIC_BUYER)
    return tuple(
        i
        for i, person in enumerate(situation.committee.people)
        if person not in avoid
        and situation.mean[i] >= parameters.supporter_from
        and decides[i] < parameters.decider_from
        and chance[i] > 0.0
    )


class _Lifts:
    """D(S) - D for sets of supporters, many at a time.

    Talk is played out instead of solved: each round brings every set closer to where it settles by the factor
    `most_susceptible` at least, and one round of all sets together is one product of matrices.
    """

    def __init__(self, situation: Situation, chance: Floats, parameters: CommitteeParameters) -> None:
        self.situation, self.chance, self.parameters = situation, chance, parameters
        self.heard = listening(situation.committee, parameters)
        self.decides = situation.committee.role(ECONOMIC_BUYER)
        self.known: dict[Set, float] = {(): 0.0}

    def learn(self, sets: Iterable[Set]) -> None:
        """Computes the lift of these sets and of all sets within them."""
        within = {
            one for whole in sets for size in range(1, len(whole) + 1) for one in combinations(whole, size)
        }
        fresh = sorted(within - self.known.keys())
        for begin in range(0, len(fresh), BATCH):
            batch = fresh[begin : begin + BATCH]
            decisions = self.decides @ self._settled(batch)
            self.known |= zip(batch, (decisions - self.situation.decision).tolist(), strict=True)

    def lift(self, chosen: Set) -> float:
        """D(S) - D of a set that was learned."""
        return self.known[chosen]

    def _settled(self, sets: Sequence[Set]) -> Floats:
        """Where everyone settles (n, sets), to 1e-15."""
        spoken = [self._spoken(one) for one in sets]
        start = np.array([one for one, _ in spoken]).T
        influence = np.array([one for _, one in spoken]).T
        most = self.parameters.most_susceptible
        total = np.abs(self.heard) @ influence
        kept, taken = (1.0 - most * np.minimum(1.0, total)) * start, most / np.maximum(1.0, total)
        settled: Floats = start
        for _ in range(ceil(log(1e-15) / log(most))):
            settled = kept + taken * (self.heard @ (influence * settled))
        return settled

    def expected(self, chosen: Set) -> float:
        total = 0.0
        for size in range(1, len(chosen) + 1):
            for reached in combinations(chosen, size):
                chances = [self.chance[i] if i in reached else 1.0 - self.chance[i] for i in chosen]
                total += float(np.prod(chances)) * self.lift(reached)
        return total

    def bound(self, candidates: Set) -> float:
        """No set of candidates lifts D by more.

        (1 - l) x0 + l c with l the most that a decider can be made to listen, and c the highest stance there is.
        """
        if not candidates:
            return 0.0
        start, influence = self._spoken(candidates)
        _, susceptible = weigh(self.heard, influence, self.parameters)
        highest = float(np.abs(start).max())
        ceiling = (1.0 - susceptible) * start + susceptible * highest
        return float(self.decides @ ceiling) - self.situation.decision

    def _spoken(self, chosen: Set) -> tuple[Floats, Floats]:
        start, influence = self.situation.mean.copy(), self.situation.committee.influence.copy()
        index = list(chosen)
        start[index] = np.maximum(start[index], self.parameters.advocate_stance)
        influence[index] = np.maximum(influence[index], self.parameters.advocate_influence)
        return start, influence


def _greedy(candidates: Set, most: int, lifts: _Lifts) -> dict[Set, float]:
    """Every set looked at on the way: singles, then the best so far and one more of those who do most alone."""
    lifts.learn((i,) for i in candidates)
    scored: dict[Set, float] = {(i,): lifts.expected((i,)) for i in candidates}
    promising = sorted(candidates, key=lambda i: -scored[(i,)])[: lifts.parameters.greedy_choice]
    best: Set = max(scored, key=lambda one: scored[one], default=())
    for _ in range(1, most):
        grown = [tuple(sorted((*best, i))) for i in promising if i not in best]
        lifts.learn(grown)
        scored |= {chosen: lifts.expected(chosen) for chosen in grown}
        best = max(grown, key=lambda one: scored[one], default=best)
    return scored


def _plan(
    situation: Situation,
    chosen: Set,
    lifts: _Lifts,
    chance: Floats,
    gates: Gates | None,
    parameters: CommitteeParameters,
) -> Plan:
    committee = situation.committee
    after = speaking_up(situation, chosen, parameters)
    deciders = tuple(
        DeciderMove(committee.people[i], float(share), float(situation.settled[i]), float(after.settled[i]))
        for i, share in enumerate(committee.role(ECONOMIC_BUYER))
        if share > 0.0
    )
    return Plan(
        supporters=tuple(committee.people[i] for i in chosen),
        lift=lifts.lift(chosen),
        expected_lift=lifts.expected(chosen),
        reach=float(np.prod(chance[list(chosen)])),
        deciders=deciders,
        outlook=outlook(after, gates, parameters),
    )
