"""What went between an owner and somebody else, counted message by message: one record a counterpart."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import Interaction
from graph.model.identities import Identity
from graph.model.records import Record
from importers.formats.base import FileContext
from importers.formats.values import owner_of
from importers.reading.dates import newer

__all__ = ["Contact", "contact_record"]


@dataclass(slots=True)
class Contact:
    """What went between two people so far."""

    name: str = ""
    sent: int = 0
    received: int = 0
    last_on: PartialDate | None = None
    sent_on: PartialDate | None = None
    received_on: PartialDate | None = None

    def add(self, *, sent: bool, on: PartialDate | None, name: str, times: int = 1) -> None:
        """Count messages that the owner sent or received, the last of them on a day."""
        self.sent += times if sent else 0
        self.received += 0 if sent else times
        self.name = self.name or name
        self.last_on = _newest(self.last_on, on)
        if sent:
            self.sent_on = _newest(self.sent_on, on)
        else:
            self.received_on = _newest(self.received_on, on)


def _newest(known: PartialDate | None, on: PartialDate | None) -> PartialDate | None:
    return on if on and (known is None or newer(on, known)) else known


def contact_record(
    kind: str,
    channel: str,
    other: Identity,
    contact: Contact,
    context: FileContext,
    *,
    unnamed: str = "",
    partial: bool = False,
) -> Record:
    """The record of a counterpart. `kind` distinguishes it from the counterpart's records of other files.

    `partial`: other files of the owner's may count more of the same channel. `unnamed` stands in for the name of
    somebody whom the file does not name: it is shown only as long as nobody knows a better one.
    """
    owner = owner_of(context)
    person = Person(identities=(other,), name=contact.name)
    fact = Interaction(
        a=owner,
        b=person,
        channel=channel,
        sent=contact.sent,
        received=contact.received,
        last_on=contact.last_on,
        sent_on=contact.sent_on,
        received_on=contact.received_on,
        partial=partial,
    )
    mentioned = (
        (owner,) if contact.name or not unnamed else (owner, Person(identities=(other,), name=unnamed))
    )
    return Record(f"{kind}|{context.owner_key}|{other.key}", (person, *mentioned), (fact,))
