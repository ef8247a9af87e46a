"""What if: simulations, counterbalances, shares; and how well we foretold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

import strawberry

from graph.committee import (
    AddAlliance,
    AddMember,
    Change,
    NotSeated,
    RemoveAlliance,
    RemoveMember,
    SetInfluence,
    SetStance,
    share_decision,
    share_settled,
    simulate,
)
from graph.committee import MemberChange as FoundChange
from graph.model.facts import ALLIANCE_KINDS
from graph.records.committee_building import influence_of
from graph.records.introductions import read_introductions
from service.api.committee_beliefs import BuyingRole, InfluenceLevel, Outlook, Share
from service.api.committee_plans import (
    CounterbalancePlan,
    DeciderMove,
    MemberChange,
    Simulation,
    Supporter,
)
from service.api.committee_shown import person, route, shares
from service.api.context import Info
from service.api.guard import Guarded
from service.api.opportunities import room_of
from service.api.pages import within_limit
from service.api.values import AllianceKind
from service.committee import Room, plans
from service.committee.caveats import notes_on
from service.committee.learning import Learned, learn
from service.errors import ErrorCode, ServiceError

__all__ = ["CommitteeQueries"]

T = TypeVar("T")
MOST_CHANGES = 50
MOST_PLANS = 25


@strawberry.input(description="A member comes to start from this stance, for sure.")
class SetStanceInput:
    """A stance that is set."""

    person_id: strawberry.ID
    value: float = strawberry.field(description="-1 to 1.")


@strawberry.input(description="The others come to listen to a member this much.")
class SimulateInfluenceInput:
    """An influence that is set."""

    person_id: strawberry.ID
    influence: InfluenceLevel


@strawberry.input(description="Somebody joins; without a stance as unknown as anybody unheard.")
class AddMemberInput:
    """A newcomer."""

    person_id: strawberry.ID
    influence: InfluenceLevel = InfluenceLevel("medium")
    stance: float | None = strawberry.field(default=None, description="-1 to 1.")
    roles: list[BuyingRole] = strawberry.field(default_factory=list, description="Held for sure.")


@strawberry.input(description="Somebody leaves, with their alliances.")
class RemoveMemberInput:
    """Somebody who leaves."""

    person_id: strawberry.ID


@strawberry.input(description="An alliance comes about; `directed`: `fromId` listens to `toId` alone.")
class AddAllianceInput:
    """A new alliance."""

    from_id: strawberry.ID
    to_id: strawberry.ID
    kind: AllianceKind
    strength: float = strawberry.field(description="0 to 1.")
    directed: bool = False


@strawberry.input(description="The alliances between two members end: all of them, or those of one kind.")
class RemoveAllianceInput:
    """An alliance that ends."""

    from_id: strawberry.ID
    to_id: strawberry.ID
    kind: AllianceKind | None = None


@strawberry.input(description="Exactly one of these.")
class ChangeInput:
    """A change."""

    set_stance: SetStanceInput | None = None
    set_influence: SimulateInfluenceInput | None = None
    add_member: AddMemberInput | None = None
    remove_member: RemoveMemberInput | None = None
    add_alliance: AddAllianceInput | None = None
    remove_alliance: RemoveAllianceInput | None = None


@strawberry.input(description="Changes are made one after the other; nothing is stored.")
class SimulateInput:
    """A simulation to run."""

    opportunity_id: strawberry.ID
    changes: list[ChangeInput]


@strawberry.input(description="Against whom, with at most how many supporters, and how many plans.")
class CounterbalanceInput:
    """A counterbalance to find."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID = strawberry.field(
        description="The hostile member; nobody plans to convert them."
    )
    most: int = strawberry.field(default=2, description="Supporters in a plan, 1 to 5.")
    first: int = 3


@strawberry.input(description="Whose settled stance; left out: the decision.")
class AttributionInput:
    """An attribution to make."""

    opportunity_id: strawberry.ID
    person_id: strawberry.ID | None = None
    among: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Whose shares to tell apart; all members when left out."
    )


