"""Two people become one, one becomes two, and both are remembered: on both engines."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.records.entering import Refused
from graph.records.merging import Contradicting, KeptApart, NoSuchPerson, keep_apart, merge_people
from graph.records.splitting import split_person
from graph.records.writing import write_records
from graph.ties import derive
from tests.history_worlds import (
    bring,
    company,
    connected,
    everything,
    member,
    person,
    record,
    seen_at,
    source,
    steps,
    worked,
    wrote,
)

# An example takes a second: making a failing one smaller would take minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
ANNA = person("linkedin:anna", name="Anna Berg", headline="CTO")
ANNE = person("email:anne@x.example", name="Anne Berg", location="Bern")
ACME, ORBANE = company("Acme"), company("Orbane")
MIRA = person("linkedin:mira", name="Mira Okafor", team_member=True)


async def ids(engine, *people):
    rows = await engine.read("records/resolve", keys=[one.keys[0] for one in people])
    found = {row["key"]: row["properties"]["id"] for row in rows}
    return [found[one.keys[0]] for one in people]


async def two_people(engine):
    await write_records(
        engine,
        source("r1"),
        [
            record("mira", MIRA),
            record("anna", ANNA, facts=[worked(ANNA, ACME, title="CTO"), connected(MIRA, ANNA, "2020-01")]),
        ],
    )
    await write_records(
        engine,
        source("r2", "book|people", name="book"),
        [
            record(
                "anne",
                ANNE,
                facts=[
                    worked(ANNE, ACME, title="CTO"),
                    seen_at(ANNE, ORBANE, "2026-01"),
                    wrote(MIRA, ANNE, 3, 1),
                ],
            ),
        ],
    )
    return await ids(engine, ANNA, ANNE)


async def test_a_merge_and_its_split(engine, send_cypher):
    kept, other = await two_people(engine)
    await derive(engine)
    before = await everything(send_cypher, engine)
    decision = await merge_people(engine, kept, other, by="ina", reasons=("same desk",))
    assert (decision.kept, decision.other) == (kept, other)
    await derive(engine)
    rows = await send_cypher(
        engine, "MATCH (p:Person) WHERE p.name STARTS WITH 'Ann' RETURN properties(p) AS p"
    )
    assert [row["p"]["id"] for row in rows] == [kept]
    assert (rows[0]["p"]["headline"], rows[0]["p"]["location"]) == ("CTO", "Bern")
    facts = (await everything(send_cypher, engine))["facts"]
    assert sorted(fact[0] for fact in facts) == ["CONNECTED", "INTERACTED", "WORKED_AT", "WORKED_AT"]
    assert sum('"sources": ["book|anne", "crm|anna"]' in fact[3] for fact in facts) == 1
    split = await split_person(engine, kept, by="ina")
    assert (split.kept, split.other) == (kept, other)
    await derive(engine)
    assert await everything(send_cypher, engine) == before
    assert not await send_cypher(engine, "MATCH (i:Identity {system: 'liaison'}) RETURN i.key AS key")


@given(found=steps(), first=st.integers(0, 9), second=st.integers(0, 9))
@settings(max_examples=10, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
async def test_merge_and_split_are_each_others_inverse(
    engine, send_cypher, empty_graph, found, first, second
):
    await empty_graph(engine)
    for step in found:
        await bring(engine, step)
    rows = await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id ORDER BY p.id")
    people = [row["id"] for row in rows]
    a, b = people[first % len(people)], people[second % len(people)]
    if a == b:
        return
    await derive(engine)
    before = await everything(send_cypher, engine)
    await merge_people(engine, a, b, by="ina", force=True)
    await derive(engine)
    merged = await everything(send_cypher, engine)
    split = await split_person(engine, a, by="ina")
    assert (split.kept, split.other) == (a, b)
    await derive(engine)
    assert await everything(send_cypher, engine) == before
    await merge_people(engine, a, b, by="ina", force=True)
    await derive(engine)
    assert await everything(send_cypher, engine) == merged


async def test_what_is_read_while_two_are_merged_goes_to_whom_it_belongs(engine, send_cypher):
    kept, other = await two_people(engine)
    await merge_people(engine, kept, other, by="ina")
    later = [
        record("later", ANNE, facts=[worked(ANNE, ORBANE, title="Buyer")]),
        record("more", ANNA, facts=[member(ANNA, "users")]),
    ]
    await write_records(engine, source("r3", "crm|later"), later)
    await split_person(engine, kept, by="ina")
    rows = await send_cypher(
        engine,
        "MATCH (p:Person)-[r:WORKED_AT|MEMBER_OF]->() RETURN p.id AS id, type(r) AS t, r.title AS title",
    )
    found = {(row["id"] == kept, row["t"], row["title"]) for row in rows}
    assert (False, "WORKED_AT", "Buyer") in found
    assert (True, "MEMBER_OF", None) in found
    assert (True, "WORKED_AT", "Buyer") not in found


async def test_two_pages_are_two_people_unless_a_human_says_otherwise(engine):
    await write_records(engine, source("r1"), [record("1", ANNA), record("2", MIRA)])
    a, b = await ids(engine, ANNA, MIRA)
    with pytest.raises(Contradicting, match="linkedin"):
        await merge_people(engine, a, b, by="matching", run="r1")
    await merge_people(engine, a, b, by="ina", force=True)
    assert await ids(engine, ANNA, MIRA) == [a, a]
    with pytest.raises(Refused, match="one person already"):
        await merge_people(engine, a, b, by="ina")
    with pytest.raises(NoSuchPerson):
        await merge_people(engine, a, "nobody", by="ina")


async def test_who_is_kept_apart_is_not_joined_by_any_file(engine, send_cypher):
    kept, other = await two_people(engine)
    first = await keep_apart(engine, kept, other, by="ina")
    assert await keep_apart(engine, other, kept, by="ole") == first
    with pytest.raises(KeptApart, match="ina"):
        await merge_people(engine, kept, other, by="matching")
    both = person("email:anne@x.example", "linkedin:anna", name="Anna Berg-Lund")
    outcome = await write_records(engine, source("r3", "crm|x"), [record("both", both)])
    assert not outcome.conflicts
    assert await ids(engine, ANNA, ANNE) == [kept, other]
    rows = await send_cypher(
        engine, "MATCH (:SourceRecord {key: 'crm|both'})-[:DESCRIBES]->(p) RETURN p.id AS id"
    )
    assert rows == [{"id": kept}]
    await merge_people(engine, kept, other, by="ina", force=True)
    assert await ids(engine, ANNA, ANNE) == [kept, kept]


async def test_split_by_records_of_a_person_whom_a_file_joined(engine, send_cypher):
    joined = person("linkedin:anna", "email:anne@x.example", name="Anna Berg")
    rows = [record("anna", ANNA, facts=[worked(ANNA, ACME)]), record("both", joined)]
    await write_records(engine, source("r1"), rows)
    await write_records(
        engine, source("r2", "book|p", name="book"), [record("anne", ANNE, facts=[worked(ANNE, ORBANE)])]
    )
    (one, same) = await ids(engine, ANNA, ANNE)
    assert one == same
    with pytest.raises(Refused, match="identities that others have too"):
        await split_person(engine, one, by="ina", records=["book|anne"])
    split = await split_person(engine, one, by="ina", identities=["person:email:anne@x.example"])
    assert split.kept == one
    assert await ids(engine, ANNA, ANNE) == [split.kept, split.other]
    rows = await send_cypher(engine, "MATCH (p:Person)-[:WORKED_AT]->(c) RETURN p.id AS id, c.name AS name")
    assert {(row["id"], row["name"]) for row in rows} == {(split.kept, "Acme"), (split.other, "Orbane")}
    changed = person("linkedin:anna", "email:anne@x.example", name="Anna B.", headline="new")
    assert not (await write_records(engine, source("r3"), [record("both", changed)])).conflicts
    assert await ids(engine, ANNA, ANNE) == [split.kept, split.other]
