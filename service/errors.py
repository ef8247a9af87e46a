"""What a caller is told when a request is refused as a whole: one code, one sentence, one HTTP status.

Expected failures inside a GraphQL payload (`errors { code message field }`) are not these.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from graph.engine.errors import EngineUnavailable

__all__ = ["NO_KEY", "ErrorCode", "ServiceError", "from_exception"]

NO_KEY = "Send an API key: Authorization: Bearer liaison_… (make one with: liaison key create)."


class ErrorCode(StrEnum):
    """The codes of REST errors and of top-level GraphQL errors (`extensions.code`)."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    BAD_REQUEST = "BAD_REQUEST"
    FILE_REFUSED = "FILE_REFUSED"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    RATE_LIMITED = "RATE_LIMITED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    ENGINE_UNAVAILABLE = "ENGINE_UNAVAILABLE"
    INTERNAL = "INTERNAL"


_STATUS = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.BAD_REQUEST: 400,
    ErrorCode.FILE_REFUSED: 422,
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: 415,
    ErrorCode.BODY_TOO_LARGE: 413,
    ErrorCode.LIMIT_EXCEEDED: 400,
    ErrorCode.RATE_LIMITED: 429,
    ErrorCode.DEADLINE_EXCEEDED: 504,
    ErrorCode.ENGINE_UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}


class ServiceError(Exception):
    """A request refused as a whole. `message` may be shown to the caller and holds no personal data.

    `limit` names the limit that was exceeded; `retry_after` is in seconds.
    """

    def __init__(
        self, code: ErrorCode, message: str, *, limit: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.limit = limit
        self.retry_after = retry_after

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return _STATUS[self.code]

    @property
    def headers(self) -> dict[str, str]:
        """Response headers that go with the error."""
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.code is ErrorCode.UNAUTHENTICATED:
            headers["WWW-Authenticate"] = "Bearer"
        return headers

    def extensions(self, request_id: str) -> dict[str, Any]:
        """What a top-level GraphQL error carries in `extensions`."""
        found: dict[str, Any] = {"code": self.code.value, "requestId": request_id}
        if self.limit is not None:
            found["limit"] = self.limit
        if self.retry_after is not None:
            found["retryAfter"] = self.retry_after
        return found


def from_exception(error: BaseException) -> ServiceError | None:
    """The error a caller is told for an expected exception; None for a bug, which is logged and masked."""
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, EngineUnavailable):
        return ServiceError(
            ErrorCode.ENGINE_UNAVAILABLE,
            "The graph engine does not answer. Try again shortly.",
            retry_after=5,
        )
    return None
