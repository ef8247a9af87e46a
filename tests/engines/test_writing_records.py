"""Writing records on both engines: identity, sources, display, withdrawal, idempotence."""

from __future__ import annotations

import asyncio
import json

import pytest

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Connection, Employment, Interaction
from graph.model.identities import (
    domain_identity,
    email_identity,
    external_identity,
    linkedin_identity,
    name_identity,
)
from graph.model.records import Record, Source
from graph.model.titles import seniority_of
from graph.records.entering import enter_entity
from graph.records.withdrawal import withdraw_unseen
from graph.records.writing import DryRun, write_records

OWNER = Person(
    identities=(linkedin_identity("https://www.linkedin.com/in/mira-okafor-invented"),), name="Mira Okafor"
)


def source(run="run-1", name="crm", dataset="crm|people.csv", **more):
    return Source(name=name, dataset=dataset, run=run, **more)


def person(number, name="Jonas Reyl", **more):
    return Person(identities=(external_identity("person", "crm", str(number)),), name=name, **more)


def company(name, *, domain="", **more):
    identities = tuple(
        i for i in (domain_identity(domain) if domain else None, name_identity("company", name)) if i
    )
    return Company(identities=identities, name=name, domain=domain, **more)


def employment(who, where, *, title="Engineer", started="2019-03", ended="2021-05", key=None):
    spell = Spell(PartialDate.parse(started), PartialDate.parse(ended))
    fact = Employment(person=who, company=where, title=title, spell=spell)
    return Record(key or f"employments|{who.keys[0]}|{where.name}|{started}", (who, where), (fact,))


def connection(contact, *, at=None, as_of="2026-09", on="2020-02-08", key=None):
    facts = [Connection(a=OWNER, b=contact, on=PartialDate.parse(on))]
    entities = [contact, OWNER]
    if at is not None:
        seen = PartialDate.parse(as_of)
        facts.append(
            Employment(person=contact, company=at, title="Engineer", spell=Spell(seen, seen, True, True))
        )
        entities.append(at)
    return Record(key or f"connections|{contact.keys[0]}", tuple(entities), tuple(facts))


async def graph_of(engine, send_cypher):
    """Everything stored, with node ids replaced by names, so that two graphs can be compared."""
    nodes = await send_cypher(
        engine, "MATCH (n) WHERE n.name IS NOT NULL RETURN labels(n)[0] AS l, n.name AS n"
    )
    facts = await send_cypher(
        engine,
        "MATCH (a)-[r]->(b) WHERE r.sources IS NOT NULL "
        "RETURN type(r) AS t, a.name AS a, b.name AS b, properties(r) AS p",
    )
    shown = sorted((row["t"], row["a"], row["b"], json.dumps(row["p"], sort_keys=True)) for row in facts)
    return sorted((row["l"], row["n"]) for row in nodes), shown


async def test_the_same_records_again_change_nothing(engine, send_cypher):
    records = [employment(person(i, f"Person {i}"), company(f"Company {i % 3}")) for i in range(20)]
    first = await write_records(engine, source(), records)
    before = await graph_of(engine, send_cypher)
    second = await write_records(engine, source("run-2"), records)
    assert first.as_dict()["people"]["created"] == 20
    assert first.as_dict()["companies"]["created"] == 3
    assert first.as_dict()["employments"]["created"] == 20
    assert all(counts["created"] == counts["updated"] == 0 for counts in second.as_dict().values())
    assert second.as_dict()["employments"]["unchanged"] == 20
    assert await graph_of(engine, send_cypher) == before


async def test_one_identity_is_one_person_across_sources(engine, send_cypher):
    url = linkedin_identity("https://www.linkedin.com/in/jonas-reyl-invented")
    mail = email_identity("jonas@helvion.example")
    a = Person(identities=(url,), name="Jonas Reyl")
    b = Person(
        identities=(external_identity("person", "crm", "7"), url, mail), name="Jonas M. Reyl", headline="CTO"
    )
    c = Person(identities=(mail,), name="J. Reyl")
    await write_records(engine, source(name="linkedin"), [Record("connections|x", (a,))])
    await write_records(engine, source(), [Record("people|7", (b,))])
    await write_records(engine, source(name="book"), [Record("people|1", (c,))])
    rows = await send_cypher(engine, "MATCH (p:Person) RETURN p.name AS name, p.headline AS headline")
    assert len(rows) == 1
    assert rows[0]["headline"] == "CTO"
    keys = await send_cypher(engine, "MATCH (i:Identity)-[:IDENTIFIES]->(:Person) RETURN i.key AS key")
    assert len(keys) == 3


