"""The rules of our house that a program can check, each with a planted violation so that a dead rule fails."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("service", "graph", "importers", "cypher")
LONGEST_MODULE, LONGEST_BODY = 400, 50
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def broken_rules(name: str, text: str) -> list[str]:
    """What a module breaks. A function is measured without its signature (options of a command) and docstring."""
    tree = ast.parse(text)
    found = []
    if text.count("\n") > LONGEST_MODULE:
        found.append(f"{name} has over {LONGEST_MODULE} lines: it is probably two things")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > LONGEST_BODY:
                found.append(f"{name}: {node.name} has over {LONGEST_BODY} lines: split it")
        imported = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        tops = {module.split(".")[0] for module in imported}
        if "neo4j" in tops and name != "graph/engine/connection.py":
            found.append(f"{name} imports the driver: only graph/engine/connection.py does")
        if tops & {"fastapi", "strawberry"} and not name.startswith("service/"):
            found.append(f"{name} imports a web framework: only service/ does")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_keeps_the_house_rules(path: Path):
    assert broken_rules(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "x = 1\n" * (LONGEST_MODULE + 1),
        "def f():\n" + "    x = 1\n" * (LONGEST_BODY + 1),
        "import neo4j\n",
        "from neo4j import Query\n",
        "from fastapi import FastAPI\n",
    ],
)
def test_a_planted_violation_is_found(planted: str):
    assert len(broken_rules("graph/planted.py", planted)) == 1
