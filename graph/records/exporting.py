"""Reading the whole graph in pages, for exports: every node with its identities and the facts that start at it.

Pages follow the ids of nodes, so memory is bounded by a page, however large the graph is. Each page is a reading of
its own: what is written meanwhile may be in one page and not in another.
`viewer` as in `graph.records.people`: what is private to others is left out, and so is whom only others know.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.engine.connection import Engine, Row

__all__ = ["PAGE", "Contact", "ExportedIdentity", "ExportedNode", "Link", "contact_pages", "exported_pages"]

PAGE = 1_000
_STATEMENTS = {
    "Person": "exports/people",
    "Company": "exports/companies",
    "School": "exports/schools",
    "Community": "exports/communities",
    "Project": "exports/projects",
    "Opportunity": "exports/opportunities",
    "Observation": "exports/observations",
    "Signal": "exports/signals",
    "Persona": "exports/personas",
}
_WITHOUT_FACTS = frozenset(("School", "Community"))


@dataclass(frozen=True, slots=True)
class ExportedIdentity:
    """What a node is known by in one system."""

    system: str
    value: str
    url: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Link:
    """A fact of a node: its relationship type, id and label of the other end, and what is stored of it."""

    type: str
    other: str
    label: str
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExportedNode:
    """A node as stored. `links` start at it; a persona's is the person whose it is."""

    label: str
    id: str
    properties: Mapping[str, Any]
    identities: tuple[ExportedIdentity, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody outside who may be approached: addresses, the best current post, and who of ours knows them best.

    `known_by`: id, name, probability 0..1 and last evidence of the strongest tie to a team member, None without one.
    """

    id: str
    name: str
    headline: str
    location: str
    emails: tuple[str, ...]
    profile: str
    company: str
    post: Mapping[str, Any]
    known_by: tuple[str, str, float, str | None] | None


async def exported_pages(
    engine: Engine, label: str, viewer: str | None, *, page: int = PAGE
) -> AsyncIterator[list[ExportedNode]]:
    """All nodes of a label, in pages by id."""
    async for rows in _pages(engine, _STATEMENTS[label], page, viewer, label not in _WITHOUT_FACTS):
        yield [_node(label, row) for row in rows]


async def contact_pages(
    engine: Engine, viewer: str | None, *, page: int = PAGE
) -> AsyncIterator[list[Contact]]:
    """Everybody outside who did not object, in pages by id."""
    async for rows in _pages(engine, "exports/contacts", page, viewer, True):
        yield [_contact(row) for row in rows]


async def _pages(
    engine: Engine, statement: str, page: int, viewer: str | None, personal: bool
) -> AsyncIterator[list[Row]]:
    after = ""
    who = {"viewer": viewer} if personal else {}
    while rows := await engine.read(statement, after=after, limit=page, **who):
        yield rows
        if len(rows) < page:
            return
        after = rows[-1]["id"]


def _node(label: str, row: Row) -> ExportedNode:
    return ExportedNode(
        label,
        row["id"],
        row["node"],
        tuple(sorted((ExportedIdentity(*one) for one in row["identities"] if one[0]), key=lambda i: i.key)),
        tuple(
            Link(*one)
            for one in sorted(
                (one for one in row["facts"] if one[0]),
                key=lambda one: (one[0], one[1], one[3].get("key") or ""),
            )
        ),
    )


def _contact(row: Row) -> Contact:
    person = row["person"]
    addresses = [one for one in row["identities"] if one[0]]
    company, post = _best_post(row["posts"])
    ties = [one for one in row["ties"] if one[0] and one[2]]
    best = min(ties, key=lambda one: (-one[2], one[0]), default=None)
    return Contact(
        id=row["id"],
        name=person.get("name") or "",
        headline=person.get("headline") or "",
        location=person.get("location") or "",
        emails=tuple(sorted(value for system, value, _ in addresses if system == "email")),
        profile=next((url for system, _, url in sorted(addresses) if system == "linkedin" and url), ""),
        company=company,
        post=post,
        known_by=(best[0], best[1] or "", float(best[2]), best[3]) if best else None,
    )


def _best_post(posts: Sequence[Sequence[Any]]) -> tuple[str, Mapping[str, Any]]:
    """The current post that began last."""
    current = [one for one in posts if one[0]]
    if not current:
        return "", {}
    name, says = max(current, key=lambda one: (one[1].get("from_month") or 0, one[1].get("key") or ""))
    return name, says
