"""Access requests: everything that is held about one person."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry.scalars import JSON

from graph.privacy.access_document import document_of
from service.access import full_access
from service.api.context import Info
from service.api.guard import Guarded
from service.audit import note_export, note_people

__all__ = ["AccessQueries"]


@strawberry.type(
    description="Everything that is held about one person, as their right of access asks for it."
)
class SubjectAccess:
    """The answer to an access request."""

    told: strawberry.Private[dict[str, Any]]

    @strawberry.field(description="For programs; docs/privacy.md describes its parts.")
    def json(self) -> JSON:
        """Plain values."""
        return JSON(self.told)

    @strawberry.field(description="For the person: Markdown.")
    def document(self) -> str:
        """The same in words."""
        return document_of(self.told)


@strawberry.type
class AccessQueries:
    """The query for access requests."""

    @strawberry.field(
        extensions=[Guarded()],
        description="Everything held about a person: facts, ties with their evidence, notes, source records, paths and "
        "who looked. Null for somebody unknown.",
    )
    async def subject_access(self, info: Info, person_id: strawberry.ID) -> SubjectAccess | None:
        """Answer an access request."""
        told = await full_access(info.context.engine, str(person_id))
        if told is None:
            return None
        note_export()
        note_people([str(person_id)])
        return SubjectAccess(told=told)
