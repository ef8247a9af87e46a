"""Over what two people were in touch: the same channel under one name, however a system spells it."""

from __future__ import annotations

__all__ = ["normal_channel"]

_SPELLINGS = {
    "email": "e-mail, e mail, emails, e-mails, mail, mails",
    "meeting": "meetings",
    "call": "calls, phone, telephone, phone call, phone calls, telephone call, telephone calls",
    "message": "messages",
    "chat": "chats",
    "visit": "visits",
    "event": "events",
    "linkedin message": "linkedin messages",
    "linkedin invitation": "linkedin invitations",
}


def _plain(channel: str) -> str:
    return " ".join(channel.casefold().replace("-", " ").replace("_", " ").split())


_NAMES = {
    _plain(spelling): name
    for name, spellings in _SPELLINGS.items()
    for spelling in (name, *spellings.split(", "))
}


def normal_channel(channel: str) -> str:
    """`E-mail`, `emails` and `Mail` as `email`; what is not known stays as written, on one line."""
    return _NAMES.get(_plain(channel), " ".join(channel.split()))
