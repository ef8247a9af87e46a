"""What somebody is recognised by in texts and files, and texts without it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from graph.model.committee import PERSONA_FIELDS
from graph.model.identities import Identity, email_identity, linkedin_identity, tokens

__all__ = ["REDACTED", "Traces"]

REDACTED = "(erased)"
# What people wrote in their own words. A name in any other field is somebody's own, a namesake's perhaps.
_FREE_TEXTS = frozenset(
    {
        *PERSONA_FIELDS,
        "evidence",
        "author",
        "draft",
        "history",
        "note",
        "headline",
        "details",
        "files",
        "source",
    }
)
_PROFILES = "linkedin.com/in/"


@dataclass(frozen=True)
class Traces:
    """A person's id, exact identities and names, as far as anything stored them."""

    id: str
    identities: frozenset[Identity]
    names: frozenset[str]

    @cached_property
    def keys(self) -> frozenset[str]:
        """Identity keys; ids that the person had before joining others are among them."""
        return frozenset(identity.key for identity in self.identities)

    @cached_property
    def former_ids(self) -> tuple[str, ...]:
        """All ids the person ever had."""
        return (self.id, *sorted(one.value for one in self.identities if one.system == "liaison"))

    @cached_property
    def values(self) -> tuple[str, ...]:
        """E-mail and profile addresses, which stand for nobody else in any text; longest first."""
        emails = {one.value for one in self.identities if one.system == "email"}
        profiles = {f"{_PROFILES}{one.value}" for one in self.identities if one.system == "linkedin"}
        return tuple(sorted(emails | profiles, key=lambda value: (-len(value), value)))

    @cached_property
    def whole_names(self) -> tuple[str, ...]:
        """Names of at least two words, longest first: a first name alone may be anybody's."""
        return tuple(sorted((n for n in self.names if len(tokens(n)) > 1), key=lambda n: (-len(n), n)))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What to look for, as written, where only exact text can be looked for."""
        return (*self.whole_names, *self.values)

    @cached_property
    def stored_words(self) -> list[str]:
        """What to look for in stored records: names, addresses, and identities as `graph/records/codec.py` writes them.

        Records are JSON, and what they said before is JSON within JSON: quotes are escaped once, or twice.
        """
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        # Archives and their records are named by their owner's identity.
        pairs = [*self.keys]
        pairs += [write([one.system, one.value])[:-1] for one in self.identities]
        said = {*pairs, *(json.dumps(word, ensure_ascii=False)[1:-1] for word in self.words)}
        return sorted(said | {json.dumps(word, ensure_ascii=False)[1:-1] for word in said})

    @cached_property
    def _values(self) -> re.Pattern[str] | None:
        return _any_of(self.values)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        return _any_of(self.whole_names)

    def in_cells(self, cells: Iterable[str]) -> bool:
        """Whether a row shows them: by an address, a profile, or their name in one cell or two beside each other."""
        said = [cell.strip() for cell in cells if cell and cell.strip()]
        for cell in said:
            for identity in (email_identity(cell), linkedin_identity(cell)):
                if identity is not None and identity.key in self.keys:
                    return True
        wanted = {tuple(sorted(tokens(name))) for name in self.whole_names}
        pairs = [f"{a} {b}" for a, b in pairwise(said)]
        return any(tuple(sorted(tokens(text))) in wanted for text in (*said, *pairs))

    def is_called(self, name: str) -> bool:
        """Whether a name is one of theirs."""
        return tokens(name) in [tokens(one) for one in self.names]

    def in_text(self, text: str) -> bool:
        """Whether a text names them."""
        return any(found.search(text) for found in (self._values, self._names) if found is not None)

    def in_file_name(self, name: str) -> bool:
        """Whether a file is named after them."""
        said = tokens(name)
        return any(_follow(tokens(one), said) for one in self.whole_names) or self.in_text(name)

    def redacted(self, text: str, *, own_words: bool = True) -> str:
        """A text without them. `own_words`: it is free text, so their name is meant, too."""
        if self._values is not None:
            text = self._values.sub(REDACTED, text)
        if own_words and self._names is not None:
            text = self._names.sub(REDACTED, text)
        return text

    def cleaned(self, value: Any, *, own_words: bool = False) -> Any:
        """A JSON value without them; texts that are JSON themselves are looked into."""
        if isinstance(value, str):
            inner = _json(value)
            if inner is not None:
                clean = self.cleaned(inner, own_words=own_words)
                return value if clean == inner else json.dumps(clean, ensure_ascii=False, sort_keys=True)
            return self.redacted(value, own_words=own_words)
        if isinstance(value, Mapping):
            return {
                name: self.cleaned(each, own_words=own_words or name in _FREE_TEXTS)
                for name, each in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.cleaned(each, own_words=own_words) for each in value]
        return value

    def changed(self, says: Mapping[str, Any]) -> dict[str, Any]:
        """The properties that name them, as they are without them."""
        clean = self.cleaned(says)
        return {name: clean[name] for name, value in says.items() if clean[name] != value}


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    alternatives = "|".join(r"\s+".join(map(re.escape, text.split())) for text in texts)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if alternatives else None


def _json(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _follow(wanted: list[str], said: list[str]) -> bool:
    return any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1))
