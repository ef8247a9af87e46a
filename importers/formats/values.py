"""Cells become values: what several formats read alike, each with an error that names the column."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person, School
from graph.model.facts import Employment
from graph.model.identities import (
    Identity,
    email_identity,
    linkedin_identity,
    name_identity,
    normal_company_name,
)
from graph.model.titles import department_of, seniority_of
from importers.formats.base import FileContext, Row, RowError
from importers.reading.dates import CURRENT_WORDS, DateError, parse_date

__all__ = [
    "company_known_as",
    "company_named",
    "date_cell",
    "decimal_cell",
    "email_cell",
    "employment_at",
    "flag_cell",
    "known_as_of",
    "linkedin_cell",
    "member_identity",
    "number_cell",
    "one_line",
    "own_addresses",
    "owner_of",
    "person_name",
    "said",
    "school_named",
    "spell_cells",
]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# LinkedIn's internal member ids stand in some exports where a public slug would: case matters in them.
_MEMBER_ID = re.compile(r"AC[a-zA-Z]A[A-Za-z0-9_-]{10,}")
_MEMBER_URL = re.compile(r"linkedin\.com/(?:in|sales/(?:lead|people))/(AC[a-zA-Z]A[A-Za-z0-9_-]{10,})")
# As LinkedIn itself writes it: nearly every row. The general reading costs ten times as much.
_PUBLIC = re.compile(r"https://www\.linkedin\.com/in/([a-z0-9-]+)/?")
# What people write instead of a company: taken for one, it would make strangers colleagues.
_NO_COMPANY = frozenset(
    normal_company_name(name)
    for name in (
        "Self-employed|Self employed|Selfemployed|Freelance|Freelancer|Freelance Consultant|Independent"
        "|Independent Consultant|Independent Contractor|Consultant|Retired|Unemployed|Student|Stealth|Stealth Startup"
        "|Stealth Mode|Stealth Mode Startup|Stealth AI Startup|Confidential|Private|Various|Career Break|Sabbatical"
        "|Looking for new opportunities|Open to work|Not employed|Home|Me|Myself|Selbständig|Selbstständig"
        "|Freiberuflich|Freiberufler|Freischaffend|Im Ruhestand|Rentner|Indépendant|Indépendante|À mon compte"
        "|Auto-entrepreneur|Retraité|Retraitée|Sans emploi|Autónomo|Autónoma|Por cuenta propia|Jubilado|Jubilada"
        "|Desempleado|Profesional independiente|Trabajador independiente"
    ).split("|")
)
# Longer ones are no addresses, and are kept from the patterns that look at them.
_LONGEST_ADDRESS = 2000
_TRUE = frozenset(("true", "yes", "y", "1", "wahr", "ja", "vrai", "oui", "si"))
_FALSE = frozenset(("false", "no", "n", "0", "falsch", "nein", "faux", "non"))


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    return text if text.isprintable() and "  " not in text else " ".join(_CONTROL.sub(" ", text).split())


def person_name(first: str, last: str) -> str:
    """A full name as written."""
    return one_line(f"{first} {last}".strip())


def said(row: Row, kept: frozenset[str]) -> dict[str, str]:
    """The allow-listed cells that say something, as stored with the source record.

    A web address with another scheme than http(s) (`javascript:`) is nothing that anybody should click on.
    """
    return {
        name: text
        for name, text in row.cells.items()
        if text and name in kept and not (":" in text and "url" in name.casefold() and _no_web_address(text))
    }


def _no_web_address(text: str) -> bool:
    scheme = _SCHEME.match(text)
    return scheme is not None and scheme[0].lower() not in ("http:", "https:")


def owner_of(context: FileContext) -> Person:
    """Whose file it is; `open_file` has made sure that somebody said so."""
    if context.owner is None:
        raise RowError("", "nobody said whose file it is", "Name the owner with --owner")
    return context.owner


def own_addresses(context: FileContext) -> frozenset[str]:
    """The owner's e-mail addresses, as far as they are known."""
    stated = {one.value for one in owner_of(context).identities if one.system == "email"}
    return context.own_addresses | stated


def date_cell(row: Row, column: str, context: FileContext) -> PartialDate | None:
    """The date in a cell, None where it is empty; raises RowError for one that cannot be."""
    text = row.cells.get(column, "")
    if not text:
        return None
    try:
        return parse_date(text, context.date_order)
    except DateError as wrong:
        raise RowError(
            column, f"{column}: {wrong}", "Write the date as 2019, 2019-03 or 2019-03-14, or leave it empty"
        ) from None


def spell_cells(row: Row, started: str, ended: str, context: FileContext, *, current: bool = False) -> Spell:
    """From when to when. `current` True: an empty end means "still" (as does "Present"); else it says nothing."""
    if current and row.cells.get(ended, "").casefold() in CURRENT_WORDS:
        row = Row(row.line, {**row.cells, ended: ""})
    start, end = date_cell(row, started, context), date_cell(row, ended, context)
    try:
        return Spell(started=start, ended=end, current=current and end is None)
    except ValueError as wrong:
        raise RowError(ended, f"{ended}: {wrong}", "Correct one of the two dates") from None


