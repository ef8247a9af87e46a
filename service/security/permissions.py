"""Who may call what: one table of every GraphQL root field and every REST route.

`test_security_permissions` tries each entry with each role and with no key, and fails on a field or route
that stands in none.
"""

from __future__ import annotations

from enum import Enum

from service.errors import NO_KEY, ErrorCode, ServiceError
from service.security.caller import Caller, Role

__all__ = ["OPERATIONS", "Access", "allowed", "require"]


class Access(Enum):
    """Who may call an operation."""

    PUBLIC = "anybody, without a key"
    READER = "any key"
    WRITER = "an admin, a member, or a plugin that was granted it"
    ADMIN = "an admin"


OPERATIONS: dict[str, Access] = {
    "Query.viewer": Access.READER,
    "Query.person": Access.READER,
    "Query.peopleByRef": Access.READER,
    "Query.searchPeople": Access.READER,
    "Query.company": Access.READER,
    "Query.searchCompanies": Access.READER,
    "Query.project": Access.READER,
    "Query.tie": Access.READER,
    "Query.warmPaths": Access.READER,
    "Query.importRun": Access.ADMIN,
    "Query.importRuns": Access.ADMIN,
    "Mutation.upsertPerson": Access.WRITER,
    "Mutation.upsertCompany": Access.WRITER,
    "Mutation.upsertProject": Access.WRITER,
    "Mutation.recordEmployment": Access.WRITER,
    "Mutation.recordProjectRole": Access.WRITER,
    "Mutation.recordInteraction": Access.WRITER,
    "Mutation.declareAlliance": Access.WRITER,
    "Mutation.setTeamMember": Access.ADMIN,
    "Mutation.removePerson": Access.ADMIN,
    "Mutation.removeCompany": Access.ADMIN,
    "Mutation.removeProject": Access.ADMIN,
    "Mutation.removeEmployment": Access.WRITER,
    "Mutation.removeProjectRole": Access.WRITER,
    "Mutation.removeInteraction": Access.WRITER,
    "Mutation.removeAlliance": Access.WRITER,
    "Subscription.importProgress": Access.ADMIN,
    "POST /imports": Access.ADMIN,
    "GET /imports/{id}": Access.ADMIN,
    "GET /imports/{id}/refused.csv": Access.ADMIN,
    "GET /metrics": Access.ADMIN,
    "GET /healthz": Access.PUBLIC,
    "GET /readyz": Access.PUBLIC,
    # Each root field of an operation is checked by its own entry.
    "POST /graphql": Access.READER,
    # The page only, where `serve --explore` turns it on; what it sends needs a key.
    "GET /graphql": Access.PUBLIC,
}


def allowed(caller: Caller | None, operation: str) -> bool:
    """Whether `caller` (None: no key) may call `operation`; KeyError when the table does not know it."""
    access = OPERATIONS[operation]
    if access is Access.PUBLIC:
        return True
    if caller is None:
        return False
    if caller.is_admin or access is Access.READER:
        return True
    return access is Access.WRITER and (
        caller.role is Role.MEMBER or operation.partition(".")[2] in caller.mutations
    )


def require(caller: Caller | None, operation: str) -> None:
    """Refuse with UNAUTHENTICATED or FORBIDDEN unless `caller` may call `operation`."""
    if allowed(caller, operation):
        return
    if caller is None:
        raise ServiceError(
            ErrorCode.UNAUTHENTICATED,
            NO_KEY,
        )
    raise ServiceError(
        ErrorCode.FORBIDDEN,
        f"{operation.rpartition('.')[2]} is for {OPERATIONS[operation].value}; "
        f"this key's role is {caller.role.value}.",
    )
