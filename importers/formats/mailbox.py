"""Mailboxes (mbox): who wrote to whom and when, counted for each counterpart of the owner.

Of a message only the headers below are read, never its subject, body or attachments. Nothing of a single message is
stored: a counterpart's record holds how many went each way, and the last day of each.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.utils import getaddresses, parsedate_tz
from hashlib import blake2b

from graph.model.dates import PartialDate
from graph.model.identities import Identity
from importers.formats.addresses import decoded_words, display_name, is_forwarded, person_address
from importers.formats.base import Column, FileContext, Input, Item, Refusal, Row, RowError, Skipped
from importers.formats.contact import Contact, contact_record
from importers.formats.document import DocumentFormat, Entry
from importers.formats.sheet import file_stem, refused
from importers.formats.values import own_addresses
from importers.parameters import PARAMETERS
from importers.reading.blocks import BadBlock
from importers.reading.mail import begins_mailbox, read_messages
from importers.reading.text import ByteSource

__all__ = ["MAILBOX"]

_COLUMNS = tuple(
    Column(name, kept=False)
    for name in (
        "From",
        "To",
        "Cc",
        "Date",
        "Message-ID",
        # By these a message is known that nobody wrote to the owner, or that the owner threw away.
        "List-Id",
        "List-Unsubscribe",
        "Precedence",
        "Auto-Submitted",
        "X-Gmail-Labels",
        "X-GM-Labels",
        "X-Mozilla-Status",
    )
)
_NAMES = {column.name.lower(): column.name for column in _COLUMNS}

# Gmail's folders in the languages of its users (? for all but English); a chat is no mail.
_SPAM = frozenset("spam junk".split())
_TRASH = frozenset("trash bin papierkorb corbeille papelera cestino prullenbak lixeira lixo".split())
_DRAFTS = frozenset("draft drafts entwürfe brouillons borradores bozze concepten rascunhos".split())
_CHATS = frozenset("chat chats".split())
_LABELS = ((_SPAM, "spam"), (_TRASH, "thrown away"), (_DRAFTS, "a draft"), (_CHATS, "a chat, not a mail"))
_EXPUNGED = 0x0008  # Thunderbird: deleted, and still in the file until that is compacted
_BULK = frozenset("bulk list junk auto_reply".split())
# Addresses of more people than this need not be taken apart to see that it is a mailing.
_MANY = 20 * PARAMETERS.largest_group
_LIST = "from a mailing list or a machine"


def _entries(source: ByteSource, encoding: str | None, unread: set[str]) -> Iterator[Entry | BadBlock]:
    """Messages as rows; what stands several times in a header is one list."""
    for message in read_messages(source, _NAMES):
        if isinstance(message, BadBlock):
            yield message
        else:
            # A stray control character within a header makes its rest look like one of another name.
            headers = message.headers.items()
            yield message.line, {_NAMES[name]: ", ".join(texts) for name, texts in headers if name in _NAMES}


@dataclass(slots=True)
class _Mailbox:
    """What was counted so far, and which messages it were."""

    own: frozenset[str]
    latest: date
    contacts: dict[Identity, Contact] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def add(self, row: Row) -> Skipped | None:
        """Count one message; says why it does not count. Raises RowError for one that cannot be right."""
        if why := _left_out(row):
            return Skipped(row.line, why)
        if self._again(row.get("Message-ID")):
            return Skipped(row.line, "a copy of another message")
        recipients = f"{row.get('To')}, {row.get('Cc')}"
        if recipients.count("@") > _MANY:
            return Skipped(row.line, f"a message to more than {PARAMETERS.largest_group} people")
        sender = _people(row.get("From"))
        if len(sender) != 1:
            return Skipped(row.line, _LIST)
        receivers = _people(recipients)
        if len({address.key for address, _ in receivers}) > PARAMETERS.largest_group:
            return Skipped(row.line, f"a message to more than {PARAMETERS.largest_group} people")
        return self._count(row, sender[0], receivers)

    def _count(
        self, row: Row, sender: tuple[Identity, str], receivers: Sequence[tuple[Identity, str]]
    ) -> Skipped | None:
        writes = self._is_own(sender[0])
        if not writes and not any(self._is_own(address) for address, _ in receivers):
            return Skipped(row.line, "a message neither from nor to the owner")
        others = [one for one in (receivers if writes else [sender]) if not self._is_own(one[0])]
        if not others:
            return Skipped(row.line, "a message of the owner to themself")
        on = self._day(row.get("Date"))
        for address, name in dict(others).items():
            self.contacts.setdefault(address, Contact()).add(sent=writes, on=on, name=name)
        return None

    def _is_own(self, address: Identity) -> bool:
        local, _, domain = address.value.partition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.own or address.value in self.own

    def _again(self, message_id: str) -> bool:
        """Whether a message of this id was counted; what has none counts by itself."""
        if not message_id:
            return False
        digest = int.from_bytes(blake2b(message_id.encode("utf-8", "replace"), digest_size=8).digest())
        if digest in self.seen:
            return True
        self.seen.add(digest)
        return False

    def _day(self, text: str) -> PartialDate:
        try:
            parsed = parsedate_tz(text)
            day = date(*parsed[:3]) if parsed else None
        except (ValueError, IndexError, OverflowError):
            day = None
        if day is None or day.year < 1970:
            raise RowError("Date", "Date: it is not a date", "Correct or take out this message")
        if day > self.latest:
            raise RowError("Date", "Date: it lies in the future", "Correct or take out this message")
        return PartialDate(day.year, day.month, day.day)


def _left_out(row: Row) -> str | None:
    """Why a message shows no contact between people; None where it may."""
    labels = _labels(row)
    for names, why in _LABELS:
        if labels & names:
            return why
    status = row.get("X-Mozilla-Status").strip()
    if status and _hexadecimal(status) & _EXPUNGED:
        return "thrown away"
    if row.get("List-Id") or row.get("List-Unsubscribe") or row.get("Precedence").strip().casefold() in _BULK:
        return _LIST
    if row.get("Auto-Submitted").strip().casefold() not in ("", "no"):
        return _LIST
    if not row.get("From"):
        return "a message without a sender"
    return None if row.get("Date") else "a message without a date"


def _labels(row: Row) -> set[str]:
    written = row.get("X-Gmail-Labels") or row.get("X-GM-Labels")
    if not written:
        return set()
    text = " ".join(decoded_words(written).split())
    return {label.strip().casefold() for label in next(csv.reader([text]), [])}


def _hexadecimal(text: str) -> int:
    try:
        return int(text[:8], 16)
    except ValueError:
        return 0


def _people(header: str) -> list[tuple[Identity, str]]:
    """People's addresses in a header with the names beside them; lists, functions and machines are left out."""
    found = []
    for written, address in getaddresses([header]):
        name = display_name(written) if written else ""
        identity = person_address(address)
        if identity and not is_forwarded(name):
            found.append((identity, name))
    return found


def _messages(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    own = own_addresses(context)
    # Clocks run ahead by hours, and time zones by less than a day.
    mailbox = _Mailbox(own, datetime.now(UTC).date() + timedelta(days=1))
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        if not own:
            break
        try:
            skipped = mailbox.add(row)
        except ValueError as wrong:
            yield refused(row, context, wrong, frozenset())
            continue
        if skipped:
            yield skipped
    if not own:
        yield Refusal(
            context.file_name,
            1,
            "From",
            "No e-mail address of the owner is known, so that nothing tells what they wrote",
            "Name the owner with --owner, by the e-mail address of this mailbox",
        )
        return
    kind = f"mailbox|{file_stem(context.file_name)}"
    for address, contact in mailbox.contacts.items():
        yield contact_record(kind, "email", address, contact, context, unnamed=address.value, partial=True)


MAILBOX = DocumentFormat(
    name="mailbox/mbox",
    entry="message",
    columns=_COLUMNS,
    endings=(".mbox",),
    begins=begins_mailbox,
    begins_with="From ",
    entries=_entries,
    read=_messages,
    is_text=False,
)
