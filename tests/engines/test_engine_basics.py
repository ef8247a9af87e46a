"""Both engines answer the same: reads, writes, transactions, conflicts, time limits, errors."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest

from graph.engine import (
    Engine,
    EngineError,
    EngineSettings,
    EngineUnavailable,
    QueryTimeout,
    SchemaMismatch,
    StatementError,
    migrate,
    open_engine,
    schema_version,
    time_limit,
)
from graph.engine.schema import EXPECTED_VERSION, STEPS
from graph.engine.statements import load_statement

SLOW = """UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3) AS c
WITH a * b * c AS x WHERE x < 0 RETURN count(x) AS found"""


async def test_it_answers_and_has_the_schema(engine: Engine):
    assert await engine.read("schema/ping") == [{"answer": 1}]
    assert await schema_version(engine) == EXPECTED_VERSION


async def test_the_product_is_told_from_what_it_is_compatible_with(both_engines):
    embedded, neo4j = both_engines
    assert embedded.dialect == "arcadedb"
    assert neo4j.dialect == "neo4j"
    assert embedded.version.startswith("26.")
    assert neo4j.version.startswith("5.26")


async def test_wrong_parameters_are_refused_before_anything_is_sent(engine: Engine):
    sent = engine.statements_sent
    with pytest.raises(
        StatementError, match=r"missing parameters \['applied_at'\], unknown parameters \['x'\]"
    ):
        await engine.write("schema/record_step", version=1, x=2)
    with pytest.raises(StatementError, match="no statement 'schema/nothing'"):
        await engine.read("schema/nothing")
    assert engine.statements_sent == sent


async def test_a_failed_transaction_leaves_nothing(engine: Engine, adhoc, send_raw):
    create = adhoc("CREATE (:Person {id: $id})", params="id")

    async def work(tx):
        await tx.run(create, id="p1")
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        await engine.transact(work)
    assert await send_raw(engine, "MATCH (p:Person) RETURN count(p) AS people") == [{"people": 0}]


async def test_a_stream_gives_every_row_in_order(engine: Engine, adhoc):
    many = adhoc("UNWIND range(1, $n) AS x RETURN x", params="n", returns="x", mode="read")
    assert [row["x"] async for row in engine.stream(many, n=5000)] == list(range(1, 5001))


async def test_eight_writers_merge_one_key_exactly_once(engine: Engine, adhoc, send_raw):
    merge = adhoc(
        "MERGE (i:Identity {key: $key}) ON CREATE SET i.seen = 1 ON MATCH SET i.seen = i.seen + 1",
        params="key",
    )
    for round_ in range(5):
        await asyncio.gather(*(engine.write(merge, key=f"email:{round_}") for _ in range(8)))
    rows = await send_raw(engine, "MATCH (i:Identity) RETURN i.key AS key, i.seen AS seen ORDER BY key")
    assert rows == [{"key": f"email:{n}", "seen": 8} for n in range(5)]


async def test_errors_do_not_repeat_parameters(engine: Engine, adhoc, monkeypatch):
    monkeypatch.setattr("graph.engine.connection._CONFLICT_SECONDS", 0.2)
    create = adhoc("CREATE (:Identity {key: $key})", params="key")
    await engine.write(create, key="email:ada@example.org")
    with pytest.raises(EngineError) as caught:
        await engine.write(create, key="email:ada@example.org")
    assert "ada@" not in str(caught.value) + repr(caught.value)
    assert "Constraint" in str(caught.value)
    assert caught.value.__suppress_context__, "a traceback would print the engine's own text"
    assert caught.value.detail


async def test_the_driver_logs_no_parameters(engine: Engine, adhoc, caplog):
    caplog.set_level(logging.DEBUG)
    await engine.read(adhoc("RETURN $x AS x", params="x", returns="x", mode="read"), x="ada@example.org")
    assert "ada@" not in caplog.text


async def test_a_broken_statement_says_where(engine: Engine, adhoc):
    with pytest.raises(EngineError, match="SyntaxError"):
        await engine.read(adhoc("METCH (n) RETURN n", returns="n"))


async def test_a_time_limit_ends_a_slow_statement(engine: Engine, adhoc):
    slow = adhoc(SLOW, returns="found", mode="read")
    began = time.monotonic()
    with time_limit(30), time_limit(0.5), pytest.raises(QueryTimeout):
        await engine.read(slow)
    assert time.monotonic() - began < 5
    with time_limit(0), pytest.raises(QueryTimeout, match="no time was left"):
        await engine.read("schema/ping")
    assert await engine.read("schema/ping") == [{"answer": 1}]


async def test_a_cancelled_call_leaves_the_engine_usable(engine: Engine, adhoc):
    slow = adhoc(SLOW, returns="found", mode="read")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await engine.read(slow)
    assert await engine.read("schema/ping") == [{"answer": 1}]


async def test_reads_see_our_own_writes_through_a_routing_address(
    engine: Engine, adhoc, credentials, tmp_path
):
    create = adhoc("CREATE (:Person {id: $id})", params="id")
    find = adhoc("MATCH (p:Person {id: $id}) RETURN p.id AS id", params="id", returns="id", mode="read")
    user, password = credentials(engine)
    settings = EngineSettings(
        data_dir=tmp_path,
        neo4j_uri=engine.address.replace("bolt://", "neo4j://"),
        user=user,
        password=password,
        database="neo4j",
    )
    async with await open_engine(settings) as routed:
        for number in range(20):
            await routed.write(create, id=str(number))
            assert await routed.read(find, id=str(number)) == [{"id": str(number)}]


async def test_a_missing_database_is_named_as_the_reason(engine: Engine, credentials, tmp_path):
    user, password = credentials(engine)
    settings = EngineSettings(
        data_dir=tmp_path, neo4j_uri=engine.address, user=user, password=password, database="nowhere"
    )
    with pytest.raises(EngineUnavailable, match="no such database"):
        await open_engine(settings)


@pytest.mark.parametrize("address", ["bolt://127.0.0.1:1", "bolt://name.invalid:7687"])
async def test_an_address_where_nobody_answers(address: str, tmp_path):
    began = time.monotonic()
    with pytest.raises(EngineUnavailable, match="does not answer"):
        await open_engine(EngineSettings(data_dir=tmp_path, neo4j_uri=address, user="u", password="hush"))
    assert time.monotonic() - began < 15


async def test_something_that_is_no_address(tmp_path):
    with pytest.raises(EngineUnavailable, match="write neo4j://host:7687") as caught:
        await open_engine(
            EngineSettings(data_dir=tmp_path, neo4j_uri="http://h:7474", user="u", password="hush")
        )
    assert "hush" not in str(caught.value)


# --- schema ---


async def _forget_schema(engine: Engine, send_raw) -> None:
    constraints = await send_raw(engine, "SHOW CONSTRAINTS YIELD name RETURN name")
    for row in constraints:
        await send_raw(engine, f"DROP CONSTRAINT {row['name']} IF EXISTS")
    indexes = await send_raw(engine, "SHOW INDEXES YIELD name, type RETURN name, type")
    for row in indexes:
        if row["type"] == "RANGE":
            await send_raw(engine, f"DROP INDEX {row['name']} IF EXISTS")
    await send_raw(engine, "MATCH (step:SchemaStep) DELETE step")


async def test_two_services_migrate_at_once(engine: Engine, send_raw):
    await _forget_schema(engine, send_raw)
    assert await schema_version(engine) == 0
    assert await asyncio.gather(*(migrate(engine) for _ in range(3))) == [EXPECTED_VERSION] * 3
    steps = await send_raw(
        engine, "MATCH (s:SchemaStep) RETURN s.version AS version, s.applied_at AS at ORDER BY version"
    )
    assert [row["version"] for row in steps] == sorted(STEPS)
    made = await send_raw(engine, "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name")
    assert len(made) == len([name for names in STEPS.values() for name in names if _is_constraint(name)])
    assert await migrate(engine) == EXPECTED_VERSION
    again = await send_raw(
        engine, "MATCH (s:SchemaStep) RETURN s.version AS version, s.applied_at AS at ORDER BY version"
    )
    assert again == steps


def _is_constraint(name: str) -> bool:
    return "CREATE CONSTRAINT" in load_statement(name).text


async def test_a_graph_of_a_newer_version_is_refused(engine: Engine, send_raw):
    await send_raw(engine, "CREATE (:SchemaStep {version: 999})")
    try:
        with pytest.raises(SchemaMismatch, match="schema 999"):
            await migrate(engine)
    finally:
        await send_raw(engine, "MATCH (s:SchemaStep {version: 999}) DELETE s")
