"""Notices words of special categories of personal data in a text, so that whoever notes it can think again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from graph.model.identities import tokens
from graph.privacy.special_words import PHRASES, UNLESS

__all__ = ["special_categories"]


def special_categories(text: str) -> tuple[str, ...]:
    """The categories that words of a text hint at, such as `health`, in a fixed order; empty for most texts."""
    plain = f" {' '.join(tokens(text))} "
    if not _anything().search(plain):
        return ()
    plain = _innocent().sub(" · ", plain)
    return tuple(category for category in PHRASES if _of(category).search(plain))


@cache
def _of(category: str) -> re.Pattern[str]:
    return _pattern(phrase for phrases in PHRASES[category].values() for phrase in phrases)


@cache
def _anything() -> re.Pattern[str]:
    return _pattern(
        phrase for by_language in PHRASES.values() for one in by_language.values() for phrase in one
    )


@cache
def _innocent() -> re.Pattern[str]:
    return _pattern(UNLESS)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    found = sorted({_phrase(one) for one in phrases}, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<= )(?:{'|'.join(found)})(?= )")


def _phrase(phrase: str) -> str:
    stem, star, _ = phrase.partition("*")
    return re.escape(" ".join(tokens(stem))) + (r"\w*" if star else "")
