"""The example of docs/committee.md and docs/model.md, computed again: the numbers there are what the code answers."""

from __future__ import annotations

from math import erf, sqrt
from pathlib import Path

import numpy as np
import pytest

from graph.committee import (
    ECONOMIC_BUYER,
    Committee,
    EntryPath,
    Informant,
    Observed,
    Tie,
    assess,
    counterbalance,
    infer,
    next_questions,
    on_others,
    outlook,
    rank_entries,
    share_decision,
)

DOCS = Path(__file__).parents[2] / "docs"


def _from(page: str, heading: str) -> str:
    text = (DOCS / page).read_text(encoding="utf-8")
    return " ".join(text[text.index(heading) :].split())


EXAMPLE = _from("committee.md", "## An example by hand")
CORE = _from("model.md", "## The committee")

COMMITTEE = Committee(
    people=("Ann", "Bea", "Carl"),
    influence=np.array([1.0, 0.6, 1.0]),
    prior_mean=np.zeros(3),
    prior_precision=np.ones(3),
    alliances=(Tie(0, 1, 1, 0.4), Tie(1, 2, -1, 0.4)),
    observations=(Observed(1, 0.9),),
    roles={ECONOMIC_BUYER: np.array([1.0, 0.0, 0.0])},
)
NOW = assess(COMMITTEE)


def n(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}".replace("-", "−")  # noqa: RUF001


def told(words: str) -> None:
    assert words in EXAMPLE, f"docs/committee.md does not say: {words}"


def test_stances_and_what_they_settle_to():
    field, moves = infer(COMMITTEE), on_others(NOW.influence)
    low, high = field.interval()
    for i, name in enumerate(COMMITTEE.people):
        told(f"| {name} | {n(field.mean[i])} | {n(field.sd[i])} | {n(low[i])} to {n(high[i])} |")
        told(f"| {name} | {n(NOW.settled[i])} | {n(moves[i])} | {n(NOW.weights[i])} |")
    told(f"Bea's variance is 1 / 17.5714 = {n(field.covariance[1, 1], 4)}")
    told(f"= {n(field.covariance[0, 0], 4)}. One conversation")


def test_the_equations_of_talk():
    taken = NOW.influence.susceptibility[:, None] * NOW.influence.weights
    assert taken == pytest.approx(np.array([[0, 0.165, 0.075], [0.275, 0, -0.2], [0.075, -0.12, 0]]))
    assert NOW.influence.susceptibility == pytest.approx([0.24, 0.475, 0.195])
    for words in ("0.165 Bea + 0.075 Carl", "0.275 Ann − 0.2 Carl", "0.075 Ann − 0.12 Bea"):  # noqa: RUF001
        told(words)


def test_the_decision_and_who_made_it():
    parts = {share.person: n(share.value) for share in share_decision(NOW).shares}
    told(f"= {n(NOW.decision)}: Ann's own {parts['Ann']}, Bea's {parts['Bea']}, Carl's {parts['Carl']}.")
    told(f"Var(D) = {n(NOW.variance)}, sd {n(NOW.sd)}.")


def test_the_next_question():
    asked = next_questions(NOW, [Informant("Ann", 0.3), Informant("Bea", 0.9, 0.7)])
    best, second = asked[:2]
    assert (best.informant, best.subject, second.informant) == ("Bea", "Ann", "Ann")
    told(f"Asking Ann takes {n(second.shrinks)} off Var(D), {n(second.expected)} expected")
    told(f"asking Bea about Ann only {n(best.shrinks)}, but {n(best.expected)} expected")


def test_counterbalance_entry_and_outlook():
    (plan,) = counterbalance(NOW, "Carl", most=1).plans
    assert plan.supporters == ("Bea",)
    told(f"D by {n(plan.lift)}, to {n(NOW.decision + plan.lift)}.")
    bea, olaf = rank_entries(
        NOW, [EntryPath("o", "Ann", 0.8, "Olaf", {"Carl": 0.9}), EntryPath("b", "Ann", 0.5, "Bea")]
    )
    told(f"= {n(bea.side)}, Olaf's 0.9 · −0.234 = {n(olaf.side)}.")  # noqa: RUF001
    told(f"through Bea changes D by {n(bea.change)}, worth {n(bea.worth)}")
    told(f"Olaf's changes it by {n(olaf.change)}, worth {n(olaf.worth)}.")
    exact = 0.5 * (1 + erf((NOW.decision - 0.25) / NOW.sd / sqrt(2)))
    told(f"= {n(exact)}. The simulation")
    answer = outlook(NOW)
    assert abs(answer.probability - exact) < 4 * answer.standard_error


def test_its_core_in_the_model():
    field, parts = infer(COMMITTEE), {share.person: n(share.value) for share in share_decision(NOW).shares}
    ann, bea, carl = (n(mean) for mean in field.mean)
    asked = next_questions(NOW, [Informant("Ann", 0.3), Informant("Bea", 0.9, 0.7)])
    best, second = asked[:2]
    for words in (
        f"= {bea}, Ann = {ann}, Carl = {carl}:",
        f"Bea 1 / 17.5714 = {n(field.covariance[1, 1], 4)}, Ann and Carl",
        f"0.0569 = {n(field.covariance[0, 0], 4)}.",
        f"Ann = 0.76 · {ann} + 0.165 Bea + 0.075 Carl",
        f"Bea = 0.525 · {bea} + 0.275 Ann − 0.2 Carl",  # noqa: RUF001
        f"Carl = 0.805 · {carl} + 0.075 Ann − 0.12 Bea",  # noqa: RUF001
        "settles at {}, {} and {}.".format(*(n(stance) for stance in NOW.settled)),
        f"D = {n(NOW.decision)}. Of it {parts['Ann']} is Ann's own, {parts['Bea']} Bea's and {parts['Carl']} Carl's",
        f"take {n(second.shrinks)} off the variance {n(NOW.variance)} of D",
        f"0.3: {n(second.expected)} expected",
        f"about Ann: {n(best.shrinks)}, so {n(best.expected)}.",
    ):
        assert words in CORE, f"docs/model.md does not say: {words}"
