"""What a path says of itself quotes its evidence, and is no surer than that."""

from __future__ import annotations

from typing import Any

import pytest

from graph.paths.answer import PathTie
from graph.paths.reading import PathPerson
from graph.paths.sentences import draft_of, weakest_of, why_of
from graph.ties import (
    Connection,
    DeclaredAlliance,
    Endorsement,
    Evidence,
    Interactions,
    Overlap,
    Recommendation,
    ReportingLine,
    SharedCommunity,
    SharedEmployment,
    SharedProject,
    SharedSchool,
    TieExplanation,
    Verification,
)

MIRA = PathPerson("m", "Mira Berg", "Account manager", True)
JONAS = PathPerson("j", "Jonas Lind", None, False)
TOM = PathPerson("k", "Tom Weiss", None, False)
LEA = PathPerson("l", "Lea Kurz", None, False)
ANNA = PathPerson("t", "Anna Roth", "CFO at Helvion", False)


def hop(a: PathPerson, b: PathPerson, p: float, *reasons: Evidence) -> PathTie:
    low, high = sorted((a.id, b.id))
    told = TieExplanation(
        a=low,
        b=high,
        probability=p,
        verification=Verification.INFERRED,
        last_evidence=None,
        kinds=(),
        evidence=reasons,
        as_of=24000,
    )
    return PathTie(a.id, b.id, p, Verification.INFERRED, None, told)


def common(p: float, counted: bool = True) -> dict[str, Any]:
    return {"probability": p, "verification": Verification.INFERRED, "counted": counted}


def together(months: int) -> dict[str, Any]:
    return {"place_id": "x", "overlaps": (Overlap(24000, 23999 + months, 0, 42),)}


def from_to(a: PathPerson, b: PathPerson) -> dict[str, Any]:
    return {"from_id": a.id, "to_id": b.id, "from_name": a.name, "to_name": b.name}


TOGETHER = SharedEmployment(**common(0.5), **together(31), place="Helvion", department="Network")
WRITES = Interactions(**common(0.7), channel="email", sent=12, received=9, observed_on="2026-05")
SCHOOL = SharedSchool(**common(0.07), **together(24), place="Aalto University")
CONNECTED = Connection(**common(0.25), observed_on="2020-01-02")


def test_strong_evidence_is_said_plainly() -> None:
    said = why_of([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, ANNA, 0.7, WRITES)])
    assert said == (
        "Mira Berg worked with Jonas Lind in Helvion's Network department for 31 months, and Jonas Lind and "
        "Anna Roth (CFO at Helvion) write to each other (in touch by email, 12 one way and 9 back, last on 2026-05)."
    )


def test_weak_evidence_is_said_as_a_guess() -> None:
    said = why_of([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.07, SCHOOL), hop(JONAS, ANNA, 0.7, WRITES)])
    assert "Mira Berg may know Jonas Lind (both studied at Aalto University, 24 months)" in said
    assert said.endswith("Least sure: whether Mira Berg and Jonas Lind know each other.")


def test_a_tie_without_reasons_claims_nothing() -> None:
    assert (
        why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.4)]) == "Mira Berg probably knows Anna Roth (CFO at Helvion)."
    )
    assert "We may have met before." in draft_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.4)])


def test_only_counted_evidence_is_quoted_and_a_much_weaker_one_is_not() -> None:
    louder = Connection(**common(0.9, counted=False), observed_on="1999")
    said = why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.6, SCHOOL, louder, TOGETHER)])
    assert "1999" not in said and "Aalto" not in said and "Network" in said
    said = why_of([MIRA, ANNA], [hop(MIRA, ANNA, 0.6, TOGETHER, CONNECTED)])
    assert said.endswith("for 31 months (connected since 2020-01-02).")


BOTH = ("Mira Berg", "Tom Weiss")
WITH = " worked with ".join(BOTH)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (
            SharedEmployment(**common(0.5), **together(1), place="Helvion"),
            f"{WITH} at Helvion for one month.",
        ),
        (
            SharedEmployment(**common(0.5), **together(5), place="Vardalis Systems", department="it"),
            f"{WITH} in Vardalis Systems' IT department for 5 months.",
        ),
        (
            SharedEmployment(**common(0.5), **together(5), place="Helvion", department="Core Team"),
            f"{WITH} in Helvion's Core Team for 5 months.",
        ),
        (
            Interactions(**common(0.5), channel="linkedin message", sent=9, received=2),
            f"{BOTH[0]} and {BOTH[1]} write to each other "
            "(in touch by LinkedIn messages, 9 one way and 2 back).",
        ),
        (
            Interactions(**common(0.5), channel="linkedin invitation", sent=1),
            "Mira Berg probably knows Tom Weiss (once one way by LinkedIn invitation, never answered).",
        ),
        (SharedProject(**common(0.5), **together(5), place="Atlas"), f"{WITH} on Atlas for 5 months."),
        (
            SharedSchool(**common(0.5), **together(5), place="Aalto"),
            f"{BOTH[0]} studied with {BOTH[1]} at Aalto for 5 months.",
        ),
        (
            SharedCommunity(**common(0.5), **together(5), place="PyFi"),
            f"{BOTH[0]} was in PyFi together with {BOTH[1]} for 5 months.",
        ),
        (ReportingLine(**common(0.5), **from_to(MIRA, TOM)), "Mira Berg reports to Tom Weiss."),
        (ReportingLine(**common(0.5), **from_to(TOM, MIRA)), "Tom Weiss reports to Mira Berg."),
        (Recommendation(**common(0.5), **from_to(TOM, MIRA)), "Tom Weiss recommended Mira Berg in public."),
        (Endorsement(**common(0.5), **from_to(MIRA, TOM)), "Mira Berg endorsed Tom Weiss."),
        (CONNECTED, "Mira Berg has been connected to Tom Weiss since 2020-01-02."),
        (
            Interactions(**common(0.5), sent=9),
            "Mira Berg probably knows Tom Weiss (9 times one way, never answered).",
        ),
        (
            DeclaredAlliance(**common(0.5), **from_to(MIRA, TOM), alliance="friendship"),
            "Mira Berg and Tom Weiss are declared allies (friendship).",
        ),
    ],
)
def test_each_kind_is_said_in_its_own_way(reason: Evidence, said: str) -> None:
    assert why_of([MIRA, TOM], [hop(MIRA, TOM, 0.5, reason)]) == said


PATHS = [
    ([MIRA, ANNA], [hop(MIRA, ANNA, 0.5, TOGETHER)]),
    ([MIRA, JONAS, ANNA], [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, ANNA, 0.7, WRITES)]),
    (
        [MIRA, JONAS, TOM, ANNA],
        [hop(MIRA, JONAS, 0.5, TOGETHER), hop(JONAS, TOM, 0.7, WRITES), hop(TOM, ANNA, 0.07, SCHOOL)],
    ),
    (
        [MIRA, JONAS, TOM, LEA, ANNA],
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
    assert "You may know Anna Roth (both studied at Aalto University, 24 months); I am not sure." in draft


def test_the_weakest_tie_is_the_first_of_equals() -> None:
    ties = [hop(MIRA, JONAS, 0.5), hop(JONAS, TOM, 0.2), hop(TOM, ANNA, 0.2)]
    assert weakest_of(ties) is ties[1]
