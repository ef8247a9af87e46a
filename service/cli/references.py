"""Whom or what a command line means: an id, an e-mail address, a URL, a domain, or a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from service.cli.output import fail

if TYPE_CHECKING:
    from graph.engine import Engine
    from graph.records.views import CompanyView, PersonView

__all__ = ["Meant", "Reference", "find_one", "look_up"]

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Meant:
    """A person or a company; `about` helps to tell them from others of the same name."""

    kind: Literal["person", "company"]
    id: str
    name: str
    about: str = ""

    def as_dict(self) -> dict[str, str]:
        """Plain values."""
        return {"kind": self.kind, "id": self.id, "name": self.name, "about": self.about}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text refers to: `meant` only when it is sure, else candidates (none: unknown)."""

    meant: Meant | None = None
    candidates: tuple[Meant, ...] = field(default_factory=tuple)


async def look_up(engine: Engine, text: str) -> Reference:
    """Find the person or company that `text` refers to. A name counts when exactly one bears it."""
    exact = await _exactly(engine, text.strip())
    if exact is not None:
        return Reference(meant=exact[0]) if exact else Reference()
    named = await _by_whole_name(engine, text)
    if len(named) == 1:
        return Reference(meant=named[0])
    return Reference(candidates=tuple(named or await _similar(engine, text)))


async def find_one(engine: Engine, text: str) -> Meant:
    """The one person that `text` refers to, noted for the audit; ends the command, with candidates, otherwise."""
    from service.audit.noting import note_people

    found = await look_up(engine, text)
    if found.meant is not None and found.meant.kind == "person":
        note_people([found.meant.id])
        return found.meant
    if found.candidates:
        known = "; ".join(f"{one.name} ({one.about or one.kind}) {one.id}" for one in found.candidates)
        fail(f"“{text}” could be several: {known}. Give the id.")
    return fail(f"nobody known is “{text}”: give an e-mail address, a LinkedIn URL or an id.")


async def _exactly(engine: Engine, text: str) -> list[Meant] | None:
    """What an id or an identity refers to (empty: unknown); None when the text is neither."""
    from graph.model.identities import domain_identity, email_identity, linkedin_identity
    from graph.records.organisations import companies_by_ids, companies_by_keys
    from graph.records.people import people_by_ids, people_by_keys

    if _ID.fullmatch(text.lower()):
        people = await people_by_ids(engine, [text.lower()])
        companies = await companies_by_ids(engine, [text.lower()])
        return [*map(_person, people.values()), *map(_company, companies.values())]
    person = email_identity(text) or (linkedin_identity(text) if "linkedin.com" in text.lower() else None)
    if person is not None:
        return [_person(each) for each in (await people_by_keys(engine, [person.key])).values()]
    company = linkedin_identity(text, "company") or domain_identity(text)
    if company is not None and " " not in text:
        return [_company(each) for each in (await companies_by_keys(engine, [company.key])).values()]
    return None


async def _by_whole_name(engine: Engine, text: str) -> list[Meant]:
    from graph.model.identities import name_identity, normal_name
    from graph.records.organisations import companies_by_keys
    from graph.records.people import people_by_names

    people = (await people_by_names(engine, [normal_name(text)], _SHOWN)).get(normal_name(text), [])
    identity = name_identity("company", text)
    companies = await companies_by_keys(engine, [identity.key]) if identity else {}
    return [*map(_person, people), *map(_company, companies.values())]


async def _similar(engine: Engine, text: str) -> list[Meant]:
    from graph.records.search import search_companies, search_people

    people = await search_people(engine, text, after=None, limit=_SHOWN)
    companies = await search_companies(engine, text, after=None, limit=_SHOWN)
    return [*(_person(one.item) for one in people), *(_company(one.item) for one in companies)][:_SHOWN]


def _person(view: PersonView) -> Meant:
    return Meant("person", view.id, view.name, view.headline or view.location or "")


def _company(view: CompanyView) -> Meant:
    return Meant("company", view.id, view.name, view.domain or view.industry or "")
