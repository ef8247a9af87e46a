"""What is stored, as rows of our own CSV: the other way round than `neutral.py`, over the same columns. Pure.

A node's id is its id in the files; everything else that it is known by goes into the file that has a column for it,
and else into identities.csv.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from graph.model.committee import PERSONA_FIELDS
from graph.model.former_names import FormerName
from graph.model.identities import name_identity
from graph.model.kinds import NODE_KINDS
from graph.records.exporting import ExportedIdentity, ExportedNode, Link
from importers.formats.base import RowError
from importers.formats.neutral import NEUTRAL_COLUMNS
from importers.formats.values import linkedin_cell

__all__ = ["FILES", "KeyedRow", "rows_of_node"]

KeyedRow = tuple[str, dict[str, str]]
"""A kind of file, and cells by column; a column that is not there is empty."""

# Rows of a later file refer to rows of earlier ones.
FILES: tuple[str, ...] = tuple(NEUTRAL_COLUMNS)
_SPELL = ("started", "ended", "current", "as_of")
# Relationship type → file, the columns of its two ends, and what else its columns say, by property.
_FACTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "WORKED_AT": (
        "employments",
        "person_id",
        "company_id",
        ("title", "department", "seniority", *_SPELL),
    ),
    "WORKED_ON": ("project_members", "person_id", "project_id", ("role", *_SPELL)),
    "STUDIED_AT": ("studies", "person_id", "school_id", ("degree", *_SPELL)),
    "MEMBER_OF": ("memberships", "person_id", "community_id", _SPELL),
    "CONNECTED": ("connections", "from_id", "to_id", ()),
    "INTERACTED": (
        "interactions",
        "from_id",
        "to_id",
        ("channel", "sent", "received", "last_on", "sent_on", "received_on", "partial"),
    ),
    "RECOMMENDED": ("recommendations", "from_id", "to_id", ("on",)),
    "ENDORSED": ("endorsements", "from_id", "to_id", ("skill", "on")),
    "REPORTS_TO": ("reporting_lines", "person_id", "manager_id", ("since",)),
    "ALLIED": (
        "alliances",
        "from_id",
        "to_id",
        ("kind", "strength", "since", "directed", "author", "noted_on", "evidence", "expires_on"),
    ),
    "SITS_ON": ("committee", "person_id", "opportunity_id", ("influence", "roles")),
    "PART_OF": ("subsidiaries", "company_id", "parent_id", ("since",)),
}


def rows_of_node(node: ExportedNode, opportunities: Mapping[str, str]) -> Iterator[KeyedRow]:
    """The rows that say what is stored of a node and of the facts that start at it.

    `opportunities`: the ids of opportunities by identity key, to which alliances may be bound.
    """
    yield from _NODES[node.label](node)
    for link in node.links:
        if link.type in _FACTS:
            yield from _fact(node.id, link, opportunities)


def _fact(start: str, link: Link, opportunities: Mapping[str, str]) -> Iterator[KeyedRow]:
    kind, first, second, told = _FACTS[link.type]
    row = {first: start, second: link.other, **_cells(link.says, told)}
    match link.type:
        case "WORKED_AT":
            row["complete"] = "true"
        case "CONNECTED":
            row["since"] = _cell(link.says.get("on"))
        case "ALLIED":
            row["sign"] = "+" if link.says["sign"] > 0 else "-"
            if key := link.says.get("opportunity_key"):
                if key not in opportunities:
                    return
                row["opportunity_id"] = opportunities[key]
    yield kind, row


# Nodes -----------------------------------------------------------------------------------------------------


def _person(node: ExportedNode) -> Iterator[KeyedRow]:
    emails = [one for one in node.identities if one.system == "email"]
    profile = next((one for one in node.identities if _is_read_as(one)), None)
    row = {
        "email": ";".join(one.value for one in emails),
        "linkedin_url": (profile.url or "") if profile else "",
        **_cells(node.properties, ("headline", "location", "team_member")),
    }
    yield from _named(node, "people", row, {*emails, profile})


def _is_read_as(identity: ExportedIdentity) -> bool:
    """Whether a cell with its address is read as this very identity."""
    if identity.system != "linkedin" or not identity.url:
        return False
    try:
        read = linkedin_cell(identity.url, "linkedin_url")
    except RowError:
        return False
    return read is not None and read.key == identity.key


def _company(node: ExportedNode) -> Iterator[KeyedRow]:
    names = node.properties.get("former_names") or []
    row = {
        **_cells(node.properties, ("domain", "headcount", "industry")),
        "former_names": ";".join(names),
    }
    called = [node.properties.get("name") or "", *(FormerName.parse(name).name for name in names)]
    yield from _known_by(node, "companies", row, called)


def _school(node: ExportedNode) -> Iterator[KeyedRow]:
    yield from _known_by(node, "schools", {}, [node.properties.get("name") or ""])


def _community(node: ExportedNode) -> Iterator[KeyedRow]:
    yield from _known_by(node, "communities", {}, [node.properties.get("name") or ""])


def _known_by(node: ExportedNode, kind: str, row: dict[str, str], names: list[str]) -> Iterator[KeyedRow]:
    """With what of the row others are recognised by: a name or domain may be that of another node."""
    held = {one.key: one for one in node.identities}
    slug = NODE_KINDS[node.label].SLUG
    by_name = {one.key for name in names if (one := name_identity(slug, name))}
    by_domain = f"company:domain:{node.properties.get('domain')}"
    said = {key for key in by_name if key in held}
    known_by = ["name"] if by_name and said == by_name else []
    written = {held[key] for key in said} if known_by else set()
    if by_domain in held:
        known_by.append("domain")
        written.add(held[by_domain])
    row["known_by"] = ";".join(known_by) or "id"
    yield from _named(node, kind, row, written)


def _project(node: ExportedNode) -> Iterator[KeyedRow]:
    row = {
        "company_id": _other(node, "RUN_BY"),
        **_cells(node.properties, ("size", "started", "ended")),
    }
    yield from _named(node, "projects", row, set())


def _opportunity(node: ExportedNode) -> Iterator[KeyedRow]:
    told = ("stage", "closes_on", "amount", "approve_threshold", "stop_threshold", "against_threshold")
    row = {"company_id": _other(node, "SOUGHT_AT"), **_cells(node.properties, told)}
    yield from _named(node, "opportunities", row, set())


def _observation(node: ExportedNode) -> Iterator[KeyedRow]:
    about, opportunity = _other(node, "ABOUT"), _other(node, "HEARD_IN")
    if about and opportunity:
        told = ("kind", "role", "value", "source", "reliability", "on", "evidence", "author", "expires_on")
        row = {"id": node.id, "about_id": about, "opportunity_id": opportunity}
        row["informant_id"] = _other(node, "HEARD_FROM")
        yield "observations", row | _cells(node.properties, told)


def _signal(node: ExportedNode) -> Iterator[KeyedRow]:
    told = _cells(node.properties, ("kind", "on", "weight", "author", "evidence"))
    for link in node.links:
        by = "person_id" if link.label == "Person" else "company_id"
        yield "signals", {"id": node.id, by: link.other, **told}


def _persona(node: ExportedNode) -> Iterator[KeyedRow]:
    told = _cells(node.properties, (*PERSONA_FIELDS, "experience", "author", "noted_on", "evidence"))
    if person := _other(node, "HAS_PERSONA"):
        yield "personas", {"id": node.id, "person_id": person, **told}


_NODES: dict[str, Callable[[ExportedNode], Iterator[KeyedRow]]] = {
    "Person": _person,
    "Company": _company,
    "School": _school,
    "Community": _community,
    "Project": _project,
    "Opportunity": _opportunity,
    "Observation": _observation,
    "Signal": _signal,
    "Persona": _persona,
}


def _named(
    node: ExportedNode, kind: str, row: dict[str, str], written: Collection[ExportedIdentity | None]
) -> Iterator[KeyedRow]:
    """The row of a node, and a row for each identity that it has no column for."""
    shown = node.properties.get("name") or next((one.value for one in node.identities), "Unnamed")
    yield kind, {"id": node.id, "name": shown, **row}
    for one in node.identities:
        # Ids of this graph stay in it.
        if one not in written and one.system != "liaison":
            yield (
                "identities",
                {
                    "id": node.id,
                    "kind": NODE_KINDS[node.label].SLUG,
                    "system": one.system,
                    "value": one.value,
                    "url": one.url or "",
                },
            )


def _other(node: ExportedNode, type_: str) -> str:
    """The other end of the first fact of a type, "" without one."""
    return next((link.other for link in node.links if link.type == type_), "")


def _cells(says: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {name: _cell(says.get(name)) for name in names}


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            # As `repr` tells it exactly, without an exponent.
            return format(Decimal(repr(value)), "f")
        case list() | tuple():
            return ";".join(map(str, value))
    return str(value)
