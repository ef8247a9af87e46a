"""Who may know of a person at all: somebody known only through private records is known to their owners alone.

`Person.known_to` lists those team members; it is not there for everybody else's people. It follows from the records
that describe the person or state a fact at them, and is settled whenever those change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.engine.connection import Row, Transaction
from graph.model.entities import Person

__all__ = ["settle_visibility"]

SHARED = ""


async def settle_visibility(tx: Transaction, elements: Iterable[str]) -> None:
    """Say anew of those of these nodes that are people whom they are known to, from what is stored now."""
    wanted = sorted(set(elements))
    rows = await tx.run("records/known_to", elements=wanted) if wanted else []
    # One engine does not look at a node's label where it is found by its element.
    rows = [row for row in rows if row["label"] == Person.LABEL]
    alone = [row["element"] for row in rows if not row["team_member"] and SHARED not in row["owners"]]
    stating = await _stating(tx, alone)
    changes = []
    for row in rows:
        owners = {*row["owners"], *stating.get(row["element"], ())}
        known_to = None if row["team_member"] or SHARED in owners else sorted(owners) or None
        if row["known_to"] != known_to:
            changes.append({"element": row["element"], "properties": {"known_to": known_to}})
    if changes:
        await tx.run("records/update_nodes", rows=changes)


async def _stating(tx: Transaction, elements: Sequence[str]) -> Mapping[str, set[str]]:
    """Whose the records are that state facts at these people."""
    rows: list[Row] = await tx.run("records/stated_at", elements=list(elements)) if elements else []
    keys = sorted({key for row in rows for key in row["sources"]})
    known = await tx.run("records/known", keys=keys) if keys else []
    owner = {row["key"]: row["private_to"] or SHARED for row in known}
    return {row["element"]: {owner[key] for key in row["sources"] if key in owner} for row in rows}
