"""Beliefs as sums of reasons: log-odds that add up, and what each reason moved the probability by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Reason", "log_odds_of", "probability_of_log_odds", "reasons_adding_up"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a belief.

    `cause` in words, `log_odds` what it adds (natural logarithm; None for a human's word, which overrules
    every other), `change` what it moved the probability by when the reasons are taken in the order shown
    (the first starts from 0), `key` of the stored note, "" when it is none.
    The log-odds of all reasons add up to the belief's, the changes to its probability.
    """

    cause: str
    log_odds: float | None
    change: float = 0.0
    key: str = ""


def log_odds_of(probability: float) -> float:
    """ln(p / (1 - p)); raises ValueError at 0 and 1, which no evidence could move any more."""
    if not 0.0 < probability < 1.0:
        raise ValueError("Log-odds exist between the probabilities 0 and 1 only.")
    return math.log(probability) - math.log1p(-probability)


def probability_of_log_odds(log_odds: float) -> float:
    """1 / (1 + exp(-x)), without overflow at either end."""
    if log_odds >= 0.0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    grown = math.exp(log_odds)
    return grown / (1.0 + grown)


def reasons_adding_up(reasons: Iterable[Reason]) -> tuple[float, float, tuple[Reason, ...]]:
    """(log-odds, probability, the same reasons with their `change`), in the order given, none of them None."""
    total = 0.0
    before = 0.0
    told = []
    for reason in reasons:
        total += reason.log_odds or 0.0
        now = probability_of_log_odds(total)
        told.append(Reason(reason.cause, reason.log_odds, now - before, reason.key))
        before = now
    return total, before, tuple(told)
