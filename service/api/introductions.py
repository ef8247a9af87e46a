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


def introduction_of(view: IntroductionView, people: dict[str, PersonView]) -> Introduction:
    """From what is read back."""
    return Introduction(
        id=strawberry.ID(view.id),
        state=IntroductionState(view.state),
        people=[
            Person.of(people.get(each) or PersonView(each, "Unnamed person", None, None, False))
            for each in view.path
        ],
        probability=view.probability,
        kinds=list(view.ties[-1].kinds) if view.ties else [],
        draft=view.draft,
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


def introductions_in(room: Room) -> list[Introduction]:
    """Those of an opportunity, the newest first."""
    newest = sorted(room.facts.introductions, key=lambda one: (one.drafted_on, one.id), reverse=True)
    return [introduction_of(one, room.people) for one in newest]
