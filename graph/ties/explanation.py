"""Reading the evidence behind ties: for all pairs of an answer at once, as of the month of their derivation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graph.engine import Engine, Transaction
from graph.ties.evidence import (
    Connection,
    DeclaredAlliance,
    Endorsement,
    Evidence,
    Interactions,
    Recommendation,
    ReportingLine,
    TieExplanation,
)
from graph.ties.history import shared_evidence
from graph.ties.items import ITEM, People, as_of_today, date_text, fact_items, fuse_items, packed_date
from graph.ties.parameters import PARAMETERS as K
from graph.ties.stored import KIND_NAMES, kind_names
from graph.ties.strength import Kind, Verification

__all__ = ["Between", "evidence_within", "read_evidence", "read_shared_history", "without_alliances"]

Pair = tuple[str, str]
Row = dict[str, Any]


async def read_evidence(
    engine: Engine, pairs: Sequence[Pair], viewer: str | None
) -> dict[Pair, TieExplanation]:
    """Explain pairs of people, by (lesser id, greater id) whatever order they are asked in.

    `viewer` is a team member's id: on the viewer's own ties all evidence is told, and it adds up to `TIE.p`;
    on others, and for a viewer None, only what is shared, and it adds up to `TIE.shared_p`. Pairs of unknown
    people are left out. What has changed since the last derivation is told as it is now.
    """
    if all(a == b for a, b in pairs):
        return {}

    async def read(tx: Transaction) -> dict[Pair, TieExplanation]:
        found = await evidence_within(tx, pairs, viewer)
        return {pair: between.explanation for pair, between in found.items()}

    return await engine.snapshot(read)


@dataclass(frozen=True, slots=True)
class Between:
    """Two people as stored (id, name, headline …), the properties of their tie if there is one, and its reasons."""

    a: Row
    b: Row
    tie: Row | None
    explanation: TieExplanation


async def evidence_within(tx: Transaction, pairs: Sequence[Pair], viewer: str | None) -> dict[Pair, Between]:
    """`read_evidence` within a transaction that reads other things too, with the people and their stored ties."""
    wanted = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    people = sorted({person for pair in wanted for person in pair})
    between = await tx.run("evidence/between", pairs=[list(pair) for pair in wanted])
    places = await tx.run("evidence/places", people=people)
    found: dict[Pair, Between] = {}
    by_month: dict[int, list[Row]] = {}
    derived: int | None = None
    for row in between:
        row["tie"] = next((fact[2] for fact in row["facts"] if fact[0] == "TIE"), None)
        as_of = row["tie"].get("as_of") if row["tie"] else None
        if as_of is None:
            derived = await _derived_month(tx) if derived is None else derived
            as_of = derived
        by_month.setdefault(as_of, []).append(row)
    for as_of, rows in by_month.items():
        histories = shared_evidence(places, [_pair(row) for row in rows], as_of)
        for row in rows:
            pair = _pair(row)
            explanation = _explained(row, histories.get(pair, []), viewer, as_of)
            found[pair] = Between(row["a"], row["b"], row["tie"], explanation)
    return found


def _pair(row: Row) -> Pair:
    return row["a"]["id"], row["b"]["id"]


async def read_shared_history(engine: Engine, pairs: Sequence[Pair]) -> dict[Pair, list[Evidence]]:
    """What shared employers, projects, schools and communities alone say of pairs, by (lesser id, greater id).

    In two statements however many pairs: none of it is private, and nothing between two people needs to be read.
    """
    wanted = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    people = sorted({person for pair in wanted for person in pair})

    async def read(tx: Transaction) -> tuple[list[Row], int]:
        return await tx.run("evidence/places", people=people), await _derived_month(tx)

    if not wanted:
        return {}
    places, as_of = await engine.snapshot(read)
    return shared_evidence(places, wanted, as_of)


async def _derived_month(tx: Transaction) -> int:
    month = await tx.run("evidence/month")
    return month[0]["as_of"] if month and month[0]["as_of"] is not None else as_of_today(None)


def _explained(row: Row, history: list[Evidence], viewer: str | None, as_of: int) -> TieExplanation:
    pair = _pair(row)
    facts = [fact for fact in row["facts"] if fact[0] != "TIE" and _may_know(fact[2], pair, viewer)]
    # Hostility is one for everybody: there is no tie whoever asks.
    hostile = any(
        (fact[2].get("sign") or 1) < 0 and _counts_at_all(fact[2], pair)
        for fact in row["facts"]
        if fact[0] == "ALLIED"
    )
    friendly = [fact for fact in facts if fact[0] != "ALLIED" or (fact[2].get("sign") or 1) > 0]
    evidence = _counted([*history, *_direct(friendly, row, as_of)], hostile)
    fused = fuse_items(_as_items(evidence), 2)
    some = bool(fused.pair.size) and not hostile
    return TieExplanation(
        a=pair[0],
        b=pair[1],
        probability=float(fused.p[0]) if some else 0.0,
        verification=Verification(int(fused.verification[0])) if some else Verification.INFERRED,
        last_evidence=date_text(int(fused.last[0])) if some else None,
        kinds=tuple(kind_names(int(fused.kinds[0]))) if some else (),
        evidence=tuple(evidence),
        as_of=as_of,
        hostile=hostile,
    )


def without_alliances(explanation: TieExplanation) -> TieExplanation:
    """An explanation for somebody who may not know who is allied with whom: all else is told as it is.

    The probability stays that of all evidence, as the tie's is: paths are the same whoever asks.
    """
    evidence = tuple(one for one in explanation.evidence if not isinstance(one, DeclaredAlliance))
    if len(evidence) == len(explanation.evidence):
        return explanation
    kinds = tuple(kind for kind in explanation.kinds if kind != KIND_NAMES[Kind.DECLARED_ALLIANCE])
    return replace(explanation, evidence=evidence, kinds=kinds)


def _counts_at_all(properties: Row, pair: Pair) -> bool:
    owners = properties.get("private_to")
    return owners is None or bool(set(owners) & set(pair))


def _may_know(properties: Row, pair: Pair, viewer: str | None) -> bool:
    if properties.get("private_to") is None:
        return True
    return viewer in pair and _counts_at_all(properties, pair)


def _counted(evidence: Iterable[Evidence], hostile: bool) -> list[Evidence]:
    ordered = sorted(evidence, key=lambda one: (-one.probability, one.KIND, -int(one.verification)))
    seen: set[Kind] = set()
    told = []
    for one in ordered:
        counts = not hostile and one.probability >= K.floor and one.KIND not in seen
        seen.add(one.KIND)
        told.append(replace(one, counted=counts))
    return told


def _as_items(evidence: Sequence[Evidence]) -> np.ndarray[Any, Any]:
    items = np.zeros(len(evidence), ITEM)
    for row, one in enumerate(evidence):
        last = packed_date(one.observed_on or "")
        items[row] = (0, 1, one.probability, last, one.KIND, one.verification, False)
    return items


def _direct(facts: Sequence[Any], row: Row, as_of: int) -> list[Evidence]:
    # Through the same function as the derivation, so that both give a fact the same weight.
    items = fact_items(
        [
            {
                "people": [row["a"]["id"]] * len(facts),
                "others": [row["b"]["id"]] * len(facts),
                "types": [kind for kind, _, _ in facts],
                "dates": [
                    said.get("last_on") or said.get("on") or said.get("since") or "" for *_, said in facts
                ],
                "sent": [said.get("sent") or 0 for *_, said in facts],
                "received": [said.get("received") or 0 for *_, said in facts],
                "strengths": [
                    -1.0 if said.get("strength") is None else said["strength"] for *_, said in facts
                ],
                "signs": [said.get("sign") or 1 for *_, said in facts],
                "privacy": [0] * len(facts),
            }
        ],
        People(list(_pair(row))),
        as_of,
    )
    return [_told(fact, item, row) for fact, item in zip(facts, items, strict=True)]


def _told(fact: tuple[str, bool, Row], item: Any, row: Row) -> Evidence:
    kind, from_a, said = fact
    common: Row = {
        "probability": float(item["p"]),
        "verification": Verification(int(item["verification"])),
        "observed_on": date_text(int(item["last"])),
        "sources": tuple(said.get("sources") or ()),
        "private": said.get("private_to") is not None,
    }
    if kind == "CONNECTED":
        return Connection(**common)
    if kind == "INTERACTED":
        counts = said.get("sent") or 0, said.get("received") or 0
        sent, received = counts if from_a else counts[::-1]
        return Interactions(channel=said.get("channel"), sent=sent, received=received, **common)
    near, far = ("a", "b") if from_a else ("b", "a")
    ends: Row = {
        "from_id": row[near]["id"],
        "to_id": row[far]["id"],
        "from_name": row[near]["name"] or "one",
        "to_name": row[far]["name"] or "the other",
    }
    if kind == "RECOMMENDED":
        return Recommendation(**ends, **common)
    if kind == "ENDORSED":
        return Endorsement(skill=said.get("skill"), **ends, **common)
    if kind == "REPORTS_TO":
        return ReportingLine(**ends, **common)
    return DeclaredAlliance(
        alliance=said.get("kind") or "alliance",
        strength=said.get("strength"),
        directed=bool(said.get("directed")),
        **ends,
        **common,
    )
