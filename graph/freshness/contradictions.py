"""Where sources disagree about a person: every value with its sources, which is shown, and what decided it.

Of fields the rule is that of `graph.records.display`: verified by a human > newest > most complete. Of open posts it is
the order in which they are shown: entered or verified by a human, else begun or seen last.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.engine.connection import Engine
from graph.records.display import Said, rank
from graph.records.people import employments_of, people_by_ids
from graph.records.views import CompanyView, FactView, PersonView

__all__ = ["Contradiction", "Value", "contradictions_of", "in_fields", "in_posts"]

FIELDS = ("name", "headline", "location")
VERIFIED, NEWEST, MOST_COMPLETE, BY_KEY = "verified", "newest", "most_complete", "by_key"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values; `sources` are the keys of the records that say so, `fact` the post where it is one."""

    text: str
    shown: bool
    sources: tuple[str, ...]
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field of which sources say different things, the shown value first; `rule` chose it."""

    field: str
    values: tuple[Value, ...]
    rule: str


async def contradictions_of(
    engine: Engine, ids: Sequence[str], viewer: str | None
) -> dict[str, list[Contradiction]]:
    """The contradictions about each person, as far as the viewer may know the records."""
    wanted = sorted(set(ids))
    people = await people_by_ids(engine, wanted)
    posts = await employments_of(engine, wanted, viewer)
    said: dict[str, list[Said]] = {}
    for row in await engine.read("freshness/said_of_people", ids=wanted, viewer=viewer):
        said[row["id"]] = [
            Said(key, json.loads(fields), seen_on or "", bool(verified))
            for key, fields, seen_on, verified in row["records"]
        ]
    return {
        person: [*in_fields(view, said.get(person, ())), *in_posts(posts.get(person, ()))]
        for person, view in people.items()
    }


def in_fields(person: PersonView, statements: Iterable[Said]) -> list[Contradiction]:
    """Contradictions of name, headline and location among what records say of a person."""
    ranked = sorted(statements, key=rank, reverse=True)
    found = []
    for field in FIELDS:
        values: dict[str, tuple[str, list[Said]]] = {}
        for one in ranked:
            if text := one.fields.get(field):
                values.setdefault(_normal(text), (str(text), []))[1].append(one)
        shown = getattr(person, field)
        if len(values) < 2:
            continue
        if shown and _normal(shown) not in values:
            # It rests on a record that the viewer may not know.
            values = {_normal(shown): (shown, []), **values}
        told = [
            Value(text, bool(shown) and same == _normal(shown), tuple(one.key for one in by))
            for same, (text, by) in values.items()
        ]
        told.sort(key=lambda value: not value.shown)
        best = next((one for _, by in values.values() for one in by[:1]), None)
        rivals = [by[0] for _, by in values.values() if by and by[0] is not best]
        found.append(Contradiction(field, tuple(told), _rule(best, rivals)))
    return found


def _rule(best: Said | None, rivals: Sequence[Said]) -> str:
    if best is None or not rivals:
        return BY_KEY
    tests: list[tuple[str, Callable[[Said], Any]]] = [
        (VERIFIED, lambda said: said.verified),
        (NEWEST, lambda said: said.seen_on),
        (MOST_COMPLETE, lambda said: len(said.fields)),
    ]
    rival = max(rivals, key=rank)
    return next((name for name, of in tests if of(best) != of(rival)), BY_KEY)


def in_posts(posts: Iterable[FactView[CompanyView]]) -> list[Contradiction]:
    """Two current employers, or two titles at one of them."""
    current = sorted((post for post in posts if post.current), key=lambda post: post.newest_first)
    found = []
    companies: dict[str, list[FactView[CompanyView]]] = {}
    for post in current:
        companies.setdefault(post.other.id, []).append(post)
    if len(companies) > 1:
        values = tuple(
            Value(
                theirs[0].other.name,
                place == 0,
                tuple(sorted({key for post in theirs for key in post.sources})),
                theirs[0].ref.token,
            )
            for place, theirs in enumerate(companies.values())
        )
        firsts = [theirs[0] for theirs in companies.values()]
        found.append(Contradiction("employer", values, _post_rule(firsts)))
    for theirs in companies.values():
        titles: dict[str, FactView[CompanyView]] = {}
        for post in theirs:
            if title := post.says.get("title"):
                titles.setdefault(_normal(title), post)
        if len(titles) > 1:
            values = tuple(
                Value(post.says["title"], place == 0, tuple(sorted(post.sources)), post.ref.token)
                for place, post in enumerate(titles.values())
            )
            found.append(Contradiction("title", values, _post_rule(list(titles.values()))))
    return found


def _post_rule(posts: Sequence[FactView[CompanyView]]) -> str:
    first, second = posts[:2]
    if first.by_hand != second.by_hand:
        return VERIFIED
    return NEWEST if first.newest_month != second.newest_month else BY_KEY


def _normal(text: str | Mapping[str, Any]) -> str:
    return " ".join(str(text).casefold().split())
