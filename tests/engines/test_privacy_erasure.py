"""Who is erased is gone, wherever they stood, and nothing brings them back; who is suppressed never comes in."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine
from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import Alliance, Connection, Employment, Interaction
from graph.model.identities import email_identity, linkedin_identity, name_identity
from graph.model.records import Record, Source
from graph.privacy.erasure import forget_deleted
from graph.privacy.keys import WrongPrivacyKey, claim_privacy_key
from graph.privacy.objection import record_objection
from graph.privacy.suppression import RETAINED, count_suppressed, exact_identity, lift, suppress
from graph.records.entering import Disagreement, enter_entity
from graph.records.introductions import introductions_by_ids, request_introduction
from graph.records.outcome import Outcome
from graph.records.people import people_by_keys
from graph.records.writing import write_records
from graph.ties import derive
from importers.erasing import erase_person
from importers.runs import ImportRequest, ImportRun, run_import
from tests.importers.test_formats_fixtures import CASES, opened

KEY = b"a key of the tests, long enough to be one"
SOURCE = Source(name="crm", dataset="crm|people", run="run-1")
OTTILIE = "https://www.linkedin.com/in/ottilie-zebrowska"
MARKS = ("zebrowska", "ottilie")


@pytest.fixture(autouse=True)
async def keyed(engine: Engine) -> None:
    engine.privacy_key = KEY
    await claim_privacy_key(engine)


@pytest.fixture
def everything(
    send_cypher: Callable[..., Awaitable[list[dict[str, Any]]]],
) -> Callable[[Engine], Awaitable[str]]:
    """All that a graph holds, as one text."""

    async def read(engine: Engine) -> str:
        nodes = await send_cypher(engine, "MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS says")
        facts = await send_cypher(engine, "MATCH ()-[r]->() RETURN type(r) AS label, properties(r) AS says")
        return "\n".join(
            json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) for row in nodes + facts
        )

    return read


def someone(address: str, name: str = "", **said: Any) -> Person:
    identity = email_identity(address) or linkedin_identity(address)
    assert identity
    return Person(identities=(identity,), name=name, **said)


OURS = someone("mira@ours.example", "Mira Okaforde", team_member=True)
ANNA, BERT = someone("anna@x.example", "Anna Zwyx"), someone("bert@y.example", "Bert Quol")


async def write(engine: Engine, *records: Record, source: Source = SOURCE) -> Outcome:
    return await write_records(engine, source, list(records))


async def id_of(engine: Engine, person: Person) -> str | None:
    found = (await people_by_keys(engine, [person.keys[0]])).get(person.keys[0])
    return found.id if found else None


async def erase(engine: Engine, person: Person, tmp_path: Path, **more: Any) -> None:
    person_id = await id_of(engine, person)
    assert person_id
    assert await erase_person(engine, person_id, spool_dir=tmp_path / "spool", by="test", **more)


# --- the key ---


async def test_another_key_is_refused(engine: Engine):
    engine.privacy_key = b"another key of the tests, just as long!!"
    with pytest.raises(WrongPrivacyKey, match="another privacy key"):
        await claim_privacy_key(engine)
    engine.privacy_key = KEY
    await suppress(engine, [exact_identity("anna@x.example")])
    engine.privacy_key = None
    with pytest.raises(WrongPrivacyKey):
        await write(engine, Record("p|1", (BERT,)))


# --- suppression ---


async def test_who_is_on_the_list_is_not_stored_and_not_mentioned(engine: Engine, everything):
    await suppress(engine, [exact_identity(" Anna@X.example")])
    job = Employment(person=BERT, company=_company("Helvion"), title="CTO")
    outcome = await write(
        engine,
        Record("p|anna", (ANNA,), (), {"Name": "Anna Zwyx"}),
        Record("c|bert|anna@x.example", (BERT, ANNA), (Connection(a=BERT, b=ANNA), job), {"By": "Anna Zwyx"}),
    )
    assert outcome.as_dict()["people"] | {"created": 1, "suppressed": 1} == outcome.as_dict()["people"]
    assert await id_of(engine, BERT) and not await id_of(engine, ANNA)
    assert not re.search("zwyx|anna@", await everything(engine), re.IGNORECASE)
    # Read again, what was left of the row is known.
    again = await write(
        engine,
        Record("c|bert|anna@x.example", (BERT, ANNA), (Connection(a=BERT, b=ANNA), job), {"By": "Anna Zwyx"}),
    )
    assert again.as_dict()["people"]["unchanged"] == 1
    assert await count_suppressed(engine) == 1


async def test_a_mutation_does_not_bring_them_in_either(engine: Engine):
    await suppress(engine, [exact_identity("anna@x.example")])
    with pytest.raises(Disagreement, match="suppressed"):
        await enter_entity(
            engine, Person, node_id=None, identities=ANNA.identities, says={"name": "Anna Zwyx"}
        )


async def test_who_is_taken_off_the_list_may_be_stored(engine: Engine):
    await suppress(engine, [exact_identity("anna@x.example"), exact_identity("bert@y.example")])
    assert await lift(engine, [exact_identity("anna@x.example")]) == 1
    await write(engine, Record("p|1", (ANNA,)), Record("p|2", (BERT,)))
    assert await id_of(engine, ANNA) and not await id_of(engine, BERT)


async def test_an_objection_is_remembered_when_they_come_in_anew(engine: Engine, send_cypher):
    await write(engine, Record("p|1", (ANNA,)))
    await record_objection(engine, await id_of(engine, ANNA) or "", date(2026, 11, 1))
    await send_cypher(engine, "MATCH (n) WHERE n:Person OR n:SourceRecord OR n:Identity DETACH DELETE n")
    await write(engine, Record("p|1", (ANNA,)), Record("p|2", (BERT,)))
    found = await people_by_keys(engine, [ANNA.keys[0], BERT.keys[0]])
    assert found[ANNA.keys[0]].objected and not found[BERT.keys[0]].objected


# --- erasure ---


async def test_every_format_holding_them_brings_nothing_back(engine: Engine, everything, tmp_path):
    """One person of a fixture of every format is erased; then all is read again."""
    files: dict[str, Path] = {}
    for case in CASES:
        files.setdefault(opened(case)[0].format.name, case)

    chosen: dict[str, Person] = {}
    records: list[Record] = []
    owners = {key for case in files.values() if (one := opened(case)[1].owner) for key in one.keys}
    for case in files.values():
        file, context = opened(case)
        rows = [item for item in file.records(context) if isinstance(item, Record)]
        people = [one for row in rows for one in row.entities if isinstance(one, Person)]
        outsiders = [one for one in people if len(one.name.split()) > 1 and owners.isdisjoint(one.keys)]
        if outsiders:
            chosen[file.format.name] = outsiders[0]
        records += rows
    await write(engine, *records)
    gone = list(chosen.values())
    assert len(gone) > 10
    for person in gone:
        person_id = await id_of(engine, person)
        if person_id:
            await erase_person(engine, person_id, spool_dir=tmp_path, by="test", ties=False)
    await write(engine, *records)
    assert not await people_by_keys(engine, [key for person in gone for key in person.keys])
    text = (await everything(engine)).casefold()
    for person in gone:
        for identity in person.identities:
            # An id of a system may be a company's there, too.
            if identity.system in ("email", "linkedin", "row"):
                assert f'"{identity.value}"'.casefold() not in text, identity.system
            assert identity.key.casefold() not in text


async def _world(engine: Engine) -> str:
    """Ottilie in every kind of place; answers her id."""
    ottilie = someone(OTTILIE, "Ottilie Zebrowska", headline="Owner at Zebrowska Consulting")
    known = (
        Record("p|ours", (OURS,)),
        Record("p|bert", (BERT,), (), {"Name": "Bert Quol", "Assistant": "Ottilie Zebrowska"}),
        Record(
            "p|ottilie-zebrowska",
            (ottilie, someone("ottilie@zebrowska.example"))[:1],
            (Employment(person=ottilie, company=_company("Zebrowska Consulting"), title="Owner"),),
            {"Name": "Ottilie Zebrowska"},
        ),
        Record(
            "c|mira|ottilie-zebrowska",
            (OURS, ottilie),
            (Connection(a=OURS, b=ottilie, on=PartialDate(2024)),),
        ),
        Record("c|mira|bert", (BERT, OURS), (Connection(a=OURS, b=BERT, on=PartialDate(2024)),)),
        Record(
            "a|1",
            (BERT, ottilie, OURS),
            (
                Alliance(a=BERT, b=ottilie, kind="friendship", author="Ottilie Zebrowska"),
                Alliance(
                    a=BERT, b=OURS, kind="affinity", evidence="Ottilie Zebrowska told us", author="Mira"
                ),
            ),
        ),
    )
    await write(engine, *known)
    await write(engine, *known[2:3], source=Source(name="crm", dataset="crm|people", run="run-2"))
    await derive(engine)
    found = await id_of(engine, ottilie)
    assert found
    return found


async def test_every_place_is_cleared(engine: Engine, everything, tmp_path):
    person = await _world(engine)
    ours, bert = await id_of(engine, OURS), await id_of(engine, BERT)
    assert ours and bert
    on = date(2026, 11, 1)
    along = await request_introduction(
        engine, [ours, person], None, author="Mira", on=on, draft="Dear Ottilie"
    )
    about = await request_introduction(
        engine, [ours, bert], None, author="Mira", on=on, draft="Ask about Ottilie Zebrowska, please"
    )
    erased = await erase_person(engine, person, spool_dir=tmp_path, by="the test", reason="erased")
    assert erased and erased.records == 1 and erased.introductions == 1 and erased.mentions >= 2
    text = await everything(engine)
    assert [mark for mark in MARKS if mark in text.casefold()] == []
    assert person not in text
    left = await introductions_by_ids(engine, [along, about])
    assert list(left) == [about] and left[about].draft == "Ask about (erased), please"
    assert "the test" in text and '"reason": "erased"' in text
    # Bert's own row stays, and so does what it says of him and ours.
    assert (await people_by_keys(engine, [BERT.keys[0]]))[BERT.keys[0]].name == "Bert Quol"
    assert "ALLIED" in text
    assert await erase_person(engine, person, spool_dir=tmp_path, by="the test") is None


async def test_ties_of_those_around_are_right_again(engine: Engine, tmp_path, send_cypher):
    person = await _world(engine)
    await erase_person(engine, person, spool_dir=tmp_path, by="test")
    ties = "MATCH (a:Person)-[t:TIE]->(b:Person) RETURN a.id AS a, b.id AS b, t.p AS p ORDER BY a, b"
    incremental = await send_cypher(engine, ties)
    await derive(engine, full=True)
    assert incremental == await send_cypher(engine, ties) and len(incremental) == 1


async def test_an_owner_who_is_erased_leaves_the_archive_to_those_in_it(engine: Engine, everything, tmp_path):
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    owner = "https://www.linkedin.com/in/mira-okaforde"
    await _imported(engine, tmp_path, owner=owner)
    found = Record("search|person:linkedin:mira-okaforde|person:email:bert@y.example", (BERT,))
    archive = Source(name="search", dataset="search|list|person:linkedin:mira-okaforde", run="run-1")
    await write(engine, found, source=archive)
    await erase(engine, someone(owner), tmp_path)
    text = await everything(engine)
    assert "okaforde" not in text.casefold() and "nadia-qureshi" in text
    run = await _imported(engine, tmp_path, owner=owner)
    assert run.state == "failed" and "must not be stored" in (run.error or "")


async def test_what_served_an_owner_alone_goes_with_them(engine: Engine, everything, tmp_path):
    await write(engine, Record("p|ours", (OURS,)), Record("p|bert", (BERT,)))
    ours = await id_of(engine, OURS)
    private = Source(name="mail", dataset="mail|private", run="run-1", private_to=ours)
    hidden = someone("carla@z.example", "Carla Quent")
    await write(
        engine,
        Record("c|carla", (hidden, OURS), (Connection(a=OURS, b=hidden),)),
        Record("c|bert", (BERT, OURS), (Connection(a=OURS, b=BERT),)),
        source=private,
    )
    await erase(engine, OURS, tmp_path)
    assert await id_of(engine, BERT) and not await id_of(engine, hidden)
    assert not re.search("quent|okaforde|carla", await everything(engine), re.IGNORECASE)


# --- retention ---


async def test_after_retention_old_rows_bring_nobody_back_a_new_contact_does(engine: Engine, tmp_path):
    old = Record(
        "i|1",
        (ANNA, OURS),
        (Interaction(a=OURS, b=ANNA, channel="mail", received=3, last_on=PartialDate(2019)),),
    )
    await write(engine, Record("p|ours", (OURS,)), old)
    today = date.today()
    await erase(engine, ANNA, tmp_path, reason=RETAINED, until=today)
    assert (await write(engine, old)).suppressed == 1
    assert not await id_of(engine, ANNA)
    tomorrow = today + timedelta(days=1)
    new = Interaction(
        a=OURS,
        b=ANNA,
        channel="mail",
        received=4,
        last_on=PartialDate(tomorrow.year, tomorrow.month, tomorrow.day),
    )
    await write(engine, Record("i|1", (ANNA, OURS), (new,)))
    assert await id_of(engine, ANNA)
    assert await count_suppressed(engine) == 0


# --- files ---


CONNECTIONS = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    f"Ottilie,Zebrowska,{OTTILIE},ottilie@zebrowska.example,Zebrowska Consulting,Owner,03 Mar 2024\n"
    f"Ottilie,Zebrowska,{OTTILIE},,Elsewhere,Owner,99 Foo 2024\n"
    "Nadia,Qureshi,https://www.linkedin.com/in/nadia-qureshi,,Helvion,CTO,04 Mar 2024\n"
)


async def _imported(engine: Engine, tmp_path: Path, **more: Any) -> ImportRun:
    request = ImportRequest(paths=(tmp_path / "Connections.csv",), source="linkedin", **more)
    return await run_import(engine, request, spool_dir=tmp_path / "spool")


def _files_with(folder: Path, *marks: str) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and any(mark in path.read_bytes().lower() for mark in (one.encode() for one in marks))
    )


async def test_refused_rows_spools_and_indexes_forget_them(
    engine: Engine, embedded_engine: Engine, engine_data_dir: Path, everything, tmp_path, caplog
):
    (tmp_path / "Connections.csv").write_text(CONNECTIONS)
    owner = "https://www.linkedin.com/in/mira-okaforde"
    run = await _imported(engine, tmp_path, owner=owner)
    assert run.rows.refused == 1
    assert len(_files_with(tmp_path / "spool", *MARKS)) == 1
    await erase(engine, someone(OTTILIE), tmp_path)
    again = await _imported(engine, tmp_path, owner=owner)
    assert again.rows.refused == 1 and again.counts["people"]["suppressed"] == 1
    assert _files_with(tmp_path / "spool", *MARKS) == []
    assert [mark for mark in MARKS if mark in (await everything(engine)).casefold()] == []
    assert [mark for mark in MARKS if mark in caplog.text.casefold()] == []
    assert await forget_deleted(engine)
    assert not await forget_deleted(engine)
    if engine is embedded_engine:
        remaining = _files_with(engine_data_dir, *MARKS)
        # The log of the newest writes goes when the engine stops; docs/privacy.md says so.
        assert [name for name in remaining if not name.endswith(".wal")] == []
    await write(engine, Record("p|1", (BERT,)))
    with pytest.raises(Exception, match=r"Constraint|refused"):
        await engine.write("records/create_identities", rows=[await _second_identity(engine)])


async def _second_identity(engine: Engine) -> dict[str, Any]:
    row = (await engine.read("records/resolve", keys=[BERT.keys[0]]))[0]
    return {"element": row["element"], "properties": {"key": BERT.keys[0]}}


def _company(name: str) -> Any:
    from graph.model.entities import Company

    identity = name_identity("company", name)
    assert identity
    return Company(identities=(identity,), name=name)
