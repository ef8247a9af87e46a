"""What to do about a committee: warnings, moments, questions, ways in, coverage, references, owners, segments."""

from __future__ import annotations

from enum import Enum

import strawberry

from service.api.committee_beliefs import Experience, Outlook
from service.api.context import Info
from service.api.people import Person
from service.api.ties import Tie
from service.api.values import DateText

__all__ = [
    "CarryingLink",
    "CounterbalancePlan",
    "Coverage",
    "CoverageChannel",
    "DeciderMove",
    "EntryPath",
    "MemberChange",
    "MemberCoverage",
    "MemberNeeds",
    "Moment",
    "NextIntroduction",
    "NextQuestion",
    "OwnerShare",
    "Ownership",
    "RedFlag",
    "Reference",
    "Route",
    "Segment",
    "Severity",
    "Simulation",
    "Supporter",
    "TeamAssignment",
]


class Severity(Enum):
    """How grave a warning is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SeverityEnum = strawberry.enum(Severity, description="How grave a warning is.")


@strawberry.type(description="A warm path in short: from one of ours over connectors to a member.")
class Route:
    """A path; its ties are read when they are asked for."""

    score: float = strawberry.field(description="The product of its ties.")
    people: list[Person] = strawberry.field(description="From our team member to the one to be met.")

    @strawberry.field(description="Who of ours would ask.")
    def team_member(self) -> Person:
        """The start."""
        return self.people[0]

    @strawberry.field(description="Who would introduce, in order; empty when one of ours knows them.")
    def connectors(self) -> list[Person]:
        """The middle."""
        return self.people[1:-1]

    @strawberry.field(description="Who is to be met.")
    def target(self) -> Person:
        """The end."""
        return self.people[-1]

    @strawberry.field(description="In order, each with its evidence: their product is the score.")
    async def ties(self, info: Info) -> list[Tie]:
        """The ties of the path."""
        hops = list(zip(self.people[:-1], self.people[1:], strict=True))
        views = await info.context.load.pair_ties.load_many([(a.id, b.id) for a, b in hops])
        return [
            Tie.of(view, a, b, info.context.viewer)
            for (a, b), view in zip(hops, views, strict=True)
            if view is not None
        ]


@strawberry.type(description="A warning, with what it rests on and what would clear it.")
class RedFlag:
    """A red flag."""

    kind: str = strawberry.field(description="A fixed word, such as `no_coach`.")
    severity: Severity
    about: list[Person] = strawberry.field(description="Empty: the committee as a whole.")
    evidence: list[str]
    cleared_by: str


@strawberry.type(description="When somebody can be influenced.")
class Moment:
    """A moment."""

    kind: str = strawberry.field(description="new_in_role, reorganisation, ending or colleague_left.")
    on: DateText
    until: DateText
    person: Person | None
    text: str


@strawberry.type(description="Whom to ask about whom: how much an answer would narrow the decision.")
class NextQuestion:
    """A question."""

    informant: Person
    subject: Person = strawberry.field(description="The same person when they are asked about themselves.")
    reach: float = strawberry.field(description="The chance that the best warm path to the informant works.")
    route: Route | None
    answer_variance: float = strawberry.field(description="Of the answer itself.")
    shrinks: float = strawberry.field(
        description="What an answer takes off the variance of the decision, whatever it is."
    )
    expected: float = strawberry.field(description="`shrinks` times `reach`: what the list is ranked by.")
    share: float = strawberry.field(description="The part of the decision's variance that is, 0 to 1.")


@strawberry.type(description="One way in which a member has heard of us.")
class CoverageChannel:
    """A channel."""

    route: Route
    share: float = strawberry.field(description="Its part of the coverage.")


@strawberry.type(description="The chance that a member has heard of us through someone they trust.")
class MemberCoverage:
    """A member's coverage."""

    person: Person
    probability: float
    channels: list[CoverageChannel] = strawberry.field(description="Their shares add up to the probability.")


@strawberry.type(description="Who has heard of us through someone they trust.")
class Coverage:
    """Coverage."""

    mean: float = strawberry.field(description="Over all members.")
    members: list[MemberCoverage]


@strawberry.type(description="An introduction to ask for next, given those listed before it.")
class NextIntroduction:
    """A next introduction."""

    route: Route
    gain: float = strawberry.field(description="What it adds to the members' coverage, summed.")
    mean_after: float = strawberry.field(description="The mean coverage then.")


