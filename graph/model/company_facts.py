"""Facts between companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from graph.model.dates import PartialDate
from graph.model.entities import Company, Entity
from graph.model.facts import Fact

__all__ = ["PartOf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Fact):
    """A company belongs to another one. Their people stay apart: only who asks for it finds them together."""

    TYPE: ClassVar[str] = "PART_OF"
    ENDS: ClassVar[tuple[type[Entity], type[Entity]]] = (Company, Company)
    FEEDS_TIES: ClassVar[bool] = False

    company: Company
    parent: Company
    since: PartialDate | None = None

    def __post_init__(self) -> None:
        if set(self.company.keys) & set(self.parent.keys):
            raise ValueError("a company is no subsidiary of itself")

    def ends(self) -> tuple[Entity, Entity]:
        return self.company, self.parent

    def properties(self) -> dict[str, Any]:
        return {"since": str(self.since) if self.since else None}
