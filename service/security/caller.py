"""Who is calling: what a request's key says, passed down as an argument to whatever reads or writes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Caller", "Role"]


class Role(StrEnum):
    """What a key is for."""

    ADMIN = "admin"
    MEMBER = "member"
    PLUGIN = "plugin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The owner of the API key of one request.

    `member_id` is the id of the team member (a Person) the key is linked to, or None; whoever calls with it
    may use what is private to that member, and nobody else may. `mutations` are what the key was granted: GraphQL
    field names a plugin may call beyond reading, and scopes (`stances:read`, `stances:write`, `stances:none`).
    """

    key_id: str
    name: str
    role: Role
    member_id: str | None = None
    mutations: frozenset[str] = frozenset()

    @property
    def is_admin(self) -> bool:
        """Whether everything is allowed."""
        return self.role is Role.ADMIN

    def may(self, scope: str) -> bool:
        """Whether the key has a scope: an admin has all, a plugin what it was granted, a member all of a kind
        (`stances:`) unless scopes of that kind were named for the key, which then are all it has."""
        if self.is_admin or scope in self.mutations:
            return True
        kind = scope.partition(":")[0] + ":"
        return self.role is Role.MEMBER and not any(each.startswith(kind) for each in self.mutations)

    @property
    def viewer(self) -> str | None:
        """Whose private evidence counts: the `viewer` argument of searches."""
        return self.member_id
