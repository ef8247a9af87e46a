"""The score of a pair: the prior and one contribution for every feature, in bits; they add up to it.

Fellegi and Sunter's sum of log2(m/u), with u by frequency where a name or an employer agrees. The score is the log2
odds that both are one person: at 7 bits, 128 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from importers.identity.comparing import Levels, Pairs, contradicting, name_levels, other_levels
from importers.identity.frequencies import Frequencies
from importers.identity.parameters import LEVELS, MATCHING, Level, Matching, level_named
from importers.identity.people import Someone
from importers.identity.table import People

__all__ = ["PRIOR_WORDS", "Contribution", "Score", "Scored", "score_pair", "score_pairs"]

Bits = NDArray[np.float64]

# The last row is that of level -1: it says nothing.
_BITS = np.array([0.0 if level.by_frequency else level.bits for level in LEVELS] + [0.0])
_SHARE_OF_EQUAL = {level.feature: level.m for level in LEVELS if level.by_frequency}
_EQUAL = {level.feature: number for number, level in enumerate(LEVELS) if level.by_frequency}
_AT_ONE = (level_named("employer", "equal"), level_named("employer", "mail"))
_NAMESAKE_KNOWN = level_named("namesakes", "known")
_NAMESAKE_AT_WORK = level_named("namesakes", "at work")
PRIOR_WORDS = "before anything is compared"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score, in bits, and why in words."""

    feature: str
    level: str
    bits: float
    words: str


@dataclass(frozen=True, slots=True)
class Score:
    """One pair's score with what it is made of."""

    bits: float
    contributions: tuple[Contribution, ...]
    contradicts: bool

    @property
    def probability(self) -> float:
        """The chance that both are one person, from 0 to 1."""
        return float(1.0 / (1.0 + 2.0**-self.bits))


@dataclass(frozen=True, slots=True)
class Scored:
    """Many pairs' scores. `beside`: the bits that agree beside the name, contradictions not counted."""

    pairs: Pairs
    bits: Bits
    beside: Bits
    contradicts: NDArray[np.bool_]
    levels: Levels
    parts: dict[str, Bits]
    prior: float

    def score(self, row: int) -> Score:
        """One of them, explained."""
        parts = [Contribution("prior", "", self.prior, PRIOR_WORDS)]
        for feature, levels in self.levels.items():
            if levels[row] >= 0:
                level: Level = LEVELS[levels[row]]
                parts.append(Contribution(feature, level.name, float(self.parts[feature][row]), level.words))
        return Score(float(self.bits[row]), tuple(parts), bool(self.contradicts[row]))


def score_pairs(pairs: Pairs, frequencies: Frequencies, parameters: Matching = MATCHING) -> Scored:
    """Score pairs; those whose names are worth less than `parameters.name_at` are left out."""
    names = name_levels(pairs, parameters)
    family = np.where(
        names.swapped,
        np.maximum(frequencies.family, frequencies.given)[names.family],
        frequencies.family[names.family],
    )
    given = np.where(
        names.swapped,
        np.maximum(frequencies.family, frequencies.given)[names.given],
        frequencies.given[names.given],
    )
    shares = {"family name": family, "given name": given}
    parts = {feature: _bits(feature, levels, shares.get(feature)) for feature, levels in names.levels.items()}
    name = _sum(parts, len(pairs))
    kept = np.flatnonzero(name >= parameters.name_at)
    pairs, name = pairs.only(kept), name[kept]
    parts = {feature: bits[kept] for feature, bits in parts.items()}
    levels = {feature: each[kept] for feature, each in names.levels.items()}
    others, company = other_levels(pairs, parameters)
    more = {
        feature: _bits(feature, each, frequencies.company[company] if feature == "employer" else None)
        for feature, each in others.items()
    }
    prior = frequencies.prior(parameters)
    beside = sum((np.maximum(bits, 0.0) for bits in more.values()), start=np.zeros(len(pairs)))
    named = prior + parts["family name"] + parts["given name"]
    levels["namesakes"], more["namesakes"] = _namesakes(named, more["employer"], others["employer"])
    return Scored(
        pairs=pairs,
        bits=prior + name + _sum(more, len(pairs)),
        beside=beside,
        contradicts=contradicting(pairs),
        levels={**levels, **others},
        parts={**parts, **more},
        prior=prior,
    )


def score_pair(a: Someone, b: Someone, frequencies: Frequencies | None = None) -> Score:
    """The score of two people by themselves, whatever their names; without `frequencies`, published ones."""
    table = People.of((a, b))
    if frequencies is None:
        nobody = np.zeros(len(table.lexicon.companies), np.int64)
        frequencies = Frequencies.given_counts(table.lexicon, known=MATCHING.fewest_known, staff=nobody)
    pairs = Pairs(table, np.array([0]), table, np.array([1]))
    anything = Matching(name_at=-np.inf)
    return score_pairs(pairs, frequencies, anything).score(0)


def _namesakes(named: Bits, at_one: Bits, employer: NDArray[np.int8]) -> tuple[NDArray[np.int8], Bits]:
    """What a name, and a name with an employer, seem worth too much: a namesake nearby is no coincidence."""
    too_much = np.maximum(named - _BITS[_NAMESAKE_KNOWN], 0.0)
    together = np.isin(employer, _AT_ONE)
    with_employer = np.maximum(named - too_much + at_one - _BITS[_NAMESAKE_AT_WORK], 0.0)
    at_work = together & (with_employer > 0)
    level = np.where(at_work, _NAMESAKE_AT_WORK, np.where(too_much > 0, _NAMESAKE_KNOWN, -1))
    return level.astype(np.int8), -(too_much + np.where(at_work, with_employer, 0.0))


def _bits(feature: str, levels: NDArray[np.int8], share: Bits | None) -> Bits:
    bits = _BITS[levels]
    if share is not None and feature in _EQUAL:
        equal = levels == _EQUAL[feature]
        bits[equal] = np.log2(_SHARE_OF_EQUAL[feature] / share[equal])
    return bits


def _sum(parts: dict[str, Bits], size: int) -> Bits:
    return sum(parts.values(), start=np.zeros(size))
