"""From scores to decisions: one person, a question for a human, or nothing.

Merged is only what agrees beyond the name, does not contradict in an exact identity, and has no rival: where two
known people could be the one, a human decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from importers.identity.blocking import Blocks
from importers.identity.frequencies import Frequencies
from importers.identity.parameters import MATCHING, Matching
from importers.identity.scoring import Scored, score_pairs
from importers.identity.table import People

__all__ = ["Decided", "Verdict", "decide", "match_tables"]


class Verdict(IntEnum):
    """What becomes of a pair."""

    NOTHING = 0
    ASK = 1
    MERGE = 2


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions on pairs: rows of the new and the known table, score in bits, verdict."""

    new: NDArray[np.int64]
    known: NDArray[np.int64]
    bits: NDArray[np.float64]
    verdict: NDArray[np.int8]

    @property
    def merged(self) -> NDArray[np.int64]:
        """The pairs to be merged, a row each: new, known."""
        chosen = self.verdict == Verdict.MERGE
        return np.stack([self.new[chosen], self.known[chosen]], axis=1)


def decide(scored: Scored, parameters: Matching = MATCHING) -> NDArray[np.int8]:
    """The verdict of each pair; all pairs of a new person must be among them, for they are each other's rivals."""
    bits = np.where(scored.contradicts, -np.inf, scored.bits)
    verdict = np.where(bits >= parameters.ask_at, Verdict.ASK, Verdict.NOTHING).astype(np.int8)
    sure = (bits >= parameters.merge_at) & (scored.beside >= parameters.beside_name)
    # The margin counts every rival, those that contradict by an identity too: they show that the name is shared.
    sure &= scored.bits - _next_best(scored.pairs.i, scored.bits) >= parameters.apart_from_next
    verdict[sure] = Verdict.MERGE
    return verdict


def match_tables(
    new: People,
    known: People,
    *,
    frequencies: Frequencies | None = None,
    parameters: Matching = MATCHING,
) -> Iterator[Decided]:
    """Compare all new people with all known ones by block, some thousand new ones at a time.

    Only pairs worth a question or more are yielded. Memory: the two tables, the index, and one batch of pairs.
    """
    shares = frequencies or Frequencies.counted(known, parameters)
    for scored in _scored(Blocks(known, parameters), new, shares, parameters):
        verdict = decide(scored, parameters)
        kept = np.flatnonzero(verdict)
        yield Decided(scored.pairs.i[kept], scored.pairs.j[kept], scored.bits[kept], verdict[kept])


def _scored(blocks: Blocks, new: People, shares: Frequencies, parameters: Matching) -> Iterator[Scored]:
    for pairs in blocks.candidates(new):
        yield score_pairs(pairs, shares, parameters)


def _next_best(rows: NDArray[np.int64], bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each pair the best score among the other pairs of its row; -inf where it has none."""
    order = np.lexsort((-bits, rows))
    found = np.full(len(rows), -np.inf)
    if not len(rows):
        return found
    sorted_rows, sorted_bits = rows[order], bits[order]
    starts = np.flatnonzero(np.r_[True, sorted_rows[1:] != sorted_rows[:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    second = np.full(len(starts), -np.inf)
    several = sizes > 1
    second[several] = sorted_bits[starts[several] + 1]
    best = np.repeat(sorted_bits[starts], sizes)
    next_ = np.repeat(second, sizes)
    is_first = np.zeros(len(rows), np.bool_)
    is_first[starts] = True
    found[order] = np.where(is_first, next_, best)
    return found
