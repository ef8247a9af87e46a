"""What is said of a plan before somebody acts on it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from graph.committee import NotSeated, Outlook
from service.committee.caveats import notes_on

BEFORE = Outlook(0.2986, 0.005, 0.4, 0.8, 0.9, 10_000)


class Members:
    people = ("friend", "unsure", "enemy")

    def index_of(self, person: str) -> int:
        if person not in self.people:
            raise NotSeated
        return self.people.index(person)


ROOM = SimpleNamespace(
    hostile=("enemy",), committee=Members(), situation=SimpleNamespace(mean=np.array([0.41, -0.15, -0.8]))
)


@pytest.mark.parametrize(
    ("against", "words"),
    [("friend", "is not against us (stance +0.41)"), ("unsure", "not certain"), ("enemy", None)],
)
def test_whom_a_plan_is_against(against, words):
    notes = notes_on(ROOM, against, BEFORE, BEFORE)
    assert len(notes) == (1 if words else 0) and (not words or words in notes[0])


def test_a_plan_that_lowers_the_outlook_says_so_and_why():
    lower = replace(BEFORE, probability=0.278, approves=0.39, not_stopped=0.75)
    (note,) = notes_on(ROOM, "enemy", BEFORE, lower)
    assert "from 29.9% to 27.8%" in note and "no technical buyer stops it" in note
    assert notes_on(ROOM, "enemy", lower, BEFORE) == []
    assert notes_on(ROOM, "enemy", BEFORE, replace(BEFORE, probability=0.29858)) == []


def test_somebody_who_does_not_sit_there():
    with pytest.raises(NotSeated, match="add them first"):
        notes_on(ROOM, "stranger", BEFORE, BEFORE)
