"""What a source record said over time, and which runs read it: pure, so that taking a run back is computation.

A record's stored history is a list of versions, the oldest first; each carries the readings that found it so. The
first reading of a version is when it was stated; later ones found it unchanged. A run's readings can be removed, and
what is left is the history of a store that never had that run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from graph.records.codec import current_posts, decode, hash_of

__all__ = [
    "BY_HAND",
    "KEPT_DAYS",
    "MOST_READINGS",
    "TURNS",
    "Completion",
    "History",
    "Reading",
    "Stretch",
    "Version",
    "reading_text",
    "timeline",
]

# The run of what was entered through the API: it is changed by hand, never taken back as a run.
BY_HAND = "by hand"

# How long what a source said before, or says no more, is kept so that a run can be taken back.
KEPT_DAYS = 90

# Of a version read unchanged over and over, the first reading and the newest ones are kept.
MOST_READINGS = 40

# Turns are counted in transactions and, within one, in records: a transaction holds fewer than this.
TURNS = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One run found the record to say this: `turn` orders all readings of a graph, `day` is ISO text."""

    turn: int
    run: str
    day: str
    dataset: str


def reading_text(turn: int, day: str, dataset: str) -> str:
    """A reading as it is stored beside its run."""
    return f"{turn}|{day}|{dataset}"


@dataclass(frozen=True, slots=True)
class Version:
    """What a record said, to whom it was private, and who read it so, in order; there is at least one reading."""

    said: str
    private_to: str | None
    verified: bool
    readings: tuple[Reading, ...]

    @property
    def turn(self) -> int:
        """When it was stated."""
        return self.readings[0].turn

    def same_as(self, other: Version) -> bool:
        """Whether reading the one after the other changes nothing."""
        return (self.said, self.private_to) == (other.said, other.private_to)


