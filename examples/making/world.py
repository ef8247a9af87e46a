"""What an invented world consists of: companies, people with careers, and what happened between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

__all__ = ["NOW", "Company", "Dice", "Human", "Job", "Talk", "World", "month", "slug_of"]

T = TypeVar("T")


def month(text: str) -> int:
    """`2019-03` as a month number, year * 12 + month - 1."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


# The month in which all exports were made.
NOW = month("2026-10")


@dataclass(frozen=True, slots=True)
class Company:
    """An invented company; `number` is its invented LinkedIn company id."""

    name: str
    headcount: int
    industry: str
    place: str
    number: int

    @property
    def domain(self) -> str:
        """An address that cannot exist."""
        return f"{_plain(self.name.split(' ')[0])}.example"


@dataclass(frozen=True, slots=True)
class Job:
    """A spell at a company, in months; `ended` None = still there, `started` None = nobody knows."""

    company: str
    title: str
    started: int | None
    ended: int | None = None
    department: str = ""
    seniority: str = ""


@dataclass(slots=True)
class Human:
    """An invented person. The last job is the present one; `mark` tells namesakes apart in the slug."""

    given: str
    family: str
    place: str
    jobs: list[Job]
    mark: str = ""
    known_internally: bool = False

    @property
    def name(self) -> str:
        """As written on a badge."""
        return f"{self.given} {self.family}"

    @property
    def slug(self) -> str:
        """A LinkedIn slug nobody has: every one of them ends in `-invented`."""
        return slug_of(self.name, self.mark)

    @property
    def now(self) -> Job:
        """The present job."""
        return self.jobs[-1]

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{_plain(self.given)}.{_plain(self.family)}@{_plain(self.now.company.split(' ')[0])}.example"


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages between a team member and somebody: how many in each direction, and the last day."""

    owner: str
    other: str
    sent: int
    received: int
    last_on: str


@dataclass(slots=True)
class World:
    """Everything the files are written from. People are referred to by name (and mark): see `find`."""

    companies: dict[str, Company]
    team: list[Human]
    people: list[Human]
    connections: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    talks: list[Talk] = field(default_factory=list)
    recommendations: list[tuple[str, str, str]] = field(default_factory=list)
    endorsements: list[tuple[str, str, str, str]] = field(default_factory=list)
    invitations: list[tuple[str, str, str, str]] = field(default_factory=list)

    def find(self, slug: str) -> Human:
        """The person with this slug."""
        return next(human for human in (*self.team, *self.people) if human.slug == slug)


class Dice:
    """Seeded choices that come out the same on every Python: only `Random.random` is promised to."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, limit: int) -> int:
        """A number from 0 to limit - 1."""
        return int(self._random.random() * limit)

    def between(self, low: int, high: int) -> int:
        """A number from low to high, both possible."""
        return low + self.below(high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[self.below(len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """That many different ones, in a random order."""
        pool = list(options)
        return [pool.pop(self.below(len(pool))) for _ in range(min(count, len(pool)))]


def slug_of(name: str, mark: str = "") -> str:
    """A LinkedIn slug as the site makes them, diacritics kept."""
    words = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", name).lower())
    return "-".join(part for part in (words, mark, "invented") if part)


def _plain(text: str) -> str:
    from_special = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "å": "a"})
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(from_special))
    return re.sub(r"[^a-z0-9]+", "", "".join(c for c in decomposed if not unicodedata.combining(c)))
