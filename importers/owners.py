"""Whose archive it is: stated with the import, or read from the Profile.csv that came with it."""

from __future__ import annotations

import re
from typing import Any

from graph.engine.connection import Engine
from graph.model.entities import Person
from graph.model.identities import Identity, email_identity, linkedin_identity
from graph.model.records import Record
from importers.reading.problems import FileError

__all__ = ["addresses_of", "find_owner", "introduction", "person_id_of", "stored_person"]

_ID = re.compile(r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


async def find_owner(engine: Engine, stated: str) -> Person:
    """The person that an owner's LinkedIn URL, e-mail address or id means; raises FileError for anything else."""
    text = stated.strip()
    if _ID.match(text.lower()):
        rows = await engine.read("imports/identities_of_person", id=text.lower())
        if not rows:
            raise FileError(
                "owner is not the id of a known person", "Look the person up, or give a LinkedIn URL"
            )
        return Person(
            identities=tuple(Identity("person", row["system"], row["value"], row["url"]) for row in rows)
        )
    identity = linkedin_identity(text) or email_identity(text)
    if identity is None:
        raise FileError(
            "owner is not a LinkedIn profile's URL, an e-mail address or a person's id",
            "Give for example --owner https://www.linkedin.com/in/their-name",
        )
    return Person(identities=(identity,))


async def stored_person(engine: Engine, person: Person) -> dict[str, Any] | None:
    """What is stored of the person who has one of these identities; None when nobody has."""
    rows = await engine.read("records/resolve", keys=list(person.keys))
    return dict(rows[0]["properties"]) if rows else None


async def person_id_of(engine: Engine, person: Person) -> str | None:
    """The id of the person who has one of these identities; None when nobody has."""
    stored = await stored_person(engine, person)
    return str(stored["id"]) if stored else None


async def addresses_of(engine: Engine, person: Person) -> frozenset[str]:
    """All e-mail addresses known to be a person's: by these a mailbox tells what is their own."""
    stored = await stored_person(engine, person)
    rows = await engine.read("imports/identities_of_person", id=stored["id"]) if stored else []
    return frozenset(str(row["value"]) for row in rows if row["system"] == "email")


def introduction(owner: Person, *, known: bool) -> list[Record]:
    """Records that make an owner one of ours: who else gives us their archive.

    A so far unknown one gets the best name there is, what they were given by. It stands apart, so that it never
    outweighs a real name.
    """
    by = owner.identities[0]
    ours = Record(key=f"team|{by.key}", entities=(Person(identities=owner.identities, team_member=True),))
    if known:
        return [ours]
    person = Person(identities=owner.identities, name=owner.name or by.value)
    return [Record(key=f"owner|{by.key}", entities=(person,)), ours]
