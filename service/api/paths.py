"""Warm paths: who of ours can get an introduction, through whom, and why it should work."""

from __future__ import annotations

from typing import Any, TypeVar

import strawberry

from graph.paths.answer import NoPath as NoPathFound
from graph.paths.answer import PathAnswer, PathTie
from graph.paths.answer import WarmPath as PathFound
from graph.paths.answering import warm_paths
from graph.paths.question import CompanyTarget, InvalidQuestion, OpportunityTarget, PathQuestion, PersonTarget
from graph.paths.reading import PathPerson
from service.api.context import Info
from service.api.guard import Guarded
from service.api.people import Person
from service.api.ties import Tie
from service.api.values import (
    InputError,
    InputErrorCode,
    InputProblem,
    Seniority,
    Verification,
    level,
    verification,
)
from service.audit.noting import note_people
from service.security.permissions import STANCES_READ, require

__all__ = ["PathQueries", "WarmPathsInput", "WarmPathsResult"]

N = TypeVar("N", int, float)


@strawberry.input(
    description="Those who decide at a company: current employees, narrowed by what is given. With neither "
    "seniority nor titles: heads and above."
)
class CompanyTargetInput:
    """Decision-makers of a company."""

    id: strawberry.ID
    min_seniority: Seniority | None = strawberry.field(
        default=None, description="The least senior that counts."
    )
    titles: list[str] | None = strawberry.field(
        default=None, description="Words of which one must stand in the title."
    )
    departments: list[str] | None = None
    include_subsidiaries: bool = strawberry.field(
        default=False, description="Those of the companies that belong to it count, too."
    )


@strawberry.input(description="Exactly one of the three.")
class PathTargetInput:
    """Where a path should lead."""

    person_id: strawberry.ID | None = None
    company: CompanyTargetInput | None = None
    opportunity_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Those who decide in an opportunity; never through somebody hostile there. Needs the right to "
        "read stances.",
    )


@strawberry.input(description="A question for warm paths.")
class WarmPathsInput:
    """The question."""

    target: PathTargetInput
    from_: list[strawberry.ID] | None = strawberry.field(
        name="from", default=None, description="Team members to start from; all of them when left out."
    )
    max_connectors: int | None = strawberry.field(default=2, description="0 to 3.")
    first: int | None = strawberry.field(default=5, description="Up to 25.")
    min_score: float | None = strawberry.field(default=0.05, description="0 to 1.")
    verification: Verification | None = strawberry.field(
        default=Verification.INFERRED, description="The weakest allowed for each tie."
    )
    avoid: list[strawberry.ID] | None = strawberry.field(
        default=None, description="People who must not start or connect a path."
    )
    max_per_connector: int | None = strawberry.field(
        default=None, description="At most so many paths through one connector."
    )


@strawberry.type(description="Team member, connectors, target. The score is the product of the ties.")
class WarmPath:
    """One path."""

    score: float
    team_member: Person
    connectors: list[Person]
    target: Person
    people: list[Person]
    ties: list[Tie] = strawberry.field(description="In order from the team member to the target.")
    weakest_tie: Tie
    why: str = strawberry.field(description="Why it should work, as one would say it.")
    draft: str = strawberry.field(description="A request for the introduction, to edit and send.")


@strawberry.type(description="Somebody who would close the gap.")
class Closest:
    """A missing piece."""

    person: Person
    text: str


@strawberry.type(description="Why there is no path, and what is nearest to one.")
class NoPath:
    """No path is an answer."""

    code: str = strawberry.field(description="A fixed word for the reason, such as `no_team`.")
    message: str
    score: float | None = strawberry.field(
        description="Of the path that would be there if what the message names were allowed."
    )
    closest: list[Closest]


@strawberry.type(description="Paths, best first; or why there is none.")
class WarmPathsResult:
    """The answer."""

    paths: list[WarmPath] = strawberry.field(default_factory=list)
    no_path: NoPath | None = None
    truncated: bool = strawberry.field(
        default=False, description="A limit stopped the search: better paths may be missing."
    )
    notes: list[str] = strawberry.field(default_factory=list)
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class PathQueries:
    """The query for warm paths."""

    @strawberry.field(
        extensions=[Guarded()],
        description="The best paths from our team members to a person, or to those who decide at a company or in an "
        "opportunity.",
    )
    async def warm_paths(self, info: Info, input: WarmPathsInput) -> WarmPathsResult:  # noqa: A002
        """Search."""
        try:
            question = _question(input)
        except InputProblem as problem:
            return WarmPathsResult(errors=[problem.error])
        if input.target.opportunity_id is not None:
            # Whom the paths avoid tells what is thought of them.
            require(info.context.caller, STANCES_READ)
        # Also where no path leads to them.
        note_people([each for each in [input.target.person_id] if each])
        answer = await warm_paths(
            info.context.engine, question, info.context.viewer, alliances=info.context.alliances
        )
        return await _result(info, answer, input)


