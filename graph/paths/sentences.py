"""A path in words: why it should work, and a drafted request for the introduction. Pure.

Nothing is said that the evidence does not say: each step quotes its strongest evidence, and a weak tie is
worded as the guess it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.paths.answer import PathTie
from graph.paths.reading import PathPerson
from graph.ties import (
    Connection,
    DeclaredAlliance,
    Endorsement,
    Evidence,
    Interactions,
    Recommendation,
    ReportingLine,
    SharedCommunity,
    SharedEmployment,
    SharedProject,
    SharedSchool,
)
from graph.ties.evidence import unit_name

__all__ = ["draft_of", "weakest_of", "why_of"]

# Below the first a tie is a guess, from the second on it is a safe bet; in between "probably".
GUESS_BELOW, SURE_FROM = 0.3, 0.6


def weakest_of(ties: Sequence[PathTie]) -> PathTie:
    """The tie with the least probability; of equal ones the first on the way."""
    return min(ties, key=lambda tie: tie.probability)


def why_of(people: Sequence[PathPerson], ties: Sequence[PathTie]) -> str:
    """Why the path should work, as one would say it to a colleague."""
    steps = [
        _step(a, b, tie, b is people[-1]) for a, b, tie in zip(people[:-1], people[1:], ties, strict=True)
    ]
    said = steps[0] if len(steps) == 1 else f"{', '.join(steps[:-1])}, and {steps[-1]}"
    weakest = weakest_of(ties)
    if len(ties) == 1 or weakest.probability >= GUESS_BELOW:
        return f"{said}."
    names = {person.id: person.name for person in people}
    return f"{said}. Least sure: whether {names[weakest.a]} and {names[weakest.b]} know each other."


def draft_of(people: Sequence[PathPerson], ties: Sequence[PathTie]) -> str:
    """A plain-text request to the first connector, or a short note to the target of a direct path.

    Names the shared history, asks permission and offers a way out.
    """
    sender, reader, target = people[0], people[1], people[-1]
    opening = [f"Hello {reader.name},", "", _history(ties[0])]
    if len(people) == 2:
        request = (
            "I would like to ask you something about your work. May I write to you about it, or call you for "
            "a quarter of an hour?"
        )
        way_out = (
            "If this does not suit you, or somebody else is the right person, just say so: that is fine."
        )
        return "\n".join([*opening, request, way_out, "", "Kind regards,", sender.name])
    if len(people) == 3:
        purpose = f"I would like to get to know {_introduced(target)}. {_belief(target, ties[1])}"
        request = "May I ask you to introduce us? I will gladly send a few lines that you can forward."
    else:
        following = people[2]
        purpose = (
            f"I am looking for a way to {_introduced(target)}, and {following.name} may be a step on it. "
            f"{_belief(following, ties[1])}"
        )
        request = (
            f"May I ask you to introduce me to {following.name}? I would then ask them myself about the next "
            "step, and will gladly send a few lines that you can forward."
        )
    way_out = "If you do not know each other well, or would rather not, just say so: that is fine."
    return "\n".join([*opening, purpose, request, way_out, "", "Kind regards,", sender.name])


def _step(a: PathPerson, b: PathPerson, tie: PathTie, last: bool) -> str:
    name = _introduced(b) if last else b.name
    reasons = _strongest(tie)
    if not reasons:
        return f"{a.name} {_knows(tie)} {name}"
    said = _said(a, name, reasons[0]) if tie.probability >= GUESS_BELOW else None
    if said is None:
        return f"{a.name} {_knows(tie)} {name} ({_quoted(reasons)})"
    return f"{said} ({_quoted(reasons[1:])})" if len(reasons) > 1 else said


def _said(a: PathPerson, b: str, reason: Evidence) -> str | None:
    """A reason as one would say it of a and b; None where the evidence does not carry a plain statement."""
    match reason:
        case SharedEmployment(company=company, department=department):
            where = (
                f"in {_whose(company)} {unit_name(department, 'department')}"
                if department
                else f"at {company}"
            )
            return f"{a.name} worked with {b} {where} for {_months(reason.months)}"
        case SharedProject(place=place):
            return f"{a.name} worked with {b} on {place} for {_months(reason.months)}"
        case SharedSchool(place=place):
            return f"{a.name} studied with {b} at {place} for {_months(reason.months)}"
        case SharedCommunity(place=place):
            return f"{a.name} was in {place} together with {b} for {_months(reason.months)}"
        case ReportingLine(from_id=reporting):
            return f"{a.name} reports to {b}" if reporting == a.id else f"{b} reports to {a.name}"
        case Recommendation(from_id=author):
            ours, theirs = f"{a.name} recommended {b} in public", f"{b} recommended {a.name} in public"
            return ours if author == a.id else theirs
        case Endorsement(from_id=author):
            return f"{a.name} endorsed {b}" if author == a.id else f"{b} endorsed {a.name}"
        case Connection(observed_on=since):
            return (
                f"{a.name} has been connected to {b} since {since}"
                if since
                else f"{a.name} is connected to {b}"
            )
        case Interactions(sent=sent, received=received) if sent and received:
            return f"{a.name} and {b} write to each other ({reason.text})"
        case DeclaredAlliance(alliance=alliance):
            return f"{a.name} and {b} are declared allies ({alliance})"
        case _:
            return None


def _whose(name: str) -> str:
    return f"{name}'" if name.endswith(("s", "S")) else f"{name}'s"


def _months(months: int) -> str:
    return "one month" if months == 1 else f"{months} months"


def _knows(tie: PathTie) -> str:
    if tie.probability < GUESS_BELOW:
        return "may know"
    return "knows" if tie.probability >= SURE_FROM else "probably knows"


def _history(tie: PathTie) -> str:
    reasons = _strongest(tie)
    if not reasons:
        return "We may have met before."
    if tie.probability < GUESS_BELOW:
        return f"You may not remember me, but we have something in common: {_quoted(reasons)}."
    return f"What links us: {_quoted(reasons)}."


def _belief(person: PathPerson, tie: PathTie) -> str:
    reasons = _strongest(tie)
    on_what = f" ({_quoted(reasons)})" if reasons else ""
    if tie.probability < GUESS_BELOW:
        return f"You may know {person.name}{on_what}; I am not sure."
    sure = "I understand that you know" if tie.probability >= SURE_FROM else "I think that you know"
    return f"{sure} {person.name}{on_what}."


def _introduced(person: PathPerson) -> str:
    return f"{person.name} ({person.headline})" if person.headline else person.name


def _strongest(tie: PathTie) -> list[Evidence]:
    """The evidence that carries the tie, strongest first: a second one only if it carries a third as much."""
    counted = sorted(
        (one for one in tie.explanation.evidence if one.counted), key=lambda one: -one.probability
    )
    return [one for one in counted[:2] if 3 * one.probability >= counted[0].probability]


def _quoted(reasons: Sequence[Evidence]) -> str:
    return "; ".join(one.text.rstrip(". ") for one in reasons)
