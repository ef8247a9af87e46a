"""Connections with keyset cursors: a cursor is the sort position of an item, not a count of items before it."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

import strawberry

from service.errors import ErrorCode, ServiceError

__all__ = [
    "Connection",
    "Edge",
    "PageInfo",
    "decode_cursor",
    "encode_cursor",
    "page_of",
    "page_size",
    "within_limit",
]

T = TypeVar("T")
DEFAULT_PAGE = 20
LARGEST_PAGE = 100


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's page info."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="An item and its cursor.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str
    node: T


@strawberry.type(description="A page of a list. Continue with `after: pageInfo.endCursor`.")
class Connection(Generic[T]):
    """Relay's connection; `totalCount` costs a count of its own, made only when it is asked for."""

    edges: list[Edge[T]]
    page_info: PageInfo
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field(description="The items of this page.")
    def nodes(self) -> list[T]:
        """The items without their cursors."""
        return [edge.node for edge in self.edges]

    @strawberry.field(description="How many there are in all; counted only when asked for.")
    async def total_count(self) -> int:
        """Count them."""
        return await self.count()


def encode_cursor(*parts: object) -> str:
    """A sort position as an opaque text."""
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Read a cursor back, checking the type of each part; None for None. BAD_REQUEST for a foreign one."""
    if cursor is None:
        return None
    try:
        parts = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode()))
    except (ValueError, RecursionError):
        raise _bad_cursor() from None
    if not isinstance(parts, list) or len(parts) != len(kinds):
        raise _bad_cursor()
    if any(type(part) is not kind for part, kind in zip(parts, kinds, strict=True)):
        raise _bad_cursor()
    return tuple(parts)


def _bad_cursor() -> ServiceError:
    return ServiceError(
        ErrorCode.BAD_REQUEST, "after is not a cursor of this list: take pageInfo.endCursor of its last page."
    )


def page_size(first: int | None) -> int:
    """A checked page size; LIMIT_EXCEEDED over the largest, never a silent cut."""
    if first is None:
        return DEFAULT_PAGE
    return within_limit(first, LARGEST_PAGE, "first")


def within_limit(value: int, most: int, name: str, least: int = 0) -> int:
    """A checked number; BAD_REQUEST for one below `least`, LIMIT_EXCEEDED for one over `most`."""
    if value < least:
        raise ServiceError(ErrorCode.BAD_REQUEST, f"{name} is {least} or more.")
    if value > most:
        raise ServiceError(ErrorCode.LIMIT_EXCEEDED, f"{name} is at most {most}.", limit=name)
    return value


def page_of(
    items: Sequence[tuple[T, str]], size: int, after: str | None, count: Callable[[], Awaitable[int]]
) -> Connection[T]:
    """A page from up to `size` + 1 items with their cursors: one more than shown says that there is more."""
    edges = [Edge(node=item, cursor=cursor) for item, cursor in items[:size]]
    return Connection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=len(items) > size,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
        count=count,
    )
