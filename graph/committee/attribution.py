"""Whose doing is it? Exact shares of a settled stance, of the decision, or of a change, among influencers.

Settled stances and D are linear in the starting stances, x*_i = sum_j G_ij x0_j and D = sum_j v_j x0_j. In the
game "a coalition starts from its stances, the others from neutral" every marginal contribution of j is the same
term, so the Shapley value (Shapley 1953) of j is G_ij x0_j, v_j x0_j exactly: no enumeration, nothing left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.committee.committee import Floats
from graph.committee.decision import Situation

__all__ = ["Attribution", "Share", "share_change", "share_decision", "share_settled"]


@dataclass(frozen=True, slots=True)
class Share:
    """What `person` adds, in stance units, and the part of the whole that is (None when the whole is 0)."""

    person: str
    value: float
    part: float | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """`shares` of those asked for, largest first in absolute value; with `rest` (all others) they add up to `whole`."""

    whole: float
    shares: tuple[Share, ...]
    rest: float


def share_settled(situation: Situation, person: str, among: Sequence[str] | None = None) -> Attribution:
    """Who made where `person` settles. ValueError when somebody does not sit on the committee."""
    row = situation.influence.effect[situation.committee.index_of(person)]
    return _shares(situation, row * situation.mean, among)


def share_decision(situation: Situation, among: Sequence[str] | None = None) -> Attribution:
    """Who made D."""
    return _shares(situation, situation.weights * situation.mean, among)


def share_change(situation: Situation, start: Floats, among: Sequence[str] | None = None) -> Attribution:
    """Who made D change when stances went from the situation's means to `start` (n,), influence unchanged."""
    return _shares(situation, situation.weights * (start - situation.mean), among)


def _shares(situation: Situation, terms: Floats, among: Sequence[str] | None) -> Attribution:
    people = situation.committee.people
    chosen = dict.fromkeys(people if among is None else among)
    whole = float(terms.sum())
    shares = []
    for person in chosen:
        value = float(terms[situation.committee.index_of(person)])
        shares.append(Share(person, value, value / whole if abs(whole) > 1e-12 else None))
    shares.sort(key=lambda one: (-abs(one.value), one.person))
    return Attribution(whole, tuple(shares), whole - sum(one.value for one in shares))
