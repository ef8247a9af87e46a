"""What was recorded of an opportunity, as the arrays of the committee model. Pure.

A date of lesser precision counts from the first day it can mean; what is dated ahead of today counts nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from graph.committee import (
    PARAMETERS,
    Committee,
    CommitteeParameters,
    Observed,
    Position,
    RoleBelief,
    RoleEvidence,
    RoleObservation,
    Tie,
    role_beliefs,
    role_matrix,
)
from graph.model.committee import CONFIRMATION, ROLE, STANCE
from graph.model.dates import PartialDate
from graph.records.opportunity_views import BondView, MemberView, NoteView, OpportunityFacts

__all__ = ["age_in_days", "beliefs_of", "build_committee", "influence_of", "role_evidence"]


def influence_of(level: str, parameters: CommitteeParameters = PARAMETERS) -> float:
    """The weight 0..1 of an influence: high, medium or low. Raises ValueError for another word."""
    weights = {
        "high": parameters.influence_high,
        "medium": parameters.influence_medium,
        "low": parameters.influence_low,
    }
    if level not in weights:
        raise ValueError(f"influence is one of {', '.join(weights)}")
    return weights[level]


def age_in_days(on: str, today: date) -> int:
    """Days since a date text (its first day, where it names a month or year); negative when it lies ahead."""
    told = PartialDate.parse(on)
    return (today - date(told.year, told.month or 1, told.day or 1)).days


def role_evidence(member: MemberView, facts: OpportunityFacts, today: date) -> RoleEvidence:
    """All that is known of one member's roles: post, roles stated with the seat, what was heard, a human's word.

    A role stated with the seat counts as said directly, without a date.
    """
    return _role_evidence(member, _notes_of(facts.notes).get(member.person.id, []), today)


def _role_evidence(member: MemberView, notes: Iterable[NoteView], today: date) -> RoleEvidence:
    stated = [RoleObservation(role=role, value=1.0, key=f"seat|{role}") for role in member.roles]
    heard = [
        RoleObservation(
            role=note.role or "",
            value=note.value,
            source=note.source,
            reliability=note.reliability,
            age_days=age_in_days(note.on, today),
            informant=note.informant,
            key=note.id,
        )
        for note in notes
        if note.kind == ROLE and age_in_days(note.on, today) >= 0
    ]
    words: dict[str, NoteView] = {}
    for note in notes:
        if note.kind == CONFIRMATION and note.role:
            # One word a role; of two records of it the newer.
            before = words.get(note.role)
            if before is None or (note.on, note.id) > (before.on, before.id):
                words[note.role] = note
    post = member.post
    return RoleEvidence(
        position=Position(title=post.title, seniority=post.seniority, department=post.department)
        if post
        else Position(),
        observations=[*stated, *heard],
        confirmed=sorted(role for role, word in words.items() if word.value > 0),
        ruled_out=sorted(role for role, word in words.items() if word.value < 0),
    )


def beliefs_of(facts: OpportunityFacts, today: date) -> dict[str, tuple[RoleBelief, ...]]:
    """Member → a belief for each buying role, with its reasons; in the order of `facts.members`."""
    notes = _notes_of(facts.notes)
    return {
        member.person.id: role_beliefs(_role_evidence(member, notes.get(member.person.id, []), today))
        for member in facts.members
    }


def build_committee(
    facts: OpportunityFacts,
    today: date,
    parameters: CommitteeParameters = PARAMETERS,
    beliefs: Mapping[str, Sequence[RoleBelief]] | None = None,
) -> Committee:
    """The committee as the model takes it: members in the order of `facts.members`.

    `beliefs` are those of `beliefs_of`, where they are known already.
    """
    index = {member.person.id: position for position, member in enumerate(facts.members)}
    size, believed = len(index), beliefs_of(facts, today) if beliefs is None else beliefs
    return Committee(
        people=tuple(index),
        influence=np.array([influence_of(member.influence, parameters) for member in facts.members]),
        prior_mean=np.full(size, parameters.prior_mean),
        prior_precision=np.full(size, parameters.prior_precision),
        alliances=tuple(_tie(bond, index, parameters) for bond in facts.bonds),
        reports_to=tuple((index[a], index[b]) for a, b in facts.reports_to),
        observations=tuple(
            _observed(note, index, today)
            for note in facts.notes
            if note.kind == STANCE and age_in_days(note.on, today) >= 0
        ),
        roles=role_matrix([believed[person] for person in index]),
    )


def _notes_of(notes: Iterable[NoteView]) -> dict[str, list[NoteView]]:
    found: dict[str, list[NoteView]] = {}
    for note in notes:
        found.setdefault(note.about, []).append(note)
    return found


def _tie(bond: BondView, index: dict[str, int], parameters: CommitteeParameters) -> Tie:
    return Tie(
        a=index[bond.a],
        b=index[bond.b],
        sign=bond.sign,
        strength=parameters.unsaid_strength if bond.strength is None else bond.strength,
        directed=bond.directed,
        kind=bond.kind,
        key=bond.ref.token,
    )


def _observed(note: NoteView, index: dict[str, int], today: date) -> Observed:
    return Observed(
        about=index[note.about],
        value=note.value,
        source=note.source,
        reliability=note.reliability,
        age_days=age_in_days(note.on, today),
        key=note.id,
        informant=note.informant,
    )
