"""Camps against brute force over all labellings, their count, the bound, and ill input."""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.committee.camps import camps
from graph.committee.camps_search import lower_bound, solve_part, violation
from graph.committee.committee import Committee, Tie

STRENGTHS = [0.1, 0.2, 0.3, 0.5, 1.0]


def committee(size: int, ties: list[Tie]) -> Committee:
    return Committee(
        people=tuple(f"p{i:03d}" for i in range(size)),
        influence=np.full(size, 0.5),
        prior_mean=np.zeros(size),
        prior_precision=np.ones(size),
        alliances=tuple(ties),
    )


@st.composite
def committees(draw: st.DrawFn) -> Committee:
    size = draw(st.integers(1, 7))
    pairs = [(a, b) for a in range(size) for b in range(size) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12)) if pairs else []
    ties = [Tie(a, b, draw(st.sampled_from([1, -1])), draw(st.sampled_from(STRENGTHS))) for a, b in chosen]
    return committee(size, ties)


def broken(ties: tuple[Tie, ...], label: dict[int, int]) -> float:
    return sum(tie.strength for tie in ties if (label[tie.a] == label[tie.b]) == (tie.sign < 0))


def brute(of: Committee, groups: int, bound: list[int]) -> tuple[float, set[frozenset[frozenset[int]]]]:
    """Least violation, and all splits of the bound people that reach it."""
    values: dict[frozenset[frozenset[int]], float] = {}
    for labels in product(range(groups), repeat=len(bound)):
        label = dict(zip(bound, labels, strict=True))
        ties = tuple(tie for tie in of.alliances if tie.a in label and tie.b in label)
        split = frozenset(frozenset(i for i in bound if label[i] == name) for name in set(labels))
        values[split] = broken(ties, label)
    least = min(values.values())
    return least, {split for split, value in values.items() if value <= least + 1e-9}


@given(committees(), st.integers(1, 4))
@settings(max_examples=120, deadline=None)
def test_camps_equal_brute_force(of: Committee, groups: int):
    found = camps(of, groups)
    bound = [i for i in range(of.size) if i not in found.unaligned]
    least, optimal = brute(of, groups, bound)
    apart = dict.fromkeys(found.unaligned, -1) | dict.fromkeys(bound, 0)
    cancelled = broken(tuple(t for t in of.alliances if apart[t.a] < 0 or apart[t.b] < 0), apart)
    assert found.violated == pytest.approx(least + cancelled)
    assert found.exact and found.counted and found.bound == found.violated
    assert found.alternatives == len(optimal) - 1
    shown = [frozenset(frozenset(group) for group in split) for split in (found.groups, *found.others)]
    assert len(set(shown)) == len(shown) == min(len(optimal), 13)
    assert set(shown) <= optimal
    assert found.violated == pytest.approx(sum(of.alliances[i].strength for i in found.violated_ties))


