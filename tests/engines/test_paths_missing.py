"""Who is a target, and what is said where there is no path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine, Transaction
from graph.paths.answer import NoPath, Unreachable
from graph.paths.ends import Ends, resolve_ends
from graph.paths.missing import nearest_missing
from graph.paths.question import CompanyTarget, PathQuestion, PersonTarget
from graph.ties.strength import Verification

STATEMENTS = Path(__file__).parent.parent / "cypher"
CREATE = (STATEMENTS / "paths_create.cypher").read_text(encoding="utf-8")
CAREERS = (STATEMENTS / "paths_careers.cypher").read_text(encoding="utf-8")
NAMES = {
    "m": "Mira Berg",
    "n": "Nils Ek",
    "j": "Jonas Lind",
    "k": "Tom Weiss",
    "l": "Lea Kurz",
    "t": "Anna Roth",
}


def tie(a: str, b: str, p: float, verification: int = 0) -> dict[str, Any]:
    low, high = sorted((a, b))
    sure = {"verification": verification, "shared_verification": verification}
    return {"a": low, "b": high, "p": p, "shared_p": p, **sure}


def job(person: str, company: str, **given: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        ("title", "department", "seniority", "from_month", "to_month", "private_to", "as_of")
    )
    return {**empty, "person": person, "company": company, "current": False, **given}


@pytest.fixture
def store(engine: Engine, send_cypher: Any) -> Any:
    async def stored(
        ties: list[dict[str, Any]] = [],  # noqa: B006
        jobs: list[dict[str, Any]] = [],  # noqa: B006
        team: str = "m",
        objected: str = "",
    ) -> None:
        people = [
            {"id": i, "name": name, "team_member": i in team or None, "objected": i in objected or None}
            for i, name in NAMES.items()
        ]
        await send_cypher(engine, CREATE, people=people, ties=ties)
        await send_cypher(engine, CAREERS, jobs=jobs)

    return stored


async def ends_of(engine: Engine, question: PathQuestion, viewer: str | None = None) -> Ends | NoPath:
    async def work(tx: Transaction) -> Ends | NoPath:
        try:
            return await resolve_ends(tx, question, viewer)
        except Unreachable as nobody:
            return nobody.no_path

    return await engine.snapshot(work)


async def missing(engine: Engine, question: PathQuestion, viewer: str | None = None) -> NoPath:
    async def work(tx: Transaction) -> NoPath:
        return await nearest_missing(tx, question, viewer, await resolve_ends(tx, question, viewer))

    return await engine.snapshot(work)


def to_anna(**wishes: Any) -> PathQuestion:
    return PathQuestion(target=PersonTarget("t"), **wishes)


def at_helvion(**narrowed: Any) -> PathQuestion:
    return PathQuestion(target=CompanyTarget("Helvion", **narrowed))


STAFF = [
    job(
        "t",
        "Helvion",
        current=True,
        title="Chief Financial Officer",
        department="Finance",
        seniority="c_level",
    ),
    job("j", "Helvion", current=True, title="Head of Purchasing", department="Purchasing", seniority="head"),
    job("k", "Helvion", current=True, title="Senior buyer", department="Purchasing", seniority="senior"),
    job("l", "Helvion", to_month=24000, title="Owner", seniority="owner"),
]


async def test_who_decides_at_a_company(engine: Engine, store: Any) -> None:
    await store(jobs=STAFF)

    async def targets(**narrowed: Any) -> Any:
        ends = await ends_of(engine, at_helvion(**narrowed))
        return "".join(ends.targets) if isinstance(ends, Ends) else ends.reason

    assert await targets() == "jt"
    assert await targets(min_seniority="c_level") == "t"
    assert await targets(min_seniority="junior") == "jkt"
    assert await targets(titles=("BUYER", "legal")) == "k"
    assert await targets(titles=("head purchasing",)) == "j"
    assert await targets(departments=("purchasing",)) == "j"
    assert await targets(departments=("purchasing",), min_seniority="staff") == "jk"
    assert await targets(departments=("legal",)) == "nobody_fits"
    assert await targets(titles=("buyer",), min_seniority="vp") == "nobody_fits"


async def test_everybody_is_taken_when_nobody_decides_and_that_is_said(engine: Engine, store: Any) -> None:
    await store(jobs=[STAFF[2], STAFF[3]])
    ends = await ends_of(engine, at_helvion())
    assert isinstance(ends, Ends)
    assert ends.targets == ("k",)
    assert ends.notes == ("No head or above is known at Helvion: everybody known there (1) was a target.",)


async def test_private_employments_and_objections_are_respected(engine: Engine, store: Any) -> None:
    await store(
        jobs=[job("t", "Helvion", current=True, seniority="owner", private_to=["m"]), STAFF[1]], objected="j"
    )
    assert isinstance(await ends_of(engine, at_helvion(), viewer="m"), Ends)
    nobody = await ends_of(engine, at_helvion())
    assert isinstance(nobody, NoPath) and nobody.reason == "company_without_people"
    refused = await ends_of(engine, PathQuestion(target=PersonTarget("j")))
    assert isinstance(refused, NoPath) and refused.reason == "target_objected"


async def test_ends_that_are_not_there(engine: Engine, store: Any) -> None:
    await store(team="mn")
    for question, reason in (
        (PathQuestion(target=PersonTarget("nobody")), "unknown_target"),
        (PathQuestion(target=CompanyTarget("nothing")), "unknown_target"),
        (to_anna(from_ids=("j",)), "no_start"),
        (to_anna(from_ids=("m",), avoid=("m",)), "no_start"),
    ):
        answer = await ends_of(engine, question)
        assert isinstance(answer, NoPath) and answer.reason == reason
    some = await ends_of(engine, to_anna(from_ids=("m", "j")))
    assert isinstance(some, Ends) and some.starts == ("m",) and len(some.notes) == 1
    others = await ends_of(engine, to_anna(avoid=("m",)))
    assert isinstance(others, Ends) and others.starts == ("n",)


async def test_no_team_is_said(engine: Engine, store: Any) -> None:
    await store(team="")
    answer = await ends_of(engine, to_anna())
    assert isinstance(answer, NoPath) and answer.reason == "no_team"


LINE = [tie("m", "j", 0.5, 2), tie("j", "k", 0.5, 1), tie("k", "t", 0.4, 2)]


@pytest.mark.parametrize(
    ("wishes", "reason", "score"),
    [
        ({"min_score": 0.2}, "below_min_score", 0.1),
        ({"max_connectors": 1}, "too_few_connectors", 0.1),
        ({"verification": Verification.VERIFIED}, "excluded_by_verification", 0.1),
        ({"avoid": ("k",)}, "excluded_by_avoid", 0.1),
        ({"avoid": ("k",), "min_score": 0.2}, "several_wishes", 0.1),
    ],
)
async def test_a_wish_in_the_way_is_named(
    engine: Engine, store: Any, wishes: dict[str, Any], reason: str, score: float
) -> None:
    await store(ties=LINE)
    answer = await missing(engine, to_anna(**wishes))
    assert (answer.reason, answer.score) == (reason, score)
    assert "Mira Berg → Jonas Lind → Tom Weiss → Anna Roth (score 0.10)" in answer.text
    assert [one.person_id for one in answer.closest] == ["j", "k"]


async def test_another_member_would_reach(engine: Engine, store: Any) -> None:
    await store(ties=LINE, team="mn")
    answer = await missing(engine, to_anna(from_ids=("n",)))
    assert (answer.reason, answer.score) == ("excluded_starts", 0.1)


async def test_a_target_without_career(engine: Engine, store: Any) -> None:
    await store(jobs=[job("t", "Helvion", current=True)])
    answer = await missing(engine, to_anna())
    assert answer.reason == "target_without_career"
    assert "no dated career is known. Import their career" in answer.text


async def test_a_target_seen_on_one_day_has_no_known_career(engine: Engine, store: Any) -> None:
    """However many were there then: when the target came is what is missing."""
    june = 2026 * 12 + 5
    await store(
        jobs=[
            job("t", "Helvion", current=True, as_of=True, from_month=june, to_month=june),
            job("j", "Helvion", current=True, from_month=2015 * 12),
            job("m", "Helvion", from_month=2010 * 12, to_month=2019 * 12),
        ]
    )
    answer = await missing(engine, to_anna())
    assert answer.reason == "target_without_career"
    assert answer.text.startswith(
        "Nothing ties Anna Roth to anybody: it is only known that they were at Helvion as of 2026-06. Import their "
        "career ("
    )


async def test_a_target_without_ties_and_who_just_missed_them(engine: Engine, store: Any) -> None:
    await store(
        jobs=[
            job("t", "Helvion", current=True, from_month=2021 * 12),
            job("m", "Helvion", from_month=2010 * 12, to_month=2019 * 12 + 2),
        ]
    )
    answer = await missing(engine, to_anna())
    assert answer.reason == "target_without_ties"
    assert answer.text.endswith(
        "The closest is Mira Berg, who worked at Helvion until 2019-03, before Anna Roth came in 2021-01."
    )
    assert [one.person_id for one in answer.closest] == ["m"]


async def test_out_of_reach_names_the_near_miss_between_the_circles(engine: Engine, store: Any) -> None:
    await store(
        ties=[tie("m", "j", 0.5), tie("k", "t", 0.4)],
        jobs=[
            job("k", "Helvion", current=True, from_month=2021 * 12),
            job("j", "Helvion", from_month=2010 * 12, to_month=2019 * 12 + 2),
        ],
    )
    answer = await missing(engine, to_anna())
    assert answer.reason == "out_of_reach"
    assert answer.text == (
        "Nobody of ours is within 2 connectors of Anna Roth. The closest is Jonas Lind, who worked at Helvion "
        "until 2019-03, before Tom Weiss came in 2021-01."
    )


async def test_out_of_reach_names_who_knows_them_best(engine: Engine, store: Any) -> None:
    await store(ties=[tie("k", "t", 0.4), tie("l", "t", 0.6)])
    answer = await missing(engine, to_anna())
    assert answer.reason == "out_of_reach"
    assert "Lea Kurz (tie 0.60), Tom Weiss (tie 0.40)" in answer.text
    assert [one.person_id for one in answer.closest] == ["l", "k"]


async def test_a_target_of_ours_is_not_its_own_way(engine: Engine, store: Any) -> None:
    await store(
        team="mt",
        ties=[tie("t", "j", 0.5), tie("m", "k", 0.4)],
        jobs=[
            job("t", "Helvion", from_month=2010 * 12, to_month=2019 * 12 + 2),
            job("j", "Helvion", current=True, from_month=2021 * 12),
        ],
    )
    answer = await missing(engine, to_anna())
    assert answer.text.startswith("No other of us is within 2 connectors of Anna Roth.")
    assert "t" not in [one.person_id for one in answer.closest]