@strawberry.type(
    description="Forecasts from `low` up to `high`, and how often they came true; null without cases."
)
class CalibrationBin:
    """A row of the reliability table."""

    low: float
    high: float
    cases: int
    forecast: float | None
    frequency: float | None


@strawberry.type(
    description="What introductions say about a kind of evidence: beside the published rate, not instead of it."
)
class LearnedRate:
    """A learned rate."""

    kind: str
    step: str = strawberry.field(
        description="know: the two know each other; willing: they introduce; interest: it leads to a meeting."
    )
    published: float
    mean: float
    low: float = strawberry.field(description="The lower end of the 90 % interval.")
    high: float
    successes: int
    failures: int


@strawberry.type(description="How well we foretold, and on how few cases that rests.")
class Calibration:
    """The calibration."""

    cases: int
    brier: float | None = strawberry.field(description="0 is best, 1 worst; null without a case.")
    base_brier: float | None = strawberry.field(description="That of always telling the overall frequency.")
    table: list[CalibrationBin]
    rests_on: str
    rates: list[LearnedRate]


@strawberry.type
class CommitteeQueries:
    """Queries of the committee model that take an input."""

    @strawberry.field(extensions=[Guarded()], description="What if: before and after some changes.")
    async def simulate(self, info: Info, input: SimulateInput) -> Simulation:  # noqa: A002
        """Simulate."""
        if not 1 <= len(input.changes) <= MOST_CHANGES:
            raise ServiceError(
                ErrorCode.LIMIT_EXCEEDED, f"Give 1 to {MOST_CHANGES} changes.", limit="changes"
            )
        room = await room_of(info, input.opportunity_id)
        changes = [_change(one, f"changes.{at}") for at, one in enumerate(input.changes)]
        joining = sorted({one.person for one in changes if isinstance(one, AddMember)})
        for each in await info.context.load.people.load_many(joining):
            if each is None:
                raise ServiceError(ErrorCode.NOT_FOUND, "Nobody to add has this id: look them up first.")
            room.people.setdefault(each.id, each)
        return await _computed(lambda: _simulated(room, changes))

    @strawberry.field(
        extensions=[Guarded()],
        description="Against a hostile member: supporters whose support, made active, lifts the decision most.",
    )
    async def counterbalance(
        self,
        info: Info,
        input: CounterbalanceInput,  # noqa: A002
    ) -> list[CounterbalancePlan]:
        """Find counterbalances."""
        within_limit(input.first, MOST_PLANS, "first")
        room = await room_of(info, input.opportunity_id)
        return await _computed(lambda: counterbalance_plans(room, input.person_id, input.most, input.first))

    @strawberry.field(
        extensions=[Guarded()],
        description="Who made a settled stance, or the decision: exact shares that add up.",
    )
    async def attribution(self, info: Info, input: AttributionInput) -> list[Share]:  # noqa: A002
        """Attribute."""
        room = await room_of(info, input.opportunity_id)

        def told() -> list[Share]:
            if input.person_id is None:
                return shares(room, share_decision(room.situation, input.among))
            return shares(room, share_settled(room.situation, input.person_id, input.among))

        return await _computed(told)

    @strawberry.field(extensions=[Guarded()], description="How well introductions were foretold.")
    async def calibration(self, info: Info) -> Calibration:
        """The calibration."""
        return _calibration(learn(await read_introductions(info.context.engine)))


async def _computed(work: Callable[[], T]) -> T:
    """Work beside the loop; what the model refuses is a BAD_REQUEST that says what to correct.

    Somebody who does not sit on the committee is NOT_FOUND, as everywhere.
    """
    try:
        return await asyncio.to_thread(work)
    except NotSeated as error:
        raise ServiceError(ErrorCode.NOT_FOUND, str(error)) from None
    except ValueError as error:
        raise ServiceError(ErrorCode.BAD_REQUEST, str(error)) from None


