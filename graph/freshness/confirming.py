"""When a fact was last confirmed: by a source that still says it, or by a human who vouched for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.engine.connection import Engine
from graph.freshness.parameters import FRESHNESS
from graph.model.dates import PartialDate, month_of
from graph.records.views import FactView

__all__ = [
    "Confirmation",
    "confirmation_keys",
    "confirmed_on",
    "is_open",
    "is_stale",
    "older_than",
    "read_confirmations",
]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A source record said what it says on `day` (ISO text) for the last time; `verified`: a human did."""

    day: str
    verified: bool


async def read_confirmations(engine: Engine, keys: Sequence[str]) -> dict[str, Confirmation]:
    """Confirmations by key of the source record; unknown keys are left out.

    An export that was collected before it was imported confirms what was so when it was collected.
    """
    rows = await engine.read("freshness/confirmations", keys=sorted(set(keys)))
    found = {}
    for row in rows:
        reading = row["reading"]
        read_on = reading.split("|", 2)[1] if reading else row["seen_on"] or ""
        found[row["key"]] = Confirmation(min(read_on, row["collected_on"] or read_on), bool(row["verified"]))
    return found


def confirmed_on(
    kind: str,
    says: Mapping[str, Any],
    sources: Iterable[str],
    confirmations: Mapping[str, Confirmation | None],
) -> str | None:
    """The newest day on which a source or a human said so, as ISO text; None when nobody knows.

    A spell seen on dates was confirmed when it was seen last: its source may have been read again since, and not have
    said it any more. Contact, too, confirms nothing after its own last day.
    """
    if says.get("as_of"):
        return says.get("ended") or says.get("started")
    if kind == "INTERACTED" and says.get("last_on"):
        return str(says["last_on"])
    days = [one.day for key in sources if (one := confirmations.get(key)) is not None]
    return max(days, default=None)


def is_open(kind: str, says: Mapping[str, Any]) -> bool:
    """Whether it may have ended meanwhile: what is over stays as it was, and needs no confirmation.

    A spell without any date that is not said to be current is none that anybody relies on; nor is a study.
    """
    if says.get("current") or kind == "ALLIED":
        return True
    return kind != "STUDIED_AT" and bool(says.get("started")) and not (says.get("as_of") or says.get("ended"))


def is_stale(kind: str, says: Mapping[str, Any], confirmed: str | None, today: date) -> bool:
    """Whether an open fact has gone without confirmation for longer than `stale_after_months`."""
    return is_open(kind, says) and (confirmed is None or older_than(confirmed, today))


def older_than(day: str, today: date, months: int = FRESHNESS.stale_after_months) -> bool:
    """Whether a date as precisely as it is known lies more than so many months back, however it is read."""
    told = PartialDate.parse(day)
    age = month_of(today) - told.last_month
    if told.day is None or age != months:
        return age > months
    return told.day < today.day


def confirmation_keys(facts: Iterable[FactView[Any]]) -> set[str]:
    """The source records that must be read to date these facts."""
    return {key for fact in facts if not fact.says.get("as_of") for key in fact.sources}
