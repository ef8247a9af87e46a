"""What do they think? Stances as a Gaussian Markov random field (domain.md 4; seeing, not doing).

Energy E(x) = 1/2 sum p_i (x_i - m_i)^2 + 1/2 sum w_ij (x_i - s_ij x_j)^2 + 1/2 sum (y_k - x_i(k))^2 / v_k with
prior mean m and precision p, net alliance s_ij w_ij of each two members and observations y of variance v. The
posterior is normal with precision A = diag(p + observed precision) + signed Laplacian, covariance A^-1 and mean
A^-1 (p m + sum y_k / v_k). Sources: signed Laplacian, Kunegis et al., SDM 2010; the mean is the equilibrium of
Bindel, Kleinberg and Oren, FOCS 2011. The mean never leaves -1..1, because no prior and no observation does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from graph.committee.committee import Committee, Floats, Observed, signed_ties
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Field", "hostile", "infer", "observation_variance", "posterior_precision"]


@dataclass(frozen=True, eq=False)
class Field:
    """The posterior of n stances after m observations, and where each mean comes from.

    `prior_shares` (n, n): [i, j] is what j's prior adds to i's mean; `observation_shares` (n, m): [i, k] what
    observation k adds. The shares of a row add up to its mean.
    """

    mean: Floats
    covariance: Floats
    prior_shares: Floats
    observation_shares: Floats

    @property
    def sd(self) -> Floats:
        """Standard deviation of each stance (n,)."""
        return np.sqrt(np.diag(self.covariance))

    def interval(self, parameters: CommitteeParameters = PARAMETERS) -> tuple[Floats, Floats]:
        """The central 95 % interval (low, high) of each stance, for display cut to the scale -1..1.

        The cut is of the shown ends alone: mean, sd and everything computed from them stay uncut.
        """
        reach = parameters.interval_quantile * self.sd
        return np.clip(self.mean - reach, -1.0, 1.0), np.clip(self.mean + reach, -1.0, 1.0)


def observation_variance(
    source: str, reliability: float | None, age_days: float, parameters: CommitteeParameters = PARAMETERS
) -> float:
    """Variance of a report: sd(source)^2 / reliability + drift * age; infinite when reliability is 0.

    Half as reliable counts half as much (precision is proportional to reliability); the drift is that of a
    random walk of the stance since the day it was heard. Units: stance^2, age in days. KeyError: no such source.
    """
    sd, usual = {
        "direct": (parameters.direct_sd, parameters.direct_reliability),
        "coach_report": (parameters.coach_report_sd, parameters.coach_report_reliability),
        "hearsay": (parameters.hearsay_sd, parameters.hearsay_reliability),
    }[source]
    relied = usual if reliability is None else reliability
    if relied <= 0.0:
        return float("inf")
    return sd * sd / relied + parameters.drift_variance_per_day * age_days


def posterior_precision(committee: Committee, observed: Floats) -> Floats:
    """The matrix A (n, n) for an observed precision per member (n,): symmetric, positive definite."""
    net = signed_ties(committee)
    return np.diag(committee.prior_precision + observed + np.abs(net).sum(axis=1)) - net


def infer(committee: Committee, parameters: CommitteeParameters = PARAMETERS) -> Field:
    """The posterior of all stances given everything that was heard. Works for any committee, the empty one too."""
    seen = committee.observations
    about = np.array([one.about for one in seen], dtype=np.intp)
    values = np.array([one.value for one in seen], dtype=np.float64)
    precision = np.array([_precision(one, parameters) for one in seen], dtype=np.float64)
    observed = np.zeros(committee.size)
    np.add.at(observed, about, precision)
    inverse = np.linalg.inv(posterior_precision(committee, observed))
    covariance = (inverse + inverse.T) / 2.0
    prior_shares = covariance * (committee.prior_precision * committee.prior_mean)
    observation_shares = covariance[:, about] * (precision * values)
    return Field(
        mean=prior_shares.sum(axis=1) + observation_shares.sum(axis=1),
        covariance=covariance,
        prior_shares=prior_shares,
        observation_shares=observation_shares,
    )


def _precision(seen: Observed, parameters: CommitteeParameters) -> float:
    return 1.0 / observation_variance(seen.source, seen.reliability, seen.age_days, parameters)


def hostile(field: Field, parameters: CommitteeParameters = PARAMETERS) -> tuple[int, ...]:
    """Positions of those who are surely opponents: mean at most `opponent_from`, and below 0 with enough certainty.

    P(x < 0) of a normal stance is Phi(-mean / sd).
    """
    return tuple(
        i
        for i, (mean, sd) in enumerate(zip(field.mean, field.sd, strict=True))
        if mean <= parameters.opponent_from
        and 0.5 * math.erfc(mean / (sd * math.sqrt(2.0))) >= parameters.hostile_certainty
    )
