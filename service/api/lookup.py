"""Finding many people by what another system knows of them; a name alone only ever gives candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import strawberry

from graph.model.identities import Identity, normal_company_name, normal_name
from graph.records.people import employers_of, people_by_keys, people_by_names
from graph.records.views import PersonView
from service.api.changes import person_identities
from service.api.context import Info
from service.api.guard import Guarded
from service.api.people import Person
from service.api.values import InputError, InputErrorCode, InputProblem
from service.errors import ErrorCode, ServiceError

__all__ = ["LookupQueries", "PersonLookup", "PersonRefInput"]

MOST_REFS = 100
MOST_CANDIDATES = 25


@strawberry.input(
    description="A person by id, e-mail address, LinkedIn address, or a system's own id; else by name, which gives "
    "candidates only."
)
class PersonRefInput:
    """A reference to a person."""

    id: strawberry.ID | None = None
    email: str | None = None
    linkedin_url: str | None = None
    system: str | None = None
    external_id: str | None = None
    name: str | None = None
    company: str | None = None


@strawberry.type(
    description="`person` only when sure. `candidates`: who might be meant, at most 25. Neither: nobody is known."
)
class PersonLookup:
    """What a reference led to."""

    person: Person | None = None
    candidates: list[Person] = strawberry.field(default_factory=list)
    errors: list[InputError] = strawberry.field(default_factory=list)


@dataclass(slots=True)
class _Asked:
    ref: PersonRefInput
    identities: list[Identity] = field(default_factory=list)
    error: InputError | None = None

    @property
    def name(self) -> str:
        """The name to look for, where nothing exact was given."""
        exact = self.identities or self.ref.id
        return "" if exact or self.error else normal_name(self.ref.name or "")


@strawberry.type
class LookupQueries:
    """The query for people by reference."""

    @strawberry.field(
        extensions=[Guarded()],
        description="People by reference, at most 100 in one call; the answers stand in the order of `refs`.",
    )
    async def people_by_ref(self, info: Info, refs: list[PersonRefInput]) -> list[PersonLookup]:
        """Look up people, in three or four statements whatever their number."""
        if len(refs) > MOST_REFS:
            raise ServiceError(ErrorCode.LIMIT_EXCEEDED, f"refs takes at most {MOST_REFS}.", limit="refs")
        asked = [_checked(position, ref) for position, ref in enumerate(refs)]
        engine = info.context.engine
        keys = [identity.key for each in asked for identity in each.identities]
        sees = info.context.sees
        by_key = _known(await people_by_keys(engine, keys), sees) if keys else {}
        ids = [each.ref.id for each in asked if each.ref.id]
        by_id = dict(zip(ids, await info.context.load.people.load_many(ids), strict=True)) if ids else {}
        names = [each.name for each in asked if each.name]
        named = await people_by_names(engine, names, MOST_CANDIDATES * 4) if names else {}
        named = {name: [one for one in views if one.known_by(sees)] for name, views in named.items()}
        narrowed = {
            p.id for each in asked if each.name and each.ref.company for p in named.get(each.name, [])
        }
        worked = await employers_of(engine, sorted(narrowed), info.context.viewer) if narrowed else {}
        return [_answer(position, each, by_key, by_id, named, worked) for position, each in enumerate(asked)]


def _known(found: Mapping[str, PersonView], sees: str | None) -> dict[str, PersonView]:
    return {key: view for key, view in found.items() if view.known_by(sees)}


def _checked(position: int, ref: PersonRefInput) -> _Asked:
    asked = _Asked(ref)
    try:
        emails = [ref.email] if ref.email else []
        asked.identities = person_identities(emails, ref.linkedin_url, ref.system, ref.external_id)
        if not asked.identities and not ref.id and not normal_name(ref.name or ""):
            raise InputProblem(
                InputErrorCode.REQUIRED,
                "Give id, email, linkedinUrl, system and externalId, or a name.",
                None,
            )
    except InputProblem as problem:
        where = (problem.error.field or "").replace("emails.0", "email")
        asked.identities = []
        asked.error = InputError.of(
            problem.error.code, problem.error.message, f"refs.{position}{'.' if where else ''}{where}"
        )
    return asked


def _answer(
    position: int,
    asked: _Asked,
    by_key: Mapping[str, PersonView],
    by_id: Mapping[strawberry.ID, PersonView | None],
    named: Mapping[str, list[PersonView]],
    worked: Mapping[str, list[tuple[str, str]]],
) -> PersonLookup:
    if asked.error is not None:
        return PersonLookup(errors=[asked.error])
    if asked.name:
        return PersonLookup(candidates=_candidates(asked, named.get(asked.name, []), worked))
    views = [by_key[i.key] for i in asked.identities if i.key in by_key]
    known = by_id.get(asked.ref.id) if asked.ref.id else None
    found = {view.id: view for view in ([known] if known else []) + views}
    if len(found) > 1:
        error = InputError.of(
            InputErrorCode.AMBIGUOUS,
            f"These references belong to {len(found)} different people.",
            f"refs.{position}",
        )
        return PersonLookup(candidates=[Person.of(view) for view in found.values()], errors=[error])
    return PersonLookup(person=next((Person.of(view) for view in found.values()), None))


def _candidates(
    asked: _Asked, views: list[PersonView], worked: Mapping[str, list[tuple[str, str]]]
) -> list[Person]:
    if asked.ref.company:
        wanted = normal_company_name(asked.ref.company)
        views = [v for v in views if any(normal_company_name(n) == wanted for _, n in worked.get(v.id, ()))]
    return [Person.of(view) for view in views[:MOST_CANDIDATES]]
