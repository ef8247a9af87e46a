"""Warm paths: search on the engine, ranking and diversity (pure), sentences, the nearest missing piece."""

from __future__ import annotations

from graph.paths.answer import Closest, NoPath, PathAnswer, PathTie, WarmPath
from graph.paths.answering import warm_paths
from graph.paths.question import CompanyTarget, InvalidQuestion, OpportunityTarget, PathQuestion, PersonTarget
from graph.paths.reading import PathPerson
from graph.ties import Verification

__all__ = [
    "Closest",
    "CompanyTarget",
    "InvalidQuestion",
    "NoPath",
    "OpportunityTarget",
    "PathAnswer",
    "PathPerson",
    "PathQuestion",
    "PathTie",
    "PersonTarget",
    "Verification",
    "WarmPath",
    "warm_paths",
]
