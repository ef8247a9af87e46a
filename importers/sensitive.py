"""Counts rows whose notes hint at special categories of personal data, for a note of the run that quotes nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.model.committee import PERSONA_FIELDS, Observation, Persona, Signal
from graph.model.facts import Alliance
from graph.model.records import Record
from graph.privacy.special_categories import special_categories

__all__ = ["SensitiveRows"]

_FIELDS = ("evidence", *PERSONA_FIELDS)


@dataclass(slots=True)
class SensitiveRows:
    """The rows of one file, by category."""

    found: Counter[str] = field(default_factory=Counter)

    def look(self, record: Record) -> None:
        """Look at the notes in a record."""
        texts = list(_texts(record))
        if texts:
            self.found.update(special_categories("\n".join(texts)))

    def notes(self, file: str) -> list[str]:
        """What to tell whoever imports, a sentence a category; without any of the words."""
        return [
            f"{file}: {count} {'row' if count == 1 else 'rows'} may tell about {category}, which the law protects "
            "specially: look whether you may keep that, and take it out of the file otherwise."
            for category, count in sorted(self.found.items())
        ]


def _texts(record: Record) -> Iterator[str]:
    for entity in record.entities:
        if isinstance(entity, Observation | Persona | Signal):
            yield from (text for name in _FIELDS if (text := getattr(entity, name, "")))
    for fact in record.facts:
        if isinstance(fact, Alliance) and fact.evidence:
            yield fact.evidence
