"""People whom a private import alone brought are known to its owner and to admins: tried wherever people are shown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment
from graph.model.identities import domain_identity, email_identity
from graph.model.records import Record, Source
from graph.records.withdrawal import withdraw_records
from graph.records.writing import write_records
from graph.ties import derive
from service.security.caller import Caller, Role

SHARED = Source(name="crm", dataset="crm:all", run="r1")
THEN = Spell(PartialDate(2015, 1), PartialDate(2026, 1))


def someone(key: str, name: str, **more) -> Person:
    return Person(identities=(email_identity(f"{key}@mail.example"),), name=name, **more)


TONI, OTTO = (
    someone("toni", "Toni Teamer", team_member=True),
    someone("otto", "Otto Teamer", team_member=True),
)
BERT, TARA = someone("bert", "Bert Quill"), someone("tara", "Tara Goal")
HELVION = Company(identities=(domain_identity("helvion.example"),), name="Helvion", headcount=6)


def job(person: Person) -> Employment:
    return Employment(
        person=person, company=HELVION, title="Buyer", spell=replace(THEN, ended=None, current=True)
    )


async def write(engine, source: Source, *records: Record) -> None:
    outcome = await write_records(engine, source, list(records))
    assert outcome.conflicts == []
    await derive(engine)


@pytest.fixture
async def world(graphql):
    """Two of ours; Bert, whom Toni's private contacts alone brought; Tara and Otto, who worked where Bert works."""
    engine = graphql.engine
    await write(
        engine,
        SHARED,
        Record("toni", (TONI,)),
        Record("otto", (OTTO, HELVION), (replace(job(OTTO), spell=THEN),)),
        Record("tara", (TARA, HELVION), (job(TARA),)),
    )
    ids = {}
    for key in ("toni", "otto", "tara"):
        rows = await engine.read("people/id_of_key", key=f"person:email:{key}@mail.example")
        ids[key] = rows[0]["id"]
        graphql.callers[key] = Caller(key_id=f"k-{key}", name=key, role=Role.MEMBER, member_id=ids[key])
    day = datetime.now(UTC).date()
    met = Connection(a=TONI, b=BERT, on=PartialDate(day.year, day.month, day.day))
    private = Source(name="li", dataset="li:connections|toni", run="r2", private_to=ids["toni"])
    await write(engine, private, Record("bert", (BERT, HELVION, TONI), (met, job(BERT))))
    rows = await engine.read("people/id_of_key", key="person:email:bert@mail.example")
    return ids | {"bert": rows[0]["id"]}


async def shown(graphql, ids: dict, who: str) -> dict[str, bool]:
    """Whether Bert is shown to a caller, by place."""
    company = (await graphql.data('{ searchCompanies(text: "helvion") { nodes { id } } }'))["searchCompanies"]
    told = {
        "person": f'{{ person(id: "{ids["bert"]}") {{ name }} }}',
        "search by name": '{ searchPeople(text: "bert quill") { nodes { name } } }',
        "search by beginning": '{ searchPeople(text: "ber") { nodes { name } } }',
        "search by last name": '{ searchPeople(text: "quill") { nodes { name } } }',
        "search by address": '{ searchPeople(text: "bert@mail.example") { nodes { name } } }',
        "by reference": '{ peopleByRef(refs: [{email: "bert@mail.example"}]) { person { name } } }',
        "by name": '{ peopleByRef(refs: [{name: "Bert Quill"}]) { candidates { name } } }',
        "by id": f'{{ peopleByRef(refs: [{{id: "{ids["bert"]}"}}]) {{ person {{ name }} }} }}',
        "at their company": f'{{ company(id: "{company["nodes"][0]["id"]}") {{ people {{ nodes {{ name }} }} }} }}',
        "ties": f'{{ person(id: "{ids["otto"]}") {{ ties {{ nodes {{ b {{ name }} }} }} }} }}',
        "tie": f'{{ tie(a: "{ids["otto"]}", b: "{ids["bert"]}") {{ b {{ name }} }} }}',
    }
    return {place: "Bert Quill" in (await graphql.post(query, who=who)).text for place, query in told.items()}


async def counts(graphql, who: str) -> tuple[int, int]:
    asked = (
        '{ searchPeople(text: "quill") { totalCount } '
        'searchCompanies(text: "helvion") { nodes { people { totalCount } } } }'
    )
    answer = await graphql.data(asked, who=who)
    return answer["searchPeople"]["totalCount"], answer["searchCompanies"]["nodes"][0]["people"]["totalCount"]


async def paths(graphql, to: str, who: str) -> str:
    asked = (
        f'{{ warmPaths(input: {{target: {{personId: "{to}"}}, minScore: 0}}) '
        "{ paths { why } noPath { code message } } }"
    )
    return (await graphql.post(asked, who=who)).text


async def test_whom_a_private_import_alone_brought_only_its_owner_and_admins_see(graphql, world):
    for who in ("toni", "admin"):
        assert all((await shown(graphql, world, who)).values()), who
        assert await counts(graphql, who) == (1, 3)
    for who in ("otto", "member", "plugin"):
        assert not any((await shown(graphql, world, who)).values()), who
        assert await counts(graphql, who) == (0, 2)


async def test_paths_lead_to_and_through_them_for_their_owner_alone(graphql, world):
    assert "Bert Quill" in await paths(graphql, world["bert"], "toni")
    assert "Bert Quill" in await paths(graphql, world["tara"], "toni")
    for who in ("otto", "plugin", "member"):
        assert "unknown_target" in await paths(graphql, world["bert"], who)
        assert "Bert" not in await paths(graphql, world["bert"], who)
        assert "Bert" not in await paths(graphql, world["tara"], who), who


async def test_whom_a_shared_record_names_too_everybody_sees_until_it_is_withdrawn(graphql, world):
    engine = graphql.engine
    for record in (
        Record("bert", (someone("bert", "Bert Quill", headline="Buyer"),)),
        Record("job", (TARA, BERT), (Connection(a=TARA, b=BERT),)),
    ):
        await write(engine, SHARED, record)
        assert all((await shown(graphql, world, "plugin")).values()) and "Bert" in await paths(
            graphql, world["bert"], "otto"
        )
        await withdraw_records(engine, SHARED, [f"crm|{record.key}"])
        await derive(engine)
        assert not any((await shown(graphql, world, "plugin")).values()), record.key
        assert all((await shown(graphql, world, "toni")).values()), record.key


async def test_two_owners_both_see_them_and_a_private_record_hides_nobody_known_before(graphql, world):
    engine = graphql.engine
    other = Source(name="li", dataset="li:connections|otto", run="r3", private_to=world["otto"])
    bert = someone("bert", "Bert Quill", headline="met at the fair")
    await write(engine, other, Record("otto:bert", (bert, OTTO), (Connection(a=OTTO, b=bert),)))
    assert all((await shown(graphql, world, "otto")).values())
    assert all((await shown(graphql, world, "toni")).values())
    assert not any((await shown(graphql, world, "plugin")).values())
    tara = someone("tara", "Tara Goal", headline="mine, too")
    await write(engine, other, Record("otto:tara", (tara, OTTO), (Connection(a=OTTO, b=tara),)))
    answer = await graphql.data(f'{{ person(id: "{world["tara"]}") {{ name }} }}', who="plugin")
    assert answer == {"person": {"name": "Tara Goal"}}
