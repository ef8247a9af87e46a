"""What is read back: people, organisations and facts as a caller may see them. Plain values, no engine."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from graph.model.kinds import FACT_TYPES

__all__ = [
    "API",
    "EVERYBODY",
    "CompanyView",
    "FactRef",
    "FactView",
    "IdentityView",
    "NamedView",
    "PersonView",
    "ProjectView",
    "SourceView",
    "TieView",
]


# The name of the source of all that is entered by hand.
API = "api"

# Sees people whom private imports brought, whoever imported them: what admins pass.
EVERYBODY = "*"


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person's shown fields. `objected`: they do not want to be approached, so no path or list names them.

    `known_to`: the team members to whom alone they are known, by id, as private imports brought them; else empty.
    """

    id: str
    name: str
    headline: str | None
    location: str | None
    team_member: bool
    objected: bool = False
    known_to: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> PersonView:
        """From the map that the statements under `people/` return."""
        return cls(
            row["id"],
            row["name"] or "",
            row["headline"],
            row["location"],
            bool(row["team_member"]),
            bool(row["objected"]),
            tuple(row["known_to"] or ()),
        )

    def known_by(self, sees: str | None) -> bool:
        """Whether a caller may know of them: `sees` is a team member's id, or EVERYBODY."""
        return not self.known_to or sees == EVERYBODY or sees in self.known_to


@dataclass(frozen=True, slots=True)
class CompanyView:
    """A company's shown fields; `headcount` is the known number of people there."""

    id: str
    name: str
    domain: str | None
    headcount: int | None
    industry: str | None
    former_names: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> CompanyView:
        """From the map that the statements return."""
        return cls(
            row["id"],
            row["name"] or "",
            row["domain"],
            row["headcount"],
            row["industry"],
            tuple(row["former_names"] or ()),
        )


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project's shown fields; dates are written as precisely as they are known."""

    id: str
    name: str
    size: int | None
    started: str | None
    ended: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> ProjectView:
        """From the map that the statements return."""
        return cls(row["id"], row["name"] or "", row["size"], row["started"], row["ended"])


@dataclass(frozen=True, slots=True)
class NamedView:
    """A school or a community."""

    id: str
    name: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> NamedView:
        """From the map that the statements return."""
        return cls(row["id"], row["name"] or "")


@dataclass(frozen=True, slots=True)
class IdentityView:
    """One exact identity: the system that issued it and its value there."""

    system: str
    value: str
    url: str | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """One row of one source: the day on which it was read first as it is, the day on which last, and by which run."""

    system: str
    dataset: str
    record: str
    imported_on: str | None
    verified: bool
    last_read_on: str | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class TieView:
    """A tie as the viewer sees it: `verification` 2 verified, 1 observed, 0 inferred."""

    a: str
    b: str
    probability: float
    verification: int
    last_evidence: str | None


@dataclass(frozen=True, slots=True)
class FactRef:
    """Names one stored fact: its type, its ends by id, and its natural key. `token` is its opaque id."""

    type: str
    start: str
    end: str
    key: str

    @property
    def token(self) -> str:
        """The opaque id callers use."""
        text = json.dumps([self.type, self.start, self.end, self.key], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, token: str) -> FactRef:
        """Read an opaque id back; ValueError when it is none of ours."""
        try:
            padded = token + "=" * (-len(token) % 4)
            parts = json.loads(base64.urlsafe_b64decode(padded.encode()))
        except (ValueError, binascii.Error, RecursionError):
            raise ValueError("this is not the id of a fact") from None
        if not isinstance(parts, list) or len(parts) != 4 or not all(isinstance(p, str) for p in parts):
            raise ValueError("this is not the id of a fact")
        if parts[0] not in FACT_TYPES:
            raise ValueError("this is not the id of a fact")
        return cls(*parts)


OtherT = TypeVar("OtherT")


@dataclass(frozen=True, slots=True)
class FactView(Generic[OtherT]):
    """A fact at a person, with its other end. `says` holds the stored properties, `sources` record keys.

    `started` and `ended` are empty for a spell known only as of a date: that date is `as_of`.
    """

    ref: FactRef
    other: OtherT
    sources: tuple[str, ...]
    started: str | None = None
    ended: str | None = None
    current: bool = False
    as_of: str | None = None
    says: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls, kind: str, start: str, end: str, properties: Mapping[str, Any], other: OtherT
    ) -> FactView[OtherT]:
        """From a relationship's properties."""
        as_of = bool(properties.get("as_of"))
        started, ended = properties.get("started"), properties.get("ended")
        return cls(
            ref=FactRef(kind, start, end, properties.get("key") or ""),
            other=other,
            sources=tuple(properties.get("sources") or ()),
            started=None if as_of else started,
            ended=None if as_of else ended,
            current=bool(properties.get("current")),
            as_of=(ended or started) if as_of else None,
            says=properties,
        )

    @property
    def by_hand(self) -> bool:
        """Whether a human entered or verified it."""
        return any(key.startswith(f"{API}|") for key in self.sources)

    @property
    def newest_month(self) -> int:
        """The month in which it began, or was seen last where that is all that is known; 0 when undated."""
        month = self.says.get("to_month" if self.as_of else "from_month")
        return month if isinstance(month, int) else 0

    @property
    def newest_first(self) -> tuple[bool, bool, int, str, str]:
        """Sort key: current before ended, of current ones what a human stands for first, later before earlier."""
        doubted = not (self.current and self.by_hand)
        return not self.current, doubted, -self.newest_month, self.ref.end, self.ref.key
