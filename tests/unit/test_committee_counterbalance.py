"""Plans against every set tried in full, the greedy ones against the exact ones and against their bound."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.committee.committee import ECONOMIC_BUYER, Tie
from graph.committee.counterbalance import counterbalance, forbidden, speaking_up
from graph.committee.decision import Situation, assess
from graph.committee.influence import settle
from graph.committee.parameters import PARAMETERS
from graph.committee.simulation import SetInfluence, SetStance, apply_changes
from tests.committee_worlds import committee, committees

FEW_DRAWS = replace(PARAMETERS, outlook_draws=20)
GREEDY = replace(FEW_DRAWS, enumerated_sets=0)


def lift(now: Situation, chosen: tuple[int, ...]) -> float:
    """D after these members' stance and influence are set by hand, less D before."""
    changes = [
        change
        for i in chosen
        for change in (
            SetStance(f"p{i}", max(PARAMETERS.advocate_stance, float(now.mean[i]))),
            SetInfluence(f"p{i}", max(PARAMETERS.advocate_influence, float(now.committee.influence[i]))),
        )
    ]
    return apply_changes(now, changes).decision - now.decision


def expected(now: Situation, chosen: tuple[int, ...], reach: list[float]) -> float:
    total = 0.0
    for mask in range(2 ** len(chosen)):
        works = [bool(mask >> bit & 1) for bit in range(len(chosen))]
        chance = np.prod([reach[i] if on else 1 - reach[i] for i, on in zip(chosen, works, strict=True)])
        total += float(chance) * lift(now, tuple(i for i, on in zip(chosen, works, strict=True) if on))
    return total


@given(committees(least=3, most=6), st.data())
@settings(max_examples=25, deadline=None)
def test_exact_plans_are_the_best_of_all_sets_and_greedy_ones_stay_within_their_bound(of, data):
    now = assess(replace(of, prior_mean=0.2 + 0.8 * np.abs(of.prior_mean)))
    reach = data.draw(st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=of.size, max_size=of.size))
    answer = counterbalance(now, "p0", most=2, first=4, reach=reach, parameters=FEW_DRAWS)
    able = [
        i
        for i in range(of.size)
        if of.people[i] not in forbidden(now, "p0")
        and now.mean[i] >= PARAMETERS.supporter_from
        and of.role(ECONOMIC_BUYER)[i] < PARAMETERS.decider_from
        and reach[i] > 0
    ]
    sets = [chosen for size in (1, 2) for chosen in combinations(able, size)]
    best = sorted(
        (gain for gain in (expected(now, one, reach) for one in sets) if gain > 1e-12), reverse=True
    )
    assert answer.exact
    assert [plan.expected_lift for plan in answer.plans] == pytest.approx(best[:4], abs=1e-9)
    assert all(lift(now, one) <= answer.bound + 1e-9 for one in sets)
    grown = counterbalance(now, "p0", most=2, first=1, reach=reach, parameters=GREEDY)
    assert grown.exact == (not able)
    assume(best and grown.plans)
    assert grown.plans[0].expected_lift <= best[0] + 1e-12
    assert grown.plans[0].lift <= grown.bound + 1e-9


def politics():
    """p0 hostile and loud, p1 their ally, p2 and p3 for us, p4 the buyer, who listens to p2; p5 against us."""
    return committee(
        6,
        influence=np.array([1.0, 0.6, 0.6, 0.6, 0.6, 0.6]),
        prior_mean=np.array([-0.9, 0.5, 0.5, 0.5, 0.2, -0.5]),
        prior_precision=np.full(6, 20.0),
        alliances=(Tie(0, 1, 1, 0.4), Tie(4, 2, 1, 0.9, directed=True)),
        roles={ECONOMIC_BUYER: np.array([0, 0, 0.1, 0, 0.9, 0])},
    )


def test_the_one_whom_the_buyer_listens_to_comes_first_and_the_hostile_camp_never():
    now = assess(politics())
    answer = counterbalance(now, "p0", most=2)
    assert answer.avoid == ("p0", "p1")
    assert answer.plans[0].supporters == ("p2", "p3") and answer.plans[1].supporters == ("p2",)
    assert {person for plan in answer.plans for person in plan.supporters} == {"p2", "p3"}
    plan = answer.plans[0]
    assert plan.outlook.probability > answer.outlook_before.probability
    assert [move.person for move in plan.deciders] == ["p2", "p4"]
    spoken = speaking_up(now, [2, 3])
    assert plan.deciders[1].after == pytest.approx(spoken.settled[4])
    assert plan.deciders[1].after > plan.deciders[1].before == pytest.approx(now.settled[4])
    assert plan.lift == pytest.approx(spoken.decision - now.decision)
    assert np.allclose(spoken.settled, settle(spoken.influence, spoken.mean))


def test_a_path_that_hardly_works_makes_a_supporter_worth_less():
    now = assess(politics())
    answer = counterbalance(now, "p0", most=1, reach=[1, 1, 0.01, 1, 1, 1])
    assert answer.plans[0].supporters == ("p3",)
    assert answer.plans[1].reach == 0.01
    assert counterbalance(now, "p0", reach=[0] * 6).plans == ()


def test_everybody_hostile_leaves_no_plan():
    of = committee(4, prior_mean=np.full(4, -1.0), roles={ECONOMIC_BUYER: np.eye(4)[3]})
    answer = counterbalance(assess(of), "p0")
    assert answer.plans == () and answer.exact and answer.bound == 0.0
    assert counterbalance(assess(of), "p0", parameters=GREEDY).plans == ()


def test_ill_questions_are_refused():
    now = assess(committee(2))
    with pytest.raises(ValueError, match="does not sit"):
        counterbalance(now, "p9")
    with pytest.raises(ValueError, match="1 to 5"):
        counterbalance(now, "p0", most=0)
    with pytest.raises(ValueError, match="reach"):
        counterbalance(now, "p0", reach=[0.5, 2.0])


def test_three_hundred_members_are_answered_greedily():
    rng = np.random.default_rng(3)
    ties = tuple(Tie(int(a), int(b), 1, 0.5) for a, b in rng.integers(0, 300, size=(600, 2)) if a != b)
    of = committee(
        300,
        prior_mean=np.where(np.arange(300) % 10 == 1, 0.5, 0.0),
        alliances=ties,
        roles={ECONOMIC_BUYER: np.eye(300)[5]},
    )
    answer = counterbalance(assess(of), "p0", most=2, first=1, parameters=FEW_DRAWS)
    assert not answer.exact and 0.0 < answer.plans[0].lift <= answer.bound
