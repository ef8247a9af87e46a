"""Shares against the Shapley value counted over every order of arrival."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings

from graph.committee.attribution import share_change, share_decision, share_settled
from graph.committee.committee import ECONOMIC_BUYER
from graph.committee.decision import assess
from graph.committee.influence import settle
from tests.committee_worlds import committee, committees


def shapley(worth, size: int) -> np.ndarray:
    """Mean marginal contribution of each player over all orders."""
    total, orders = np.zeros(size), list(permutations(range(size)))
    for order in orders:
        present = np.zeros(size)
        for player in order:
            before = worth(present)
            present[player] = 1.0
            total[player] += worth(present) - before
    return total / len(orders)


@given(committees(most=5))
@settings(max_examples=25, deadline=None)
def test_shares_equal_enumerated_shapley_values_and_add_up(of):
    now = assess(of)
    buyers = of.role(ECONOMIC_BUYER)
    for answer, worth in (
        (share_decision(now), lambda on: float(buyers @ settle(now.influence, now.mean * on))),
        (share_settled(now, "p0"), lambda on: float(settle(now.influence, now.mean * on)[0])),
    ):
        by_person = {share.person: share.value for share in answer.shares}
        assert np.allclose([by_person[p] for p in of.people], shapley(worth, of.size), atol=1e-12)
        assert sum(by_person.values()) == pytest.approx(answer.whole, abs=1e-12)
        assert answer.rest == pytest.approx(0.0, abs=1e-12)
    assert share_decision(now).whole == pytest.approx(now.decision)


def test_among_some_the_rest_is_told():
    of = committee(
        3, prior_mean=np.array([0.5, -0.5, 1.0]), roles={ECONOMIC_BUYER: np.array([1.0, 0.0, 0.0])}
    )
    now = assess(of)
    some = share_decision(now, among=["p1", "p2", "p1"])
    assert [one.person for one in some.shares] == ["p2", "p1"]
    assert some.rest + sum(one.value for one in some.shares) == pytest.approx(now.decision)
    changed = share_change(now, now.mean + np.array([0.0, 0.2, 0.0]))
    assert changed.shares[0].person == "p1" and changed.shares[0].part == pytest.approx(1.0)
    with pytest.raises(ValueError, match="does not sit"):
        share_settled(now, "stranger")


def test_no_part_of_nothing():
    assert all(share.part is None for share in share_decision(assess(committee(2))).shares)
