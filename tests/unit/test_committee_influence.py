"""Settled stances against talking round after round, their bounds, and the decision made of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from graph.committee.committee import ECONOMIC_BUYER, Committee, Observed, Tie
from graph.committee.decision import assess
from graph.committee.influence import (
    from_matrix,
    influence_model,
    listening,
    movable,
    on_others,
    settle,
)
from tests.committee_worlds import committee, committees, renamed


def talked(of: Committee, start: np.ndarray, rounds: int = 200) -> np.ndarray:
    """Everyone hears everyone, round after round, person by person."""
    model, now = influence_model(of), start.copy()
    for _ in range(rounds):
        heard = [sum(model.weights[a, b] * now[b] for b in range(of.size)) for a in range(of.size)]
        now = (1 - model.susceptibility) * start + model.susceptibility * np.array(heard)
    return now


@given(committees())
@settings(max_examples=40, deadline=None)
def test_settled_stances_are_the_fixed_point_of_talking(of):
    assert np.allclose(settle(influence_model(of), of.prior_mean), talked(of, of.prior_mean, 60), atol=1e-9)


@given(committees())
@settings(max_examples=80, deadline=None)
def test_bounded_by_starting_stances_and_rows_are_proper(of):
    model = influence_model(of)
    rows = np.abs(model.weights).sum(axis=1)
    assert np.all(np.isclose(rows, 1.0) | (rows == 0.0)) and np.all(model.susceptibility < 1.0)
    assert np.all(np.diag(model.weights) == 0.0)
    settled = settle(model, of.prior_mean)
    assert np.all(np.abs(settled) <= np.abs(of.prior_mean).max() + 1e-12)
    assert np.allclose(from_matrix(model, of.prior_mean).sum(axis=1), settled, atol=1e-12)
    assert np.all((on_others(model) >= 0) & (on_others(model) <= 1 + 1e-12))
    assert np.all((movable(model) >= 0) & (movable(model) <= 1 + 1e-12))


@given(committees())
@settings(max_examples=30, deadline=None)
def test_renaming_people_changes_nothing(of):
    order = list(range(of.size))[::-1]
    turned = influence_model(renamed(of, order))
    assert np.allclose(turned.effect, influence_model(of).effect[np.ix_(order, order)], atol=1e-12)


def test_who_listens_to_nobody_keeps_their_stance():
    deaf = committee(3, influence=np.array([1.0, 0.0, 0.0]))
    model = influence_model(deaf)
    assert model.susceptibility[0] == 0.0
    assert settle(model, np.array([-0.7, 1.0, 1.0]))[0] == -0.7
    assert movable(model)[0] == 0.0 and on_others(model)[1] == 0.0
    alone = influence_model(committee(1))
    assert settle(alone, np.array([0.4])) == pytest.approx([0.4]) and on_others(alone)[0] == 0.0


def test_a_directed_alliance_carries_one_way_only():
    tied = influence_model(committee(2, alliances=(Tie(0, 1, 1, 0.9, directed=True),)))
    free = influence_model(committee(2))
    assert tied.effect[0, 1] > 2 * free.effect[0, 1]
    assert np.array_equal(tied.weights[1], free.weights[1])
    assert tied.susceptibility[1] == free.susceptibility[1]


def test_reports_listen_up_more_than_down_and_rivals_turn_away():
    line = listening(committee(2, reports_to=((0, 1),)))
    assert line[0, 1] > line[1, 0] > listening(committee(2))[1, 0]
    rivals = influence_model(committee(2, alliances=(Tie(0, 1, -1, 0.5),)))
    assert settle(rivals, np.array([0.0, 1.0]))[0] < 0.0


def test_influence_is_how_much_the_others_listen():
    model = influence_model(committee(4, influence=np.array([1.0, 0.6, 0.3, 0.0])))
    assert np.all(np.diff(on_others(model)) < 0.0) and on_others(model)[3] == 0.0


@given(committees())
@settings(max_examples=60, deadline=None)
def test_decision_is_linear_in_the_stances_with_the_variance_of_its_draws(of):
    now = assess(of)
    buyers = of.role(ECONOMIC_BUYER)
    assert now.decision == pytest.approx(float(buyers @ talked(of, now.mean, 60)), abs=1e-9)
    root = np.linalg.cholesky(now.covariance)
    assert now.variance == pytest.approx(float(np.sum((root.T @ now.weights) ** 2)), abs=1e-9)
    for i in range(of.size):
        higher = now.mean.copy()
        higher[i] += 1.0
        assert buyers @ settle(now.influence, higher) - now.decision == pytest.approx(
            now.weights[i], abs=1e-9
        )


def test_two_economic_buyers_add_up_and_an_observation_of_either_counts():
    two = committee(2, roles={ECONOMIC_BUYER: np.array([1.0, 0.5])}, observations=(Observed(1, 1.0),))
    now = assess(two)
    assert now.decision == pytest.approx(now.settled[0] + 0.5 * now.settled[1])
    assert assess(replace(two, observations=())).variance > now.variance


def test_rivals_do_not_hear_each_other_as_people_of_one_room_do():
    heard = listening(committee(3, alliances=(Tie(0, 1, -1, 0.05),)))
    assert heard[0, 1] == -0.05 and heard[0, 2] == pytest.approx(0.15)
