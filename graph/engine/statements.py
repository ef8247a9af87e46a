"""The statements: `.cypher` files with a declared mode, parameters and columns.

A file opens with a sentence, then `// mode: read|write`, `// params: a, b`, `// returns: x, y`.
`name.<dialect>.cypher` beside `name.cypher` overrides it for one dialect, with the same declarations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from graph.engine.errors import StatementError

__all__ = ["Statement", "load_all", "load_statement", "statement_names"]

_HEADER = re.compile(r"^// (mode|params|returns):[ \t]*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as its file declares it; `text` is what the engine receives."""

    name: str
    mode: Literal["read", "write"]
    params: frozenset[str]
    returns: tuple[str, ...]
    text: str

    def check(self, given: frozenset[str]) -> None:
        """Refuse a call whose parameters differ from the declared ones."""
        if given != self.params:
            missing, extra = sorted(self.params - given), sorted(given - self.params)
            raise StatementError(f"{self.name}: missing parameters {missing}, unknown parameters {extra}")


@lru_cache(maxsize=None)
def load_statement(name: str, dialect: str = "") -> Statement:
    """Read `cypher/<name>.cypher`, or its override for `dialect` where there is one."""
    root = files("cypher")
    override = root.joinpath(f"{name}.{dialect}.cypher") if dialect else None
    path = override if override is not None and override.is_file() else root.joinpath(f"{name}.cypher")
    if not path.is_file():
        raise StatementError(f"there is no statement {name!r} under cypher/")
    return parse_statement(name, path.read_text(encoding="utf-8"))


def load_all(dialect: str = "") -> None:
    """Read every statement now: a service that runs on must not mix those of two versions when files are replaced."""
    for name in statement_names():
        load_statement(name, dialect)


def parse_statement(name: str, text: str) -> Statement:
    """Parse a statement file's text; refuse one that lacks a declaration."""
    declared = {key: value.strip() for key, value in _HEADER.findall(text)}
    if declared.keys() != {"mode", "params", "returns"}:
        raise StatementError(f"{name}: declare mode, params and returns, each once")
    mode = declared["mode"]
    if mode not in ("read", "write"):
        raise StatementError(f"{name}: mode is {mode!r}, not read or write")
    return Statement(
        name=name,
        mode="read" if mode == "read" else "write",
        params=frozenset(_names(declared["params"])),
        returns=tuple(_names(declared["returns"])),
        text=text,
    )


def _names(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def statement_names() -> list[str]:
    """Every statement's name (`people/by_id`), overrides left out, sorted."""
    root = files("cypher")
    found = set()
    for folder in root.iterdir():
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.name.endswith(".cypher"):
                    found.add(f"{folder.name}/{entry.name.split('.')[0]}")
    return sorted(found)
