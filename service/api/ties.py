"""Ties: how probable it is that two people know each other, and on what evidence."""

from __future__ import annotations

import strawberry

from graph.records.views import TieView
from graph.ties import TieExplanation
from service.api.context import Info
from service.api.evidence import Evidence, evidence_of
from service.api.guard import Guarded
from service.api.people import Person
from service.api.values import DateText, Verification, date_text, verification

__all__ = ["Tie", "TieQueries"]


@strawberry.type(description="All evidence between two people, fused into one probability.")
class Tie:
    """A tie as the caller may know it."""

    a: Person
    b: Person
    probability: float
    verification: Verification = strawberry.field(description="That of its strongest evidence.")
    stored_last: strawberry.Private[str | None]
    explanation: strawberry.Private[TieExplanation | None] = None

    @classmethod
    def of(cls, view: TieView, a: Person, b: Person, viewer: str | None) -> Tie:
        """From what is read back."""
        own = viewer is not None and viewer in (a.id, b.id)
        return cls(
            a=a,
            b=b,
            probability=view.probability,
            verification=verification(view.verification),
            stored_last=view.last_evidence if own else None,
        )

    @strawberry.field(description="The last date anything is known of for.")
    async def last_evidence_on(self, info: Info) -> DateText | None:
        """The stored date counts private evidence too, so others get theirs from what they may know."""
        if self.stored_last is not None:
            return date_text(self.stored_last)
        explanation = await self._explained(info)
        return date_text(explanation.last_evidence if explanation else None)

    async def _explained(self, info: Info) -> TieExplanation | None:
        if self.explanation is None:
            self.explanation = await info.context.load.explanations.load((self.a.id, self.b.id))
        return self.explanation

    @strawberry.field(description="Every reason to think that they know each other, the strongest first.")
    async def evidence(self, info: Info) -> list[Evidence]:
        """The evidence the caller may know."""
        return evidence_of(await self._explained(info), swapped=self.a.id > self.b.id)


@strawberry.type
class TieQueries:
    """The query for one tie."""

    @strawberry.field(extensions=[Guarded()], description="The tie between two people, if they have one.")
    async def tie(self, info: Info, a: strawberry.ID, b: strawberry.ID) -> Tie | None:
        """One tie."""
        load = info.context.load
        if a == b:
            return None
        found = await load.pair_ties.load((a, b))
        people = await load.people.load_many([a, b])
        if found is None or people[0] is None or people[1] is None:
            return None
        return Tie.of(found, Person.of(people[0]), Person.of(people[1]), info.context.viewer)
