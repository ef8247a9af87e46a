"""From a room's plans to what the API shows: each function answers one field of an opportunity."""

from __future__ import annotations

from graph.committee import RedFlag as FoundFlag
from graph.paths.reach import Way
from service.api.committee_beliefs import Experience
from service.api.committee_plans import (
    CarryingLink,
    Coverage,
    CoverageChannel,
    EntryPath,
    MemberCoverage,
    MemberNeeds,
    Moment,
    NextIntroduction,
    NextQuestion,
    OwnerShare,
    Ownership,
    RedFlag,
    Reference,
    Route,
    Segment,
    Severity,
    TeamAssignment,
)
from service.api.committee_shown import faces, person, route
from service.api.values import DateText
from service.committee import plans
from service.committee.room import Room

__all__ = [
    "coverage",
    "entry_paths",
    "moments",
    "next_introductions",
    "next_questions",
    "red_flags",
    "references",
    "segments",
    "team_assignment",
]


def _route(room: Room, way: Way) -> Route:
    return Route(score=way.score, people=faces(room, way.people))


def red_flags(room: Room) -> list[RedFlag]:
    """Warnings."""
    return [_flag(room, one) for one in room.red_flags]


def _flag(room: Room, one: FoundFlag) -> RedFlag:
    return RedFlag(
        kind=one.kind,
        severity=Severity(one.severity),
        about=faces(room, one.about),
        evidence=list(one.evidence),
        cleared_by=one.cleared_by,
    )


def moments(room: Room) -> list[Moment]:
    """When somebody can be influenced."""
    return [
        Moment(
            kind=one.kind,
            on=DateText(str(one.on)),
            until=DateText(str(one.until)),
            person=person(room, one.person) if one.person else None,
            text=one.text,
        )
        for one in room.moments
    ]


def next_questions(room: Room, first: int) -> list[NextQuestion]:
    """Whom to ask about whom."""
    return [
        NextQuestion(
            informant=person(room, one.informant),
            subject=person(room, one.subject),
            reach=one.reach,
            route=route(room, way),
            answer_variance=one.variance,
            shrinks=one.shrinks,
            expected=one.expected,
            share=one.share,
        )
        for one, way in plans.ask_next(room, first)
    ]


def coverage(room: Room) -> Coverage:
    """Who has heard of us."""
    found = plans.cover(room)
    told = [
        MemberCoverage(
            person=person(room, member),
            probability=found.probabilities[i],
            channels=[
                CoverageChannel(route=_route(room, found.ways[one.key]), share=one.share)
                for one in found.shares[i]
                if one.share > 0.0
            ],
        )
        for i, member in enumerate(room.committee.people)
        if member not in room.objected
    ]
    told.sort(key=lambda one: (one.probability, one.person.id))
    return Coverage(mean=_mean(found.probabilities), members=told)


def next_introductions(room: Room, first: int) -> list[NextIntroduction]:
    """What to ask for next."""
    return [
        NextIntroduction(
            route=_route(room, one.way),
            gain=one.found.gain,
            mean_after=_mean(tuple(float(each) for each in one.found.coverage)),
        )
        for one in plans.introduce_next(room, first)
    ]


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values) if values else 0.0


def entry_paths(room: Room, first: int) -> list[EntryPath]:
    """Ways in."""
    return [
        EntryPath(
            route=_route(room, one.way),
            side=one.entry.side,
            change=one.entry.change,
            worth=one.entry.worth,
            friend=None
            if one.entry.friend is None or one.entry.friend in room.objected
            else person(room, one.entry.friend),
            words=one.entry.words,
        )
        for one in plans.enter(room, first)
    ]


def references(room: Room, member: str | None, first: int) -> list[Reference]:
    """Who could vouch for us."""
    to = [member] if member is not None else list(room.committee.people)
    return [
        Reference(
            person=person(room, one.found.voucher.person),
            member=person(room, one.member),
            score=one.found.score,
            knows_us=one.found.voucher.knows_us,
            knows_member=one.found.voucher.knows_member,
            hostile=one.found.voucher.hostile,
            team_member=person(room, one.known_by),
        )
        for one in plans.vouch(room, to, first)
    ]


def team_assignment(room: Room, load: int) -> TeamAssignment:
    """Who of ours should own whom of theirs."""
    found = plans.own(room, load)

    def owner(ours: int, theirs: int, strength: float) -> Ownership:
        one, other = found.ours[ours], found.theirs[theirs]
        return Ownership(
            team_member=person(room, one),
            member=person(room, other),
            strength=strength,
            route=_route(room, found.ways[one, other]),
        )

    shares = sorted(found.found.shares.items(), key=lambda one: (-one[1], one[0]))
    return TeamAssignment(
        owners=[owner(one.ours, one.theirs, one.strength) for one in found.found.owners],
        total=found.found.total,
        without=faces(
            room, (found.theirs[i] for i in found.found.without if found.theirs[i] not in room.objected)
        ),
        shares=[OwnerShare(team_member=person(room, found.ours[i]), share=share) for i, share in shares],
        sole_owners=[owner(one.ours, one.theirs, one.strength) for one in found.sole],
        carried_by=[
            CarryingLink(
                person=person(room, str(one.link)),
                members=faces(room, (found.theirs[i] for i in one.members)),
            )
            for one in found.carried
        ],
    )


def segments(room: Room) -> list[Segment]:
    """The committee by experience and buying style."""
    return [
        Segment(
            experience=Experience(one.experience) if one.experience else None,
            style=one.style or None,
            members=[
                MemberNeeds(
                    person=person(room, need.person), wants=list(need.wants), unknown=list(need.unknown)
                )
                for need in one.members
            ],
            shared=list(one.shared),
        )
        for one in room.segments
    ]
