"""A person as matching sees them: what one record says, or what is stored of them by now."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Job", "Someone"]


@dataclass(frozen=True, slots=True)
class Job:
    """An employment: a company by any key that is equal for equal companies, its name, months inclusive.

    `last` None with a `first`: only the start is known. Both None: undated.
    """

    company: str
    name: str = ""
    domain: str = ""
    title: str = ""
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One person. `identities`: (system, value), e-mail addresses included."""

    id: str
    name: str
    location: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    jobs: tuple[Job, ...] = ()
    schools: tuple[str, ...] = ()
