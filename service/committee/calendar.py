"""What dates say of a committee: the facts that red flags look at, and moments."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import numpy as np

from graph.committee import Committee, Deadline, MemberFacts, Moment, Post, Upheaval, moments, signed_ties
from graph.model.committee import STANCE
from graph.model.dates import PartialDate
from graph.records.opportunity_views import ContactView, OpportunityFacts, PostView

__all__ = ["day_of", "member_facts", "moments_of", "upheavals_in"]

# Contact over these is meeting them, whoever began it.
_IN_PERSON = frozenset({"meeting", "call", "visit", "event"})


def day_of(text: str | None) -> date | None:
    """The first day that a date text can mean; None for none."""
    if not text:
        return None
    told = PartialDate.parse(text)
    return date(told.year, told.month or 1, told.day or 1)


def moments_of(facts: OpportunityFacts, today: date, objected: Collection[str] = ()) -> tuple[Moment, ...]:
    """When somebody can be influenced, from the posts at the company and the day the deal should close.

    Nothing is said of those who `objected` to being approached.
    """
    told = facts.opportunity
    due = day_of(told.closes_on) if told.closes_on and len(told.closes_on) == 10 else None
    close = [(bond.a, bond.b) for bond in facts.bonds if bond.sign > 0]
    return moments(
        [member.person.id for member in facts.members if member.person.id not in objected],
        [_post(post) for post in facts.posts if post.person not in objected],
        today,
        deadlines=[Deadline(due, "The opportunity is to close")] if due else [],
        close=[*close, *facts.reports_to],
    )


def _post(post: PostView) -> Post:
    return Post(
        person=post.person,
        name=post.person_name,
        title=post.title,
        department=post.department,
        seniority=post.seniority,
        from_month=post.from_month,
        to_month=None if post.current else post.to_month,
        as_of=post.as_of,
    )


def upheavals_in(found: Sequence[Moment]) -> tuple[Upheaval, ...]:
    """The reorganisations among the moments."""
    return tuple(Upheaval(one.on, one.text) for one in found if one.kind == "reorganisation")


def member_facts(
    facts: OpportunityFacts,
    committee: Committee,
    stances: Mapping[str, float],
    roles: Mapping[str, Mapping[str, float]],
) -> list[MemberFacts]:
    """What red flags look at in each member."""
    net = signed_ties(committee)
    people = committee.people
    allies = {
        person: frozenset(people[j] for j in np.flatnonzero(net[i] > 0.0)) for i, person in enumerate(people)
    }
    contacts: dict[str, list[ContactView]] = {}
    for contact in facts.contacts:
        contacts.setdefault(contact.member, []).append(contact)
    dated = _dates(facts)
    known: dict[str, set[str]] = {}
    for tie in facts.known_by:
        known.setdefault(tie.member, set()).add(tie.team_member)
    told = []
    for member in facts.members:
        person = member.person.id
        theirs = contacts.get(person, [])
        heard = [day_of(contact.last_on) for contact in theirs if contact.from_them]
        spoken = [
            day_of(note.on)
            for note in facts.notes
            if note.about == person and note.kind == STANCE and note.source == "direct"
        ]
        met = _was_met(person, theirs, facts) or bool(spoken)
        told.append(
            MemberFacts(
                person=person,
                name=member.person.name,
                influence=member.influence,
                stance=stances[person],
                roles=roles[person],
                met=met,
                last_heard=_latest([*heard, *spoken]),
                newest_fact=_latest(dated.get(person, [])),
                known_by=tuple(sorted(known.get(person, ()))),
                allies=allies.get(person, frozenset()),
            )
        )
    return told


def _was_met(person: str, contacts: Sequence[ContactView], facts: OpportunityFacts) -> bool:
    if any(contact.from_them or contact.channel in _IN_PERSON for contact in contacts):
        return True
    return any("met" in asked.states and asked.path[-1] == person for asked in facts.introductions)


def _dates(facts: OpportunityFacts) -> dict[str, list[date | None]]:
    """Every dated thing known of each member."""
    found: dict[str, list[date | None]] = {}
    for note in facts.notes:
        found.setdefault(note.about, []).append(day_of(note.on))
    for contact in facts.contacts:
        found.setdefault(contact.member, []).append(day_of(contact.last_on))
    for signal in facts.signals:
        if signal.person:
            found.setdefault(signal.person, []).append(day_of(signal.on))
    for post in facts.posts:
        months = [month for month in (post.from_month, post.to_month) if month is not None]
        found.setdefault(post.person, []).extend(date(m // 12, m % 12 + 1, 1) for m in months)
    for member in facts.members:
        if member.persona is not None:
            found.setdefault(member.person.id, []).append(day_of(member.persona.noted_on))
    return found


def _latest(days: Sequence[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
