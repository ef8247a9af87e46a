"""Facts of an opportunity: where it is sought, who sits on its committee, what was heard about whom by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from graph.model.committee import BUYING_ROLES, INFLUENCES, Observation, Opportunity, Persona, Signal
from graph.model.entities import Company, Entity, Person
from graph.model.facts import BetweenPeople, Fact

__all__ = ["About", "HasPersona", "HeardFrom", "HeardIn", "NotAllied", "Seat", "ShownBy", "SoughtAt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtAt(Fact):
    """The company at which an opportunity is sought."""

    TYPE: ClassVar[str] = "SOUGHT_AT"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Opportunity, Company)
    FEEDS_TIES: ClassVar[bool] = False

    opportunity: Opportunity
    company: Company

    def ends(self) -> tuple[Entity, Entity]:
        return self.opportunity, self.company


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Fact):
    """A person on the committee: how much the others listen (None: nobody said), and the roles that were stated."""

    TYPE: ClassVar[str] = "SITS_ON"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Opportunity)
    FEEDS_TIES: ClassVar[bool] = False

    person: Person
    opportunity: Opportunity
    influence: str | None = None
    roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.influence is not None and self.influence not in INFLUENCES:
            raise ValueError(f"influence is one of {', '.join(INFLUENCES)}")
        if unknown := [role for role in self.roles if role not in BUYING_ROLES]:
            raise ValueError(f"{unknown[0]} is no buying role; they are {', '.join(BUYING_ROLES)}")

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.opportunity

    def properties(self) -> dict[str, Any]:
        roles = [role for role in BUYING_ROLES if role in self.roles]
        return {"influence": self.influence, "roles": roles or None}


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfObservation(Fact):
    FEEDS_TIES: ClassVar[bool] = False

    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class About(_OfObservation):
    """Whom an observation is about."""

    TYPE: ClassVar[str] = "ABOUT"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Observation, Person)

    person: Person

    def ends(self) -> tuple[Entity, Entity]:
        return self.observation, self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardIn(_OfObservation):
    """The opportunity in which an observation counts."""

    TYPE: ClassVar[str] = "HEARD_IN"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Observation, Opportunity)

    opportunity: Opportunity

    def ends(self) -> tuple[Entity, Entity]:
        return self.observation, self.opportunity


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardFrom(_OfObservation):
    """Who said it."""

    TYPE: ClassVar[str] = "HEARD_FROM"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Observation, Person)

    informant: Person

    def ends(self) -> tuple[Entity, Entity]:
        return self.observation, self.informant


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBy(Fact):
    """Who showed a signal: a person, or the company where the person is unknown."""

    TYPE: ClassVar[str] = "SHOWN_BY"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Signal, Entity)
    FEEDS_TIES: ClassVar[bool] = False

    signal: Signal
    by: Person | Company

    def ends(self) -> tuple[Entity, Entity]:
        return self.signal, self.by


@dataclass(frozen=True, slots=True, kw_only=True)
class HasPersona(Fact):
    """A person's persona, as one source noted it."""

    TYPE: ClassVar[str] = "HAS_PERSONA"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Persona)
    FEEDS_TIES: ClassVar[bool] = False

    person: Person
    persona: Persona

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.persona


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAllied(BetweenPeople):
    """A human refused the suggestion that the two are allied, in one opportunity: it is not made again."""

    TYPE: ClassVar[str] = "NOT_ALLIED"
    FEEDS_TIES: ClassVar[bool] = False

    opportunity_key: str

    def natural_key(self) -> str:
        return self.opportunity_key

    def properties(self) -> dict[str, Any]:
        return {"opportunity_key": self.opportunity_key}