async def test_the_same_name_is_never_enough(engine, send_cypher):
    await write_records(engine, source(), [Record("1", (person(1),)), Record("2", (person(2),))])
    assert len(await send_cypher(engine, "MATCH (p:Person {name: 'Jonas Reyl'}) RETURN p.id AS id")) == 2


async def test_companies_by_name_and_by_domain(engine, send_cypher):
    rows = [
        ("1", company("Helvion")),
        ("2", company("HELVION  GmbH")),
        ("3", company("Helvion Inc.", domain="helvion.example")),
        ("4", company("Helvion", domain="other-helvion.example")),
        ("5", company("Helvion")),
    ]
    for key, one in rows:
        await write_records(engine, source(), [employment(person(key), one, key=key)])
    found = await send_cypher(
        engine,
        "MATCH (p:Person)-[:WORKED_AT]->(c:Company) RETURN c.id AS id, c.domain AS domain, count(p) AS people",
    )
    assert {(row["domain"], row["people"]) for row in found} == {
        ("helvion.example", 4),
        ("other-helvion.example", 1),
    }


async def test_companies_in_one_batch_resolve_as_one_after_another(engine, send_cypher):
    names = [
        ("1", company("Helvion")),
        ("2", company("Helvion AG")),
        ("3", company("Orbane", domain="o.example")),
    ]
    await write_records(engine, source(), [employment(person(k), c, key=k) for k, c in names])
    assert len(await send_cypher(engine, "MATCH (c:Company) RETURN c.id AS id")) == 2


async def test_a_changed_row_takes_back_what_it_stated(engine, send_cypher):
    who, where = person(1), company("Helvion")
    await write_records(engine, source(), [employment(who, where, ended="2021-05", key="k")])
    outcome = await write_records(engine, source("run-2"), [employment(who, company("Orbane"), key="k")])
    rows = await send_cypher(engine, "MATCH (:Person)-[r:WORKED_AT]->(c) RETURN c.name AS name")
    assert [row["name"] for row in rows] == ["Orbane"]
    assert outcome.as_dict()["employments"]["withdrawn"] == 1
    pending = await send_cypher(engine, "MATCH (n) WHERE n.pending RETURN n.name AS name")
    assert [row["name"] for row in pending] == ["Jonas Reyl"]
    # Nothing else mentions where they are said to have been.
    assert not await send_cypher(engine, "MATCH (c:Company {name: 'Helvion'}) RETURN c.id AS id")


async def test_a_fact_of_two_sources_survives_the_loss_of_one(engine, send_cypher):
    who, where = person(1), company("Helvion")
    await write_records(engine, source(), [employment(who, where, key="a")])
    await write_records(engine, source(name="other", dataset="o"), [employment(who, where, key="b")])
    rows = await send_cypher(engine, "MATCH ()-[r:WORKED_AT]->() RETURN r.sources AS s")
    assert [row["s"] for row in rows] == [["crm|a", "other|b"]]
    gone = await withdraw_unseen(engine, source("run-9"))
    rows = await send_cypher(engine, "MATCH ()-[r:WORKED_AT]->() RETURN r.sources AS s")
    assert [row["s"] for row in rows] == [["other|b"]]
    assert "employments" not in gone.as_dict()
    gone = await withdraw_unseen(engine, source("run-9", name="other", dataset="o"))
    assert gone.as_dict()["employments"]["withdrawn"] == 1
    assert (
        await send_cypher(engine, "MATCH (n) WHERE n:Person OR n:Company OR n:Identity RETURN n.id AS id")
        == []
    )


