"""Suggestions, coverage, references and the assignment of owners, each against brute force."""

from __future__ import annotations

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.committee.assignment import assign, carried_alone, sole_owners
from graph.committee.coverage import Channel, coverage, coverage_shares, next_introductions, reach
from graph.committee.parameters import SUGGESTIONS
from graph.committee.references import Voucher, references
from graph.committee.suggestions import SharedHistory, suggested_alliances

SIZE = 4
chances = st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0])


def channel(key: str, through: str, values: list[float]) -> Channel:
    return Channel(key, through, np.array(values))


@st.composite
def channels(draw: st.DrawFn, most: int = 6, prefix: str = "c") -> list[Channel]:
    return [
        channel(f"{prefix}{i}", draw(st.sampled_from("xyz")), draw(st.lists(chances, min_size=4, max_size=4)))
        for i in range(draw(st.integers(0, most)))
    ]


def coverage_oracle(of: list[Channel], member: int) -> float:
    """By enumerating which channels work: channels of one person are nested, of different people independent."""
    best: dict[str, float] = {}
    for one in of:
        best[one.through] = max(best.get(one.through, 0.0), float(one.reach[member]))
    heard = 0.0
    for works in product([True, False], repeat=len(best)):
        chance = math.prod(p if w else 1 - p for p, w in zip(best.values(), works, strict=True))
        heard += chance * any(works)
    return heard


@given(channels())
@settings(deadline=None)
def test_coverage_against_enumeration(of):
    covered = coverage(of, SIZE)
    for member in range(SIZE):
        assert covered[member] == pytest.approx(coverage_oracle(of, member))
        shares = coverage_shares(of, member)
        assert len(shares) == len(of)
        assert sum(share.share for share in shares) == pytest.approx(covered[member], abs=1e-12)


@given(channels(3), channels(6, "n"), st.integers(1, 3))
@settings(deadline=None)
def test_greedy_reaches_its_bound(existing, candidates, count):
    weights = np.array([1.0, 0.5, 2.0, 1.0])

    def worth(chosen) -> float:
        return float(weights @ coverage([*existing, *chosen], SIZE))

    base = worth([])
    found = next_introductions(existing, candidates, count, SIZE, weights)
    by_key = {one.key: one for one in candidates}
    best = max((worth(c) for k in range(count + 1) for c in combinations(candidates, k)), default=base)
    gained = worth([by_key[one.key] for one in found]) - base
    assert gained == pytest.approx(sum(one.gain for one in found), abs=1e-9)
    assert gained >= (1 - 1 / math.e) * (best - base) - 1e-9
    if count == 1:
        assert gained == pytest.approx(best - base, abs=1e-9)
    gains = [one.gain for one in found]
    assert gains == sorted(gains, reverse=True) or gains == pytest.approx(sorted(gains, reverse=True))


@given(channels(4), channels(1, "m"), channels(1, "e"))
@settings(deadline=None)
def test_coverage_is_monotone_and_submodular(some, more, extra):
    few, many = coverage(some, SIZE), coverage([*some, *more], SIZE)
    assert np.all(many >= few - 1e-12)
    gain_few = coverage([*some, *extra], SIZE) - few
    gain_many = coverage([*some, *more, *extra], SIZE) - many
    assert np.all(gain_many <= gain_few + 1e-12)


def test_word_goes_to_those_who_trust():
    trust = np.zeros((3, 3))
    trust[1, 0] = 0.5
    assert reach(0, 0.8, trust).tolist() == [0.8, 0.4, 0.0]
    with pytest.raises(ValueError):
        reach(0, 1.8, trust)
    with pytest.raises(ValueError, match="3 members"):
        coverage([channel("a", "x", [0.1])], 3)


def test_coverage_without_channels_or_members():
    assert coverage([], 3).tolist() == [0.0, 0.0, 0.0]
    assert next_introductions([], [], 3, 3) == ()


paths = st.integers(1, 4).flatmap(
    lambda ours: st.lists(
        st.lists(st.sampled_from([0.0, 0.01, 0.2, 0.4, 0.41, 0.9]), min_size=4, max_size=4),
        min_size=ours,
        max_size=ours,
    )
)


def assigned_best(strengths: np.ndarray, loads: list[int]) -> float:
    ours, theirs = strengths.shape
    best = 0.0
    for owners in product(range(-1, ours), repeat=theirs):
        if all(owners.count(i) <= loads[i] for i in range(ours)):
            used = [strengths[o, t] for t, o in enumerate(owners) if o >= 0 and strengths[o, t] >= 0.05]
            best = max(best, sum(used))
    return best


