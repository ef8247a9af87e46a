"""The field of stances against its energy, a dense inverse and sampling, and its promises as properties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.committee.committee import Committee, Observed, Tie
from graph.committee.field import hostile, infer, observation_variance
from graph.committee.parameters import PARAMETERS
from tests.committee_worlds import committee, committees, renamed, stance


def energy_matrix(of: Committee) -> tuple[np.ndarray, np.ndarray]:
    """Twice the energy is xAx - 2bx + c: A and b gathered term by term from the words of domain.md."""
    a, b = np.zeros((of.size, of.size)), np.zeros(of.size)
    net: dict[tuple[int, int], float] = {}
    for tie in of.alliances:
        pair = (min(tie.a, tie.b), max(tie.a, tie.b))
        net[pair] = net.get(pair, 0.0) + tie.sign * tie.strength
    for (i, j), summed in net.items():
        value = max(-1.0, min(1.0, summed))
        row = np.zeros(of.size)
        row[i], row[j] = 1.0, -1.0 if value >= 0 else 1.0
        a += abs(value) * np.outer(row, row)
    for i in range(of.size):
        a[i, i] += of.prior_precision[i]
        b[i] += of.prior_precision[i] * of.prior_mean[i]
    for seen in of.observations:
        variance = observation_variance(seen.source, seen.reliability, seen.age_days)
        a[seen.about, seen.about] += 1 / variance
        b[seen.about] += seen.value / variance
    return a, b


@given(committees())
@settings(max_examples=60, deadline=None)
def test_posterior_is_the_minimum_of_the_energy_and_its_dense_inverse(of):
    a, b = energy_matrix(of)
    field = infer(of)
    assert np.allclose(field.covariance, np.linalg.inv(a), atol=1e-9)
    assert np.allclose(a @ field.mean, b, atol=1e-9)
    assert np.all(np.abs(field.mean) <= 1.0 + 1e-12)


@given(committees())
@settings(max_examples=60, deadline=None)
def test_contributions_add_up_to_each_mean(of):
    field = infer(of)
    parts = field.prior_shares.sum(axis=1) + field.observation_shares.sum(axis=1)
    assert np.allclose(parts, field.mean, atol=1e-12, rtol=0)


def test_posterior_agrees_with_sampling_the_prior_and_weighing_by_what_was_heard():
    heard = (Observed(0, 0.6, "hearsay"), Observed(2, -0.4, "hearsay"))
    of = committee(3, alliances=(Tie(0, 1, 1, 0.8), Tie(1, 2, -1, 0.6)), observations=heard)
    prior = infer(replace(of, observations=()))
    draws = np.random.default_rng(7).multivariate_normal(prior.mean, prior.covariance, 200_000)
    variance = observation_variance("hearsay", None, 0.0)
    weight = np.exp(-sum((draws[:, seen.about] - seen.value) ** 2 for seen in heard) / (2 * variance))
    weight /= weight.sum()
    mean = weight @ draws
    assert np.allclose(mean, infer(of).mean, atol=0.01)
    assert np.allclose((draws - mean).T * weight @ (draws - mean), infer(of).covariance, atol=0.01)


@given(committees(seen=3), st.data())
@settings(max_examples=60, deadline=None)
def test_an_observation_draws_the_mean_to_itself_and_never_widens_anyone(of, data):
    about, value = data.draw(st.integers(0, of.size - 1)), data.draw(stance)
    before = infer(of)
    after = infer(replace(of, observations=(*of.observations, Observed(about, value))))
    low, high = sorted((float(before.mean[about]), value))
    assert low - 1e-12 <= after.mean[about] <= high + 1e-12
    assert np.all(np.diag(after.covariance) <= np.diag(before.covariance) + 1e-12)
    moved = after.mean - before.mean
    assert np.allclose(moved * before.covariance[about, about], before.covariance[:, about] * moved[about])


@pytest.mark.parametrize("sign", [1, -1])
def test_allies_follow_rivals_oppose_strangers_stay(sign):
    of = committee(3, alliances=(Tie(0, 1, sign, 0.8),), observations=(Observed(0, 1.0),))
    mean = infer(of).mean
    assert mean[0] > 0.9
    assert sign * mean[1] > 0.3
    assert mean[2] == 0.0


@given(committees(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_of_observations_and_names_of_people_change_nothing(of, random):
    shuffled = list(of.observations)
    random.shuffle(shuffled)
    field, other = infer(of), infer(replace(of, observations=tuple(shuffled)))
    assert np.allclose(field.mean, other.mean, atol=1e-12)
    order = list(range(of.size))
    random.shuffle(order)
    turned = infer(renamed(of, order))
    assert np.allclose(turned.mean, field.mean[order], atol=1e-12)
    assert np.allclose(turned.covariance, field.covariance[np.ix_(order, order)], atol=1e-12)


@given(st.sampled_from(["direct", "coach_report", "hearsay"]), st.floats(0.01, 1), st.floats(0, 4000))
def test_older_and_less_reliable_reports_are_wider(source, reliability, age):
    now = observation_variance(source, reliability, age)
    assert observation_variance(source, reliability, age + 30) > now
    assert observation_variance(source, reliability / 2, age) > now


def test_sources_stand_in_order_and_an_unreliable_one_says_nothing():
    direct, coach, hearsay = (observation_variance(s, None, 0) for s in ("direct", "coach_report", "hearsay"))
    assert direct < coach < hearsay
    assert observation_variance("direct", None, 365) == pytest.approx(0.25**2 + 0.25)
    of = committee(2, observations=(Observed(0, 1.0, "hearsay", reliability=0.0),))
    assert np.array_equal(infer(of).mean, [0.0, 0.0])


@given(committees())
@settings(max_examples=30, deadline=None)
def test_interval_is_cut_to_the_scale_only_where_it_leaves_it(of):
    field = infer(of)
    low, high = field.interval()
    assert np.all((low >= -1) & (high <= 1) & (low <= field.mean + 1e-12) & (field.mean <= high + 1e-12))
    inside = field.mean + PARAMETERS.interval_quantile * field.sd < 1.0
    assume(inside.any())
    assert np.allclose((high - field.mean)[inside] / field.sd[inside], 1.959964, atol=1e-6)


def test_the_hostile_are_opponents_for_sure():
    def against(*seen):
        return hostile(infer(committee(3, observations=seen)))

    assert against() == ()
    assert against(Observed(1, -0.9)) == (1,)
    assert against(Observed(1, -0.9), Observed(0, 0.9)) == (1,)
    assert against(Observed(1, -0.7, "hearsay")) == ()
    assert against(Observed(1, -0.7, "coach_report")) == (1,)
    # Heard for sure, and too mild to be an opponent.
    assert against(*[Observed(1, -0.08)] * 200) == ()