def _question(asked: WarmPathsInput) -> PathQuestion:
    target = asked.target
    if sum(one is not None for one in (target.person_id, target.company, target.opportunity_id)) != 1:
        message = "Give exactly one of personId, company and opportunityId."
        raise InputProblem(InputErrorCode.INVALID, message, "target")
    try:
        return PathQuestion(
            target=_target(target),
            from_ids=tuple(asked.from_) if asked.from_ is not None else None,
            max_connectors=_or(asked.max_connectors, 2),
            first=_or(asked.first, 5),
            min_score=_or(asked.min_score, 0.05),
            verification=level(asked.verification or Verification.INFERRED),
            avoid=tuple(asked.avoid or ()),
            max_per_connector=asked.max_per_connector,
        )
    except InvalidQuestion as error:
        code = _code(error.field, asked)
        where = {
            "target": _id_field(target),
            "titles": "target.company.titles",
            "departments": "target.company.departments",
        }.get(error.field, error.field)
        raise InputProblem(code, f"{error}.", where) from None


def _or(value: N | None, default: N) -> N:
    """An explicit null asks for the default, too."""
    return default if value is None else value


def _code(field: str, asked: WarmPathsInput) -> InputErrorCode:
    """Too much of something is over a limit; the rest does not make sense."""
    sizes: dict[str, Any] = {
        "first": asked.first,
        "maxConnectors": asked.max_connectors,
        "from": len(asked.from_ or ()),
        "avoid": len(asked.avoid or ()),
    }
    return InputErrorCode.LIMIT_EXCEEDED if (sizes.get(field) or 0) > 0 else InputErrorCode.INVALID


def _id_field(target: PathTargetInput) -> str:
    if target.person_id is not None:
        return "target.personId"
    return "target.company.id" if target.company is not None else "target.opportunityId"


def _target(target: PathTargetInput) -> PersonTarget | CompanyTarget | OpportunityTarget:
    if target.company is not None:
        return _company(target.company)
    if target.person_id is not None:
        return PersonTarget(str(target.person_id))
    return OpportunityTarget(str(target.opportunity_id))


def _company(asked: CompanyTargetInput) -> CompanyTarget:
    return CompanyTarget(
        id=str(asked.id),
        min_seniority=asked.min_seniority.value if asked.min_seniority else None,
        titles=tuple(asked.titles or ()),
        departments=tuple(asked.departments or ()),
        subsidiaries=asked.include_subsidiaries,
    )


async def _result(info: Info, answer: PathAnswer, asked: WarmPathsInput) -> WarmPathsResult:
    closest = {each.person_id for each in (answer.no_path.closest if answer.no_path else ())}
    people = await _people(info, sorted(closest)) if closest else {}
    errors = []
    if answer.no_path is not None and answer.no_path.reason == "unknown_target":
        errors.append(InputError.of(InputErrorCode.NOT_FOUND, answer.no_path.text, _id_field(asked.target)))
    return WarmPathsResult(
        paths=[_path(path) for path in answer.paths],
        no_path=_no_path(answer.no_path, people) if answer.no_path else None,
        truncated=answer.truncated,
        notes=list(answer.notes),
        errors=errors,
    )


async def _people(info: Info, ids: list[str]) -> dict[str, Person]:
    views = await info.context.load.people.load_many(ids)
    return {view.id: Person.of(view) for view in views if view is not None}


def _path(path: PathFound) -> WarmPath:
    along = [_person(person) for person in path.people]
    known: dict[str, Person] = {person.id: person for person in along}
    ties = {id(tie): _tie(tie, known) for tie in path.ties}
    return WarmPath(
        score=path.score,
        team_member=along[0],
        connectors=along[1:-1],
        target=along[-1],
        people=along,
        ties=list(ties.values()),
        weakest_tie=ties[id(path.weakest)],
        why=path.why,
        draft=path.draft,
    )


def _person(person: PathPerson) -> Person:
    return Person(
        id=strawberry.ID(person.id),
        name=person.name,
        headline=person.headline,
        location=person.location,
        is_team_member=person.team_member,
    )


def _tie(tie: PathTie, people: dict[str, Person]) -> Tie:
    return Tie(
        a=people[tie.a],
        b=people[tie.b],
        probability=tie.probability,
        verification=verification(tie.verification),
        stored_last=tie.last_evidence,
        explanation=tie.explanation,
    )


def _no_path(found: NoPathFound, people: dict[str, Person]) -> NoPath:
    return NoPath(
        code=found.reason,
        message=found.text,
        score=found.score,
        closest=[
            Closest(person=people[each.person_id], text=each.text)
            for each in found.closest
            if each.person_id in people
        ],
    )
