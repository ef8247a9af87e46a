"""Suggested alliances inside a committee, from shared histories and reporting lines: to be asked, never asserted.

Strength of a suggestion: `most · (1 - Π(1 - wₖ pₖ))`, one term a kind of history (noisy-OR, Pearl 1988; two
employers shared are not independent, so of a kind the strongest counts), p the probability that the two know one
another by it, w how often such acquaintance is an alliance (ours). Always inferred, always positive: shared time
does not tell rivals, and triad balance predicts signs barely better than chance (domain.md 4).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.committee.committee import Tie
from graph.committee.parameters import SUGGESTIONS as K

__all__ = ["SharedHistory", "Suggestion", "SuggestionReason", "suggested_alliances"]


@dataclass(frozen=True, slots=True)
class SharedHistory:
    """A reason for members a and b to know one another: its kind, with which probability, `what` in words.

    Kinds: employer, project, school, community, reporting_line. Raises ValueError for another one, for one person,
    or for a probability outside 0..1.
    """

    a: int
    b: int
    kind: str
    probability: float
    what: str = ""

    def __post_init__(self) -> None:
        if self.a == self.b:
            raise ValueError("Nobody shares a history with themselves: name two people.")
        if self.kind not in K.kinds:
            raise ValueError(f"A shared history is one of {', '.join(K.kinds)}.")
        if not 0.0 <= self.probability <= 1.0:
            raise ValueError("A probability lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class SuggestionReason:
    """One kind of history behind a suggestion; the `share`s of all add up to its strength."""

    history: SharedHistory
    share: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An alliance worth asking about: members a < b, `strength` 0..1 (low), the reasons, strongest first."""

    a: int
    b: int
    strength: float
    reasons: tuple[SuggestionReason, ...]

    def tie(self) -> Tie:
        """As an alliance for the other computations, should a caller count what is only inferred."""
        return Tie(self.a, self.b, 1, self.strength, kind="inferred")


def suggested_alliances(
    histories: Sequence[SharedHistory], settled: Collection[tuple[int, int]] = ()
) -> tuple[Suggestion, ...]:
    """Suggestions, strongest first, then by position; none for the `settled` pairs (declared or refused already)."""
    done = {(min(pair), max(pair)) for pair in settled}
    strongest: dict[tuple[int, int], dict[str, SharedHistory]] = {}
    for shared in histories:
        pair = (min(shared.a, shared.b), max(shared.a, shared.b))
        if pair in done:
            continue
        kinds = strongest.setdefault(pair, {})
        known = kinds.get(shared.kind)
        if known is None or (-shared.probability, shared.what) < (-known.probability, known.what):
            kinds[shared.kind] = shared
    found = [_suggestion(pair, list(kinds.values())) for pair, kinds in strongest.items()]
    kept = [suggestion for suggestion in found if suggestion.strength >= K.floor]
    return tuple(sorted(kept, key=lambda s: (-s.strength, s.a, s.b)))


def _suggestion(pair: tuple[int, int], histories: list[SharedHistory]) -> Suggestion:
    histories.sort(key=lambda s: (-K.kinds[s.kind] * s.probability, s.kind))
    left = 1.0
    reasons = []
    for shared in histories:
        chance = K.kinds[shared.kind] * shared.probability
        reasons.append(SuggestionReason(shared, K.most * left * chance))
        left *= 1.0 - chance
    return Suggestion(*pair, K.most * (1.0 - left), tuple(reasons))
