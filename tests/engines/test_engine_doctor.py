"""What `liaison doctor` is told, the same on both engines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.engine import Engine, EngineSettings, diagnose
from graph.engine.doctor import advice_for
from graph.engine.schema import EXPECTED_VERSION


@pytest.fixture
def same_settings(engine: Engine, embedded_engine: Engine, engine_data_dir: Path) -> EngineSettings:
    uri = None if engine is embedded_engine else engine.address
    return EngineSettings(data_dir=engine_data_dir, neo4j_uri=uri)


async def test_an_empty_graph(engine: Engine, same_settings: EngineSettings):
    found = await diagnose(engine, same_settings)
    assert found.schema == found.expected_schema == EXPECTED_VERSION
    assert found.uri == engine.address
    assert set(found.counts.values()) == {0}
    assert {"people", "companies", "employments", "ties", "records"} <= found.counts.keys()
    assert found.pending == 0
    assert ["empty" in line for line in found.advice] == [True]
    if found.disk_bytes is not None:
        assert found.disk_bytes > 1000
        assert found.other_users == 0


async def test_counts_and_what_waits(engine: Engine, same_settings: EngineSettings, send_raw):
    await send_raw(
        engine,
        """CREATE (a:Person {id: 'a', pending: true})-[:WORKED_AT]->(c:Company {id: 'c', pending: true}),
        (b:Person {id: 'b'})-[:WORKED_AT]->(c), (a)-[:TIE]->(b), (a)-[:CONNECTED]->(b), (:SourceRecord {key: 'k'})""",
    )
    found = await diagnose(engine, same_settings)
    said = {kind: count for kind, count in found.counts.items() if count}
    assert said == {"people": 2, "companies": 1, "records": 1, "employments": 2, "connections": 1, "ties": 1}
    assert found.pending == 2
    assert any("liaison derive" in line for line in found.advice)


async def test_advice_for_each_trouble(engine: Engine, same_settings: EngineSettings):
    found = await diagnose(engine, same_settings)
    assert "not up to date" in advice_for(replace(found, schema=0))[0]
    assert "newer" in advice_for(replace(found, schema=99))[0]
    people_only = replace(found, counts={**found.counts, "people": 3})
    assert advice_for(people_only) == ["There are people but no ties: run `liaison derive --full`."]
    healthy = replace(found, counts={**found.counts, "people": 3, "ties": 3})
    assert advice_for(healthy) == []