@dataclass(frozen=True, slots=True)
class History:
    """A source record: its key in the graph, its source, the id of the node it first described, its versions."""

    key: str
    source: str
    home: str
    versions: tuple[Version, ...]

    @property
    def now(self) -> Version:
        """What it says now."""
        return self.versions[-1]

    @classmethod
    def from_properties(cls, stored: Mapping[str, Any]) -> History:
        """Read a SourceRecord's or WithdrawnRecord's properties; one of an old store has no versions."""
        if not stored.get("said"):
            return cls(stored["key"], stored["source"], stored.get("home") or "", ())
        past = json.loads(stored.get("earlier_readings") or "[]")
        said = json.loads(stored.get("earlier") or "[]")
        versions = [
            Version(text, more["private_to"], more["verified"], _readings(more["runs"], more["readings"]))
            for text, more in zip(said, past, strict=True)
        ]
        readings = _readings(stored["runs"], stored["readings"])
        newest = Version(stored["said"], stored.get("private_to"), bool(stored.get("verified")), readings)
        return cls(stored["key"], stored["source"], stored.get("home") or "", (*versions, newest))

    def properties(self, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """As stored; None where a property is to go. `fields`, where known: what it says of its node."""
        now = self.now
        if fields is None:
            fields = decode(now.said).entities[0].fields()
        earlier = self.versions[:-1]
        return {
            "key": self.key,
            "source": self.source,
            "home": self.home,
            "dataset": now.readings[-1].dataset,
            "hash": hash_of(now.said),
            "run": now.readings[-1].run,
            "runs": [reading.run for reading in now.readings],
            "readings": _texts(now.readings),
            "seen_on": now.readings[0].day,
            "said": now.said,
            "fields": json.dumps(fields, sort_keys=True),
            "private_to": now.private_to,
            "verified": now.verified,
            "earlier": json.dumps([one.said for one in earlier], ensure_ascii=False) if earlier else None,
            "earlier_runs": [reading.run for one in earlier for reading in one.readings] or None,
            "earlier_readings": json.dumps([_past(one) for one in earlier]) if earlier else None,
            "moved_on": _moved_on(self.versions),
        }

    def then(self, version: Version, today: date) -> History:
        """The history with a version read after all others; what nothing can rest on any more is dropped."""
        if self.versions and self.now.same_as(version):
            merged = replace(self.now, readings=_shortened((*self.now.readings, *version.readings)))
            return replace(self, versions=(*self.versions[:-1], merged))
        return replace(self, versions=(*_worth_keeping(self.versions, version, today), version))


@dataclass(frozen=True, slots=True, order=True)
class Completion:
    """A run read a dataset to its end at a turn, on a day: what it had not found there was withdrawn."""

    turn: int
    run: str
    dataset: str
    day: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A record's history until it was withdrawn, or until now (`withdrawn` None); `node` it was about then."""

    history: History
    withdrawn: Completion | None = None
    node: str = ""


def timeline(
    stretches: Sequence[Stretch], completions: Iterable[Completion], *, without: str
) -> list[Stretch]:
    """What would be known of one record, had the run `without` never been: its stretches, the oldest first.

    Readings of that run are gone. A record is withdrawn by the first other run that read its dataset to the end
    without it, and starts a new stretch when it is read again.
    """
    complete = sorted(one for one in completions if one.run != without)
    events = sorted(
        (reading, place, number)
        for place, stretch in enumerate(stretches)
        for number, version in enumerate(stretch.history.versions)
        for reading in version.readings
        if reading.run != without
    )
    found: list[Stretch] = []
    versions: list[Version] = []
    for at, (reading, place, number) in enumerate(events):
        stretch = stretches[place]
        said = replace(stretch.history.versions[number], readings=(reading,))
        if versions and versions[-1].same_as(said):
            versions[-1] = replace(versions[-1], readings=(*versions[-1].readings, reading))
        else:
            versions.append(said)
        until = events[at + 1][0].turn if at + 1 < len(events) else None
        ended = next((one for one in complete if _withdraws(one, reading, until)), None)
        if ended or until is None:
            history = replace(stretch.history, versions=tuple(versions))
            found.append(Stretch(history, ended, stretch.node))
            versions = []
    return found


def _withdraws(completion: Completion, last: Reading, until: int | None) -> bool:
    return (
        completion.dataset == last.dataset
        and completion.run != last.run
        and completion.turn > last.turn
        and (until is None or completion.turn < until)
    )


def _moved_on(versions: Sequence[Version]) -> str | None:
    """The day on which a record last said another post of its person than before; None when it never did."""
    posts = current_posts(versions[-1].said) if len(versions) > 1 else frozenset()
    for place in range(len(versions) - 1, 0, -1):
        before = current_posts(versions[place - 1].said)
        if before and before != posts:
            return versions[place].readings[0].day
        posts = before
    return None


def _worth_keeping(versions: Sequence[Version], new: Version, today: date) -> tuple[Version, ...]:
    """Versions that can come back once `new` is read, or that a spell seen on a date still rests on."""
    cut = (today - timedelta(days=KEPT_DAYS)).isoformat()
    kept = []
    for place, version in enumerate(versions):
        newer = (*versions[place + 1 :], new)
        replaced_long_ago = any(one.readings[0].day < cut for one in newer)
        final = any(reading.run == BY_HAND for one in newer for reading in one.readings)
        if not (replaced_long_ago or final) or _holds_as_of(version):
            kept.append(version)
    return tuple(kept)


def _holds_as_of(version: Version) -> bool:
    spells = (getattr(fact, "spell", None) for fact in decode(version.said).facts)
    return any(spell is not None and spell.as_of for spell in spells)


def _shortened(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    if len(readings) <= MOST_READINGS:
        return readings
    return (readings[0], *readings[1 - MOST_READINGS :])


def _readings(runs: Iterable[str], texts: Iterable[str]) -> tuple[Reading, ...]:
    found = []
    for run, text in zip(runs, texts, strict=True):
        turn, day, dataset = text.split("|", 2)
        found.append(Reading(int(turn), run, day, dataset))
    return tuple(found)


def _texts(readings: Iterable[Reading]) -> list[str]:
    return [reading_text(one.turn, one.day, one.dataset) for one in readings]


def _past(version: Version) -> dict[str, Any]:
    return {
        "private_to": version.private_to,
        "verified": version.verified,
        "runs": [reading.run for reading in version.readings],
        "readings": _texts(version.readings),
    }