def email_cell(text: str, column: str) -> Identity:
    """An e-mail address; raises RowError when the cell holds something else."""
    if len(text) <= _LONGEST_ADDRESS and (identity := email_identity(text)):
        return identity
    raise RowError(column, f"{column}: it is not an e-mail address", "Correct the address or empty the cell")


def linkedin_cell(text: str, column: str) -> Identity | None:
    """The public profile a cell names; None for an empty one and for an address of another kind.

    An address with a scheme other than http(s) is dropped. What is no address at all stands in the wrong
    column: RowError.
    """
    if not text:
        return None
    if usual := _PUBLIC.fullmatch(text):
        return Identity("person", "linkedin", usual[1], f"https://www.linkedin.com/in/{usual[1]}")
    if _no_web_address(text):
        return None
    if len(text) > _LONGEST_ADDRESS:
        raise RowError(column, f"{column}: it is too long for a web address", "Correct or empty the cell")
    identity = linkedin_identity(text)
    if identity and not _MEMBER_ID.fullmatch(
        re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    ):
        return identity
    if "." not in text or " " in text or "@" in text.split("/", 1)[0]:
        raise RowError(column, f"{column}: it is not a web address", "Correct the address or empty the cell")
    return None


def member_identity(*texts: str) -> Identity | None:
    """LinkedIn's internal id of a member, out of a bare id or an address that carries one.

    One member has an id of each sort (`ACwAA…` of Sales Navigator, `ACoAA…` of a profile): the sorts are systems
    of their own, or somebody would seem to be two.
    """
    for text in texts:
        if found := _MEMBER_ID.fullmatch(text) or _MEMBER_URL.search(text):
            value = found[found.re.groups]
            system = "linkedin_member" if value[2] == "w" else f"linkedin_member_{value[2].lower()}"
            return Identity("person", system, value)
    return None


def flag_cell(row: Row, column: str) -> bool | None:
    """true or false (also yes/no, 1/0); None where the cell is empty; raises RowError otherwise."""
    text = row.cells.get(column, "").casefold()
    if not text:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise RowError(column, f"{column}: it is neither true nor false", "Write true or false")


def number_cell(row: Row, column: str, least: int = 0) -> int | None:
    """A whole number; None where the cell is empty; raises RowError otherwise."""
    text = row.cells.get(column, "")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < least:
        raise RowError(column, f"{column}: it is not a whole number of {least} or more", "Write digits only")
    return int(text)


def decimal_cell(row: Row, column: str, least: int, most: int) -> float | None:
    """A number between `least` and `most`; None where the cell is empty; raises RowError otherwise."""
    text = row.cells.get(column, "")
    if not text:
        return None
    plain = text.replace("\u2212", "-").replace(",", ".")
    if (
        re.fullmatch(r"[+-]?(\d{1,15}(\.\d{0,30})?|\.\d{1,30})", plain, re.ASCII)
        and least <= float(plain) <= most
    ):
        return float(plain)
    raise RowError(
        column,
        f"{column}: it is not a number between {least:,} and {most:,}",
        "Write digits only, such as 0.7",
    )


@lru_cache(maxsize=65536)
def company_named(name: str) -> Company | None:
    """A company known by its name alone; None for what is no company ("Self-employed")."""
    return company_known_as(name)


def company_known_as(name: str, *stronger: Identity | None) -> Company | None:
    """A company by its name and whatever identifies it better; None for what is no company."""
    written = one_line(name)
    by_name = name_identity("company", written)
    identities = tuple(identity for identity in (*stronger, by_name) if identity)
    if not identities or (by_name and by_name.value in _NO_COMPANY):
        return None
    return Company(identities=identities, name=written)


@lru_cache(maxsize=8192)
def school_named(name: str) -> School | None:
    """A school known by its name alone; None where the name has no letter."""
    written = one_line(name)
    identity = name_identity("school", written)
    return School(identities=(identity,), name=written) if identity else None


@lru_cache(maxsize=64)
def known_as_of(day: PartialDate | None) -> Spell:
    """A spell known only because somebody was seen there on a date; undated where the date is not known."""
    if day is None:
        return Spell(current=True)
    return Spell(started=day, ended=day, current=True, as_of=True)


def employment_at(person: Person, company: Company, title: str, spell: Spell, **stated: str) -> Employment:
    """An employment; seniority and department come from the title unless they are stated."""
    written = one_line(title)
    return Employment(
        person=person,
        company=company,
        title=written,
        department=stated.get("department") or department_of(written),
        seniority=stated.get("seniority") or seniority_of(written),
        spell=spell,
    )
