"""Moments: when someone can be influenced, with dates, from posts held at the company and from known deadlines.

New in role, a reorganisation, something that ends, a colleague who left. Rules, not a model (times are ours,
`parameters.MomentParameters`). Months are integers `year · 12 + month - 1`. A post known only as of dates (`as_of`) has
no known start; a later export that no longer tells of it (it then has a last month) proves that it is over, and one
that tells of another title proves that this one is new.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from graph.committee.parameters import MOMENTS as K
from graph.model.dates import month_of, month_text

__all__ = ["Deadline", "Moment", "Post", "Upheaval", "moments"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post at the company of the opportunity: whose, what, from which month to which (inclusive, None: open)."""

    person: str
    name: str = ""
    title: str = ""
    department: str = ""
    seniority: str = ""
    from_month: int | None = None
    to_month: int | None = None
    as_of: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that ends or is due: `what` in words ("The support contract ends"), whose, if somebody's."""

    on: date
    what: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Upheaval:
    """A reorganisation that somebody noted, or that the posts show."""

    on: date
    what: str


@dataclass(frozen=True, slots=True)
class Moment:
    """`kind`: new_in_role, reorganisation, ending or colleague_left; open from `on` to `until`, whom it touches."""

    kind: str
    on: date
    until: date
    person: str | None
    text: str


def moments(
    members: Collection[str],
    posts: Sequence[Post],
    today: date,
    deadlines: Sequence[Deadline] = (),
    upheavals: Sequence[Upheaval] = (),
    close: Collection[tuple[str, str]] = (),
) -> tuple[Moment, ...]:
    """What can be used today, the soonest to pass first.

    `posts`: of everybody known at the company, members or not. `close`: pairs bound by an alliance or reporting line,
    whose leaving matters beyond one's own department.
    """
    held: dict[str, list[Post]] = {}
    for post in posts:
        held.setdefault(post.person, []).append(post)
    for theirs in held.values():
        theirs.sort(key=lambda post: (post.from_month or 0, post.title))
    found = _new_in_role(members, held, today)
    found += _ending(members, held, deadlines, today)
    found += _colleague_left(members, held, {frozenset(pair) for pair in close}, today)
    found += [
        Moment(
            "reorganisation", upheaval.on, upheaval.on + timedelta(K.reorganisation_days), None, upheaval.what
        )
        for upheaval in (*upheavals, *_reorganised(held, today))
        if 0 <= (today - upheaval.on).days <= K.reorganisation_days
    ]
    return tuple(sorted(found, key=lambda m: (m.until, m.on, m.kind, m.person or "", m.text)))


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _last_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, monthrange(month // 12, month % 12 + 1)[1])


def _new_in_role(members: Collection[str], held: Mapping[str, list[Post]], today: date) -> list[Moment]:
    found = []
    for person in members:
        for post in held.get(person, []):
            if post.from_month is None or post.as_of or (post.to_month or month_of(today)) < month_of(today):
                continue
            on = _first_day(post.from_month)
            if 0 <= (today - on).days <= K.new_in_role_days:
                text = f"{post.name or 'A member'} is new{_as(post)} since {month_text(post.from_month)}"
                found.append(Moment("new_in_role", on, on + timedelta(K.new_in_role_days), person, text))
        found += _seen_in_another_role(person, held.get(person, []), today)
    return found


def _seen_in_another_role(person: str, theirs: Sequence[Post], today: date) -> list[Moment]:
    """Of posts known as of dates: one export told of a title, a later one of another."""
    found = []
    for before, after in pairwise(post for post in theirs if post.as_of and post.from_month is not None):
        changed = before.title and after.title and before.title.casefold() != after.title.casefold()
        if before.to_month is None or after.to_month is not None or not changed:
            continue
        on = _first_day(after.from_month or 0)
        if before.to_month <= (after.from_month or 0) and 0 <= (today - on).days <= K.new_in_role_days:
            text = f"{after.name or 'A member'} is new{_as(after)}, seen so since {month_text(after.from_month or 0)}"
            found.append(Moment("new_in_role", on, on + timedelta(K.new_in_role_days), person, text))
    return found


def _as(post: Post) -> str:
    return f" as {post.title}" if post.title else " in the role"


def _ending(
    members: Collection[str], held: Mapping[str, list[Post]], deadlines: Sequence[Deadline], today: date
) -> list[Moment]:
    ends = list(deadlines)
    for person in members:
        for post in held.get(person, []):
            if post.to_month is not None and not post.as_of:
                what = f"The post of {post.name or 'a member'}{_as(post)} ends"
                ends.append(Deadline(_last_day(post.to_month), what, person))
    return [
        Moment(
            "ending", max(end.on - timedelta(K.ending_within_days), date.min), end.on, end.person, end.what
        )
        for end in ends
        if 0 <= (end.on - today).days <= K.ending_within_days
    ]


def _colleague_left(
    members: Collection[str], held: Mapping[str, list[Post]], close: Collection[frozenset[str]], today: date
) -> list[Moment]:
    found = []
    for leaver, theirs in held.items():
        if any(post.to_month is None for post in theirs):
            continue
        last = max(theirs, key=lambda post: post.to_month or 0)
        on = _last_day(last.to_month or 0)
        if not 0 <= (today - on).days <= K.colleague_left_days:
            continue
        for person in members:
            if person != leaver and (
                _worked_together(held.get(person, []), last) or {person, leaver} in close
            ):
                text = f"{last.name or 'A colleague'} left{' (' + last.title + ')' if last.title else ''}"
                if last.as_of:
                    text += f", last seen there in {month_text(last.to_month or 0)}"
                text += (
                    f", which touches {held[person][0].name}"
                    if person in held and held[person][0].name
                    else ""
                )
                found.append(
                    Moment("colleague_left", on, on + timedelta(K.colleague_left_days), person, text)
                )
    return found


def _worked_together(posts: Sequence[Post], other: Post) -> bool:
    """In one department when the other left."""
    month = other.to_month or 0
    return bool(other.department) and any(
        post.department.casefold() == other.department.casefold()
        and (post.from_month is not None and post.from_month <= month)
        and (post.to_month is None or post.to_month >= month)
        for post in posts
    )


def _reorganised(held: Mapping[str, list[Post]], today: date) -> list[Upheaval]:
    """The latest months in which so many people changed department or rank that it was no coincidence."""
    changed = [
        (after.from_month or 0, after.person)
        for theirs in held.values()
        for before, after in pairwise(theirs)
        if _moved(before, after) and (after.from_month or 0) <= month_of(today)
    ]
    for latest in sorted({month for month, _ in changed}, reverse=True):
        people = {who for month, who in changed if latest - K.reorganisation_months < month <= latest}
        if len(people) >= K.reorganisation_people:
            what = f"{len(people)} people changed department or rank within {K.reorganisation_months} months"
            return [Upheaval(_first_day(latest), what)]
    return []


def _moved(before: Post, after: Post) -> bool:
    """Another department or rank, from a known month on."""
    if before.as_of or after.as_of or before.from_month is None or after.from_month is None:
        return False
    said = ((before.department, after.department), (before.seniority, after.seniority))
    changed = any(old and new and old.casefold() != new.casefold() for old, new in said)
    return before.from_month < after.from_month and changed
