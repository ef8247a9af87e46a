"""Who is asking."""

from __future__ import annotations

from enum import Enum

import strawberry

from service.api.context import Info
from service.api.guard import Guarded
from service.api.people import Person
from service.security.permissions import ALLIANCES_READ, OPERATIONS, STANCES_READ, STANCES_WRITE, allowed

__all__ = ["Viewer", "ViewerQueries"]


class KeyRole(Enum):
    """What a key is for."""

    ADMIN = "admin"
    MEMBER = "member"
    PLUGIN = "plugin"


KeyRoleEnum = strawberry.enum(KeyRole, name="Role", description="What a key is for.")


@strawberry.type(description="The key that asks, and what it may do.")
class Viewer:
    """The caller."""

    key_name: str
    role: KeyRole
    operations: list[str] = strawberry.field(description="The queries and mutations this key may call.")
    scopes: list[str] = strawberry.field(
        description="Rights of their own: `stances:read`, `stances:write`, `alliances:read`."
    )
    person_id: strawberry.Private[str | None]

    @strawberry.field(description="The team member whose private contacts this key may use.")
    async def person(self, info: Info) -> Person | None:
        """The linked person."""
        if self.person_id is None:
            return None
        view = await info.context.load.people.load(self.person_id)
        return Person.of(view) if view else None


@strawberry.type
class ViewerQueries:
    """The query for who is asking."""

    @strawberry.field(extensions=[Guarded()], description="Who is asking: the owner of the API key.")
    async def viewer(self, info: Info) -> Viewer:
        """The caller."""
        caller = info.context.known_caller
        fields = [name for name in OPERATIONS if name.startswith(("Query.", "Mutation.", "Subscription."))]
        return Viewer(
            key_name=caller.name,
            role=KeyRole(caller.role.value),
            operations=[name.partition(".")[2] for name in fields if allowed(caller, name)],
            scopes=[scope for scope in (STANCES_READ, STANCES_WRITE, ALLIANCES_READ) if caller.may(scope)],
            person_id=caller.member_id,
        )
