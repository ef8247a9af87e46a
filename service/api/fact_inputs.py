"""Inputs of the mutations of facts."""

from __future__ import annotations

import strawberry
from strawberry import UNSET

from service.api.changes import CONFIRM_DESCRIPTION
from service.api.entity_changes import KEY_DESCRIPTION
from service.api.values import AllianceKind, DateText, Seniority

__all__ = [
    "PRIVATE_DESCRIPTION",
    "DeclareAllianceInput",
    "RecordEmploymentInput",
    "RecordInteractionInput",
    "RecordProjectRoleInput",
]

PRIVATE_DESCRIPTION = "Only your own paths may use it; you must be one of the two (a key linked to a member)."


@strawberry.input(
    description="Known by person, company, start and title: the same again changes the rest; what is left "
    "out stays, null takes it back."
)
class RecordEmploymentInput:
    """An employment to enter."""

    person_id: strawberry.ID
    company_id: strawberry.ID
    title: str | None = None
    department: str | None = UNSET
    seniority: Seniority | None = UNSET
    started: DateText | None = None
    ended: DateText | None = UNSET
    current: bool | None = UNSET
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="Known by person, project, start and role: the same again changes the rest; what is left "
    "out stays, null takes it back."
)
class RecordProjectRoleInput:
    """A project role to enter."""

    person_id: strawberry.ID
    project_id: strawberry.ID
    role: str | None = None
    started: DateText | None = None
    ended: DateText | None = UNSET
    current: bool | None = UNSET
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="Counts of messages or meetings, never their content: `sent` from `fromId` to `toId`, `received` "
    "the other way. Known by the two people and the channel: the same again replaces the counts."
)
class RecordInteractionInput:
    """Interactions to enter."""

    from_id: strawberry.ID
    to_id: strawberry.ID
    channel: str
    sent: int = 0
    received: int = 0
    last_on: DateText | None = None
    private: bool = strawberry.field(default=False, description=PRIVATE_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="An alliance between two people; `directed`: `fromId` leans on `toId`. Known by the two people, "
    "the kind and the opportunity: the same again changes the rest; what is left out stays, null takes it back."
)
class DeclareAllianceInput:
    """An alliance to enter."""

    from_id: strawberry.ID
    to_id: strawberry.ID
    kind: AllianceKind
    strength: float | None = strawberry.field(default=UNSET, description="0 to 1.")
    directed: bool = False
    since: DateText | None = UNSET
    opportunity_id: strawberry.ID | None = strawberry.field(
        default=None, description="Where it holds; everywhere when left out."
    )
    evidence: str | None = UNSET
    expires_on: DateText | None = strawberry.field(
        default=UNSET, description="The last day on which it counts there; for good when left out."
    )
    private: bool = strawberry.field(default=False, description=PRIVATE_DESCRIPTION)
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)
