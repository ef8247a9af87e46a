"""Roles and intent: log-odds that add up, against the formulas written out again."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.committee.committee import BUYING_ROLES
from graph.committee.intent import Signal, intent
from graph.committee.logodds import log_odds_of, probability_of_log_odds
from graph.committee.parameters import INTENT, ROLES
from graph.committee.roles import Position, RoleEvidence, RoleObservation, role_beliefs, role_matrix
from graph.model.facts import SENIORITIES

TITLES = [
    "",
    "Chief Financial Officer",
    "Head of IT",
    "Executive Assistant",
    "General Counsel",
    "Einkäuferin",
]
observations = st.builds(
    RoleObservation,
    role=st.sampled_from(BUYING_ROLES),
    value=st.floats(-1, 1),
    source=st.sampled_from(["direct", "coach_report", "hearsay"]),
    reliability=st.none() | st.floats(0, 1),
    age_days=st.floats(0, 3000),
)
positions = st.builds(
    Position,
    title=st.sampled_from(TITLES),
    seniority=st.sampled_from(["", *SENIORITIES]),
    department=st.sampled_from(["", "finance", "IT Security", "legal"]),
)
signals = st.lists(
    st.builds(
        Signal,
        kind=st.sampled_from([*INTENT.kinds, "never heard of"]),
        age_days=st.floats(0, 400),
        person=st.sampled_from([None, "a", "b"]),
        weight=st.none() | st.floats(-2, 2),
    ),
    max_size=12,
)


def of(role: str, evidence: RoleEvidence):
    return next(belief for belief in role_beliefs(evidence) if belief.role == role)


@given(st.floats(0.001, 0.999))
def test_log_odds_there_and_back(p):
    assert probability_of_log_odds(log_odds_of(p)) == pytest.approx(p)


def test_log_odds_far_out():
    assert probability_of_log_odds(800.0) == 1.0
    assert probability_of_log_odds(-800.0) == 0.0
    with pytest.raises(ValueError, match="between"):
        log_odds_of(1.0)


@given(positions, st.lists(observations, max_size=5), st.sets(st.sampled_from(BUYING_ROLES)))
def test_reasons_add_up_to_every_role(position, seen, confirmed):
    evidence = RoleEvidence(position=position, observations=seen, confirmed=confirmed)
    for belief in role_beliefs(evidence):
        weighed = [reason.log_odds for reason in belief.reasons if reason.log_odds is not None]
        assert sum(weighed) == pytest.approx(belief.log_odds)
        assert sum(reason.change for reason in belief.reasons) == pytest.approx(belief.probability)
        if belief.role in confirmed:
            assert belief.probability == 1.0
        else:
            assert belief.probability == pytest.approx(1 / (1 + math.exp(-belief.log_odds)))


@given(positions, st.lists(observations, max_size=4), observations)
def test_an_observation_moves_its_role_its_way_and_no_other(position, seen, more):
    before = role_beliefs(RoleEvidence(position=position, observations=seen))
    after = role_beliefs(RoleEvidence(position=position, observations=[*seen, more]))
    for one, other in zip(before, after, strict=True):
        moved = other.log_odds - one.log_odds
        if one.role != more.role:
            assert moved == 0.0
        else:
            assert moved * more.value >= -1e-12


def test_an_observation_by_hand():
    seen = RoleObservation(role="coach", value=1.0, source="coach_report", reliability=0.8, age_days=730.0)
    belief = of("coach", RoleEvidence(observations=[seen]))
    right = 0.5 + 0.35 * 0.8
    assert belief.log_odds == pytest.approx(-2.2 + math.log(right / (1 - right)) / 2)


def test_titles_mean_what_they_say():
    def likeliest(title: str, seniority: str, department: str = "") -> str:
        position = Position(title=title, seniority=seniority, department=department)
        return max(role_beliefs(RoleEvidence(position=position)), key=lambda b: b.probability).role

    assert likeliest("Chief Financial Officer", "c_level", "finance") == "economic_buyer"
    assert likeliest("Head of IT", "head", "it") == "technical_buyer"
    assert likeliest("Plant operator", "staff", "operations") == "user_buyer"
    assert likeliest("Executive Assistant to the CEO", "staff") == "gatekeeper"
    assert likeliest("General Counsel", "c_level", "legal") == "legal"
    assert likeliest("Einkäuferin", "", "procurement") == "procurement"


def test_department_and_title_are_one_reason():
    both = Position(title="Head of Procurement", department="procurement")
    alone = Position(title="Head of Procurement")
    assert [b.probability for b in role_beliefs(RoleEvidence(position=both))] == [
        b.probability for b in role_beliefs(RoleEvidence(position=alone))
    ]


def test_words_count_whole():
    assert (
        of("technical_buyer", RoleEvidence(position=Position(title="Director of Recruiting"))).log_odds
        == (ROLES.base["technical_buyer"])
    )


def test_the_newest_word_of_one_informant_counts():
    old = RoleObservation(role="legal", value=1.0, informant="x", age_days=90.0, key="old")
    new = RoleObservation(role="legal", value=-1.0, informant="x", age_days=1.0, key="new")
    assert of("legal", RoleEvidence(observations=[old, new])).log_odds == pytest.approx(
        of("legal", RoleEvidence(observations=[new])).log_odds
    )
    other = RoleObservation(role="legal", value=1.0, informant="y", age_days=90.0)
    assert of("legal", RoleEvidence(observations=[other, new])).log_odds > -6.0


def test_confirmed_ruled_out_and_both():
    evidence = RoleEvidence(confirmed={"coach"}, ruled_out={"legal"})
    matrix = role_matrix([role_beliefs(evidence), role_beliefs(RoleEvidence())])
    assert matrix["coach"].tolist()[0] == 1.0 and matrix["legal"].tolist()[0] == 0.0
    assert 0.0 < matrix["coach"][1] < 1.0
    with pytest.raises(ValueError, match="both confirmed and ruled out"):
        RoleEvidence(confirmed={"coach"}, ruled_out={"coach"})


@pytest.mark.parametrize(
    "wrong", [{"role": "king"}, {"value": 2.0}, {"source": "dream"}, {"reliability": 1.5}, {"age_days": -1.0}]
)
def test_ill_observations_are_refused(wrong):
    with pytest.raises(ValueError):
        RoleObservation(**({"role": "coach", "value": 1.0} | wrong))


def test_seniority_must_be_known():
    with pytest.raises(ValueError, match="seniority"):
        Position(seniority="king")


def intent_oracle(shown: list[Signal]) -> float:
    total = INTENT.base_log_odds
    for person in {signal.person for signal in shown}:
        for sign in (1, -1):
            worth = []
            for signal in (s for s in shown if s.person == person):
                weight, half_life = INTENT.kinds.get(signal.kind, INTENT.kinds["other"])
                weight = sign * (weight if signal.weight is None else signal.weight)
                worth.append(max(weight, 0.0) * math.exp(-math.log(2) * signal.age_days / half_life))
            ranked = sorted(worth, reverse=True)
            total += sign * sum(w * INTENT.repeat_discount**rank for rank, w in enumerate(ranked))
    return total


@given(signals)
def test_intent_against_the_formula_and_its_reasons(shown):
    found = intent(shown)
    assert found.log_odds == pytest.approx(intent_oracle(shown))
    assert sum(reason.log_odds for reason in found.reasons) == pytest.approx(found.log_odds)
    assert sum(reason.change for reason in found.reasons) == pytest.approx(found.probability)
    assert len(found.reasons) == len(shown) + 1


@given(signals, st.sampled_from(["a", "b", "c", None]))
def test_a_signal_for_never_lowers_intent_and_against_never_raises(shown, person):
    before = intent(shown).log_odds
    assert intent([*shown, Signal(kind="download", age_days=3, person=person)]).log_odds >= before - 1e-12
    assert intent([*shown, Signal(kind="unsubscribe", age_days=3, person=person)]).log_odds <= before + 1e-12


@given(signals)
def test_the_order_of_signals_does_not_matter(shown):
    assert intent(shown[::-1]).log_odds == pytest.approx(intent(shown).log_odds)


@given(st.integers(2, 20), st.sampled_from(sorted(INTENT.kinds)))
def test_several_people_say_more_than_one_often(many, kind):
    once_each = intent([Signal(kind=kind, age_days=1, person=f"p{i}") for i in range(many)])
    often = intent([Signal(kind=kind, age_days=1, person="p") for _ in range(many)])
    base = INTENT.base_log_odds
    assert abs(once_each.log_odds - base) > abs(often.log_odds - base)
    assert abs(often.log_odds - base) < 2 * abs(INTENT.kinds[kind][0])
    assert (once_each.people, often.people) == (many, 1)


def test_intent_fades_by_half_lives_and_waits_for_what_lies_ahead():
    half_life = INTENT.kinds["price_request"][1]
    faded = intent([Signal(kind="price_request", age_days=half_life, person="a")])
    assert faded.log_odds - INTENT.base_log_odds == pytest.approx(1.0)
    assert intent([Signal(kind="event", age_days=-5)]).probability == intent([]).probability
    with pytest.raises(ValueError, match="weight"):
        Signal(kind="visit", age_days=0, weight=50.0)
