"""Identity keys: what makes an import idempotent and matching exact.

A key reads `<label>:<system>:<value>`, for example `person:email:anna@example.org`. Equal keys are the same
person or company; anything less (a name) never is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from anyascii import anyascii

from graph.model.legal_forms import without_legal_form, without_written_form

__all__ = [
    "Identity",
    "Label",
    "domain_identity",
    "email_identity",
    "external_identity",
    "linkedin_identity",
    "name_identity",
    "normal_company_name",
    "normal_name",
    "row_identity",
    "tokens",
]

Label = Literal[
    "person",
    "company",
    "project",
    "school",
    "community",
    "opportunity",
    "observation",
    "signal",
    "persona",
]

_EMAIL = re.compile(r"^[^@\s,;:<>\"()\[\]]+@[^@\s,;:<>\"()\[\]]+\.[^@\s,;:<>\"()\[\]]{2,}$")
_SLUG = re.compile(r"^/(?:in|pub|company|school|showcase)/([^/]+)")
_DOMAIN = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """One exact identity of a node: the system that issued it and its value there."""

    label: Label
    system: str
    value: str
    url: str | None = None
    key: str = field(init=False)
    """The unique key under which the identity is stored; made once, for it is asked for often."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.label}:{self.system}:{self.value}")


def email_identity(address: str) -> Identity | None:
    """A person's e-mail address, lower-cased; None when it is not one."""
    value = unicodedata.normalize("NFC", address).strip().casefold().removeprefix("mailto:")
    return Identity("person", "email", value) if _EMAIL.match(value) and len(value) <= 254 else None


def linkedin_identity(url: str, label: Literal["person", "company", "school"] = "person") -> Identity | None:
    """A public LinkedIn page: slug lower-cased and percent-decoded, query and trailing slash cut.

    None for anything but an http(s) address (or one without a scheme) on linkedin.com with a public slug;
    Sales Navigator addresses name a lead, not a public profile. A company's page is known by its name in some
    places and by its number in others: the two are of two systems, or one company would contradict itself.
    """
    text = url.strip()
    if "://" not in text:
        text = f"https://{text.removeprefix('//')}"
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not (
        host == "linkedin.com" or host.endswith(".linkedin.com")
    ):
        return None
    found = _SLUG.match(parts.path)
    folder = parts.path.split("/")[1] if found else ""
    if not found or (label == "person") != (folder in ("in", "pub")):
        return None
    slug = unicodedata.normalize("NFC", unquote(found.group(1))).lower().strip()
    if not slug or any(c.isspace() or c in '/?#<>"' or not c.isprintable() for c in slug):
        return None
    system = "linkedin_company" if label == "company" and slug.isdecimal() else "linkedin"
    return Identity(
        label, system, slug, f"https://www.linkedin.com/{'in' if label == 'person' else folder}/{slug}"
    )


def external_identity(label: Label, system: str, external_id: str) -> Identity:
    """The id a record has in the system it came from (the import's `--source`)."""
    return Identity(label, system.strip(), external_id.strip())


def domain_identity(domain: str) -> Identity | None:
    """A company's internet domain, without scheme, `www.` and path; None when it is not one."""
    value = domain.strip().lower()
    if "://" in value:
        value = value.split("://", 1)[1]
    value = re.split(r"[/?#:]", value, maxsplit=1)[0].removeprefix("www.").rstrip(".")
    return Identity("company", "domain", value, f"https://{value}") if _DOMAIN.match(value) else None


def name_identity(label: Label, name: str) -> Identity | None:
    """What is known by its name alone: never used for people."""
    if label == "person":
        raise ValueError("a name is never enough to know a person by")
    value = normal_company_name(name) if label == "company" else normal_name(name)
    return Identity(label, "name", value) if value else None


def row_identity(label: Label, *parts: str) -> Identity:
    """A row without any identity of its own: its source and what it says are its key (hashed, not shown)."""
    from hashlib import sha256

    digest = sha256("\x1f".join(normal_name(part) for part in parts).encode()).hexdigest()[:32]
    return Identity(label, "row", digest)


def normal_name(name: str) -> str:
    """Letters and digits only, without accents or case, one space between words."""
    return " ".join(tokens(name))


def normal_company_name(name: str) -> str:
    """As `normal_name`, without legal forms (GmbH, Inc., S.A. …, of all scripts)."""
    # Dots join abbreviations (S.A. is one word, not two), other punctuation parts words.
    return " ".join(without_legal_form(tokens(re.sub(r"(?<=\w)\.(?=\w?)", "", without_written_form(name)))))


def tokens(text: str) -> list[str]:
    """Normalised words of a name for search: transliterated to ASCII where possible, case-folded."""
    folded = unicodedata.normalize("NFKC", text)
    # A soft sign becomes an apostrophe, which parts no word.
    words = [anyascii(word).replace("'", "").casefold() for word in _WORD.findall(folded)]
    return [part for word in words for part in _WORD.findall(word)]
