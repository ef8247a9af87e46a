"""What all mutations share: inputs checked into model values, replies to keys, ties derived before the answer."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

import strawberry

from graph.engine.connection import Engine
from graph.model.committee import PERSONA_FIELDS
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Entity
from graph.model.identities import Identity, email_identity, external_identity, linkedin_identity
from graph.privacy.special_categories import special_categories
from graph.records.entering import Absent, Disagreement, Missing, Reference, Unknown, refer
from graph.records.replies import KeyReused, Ticket, forget_old_replies
from graph.ties import derive
from importers.formats.columns import EMPTY_SPELLINGS
from service.api.context import Info
from service.api.values import InputErrorCode, InputProblem

__all__ = [
    "CONFIRM_DESCRIPTION",
    "FREE_TEXT",
    "changed",
    "date_of",
    "external",
    "given",
    "kept",
    "name_of",
    "past_date_of",
    "person_identities",
    "referred",
    "spell_kept",
    "spell_of",
    "text_of",
    "today",
    "within",
]

LONGEST_TEXT = 1_000
LONGEST_KEY = 200
# Options of how to do it: the same change with another of them is the same change.
_NOT_ASKED = frozenset({"idempotency_key", "confirm_sensitive"})
CONFIRM_DESCRIPTION = (
    "Save it although words in it hint at health, religion, politics or the like (error SENSITIVE): note such things "
    "only where you are allowed to."
)
# Inputs in which somebody writes about a person in words of their own.
FREE_TEXT = frozenset({"evidence", "note", "draft", *PERSONA_FIELDS})
T = TypeVar("T")


async def changed(
    info: Info,
    mutation: str,
    asked: Any,
    work: Callable[[Ticket | None], Awaitable[str]],
    *,
    ties: bool = True,
) -> str:
    """Do the work once a key and answer its id; ties are right when this returns, unless it changes none (`ties`).

    `asked` is the mutation's input; its `idempotency_key` decides whether the work was done before. Raises
    InputProblem for what the model, the records or the key refuse.
    """
    _check_sensitive(asked)
    ticket = _ticket(info, mutation, asked)
    engine = info.context.engine
    try:
        answer = await ticket.answer(engine) if ticket else None
        if answer is None:
            answer = await work(ticket)
    except KeyReused:
        raise InputProblem(
            InputErrorCode.IDEMPOTENCY_KEY_REUSED,
            "This key was used for another input: send each change under a key of its own.",
            "idempotencyKey",
        ) from None
    except Unknown:
        raise InputProblem(InputErrorCode.NOT_FOUND, "There is nothing with this id.", "id") from None
    except Disagreement as error:
        raise InputProblem(InputErrorCode.CONFLICT, str(error), None) from None
    except Missing as error:
        raise InputProblem(InputErrorCode.REQUIRED, _sentence(error), error.field) from None
    except Absent as error:
        raise InputProblem(InputErrorCode.NOT_FOUND, _sentence(error), error.field) from None
    except ValueError as error:
        raise InputProblem(InputErrorCode.INVALID, _sentence(error), getattr(error, "field", None)) from None
    if ties:
        await derive(engine)
    info.context.forget()
    if ticket:
        await forget_old_replies(engine)
    return answer


def _check_sensitive(asked: Any) -> None:
    if getattr(asked, "confirm_sensitive", False):
        return
    for name in sorted(FREE_TEXT):
        found = special_categories(getattr(asked, name, None) or "")
        if found:
            raise InputProblem(
                InputErrorCode.SENSITIVE,
                f"This may tell about {' and '.join(found)}, which the law protects specially: leave it out, or send "
                "it again with confirmSensitive.",
                name,
            )


def _ticket(info: Info, mutation: str, asked: Any) -> Ticket | None:
    said = {name: value for name, value in _plain(asked).items() if name not in _NOT_ASKED}
    key = asked.idempotency_key
    if key is None:
        return None
    if not key.strip() or len(key) > LONGEST_KEY:
        raise InputProblem(
            InputErrorCode.INVALID, f"A key has 1 to {LONGEST_KEY} characters.", "idempotencyKey"
        )
    return Ticket.of(info.context.known_caller.key_id, key, mutation, said)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            f.name: _plain(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if getattr(value, f.name) is not strawberry.UNSET
        }
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.name if isinstance(value, Enum) else value


def text_of(value: str | None, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """A trimmed text; empty for None. INVALID when it is too long or holds what is no text."""
    text = (value or "").strip()
    # Control characters and halves of surrogate pairs; a text may have lines.
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r" for c in text):
        raise InputProblem(InputErrorCode.INVALID, "It holds control characters: send text only.", field)
    if len(text) > longest:
        raise InputProblem(InputErrorCode.INVALID, f"It may have {longest} characters.", field)
    return text


def name_of(value: str | None, field: str = "name") -> str:
    """A trimmed name; empty for None. INVALID for several lines, and for what programs write for "nothing"."""
    text = text_of(value, field)
    if text in EMPTY_SPELLINGS or (text and not any(c.isalnum() for c in text)):
        raise InputProblem(InputErrorCode.INVALID, "This is no name: leave it out, or give one.", field)
    if any(c in "\t\n\r" for c in text):
        raise InputProblem(InputErrorCode.INVALID, "A name has one line, without tabs.", field)
    return text


def past_date_of(value: str | None, field: str) -> PartialDate | None:
    """As `date_of`, for what has happened: INVALID when it lies in the future wherever on Earth one is."""
    found = date_of(value, field)
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    if found and (found.year, found.month or 1, found.day or 1) > (latest.year, latest.month, latest.day):
        raise InputProblem(InputErrorCode.INVALID, "This lies in the future.", field)
    return found


def within(value: Any, field: str, least: float, most: float | None = None) -> Any:
    """A number as given, or none; INVALID when it is less than `least` or more than `most`."""
    if value is None or value is strawberry.UNSET:
        return value
    if most is not None and not least <= value <= most:
        raise InputProblem(InputErrorCode.INVALID, f"It lies between {least} and {most}.", field)
    if value < least:
        raise InputProblem(InputErrorCode.INVALID, f"It is {least} or more.", field)
    return value


def given(says: dict[str, Any]) -> dict[str, Any]:
    """What the caller really said: what was left out is not said; an empty text takes back."""
    return {
        name: None if value == "" else value for name, value in says.items() if value is not strawberry.UNSET
    }


def date_of(value: str | None, field: str) -> PartialDate | None:
    """A date as written; INVALID with the reason when there is no such date."""
    if not value:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError as error:
        raise InputProblem(InputErrorCode.INVALID, _sentence(error), field) from None


def today() -> PartialDate:
    """The day on which something is noted."""
    now = datetime.now(UTC)
    return PartialDate(now.year, now.month, now.day)


def spell_of(started: str | None, ended: str | None, current: bool = False) -> Spell:
    """From when to when; INVALID when it ends before it starts, or is current and has ended."""
    first, last = date_of(started, "started"), date_of(ended, "ended")
    try:
        return Spell(first, last, current)
    except ValueError as error:
        raise InputProblem(InputErrorCode.INVALID, _sentence(error), "ended") from None


def kept(value: Any, before: Mapping[str, Any], name: str) -> Any:
    """What was given; what was left out is as it was before."""
    return before.get(name) if value is strawberry.UNSET else value


def spell_kept(
    started: str | None, ended: str | None, current: bool | None, before: Mapping[str, Any]
) -> Spell:
    """As `spell_of`; what was left out is as it was before. INVALID as there."""
    # Who is there now has no end, and who has an end is not there now: the newer word counts.
    last = None if current and ended is strawberry.UNSET else kept(ended, before, "ended")
    now = kept(current, before, "current") and not (current is strawberry.UNSET and last)
    return spell_of(started, last, bool(now))


def _sentence(error: ValueError) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def person_identities(
    emails: Sequence[str], linkedin_url: str | None, system: str | None, external_id: str | None
) -> list[Identity]:
    """Exact identities from an input, strongest first; INVALID for one that is none."""
    found: list[Identity] = []
    for position, address in enumerate(emails):
        identity = email_identity(address)
        if identity is None:
            raise InputProblem(InputErrorCode.INVALID, "This is no e-mail address.", f"emails.{position}")
        found.append(identity)
    if linkedin_url:
        identity = linkedin_identity(linkedin_url)
        if identity is None:
            raise InputProblem(
                InputErrorCode.INVALID,
                "Give a public profile: https://www.linkedin.com/in/…",
                "linkedinUrl",
            )
        found.append(identity)
    return found + external("person", system, external_id)


def external(label: Any, system: str | None, external_id: str | None) -> list[Identity]:
    """The id a record has in the system it came from; both or none must be given."""
    if not (system or external_id):
        return []
    if not (system or "").strip():
        raise InputProblem(InputErrorCode.REQUIRED, "Say which system the externalId is from.", "system")
    if not (external_id or "").strip():
        raise InputProblem(InputErrorCode.REQUIRED, "Give the id in that system.", "externalId")
    name = text_of(system, "system", longest=100)
    if name.casefold() in RESERVED_SYSTEMS or ":" in name:
        raise InputProblem(
            InputErrorCode.INVALID, "This name means another kind of identity: choose another.", "system"
        )
    return [external_identity(label, name, text_of(external_id, "externalId", longest=300))]


# Systems that stand for addresses, domains and names: an external id under one of them would forge those.
RESERVED_SYSTEMS = frozenset({"email", "linkedin", "domain", "name", "row", "api", "liaison"})


async def referred(engine: Engine, kind: type[Entity], node_id: str, field: str) -> Reference:
    """A known node to refer to; NOT_FOUND otherwise."""
    found = (await refer(engine, kind, [node_id])).get(node_id)
    if found is None:
        raise InputProblem(InputErrorCode.NOT_FOUND, f"There is no {kind.SLUG} with this id.", field)
    return found
