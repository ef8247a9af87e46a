"""Entry: what a path does inside against moving the target by hand, and said in words."""

from __future__ import annotations

import numpy as np
import pytest

from graph.committee.committee import ECONOMIC_BUYER, Tie
from graph.committee.decision import assess, placed
from graph.committee.entry import EntryPath, rank_entries
from graph.committee.simulation import SetStance, apply_changes
from tests.committee_worlds import committee

NAMES = {"p0": "Bo Buyer", "p1": "Ola Opponent", "p2": "Sue Supporter", "o": "Olaf", "s": "Sara"}


def politics():
    """p0 buys, p1 is against us, p2 for us, p3 is p1's ally and p0's friend."""
    of = committee(
        4,
        alliances=(Tie(0, 3, 1, 0.5), Tie(1, 3, 1, 0.8)),
        roles={ECONOMIC_BUYER: np.array([1.0, 0, 0, 0])},
    )
    return placed(of, np.array([0.1, -0.9, 0.8, 0.0]), np.zeros((4, 4)))


def test_a_strong_path_through_an_opponents_ally_is_worse_than_a_weak_one():
    now = politics()
    strong = EntryPath("strong", "p0", 0.8, "o", {"p1": 0.9})
    weak = EntryPath("weak", "p0", 0.1, "s", {"p2": 0.9})
    best, worst = rank_entries(now, [strong, weak], names=NAMES)
    assert (best.path.key, worst.path.key) == ("weak", "strong")
    assert best.worth > 0 > worst.worth
    assert (best.friend, worst.friend) == ("p2", "p1")
    assert worst.words == (
        "Olaf would introduce us to Bo Buyer. Olaf is bound to Ola Opponent, who is against us: coming this way "
        f"does harm. It works with a chance of 0.80 and then moves the decision by {worst.change:+.2f}. The weaker "
        "path through Sara (0.10) is worth more: what a path does inside counts, not only whether it works."
    )
    assert "Sara is bound to Sue Supporter, who is for us: that helps." in best.words


def test_change_is_that_of_moving_the_target_by_hand():
    now = politics()
    (entry,) = rank_entries(now, [EntryPath("k", "p0", 0.5, "o", {"p1": 0.5})])
    side = 0.5 * -0.9
    assert entry.side == pytest.approx(side)
    moved = apply_changes(now, [SetStance("p0", 0.1 + 0.2 * (1 + 2 * side))])
    assert entry.change == pytest.approx(moved.decision - now.decision)
    assert entry.worth == pytest.approx(0.5 * entry.change)


def test_members_as_connectors_bring_their_own_stance_and_alliances():
    now = politics()
    through_ally, through_supporter, directly = (
        rank_entries(now, [EntryPath("k", "p0", 0.5, connector)])[0] for connector in ("p3", "p2", None)
    )
    assert through_supporter.change > directly.change > through_ally.change
    assert directly.side == 0.0 and "directly" in directly.words
    assert through_ally.side == pytest.approx(0.8 * -0.9 / 1.8)
    assert "p2 is for us themselves: that helps." in through_supporter.words


def test_at_odds_with_an_opponent_helps_and_the_bond_with_the_target_is_no_side():
    now = politics()
    (entry,) = rank_entries(now, [EntryPath("k", "p0", 0.5, "x", {"p1": -0.6, "p0": 1.0})])
    assert entry.side == pytest.approx(0.54)
    assert "x is at odds with p1, who is against us: that helps." in entry.words


def test_never_beyond_the_scale_and_ill_paths_are_refused():
    now = apply_changes(politics(), [SetStance("p0", 1.0)])
    (entry,) = rank_entries(now, [EntryPath("k", "p0", 1.0, "s", {"p2": 1.0})])
    assert entry.change == 0.0
    with pytest.raises(ValueError, match="score"):
        EntryPath("k", "p0", 1.5)
    with pytest.raises(ValueError, match="bond"):
        EntryPath("k", "p0", 0.5, "x", {"p1": -2.0})
    with pytest.raises(ValueError, match="does not sit"):
        rank_entries(assess(committee(1)), [EntryPath("k", "p9", 0.5)])
    assert rank_entries(now, []) == ()


def test_ties_are_broken_by_score_then_key():
    now = assess(committee(1))
    paths = [EntryPath("b", "p0", 0.5), EntryPath("c", "p0", 0.9), EntryPath("a", "p0", 0.5)]
    assert [one.path.key for one in rank_entries(now, paths)] == ["c", "a", "b"]


def test_without_a_path_or_without_anybody_there_is_nothing_to_rank():
    assert rank_entries(politics(), []) == ()
    assert rank_entries(assess(committee(0)), []) == ()
