"""Ill committees are refused with what to correct; odd ones are taken as they are."""

from __future__ import annotations

import numpy as np
import pytest

from graph.committee.committee import (
    Committee,
    Observed,
    Tie,
    contradictions,
    listening_ties,
    signed_ties,
)
from graph.committee.decision import assess
from tests.committee_worlds import committee

NAN = float("nan")


@pytest.mark.parametrize(
    ("ill", "says"),
    [
        (lambda: Tie(1, 1, 1, 0.5), "allied with themselves"),
        (lambda: Tie(0, 1, 0, 0.5), "sign"),
        (lambda: Tie(0, 1, 1, 1.01), "strength"),
        (lambda: Tie(0, 1, 1, NAN), "strength"),
        (lambda: Observed(0, 1.5), "stance"),
        (lambda: Observed(0, NAN), "stance"),
        (lambda: Observed(0, 0.0, "rumour"), "source"),
        (lambda: Observed(0, 0.0, reliability=-0.1), "reliability"),
        (lambda: Observed(0, 0.0, age_days=-1.0), "past"),
        (lambda: committee(2, alliances=(Tie(0, 2, 1, 0.5),)), "outside the committee"),
        (lambda: committee(2, observations=(Observed(-1, 0.0),)), "outside the committee"),
        (lambda: committee(2, reports_to=((0, 0),)), "themselves"),
        (lambda: committee(2, reports_to=((0, 5),)), "outside the committee"),
        (lambda: committee(2, influence=np.array([0.5])), "influence"),
        (lambda: committee(1, influence=np.array([NAN])), "influence"),
        (lambda: committee(1, prior_mean=np.array([2.0])), "prior stance"),
        (lambda: committee(1, prior_precision=np.array([0.0])), "prior precision"),
        (lambda: committee(1, roles={"economic_buyer": np.array([1.1])}), "role probability"),
        (lambda: committee(1, roles={"king": np.array([1.0])}), "king is no buying role"),
        (lambda: committee(2, people=("a", "a")), "once"),
        (lambda: committee(1).index_of("stranger"), "add them first"),
    ],
)
def test_ill_input_is_refused_with_what_to_correct(ill, says):
    with pytest.raises(ValueError, match=says):
        ill()


def test_contradictory_alliances_are_netted_and_listed():
    friends, rivals = Tie(0, 1, 1, 0.8, kind="friendship"), Tie(1, 0, -1, 0.5, kind="rivalry")
    both = committee(3, alliances=(friends, rivals, Tie(1, 2, 1, 0.4)))
    assert signed_ties(both)[0, 1] == pytest.approx(0.3)
    assert contradictions(both) == ((friends, rivals),)


def test_a_directed_alliance_is_heard_one_way_and_many_never_exceed_one():
    both = committee(3, alliances=(Tie(0, 1, 1, 0.7, directed=True), Tie(1, 2, 1, 0.8), Tie(2, 1, 1, 0.8)))
    assert listening_ties(both)[0, 1] == 0.7 and listening_ties(both)[1, 0] == 0.0
    assert signed_ties(both)[1, 0] == 0.7 and signed_ties(both)[1, 2] == 1.0


def test_arrays_of_a_committee_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        committee(2).influence[0] = 1.0


@pytest.mark.parametrize("size", [0, 1, 300])
def test_any_size_works_and_nobody_with_a_role_decides_nothing(size):
    answer = assess(committee(size))
    assert answer.settled.shape == (size,)
    assert answer.decision == 0.0 and answer.variance == 0.0


def test_everybody_hostile_settles_hostile():
    hostile: Committee = committee(4, prior_mean=np.full(4, -1.0), roles={"economic_buyer": np.eye(4)[0]})
    assert np.allclose(assess(hostile).settled, -1.0)
    assert assess(hostile).decision == pytest.approx(-1.0)
