"""Levels of agreement of many pairs at once: columns of two tables in, a level for every feature out.

Symmetric by construction: what is asked of the one is asked of the other. A level of -1 says that one of the two
does not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, JaroWinkler
from rapidfuzz.process import cpdist

from importers.identity.parameters import LEVELS, MATCHING, Matching, level_named
from importers.identity.table import UNKNOWN, Ints, People, Words

__all__ = [
    "NAME_FEATURES",
    "OTHER_FEATURES",
    "Levels",
    "Names",
    "Pairs",
    "contradicting",
    "name_levels",
    "other_levels",
]

NAME_FEATURES = ("family name", "given name", "order of names", "middle name", "generation")
OTHER_FEATURES = ("employer", "time there", "job title", "e-mail", "location", "school")

Flags = NDArray[np.bool_]
Levels = dict[str, NDArray[np.int8]]


class Pairs:
    """Rows of one table and, for each, a row of the other."""

    def __init__(self, left: People, i: NDArray[np.int64], right: People, j: NDArray[np.int64]) -> None:
        self.left, self.i, self.right, self.j = left, i, right, j

    def __len__(self) -> int:
        return len(self.i)

    def only(self, chosen: Any) -> Pairs:
        """The pairs at these positions."""
        return Pairs(self.left, self.i[chosen], self.right, self.j[chosen])


@dataclass(frozen=True, slots=True)
class Names:
    """Levels of what names say, and the words that are the family and the given name where they agree."""

    levels: Levels
    family: Ints
    given: Ints
    swapped: Flags


def name_levels(pairs: Pairs, parameters: Matching = MATCHING) -> Names:
    """Compare names as written and, where that fails, the one's given with the other's family name."""
    a, b, words = pairs.left, pairs.right, pairs.left.lexicon.words
    families_a, families_b = a.families[pairs.i], b.families[pairs.j]
    given_a, given_b = a.given[pairs.i], b.given[pairs.j]
    family = _family(families_a, families_b, words, parameters)
    given = _given(given_a, given_b, words, parameters)
    code_family, code_given = families_a[:, 0].copy(), given_a.copy()
    swapped = np.zeros(len(pairs), np.bool_)
    rows = np.flatnonzero(_unlike(family, given))
    if len(rows):
        x = given_a[rows], families_b[rows, 0]
        y = families_a[rows, 0], given_b[rows]
        # Nobody says which of the two is the family name: the reading that agrees better, whoever comes first.
        one, other = _read_as(x, y, words, parameters), _read_as(y, x, words, parameters)
        first = (
            one[0].astype(np.int32) * len(LEVELS) + one[1]
            <= other[0].astype(np.int32) * len(LEVELS) + other[1]
        )
        new_family, new_given = (np.where(first, one[k], other[k]) for k in (0, 1))
        better = ~_unlike(new_family, new_given) & (new_family >= 0) & (new_given >= 0)
        at = rows[better]
        family[at], given[at], swapped[at] = new_family[better], new_given[better], True
        code_family[at] = np.where(first, x[0], y[0])[better]
        code_given[at] = np.where(first, y[0], x[0])[better]
    middle = _middle(a.middles[pairs.i], b.middles[pairs.j], words)
    middle[swapped] = -1
    levels = {
        "family name": family,
        "given name": given,
        "order of names": np.where(swapped, level_named("order of names", "swapped"), -1).astype(np.int8),
        "middle name": middle,
        "generation": _generation(a.generation[pairs.i], b.generation[pairs.j]),
    }
    return Names(levels, code_family, code_given, swapped)


def _unlike(family: NDArray[np.int8], given: NDArray[np.int8]) -> Flags:
    return _is(family, "family name", "different", "initial") & _is(
        given, "given name", "different", "initial"
    )


def _read_as(
    family: tuple[Ints, Ints], given: tuple[Ints, Ints], words: Words, parameters: Matching
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    return (
        _family(family[0][:, None], family[1][:, None], words, parameters),
        _given(given[0], given[1], words, parameters),
    )


def other_levels(pairs: Pairs, parameters: Matching = MATCHING) -> tuple[Levels, Ints]:
    """Levels of all beside the name, and the employer agreed in (its code, 0 for none)."""
    a, b, i, j = pairs.left, pairs.right, pairs.i, pairs.j
    levels, agreed = _employers(pairs, parameters)
    mails = _mails(pairs)
    levels["e-mail"] = mails
    place_a, place_b, country_a, country_b = a.place[i], b.place[j], a.country[i], b.country[j]
    same_country = (country_a == country_b) & (country_a > 0)
    levels["location"] = _chosen(
        "location",
        len(pairs),
        ("different", ((place_a > 0) & (place_b > 0)) | ((country_a > 0) & (country_b > 0))),
        ("same country", same_country),
        ("same place", (place_a == place_b) & (place_a > 0) & ~_differ(country_a, country_b)),
    )
    school_a, school_b = a.school[i], b.school[j]
    levels["school"] = _chosen(
        "school",
        len(pairs),
        ("different", (school_a[:, 0] > 0) & (school_b[:, 0] > 0)),
        ("equal", _any_common(school_a, school_b)),
    )
    return levels, agreed


def contradicting(pairs: Pairs) -> Flags:
    """Whether both have an exact identity of one system and none in common: two LinkedIn pages, two ids of a CRM."""
    system_a, system_b = pairs.left.system[pairs.i], pairs.right.system[pairs.j]
    value_a, value_b = pairs.left.value[pairs.i], pairs.right.value[pairs.j]
    same = (system_a[:, :, None] == system_b[:, None, :]) & (system_a[:, :, None] > 0)
    equal = same & (value_a[:, :, None] == value_b[:, None, :])
    found = np.zeros(len(pairs), np.bool_)
    for column in range(system_a.shape[1]):
        system = system_a[:, column]
        shared = same[:, column, :].any(axis=1)
        # Any of the values under this system may be the common one.
        agree = (equal & (system_a[:, :, None] == system[:, None, None])).any(axis=(1, 2))
        found |= shared & ~agree
    return found


def _family(a: Ints, b: Ints, words: Words, parameters: Matching) -> NDArray[np.int8]:
    first_a, first_b = a[:, 0], b[:, 0]
    known = (first_a > 0) & (first_b > 0)
    equal = known & (first_a == first_b)
    if a.shape[1] > 1 and b.shape[1] > 1:
        # García López and Pérez López are two families, López and García López may be one.
        both = (a[:, 1] > 0) & (b[:, 1] > 0)
        equal &= ~(both & ~_any_common(a[:, 1:], b[:, 1:]))
    return _chosen(
        "family name",
        len(a),
        ("different", known),
        ("initial", known & _initial(first_a, first_b, words)),
        ("close", known & _close(first_a, first_b, words, parameters)),
        ("part", known & _any_common(a, b)),
        ("equal", equal),
    )


def _given(a: Ints, b: Ints, words: Words, parameters: Matching) -> NDArray[np.int8]:
    known = (a > 0) & (b > 0)
    forms_a, forms_b = words.forms[a], words.forms[b]
    return _chosen(
        "given name",
        len(a),
        ("different", known),
        ("initial", known & _initial(a, b, words)),
        ("close", known & _close(a, b, words, parameters)),
        ("nickname", known & _any_common(forms_a, forms_b)),
        ("equal", known & (a == b)),
    )


def _middle(a: Ints, b: Ints, words: Words) -> NDArray[np.int8]:
    known = (a[:, 0] > 0) & (b[:, 0] > 0)
    equal = np.zeros(len(a), np.bool_)
    for left in range(a.shape[1]):
        for right in range(b.shape[1]):
            x, y = a[:, left], b[:, right]
            equal |= (x > 0) & (y > 0) & ((x == y) | _initial(x, y, words))
    return _chosen("middle name", len(a), ("different", known), ("equal", known & equal))


def _generation(a: Ints, b: Ints) -> NDArray[np.int8]:
    either, both = (a > 0) | (b > 0), (a > 0) & (b > 0)
    return _chosen(
        "generation", len(a), ("one only", either), ("different", both), ("equal", both & (a == b))
    )


def _employers(pairs: Pairs, parameters: Matching) -> tuple[Levels, Ints]:
    a, b, i, j = pairs.left, pairs.right, pairs.i, pairs.j
    company_a, company_b = a.company[i], b.company[j]
    same = (company_a[:, :, None] == company_b[:, None, :]) & (company_a[:, :, None] > 0)
    common = same.any(axis=(1, 2))
    began_a, until_a = a.began[i][:, :, None], a.until[i][:, :, None]
    began_b, until_b = b.began[j][:, None, :], b.until[j][:, None, :]
    dated = (began_a != UNKNOWN) & (began_b != UNKNOWN)
    slack = parameters.tolerance
    together = dated & (began_a <= until_b + slack) & (began_b <= until_a + slack)
    both = (company_a[:, 0] > 0) & (company_b[:, 0] > 0)
    at_once = (dated & (began_a <= until_b) & (began_b <= until_a)).any(axis=(1, 2))
    by_mail = _mail_at_employer(pairs, company_a, company_b)
    employer = _chosen(
        "employer",
        len(pairs),
        ("other time", both),
        ("elsewhere", both & at_once),
        ("mail", by_mail),
        ("equal", common),
    )
    # A spell seen on one day alone has no start: it can only agree or not in being there.
    spells = dated & (until_a > began_a) & (until_b > began_b) & same
    gap = np.where(spells, np.abs(began_a - began_b), np.iinfo(np.int32).max).min(axis=(1, 2))
    has_spells = spells.any(axis=(1, 2))
    there = _chosen(
        "time there",
        len(pairs),
        ("apart", (same & dated).any(axis=(1, 2))),
        ("overlap", (same & together).any(axis=(1, 2))),
        ("other start", has_spells & (gap >= parameters.other_start)),
        ("same start", has_spells & (gap <= parameters.same_start)),
    )
    levels = {"employer": employer, "time there": there}
    levels["job title"] = _titles(pairs, same, parameters)
    agreed = np.where(same, company_a[:, :, None], 0).max(axis=(1, 2))
    return levels, agreed.astype(np.int32)


def _titles(pairs: Pairs, same: Flags, parameters: Matching) -> NDArray[np.int8]:
    title_a = np.broadcast_to(pairs.left.title[pairs.i][:, :, None], same.shape)
    title_b = np.broadcast_to(pairs.right.title[pairs.j][:, None, :], same.shape)
    rows, x, y = np.nonzero(same & (title_a > 0) & (title_b > 0))
    known, equal = np.zeros(len(pairs), np.bool_), np.zeros(len(pairs), np.bool_)
    known[rows] = True
    texts = pairs.left.lexicon.titles.texts
    alike = _similarity(title_a[rows, x, y], title_b[rows, x, y], texts, Indel.normalized_similarity)
    np.logical_or.at(equal, rows, alike >= parameters.similar_title)
    return _chosen("job title", len(pairs), ("different", known), ("equal", equal))


def _mails(pairs: Pairs) -> NDArray[np.int8]:
    a, b, i, j = pairs.left, pairs.right, pairs.i, pairs.j
    name_a, name_b = a.mail_name[i][:, :, None], b.mail_name[j][:, None, :]
    domain_a, domain_b = a.mail_domain[i][:, :, None], b.mail_domain[j][:, None, :]
    same = (name_a == name_b) & (name_a > 0)
    odd = (a.unexplained[i][:, :, None] > 0) & (b.unexplained[j][:, None, :] > 0)
    at_one = (domain_a == domain_b) & (domain_a > 0)
    return _chosen(
        "e-mail",
        len(pairs),
        ("colleagues", at_one.any(axis=(1, 2))),
        ("as named", same.any(axis=(1, 2))),
        ("equal", (same & odd).any(axis=(1, 2))),
    )


def _mail_at_employer(pairs: Pairs, company_a: Ints, company_b: Ints) -> Flags:
    a, b, i, j = pairs.left, pairs.right, pairs.i, pairs.j
    mails = np.array(a.lexicon.company_mail, np.int32)
    found = np.zeros(len(pairs), np.bool_)
    for people, rows, company in ((a, i, company_b), (b, j, company_a)):
        domain, label = mails[company][:, :, 0], mails[company][:, :, 1]
        found |= _any_common(people.mail_domain[rows], domain) | _any_common(people.mail_label[rows], label)
    # An address of each at one domain says as much of their employer.
    return found | _any_common(a.mail_domain[i], b.mail_domain[j])


def _any_common(a: Ints, b: Ints) -> Flags:
    return np.asarray(((a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)).any(axis=(1, 2)))


def _differ(a: Ints, b: Ints) -> Flags:
    return np.asarray((a > 0) & (b > 0) & (a != b))


def _initial(a: Ints, b: Ints, words: Words) -> Flags:
    one = (words.length[a] == 1) | (words.length[b] == 1)
    return np.asarray(one & (words.first[a] == words.first[b]) & (a > 0) & (b > 0))


def _close(a: Ints, b: Ints, words: Words, parameters: Matching) -> Flags:
    """Nearly the same spelling, or a less similar one that sounds the same (Meier, Mayr)."""
    found = np.zeros(len(a), np.bool_)
    rows = np.flatnonzero((a != b) & (a > 0) & (b > 0) & (words.length[a] > 1) & (words.length[b] > 1))
    x, y = a[rows], b[rows]
    alike = _similarity(x, y, words.texts, JaroWinkler.normalized_similarity)
    as_one = (words.sound[x] == words.sound[y]) & (alike >= parameters.sounding_spelling)
    found[rows] = (alike >= parameters.close_spelling) | as_one
    return found


def _similarity(a: NDArray[Any], b: NDArray[Any], texts: Sequence[str], scorer: Any) -> NDArray[np.float32]:
    """Similarities of texts by code, each different pair computed once."""
    if not len(a):
        return np.zeros(0, np.float32)
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    unique, back = np.unique(low * len(texts) + high, return_inverse=True)
    left = [texts[code] for code in unique // len(texts)]
    right = [texts[code] for code in unique % len(texts)]
    return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32))[back]


def _is(levels: NDArray[np.int8], feature: str, *names: str) -> Flags:
    return np.isin(levels, [level_named(feature, name) for name in names])


def _chosen(feature: str, size: int, *cases: tuple[str, Flags]) -> NDArray[np.int8]:
    """The level of the last case that holds; -1 where none does."""
    levels = np.full(size, -1, np.int8)
    for name, holds in cases:
        levels[holds] = level_named(feature, name)
    return levels
