"""The audit: who looked at, exported or changed whom."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import strawberry

from graph.engine.connection import Engine
from graph.privacy import audit
from graph.privacy.audit import CHANGED, DONE, EXPORTED, FAILED, REFUSED, SHOWN, events_about, events_by
from service.api.context import Info
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Person
from service.audit.actors import NoSuchActor, actor_meant, names_of_keys
from service.errors import ErrorCode, ServiceError
from service.security.keys import KeyRefused

__all__ = ["AuditQueries"]

AuditKind = Enum("AuditKind", {name.upper(): name for name in (SHOWN, EXPORTED, CHANGED)})  # type: ignore[misc]
AuditKindEnum = strawberry.enum(
    AuditKind, name="AuditKind", description="What was done with people: SHOWN, EXPORTED or CHANGED."
)
AuditOutcome = Enum("AuditOutcome", {name.upper(): name for name in (DONE, REFUSED, FAILED)})  # type: ignore[misc]
AuditOutcomeEnum = strawberry.enum(
    AuditOutcome,
    name="AuditOutcome",
    description="REFUSED: a right was missing. FAILED: something went wrong.",
)


@strawberry.type(
    description="One request that concerned people. Holds nothing of what was asked or answered."
)
class AuditEvent:
    """An event of the audit."""

    id: strawberry.ID
    at: str = strawberry.field(description="When, ISO 8601 in UTC.")
    by: strawberry.ID = strawberry.field(description="The id of the API key, or `command line`.")
    key_name: str | None = strawberry.field(description="What the key is called; null for the command line.")
    role: str = strawberry.field(description="What the key was for, at the time.")
    kind: AuditKind
    outcome: AuditOutcome
    actions: list[str] = strawberry.field(
        description="The operations, such as `Query.person` or `POST /imports`."
    )
    people_count: int = strawberry.field(
        description="How many people it concerned, those erased since included."
    )
    request_id: str
    run_id: strawberry.ID | None = strawberry.field(description="The import it is about.")
    named: strawberry.Private[tuple[str, ...]]

    @classmethod
    def of(cls, event: audit.AuditEvent, keys: Mapping[str, str]) -> AuditEvent:
        """From what is read back; `keys`: names by id."""
        return cls(
            id=strawberry.ID(event.id),
            at=event.at,
            by=strawberry.ID(event.actor),
            key_name=keys.get(event.actor),
            role=event.role,
            kind=AuditKind(event.kind),
            outcome=AuditOutcome(event.outcome),
            actions=list(event.actions),
            people_count=event.concerned,
            request_id=event.request_id,
            run_id=strawberry.ID(event.run) if event.run else None,
            named=event.people,
        )

    @strawberry.field(description="Whom it concerned, as far as they are still known.")
    async def people(self, info: Info) -> list[Person]:
        """The people."""
        views = await info.context.load.people.load_many(self.named)
        return [Person.of(view) for view in views if view is not None]


@strawberry.type
class AuditQueries:
    """The query for the audit."""

    @strawberry.field(
        extensions=[Guarded()],
        description="Who looked at, exported or changed a person (`personId`), or what one key did (`by`: its "
        "id, prefix or name, or `command line`; NOT_FOUND where there is none), newest first.",
    )
    async def audit(
        self,
        info: Info,
        person_id: strawberry.ID | None = None,
        by: strawberry.ID | None = None,
        first: int | None = 20,
        after: str | None = None,
    ) -> Connection[AuditEvent]:
        """A page of events."""
        if (person_id is None) == (by is None):
            raise ServiceError(ErrorCode.BAD_REQUEST, "Give either personId or by.")
        size = page_size(first)
        position = decode_cursor(after, str)
        before = position[0] if position else None
        engine = info.context.engine
        actor = None if by is None else await _actor(engine, by)
        if actor is not None:
            found = await events_by(engine, actor, before=before, limit=size + 1)
        else:
            found = await events_about(engine, str(person_id), before=before, limit=size + 1)
        keys = await names_of_keys(engine)
        items = [(AuditEvent.of(event, keys), encode_cursor(event.id)) for event in found]
        return page_of(items, size, after, lambda: _count(info, person_id, actor))


async def _actor(engine: Engine, wanted: str) -> str:
    try:
        return await actor_meant(engine, wanted)
    except NoSuchActor as error:
        raise ServiceError(ErrorCode.NOT_FOUND, str(error)) from None
    except KeyRefused as error:
        raise ServiceError(ErrorCode.BAD_REQUEST, f"{error}.") from None


async def _count(info: Info, person_id: str | None, actor: str | None) -> int:
    engine = info.context.engine
    return (
        await audit.count_about(engine, person_id) if person_id else await audit.count_by(engine, actor or "")
    )
