"""Companies that belong to others, by declaration."""

from __future__ import annotations

import strawberry

from graph.model import entities
from graph.records.organisations import companies_by_ids
from graph.records.replies import Ticket
from graph.records.subsidiaries import declare_subsidiary, remove_subsidiary
from service.api.changes import changed, date_of, referred
from service.api.context import Info
from service.api.guard import Guarded
from service.api.organisations import Company
from service.api.values import DateText, InputError, InputProblem

__all__ = ["SubsidiaryMutations"]


@strawberry.input(description="Which company belongs to which, and since when.")
class DeclareSubsidiaryInput:
    """What to declare."""

    company_id: strawberry.ID
    parent_id: strawberry.ID
    since: DateText | None = None
    idempotency_key: str | None = None


@strawberry.type(description="The company that belongs to another one, as it stands now.")
class SubsidiaryPayload:
    """Answer to a declaration."""

    company: Company | None = None
    removed: bool = strawberry.field(
        default=False, description="Whether it was declared and is not any more."
    )
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class SubsidiaryMutations:
    """Changes of who belongs to whom."""

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Say that a company belongs to another one. Its people stay apart: a search for decision-makers "
        "finds them together only where `includeSubsidiaries` is asked for.",
    )
    async def declare_subsidiary(self, info: Info, input: DeclareSubsidiaryInput) -> SubsidiaryPayload:  # noqa: A002
        """Declare a subsidiary."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            company = await referred(engine, entities.Company, input.company_id, "companyId")
            parent = await referred(engine, entities.Company, input.parent_id, "parentId")
            return await declare_subsidiary(engine, company, parent, date_of(input.since, "since"), ticket)

        try:
            return await _payload(info, await changed(info, "declareSubsidiary", input, work, ties=False))
        except InputProblem as problem:
            return SubsidiaryPayload(errors=[problem.error])

    @strawberry.mutation(
        extensions=[Guarded()], description="Take back that a company belongs to another one."
    )
    async def remove_subsidiary(
        self, info: Info, company_id: strawberry.ID, parent_id: strawberry.ID
    ) -> SubsidiaryPayload:
        """Take a declaration back."""
        removed = await remove_subsidiary(info.context.engine, company_id, parent_id)
        info.context.forget()
        payload = await _payload(info, company_id)
        payload.removed = removed
        return payload


async def _payload(info: Info, company_id: str) -> SubsidiaryPayload:
    found = (await companies_by_ids(info.context.engine, [company_id])).get(company_id)
    return SubsidiaryPayload(company=Company.of(found) if found else None)
