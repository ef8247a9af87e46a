"""Red flags: what experience says goes wrong in a committee, each with its evidence and what would clear it.

The list is domain.md 4 (after Miller-Heiman practice); thresholds in `parameters.FlagParameters`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.committee.committee import ECONOMIC_BUYER, TECHNICAL_BUYER, USER_BUYER
from graph.committee.moments import Upheaval
from graph.committee.parameters import FLAGS as K
from graph.committee.parameters import PARAMETERS

__all__ = ["MemberFacts", "RedFlag", "Severity", "red_flags"]

Severity = Literal["high", "medium", "low"]
_ORDER = ("high", "medium", "low")
_HIGH_INFLUENCE = "high"
_REQUIRED: tuple[tuple[str, Severity], ...] = (
    (ECONOMIC_BUYER, "high"),
    (TECHNICAL_BUYER, "medium"),
    (USER_BUYER, "medium"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """What the flags look at in one member.

    `influence` high, medium or low; `stance` the inferred mean -1..1; `roles` role → probability; `met` whether
    anybody of ours ever met them; `last_heard` the last contact from them; `newest_fact` the newest thing known of
    them; `known_by` those of ours who know them; `allies` members bound to them by a positive alliance.
    """

    person: str
    name: str
    influence: str = "medium"
    stance: float = 0.0
    roles: Mapping[str, float] = field(default_factory=dict)
    met: bool = False
    last_heard: date | None = None
    newest_fact: date | None = None
    known_by: tuple[str, ...] = ()
    allies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning: its `kind`, how grave, about whom (ids; empty: the whole committee), why, and what would clear it."""

    kind: str
    severity: Severity
    about: tuple[str, ...]
    evidence: tuple[str, ...]
    cleared_by: str


def red_flags(
    members: Sequence[MemberFacts], today: date, upheavals: Sequence[Upheaval] = ()
) -> tuple[RedFlag, ...]:
    """All red flags of a committee, the gravest first; a committee of nobody has only roles that nobody covers."""
    found = _uncovered(members) + _no_coach(members) + _opponents(members) + _one_contact(members)
    found += _silent_champions(members, today) + _reorganisations(upheavals, today)
    found += _unmet_buyers(members) + _stale(members, today)
    return tuple(sorted(found, key=lambda flag: _ORDER.index(flag.severity)))


def _holds(member: MemberFacts, role: str) -> bool:
    return member.roles.get(role, 0.0) >= K.covered_from


def _uncovered(members: Sequence[MemberFacts]) -> list[RedFlag]:
    flags = []
    for role, severity in _REQUIRED:
        if any(_holds(member, role) for member in members):
            continue
        name = role.replace("_", " ")
        likely = max(members, key=lambda m: m.roles.get(role, 0.0), default=None)
        evidence = f"Nobody is known to be the {name}"
        if likely is not None and likely.roles.get(role, 0.0) > 0.0:
            evidence += f"; the likeliest is {likely.name} ({likely.roles[role]:.0%})"
        ask = f"Find out who is the {name} and confirm the role"
        flags.append(RedFlag("role_not_covered", severity, (), (evidence,), ask))
    return flags


def _no_coach(members: Sequence[MemberFacts]) -> list[RedFlag]:
    coaches = [member for member in members if _holds(member, "coach")]
    if any(member.stance >= PARAMETERS.supporter_from for member in coaches):
        return []
    evidence = [f"{coach.name} was to be the coach but does not stand with us" for coach in coaches]
    return [
        RedFlag(
            "no_coach",
            "high",
            tuple(coach.person for coach in coaches),
            tuple(evidence) or ("Nobody inside guides us",),
            "Win a coach: somebody inside who wants us to succeed and is believed there",
        )
    ]


def _opponents(members: Sequence[MemberFacts]) -> list[RedFlag]:
    flags = []
    strong = [member for member in members if member.influence == _HIGH_INFLUENCE]
    for opponent in strong:
        if opponent.stance > PARAMETERS.opponent_from:
            continue
        against = [
            member
            for member in strong
            if member.stance >= PARAMETERS.supporter_from and member.person not in opponent.allies
        ]
        if not against:
            said = f"{opponent.name} has high influence and is against us ({opponent.stance:+.2f})"
            nobody = "No supporter of high influence stands outside their alliances"
            ask = "Win a supporter of high influence as a counterweight; do not plan to convert the opponent"
            flags.append(
                RedFlag("opponent_without_counterweight", "high", (opponent.person,), (said, nobody), ask)
            )
    return flags


def _one_contact(members: Sequence[MemberFacts]) -> list[RedFlag]:
    known = [member for member in members if member.known_by]
    ours = {person for member in known for person in member.known_by}
    if not members or (len(known) > 1 and len(ours) > 1):
        return []
    if not known:
        evidence = "Nobody of ours knows anybody on the committee"
    elif len(known) == 1:
        evidence = f"{known[0].name} is the only member whom anybody of ours knows"
    else:
        evidence = f"One person of ours is the only one who knows any of the {len(known)} members we know"
    about = tuple(member.person for member in known)
    ask = "Build a second relationship: another of ours with another of theirs"
    return [RedFlag("one_contact", "high", about, (evidence,), ask)]


def _silent_champions(members: Sequence[MemberFacts], today: date) -> list[RedFlag]:
    flags = []
    for member in members:
        coaches = _holds(member, "coach") and member.stance >= PARAMETERS.supporter_from
        if not coaches and member.stance < K.champion_from:
            continue
        if member.last_heard is None:
            evidence = f"No contact from {member.name} is noted"
        elif (days := (today - member.last_heard).days) > K.silent_days:
            evidence = f"{member.name} has been silent for {days} days"
        else:
            continue
        ask = f"Talk to {member.name}, and note the contact"
        flags.append(RedFlag("champion_silent", "medium", (member.person,), (evidence,), ask))
    return flags


def _reorganisations(upheavals: Sequence[Upheaval], today: date) -> list[RedFlag]:
    recent = [u for u in upheavals if 0 <= (today - u.on).days <= K.reorganisation_days]
    ask = "Confirm the roles and the influence of every member again"
    return [RedFlag("reorganisation", "medium", (), (f"{u.on}: {u.what}",), ask) for u in recent]


def _unmet_buyers(members: Sequence[MemberFacts]) -> list[RedFlag]:
    flags = []
    for member in members:
        if _holds(member, ECONOMIC_BUYER) and not member.met:
            chance = member.roles[ECONOMIC_BUYER]
            evidence = f"{member.name} is the economic buyer ({chance:.0%}); nobody of ours is known to have met them"
            ask = f"Meet {member.name}, best by a warm introduction"
            flags.append(RedFlag("economic_buyer_unmet", "high", (member.person,), (evidence,), ask))
    return flags


def _stale(members: Sequence[MemberFacts], today: date) -> list[RedFlag]:
    flags = []
    for member in members:
        if member.newest_fact is None:
            evidence = f"Nothing dated is known about {member.name}"
        elif (days := (today - member.newest_fact).days) > K.stale_days:
            evidence = f"The newest fact about {member.name} is {days} days old ({member.newest_fact})"
        else:
            continue
        ask = f"Ask someone about {member.name}, and note what they say"
        flags.append(RedFlag("facts_stale", "low", (member.person,), (evidence,), ask))
    return flags
