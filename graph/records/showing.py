"""What is shown of nodes, chosen anew from all that records say of them.

A record about a node decides; where none states a field, the first record that mentions the node with one does.
`filled` on a node names, by field, the records that did: once one of them goes, the choice is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.engine.connection import Transaction
from graph.model.kinds import NODE_KINDS
from graph.records.codec import decode
from graph.records.display import FIELD_NAMES, choose, shown_properties
from graph.records.history import History
from graph.records.refolding import read_histories
from graph.records.transfer import read_said

__all__ = ["filled_by", "show_again"]

_BATCH = 500


def filled_by(properties: Mapping[str, Any]) -> dict[str, str]:
    """By field, the key of the record whose mention is shown of a node."""
    found: dict[str, str] = json.loads(properties.get("filled") or "{}")
    return found


async def show_again(tx: Transaction, elements: Iterable[str]) -> None:
    """Choose what these nodes show from the records as they are stored now; sizes that change mark their people."""
    wanted = sorted(set(elements))
    rows = await tx.run("records/shown_from", elements=wanted) if wanted else []
    said = await read_said(tx, {row["element"] for row in rows}, without=set())
    keys = await _identity_keys(tx, [row["element"] for row in rows])
    changes = []
    for row in rows:
        names = FIELD_NAMES[row["label"]]
        chosen = {
            name: value
            for name, value in choose(said.get(row["element"], ())).items()
            if name in names and value is not None
        }
        sources = sorted({key for stated in row["sources"] for key in stated or ()})
        missing = names - chosen.keys()
        filled = await _mentioned(tx, sources, keys.get(row["element"], frozenset()), missing)
        chosen |= {name: value for name, (value, _) in filled.items()}
        before = row["properties"]
        if "name" in names:
            chosen.setdefault("name", before.get("name"))
        shown = dict.fromkeys(names) | shown_properties(NODE_KINDS[row["label"]], chosen)
        shown["filled"] = _as_text({name: key for name, (_, key) in filled.items()})
        changed = {name: value for name, value in shown.items() if before.get(name) != value}
        if changed:
            changes.append({"element": row["element"], "properties": changed | {"pending": True}})
    if changes:
        await tx.run("records/update_nodes", rows=changes)


def _as_text(filled: Mapping[str, str]) -> str | None:
    return json.dumps(filled, sort_keys=True, ensure_ascii=False) if filled else None


async def _identity_keys(tx: Transaction, elements: Sequence[str]) -> dict[str, frozenset[str]]:
    rows = await tx.run("records/identities_of", elements=list(elements)) if elements else []
    return {row["element"]: frozenset(row["keys"]) for row in rows}


async def _mentioned(
    tx: Transaction, sources: Sequence[str], keys: frozenset[str], names: frozenset[str]
) -> dict[str, tuple[Any, str]]:
    """The first mention's value of each of these fields, with the record's key."""
    first: dict[str, tuple[tuple[int, int], Any, str]] = {}
    for start in range(0, len(sources), _BATCH) if names else ():
        for key, history in (await read_histories(tx, sources[start : start + _BATCH])).items():
            for at, (name, value) in enumerate(_mentions(history, keys)):
                order = history.now.turn, at
                if name in names and (name not in first or order < first[name][0]):
                    first[name] = order, value, key
    return {name: (value, key) for name, (_, value, key) in first.items()}


def _mentions(history: History, keys: frozenset[str]) -> list[tuple[str, Any]]:
    if not history.versions:
        return []
    others = decode(history.now.said).entities[1:]
    return [pair for entity in others if keys.intersection(entity.keys) for pair in entity.fields().items()]
