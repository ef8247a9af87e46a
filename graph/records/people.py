"""Reading people back: by id, identity or name, with their careers. Every read takes the viewer.

`viewer` is the id of the team member who asks, or None: facts that are private to others are left out.
Readings of several people take one statement, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from graph.engine.connection import Engine, Transaction
from graph.records.history import BY_HAND
from graph.records.views import (
    EVERYBODY,
    CompanyView,
    FactView,
    IdentityView,
    NamedView,
    PersonView,
    ProjectView,
    SourceView,
    TieView,
)

__all__ = [
    "alliances_of",
    "connection_counts",
    "employers_of",
    "employments_of",
    "memberships_of",
    "people_by_ids",
    "people_by_keys",
    "people_by_names",
    "people_within",
    "person_identities",
    "person_sources",
    "project_roles_of",
    "read_sources",
    "studies_of",
    "tie_counts",
    "ties_between",
    "ties_of",
]

T = TypeVar("T")


async def people_by_ids(engine: Engine, ids: Sequence[str]) -> dict[str, PersonView]:
    """People by id, or by the id of somebody who turned out to be them; unknown ids are left out."""
    rows = await engine.read("people/by_ids", ids=sorted(set(ids)))
    found = {row["id"]: PersonView.of(row["person"]) for row in rows}
    if former := {f"person:liaison:{each}": each for each in ids if each not in found}:
        found |= {former[key]: view for key, view in (await people_by_keys(engine, list(former))).items()}
    return found


async def people_within(tx: Transaction, ids: Sequence[str]) -> dict[str, PersonView]:
    """As `people_by_ids`, within a reading that is under way."""
    return {row["id"]: PersonView.of(row["person"]) for row in await tx.run("people/by_ids", ids=list(ids))}


async def people_by_keys(engine: Engine, keys: Sequence[str]) -> dict[str, PersonView]:
    """The person behind each identity key (`graph.model.identities`); unknown keys are left out."""
    rows = await engine.read("people/by_keys", keys=sorted(set(keys)))
    return {row["key"]: PersonView.of(row["person"]) for row in rows}


async def people_by_names(engine: Engine, names: Sequence[str], limit: int) -> dict[str, list[PersonView]]:
    """Everybody who bears each normalised name, at most `limit` a name. A name never identifies anybody."""
    rows = await engine.read("people/by_names", names=sorted(set(names)), limit=limit)
    return {row["name"]: [PersonView.of(each) for each in row["people"]] for row in rows}


async def employers_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[tuple[str, str]]]:
    """(id, name) of every company each person is known to have worked at."""
    rows = await engine.read("people/employers", ids=sorted(set(ids)), viewer=viewer)
    return {row["id"]: [(each[0], each[1] or "") for each in row["companies"]] for row in rows}


async def person_identities(engine: Engine, ids: Sequence[str]) -> dict[str, list[IdentityView]]:
    """The identities of each person, by system and value."""
    return identities(await engine.read("people/identities", ids=sorted(set(ids))))


def identities(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[IdentityView]]:
    """Rows of (id, identities) as views, in a fixed order."""
    return {
        row["id"]: [IdentityView(*each) for each in sorted(row["identities"], key=lambda i: i[:2])]
        for row in rows
    }


async def employments_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[FactView[CompanyView]]]:
    """Each person's employments, current and newest first."""
    rows = await engine.read("people/employments", ids=sorted(set(ids)), viewer=viewer)
    return _facts(rows, "WORKED_AT", CompanyView.of)


async def project_roles_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[FactView[ProjectView]]]:
    """Each person's work on projects, newest first."""
    rows = await engine.read("people/project_roles", ids=sorted(set(ids)), viewer=viewer)
    return _facts(rows, "WORKED_ON", ProjectView.of)


async def studies_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[FactView[NamedView]]]:
    """Where each person studied, newest first."""
    rows = await engine.read("people/studies", ids=sorted(set(ids)), viewer=viewer)
    return _facts(rows, "STUDIED_AT", NamedView.of)


async def memberships_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[FactView[NamedView]]]:
    """The communities each person belongs to, newest first."""
    rows = await engine.read("people/memberships", ids=sorted(set(ids)), viewer=viewer)
    return _facts(rows, "MEMBER_OF", NamedView.of)


