"""Learning from introductions against counting and numeric integration; the states of an introduction."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.committee.beta import beta_cumulative, beta_quantile
from graph.committee.learning import (
    TRANSITIONS,
    Forecast,
    Trial,
    calibration,
    check_transition,
    learned_rates,
    trials_of,
)
from graph.committee.parameters import LEARNING

PUBLISHED = {"connection": 0.25, "recommendation": 0.7}
trials = st.lists(
    st.builds(
        Trial,
        kind=st.sampled_from(sorted(PUBLISHED)),
        step=st.sampled_from(["know", "willing", "interest"]),
        success=st.booleans(),
    ),
    max_size=40,
)


@given(st.floats(0.001, 0.999), st.floats(1.0, 60.0), st.floats(1.0, 60.0))
@example(x=0.9375, a=1.125, b=28.0)
@settings(max_examples=50, deadline=None)
def test_beta_against_integration(x, a, b):
    # With t = u⁴ the integrand is smooth at 0 for every a ≥ 1, which the midpoint rule needs.
    width = x**0.25 / 20_000
    middle = (np.arange(20_000) + 0.5) * width
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    area = float((4 * middle ** (4 * a - 1) * (1 - middle**4) ** (b - 1)).sum()) * width * front
    assert beta_cumulative(x, a, b) == pytest.approx(area, abs=1e-5)


@given(st.floats(0.01, 0.99), st.floats(0.05, 100.0), st.floats(0.05, 100.0))
@settings(max_examples=50, deadline=None)
def test_beta_quantiles_invert(p, a, b):
    x = beta_quantile(p, a, b)
    if 1e-9 < x < 1 - 1e-9:
        assert beta_cumulative(x, a, b) == pytest.approx(p, abs=1e-4)


def test_beta_exact_cases():
    assert beta_cumulative(0.3, 1.0, 1.0) == pytest.approx(0.3)
    assert beta_cumulative(0.3, 2.0, 1.0) == pytest.approx(0.09)
    assert beta_quantile(0.5, 7.0, 7.0) == pytest.approx(0.5)
    with pytest.raises(ValueError):
        beta_cumulative(0.5, 0.0, 1.0)


@given(trials)
@settings(max_examples=25, deadline=None)
def test_rates_are_counted_beside_the_published(seen):
    for rate in learned_rates(PUBLISHED, seen):
        mine = [trial.success for trial in seen if (trial.kind, trial.step) == (rate.kind, rate.step)]
        prior = {"know": PUBLISHED[rate.kind], "willing": LEARNING.willing, "interest": LEARNING.interest}
        assert (rate.successes, rate.failures) == (sum(mine), len(mine) - sum(mine))
        assert rate.published == prior[rate.step]
        assert rate.mean == pytest.approx((10 * rate.published + sum(mine)) / (10 + len(mine)))
        assert 0.0 <= rate.low < rate.mean < rate.high <= 1.0
    assert learned_rates(PUBLISHED, seen) == learned_rates(PUBLISHED, seen[::-1])


def test_an_unpublished_kind_is_refused():
    with pytest.raises(ValueError, match="telepathy"):
        learned_rates(PUBLISHED, [Trial("telepathy", "know", True)])


def outcome(*states: str, strangers: bool = False) -> dict[str, bool]:
    return {trial.step: trial.success for trial in trials_of(states, ["connection"], strangers)}


def test_what_an_introduction_teaches():
    assert outcome("drafted") == outcome("drafted", "asked") == {}
    assert outcome("drafted", "asked", "declined") == {"willing": False}
    assert outcome("drafted", "asked", "declined", strangers=True) == {"know": False}
    assert outcome("drafted", "asked", "accepted") == {"know": True, "willing": True}
    assert outcome("drafted", "asked", "accepted", "declined") == {"know": True, "willing": False}
    introduced = ("drafted", "asked", "accepted", "introduced")
    assert outcome(*introduced) == {"know": True, "willing": True}
    assert outcome(*introduced, "met") == {"know": True, "willing": True, "interest": True}
    assert outcome(*introduced, "declined") == {"know": True, "willing": True, "interest": False}
    assert len(trials_of((*introduced, "met"), ["a", "b", "a"])) == 6


def test_only_the_next_states_are_allowed():
    chain = ["drafted", "asked", "accepted", "introduced", "met"]
    for now, then in pairwise(chain):
        check_transition(now, then)
    for now in TRANSITIONS:
        for then in set(TRANSITIONS) - set(TRANSITIONS[now]):
            with pytest.raises(ValueError, match="cannot become"):
                check_transition(now, then)
    with pytest.raises(ValueError, match="no state"):
        check_transition("drafted", "married")
    with pytest.raises(ValueError, match="asked"):
        check_transition("drafted", "met")


forecasts = st.lists(st.builds(Forecast, probability=st.floats(0, 1), happened=st.booleans()), max_size=60)


@given(forecasts, st.integers(1, 12))
def test_calibration_against_counting(told, bins):
    found = calibration(told, bins)
    assert found.cases == len(told) == sum(row.cases for row in found.table)
    assert len(found.table) == bins
    if not told:
        assert found.brier is None and found.base_brier is None
        return
    assert found.brier == pytest.approx(np.mean([(f.probability - f.happened) ** 2 for f in told]))
    base = np.mean([f.happened for f in told])
    assert found.base_brier == pytest.approx(np.mean([(base - f.happened) ** 2 for f in told]))
    assert sum(row.cases * (row.frequency or 0) for row in found.table) == pytest.approx(
        sum(f.happened for f in told)
    )
    for row in found.table:
        if row.forecast is not None:
            assert row.low - 1e-9 <= row.forecast <= row.high + 1e-9


def test_calibration_says_how_little_it_rests_on():
    yes = Forecast(1.0, True)
    assert "nothing" in calibration([]).rests_on
    assert "1 case:" in calibration([yes]).rests_on and "too few" in calibration([yes]).rests_on
    assert "few" in calibration([yes] * 20).rests_on
    assert calibration([yes] * 50).rests_on == "Rests on 50 cases."
    assert calibration([yes]).table[-1].cases == 1
    with pytest.raises(ValueError):
        Forecast(1.5, True)
