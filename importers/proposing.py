"""A proposed mapping for a CSV that no format knows: from its header's words and a look at its values.

Only a proposal: nothing is imported by it until somebody has read it and passes it with `--mapping`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from graph.model.identities import domain_identity, email_identity, linkedin_identity, tokens
from importers.reading.dates import DateError, parse_date

__all__ = ["SampledColumn", "guess_columns", "propose_mapping"]

# What a column can be, and the words by which people call it.
_WORDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "identifier", "key", "record id", "contact id", "person id", "employee id", "external id",
           "staff no", "employee number", "personnel number", "uuid", "personalnummer", "matricule"),
    "name": ("name", "full name", "contact name", "person", "contact", "display name", "employee", "member"),
    "first_name": ("first name", "given name", "forename", "first", "vorname", "prénom", "nombre"),
    "last_name": ("last name", "surname", "family name", "last", "nachname", "nom de famille", "apellido"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail", "work email", "courriel"),
    "linkedin_url": ("linkedin", "linkedin url", "linkedin profile", "profile url", "linkedin profile url"),
    "headline": ("headline", "tagline"),
    "location": ("location", "city", "country", "state", "region", "office", "ort", "standort", "ville"),
    "company": ("company", "company name", "employer", "organisation", "organization", "account",
                "account name", "firm", "business", "firma", "unternehmen", "entreprise", "committee"),
    "company_id": ("company id", "account id", "organisation id", "organization id", "committee code"),
    "domain": ("domain", "website", "company domain", "company website", "web"),
    "title": ("title", "job title", "position", "role", "function", "job", "funktion", "poste"),
    "department": ("department", "team", "division", "abteilung", "service"),
    "started": ("started", "start date", "start", "from", "since", "joined", "hire date", "first seen",
                "entry date", "von", "beginn", "début"),
    "ended": ("ended", "end date", "end", "to", "until", "left", "last seen", "exit date", "bis", "ende", "fin"),
}  # fmt: skip
# A “… name” with one of these words is not a person's.
_NOT_PEOPLE = frozenset(
    "project product school event file campaign course list deal group user domain".split()
)
_ENOUGH = 70.0  # of 100: “official name” against “name” has 74, “phone” against “person” less than 60
_SHARE = 0.6  # of a column's values that must look like what its header says
_ID_VALUE = re.compile(r"^[\w.:/-]{1,64}$")


@dataclass(frozen=True, slots=True)
class SampledColumn:
    """A column's name, some of its values (none empty), and whether every row has one of its own."""

    name: str
    values: tuple[str, ...]
    unique: bool


def guess_columns(columns: Sequence[SampledColumn]) -> dict[str, str]:
    """Which column is what: field → column name. A column serves one field at most."""
    scored = [
        (score, place, field, column)
        for place, column in enumerate(columns)
        for field in _WORDS
        if (score := _score(column, field)) >= _ENOUGH
    ]
    found: dict[str, str] = {}
    for _, _, field, column in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if field not in found and column.name not in found.values():
            found[field] = column.name
    if "id" not in found:
        free = [column for column in columns if column.name not in found.values() and _could_be_id(column)]
        if free:
            found["id"] = free[0].name
    return found


def propose_mapping(file_name: str, columns: Sequence[SampledColumn]) -> str | None:
    """A TOML mapping onto our own CSV, or None where nothing about people can be seen in the columns."""
    found = guess_columns(columns)
    names = [found[field] for field in ("first_name", "last_name") if field in found]
    known_by = found.get("id") or found.get("linkedin_url") or found.get("email")
    if known_by is None or not (names or "name" in found or "company" in found):
        return None
    rules: list[tuple[str, dict[str, str]]] = []
    if "name" in found or names:
        name = (
            _text(found["name"]) if "name" in found else f"{{ columns = [{', '.join(map(_text, names))}] }}"
        )
        more = _picked(found, "email", "linkedin_url", "headline", "location")
        rules.append(("people", {"id": _text(known_by), "name": name, **more}))
    if "company" in found:
        company_id = _text(found.get("company_id", found["company"]))
        company = {"id": company_id, "name": _text(found["company"]), **_picked(found, "domain")}
        job = _picked(found, "title", "department", "started", "ended")
        rules += [("companies", company)]
        rules += [("employments", {"person_id": _text(known_by), "company_id": company_id, **job})]
    elif "title" in found and "headline" not in found and rules:
        rules[0][1]["headline"] = _text(found["title"])
    return _toml(file_name, columns, rules)


def _picked(found: Mapping[str, str], *fields: str) -> dict[str, str]:
    return {field: _text(found[field]) for field in fields if field in found}


def _toml(
    file_name: str, columns: Sequence[SampledColumn], rules: Sequence[tuple[str, Mapping[str, str]]]
) -> str:
    lines = [
        "# Proposed from the header and a look at the values. Read it, correct it, then import with --mapping.",
        "[[files]]",
        f"name = {_text(file_name)}",
    ]
    for into, cells in rules:
        lines += ["", "[[files.rows]]", f"into = {_text(into)}"]
        lines += [f"cells.{name} = {cell}" for name, cell in cells.items()]
        if "ended" in cells:
            lines.append("# Only if an empty end means that it still holds:")
            lines.append(
                f'# cells.current = {{ column = {cells["ended"]}, values = {{ "" = "true" }}, default = "false" }}'
            )
    said = " ".join(cell for _, cells in rules for cell in cells.values())
    unused = [column.name for column in columns if column.name.strip() and _text(column.name) not in said]
    if unused:
        lines += ["", f"# Not used: {', '.join(' '.join(name.split()) for name in unused)}"]
    return "\n".join(lines) + "\n"


def _score(column: SampledColumn, field: str) -> float:
    """0 to 100: how well the header's words fit, given that the values do."""
    check = _CHECKS.get(field)
    fitting = _share(column.values, check) if check else 1.0
    if check and column.values and fitting < _SHARE:
        return 0.0
    if field in ("email", "linkedin_url") and column.values and fitting > 0.8:
        return 100.0
    words = tokens(column.name)
    if field == "name" and _NOT_PEOPLE & set(words):
        return 0.0
    if field == "id" and not column.unique:
        # A number that comes again names something else, or the same person in rows of facts.
        return 0.0 if len(column.values) < 2 else _likeness(words, field) - 10
    return _likeness(words, field)


def _likeness(words: Sequence[str], field: str) -> float:
    header = " ".join(words)
    return max(
        (fuzz.token_set_ratio(header, plain) + fuzz.token_sort_ratio(header, plain)) / 2
        for plain in (" ".join(tokens(word)) for word in _WORDS[field])
    )


def _could_be_id(column: SampledColumn) -> bool:
    return (
        bool(column.values)
        and _share(column.values, lambda text: bool(_ID_VALUE.match(text))) == 1.0
        and (column.unique or _share(column.values, lambda text: any(c.isdigit() for c in text)) == 1.0)
        and not _share(column.values, _is_date)
    )


def _share(values: Sequence[str], check: Callable[[str], bool]) -> float:
    return sum(map(check, values)) / len(values) if values else 0.0


def _is_date(text: str) -> bool:
    try:
        parse_date(text, "day-first")
    except DateError:
        return False
    return True


def _text(value: str) -> str:
    """A TOML string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_CHECKS: dict[str, Callable[[str], bool]] = {
    "email": lambda text: email_identity(text.split(";")[0]) is not None,
    "linkedin_url": lambda text: linkedin_identity(text) is not None,
    "domain": lambda text: domain_identity(text) is not None,
    "started": _is_date,
    "ended": _is_date,
}
