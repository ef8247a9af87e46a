"""The worked examples of docs/committee.md on roles, intent, camps, suggestions, coverage and learning."""

from __future__ import annotations

import numpy as np
import pytest

from graph.committee import (
    Channel,
    Committee,
    Forecast,
    Position,
    RoleEvidence,
    RoleObservation,
    SharedHistory,
    Signal,
    Tie,
    Trial,
    calibration,
    camps,
    coverage,
    intent,
    learned_rates,
    next_introductions,
    reach,
    role_beliefs,
    suggested_alliances,
)


def test_roles_by_hand():
    post = Position(title="Head of IT", seniority="head", department="it")
    said = RoleObservation(role="technical_buyer", value=1.0, source="coach_report", reliability=0.8)
    chances = [
        role_beliefs(RoleEvidence(position=post, observations=seen))[1].probability for seen in ([], [said])
    ]
    assert chances == pytest.approx([0.646, 0.866], abs=5e-4)


def test_intent_by_hand():
    shown = [
        Signal(kind="price_request", age_days=60, person="ann"),
        Signal(kind="visit", age_days=0, person="ann"),
        Signal(kind="download", age_days=45, person="ben"),
    ]
    assert intent(shown).log_odds == pytest.approx(-1.494)
    assert intent(shown).probability == pytest.approx(0.183, abs=5e-4)


def test_camps_by_hand():
    ties = (Tie(0, 1, 1, 0.8), Tie(0, 2, 1, 0.5), Tie(2, 3, 1, 0.9), Tie(1, 2, -1, 0.6))
    members = Committee(("ann", "bea", "carl", "dan"), np.ones(4), np.zeros(4), np.ones(4), ties)
    found = camps(members)
    assert (found.groups, found.violated, found.alternatives) == (((0, 1), (2, 3)), 0.5, 0)


def test_suggestion_by_hand():
    shared = [SharedHistory(0, 1, "employer", 0.45), SharedHistory(0, 1, "project", 0.6)]
    assert suggested_alliances(shared)[0].strength == pytest.approx(0.103, abs=5e-4)


def test_coverage_by_hand():
    trust = np.array([[0.0, 0.0], [0.5, 0.0]])
    known = [Channel("1", "olaf", reach(0, 0.6, trust)), Channel("2", "kim", reach(0, 0.5, trust))]
    assert coverage(known, 2).tolist() == pytest.approx([0.8, 0.475])
    following = next_introductions(known, [Channel("3", "eva", reach(1, 0.4, trust))], 3, 2)
    assert [one.gain for one in following] == pytest.approx([0.21])


def test_learning_by_hand():
    trials = [Trial("connection", "know", knew) for knew in (True, True, True, False)]
    assert learned_rates({"connection": 0.25}, trials)[0].mean == pytest.approx(0.393, abs=5e-4)
    told = [Forecast(0.8, True), Forecast(0.4, False), Forecast(0.3, True)]
    assert calibration(told).brier == pytest.approx(0.23)
