"""The audit as stored, on both engines: pages by person and by actor, once each, forgotten and purged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from graph.model.entities import Person
from graph.model.identities import email_identity, linkedin_identity
from graph.model.records import Record, Source
from graph.privacy.audit import (
    CHANGED,
    DONE,
    SHOWN,
    AuditEvent,
    count_about,
    count_by,
    events_about,
    events_by,
    forget_in_audit,
    purge_audit,
    write_events,
)
from graph.records.writing import write_records

SOURCE = Source(name="crm", dataset="crm:people", run="r1")


def event(*people: str, actor: str = "k1", **said) -> AuditEvent:
    told = {"kind": SHOWN, "outcome": DONE, "actions": ("Query.person",), "role": "member", **said}
    return AuditEvent.now(actor=actor, people=people, **told)


async def people(engine, *names: str) -> list[str]:
    records = [
        Record(name, (Person(identities=(email_identity(f"{name}@mail.example"),), name=name.title()),))
        for name in names
    ]
    await write_records(engine, SOURCE, records)
    return [await id_of(engine, f"person:email:{name}@mail.example") for name in names]


async def id_of(engine, key: str) -> str:
    return (await engine.read("people/id_of_key", key=key))[0]["id"]


async def test_events_are_found_by_person_and_by_actor_newest_first_in_pages(engine):
    anna, bela = await people(engine, "anna", "bela")
    events = [event(anna, bela), event(anna), event(bela, actor="k2"), event(anna, kind=CHANGED, run="r9")]
    await write_events(engine, events)
    await write_events(engine, [events[1], event("00000000-0000-7000-8000-000000000000")])
    about = await events_about(engine, anna)
    assert [one.id for one in about] == [events[3].id, events[1].id, events[0].id]
    assert about[0] == events[3] and about[2].people == tuple(sorted((anna, bela)))
    page = await events_about(engine, anna, limit=2)
    rest = await events_about(engine, anna, before=page[-1].id, limit=2)
    assert [one.id for one in (*page, *rest)] == [one.id for one in about]
    assert [one.id for one in await events_by(engine, "k2")] == [events[2].id]
    assert len(await events_by(engine, "k1", limit=3)) == 3
    assert (await count_about(engine, anna), await count_by(engine, "k1"), await count_by(engine, "k")) == (
        3,
        4,
        0,
    )
    unnamed = (await events_by(engine, "k1", limit=1))[0]
    assert (unnamed.people, unnamed.concerned) == ((), 1), "nobody has this id: counted, not named"


async def test_an_event_read_back_is_the_one_written(engine):
    (anna,) = await people(engine, "anna")
    told = event(anna, request_id="req-1", run="run-1", actor="command line", role="admin")
    await write_events(engine, [told])
    assert await events_by(engine, "command line") == [told] == [AuditEvent.parse(told.as_json())]


async def test_who_is_forgotten_is_named_nowhere_and_what_was_done_stays(engine, send_cypher):
    anna, bela = await people(engine, "anna", "bela")
    await write_events(engine, [event(anna, bela) for _ in range(7)] + [event(bela)])

    async def work(tx):
        return await forget_in_audit(tx, [anna])

    assert await engine.transact(work) == 7
    assert await events_about(engine, anna) == []
    assert {(one.people, one.concerned) for one in await events_by(engine, "k1")} == {
        ((bela,), 2),
        ((bela,), 1),
    }
    rows = await send_cypher(engine, "MATCH (n) WHERE n:AuditEvent OR n:AuditMark RETURN properties(n) AS n")
    assert rows and anna not in str(rows)


async def test_events_under_a_former_id_are_about_the_person_still(engine):
    anna, other = await people(engine, "anna", "other")
    await write_events(engine, [event(anna), event(other)])
    profile = linkedin_identity("https://www.linkedin.com/in/anna")
    both = tuple(email_identity(f"{name}@mail.example") for name in ("anna", "other"))
    await write_records(engine, SOURCE, [Record("both", (Person(identities=(*both, profile), name="Anna"),))])
    kept = await id_of(engine, "person:email:anna@mail.example")
    assert kept == await id_of(engine, "person:email:other@mail.example")
    assert len(await events_about(engine, kept)) == 2 == await count_about(engine, kept)


async def test_old_events_are_deleted_with_their_marks(engine, send_cypher):
    (anna,) = await people(engine, "anna")
    await write_events(engine, [event(anna) for _ in range(3)])
    later = datetime.now(UTC) + timedelta(days=31)
    assert await purge_audit(engine, later, days=32) == 0
    assert await purge_audit(engine, later, days=30) == 3
    rows = await send_cypher(engine, "MATCH (n) WHERE n:AuditEvent OR n:AuditMark RETURN count(n) AS total")
    assert rows[0]["total"] == 0


async def test_pages_reach_back_over_long_silence_and_bursts(engine):
    (anna,) = await people(engine, "anna")
    now = datetime.now(UTC)
    ages = [timedelta(seconds=s) for s in range(30)] + [timedelta(days=d) for d in (1, 2, 200, 201, 900)]
    events = [
        replace(event(anna), id=id_at(now - age, number), at=(now - age).isoformat())
        for number, age in enumerate(ages)
    ]
    await write_events(engine, events)
    wanted = sorted((one.id for one in events), reverse=True)
    for size in (3, 33):
        found: list[str] = []
        while page := await events_about(engine, anna, before=found[-1] if found else None, limit=size):
            found += [one.id for one in page]
        assert found == wanted
    assert [one.id for one in await events_by(engine, "k1", limit=34)] == wanted[:34]


def id_at(moment: datetime, number: int) -> str:
    """A UUIDv7 of a moment."""
    return str(UUID(int=(int(moment.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | number))
