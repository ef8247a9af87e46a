"""m and u of every level, estimated from unlabelled pairs by expectation maximisation: a check on the published ones.

Winkler, Using the EM algorithm for weight computation in the Fellegi-Sunter model of record linkage (ASA 1988): the
pairs that share a key are a mixture of matches and others, and within each the features are taken as independent. u is
that of pairs in blocks, where names agree by construction, and so greater than among all pairs.
"""

from __future__ import annotations

import numpy as np

from importers.identity.blocking import Blocks
from importers.identity.comparing import name_levels, other_levels
from importers.identity.parameters import LEVELS
from importers.identity.table import People

__all__ = ["estimated_shares"]

_STEPS = 40
_MOST_PAIRS = 400_000


def estimated_shares(new: People, known: People, share: float = 0.1) -> list[tuple[float, float]]:
    """(m, u) of each of LEVELS; nan for a level that no pair shows. `share`: the first guess of how many match."""
    pairs = next(iter(Blocks(known).candidates(new))).only(slice(_MOST_PAIRS))
    levels = {**name_levels(pairs).levels, **other_levels(pairs)[0]}
    m = np.array([level.m for level in LEVELS])
    u = np.array([0.1 if level.by_frequency else level.u for level in LEVELS])
    matching = np.zeros(len(pairs))
    for _ in range(_STEPS):
        odds = np.full(len(pairs), np.log(share / (1 - share)))
        for shown in levels.values():
            odds += np.where(shown >= 0, np.log(m[shown] / u[shown]), 0.0)
        matching = 1 / (1 + np.exp(-odds))
        share = float(np.clip(matching.mean(), 1e-6, 0.99))
        m, u = _shares(levels, matching), _shares(levels, 1 - matching)
    seen = np.isin(np.arange(len(LEVELS)), np.concatenate(list(levels.values())))
    return [(float(a), float(b)) if s else (float("nan"),) * 2 for a, b, s in zip(m, u, seen, strict=True)]


def _shares(levels: dict[str, np.ndarray], weight: np.ndarray) -> np.ndarray:
    """Of the pairs in which a feature says anything, the weighted share at each level."""
    found = np.full(len(LEVELS), 1e-6)
    for shown in levels.values():
        known = shown >= 0
        total = weight[known].sum()
        counted = np.bincount(shown[known], weights=weight[known], minlength=len(LEVELS))
        found = np.maximum(found, counted / max(total, 1e-9))
    return found
