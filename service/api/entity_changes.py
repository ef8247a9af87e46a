"""Mutations of people, companies and projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry import UNSET

from graph.model import entities
from graph.model.entities import Entity
from graph.model.facts import RunBy
from graph.model.former_names import FormerName
from graph.model.identities import Identity, domain_identity, name_identity, row_identity
from graph.records.entering import enter_entity, enter_fact
from graph.records.organisations import companies_by_ids, projects_by_ids
from graph.records.people import people_by_ids
from graph.records.removing import NotEntered, remove_entity
from graph.records.replies import Ticket
from graph.ties import derive
from importers.identity.free_mail import is_free_mail
from service.api.changes import (
    changed,
    date_of,
    external,
    given,
    name_of,
    person_identities,
    referred,
    text_of,
    within,
)
from service.api.context import Info
from service.api.guard import Guarded
from service.api.organisations import Company, Project
from service.api.people import Person
from service.api.values import DateText, InputError, InputErrorCode, InputProblem

__all__ = ["EntityMutations", "RemovePayload"]

KEY_DESCRIPTION = "Send the same change again under the same key, and it is done once."


@strawberry.input(
    description="A person by `id`, or by any exact identity. What is left out stays as it is; an empty text "
    "takes back what was entered before."
)
class UpsertPersonInput:
    """What to say of a person."""

    id: strawberry.ID | None = None
    emails: list[str] = strawberry.field(default_factory=list)
    linkedin_url: str | None = None
    system: str | None = strawberry.field(default=None, description="The system that `externalId` is from.")
    external_id: str | None = None
    name: str | None = UNSET
    headline: str | None = UNSET
    location: str | None = UNSET
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="A company by `id`, domain, LinkedIn page, external id, or else by its name alone."
)
class UpsertCompanyInput:
    """What to say of a company."""

    id: strawberry.ID | None = None
    domain: str | None = UNSET
    system: str | None = None
    external_id: str | None = None
    name: str | None = UNSET
    headcount: int | None = UNSET
    industry: str | None = UNSET
    former_names: list[str] | None = UNSET
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="A project by `id` or external id, or else by its name and company.")
class UpsertProjectInput:
    """What to say of a project."""

    id: strawberry.ID | None = None
    system: str | None = None
    external_id: str | None = None
    name: str | None = UNSET
    company_id: strawberry.ID | None = None
    size: int | None = UNSET
    started: DateText | None = UNSET
    ended: DateText | None = UNSET
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.type(description="The person as it stands now.")
class PersonPayload:
    """Answer to a change of a person."""

    person: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The company as it stands now.")
class CompanyPayload:
    """Answer to a change of a company."""

    company: Company | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The project as it stands now.")
class ProjectPayload:
    """Answer to a change of a project."""

    project: Project | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="`removed`: whether it was there and is gone now. Removing again is no error.")
class RemovePayload:
    """Answer to a removal."""

    id: strawberry.ID
    removed: bool = False
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class EntityMutations:
    """Changes of people, companies and projects."""

    @strawberry.mutation(extensions=[Guarded()], description="Enter a person, or change what was entered.")
    async def upsert_person(self, info: Info, input: UpsertPersonInput) -> PersonPayload:  # noqa: A002
        """Create or change a person."""

        async def work(ticket: Ticket | None) -> str:
            identities = person_identities(input.emails, input.linkedin_url, input.system, input.external_id)
            if not identities and input.id is None:
                identities = [_keyed_identity("person", ticket, "Give id, emails, linkedinUrl or externalId")]
            says = given(
                {
                    "name": _name(input.name),
                    "headline": _text(input.headline, "headline"),
                    "location": _text(input.location, "location"),
                }
            )
            return await _enter(info, entities.Person, input.id, identities, says, ticket)

        try:
            node_id = await changed(info, "upsertPerson", input, work)
            return await _person(info, node_id)
        except InputProblem as problem:
            return PersonPayload(errors=[problem.error])

    @strawberry.mutation(
        extensions=[Guarded()], description="Say whether a person is one of ours: warm paths start there."
    )
    async def set_team_member(
        self, info: Info, person_id: strawberry.ID, is_team_member: bool, idempotency_key: str | None = None
    ) -> PersonPayload:
        """Mark or unmark a team member."""

        async def work(ticket: Ticket | None) -> str:
            await referred(info.context.engine, entities.Person, person_id, "personId")
            return await _enter(info, entities.Person, person_id, [], {"team_member": is_team_member}, ticket)

        asked = TeamMemberAsked(person_id, is_team_member, idempotency_key)
        try:
            return await _person(info, await changed(info, "setTeamMember", asked, work))
        except InputProblem as problem:
            return PersonPayload(errors=[problem.error])

    @strawberry.mutation(extensions=[Guarded()], description="Enter a company, or change what was entered.")
    async def upsert_company(self, info: Info, input: UpsertCompanyInput) -> CompanyPayload:  # noqa: A002
        """Create or change a company."""

        async def work(ticket: Ticket | None) -> str:
            identities, domain = _company_identities(input)
            says = given(
                {
                    "name": _name(input.name),
                    "domain": domain,
                    "headcount": within(input.headcount, "headcount", 1),
                    "industry": _text(input.industry, "industry"),
                    "former_names": _former_names(input.former_names),
                }
            )
            return await _enter(info, entities.Company, input.id, identities, says, ticket)

        try:
            node_id = await changed(info, "upsertCompany", input, work)
            found = (await companies_by_ids(info.context.engine, [node_id])).get(node_id)
            return CompanyPayload(company=Company.of(found) if found else None)
        except InputProblem as problem:
            return CompanyPayload(errors=[problem.error])

    @strawberry.mutation(extensions=[Guarded()], description="Enter a project, or change what was entered.")
    async def upsert_project(self, info: Info, input: UpsertProjectInput) -> ProjectPayload:  # noqa: A002
        """Create or change a project."""
        try:
            node_id = await changed(
                info, "upsertProject", input, lambda ticket: _project(info, input, ticket)
            )
            found = (await projects_by_ids(info.context.engine, [node_id])).get(node_id)
            return ProjectPayload(project=Project.of(found) if found else None)
        except InputProblem as problem:
            return ProjectPayload(errors=[problem.error])

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take back all that was entered about a person. They are gone (`removed`) unless an import "
        "knows them too.",
    )
    async def remove_person(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Take back an entered person."""
        return await _remove(info, entities.Person, id)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take back all that was entered about a company, the employments there included. It is gone "
        "(`removed`) unless an import knows it too.",
    )
    async def remove_company(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Take back an entered company."""
        return await _remove(info, entities.Company, id)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take back all that was entered about a project, the roles in it included. It is gone "
        "(`removed`) unless an import knows it too.",
    )
    async def remove_project(self, info: Info, id: strawberry.ID) -> RemovePayload:  # noqa: A002
        """Take back an entered project."""
        return await _remove(info, entities.Project, id)


@dataclass(frozen=True, slots=True)
class TeamMemberAsked:
    """What setTeamMember was asked, for its reply."""

    person_id: str
    is_team_member: bool
    idempotency_key: str | None


def _name(value: str | None) -> Any:
    return UNSET if value is UNSET else name_of(value)


def _text(value: str | None, field: str) -> Any:
    return UNSET if value is UNSET else text_of(value, field)


def _former_names(values: list[str] | None) -> Any:
    if values is UNSET or values is None:
        return values
    names = (name_of(value, "formerNames") for value in values[:100])
    return tuple(dict.fromkeys(str(FormerName.parse(name)) for name in names if name)) or None


def _keyed_identity(label: Any, ticket: Ticket | None, missing: str) -> Identity:
    """A node known by nothing but the key it was entered under; without a key there is nothing to know it by."""
    if ticket is None:
        raise InputProblem(
            InputErrorCode.REQUIRED,
            f"{missing}: a name is not enough to know a {label} by. Or send an idempotencyKey to enter a new one.",
            "id",
        )
    return row_identity(label, "api", ticket.key)


def _company_identities(asked: UpsertCompanyInput) -> tuple[list[Identity], Any]:
    identities: list[Identity] = []
    domain: Any = asked.domain
    if asked.domain:
        found = domain_identity(asked.domain)
        if found is None:
            raise InputProblem(InputErrorCode.INVALID, "This is no internet domain.", "domain")
        if is_free_mail(found.value):
            text = "Anybody can have an address at this domain: it is no company's. Leave it out."
            raise InputProblem(InputErrorCode.INVALID, text, "domain")
        identities, domain = [found], found.value
    identities += external("company", asked.system, asked.external_id)
    named = name_identity("company", name_of(asked.name)) if asked.name else None
    if named is not None:
        identities.append(named)
    if not identities and asked.id is None:
        raise InputProblem(InputErrorCode.REQUIRED, "Give id, domain, externalId or name.", "name")
    return identities, domain


async def _project(info: Info, asked: UpsertProjectInput, ticket: Ticket | None) -> str:
    engine = info.context.engine
    identities = external("project", asked.system, asked.external_id)
    company = None
    if asked.company_id is not None:
        company = await referred(engine, entities.Company, asked.company_id, "companyId")
    if not identities and asked.id is None:
        if not asked.name:
            raise InputProblem(InputErrorCode.REQUIRED, "Give id, externalId or name.", "name")
        # Many companies have a project of the same name: it is one project only at one company.
        identities = [row_identity("project", "api", company.id if company else "", asked.name)]
    started, ended = _date(asked.started, "started"), _date(asked.ended, "ended")
    size = within(asked.size, "size", 1)
    says = given({"name": _name(asked.name), "size": size, "started": started, "ended": ended})
    if company is None:
        return await _enter(info, entities.Project, asked.id, identities, says, ticket)
    project_id = await _enter(info, entities.Project, asked.id, identities, says, None)
    project = await referred(engine, entities.Project, project_id, "id")
    fact = RunBy(
        project=entities.Project(identities=(project.identity,)),
        company=entities.Company(identities=(company.identity,)),
    )
    await enter_fact(engine, fact, (project, company), ticket=ticket, answer=project_id)
    return project_id


def _date(value: Any, field: str) -> Any:
    if value is UNSET or not value:
        return value
    return str(date_of(value, field))


async def _enter(
    info: Info,
    kind: type[Entity],
    node_id: str | None,
    identities: list[Identity],
    says: dict[str, Any],
    ticket: Ticket | None,
) -> str:
    return await enter_entity(
        info.context.engine, kind, node_id=node_id, identities=identities, says=says, ticket=ticket
    )


async def _remove(info: Info, kind: type[Entity], node_id: str) -> RemovePayload:
    payload = RemovePayload(id=strawberry.ID(node_id))
    try:
        payload.removed = await remove_entity(info.context.engine, kind, node_id)
    except NotEntered:
        message = (
            f"This {kind.SLUG} was imported, nothing was entered by hand: change the source and import again."
        )
        payload.errors.append(InputError.of(InputErrorCode.CONFLICT, message, "id"))
        return payload
    await derive(info.context.engine)
    return payload


async def _person(info: Info, person_id: str) -> PersonPayload:
    found = (await people_by_ids(info.context.engine, [person_id])).get(person_id)
    return PersonPayload(person=Person.of(found) if found else None)
