"""From a room to what the API shows of it. Everybody a room shows was read with it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import strawberry

from graph.committee import Attribution, Split, Suggestion, movable, on_others, share_decision, share_settled
from graph.committee import Camps as FoundCamps
from graph.committee import RoleBelief as FoundRole
from graph.committee import Share as FoundShare
from graph.paths.reach import Way
from graph.records.opportunity_views import BondView, MemberView, NoteView
from graph.records.views import PersonView
from service.api.committee_beliefs import (
    BuyingRole,
    Camps,
    CommitteeMember,
    Decision,
    Experience,
    InfluenceLevel,
    ObservationSource,
    Persona,
    Reason,
    RoleBelief,
    Share,
    StanceBelief,
    StanceContribution,
    SuggestedAlliance,
    SuggestionReason,
)
from service.api.committee_plans import Route
from service.api.people import Alliance, Person
from service.api.values import AllianceKind, date_text
from service.committee.room import Room

__all__ = [
    "alliance",
    "alliances",
    "camps",
    "decision",
    "faces",
    "members",
    "person",
    "persona",
    "route",
    "settled_shares",
    "shares",
    "suggestions",
]


def person(room: Room, person_id: str) -> Person:
    """A person of the room; somebody removed since is shown without a name."""
    view = room.people.get(person_id) or PersonView(person_id, "Unnamed person", None, None, False)
    return Person.of(view)


def faces(room: Room, ids: Iterable[str]) -> list[Person]:
    """People of the room."""
    return [person(room, each) for each in ids]


def route(room: Room, way: Way | None) -> Route | None:
    """A way as it is shown."""
    return None if way is None else Route(score=way.score, people=faces(room, way.people))


# --- members ---


def members(room: Room) -> list[CommitteeMember]:
    """All members, those who move the others most first."""
    influence = room.situation.influence
    moves, moved = on_others(influence), movable(influence)
    shown = []
    for member in room.facts.members:
        i = room.committee.index_of(member.person.id)
        beliefs = sorted(room.beliefs[member.person.id], key=lambda belief: -belief.probability)
        shown.append(
            CommitteeMember(
                person=Person.of(member.person),
                roles=[_role(belief) for belief in beliefs],
                influence=InfluenceLevel(member.influence),
                on_others=float(moves[i]),
                stance=_stance(room, i),
                settles_at=float(room.situation.settled[i]),
                movable=float(moved[i]),
                persona=persona(member),
                parts=partial(settled_shares, room, member.person.id),
            )
        )
    return sorted(shown, key=lambda one: (-one.on_others, one.person.id))


def _role(belief: FoundRole) -> RoleBelief:
    return RoleBelief(
        role=BuyingRole(belief.role),
        probability=belief.probability,
        confirmed=belief.confirmed,
        contributions=[Reason.of(reason) for reason in belief.reasons],
    )


def _stance(room: Room, i: int) -> StanceBelief:
    field = room.field
    low, high = field.interval()
    return StanceBelief(
        mean=float(field.mean[i]),
        low=float(low[i]),
        high=float(high[i]),
        sd=float(field.sd[i]),
        parts=partial(_contributions, room, i),
    )


def _contributions(room: Room, i: int) -> list[StanceContribution]:
    field = room.field
    notes = {note.id: note for note in room.facts.notes}
    parts = [_contribution(room, "Before anything was heard", float(field.prior_shares[i].sum()), None)]
    heard = []
    for k, seen in enumerate(room.committee.observations):
        share = float(field.observation_shares[i, k])
        if share:
            note = notes.get(seen.key)
            heard.append(_contribution(room, _cause(room, note), share, note))
    heard.sort(key=lambda part: -abs(part.share))
    return [*parts, *heard]


def _cause(room: Room, note: NoteView | None) -> str:
    if note is None:
        return "A note"
    about = room.people[note.about].name if note.about in room.people else "a member"
    if note.source == "direct":
        return f"{about} said so"
    who = note.informant_name or ("a coach" if note.source == "coach_report" else "somebody")
    return f"{who} on {about}" if note.source == "coach_report" else f"hearsay from {who} on {about}"


def _contribution(room: Room, cause: str, share: float, note: NoteView | None) -> StanceContribution:
    return StanceContribution(
        cause=cause,
        share=share,
        about=person(room, note.about) if note else None,
        informant=person(room, note.informant) if note and note.informant else None,
        value=note.value if note else None,
        source=ObservationSource(note.source) if note else None,
        reliability=note.reliability if note else None,
        on=date_text(note.on) if note else None,
        evidence=note.evidence if note else None,
        author=note.author if note else None,
    )


def persona(member: MemberView) -> Persona | None:
    """What was noted of a member as a buyer."""
    noted = member.persona
    if noted is None:
        return None
    return Persona(
        background=noted.background or None,
        goals=noted.goals or None,
        process=noted.process or None,
        media=noted.media or None,
        objective=noted.objective or None,
        style=noted.style or None,
        information=noted.information or None,
        brands=noted.brands or None,
        experience=Experience(noted.experience) if noted.experience else None,
    )


# --- shares ---


def shares(room: Room, found: Attribution) -> list[Share]:
    """Shares that add up: those asked for, and all others together where there is anything left."""
    told = [_share(room, one) for one in found.shares]
    if abs(found.rest) > 1e-12:
        part = found.rest / found.whole if abs(found.whole) > 1e-12 else None
        told.append(Share(person=None, value=found.rest, part=part))
    return told


def _share(room: Room, one: FoundShare) -> Share:
    return Share(person=person(room, one.person), value=one.value, part=one.part)


def settled_shares(room: Room, person_id: str) -> list[Share]:
    """Whose stances make somebody settle where they do."""
    return shares(room, share_settled(room.situation, person_id))


def decision(room: Room) -> Decision:
    """The decision score."""
    situation = room.situation
    return Decision(value=situation.decision, sd=situation.sd, shares=shares(room, share_decision(situation)))


# --- alliances ---


def alliance(room: Room, bond: BondView) -> Alliance:
    """A declared alliance between two members."""
    return Alliance(
        id=strawberry.ID(bond.ref.token),
        a=person(room, bond.a),
        b=person(room, bond.b),
        kind=AllianceKind(bond.kind),
        sign=bond.sign,
        strength=bond.strength,
        directed=bond.directed,
        since=date_text(bond.since),
        keys=bond.sources,
        says=bond.says,
    )


def alliances(room: Room) -> list[Alliance]:
    """All declared alliances between members that hold here."""
    return [alliance(room, bond) for bond in room.facts.bonds]


def camps(room: Room, found: FoundCamps) -> Camps:
    """A split."""
    people = room.committee.people
    violated = {room.committee.alliances[i].key for i in found.violated_ties}

    def split(groups: Split) -> list[list[Person]]:
        return [faces(room, (people[i] for i in group)) for group in groups]

    return Camps(
        groups=split(found.groups),
        violated=found.violated,
        exact=found.exact,
        alternatives=found.alternatives,
        bound=found.bound,
        counted=found.counted,
        unaligned=faces(room, (people[i] for i in found.unaligned)),
        violated_alliances=[alliance(room, bond) for bond in room.facts.bonds if bond.ref.token in violated],
        others=[split(other) for other in found.others],
    )


def suggestions(room: Room, found: Iterable[Suggestion]) -> list[SuggestedAlliance]:
    """Suggested alliances."""
    people = room.committee.people
    return [
        SuggestedAlliance(
            a=person(room, people[one.a]),
            b=person(room, people[one.b]),
            strength=one.strength,
            contributions=[
                SuggestionReason(
                    kind=reason.history.kind,
                    text=reason.history.what,
                    probability=reason.history.probability,
                    share=reason.share,
                )
                for reason in one.reasons
            ],
        )
        for one in found
    ]
