"""Merging, splitting, keeping apart and undoing over GraphQL, on both engines."""

from __future__ import annotations

import pytest

from graph.records.merging import keep_apart
from importers.runs import ImportRequest, run_import
from service.security.caller import Role
from service.security.keys import create_key

ERRORS = "errors { code message field }"
MERGE = f"mutation($input: MergePeopleInput!) {{ mergePeople(input: $input) {{ person {{ id name }} {ERRORS} }} }}"
SPLIT = f"""mutation($input: SplitPersonInput!) {{ splitPerson(input: $input) {{
  a {{ id }} b {{ id name }} {ERRORS} }} }}"""
APART = (
    f"mutation($input: KeepApartInput!) {{ keepApart(input: $input) {{ a {{ id }} b {{ id }} {ERRORS} }} }}"
)
UNDO = f"""mutation($input: UndoImportInput!) {{ undoImport(input: $input) {{
  run {{ id state undoneBy takenBack {{ removed changed restored parted }} }} {ERRORS} }} }}"""
PERSON = (
    f"mutation($input: UpsertPersonInput!) {{ upsertPerson(input: $input) {{ person {{ id }} {ERRORS} }} }}"
)
NAMED = "query($id: ID!) { person(id: $id) { id name } }"


async def entered(graphql, name, email):
    answer = await graphql.data(PERSON, {"input": {"name": name, "emails": [email]}})
    return answer["upsertPerson"]["person"]["id"]


async def sent(graphql, mutation, who="admin", **given):
    return (await graphql.data(mutation, {"input": given}, who=who)).popitem()[1]


async def code_of(graphql, mutation, **given):
    payload = await sent(graphql, mutation, **given)
    (error,) = payload["errors"]
    assert error["message"]
    return error["code"], error["field"]


async def test_two_people_are_merged_split_and_kept_apart(graphql):
    anna, anne = (
        await entered(graphql, "Anna Berg", "anna@x.example"),
        await entered(graphql, "Anne", "anne@x.example"),
    )
    merged = await sent(graphql, MERGE, keptId=anna, otherId=anne, reason="Same desk", idempotencyKey="m1")
    assert merged == {"person": {"id": anna, "name": merged["person"]["name"]}, "errors": []}
    assert (
        await sent(graphql, MERGE, keptId=anna, otherId=anne, reason="Same desk", idempotencyKey="m1")
        == merged
    )
    assert (await graphql.data(NAMED, {"id": anne}))["person"]["id"] == anna
    assert await code_of(graphql, MERGE, keptId=anna, otherId=anne) == ("INVALID", "otherId")
    split = await sent(graphql, SPLIT, personId=anna)
    assert (split["a"]["id"], split["b"]) == (anna, {"id": anne, "name": "Anne"})
    refused = await sent(graphql, MERGE, keptId=anna, otherId=anne)
    assert [(one["code"], one["field"]) for one in refused["errors"]] == [("CONFLICT", "otherId")]
    assert "that these are two people" in refused["errors"][0]["message"]
    assert await code_of(graphql, SPLIT, personId=anna) == ("INVALID", "personId")
    assert await code_of(graphql, SPLIT, personId="0") == ("NOT_FOUND", "personId")
    assert await code_of(graphql, MERGE, keptId="0", otherId=anne) == ("NOT_FOUND", "keptId")
    kept = await sent(graphql, APART, aId=anne, bId=anna)
    assert kept == {"a": {"id": anne}, "b": {"id": anna}, "errors": []}
    again = await sent(graphql, MERGE, keptId=anna, otherId=anne, force=True)
    assert again["person"]["id"] == anna
    split = await sent(graphql, SPLIT, personId=anna, identities=["email:anne@x.example"])
    assert split["b"]["id"] == anne


async def test_who_kept_two_people_apart_is_told_by_the_name_of_their_key(graphql, engine):
    made = await create_key(engine, name="Mira's laptop", role=Role.ADMIN)
    a, b = await entered(graphql, "A", "a@x.example"), await entered(graphql, "B", "b@x.example")
    await keep_apart(engine, a, b, by=made.id)
    (error,) = (await sent(graphql, MERGE, keptId=a, otherId=b))["errors"]
    assert error["message"].startswith('The key "Mira\'s laptop" decided on 20')
    assert made.id not in error["message"]


async def test_an_import_is_undone(graphql, engine, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("id,name,email\n1,Ole Brandt,ole@x.example\n", encoding="utf-8")
    request = ImportRequest(paths=(file,), source="crm")
    run = await run_import(engine, request, spool_dir=tmp_path)
    assert run.state == "done", run.error
    undone = await sent(graphql, UNDO, runId=run.id, idempotencyKey="u1")
    assert undone["errors"] == []
    assert undone["run"]["state"] == "UNDONE"
    assert undone["run"]["takenBack"] == {"removed": 1, "changed": 0, "restored": 0, "parted": 0}
    assert undone["run"]["undoneBy"]
    assert await sent(graphql, UNDO, runId=run.id, idempotencyKey="u1") == undone
    assert await code_of(graphql, UNDO, runId=run.id) == ("CONFLICT", "runId")
    assert await code_of(graphql, UNDO, runId="nothing") == ("NOT_FOUND", "runId")
    assert await engine.read("records/resolve", keys=["person:email:ole@x.example"]) == []
    again = await run_import(engine, request, spool_dir=tmp_path)
    assert again.counts["people"]["created"] == 1
    assert len(await engine.read("records/resolve", keys=["person:email:ole@x.example"])) == 1


@pytest.mark.parametrize("state", ["queued", "running"])
async def test_a_run_under_way_is_not_undone(graphql, engine, state):
    properties = {"state": state, "source": "crm", "created_at": "2026-11-22T10:00:00.000000+00:00"}
    await engine.write("imports/create", id="r1", properties=properties)
    payload = await sent(graphql, UNDO, runId="r1")
    assert payload["errors"][0]["code"] == "CONFLICT"
    assert "under way" in payload["errors"][0]["message"]
