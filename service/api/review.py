"""Who may be one person: the questions of matching, both people side by side."""

from __future__ import annotations

import strawberry

from importers.identity.review import Candidate, count_candidates, open_candidates
from service.api.context import Info
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size
from service.api.people import Person
from service.api.values import DateText

__all__ = ["MatchReason", "ReviewCandidate", "ReviewQueries"]


@strawberry.type(description="What one feature adds to a score; the reasons of a pair add up to its score.")
class MatchReason:
    """One contribution."""

    feature: str
    level: str = strawberry.field(description="How far the two agree in it.")
    bits: float = strawberry.field(description="log2 of how much likelier it is of one person than of two.")
    words: str


@strawberry.type(
    description="Two people who may be one. Decide with `mergePeople` or `keepApart`; the question then closes."
)
class ReviewCandidate:
    """A question for a human."""

    id: strawberry.ID
    score: float = strawberry.field(description="log2 odds that both are one person.")
    probability: float = strawberry.field(description="The same from 0 to 1.")
    words: str = strawberry.field(description="What speaks for one person, and what against.")
    reasons: list[MatchReason]
    a: Person = strawberry.field(description="The one known for longer: the one kept, if both are merged.")
    b: Person
    found_on: DateText
    import_run_id: strawberry.ID | None = strawberry.field(description="The import that raised the question.")

    @classmethod
    def of(cls, found: Candidate, a: Person, b: Person) -> ReviewCandidate:
        """From what is read back."""
        return cls(
            id=strawberry.ID(found.id),
            score=found.score.bits,
            probability=found.score.probability,
            words=found.words,
            reasons=[
                MatchReason(feature=part.feature, level=part.level, bits=part.bits, words=part.words)
                for part in found.score.contributions
            ],
            a=a,
            b=b,
            found_on=DateText(found.found_on),
            import_run_id=strawberry.ID(found.run) if found.run else None,
        )


@strawberry.type
class ReviewQueries:
    """Queries for the questions of matching."""

    @strawberry.field(
        extensions=[Guarded()],
        description="People who may be one, the most probable pair first, for a human to decide.",
    )
    async def review_candidates(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[ReviewCandidate]:
        """A page of questions."""
        size = page_size(first)
        position = decode_cursor(after, float, str)
        engine = info.context.engine
        people = info.context.load.people
        items: list[tuple[ReviewCandidate, str]] = []
        while len(items) <= size:
            found = await open_candidates(engine, after=position, limit=size + 1)
            for each in found:
                a, b = await people.load_many([each.a, each.b])
                # Of whom only others may know nothing is asked here.
                if a is not None and b is not None:
                    shown = ReviewCandidate.of(each, Person.of(a), Person.of(b))
                    items.append((shown, encode_cursor(*each.position)))
            if len(found) <= size:
                break
            position = found[-1].position
        return page_of(items, size, after, lambda: count_candidates(engine, info.context.sees))
