"""Respect: how people came to be stored, what they were told, and what is owed to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import strawberry

from graph.privacy import duties
from graph.privacy.suppression import count_suppressed
from service.api.context import Info
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Person
from service.api.values import DateText, date_text

__all__ = ["PersonPrivacy", "PrivacyQueries"]


@strawberry.type(description="One way in which somebody came to be stored.")
class DataCollection:
    """A collection."""

    source: str
    purpose: str
    lawful_basis: str
    collected_on: DateText
    run_id: strawberry.ID | None = strawberry.field(description="The import; null for what was entered.")


@strawberry.type(
    description="How a person came to be stored, what they were told, and until when they may stay."
)
class PersonPrivacy:
    """A person's privacy."""

    collected_on: DateText = strawberry.field(description="First.")
    noticed_on: DateText | None = strawberry.field(description="When they were told that they are stored.")
    notice_due_on: DateText | None = strawberry.field(
        description="By when they are to be told: a month after collection, or at first contact."
    )
    last_contact_from_them: DateText | None = strawberry.field(
        description="When they last wrote to or met ours; a new import does not change it."
    )
    retention_ends_on: DateText | None = strawberry.field(
        description="Counted from their last contact, else from collection. Null for our own people."
    )
    objected_on: DateText | None
    collections: list[DataCollection]

    @classmethod
    def of(cls, told: duties.PersonPrivacy) -> PersonPrivacy:
        """From what is read back."""
        return cls(
            collected_on=DateText(told.collected_on),
            noticed_on=date_text(told.noticed_on),
            notice_due_on=date_text(told.notice_due_on),
            last_contact_from_them=date_text(told.last_contact),
            retention_ends_on=date_text(told.retention_ends_on),
            objected_on=date_text(told.objected_on),
            collections=[
                DataCollection(
                    source=one.source,
                    purpose=one.purpose,
                    lawful_basis=one.lawful_basis,
                    collected_on=DateText(one.collected_on),
                    run_id=strawberry.ID(one.run) if one.run else None,
                )
                for one in told.collections
            ],
        )


@strawberry.type(description="Something owed to a person by a day.")
class DutyDue:
    """A duty."""

    person: Person
    due_on: DateText
    collected_on: DateText
    contact_on: DateText | None = strawberry.field(
        description="The contact that counts: with them for notices, from them for retention."
    )

    @classmethod
    def of(cls, due: duties.Due) -> DutyDue:
        """From what is read back."""
        return cls(
            person=Person.of(due.person),
            due_on=DateText(due.due_on),
            collected_on=DateText(due.collected_on),
            contact_on=date_text(due.contact_on),
        )


@strawberry.type
class PrivacyQueries:
    """Queries about what is owed to people."""

    @strawberry.field(
        extensions=[Guarded()],
        description="People who have not been told yet that they are stored, the most urgent first.",
    )
    async def notices_due(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[DutyDue]:
        """A page of notices."""
        size, position = page_size(first), decode_cursor(after, str, str)
        engine = info.context.engine
        found = await duties.notices_due(engine, size + 1, position)
        return _page(found, size, after, lambda: duties.count_notices_due(engine))

    @strawberry.field(
        extensions=[Guarded()],
        description="People whose retention is over: `liaison retention --apply` deletes them.",
    )
    async def retention_due(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[DutyDue]:
        """A page of people to be deleted."""
        size, position = page_size(first), decode_cursor(after, str, str)
        engine, months = info.context.engine, info.context.backend.retention_months
        today = datetime.now(UTC).date()
        found = await duties.retention_due(engine, size + 1, position, today=today, months=months)
        return _page(
            found, size, after, lambda: duties.count_retention_due(engine, today=today, months=months)
        )

    @strawberry.field(
        extensions=[Guarded()],
        description="How many people are on the list of those who must not be stored. Who they are is not known.",
    )
    async def suppressed_people(self, info: Info) -> int:
        """Count them."""
        return await count_suppressed(info.context.engine)


def _page(
    found: list[duties.Due], size: int, after: str | None, count: Callable[[], Awaitable[int]]
) -> Connection[DutyDue]:
    return page_of([(DutyDue.of(one), encode_cursor(*one.position)) for one in found], size, after, count)
