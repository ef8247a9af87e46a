"""Every statement passes on both engines, and its columns are the declared ones."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graph.engine import Engine, EngineError
from graph.engine.statements import Statement, load_statement, statement_names

_SCHEMA_COMMAND = re.compile(r"^CREATE (CONSTRAINT|RANGE INDEX)\b", re.MULTILINE)


def dummies(statement: Statement) -> dict[str, Any]:
    """A value of the right kind for each parameter, told from how the statement uses it."""
    values: dict[str, Any] = dict.fromkeys(statement.params)
    text = statement.text
    for name in statement.params:
        if re.search(rf"(?:LIMIT|SKIP)\s+(?:toInteger\()?\${name}\b", text):
            values[name] = 1
        elif re.search(rf"(?:UNWIND|IN|size\()\s*\${name}\b", text):
            values[name] = []
        elif re.search(rf"\${name}\[|\+?=\s*\${name}\b(?=[^\n]*properties)", text):
            values[name] = {}
    return values


async def explained_columns(engine: Engine, statement: Statement) -> tuple[str, ...]:
    """The columns that the engine names for a statement that it plans and does not run."""
    async with engine._driver.session(**engine._session_config("WRITE")) as session:
        result = await session.run("EXPLAIN " + statement.text, dummies(statement))
        keys = tuple(result.keys())
        explained = (await result.consume()).plan is not None
        assert explained or _SCHEMA_COMMAND.search(statement.text), "it was not explained"
        return keys


async def test_every_statement_is_understood_and_returns_what_it_declares(both_engines):
    wrong: dict[str, list[str]] = {}
    for name in statement_names():
        if name.startswith("schema/drop_"):
            continue  # one of the engines does what it is only asked about; test_privacy_erasure runs them
        named = set()
        for engine in both_engines:
            statement = load_statement(name, engine.dialect)
            try:
                named.add(await explained_columns(engine, statement))
            except Exception as error:
                wrong.setdefault(name, []).append(
                    f"{engine.dialect}: {type(error).__name__} {str(error)[:300]}"
                )
        # One of the engines names no columns before there is a row.
        if (told := named - {()}) != ({statement.returns} if statement.returns else set()):
            wrong.setdefault(name, []).append(f"declares {statement.returns}, returns {told}")
    assert wrong == {}


@pytest.mark.parametrize("text", ["METCH (n) RETURN n", "MATCH (n) RETURN m", "MATCH (n RETURN n"])
async def test_a_planted_mistake_is_found(engine: Engine, adhoc, text: str):
    with pytest.raises(EngineError, match=r"Syntax|Semantic"):
        await engine.read(adhoc(f"EXPLAIN {text}", returns="n"))
