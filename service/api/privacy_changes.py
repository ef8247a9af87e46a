"""Mutations of respect: suppression, erasure, objection, notices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

import strawberry

from graph.model.identities import Identity
from graph.privacy import duties, suppression
from graph.privacy.objection import record_objection, withdraw_objection
from graph.records.people import people_by_ids
from graph.ties import derive
from importers.erasing import erase_person
from service.api.changes import past_date_of
from service.api.context import Info
from service.api.guard import Guarded
from service.api.people import Person
from service.api.values import DateText, InputError, InputErrorCode, InputProblem

__all__ = ["PrivacyMutations"]

MOST_PEOPLE = 1_000
_MOST_PLACES = 20


@strawberry.input(description="People who must not be stored, by e-mail address or LinkedIn profile.")
class SuppressInput:
    """Whom to suppress."""

    people: list[str] = strawberry.field(description="Up to 1 000 e-mail addresses and profile addresses.")
    erase_stored: bool = strawberry.field(
        default=False,
        description="Those of them who are stored are erased. Without it the mutation fails where there are any.",
    )


@strawberry.input(description="A person to be erased for good.")
class ErasePersonInput:
    """Whom to erase."""

    person_id: strawberry.ID
    confirm: bool = strawberry.field(description="Must be true: nobody can undo this.")


@strawberry.type(description="What an erasure took away; who it was is not kept.")
class Erasure:
    """An erasure."""

    id: strawberry.ID
    records: int = strawberry.field(description="Rows of sources about them, notes included.")
    mentions: int = strawberry.field(description="Rows about others that named them.")
    notes: int
    introductions: int


@strawberry.type(description="Answer to a change of the list of people who must not be stored.")
class SuppressPayload:
    """How many."""

    suppressed: int = strawberry.field(default=0, description="How many of the given are on the list now.")
    erased: int = strawberry.field(
        default=0, description="How many of them were stored, and are not any more."
    )
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="Answer to taking people off the list.")
class LiftSuppressionPayload:
    """How many."""

    lifted: int = 0
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="Answer to an erasure.")
class ErasePersonPayload:
    """What was done."""

    erasure: Erasure | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The person as it stands now.")
class ObjectionPayload:
    """Answer to an objection."""

    person: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="Who is known to have been told.")
class NoticePayload:
    """Answer to a notice."""

    people: list[Person] = strawberry.field(default_factory=list)
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class PrivacyMutations:
    """Changes that people may demand."""

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Put people on the list of those who must not be stored: no import and no mutation brings them "
        "in. Only keyed fingerprints are kept.",
    )
    async def suppress(self, info: Info, input: SuppressInput) -> SuppressPayload:  # noqa: A002
        """Suppress people."""
        try:
            identities = _identities(input.people)
            stored = await suppression.stored_people(info.context.engine, identities)
            ids = sorted(set(stored.values()))
            if ids and not input.erase_stored:
                raise InputProblem(
                    InputErrorCode.CONFLICT,
                    f"{len(ids)} of them {'is' if len(ids) == 1 else 'are'} stored ({_places(identities, stored)}): "
                    "eraseStored: true erases them, for good.",
                    "eraseStored",
                )
        except InputProblem as problem:
            return SuppressPayload(errors=[problem.error])
        await suppression.suppress(info.context.engine, identities)
        for person in ids:
            await _erase(info, person, ties=False)
        if ids:
            await derive(info.context.engine)
        return SuppressPayload(suppressed=len({one.key for one in identities}), erased=len(ids))

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take people off the list of those who must not be stored, because they want to be.",
    )
    async def lift_suppression(self, info: Info, people: list[str]) -> LiftSuppressionPayload:
        """Let people in again."""
        try:
            identities = _identities(people)
        except InputProblem as problem:
            return LiftSuppressionPayload(errors=[problem.error])
        return LiftSuppressionPayload(lifted=await suppression.lift(info.context.engine, identities))

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Erase a person for good: all that is stored of them and every mention; nothing brings them back.",
    )
    async def erase_person(self, info: Info, input: ErasePersonInput) -> ErasePersonPayload:  # noqa: A002
        """Erase a person."""
        if not input.confirm:
            message = "This cannot be undone: send confirm: true."
            return ErasePersonPayload(
                errors=[InputError.of(InputErrorCode.REQUIRED, message, "input.confirm")]
            )
        erasure = await _erase(info, str(input.person_id), ties=True)
        if erasure is None:
            return ErasePersonPayload(errors=[_nobody("input.personId")])
        return ErasePersonPayload(erasure=erasure)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="A person does not want to be approached: at once they are in no path, no advice and no list. "
        "What is known of them stays until they ask for erasure.",
    )
    async def record_objection(
        self, info: Info, person_id: strawberry.ID, on: DateText | None = None
    ) -> ObjectionPayload:
        """Note an objection."""
        try:
            day = _day(on)
        except InputProblem as problem:
            return ObjectionPayload(errors=[problem.error])
        return await _objection(info, person_id, await record_objection(info.context.engine, person_id, day))

    @strawberry.mutation(extensions=[Guarded()], description="A person may be approached again.")
    async def withdraw_objection(self, info: Info, person_id: strawberry.ID) -> ObjectionPayload:
        """Note that an objection was withdrawn."""
        return await _objection(info, person_id, await withdraw_objection(info.context.engine, person_id))

    @strawberry.mutation(
        extensions=[Guarded()], description="These people were told that they are stored, and why."
    )
    async def record_notice(
        self, info: Info, person_ids: list[strawberry.ID], on: DateText | None = None
    ) -> NoticePayload:
        """Note that people were told."""
        try:
            if not person_ids:
                raise _nobody_given("personIds")
            if len(person_ids) > MOST_PEOPLE:
                raise _too_many("personIds")
            day = _day(on)
        except InputProblem as problem:
            return NoticePayload(errors=[problem.error])
        engine = info.context.engine
        found = set(await duties.record_notice(engine, [str(one) for one in person_ids], day))
        info.context.forget()
        views = await people_by_ids(engine, sorted(found))
        return NoticePayload(
            people=[Person.of(views[one]) for one in dict.fromkeys(map(str, person_ids)) if one in views],
            errors=[_nobody(f"personIds.{at}") for at, one in enumerate(person_ids) if one not in found],
        )


def _places(identities: Sequence[Identity], stored: Collection[str]) -> str:
    found = [f"people.{place}" for place, one in enumerate(identities) if one.key in stored]
    more = f" and {len(found) - _MOST_PLACES} more" if len(found) > _MOST_PLACES else ""
    return ", ".join(found[:_MOST_PLACES]) + more


def _identities(people: Sequence[str]) -> list[Identity]:
    if not people:
        raise _nobody_given("people")
    if len(people) > MOST_PEOPLE:
        raise _too_many("people")
    try:
        return [suppression.exact_identity(text, place) for place, text in enumerate(people)]
    except suppression.NotExact as wrong:
        raise InputProblem(
            InputErrorCode.INVALID,
            "Give an e-mail address or a public profile: https://www.linkedin.com/in/…",
            f"people.{wrong.place}",
        ) from None


def _too_many(field: str) -> InputProblem:
    return InputProblem(InputErrorCode.LIMIT_EXCEEDED, f"Give up to {MOST_PEOPLE} at a time.", field)


def _nobody_given(field: str) -> InputProblem:
    return InputProblem(InputErrorCode.REQUIRED, f"Give at least one person, and up to {MOST_PEOPLE}.", field)


def _nobody(field: str) -> InputError:
    return InputError.of(InputErrorCode.NOT_FOUND, "There is no person with this id.", field)


def _day(on: DateText | None) -> date:
    told = past_date_of(on, "on")
    if told is None:
        return datetime.now(UTC).date()
    if told.month is None or told.day is None:
        raise InputProblem(InputErrorCode.INVALID, "Give a whole day, such as 2026-03-14.", "on")
    return date(told.year, told.month, told.day)


async def _erase(info: Info, person_id: str, *, ties: bool) -> Erasure | None:
    context = info.context
    erased = await erase_person(
        context.engine,
        person_id,
        spool_dir=context.backend.spool_dir,
        by=context.known_caller.key_id,
        ties=ties,
    )
    context.forget()
    if erased is None:
        return None
    return Erasure(
        id=strawberry.ID(erased.id),
        records=erased.records,
        mentions=erased.mentions,
        notes=erased.notes,
        introductions=erased.introductions,
    )


async def _objection(info: Info, person_id: str, known: bool) -> ObjectionPayload:
    info.context.forget()
    view = (await people_by_ids(info.context.engine, [person_id])).get(person_id) if known else None
    return (
        ObjectionPayload(person=Person.of(view)) if view else ObjectionPayload(errors=[_nobody("personId")])
    )
