"""Mutations of facts: employments, project roles, interactions, alliances, and their removals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import strawberry

from graph.model import entities, facts
from graph.model.channels import normal_channel
from graph.model.committee import Opportunity
from graph.model.facts import Fact
from graph.model.titles import department_of, seniority_of
from graph.records.entering import Reference, enter_fact
from graph.records.people import alliances_of, employments_of, people_by_ids, project_roles_of
from graph.records.removing import remove_fact
from graph.records.replies import Ticket
from graph.records.views import FactRef, FactView
from graph.ties import derive
from service.api.careers import Employment, ProjectRole
from service.api.changes import (
    changed,
    date_of,
    kept,
    past_date_of,
    referred,
    spell_kept,
    spell_of,
    text_of,
    today,
    within,
)
from service.api.context import Info
from service.api.entity_changes import RemovePayload
from service.api.fact_inputs import (
    PRIVATE_DESCRIPTION,
    DeclareAllianceInput,
    RecordEmploymentInput,
    RecordInteractionInput,
    RecordProjectRoleInput,
)
from service.api.guard import Guarded
from service.api.people import Alliance, Person
from service.api.values import (
    DateText,
    InputError,
    InputErrorCode,
    InputProblem,
    date_text,
)

__all__ = ["FactMutations"]

T = TypeVar("T")


@strawberry.type(description="The employment as it stands now.")
class EmploymentPayload:
    """Answer to an entered employment."""

    employment: Employment | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The project role as it stands now.")
class ProjectRolePayload:
    """Answer to an entered project role."""

    project_role: ProjectRole | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="Contact between two people as it was entered.")
class RecordedInteraction:
    """Interactions as entered."""

    id: strawberry.ID
    a: Person
    b: Person
    channel: str
    sent: int = strawberry.field(description="From `a` to `b`.")
    received: int = strawberry.field(description="From `b` to `a`.")
    last_on: DateText | None


@strawberry.type(description="The interaction as it stands now.")
class InteractionPayload:
    """Answer to entered interactions."""

    interaction: RecordedInteraction | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The alliance as it stands now; null for a key that may not read alliances.")
class AlliancePayload:
    """Answer to an entered alliance."""

    alliance: Alliance | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class FactMutations:
    """Changes of facts."""

    @strawberry.mutation(
        extensions=[Guarded()], description="Enter that somebody works or worked at a company."
    )
    async def record_employment(self, info: Info, input: RecordEmploymentInput) -> EmploymentPayload:  # noqa: A002
        """Enter an employment."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            person = await referred(engine, entities.Person, input.person_id, "personId")
            company = await referred(engine, entities.Company, input.company_id, "companyId")
            fact = facts.Employment(
                person=_person(person),
                company=entities.Company(identities=(company.identity,)),
                title=text_of(input.title, "title"),
                spell=spell_of(input.started, None),
            )
            views = await employments_of(engine, [person.id], info.context.viewer)
            before = _before(views, fact, person, company) or _as_title_says(fact.title)
            seniority = input.seniority.value if input.seniority else input.seniority
            fact = replace(
                fact,
                department=text_of(kept(input.department, before, "department"), "department"),
                seniority=kept(seniority, before, "seniority") or "",
                spell=spell_kept(input.started, input.ended, input.current, before),
            )
            return (await enter_fact(engine, fact, (person, company), ticket=ticket)).token

        try:
            token = await changed(info, "recordEmployment", input, work)
        except InputProblem as problem:
            return EmploymentPayload(errors=[problem.error])
        found = await employments_of(engine, [input.person_id], info.context.viewer)
        view = _of(found.get(input.person_id, []), token)
        return EmploymentPayload(employment=Employment.of(view) if view else None)

    @strawberry.mutation(
        extensions=[Guarded()], description="Enter that somebody works or worked on a project."
    )
    async def record_project_role(self, info: Info, input: RecordProjectRoleInput) -> ProjectRolePayload:  # noqa: A002
        """Enter a project role."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            person = await referred(engine, entities.Person, input.person_id, "personId")
            project = await referred(engine, entities.Project, input.project_id, "projectId")
            fact = facts.ProjectRole(
                person=_person(person),
                project=entities.Project(identities=(project.identity,)),
                role=text_of(input.role, "role"),
                spell=spell_of(input.started, None),
            )
            views = await project_roles_of(engine, [person.id], info.context.viewer)
            before = _before(views, fact, person, project)
            fact = replace(fact, spell=spell_kept(input.started, input.ended, input.current, before))
            return (await enter_fact(engine, fact, (person, project), ticket=ticket)).token

        try:
            token = await changed(info, "recordProjectRole", input, work)
        except InputProblem as problem:
            return ProjectRolePayload(errors=[problem.error])
        found = await project_roles_of(engine, [input.person_id], info.context.viewer)
        view = _of(found.get(input.person_id, []), token)
        return ProjectRolePayload(project_role=ProjectRole.of(view) if view else None)

    @strawberry.mutation(extensions=[Guarded()], description="Enter how often two people were in contact.")
    async def record_interaction(self, info: Info, input: RecordInteractionInput) -> InteractionPayload:  # noqa: A002
        """Enter interactions."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            a, b, swapped = await _pair(info, input.from_id, input.to_id)
            channel = text_of(input.channel, "channel", longest=100)
            if not channel:
                raise InputProblem(InputErrorCode.REQUIRED, "Say how: email, meeting, call …", "channel")
            sent, received = within(input.sent, "sent", 0), within(input.received, "received", 0)
            if swapped:
                sent, received = received, sent
            fact = facts.Interaction(
                a=_person(a),
                b=_person(b),
                channel=channel,
                sent=sent,
                received=received,
                last_on=past_date_of(input.last_on, "lastOn"),
            )
            owner = _owner(info, input.private, (a.id, b.id))
            return (await enter_fact(engine, fact, (a, b), private_to=owner, ticket=ticket)).token

        try:
            token = await changed(info, "recordInteraction", input, work)
        except InputProblem as problem:
            return InteractionPayload(errors=[problem.error])
        people = await people_by_ids(engine, [input.from_id, input.to_id])
        return InteractionPayload(
            interaction=RecordedInteraction(
                id=strawberry.ID(token),
                a=Person.of(people[input.from_id]),
                b=Person.of(people[input.to_id]),
                channel=normal_channel(input.channel),
                sent=input.sent,
                received=input.received,
                last_on=date_text(input.last_on),
            )
        )

    @strawberry.mutation(extensions=[Guarded()], description="Declare an alliance between two people.")
    async def declare_alliance(self, info: Info, input: DeclareAllianceInput) -> AlliancePayload:  # noqa: A002
        """Enter an alliance."""
        engine = info.context.engine

        async def work(ticket: Ticket | None) -> str:
            a, b, swapped = await _pair(info, input.from_id, input.to_id)
            if input.directed and swapped:
                a, b = b, a
            opportunity = None
            if input.opportunity_id is not None:
                opportunity = await referred(engine, Opportunity, input.opportunity_id, "opportunityId")
            fact = facts.Alliance(
                a=_person(a),
                b=_person(b),
                kind=input.kind.value,
                directed=input.directed,
                opportunity_key=opportunity.identity.key if opportunity else "",
                author=info.context.known_caller.name,
                noted_on=today(),
            )
            views = await alliances_of(engine, [a.id], info.context.viewer)
            before = _before(views, fact, a, b)
            fact = replace(
                fact,
                strength=kept(within(input.strength, "strength", 0, 1), before, "strength"),
                since=date_of(kept(input.since, before, "since"), "since"),
                evidence=text_of(kept(input.evidence, before, "evidence"), "evidence"),
                expires_on=date_of(kept(input.expires_on, before, "expires_on"), "expiresOn"),
            )
            owner = _owner(info, input.private, (a.id, b.id))
            return (await enter_fact(engine, fact, (a, b), private_to=owner, ticket=ticket)).token

        try:
            token = await changed(info, "declareAlliance", input, work)
        except InputProblem as problem:
            return AlliancePayload(errors=[problem.error])
        if not info.context.alliances:
            return AlliancePayload()
        found = (await alliances_of(engine, [input.from_id], info.context.viewer)).get(input.from_id, [])
        people, view = await people_by_ids(engine, [input.from_id]), _of(found, token)
        return AlliancePayload(alliance=Alliance.of(Person.of(people[input.from_id]), view) if view else None)

    @strawberry.mutation(extensions=[Guarded()], description="Remove an employment that is not so.")
    async def remove_employment(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Remove an employment by its id."""
        return await _remove(info, id, facts.Employment)

    @strawberry.mutation(extensions=[Guarded()], description="Remove a project role that is not so.")
    async def remove_project_role(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Remove a project role by its id."""
        return await _remove(info, id, facts.ProjectRole)

    @strawberry.mutation(extensions=[Guarded()], description="Remove interactions that are not so.")
    async def remove_interaction(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Remove interactions by their id."""
        return await _remove(info, id, facts.Interaction)

    @strawberry.mutation(extensions=[Guarded()], description="Remove an alliance that is not so.")
    async def remove_alliance(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Remove an alliance by its id."""
        return await _remove(info, id, facts.Alliance)


def _before(
    views: Mapping[str, Sequence[FactView[Any]]], fact: Fact, start: Reference, end: Reference
) -> Mapping[str, Any]:
    """What is stored of this fact, as far as the caller may know it."""
    ref = FactRef(fact.TYPE, start.id, end.id, fact.natural_key())
    view = _of(views.get(start.id, ()), ref.token)
    return view.says if view else {}


def _as_title_says(title: str) -> Mapping[str, Any]:
    """What imports read from a title, too, where nobody says otherwise."""
    return {"seniority": seniority_of(title), "department": department_of(title)}


def _person(reference: Reference) -> entities.Person:
    return entities.Person(identities=(reference.identity,))


async def _pair(info: Info, from_id: str, to_id: str) -> tuple[Reference, Reference, bool]:
    """Both people, lesser id first so that either spelling is one fact, and whether they were swapped."""
    if from_id == to_id:
        raise InputProblem(InputErrorCode.INVALID, "This is the same person twice.", "toId")
    engine = info.context.engine
    a = await referred(engine, entities.Person, from_id, "fromId")
    b = await referred(engine, entities.Person, to_id, "toId")
    return (a, b, False) if a.id < b.id else (b, a, True)


def _owner(info: Info, private: bool, ends: tuple[str, str]) -> str | None:
    if not private:
        return None
    viewer = info.context.viewer
    if viewer is None or viewer not in ends:
        raise InputProblem(InputErrorCode.INVALID, PRIVATE_DESCRIPTION, "private")
    return viewer


def _of(views: Sequence[FactView[T]], token: str) -> FactView[T] | None:
    """The fact just entered; a symmetric one may be stored the other way round."""
    ref = FactRef.parse(token)
    ends = {ref.start, ref.end}
    same = [v for v in views if v.ref.key == ref.key and {v.ref.start, v.ref.end} == ends]
    return next((v for v in same if v.ref == ref), same[0] if same else None)


async def _remove(info: Info, token: str, kind: type[Fact]) -> RemovePayload:
    payload = RemovePayload(id=strawberry.ID(token))
    try:
        ref = FactRef.parse(token)
        if ref.type != kind.TYPE:
            raise ValueError("this is the id of another kind of fact")
    except ValueError as error:
        payload.errors.append(InputError.of(InputErrorCode.INVALID, f"{str(error).capitalize()}.", "id"))
        return payload
    payload.removed = await remove_fact(info.context.engine, ref, info.context.viewer)
    if payload.removed:
        await derive(info.context.engine)
    return payload
