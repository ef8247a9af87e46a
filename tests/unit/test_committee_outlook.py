"""The outlook against exact values: one member, independent members, and stances that are sure."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import erf, sqrt

import numpy as np
import pytest

from graph.committee.committee import ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER, Committee, Tie
from graph.committee.decision import assess, placed
from graph.committee.outlook import Gates, outlook
from graph.committee.parameters import PARAMETERS
from tests.committee_worlds import committee

SILENT = replace(PARAMETERS, room=0.0)


def above(threshold: float, mean: float, sd: float) -> float:
    return 0.5 * (1.0 + erf((mean - threshold) / (sd * sqrt(2.0))))


def near(answer, exact: float) -> bool:
    return abs(answer.probability - exact) <= 4 * answer.standard_error


def test_one_member_against_the_normal_distribution():
    of = committee(1, prior_mean=np.array([0.3]), prior_precision=np.array([4.0]))
    of = replace(of, roles={ECONOMIC_BUYER: np.array([0.7])})
    answer = outlook(assess(of))
    assert near(answer, 0.7 * above(PARAMETERS.approve_threshold, 0.3, 0.5))
    assert 0.0 < answer.standard_error <= 0.005 + 1e-6
    assert answer.not_stopped == answer.not_against == 1.0
    assert answer.approves == answer.probability


def test_independent_members_with_uncertain_roles_against_enumeration():
    means, chances = [0.4, -0.3, -0.2, 0.1], [0.8, 0.6, 0.5, 0.9]
    of = committee(
        4,
        prior_mean=np.array(means),
        prior_precision=np.full(4, 2.0),
        roles={
            ECONOMIC_BUYER: np.array([chances[0], 0, 0, 0]),
            TECHNICAL_BUYER: np.array([0, chances[1], 0, 0]),
            USER_BUYER: np.array([0, 0, chances[2], chances[3]]),
        },
    )
    gates, sd = Gates(approve=0.1, stop=-0.4, against=-0.1), sqrt(0.5)
    approves = chances[0] * above(0.1, means[0], sd)
    stops = chances[1] * (1 - above(-0.4, means[1], sd))
    content = 0.0
    for held in product([0, 1], repeat=2):
        chance = np.prod([p if on else 1 - p for p, on in zip(chances[2:], held, strict=True)])
        count = sum(held)
        mood = above(-0.1, np.dot(held, means[2:]) / count, sd / sqrt(count)) if count else 1.0
        content += float(chance) * mood
    answer = outlook(assess(of, SILENT), gates, SILENT)
    assert near(answer, approves * (1 - stops) * content)
    assert answer.approves == pytest.approx(approves, abs=0.02)
    assert answer.not_stopped == pytest.approx(1 - stops, abs=0.02)
    assert answer.not_against == pytest.approx(content, abs=0.02)


def sure(of: Committee, mean: list[float]):
    return placed(of, np.array(mean), np.zeros((of.size, of.size)), SILENT)


def test_thresholds_are_met_when_reached_exactly():
    roles = {ECONOMIC_BUYER: [1, 0, 0], TECHNICAL_BUYER: [0, 1, 0], USER_BUYER: [0, 0, 1]}
    of = committee(3, roles={role: np.array(chance, dtype=float) for role, chance in roles.items()})
    gates = Gates(0.2, -0.5, -0.3)
    assert outlook(sure(of, [0.2, -0.5, -0.3]), gates).probability == 1.0
    for short in ([0.19, 0, 0], [0.2, -0.51, 0], [0.2, 0, -0.31]):
        assert outlook(sure(of, short), gates).probability == 0.0


def test_stances_settle_before_the_gates_and_entangled_members_fail_together():
    buyers = {ECONOMIC_BUYER: np.array([1.0, 1.0])}
    apart = committee(2, roles=buyers)
    tied = replace(apart, alliances=(Tie(0, 1, 1, 1.0),))
    gates = Gates(approve=0.5)
    assert outlook(assess(tied), gates).probability < outlook(assess(apart), gates).probability - 0.05
    led = replace(apart, roles={ECONOMIC_BUYER: np.array([1.0, 0.0])}, alliances=(Tie(0, 1, 1, 1.0),))
    heard = placed(led, np.array([0.2, 1.0]), np.zeros((2, 2)))
    assert outlook(heard, Gates(approve=0.3)).probability == 1.0


@pytest.mark.parametrize("size", [0, 1, 3])
def test_nobody_can_approve_where_nobody_holds_the_role(size):
    answer = outlook(assess(committee(size)))
    assert answer.probability == 0.0 and answer.standard_error > 0.0


def test_same_question_same_answer_and_ill_thresholds_refused():
    now = assess(committee(2, roles={ECONOMIC_BUYER: np.array([0.5, 0.5])}))
    assert outlook(now) == outlook(now)
    with pytest.raises(ValueError, match="threshold"):
        Gates(approve=1.5)
    with pytest.raises(ValueError, match="stream"):
        outlook(now, streams=[1])


def test_one_buyer_among_others_against_the_normal_distribution_of_their_settled_stance():
    of = committee(
        3,
        influence=np.ones(3),
        prior_mean=np.array([0.1, 0.9, -0.4]),
        alliances=(Tie(0, 1, 1, 1.0), Tie(2, 0, -1, 0.5)),
        roles={ECONOMIC_BUYER: np.array([1.0, 0.0, 0.0])},
    )
    now = assess(of)
    for threshold in (-0.3, 0.0, 0.9):
        exact = above(threshold, now.decision, now.sd)
        assert near(outlook(now, Gates(approve=threshold)), exact)
    assert now.sd < 0.9 * sqrt(now.covariance[0, 0])


def test_users_are_against_by_their_mean_not_by_their_number():
    of = committee(3, roles={ECONOMIC_BUYER: np.array([1.0, 0, 0]), USER_BUYER: np.array([0, 1.0, 1.0])})
    gates = Gates(approve=0.2, against=-0.3)
    assert outlook(sure(of, [0.5, -0.2, -0.2]), gates).probability == 1.0
    assert outlook(sure(of, [0.5, -0.9, 0.2]), gates).probability == 0.0
