"""Calendars (iCalendar): who met whom and when, counted for each counterpart of the owner.

Of an event only the properties below are read, never its title, place, description or attachments. An accepted
invitation is contact from whom accepted it; the one who invites has accepted. So a meeting both agreed to counts both
ways, and an invitation nobody answered one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

import icalendar

from graph.model.dates import PartialDate
from graph.model.identities import Identity
from importers.formats.addresses import display_name, person_address
from importers.formats.base import Column, FileContext, Input, Item, Refusal, Row, RowError, Skipped
from importers.formats.contact import Contact, contact_record
from importers.formats.document import DocumentFormat, begins_block, block_entries
from importers.formats.recurrence import days_of, read_rule
from importers.formats.sheet import file_stem, refused
from importers.formats.values import own_addresses
from importers.parameters import PARAMETERS

__all__ = ["CALENDAR"]

_COLUMNS = (
    Column("UID", kept=False),
    Column("DTSTAMP", kept=False, seen=True),
    Column("DTSTART", kept=False),
    Column("ORGANIZER", kept=False),
    Column("ATTENDEE", kept=False),
    Column("STATUS", kept=False),
    Column("RRULE", kept=False),
    Column("EXDATE", kept=False),
    Column("RDATE", kept=False),
    Column("RECURRENCE-ID", kept=False),
)
_FIX = "Correct the event, or take it out of the calendar, and export it again"
_NOT_PEOPLE = ("RESOURCE", "ROOM", "GROUP")
_MANY = 20 * PARAMETERS.largest_meeting


@dataclass(slots=True)
class _Part:
    """Somebody's part in a meeting: `agreed` when they organise it or accepted."""

    name: str
    agreed: bool
    declined: bool = False


@dataclass(slots=True)
class _Meeting:
    """A meeting, or a series of them: its days, and who took part beside the owner."""

    uid: str
    days: list[date]
    owner_agreed: bool
    others: dict[Identity, _Part]
    repeats: bool = False


@dataclass(slots=True)
class _Calendar:
    """What was counted so far. Series wait for the end: single meetings of theirs may have been moved."""

    own: frozenset[str]
    latest: date | None
    contacts: dict[Identity, Contact] = field(default_factory=dict)
    seen: set[tuple[str, date | None]] = field(default_factory=set)
    moved: dict[str, set[date]] = field(default_factory=dict)
    series: list[_Meeting] = field(default_factory=list)

    def add(self, row: Row) -> Skipped | None:
        """Count one event; says why it does not count. Raises RowError for one that cannot be right."""
        if not row.get("ATTENDEE") and not row.get("ORGANIZER"):
            return Skipped(row.line, "an event without other people")
        if row.get("ATTENDEE").count("\n") > _MANY:
            return Skipped(row.line, f"a meeting of more than {PARAMETERS.largest_meeting} people")
        event = _event(row)
        uid, replaces = _text(event.get("UID")), _day(event, "RECURRENCE-ID")
        if uid and replaces is not None:
            self.moved.setdefault(uid, set()).add(replaces)
        if uid and (uid, replaces) in self.seen:
            return Skipped(row.line, "a copy of another event")
        self.seen.add((uid, replaces))
        if _text(event.get("STATUS")).upper() == "CANCELLED":
            return Skipped(row.line, "a cancelled meeting")
        return self._meet(row, event, uid)

    def _meet(self, row: Row, event: icalendar.Event, uid: str) -> Skipped | None:
        parts = _parts(event)
        mine = [part for address, part in parts.items() if address.value in self.own]
        others = {address: part for address, part in parts.items() if address.value not in self.own}
        others = {address: part for address, part in others.items() if not part.declined}
        if not mine or any(part.declined for part in mine):
            return Skipped(row.line, "a meeting the owner did not take part in")
        if not others:
            return Skipped(row.line, "an event without other people")
        if len(others) + 1 > PARAMETERS.largest_meeting:
            return Skipped(row.line, f"a meeting of more than {PARAMETERS.largest_meeting} people")
        first = _day(event, "DTSTART")
        if first is None:
            raise RowError("DTSTART", "DTSTART: it is not a date", _FIX)
        latest = self.latest or first
        if first > latest:
            return Skipped(row.line, "a meeting still to come")
        repeats = "RRULE" in event or "RDATE" in event
        if repeats and latest.year - first.year > PARAMETERS.longest_series_years:
            return Skipped(row.line, "a series of more than 20 years")
        days = _days(event, first, latest) if repeats else [first]
        agreed = any(part.agreed for part in mine)
        meeting = _Meeting(uid, days, agreed, others, repeats)
        if repeats and uid:
            self.series.append(meeting)
        else:
            self._count(meeting)
        return None

    def end(self) -> Iterator[tuple[Identity, Contact]]:
        """The counterparts, once all events were read."""
        for meeting in self.series:
            moved = self.moved.get(meeting.uid, ())
            meeting.days = [day for day in meeting.days if day not in moved]
            self._count(meeting)
        yield from self.contacts.items()

    def _count(self, meeting: _Meeting) -> None:
        if not meeting.days:
            return
        last = max(meeting.days)
        on = PartialDate(last.year, last.month, last.day)
        times = min(len(meeting.days), PARAMETERS.most_occurrences)
        for address, part in meeting.others.items():
            for sent, agreed in ((True, meeting.owner_agreed), (False, part.agreed)):
                if agreed:
                    contact = self.contacts.setdefault(address, Contact())
                    contact.add(sent=sent, on=on, name=part.name, times=times)


