"""A question refuses what cannot be asked, with the name of the field."""

from __future__ import annotations

from typing import Any

import pytest

from graph.paths.question import CompanyTarget, InvalidQuestion, PathQuestion, PersonTarget

SOMEBODY = PersonTarget("p1")


def test_defaults_are_those_of_the_contract() -> None:
    question = PathQuestion(target=SOMEBODY)
    assert (question.max_connectors, question.first, question.min_score) == (2, 5, 0.05)
    assert question.verification.name == "INFERRED"
    assert question.from_ids is None and question.avoid == () and question.max_per_connector is None


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("maxConnectors", {"max_connectors": 4}),
        ("maxConnectors", {"max_connectors": -1}),
        ("first", {"first": 0}),
        ("first", {"first": 26}),
        ("minScore", {"min_score": -0.1}),
        ("minScore", {"min_score": 1.1}),
        ("minScore", {"min_score": float("nan")}),
        ("maxPerConnector", {"max_per_connector": 0}),
        ("from", {"from_ids": ()}),
        ("from", {"from_ids": tuple(map(str, range(1001)))}),
        ("avoid", {"avoid": tuple(map(str, range(1001)))}),
    ],
)
def test_refusals_name_the_field(field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        PathQuestion(target=SOMEBODY, **changes)
    assert refused.value.field == field
    assert isinstance(refused.value, ValueError)
    assert str(refused.value).startswith(f"{field}: ")


def test_targets_refuse_nonsense() -> None:
    for wrong in (
        lambda: PersonTarget(""),
        lambda: CompanyTarget(""),
        lambda: CompanyTarget("c", min_seniority="boss"),
        lambda: CompanyTarget("c", titles=("  ",)),
        lambda: CompanyTarget("c", departments=("",)),
    ):
        with pytest.raises(InvalidQuestion):
            wrong()


def test_who_decides_by_default() -> None:
    assert CompanyTarget("c").seniorities == {"owner", "c_level", "vp", "director", "head"}
    assert CompanyTarget("c", departments=("IT",)).by_default
    assert CompanyTarget("c", titles=("buyer",)).seniorities is None
    assert CompanyTarget("c", min_seniority="c_level").seniorities == {"owner", "c_level"}
