"""Changes of job in what one dataset said of a person over time: pure. Readings are compared, none is guessed at.

Many files have a row for each post, so that all rows about the person are looked at together, as they stood after each
run that read any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from graph.model.entities import Company
from graph.model.facts import Employment
from graph.records.codec import decode
from graph.records.history import BY_HAND, TURNS, History, Reading

__all__ = ["JOINED", "LEFT", "MOVED", "NEW_TITLE", "JobChange", "Told", "job_changes"]

LEFT, JOINED, MOVED, NEW_TITLE = "left", "joined", "moved", "new_title"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row said over time; where an import withdrew it, which run that was, and on which day (ISO)."""

    history: History
    withdrawn_by: str | None = None
    withdrawn_on: str = ""


@dataclass(frozen=True, slots=True)
class JobChange:
    """`kind`: left (nowhere new), joined (besides what was known), moved, or new_title at one company.

    It happened between `last_seen`, when the source last said the old, and `noticed`, when it first said the new: days
    as ISO text, those of the exports where they are known. `ended`, `started`: until and since when, where the source
    says so.
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
    ended: str | None = None
    still: Company | None = None
    """Of somebody who left: where else they were, and still are."""
    keys: tuple[str, ...] = ()
    """Keys of the records that tell of it and are still there."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A run's readings of a person's rows: from which turn to which, and when."""

    run: str
    first: int
    last: int
    day: str


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row that is still there says at a step: current and past posts, last read so on a day."""

    key: str
    live: bool
    """Whether the row is there today."""
    current: tuple[Employment, ...]
    past: tuple[Employment, ...]
    day: str


@dataclass(frozen=True, slots=True)
class _State:
    """All rows after a step."""

    step: _Step
    rows: tuple[_Row, ...]

    @property
    def posts(self) -> list[Employment]:
        return [post for row in self.rows for post in row.current]

    @property
    def past(self) -> list[Employment]:
        return [post for row in self.rows for post in row.past]

    def telling(self, company: Company | None) -> set[str]:
        """Keys of the rows of today that tell of a post there."""
        if company is None:
            return set()
        return {row.key for row in self.rows if row.live and _at(company, (*row.current, *row.past))}


def job_changes(told: Sequence[Told]) -> list[JobChange]:
    """All changes of job that the rows of one dataset tell of the person they are about, the oldest first."""
    found: list[JobChange] = []
    before: _State | None = None
    for state in _states(told):
        if before is not None:
            changes = list(_between(before, state))
            # Who had left for an unknown place and is somewhere now has moved.
            came_from = [change.old for change in changes if change.kind == MOVED and change.old]
            found = [
                one
                for one in found
                if one.kind != LEFT or one.old is None or not any(_same(one.old, old) for old in came_from)
            ]
            found += [change for change in changes if change not in found]
        if state.posts:
            before = state
    return found


def _states(told: Sequence[Told]) -> Iterator[_State]:
    said = {
        (number, place): _posts(version.said)
        for number, one in enumerate(told)
        for place, version in enumerate(one.history.versions)
    }
    steps = _steps(told)
    gone = [_gone_at(one, steps) for one in told]
    for at, step in enumerate(steps):
        rows = []
        for number, one in enumerate(told):
            places = [n for n, version in enumerate(one.history.versions) if version.turn <= step.last]
            if not places or at >= gone[number]:
                continue
            readings = one.history.versions[places[-1]].readings
            day = max(reading.day for reading in readings if reading.turn <= step.last)
            rows.append(_Row(one.history.key, one.withdrawn_by is None, *said[number, places[-1]], day))
        yield _State(step, tuple(rows))


def _steps(told: Sequence[Told]) -> list[_Step]:
    runs: dict[tuple[str, int], list[Reading]] = {}
    for one in told:
        for version in one.history.versions:
            for reading in version.readings:
                by_hand = reading.turn // TURNS if reading.run == BY_HAND else 0
                runs.setdefault((reading.run, by_hand), []).append(reading)
    return sorted(
        (
            _Step(run, min(readings).turn, max(readings).turn, min(one.day for one in readings))
            for (run, _), readings in runs.items()
        ),
        key=lambda step: (step.first, step.last),
    )


def _gone_at(told: Told, steps: Sequence[_Step]) -> int:
    """The first step after which the row is not there; when no other row was read since, it is none of them."""
    versions = told.history.versions
    if told.withdrawn_by is not None and versions:
        last = versions[-1].readings[-1].turn
        for at, step in enumerate(steps):
            if step.run == told.withdrawn_by or (step.first > last and step.day > told.withdrawn_on):
                return at
    return len(steps)


def _between(before: _State, after: _State) -> Iterator[JobChange]:
    old, new = before.posts, after.posts
    left = _once(post for post in old if not _at(post.company, new))
    joined = _once(post for post in new if not _at(post.company, old))
    days = [row.day for row in before.rows if row.current]
    last_seen = max([_seen(post) for post in old if _seen(post)], default=max(days))
    noticed = max([_seen(post) for post in new if _seen(post)], default=after.step.day)
    stays = next((post.company for post in new if _at(post.company, old)), None)

    def change(kind: str, was: Employment | None, now: Employment | None) -> JobChange:
        started = now.spell.started if now and not now.spell.as_of else None
        over = _at(was.company, after.past) if was and kind != NEW_TITLE else []
        ends = [str(post.spell.ended) for post in over if post.spell.ended and not post.spell.as_of]
        keys = {key for post in (was, now) if post for key in after.telling(post.company)}
        return JobChange(
            kind,
            was.company if was else None,
            now.company if now else None,
            was.title if was else "",
            now.title if now else "",
            last_seen,
            noticed,
            after.step.day,
            str(started) if started else None,
            max(ends, default=None),
            stays if kind == LEFT else None,
            tuple(sorted(keys)),
        )

    there = {row.key for row in after.rows}
    silent = {id(post) for row in before.rows if row.key not in there for post in row.current}
    for was, now in zip_longest(left, joined):
        if was and now:
            yield change(MOVED, was, now)
        elif now:
            yield change(JOINED, None, now)
        # A row that went says nothing alone: only what stands in its place does.
        elif was and (id(was) not in silent or _at(was.company, after.past)):
            yield change(LEFT, was, None)
    for now in new:
        known = _at(now.company, old)
        titles = {_normal(post.title) for post in known}
        if known and now.title and all(titles) and _normal(now.title) not in titles:
            yield change(NEW_TITLE, known[0], now)


def _posts(said: str) -> tuple[tuple[Employment, ...], tuple[Employment, ...]]:
    """A record's posts of its own person: the current ones, and the others."""
    record = decode(said)
    person = record.entities[0]
    posts = [fact for fact in record.facts if isinstance(fact, Employment) and fact.person == person]
    return tuple(filter(_held, posts)), tuple(post for post in posts if not _held(post))


def _held(post: Employment) -> bool:
    return bool(post.spell.current or (post.spell.started and not post.spell.ended))


def _once(posts: Iterator[Employment]) -> list[Employment]:
    """One post for each company."""
    found: list[Employment] = []
    for post in posts:
        if not _at(post.company, found):
            found.append(post)
    return found


def _at(company: Company, posts: Sequence[Employment]) -> list[Employment]:
    return [post for post in posts if _same(post.company, company)]


def _same(one: Company, other: Company) -> bool:
    return not set(one.keys).isdisjoint(other.keys)


def _seen(post: Employment) -> str:
    return str(post.spell.ended) if post.spell.as_of and post.spell.ended else ""


def _normal(title: str) -> str:
    return " ".join(title.casefold().split())
