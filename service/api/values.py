"""Scalars, enums and the one shape of expected failures."""

from __future__ import annotations

from enum import Enum
from typing import NewType

import strawberry

from graph.model.facts import ALLIANCE_KINDS, SENIORITIES
from graph.paths.question import Verification as Level

__all__ = [
    "AllianceKind",
    "DateText",
    "InputError",
    "InputErrorCode",
    "InputProblem",
    "Seniority",
    "Verification",
    "date_text",
    "seniority",
    "verification",
]

DateText = NewType("DateText", str)
DATE_SCALAR = strawberry.scalar(
    name="Date",
    description="A date as precisely as it is known: `2019`, `2019-03` or `2019-03-14`.",
    serialize=str,
    parse_value=lambda value: DateText(str(value)),
)


def date_text(value: str | None) -> DateText | None:
    """A stored date text as the scalar."""
    return DateText(value) if value else None


class Verification(Enum):
    """How sure a tie's strongest evidence is."""

    VERIFIED = "verified"
    OBSERVED = "observed"
    INFERRED = "inferred"


VerificationEnum = strawberry.enum(
    Verification,
    description="VERIFIED: a human vouched, or two-way contact. OBSERVED: a platform shows it. "
    "INFERRED: shared history alone.",
)


def verification(level: int) -> Verification:
    """A stored level (2, 1, 0) as the enum."""
    return Verification[Level(level).name]


def level(value: Verification) -> Level:
    """The enum as a level to ask with."""
    return Level[value.name]


Seniority = Enum("Seniority", {name.upper(): name for name in SENIORITIES})  # type: ignore[misc]
SeniorityEnum = strawberry.enum(
    Seniority, name="Seniority", description="From the one who decides down: OWNER is the most senior."
)
AllianceKind = Enum("AllianceKind", {name.upper(): name for name in ALLIANCE_KINDS})  # type: ignore[misc]
AllianceKindEnum = strawberry.enum(
    AllianceKind, name="AllianceKind", description="RIVALRY and ENMITY are hostile, the others friendly."
)


def seniority(value: str | None) -> Seniority | None:
    """A stored seniority as the enum; None for one nobody knows."""
    return Seniority(value) if value in SENIORITIES else None


class InputErrorCode(Enum):
    """Why an input was not accepted."""

    REQUIRED = "REQUIRED"
    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    AMBIGUOUS = "AMBIGUOUS"
    CONFLICT = "CONFLICT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    SENSITIVE = "SENSITIVE"


InputErrorCodeEnum = strawberry.enum(InputErrorCode, description="Why an input was not accepted.")


@strawberry.type(description="An expected failure: what is wrong with which input, and what to do.")
class InputError:
    """An expected failure inside a payload."""

    code: InputErrorCode
    message: str
    field: str | None = strawberry.field(description="Path of the input, such as `target.personId`.")

    @classmethod
    def of(cls, code: InputErrorCode, message: str, field: str | None) -> InputError:
        """An error about an input."""
        return cls(code=code, message=message, field=field)


class InputProblem(Exception):
    """An input that cannot be accepted; becomes an InputError in the payload."""

    def __init__(self, code: InputErrorCode, message: str, field: str | None) -> None:
        super().__init__(message)
        self.error = InputError.of(code, message, field)
