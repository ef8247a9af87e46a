"""What can go wrong between Liaison and its engine, said so that a person knows what to do next."""

from __future__ import annotations

__all__ = ["EngineError", "EngineUnavailable", "QueryTimeout", "SchemaMismatch", "StatementError"]


class EngineError(Exception):
    """An engine refused a statement or behaved in a way we did not expect.

    `detail` is the engine's own text. It can quote personal data: never log it or show it.
    """

    detail: str = ""


class EngineUnavailable(EngineError):
    """No engine answers. The text names the address and what to do; it never carries credentials."""


class QueryTimeout(EngineError):
    """A statement ran longer than it may; the engine has ended it."""


class SchemaMismatch(EngineError):
    """The graph was written by a newer version of Liaison than this one."""


class StatementError(EngineError):
    """A `.cypher` file is missing, malformed, or was called with other parameters than it declares."""
