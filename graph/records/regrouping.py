"""Nodes joined or parted: which identities mean which node is decided, and all else follows from the records.

Facts at the nodes concerned are folded anew, records describe the nodes that their identities mean now, and what is
shown is chosen again. So a merge and a split are each other's inverse, whatever was said before or in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.engine.connection import Transaction
from graph.model.facts import TakenBack
from graph.records.codec import decode
from graph.records.history import History
from graph.records.refolding import Told, named_keys, read_histories, read_places, refold, told
from graph.records.resolution import Node, place
from graph.records.showing import show_again
from graph.records.stored_facts import SIZED_TYPES, FactTable, StoredFact, is_symmetric
from graph.records.transfer import apply_facts, load_facts
from graph.records.visibility import settle_visibility

__all__ = ["regroup"]


async def regroup(tx: Transaction, nodes: Sequence[Node], means: Mapping[str, Node]) -> set[str]:
    """Let each identity key of these stored nodes mean the node that `means` says, and derive what follows.

    Every identity of the nodes must be in `means`. Facts of records whose content was not kept (an older Liaison
    wrote them) go to the first of the nodes. Answers the identity keys that the records there name.
    """
    elements = {node.handle for node in nodes}
    table = FactTable()
    await load_facts(tx, table, elements)
    held = table.all_facts()
    rows = await tx.run("records/said", elements=sorted(elements))
    describing = {row["key"]: row["element"] for row in rows}
    stating = {source for fact in held for source in fact.properties["sources"]}
    histories = await read_histories(tx, stating | describing.keys())
    places = await read_places(tx, histories.values(), means)
    records = {key: told(history, places) for key, history in histories.items() if history.versions}
    untold = [fact for fact in held if not records.keys() >= set(fact.properties["sources"])]
    for node in nodes[1:]:
        table.replace_end(node.handle, nodes[0].handle, untold)
    changed = refold(table, _concerned(table, records, elements, untold), records, places)
    await apply_facts(tx, table, {})
    await _move_identities(tx, elements, means)
    if len(nodes) > 1:
        await tx.run("records/move_told_of", elements=sorted(elements), element=nodes[0].handle)
    await _move_descriptions(tx, describing, histories, places)
    await show_again(tx, elements)
    await settle_visibility(tx, elements)
    marked = elements | {
        end for fact in changed if fact.type in SIZED_TYPES for end in (fact.start, fact.end)
    }
    await tx.run(
        "records/update_nodes",
        rows=[{"element": element, "properties": {"pending": True}} for element in sorted(marked)],
    )
    return {key for history in histories.values() for key in named_keys(history)}


def _concerned(
    table: FactTable, records: Mapping[str, Sequence[Told]], elements: set[str], untold: Sequence[StoredFact]
) -> list[StoredFact]:
    """The facts held at the nodes so far, and those that records state at them now; what was taken back first."""
    left = {id(fact) for fact in untold}
    facts = {id(fact): fact for fact in table.all_facts() if fact.element}
    for version in (one for versions in records.values() for one in versions):
        for key, stated in version.facts.items():
            if elements.intersection(key[1:3]):
                expected = table.expected(key, is_symmetric(stated[0]))
                facts[id(expected)] = expected
    found = [fact for fact in facts.values() if id(fact) not in left]
    return sorted(found, key=lambda fact: fact.type != TakenBack.TYPE)


async def _move_identities(tx: Transaction, elements: set[str], means: Mapping[str, Node]) -> None:
    rows = await tx.run("records/identities_of", elements=sorted(elements))
    held = {key: row["element"] for row in rows for key in row["keys"]}
    moved = [{"key": key, "element": means[key].handle} for key in held if held[key] != means[key].handle]
    if moved:
        await tx.run("records/move_identities", rows=moved)


async def _move_descriptions(
    tx: Transaction,
    describing: Mapping[str, str],
    histories: Mapping[str, History],
    places: Mapping[str, Node],
) -> None:
    moved = []
    for key, element in describing.items():
        versions = histories[key].versions
        node = place(decode(versions[-1].said).entities[0], places) if versions else None
        if node is not None and node.handle != element:
            moved.append({"key": key, "element": node.handle})
    if moved:
        await tx.run("records/move_descriptions", rows=moved)
