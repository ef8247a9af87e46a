"""People as columns of numbers: some 200 bytes each, so that millions are compared in bounded memory.

Texts become codes of a vocabulary that the tables to be compared share; 0 means that nothing is said.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.model.identities import normal_company_name, normal_name, tokens
from graph.records.resolution import PLURAL_SYSTEMS
from importers.identity.free_mail import is_free_mail
from importers.identity.names import MOST_PARTS, NameParts, name_parts, sound
from importers.identity.nicknames import name_families
from importers.identity.people import Job, Someone
from importers.identity.places import place_and_country

__all__ = ["UNKNOWN", "Lexicon", "People", "Vocabulary", "Words", "stable_hash"]

JOBS, MAILS, EXACT, SCHOOLS, MIDDLES, FORMS = 5, 3, 4, 2, 2, 3
UNKNOWN = -1
_ROLES = frozenset(
    "info sales office contact kontakt hello mail admin support service team hr jobs marketing billing invoice "
    "accounting press help vertrieb buero bureau contatto ventas commercial einkauf purchasing post".split()
)
_PUBLIC_PARTS = frozenset("co com ac org net gov edu or ne gob gouv".split())
_NOT_LETTERS = re.compile(r"[^a-z]+")

Ints = NDArray[np.int32]


def stable_hash(text: str) -> int:
    """A 64-bit number of a text, the same in every process; never 0."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) | 1


class Vocabulary:
    """Texts and their codes, from 1 on."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}
        self.texts: list[str] = [""]

    def code(self, text: str) -> int:
        """The code of a text, 0 for an empty one."""
        if not text:
            return 0
        found = self._code.get(text)
        if found is None:
            found = self._code[text] = len(self.texts)
            self.texts.append(text)
        return found

    def __len__(self) -> int:
        return len(self.texts)


class Words(Vocabulary):
    """Words of names, with what of them is compared as numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._ready = 0
        self.first = np.zeros(0, np.uint32)
        self.length = np.zeros(0, np.int32)
        self.forms = np.zeros((0, FORMS), np.int32)
        self.sound = np.zeros(0, np.uint64)
        self.called = np.zeros(0, np.uint64)
        """As `sound`, but equal for all forms of one given name."""
        self.initial = np.zeros(0, np.uint64)

    def prepare(self) -> None:
        """Bring the numbers up to the words."""
        new = self.texts[self._ready :]
        if not new:
            return
        forms = np.zeros((len(new), FORMS), np.int32)
        for row, word in enumerate(new):
            found = name_families(word)[:FORMS]
            forms[row, : len(found)] = found
        sounds = np.array([stable_hash(sound(word)) if word else 0 for word in new], np.uint64)
        called = np.array(
            [
                stable_hash(f"form {row[0]}") if row[0] else said
                for row, said in zip(forms, sounds, strict=True)
            ],
            np.uint64,
        )
        initials = np.array(
            [stable_hash(f"initial {sound(word)[:1]}") if word else 0 for word in new], np.uint64
        )
        self.first = np.append(self.first, np.array([ord(word[0]) if word else 0 for word in new], np.uint32))
        self.length = np.append(self.length, np.array([len(word) for word in new], np.int32))
        self.forms = np.concatenate([self.forms, forms])
        self.sound = np.append(self.sound, sounds)
        self.called = np.append(self.called, called)
        self.initial = np.append(self.initial, initials)
        self._ready = len(self.texts)


class Lexicon:
    """The vocabularies that two tables share."""

    def __init__(self) -> None:
        self.words = Words()
        self.generations = Vocabulary()
        self.places = Vocabulary()
        self.companies = Vocabulary()
        self.company_mail: list[tuple[int, int]] = [(0, 0)]
        """Of each company: the codes of its domain and of its name as a domain would spell it."""
        self.titles = Vocabulary()
        self.mail_names = Vocabulary()
        self.domains = Vocabulary()
        self.systems = Vocabulary()
        self.schools = Vocabulary()

    def company(self, job: Job) -> int:
        """The code of a job's company, with its domain noted."""
        known = len(self.companies)
        code = self.companies.code(job.company)
        if code == known:
            label = normal_company_name(job.name).replace(" ", "")
            self.company_mail.append((self.domains.code(job.domain), self.domains.code(label)))
        return code


