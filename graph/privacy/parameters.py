"""The one file of numbers of this part: how long what is kept, and by when people must be told."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PRIVACY", "PrivacyParameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyParameters:
    """Defaults; `retention_months` can be set (`LIAISON_RETENTION_MONTHS`)."""

    retention_months: int = 36
    """From the last contact from them, else from when they were first collected. Three years is what the French
    authority (CNIL) accepts for people one wants to sell to."""

    notice_days: int = 30
    """Whoever's data did not come from themselves is told within a month of collection (GDPR, art. 14 (3) a), at first
    contact at the latest (b)."""

    audit_days: int = 365
    """How long it is kept who looked at, exported or changed whom: ours; a year lets a yearly review look back."""

    purpose: str = "business relationship management"
    lawful_basis: str = "legitimate interests"


PRIVACY = PrivacyParameters()
