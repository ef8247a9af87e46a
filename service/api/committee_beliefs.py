"""A committee as it is believed to be: members, stances, roles, camps, outlook, intent, each with its reasons."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from graph.committee import BUYING_ROLES, EXPERIENCES, SOURCES
from graph.committee import Intent as FoundIntent
from graph.committee import Outlook as FoundOutlook
from graph.committee import Reason as FoundReason
from service.api.people import Alliance, Person
from service.api.values import DateText

if TYPE_CHECKING:
    from graph.committee import Gates as FoundGates

__all__ = [
    "BuyingRole",
    "Camps",
    "CommitteeMember",
    "Decision",
    "Experience",
    "InfluenceLevel",
    "Intent",
    "ObservationSource",
    "Outlook",
    "Persona",
    "Reason",
    "RoleBelief",
    "Share",
    "StanceBelief",
    "StanceContribution",
    "SuggestedAlliance",
    "SuggestionReason",
]

InfluenceLevel = Enum("InfluenceLevel", {name.upper(): name for name in ("high", "medium", "low")})  # type: ignore[misc]
InfluenceLevelEnum = strawberry.enum(
    InfluenceLevel, name="InfluenceLevel", description="How much the others listen, whatever the rank."
)
BuyingRole = Enum("BuyingRole", {name.upper(): name for name in BUYING_ROLES})  # type: ignore[misc]
BuyingRoleEnum = strawberry.enum(
    BuyingRole,
    name="BuyingRole",
    description="ECONOMIC_BUYER releases the money, TECHNICAL_BUYER can stop, USER_BUYER lives with the result, "
    "COACH guides us from inside.",
)
ObservationSource = Enum("ObservationSource", {name.upper(): name for name in SOURCES})  # type: ignore[misc]
ObservationSourceEnum = strawberry.enum(
    ObservationSource,
    name="ObservationSource",
    description="DIRECT: they said so of themselves. COACH_REPORT: somebody inside told us. HEARSAY: anything else.",
)
Experience = Enum("Experience", {name.upper(): name for name in EXPERIENCES})  # type: ignore[misc]
ExperienceEnum = strawberry.enum(
    Experience, name="Experience", description="Experience with products like ours."
)


@strawberry.type(
    description="One reason for a probability. The log-odds of all reasons add up to the belief's; the changes, in "
    "the order shown, to its probability."
)
class Reason:
    """A reason."""

    cause: str
    log_odds: float | None = strawberry.field(
        description="What it adds (natural logarithm); null for a human's word, which overrules the rest."
    )
    change: float = strawberry.field(description="What it moved the probability by.")

    @classmethod
    def of(cls, found: FoundReason) -> Reason:
        """From the model."""
        return cls(cause=found.cause, log_odds=found.log_odds, change=found.change)


@strawberry.type(
    description="How probable it is that somebody holds a role. Roles do not exclude one another."
)
class RoleBelief:
    """A belief about a role."""

    role: BuyingRole
    probability: float
    confirmed: bool | None = strawberry.field(description="A human's word; null: none was given.")
    contributions: list[Reason]


@strawberry.type(description="What one thing adds to the mean of a stance.")
class StanceContribution:
    """A part of a stance."""

    cause: str
    share: float = strawberry.field(description="In units of the stance; all shares add up to the mean.")
    about: Person | None = strawberry.field(description="Whose stance was heard; null for the prior.")
    informant: Person | None = strawberry.field(description="Who said it, if known.")
    value: float | None = strawberry.field(description="What was heard, -1 to 1.")
    source: ObservationSource | None
    reliability: float | None = strawberry.field(description="0 to 1, as noted; null: the usual one.")
    on: DateText | None
    evidence: str | None
    author: str | None


@strawberry.type(description="What somebody is thought to think: from -1 (opponent) over 0 to 1 (mentor).")
class StanceBelief:
    """A believed stance."""

    mean: float
    low: float = strawberry.field(description="The lower end of the 95 % interval, cut to the scale.")
    high: float = strawberry.field(description="The upper end.")
    sd: float
    parts: strawberry.Private[Callable[[], list[StanceContribution]]]

    @strawberry.field(description="They add up to the mean.")
    def contributions(self) -> list[StanceContribution]:
        """Made only when asked for: there are members times notes of them."""
        return self.parts()


@strawberry.type(description="What one person adds. `person` is null for all the others together.")
class Share:
    """A share of a settled stance or of the decision."""

    person: Person | None
    value: float = strawberry.field(description="In units of the stance; all shares add up to the whole.")
    part: float | None = strawberry.field(description="The part of the whole; null when the whole is 0.")


@strawberry.type(description="What is known of somebody as a buyer; null where nothing was noted.")
class Persona:
    """The eight fields, and experience."""

    background: str | None = strawberry.field(description="Background and knowledge.")
    goals: str | None = strawberry.field(description="Goals and worries.")
    process: str | None = strawberry.field(description="Preferred buying process.")
    media: str | None = strawberry.field(description="Media consulted.")
    objective: str | None = strawberry.field(description="Purchase objective.")
    style: str | None = strawberry.field(description="Buying style.")
    information: str | None = strawberry.field(description="Information wanted.")
    brands: str | None = strawberry.field(description="Brands adopted.")
    experience: Experience | None


@strawberry.type(description="Somebody who sits on the committee.")
class CommitteeMember:
    """A member."""

    person: Person
    roles: list[RoleBelief] = strawberry.field(description="Every buying role, the most probable first.")
    influence: InfluenceLevel
    on_others: float = strawberry.field(
        description="How far the others settle further up, on average, when this one starts one unit further up."
    )
    stance: StanceBelief
    settles_at: float = strawberry.field(description="Where the stance settles once they have talked.")
    movable: float = strawberry.field(description="How far all the others together could still move them.")
    persona: Persona | None
    parts: strawberry.Private[Callable[[], list[Share]]]

    @strawberry.field(
        name="from", description="Whose stances make it settle there; they add up to `settlesAt`."
    )
    def settles_from(self) -> list[Share]:
        """Made only when asked for."""
        return self.parts()


@strawberry.type(description="A split with the fewest violated alliances.")
class Camps:
    """Camps."""

    groups: list[list[Person]]
    violated: float = strawberry.field(description="Sum of the strengths of violated alliances.")
    exact: bool = strawberry.field(description="No split violates less.")
    alternatives: int = strawberry.field(
        description="Other splits that are just as good, the shown one not counted."
    )
    bound: float = strawberry.field(description="No split violates less than this.")
    counted: bool = strawberry.field(description="Whether `alternatives` counts all there are.")
    unaligned: list[Person] = strawberry.field(description="Bound to nobody, so in no camp.")
    violated_alliances: list[Alliance]
    others: list[list[list[Person]]] = strawberry.field(description="Some of the alternatives.")


@strawberry.type(
    description="One kind of shared history behind a suggestion; the shares add up to its strength."
)
class SuggestionReason:
    """A reason for a suggestion."""

    kind: str
    text: str
    probability: float = strawberry.field(description="That they know each other by it.")
    share: float


@strawberry.type(
    description="An alliance worth asking about, inferred from shared history: friendly, of low strength. It counts "
    "nowhere until somebody confirms it (`decideSuggestedAlliance`)."
)
class SuggestedAlliance:
    """A suggestion."""

    a: Person
    b: Person
    strength: float
    contributions: list[SuggestionReason]


@strawberry.type(description="The thresholds of an opportunity, each a stance from -1 to 1.")
class Gates:
    """Gates."""

    approve: float = strawberry.field(description="An economic buyer approves from here on.")
    stop: float = strawberry.field(description="A technical buyer stops below this.")
    against: float = strawberry.field(description="Users are against when their mean lies below this.")

    @classmethod
    def of(cls, gates: FoundGates) -> Gates:
        """From the model."""
        return cls(approve=gates.approve, stop=gates.stop, against=gates.against)


@strawberry.type(
    description="The probability that the gates pass, by seeded simulation: an economic buyer approves, no technical "
    "buyer stops, the users are not against. It is no mean of stances, and says nothing of whether they buy at all."
)
class Outlook:
    """The outlook."""

    probability: float
    standard_error: float
    approves: float = strawberry.field(description="Probability that an economic buyer approves.")
    not_stopped: float = strawberry.field(description="Probability that no technical buyer stops.")
    not_against: float = strawberry.field(description="Probability that the users are not against.")
    draws: int
    thresholds: Gates

    @classmethod
    def of(cls, found: FoundOutlook, gates: FoundGates) -> Outlook:
        """From the model."""
        return cls(
            probability=found.probability,
            standard_error=found.standard_error,
            approves=found.approves,
            not_stopped=found.not_stopped,
            not_against=found.not_against,
            draws=found.draws,
            thresholds=Gates.of(gates),
        )


@strawberry.type(
    description="The probability that there is a purchase at all, from signals. Apart from the outlook, and never "
    "blurred with it into one number."
)
class Intent:
    """Intent."""

    probability: float
    log_odds: float
    people: int = strawberry.field(description="How many known people showed signals.")
    contributions: list[Reason]

    @classmethod
    def of(cls, found: FoundIntent) -> Intent:
        """From the model."""
        return cls(
            probability=found.probability,
            log_odds=found.log_odds,
            people=found.people,
            contributions=[Reason.of(reason) for reason in found.reasons],
        )


@strawberry.type(
    description="The score that questions, entry and counterbalance aim at: where the economic buyer is expected to "
    "settle (with several, the sum by their probabilities). No probability."
)
class Decision:
    """The decision score."""

    value: float
    sd: float
    shares: list[Share] = strawberry.field(description="Who made it; they add up to the value.")