class People:
    """A table of people. Build with `People.of`; columns are arrays, a row a person."""

    def __init__(self, lexicon: Lexicon, ids: list[str], columns: dict[str, NDArray[Any]]) -> None:
        self.lexicon = lexicon
        self.ids = ids
        self.given: Ints = columns["given"]
        self.middles: Ints = columns["middles"]
        self.families: Ints = columns["families"]
        self.generation: Ints = columns["generation"]
        self.place: Ints = columns["place"]
        self.country: Ints = columns["country"]
        self.company: Ints = columns["company"]
        self.began: Ints = columns["began"]
        self.until: Ints = columns["until"]
        self.title: Ints = columns["title"]
        self.mail_name: Ints = columns["mail_name"]
        self.mail_domain: Ints = columns["mail_domain"]
        self.mail_label: Ints = columns["mail_label"]
        self.unexplained: Ints = columns["unexplained"]
        self.system: Ints = columns["system"]
        self.value: NDArray[np.int64] = columns["value"]
        self.school: Ints = columns["school"]

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, people: Iterable[Someone], lexicon: Lexicon | None = None) -> People:
        """Encode people, one after the other."""
        shared = lexicon or Lexicon()
        ids: list[str] = []
        columns = {name: array("q" if name == "value" else "i") for name in _WIDTHS}
        for one in people:
            ids.append(one.id)
            for name, values in _encoded(one, shared):
                columns[name].extend(values)
        shared.words.prepare()
        arrays: dict[str, NDArray[Any]] = {
            name: np.frombuffer(column, np.int64 if name == "value" else np.int32)
            if len(column)
            else np.zeros(0, np.int64 if name == "value" else np.int32)
            for name, column in columns.items()
        }
        shaped = {
            name: numbers.reshape(-1, _WIDTHS[name]) if _WIDTHS[name] > 1 else numbers
            for name, numbers in arrays.items()
        }
        return cls(shared, ids, shaped)


_WIDTHS = {
    "given": 1,
    "middles": MIDDLES,
    "families": MOST_PARTS,
    "generation": 1,
    "place": 1,
    "country": 1,
    "company": JOBS,
    "began": JOBS,
    "until": JOBS,
    "title": JOBS,
    "mail_name": MAILS,
    "mail_domain": MAILS,
    "mail_label": MAILS,
    "unexplained": MAILS,
    "system": EXACT,
    "value": EXACT,
    "school": SCHOOLS,
}


def _filled(values: Sequence[int], width: int, empty: int = 0) -> list[int]:
    return [*values[:width], *[empty] * (width - len(values))]


def _encoded(one: Someone, lexicon: Lexicon) -> Iterable[tuple[str, Sequence[int]]]:
    parts, word = name_parts(one.name), lexicon.words.code
    place, country = place_and_country(one.location)
    jobs = sorted(one.jobs, key=lambda job: (-(job.last or job.first or 0), job.company))[:JOBS]
    yield "given", (word(parts.given),)
    yield "middles", _filled([word(each) for each in parts.middle], MIDDLES)
    yield "families", _filled([word(each) for each in parts.families], MOST_PARTS)
    yield "generation", (lexicon.generations.code(parts.generation),)
    yield "place", (lexicon.places.code(place),)
    yield "country", (lexicon.places.code(country),)
    yield "company", _filled([lexicon.company(job) for job in jobs], JOBS)
    yield "began", _filled([_month(job.first, job.last) for job in jobs], JOBS, UNKNOWN)
    yield "until", _filled([_month(job.last, job.first) for job in jobs], JOBS, UNKNOWN)
    yield "title", _filled([lexicon.titles.code(_title(job.title)) for job in jobs], JOBS)
    yield "school", _filled([lexicon.schools.code(normal_name(each)) for each in one.schools], SCHOOLS)
    yield from _mails(one, parts, lexicon)
    exact = sorted((system, value) for system, value in one.identities if system not in PLURAL_SYSTEMS)
    yield "system", _filled([lexicon.systems.code(system) for system, _ in exact], EXACT)
    # As signed numbers: what numpy stores and an engine can.
    yield "value", _filled([stable_hash(value) - (1 << 63) for _, value in exact], EXACT)


def _mails(one: Someone, parts: NameParts, lexicon: Lexicon) -> Iterable[tuple[str, Sequence[int]]]:
    names, domains, labels, unexplained = [], [], [], []
    for system, address in sorted(one.identities):
        local, _, domain = address.rpartition("@") if system == "email" else ("", "", "")
        local = local.partition("+")[0]
        if not local or _NOT_LETTERS.sub("", local) in _ROLES:
            continue
        own = not is_free_mail(domain)
        names.append(lexicon.mail_names.code("".join(c for c in local if c not in "._-")))
        domains.append(lexicon.domains.code(domain) if own else 0)
        labels.append(lexicon.domains.code(_label(domain)) if own else 0)
        unexplained.append(int(not _explains(parts, local)))
    yield "mail_name", _filled(names, MAILS)
    yield "mail_domain", _filled(domains, MAILS)
    yield "mail_label", _filled(labels, MAILS)
    yield "unexplained", _filled(unexplained, MAILS)


@lru_cache(maxsize=65_536)
def _label(domain: str) -> str:
    """The part of a domain that its owner chose: helvion of mail.helvion.co.uk."""
    parts = domain.split(".")[:-1]
    return next((part for part in reversed(parts) if part not in _PUBLIC_PARTS), "")


def _explains(parts: NameParts, local: str) -> bool:
    """Whether a name alone would lead to this e-mail name: any other of the name could have it, too."""
    letters = "".join(tokens(local))
    words = [word for word in (parts.given, *parts.families) if word]
    initials = "".join(word[0] for word in words)
    return any(len(word) > 2 and word in letters for word in words) or letters in (initials, initials[::-1])


@lru_cache(maxsize=65_536)
def _title(title: str) -> str:
    return " ".join(sorted(set(tokens(title))))


def _month(own: int | None, other: int | None) -> int:
    if own is not None:
        return own
    return other if other is not None else UNKNOWN
