"""Segments: the committee grouped by experience and buying style, and per member what they want to hear about.

A grouping by what was noted, no clustering: members share a segment when their experience and their buying style
are the same (but for case and spacing). What is not noted is said to be unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

__all__ = ["EXPERIENCES", "MemberNeeds", "Persona", "Segment", "segments"]

EXPERIENCES = ("novice", "practised", "expert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """The eight fields of a persona (domain.md 1) and the `experience` with products like ours; "" where unknown.

    Several entries in a field are separated by `;`. Raises ValueError for an unknown experience.
    """

    background: str = ""
    goals: str = ""
    process: str = ""
    media: str = ""
    objective: str = ""
    style: str = ""
    information: str = ""
    brands: str = ""
    experience: str = ""

    def __post_init__(self) -> None:
        if self.experience and self.experience not in EXPERIENCES:
            raise ValueError(f"The experience is one of {', '.join(EXPERIENCES)}.")


_IN_WORDS = {
    "background": "background and knowledge",
    "goals": "goals and worries",
    "process": "preferred buying process",
    "media": "media consulted",
    "objective": "purchase objective",
    "style": "buying style",
    "information": "information wanted",
    "brands": "brands adopted",
    "experience": "experience with products like ours",
}


@dataclass(frozen=True, slots=True)
class MemberNeeds:
    """What a member wants to hear about (information wanted, then goals and worries), and what is still unknown."""

    person: str
    wants: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Members of one experience and buying style ("" where unknown), what several or all want, and each one's needs.

    `shared`: wishes of at least two members, the most wanted first.
    """

    experience: str
    style: str
    members: tuple[MemberNeeds, ...]
    shared: tuple[str, ...]


def segments(personas: Mapping[str, Persona | None]) -> tuple[Segment, ...]:
    """Segments of the members (person → persona, None when there is none), novices first, the unknown last."""
    grouped: dict[tuple[str, str], list[tuple[str, Persona]]] = {}
    for person, persona in personas.items():
        known = persona or Persona()
        grouped.setdefault((known.experience, _plain(known.style)), []).append((person, known))
    order = (*EXPERIENCES, "")
    keys = sorted(grouped, key=lambda key: (order.index(key[0]), key[1] == "", key[1]))
    return tuple(_segment(key[0], grouped[key]) for key in keys)


def _segment(experience: str, members: Sequence[tuple[str, Persona]]) -> Segment:
    needs = tuple(_needs(person, persona) for person, persona in members)
    wanted: dict[str, list[str]] = {}
    for need in needs:
        for wish in need.wants:
            wanted.setdefault(_plain(wish), []).append(wish)
    common = [wishes for wishes in wanted.values() if len(wishes) > 1]
    shared = tuple(
        wishes[0] for wishes in sorted(common, key=lambda wishes: (-len(wishes), _plain(wishes[0])))
    )
    return Segment(experience, members[0][1].style.strip(), needs, shared)


def _needs(person: str, persona: Persona) -> MemberNeeds:
    wishes = {_plain(wish): wish for wish in _entries(persona.goals)}
    wishes = {_plain(wish): wish for wish in _entries(persona.information)} | wishes
    unknown = tuple(
        _IN_WORDS[field.name] for field in fields(persona) if not getattr(persona, field.name).strip()
    )
    return MemberNeeds(person, tuple(wishes.values()), unknown)


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(";") if entry.strip()]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
