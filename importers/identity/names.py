"""A person's name taken apart: given and family names, in whatever order, script and spelling it was written.

Nothing here decides anything: `comparing.py` compares the parts, `scoring.py` weighs what they agree in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.model.identities import tokens

__all__ = ["MOST_PARTS", "NameParts", "name_parts", "sound"]

MOST_PARTS = 3
_LONGEST_CODE = 8

_PARTICLES = frozenset(
    "van von vom der den dem de del dela della delle degli di da do dos das du des la le les lo los las el al "
    "bin ibn ben bint abu zu zum zur af av ter ten te op y e i und and of st san santa sankt auf".split()
)
_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame lord lady herr frau hr fr mme mlle monsieur madame sig sra srta "
    "dott dottssa ing dipl mag univ habil doc phd mba msc bsc ma ba llm md cpa cfa pmp jd esq pe dipling ir drs "
    "mgr rndr judr pan pani don dona eng engr rev hon".split()
)
# How people tell a father from a son of the same name.
_GENERATIONS = {
    "jr": "junior",
    "jun": "junior",
    "junior": "junior",
    "sr": "senior",
    "sen": "senior",
    "senior": "senior",
    "ii": "second",
    "iii": "third",
    "iv": "fourth",
    "fils": "junior",
    "pere": "senior",
    "filho": "junior",
    "neto": "third",
}
_ELIDED = re.compile(r"(?<=\b[OoDdLl])['\u2019\u2018`](?=\w)")
_BRACKETS = re.compile(r"[(\[«“\"]([^)\]»”\"]*)[)\]»”\"]")
_DASHES = re.compile(r"[-\u2010-\u2015]")
_HAS_LETTERS = re.compile(r"[^\W\d_]")

# Soundex's classes without its special place for the first letter: Yuri and Juri, Catherine and Katharina sound alike.
_CLASSES = {
    **dict.fromkeys("bpfvw", "1"),
    **dict.fromkeys("cgkqsxz", "2"),
    **dict.fromkeys("dt", "3"),
    "l": "4",
    **dict.fromkeys("mn", "5"),
    "r": "6",
}


@dataclass(frozen=True, slots=True)
class NameParts:
    """Normalised parts of a name.

    `families`: its family names, the last first; more than one where it is a double name or could be (José García
    López), or where particles are written as one with it. `given` may be an initial; parts may be empty.
    """

    given: str
    middle: tuple[str, ...]
    families: tuple[str, ...]
    generation: str


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A coarse code of how a normalised word sounds: equal for most spellings of a name, for blocking only."""
    code = "" if _CLASSES.get(word[:1]) else "0"
    last = ""
    for letter in word.replace("ph", "f"):
        letter_class = _CLASSES.get(letter, "")
        if letter_class and letter_class != last:
            code += letter_class
        # Vowels part equal sounds, silent letters do not.
        last = last if letter in "hjy" else letter_class
    return code[:_LONGEST_CODE]


@lru_cache(maxsize=65_536)
def _words(raw: str) -> tuple[str, ...]:
    return tuple(tokens(raw))


@lru_cache(maxsize=8_192)
def name_parts(name: str) -> NameParts:
    """Take a name apart. Titles and degrees are dropped, particles belong to no part.

    A word in brackets is a former family name or a pet name; it is kept as a further family name.
    """
    text = _ELIDED.sub("", name)
    aside = [word for found in _BRACKETS.findall(text) for word in _words(found)]
    text = _BRACKETS.sub(" ", text)
    before, comma, after = text.partition(",")
    if comma and _is_name(after):
        text = f"{after} {before}"  # “Müller, Anna”
    elif comma:
        text = before  # “Anna Müller, PhD”
    generation = next((_GENERATIONS[w] for w in reversed(_words(name)[1:]) if w in _GENERATIONS), "")
    kept = [raw for raw in text.split() if _counts(raw)]
    if not kept:
        return NameParts("", (), tuple(aside[:MOST_PARTS]), generation)
    given = "".join(_words(kept[0]))
    if len(kept) == 1:
        return NameParts(given, (), tuple(aside[:MOST_PARTS]), generation)
    last = _words(_DASHES.sub(" ", kept[-1]))
    between = [word for raw in kept[1:-1] for word in _words(raw) if word not in _PARTICLES]
    families = [*reversed(last), *_with_particles(text.split()), *aside]
    families += [word for word in reversed(between) if len(word) > 1]
    return NameParts(given, tuple(between), tuple(dict.fromkeys(families))[:MOST_PARTS], generation)


def _with_particles(raws: list[str]) -> list[str]:
    """“van den Berg” as one word, as some write it; nothing for a name without particles before its end."""
    words = [word for raw in raws for word in _words(raw)]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return ["".join(words[start:])] if start < len(words) - 1 else []


def _is_name(text: str) -> bool:
    words = _words(text)
    return any(w not in _TITLES and w not in _GENERATIONS for w in words)


def _counts(raw: str) -> bool:
    words = _words(raw)
    joined = "".join(words)
    if not words or not _HAS_LETTERS.search(joined) or joined in _TITLES or joined in _GENERATIONS:
        return False
    return not (len(words) == 1 and joined in _PARTICLES)
