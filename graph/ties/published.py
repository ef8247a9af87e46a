"""The published rate of each kind of evidence: the probability of a tie on a typical piece of it alone."""

from __future__ import annotations

from graph.ties.parameters import PARAMETERS as K
from graph.ties.stored import KIND_NAMES
from graph.ties.strength import Kind, meeting_rate, probability_of

__all__ = ["published_rates"]


def published_rates() -> dict[str, float]:
    """Kind (as `TIE.kinds` names it) → probability 0..1; what outcomes of introductions are compared with.

    Shared time has no one rate: it is told for the typical case of `parameters` (months together, people there).
    """

    def together(size: float) -> float:
        return float(probability_of(meeting_rate(size) * K.typical_months))

    return {
        KIND_NAMES[Kind.EMPLOYMENT]: together(K.typical_employer),
        KIND_NAMES[Kind.PROJECT]: together(K.typical_project),
        KIND_NAMES[Kind.SCHOOL]: together(K.school_size),
        KIND_NAMES[Kind.COMMUNITY]: together(K.community_size),
        KIND_NAMES[Kind.REPORTING_LINE]: K.reporting_line,
        KIND_NAMES[Kind.CONNECTION]: K.connection,
        KIND_NAMES[Kind.INTERACTIONS]: K.two_way_most,
        KIND_NAMES[Kind.RECOMMENDATION]: K.recommendation,
        KIND_NAMES[Kind.ENDORSEMENT]: K.endorsement,
        KIND_NAMES[Kind.DECLARED_ALLIANCE]: K.declared_alliance,
    }
