"""Every spelling of a date, and none that has to be guessed."""

from __future__ import annotations

from calendar import monthrange
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.dates import PartialDate, Spell
from importers.reading.dates import (
    DateError,
    NewestDate,
    OrderVotes,
    months_before,
    parse_date,
    parse_duration,
    parse_range,
)
from importers.reading.problems import FileError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        line.rsplit(" = ", 1)
        for line in """\
2019 = 2019
Jan 2019 = 2019-01
January 2019 = 2019-01
Jan-19 = 2019-01
2019-03 = 2019-03
03/2019 = 2019-03
2019-03-14 = 2019-03-14
2019/3/4 = 2019-03-04
08 Feb 2026 = 2026-02-08
Feb 8, 2026 = 2026-02-08
4-Apr-21 = 2021-04-04
4-Apr-98 = 1998-04-04
1/29/26, 2:37 PM = 2026-01-29
1/29/26, 2:37\u202fPM = 2026-01-29
01/29/2026 = 2026-01-29
31.12.2020 = 2020-12-31
5/5/2020 = 2020-05-05
2025/06/10 23:13:46 UTC = 2025-06-10
2026-03-14T10:11:12.123Z = 2026-03-14
2026-03-14 10:11:12+02:00 = 2026-03-14
Wed Jun 24 12:43:42 UTC 2026 = 2026-06-24
août 2019 = 2019-08
févr. 2020 = 2020-02
1er janvier 2020 = 2020-01-01
28 déc. 2021 = 2021-12-28
März 2019 = 2019-03
8. Februar 2026 = 2026-02-08
Mai 2018 = 2018-05
Okt. 2018 = 2018-10
enero 2019 = 2019-01
3 de marzo de 2020 = 2020-03-03
dic. 2017 = 2017-12""".splitlines()
    ],
)
def test_spellings(text: str, value: str) -> None:
    assert str(parse_date(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "31 Feb 2020",
        "2021-02-29",
        "2019-13",
        "0/1/2020",
        "13/13/2020",
        "1800",
        "Jan 19",
        "May 5",
        "Foo 2019",
        "45321",
        "yesterday",
        "",
        "2019-03-14 25:99",
        "1" * 10_000,
        " " * 10_000 + "x",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(DateError, match="--date-order"):
        parse_date("3/4/2021")
    assert str(parse_date("3/4/2021", "day-first")) == "2021-04-03"
    assert str(parse_date("3/4/2021", "month-first")) == "2021-03-04"
    with pytest.raises(DateError):
        parse_date("3/14/2021", "day-first")


def votes(*texts: str) -> OrderVotes:
    counted = OrderVotes()
    for text in texts:
        counted.add(text)
    return counted


def test_a_file_decides_by_its_rows_without_doubt() -> None:
    assert votes("3/4/2021", "25/12/20").decide(None) == "day-first"
    assert votes("3/4/2021", "1/29/26, 2:37 PM").decide(None) == "month-first"
    assert votes("3/4/2021").decide("day-first") == "day-first"
    assert votes("2021", "Jan 2021", "5/5/2021", "2021-03-04", "").decide(None) is None
    for doubtful in (votes("3/4/2021"), votes("3/4/2021", "25/12/20", "12/25/20")):
        with pytest.raises(FileError) as refused:
            doubtful.decide(None)
        assert "--date-order" in refused.value.fix


DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))


@given(DAYS)
def test_every_day_survives_every_spelling(day: date) -> None:
    expected = PartialDate(day.year, day.month, day.day)
    english = day.strftime("%d %b %Y")
    for text in (str(day), english, day.strftime("%B %d, %Y"), day.strftime("%a %b %d %H:%M:%S UTC %Y")):
        assert parse_date(text) == expected
    assert parse_date(f"{day.day}-{day:%b}-{day:%y}") == expected
    assert parse_date(f"{day.day}.{day.month}.{day.year}", "day-first") == expected
    assert parse_date(f"{day.month}/{day.day}/{day:%y}, 2:37 PM", "month-first") == expected
    if day.day > 12:
        assert parse_date(f"{day.month}/{day.day}/{day.year}") == expected
        assert votes(f"{day.day}/{day.month}/{day.year}").day_first == 1


@given(st.integers(1900, 2100), st.integers(0, 14), st.integers(0, 33))
def test_only_days_that_exist_are_dates(year: int, month: int, day: int) -> None:
    exists = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    try:
        found = parse_date(f"{year}-{month:02d}-{day:02d}")
    except DateError:
        assert not exists
    else:
        assert exists and found == PartialDate(year, month, day)


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    for read in (parse_date, parse_range):
        with suppress(DateError):
            read(text)
    parse_duration(text)
    votes(text)


def test_ranges() -> None:
    month = PartialDate
    assert parse_range("Jan 2019 - Mar 2021") == Spell(started=month(2019, 1), ended=month(2021, 3))
    assert parse_range("2015 \u2013 2018") == Spell(started=month(2015), ended=month(2018))
    assert parse_range("2015-2018") == Spell(started=month(2015), ended=month(2018))
    assert parse_range("Mai 2020 \u2013 heute") == Spell(started=month(2020, 5), current=True)
    assert parse_range("janv. 2019 - aujourd\u2019hui") == Spell(started=month(2019, 1), current=True)
    assert parse_range("2019") == Spell(started=month(2019))
    for wrong in ("Mar 2021 - Jan 2019", "sometime", "2015 - 2016 - 2017", "Present - 2019"):
        with pytest.raises(DateError):
            parse_range(wrong)


def test_durations() -> None:
    assert parse_duration("2 years 3 months in role") == 27
    assert parse_duration("1 year in company") == 12
    assert parse_duration("11 mos") == 11
    assert parse_duration("2 ans 3 mois") == 27
    assert parse_duration("3 Jahre 1 Monat") == 37
    assert parse_duration("Less than a year") is None
    assert str(months_before(PartialDate(2026, 3, 14), 27)) == "2023-12"


def test_a_known_writer_decides_only_dates_in_its_own_spelling() -> None:
    assert votes("1/2/26, 2:37 PM", "3/4/21, 11:05 AM").decide(None, "month-first") == "month-first"
    assert votes("1/2/26, 2:37 PM").decide("day-first", "month-first") == "day-first"
    assert votes("1/2/26, 2:37 PM", "29/1/26, 2:37 PM").decide(None, "month-first") == "day-first"
    for resaved in ("1/2/26", "01.02.2026", "01.02.2026 14:37"):
        with pytest.raises(FileError, match="--date-order"):
            votes("1/2/26, 2:37 PM", resaved).decide(None, "month-first")
    with pytest.raises(FileError, match="--date-order"):
        votes("1/2/26, 2:37 PM").decide(None)


def test_the_newest_date_is_found_in_either_order_and_never_in_the_future() -> None:
    newest = NewestDate(PartialDate(2026, 11, 22))
    for text in ("3/4/2021", "08 Feb 2020", "", "NaN", "30 Jun 2062"):
        newest.add(text)
    assert newest.by("day-first") == PartialDate(2021, 4, 3)
    assert newest.by("month-first") == PartialDate(2021, 3, 4)
    assert NewestDate(PartialDate(2026)).by(None) is None
