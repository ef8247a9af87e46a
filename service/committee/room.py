"""The room: an opportunity's facts and the warm paths to its members, and the model's answers that rest on them.

Nothing in here asks the engine: what is asked twice is computed once.
"""

from __future__ import annotations

import math
from datetime import date
from functools import cached_property

import numpy as np

from graph.committee import (
    PARAMETERS,
    Camps,
    Committee,
    Field,
    Floats,
    Gates,
    Intent,
    Moment,
    Outlook,
    Persona,
    RedFlag,
    RoleBelief,
    Segment,
    Situation,
    camps,
    hostile,
    infer,
    influence_model,
    intent,
    listening_ties,
    outlook,
    red_flags,
    segments,
)
from graph.committee import Signal as ShownSignal
from graph.paths.reach import Ground, Way, ways
from graph.records.committee_building import age_in_days, beliefs_of, build_committee
from graph.records.opportunity_views import MemberView, OpportunityFacts
from graph.records.views import PersonView
from service.committee.calendar import member_facts, moments_of, upheavals_in

__all__ = ["Room"]


class Room:
    """An opportunity as one caller may know it today."""

    def __init__(self, facts: OpportunityFacts, ground: Ground, today: date) -> None:
        self.facts = facts
        self.ground = ground
        self.today = today
        self.people: dict[str, PersonView] = {member.person.id: member.person for member in facts.members}

    @cached_property
    def committee(self) -> Committee:
        """The arrays."""
        return build_committee(self.facts, self.today, beliefs=self.beliefs)

    @cached_property
    def field(self) -> Field:
        """What they think."""
        return infer(self.committee)

    @cached_property
    def situation(self) -> Situation:
        """Both models together."""
        field = self.field
        return Situation(self.committee, field.mean, field.covariance, influence_model(self.committee))

    @cached_property
    def trust(self) -> Floats:
        """Who trusts whom (n, n): the friendly part of what a row hears from a column."""
        return np.clip(listening_ties(self.committee), 0.0, 1.0)

    @cached_property
    def beliefs(self) -> dict[str, tuple[RoleBelief, ...]]:
        """Person → a belief for each role, with its reasons."""
        return beliefs_of(self.facts, self.today)

    @cached_property
    def gates(self) -> Gates:
        """The thresholds of this opportunity."""
        told = self.facts.opportunity
        usual = Gates()
        return Gates(
            usual.approve if told.approve_threshold is None else told.approve_threshold,
            usual.stop if told.stop_threshold is None else told.stop_threshold,
            usual.against if told.against_threshold is None else told.against_threshold,
        )

    @cached_property
    def outlook(self) -> Outlook:
        """The probability that the gates pass."""
        return outlook(self.situation, self.gates)

    @cached_property
    def intent(self) -> Intent:
        """The probability of a purchase at all."""
        shown = [
            ShownSignal(
                kind=signal.kind,
                age_days=age_in_days(signal.on, self.today),
                person=signal.person,
                weight=signal.weight,
                key=signal.id,
            )
            for signal in self.facts.signals
        ]
        return intent(shown)

    def camps(self, groups: int) -> Camps:
        """The split into camps."""
        return camps(self.committee, groups)

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """When somebody can be influenced."""
        return moments_of(self.facts, self.today, self.objected)

    @cached_property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """Warnings, the gravest first."""
        stances = {person: float(self.situation.mean[i]) for i, person in enumerate(self.committee.people)}
        chances = {
            person: {belief.role: belief.probability for belief in beliefs}
            for person, beliefs in self.beliefs.items()
        }
        known = member_facts(self.facts, self.committee, stances, chances)
        found = red_flags(known, self.today, upheavals_in(self.moments))
        return tuple(flag for flag in found if not self._is_about_objected(flag))

    def _is_about_objected(self, flag: RedFlag) -> bool:
        """Whether a warning is about somebody who objected, or names them."""
        names = [self.people[person].name for person in self.objected if self.people[person].name]
        texts = (*flag.evidence, flag.cleared_by)
        return not self.objected.isdisjoint(flag.about) or any(
            name in text for name in names for text in texts
        )

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The members by experience and buying style."""
        members = [member for member in self.facts.members if not member.person.objected]
        return segments({member.person.id: persona_of(member) for member in members})

    @cached_property
    def hostile(self) -> tuple[str, ...]:
        """Members who are surely opponents: no path leads through them."""
        return tuple(self.committee.people[i] for i in hostile(self.field))

    @cached_property
    def objected(self) -> frozenset[str]:
        """Members who do not want to be approached: what they think counts, but no advice is about them."""
        return frozenset(member.person.id for member in self.facts.members if member.person.objected)

    def hostility(self, person: str) -> float:
        """The probability that a member is an opponent; 0 for others, of whom no stance is known."""
        if person not in self.committee.people:
            return 0.0
        i = self.committee.index_of(person)
        mean, sd = float(self.situation.mean[i]), float(self.field.sd[i])
        return 0.5 * math.erfc((mean - PARAMETERS.opponent_from) / (sd * math.sqrt(2.0)))

    @cached_property
    def known_to_us(self) -> dict[str, tuple[float, str]]:
        """Everybody whom one of ours knows → how probably, and who of ours knows them best."""
        best: dict[str, tuple[float, str]] = {}
        for start in self.ground.starts:
            for person, p in self.ground.of(start).items():
                if person not in self.ground.starts and p > best.get(person, (0.0, ""))[0]:
                    best[person] = p, start
        return best

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The best ways to the members, through nobody hostile."""
        return ways(self.ground, self.hostile)

    def ways_to(self, person: str) -> list[Way]:
        """The best ways to one member, best first."""
        return self._by_target.get(person, [])

    @cached_property
    def _by_target(self) -> dict[str, list[Way]]:
        grouped: dict[str, list[Way]] = {}
        for way in self.ways:
            grouped.setdefault(way.target, []).append(way)
        return grouped


def persona_of(member: MemberView) -> Persona | None:
    """What was noted of a member as a buyer, as the model takes it."""
    noted = member.persona
    if noted is None:
        return None
    return Persona(
        background=noted.background,
        goals=noted.goals,
        process=noted.process,
        media=noted.media,
        objective=noted.objective,
        style=noted.style,
        information=noted.information,
        brands=noted.brands,
        experience=noted.experience,
    )
