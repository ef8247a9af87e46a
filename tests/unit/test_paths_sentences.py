"""What a path says of itself quotes its evidence, and is no surer than that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from graph.paths.reading import PathPerson
from graph.paths.sentences import draft_of, weakest_of, why_of

MIRA = PathPerson("m", "Mira Berg", "Account manager", True)
JONAS = PathPerson("j", "Jonas Lind", None, False)
TOM = PathPerson("k", "Tom Weiss", None, False)
ANNA = PathPerson("t", "Anna Roth", "CFO at Helvion", False)


@dataclass(frozen=True)
class Reason:
    kind: str
    probability: float
    text: str
    counted: bool = True


@dataclass(frozen=True)
class Told:
    evidence: tuple[Reason, ...]


@dataclass(frozen=True)
class Hop:
    a: str
    b: str
    probability: float
    explanation: Told | None


def hop(a: PathPerson, b: PathPerson, p: float, *reasons: Reason) -> Any:
    return Hop(a.id, b.id, p, Told(reasons) if reasons else None)


TOGETHER = Reason("SharedEmployment", 0.5, "both at Helvion, network team, 31 months, 42 people then")
WRITES = Reason("Interactions", 0.7, "12 messages each way, the last in 2026-05")
SCHOOL = Reason("SharedSchool", 0.07, "both at Aalto University")


def test_strong_evidence_is_said_plainly() -> None:
    said = why_of([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, ANNA, 0.7, WRITES)])
    assert said == (
        "Mira Berg worked with Jonas Lind (both at Helvion, network team, 31 months, 42 people then), and "
        "Jonas Lind is in touch with Anna Roth (CFO at Helvion) (12 messages each way, the last in 2026-05)."
    )


def test_weak_evidence_is_said_as_a_guess() -> None:
    said = why_of([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.07, SCHOOL), hop(JONAS, ANNA, 0.7, WRITES)])
    assert "Mira Berg may know Jonas Lind (both at Aalto University)" in said
    assert said.endswith("Least sure: whether Mira Berg and Jonas Lind know each other.")


def test_a_tie_without_reasons_claims_nothing() -> None:
    assert (
        why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.4)]) == "Mira Berg probably knows Anna Roth (CFO at Helvion)."
    )
    assert "We may have met before." in draft_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.4)])


def test_only_counted_evidence_is_quoted_and_a_much_weaker_one_is_not() -> None:
    louder = Reason("Connection", 0.9, "not counted", counted=False)
    said = why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.6, SCHOOL, louder, TOGETHER)])
    assert "not counted" not in said and "Aalto" not in said and "network team" in said
    also = Reason("Connection", 0.25, "connected on a platform")
    assert "; connected on a platform" in why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.6, TOGETHER, also)])


PATHS = [
    ([MIRA, ANNA], [hop(MIRA, ANNA, 0.5, TOGETHER)]),
    ([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, ANNA, 0.7, WRITES)]),
    (
        [MIRA, JONAS, TOM, ANNA],
        [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, TOM, 0.7, WRITES), hop(TOM, ANNA, 0.07, SCHOOL)],
    ),
    (
        [MIRA, JONAS, TOM, PathPerson("l", "Lea Kurz", None, False), ANNA],
        [
            hop(MIRA, JONAS, 0.2, SCHOOL),
            hop(JONAS, TOM, 0.7, WRITES),
            hop(TOM, ANNA, 0.5),
            hop(TOM, ANNA, 0.5),
        ],
    ),
]


@pytest.mark.parametrize(("people", "ties"), PATHS)
def test_a_draft_asks_names_and_offers_a_way_out(people: list[PathPerson], ties: list[Any]) -> None:
    draft = draft_of(people, ties)
    lines = draft.split("\n")
    assert lines[0] == f"Hello {people[1].name}," and lines[-1] == people[0].name
    assert ties[0].explanation.evidence[0].text in draft
    assert "May I" in draft and "that is fine" in draft
    assert people[-1].name in draft
    if len(people) > 2:
        assert people[2].name in draft
    if len(people) > 3:
        # What others share further on is not for the reader of this message.
        assert "Lea Kurz" not in draft
    assert "  " not in draft and "None" not in draft


def test_a_weak_first_tie_does_not_pretend() -> None:
    draft = draft_of([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.1, SCHOOL), hop(JONAS, ANNA, 0.1, SCHOOL)])
    assert "You may not remember me" in draft
    assert "You may know Anna Roth (both at Aalto University); I am not sure." in draft


def test_the_weakest_tie_is_the_first_of_equals() -> None:
    ties = [hop(MIRA, JONAS, 0.5), hop(JONAS, TOM, 0.2), hop(TOM, ANNA, 0.2)]
    assert weakest_of(ties) is ties[1]
