"""What is shown of nodes, chosen anew from all that records say of them.

A record about a node decides; where none states a field, the first that mentions the node with one does (or that was
about the node before, and still states something there). `filled` on a node names, by field, the records that did:
once one of them changes or goes, the choice is made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graph.engine.connection import Row, Transaction
from graph.model.kinds import NODE_KINDS
from graph.records.codec import decode
from graph.records.display import FIELD_NAMES, Said, choose, filled_by, filled_text, shown_properties
from graph.records.history import History
from graph.records.refolding import read_histories
from graph.records.transfer import read_said

__all__ = ["filled_from", "show_again"]

_BATCH = 500
# A changed size changes what the people there count for; see `graph/ties`.
_SIZES = frozenset({"headcount", "size"})


class _Mention(NamedTuple):
    turn: int
    at: int
    value: Any
    key: str
    now: bool


_First = dict[str, dict[str, _Mention]]


async def filled_from(tx: Transaction, elements: Iterable[str], records: Iterable[str]) -> set[str]:
    """Those of these nodes that show what one of these records mentioned."""
    wanted = sorted(set(elements))
    rows = await tx.run("records/filled", elements=wanted) if wanted else []
    keys = set(records)
    return {row["element"] for row in rows if keys.intersection(filled_by(row).values())}


async def show_again(tx: Transaction, elements: Iterable[str]) -> None:
    """Choose what these nodes show from the records as they are stored now; sizes that change mark their people."""
    wanted = sorted(set(elements))
    rows = await tx.run("records/shown_from", elements=wanted) if wanted else []
    said = await read_said(tx, {row["element"] for row in rows}, without=set())
    mentioned = await _first_mentions(tx, rows, said)
    changes = []
    for row in rows:
        element = row["element"]
        chosen = {name: value for name, value in choose(said.get(element, ())).items() if value is not None}
        changed = _changed(row, chosen, mentioned.get(element, {}))
        if _SIZES & changed.keys():
            changed["pending"] = True
        if changed:
            changes.append({"element": element, "properties": changed})
    if changes:
        await tx.run("records/update_nodes", rows=changes)


def _changed(row: Row, chosen: dict[str, Any], mentioned: Mapping[str, _Mention]) -> dict[str, Any]:
    names = FIELD_NAMES[row["label"]]
    filled = {name: one for name, one in mentioned.items() if name in names and name not in chosen}
    chosen |= {name: one.value for name, one in filled.items()}
    before = row["properties"]
    if before.get("name"):
        chosen.setdefault("name", before["name"])
    shown = dict.fromkeys(names) | shown_properties(NODE_KINDS[row["label"]], chosen)
    shown["filled"] = filled_text({name: one.key for name, one in filled.items()})
    return {name: value for name, value in shown.items() if before.get(name) != value}


async def _first_mentions(
    tx: Transaction, rows: Iterable[Row], said: Mapping[str, list[Said]]
) -> dict[str, dict[str, _Mention]]:
    """By node and field, what the first record says that mentions the node.

    Of a record about the node only whom it mentions besides counts, as it says that now.
    """
    at: dict[str, list[str]] = {}
    about = {(one.key, element) for element, found in said.items() for one in found}
    for row in rows:
        element = row["element"]
        stating = {key for stated in row["sources"] for key in stated or ()}
        for key in stating | {one.key for one in said.get(element, ())}:
            at.setdefault(key, []).append(element)
    elements = sorted({element for found in at.values() for element in found})
    named = await tx.run("records/identities_of", elements=elements) if elements else []
    keys = {row["element"]: frozenset(row["keys"]) for row in named}
    first: _First = {}
    sources = sorted(at)
    for start in range(0, len(sources), _BATCH):
        for key, history in (await read_histories(tx, sources[start : start + _BATCH])).items():
            for entity_keys, name, mention in _mentions(key, history):
                for element in at[key]:
                    if (key, element) in about and not (mention.now and mention.at):
                        continue
                    known = first.setdefault(element, {})
                    if not keys[element].isdisjoint(entity_keys) and (
                        name not in known or mention[:2] < known[name][:2]
                    ):
                        known[name] = mention
    return first


def _mentions(key: str, history: History) -> Iterator[tuple[tuple[str, ...], str, _Mention]]:
    for version in history.versions:
        for at, entity in enumerate(decode(version.said).entities):
            for name, value in entity.fields().items():
                yield entity.keys, name, _Mention(version.turn, at, value, key, version is history.now)
