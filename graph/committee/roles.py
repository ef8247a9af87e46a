"""Buying roles in superposition: for each (person, role) a probability, moved by evidence, collapsed by a human.

Log-odds of a role: `base + seniority + function + Σ observations` (naive Bayes in log-odds, Good 1950, "weight of
evidence"; the weights are ours, `parameters.RoleParameters`). Roles do not exclude one another: seven separate
yes-or-no questions, whose probabilities need not sum to 1. An observation of value v by a source that is right
with probability q adds `v · ln(q / (1 - q)) · 2^(-age / half-life)`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graph.committee.committee import BUYING_ROLES, SOURCES, Floats
from graph.committee.logodds import Reason, log_odds_of, reasons_adding_up
from graph.committee.parameters import ROLES as K
from graph.model.facts import SENIORITIES
from graph.model.identities import tokens

__all__ = ["Position", "RoleBelief", "RoleEvidence", "RoleObservation", "role_beliefs", "role_matrix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What somebody's post says of them; "" where it is not known. `seniority` is one of SENIORITIES."""

    title: str = ""
    seniority: str = ""
    department: str = ""

    def __post_init__(self) -> None:
        if self.seniority and self.seniority not in SENIORITIES:
            raise ValueError(f"The seniority is one of {', '.join(SENIORITIES)}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleObservation:
    """Somebody said that a person holds a role (`value` +1) or does not (-1), or leans to either.

    `reliability` 0..1 of who said it: 0 tells nothing, 1 as much as such a source can; None counts as 1.
    `informant`: who said it; of several words of theirs on one role the newest counts alone.
    Raises ValueError when a value lies outside its range.
    """

    role: str
    value: float
    source: str = "direct"
    reliability: float | None = None
    age_days: float = 0.0
    informant: str | None = None
    key: str = ""

    def __post_init__(self) -> None:
        if self.role not in BUYING_ROLES:
            raise ValueError(f"{self.role} is no buying role; they are {', '.join(BUYING_ROLES)}.")
        if not -1.0 <= self.value <= 1.0:
            raise ValueError("An observed role lies between -1 (does not hold it) and 1 (holds it).")
        if self.source not in SOURCES:
            raise ValueError(f"The source of an observation is one of {', '.join(SOURCES)}.")
        if self.reliability is not None and not 0.0 <= self.reliability <= 1.0:
            raise ValueError("The reliability of a source lies between 0 and 1.")
        if not 0.0 <= self.age_days < math.inf:
            raise ValueError("An observation lies in the past: its age in days is 0 or more.")


@dataclass(frozen=True, slots=True)
class RoleBelief:
    """How probable it is that a person holds a role, and why.

    `log_odds` is what the evidence says; `confirmed` a human's word (None: none given), which makes the
    `probability` 1 or 0. The reasons' changes always add up to `probability`.
    """

    role: str
    probability: float
    log_odds: float
    confirmed: bool | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEvidence:
    """All that is known of one person's roles: post, what was said, what a human confirmed or ruled out."""

    position: Position = Position()
    observations: Sequence[RoleObservation] = ()
    confirmed: Collection[str] = ()
    ruled_out: Collection[str] = ()

    def __post_init__(self) -> None:
        if unknown := (set(self.confirmed) | set(self.ruled_out)) - set(BUYING_ROLES):
            raise ValueError(f"{sorted(unknown)[0]} is no buying role; they are {', '.join(BUYING_ROLES)}.")
        if both := set(self.confirmed) & set(self.ruled_out):
            raise ValueError(f"{sorted(both)[0]} is both confirmed and ruled out: keep one of the two.")


def role_beliefs(evidence: RoleEvidence) -> tuple[RoleBelief, ...]:
    """A belief for each of the buying roles, in their order."""
    return tuple(_belief(role, evidence) for role in BUYING_ROLES)


def role_matrix(beliefs: Sequence[Sequence[RoleBelief]]) -> Mapping[str, Floats]:
    """Role → probability per member (n,), as `Committee.roles` takes it, from the `role_beliefs` of each."""
    return {
        role: np.array([person[place].probability for person in beliefs], dtype=np.float64)
        for place, role in enumerate(BUYING_ROLES)
    }


def _belief(role: str, evidence: RoleEvidence) -> RoleBelief:
    reasons = [Reason("any member of a committee", K.base[role])]
    reasons += _post_reasons(role, evidence.position)
    reasons += _observed_reasons(role, evidence.observations)
    log_odds, probability, told = reasons_adding_up(reasons)
    confirmed = True if role in evidence.confirmed else False if role in evidence.ruled_out else None
    if confirmed is not None:
        said = "confirmed by a human" if confirmed else "ruled out by a human"
        told += (Reason(said, None, float(confirmed) - probability),)
        probability = float(confirmed)
    return RoleBelief(role, probability, log_odds, confirmed, told)


def _post_reasons(role: str, post: Position) -> list[Reason]:
    reasons = []
    if weight := K.seniority[role].get(post.seniority, 0.0):
        reasons.append(Reason(f"seniority: {post.seniority}", weight))
    # A department is mostly read off the title: the two are one reason, and the stronger is counted.
    known = _FUNCTION[role]
    found = [
        Reason(f"{where}: {' '.join(phrase)}", known[phrase])
        for where, text in (("title", post.title), ("department", post.department))
        for phrase in _phrases_in(text)
        if phrase in known
    ]
    if found:
        reasons.append(max(found, key=lambda reason: (abs(reason.log_odds or 0.0), reason.cause)))
    return reasons


# The strongest weight of each phrase, by role.
_FUNCTION: dict[str, dict[tuple[str, ...], float]] = {
    role: dict(sorted(phrases, key=lambda one: abs(one[1]))) for role, phrases in K.function.items()
}
_LONGEST = max(len(phrase) for known in _FUNCTION.values() for phrase in known)


@lru_cache(maxsize=512)
def _phrases_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Every run of whole words in a text, as long as a phrase that counts can be."""
    words = tuple(tokens(text))
    return tuple(
        words[at : at + length] for length in range(1, _LONGEST + 1) for at in range(len(words) - length + 1)
    )


def _observed_reasons(role: str, observations: Sequence[RoleObservation]) -> list[Reason]:
    about = sorted((seen for seen in observations if seen.role == role), key=lambda s: (s.age_days, s.key))
    heard: set[str] = set()
    reasons = []
    for seen in about:
        counts = seen.informant is None or seen.informant not in heard
        if seen.informant is not None:
            heard.add(seen.informant)
        said = f"{seen.source.replace('_', ' ')}: {'holds it' if seen.value > 0 else 'does not hold it'}"
        if counts:
            reasons.append(Reason(said, _weight(seen), key=seen.key))
        else:
            reasons.append(Reason(f"{said} (replaced by a newer word of theirs)", 0.0, key=seen.key))
    return reasons


def _weight(seen: RoleObservation) -> float:
    reliability = 1.0 if seen.reliability is None else seen.reliability
    right = 0.5 + (K.source_accuracy[seen.source] - 0.5) * reliability
    fresh: float = 0.5 ** (seen.age_days / K.half_life_days)
    return seen.value * log_odds_of(right) * fresh
