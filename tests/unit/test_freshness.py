"""What counts as stale, what changed between two readings, and which of several values is shown: pure."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.freshness.confirming import Confirmation, confirmed_on, is_stale, older_than
from graph.freshness.contradictions import in_fields, in_posts
from graph.freshness.job_changes import Told, job_changes
from graph.model.dates import Spell
from graph.model.facts import Employment
from graph.records.codec import current_posts, decode, encode
from graph.records.display import Said, choose
from graph.records.history import History, Reading, Version
from graph.records.views import CompanyView, FactView, PersonView
from tests.history_worlds import company, person, record, records, seen_at, worked

TODAY = date(2026, 11, 22)
ANNA = person("linkedin:anna", name="Anna Berg")
HELVION, ORBANE = company("Helvion"), company("Orbane")


# --- stale ---


@pytest.mark.parametrize(
    ("day", "old"),
    [
        ("2025-11-22", False),
        ("2025-11-21", True),
        ("2025-11", False),
        ("2025-10", True),
        ("2025-10-31", True),
        ("2025", False),
        ("2024", True),
        ("2026-11-22", False),
    ],
)
def test_a_fact_is_stale_after_twelve_months_to_the_day(day, old):
    assert older_than(day, TODAY) is old


def test_what_is_over_is_never_stale_and_what_nobody_dated_is():
    assert is_stale("WORKED_AT", {"current": True}, None, TODAY)
    assert is_stale("WORKED_AT", {"started": "2020"}, "2020-01-01", TODAY)
    assert is_stale("ALLIED", {}, "2020-01-01", TODAY)
    assert not is_stale("WORKED_AT", {}, "2020-01-01", TODAY)
    assert not is_stale("WORKED_AT", {"ended": "2019"}, None, TODAY)
    assert not is_stale("WORKED_AT", {"as_of": True, "ended": "2019", "current": False}, "2019", TODAY)
    assert not is_stale("STUDIED_AT", {"started": "2020"}, None, TODAY)


def test_the_newest_source_confirms_but_a_post_only_seen_was_seen_when_it_was():
    read = {"a": Confirmation("2025-01-01", False), "b": Confirmation("2026-02-01", True), "c": None}
    assert confirmed_on("WORKED_AT", {"current": True}, ("a", "b", "c"), read) == "2026-02-01"
    seen = {"as_of": True, "started": "2024-01-01", "ended": "2024-06-01", "current": True}
    assert confirmed_on("WORKED_AT", seen, ("a", "b"), read) == "2024-06-01"
    assert confirmed_on("WORKED_AT", {}, ("c",), read) is None


# --- changes of job ---


def history(*told):
    """A record that said one thing after another: (day of reading, facts)."""
    versions = tuple(
        Version(
            encode(record("anna", ANNA, facts=facts)), None, False, (Reading(turn, f"run {turn}", day, "d"),)
        )
        for turn, (day, facts) in enumerate(told)
    )
    return History("crm|anna", "crm", "", versions)


def told(history):
    return [
        (
            one.kind,
            one.old.name if one.old else "",
            one.new.name if one.new else "",
            one.last_seen,
            one.noticed,
        )
        for one in job_changes([Told(history)])
    ]


def test_somebody_moved_between_the_days_of_two_exports():
    moved = history(
        ("2026-09-12", [seen_at(ANNA, HELVION, "2026-09-10")]),
        ("2026-11-20", [seen_at(ANNA, ORBANE, "2026-11-18")]),
    )
    assert told(moved) == [("moved", "Helvion", "Orbane", "2026-09-10", "2026-11-18")]
    assert moved.properties()["moved_on"] == "2026-11-20"


def test_left_joined_and_a_new_title_are_told_apart():
    changes = history(
        ("2026-01-01", [worked(ANNA, HELVION, title="Buyer")]),
        ("2026-02-01", [worked(ANNA, HELVION, title=" BUYER")]),
        ("2026-03-01", [worked(ANNA, HELVION, title="Head of IT")]),
        ("2026-04-01", [worked(ANNA, HELVION, title="Head of IT"), worked(ANNA, ORBANE, started="2026-03")]),
        ("2026-05-01", [worked(ANNA, HELVION, title="Head of IT", ended="2026-04"), worked(ANNA, ORBANE)]),
        ("2026-06-01", []),
    )
    assert [one[0] for one in told(changes)] == ["new_title", "joined", "left", "left"]
    assert [one.started for one in job_changes([Told(changes)])] == ["2020", "2026-03", None, None]


def test_a_post_that_is_listed_as_past_without_dates_is_left():
    undated = Employment(person=ANNA, company=HELVION, title="Engineer")
    moved = history(
        ("2026-01-01", [seen_at(ANNA, HELVION, "2026-01-01")]),
        ("2026-05-01", [undated, seen_at(ANNA, ORBANE, "2026-05-01")]),
    )
    assert [one[0] for one in told(moved)] == ["moved"]


def test_the_same_again_and_the_first_reading_are_no_change():
    same = history(
        ("2026-01-01", []),
        ("2026-02-01", [seen_at(ANNA, HELVION, "2026-02")]),
        ("2026-03-01", [seen_at(ANNA, HELVION, "2026-03")]),
    )
    assert told(same) == [] and same.properties()["moved_on"] is None


def row(key, *told, withdrawn_by=None, on=""):
    """A row about one post: (turn, facts), read by the run of that turn."""
    versions = tuple(
        Version(
            encode(record(key, ANNA, facts=facts)),
            None,
            False,
            tuple(Reading(turn, f"run {turn}", f"2026-{turn:02}-01", "d") for turn in turns),
        )
        for turns, facts in told
    )
    return Told(History(f"crm|{key}", "crm", "", versions), withdrawn_by, on)


def read_as(*rows):
    return [
        (one.kind, one.old and one.old.name, one.new and one.new.name, one.ended, one.started)
        for one in job_changes(rows)
    ]


def current(where, title=""):
    return Employment(person=ANNA, company=where, title=title, spell=Spell(current=True))


def test_a_row_that_ends_and_a_new_row_are_one_move():
    helvion = row("1", ([1], [worked(ANNA, HELVION)]), ([2], [worked(ANNA, HELVION, ended="2026-01")]))
    orbane = row("2", ([2], [worked(ANNA, ORBANE, started="2026-02")]))
    assert read_as(helvion) == [("left", "Helvion", None, "2026-01", None)]
    for rows in ((helvion, orbane), (orbane, helvion)):
        assert read_as(*rows) == [("moved", "Helvion", "Orbane", "2026-01", "2026-02")]
        (moved,) = job_changes(rows)
        assert moved.keys == ("crm|1", "crm|2")
        assert (moved.last_seen, moved.noticed) == ("2026-01-01", "2026-02-01")
    later = row("2", ([4], [worked(ANNA, ORBANE, started="2026-02")]))
    assert read_as(helvion, later) == [("moved", "Helvion", "Orbane", "2026-01", "2026-02")]


def test_a_row_that_went_says_something_only_by_what_stands_in_its_place():
    gone = row("1", ([1], [current(HELVION)]), withdrawn_by="run 2", on="2026-02-01")
    new, past = row("2", ([2], [current(ORBANE)])), row("0", ([1, 2], [worked(ANNA, ORBANE, ended="2021")]))
    assert read_as(gone, new) == [("moved", "Helvion", "Orbane", None, None)]
    assert [one.keys for one in job_changes([gone, new])] == [("crm|2",)]
    assert read_as(gone) == [] and read_as(gone, past) == []
    ended = row("3", ([2], [worked(ANNA, HELVION, ended="2026-01")]))
    assert read_as(gone, ended, past) == [("left", "Helvion", None, "2026-01", None)]
    again = row("4", ([2], [current(HELVION, "Chief")]))
    assert read_as(gone, again) == []
    assert read_as(gone, row("2", ([3], [current(ORBANE)]))) == [("moved", "Helvion", "Orbane", None, None)]


def test_who_left_one_of_two_is_still_at_the_other():
    helvion = row("1", ([1], [worked(ANNA, HELVION)]), ([2], [worked(ANNA, HELVION, ended="2026-01")]))
    (left,) = job_changes([helvion, row("2", ([1, 2], [worked(ANNA, ORBANE)]))])
    assert (left.kind, left.still) == ("left", ORBANE)


@given(records(), records())
def test_whenever_a_job_changed_the_record_is_marked(before, after):
    if before.entities[0].keys[0] != after.entities[0].keys[0]:
        return
    versions = tuple(
        Version(encode(one), None, False, (Reading(turn, "run", f"2026-0{turn + 1}-01", "d"),))
        for turn, one in enumerate((before, after))
    )
    both = History("k", "s", "", versions)
    if job_changes([Told(both)]):
        assert both.properties()["moved_on"] == "2026-02-01"
    assert bool(current_posts(encode(before))) == any(
        type(fact).__name__ == "Employment"
        and (fact.spell.current or (fact.spell.started and not fact.spell.ended))
        for fact in decode(encode(before)).facts
    )


# --- contradictions ---


def said(key, seen_on, verified=False, **fields):
    return Said(key, fields, seen_on, verified)


def shown(*statements):
    fields = choose(statements)
    return PersonView("p", fields.get("name", ""), fields.get("headline"), fields.get("location"), False)


@pytest.mark.parametrize(
    ("statements", "rule"),
    [
        ([said("a", "2026-01-01", headline="CTO"), said("b", "2026-02-01", headline="CEO")], "newest"),
        ([said("a", "2026-01-01", True, headline="CTO"), said("b", "2026-02-01", headline="CEO")], "verified"),
        ([said("a", "2026-01-01", headline="CTO", location="Graz"), said("b", "2026-01-01", headline="CEO")],
         "most_complete"),
        ([said("a", "2026-01-01", headline="CTO"), said("b", "2026-01-01", headline="CEO")], "by_key"),
    ],
)  # fmt: skip
def test_the_value_shown_is_the_one_that_the_rule_names(statements, rule):
    person = shown(*statements)
    (found,) = in_fields(person, statements)
    assert (found.field, found.rule) == ("headline", rule)
    assert [value.text for value in found.values if value.shown] == [person.headline]
    assert found.values[0].shown and len(found.values) == 2


def test_spelling_alone_is_no_contradiction_and_hidden_records_show_no_source():
    alike = [said("a", "2026-01-01", name="Anna  Berg"), said("b", "2026-02-01", name="anna berg")]
    assert in_fields(shown(*alike), alike) == []
    seen = [said("a", "2026-01-01", name="A. Berg"), said("b", "2026-02-01", name="Anna Berg")]
    hidden = PersonView("p", "Anna Hidden", None, None, False)
    (found,) = in_fields(hidden, seen)
    assert found.values[0].text == "Anna Hidden" and found.values[0].sources == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(("2026-01-01", "2026-02-01")), st.booleans(), st.sampled_from("xyz")),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_marked_as_shown_is_what_is_chosen(rows):
    statements = [said(str(n), day, sure, headline=text) for n, (day, sure, text) in enumerate(rows)]
    for found in in_fields(shown(*statements), statements):
        assert [value.text for value in found.values if value.shown] == [choose(statements)["headline"]]


def post(where, title, sources=("crm|1",), **says):
    properties = {"key": f"|{title}", "title": title, "sources": list(sources), "current": True, **says}
    return FactView.of("WORKED_AT", "p", where, properties, CompanyView(where, where, None, None, None, ()))


def test_two_employers_and_two_titles_contradict_and_a_human_decides():
    older, newer = post("Helvion", "CTO", from_month=24000), post("Orbane", "CEO", from_month=24100)
    (found,) = in_posts([older, newer])
    assert (found.field, found.rule, [one.text for one in found.values]) == (
        "employer", "newest", ["Orbane", "Helvion"]
    )  # fmt: skip
    sure = post("Helvion", "CTO", sources=("api|x", "crm|1"), from_month=24000)
    (found,) = in_posts([sure, newer])
    assert (found.rule, found.values[0].text) == ("verified", "Helvion")
    (found,) = in_posts([older, post("Helvion", "Chief", from_month=24050)])
    assert (found.field, [one.text for one in found.values]) == ("title", ["Chief", "CTO"])
    assert in_posts([older, post("Orbane", "CEO", current=False)]) == []
    assert json.dumps([one.fact for one in found.values])
