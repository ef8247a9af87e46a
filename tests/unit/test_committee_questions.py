"""Questions against asking and seeing: the field is updated with an answer and Var(D) measured again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.committee.committee import ECONOMIC_BUYER, Observed, Tie
from graph.committee.decision import assess
from graph.committee.questions import Informant, next_questions
from tests.committee_worlds import committee, committees, stance


@given(committees(least=2), st.floats(0.05, 1.0), st.floats(0.1, 1.0), stance)
@settings(max_examples=60, deadline=None)
def test_shrinking_is_what_an_answer_would_do_whatever_it_is(of, reliability, reach, answer):
    now = assess(of)
    asked = next_questions(now, [Informant("p0", reach, reliability)], first=99)
    for question in asked:
        source, relied = ("direct", None) if question.direct else ("coach_report", reliability)
        heard = Observed(of.index_of(question.subject), answer, source, relied)
        then = assess(replace(of, observations=(*of.observations, heard)))
        assert now.variance - then.variance == pytest.approx(question.shrinks, abs=1e-9)
        assert question.expected == pytest.approx(reach * question.shrinks)
        assert question.share == pytest.approx(question.expected / now.variance)
    gains = [round(one.expected, 12) for one in asked]
    assert gains == sorted(gains, reverse=True)


def test_a_coach_on_the_gatekeeper_can_be_worth_more_than_the_gatekeeper():
    of = committee(
        3,
        alliances=(Tie(0, 1, 1, 0.9, directed=True),),
        roles={ECONOMIC_BUYER: np.array([1.0, 0.0, 0.0])},
        influence=np.array([0.6, 1.0, 0.6]),
        observations=(Observed(0, 0.1), Observed(0, 0.1)),
    )
    best, other = (
        question
        for question in next_questions(
            assess(of), [Informant("p1", reach=0.2), Informant("p2", reach=0.9, reliability=0.8)], first=20
        )
        if question.subject == "p1"
    )
    assert (best.informant, best.direct) == ("p2", False)
    assert (other.informant, other.direct) == ("p1", True)
    assert other.shrinks > best.shrinks and best.expected > other.expected


def test_nothing_to_ask_when_nobody_is_reached_knows_or_matters():
    of = committee(2, roles={ECONOMIC_BUYER: np.array([1.0, 0.0])})
    assert next_questions(assess(of), [Informant("p0", reach=0.0), Informant("out", reliability=0.0)]) == ()
    assert next_questions(assess(committee(2)), [Informant("p0")]) == ()
    knows_one = next_questions(assess(of), [Informant("out", reliability=np.array([0.0, 0.5]))])
    assert [one.subject for one in knows_one] == ["p1"]


@pytest.mark.parametrize("reliability", [1.5, np.array([0.5]), np.array([0.5, float("nan")])])
def test_ill_informants_are_refused(reliability):
    of = committee(2, roles={ECONOMIC_BUYER: np.array([1.0, 0.0])})
    with pytest.raises(ValueError, match="reliability"):
        next_questions(assess(of), [Informant("p0", 1.0, reliability)])
    with pytest.raises(ValueError, match="between 0 and 1"):
        Informant("p0", reach=1.2)
