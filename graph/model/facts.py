"""Facts: relationships that carry their sources. Nothing else defines relationships.

Each class names its relationship type, which kinds of node it joins, its properties, and its `natural_key`:
what distinguishes two facts of the same type between the same two nodes. The same fact stated by two sources
is one relationship with two sources.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from graph.model.channels import normal_channel
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Community, Company, Entity, Person, Project, School

__all__ = [
    "ALLIANCE_KINDS",
    "SENIORITIES",
    "Alliance",
    "Connection",
    "Employment",
    "Endorsement",
    "Fact",
    "Interaction",
    "Membership",
    "ProjectRole",
    "Recommendation",
    "ReportingLine",
    "RunBy",
    "Study",
    "TakenBack",
]

AllianceKind = Literal[
    "friendship", "affinity", "solidarity", "career", "tactical", "mentoring", "rivalry", "enmity"
]
# +1: friendly kinds, -1: hostile kinds (Miller-Heiman practice; domain.md).
ALLIANCE_KINDS: dict[str, int] = {
    "friendship": 1,
    "affinity": 1,
    "solidarity": 1,
    "career": 1,
    "tactical": 1,
    "mentoring": 1,
    "rivalry": -1,
    "enmity": -1,
}

# From the one who decides down; compared by position (0 is the most senior).
SENIORITIES: tuple[str, ...] = (
    "owner",
    "c_level",
    "vp",
    "director",
    "head",
    "manager",
    "senior",
    "staff",
    "junior",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A relationship between two nodes as one record states it."""

    TYPE: ClassVar[str]
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]]
    FEEDS_TIES: ClassVar[bool] = True
    """Whether ties must be derived again when it changes."""

    def ends(self) -> tuple[Entity, Entity]:
        """Start and end node."""
        raise NotImplementedError

    def natural_key(self) -> str:
        """Distinguishes facts of this type between the same two nodes."""
        return ""

    def properties(self) -> dict[str, Any]:
        """The relationship's own properties (sources and privacy are added when it is written)."""
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment(Fact):
    """A person at a company from month to month."""

    TYPE: ClassVar[str] = "WORKED_AT"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Company)

    person: Person
    company: Company
    title: str = ""
    department: str = ""
    seniority: str = ""
    spell: Spell = field(default_factory=Spell)

    def __post_init__(self) -> None:
        if self.seniority and self.seniority not in SENIORITIES:
            raise ValueError(f"seniority is one of {', '.join(SENIORITIES)}")

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.company

    def natural_key(self) -> str:
        start = "as of" if self.spell.as_of else str(self.spell.started or "")
        return f"{start}|{self.title.casefold().strip()}"

    def properties(self) -> dict[str, Any]:
        return {
            "title": self.title or None,
            "department": self.department or None,
            "seniority": self.seniority or None,
            **self.spell.properties(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRole(Fact):
    """A person on a project."""

    TYPE: ClassVar[str] = "WORKED_ON"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Project)

    person: Person
    project: Project
    role: str = ""
    spell: Spell = field(default_factory=Spell)

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.project

    def natural_key(self) -> str:
        return f"{self.spell.started or ''}|{self.role.casefold().strip()}"

    def properties(self) -> dict[str, Any]:
        return {"role": self.role or None, **self.spell.properties()}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBy(Fact):
    """The company that a project belongs to."""

    TYPE: ClassVar[str] = "RUN_BY"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Project, Company)
    FEEDS_TIES: ClassVar[bool] = False

    project: Project
    company: Company

    def ends(self) -> tuple[Entity, Entity]:
        return self.project, self.company


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Fact):
    """A person at a school."""

    TYPE: ClassVar[str] = "STUDIED_AT"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, School)

    person: Person
    school: School
    degree: str = ""
    spell: Spell = field(default_factory=Spell)

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.school

    def natural_key(self) -> str:
        return f"{self.spell.started or ''}|{self.degree.casefold().strip()}"

    def properties(self) -> dict[str, Any]:
        return {"degree": self.degree or None, **self.spell.properties()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership(Fact):
    """A person in a community."""

    TYPE: ClassVar[str] = "MEMBER_OF"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Community)

    person: Person
    community: Community
    spell: Spell = field(default_factory=Spell)

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.community

    def natural_key(self) -> str:
        return str(self.spell.started or "")

    def properties(self) -> dict[str, Any]:
        return dict(self.spell.properties())


