"""What the parts of an access request are called in plain English: fields, values, dates and kinds of facts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from typing import Any

__all__ = [
    "Ready",
    "date_in_words",
    "dates_within",
    "fact_in_words",
    "field_in_words",
    "is_shown",
    "plain",
    "value_in_words",
]

# Ids and indexes by which programs find things: they say nothing that does not stand beside them in words.
_INTERNAL = frozenset(
    "id key home run runs dataset label kind_of shared_p shared_verification from_month to_month pending hash turn "
    "readings reading from_them natural_key".split()
)
_INTERNAL_PREFIXES = ("search_", "match_")
# Fields whose names alone do not say what is meant.
_FIELDS = {
    "p": "how likely this is",
    "probability": "how likely this is",
    "as_of": "derived as of",
    "collected_on": "collected on",
    "created_on": "stored here since",
    "created_at": "started",
    "finished_at": "finished",
    "last_on": "last on",
    "last_evidence": "latest sign of it",
    "last_contact": "when you last turned to us",
    "lawful_basis": "lawful basis",
    "noticed_on": "you were told on",
    "notice_due_on": "you are to be told by",
    "objected_on": "you objected on",
    "retention_ends_on": "deleted unless you turn to us by",
    "seen_on": "read first on",
    "team_member": "one of our own team",
    "collections": "how you came to be stored",
    "verified": "confirmed by somebody",
    "verification": "how well this is known",
    "withdrawn_on": "withdrawn on",
    "a": "one side",
    "b": "other side",
}
_VERIFICATION = {0: "inferred", 1: "observed", 2: "confirmed or stated"}
_DECISIONS = {
    "apart": "two records were decided to be two people",
    "same": "two records were decided to be one person",
}
_MONTH_NUMBER = re.compile(r"2\d{4}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)[\d:.]*(?:Z|[+-]\d\d:\d\d)?)?)?)?")
_SPECIAL = str.maketrans({one: f"\\{one}" for one in "\\`*_{}[]<>#|"})
# Kind of fact: what is said where it starts at the person, and where it ends there.
_FACTS = {
    "WORKED_AT": ("You worked at {}", "You worked at {}"),
    "WORKED_ON": ("You worked on {}", "You worked on {}"),
    "STUDIED_AT": ("You studied at {}", "You studied at {}"),
    "MEMBER_OF": ("You belong to {}", "You belong to {}"),
    "CONNECTED": ("You are connected with {}", "You are connected with {}"),
    "INTERACTED": ("You were in contact with {}", "You were in contact with {}"),
    "RECOMMENDED": ("You recommended {}", "{} recommended you"),
    "ENDORSED": ("You endorsed {}", "{} endorsed you"),
    "REPORTS_TO": ("You report to {}", "{} reports to you"),
    "ALLIED": ("Somebody noted where you and {} stand to each other", "Somebody noted where you and {} stand"),
    "NOT_ALLIED": ("Somebody noted that you and {} are no allies", "Somebody noted that you and {} are no allies"),
    "TAKEN_BACK": ("Somebody took back what a file said of you and {}",) * 2,
    "SITS_ON": ("You take part in the decision about {}", "You take part in the decision about {}"),
}  # fmt: skip


class Ready(str):
    """Text that was made plain already."""

    __slots__ = ()


def plain(value: Any) -> Ready:
    """A value on one line, with what Markdown and HTML would read as their own escaped."""
    if isinstance(value, Ready):
        return value
    return Ready(" ".join(str(value).split()).translate(_SPECIAL))


def is_shown(name: str, value: Any) -> bool:
    """Whether a field tells the person something: it is no internal one, and not empty."""
    if name in _INTERNAL or name.startswith(_INTERNAL_PREFIXES):
        return False
    return value not in (None, "", [], (), {}) and not (value is False and name in ("as_of", "private"))


def field_in_words(name: str, value: Any = None) -> str:
    """What a field is called."""
    if isinstance(name, Ready):
        return name
    if name == "as_of" and value is True:
        return "known only for the last of these dates"
    return plain(_FIELDS.get(name, name.replace("_", " ")))


def value_in_words(name: str, value: Any) -> str:
    """A plain value: yes and no, a share as a percentage, a date as people write it."""
    if name == "as_of" and _MONTH_NUMBER.fullmatch(str(value)):
        year, month = divmod(int(value), 12)
        return f"{calendar.month_name[month + 1]} {year}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in ("p", "probability") and isinstance(value, int | float):
        return "almost certain" if value > 0.99 else f"{value:.0%}"
    if name == "verification" and value in _VERIFICATION:
        return _VERIFICATION[value]
    if name == "kind" and value in _DECISIONS:
        return _DECISIONS[value]
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, Ready):
        return value
    return plain(date_in_words(value) if isinstance(value, str) else value)


def date_in_words(text: str) -> str:
    """ "27 August 2026", "August 2026", "22 November 2026, 11:09" for an ISO date; anything else as it is."""
    found = _DATE.fullmatch(text)
    if found is None or found[2] is None or not 1 <= int(found[2]) <= 12:
        return text
    month = f"{calendar.month_name[int(found[2])]} {found[1]}"
    day = f"{int(found[3])} {month}" if found[3] else month
    return f"{day}, {found[4]}" if found[4] else day


def dates_within(text: str) -> str:
    """A sentence with its ISO dates written out."""
    return re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b", lambda found: date_in_words(found[0]), text)


def fact_in_words(fact: Mapping[str, Any]) -> Ready:
    """A fact as a sentence to the person: "You worked at Helvion"."""
    other = fact.get("other")
    others = other if isinstance(other, list) else [other]
    names = [plain(one["name"]) for one in others if isinstance(one, Mapping) and one.get("name")]
    kinds = [str(one.get("kind") or "").lower() for one in others if isinstance(one, Mapping)]
    who = " and ".join(names) or (f"a {kinds[0]} named in another row" if kinds and kinds[0] else "another")
    words = _FACTS.get(str(fact.get("type")))
    if words is None:
        return Ready(f"{plain(str(fact.get('type')).replace('_', ' ').capitalize())}: {who}")
    if fact.get("type") == "WORKED_AT" and (fact.get("says") or {}).get("current"):
        return Ready(f"You work at {who}")
    return Ready(words[0 if fact.get("from_them") else 1].format(who))
