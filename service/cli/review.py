"""`liaison review`: who may be one person, both sides of each pair beside each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.output import console, counted, print_json
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graph.engine import Engine
    from graph.records.views import SourceView
    from importers.identity.review import Candidate

__all__ = ["review", "review_of"]

# What stands beside each other, and what it is called there.
_PARTS = {
    "name": "name",
    "headline": "headline",
    "location": "location",
    "employers": "work",
    "identities": "known by",
    "knownFrom": "from",
}
_WIDTH = 80
_KIND = re.compile(r"[^\W\d][\w .-]{0,30}")


def review(
    first: Annotated[int, typer.Option(help="At most so many pairs.", min=1, max=1000)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """List people who may be one person, the most probable pair first, with what speaks for it and against."""
    told = run_async(_review(first))
    if as_json:
        print_json(told)
        return
    out = console()
    for pair in told["candidates"]:
        out.print(_shown(pair))
    waiting, left = told["total"], told["total"] - len(told["candidates"])
    if not waiting:
        out.print("No pair of people waits for a decision.")
    else:
        more = f", {left:,} of them not shown" if left else ""
        out.print(
            f"{counted(waiting, 'pair waits', 'pairs wait')} for a decision{more}: "
            "decide with mergePeople or keepApart of the API."
        )


async def _review(first: int) -> dict[str, Any]:
    from service.audit.noting import note_people

    async with opened() as engine:
        told = await review_of(engine, first)
        note_people(pair[side]["id"] for pair in told["candidates"] for side in ("a", "b"))
        return told


async def review_of(engine: Engine, first: int) -> dict[str, Any]:
    """The first pairs as plain values. Nobody's private sources are among them."""
    from importers.identity.review import count_candidates, open_candidates

    found = await open_candidates(engine, limit=first)
    people = await _people(engine, sorted({one for each in found for one in (each.a, each.b)}))
    pairs = [_told(each, people) for each in found if each.a in people and each.b in people]
    return {"total": await count_candidates(engine, sees=None), "candidates": pairs}


async def _people(engine: Engine, ids: list[str]) -> dict[str, dict[str, Any]]:
    from graph.records.people import (
        employments_of,
        people_by_ids,
        person_identities,
        person_sources,
        read_sources,
    )

    views = await people_by_ids(engine, ids)
    identities = await person_identities(engine, ids)
    employments = await employments_of(engine, ids, None)
    sources = await person_sources(engine, ids, None)
    views_of = await read_sources(engine, [key for keys in sources.values() for key in keys], None)
    return {
        one: {
            "id": one,
            "name": view.name,
            "headline": view.headline,
            "location": view.location,
            "employers": [_employer(fact.other.name, fact.says) for fact in employments.get(one, ())],
            "identities": [f"{each.system}: {each.value}" for each in identities.get(one, ())],
            "sources": sources.get(one, []),
            "knownFrom": _known_from(views_of[key] for key in sources.get(one, ()) if key in views_of),
        }
        for one, view in views.items()
        if view.known_by(None)
    }


def _known_from(sources: Iterable[SourceView]) -> list[str]:
    """Where somebody is known from, in short: "linkedin · positions · 2026-03-01"; several records are one line."""
    found: Counter[str] = Counter()
    for source in sources:
        kind = source.record.partition("|")[0]
        parts = [
            source.system,
            kind if _KIND.fullmatch(kind) else "",
            source.last_read_on or source.imported_on,
        ]
        found[" · ".join(part for part in parts if part)] += 1
    return [text if number == 1 else f"{text} ({number} records)" for text, number in sorted(found.items())]


def _employer(company: str, says: Any) -> str:
    started, ended = says.get("started"), says.get("ended")
    if says.get("as_of"):
        when = f"as of {ended}"
    elif started or ended or says.get("current"):
        when = f"{started or '?'} to {'now' if says.get('current') else ended or '?'}"
    else:
        when = "undated"
    title = f"{says['title']}, " if says.get("title") else ""
    return f"{title}{company} ({when})"


def _told(candidate: Candidate, people: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "probability": round(candidate.score.probability, 4),
        "score": candidate.score.bits,
        "words": candidate.words,
        "reasons": [
            {"feature": part.feature, "level": part.level, "bits": part.bits, "words": part.words}
            for part in candidate.score.contributions
        ],
        "foundOn": candidate.found_on,
        "importRunId": candidate.run,
        "a": people[candidate.a],
        "b": people[candidate.b],
    }


def _shown(pair: dict[str, Any]) -> RenderableType:
    from rich import box
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    sides = Table(
        box=box.SIMPLE_HEAD,
        title=f"{pair['probability']:.0%}  {pair['words']}",
        title_justify="left",
        pad_edge=False,
        width=_WIDTH,
    )
    sides.add_column("", no_wrap=True)
    for column in ("known for longer", "newer"):
        sides.add_column(column, overflow="fold", ratio=1)
    for part, called in _PARTS.items():
        values = [pair[side][part] for side in ("a", "b")]
        if any(values):
            lines = ["\n".join(value) if isinstance(value, list) else value or "" for value in values]
            sides.add_row(called, *(Text(line) for line in lines))
    # Two ids are as wide as the table: beside each other they can still be copied whole.
    return Group(sides, Text(f"ids  {pair['a']['id']}  {pair['b']['id']}"), Text())
