"""What is read back of an opportunity: its committee, what was noted, who is bound to whom. Plain values, no engine.

Dates are ISO texts as precisely as they are known; months are integers `year * 12 + month - 1`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model.facts import Alliance
from graph.records.views import CompanyView, FactRef, PersonView

__all__ = [
    "AskedTie",
    "BondView",
    "ContactView",
    "IntroductionStep",
    "IntroductionView",
    "KnownBy",
    "MemberView",
    "NoteView",
    "OpportunityFacts",
    "OpportunityView",
    "PersonaView",
    "PostView",
    "SignalView",
]


@dataclass(frozen=True, slots=True)
class OpportunityView:
    """An opportunity's shown fields; thresholds are stances -1..1, None where the model's own hold."""

    id: str
    name: str
    company: CompanyView | None
    stage: str | None = None
    closes_on: str | None = None
    amount: float | None = None
    approve_threshold: float | None = None
    stop_threshold: float | None = None
    against_threshold: float | None = None

    @classmethod
    def of(cls, row: Mapping[str, Any], company: Mapping[str, Any] | None) -> OpportunityView:
        """From the maps that the statements under `opportunities/` return."""
        return cls(
            row["id"],
            row["name"] or "",
            CompanyView.of(company) if company else None,
            row["stage"],
            row["closes_on"],
            row["amount"],
            row["approve_threshold"],
            row["stop_threshold"],
            row["against_threshold"],
        )


@dataclass(frozen=True, slots=True)
class PostView:
    """A post at the opportunity's company: whose, what, from which month to which (inclusive; None: open, undated)."""

    person: str
    person_name: str
    title: str
    department: str
    seniority: str
    from_month: int | None
    to_month: int | None
    current: bool
    as_of: bool


@dataclass(frozen=True, slots=True)
class PersonaView:
    """The eight fields of a persona (`graph.committee.Persona`) and the experience; "" where nothing is known."""

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
    noted_on: str | None = None


@dataclass(frozen=True, slots=True)
class MemberView:
    """A seat on the committee: who, how much the others listen (high, medium, low), which roles were stated.

    `post` is their newest current post at the company, or, where none is known, anywhere; `started` posts of
    theirs stand in `OpportunityFacts.posts`.
    """

    person: PersonView
    influence: str
    roles: tuple[str, ...]
    post: PostView | None
    persona: PersonaView | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteView:
    """One observation. `kind` stance (`value` -1..1), role (`value` -1..1 for or against their holding `role`) or
    confirmation (a human's word on `role`: `value` 1 confirmed, -1 ruled out).

    `source` direct, coach_report or hearsay; `informant` who said it (id), None when nobody is named.
    """

    id: str
    kind: str
    about: str
    value: float
    on: str
    source: str = "direct"
    role: str | None = None
    reliability: float | None = None
    informant: str | None = None
    informant_name: str | None = None
    author: str = ""
    evidence: str | None = None
    expires_on: str | None = None


@dataclass(frozen=True, slots=True)
class BondView:
    """An alliance between two members; `everywhere` False: it holds in this opportunity alone. a leans on b."""

    ref: FactRef
    a: str
    b: str
    kind: str
    sign: int
    strength: float | None
    directed: bool
    everywhere: bool
    since: str | None = None
    author: str = ""
    noted_on: str | None = None
    evidence: str | None = None
    expires_on: str | None = None
    sources: tuple[str, ...] = ()
    says: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, a: str, b: str, says: Mapping[str, Any]) -> BondView:
        """From a stored ALLIED relationship."""
        return cls(
            ref=FactRef(Alliance.TYPE, a, b, says.get("key") or ""),
            a=a,
            b=b,
            kind=says["kind"],
            sign=int(says["sign"]),
            strength=says.get("strength"),
            directed=bool(says.get("directed")),
            everywhere=says.get("opportunity_key") is None,
            since=says.get("since"),
            author=says.get("author") or "",
            noted_on=says.get("noted_on"),
            evidence=says.get("evidence"),
            expires_on=says.get("expires_on"),
            sources=tuple(says.get("sources") or ()),
            says=says,
        )


@dataclass(frozen=True, slots=True)
class ContactView:
    """Contact between a member and one of ours over a channel: counts from us and from them, and the last date."""

    member: str
    team_member: str
    channel: str
    from_us: int
    from_them: int
    last_on: str | None


@dataclass(frozen=True, slots=True)
class KnownBy:
    """One of ours knows a member, with which probability (the derived tie, as the viewer may use it)."""

    member: str
    team_member: str
    probability: float


@dataclass(frozen=True, slots=True)
class SignalView:
    """A weak signal of a person, or (`person` None) of the company. `weight` in log-odds where it was stated."""

    id: str
    kind: str
    on: str
    person: str | None
    weight: float | None
    author: str


@dataclass(frozen=True, slots=True)
class IntroductionStep:
    """A state that an introduction took: when, noted by whom, with what remark."""

    state: str
    on: str
    author: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskedTie:
    """A tie of the path that was asked over, as it stood then: probability and kinds of evidence."""

    probability: float
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntroductionView:
    """An introduction: along which people (ids, one of ours first, the one to meet last), and all its states.

    `probability` is the path's score when it was drafted. `unknown_to_each_other`: declined because the connector
    does not know the person.
    """

    id: str
    opportunity: str | None
    path: tuple[str, ...]
    ties: tuple[AskedTie, ...]
    probability: float
    draft: str
    steps: tuple[IntroductionStep, ...]
    unknown_to_each_other: bool = False

    @property
    def state(self) -> str:
        """The state it is in."""
        return self.steps[-1].state

    @property
    def states(self) -> tuple[str, ...]:
        """All its states in order, as `graph.committee.trials_of` takes them."""
        return tuple(step.state for step in self.steps)

    @property
    def author(self) -> str:
        """Who drafted it."""
        return self.steps[0].author

    @property
    def drafted_on(self) -> str:
        """When it was drafted."""
        return self.steps[0].on


@dataclass(frozen=True, slots=True)
class OpportunityFacts:
    """All that the answers about one opportunity rest on. Members stand in the order of their ids, everything else
    in a fixed order too; notes, bonds and reporting lines are of members only, expired notes are left out.

    `refused`: pairs (lesser id first) of members whose suggested alliance a human refused. `reports_to`: (a, b), a
    reports to b. `posts`: of everybody known at the company, members or not. `signals`: of the company and of the
    people there.
    """

    opportunity: OpportunityView
    members: tuple[MemberView, ...]
    notes: tuple[NoteView, ...] = ()
    bonds: tuple[BondView, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    reports_to: tuple[tuple[str, str], ...] = ()
    known_by: tuple[KnownBy, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    signals: tuple[SignalView, ...] = ()
    introductions: tuple[IntroductionView, ...] = ()
    posts: tuple[PostView, ...] = ()
    posts_cut: bool = False

    def member(self, person: str) -> MemberView | None:
        """A member by the person's id."""
        return next((member for member in self.members if member.person.id == person), None)
