"""Coverage: the chance that each member has heard of us through someone they trust, and how to raise it.

`C_j = 1 - Π_g (1 - max over channels c through g of R_cj)`: independent channels (noisy-OR, Pearl 1988); channels
through the same person are not independent, so of those the best counts. Σ wⱼ Cⱼ is monotone and submodular in the
set of channels (a concave function of a sum of maxima), so taking the best next introduction again and again gives
at least 1 - 1/e of the most that so many introductions can add (Nemhauser, Wolsey & Fisher 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from graph.committee.committee import Floats, floats

__all__ = [
    "Channel",
    "ChannelShare",
    "NextIntroduction",
    "coverage",
    "coverage_shares",
    "next_introductions",
    "reach",
]


@dataclass(frozen=True, eq=False)
class Channel:
    """A way in which members hear of us: `through` whom (channels of one person depend on each other).

    `reach` (n,) 0..1: chance that it makes each member hear of us from someone they trust. `key`: caller's own.
    """

    key: str
    through: str
    reach: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "reach", floats(self.reach, (np.size(self.reach),), "reach", 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class ChannelShare:
    """What one channel gives of one member's coverage; the shares of a member add up to it."""

    key: str
    share: float


@dataclass(frozen=True, eq=False)
class NextIntroduction:
    """An introduction to ask for next: what it adds to Σ wⱼ Cⱼ after those before it, and the coverage (n,) then."""

    key: str
    gain: float
    coverage: Floats


def reach(member: int, probability: float, trust: ArrayLike) -> Floats:
    """Reach (n,) of a channel to one member: p for them, p · trust[j, member] for each j who trusts them.

    `trust` (n, n) 0..1, row trusts column; hostility is no trust: pass 0 there. Word goes one step further only.
    """
    trusts = np.asarray(trust, dtype=np.float64)
    if not 0.0 <= probability <= 1.0:
        raise ValueError("A probability lies between 0 and 1.")
    heard: Floats = probability * floats(trusts[:, member], (len(trusts),), "trust", 0.0, 1.0)
    heard[member] = probability
    return heard


def coverage(channels: Sequence[Channel], size: int) -> Floats:
    """Coverage (n,) of each member, 0..1; zeros without a channel."""
    best = _best_through(channels, size)
    missed = np.ones(size)
    for row in best.values():
        missed *= 1.0 - row
    return 1.0 - missed


def coverage_shares(channels: Sequence[Channel], member: int) -> tuple[ChannelShare, ...]:
    """Each channel's share of a member's coverage, largest first: in proportion to -ln(1 - R), 0 where not counted."""
    best: dict[str, Channel] = {}
    for channel in channels:
        known = best.get(channel.through)
        if known is None or (-channel.reach[member], channel.key) < (-known.reach[member], known.key):
            best[channel.through] = channel
    # 1 - 1e-15 keeps the logarithm finite: a certain channel then has nearly the whole share.
    weights = {c.key: -np.log1p(-min(float(c.reach[member]), 1.0 - 1e-15)) for c in best.values()}
    whole = sum(weights.values())
    missed = np.prod([1.0 - float(c.reach[member]) for c in best.values()])
    scale = (1.0 - float(missed)) / whole if whole > 0.0 else 0.0
    shares = [ChannelShare(c.key, float(weights.get(c.key, 0.0)) * scale) for c in channels]
    return tuple(sorted(shares, key=lambda share: (-share.share, share.key)))


def next_introductions(
    existing: Sequence[Channel],
    candidates: Sequence[Channel],
    count: int,
    size: int,
    weights: ArrayLike | None = None,
) -> tuple[NextIntroduction, ...]:
    """The next introductions that raise Σ wⱼ Cⱼ most, greedily; fewer than `count` when nothing more adds.

    `weights` (n,) ≥ 0, how much each member's having heard matters; 1 each when left out. Ties go by key.
    """
    weight = np.ones(size) if weights is None else floats(weights, (size,), "weight", 0.0, np.inf)
    best = _best_through(existing, size)
    covered = coverage(existing, size)
    left = sorted(candidates, key=lambda channel: channel.key)
    chosen: list[NextIntroduction] = []
    while left and len(chosen) < count:
        after = _with_each(best, left, size)
        gains = (after - covered) @ weight
        top = int(np.argmax(np.round(gains, 12)))
        if gains[top] <= 1e-12:
            break
        channel = left.pop(top)
        best[channel.through] = np.maximum(best.get(channel.through, 0.0), channel.reach)
        covered = after[top]
        chosen.append(NextIntroduction(channel.key, float(gains[top]), covered))
    return tuple(chosen)


def _best_through(channels: Sequence[Channel], size: int) -> dict[str, Floats]:
    best: dict[str, Floats] = {}
    for channel in channels:
        if channel.reach.shape != (size,):
            raise ValueError(f"A channel reaches {size} members, not {channel.reach.size}.")
        best[channel.through] = np.maximum(best.get(channel.through, np.zeros(size)), channel.reach)
    return best


def _with_each(best: dict[str, Floats], channels: Sequence[Channel], size: int) -> Floats:
    """Coverage (m, n) with each of the channels added alone."""
    nobody = np.zeros(size)
    others = {
        through: np.prod(
            [1.0 - row for name, row in best.items() if name != through] or [1.0 - nobody], axis=0
        )
        for through in {channel.through for channel in channels}
    }
    reached = np.array([channel.reach for channel in channels])
    known = np.array([best.get(channel.through, nobody) for channel in channels])
    missed = np.array([others[channel.through] for channel in channels])
    added: Floats = 1.0 - missed * (1.0 - np.maximum(known, reached))
    return added
