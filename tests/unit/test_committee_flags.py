"""Red flags, moments and segments: each rule raised, just not raised, and cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.committee.flags import MemberFacts, red_flags
from graph.committee.moments import Deadline, Post, Upheaval, moments
from graph.committee.segments import Persona, segments
from graph.model.dates import month_of

TODAY = date(2026, 11, 22)
NOW = month_of(TODAY)
RECENT = TODAY - timedelta(10)


def member(person: str, **facts) -> MemberFacts:
    known = {
        "met": True,
        "last_heard": RECENT,
        "newest_fact": RECENT,
        "known_by": (f"our-{person}",),
        "influence": "medium",
    }
    return MemberFacts(person=person, name=person.title(), **(known | facts))


HEALTHY = (
    member("eva", roles={"economic_buyer": 0.9}, stance=0.4),
    member("tom", roles={"technical_buyer": 0.8}),
    member("uma", roles={"user_buyer": 1.0, "coach": 0.9}, stance=0.7, influence="high"),
)


def kinds(members=HEALTHY, **more) -> list[str]:
    return [flag.kind for flag in red_flags(members, TODAY, **more)]


def changed(person: str, **facts) -> tuple[MemberFacts, ...]:
    return tuple(replace(one, **facts) if one.person == person else one for one in HEALTHY)


def test_a_healthy_committee_has_no_flag():
    assert kinds() == []


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (changed("tom", roles={"technical_buyer": 0.49}), ["role_not_covered"]),
        (changed("uma", roles={"user_buyer": 1.0}), ["no_coach"]),
        (changed("uma", stance=-0.5, influence="low"), ["no_coach"]),
        (changed("eva", met=False), ["economic_buyer_unmet"]),
        (changed("tom", met=False), []),
        (changed("uma", last_heard=TODAY - timedelta(31)), ["champion_silent"]),
        (changed("uma", last_heard=TODAY - timedelta(30)), []),
        (changed("uma", last_heard=None), ["champion_silent"]),
        (changed("tom", last_heard=None), []),
        (changed("tom", newest_fact=TODAY - timedelta(184)), ["facts_stale"]),
        (changed("tom", newest_fact=TODAY - timedelta(183)), []),
        (changed("tom", newest_fact=None), ["facts_stale"]),
        (tuple(replace(one, known_by=("me",)) for one in HEALTHY), ["one_contact"]),
        (tuple(replace(one, known_by=()) for one in HEALTHY), ["one_contact"]),
        (
            tuple(replace(one, known_by=("me", "you")[: 2 * (one.person == "eva")]) for one in HEALTHY),
            ["one_contact"],
        ),
    ],
)
def test_each_flag_and_its_edge(members, expected):
    assert kinds(members) == expected


def test_an_opponent_needs_a_counterweight_outside_their_alliances():
    opponent = member("oda", stance=-0.6, influence="high")
    assert kinds((*HEALTHY, opponent)) == []
    assert kinds((*HEALTHY, replace(opponent, allies=frozenset({"uma"})))) == [
        "opponent_without_counterweight"
    ]
    assert kinds((*changed("uma", influence="medium"), opponent)) == ["opponent_without_counterweight"]
    assert kinds((*changed("uma", influence="medium"), replace(opponent, influence="medium"))) == []


def test_a_reorganisation_counts_for_half_a_year():
    assert kinds(upheavals=[Upheaval(RECENT, "Two plants merged")]) == ["reorganisation"]
    assert kinds(upheavals=[Upheaval(TODAY - timedelta(200), "Long ago")]) == []
    assert kinds(upheavals=[Upheaval(TODAY + timedelta(2), "Announced")]) == []


def test_nobody_on_the_committee():
    assert kinds(()) == ["role_not_covered", "no_coach", "role_not_covered", "role_not_covered"]


def test_every_flag_says_why_and_what_clears_it():
    flags = red_flags([member("x", met=False, last_heard=None, stance=0.9, newest_fact=None)], TODAY)
    assert {flag.severity for flag in flags} == {"high", "medium", "low"}
    assert all(flag.evidence and flag.cleared_by for flag in flags)
    assert [("high", "medium", "low").index(flag.severity) for flag in flags] == sorted(
        ("high", "medium", "low").index(flag.severity) for flag in flags
    )


def post(person: str, start: int | None, end: int | None = None, **more) -> Post:
    return Post(person=person, name=person.title(), from_month=start, to_month=end, **more)


def found(posts, **more) -> list[tuple[str, str | None]]:
    return [(one.kind, one.person) for one in moments(["eva", "tom"], posts, TODAY, **more)]


def test_new_in_role():
    assert found([post("eva", NOW - 3, title="CFO")]) == [("new_in_role", "eva")]
    assert found([post("eva", NOW - 8)]) == []
    assert found([post("eva", NOW - 3, NOW - 1)]) == []
    assert found([post("eva", NOW - 1, NOW - 1, as_of=True)]) == []
    assert found([post("zoe", NOW - 3)]) == []
    told = moments(["eva"], [post("eva", NOW - 3, title="CFO")], TODAY)[0]
    assert told.text == "Eva is new as CFO since 2026-08"
    assert (told.on, told.until) == (date(2026, 8, 1), date(2027, 1, 31))


def test_what_ends():
    assert found([post("eva", NOW - 40, NOW + 2)]) == [("ending", "eva")]
    assert found([], deadlines=[Deadline(TODAY + timedelta(40), "The contract ends")]) == [("ending", None)]
    assert found([], deadlines=[Deadline(TODAY - timedelta(1), "Over")]) == []
    assert found([], deadlines=[Deadline(TODAY + timedelta(300), "Far off")]) == []


def test_a_colleague_left():
    here = post("eva", NOW - 40, department="Finance")
    gone = post("gil", NOW - 40, NOW - 2, department="finance")
    assert found([here, gone]) == [("colleague_left", "eva")]
    assert found([here, replace(gone, department="Sales")]) == []
    assert found([here, replace(gone, department="")], close=[("gil", "eva")]) == [("colleague_left", "eva")]
    assert found([here, gone, post("gil", NOW - 1)]) == []
    assert found([here, replace(gone, to_month=NOW - 9)]) == []


def test_what_a_later_export_does_not_tell_any_more_is_over():
    here = post("eva", NOW - 3, None, department="Finance", as_of=True)
    gone = post("gil", NOW - 9, NOW - 2, department="finance", as_of=True)
    assert found([here, gone]) == [("colleague_left", "eva")]
    other = replace(here, person="ida", name="Ida")
    assert [one.text for one in moments(["eva", "ida"], [here, other, gone], TODAY)] == [
        "Gil left, last seen there in 2026-09, which touches Eva",
        "Gil left, last seen there in 2026-09, which touches Ida",
    ]
    assert found([here, replace(gone, to_month=None)]) == []
    assert found([here, gone, post("gil", NOW - 1, None, as_of=True)]) == []


def test_a_later_export_with_another_title_makes_new_in_role():
    was = post("eva", NOW - 9, NOW - 4, title="Buyer", as_of=True)
    now = post("eva", NOW - 3, None, title="CFO", as_of=True)
    assert found([was, now]) == [("new_in_role", "eva")]
    assert moments(["eva"], [was, now], TODAY)[0].text == "Eva is new as CFO, seen so since 2026-08"
    assert found([now]) == []
    assert found([was, replace(now, title="buyer")]) == []
    assert found([replace(was, to_month=None), now]) == []
    assert found([was, replace(now, from_month=NOW - 8)]) == []


def test_many_changes_at_once_are_a_reorganisation():
    posts = []
    for shift, person in enumerate(("a", "b", "c")):
        posts += [
            post(person, NOW - 60, NOW - 3 - shift, department="it"),
            post(person, NOW - 2 - shift, department="operations"),
        ]
    assert found(posts) == [("reorganisation", None)]
    assert found(posts[:4]) == []
    assert found([replace(one, department="it") for one in posts]) == []
    assert found([], upheavals=[Upheaval(RECENT, "Announced")]) == [("reorganisation", None)]


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(-30, 8), st.none() | st.integers(0, 20)), max_size=8
    )
)
def test_moments_are_open_or_soon_and_ordered(spells):
    posts = [
        post(who, NOW + start, None if length is None else NOW + start + length)
        for who, start, length in spells
    ]
    seen = moments(["a", "b"], posts, TODAY)
    assert [one.until for one in seen] == sorted(one.until for one in seen)
    assert all(one.on <= TODAY <= one.until for one in seen)


def test_segments_group_by_experience_and_style():
    found = segments(
        {
            "ana": Persona(
                experience="expert", style="Cautious ", information="price; Security", goals="uptime"
            ),
            "ben": Persona(experience="expert", style="cautious", information="security"),
            "cy": Persona(experience="novice", style="bold"),
            "di": None,
        }
    )
    assert [(s.experience, s.style, [m.person for m in s.members]) for s in found] == [
        ("novice", "bold", ["cy"]),
        ("expert", "Cautious", ["ana", "ben"]),
        ("", "", ["di"]),
    ]
    ana = found[1].members[0]
    assert ana.wants == ("price", "Security", "uptime")
    assert "media consulted" in ana.unknown and "buying style" not in ana.unknown
    assert found[1].shared == ("Security",)
    assert len(found[2].members[0].unknown) == 9
    with pytest.raises(ValueError, match="experience"):
        Persona(experience="wizard")
