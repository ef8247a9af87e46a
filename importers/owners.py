"""Whose archive it is: stated with the import, or read from the Profile.csv that came with it."""

from __future__ import annotations

import re

from graph.engine.connection import Engine
from graph.model.entities import Person
from graph.model.identities import Identity, email_identity, linkedin_identity
from graph.model.records import Record
from importers.reading.problems import FileError

__all__ = ["find_owner", "introduction", "person_id_of"]

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


async def person_id_of(engine: Engine, person: Person) -> str | None:
    """The id of the person who has one of these identities; None when nobody has."""
    rows = await engine.read("records/resolve", keys=list(person.keys))
    return str(rows[0]["properties"]["id"]) if rows else None


def introduction(owner: Person) -> Record:
    """A record that makes a so far unknown owner known, under the best name there is: what they were given by."""
    known_by = owner.identities[0]
    person = Person(identities=owner.identities, name=owner.name or known_by.value)
    return Record(key=f"owner|{known_by.key}", entities=(person,))
