"""How much each kind of evidence counts, and how evidence is fused. Pure; arrays in, arrays out.

All functions take arrays (or anything numpy makes one of): there is one implementation of each formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.ties.parameters import PARAMETERS as K

__all__ = [
    "FLOOR_HAZARD",
    "Bools",
    "Floats",
    "Ints",
    "Kind",
    "Verification",
    "bucketed",
    "fused",
    "hazard_of",
    "interaction_probability",
    "meeting_rate",
    "probability_of",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Kind(IntEnum):
    """The kinds of evidence; the number is the bit that marks one as counted."""

    EMPLOYMENT = 0
    PROJECT = 1
    SCHOOL = 2
    COMMUNITY = 3
    REPORTING_LINE = 4
    CONNECTION = 5
    INTERACTIONS = 6
    RECOMMENDATION = 7
    ENDORSEMENT = 8
    DECLARED_ALLIANCE = 9
    # Not evidence for a tie but against any: the pair is never a hop.
    HOSTILITY = 10


class Verification(IntEnum):
    """How a reason to believe in a tie is known, weakest first."""

    INFERRED = 0
    OBSERVED = 1
    VERIFIED = 2


def hazard_of(probability: ArrayLike) -> Floats:
    """-ln(1 - p): the hazard that gives a probability."""
    return -np.log1p(-np.asarray(probability, dtype=np.float64))


def probability_of(hazard: ArrayLike) -> Floats:
    """1 - exp(-hazard): the probability of at least one meeting."""
    return -np.expm1(-np.asarray(hazard, dtype=np.float64))


FLOOR_HAZARD = float(hazard_of(K.floor))


def meeting_rate(size: ArrayLike) -> Floats:
    """Hazard a month between two of `size` people: base_rate * (size / reference)^-exponent.

    Form after Hsieh, Tiwari, Agarwal, Huang, Szymanski, WWW 2013, doi 10.1145/2488388.2488439.
    """
    relative = np.asarray(size, dtype=np.float64) / K.reference_size
    rate: Floats = K.base_rate * relative**-K.size_exponent
    return rate


def bucketed(counted: ArrayLike) -> Floats:
    """A counted size as it enters the model: exact when small, else the nearest preferred number.

    Nearest by ratio: the limit between two neighbours is their geometric mean.
    """
    numbers = np.asarray(counted, dtype=np.float64)
    return np.where(numbers <= K.counted_exactly, numbers, _STEPS[np.searchsorted(_LIMITS, numbers)])


_STEPS: Floats = np.array([number * 10.0**power for power in range(1, 9) for number in K.preferred_numbers])
_LIMITS: Floats = np.sqrt(_STEPS[:-1] * _STEPS[1:])


def interaction_probability(sent: ArrayLike, received: ArrayLike, age: ArrayLike) -> Floats:
    """Messages or meetings by direction, `age` months since the last.

    Exchanges (the smaller count) saturate towards `two_way_most`; contact one way towards `one_way_most`. An
    answer never lowers the value.
    """
    there, back = np.asarray(sent, dtype=np.float64), np.asarray(received, dtype=np.float64)
    two_way = K.two_way_most * probability_of(np.minimum(there, back) / K.two_way_scale)
    one_way = K.one_way_most * probability_of(np.maximum(there, back) / K.one_way_scale)
    decay = np.exp(-np.maximum(np.asarray(age, dtype=np.float64), 0.0) / K.interaction_decay)
    return np.maximum(two_way, one_way) * decay


@dataclass(frozen=True, slots=True)
class Fused:
    """One row a pair, sorted by pair. `kinds` is a bit set of `Kind`, `last` a packed date (`items.py`)."""

    pair: Ints
    p: Floats
    shared_p: Floats
    verification: Ints
    shared_verification: Ints
    last: Ints
    kinds: Ints

    def select(self, which: Bools) -> Fused:
        """The chosen rows."""
        return Fused(
            self.pair[which],
            self.p[which],
            self.shared_p[which],
            self.verification[which],
            self.shared_verification[which],
            self.last[which],
            self.kinds[which],
        )


def fused(pair: Ints, kind: Ints, p: Floats, verification: Ints, last: Ints, private: Bools) -> Fused:
    """Fuse items of evidence into ties: p = 1 - product(1 - p of a kind), one term a kind: its strongest.

    Items below the floor do not count. `shared_p` counts only items that are not private. Pairs with any
    hostility are left out, as are pairs that nothing counts for.
    """
    strong = p >= K.floor
    hostile = np.unique(pair[kind == Kind.HOSTILITY])
    strong &= (kind != Kind.HOSTILITY) & ~np.isin(pair, hostile)
    pair, kind, p = pair[strong], kind[strong], p[strong]
    verification, last, private = verification[strong], last[strong], private[strong]
    order = np.lexsort((kind, pair))
    pair, kind, p = pair[order], kind[order], p[order]
    verification, last, shared = verification[order], last[order], ~private[order]
    if not pair.size:
        none, nothing = np.zeros(0, np.int64), np.zeros(0)
        return Fused(none, nothing, nothing, none, none, none, none)
    by_kind = _starts(pair * (Kind.HOSTILITY + 1) + kind)
    by_pair = _starts(pair[by_kind])
    whole = by_kind[by_pair]
    return Fused(
        pair=pair[whole],
        p=_noisy_or(np.maximum.reduceat(p, by_kind), by_pair),
        shared_p=_noisy_or(np.maximum.reduceat(p * shared, by_kind), by_pair),
        verification=np.maximum.reduceat(verification, whole),
        shared_verification=np.maximum.reduceat(verification * shared, whole),
        last=np.maximum.reduceat(last, whole),
        kinds=np.bitwise_or.reduceat(np.left_shift(1, kind), whole),
    )


def _starts(key: Ints) -> Ints:
    return np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))


def _noisy_or(p: Floats, starts: Ints) -> Floats:
    missing: Floats = np.multiply.reduceat(1.0 - p, starts)
    return 1.0 - missing
