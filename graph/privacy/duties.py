"""What is owed to people: to be told that they are stored, and to be deleted in time. Both from dates alone.

Our own people are left out: what holds for them is agreed elsewhere.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graph.engine.connection import Engine, Row
from graph.model.dates import PartialDate
from graph.privacy.parameters import PRIVACY
from graph.records.views import PersonView

__all__ = [
    "Collection",
    "Due",
    "PersonPrivacy",
    "count_notices_due",
    "count_retention_due",
    "later",
    "notices_due",
    "privacy_of",
    "record_notice",
    "retention_due",
]

# How introductions show contact: from us at the first of them, from them once they were met.
_FROM_US, _FROM_THEM = frozenset({"introduced", "met"}), frozenset({"met"})
_PAGE = 500
After = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Collection:
    """One way in which somebody came to be stored."""

    source: str
    purpose: str
    lawful_basis: str
    collected_on: str
    run: str | None


@dataclass(frozen=True, slots=True)
class PersonPrivacy:
    """When somebody was collected and why, what they were told, when they last turned to us. Dates are ISO texts."""

    collected_on: str
    noticed_on: str | None
    notice_due_on: str | None
    last_contact: str | None
    retention_ends_on: str | None
    objected_on: str | None
    collections: tuple[Collection, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something owed to a person by a day (ISO). `counts_from`: the day that its time counts from."""

    person: PersonView
    due_on: str
    counts_from: str
    collected_on: str
    contact_on: str | None

    @property
    def position(self) -> After:
        """Where it stands in its list: by the day its time counts from, then by id."""
        return self.counts_from, self.person.id


# --- dates ---


def last_day(text: str | None) -> date | None:
    """The last day that a date text can mean: what is known roughly ends late."""
    if not text:
        return None
    told = PartialDate.parse(text)
    month = told.month or 12
    return date(told.year, month, told.day or monthrange(told.year, month)[1])


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is shorter."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def notice_due(collected: date, contacted: date | None) -> date:
    """By when somebody is told: within a month, at the first contact since they were collected at the latest."""
    latest = collected + timedelta(days=PRIVACY.notice_days)
    return min(latest, contacted) if contacted is not None and contacted >= collected else latest


# --- notices ---


async def notices_due(engine: Engine, first: int, after: After | None = None) -> list[Due]:
    """A page of the people who have not been told yet, the most urgent first."""
    contacts = _newest(await engine.read("privacy/contacts_from_us"))
    _add_introductions(contacts, await engine.read("introductions/all"), _FROM_US)
    rows = await engine.read("privacy/unnoticed", ids=sorted(contacts))
    known = [_notice(row, contacts[row["person"]["id"]]) for row in rows]

    async def read(position: After, limit: int) -> list[Due]:
        day, person = position
        page = await engine.read("privacy/unnoticed_page", after_day=day, after_id=person, limit=limit)
        return [_notice(row, None) for row in page]

    return await _page(known, set(contacts), read, first, after)


async def count_notices_due(engine: Engine) -> int:
    """How many people have not been told yet."""
    return int((await engine.read("privacy/count_unnoticed"))[0]["total"])


def _notice(row: Row, contacted: date | None) -> Due:
    due = notice_due(date.fromisoformat(row["collected_on"]), contacted)
    return _due(row, due, due - timedelta(days=PRIVACY.notice_days), contacted)


async def record_notice(engine: Engine, person_ids: Sequence[str], on: date) -> list[str]:
    """Note that people were told; answers the ids of those that there are."""
    rows = await engine.write("privacy/set_noticed", ids=sorted(set(person_ids)), on=on.isoformat())
    return [row["id"] for row in rows]


# --- retention ---


async def retention_due(
    engine: Engine,
    first: int,
    after: After | None = None,
    *,
    today: date,
    months: int = PRIVACY.retention_months,
) -> list[Due]:
    """A page of the people who should have been deleted, the longest overdue first.

    Their time counts from the last contact from them, else from when they were first collected.
    """
    contacts = _newest(await engine.read("privacy/contacts_from_them"))
    _add_introductions(contacts, await engine.read("introductions/all"), _FROM_THEM)
    over = [person for person, on in contacts.items() if later(on, months) <= today]
    rows = await engine.read("privacy/outsiders", ids=sorted(over))
    known = [_retention(row, contacts[row["person"]["id"]], months) for row in rows]
    until = _last_collected(today, months).isoformat()

    async def read(position: After, limit: int) -> list[Due]:
        day, person = position
        page = await engine.read(
            "privacy/collected_page", after_day=day, after_id=person, until=until, limit=limit
        )
        return [_retention(row, None, months) for row in page]

    return await _page(known, set(contacts), read, first, after)


