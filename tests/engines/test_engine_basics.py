"""Both engines answer, with the schema in place."""

from __future__ import annotations

from graph.engine import Engine, schema_version
from graph.engine.schema import EXPECTED_VERSION


async def test_it_answers_and_has_the_schema(engine: Engine):
    assert await engine.read("schema/ping") == [{"answer": 1}]
    assert await schema_version(engine) == EXPECTED_VERSION


async def test_both_at_once(both_engines):
    embedded, neo4j = both_engines
    assert embedded.dialect == "arcadedb"
    assert neo4j.dialect == "neo4j"