@given(paths, st.data())
@settings(max_examples=60, deadline=None)
def test_assignment_against_brute_force(rows, data):
    strengths = np.array(rows)
    loads = data.draw(st.lists(st.integers(0, 3), min_size=len(rows), max_size=len(rows)))
    found = assign(strengths, loads)
    assert found.total == pytest.approx(assigned_best(strengths, loads))
    assert found.total == pytest.approx(sum(strengths[o.ours, o.theirs] for o in found.owners))
    assert len({o.theirs for o in found.owners}) == len(found.owners)
    for i, most in enumerate(loads):
        assert sum(o.ours == i for o in found.owners) <= most
    assert {o.theirs for o in found.owners} | set(found.without) == set(range(4))
    assert sum(found.shares.values()) == pytest.approx(1.0 if found.owners else 0.0)


def test_larger_assignments_against_dynamic_programming():
    for seed in range(15):
        random = np.random.default_rng(seed)
        strengths = random.uniform(0.05, 1.0, (4, 9))
        best = {(2, 2, 2, 2): 0.0}
        for theirs in range(9):
            after = dict(best)
            for left, worth in best.items():
                for i in range(4):
                    if left[i]:
                        then = tuple(many - (i == j) for j, many in enumerate(left))
                        after[then] = max(after.get(then, 0.0), worth + strengths[i, theirs])
            best = after
        assert assign(strengths, 2).total == pytest.approx(max(best.values()))


def test_assignment_gives_up_the_greedy_choice():
    found = assign([[0.9, 0.8], [0.85, 0.1]], 1)
    assert {(o.ours, o.theirs) for o in found.owners} == {(0, 1), (1, 0)}


def test_assignment_of_nobody():
    assert assign(np.zeros((0, 3)), 2).without == (0, 1, 2)
    assert assign(np.zeros((2, 0)), 2).owners == ()
    with pytest.raises(ValueError, match="load"):
        assign([[0.5]], -1)
    with pytest.raises(ValueError, match="path strength"):
        assign([[1.5]], 1)


def test_where_one_relationship_carries_everything():
    assert [(s.ours, s.theirs) for s in sole_owners([[0.5, 0.4, 0.0], [0.01, 0.3, 0.0]])] == [(0, 0)]
    carried = carried_alone(
        {
            0: [["us", "kim"], ["me", "kim"]],
            1: [["us", "kim"]],
            2: [["us"], ["me"]],
            3: [],
        }
    )
    assert [(one.link, one.members) for one in carried] == [("kim", (0, 1)), ("us", (1,))]


def test_references_multiply_and_rank():
    people = [
        Voucher(person="b", knows_us=0.9, knows_member=0.5),
        Voucher(person="a", knows_us=0.5, knows_member=0.9),
        Voucher(person="hostile", knows_us=1.0, knows_member=1.0, hostile=0.9),
        Voucher(person="enemy", knows_us=1.0, knows_member=1.0, hostile=1.0),
        Voucher(person="stranger", knows_us=0.4, knows_member=1.0),
        Voucher(person="member", knows_us=1.0, knows_member=1.0),
    ]
    found = references(people, "member")
    assert [one.voucher.person for one in found] == ["a", "b", "hostile"]
    assert found[0].score == pytest.approx(0.45)
    assert len(references(people, "member", first=1)) == 1
    with pytest.raises(ValueError):
        Voucher(person="x", knows_us=1.2, knows_member=0.5)


histories = st.lists(
    st.builds(
        SharedHistory,
        a=st.integers(0, 2),
        b=st.integers(3, 4),
        kind=st.sampled_from(sorted(SUGGESTIONS.kinds)),
        probability=st.floats(0, 1),
    ),
    max_size=8,
)


@given(histories, st.sets(st.tuples(st.integers(0, 2), st.integers(3, 4)), max_size=3))
def test_suggestions_are_weak_positive_and_add_up(shared, settled):
    swapped = {(b, a) for a, b in settled}
    found = suggested_alliances(shared, swapped)
    assert found == suggested_alliances(shared[::-1], settled)
    for one in found:
        assert one.a < one.b and (one.a, one.b) not in settled
        assert SUGGESTIONS.floor <= one.strength <= SUGGESTIONS.most
        assert sum(reason.share for reason in one.reasons) == pytest.approx(one.strength)
        assert one.tie().sign == 1
        left = 1.0
        for kind in SUGGESTIONS.kinds:
            best = max(
                (h.probability for h in shared if (h.a, h.b, h.kind) == (one.a, one.b, kind)), default=0
            )
            left *= 1 - SUGGESTIONS.kinds[kind] * best
        assert one.strength == pytest.approx(SUGGESTIONS.most * (1 - left))


def test_ill_histories_are_refused():
    for wrong in ((1, 1, "employer", 0.5), (1, 2, "dream", 0.5), (1, 2, "school", 1.5)):
        with pytest.raises(ValueError):
            SharedHistory(*wrong)
