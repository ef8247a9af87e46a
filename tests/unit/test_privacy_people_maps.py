"""Statements that show people say to whom each is known: without that nobody can hide whom a private import brought."""

import re
from pathlib import Path

import pytest

CYPHER = Path(__file__).parents[2] / "cypher"
_MAP = re.compile(r"\{\.id, \.name, \.headline[^}]*\}")


def maps_without(text: str) -> list[str]:
    """Maps of people that leave `known_to` out."""
    return [found for found in _MAP.findall(text) if ".known_to" not in found]


@pytest.mark.parametrize("path", sorted(CYPHER.glob("*/*.cypher")), ids=lambda path: path.stem)
def test_every_map_of_a_person_says_to_whom_they_are_known(path: Path):
    assert maps_without(path.read_text(encoding="utf-8")) == []


def test_a_planted_map_is_found():
    assert maps_without("RETURN p {.id, .name, .headline, .location} AS person")
