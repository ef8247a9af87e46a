"""What a record can say about a person, company, project, school or community. Nothing else defines nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from graph.model.dates import Spell
from graph.model.identities import Identity, Label, tokens

__all__ = ["Community", "Company", "Entity", "Person", "Project", "School"]

LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A node as one record describes it.

    `identities` come strongest first and must not be empty; `name` may be empty where the record only
    refers to something that another record names.
    """

    LABEL: ClassVar[str]
    SLUG: ClassVar[Label]
    HAS_NAME: ClassVar[bool] = True

    identities: tuple[Identity, ...]
    name: str = ""

    def __post_init__(self) -> None:
        if not self.identities:
            raise ValueError(f"a {self.SLUG} needs at least one identity")
        if any(identity.label != self.SLUG for identity in self.identities):
            raise ValueError(f"an identity of another kind of node cannot name a {self.SLUG}")
        if len(self.name) > LONGEST_TEXT:
            raise ValueError(f"a name of more than {LONGEST_TEXT} characters is not one")

    @property
    def keys(self) -> tuple[str, ...]:
        """Identity keys, strongest first."""
        return tuple(identity.key for identity in self.identities)

    @property
    def describes(self) -> bool:
        """Whether it says enough to make the node, instead of referring to one that another record describes."""
        return bool(self.name) or not self.HAS_NAME

    def fields(self) -> dict[str, Any]:
        """What the record says, by property name; empty values say nothing and are left out."""
        said = {"name": self.name, **self._own_fields()}
        return {name: value for name, value in said.items() if value not in (None, "", ())}

    def _own_fields(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Entity):
    """A person. `team_member` None says nothing about it."""

    LABEL: ClassVar[str] = "Person"
    SLUG: ClassVar[Label] = "person"

    headline: str = ""
    location: str = ""
    team_member: bool | None = None

    def _own_fields(self) -> dict[str, Any]:
        return {"headline": self.headline, "location": self.location, "team_member": self.team_member}


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Entity):
    """A company; `headcount` is the known number of people there."""

    LABEL: ClassVar[str] = "Company"
    SLUG: ClassVar[Label] = "company"

    domain: str = ""
    headcount: int | None = None
    industry: str = ""
    former_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        if self.headcount is not None and self.headcount < 1:
            raise ValueError("a headcount is 1 or more")

    def _own_fields(self) -> dict[str, Any]:
        return {
            "domain": self.domain,
            "headcount": self.headcount,
            "industry": self.industry,
            "former_names": list(self.former_names) or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Entity):
    """A project; `size` is the number of people who worked on it."""

    LABEL: ClassVar[str] = "Project"
    SLUG: ClassVar[Label] = "project"

    size: int | None = None
    spell: Spell = field(default_factory=Spell)

    def __post_init__(self) -> None:
        Entity.__post_init__(self)
        if self.size is not None and self.size < 1:
            raise ValueError("a project's size is 1 or more")

    def _own_fields(self) -> dict[str, Any]:
        spell = self.spell
        return {
            "size": self.size,
            "started": str(spell.started) if spell.started else None,
            "ended": str(spell.ended) if spell.ended else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class School(Entity):
    """A school."""

    LABEL: ClassVar[str] = "School"
    SLUG: ClassVar[Label] = "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Community(Entity):
    """An association, a user group, a club."""

    LABEL: ClassVar[str] = "Community"
    SLUG: ClassVar[Label] = "community"


def search_tokens(name: str) -> list[str]:
    """The distinct tokens stored beside a name for prefix search."""
    return sorted(set(tokens(name)))