def _event(row: Row) -> icalendar.Event:
    """The event of these properties. Raises RowError for one that cannot be read."""
    lines = "\r\n".join(text.replace("\n", "\r\n") for text in row.cells.values() if text)
    try:
        event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
    # The library raises what its parts raise on a broken event.
    except Exception as wrong:
        raise RowError("", f"The event cannot be read ({type(wrong).__name__})", _FIX) from None
    if not isinstance(event, icalendar.Event):
        raise RowError("", "The event cannot be read", _FIX)
    for name, _ in event.errors:
        column = str(name or "")
        raise RowError(column, f"{column or 'A property'}: it cannot be read", _FIX)
    return event


def _text(value: object) -> str:
    return str(value).strip() if value is not None and not isinstance(value, list) else ""


def _day(event: icalendar.Event, name: str) -> date | None:
    """The day of a property as written: which day it was elsewhere does not matter here."""
    found = getattr(event.get(name), "dt", None)
    day = found.date() if isinstance(found, datetime) else found
    if day is None or not isinstance(day, date):
        return None
    if not 1900 <= day.year <= 2100:
        raise RowError(name, f"{name}: it lies outside 1900 to 2100", _FIX)
    return day


def _days(event: icalendar.Event, first: date, latest: date) -> list[date]:
    """The days of a series up to the day of the export, without those taken out of it."""
    rules = event.get("RRULE")
    if isinstance(rules, list):
        raise RowError("RRULE", "RRULE: it repeats by several rules", _FIX)
    try:
        days = set(days_of(read_rule(rules), first, latest)) if rules is not None else {first}
    except ValueError as wrong:
        raise RowError("RRULE", f"RRULE: {wrong}", _FIX) from None
    days |= {day for day in islice(_listed(event.get("RDATE")), 1000) if first <= day <= latest}
    return sorted(days - set(_listed(event.get("EXDATE"))))


def _listed(value: Any) -> Iterator[date]:
    for entry in value if isinstance(value, list) else [value]:
        for one in getattr(entry, "dts", ()):
            found = getattr(one, "dt", None)
            if isinstance(found, tuple):
                found = found[0]
            if isinstance(found, datetime):
                yield found.date()
            elif isinstance(found, date):
                yield found


def _parts(event: icalendar.Event) -> dict[Identity, _Part]:
    """Who takes part, each address once; rooms, groups and who is only informed are left out."""
    found: dict[Identity, _Part] = {}
    for name in ("ORGANIZER", "ATTENDEE"):
        value = event.get(name)
        for person in value if isinstance(value, list) else [value] if value is not None else []:
            said = {key.upper(): str(text) for key, text in person.params.items()}
            if (
                said.get("CUTYPE", "").upper() in _NOT_PEOPLE
                or said.get("ROLE", "").upper() == "NON-PARTICIPANT"
            ):
                continue
            identity = person_address(str(person))
            if identity is None:
                continue
            status = said.get("PARTSTAT", "").upper()
            part = found.setdefault(identity, _Part(display_name(said.get("CN", "")), name == "ORGANIZER"))
            part.name = part.name or display_name(said.get("CN", ""))
            part.agreed = part.agreed or status == "ACCEPTED"
            part.declined = part.declined or status == "DECLINED"
    return found


def _events(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    own = own_addresses(context)
    as_of = context.as_of
    latest = date(as_of.year, as_of.month or 12, as_of.day or 28) if as_of else None
    calendar = _Calendar(own, latest)
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        if not own:
            break
        try:
            skipped = calendar.add(row)
        except ValueError as wrong:
            yield refused(row, context, wrong, frozenset())
            continue
        if skipped:
            yield skipped
    if not own:
        yield Refusal(
            context.file_name,
            1,
            "ATTENDEE",
            "No e-mail address of the owner is known, so that nothing tells which meetings were theirs",
            "Name the owner with --owner, by the e-mail address of this calendar",
        )
        return
    kind = f"calendar|{file_stem(context.file_name)}"
    for address, contact in calendar.end():
        yield contact_record(kind, "meeting", address, contact, context, unnamed=address.value, partial=True)


CALENDAR = DocumentFormat(
    name="calendar/events",
    entry="event",
    columns=_COLUMNS,
    endings=(".ics", ".ical"),
    begins=begins_block("VCALENDAR"),
    begins_with="BEGIN:VCALENDAR",
    entries=block_entries("VEVENT", _COLUMNS),
    read=_events,
)
