"""E-mail addresses and the names beside them: which of them are a person's, and how that person is called."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header, make_header

from graph.model.identities import Identity, email_identity
from importers.formats.values import one_line

__all__ = ["decoded_words", "display_name", "is_forwarded", "is_persons", "person_address"]

# Mailboxes of a function: RFC 2142, and those that firms add to it. Several people read them, so that they prove
# neither contact with one nor that two entries are the same one.
_FUNCTIONS = frozenset(
    (
        "info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp "
        "admin administrator office contact kontakt contacto contatto hello hallo mail team service services help "
        "helpdesk billing invoice invoices accounting buchhaltung rechnung jobs career careers bewerbung hr press "
        "presse newsletter notifications notification notify alerts alert updates orders order bestellung "
        "kundenservice customerservice feedback root daemon system robot bot calendar invitations invites events "
        "reservations booking"
    ).split()
)
# Nobody reads what is sent there. Words, so that no name that holds them as letters is meant.
_NOBODY = re.compile(
    r"(?:^|[._+-])(?:no-?_?reply|do-?_?not-?_?reply|donotanswer|noreplies|bounces?|mailer-daemon|"
    r"automailer|autoreply|auto-reply|unsubscribe|undisclosed-recipients)(?:$|[._+=-])|^noreply|^mailer-daemon",
    re.IGNORECASE,
)
# A tracking address made for one message: reply+AB12…@, or a long run of hexadecimal.
_MADE = re.compile(r"^(?:reply|bounce|notifications?)[+=_-]|[0-9a-f]{24,}", re.IGNORECASE)
_SERVICES = ("resource.calendar.google.com", "group.calendar.google.com", "calendar.google.com")
_NO_SURNAME_FIRST = re.compile(
    r"^(?:jr|sr|inc|ltd|llc|gmbh|ag|sa|md|phd|esq|mba|cpa|ii|iii)\.?$", re.IGNORECASE
)
_FORWARDED = re.compile(r"^'?.+?'? (?:via|über|durch) \S", re.IGNORECASE)


def person_address(text: str) -> Identity | None:
    """The identity an address gives a person; None where it is none, or not a person's."""
    identity = email_identity(text.strip().strip("'\"<>"))
    return identity if identity and is_persons(identity.value) else None


def is_persons(address: str) -> bool:
    """Whether a person stands behind an address: no function, no list, no machine, no meeting room."""
    local, _, domain = address.casefold().rpartition("@")
    return not (
        local.partition("+")[0] in _FUNCTIONS
        or _NOBODY.search(local)
        or _MADE.search(local)
        or domain.endswith(_SERVICES)
    )


def is_forwarded(name: str) -> bool:
    """Whether the name says that somebody else wrote: `Anna Berg via Team list`."""
    return bool(_FORWARDED.match(name))


def display_name(written: str) -> str:
    """A name as it stands beside an address: decoded, without quotes, surname last; "" where it is an address."""
    name = decoded_words(written)
    name = one_line(name).strip("'\"\u2018\u2019\u201c\u201d ")
    if "@" in name or len(name) > 200 or not any(letter.isalpha() for letter in name):
        return ""
    surname, comma, first = name.partition(",")
    surname, first = surname.strip(), first.strip()
    if comma and surname and first and "," not in first and not _NO_SURNAME_FIRST.match(first):
        return f"{first} {surname}"
    return name


def decoded_words(written: str) -> str:
    """Encoded words (RFC 2047) as text; a name that says it is encoded and is not stays as written."""
    if "=?" not in written:
        return written
    try:
        return str(make_header(decode_header(written)))
    except (MessageError, LookupError, ValueError):
        return ""
