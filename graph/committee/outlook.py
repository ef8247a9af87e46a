"""The outlook: the probability that the gates pass, which is no mean of stances (domain.md 4).

An economic buyer approves: at least one of those who hold the role settles at `approve` or above. No technical
buyer stops: none settles below `stop`. The users are not against: their mean does not settle below `against`
(no users, nobody against). Stances are drawn from the posterior, x ~ N(mean, C), and settle, x* = G x; who holds
which role is drawn too, independently for each (person, role). Plain Monte Carlo with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graph.committee.committee import ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER, Floats
from graph.committee.decision import Situation
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Gates", "Outlook", "outlook"]

# The luck of so many members is kept (13 MB): the seed is fixed, so every outlook of small committees has the same.
KEPT_STREAMS = 40
# A stance that was set to a threshold exactly meets it, whatever the rounding of the arithmetic behind it.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Gates:
    """The thresholds of an opportunity, each a stance -1..1 (ValueError otherwise)."""

    approve: float = PARAMETERS.approve_threshold
    stop: float = PARAMETERS.stop_threshold
    against: float = PARAMETERS.against_threshold

    def __post_init__(self) -> None:
        if not all(-1.0 <= one <= 1.0 for one in (self.approve, self.stop, self.against)):
            raise ValueError("A threshold is a stance: between -1 and 1.")


@dataclass(frozen=True, slots=True)
class Outlook:
    """`probability` that all gates pass with its `standard_error`, and that each passes alone, from `draws` draws."""

    probability: float
    standard_error: float
    approves: float
    not_stopped: float
    not_against: float
    draws: int


def outlook(
    situation: Situation,
    gates: Gates | None = None,
    parameters: CommitteeParameters = PARAMETERS,
    streams: Sequence[int] | None = None,
) -> Outlook:
    """The outlook of a situation. The standard error is that of a proportion, never 0 (Laplace's estimate in it).

    `streams` names the random numbers of each member (their position, unless told): two situations that give a
    person the same stream share their luck, so that a difference between them is one of substance.
    """
    gates = gates or Gates()
    settled, chance = _draws(situation, parameters, streams or range(situation.committee.size))
    holds = {
        role: chance[place] < situation.committee.role(role)[:, None]
        for place, role in enumerate((ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER))
    }
    approves = np.any(holds[ECONOMIC_BUYER] & (settled >= gates.approve - ROUNDING), axis=0)
    stops = np.any(holds[TECHNICAL_BUYER] & (settled < gates.stop - ROUNDING), axis=0)
    users = holds[USER_BUYER].sum(axis=0)
    mood = np.where(holds[USER_BUYER], settled, 0.0).sum(axis=0)
    against = mood < (gates.against - ROUNDING) * users
    passes = approves & ~stops & ~against
    draws = passes.size
    smooth = (float(passes.sum()) + 1.0) / (draws + 2.0)
    return Outlook(
        probability=float(passes.mean()),
        standard_error=float(np.sqrt(smooth * (1.0 - smooth) / draws)),
        approves=float(approves.mean()),
        not_stopped=1.0 - float(stops.mean()),
        not_against=1.0 - float(against.mean()),
        draws=draws,
    )


def _draws(
    situation: Situation, parameters: CommitteeParameters, streams: Sequence[int]
) -> tuple[Floats, Floats]:
    """Settled stances (n, draws) and the luck (3, n, draws) that says who holds which role."""
    if len(streams) != situation.committee.size:
        raise ValueError("There must be one random stream for each member.")
    normal, chance = _luck(tuple(streams), parameters.outlook_draws, parameters.outlook_seed)
    effect = situation.influence.effect
    settled: Floats = _root(effect @ situation.covariance @ effect.T) @ normal
    settled += situation.settled[:, None]
    return settled, chance


def _luck(streams: tuple[int, ...], draws: int, seed: int) -> tuple[Floats, Floats]:
    """Standard normal numbers (n, draws), and uniform ones (3, n, draws), of these streams."""
    if any(stream >= KEPT_STREAMS for stream in streams):
        return _drawn(streams, draws, seed)
    normal, chance = _drawn_once(draws, seed)
    if streams == tuple(range(len(streams))):
        return normal[: len(streams)], chance[:, : len(streams)]
    chosen = list(streams)
    return normal[chosen], chance[:, chosen]


@lru_cache(maxsize=1)
def _drawn_once(draws: int, seed: int) -> tuple[Floats, Floats]:
    """The first streams, not to be written to."""
    normal, chance = _drawn(range(KEPT_STREAMS), draws, seed)
    normal.setflags(write=False)
    chance.setflags(write=False)
    return normal, chance


def _drawn(streams: Sequence[int], draws: int, seed: int) -> tuple[Floats, Floats]:
    normal, chance = np.empty((len(streams), draws)), np.empty((3, len(streams), draws))
    for i, stream in enumerate(streams):
        source = np.random.default_rng([seed, stream])
        normal[i] = source.standard_normal(draws)
        chance[:, i] = source.random((3, draws))
    return normal, chance


def _root(covariance: Floats) -> Floats:
    """The symmetric square root: unlike Cholesky's it takes sure stances, and does not depend on the order."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2.0)
    root: Floats = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return root
