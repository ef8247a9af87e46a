"""Mutations of who is one person, and of imports taken back."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

import strawberry

from graph.engine.connection import Engine
from graph.records.merging import Contradicting, KeptApart, NoSuchPerson, keep_apart, merge_people
from graph.records.people import people_by_ids
from graph.records.replies import Ticket
from graph.records.splitting import split_person
from importers.journal import read_run
from importers.undoing import CannotUndo, NoSuchRun, undo_import
from service.api.changes import changed, text_of
from service.api.context import Info
from service.api.entity_changes import KEY_DESCRIPTION
from service.api.guard import Guarded
from service.api.imports import ImportRun
from service.api.people import Person
from service.api.values import InputError, InputErrorCode, InputProblem
from service.security.keys import name_of_key
from service.web.failures import log_bug

__all__ = ["HistoryMutations"]

# How long an answer waits for an undo; a longer one goes on after it.
WAITS_SECONDS = 5.0
_undoing: set[asyncio.Task[None]] = set()


@strawberry.input(description="Two people who are one.")
class MergePeopleInput:
    """Who stays, and who becomes them."""

    kept_id: strawberry.ID = strawberry.field(description="Whose id stays.")
    other_id: strawberry.ID = strawberry.field(
        description="Who becomes the one kept; this id keeps answering."
    )
    reason: str | None = None
    force: bool = strawberry.field(
        default=False,
        description="Although they have different exact identities of one kind (two LinkedIn pages), or were kept "
        "apart.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(
    description="A person who is two. Who leaves is told by `formerId`, by `identities`, or by `records`; without any "
    "of them, the newest merge is taken back."
)
class SplitPersonInput:
    """Who is two, and what belongs to the other one."""

    person_id: strawberry.ID
    former_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id that the one who leaves had before they were merged or joined."
    )
    identities: list[str] | None = strawberry.field(
        default=None, description="Identities that leave: `email:anna@example.org`, `linkedin:anna`."
    )
    records: list[str] | None = strawberry.field(
        default=None, description="Keys of source records that leave."
    )
    reason: str | None = None
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="Two people who are not one, however alike they look.")
class KeepApartInput:
    """Whom no import and no matching joins."""

    a_id: strawberry.ID
    b_id: strawberry.ID
    reason: str | None = None
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="An import to be taken back.")
class UndoImportInput:
    """Which run."""

    run_id: strawberry.ID
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.type(description="The one person that both are now.")
class MergePeoplePayload:
    """Answer to a merge."""

    person: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The two people, kept apart for good.")
class TwoPeoplePayload:
    """Answer to a split, or to keeping two apart."""

    a: Person | None = strawberry.field(default=None, description="Who kept the id, or the first one named.")
    b: Person | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type(description="The import, with what was taken back.")
class UndoImportPayload:
    """Answer to an undo."""

    run: ImportRun | None = None
    errors: list[InputError] = strawberry.field(default_factory=list)


@strawberry.type
class HistoryMutations:
    """Decisions about who is who, and about what was imported."""

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Let one person become another: facts, ties, records, introductions. `splitPerson` takes it back.",
    )
    async def merge_people(self, info: Info, input: MergePeopleInput) -> MergePeoplePayload:  # noqa: A002
        """Merge two people."""

        async def work(ticket: Ticket | None) -> str:
            decision = await merge_people(
                info.context.engine,
                input.kept_id,
                input.other_id,
                **_decided(info, input.reason),
                force=input.force,
                ticket=ticket,
            )
            return decision.kept

        try:
            kept = await _changed(info, "mergePeople", input, work)
        except InputProblem as problem:
            return MergePeoplePayload(errors=[problem.error])
        (person,) = await _people(info, kept)
        return MergePeoplePayload(person=person)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Part a person in two, each with their own id, kept apart for good.",
    )
    async def split_person(self, info: Info, input: SplitPersonInput) -> TwoPeoplePayload:  # noqa: A002
        """Split a person."""

        async def work(ticket: Ticket | None) -> str:
            split = await split_person(
                info.context.engine,
                input.person_id,
                **_decided(info, input.reason),
                former_id=input.former_id,
                identities=[f"person:{each}" for each in input.identities or ()],
                records=input.records or (),
                ticket=ticket,
            )
            return f"{split.kept}|{split.other}"

        return await _two(info, "splitPerson", input, work)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Keep two people apart for good: no import and no matching joins them.",
    )
    async def keep_apart(self, info: Info, input: KeepApartInput) -> TwoPeoplePayload:  # noqa: A002
        """Keep two people apart."""

        async def work(ticket: Ticket | None) -> str:
            await keep_apart(
                info.context.engine,
                input.a_id,
                input.b_id,
                **_decided(info, input.reason),
                ticket=ticket,
            )
            return f"{input.a_id}|{input.b_id}"

        return await _two(info, "keepApart", input, work, ties=False)

    @strawberry.mutation(
        extensions=[Guarded()],
        description="Take an import back: what only it stated is gone, all else is as if it had never run. A large one "
        "takes minutes and goes on when the caller leaves: look at its state.",
    )
    async def undo_import(self, info: Info, input: UndoImportInput) -> UndoImportPayload:  # noqa: A002
        """Undo an import."""

        async def work(ticket: Ticket | None) -> str:
            await _undo(info.context.engine, input.run_id, info.context.known_caller.key_id, ticket)
            return str(input.run_id)

        try:
            run_id = await _changed(info, "undoImport", input, work, ties=False)
        except InputProblem as problem:
            return UndoImportPayload(errors=[problem.error])
        run = await read_run(info.context.engine, run_id)
        return UndoImportPayload(run=ImportRun.of(run) if run else None)


async def _undo(engine: Engine, run_id: str, by: str, ticket: Ticket | None) -> None:
    """Begin to take a run back, and see it through as far as an answer may wait for it."""

    async def work() -> None:
        try:
            await undo_import(engine, run_id, by=by)
        except CannotUndo:
            raise
        except Exception as error:
            # Nobody may be waiting any more; what is left is taken up again.
            log_bug(error)

    # A context of its own: the request's deadline ends the answer, not the work.
    task = asyncio.create_task(work(), context=contextvars.Context())
    _undoing.add(task)
    task.add_done_callback(_undoing.discard)
    done, _ = await asyncio.wait({task}, timeout=WAITS_SECONDS)
    for one in done:
        one.result()
    if ticket is not None:
        await engine.transact(lambda tx: ticket.store(tx, run_id))


async def _changed(
    info: Info,
    mutation: str,
    asked: Any,
    work: Callable[[Ticket | None], Awaitable[str]],
    *,
    ties: bool = True,
) -> str:
    """As `changed`, with what only these mutations refuse."""

    async def attempt(ticket: Ticket | None) -> str:
        try:
            return await work(ticket)
        except NoSuchPerson as error:
            raise InputProblem(InputErrorCode.NOT_FOUND, str(error), error.field) from None
        except KeptApart as error:
            name = await name_of_key(info.context.engine, error.decision.by)
            said = error.told_of(f'The key "{name}"') if name else str(error)
            raise InputProblem(InputErrorCode.CONFLICT, said, error.field) from None
        except Contradicting as error:
            raise InputProblem(InputErrorCode.CONFLICT, str(error), error.field) from None
        except NoSuchRun as error:
            raise InputProblem(InputErrorCode.NOT_FOUND, str(error), "runId") from None
        except CannotUndo as error:
            raise InputProblem(InputErrorCode.CONFLICT, str(error), "runId") from None

    return await changed(info, mutation, asked, attempt, ties=ties)


async def _two(
    info: Info,
    mutation: str,
    asked: Any,
    work: Callable[[Ticket | None], Awaitable[str]],
    *,
    ties: bool = True,
) -> TwoPeoplePayload:
    try:
        ids = await _changed(info, mutation, asked, work, ties=ties)
    except InputProblem as problem:
        return TwoPeoplePayload(errors=[problem.error])
    a, b = await _people(info, *ids.split("|"))
    return TwoPeoplePayload(a=a, b=b)


async def _people(info: Info, *ids: str) -> list[Person | None]:
    found = await people_by_ids(info.context.engine, ids)
    return [Person.of(found[each]) if each in found else None for each in ids]


def _decided(info: Info, reason: str | None) -> dict[str, Any]:
    """Who decides, and why, as decisions remember it."""
    words = text_of(reason, "reason")
    return {"by": info.context.known_caller.key_id, "reasons": (words,) if words else ()}
