"""What a module of the committee calls public can be had from the package, once it gives out any of it."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import graph.committee as package


def test_exports_match_the_modules():
    tree = ast.parse(Path(package.__file__).read_text(encoding="utf-8"))
    taken: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("graph.committee."):
            taken.setdefault(node.module, set()).update(alias.name for alias in node.names)
    internal = {"graph.committee.parameters"}  # tables of numbers are had from their own module
    for name, names in taken.items():
        assert name in internal or names == set(import_module(name).__all__), name
    assert sorted(set().union(*taken.values())) == sorted(package.__all__)
