"""Changes of job in what one record said over time: pure. Two readings are compared, never one reading guessed at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.model.entities import Company
from graph.model.facts import Employment
from graph.model.records import Record
from graph.records.codec import decode
from graph.records.history import History, Version

__all__ = ["JOINED", "LEFT", "MOVED", "NEW_TITLE", "JobChange", "job_changes"]

LEFT, JOINED, MOVED, NEW_TITLE = "left", "joined", "moved", "new_title"


@dataclass(frozen=True, slots=True)
class JobChange:
    """`kind`: left (nowhere known since), joined (besides what was known), moved, or new_title at one company.

    It happened between `last_seen`, when the source last said the old, and `noticed`, when it first said the new: days
    as ISO text, those of the exports where they are known. `started`: since when, where the source says so.
    """

    kind: str
    old: Company | None
    new: Company | None
    old_title: str
    new_title: str
    last_seen: str
    noticed: str
    read_on: str
    """The day on which the new was first read."""
    started: str | None = None


def job_changes(history: History) -> list[JobChange]:
    """All changes of job of the person a record is about, the oldest first."""
    return [change for before, after in pairwise(history.versions) for change in _between(before, after)]


def _between(before: Version, after: Version) -> Iterator[JobChange]:
    old, new = _current(decode(before.said)), _current(decode(after.said))
    if not old:
        # Nothing was known, so that nothing is known to have changed.
        return
    left = [post for post in old if not _at(post.company, new)]
    joined = [post for post in new if not _at(post.company, old)]
    last_seen = max([_seen(post) for post in old if _seen(post)], default=before.readings[-1].day)
    noticed = max([_seen(post) for post in new if _seen(post)], default=after.readings[0].day)

    def change(kind: str, was: Employment | None, now: Employment | None) -> JobChange:
        started = now.spell.started if now and not now.spell.as_of else None
        return JobChange(
            kind,
            was.company if was else None,
            now.company if now else None,
            was.title if was else "",
            now.title if now else "",
            last_seen,
            noticed,
            after.readings[0].day,
            str(started) if started else None,
        )

    for was, now in zip(left, joined, strict=False):
        yield change(MOVED, was, now)
    for was in left[len(joined) :]:
        yield change(LEFT, was, None)
    for now in joined[len(left) :]:
        yield change(JOINED, None, now)
    for now in new:
        there = _at(now.company, old)
        titles = {_normal(post.title) for post in there}
        if there and now.title and all(titles) and _normal(now.title) not in titles:
            yield change(NEW_TITLE, there[0], now)


def _current(record: Record) -> list[Employment]:
    person = record.entities[0]
    return [
        fact
        for fact in record.facts
        if isinstance(fact, Employment)
        and fact.person == person
        and (fact.spell.current or (fact.spell.started and not fact.spell.ended))
    ]


def _at(company: Company, posts: Sequence[Employment]) -> list[Employment]:
    keys = set(company.keys)
    return [post for post in posts if keys & set(post.company.keys)]


def _seen(post: Employment) -> str:
    return str(post.spell.ended) if post.spell.as_of and post.spell.ended else ""


def _normal(title: str) -> str:
    return " ".join(title.casefold().split())
