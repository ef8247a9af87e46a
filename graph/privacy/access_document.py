"""The answer to an access request as a document for the person it is about: Markdown, in plain English.

What only programs need (ids, indexes, keys) stands in the JSON alone; a field that is not known here is shown by its
name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from graph.privacy.access_words import (
    Ready,
    date_in_words,
    dates_within,
    fact_in_words,
    field_in_words,
    is_shown,
    plain,
    value_in_words,
)

__all__ = ["SECTIONS", "document_of"]

# Section of the answer, in the order of the document: its heading, what it is about, and what stands under it when
# there is nothing.
SECTIONS: dict[str, tuple[str, str, str]] = {
    "person": ("Who you are to us", "This is how you are shown to those who use this program.", "Nothing."),
    "identities": ("How you are recognised", "By these addresses, profiles and ids.", "By nothing."),
    "privacy": (
        "Why you are stored, since when and until when",
        "For these purposes, on this lawful basis, and for this time.",
        "Nothing.",
    ),
    "facts": ("What is recorded of you", "Each of these was read in a file or entered by somebody.", "Nothing."),
    "ties": (
        "Whom you probably know",
        "Worked out from what is recorded of you and the other person, with the reasons.",
        "Nobody.",
    ),
    "notes": ("What was noted about you", "Somebody wrote this down or entered it.", "Nothing."),
    "assessments": ("What was computed about you", "From what was noted, by a formula.", "Nothing."),
    "said_by_them": ("When you told us something about others", "By occasion, not by content.", "Never."),
    "introductions": ("Introductions that involve you", "Asked for, or made, by way of you.", "None."),
    "imports": (
        "Where your data came from",
        "These files were read in; times are in UTC.",
        "From no file: everything was entered by hand.",
    ),
    "records": ("What the files said of you", "Row by row, with the columns as they were called there.", "Nothing."),
    "mentions": ("Rows about others that mention you", "By name or by address.", "None."),
    "withdrawn": ("Rows that count no more", "Kept for a while, so that a mistake can be undone.", "None."),
    "decisions": ("Whether records mean you", "What was decided about that.", "Nothing was decided."),
    "keys": ("Your access to this program", "API keys that belong to you.", "None."),
    "looked_at": ("Who looked at your data", "Or exported or changed it, and when; times are in UTC.", "Nobody."),
    "other": ("Anything else", "What is joined with you otherwise.", "Nothing."),
    "withheld": ("What is not told here, and why", "It would tell of other people.", "Nothing."),
}  # fmt: skip
_NOT_SECTIONS = ("format", "made_at")


def document_of(told: Mapping[str, Any]) -> str:
    """The document for an answer of `access_to`."""
    person = told["person"]
    lines = [f"# What is held about {plain(person.get('name') or 'an unnamed person')}", ""]
    lines += [f"Made on {plain(date_in_words(str(told['made_at'])))} (UTC).", ""]
    for name, (heading, about, nothing) in SECTIONS.items():
        shown = list(_section(name, told.get(name)))
        lines += [f"## {heading}", "", *([about, "", *shown] if shown else [nothing]), ""]
    for name in told:
        if name not in SECTIONS and name not in _NOT_SECTIONS:
            lines += [f"## {field_in_words(name).capitalize()}", "", *_list(told[name]), ""]
    return "\n".join(lines)


def _section(name: str, value: Any) -> Iterator[str]:
    entry = _ENTRIES.get(name)
    if entry is None or not isinstance(value, Sequence):
        yield from _list(value)
        return
    for each in value:
        title, rest = entry(each)
        yield f"- **{title}**" if rest else f"- {title}"
        yield from _list(rest, 1)


# --- entries of the sections: a title and what stands under it ---


def _identity(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    system = {"email": "e-mail address", "linkedin": "LinkedIn profile", "liaison": "earlier id here"}
    known = str(one.get("system") or "")
    rest = _but(one, "system", "value", "url", "owners")
    said = one.get("url") or one.get("value") or ""
    return f"{plain(system.get(known, f'id in {known}'))}: {plain(said)}", rest


def _fact(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    says = dict(one.get("says") or {})
    if one.get("type") == "INTERACTED":
        mine, theirs = ("from you", "to you") if one.get("from_them") else ("to you", "from you")
        for stored, called in (("sent", mine), ("received", theirs)):
            for ending, on in (("", ""), ("_on", ", last on")):
                if stored + ending in says:
                    says[called + on] = says.pop(stored + ending)
    if one.get("type") == "TAKEN_BACK":
        kind, *rest = str(says.get("key") or one.get("key") or "").split("|")
        parts = (kind.replace("_", " ").lower(), *(date_in_words(part) for part in rest))
        says["what was taken back"] = ", ".join(part for part in parts if part)
    sources = sorted({_source(key) for key in one.get("sources") or ()})
    return fact_in_words(one), {**says, "known from": sources} | _but(
        one, "type", "other", "says", "sources", "from_them"
    )


def _tie(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    why = [
        Ready(f"{plain(dates_within(each['text']))} ({value_in_words('probability', each['probability'])})")
        for each in one.get("evidence") or ()
    ]
    says = _but(one.get("says") or {}, "kinds")
    return _name(one), {**says, "because": why} | _but(one, "other", "says", "evidence")


def _note(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    places = [_name({"other": each}) for each in one.get("with") or ()]
    sources = sorted({_source(key) for key in one.get("sources") or ()})
    rest = {**(one.get("says") or {}), "in": places, "known from": sources}
    return plain(one.get("kind") or "Note"), rest | _but(one, "kind", "as", "says", "with", "sources")


def _stating(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return _record(one, told_elsewhere=True)


def _record(one: Mapping[str, Any], *, told_elsewhere: bool = False) -> tuple[str, Mapping[str, Any]]:
    key = str(one.get("key") or "")
    rest: dict[str, Any] = _but(one, "source", "says", "kept", "fields", "earlier", "withdrawn_by")
    rest["the row"] = {**(one.get("fields") or {}), **(one.get("kept") or {})}
    now = one.get("says") or {}
    rest["the row"] |= now.get("kept") or {}
    if not (told_elsewhere and rest["the row"]):
        rest["it says"] = list(_content(now))
    earlier = one.get("earlier") or ()
    rest["it said before"] = [each for content in earlier for each in (*_content(content), *_cells(content))]
    rest["the row"] = _cells({"kept": rest["the row"]})
    return _source(key) or plain(one.get("source") or "a row"), rest


def _cells(content: Mapping[str, Any]) -> list[Ready]:
    cells = (content.get("kept") or {}).items()
    return [Ready(f"{plain(name)}: {plain(cell)}") for name, cell in cells if cell]


def _content(content: Mapping[str, Any]) -> Iterator[Any]:
    for one in content.get("descriptions") or ():
        yield _but(one, "kind", "identities")
    for one in content.get("facts") or ():
        title, rest = _fact(one)
        yield {title: _but(rest, "known from")}


def _run(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return plain(one.get("source") or "an import"), _but(one, "source")


def _look(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    at = value_in_words("at", one.get("at") or "")
    return f"{at}: {plain(one.get('what') or '')} by {plain(one.get('by') or 'somebody')}", _but(
        one, "at", "what", "by"
    )


def _introduction(one: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    along = [_name({"other": each}) for each in (*(one.get("people") or ()), *(one.get("with") or ()))]
    return f"Introduction, {plain(one.get('state') or 'asked for')}", {"with": along} | _but(
        one, "people", "with", "state"
    )


_ENTRIES: dict[str, Callable[[Mapping[str, Any]], tuple[str, Mapping[str, Any]]]] = {
    "identities": _identity,
    "facts": _fact,
    "ties": _tie,
    "notes": _note,
    "introductions": _introduction,
    "imports": _run,
    "records": _stating,
    "mentions": _record,
    "withdrawn": _record,
    "looked_at": _look,
}


# --- parts ---


def _but(item: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in names and is_shown(name, value)}


def _name(item: Mapping[str, Any]) -> Ready:
    other = item.get("other")
    return plain((other.get("name") if isinstance(other, Mapping) else None) or "somebody")


def _source(key: str) -> Ready:
    """ "crm, employments" of a record's key."""
    system, _, rest = key.partition("|")
    kind = rest.partition("|")[0]
    return plain(f"{system}, {kind}" if kind.replace(" ", "").replace("_", "").isalpha() else system)


def _list(value: Any, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, Mapping):
        for name, each in value.items():
            if not is_shown(name, each):
                continue
            if isinstance(each, Mapping | list | tuple):
                below = list(_list(each, depth + 1))
                yield from [f"{indent}- {field_in_words(name)}:", *below] if below else ()
            else:
                yield f"{indent}- {field_in_words(name, each)}: {value_in_words(name, each)}"
    elif isinstance(value, list | tuple):
        for each in value:
            if isinstance(each, Mapping):
                shown = {name: value for name, value in each.items() if is_shown(name, value)}
                yield from _entry(list(_list(shown)), indent, "  " if len(shown) > 1 else "")
            elif isinstance(each, list | tuple):
                yield from _list(each, depth)
            elif is_shown("", each):
                yield f"{indent}- {value_in_words('', each)}"


def _entry(lines: list[str], indent: str, below: str) -> Iterator[str]:
    """What belongs together, under its first line."""
    for place, line in enumerate(lines):
        yield f"{indent}{below if place else ''}{line}"
