"""Learning from introductions: success rates by kind of evidence and step, and how well we foretold.

Rates: Beta-Bernoulli (Laplace; Gelman et al., Bayesian Data Analysis, 2.4). The published rate r of a kind is the
prior Beta(κ r, κ (1 - r)) worth κ cases; s successes and f failures make it Beta(κ r + s, κ (1 - r) + f). The
published parameters themselves are never changed. Three questions are kept apart, since moderately weak ties carry
the most new opportunities (Rajkumar et al., Science 2022): does the connector *know* the person, are they *willing*
to introduce, is there *interest* at the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graph.committee.beta import beta_quantile
from graph.committee.parameters import LEARNING as K

__all__ = [
    "STEPS",
    "TRANSITIONS",
    "Bin",
    "Calibration",
    "Forecast",
    "LearnedRate",
    "Trial",
    "calibration",
    "check_transition",
    "learned_rates",
    "trials_of",
]

Step = Literal["know", "willing", "interest"]
STEPS: tuple[Step, ...] = ("know", "willing", "interest")

# Declined after acceptance: the connector withdrew. Declined after the introduction: the other side did not want it.
TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    "drafted": ("asked",),
    "asked": ("accepted", "declined"),
    "accepted": ("introduced", "declined"),
    "declined": (),
    "introduced": ("met", "declined"),
    "met": (),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One introduction's outcome at one step, for one kind of evidence on which it rested."""

    kind: str
    step: Step
    success: bool


@dataclass(frozen=True, slots=True)
class LearnedRate:
    """What introductions say about a kind of evidence at a step: beside the `published` rate, not instead of it.

    `mean` and the interval `low`..`high` (90 %) of the posterior; `successes` and `failures` it rests on.
    """

    kind: str
    step: Step
    published: float
    mean: float
    low: float
    high: float
    successes: int
    failures: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """A probability that was told, and whether it came true."""

    probability: float
    happened: bool

    def __post_init__(self) -> None:
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError("A probability lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of the reliability table: forecasts from `low` up to `high`; mean forecast and frequency, None if empty."""

    low: float
    high: float
    cases: int
    forecast: float | None
    frequency: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well we foretold: Brier score (0 best, 1 worst), that of always telling the overall frequency, the table.

    Both scores are None without a case; `rests_on` says in words how far to trust them.
    """

    cases: int
    brier: float | None
    base_brier: float | None
    table: tuple[Bin, ...]
    rests_on: str


def check_transition(now: str, then: str) -> None:
    """Raises ValueError, with what may follow, unless an introduction may move from `now` to `then`."""
    for state in (now, then):
        if state not in TRANSITIONS:
            raise ValueError(f"{state} is no state of an introduction; they are {', '.join(TRANSITIONS)}.")
    following = TRANSITIONS[now]
    if then not in following:
        allowed = (
            f"it may become {' or '.join(following)}" if following else "it is closed: draft another one"
        )
        raise ValueError(f"An introduction that is {now} cannot become {then}; {allowed}.")


def trials_of(
    states: Sequence[str], kinds: Iterable[str], unknown_to_each_other: bool = False
) -> tuple[Trial, ...]:
    """What one introduction teaches, from all its states in order and the kinds of evidence of the tie asked over.

    `unknown_to_each_other`: declined because the two do not know each other, which says nothing about willingness.
    Whoever accepts knows the person; what is still open teaches nothing. Raises ValueError for a forbidden move.
    """
    for now, then in pairwise(states):
        check_transition(now, then)
    reached = set(states)
    declined, introduced = "declined" in reached, "introduced" in reached
    outcome: dict[Step, bool] = {}
    if "accepted" in reached:
        outcome["know"] = True
    elif declined and unknown_to_each_other:
        outcome["know"] = False
    if "accepted" in reached or (declined and not unknown_to_each_other):
        outcome["willing"] = introduced or not declined
    if introduced and ("met" in reached or declined):
        outcome["interest"] = "met" in reached
    return tuple(
        Trial(kind, step, success) for kind in sorted(set(kinds)) for step, success in outcome.items()
    )


def learned_rates(published: Mapping[str, float], trials: Iterable[Trial]) -> tuple[LearnedRate, ...]:
    """A rate for each kind and step, by kind and the order of the steps.

    `published`: kind → probability that a tie of this evidence alone is real, the prior of *know*; the priors of
    *willing* and *interest* are the model's. Raises ValueError for a trial of an unpublished kind.
    """
    counts = {(kind, step): [0, 0] for kind in sorted(published) for step in STEPS}
    for trial in trials:
        if (trial.kind, trial.step) not in counts:
            raise ValueError(f"No rate is published for {trial.kind}: add it before counting its outcomes.")
        counts[trial.kind, trial.step][0 if trial.success else 1] += 1
    priors: Mapping[Step, float] = {"willing": K.willing, "interest": K.interest}
    return tuple(
        _rate(kind, step, priors.get(step, published[kind]), successes, failures)
        for (kind, step), (successes, failures) in counts.items()
    )


def _rate(kind: str, step: Step, published: float, successes: int, failures: int) -> LearnedRate:
    # A published 0 or 1 would be no distribution, and could never be learned away.
    prior = min(max(published, 1e-3), 1.0 - 1e-3)
    a, b = K.prior_cases * prior + successes, K.prior_cases * (1.0 - prior) + failures
    tail = (1.0 - K.interval) / 2.0
    low, high = beta_quantile(tail, a, b), beta_quantile(1.0 - tail, a, b)
    return LearnedRate(kind, step, published, a / (a + b), low, high, successes, failures)


def calibration(forecasts: Sequence[Forecast], bins: int = K.bins) -> Calibration:
    """Brier score (Brier 1950: mean of (p - outcome)²) and reliability table in `bins` equal bins of 0..1."""
    if bins < 1:
        raise ValueError("A reliability table has 1 bin or more.")
    cases = len(forecasts)
    grouped: list[list[Forecast]] = [[] for _ in range(bins)]
    for forecast in forecasts:
        grouped[min(int(forecast.probability * bins), bins - 1)].append(forecast)
    table = tuple(_bin(number / bins, (number + 1) / bins, group) for number, group in enumerate(grouped))
    if not cases:
        return Calibration(0, None, None, table, _rests_on(0))
    frequency = sum(forecast.happened for forecast in forecasts) / cases
    brier = math.fsum((f.probability - f.happened) ** 2 for f in forecasts) / cases
    return Calibration(cases, brier, frequency * (1.0 - frequency), table, _rests_on(cases))


def _bin(low: float, high: float, group: list[Forecast]) -> Bin:
    if not group:
        return Bin(low, high, 0, None, None)
    mean = math.fsum(forecast.probability for forecast in group) / len(group)
    return Bin(low, high, len(group), mean, sum(forecast.happened for forecast in group) / len(group))


def _rests_on(cases: int) -> str:
    if cases == 0:
        return "No introduction has come to an end yet: nothing can be said."
    counted = f"Rests on {cases} case{'s' if cases != 1 else ''}"
    if cases < K.few_cases:
        return f"{counted}: far too few to judge by."
    if cases < K.some_cases:
        return f"{counted}: few; expect these numbers to move."
    return f"{counted}."
