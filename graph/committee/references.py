"""References: who, among people who know us well, could vouch for us to a member.

Score: `P(knows us) · P(knows the member) · P(is not hostile)`, the three taken as independent (the chance that all
hold; ours). Each factor is shown beside the product, so that the answer to "why" is the multiplication itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.committee.parameters import REACH as K

__all__ = ["Reference", "Voucher", "references"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """Somebody who might vouch: how probably they know us, know the member, and are against us (0..1 each)."""

    person: str
    knows_us: float
    knows_member: float
    hostile: float = 0.0

    def __post_init__(self) -> None:
        if not all(0.0 <= chance <= 1.0 for chance in (self.knows_us, self.knows_member, self.hostile)):
            raise ValueError("A probability lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Reference:
    """A voucher with the product of the three probabilities, 0..1."""

    voucher: Voucher
    score: float


def references(
    vouchers: Sequence[Voucher], member: str, first: int = 5, knows_us_from: float = K.knows_us_from
) -> tuple[Reference, ...]:
    """The best `first` references for a member, best first, ties by person; the member does not vouch to themselves.

    Only people who know us with at least `knows_us_from`; nobody with a score of 0.
    """
    scored = [
        Reference(voucher, voucher.knows_us * voucher.knows_member * (1.0 - voucher.hostile))
        for voucher in vouchers
        if voucher.person != member and voucher.knows_us >= knows_us_from
    ]
    ranked = sorted((r for r in scored if r.score > 0.0), key=lambda r: (-r.score, r.voucher.person))
    return tuple(ranked[: max(first, 0)])