async def test_seen_rows_are_not_withdrawn(engine, send_cypher):
    rows = [employment(person(i, f"P{i}"), company("Helvion")) for i in range(5)]
    await write_records(engine, source("run-1"), rows)
    await write_records(engine, source("run-2"), rows[:3])
    gone = await withdraw_unseen(engine, source("run-2"))
    assert gone.as_dict()["people"]["withdrawn"] == 2
    assert len(await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id")) == 3


async def test_a_spell_seen_on_two_dates_is_prolonged_and_ends_with_a_move(engine, send_cypher):
    contact = person(1)
    spells = "MATCH (:Person)-[r:WORKED_AT]->(c) RETURN c.name AS c, r.started AS s, r.ended AS e, r.current AS cur"
    await write_records(engine, source("r1"), [connection(contact, at=company("Helvion"), as_of="2025-11")])
    await write_records(engine, source("r2"), [connection(contact, at=company("Helvion"), as_of="2026-04")])
    rows = await send_cypher(engine, spells)
    assert [(r["c"], r["s"], r["e"], r["cur"]) for r in rows] == [("Helvion", "2025-11", "2026-04", True)]
    await write_records(engine, source("r3"), [connection(contact, at=company("Orbane"), as_of="2026-09")])
    rows = sorted((r["c"], r["s"], r["e"], r["cur"]) for r in await send_cypher(engine, spells))
    assert rows == [("Helvion", "2025-11", "2026-04", False), ("Orbane", "2026-09", "2026-09", True)]


async def test_interactions_read_from_both_sides_are_one_fact(engine, send_cypher):
    a, b = person(1, "A One"), person(2, "B Two")
    said = [
        Record("i1", (a, b), (Interaction(a=a, b=b, channel="mail", sent=3, received=5),)),
        Record("i2", (b, a), (Interaction(a=b, b=a, channel="mail", sent=5, received=3),)),
    ]
    for record in said:
        await write_records(engine, source(), [record])
    rows = await send_cypher(
        engine,
        "MATCH (x)-[r:INTERACTED]->(y) RETURN x.name AS x, r.sent AS sent, r.received AS received, r.sources AS s",
    )
    assert [(r["x"], r["sent"], r["received"], len(r["s"])) for r in rows] == [("A One", 3, 5, 2)]


async def test_private_until_somebody_else_states_it_too(engine, send_cypher):
    contact = person(1)
    mine = source(name="mine", dataset="m", private_to="member-1")
    await write_records(engine, mine, [connection(contact, key="c")])
    rows = await send_cypher(engine, "MATCH ()-[r:CONNECTED]->() RETURN r.private_to AS p")
    assert rows[0]["p"] == ["member-1"]
    await write_records(engine, source(name="shared", dataset="s"), [connection(contact, key="c")])
    rows = await send_cypher(engine, "MATCH ()-[r:CONNECTED]->() RETURN r.private_to AS p")
    assert rows[0]["p"] is None
    await withdraw_unseen(engine, source("later", name="shared", dataset="s"))
    rows = await send_cypher(engine, "MATCH ()-[r:CONNECTED]->() RETURN r.private_to AS p")
    assert rows[0]["p"] == ["member-1"]


async def test_a_reference_to_nobody_is_refused_and_leaves_no_trace(engine, send_cypher):
    ghost = Person(identities=(external_identity("person", "crm", "404"),))
    outcome = await write_records(engine, source(), [employment(ghost, company("Helvion"), key="g")])
    assert [conflict.record_key for conflict in outcome.conflicts] == ["g"]
    assert "404" not in outcome.conflicts[0].reason
    assert (
        await send_cypher(engine, "MATCH (n) WHERE n:Person OR n:Company OR n:Identity RETURN n.id AS id")
        == []
    )


async def test_a_dry_run_counts_and_writes_nothing(engine, send_cypher):
    memo = DryRun()
    people = [Record(f"people|{i}", (person(i, f"P{i}"),)) for i in range(3)]
    ref = Person(identities=(external_identity("person", "crm", "1"),))
    first = await write_records(engine, source(), people, dry_run=memo)
    second = await write_records(engine, source(), [employment(ref, company("Helvion"))], dry_run=memo)
    assert first.as_dict()["people"]["created"] == 3
    assert second.conflicts == []
    assert second.as_dict()["employments"]["created"] == 1
    assert await send_cypher(engine, "MATCH (n) WHERE n:Person OR n:SourceRecord RETURN n.id AS id") == []


async def test_verified_statements_are_shown_over_newer_ones(engine, send_cypher):
    await write_records(
        engine, source(name="api", dataset="a", verified=True), [Record("v", (person(1, "Right"),))]
    )
    await write_records(engine, source(), [Record("n", (person(1, "Wrong", headline="CTO"),))])
    rows = await send_cypher(
        engine, "MATCH (p:Person) RETURN p.name AS name, p.headline AS h, p.search_name AS s"
    )
    assert [(r["name"], r["h"], r["s"]) for r in rows] == [("Right", "CTO", "right")]


async def test_a_failure_half_way_leaves_nothing(engine, send_cypher):
    async def fail(tx, outcome):
        raise RuntimeError("planted")

    with pytest.raises(RuntimeError, match="planted"):
        await write_records(engine, source(), [Record("1", (person(1),))], also=fail)
    assert await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id") == []


async def test_a_row_with_the_identities_of_two_joins_them(engine, send_cypher):
    url = linkedin_identity("https://www.linkedin.com/in/jonas-reyl-invented")
    mail = email_identity("jonas@helvion.example")
    by_url = Person(identities=(url,), name="Jonas Reyl")
    by_mail = Person(identities=(mail,), name="J. Reyl", headline="CTO")
    await write_records(engine, source(name="linkedin"), [connection(by_url, at=company("Helvion"), key="a")])
    await write_records(engine, source(name="book"), [employment(by_mail, company("Orbane"), key="b")])
    await write_records(engine, source(name="mail"), [connection(by_mail, key="c")])
    old = {row["id"] for row in await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id")}
    assert len(old) == 3
    both = Person(identities=(url, mail), name="Jonas Reyl")
    outcome = await write_records(engine, source(), [Record("both", (both,))])
    assert outcome.conflicts == []
    rows = await send_cypher(
        engine,
        "MATCH (p:Person)-[r:WORKED_AT]->(c) RETURN p.id AS id, p.headline AS headline, c.name AS company",
    )
    assert sorted(row["company"] for row in rows) == ["Helvion", "Orbane"]
    assert {row["headline"] for row in rows} == {"CTO"}
    (kept,) = {row["id"] for row in rows}
    links = await send_cypher(engine, "MATCH ()-[r:CONNECTED]->() RETURN r.sources AS sources")
    assert [row["sources"] for row in links] == [["linkedin|a", "mail|c"]]
    keys = await send_cypher(
        engine, "MATCH (i:Identity)-[:IDENTIFIES]->(p {id: $id}) RETURN i.key AS key", id=kept
    )
    aliases = {row["key"] for row in keys} & {f"person:liaison:{one}" for one in old - {kept}}
    assert len(aliases) == 1


async def test_two_pages_of_one_network_are_never_joined_by_a_file(engine, send_cypher):
    mail = email_identity("office@helvion.example")
    one, two = (linkedin_identity(f"https://www.linkedin.com/in/person-{i}-invented") for i in (1, 2))
    await write_records(engine, source(), [Record("1", (Person(identities=(one, mail), name="One"),))])
    await write_records(engine, source(), [Record("2", (Person(identities=(two,), name="Two"),))])
    claim = Record("3", (Person(identities=(two, mail), name="Two"),))
    outcome = await write_records(engine, source(), [claim])
    assert [conflict.record_key for conflict in outcome.conflicts] == ["3"]
    assert len(await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id")) == 2


async def test_two_ids_of_one_system_are_two_companies_of_one_name(engine, send_cypher):
    def listed(number):
        known_by = (external_identity("company", "crm", number), name_identity("company", "Helvion"))
        return Record(f"companies|{number}", (Company(identities=known_by, name="Helvion"),))

    await write_records(engine, source(), [listed("1"), listed("2")])
    await write_records(engine, source("run-2"), [listed("3")])
    elsewhere = (external_identity("company", "other", "1"), name_identity("company", "Helvion GmbH"))
    await write_records(
        engine, source(name="other"), [Record("c", (Company(identities=elsewhere, name="Helvion"),))]
    )
    assert len(await send_cypher(engine, "MATCH (c:Company) RETURN c.id AS id")) == 3


async def test_changes_of_two_fields_at_one_instant_are_both_kept(engine, send_cypher):
    mail = email_identity("jonas@helvion.example")
    node_id = await enter_entity(engine, Person, node_id=None, identities=[mail], says={"name": "Jonas Reyl"})
    changes = [{"headline": "CTO"}, {"location": "Graz"}, {"name": "Jonas M. Reyl"}]
    for _ in range(3):
        await asyncio.gather(
            *(enter_entity(engine, Person, node_id=node_id, identities=[], says=says) for says in changes)
        )
        (row,) = await send_cypher(engine, "MATCH (p:Person) RETURN properties(p) AS p")
        assert (row["p"]["headline"], row["p"]["location"], row["p"]["name"]) == (
            "CTO",
            "Graz",
            "Jonas M. Reyl",
        )
        await enter_entity(
            engine, Person, node_id=node_id, identities=[], says={"headline": None, "location": None}
        )


async def test_what_a_title_says_does_not_replace_what_was_stated(engine, send_cypher):
    who, where = person(1), company("Helvion")

    def stated(key, seniority):
        spell = Spell(PartialDate.parse("2019"))
        fact = Employment(person=who, company=where, title="Engineer", seniority=seniority, spell=spell)
        return Record(key, (who, where), (fact,))

    follows = seniority_of("Engineer")
    assert follows != "vp"

    async def shown():
        (row,) = await send_cypher(engine, "MATCH ()-[r:WORKED_AT]->() RETURN r.seniority AS seniority")
        return row["seniority"] or ""

    await write_records(engine, source(), [stated("a", "vp")])
    await write_records(engine, source("run-2", name="book"), [stated("b", follows)])
    assert await shown() == "vp"
    await write_records(engine, source("run-3", name="third"), [stated("c", "head")])
    assert await shown() == "head"
    # Whoever stated it changes it themself; then what the others say counts again.
    await write_records(engine, source("run-4", name="third"), [stated("c", follows)])
    assert await shown() == "vp"
    await write_records(engine, source("run-5"), [stated("a", follows)])
    assert await shown() == follows
