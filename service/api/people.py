"""People: what is known of them, and finding them by id, reference or name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from graph.records import search
from graph.records.views import FactView, IdentityView, PersonView
from service.api.confirming import confirmed, stale
from service.api.context import Info
from service.api.evidence import Source, sources_of
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.values import AllianceKind, DateText, date_text
from service.audit.noting import note_person
from service.security.permissions import ALLIANCES_READ, require

if TYPE_CHECKING:
    from service.api.careers import Employment, Membership, ProjectRole, Study
    from service.api.freshness import Contradiction
    from service.api.privacy import PersonPrivacy
    from service.api.ties import Tie

__all__ = ["Alliance", "Identity", "PeopleQueries", "Person"]


@strawberry.type(description="One exact identity: the system that issued it and the value there.")
class Identity:
    """An identity as stored."""

    system: str
    value: str
    url: str | None

    @classmethod
    def of(cls, view: IdentityView) -> Identity:
        """From what is read back."""
        return cls(system=view.system, value=view.value, url=view.url)


@strawberry.type(description="A person.")
class Person:
    """A person; what is not plain is read once for all people of an operation."""

    id: strawberry.ID
    name: str
    headline: str | None
    location: str | None
    is_team_member: bool = strawberry.field(description="One of ours: warm paths start there.")
    objected: bool = strawberry.field(
        default=False, description="They do not want to be approached: no path, advice or list names them."
    )

    def __post_init__(self) -> None:
        """Whoever becomes part of an answer is noted for the audit, here and nowhere else."""
        note_person(self.id)

    @classmethod
    def of(cls, view: PersonView) -> Person:
        """From what is read back."""
        return cls(
            id=strawberry.ID(view.id),
            name=view.name,
            headline=view.headline,
            location=view.location,
            is_team_member=view.team_member,
            objected=view.objected,
        )

    @strawberry.field(description="E-mail addresses, public profiles, ids in other systems.")
    async def identities(self, info: Info) -> list[Identity]:
        """The person's identities."""
        return [Identity.of(each) for each in await info.context.load.person_identities.load(self.id)]

    @strawberry.field(description="Where they work and worked: current first, then the newest.")
    async def employments(
        self, info: Info
    ) -> list[Annotated[Employment, strawberry.lazy("service.api.careers")]]:
        """The person's employments."""
        from service.api.careers import Employment

        return [Employment.of(each) for each in await info.context.load.employments.load(self.id)]

    @strawberry.field(description="What they did on projects, newest first.")
    async def projects(
        self, info: Info
    ) -> list[Annotated[ProjectRole, strawberry.lazy("service.api.careers")]]:
        """The person's project roles."""
        from service.api.careers import ProjectRole

        return [ProjectRole.of(each) for each in await info.context.load.project_roles.load(self.id)]

    @strawberry.field(description="Where they studied, newest first.")
    async def studies(self, info: Info) -> list[Annotated[Study, strawberry.lazy("service.api.careers")]]:
        """The person's studies."""
        from service.api.careers import Study

        return [Study.of(each) for each in await info.context.load.studies.load(self.id)]

    @strawberry.field(description="Associations, user groups and clubs they belong to.")
    async def memberships(
        self, info: Info
    ) -> list[Annotated[Membership, strawberry.lazy("service.api.careers")]]:
        """The person's memberships."""
        from service.api.careers import Membership

        return [Membership.of(each) for each in await info.context.load.memberships.load(self.id)]

    @strawberry.field(
        description="Declared alliances with others, hostile ones included. Needs the right to read alliances."
    )
    async def alliances(self, info: Info) -> list[Alliance]:
        """The person's alliances."""
        require(info.context.caller, ALLIANCES_READ)
        return [Alliance.of(self, each) for each in await info.context.load.alliances.load(self.id)]

    @strawberry.field(description="How many people they are connected to on a platform.")
    async def connections_count(self, info: Info) -> int:
        """Count the connections the caller may know."""
        return await info.context.load.connection_counts.load(self.id)

    @strawberry.field(description="Their ties, the most probable first.")
    async def ties(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[Annotated[Tie, strawberry.lazy("service.api.ties")]]:
        """A page of ties as the caller may see them."""
        from service.api.ties import Tie

        size = page_size(first)
        position = decode_cursor(after, float, str)
        load = info.context.load
        rows = await load.ties.load((self.id, position, size + 1))
        return page_of(
            [
                (
                    Tie.of(tie, self, Person.of(other), load.viewer),
                    encode_cursor(float(tie.probability), other.id),
                )
                for other, tie in rows
            ],
            size,
            after,
            lambda: load.tie_counts.load(self.id),
        )

    @strawberry.field(
        description="How they came to be stored, what they were told, and until when they may stay."
    )
    async def privacy(
        self, info: Info
    ) -> Annotated[PersonPrivacy, strawberry.lazy("service.api.privacy")] | None:
        """The person's privacy."""
        from service.api.privacy import PersonPrivacy

        told = await info.context.load.privacy.load(self.id)
        return PersonPrivacy.of(told) if told else None

    @strawberry.field(
        description="Where sources disagree: names, headlines, locations, several current employers or titles."
    )
    async def contradictions(
        self, info: Info
    ) -> list[Annotated[Contradiction, strawberry.lazy("service.api.freshness")]]:
        """What sources say differently about the person."""
        from service.api.freshness import Contradiction

        return [Contradiction.of(each) for each in await info.context.load.contradictions.load(self.id)]

    @strawberry.field(description="The rows of the sources that describe this person.")
    async def sources(self, info: Info) -> list[Source]:
        """The person's source records."""
        return await sources_of(info, await info.context.load.person_sources.load(self.id))


@strawberry.type(description="A declared alliance. `directed`: `a` leans on `b`, so `b` influences `a`.")
class Alliance:
    """An alliance as somebody declared it."""

    id: strawberry.ID
    a: Person
    b: Person
    kind: AllianceKind
    sign: int = strawberry.field(description="1 friendly, -1 hostile.")
    strength: float | None = strawberry.field(description="0 to 1, as its author put it.")
    directed: bool
    since: DateText | None
    keys: strawberry.Private[tuple[str, ...]]
    says: strawberry.Private[Mapping[str, Any]]

    @classmethod
    def of(cls, person: Person, fact: FactView[PersonView]) -> Alliance:
        """From what is read back at `person`."""
        other = Person.of(fact.other)
        a, b = (person, other) if fact.ref.start == person.id else (other, person)
        return cls(
            id=strawberry.ID(fact.ref.token),
            a=a,
            b=b,
            kind=AllianceKind(fact.says["kind"]),
            sign=fact.says["sign"],
            strength=fact.says.get("strength"),
            directed=bool(fact.says.get("directed")),
            since=date_text(fact.says.get("since")),
            keys=fact.sources,
            says=fact.says,
        )

    @strawberry.field(
        description="The newest day on which a source still said so, or somebody declared it again."
    )
    async def confirmed_on(self, info: Info) -> DateText | None:
        """When it was confirmed last."""
        return date_text(await confirmed(info, "ALLIED", self.says, self.keys))

    @strawberry.field(description="Nobody has confirmed it for over 12 months.")
    async def stale(self, info: Info) -> bool:
        """Whether it is worth asking about."""
        return await stale(info, "ALLIED", self.says, self.keys)

    @strawberry.field(description="Where it is known from.")
    async def sources(self, info: Info) -> list[Source]:
        """The source records behind it."""
        return await sources_of(info, self.keys)


@strawberry.type
class PeopleQueries:
    """Queries for people."""

    @strawberry.field(extensions=[Guarded()], description="A person by id.")
    async def person(self, info: Info, id: strawberry.ID) -> Person | None:  # noqa: A002
        """One person."""
        view = await info.context.load.people.load(id)
        return Person.of(view) if view else None

    @strawberry.field(
        extensions=[Guarded()],
        description="People by name: exact names first, then beginnings, then any words of the name. "
        "An e-mail address or LinkedIn address finds the one behind it.",
    )
    async def search_people(
        self, info: Info, text: str, first: int | None = 20, after: str | None = None
    ) -> Connection[Person]:
        """A page of hits."""
        size = page_size(first)
        position = decode_cursor(after, int, str, str)
        engine = info.context.engine
        found = await search.search_people(
            engine, text, after=position, limit=size + 1, sees=info.context.sees
        )
        items = [(Person.of(each.item), encode_cursor(*each.position)) for each in found]
        return page_of(items, size, after, lambda: search.count_people(engine, text, info.context.sees))
