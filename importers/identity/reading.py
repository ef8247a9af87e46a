"""People out of the graph for matching: who might be the same, what is known of them, how common their names are.

Everything is asked for by index and for a batch at once; what one batch may bring in is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.engine.connection import Engine
from graph.model.dates import month_of
from importers.identity.blocking import name_keys
from importers.identity.frequencies import Frequencies
from importers.identity.parameters import MATCHING, Matching
from importers.identity.people import Job, Someone
from importers.identity.table import Lexicon, People

__all__ = ["Counts", "Keyed", "read_people", "read_similar"]

_MOST_COLLEAGUES = 2_000


class Keyed:
    """The keys of a table's people as they are stored: signed 64-bit numbers, None for none."""

    def __init__(self, people: People) -> None:
        words = people.lexicon.words
        keys = name_keys(people)
        self.ids = people.ids
        self.names = _stored(keys[:, 0])
        self.family = _stored(keys[:, 1])
        self.second_family = _stored(keys[:, 2])
        self.sound = _stored(words.sound[people.families[:, 0]])
        self.called = _stored(words.called[people.given])
        self.place = [people.lexicon.places.texts[code] or None for code in people.place]
        self.companies = [
            [people.lexicon.companies.texts[code] for code in row if code] for row in people.company
        ]

    def properties(self) -> list[dict[str, Any]]:
        """A row a person, to be stored."""
        columns = (self.names, self.family, self.second_family, self.sound, self.called, self.place)
        return [
            {"id": one, "keys": dict(zip(_PROPERTIES, values, strict=True))}
            for one, *values in zip(self.ids, *columns, strict=True)
        ]


_PROPERTIES = (
    "match_names",
    "match_family",
    "match_second_family",
    "match_sound",
    "match_called",
    "match_place",
)


async def read_people(engine: Engine, ids: Iterable[str]) -> dict[str, Someone]:
    """What is stored of people, whoever stated it, by id; ids that nobody has are left out."""
    asked = sorted(set(ids))
    if not asked:
        return {}
    rows = await engine.read("matching/people", ids=asked)
    identities = {row["id"]: row["identities"] for row in await engine.read("matching/identities", ids=asked)}
    jobs = {row["id"]: row["jobs"] for row in await engine.read("matching/jobs", ids=asked)}
    schools = {row["id"]: row["schools"] for row in await engine.read("matching/schools", ids=asked)}
    now = month_of(date.today())
    return {
        row["id"]: Someone(
            id=row["id"],
            name=row["name"] or "",
            location=row["location"] or "",
            identities=tuple(sorted((system, value) for system, value in identities.get(row["id"], ()))),
            jobs=tuple(_job(*each, now=now) for each in jobs.get(row["id"], ())),
            schools=tuple(sorted(name for name in schools.get(row["id"], ()) if name)),
        )
        for row in rows
    }


async def read_similar(engine: Engine, keyed: Keyed, parameters: Matching = MATCHING) -> set[str]:
    """The ids of all known people who share a key with one of these, themselves included."""
    limit = parameters.largest_block
    found: set[str] = set()
    crowded: set[int] = set()
    for row in await engine.read("matching/same_names", keys=_distinct(keyed.names), limit=limit + 1):
        if len(row["ids"]) > limit:
            crowded.add(row["key"])
        else:
            found.update(row["ids"])
    families = _distinct([*keyed.family, *keyed.second_family])
    for name in ("matching/same_family", "matching/same_second_family"):
        for row in await engine.read(name, keys=families, limit=limit + 1):
            if len(row["ids"]) <= limit:
                found.update(row["ids"])
    cut = {
        (key, place) for key, place in zip(keyed.names, keyed.place, strict=True) if key in crowded and place
    }
    if cut:
        asked = [{"key": key, "place": place} for key, place in sorted(cut)]
        for row in await engine.read("matching/same_names_and_place", rows=asked, limit=limit * len(asked)):
            found.update(row["ids"])
    return found | await _colleagues(engine, keyed, limit)


async def _colleagues(engine: Engine, keyed: Keyed, limit: int) -> set[str]:
    asked: dict[str, tuple[set[int], set[int]]] = {}
    for companies, sound, called in zip(keyed.companies, keyed.sound, keyed.called, strict=True):
        for company in companies:
            sounds, givens = asked.setdefault(company, (set(), set()))
            sounds.update([] if sound is None else [sound])
            givens.update([] if called is None else [called])
    rows = [
        {"company": company, "sounds": sorted(sounds), "called": sorted(givens)}
        for company, (sounds, givens) in sorted(asked.items())
    ]
    found: set[str] = set()
    for row in await engine.read("matching/colleagues", rows=rows, limit=_MOST_COLLEAGUES):
        blocks: dict[tuple[str, int], list[str]] = {}
        for person, sound, called in row["people"]:
            blocks.setdefault(("sound", sound), []).append(person)
            blocks.setdefault(("called", called), []).append(person)
        sounds, givens = asked[row["company"]]
        for (kind, key), people in blocks.items():
            # A crowded key is cut by the other name: who shares both is in a smaller block, or in none.
            if len(people) <= limit and key in (sounds if kind == "sound" else givens):
                found.update(people)
    return found


class Counts:
    """How many people bear a name or work somewhere, asked for once in a run."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: int | None = None
        self._families: dict[str, int] = {}
        self._staff: dict[str, float] = {}

    async def frequencies(self, lexicon: Lexicon, parameters: Matching = MATCHING) -> Frequencies:
        """Shares for everything that a lexicon holds."""
        if self._known is None:
            self._known = int((await self._engine.read("ties/pending"))[0]["people"])
        words, companies = lexicon.words.texts[1:], lexicon.companies.texts[1:]
        if missing := [word for word in words if word not in self._families]:
            rows = await self._engine.read("matching/family_counts", names=missing)
            self._families |= dict.fromkeys(missing, 0) | {row["name"]: row["people"] for row in rows}
        if unknown := [company for company in companies if company not in self._staff]:
            rows = await self._engine.read("matching/staff_counts", ids=unknown)
            self._staff |= dict.fromkeys(unknown, 0.0)
            for row in rows:
                # A headcount is that of today: most of the staff is unknown to us, and some of it will not be.
                declared = (row["headcount"] or 0) * parameters.known_of_staff
                self._staff[row["id"]] = max(float(row["people"]), declared)
        return Frequencies.given_counts(
            lexicon,
            known=self._known,
            families=np.array([0, *[self._families[word] for word in words]], np.int64),
            staff=np.array([0.0, *[self._staff[company] for company in companies]]),
            parameters=parameters,
        )


def _job(
    company: str,
    name: str | None,
    domain: str | None,
    title: str | None,
    first: int | None,
    last: int | None,
    current: bool | None,
    *,
    now: int,
) -> Job:
    # Still there: until today.
    until = now if current and last is None else last
    return Job(company, name or "", domain or "", title or "", first, until)


def _stored(keys: NDArray[np.uint64]) -> list[int | None]:
    return [int(key) or None for key in keys.view(np.int64)]


def _distinct(keys: Sequence[int | None] | Mapping[int, Any]) -> list[int]:
    return sorted({key for key in keys if key is not None})
