"""What the sheets hold: contacts, paths, a committee. Whoever objected to being approached is in none of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from graph.committee import movable, on_others
from graph.engine import Engine
from graph.paths import CompanyTarget, PathQuestion, PersonTarget, warm_paths
from graph.paths.answer import PathAnswer, WarmPath
from graph.paths.reading import PathPerson
from graph.records.exporting import Contact, contact_pages
from graph.records.opportunity_views import BondView, MemberView
from graph.records.organisations import companies_by_ids
from service.committee.reading import read_room
from service.committee.room import Room
from service.exports.sheets import Cell

__all__ = [
    "COMMITTEE_COLUMNS",
    "CONTACT_COLUMNS",
    "PATH_COLUMNS",
    "Page",
    "committee_page",
    "contacts",
    "path_page",
    "paths_to",
]

CONTACT_COLUMNS = (
    "id",
    "name",
    "headline",
    "location",
    "emails",
    "linkedin_url",
    "company",
    "title",
    "department",
    "seniority",
    "known_best_by",
    "probability",
    "last_evidence_on",
)
PATH_COLUMNS = (
    "rank",
    "score",
    "team_member",
    "connectors",
    "target",
    "target_headline",
    "weakest_tie",
    "probabilities",
    "last_evidence_on",
    "why",
    "draft",
    "target_id",
)
COMMITTEE_COLUMNS = (
    "name",
    "headline",
    "title",
    "influence",
    "roles",
    "stance",
    "stance_low",
    "stance_high",
    "settles_at",
    "on_others",
    "movable",
    "way_in",
    "way_in_score",
    "friends",
    "rivals",
    "id",
)
_ROLE_HELD = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the ids of everybody whom they name."""

    rows: Sequence[Sequence[Cell]]
    people: frozenset[str]


async def contacts(engine: Engine, viewer: str | None) -> AsyncIterator[Page]:
    """Everybody outside who may be approached, with how to reach them and who of ours knows them best."""
    async for page in contact_pages(engine, viewer):
        people = {one.id for one in page} | {one.known_by[0] for one in page if one.known_by}
        yield Page([_contact(one) for one in page], frozenset(people))


def _contact(one: Contact) -> list[Cell]:
    _, knower, probability, last = one.known_by or ("", None, None, None)
    post = [one.post.get(name) for name in ("title", "department", "seniority")]
    address = ["; ".join(one.emails), one.profile]
    return [
        one.id,
        one.name,
        one.headline,
        one.location,
        *address,
        one.company,
        *post,
        knower,
        probability,
        last,
    ]


async def paths_to(
    engine: Engine, target_id: str, first: int, viewer: str | None, *, alliances: bool
) -> PathAnswer:
    """The warm paths to a person, or to those who decide at a company. InvalidQuestion for a wrong number."""
    is_company = bool(await companies_by_ids(engine, [target_id]))
    target = CompanyTarget(target_id) if is_company else PersonTarget(target_id)
    return await warm_paths(engine, PathQuestion(target=target, first=first), viewer, alliances=alliances)


def path_page(answer: PathAnswer) -> Page:
    """An answer's paths, best first."""
    people = {person.id for path in answer.paths for person in path.people}
    return Page([_path(rank, path) for rank, path in enumerate(answer.paths, 1)], frozenset(people))


def _path(rank: int, path: WarmPath) -> list[Cell]:
    names = {person.id: _named(person) for person in path.people}
    return [
        rank,
        path.score,
        names[path.team_member.id],
        " → ".join(names[person.id] for person in path.connectors),
        names[path.target.id],
        path.target.headline,
        f"{names[path.weakest.a]} and {names[path.weakest.b]}",
        "; ".join(f"{tie.probability:.2f}" for tie in path.ties),
        "; ".join(tie.last_evidence or "?" for tie in path.ties),
        path.why,
        path.draft,
        path.target.id,
    ]


def _named(person: PathPerson) -> str:
    return person.name or "Unnamed person"


async def committee_page(
    engine: Engine, opportunity_id: str, viewer: str | None, *, alliances: bool
) -> Page | None:
    """A committee, those who move the others most first; None when there is no such opportunity.

    Without `alliances` nothing tells who is bound to whom.
    """
    room = await read_room(engine, opportunity_id, viewer)
    if room is None:
        return None
    shown = [member for member in room.facts.members if member.person.id not in room.objected]
    moves = on_others(room.situation.influence)
    shown.sort(key=lambda one: (-moves[room.committee.index_of(one.person.id)], one.person.id))
    ways = [way for one in shown for way in room.ways_to(one.person.id)[:1]]
    people = {one.person.id for one in shown} | {person for way in ways for person in way.people}
    return Page([_member(room, one, alliances) for one in shown], frozenset(people))


def _member(room: Room, member: MemberView, alliances: bool) -> list[Cell]:
    person = member.person.id
    i = room.committee.index_of(person)
    low, high = room.field.interval()
    way = next(iter(room.ways_to(person)), None)
    roles = sorted(room.beliefs[person], key=lambda one: -one.probability)
    friends, rivals = _bound(room, person) if alliances else ("", "")
    return [
        member.person.name,
        member.person.headline,
        member.post.title if member.post else None,
        member.influence,
        "; ".join(f"{one.role} {one.probability:.2f}" for one in roles if one.probability >= _ROLE_HELD),
        float(room.field.mean[i]),
        float(low[i]),
        float(high[i]),
        float(room.situation.settled[i]),
        float(on_others(room.situation.influence)[i]),
        float(movable(room.situation.influence)[i]),
        " → ".join(_name(room, each) for each in way.people) if way else None,
        way.score if way else None,
        friends,
        rivals,
        person,
    ]


def _bound(room: Room, person: str) -> tuple[str, str]:
    """Names of those with whom a member is allied, and of those against whom; of nobody who objected."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for bond in room.facts.bonds:
        other = _other_end(bond, person)
        if other is not None and other not in room.objected:
            found[bond.sign > 0].add(_name(room, other))
    return "; ".join(sorted(found[True])), "; ".join(sorted(found[False]))


def _other_end(bond: BondView, person: str) -> str | None:
    if person not in (bond.a, bond.b):
        return None
    return bond.b if person == bond.a else bond.a


def _name(room: Room, person: str) -> str:
    return room.people[person].name if person in room.people else "Unnamed person"
