"""The answer to an access request as a document that a person can read: Markdown, everything in words and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["SECTIONS", "document_of"]

# Section of the answer: its heading, and what stands under it when there is nothing.
SECTIONS: dict[str, tuple[str, str]] = {
    "person": ("What is shown of you", "Nothing."),
    "privacy": ("Why and since when you are stored, and until when", "Nothing."),
    "identities": ("Addresses, profiles and ids by which you are known", "None."),
    "facts": ("What is recorded of you", "Nothing."),
    "ties": ("With whom you probably have a tie, and why we think so", "With nobody."),
    "notes": ("What was noted about you", "Nothing."),
    "assessments": ("What was computed about you from that", "Nothing."),
    "said_by_them": ("Occasions on which you told us something about others", "None."),
    "introductions": ("Introductions that go along you", "None."),
    "records": ("The source records behind all this, as stored", "None."),
    "mentions": ("Records about others in which your name or address occurs", "None."),
    "imports": ("The imports that brought them", "None: everything was entered by hand."),
    "decisions": ("Decisions about whether records mean you", "None."),
    "withdrawn": ("Records that were withdrawn and are kept for a while", "None."),
    "keys": ("API keys that belong to you", "None."),
    "looked_at": ("Who looked at, exported or changed your data, and when", "Nobody."),
    "other": ("Anything else", "Nothing."),
    "withheld": ("What is not told here, and why", "Nothing."),
}
_NOT_SHOWN = frozenset(
    {"search_name", "search_last", "search_word2", "search_word3", "search_word4", "pending"}
)
_SPECIAL = str.maketrans({one: f"\\{one}" for one in "\\`*_{}[]<>#|"})


def document_of(told: Mapping[str, Any]) -> str:
    """The document for an answer of `access_to`."""
    person = told["person"]
    lines = [f"# What is held about {_plain(person.get('name') or 'an unnamed person')}", ""]
    lines += [f"Made at {_plain(told['made_at'])}. Times are in UTC.", ""]
    for name, (heading, nothing) in SECTIONS.items():
        lines += [f"## {heading}", ""]
        lines += list(_list(told.get(name))) or [nothing]
        lines.append("")
    unknown = [name for name in told if name not in SECTIONS and name not in ("format", "made_at")]
    for name in unknown:
        lines += [f"## {_plain(name)}", "", *_list(told[name]), ""]
    return "\n".join(lines)


def _list(value: Any, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name in _NOT_SHOWN or each in (None, "", [], {}):
                continue
            if isinstance(each, Mapping | list):
                yield f"{indent}- {_label(name)}:"
                yield from _list(each, depth + 1)
            else:
                yield f"{indent}- {_label(name)}: {_plain(each)}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            if isinstance(each, Mapping):
                yield f"{indent}- {_title(each)}"
                yield from _list(_rest(each), depth + 1)
            elif isinstance(each, list):
                yield from _list(each, depth + 1)
            else:
                yield f"{indent}- {_plain(each)}"


def _title(item: Mapping[str, Any]) -> str:
    """What an item is, by the first of its plain values that says so."""
    other = item.get("other")
    name = other.get("name") if isinstance(other, Mapping) else None
    kind = (
        item.get("type") or item.get("kind") or item.get("at") or item.get("key") or item.get("id") or "entry"
    )
    return f"**{_plain(kind)}**{f' with {_plain(name)}' if name else ''}"


def _rest(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in item.items() if name not in ("type", "at")}


def _label(name: str) -> str:
    return _plain(str(name).replace("_", " "))


def _plain(value: Any) -> str:
    """A value on one line, with what Markdown and HTML would read as their own escaped."""
    return " ".join(str(value).split()).translate(_SPECIAL)
