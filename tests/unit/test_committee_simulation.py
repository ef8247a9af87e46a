"""What-if changes: each acts on its own part, is refused when it cannot be made, and is undone by its opposite."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.committee.committee import ECONOMIC_BUYER, Observed, Tie
from graph.committee.decision import assess
from graph.committee.influence import settle
from graph.committee.simulation import (
    AddAlliance,
    AddMember,
    RemoveAlliance,
    RemoveMember,
    SetInfluence,
    SetStance,
    apply_changes,
    simulate,
)
from tests.committee_worlds import committee, committees, stance


@given(committees(), stance, st.data())
@settings(max_examples=40, deadline=None)
def test_a_set_stance_moves_others_by_influence_alone(of, value, data):
    now = assess(of)
    i = data.draw(st.integers(0, of.size - 1))
    then = apply_changes(now, [SetStance(f"p{i}", value)])
    start = now.mean.copy()
    start[i] = value
    assert np.allclose(then.settled, settle(now.influence, start), atol=1e-12)
    assert np.allclose(np.delete(then.mean, i), np.delete(now.mean, i))
    assert then.covariance[i, i] == 0.0
    assert then.decision - now.decision == pytest.approx(now.weights[i] * (value - now.mean[i]), abs=1e-12)


@given(committees())
@settings(max_examples=30, deadline=None)
def test_who_joins_and_leaves_again_changes_nothing(of):
    now = assess(of)
    back = apply_changes(
        now,
        [
            AddMember("new", 1.0, -0.5, {ECONOMIC_BUYER: 0.5}),
            AddAlliance("p0", "new", -1, 0.7),
            RemoveMember("new"),
        ],
    )
    assert back.committee.people == of.people and back.committee.alliances == of.alliances
    assert np.allclose(back.settled, now.settled) and np.allclose(back.covariance, now.covariance)


def test_leaving_keeps_what_was_learned_of_the_others_and_drops_their_voice():
    of = committee(
        3,
        alliances=(Tie(0, 1, 1, 0.9), Tie(1, 2, -1, 0.4)),
        reports_to=((2, 0), (2, 1)),
        observations=(Observed(0, 1.0), Observed(2, 0.5)),
        roles={ECONOMIC_BUYER: np.array([0.0, 1.0, 0.0])},
    )
    answer = simulate(assess(of), [RemoveMember("p0")])
    after = answer.after
    assert after.mean[0] == pytest.approx(answer.before.mean[1])
    assert after.committee.alliances == (Tie(0, 1, -1, 0.4),)
    assert after.committee.reports_to == ((1, 0),)
    assert after.committee.observations == (Observed(1, 0.5),)
    assert answer.decision_change < 0.0
    gone = answer.members[0]
    assert (gone.person, gone.start_after, gone.settles_after) == ("p0", None, None)
    assert gone.settles_before == pytest.approx(answer.before.settled[0])


def test_alliances_and_influence_change_who_listens_not_what_is_believed():
    of = committee(2, prior_mean=np.array([1.0, 0.0]), roles={ECONOMIC_BUYER: np.array([0.0, 1.0])})
    now = assess(of)
    allied = apply_changes(now, [AddAlliance("p1", "p0", 1, 0.9, directed=True, kind="mentoring")])
    louder = apply_changes(now, [SetInfluence("p0", 1.0)])
    assert np.array_equal(allied.mean, now.mean) and np.array_equal(louder.mean, now.mean)
    assert allied.decision > louder.decision > now.decision
    ended = apply_changes(allied, [RemoveAlliance("p0", "p1", "mentoring")])
    assert ended.decision == pytest.approx(now.decision)


def test_a_newcomer_unheard_is_unknown_and_the_outlook_shares_its_luck():
    of = committee(2, roles={ECONOMIC_BUYER: np.array([1.0, 0.0])})
    answer = simulate(assess(of), [AddMember("new", 0.0)])
    assert answer.after.mean[2] == 0.0 and answer.after.covariance[2, 2] == 1.0
    assert answer.members[-1].start_before is None
    assert answer.outlook_after.probability == pytest.approx(answer.outlook_before.probability, abs=0.01)
    unchanged = simulate(assess(of), [])
    assert unchanged.outlook_after == unchanged.outlook_before and unchanged.decision_change == 0.0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (SetStance("p9", 0.0), "does not sit"),
        (SetStance("p0", 1.2), "stance"),
        (SetInfluence("p0", 1.2), "influence"),
        (AddMember("p0", 0.5), "once"),
        (AddMember("new", 0.5, roles={"king": 1.0}), "buying role"),
        (AddMember("new", 0.5, stance=-3.0), "stance"),
        (RemoveMember("p9"), "does not sit"),
        (AddAlliance("p0", "p0", 1, 0.5), "themselves"),
        (AddAlliance("p0", "p1", 2, 0.5), "sign"),
        (RemoveAlliance("p0", "p1"), "no such alliance"),
    ],
)
def test_changes_that_cannot_be_made_say_why(change, says):
    with pytest.raises(ValueError, match=says):
        simulate(assess(committee(2)), [change])


def test_the_last_one_leaves():
    alone = assess(replace(committee(1), roles={ECONOMIC_BUYER: np.array([1.0])}))
    answer = simulate(alone, [RemoveMember("p0")])
    assert answer.after.decision == 0.0 and answer.outlook_after.probability == 0.0
