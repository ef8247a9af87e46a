"""Introductions: asked for along a path, and how far each has come."""

from __future__ import annotations

from enum import Enum

import strawberry

from graph.committee import TRANSITIONS
from graph.records.opportunity_views import IntroductionView
from graph.records.views import PersonView
from service.api.people import Person
from service.api.values import DateText
from service.committee import Room

__all__ = ["Introduction", "IntroductionState", "introduction_of", "introductions_in"]

_ALLIANCE = "DeclaredAlliance"
_NOT_SHOWN = "(Not shown: it may tell of an alliance, and this key may not read alliances.)"

IntroductionState = Enum("IntroductionState", {name.upper(): name for name in TRANSITIONS})  # type: ignore[misc]
IntroductionStateEnum = strawberry.enum(
    IntroductionState,
    name="IntroductionState",
    description="DRAFTED, ASKED, ACCEPTED or DECLINED, INTRODUCED, MET, in this order; an accepted or made one can "
    "still be declined.",
)


@strawberry.type(description="A state that an introduction took.")
class IntroductionStep:
    """A step."""

    state: IntroductionState
    on: DateText
    author: str
    note: str | None


@strawberry.type(description="A request for an introduction along a path.")
class Introduction:
    """An introduction."""

    id: strawberry.ID
    state: IntroductionState
    people: list[Person] = strawberry.field(
        description="From one of ours over connectors to the one to meet."
    )
    probability: float = strawberry.field(description="The path's score when it was drafted.")
    kinds: list[str] = strawberry.field(
        description="Kinds of evidence that the last connector knows the one to meet."
    )
    draft: str
    unknown_to_each_other: bool = strawberry.field(
        description="Declined because the two do not know each other."
    )
    history: list[IntroductionStep]


def introduction_of(
    view: IntroductionView, people: dict[str, PersonView], *, alliances: bool
) -> Introduction:
    """From what is read back. Without `alliances` neither kinds nor draft tell of a declared one."""
    allied = any(_ALLIANCE in tie.kinds for tie in view.ties)
    return Introduction(
        id=strawberry.ID(view.id),
        state=IntroductionState(view.state),
        people=[
            Person.of(people.get(each) or PersonView(each, "Unnamed person", None, None, False))
            for each in view.path
        ],
        probability=view.probability,
        kinds=[kind for kind in view.ties[-1].kinds if alliances or kind != _ALLIANCE] if view.ties else [],
        draft=view.draft if alliances or not allied else _NOT_SHOWN,
        unknown_to_each_other=view.unknown_to_each_other,
        history=[
            IntroductionStep(
                state=IntroductionState(step.state),
                on=DateText(step.on),
                author=step.author,
                note=step.note or None,
            )
            for step in view.steps
        ],
    )


def introductions_in(room: Room, *, alliances: bool) -> list[Introduction]:
    """Those of an opportunity, the newest first; none along somebody who objected."""
    known = [
        one
        for one in room.facts.introductions
        if not any(room.people[each].objected for each in one.path if each in room.people)
    ]
    newest = sorted(known, key=lambda one: (one.drafted_on, one.id), reverse=True)
    return [introduction_of(one, room.people, alliances=alliances) for one in newest]
