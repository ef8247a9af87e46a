"""Mutations by which a human vouches for a fact, or takes that back."""

from __future__ import annotations

from datetime import UTC, datetime

import strawberry

from graph.freshness.verifying import unverify_fact, verify_fact
from graph.model.facts import Employment as EmploymentFact
from graph.records.people import employments_of, project_roles_of
from graph.records.replies import Ticket
from graph.records.views import FactRef
from graph.ties import derive
from service.api.careers import Employment, ProjectRole
from service.api.changes import changed
from service.api.context import Info
from service.api.entity_changes import KEY_DESCRIPTION
from service.api.guard import Guarded
from service.api.values import InputError, InputErrorCode, InputProblem

__all__ = ["FreshnessMutations"]


@strawberry.input(description="A fact that you know to be so today.")
class VerifyFactInput:
    """What to verify."""

    id: strawberry.ID = strawberry.field(description="The id of an employment or a project role.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.type(description="The fact as it stands now.")
class VerifyFactPayload:
    """Answer to a verification."""

    employment: Employment | None = None
    project_role: ProjectRole | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="Whether anybody had verified the fact.")
class UnverifyFactPayload:
    """Answer to a verification taken back."""

    id: strawberry.ID
    unverified: bool = False
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class FreshnessMutations:
    """Changes of who vouches for what."""

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Vouch for an employment or project role as it stands: it is confirmed as of today, shown before "
        "what others say, and stays when imports do not state it any more. Once a day counts.",
    )
    async def verify_fact(self, info: Info, input: VerifyFactInput) -> VerifyFactPayload:  # noqa: A002
        """Verify a fact."""
        context = info.context

        async def work(ticket: Ticket | None) -> str:
            return await verify_fact(
                context.engine,
                _ref(input.id),
                by=context.known_caller.name,
                on=datetime.now(UTC).date(),
                viewer=context.viewer,
                sees=context.sees,
                ticket=ticket,
            )

        try:
            token = await changed(info, "verifyFact", input, work)
        except InputProblem as problem:
            return VerifyFactPayload(errors=[problem.error])
        ref, payload = FactRef.parse(token), VerifyFactPayload()
        if ref.type == EmploymentFact.TYPE:
            posts = (await employments_of(context.engine, [ref.start], context.viewer)).get(ref.start, [])
            payload.employment = next((Employment.of(one) for one in posts if one.ref == ref), None)
        else:
            roles = (await project_roles_of(context.engine, [ref.start], context.viewer)).get(ref.start, [])
            payload.project_role = next((ProjectRole.of(one) for one in roles if one.ref == ref), None)
        return payload

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take back that anybody vouched for a fact; what nothing else states goes with it.",
    )
    async def unverify_fact(self, info: Info, id: strawberry.ID) -> UnverifyFactPayload:  # noqa: A002
        """Take verifications back."""
        payload = UnverifyFactPayload(id=id)
        try:
            ref = _ref(id)
        except InputProblem as problem:
            payload.errors.append(problem.error)
            return payload
        payload.unverified = await unverify_fact(
            info.context.engine, ref, viewer=info.context.viewer, sees=info.context.sees
        )
        if payload.unverified:
            await derive(info.context.engine)
            info.context.forget()
        return payload


def _ref(token: str) -> FactRef:
    try:
        return FactRef.parse(token)
    except ValueError as error:
        raise InputProblem(InputErrorCode.INVALID, f"{str(error).capitalize()}.", "id") from None
