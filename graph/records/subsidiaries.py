"""Which company belongs to which: as somebody declared it, with its source."""

from __future__ import annotations

from collections.abc import Sequence

from graph.engine.connection import Engine
from graph.model.company_facts import PartOf
from graph.model.dates import PartialDate
from graph.model.entities import Company
from graph.model.records import Source
from graph.records.entering import API, Reference, Refused, enter_fact
from graph.records.history import BY_HAND
from graph.records.replies import Ticket
from graph.records.views import CompanyView
from graph.records.withdrawal import withdraw_records

__all__ = ["MOST_SUBSIDIARIES", "declare_subsidiary", "groups_of", "remove_subsidiary"]

MOST_SUBSIDIARIES = 200


async def declare_subsidiary(
    engine: Engine, company: Reference, parent: Reference, since: PartialDate | None, ticket: Ticket | None
) -> str:
    """State that a company belongs to another one, and answer its id. Raises Refused for a circle."""
    if company.id == parent.id:
        raise Refused("parentId", "A company cannot belong to itself: name another company.")
    below = await engine.read("paths/subsidiaries", company=company.id, viewer=None, limit=MOST_SUBSIDIARIES)
    if parent.id in {row["id"] for row in below}:
        raise Refused(
            "parentId",
            "The parent belongs to this company already: remove that first (removeSubsidiary), if it is wrong.",
        )
    fact = PartOf(
        company=Company(identities=(company.identity,)),
        parent=Company(identities=(parent.identity,)),
        since=since,
    )
    await enter_fact(engine, fact, (company, parent), ticket=ticket, answer=company.id)
    return company.id


async def remove_subsidiary(engine: Engine, company_id: str, parent_id: str) -> bool:
    """Take back what was declared; False when it was not."""
    source = Source(name=API, dataset=f"{API}:facts", run=BY_HAND, verified=True)
    key = "|".join((API, PartOf.TYPE, company_id, parent_id, ""))
    outcome = await withdraw_records(engine, source, [key])
    return bool(outcome.as_dict().get("subsidiaries", {}).get("withdrawn"))


async def groups_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, tuple[list[CompanyView], list[CompanyView]]]:
    """By company: those that belong to it, and those that it belongs to, by name."""
    rows = await engine.read("organisations/subsidiaries", ids=sorted(set(ids)), viewer=viewer)
    return {row["id"]: (_views(row["subsidiaries"]), _views(row["parents"])) for row in rows}


def _views(rows: Sequence[dict[str, object]]) -> list[CompanyView]:
    return sorted((CompanyView.of(row) for row in rows), key=lambda view: (view.name, view.id))
