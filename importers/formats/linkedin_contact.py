"""Invitations and messages of a LinkedIn archive: who, whom, how often, when; one record a counterpart.

Of a message only its sender, recipients, date and folder are read. Memory is bounded by the number of
counterparts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from graph.model.entities import Person
from graph.model.identities import Identity, linkedin_identity, normal_name, row_identity
from importers.formats.base import Column, FileContext, Input, Item, Refusal, Row, RowError, Skipped
from importers.formats.contact import Contact, contact_record
from importers.formats.sheet import SheetFormat, refused
from importers.formats.values import date_cell, linkedin_cell, one_line, owner_of
from importers.parameters import PARAMETERS
from importers.reading.dates import newer

__all__ = ["INVITATIONS", "LARGEST_GROUP", "MESSAGES", "OWNER_PROFILES"]

LARGEST_GROUP = PARAMETERS.largest_group


# Invitations -----------------------------------------------------------------------------------------------

_INVITATION_COLUMNS = (
    Column("From", required=True),
    Column("To", required=True),
    Column("Sent At", required=True, date=True),
    Column("Direction", required=True),
    Column("inviterProfileUrl"),
    Column("inviteeProfileUrl"),
)
_KEPT_OF_AN_INVITATION = frozenset(column.name for column in _INVITATION_COLUMNS)


def _invitations(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    """An invitation shows one-way contact: the file does not say whether it was accepted.

    Of several between the same two people the newest stands.
    """
    newest: dict[Identity, Contact] = {}
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        try:
            found = _invitation(row, context)
        except ValueError as wrong:
            yield refused(row, context, wrong, _KEPT_OF_AN_INVITATION)
            continue
        if isinstance(found, Skipped):
            yield found
            continue
        other, contact = found
        before = newest.get(other)
        if before is None or (
            contact.last_on and (before.last_on is None or newer(contact.last_on, before.last_on))
        ):
            newest[other] = contact
    own = set(owner_of(context).keys)
    for other, contact in newest.items():
        if other.key not in own:
            yield contact_record("invitations", "linkedin invitation", other, contact, context)


def _invitation(row: Row, context: FileContext) -> tuple[Identity, Contact] | Skipped:
    direction = row.get("Direction").upper()
    if direction not in ("OUTGOING", "INCOMING"):
        raise RowError(
            "Direction", "Direction: it is neither OUTGOING nor INCOMING", "Export the archive again"
        )
    outgoing = direction == "OUTGOING"
    name_column, url_column = ("To", "inviteeProfileUrl") if outgoing else ("From", "inviterProfileUrl")
    name = one_line(row.get(name_column))
    other = linkedin_cell(row.get(url_column), url_column)
    if other is None and not name:
        return Skipped(row.line, "a member who hides themself")
    contact = Contact()
    contact.add(sent=outgoing, on=date_cell(row, "Sent At", context), name=name)
    return other or row_identity("person", context.source, context.owner_key, name, ""), contact


INVITATIONS = SheetFormat(
    name="linkedin/invitations",
    columns=_INVITATION_COLUMNS,
    read=_invitations,
    needs_owner=True,
    stems=("invitations",),
    dataset_of="owner",
    written_order="month-first",
)


def _inviter(rows: Iterable[Input], owner: Person, context: FileContext) -> Identity | None:
    """The profile that sent the archive's outgoing invitations, where it is one and has the owner's name."""
    found = set()
    for row in rows:
        if isinstance(row, Row) and row.get("Direction").upper() == "OUTGOING":
            if normal_name(row.get("From")) != normal_name(owner.name):
                return None
            with suppress(ValueError):
                found.add(linkedin_cell(row.get("inviterProfileUrl"), "inviterProfileUrl"))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


# Messages --------------------------------------------------------------------------------------------------

_MESSAGE_COLUMNS = (
    Column("FROM", required=True, kept=False),
    Column("SENDER PROFILE URL", required=True, kept=False),
    Column("TO", required=True, kept=False),
    Column("RECIPIENT PROFILE URLS", required=True, kept=False),
    Column("DATE", required=True, date=True, kept=False),
    Column("FOLDER", kept=False),
    Column("IS MESSAGE DRAFT", kept=False),
    Column("IS CONVERSATION DRAFT", kept=False),
)
_YES = ("yes", "true", "1")


@dataclass(slots=True)
class _Mailbox:
    """All messages so far, by sender and recipient; who the owner is may show only at the end."""

    messages: int = 0
    takes_part: dict[Identity, int] = field(default_factory=dict)
    names: dict[Identity, str] = field(default_factory=dict)
    sent: dict[tuple[Identity, Identity], Contact] = field(default_factory=dict)

    def add(self, row: Row, context: FileContext) -> Skipped | None:
        """Count one message; says why it does not count."""
        if row.get("FOLDER").upper() == "SPAM":
            return Skipped(row.line, "spam")
        if any(row.get(flag).casefold() in _YES for flag in ("IS MESSAGE DRAFT", "IS CONVERSATION DRAFT")):
            return Skipped(row.line, "a draft")
        sender = linkedin_identity(row.get("SENDER PROFILE URL"))
        addresses = [url for url in row.get("RECIPIENT PROFILE URLS").split(",") if url.strip()]
        recipients = {identity for url in addresses if (identity := linkedin_identity(url))} - {sender}
        if sender is None or not recipients:
            return Skipped(row.line, "a message from or to somebody without a profile")
        if len(addresses) > LARGEST_GROUP:
            return Skipped(row.line, f"a message to more than {LARGEST_GROUP} people")
        on = date_cell(row, "DATE", context)
        self.messages += 1
        if name := one_line(row.get("FROM")):
            self.names.setdefault(sender, name)
        if len(addresses) == 1 and (name := one_line(row.get("TO"))):
            # Several names are joined by the comma that names hold themselves: one is certain, more are not.
            self.names.setdefault(next(iter(recipients)), name)
        for person in (sender, *recipients):
            self.takes_part[person] = self.takes_part.get(person, 0) + 1
        for recipient in recipients:
            self.sent.setdefault((sender, recipient), Contact()).add(sent=True, on=on, name="")
        return None

    def owner(self, person: Person) -> Identity:
        """The profile under which the owner writes. Raises RowError when it does not show."""
        stated = [identity for identity in person.identities if identity.system == "linkedin"]
        if stated:
            if found := next((identity for identity in stated if identity in self.takes_part), None):
                return found
            raise RowError(
                "SENDER PROFILE URL",
                "The stated owner neither wrote nor received any of these messages",
                "Name whose archive it is with --owner, by their LinkedIn URL as it stands in the file",
            )
        in_all = [who for who, count in self.takes_part.items() if count == self.messages]
        if len(in_all) > 1 and person.name:
            in_all = [
                who for who in in_all if normal_name(self.names.get(who, "")) == normal_name(person.name)
            ]
        if len(in_all) == 1:
            return in_all[0]
        raise RowError(
            "SENDER PROFILE URL",
            "The messages do not show which profile is the owner's",
            "Name the owner with --owner, by their LinkedIn URL",
        )

    def contacts(self, owner: Identity) -> Iterator[tuple[Identity, Contact]]:
        """Each counterpart of the owner, with both directions counted."""
        found: dict[Identity, Contact] = {}
        for (sender, recipient), counted in self.sent.items():
            if owner not in (sender, recipient):
                continue
            other = recipient if sender == owner else sender
            contact = found.setdefault(other, Contact(name=self.names.get(other, "")))
            contact.add(sent=sender == owner, on=counted.last_on, name="", times=counted.sent)
        yield from found.items()


def _writer(rows: Iterable[Input], owner: Person, context: FileContext) -> Identity | None:
    """The profile that takes part in all of the archive's messages, where it is one and has the owner's name."""
    mailbox = _Mailbox()
    for row in rows:
        if isinstance(row, Row):
            with suppress(ValueError):
                mailbox.add(row, context)
    try:
        found = mailbox.owner(owner)
    except RowError:
        return None
    return found if normal_name(mailbox.names.get(found, "")) == normal_name(owner.name) else None


def _messages(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    mailbox = _Mailbox()
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        try:
            skipped = mailbox.add(row, context)
        except ValueError as wrong:
            yield refused(row, context, wrong, frozenset())
            continue
        if skipped:
            yield skipped
    if not mailbox.messages:
        return
    try:
        owner = mailbox.owner(owner_of(context))
    except RowError as wrong:
        yield Refusal(context.file_name, 1, wrong.column, wrong.reason, wrong.fix)
        return
    for other, contact in mailbox.contacts(owner):
        yield contact_record("messages", "linkedin message", other, contact, context)


MESSAGES = SheetFormat(
    name="linkedin/messages",
    columns=_MESSAGE_COLUMNS,
    read=_messages,
    needs_owner=True,
    stems=("messages",),
    dataset_of="owner",
    written_order="month-first",
)

# Which profile is the owner's, by the files of an archive that show it: of an owner known by name alone.
OWNER_PROFILES: Mapping[str, Callable[[Iterable[Input], Person, FileContext], Identity | None]] = {
    INVITATIONS.name: _inviter,
    MESSAGES.name: _writer,
}
