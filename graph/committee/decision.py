"""The decision D that questions, entry and counterbalance aim at (domain.md 4).

D = sum_i P(i is an economic buyer) * settled stance of i = r . (G x0) = v . x0 with v = G^T r: linear in the
starting stances, so Var(D) = v^T C v for stances of covariance C. D is a score, no probability: with one sure
economic buyer it is their settled stance, with several the sum; with nobody known to release the money it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.committee.committee import ECONOMIC_BUYER, Committee, Floats
from graph.committee.field import infer
from graph.committee.influence import Influence, influence_model, settle
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Situation", "assess", "decision_weights", "held", "placed"]


def decision_weights(influence: Influence, economic_buyer: Floats) -> Floats:
    """v (n,) = G^T r: how far D moves when a member starts one unit further up."""
    weights: Floats = influence.effect.T @ economic_buyer
    return weights


@dataclass(frozen=True, eq=False)
class Situation:
    """A committee, what is believed of its starting stances (`mean` (n,), `covariance` (n, n)), and who moves whom."""

    committee: Committee
    mean: Floats
    covariance: Floats
    influence: Influence

    @cached_property
    def settled(self) -> Floats:
        """Expected settled stance of each member (n,)."""
        return settle(self.influence, self.mean)

    @cached_property
    def weights(self) -> Floats:
        """v (n,): see `decision_weights`."""
        return decision_weights(self.influence, self.committee.role(ECONOMIC_BUYER))

    @property
    def decision(self) -> float:
        """Expected D = v . mean."""
        return float(self.weights @ self.mean)

    @property
    def variance(self) -> float:
        """Var(D) = v^T C v, in stance^2, roles taken at their probabilities."""
        return max(0.0, float(self.weights @ self.covariance @ self.weights))

    @property
    def sd(self) -> float:
        """Standard deviation of D."""
        return float(np.sqrt(self.variance))


def assess(committee: Committee, parameters: CommitteeParameters = PARAMETERS) -> Situation:
    """Both models together: stances by inference are where the discussion starts."""
    field = infer(committee, parameters)
    return Situation(committee, field.mean, field.covariance, influence_model(committee, parameters))


def placed(
    committee: Committee, mean: Floats, covariance: Floats, parameters: CommitteeParameters = PARAMETERS
) -> Situation:
    """The situation of people who start from given beliefs, nothing inferred: for what-if (doing, not seeing)."""
    return Situation(committee, mean, covariance, influence_model(committee, parameters))


def held(mean: Floats, covariance: Floats, index: int, value: float) -> tuple[Floats, Floats]:
    """The beliefs when a member is made to start from `value`: known for sure, and telling nothing of the others."""
    mean, covariance = mean.copy(), covariance.copy()
    mean[index] = value
    covariance[index, :] = covariance[:, index] = 0.0
    return mean, covariance
