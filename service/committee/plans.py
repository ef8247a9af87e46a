"""What to do next: whom to ask, how to get in, whom to introduce, who could vouch, who should own whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.committee import (
    PARAMETERS,
    Assignment,
    CarryingLink,
    Channel,
    ChannelShare,
    Counterbalance,
    Entry,
    EntryPath,
    Informant,
    NextIntroduction,
    Question,
    Reference,
    SoleOwner,
    Voucher,
    assign,
    carried_alone,
    counterbalance,
    coverage,
    coverage_shares,
    forbidden,
    next_introductions,
    next_questions,
    rank_entries,
    reach,
    references,
    sole_owners,
)
from graph.committee.parameters import REACH
from graph.paths.reach import Way, ways
from service.committee.room import Room

__all__ = [
    "Covered",
    "Introduced",
    "Judged",
    "Owners",
    "Plans",
    "Vouched",
    "ask_next",
    "counter",
    "cover",
    "enter",
    "introduce_next",
    "own",
    "owners_of",
    "vouch",
    "vouchers_of",
]

# The most of each kind that are weighed up; more change no answer worth showing, and cost time.
MOST_OUTSIDERS = 50
MOST_ENTRIES = 2_000
MOST_CANDIDATES = 150
MOST_LINKS = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry and its way."""

    entry: Entry
    way: Way


@dataclass(frozen=True, slots=True)
class Covered:
    """Coverage of each member (by position), and the ways that give it."""

    probabilities: tuple[float, ...]
    shares: tuple[tuple[ChannelShare, ...], ...]
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Introduced:
    """An introduction to ask for next."""

    way: Way
    found: NextIntroduction


@dataclass(frozen=True, slots=True)
class Vouched:
    """A reference, to whom, and who of ours knows them best."""

    found: Reference
    member: str
    known_by: str


