"""Searching people and companies by name: ranked, in pages that continue where the last one ended.

Exact names come first, then names that go on from the text, then names where each word begins a word. The
ranks are read one after the other until the page is full; each is ordered by (normalised name, id), so a
position is (rank, name, id) and a page costs the same wherever it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from graph.engine.connection import Engine
from graph.model.identities import domain_identity, email_identity, linkedin_identity, name_identity, tokens
from graph.records.organisations import companies_by_keys
from graph.records.people import people_by_keys
from graph.records.views import EVERYBODY, CompanyView, PersonView

__all__ = ["Found", "Position", "count_companies", "count_people", "search_companies", "search_people"]

LONGEST_SEARCH = 200
MOST_WORDS = 8

T = TypeVar("T")
Position = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One hit and where it stands: continue after its position for the next page."""

    item: T
    position: Position


@dataclass(frozen=True, slots=True)
class _Stage:
    statement: str
    takes: tuple[str, ...]


_PEOPLE = (
    _Stage("people/search_exact", ("text", "after_id")),
    _Stage("people/search_prefix", ("text", "after_name", "after_id")),
    _Stage("people/search_words", ("text", "anchor", "words", "after_name", "after_id")),
)
_COMPANIES = (
    _Stage("organisations/search_exact", ("text", "after_id")),
    _Stage("organisations/search_prefix", ("text", "after_name", "after_id")),
    _Stage("organisations/search_words", ("text", "words", "after_name", "after_id")),
)


async def search_people(
    engine: Engine, text: str, *, after: Position | None, limit: int, sees: str | None = EVERYBODY
) -> list[Found[PersonView]]:
    """People by name; an e-mail address or a LinkedIn address finds the one person behind it.

    `sees`: the team member who asks, who finds what is known to them alone, or EVERYBODY.
    """
    identity = email_identity(text) or (linkedin_identity(text) if "linkedin.com" in text.lower() else None)
    if identity is not None:
        known = await people_by_keys(engine, [identity.key])
        return [
            Found(each, (0, "", each.id)) for each in known.values() if after is None and each.known_by(sees)
        ]
    return await _search(
        engine, _PEOPLE, text, after, limit, lambda row: PersonView.of(row["person"]), sees=sees
    )


async def search_companies(
    engine: Engine, text: str, *, after: Position | None, limit: int
) -> list[Found[CompanyView]]:
    """Companies by name; an internet domain finds the one company behind it."""
    identity = domain_identity(text)
    if identity is not None:
        known = await companies_by_keys(engine, [identity.key])
        if known:
            return [Found(each, (0, "", each.id)) for each in known.values() if after is None]
    found = await _search(engine, _COMPANIES, text, after, limit, lambda row: CompanyView.of(row["company"]))
    return found if after is not None else [*await _once_called(engine, text), *found][:limit]


async def _once_called(engine: Engine, text: str) -> list[Found[CompanyView]]:
    """The company that had exactly this name before it got one that a search for this one would not find."""
    identity = name_identity("company", text[:LONGEST_SEARCH])
    known = await companies_by_keys(engine, [identity.key]) if identity is not None else {}
    asked = set(tokens(text))
    return [
        Found(each, (0, "", each.id))
        for each in known.values()
        if each.name and not asked <= set(tokens(each.name))
    ]


async def count_people(engine: Engine, text: str, sees: str | None = EVERYBODY) -> int:
    """How many people a search by name finds in all: a scan."""
    return await _count(engine, "people/search_count", text, sees=sees)


async def count_companies(engine: Engine, text: str) -> int:
    """How many companies a search by name finds in all: a scan."""
    return await _count(engine, "organisations/search_count", text)


def _words(text: str) -> list[str]:
    return tokens(text[:LONGEST_SEARCH])[:MOST_WORDS]


async def _count(engine: Engine, statement: str, text: str, **more: str | None) -> int:
    words = _words(text)
    if not words:
        return 0
    rows = await engine.read(statement, words=sorted(set(words)), **more)
    total: int = rows[0]["total"]
    return total


async def _search(
    engine: Engine,
    stages: Sequence[_Stage],
    text: str,
    after: Position | None,
    limit: int,
    view: Callable[[Mapping[str, Any]], T],
    **more: str | None,
) -> list[Found[T]]:
    words = _words(text)
    if not words:
        return []
    first, after_name, after_id = after or (0, "", "")
    found: list[Found[T]] = []
    for rank in range(first, len(stages)):
        given = {
            "text": " ".join(words),
            # The longest word is the rarest, as a rule.
            "anchor": max(words, key=lambda word: (len(word), word)),
            "words": sorted(set(words)),
            "after_name": after_name if rank == first else "",
            "after_id": after_id if rank == first else "",
        }
        stage = stages[rank]
        params = {name: given[name] for name in stage.takes}
        wanted = limit - len(found)
        rows = await engine.read(stage.statement, **params, limit=wanted, **more)
        # A person found by two words of their name comes once.
        here = {(row["name"], (item := view(row)).id): item for row in rows}  # type: ignore[attr-defined]
        found += [Found(here[key], (rank, *key)) for key in sorted(here)[:wanted]]
        if len(found) >= limit:
            break
    return found
