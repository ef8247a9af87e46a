"""From recorded facts to the whole answer: records, derived ties, paths, their reasons and drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment, Interaction
from graph.model.identities import Identity, name_identity
from graph.model.records import Record, Source
from graph.paths import CompanyTarget, PathQuestion, PersonTarget, Verification, warm_paths
from graph.records.writing import write_records
from graph.ties import derive

IDS = (Path(__file__).parent.parent / "cypher" / "paths_ids.cypher").read_text(encoding="utf-8")
HELVION, NORD = "Helvion", "Nordlicht"


def person(key: str, name: str, **said: Any) -> Person:
    return Person(identities=(Identity("person", "crm", key),), name=name, **said)


MIRA = person("mira", "Mira Berg", team_member=True, headline="Account manager")
NILS = person("nils", "Nils Ek", team_member=True)
JONAS = person("jonas", "Jonas Lind")
ANNA = person("anna", "Anna Roth", headline="CFO at Helvion")
TOM = person("tom", "Tom Weiss")


def company(name: str, headcount: int) -> Company:
    known = name_identity("company", name)
    assert known is not None
    return Company(identities=(known,), name=name, headcount=headcount)


def worked(who: Person, at: Company, start: str, end: str | None, **said: Any) -> Record:
    spell = Spell(PartialDate.parse(start), PartialDate.parse(end) if end else None, current=end is None)
    job = Employment(person=who, company=at, spell=spell, **said)
    return Record(f"{who.keys[0]} {at.name} {start}", (who, at), (job,))


async def stored(engine: Engine, *records: Record, private_to: str | None = None) -> None:
    source = Source(
        name="crm", dataset="people" if private_to is None else "mine", run="r1", private_to=private_to
    )
    await write_records(engine, source, list(records))


async def facts(engine: Engine) -> None:
    helvion, nord = company(HELVION, 40), company(NORD, 12)
    await stored(
        engine,
        worked(MIRA, nord, "2015-01", "2018-06", department="Network"),
        worked(JONAS, nord, "2014-01", "2018-12", department="Network"),
        worked(JONAS, helvion, "2019-01", None, title="Network lead", seniority="manager"),
        worked(ANNA, helvion, "2018-01", None, title="CFO", seniority="c_level"),
        worked(TOM, helvion, "2022-01", None, title="Engineer", seniority="staff"),
        Record("nils", (NILS,)),
    )
    await derive(engine)


async def ids(engine: Engine, send_cypher: Any) -> dict[str, str]:
    rows = await send_cypher(engine, IDS)
    return {row["name"]: row["id"] for row in rows}


async def test_the_whole_answer(engine: Engine, send_cypher: Any) -> None:
    await facts(engine)
    known = await ids(engine, send_cypher)
    before = engine.statements_sent
    answer = await warm_paths(engine, PathQuestion(target=CompanyTarget(known[HELVION])))
    assert engine.statements_sent - before <= 12
    assert answer.no_path is None and not answer.truncated and answer.notes == ()
    best = answer.paths[0]
    assert [one.name for one in best.people] == ["Mira Berg", "Jonas Lind", "Anna Roth"]
    assert best.team_member.name == "Mira Berg" and [c.name for c in best.connectors] == ["Jonas Lind"]
    assert best.target.headline == "CFO at Helvion"
    assert best.score == pytest.approx(best.ties[0].probability * best.ties[1].probability)
    assert best.weakest == min(best.ties, key=lambda tie: tie.probability)
    for tie, employer in zip(best.ties, (NORD, HELVION), strict=True):
        assert tie.explanation is not None and tie.verification is Verification.INFERRED
        assert employer in tie.explanation.evidence[0].text
        assert tie.explanation.probability == pytest.approx(tie.probability)
    assert best.ties[0].last_evidence == "2018-06"
    assert best.why == (
        "Mira Berg worked with Jonas Lind in Nordlicht's Network department for 42 months, and Jonas Lind worked "
        "with Anna Roth (CFO at Helvion) at Helvion for 95 months."
    )
    assert best.draft.startswith("Hello Jonas Lind,") and NORD in best.draft and "May I" in best.draft


async def test_wishes_reach_the_search(engine: Engine, send_cypher: Any) -> None:
    await facts(engine)
    known = await ids(engine, send_cypher)
    anna = PersonTarget(known["Anna Roth"])

    async def reason(**wishes: Any) -> str:
        answer = await warm_paths(engine, PathQuestion(target=anna, **wishes))
        assert (answer.no_path is None) == bool(answer.paths)
        return answer.no_path.reason if answer.no_path else " ".join(p.name for p in answer.paths[0].people)

    assert await reason() == "Mira Berg Jonas Lind Anna Roth"
    assert await reason(max_connectors=0) == "too_few_connectors"
    assert await reason(verification=Verification.OBSERVED) == "excluded_by_verification"
    assert await reason(avoid=(known["Jonas Lind"],)) == "excluded_by_avoid"
    assert await reason(from_ids=(known["Nils Ek"],)) == "excluded_starts"
    assert await reason(from_ids=(known["Tom Weiss"],)) == "no_start"
    assert await reason(min_score=0.999) == "below_min_score"
    many = PathQuestion(target=anna, first=25, max_per_connector=1)
    assert len((await warm_paths(engine, many)).paths) == 1


async def test_private_contacts_serve_their_owner(engine: Engine, send_cypher: Any) -> None:
    await stored(engine, Record("nils", (NILS,)), Record("anna", (ANNA,)), Record("mira", (MIRA,)))
    known = await ids(engine, send_cypher)
    talked = Interaction(a=NILS, b=ANNA, channel="mail", sent=30, received=28, last_on=PartialDate(2026, 10))
    met = Connection(a=NILS, b=ANNA, on=PartialDate(2020, 5))
    await stored(engine, Record("c", (NILS, ANNA), (met, talked)), private_to=known["Nils Ek"])
    await derive(engine)
    question = PathQuestion(target=PersonTarget(known["Anna Roth"]))
    own = await warm_paths(engine, question, viewer=known["Nils Ek"])
    assert [one.name for one in own.paths[0].people] == ["Nils Ek", "Anna Roth"]
    assert own.paths[0].ties[0].last_evidence == "2026-10"
    assert own.paths[0].draft.startswith("Hello Anna Roth,")
    for other in (None, known["Mira Berg"]):
        answer = await warm_paths(engine, question, viewer=other)
        assert answer.paths == () and answer.no_path is not None
        assert answer.no_path.reason == "target_without_career"
        assert "Nils" not in repr(answer)