@dataclass(frozen=True, slots=True, kw_only=True)
class BetweenPeople(Fact):
    """A fact that joins two different people."""

    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Person)

    a: Person
    b: Person

    def __post_init__(self) -> None:
        if set(self.a.keys) & set(self.b.keys):
            raise ValueError("it joins a person with themself")

    def ends(self) -> tuple[Entity, Entity]:
        return self.a, self.b


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(BetweenPeople):
    """Connected on a platform; symmetric. `on` is when."""

    TYPE: ClassVar[str] = "CONNECTED"

    on: PartialDate | None = None

    def properties(self) -> dict[str, Any]:
        return {"on": str(self.on) if self.on else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(BetweenPeople):
    """Messages or meetings by count, direction and date: `sent` went from a to b, `received` from b to a.

    `channel` has one name however it is spelt (`graph/model/channels.py`). `last_on` is the last of both;
    `sent_on` and `received_on` the last of each, where the source tells them apart. `partial`: it counts what one of
    several files says (a folder of a mailbox), and lessens nothing that another says; else the newest is true.
    """

    TYPE: ClassVar[str] = "INTERACTED"

    channel: str
    sent: int = 0
    received: int = 0
    last_on: PartialDate | None = None
    sent_on: PartialDate | None = None
    received_on: PartialDate | None = None
    partial: bool = False

    def __post_init__(self) -> None:
        BetweenPeople.__post_init__(self)
        if self.sent < 0 or self.received < 0:
            raise ValueError("counts are 0 or more")
        object.__setattr__(self, "channel", normal_channel(self.channel))

    def natural_key(self) -> str:
        return self.channel.casefold()

    def properties(self) -> dict[str, Any]:
        return {
            "channel": self.channel,
            "sent": self.sent,
            "received": self.received,
            "last_on": str(self.last_on) if self.last_on else None,
            "sent_on": str(self.sent_on) if self.sent_on else None,
            "received_on": str(self.received_on) if self.received_on else None,
            "partial": self.partial or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(BetweenPeople):
    """a recommended b in public."""

    TYPE: ClassVar[str] = "RECOMMENDED"

    on: PartialDate | None = None

    def properties(self) -> dict[str, Any]:
        return {"on": str(self.on) if self.on else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement(BetweenPeople):
    """a endorsed b for skills; `on` is the newest endorsement."""

    TYPE: ClassVar[str] = "ENDORSED"

    skill: str = ""
    on: PartialDate | None = None

    def natural_key(self) -> str:
        return self.skill.casefold().strip()

    def properties(self) -> dict[str, Any]:
        return {"skill": self.skill or None, "on": str(self.on) if self.on else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine(BetweenPeople):
    """a reports to b."""

    TYPE: ClassVar[str] = "REPORTS_TO"

    since: PartialDate | None = None

    def properties(self) -> dict[str, Any]:
        return {"since": str(self.since) if self.since else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliance(BetweenPeople):
    """A declared alliance; `strength` 0..1 is the author's. `directed`: a leans on b (b influences a).

    `opportunity_key`: an identity key of the opportunity where it holds alone, "" when it holds everywhere.
    """

    TYPE: ClassVar[str] = "ALLIED"

    kind: str
    strength: float | None = None
    directed: bool = False
    since: date | PartialDate | None = None
    opportunity_key: str = ""
    author: str = ""
    noted_on: PartialDate | None = None
    evidence: str = ""
    expires_on: PartialDate | None = None

    def __post_init__(self) -> None:
        BetweenPeople.__post_init__(self)
        if self.kind not in ALLIANCE_KINDS:
            raise ValueError(f"kind is one of {', '.join(ALLIANCE_KINDS)}")
        if self.strength is not None and not 0 <= self.strength <= 1:
            raise ValueError("strength lies between 0 and 1")

    @property
    def sign(self) -> int:
        """+1 for friendly kinds, -1 for hostile ones."""
        return ALLIANCE_KINDS[self.kind]

    def natural_key(self) -> str:
        return f"{self.kind}|{self.opportunity_key}"

    def properties(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "sign": self.sign,
            "strength": self.strength,
            "directed": self.directed,
            "since": str(self.since) if self.since else None,
            "opportunity_key": self.opportunity_key or None,
            "author": self.author or None,
            "noted_on": str(self.noted_on) if self.noted_on else None,
            "evidence": self.evidence or None,
            "expires_on": str(self.expires_on) if self.expires_on else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack(Fact):
    """A human took a fact of this person back: only a human states it again, whatever is imported.

    `fact` is the type of the fact and `fact_key` its natural key.
    """

    TYPE: ClassVar[str] = "TAKEN_BACK"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Person, Entity)
    FEEDS_TIES: ClassVar[bool] = False

    person: Person
    other: Entity
    fact: str
    fact_key: str = ""

    def ends(self) -> tuple[Entity, Entity]:
        return self.person, self.other

    def natural_key(self) -> str:
        return f"{self.fact}|{self.fact_key}"
