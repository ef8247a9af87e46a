"""What every operation leaves behind: one event that says who did what to whom, and nothing of what was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from service.api.context import Context
from service.audit.noting import Noted, noting
from service.errors import ErrorCode

__all__ = ["Audited"]


class Audited(SchemaExtension):
    """Collects while an operation runs, and hands its event on at its end, however it ends."""

    def on_operation(self) -> Iterator[None]:
        """Note one operation."""
        with noting() as noted:
            try:
                yield
            except BaseException:
                noted.failed()
                self._keep(noted)
                raise
        self._keep(noted)

    def _keep(self, noted: Noted) -> None:
        context = cast(Context, self.execution_context.context)
        if context.caller is None or context.backend.audit is None:
            return
        errors = getattr(self.execution_context.result, "errors", None) or ()
        for error in errors:
            if _refused(error):
                noted.refused()
            else:
                noted.failed()
        caller = context.caller
        event = noted.event(actor=caller.key_id, role=caller.role.value, request_id=context.request_id)
        if event is not None:
            context.backend.audit(event)


def _refused(error: GraphQLError) -> bool:
    # As `ShownErrors` made them, which runs before.
    return (error.extensions or {}).get("code") == ErrorCode.FORBIDDEN.value
