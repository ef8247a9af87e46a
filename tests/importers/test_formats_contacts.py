"""Whose address it is, on which days a series meets, and what counts as contact: the parts of mail and calendars."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import icalendar
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import Interaction
from graph.model.identities import email_identity
from graph.model.records import Record
from importers.formats.addresses import display_name, is_forwarded, is_persons
from importers.formats.base import FileContext, Skipped
from importers.formats.calendars import CALENDAR
from importers.formats.files import open_file
from importers.formats.recurrence import days_of, read_rule
from importers.parameters import PARAMETERS

EXPORTED = PartialDate(2026, 3, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@pytest.mark.parametrize(
    ("address", "persons"),
    [
        ("anna.roth@example.org", True),
        ("a.noreplyson@example.org", True),
        ("bounceanna@example.org", True),
        ("anna+news@example.org", True),
        ("info@example.org", False),
        ("Sales+de@example.org", False),
        ("no-reply@example.org", False),
        ("noreply-calendar@example.org", False),
        ("system.donotreply@example.org", False),
        ("mailer-daemon@example.org", False),
        ("reply+ab12@example.org", False),
        ("0123456789abcdef01234567@example.org", False),
        ("c_188@resource.calendar.google.com", False),
        ("unknownorganizer@calendar.google.com", False),
    ],
)
def test_a_person_is_behind_an_address(address, persons):
    assert is_persons(address) is persons


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna Roth", "Anna Roth"),
        ("'Anna Roth'", "Anna Roth"),
        ("Roth, Anna", "Anna Roth"),
        ("=?utf-8?q?M=C3=BC=C3=9Fig=2C_J=C3=B6rg?=", "Jörg Müßig"),
        ("=?utf-8?b?Wm/DqQ==?= =?utf-8?q?_Lef=C3=A8vre?=", "Zoé Lefèvre"),
        ("Roth, MD", "Roth, MD"),
        ("Helvion, Inc.", "Helvion, Inc."),
        ("a, b, c", "a, b, c"),
        ("anna@example.org", ""),
        ("=?klingon?q?=41?=", ""),
        ("+49 555", ""),
        ("x" * 300, ""),
        ("Anna\u2028\x00Roth", "Anna Roth"),
    ],
)
def test_a_name_beside_an_address(written, name):
    assert display_name(written) == name


def test_somebody_else_wrote_for_them():
    assert is_forwarded("'Anna Roth' via Team") and is_forwarded("Anna Roth via LinkedIn")
    assert not is_forwarded("Anna Via") and not is_forwarded("Via Roma")


rules = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format,
        st.integers(1, 6),
        st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(",".join),
        st.sampled_from(("MO", "SU")),
    ),
    st.builds("FREQ=WEEKLY;BYMONTH={}".format, st.integers(1, 12)),
    st.builds("FREQ=DAILY;BYDAY={};BYMONTH={}".format, st.sampled_from(DAYS), st.integers(1, 12)),
    st.builds("FREQ=DAILY;BYMONTHDAY={}".format, st.sampled_from((1, 15, 31, -1, -3))),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 14)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from((1, 15, 30, 31, -1, -3))),
    st.builds(
        "FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from(("", "1", "2", "5", "-1")), st.sampled_from(DAYS)
    ),
    st.builds("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from((1, 2, -1))),
    st.builds("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13".format),
    st.builds("FREQ=YEARLY;INTERVAL={}".format, st.integers(1, 3)),
    st.builds("FREQ=YEARLY;BYMONTH={};BYDAY=-1SU".format, st.integers(1, 12)),
    st.builds(
        "FREQ=YEARLY;BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.sampled_from((1, 29, 31))
    ),
    st.builds("FREQ=YEARLY;BYDAY={}{}".format, st.sampled_from(("1", "20", "-1")), st.sampled_from(DAYS)),
)
limits = st.one_of(
    st.just(""),
    st.builds(";COUNT={}".format, st.integers(1, 60)),
    st.just(";UNTIL=20270301"),
    st.just(";UNTIL=20260101"),
)


@given(rules, limits, st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 1500))
def test_a_series_meets_on_the_days_that_another_reader_of_rules_finds(rule, limit, begin, length):
    last = begin + timedelta(days=length)
    both = rrulestr(rule, dtstart=datetime.combine(begin, datetime.min.time()))
    first = both.after(datetime.combine(begin, datetime.min.time()), inc=True)
    # Where a series begins on a day that is none of its own, programs differ.
    if first is None or first.date() > last:
        return
    theirs = rrulestr(rule + limit, dtstart=first).between(
        first, datetime.combine(last, datetime.min.time()), inc=True
    )
    ours = days_of(read_rule(icalendar.vRecur.from_ical(rule + limit)), first.date(), last)
    found = [day.date() for day in theirs]
    # The day on which it begins counts, even where the rule ends before.
    assert list(ours) == (found or [first.date()])


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;INTERVAL=7;BYDAY=TU", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=32"],
)
def test_a_rule_that_never_comes_true_is_no_endless_search(rule):
    read = read_rule(dict(part.split("=") for part in rule.split(";")))
    assert list(days_of(read, date(2006, 1, 2), date(2026, 1, 1))) == [date(2006, 1, 2)]


@pytest.mark.parametrize(
    "rule", ["FREQ=HOURLY", "FREQ=SECONDLY", "FREQ=YEARLY;BYWEEKNO=3", "COUNT=3", "FREQ=NEVER"]
)
def test_rules_that_are_not_read(rule):
    with pytest.raises(ValueError, match="repeats"):
        read_rule(dict(part.split("=") for part in rule.split(";")))


def meetings(tmp_path, *events, as_of=EXPORTED, owner="mira@example.org"):
    path = tmp_path / "a.ics"
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    path.write_text(f"BEGIN:VCALENDAR\n{body}END:VCALENDAR\n")
    who = Person(identities=(email_identity(owner),))
    items = list(
        CALENDAR.records(
            open_file(path, "a.ics").rows(),
            FileContext(source="s", file_name="a.ics", owner=who, as_of=as_of),
        )
    )
    counted = {}
    for item in items:
        if isinstance(item, Record):
            (fact,) = item.facts
            assert isinstance(fact, Interaction)
            counted[item.entities[0].identities[0].value] = fact.sent, fact.received
    return counted, [item.why for item in items if isinstance(item, Skipped)]


def event(uid="1", start="20260105T100000Z", more="", mine="ACCEPTED", theirs="ACCEPTED"):
    people = f"ATTENDEE;PARTSTAT={mine}:mailto:mira@example.org\nATTENDEE;PARTSTAT={theirs}:mailto:anna@example.org"
    return f"UID:{uid}\nDTSTART:{start}\n{people}\n{more}".strip()


@pytest.mark.parametrize(
    ("mine", "theirs", "counted"),
    [
        ("ACCEPTED", "ACCEPTED", {"anna@example.org": (1, 1)}),
        ("ACCEPTED", "NEEDS-ACTION", {"anna@example.org": (1, 0)}),
        ("TENTATIVE", "ACCEPTED", {"anna@example.org": (0, 1)}),
        ("NEEDS-ACTION", "TENTATIVE", {}),
        ("DECLINED", "ACCEPTED", {}),
        ("ACCEPTED", "DECLINED", {}),
    ],
)
def test_who_accepted_was_in_contact(tmp_path, mine, theirs, counted):
    assert meetings(tmp_path, event(mine=mine, theirs=theirs))[0] == counted


def test_a_series_counts_up_to_the_day_of_the_export_and_no_more_than_a_year_of_weeks(tmp_path):
    weekly = event(more="RRULE:FREQ=WEEKLY\nEXDATE:20260112T100000Z")
    assert meetings(tmp_path, weekly)[0] == {"anna@example.org": (7, 7)}
    assert meetings(tmp_path, weekly, as_of=None)[0] == {"anna@example.org": (1, 1)}
    most = PARAMETERS.most_occurrences
    assert meetings(tmp_path, event(start="20240101", more="RRULE:FREQ=DAILY"))[0] == {
        "anna@example.org": (most, most)
    }
    moved = event(start="20260127T100000Z", more="RECURRENCE-ID:20260126T100000Z")
    assert meetings(tmp_path, moved, weekly)[0] == {"anna@example.org": (7, 7)}
    cancelled = event(start="20260126T100000Z", more="RECURRENCE-ID:20260126T100000Z\nSTATUS:CANCELLED")
    assert meetings(tmp_path, weekly, cancelled)[0] == {"anna@example.org": (6, 6)}


def test_copies_future_meetings_and_large_ones_do_not_count(tmp_path):
    many = "\n".join(f"ATTENDEE:mailto:p{n}@example.org" for n in range(PARAMETERS.largest_meeting - 1))
    counted, why = meetings(
        tmp_path,
        event(),
        event(),
        event("2", "20270101"),
        event("3", more=many),
        event("4", more="STATUS:CANCELLED"),
    )
    assert counted == {"anna@example.org": (1, 1)}
    assert why == [
        "a copy of another event",
        "a meeting still to come",
        f"a meeting of more than {PARAMETERS.largest_meeting} people",
        "a cancelled meeting",
    ]


@pytest.mark.parametrize("said", ["ROLE=NON-PARTICIPANT", "CUTYPE=ROOM", "CUTYPE=GROUP"])
def test_who_is_only_informed_and_rooms_took_no_part(tmp_path, said):
    more = f"ATTENDEE;{said};PARTSTAT=ACCEPTED:mailto:kofi@example.org"
    assert meetings(tmp_path, event(more=more))[0] == {"anna@example.org": (1, 1)}
