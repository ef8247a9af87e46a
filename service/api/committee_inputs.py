"""Inputs of the mutations that fill a committee."""

from __future__ import annotations

from enum import Enum

import strawberry
from strawberry import UNSET

from graph.model.committee import SIGNAL_KINDS
from service.api.changes import CONFIRM_DESCRIPTION
from service.api.committee_beliefs import BuyingRole, Experience, InfluenceLevel, ObservationSource
from service.api.entity_changes import KEY_DESCRIPTION
from service.api.introductions import IntroductionState
from service.api.values import AllianceKind, DateText

__all__ = [
    "AddCommitteeMemberInput",
    "ConfirmRoleInput",
    "DecideSuggestedAllianceInput",
    "RecordObservationInput",
    "RecordRoleInput",
    "RecordSignalInput",
    "RemoveCommitteeMemberInput",
    "RequestIntroductionInput",
    "SetInfluenceInput",
    "SetPersonaInput",
    "SignalKind",
    "UpdateIntroductionInput",
    "UpsertOpportunityInput",
]

SignalKind = Enum("SignalKind", {name.upper(): name for name in SIGNAL_KINDS})  # type: ignore[misc]
SignalKindEnum = strawberry.enum(
    SignalKind, name="SignalKind", description="A weak sign of intent; UNSUBSCRIBE speaks against it."
)
ON = "When; today when left out."
EXPIRES = "The last day on which it counts; for good when left out."


@strawberry.input(
    description="An opportunity by `id` or external id, or else by its name and company. What is left out stays as it "
    "is; null or an empty text takes back what was entered before."
)
class UpsertOpportunityInput:
    """What to say of an opportunity."""

    id: strawberry.ID | None = None
    system: str | None = None
    external_id: str | None = None
    company_id: strawberry.ID | None = strawberry.field(
        default=None, description="Needed for a new opportunity."
    )
    name: str | None = UNSET
    stage: str | None = UNSET
    closes_on: DateText | None = UNSET
    amount: float | None = UNSET
    approve_threshold: float | None = strawberry.field(
        default=UNSET, description="A stance, -1 to 1: an economic buyer approves from here on."
    )
    stop_threshold: float | None = strawberry.field(
        default=UNSET, description="A technical buyer stops below this."
    )
    against_threshold: float | None = strawberry.field(
        default=UNSET, description="Users are against when their mean lies below this."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="A seat: the same again changes what is given, and keeps what is left out.")
class AddCommitteeMemberInput:
    """A seat to enter."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID
    influence: InfluenceLevel | None = None
    roles: list[BuyingRole] | None = strawberry.field(
        default=None, description="Roles they are said to hold; `confirmRole` settles one."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input
class RemoveCommitteeMemberInput:
    """A seat to take back."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID


@strawberry.input
class SetInfluenceInput:
    """An influence to enter."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID
    influence: InfluenceLevel
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="What was heard of a buying role. One note a day of what one informant said.")
class RecordRoleInput:
    """A role observation to enter."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID
    role: BuyingRole
    value: float = strawberry.field(
        default=1.0, description="1: they hold it, -1: they do not, or in between."
    )
    source: ObservationSource = ObservationSource("direct")
    informant_id: strawberry.ID | None = None
    reliability: float | None = strawberry.field(
        default=None, description="Of the source, 0 to 1; the usual one when left out."
    )
    on: DateText | None = strawberry.field(default=None, description=ON)
    evidence: str | None = None
    expires_on: DateText | None = strawberry.field(default=None, description=EXPIRES)
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="A human's word on a role: it holds whatever the evidence says.")
class ConfirmRoleInput:
    """A confirmation to enter."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID
    role: BuyingRole
    holds: bool | None = strawberry.field(
        default=True, description="False: they do not hold it. Null takes the word back."
    )
    evidence: str | None = None
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="A stance that was heard: from themselves (DIRECT), from a coach about somebody else, or by hearsay. "
    "One author has one note a day of what one informant said about one member: the same again replaces it."
)
class RecordObservationInput:
    """A stance to note."""

    opportunity_id: strawberry.ID
    about_id: strawberry.ID
    value: float = strawberry.field(description="-1 (opponent) to 1 (mentor).")
    source: ObservationSource = ObservationSource("direct")
    informant_id: strawberry.ID | None = strawberry.field(default=None, description="Who said it.")
    reliability: float | None = strawberry.field(
        default=None, description="Of the source, 0 to 1; the usual one when left out."
    )
    on: DateText | None = strawberry.field(default=None, description=ON)
    evidence: str | None = None
    expires_on: DateText | None = strawberry.field(default=None, description=EXPIRES)
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="A weak sign of intent, by a person, or by a company whose person is unknown: exactly one of the two."
)
class RecordSignalInput:
    """A signal to enter."""

    person_id: strawberry.ID | None = None
    company_id: strawberry.ID | None = None
    kind: SignalKind
    on: DateText | None = strawberry.field(default=None, description=ON)
    weight: float | None = strawberry.field(
        default=None,
        description="In log-odds, -5 to 5: for UNSUBSCRIBE 0 or less, for OTHER either, for all others 0 or more; that "
        "of its kind when left out.",
    )
    evidence: str | None = None
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="How a person buys. What is left out stays as it is; null or an empty text takes back what was "
    "entered before. Separate several entries in a field by `;`."
)
class SetPersonaInput:
    """A persona to enter."""

    person_id: strawberry.ID
    background: str | None = UNSET
    goals: str | None = UNSET
    process: str | None = UNSET
    media: str | None = UNSET
    objective: str | None = UNSET
    style: str | None = UNSET
    information: str | None = UNSET
    brands: str | None = UNSET
    experience: Experience | None = UNSET
    evidence: str | None = None
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="An introduction along a path, as `warmPaths` or `entryPaths` answered it: one of ours, connectors, "
    "the one to meet. It is drafted; `updateIntroduction` moves it on."
)
class RequestIntroductionInput:
    """An introduction to draft."""

    opportunity_id: strawberry.ID | None = None
    path: list[strawberry.ID] = strawberry.field(description="People in order, 2 to 5 of them.")
    draft: str | None = strawberry.field(
        default=None, description="The request in words; a draft is made when left out."
    )
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="The state an introduction has come to; going back is refused.")
class UpdateIntroductionInput:
    """An introduction to move on."""

    id: strawberry.ID
    state: IntroductionState
    on: DateText | None = strawberry.field(default=None, description=ON)
    note: str | None = None
    unknown_to_each_other: bool = strawberry.field(
        default=False,
        description="Declined because the two do not know each other: says nothing of willingness.",
    )
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="A human's word on a suggested alliance.")
class DecideSuggestedAllianceInput:
    """A decision."""

    opportunity_id: strawberry.ID
    a_id: strawberry.ID
    b_id: strawberry.ID
    confirmed: bool
    kind: AllianceKind = AllianceKind("affinity")
    strength: float | None = strawberry.field(
        default=None, description="0 to 1; that of the suggestion when left out."
    )
    evidence: str | None = None
    confirm_sensitive: bool = strawberry.field(default=False, description=CONFIRM_DESCRIPTION)
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)
