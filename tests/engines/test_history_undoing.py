"""An import is taken back: what is left is a store that never had it, on both engines."""

from __future__ import annotations

import contextlib
from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from graph.records.history import KEPT_DAYS
from graph.records.merging import merge_people
from graph.records.undoing import take_back
from graph.records.withdrawal import forget_withdrawn
from graph.ties import derive
from tests.history_worlds import (
    BASE,
    bring,
    company,
    connected,
    everything,
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
BOTH = person("linkedin:anna", "email:anne@x.example", name="Anna Berg")
MIRA = person("linkedin:mira", name="Mira Okafor", team_member=True)
ACME, ORBANE = company("Acme"), company("Orbane")


async def nothing(tx, counts):
    """Nobody keeps count."""


async def undo(engine, run):
    counts = await take_back(engine, run, also=nothing)
    await derive(engine)
    return dict(counts)


async def write(engine, run, *records, dataset="crm|people", complete=False, name="crm"):
    from graph.records.withdrawal import withdraw_unseen
    from graph.records.writing import write_records

    where = source(run, dataset, name=name)
    outcome = await write_records(engine, where, records)
    assert not outcome.conflicts
    if complete:
        await withdraw_unseen(engine, where)
    await derive(engine)


# Whoever would have been gone in between keeps what was known of them: then nobody is joined by it.
WORLDS = st.one_of(steps(most=4), steps(most=4, joined=True).map(lambda found: [BASE, *found]))


@given(found=WORLDS, which=st.integers(0, 9))
@settings(max_examples=10, phases=UNSHRUNK, suppress_health_check=list(HealthCheck))
async def test_an_undone_import_was_never_there(engine, send_cypher, empty_graph, found, which):
    undone = [step for step in found if step is not BASE][which % (len(found) - (found[0] is BASE))]
    await empty_graph(engine)
    for step in found:
        # Rows that were refused because of what the run had said are not kept, and cannot come back.
        assume(not (await bring(engine, step)).conflicts)
    await undo(engine, undone.run)
    left = await everything(send_cypher, engine, by_id=False)
    await empty_graph(engine)
    for step in found:
        if step is not undone:
            assume(not (await bring(engine, step)).conflicts)
    await derive(engine)
    assert left == await everything(send_cypher, engine, by_id=False)


async def test_records_that_a_run_withdrew_changed_and_created(engine, send_cypher):
    before = [
        record("mira", MIRA),
        record("anna", ANNA, facts=[connected(MIRA, ANNA, "2020"), seen_at(ANNA, ACME, "2025-01")]),
        record("anne", ANNE, facts=[worked(ANNE, ACME, title="Buyer")]),
    ]
    await write(engine, "r1", *before, complete=True)
    first = await everything(send_cypher, engine)
    moved = record("anna", ANNA, facts=[connected(MIRA, ANNA, "2020"), seen_at(ANNA, ORBANE, "2026-01")])
    await write(engine, "r2", before[0], moved, record("new", person("crm:9")), complete=True)
    assert len((await everything(send_cypher, engine))["records"]) == 3
    assert await undo(engine, "r2") == {"removed": 1, "changed": 1, "restored": 1}
    # Whoever was gone has the id again that they had.
    assert await everything(send_cypher, engine) == first
    assert not await send_cypher(engine, "MATCH (w:WithdrawnRecord) RETURN w.key AS key")
    await write(engine, "r3", before[0], moved, record("new", person("crm:9")), complete=True)
    assert len((await everything(send_cypher, engine))["records"]) == 3


async def test_what_a_later_run_read_too_stays(engine, send_cypher):
    row = record("anna", ANNA, facts=[worked(ANNA, ACME)])
    await write(engine, "r1", row)
    await write(engine, "r2", row)
    before = await everything(send_cypher, engine)
    assert await undo(engine, "r1") == {"changed": 1}
    after = await everything(send_cypher, engine)
    assert after["facts"] == before["facts"]
    assert [one[-1] for one in after["records"]] == [["r2"]]
    assert await undo(engine, "r2") == {"removed": 1}
    assert await everything(send_cypher, engine) == {"nodes": [], "records": [], "facts": [], "ties": []}


async def test_a_row_that_later_files_lack_too_does_not_come_back(engine, send_cypher):
    anna, anne = record("anna", ANNA), record("anne", ANNE)
    await write(engine, "r1", anna, anne, complete=True)
    await write(engine, "r2", anna, complete=True)
    await write(engine, "r3", anna, complete=True)
    await undo(engine, "r2")
    assert [one[0] for one in (await everything(send_cypher, engine))["records"]] == ["crm|anna"]
    rows = await send_cypher(engine, "MATCH (w:WithdrawnRecord) RETURN w.key AS key, w.withdrawn_by AS by")
    assert rows == [{"key": "crm|anne", "by": "r3"}]
    await undo(engine, "r3")
    assert len((await everything(send_cypher, engine))["records"]) == 2


async def test_people_whom_a_run_joined_part_again_with_their_ids(engine, send_cypher):
    await write(engine, "r1", record("anna", ANNA, facts=[worked(ANNA, ACME)]), record("mira", MIRA))
    await write(
        engine,
        "r2",
        record("anne", ANNE, facts=[worked(ANNE, ORBANE), wrote(MIRA, ANNE, 2, 1)]),
        name="book",
        dataset="book|p",
    )
    before = await everything(send_cypher, engine)
    await write(engine, "r3", record("both", BOTH), dataset="crm|x")
    assert len(await send_cypher(engine, "MATCH (p:Person) RETURN p.id AS id")) == 2
    assert (await undo(engine, "r3"))["parted"] == 1
    assert await everything(send_cypher, engine) == before
    assert not await send_cypher(engine, "MATCH (i:Identity {system: 'liaison'}) RETURN i.key AS key")


async def test_what_matching_decided_in_a_run_is_taken_back_and_what_a_human_did_is_not(engine, send_cypher):
    third = person("crm:3", name="A. Berg")
    await write(engine, "r1", record("anna", ANNA), record("third", third))
    await write(engine, "r2", record("anne", ANNE), name="book", dataset="book|p")
    people = await engine.read("records/resolve", keys=[ANNA.keys[0], ANNE.keys[0], third.keys[0]])
    ids = {row["key"]: row["properties"]["id"] for row in people}
    before = await everything(send_cypher, engine)
    await write(engine, "r3", record("other", person("crm:8", name="Bo")), dataset="crm|x")
    await merge_people(engine, ids[ANNA.keys[0]], ids[third.keys[0]], by="ina")
    merged = await everything(send_cypher, engine)
    await merge_people(engine, ids[ANNA.keys[0]], ids[ANNE.keys[0]], by="matching", run="r3")
    await undo(engine, "r3")
    after = await everything(send_cypher, engine)
    assert [one[0] for one in after["nodes"]] == sorted({ids[ANNA.keys[0]], ids[ANNE.keys[0]]})
    assert after["records"] == [one for one in merged["records"] if one[0] != "crm|other"]
    assert after["records"] != before["records"]
    assert not await send_cypher(engine, "MATCH (d:Decision {run: 'r3'}) RETURN d.id AS id")


async def test_an_undo_that_was_cut_off_is_taken_up_again(engine, send_cypher, monkeypatch):
    monkeypatch.setattr("graph.records.undoing._BATCH", 2)
    await write(engine, "r1", record("anna", ANNA), record("anne", ANNE))
    before = await everything(send_cypher, engine)
    rows = [record(f"row {n}", person(f"crm:{n}")) for n in range(6)]
    await write(engine, "r2", record("anna", BOTH), *rows)
    seen: list[Counter[str]] = []

    async def dies(tx, counts):
        seen.append(counts)
        if len(seen) == 3:
            raise ConnectionError

    with contextlib.suppress(ConnectionError):
        await take_back(engine, "r2", also=dies)
    assert len(seen) == 3
    counts = await take_back(engine, "r2", also=nothing, done=seen[1])
    await derive(engine)
    assert counts == {"removed": 6, "changed": 1, "parted": 1}
    assert await everything(send_cypher, engine) == before


async def test_what_was_withdrawn_long_ago_is_forgotten(engine, send_cypher):
    await write(engine, "r1", record("anna", ANNA), record("anne", ANNE), complete=True)
    await write(engine, "r2", record("anna", ANNA), complete=True)
    today = date.today()
    assert await forget_withdrawn(engine, today + timedelta(days=KEPT_DAYS)) == 0
    assert await forget_withdrawn(engine, today + timedelta(days=KEPT_DAYS + 1)) == 1
    assert not await send_cypher(engine, "MATCH (w:WithdrawnRecord) RETURN w.key AS key")
