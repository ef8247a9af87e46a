"""Who may call what: one table of every GraphQL root field and every REST route.

`test_security_permissions` tries each entry with each role and with no key, and fails on a field or route
that stands in none.
"""

from __future__ import annotations

from enum import Enum

from service.errors import NO_KEY, ErrorCode, ServiceError
from service.security.caller import Caller, Role

__all__ = [
    "ALLIANCES_READ",
    "OPERATIONS",
    "SCOPES",
    "STANCES_READ",
    "STANCES_WRITE",
    "Access",
    "allowed",
    "require",
]

STANCES_READ, STANCES_WRITE = "stances:read", "stances:write"
ALLIANCES_READ = "alliances:read"
# What can be granted to a key beside mutations; `none` takes the rights of its kind from a member's key.
SCOPES = (STANCES_READ, STANCES_WRITE, "stances:none", ALLIANCES_READ, "alliances:none")


class Access(Enum):
    """Who may call an operation."""

    PUBLIC = "anybody, without a key"
    READER = "any key"
    WRITER = "an admin, a member, or a plugin that was granted it"
    STANCE_READER = "a key with the scope stances:read"
    STANCE_WRITER = "a key with the scope stances:write that may call it"
    ALLIANCE_READER = "a key with the scope alliances:read"
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
    # What is thought of people (all that follows from stances) needs `stances:read` besides, field by field.
    "Query.opportunity": Access.READER,
    "Query.opportunities": Access.READER,
    "Query.simulate": Access.STANCE_READER,
    "Query.counterbalance": Access.STANCE_READER,
    "Query.attribution": Access.STANCE_READER,
    "Query.calibration": Access.READER,
    STANCES_READ: Access.STANCE_READER,
    # Who is bound to whom, and how: refused field by field, and left out of ties, reasons and drafts.
    ALLIANCES_READ: Access.ALLIANCE_READER,
    "Query.audit": Access.ADMIN,
    "Query.subjectAccess": Access.ADMIN,
    "Query.reviewCandidates": Access.WRITER,
    # Who sits on which committee is told with `stances:read` alone.
    "Query.staleFacts": Access.WRITER,
    "Query.changes": Access.READER,
    "Query.importRun": Access.ADMIN,
    "Query.importRuns": Access.ADMIN,
    "Mutation.upsertPerson": Access.WRITER,
    "Mutation.upsertCompany": Access.WRITER,
    "Mutation.upsertProject": Access.WRITER,
    "Mutation.recordEmployment": Access.WRITER,
    "Mutation.recordProjectRole": Access.WRITER,
    "Mutation.recordInteraction": Access.WRITER,
    "Mutation.declareAlliance": Access.WRITER,
    "Mutation.upsertOpportunity": Access.WRITER,
    "Mutation.addCommitteeMember": Access.WRITER,
    "Mutation.removeCommitteeMember": Access.WRITER,
    "Mutation.setInfluence": Access.WRITER,
    "Mutation.recordRole": Access.WRITER,
    "Mutation.confirmRole": Access.WRITER,
    "Mutation.recordObservation": Access.STANCE_WRITER,
    "Mutation.recordSignal": Access.WRITER,
    "Mutation.setPersona": Access.WRITER,
    "Mutation.requestIntroduction": Access.WRITER,
    "Mutation.updateIntroduction": Access.WRITER,
    "Mutation.decideSuggestedAlliance": Access.WRITER,
    "Mutation.setTeamMember": Access.ADMIN,
    "Mutation.removePerson": Access.ADMIN,
    "Query.noticesDue": Access.ADMIN,
    "Query.retentionDue": Access.ADMIN,
    "Query.suppressedPeople": Access.ADMIN,
    "Mutation.suppress": Access.ADMIN,
    "Mutation.liftSuppression": Access.ADMIN,
    "Mutation.erasePerson": Access.ADMIN,
    "Mutation.recordObjection": Access.WRITER,
    "Mutation.withdrawObjection": Access.ADMIN,
    "Mutation.recordNotice": Access.ADMIN,
    "Mutation.removeCompany": Access.ADMIN,
    "Mutation.removeProject": Access.ADMIN,
    "Mutation.declareSubsidiary": Access.WRITER,
    "Mutation.removeSubsidiary": Access.WRITER,
    "Mutation.verifyFact": Access.WRITER,
    "Mutation.unverifyFact": Access.WRITER,
    "Mutation.removeEmployment": Access.WRITER,
    "Mutation.removeProjectRole": Access.WRITER,
    "Mutation.removeInteraction": Access.WRITER,
    "Mutation.removeAlliance": Access.WRITER,
    "Mutation.mergePeople": Access.WRITER,
    "Mutation.splitPerson": Access.WRITER,
    "Mutation.keepApart": Access.WRITER,
    "Mutation.undoImport": Access.ADMIN,
    "Subscription.importProgress": Access.ADMIN,
    "POST /imports": Access.ADMIN,
    "GET /imports/{id}": Access.ADMIN,
    "GET /imports/{id}/refused.csv": Access.ADMIN,
    "GET /exports/contacts.csv": Access.READER,
    "GET /exports/paths.csv": Access.READER,
    # What is thought of people; who is bound to whom stands in it with `alliances:read` alone.
    "GET /exports/committee.csv": Access.STANCE_READER,
    "GET /exports/neutral.zip": Access.ADMIN,
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
    if access is Access.STANCE_READER:
        return caller.may(STANCES_READ)
    if access is Access.ALLIANCE_READER:
        return caller.may(ALLIANCES_READ)
    if access is Access.STANCE_WRITER and not caller.may(STANCES_WRITE):
        return False
    return access in (Access.WRITER, Access.STANCE_WRITER) and (
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
    if operation in SCOPES:
        raise ServiceError(
            ErrorCode.FORBIDDEN,
            f"This key may not see that: it lacks {operation} (liaison key create --grant {operation}).",
        )
    raise ServiceError(
        ErrorCode.FORBIDDEN,
        f"{operation.rpartition('.')[2]} is for {OPERATIONS[operation].value}; "
        f"this key's role is {caller.role.value}.",
    )
