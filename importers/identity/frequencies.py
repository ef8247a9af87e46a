"""How common a name or an employer is among the people who could be meant: what an agreement in it is worth.

A share is that of the known people, mixed with the published one as if `sample` more people had been counted
(additive smoothing towards a prior), so that a small graph does not take its few names for the world's.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from importers.identity.common_names import FAMILY_SHARES, GIVEN_SHARES
from importers.identity.parameters import MATCHING, Matching
from importers.identity.table import Lexicon, People

__all__ = ["Frequencies"]

Shares = NDArray[np.float64]


class Frequencies:
    """Shares by code of the lexicon, 0 to 1."""

    def __init__(self, family: Shares, given: Shares, company: Shares, known: int) -> None:
        self.family = family
        self.given = given
        self.company = company
        self.known = known

    @classmethod
    def counted(cls, people: People, parameters: Matching = MATCHING) -> Frequencies:
        """Count in a table of all known people."""
        words, companies = len(people.lexicon.words), len(people.lexicon.companies)
        staff = _once_each(people.company, companies)
        return cls.given_counts(
            people.lexicon,
            known=len(people),
            families=np.bincount(people.families[:, 0], minlength=words),
            givens=np.bincount(people.given, minlength=words),
            staff=staff,
            parameters=parameters,
        )

    @classmethod
    def given_counts(
        cls,
        lexicon: Lexicon,
        *,
        known: int,
        families: NDArray[np.int64] | None = None,
        givens: NDArray[np.int64] | None = None,
        staff: NDArray[np.int64],
        parameters: Matching = MATCHING,
    ) -> Frequencies:
        """From counts by code among `known` people; names that were not counted have their published share."""
        texts = lexicon.words.texts
        known = max(known, 1)
        family = _share(
            families,
            known,
            texts,
            FAMILY_SHARES,
            parameters.common_family,
            parameters.rarest_family,
            parameters,
        )
        given = _share(
            givens, known, texts, GIVEN_SHARES, parameters.common_given, parameters.rarest_given, parameters
        )
        there = np.maximum(staff / known, parameters.rarest_employer)
        return cls(family, given, np.minimum(there, 0.5), known)

    def prior(self, parameters: Matching = MATCHING) -> float:
        """Bits before anything is compared: one of the known people, if any, is the one."""
        return -float(np.log2(max(self.known, parameters.fewest_known)))


def _share(
    counts: NDArray[np.int64] | None,
    known: int,
    texts: list[str],
    published: Mapping[str, float],
    otherwise: float,
    rarest: float,
    parameters: Matching,
) -> Shares:
    prior = np.array([published.get(text, otherwise) for text in texts])
    if counts is None:
        return np.asarray(np.maximum(prior, rarest))
    # The two who are compared bear the name themselves: only others count.
    others = np.maximum(counts[: len(texts)] - 1, 0)
    share: Shares = (others + parameters.sample * prior) / (known + parameters.sample)
    return np.asarray(np.maximum(share, rarest))


def _once_each(rows: NDArray[np.int32], size: int) -> NDArray[np.int64]:
    """How many rows hold each code, counting a row once; 0 is no code."""
    counts = np.zeros(size, np.int64)
    for column in range(rows.shape[1]):
        repeated = (rows[:, :column] == rows[:, column : column + 1]).any(axis=1)
        counts += np.bincount(rows[~repeated, column], minlength=size)[:size]
    counts[0] = 0
    return counts
