"""What a record can say about an opportunity: the deal, what was heard, signs of intent, personas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from graph.model.dates import PartialDate
from graph.model.entities import LONGEST_TEXT, Entity
from graph.model.identities import Label

__all__ = [
    "BUYING_ROLES",
    "CONFIRMATION",
    "EXPERIENCES",
    "INFLUENCES",
    "OBSERVATION_KINDS",
    "OBSERVATION_SOURCES",
    "PERSONA_FIELDS",
    "ROLE",
    "SIGNAL_KINDS",
    "STANCE",
    "Observation",
    "Opportunity",
    "Persona",
    "Signal",
]

# domain.md 1.
BUYING_ROLES: tuple[str, ...] = (
    "economic_buyer",
    "technical_buyer",
    "user_buyer",
    "coach",
    "gatekeeper",
    "legal",
    "procurement",
)
INFLUENCES: tuple[str, ...] = ("high", "medium", "low")
OBSERVATION_SOURCES: tuple[str, ...] = ("direct", "coach_report", "hearsay")
STANCE, ROLE, CONFIRMATION = "stance", "role", "confirmation"
OBSERVATION_KINDS: tuple[str, ...] = (STANCE, ROLE, CONFIRMATION)
SIGNAL_KINDS: tuple[str, ...] = (
    "visit",
    "search",
    "email_reply",
    "download",
    "webinar",
    "event",
    "job_posting",
    "trial",
    "demo_request",
    "price_request",
    "tender",
    "unsubscribe",
    "other",
)
PERSONA_FIELDS: tuple[str, ...] = (
    "background",
    "goals",
    "process",
    "media",
    "objective",
    "style",
    "information",
    "brands",
)
EXPERIENCES: tuple[str, ...] = ("novice", "practised", "expert")


def _between(value: float | None, low: float, high: float, what: str) -> None:
    if value is not None and not low <= value <= high:
        raise ValueError(f"{what} lies between {low:g} and {high:g}")


def _one_of(value: str, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise ValueError(f"{what} is one of {', '.join(allowed)}")


def _not_too_long(text: str, what: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{what} has at most {LONGEST_TEXT} characters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Entity):
    """A deal. Thresholds of its gates are stances -1..1; None: those of the model (`graph.committee`)."""

    LABEL: ClassVar[str] = "Opportunity"
    SLUG: ClassVar[Label] = "opportunity"

    stage: str = ""
    closes_on: PartialDate | None = None
    amount: float | None = None
    approve_threshold: float | None = None
    stop_threshold: float | None = None
    against_threshold: float | None = None

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        _not_too_long(self.stage, "a stage")
        _between(self.amount, 0.0, 1e15, "an amount")
        for threshold in (self.approve_threshold, self.stop_threshold, self.against_threshold):
            _between(threshold, -1.0, 1.0, "a threshold")

    def _own_fields(self) -> dict[str, Any]:
        return {
            "stage": self.stage,
            "closes_on": str(self.closes_on) if self.closes_on else None,
            "amount": None if self.amount is None else float(self.amount),
            "approve_threshold": self.approve_threshold,
            "stop_threshold": self.stop_threshold,
            "against_threshold": self.against_threshold,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Entity):
    """What was heard of one person in one opportunity, noted by `author`, on evidence, until `expires_on`.

    `kind` stance: `value` -1..1. `kind` role: `value` -1..1, how far it speaks for their holding `role`. `kind`
    confirmation: a human's word on `role`, 1 (holds it) or -1 (does not). `reliability` 0..1 of the source.
    """

    LABEL: ClassVar[str] = "Observation"
    SLUG: ClassVar[Label] = "observation"
    HAS_NAME: ClassVar[bool] = False

    kind: str = STANCE
    value: float | None = None
    on: PartialDate | None = None
    role: str = ""
    source: str = ""
    reliability: float | None = None
    author: str = ""
    evidence: str = ""
    expires_on: PartialDate | None = None

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        _one_of(self.kind, OBSERVATION_KINDS, "the kind of an observation")
        if self.value is None or self.on is None:
            raise ValueError("an observation has a value and a date")
        _between(self.value, -1.0, 1.0, "a stance" if self.kind == STANCE else "an observed role")
        if self.kind == CONFIRMATION and abs(self.value) != 1.0:
            raise ValueError("a confirmed role is 1, a role that was ruled out -1")
        if self.kind != STANCE:
            _one_of(self.role, BUYING_ROLES, "a buying role")
        if self.kind != CONFIRMATION:
            _one_of(self.source, OBSERVATION_SOURCES, "the source of an observation")
        _between(self.reliability, 0.0, 1.0, "a reliability")
        _not_too_long(self.evidence, "the evidence")
        if self.expires_on and self.expires_on.last_month < self.on.first_month:
            raise ValueError("it expires before it was heard")

    def _own_fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "value": None if self.value is None else float(self.value),
            "on": str(self.on) if self.on else None,
            "role": self.role,
            "source": self.source,
            "reliability": None if self.reliability is None else float(self.reliability),
            "author": self.author,
            "evidence": self.evidence,
            "expires_on": str(self.expires_on) if self.expires_on else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal(Entity):
    """A weak sign of intent. `weight`: log-odds stated by its author instead of those of its kind."""

    LABEL: ClassVar[str] = "Signal"
    SLUG: ClassVar[Label] = "signal"
    HAS_NAME: ClassVar[bool] = False

    kind: str = ""
    on: PartialDate | None = None
    weight: float | None = None
    author: str = ""
    evidence: str = ""

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        _one_of(self.kind, SIGNAL_KINDS, "the kind of a signal")
        if self.on is None:
            raise ValueError("a signal has a date")
        _between(self.weight, -5.0, 5.0, "the weight of a signal")
        _not_too_long(self.evidence, "the evidence")

    def _own_fields(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "on": str(self.on) if self.on else None,
            "weight": None if self.weight is None else float(self.weight),
            "author": self.author,
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona(Entity):
    """How a person buys: eight fields in words (domain.md 1), and the experience with products like ours."""

    LABEL: ClassVar[str] = "Persona"
    SLUG: ClassVar[Label] = "persona"
    HAS_NAME: ClassVar[bool] = False

    background: str = ""
    goals: str = ""
    process: str = ""
    media: str = ""
    objective: str = ""
    style: str = ""
    information: str = ""
    brands: str = ""
    experience: str = ""
    author: str = ""
    noted_on: PartialDate | None = None
    evidence: str = ""

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        for name in (*PERSONA_FIELDS, "evidence"):
            _not_too_long(getattr(self, name), name)
        if self.experience:
            _one_of(self.experience, EXPERIENCES, "the experience")

    def _own_fields(self) -> dict[str, Any]:
        return {
            **{name: getattr(self, name) for name in (*PERSONA_FIELDS, "experience", "author", "evidence")},
            "noted_on": str(self.noted_on) if self.noted_on else None,
        }