async def count_retention_due(engine: Engine, *, today: date, months: int = PRIVACY.retention_months) -> int:
    """How many people should have been deleted."""
    contacts = _newest(await engine.read("privacy/contacts_from_them"))
    _add_introductions(contacts, await engine.read("introductions/all"), _FROM_THEM)
    until = _last_collected(today, months).isoformat()
    total = int((await engine.read("privacy/count_collected", until=until))[0]["total"])
    for row in await engine.read("privacy/outsiders", ids=sorted(contacts)):
        over = later(contacts[row["person"]["id"]], months) <= today
        total += over - (row["collected_on"] <= until)
    return total


def _retention(row: Row, contact: date | None, months: int) -> Due:
    since = contact or date.fromisoformat(row["collected_on"])
    return _due(row, later(since, months), since, contact)


def _last_collected(today: date, months: int) -> date:
    day = later(today, -months) + timedelta(days=3)
    while later(day, months) > today:
        day -= timedelta(days=1)
    return day


# --- pages ---


def _due(row: Row, due: date, since: date, contact: date | None) -> Due:
    person, on = PersonView.of(row["person"]), contact.isoformat() if contact else None
    return Due(person, due.isoformat(), since.isoformat(), row["collected_on"], on)


def _newest(rows: Iterable[Row]) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in rows:
        for text in row["days"]:
            day = last_day(text)
            if day is not None and (row["id"] not in found or day > found[row["id"]]):
                found[row["id"]] = day
    return found


def _add_introductions(contacts: dict[str, date], rows: Iterable[Row], states: frozenset[str]) -> None:
    for row in rows:
        says: Mapping[str, Any] = row["introduction"]
        target = says["path"][-1]
        for step in json.loads(says["history"]):
            if step["state"] in states:
                on = date.fromisoformat(step["on"])
                contacts[target] = max(on, contacts.get(target, on))


async def _page(
    known: Iterable[Due],
    without: set[str],
    read: Callable[[After, int], Awaitable[list[Due]]],
    first: int,
    after: After | None,
) -> list[Due]:
    """The next of `known` and of what `read` gives, in one order; `without` is left out of the latter."""
    start = after or ("", "")
    found = [one for one in known if one.position > start]
    position, rest = start, 0
    while rest < first:
        page = await read(position, _PAGE)
        kept = [one for one in page if one.person.id not in without and one.position > start]
        found += kept
        rest += len(kept)
        if len(page) < _PAGE:
            break
        position = page[-1].position
    return sorted(found, key=lambda one: one.position)[:first]


# --- one person ---


async def privacy_of(
    engine: Engine, ids: Sequence[str], viewer: str | None, *, months: int = PRIVACY.retention_months
) -> dict[str, PersonPrivacy]:
    """What is known of how people came to be stored, as far as the viewer may know it."""
    wanted = sorted(set(ids))
    them = _newest(await engine.read("privacy/contact_from_people", ids=wanted))
    us = _newest(await engine.read("privacy/contact_to_people", ids=wanted))
    introductions = await engine.read("privacy/introductions_of", ids=wanted)
    _add_introductions(them, introductions, _FROM_THEM)
    _add_introductions(us, introductions, _FROM_US)
    rows = await engine.read("privacy/of_people", ids=wanted, viewer=viewer)
    return {row["id"]: _privacy(row, them.get(row["id"]), us.get(row["id"]), months) for row in rows}


def _privacy(row: Row, them: date | None, us: date | None, months: int) -> PersonPrivacy:
    collected = date.fromisoformat(row["collected_on"])
    ours = bool(row["team_member"])
    collections = {
        Collection(
            source,
            purpose or PRIVACY.purpose,
            basis or PRIVACY.lawful_basis,
            on or row["collected_on"],
            run,
        )
        for source, run, purpose, basis, on in row["collections"]
        if source
    }
    return PersonPrivacy(
        collected_on=row["collected_on"],
        noticed_on=row["noticed_on"],
        notice_due_on=None if ours or row["noticed_on"] else notice_due(collected, us).isoformat(),
        last_contact=them.isoformat() if them else None,
        retention_ends_on=None if ours else later(them or collected, months).isoformat(),
        objected_on=row["objected_on"],
        collections=tuple(sorted(collections, key=lambda one: (one.collected_on, one.source, one.run or ""))),
    )
