"""Intent: the probability that there is a purchase at all, from weak signals.

Log-odds: `base + Σ weight(kind) · 2^(-age / half-life(kind)) · d^rank`, where rank counts one person's signals of
one direction from the strongest (0) down, d < 1: a person who comes often counts for at most 1 / (1 - d) of their
strongest signal, and several people always count for at least as much as one of them with all those signals.
Signals of a company whose person is unknown are taken as one person's. A logistic model with recency decay, as
lead scoring has it; the weights are ours (`parameters.IntentParameters`) until fitted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.committee.logodds import Reason, reasons_adding_up
from graph.committee.parameters import INTENT as K

__all__ = ["Intent", "Signal", "intent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A weak sign: its `kind` (visit, download, …; an unknown one weighs as `other`), how long ago, by whom.

    `person` None: only the company is known. `weight`: log-odds stated by its author instead of the kind's,
    negative for a sign against. `age_days` below 0 lies ahead and counts nothing yet.
    """

    kind: str
    age_days: float
    person: str | None = None
    weight: float | None = None
    key: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.age_days):
            raise ValueError("The age of a signal is a number of days.")
        if self.weight is not None and not abs(self.weight) <= K.most_weight:
            raise ValueError(f"The weight of a signal lies between -{K.most_weight:g} and {K.most_weight:g}.")


@dataclass(frozen=True, slots=True)
class Intent:
    """Probability of a purchase at all (0..1), its log-odds, the reasons, and how many people showed signals.

    The first reason is the base; after it one for each signal, strongest first.
    """

    probability: float
    log_odds: float
    people: int
    reasons: tuple[Reason, ...]


def intent(signals: Sequence[Signal]) -> Intent:
    """The probability of a purchase at all, with every signal's share; without signals it is the base's."""
    shares = _shares(signals)
    order = sorted(range(len(signals)), key=lambda i: (-abs(shares[i]), signals[i].kind, signals[i].key, i))
    reasons = [Reason("before any signal", K.base_log_odds)]
    reasons += [Reason(_told(signals[i]), shares[i], key=signals[i].key) for i in order]
    log_odds, probability, told = reasons_adding_up(reasons)
    people = len({signal.person for signal in signals if signal.person is not None})
    return Intent(probability, log_odds, people, told)


def _shares(signals: Sequence[Signal]) -> list[float]:
    """Log-odds of each signal, after its decay and the diminishing return of its person."""
    faded = [_faded(signal) for signal in signals]
    shares = [0.0] * len(signals)
    order = sorted(range(len(signals)), key=lambda i: (-abs(faded[i]), signals[i].key, i))
    seen: dict[tuple[str | None, bool], int] = {}
    for i in order:
        if faded[i] == 0.0:
            continue
        whose = (signals[i].person, faded[i] > 0.0)
        rank = seen.get(whose, 0)
        shares[i] = faded[i] * K.repeat_discount**rank
        seen[whose] = rank + 1
    return shares


def _faded(signal: Signal) -> float:
    if signal.age_days < 0.0:
        return 0.0
    weight, half_life = K.kinds.get(signal.kind, K.kinds["other"])
    if signal.weight is not None:
        weight = signal.weight
    faded: float = weight * 0.5 ** (signal.age_days / half_life)
    return faded


def _told(signal: Signal) -> str:
    kind = signal.kind.replace("_", " ")
    if signal.age_days < 0.0:
        return f"{kind}, still ahead"
    days = round(signal.age_days)
    when = "today" if days == 0 else f"{days} day{'s' if days != 1 else ''} ago"
    return f"{kind}, {when}" if signal.person is not None else f"{kind} by an unknown person, {when}"
