"""People who just missed each other at a company."""

from __future__ import annotations

from graph.paths.careers import Employment, near_misses


def job(
    person: str, start: int | None, end: int | None, company: str = "h", current: bool = False
) -> Employment:
    return Employment(person, company, "Helvion", start, end, current)


def month(year: int, number: int = 1) -> int:
    return year * 12 + number - 1


def test_the_smallest_gap_comes_first_and_is_said() -> None:
    ours = [job("m", month(2010), month(2019, 12)), job("n", month(2010), month(2015))]
    theirs = [job("t", month(2020, 3), None, current=True)]
    misses = near_misses(ours, theirs)
    assert [(miss.ours.person, miss.gap) for miss in misses] == [("m", 3), ("n", 62)]
    assert misses[0].said("Anna Roth") == (
        "who worked at Helvion until 2019-12, before Anna Roth came in 2020-03"
    )


def test_the_other_way_round() -> None:
    (miss,) = near_misses(
        [job("m", month(2021), None, current=True)], [job("t", month(2015), month(2020, 6))]
    )
    assert miss.said("Anna Roth") == "who came to Helvion in 2021-01, after Anna Roth had left in 2020-06"


def test_an_overlap_is_no_near_miss() -> None:
    assert near_misses([job("m", 100, 120)], [job("t", 120, 130)]) == []
    assert near_misses([job("m", 100, None, current=True)], [job("t", 120, 130)]) == []


def test_missing_dates_are_a_near_miss_of_their_own() -> None:
    (miss,) = near_misses([job("m", None, None)], [job("t", 120, 130)])
    assert miss.gap is None
    assert "dates too incomplete" in miss.said("Anna Roth")


def test_a_gap_shows_even_where_one_date_is_missing() -> None:
    (miss,) = near_misses([job("m", None, 100)], [job("t", 120, None)])
    assert miss.gap == 20


def test_somebody_seen_once_may_have_been_there_long_before() -> None:
    seen = Employment("t", "h", "Helvion", 120, 120, as_of=True)
    assert not seen.dated
    (miss,) = near_misses([job("m", 100, 110)], [seen])
    assert miss.gap is None and "dates too incomplete" in miss.said("Anna Roth")
    assert near_misses([job("m", 100, 120)], [seen]) == []
    assert near_misses([job("m", 100, None, current=True)], [seen]) == []
    assert len(near_misses([job("m", None, None)], [seen])) == 1


def test_other_companies_and_oneself_do_not_count() -> None:
    assert near_misses([job("m", 100, 110, "x")], [job("t", 120, 130)]) == []
    assert near_misses([job("t", 100, 110)], [job("t", 120, 130)]) == []


def test_the_ends_themselves_are_preferred_to_their_contacts() -> None:
    ours = [job("contact", 100, 119), job("member", 100, 110)]
    misses = near_misses(ours, [job("t", 120, 130)], prefer={"member", "t"})
    assert [miss.ours.person for miss in misses] == ["member", "contact"]
