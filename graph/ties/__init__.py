"""Evidence becomes ties: what counts how much, the derivation that writes them, and the reasons read back."""

from __future__ import annotations

from graph.ties.derivation import derive
from graph.ties.evidence import (
    Connection,
    DeclaredAlliance,
    Endorsement,
    Evidence,
    Interactions,
    Overlap,
    Recommendation,
    ReportingLine,
    SharedCommunity,
    SharedEmployment,
    SharedProject,
    SharedSchool,
    TieExplanation,
)
from graph.ties.explanation import (
    evidence_within,
    read_evidence,
    read_shared_history,
    without_alliances,
)
from graph.ties.report import DerivationReport
from graph.ties.strength import Verification

__all__ = [
    "Connection",
    "DeclaredAlliance",
    "DerivationReport",
    "Endorsement",
    "Evidence",
    "Interactions",
    "Overlap",
    "Recommendation",
    "ReportingLine",
    "SharedCommunity",
    "SharedEmployment",
    "SharedProject",
    "SharedSchool",
    "TieExplanation",
    "Verification",
    "derive",
    "evidence_within",
    "read_evidence",
    "read_shared_history",
    "without_alliances",
]