@strawberry.type(description="A way in, judged by what it does inside.")
class EntryPath:
    """An entry path."""

    route: Route
    side: float = strawberry.field(
        description="Whose friend the one who introduces is: -1 opponents', 1 supporters'."
    )
    change: float = strawberry.field(description="Of the decision, if the path works.")
    worth: float = strawberry.field(
        description="The path's score times `change`: what the list is ranked by."
    )
    friend: Person | None = strawberry.field(description="The member who tips the side most.")
    words: str


@strawberry.type(description="Somebody who knows us well and could vouch for us.")
class Reference:
    """A reference."""

    person: Person
    member: Person = strawberry.field(description="To whom.")
    score: float = strawberry.field(description="knowsUs · knowsMember · (1 - hostile).")
    knows_us: float
    knows_member: float
    hostile: float
    team_member: Person | None = strawberry.field(description="Who of ours knows them best.")


@strawberry.type(description="One of ours owns the relationship with one of theirs.")
class Ownership:
    """An owner."""

    team_member: Person
    member: Person
    strength: float
    route: Route


@strawberry.type(description="The part of all owned strength that rests on one of ours.")
class OwnerShare:
    """An owner's share."""

    team_member: Person
    share: float


@strawberry.type(description="People whom all known paths to these members run over.")
class CarryingLink:
    """Where one person carries everything."""

    person: Person
    members: list[Person]


@strawberry.type(description="Who of ours should own whom of theirs; the assignment of most strength.")
class TeamAssignment:
    """An assignment."""

    owners: list[Ownership]
    total: float = strawberry.field(description="The sum of strengths.")
    without: list[Person] = strawberry.field(description="Members whom nobody can own.")
    shares: list[OwnerShare] = strawberry.field(description="They add up to 1.")
    sole_owners: list[Ownership] = strawberry.field(description="Members whom only one of ours reaches.")
    carried_by: list[CarryingLink]


@strawberry.type(description="What a member wants to hear about, and what is still unknown.")
class MemberNeeds:
    """Needs."""

    person: Person
    wants: list[str]
    unknown: list[str]


@strawberry.type(description="Members of one experience and buying style; null where not noted.")
class Segment:
    """A segment."""

    experience: Experience | None
    style: str | None
    members: list[MemberNeeds]
    shared: list[str] = strawberry.field(description="Wishes of at least two of them.")


@strawberry.type(description="One person before and after; null where they do not sit on the committee.")
class MemberChange:
    """A member's change."""

    person: Person
    starts_before: float | None
    starts_after: float | None
    settles_before: float | None
    settles_after: float | None


@strawberry.type(description="What if: before and after the changes, with the same luck in both outlooks.")
class Simulation:
    """A simulation."""

    members: list[MemberChange]
    decision_before: float
    decision_after: float
    outlook_before: Outlook
    outlook_after: Outlook


@strawberry.type(description="Somebody who would speak up for us, and how to reach them.")
class Supporter:
    """A supporter."""

    person: Person
    stance: float
    reach: float = strawberry.field(description="The chance that the warm path works.")
    route: Route | None = strawberry.field(description="Never through the hostile member or their allies.")


@strawberry.type(description="Where a possible economic buyer settles before and after.")
class DeciderMove:
    """A decider's move."""

    person: Person
    probability: float = strawberry.field(description="That they are the economic buyer.")
    before: float
    after: float


@strawberry.type(description="Supporters whose support, made active, lifts the decision.")
class CounterbalancePlan:
    """A plan."""

    supporters: list[Supporter]
    lift: float = strawberry.field(description="Of the decision, when all of them are reached.")
    expected_lift: float = strawberry.field(
        description="Over which of the paths work: what plans are ranked by."
    )
    reach: float = strawberry.field(description="The chance that all of them are reached.")
    deciders: list[DeciderMove]
    outlook_before: Outlook
    outlook: Outlook = strawberry.field(description="Once they have spoken up.")
    notes: list[str] = strawberry.field(
        description="What to know before acting on it: that the member is not known to be against us, or that the "
        "outlook falls. Mostly empty."
    )
    exact: bool = strawberry.field(description="Every set of so many supporters was tried.")
    bound: float = strawberry.field(description="No set of supporters lifts the decision by more.")
