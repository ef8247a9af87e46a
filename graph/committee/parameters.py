"""Every number of the committee model, each with where it comes from. No other module of the committee holds one.

They are starting values until they are fitted to outcomes; `docs/committee.md` works an example by hand.
Stances have no unit: -1 is an opponent, +1 a mentor. Precisions are 1/stance², variances stance², ages days.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PARAMETERS", "CommitteeParameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeParameters:
    """The committee model's numbers: first the entangled system, then (below) roles, intent, flags and the rest."""

    # --- Inference: the Gaussian field ---------------------------------------------------------------------
    # Ours. Before anything is heard a person is taken for neutral, give or take 1: nothing is known.
    prior_mean: float = 0.0
    prior_precision: float = 1.0
    # Ours. Standard deviation of a report by a wholly reliable source, heard today. What somebody says of
    # themselves is still said to a seller, hence not 0.
    direct_sd: float = 0.25
    coach_report_sd: float = 0.30
    hearsay_sd: float = 0.50
    # Ours. How far a source is relied on when the note does not say (1: wholly; 0: not at all).
    direct_reliability: float = 1.0
    coach_report_reliability: float = 0.7
    hearsay_reliability: float = 0.5
    # Ours. Stances drift: after a year a report is wider by a standard deviation of 0.5 (random walk).
    drift_variance_per_day: float = 0.25 / 365.0
    # The two-sided 95 % quantile of the normal distribution.
    interval_quantile: float = 1.959963984540054

    # --- Intervention: who listens to whom ------------------------------------------------------------------
    # Ours. How much the others listen (domain.md 1), as a weight on everything that is said.
    influence_high: float = 1.0
    influence_medium: float = 0.6
    influence_low: float = 0.3
    # Ours. All the others of the committee together, when nothing binds them and all are of high influence,
    # are listened to as much as one ally of this strength.
    room: float = 0.3
    # Ours. Listening to the person one reports to, as an alliance of this strength; and to one's report.
    listens_to_superior: float = 0.6
    listens_to_report: float = 0.2
    # Ours. Nobody gives up more than this share of their own stance to the others (λ of Friedkin-Johnsen).
    most_susceptible: float = 0.5

    # --- Outlook: the gates ----------------------------------------------------------------------------------
    # Ours. An economic buyer approves from here on …
    approve_threshold: float = 0.25
    # … a technical buyer stops below this …
    stop_threshold: float = -0.5
    # … and the users are against when their mean lies below this.
    against_threshold: float = -0.25
    # Draws of a simulation: a standard error of at most 0.005. The seed keeps an answer the same when asked again.
    outlook_draws: int = 10_000
    outlook_seed: int = 20_261_122

    # --- Counterbalance and entry ------------------------------------------------------------------------------
    # Ours. Whose mean stance reaches this counts as a supporter; at minus this, as an opponent.
    supporter_from: float = 0.1
    opponent_from: float = -0.1
    # Ours. Who speaks up for us takes a stance of at least this, and is listened to at least this much.
    advocate_stance: float = 0.8
    advocate_influence: float = 1.0
    # Ours. Who is the economic buyer with this probability is whom a plan aims at, not one of its supporters.
    decider_from: float = 0.5
    # Sets of supporters are enumerated up to this many, else grown greedily.
    enumerated_sets: int = 3_000
    # Ours. A first conversation by a warm introduction lifts the stance of the one met by this much; the
    # introducer's side (-1: a friend of opponents, +1: of supporters) counts this many times on top: from
    # side -0.5 on the introduction does harm.
    entry_lift: float = 0.2
    entry_side: float = 2.0

    # --- Roles, intent, camps, suggestions, coverage, references, assignment, learning, flags, moments ----------


PARAMETERS = CommitteeParameters()
