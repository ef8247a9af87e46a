"""Evidence as people read it: each reason to think that two people know each other, with a text. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from graph.model.dates import month_text
from graph.ties.strength import Kind, Verification

__all__ = [
    "Connection",
    "DeclaredAlliance",
    "Endorsement",
    "Evidence",
    "Interactions",
    "Overlap",
    "Recommendation",
    "ReportingLine",
    "SharedCommunity",
    "SharedEmployment",
    "SharedProject",
    "SharedSchool",
    "SharedTime",
    "TieExplanation",
]


_UNITS = frozenset(("team", "department", "dept", "unit", "group"))
_SPELLED = {
    "it": "IT",
    "hr": "HR",
    "linkedin": "LinkedIn",
    "linkedin message": "LinkedIn messages",
    "linkedin invitation": "LinkedIn invitation",
    "message": "messages",
    "meeting": "meetings",
    "call": "calls",
    "e-mail": "email",
}


def unit_name(department: str, word: str) -> str:
    """A department with the `word` for what it is, unless its name says that already: `IT team`."""
    named = department.split()[-1].casefold() in _UNITS
    spelled = _SPELLED.get(department, department)
    return spelled if named else f"{spelled} {word}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason. `probability`: on this alone; `counted`: the strongest of its kind, and above the floor.

    `observed_on`: ISO date text in the precision known, or None; `sources`: keys of source records;
    `private`: known to one of the two only.
    """

    KIND: ClassVar[Kind]

    probability: float
    verification: Verification
    observed_on: str | None = None
    sources: tuple[str, ...] = ()
    private: bool = False
    counted: bool = False

    @property
    def kind(self) -> str:
        """The kind's name, as in `TIE.kinds`."""
        return type(self).__name__

    @property
    def text(self) -> str:
        """The reason in a few words."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Overlap:
    """Months (first and last count) that both were there without a break, among `size` people."""

    first: int
    last: int
    months_in_one_department: int
    size: float

    @property
    def months(self) -> int:
        """How long it lasts."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTime(Evidence):
    """Both were at one place at one time. `size_counted`: counted among known people, not declared."""

    place_id: str
    place: str
    overlaps: tuple[Overlap, ...]
    size_counted: bool = False

    @property
    def months(self) -> int:
        """Months together, all overlaps."""
        return sum(overlap.months for overlap in self.overlaps)

    @property
    def size(self) -> int:
        """People there in the longest overlap, rounded."""
        return round(max(self.overlaps, key=lambda overlap: overlap.months).size)

    @property
    def started(self) -> str:
        """First month together."""
        return month_text(min(overlap.first for overlap in self.overlaps))

    @property
    def ended(self) -> str:
        """Last month together."""
        return month_text(max(overlap.last for overlap in self.overlaps))

    def _duration(self) -> str:
        return "1 month" if self.months == 1 else f"{self.months} months"

    def _people(self) -> str:
        return f"about {self.size} people then" if self.size_counted else f"{self.size} people"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEmployment(SharedTime):
    """Overlapping employments at one company; `department` is the one they shared longest."""

    KIND: ClassVar[Kind] = Kind.EMPLOYMENT

    department: str | None = None

    @property
    def company_id(self) -> str:
        """The company's id."""
        return self.place_id

    @property
    def company(self) -> str:
        """The company's name."""
        return self.place

    @property
    def headcount(self) -> int:
        """People at the company in the longest overlap, rounded."""
        return self.size

    @property
    def text(self) -> str:
        """For example: both at Helvion, Network team, 31 months, about 40 people then."""
        where = [f"both at {self.place}"]
        if self.department:
            where.append(unit_name(self.department, "team"))
        return ", ".join([*where, self._duration(), self._people()])


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedProject(SharedTime):
    """Overlapping roles on one project."""

    KIND: ClassVar[Kind] = Kind.PROJECT

    @property
    def text(self) -> str:
        """For example: both on Atlas, 12 months, 6 people."""
        return f"both on {self.place}, {self._duration()}, {self._people()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSchool(SharedTime):
    """Overlapping studies; the size is a nominal one."""

    KIND: ClassVar[Kind] = Kind.SCHOOL

    @property
    def text(self) -> str:
        """For example: both studied at Aalto University, 24 months."""
        return f"both studied at {self.place}, {self._duration()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedCommunity(SharedTime):
    """Overlapping memberships; the size is a nominal one."""

    KIND: ClassVar[Kind] = Kind.COMMUNITY

    @property
    def text(self) -> str:
        """For example: both in Python Finland, 36 months."""
        return f"both in {self.place}, {self._duration()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Directed(Evidence):
    """From one person to another; ids and names."""

    from_id: str
    to_id: str
    from_name: str
    to_name: str

    def _when(self, word: str) -> str:
        return f", {word} {self.observed_on}" if self.observed_on else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine(_Directed):
    """`from_id` reports to `to_id`."""

    KIND: ClassVar[Kind] = Kind.REPORTING_LINE

    @property
    def text(self) -> str:
        """For example: Mira Berg reports to Jonas Lind, since 2024."""
        return f"{self.from_name} reports to {self.to_name}{self._when('since')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(Evidence):
    """Connected on a platform; `observed_on` is since when."""

    KIND: ClassVar[Kind] = Kind.CONNECTION

    @property
    def text(self) -> str:
        """For example: connected since 2020-01-02."""
        return f"connected since {self.observed_on}" if self.observed_on else "connected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions(Evidence):
    """Messages or meetings over one channel: `sent` from the lesser id to the greater, `received` back."""

    KIND: ClassVar[Kind] = Kind.INTERACTIONS

    channel: str | None = None
    sent: int = 0
    received: int = 0

    @property
    def text(self) -> str:
        """For example: in touch by email, 12 one way and 9 back, last in 2026-05."""
        by = f" by {_SPELLED.get(self.channel.casefold(), self.channel)}" if self.channel else ""
        more, less = max(self.sent, self.received), min(self.sent, self.received)
        last = f", last on {self.observed_on}" if self.observed_on else ""
        if less:
            return f"in touch{by}, {more} one way and {less} back{last}"
        return f"{'once' if more == 1 else f'{more} times'} one way{by}, never answered{last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(_Directed):
    """`from_id` recommended `to_id` in public."""

    KIND: ClassVar[Kind] = Kind.RECOMMENDATION

    @property
    def text(self) -> str:
        """For example: Mira Berg recommended Jonas Lind in public, on 2024-02-01."""
        return f"{self.from_name} recommended {self.to_name} in public{self._when('on')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement(_Directed):
    """`from_id` endorsed `to_id` for a skill."""

    KIND: ClassVar[Kind] = Kind.ENDORSEMENT

    skill: str | None = None

    @property
    def text(self) -> str:
        """For example: Mira Berg endorsed Jonas Lind for Python, on 2024."""
        skill = f" for {self.skill}" if self.skill else ""
        return f"{self.from_name} endorsed {self.to_name}{skill}{self._when('on')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAlliance(_Directed):
    """A friendly alliance that somebody declared; `directed`: `from_id` leans on `to_id`."""

    KIND: ClassVar[Kind] = Kind.DECLARED_ALLIANCE

    alliance: str
    strength: float | None = None
    directed: bool = False

    @property
    def text(self) -> str:
        """For example: declared allies (friendship), since 2024."""
        return f"declared allies ({self.alliance}){self._when('since')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TieExplanation:
    """All evidence that a viewer may know between `a` and `b` (a < b), strongest first, and what it adds up to.

    `as_of` is the month it is seen in. `hostile`: a rivalry or enmity is declared, so this is never a tie.
    """

    a: str
    b: str
    probability: float
    verification: Verification
    last_evidence: str | None
    kinds: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    as_of: int
    hostile: bool = False
