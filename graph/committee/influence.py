"""Who moves whom? Directed signed Friedkin-Johnsen opinion dynamics (domain.md 4; doing, not seeing).

At each round of talk x_i <- (1 - l_i) x0_i + l_i sum_j W_ij x_j: people keep a part of the stance they started
with and take over the rest from those they listen to. It settles at x* = (I - L W)^-1 (I - L) x0 = G x0.
Sources: Friedkin and Johnsen, J. Math. Sociology 1990; signed: Altafini, IEEE TAC 2013. Every row of W has
sum |w| = 1 (or 0) and every l < 1, so it always settles, within the largest starting stance in absolute value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.committee.committee import Committee, Floats, listening_ties
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = [
    "Influence",
    "from_matrix",
    "influence_model",
    "listening",
    "movable",
    "on_others",
    "settle",
    "weigh",
]


@dataclass(frozen=True, eq=False)
class Influence:
    """Who listens to whom and what comes of it.

    `weights` W (n, n): [a, b] is the part of what a hears that comes from b, negative when a turns against it;
    `susceptibility` (n,): the part of a's stance that is up to others, 0 for somebody who listens to nobody.
    `effect` G (n, n): [a, b] is how far a's settled stance moves when b starts one unit further up.
    """

    weights: Floats
    susceptibility: Floats
    effect: Floats


def listening(committee: Committee, parameters: CommitteeParameters = PARAMETERS) -> Floats:
    """How a would listen to b (n, n) were b of full influence, as the strength of an alliance (see domain.md 1).

    Net alliance (a directed one from a to b in a's row alone) + reporting line up or down + the room: those who
    sit together hear one another a little, rivals excepted, and all the others together count as one ally.
    """
    size = committee.size
    net = listening_ties(committee)
    heard = net + np.where(net >= 0.0, parameters.room / max(1, size - 1), 0.0)
    for a, b in set(committee.reports_to):
        heard[a, b] += parameters.listens_to_superior
        heard[b, a] += parameters.listens_to_report
    np.fill_diagonal(heard, 0.0)
    return heard


def weigh(
    heard: Floats, influence: Floats, parameters: CommitteeParameters = PARAMETERS
) -> tuple[Floats, Floats]:
    """W (n, n) and susceptibility (n,) from `listening` and the influence of each member (n,).

    h_ab = heard_ab * influence_b; with S_a = sum |h_ab|: W_ab = h_ab / S_a and l_a = most * min(1, S_a). Little
    to listen to therefore leaves one's own stance alone instead of pulling it towards 0.
    """
    raw = heard * influence
    total = np.abs(raw).sum(axis=1)
    weights = np.divide(raw, total[:, None], out=np.zeros_like(raw), where=total[:, None] > 0.0)
    return weights, parameters.most_susceptible * np.minimum(1.0, total)


def influence_model(committee: Committee, parameters: CommitteeParameters = PARAMETERS) -> Influence:
    """Who listens to whom in this committee, and the effect of everyone on everyone."""
    weights, susceptible = weigh(listening(committee, parameters), committee.influence, parameters)
    system = np.eye(committee.size) - susceptible[:, None] * weights
    effect = np.asarray(np.linalg.solve(system, np.diag(1.0 - susceptible)), dtype=np.float64)
    return Influence(weights, susceptible, effect)


def settle(influence: Influence, start: Floats) -> Floats:
    """Where stances (n,) settle when people start from `start` (n,): G x0."""
    settled: Floats = influence.effect @ start
    return settled


def on_others(influence: Influence) -> Floats:
    """How much each person moves the rest (n,), 0..1: mean of |G_ab| over the others a; 0 when alone."""
    effect = np.abs(influence.effect)
    moved: Floats = (effect.sum(axis=0) - np.diag(effect)) / max(1, len(effect) - 1)
    return moved


def from_matrix(influence: Influence, start: Floats) -> Floats:
    """Where each settled stance comes from (n, n): [a, b] = G_ab x0_b is b's part; a row adds up to a's."""
    return influence.effect * start


def movable(influence: Influence) -> Floats:
    """Who can still be moved (n,): sum of |G_ab| over the others b, how far all of them could carry a."""
    effect = np.abs(influence.effect)
    carried: Floats = effect.sum(axis=1) - np.diag(effect)
    return carried