async def alliances_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[FactView[PersonView]]]:
    """Each person's declared alliances; `other` is the one at the other end, `ref` keeps the direction."""
    rows = await engine.read("people/alliances", ids=sorted(set(ids)), viewer=viewer)
    found: dict[str, list[FactView[PersonView]]] = {}
    for row in rows:
        facts = []
        for properties, other, start in row["facts"]:
            end = other["id"] if start == row["id"] else row["id"]
            facts.append(FactView.of("ALLIED", start, end, properties, PersonView.of(other)))
        found[row["id"]] = sorted(facts, key=lambda fact: (fact.other.id, fact.ref.key, fact.ref.start))
    return found


def _facts(
    rows: Sequence[Mapping[str, Any]], kind: str, view: Callable[[Mapping[str, Any]], T]
) -> dict[str, list[FactView[T]]]:
    found: dict[str, list[FactView[T]]] = {}
    for row in rows:
        facts = [FactView.of(kind, row["id"], other["id"], says, view(other)) for says, other in row["facts"]]
        found[row["id"]] = sorted(facts, key=lambda fact: fact.newest_first)
    return found


async def person_sources(engine: Engine, ids: Sequence[str], viewer: str | None) -> dict[str, list[str]]:
    """The keys of the source records that describe each person."""
    rows = await engine.read("people/sources", ids=sorted(set(ids)), viewer=viewer)
    return {row["id"]: sorted(row["keys"]) for row in rows}


async def read_sources(engine: Engine, keys: Sequence[str], viewer: str | None) -> dict[str, SourceView]:
    """Source records by key; those private to others are left out."""
    rows = await engine.read("records/sources_by_keys", keys=sorted(set(keys)), viewer=viewer)
    return {
        row["key"]: SourceView(
            system=row["source"],
            dataset=row["dataset"] or "",
            record=row["key"].partition("|")[2],
            imported_on=row["seen_on"],
            verified=bool(row["verified"]),
            last_read_on=row["reading"].split("|", 2)[1] if row["reading"] else row["seen_on"],
            run=None if row["run"] == BY_HAND else row["run"],
        )
        for row in rows
    }


async def ties_of(
    engine: Engine,
    ids: Sequence[str],
    viewer: str | None,
    *,
    after: tuple[float, str] | None,
    limit: int,
    sees: str | None = EVERYBODY,
) -> dict[str, list[tuple[PersonView, TieView]]]:
    """A page of each person's ties, strongest first, after (probability, id of the other)."""
    after_p, after_id = after or (2.0, "")
    rows = await engine.read(
        "people/ties",
        ids=sorted(set(ids)),
        viewer=viewer,
        after_p=after_p,
        after_id=after_id,
        limit=limit,
        sees=sees,
    )
    return {
        row["id"]: [
            (PersonView.of(other), TieView(row["id"], other["id"], p, verification or 0, last))
            for other, p, verification, last in row["ties"]
        ]
        for row in rows
    }


async def ties_between(
    engine: Engine, pairs: Sequence[tuple[str, str]], viewer: str | None
) -> dict[tuple[str, str], TieView]:
    """The tie of each pair, in the order its ends were given; pairs without one are left out."""
    rows = await engine.read(
        "people/ties_between", pairs=sorted([*pair] for pair in set(pairs)), viewer=viewer
    )
    return {
        (row["a"], row["b"]): TieView(
            row["a"], row["b"], row["p"], row["verification"] or 0, row["last_evidence"]
        )
        for row in rows
    }


async def tie_counts(
    engine: Engine, ids: Sequence[str], viewer: str | None, sees: str | None = EVERYBODY
) -> dict[str, int]:
    """How many ties of each person the viewer may know."""
    rows = await engine.read("people/tie_counts", ids=sorted(set(ids)), viewer=viewer, sees=sees)
    return {row["id"]: row["total"] for row in rows}


async def connection_counts(engine: Engine, ids: Sequence[str], viewer: str | None) -> dict[str, int]:
    """How many people each person is connected to on a platform, as far as the viewer may know."""
    rows = await engine.read("people/connection_counts", ids=sorted(set(ids)), viewer=viewer)
    return {row["id"]: row["total"] for row in rows}