def _change(asked: ChangeInput, where: str) -> Change:
    given = [
        one
        for one in (
            asked.set_stance,
            asked.set_influence,
            asked.add_member,
            asked.remove_member,
            asked.add_alliance,
            asked.remove_alliance,
        )
        if one is not None
    ]
    if len(given) != 1:
        raise ServiceError(ErrorCode.BAD_REQUEST, f"{where}: give exactly one change in each.")
    match given[0]:
        case SetStanceInput() as one:
            return SetStance(str(one.person_id), one.value)
        case SimulateInfluenceInput() as one:
            return SetInfluence(str(one.person_id), influence_of(one.influence.value))
        case AddMemberInput() as one:
            roles = {role.value: 1.0 for role in one.roles}
            return AddMember(str(one.person_id), influence_of(one.influence.value), one.stance, roles)
        case RemoveMemberInput() as one:
            return RemoveMember(str(one.person_id))
        case AddAllianceInput() as one:
            kind = one.kind.value
            return AddAlliance(
                str(one.from_id), str(one.to_id), ALLIANCE_KINDS[kind], one.strength, one.directed, kind
            )
        case RemoveAllianceInput() as one:
            return RemoveAlliance(str(one.from_id), str(one.to_id), one.kind.value if one.kind else None)


def _simulated(room: Room, changes: list[Change]) -> Simulation:
    found = simulate(room.situation, changes, room.gates)
    return Simulation(
        members=[_moved(room, one) for one in found.members],
        decision_before=found.before.decision,
        decision_after=found.after.decision,
        outlook_before=Outlook.of(found.outlook_before, room.gates),
        outlook_after=Outlook.of(found.outlook_after, room.gates),
    )


def _moved(room: Room, one: FoundChange) -> MemberChange:
    return MemberChange(
        person=person(room, one.person),
        starts_before=one.start_before,
        starts_after=one.start_after,
        settles_before=one.settles_before,
        settles_after=one.settles_after,
    )


def counterbalance_plans(room: Room, hostile: str, most: int, first: int) -> list[CounterbalancePlan]:
    """Plans against a hostile member. ValueError when they do not sit there, or `most` is out of range."""
    told = plans.counter(room, hostile, most, first)
    before = Outlook.of(told.found.outlook_before, room.gates)

    def supporter(each: str) -> Supporter:
        way = told.ways.get(each)
        return Supporter(
            person=person(room, each),
            stance=float(room.situation.mean[room.committee.index_of(each)]),
            reach=way.score if way else 0.0,
            route=route(room, way),
        )

    return [
        CounterbalancePlan(
            supporters=[supporter(each) for each in plan.supporters],
            lift=plan.lift,
            expected_lift=plan.expected_lift,
            reach=plan.reach,
            deciders=[
                DeciderMove(
                    person=person(room, move.person),
                    probability=move.probability,
                    before=move.before,
                    after=move.after,
                )
                for move in plan.deciders
            ],
            outlook_before=before,
            outlook=Outlook.of(plan.outlook, room.gates),
            notes=notes_on(room, hostile, told.found.outlook_before, plan.outlook),
            exact=told.found.exact,
            bound=told.found.bound,
        )
        for plan in told.found.plans
    ]


def _calibration(told: Learned) -> Calibration:
    found = told.calibration
    return Calibration(
        cases=found.cases,
        brier=found.brier,
        base_brier=found.base_brier,
        table=[
            CalibrationBin(
                low=row.low, high=row.high, cases=row.cases, forecast=row.forecast, frequency=row.frequency
            )
            for row in found.table
        ],
        rests_on=found.rests_on,
        rates=[
            LearnedRate(
                kind=rate.kind,
                step=rate.step,
                published=rate.published,
                mean=rate.mean,
                low=rate.low,
                high=rate.high,
                successes=rate.successes,
                failures=rate.failures,
            )
            for rate in told.rates
        ],
    )
