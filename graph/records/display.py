"""What is shown of a node that several sources describe: verified by a human > newest > most complete."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from graph.model.committee import Opportunity
from graph.model.entities import Company, Entity, Person, Project
from graph.model.identities import normal_name
from graph.model.kinds import NODE_KINDS

__all__ = ["FIELD_NAMES", "Said", "choose", "filled_by", "filled_text", "rank", "shown_properties"]


def _names(kind: type[Entity]) -> frozenset[str]:
    names = {each.name for each in fields(kind)} - {"identities"}
    return frozenset(names - {"spell"} | {"started", "ended"}) if "spell" in names else frozenset(names)


FIELD_NAMES: dict[str, frozenset[str]] = {label: _names(kind) for label, kind in NODE_KINDS.items()}
"""By label, the properties of a node that records state."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one source record says of the node that it describes."""

    key: str
    fields: Mapping[str, Any]
    seen_on: str
    verified: bool


def rank(said: Said) -> tuple[bool, str, int, str]:
    """Sort key: the best statement last."""
    return said.verified, said.seen_on, len(said.fields), said.key


def choose(statements: Iterable[Said]) -> dict[str, Any]:
    """Each field from the best record that states it; equal records are told apart by key."""
    chosen: dict[str, Any] = {}
    for said in sorted(statements, key=rank):
        chosen.update(said.fields)
    return chosen


def filled_by(properties: Mapping[str, Any]) -> dict[str, str]:
    """By field, the key of the record whose mention is shown of a node."""
    found: dict[str, str] = json.loads(properties.get("filled") or "{}")
    return found


def filled_text(filled: Mapping[str, str]) -> str | None:
    """As it is stored."""
    return json.dumps(filled, sort_keys=True, ensure_ascii=False) if filled else None


def shown_properties(kind: type[Entity], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as node properties, with the normalised names that searching uses."""
    properties = dict(fields)
    if "name" in fields and kind in (Person, Company, Project, Opportunity):
        normal = normal_name(str(fields["name"]))
        properties["search_name"] = normal
        if kind is Person:
            words = normal.split(" ")
            properties["search_last"] = words[-1]
            # Names of up to five words are found by any of them, longer ones by the three longest in their
            # middle; a shorter name than before leaves none behind.
            middle = sorted(words[1:-1], key=len, reverse=True)
            for position in range(3):
                properties[f"search_word{position + 2}"] = (
                    middle[position] if position < len(middle) else None
                )
    return properties