@dataclass(frozen=True, slots=True)
class Owners:
    """The assignment; `ours` and `theirs` are the people at its positions, `ways` the best way of each pair."""

    found: Assignment
    sole: tuple[SoleOwner, ...]
    carried: tuple[CarryingLink, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    ways: Mapping[tuple[str, str], Way]


@dataclass(frozen=True, slots=True)
class Plans:
    """Counterbalances, and the best way to each supporter that avoids the hostile side."""

    found: Counterbalance
    ways: Mapping[str, Way]


# --- whom to ask about whom ---


def ask_next(room: Room, first: int) -> tuple[tuple[Question, Way | None], ...]:
    """The questions that would narrow the decision most, each with the way to the informant."""
    roads = {member: best for member in room.committee.people if (best := _best(room.ways_to(member)))}
    inside = [
        Informant(
            person=person,
            reach=roads[person].score if person in roads else 0.0,
            # Opponents are asked about themselves only.
            reliability=0.0 if person in room.hostile else None,
        )
        for person in room.committee.people
    ]
    outside, outside_roads = _outsiders(room)
    # Nobody is asked about somebody who objected; each informant's best questions are looked at, so many more do.
    asked = [
        question
        for question in next_questions(room.situation, [*inside, *outside], first + len(room.objected))
        if question.subject not in room.objected
    ]
    known = {**roads, **outside_roads}
    return tuple((question, known.get(question.informant)) for question in asked[:first])


def _outsiders(room: Room) -> tuple[list[Informant], dict[str, Way]]:
    """People outside whom one of ours knows and who know members: hearsay, as reliable as that they know them."""
    people = room.committee.people
    knows: dict[str, dict[int, float]] = {}
    for i, member in enumerate(people):
        for person, p in room.ground.of(member).items():
            knows.setdefault(person, {})[i] = p
    roads: dict[str, Way] = {}
    for start in room.ground.starts:
        for person, p in room.ground.of(start).items():
            way = Way(round(p, 12), (start, person))
            if person in knows and (person not in roads or way.order < roads[person].order):
                roads[person] = way
    skipped = {*people, *room.ground.starts, *room.hostile}
    chosen = sorted((way for person, way in roads.items() if person not in skipped), key=lambda w: w.order)
    informants = []
    for way in chosen[:MOST_OUTSIDERS]:
        relied = np.zeros(len(people))
        for i, p in knows[way.target].items():
            relied[i] = min(1.0, p) * PARAMETERS.hearsay_reliability
        informants.append(Informant(way.target, way.score, relied, "hearsay"))
    return informants, {way.target: way for way in chosen[:MOST_OUTSIDERS]}


# --- ways in ---


def enter(room: Room, first: int) -> tuple[Judged, ...]:
    """Ways in, ranked by what they do inside: the best way of each connector to each member."""
    best = _best_of_each(room.ways, lambda way: (way.connector or way.start, way.target))
    chosen = best[:MOST_ENTRIES]
    paths = [
        EntryPath(str(position), way.target, way.score, way.connector, _bonds(room, way))
        for position, way in enumerate(chosen)
    ]
    names = {
        person: "somebody else there" if person in room.objected else view.name
        for person, view in room.people.items()
    }
    ranked = rank_entries(room.situation, paths, first, names)
    return tuple(Judged(entry, chosen[int(entry.path.key)]) for entry in ranked)


def _bonds(room: Room, way: Way) -> dict[str, float]:
    """How far a connector from outside is bound to each member: the ties we know of, all friendly."""
    connector = way.connector
    if connector is None or connector in room.committee.people:
        return {}
    return {
        member: min(1.0, tie)
        for member in room.committee.people
        if (tie := room.ground.of(member).get(connector)) is not None
    }


# --- coverage ---


def cover(room: Room) -> Covered:
    """The chance that each member has heard of us: through those of ours who know them, and introductions made."""
    channels, roads = _heard_through(room)
    size = room.committee.size
    shares = tuple(coverage_shares(channels, i) for i in range(size))
    told = tuple(float(one) for one in coverage(channels, size))
    return Covered(told, shares, roads)


def introduce_next(room: Room, first: int) -> tuple[Introduced, ...]:
    """The introductions that raise coverage most, each given those before it."""
    channels, _ = _heard_through(room)
    through = [way for way in room.ways if way.connector is not None]
    chosen = _best_of_each(through, lambda way: (way.connector, way.target))[:MOST_CANDIDATES]
    roads = {_key(way): way for way in chosen}
    candidates = [_channel(room, way, str(way.connector)) for way in chosen]
    found = next_introductions(channels, candidates, first, room.committee.size)
    return tuple(Introduced(roads[one.key], one) for one in found)


def _heard_through(room: Room) -> tuple[list[Channel], dict[str, Way]]:
    direct = [way for way in room.ways if way.connector is None]
    channels = [_channel(room, way, way.start) for way in direct]
    roads = {_key(way): way for way in direct}
    for asked in room.facts.introductions:
        known = {"introduced", "met"} & set(asked.states)
        gone = room.objected.intersection(asked.path)
        if known and not gone and len(asked.path) > 2 and asked.path[-1] in room.committee.people:
            way = Way(1.0, asked.path)
            if _key(way) not in roads:
                roads[_key(way)] = way
                channels.append(_channel(room, way, asked.path[-2]))
    return channels, roads


def _channel(room: Room, way: Way, through: str) -> Channel:
    member = room.committee.index_of(way.target)
    return Channel(_key(way), through, reach(member, min(1.0, way.score), room.trust))


def _key(way: Way) -> str:
    return "|".join(way.people)


# --- references ---


def vouchers_of(room: Room, member: str) -> list[tuple[Voucher, str]]:
    """Who knows us well and knows this member, with who of ours knows them best; the best first."""
    best = room.known_to_us
    found = [
        (
            Voucher(
                person=person,
                knows_us=min(1.0, best[person][0]),
                knows_member=min(1.0, tie),
                hostile=room.hostility(person),
            ),
            best[person][1],
        )
        for person, tie in room.ground.of(member).items()
        if person in best and best[person][0] >= REACH.knows_us_from
    ]
    return sorted(found, key=lambda one: (-one[0].knows_us * one[0].knows_member, one[0].person))


def vouch(room: Room, members: Iterable[str], first: int) -> list[Vouched]:
    """References for these members, the best first."""
    found = []
    for member in members:
        vouchers = vouchers_of(room, member)
        known_by = {voucher.person: ours for voucher, ours in vouchers}
        ranked = references([voucher for voucher, _ in vouchers], member, first)
        found += [Vouched(one, member, known_by[one.voucher.person]) for one in ranked]
    found.sort(key=lambda one: (-one.found.score, one.member, one.found.voucher.person))
    return found[:first]


# --- owners ---


def owners_of(room: Room) -> dict[tuple[str, str], Way]:
    """The best way of each of ours to each of theirs."""
    best: dict[tuple[str, str], Way] = {}
    for way in room.ways:
        best.setdefault((way.start, way.target), way)
    return best


def own(room: Room, load: int) -> Owners:
    """Who of ours should own whom of theirs, each of ours at most `load`; and where one person carries everything."""
    best = owners_of(room)
    ours = tuple(sorted({start for start, _ in best}))
    theirs = room.committee.people
    strengths = np.zeros((len(ours), len(theirs)))
    for (start, target), way in best.items():
        strengths[ours.index(start), theirs.index(target)] = min(1.0, way.score)
    if not ours or not theirs:
        nobody = Assignment((), 0.0, tuple(range(len(theirs))), {})
        return Owners(nobody, (), (), ours, theirs, best)
    found = assign(strengths, load)
    return Owners(found, sole_owners(strengths), _carried(room), ours, theirs, best)


def _carried(room: Room) -> tuple[CarryingLink, ...]:
    """People without whom members are out of reach: found among the best ways, then proven by leaving them out."""
    theirs = room.committee.people
    reached = {
        i: [way.people[:-1] for way in found]
        for i, member in enumerate(theirs)
        if (found := room.ways_to(member))
    }
    proven = []
    for link in carried_alone(reached)[:MOST_LINKS]:
        left = {way.target for way in ways(room.ground, {*room.hostile, str(link.link)})}
        lost = tuple(i for i in link.members if theirs[i] not in left)
        if lost:
            proven.append(CarryingLink(link.link, lost))
    return tuple(sorted(proven, key=lambda one: (-len(one.members), str(one.link))))


# --- counterbalance ---


def counter(room: Room, hostile: str, most: int, first: int) -> Plans:
    """Against a hostile member: supporters who speak up, each reached past that member and their allies.

    ValueError when they do not sit on the committee, or `most` is out of range.
    """
    avoid = forbidden(room.situation, hostile)
    roads: dict[str, Way] = {}
    for way in ways(room.ground, {*room.hostile, *avoid}):
        roads.setdefault(way.target, way)
    chances = [min(1.0, roads[p].score) if p in roads else 0.0 for p in room.committee.people]
    return Plans(counterbalance(room.situation, hostile, most, first, chances, room.gates), roads)


def _best(found: Sequence[Way]) -> Way | None:
    return found[0] if found else None


def _best_of_each(found: Iterable[Way], key: Callable[[Way], object]) -> list[Way]:
    """The first way of each key, in order."""
    best: dict[object, Way] = {}
    for way in found:
        best.setdefault(key(way), way)
    return list(best.values())
