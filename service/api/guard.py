"""Who may call a root field: looked up in the one table of permissions, under the field's own name; and noted."""

from __future__ import annotations

from typing import Any

from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver

from service.api.context import Info
from service.audit.noting import current
from service.security.permissions import allowed, require

__all__ = ["Guarded"]


class Guarded(FieldExtension):
    """Refuses callers whom `service.security.permissions.OPERATIONS` does not name for this field."""

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any
    ) -> Any:
        """Check, then go on."""
        operation = f"{info._raw_info.parent_type.name}.{info._raw_info.field_name}"
        noted = current()
        if noted is not None:
            noted.called(operation, kwargs, refused=not allowed(info.context.caller, operation))
        require(info.context.caller, operation)
        answer = await next_(source, info, **kwargs)
        if noted is not None and operation.startswith("Mutation.") and getattr(answer, "errors", None):
            noted.failed()
        return answer