@given(committees(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_renaming_people_changes_neither_score_nor_count(of: Committee, random):
    names = list(range(of.size))
    random.shuffle(names)
    ties = [Tie(names[t.a], names[t.b], t.sign, t.strength) for t in of.alliances]
    one, other = camps(of), camps(committee(of.size, ties))
    assert one.violated == pytest.approx(other.violated)
    assert one.alternatives == other.alternatives


def random_net(size: int, seed: int, friendly: float = 0.5) -> np.ndarray:
    random = np.random.default_rng(seed)
    net = np.triu(random.uniform(0.05, 1, (size, size)), 1)
    net *= np.where(random.random((size, size)) < friendly, 1, -1)
    return net + net.T


@pytest.mark.parametrize(("size", "groups"), [(9, 2), (7, 3)])
def test_the_bound_never_exceeds_the_optimum(size, groups):
    for seed in range(20):
        net = random_net(size, seed)
        least = min(violation(net, labels) for labels in product(range(groups), repeat=size))
        bound = lower_bound(net, groups)
        assert 0.0 < bound <= least + 1e-9


def test_the_bound_is_tight_on_disjoint_conflicts():
    net = np.zeros((6, 6))
    for a, b, c in ((0, 1, 2), (3, 4, 5)):
        net[a, b] = net[b, a] = net[a, c] = net[c, a] = 0.6
        net[b, c] = net[c, b] = -0.4
    assert lower_bound(net, 2) == pytest.approx(0.8) == lower_bound(net, 3)


def test_the_exact_search_does_not_lean_on_the_local_one(monkeypatch):
    net = random_net(7, 4)
    found = solve_part(net, 2)
    together = (0,) * 7
    monkeypatch.setattr(
        "graph.committee.camps_search._local_search", lambda *_: ([together], violation(net, together))
    )
    assert solve_part(net, 2) == found
    assert found.bound < violation(net, together)


def test_two_friendly_factions():
    friends = [(0, 1), (1, 2), (3, 4), (4, 5)]
    ties = [Tie(a, b, 1, 0.8) for a, b in friends] + [Tie(2, 3, -1, 0.9)]
    found = camps(committee(7, ties))
    assert found.groups == ((0, 1, 2), (3, 4, 5))
    assert found.unaligned == (6,)
    assert (found.violated, found.alternatives, found.exact) == (0.0, 0, True)


def test_separate_parts_lie_either_way_to_each_other():
    found = camps(committee(6, [Tie(0, 1, -1, 1.0), Tie(2, 3, -1, 1.0), Tie(4, 5, 1, 1.0)]))
    assert found.alternatives == 3
    assert camps(committee(4, [Tie(0, 1, -1, 1.0), Tie(2, 3, -1, 1.0)]), 4).alternatives == 6


def test_rounding_does_not_hide_a_split_just_as_good():
    ties = [Tie(0, 1, 1, 0.1), Tie(0, 1, 1, 0.2), Tie(1, 2, 1, 0.3), Tie(0, 2, -1, 1.0)]
    assert camps(committee(3, ties)).alternatives == 1


def test_contradictory_alliances_cancel():
    found = camps(committee(2, [Tie(0, 1, 1, 0.5), Tie(0, 1, -1, 0.5)]))
    assert (found.unaligned, found.violated, found.alternatives) == ((0, 1), 0.5, 0)


def test_nobody_and_one():
    for size in (0, 1):
        found = camps(committee(size, []))
        assert (found.groups, found.violated, found.alternatives, found.exact) == ((), 0.0, 0, True)
    with pytest.raises(ValueError, match="1 camp"):
        camps(committee(1, []), 0)


@pytest.mark.parametrize(("size", "groups"), [(20, 2), (14, 3)])
@pytest.mark.parametrize("friendly", [0.0, 0.5])
def test_exact_at_the_promised_sizes(size, groups, friendly):
    equal = np.full((size, size), -1.0) + np.eye(size)
    started = time.process_time()
    worst = solve_part(random_net(size, 3, friendly), groups)
    ties = solve_part(equal, groups)
    assert worst.exact and worst.counted and ties.counted
    # Rivals all: as even as can be. 20 people: C(20,10)/2 ways; 14 in 5, 5, 4: 14!/(5! 5! 4!)/2.
    assert ties.optimal == ({2: 92378} if groups == 2 else {3: 126126})
    assert time.process_time() - started < 8.0


def test_a_large_conflicted_committee_has_a_bound():
    net = random_net(60, 1)
    part = solve_part(net, 2)
    assert 0.0 < part.bound <= violation(net, part.best[0])
    assert not part.counted


def test_a_large_balanced_committee_is_solved():
    random = np.random.default_rng(5)
    side = np.sign(random.standard_normal(300))
    bonds = [(a, int(random.integers(0, a))) for a in range(1, 300)]
    found = camps(committee(300, [Tie(a, b, int(side[a] * side[b]), 0.7) for a, b in bonds]))
    assert (found.violated, found.exact, found.alternatives) == (0.0, True, 0)
    assert {frozenset(group) for group in found.groups} == {
        frozenset(np.flatnonzero(side == sign).tolist()) for sign in (-1, 1)
    }
