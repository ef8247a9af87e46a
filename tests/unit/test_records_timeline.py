"""A record's history without one run equals the history that a store without that run would have written."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.records.history import (
    BY_HAND,
    KEPT_DAYS,
    MOST_READINGS,
    Completion,
    History,
    Reading,
    Stretch,
    Version,
    timeline,
)

TODAY = date(2026, 11, 22)
TEXT = '{"about":1,"key":"k","nodes":[["person",{"identities":[["crm","1"]],"name":"%s"}]]}'
RUNS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(("A", "B", None)), st.booleans()), min_size=1, max_size=7
)


def version(said, run, turn, dataset="a", day="2026-11-01"):
    return Version(TEXT % said, None, False, (Reading(turn, run, day, dataset),))


def stored(runs, without=None):
    """What a store holds after runs that read the record (or do not) in a dataset, whole or in part."""
    stretches, active, completions = [], None, []
    for number, (dataset, said, complete) in enumerate(runs):
        run = f"run {number}"
        if run == without:
            continue
        if said is not None:
            read = version(said, run, 10 * number, dataset)
            active = active.then(read, TODAY) if active else History("k", "crm", "1", (read,))
        if complete:
            completion = Completion(10 * number + 5, run, dataset, "2026-11-01")
            completions.append(completion)
            last = active.now.readings[-1] if active else None
            if last and last.dataset == dataset and last.run != run:
                stretches.append(Stretch(active, completion, "n"))
                active = None
    return [*stretches, *([Stretch(active, None, "n")] if active else [])], completions


@given(RUNS, st.integers(0, 6))
def test_a_history_without_a_run_is_that_of_a_store_without_it(runs, which):
    without = f"run {which % len(runs)}"
    stretches, completions = stored(runs)
    expected, _ = stored(runs, without)
    assert timeline(stretches, completions, without=without) == expected


@given(RUNS)
def test_nothing_changes_without_nothing(runs):
    stretches, completions = stored(runs)
    assert timeline(stretches, completions, without="") == stretches


@given(RUNS)
def test_a_history_survives_being_stored(runs):
    for stretch in stored(runs)[0]:
        properties = stretch.history.properties()
        assert History.from_properties(properties) == stretch.history
        assert properties["run"] == properties["runs"][-1]


def test_what_nothing_rests_on_is_dropped():
    old = version("A", "r1", 1, day="2026-01-01")
    middle = version("B", "r2", 2, day="2026-02-01")
    new = version("C", "r3", 3, day="2026-11-20")
    history = History("k", "crm", "1", (old,)).then(middle, TODAY).then(new, TODAY)
    # The second can come back when the third is taken back; the first cannot: the second is older than what is kept.
    assert KEPT_DAYS == 90
    assert [one.said for one in history.versions] == [TEXT % "B", TEXT % "C"]
    by_hand = history.then(version("D", BY_HAND, 4), TODAY)
    assert [one.said for one in by_hand.versions] == [TEXT % "D"]


def test_a_record_read_again_and_again_stays_small():
    history = History("k", "crm", "1", (version("A", "r0", 0),))
    for number in range(1, 200):
        history = history.then(version("A", f"r{number}", number), TODAY)
    readings = history.now.readings
    assert len(readings) == MOST_READINGS
    assert (readings[0].run, readings[-1].run) == ("r0", "r199")


def test_a_record_of_an_old_store_has_no_versions():
    assert History.from_properties({"key": "k", "source": "crm"}).versions == ()
