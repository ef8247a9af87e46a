"""What exports of CRMs have in common: how they are told apart, lists of ids, amounts, buying roles, stages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph.model.committee import BUYING_ROLES
from graph.model.entities import Company
from graph.model.identities import Identity, domain_identity, linkedin_identity, tokens
from graph.model.records import Record
from importers.formats.base import (
    Column,
    FileContext,
    Format,
    Input,
    Item,
    Note,
    Row,
    RowError,
    Skipped,
)
from importers.formats.sheet import SheetFormat, file_stem, refused
from importers.formats.values import company_known_as, email_cell, one_line
from importers.identity.free_mail import is_free_mail
from importers.identity.shared_mail import is_shared_address
from importers.reading.table import normal_header
from importers.refusals import REFUSED_COLUMNS

__all__ = [
    "CrmFormat",
    "LaterFormat",
    "Roles",
    "Sheet",
    "amount_cell",
    "company_domain",
    "described_company",
    "known_by",
    "linkedin_page",
    "listed",
    "missing_name",
    "own_addresses",
    "reading_later",
    "roles_of",
    "spellings",
    "whole_number_cell",
    "without_domain",
]

# Recognition -----------------------------------------------------------------------------------------------


def spellings(*columns: Column) -> frozenset[str]:
    """All names under which columns stand in a header, as they are compared."""
    return frozenset(normal_header(name) for column in columns for name in (column.name, *column.aliases))


class Sheet(Protocol):
    """An opened file, as far as another one asks it for its rows."""

    @property
    def format(self) -> Format:
        """What it is."""

    def rows(self) -> Iterator[Input]:
        """Its rows by canonical column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmFormat(SheetFormat):
    """A format whose columns follow the user's view: `marks` and `foreign` (as `spellings`) tell it from others.

    A header needs one of `marks`, unless the file's name says what it is, and none of `foreign`. `later`: what
    the same file says of rows that it or other files bring; it is read for that once more, after all others.
    `brings`: what its rows are in our words, where its name has the CRM's.
    """

    brings: str = ""
    marks: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    later: LaterFormat | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kind of rows it holds."""
        return (self.brings or self.name.rpartition("/")[2],)

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether a file of this name with this header is of this kind."""
        there = {normal_header(cell) for cell in header}
        if not self.fits(header) or there & self.foreign:
            return False
        return not self.marks or bool(there & self.marks) or file_stem(file_name) in self.stems


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterFormat(SheetFormat):
    """The second reading of a file (`CrmFormat.later`); by itself only a file with no further columns.

    `gather`: what it needs of the import's other files, for `FileContext.links`; None where it needs nothing.
    """

    gather: Callable[[Sheet, Sequence[Sheet]], Mapping[str, tuple[str, ...]]] | None = None

    def recognises(self, file_name: str, header: Sequence[str]) -> bool:
        """Whether it is a file of such rows alone: the list of those that were refused, to be read again."""
        there = {normal_header(cell) for cell in header} - {normal_header(name) for name in REFUSED_COLUMNS}
        return self.fits(header) and there <= spellings(*self.columns)


LaterRow = Callable[[Row, FileContext], Sequence[Record]]


def reading_later(
    columns: tuple[Column, ...], read_row: LaterRow
) -> Callable[[Iterable[Input], FileContext], Iterator[Item]]:
    """A reader for a file's second reading: what was wrong with its rows was said at the first."""
    kept = frozenset(column.name for column in columns if column.kept)

    def read(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        for row in rows:
            if isinstance(row, Row):
                try:
                    yield from read_row(row, context)
                except ValueError as wrong:
                    yield refused(row, context, wrong, kept)

    return read


# Cells -----------------------------------------------------------------------------------------------------


def listed(row: Row, column: str) -> list[str]:
    """The values of a cell that holds several (`9002;9999`), each once, in their order."""
    return list(dict.fromkeys(part.strip() for part in row.get(column).split(";") if part.strip()))


def missing_name(row: Row) -> Skipped:
    """A row that nobody could be told by."""
    return Skipped(row.line, "it has no name")


_SPACES = re.compile("[ \u00a0\u2009\u202f'\u2019]")
_CODES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW MAD MXN "
    "MYR NGN NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
).replace(" ", "|")
_SIGN = rf"(?:{_CODES}|(?:US|AU|CA|A|C|R|S|NZ|HK)?\$|\u20ac|\u00a3|\u00a5|\u20b9|\u20a9|kr\.?|z\u0142|K\u010d|Ft|Fr\.?)"
_MONEY = re.compile(
    rf"{_SIGN}?\s*([-\u2212]?\d[\d.,' \u00a0\u2009\u202f\u2019]*)\s*{_SIGN}?", re.IGNORECASE | re.ASCII
)
_MOST_MONEY = 10**14


def amount_cell(row: Row, column: str) -> float | None:
    """An amount as programs of any country write it; None where the cell is empty.

    `15.000` is fifteen thousand here and fifteen there: such a number is refused, as is what is none.
    """
    number = _number(row.get(column), column)
    if number is not None and not 0 <= number <= _MOST_MONEY:
        raise RowError(
            column,
            f"{column}: it is not between 0 and {_MOST_MONEY:,}",
            "Correct the amount or empty the cell",
        )
    return number


def whole_number_cell(row: Row, column: str) -> int | None:
    """A count of people; None where the cell is empty or says 0. Raises RowError for what is no whole number."""
    number = _number(row.get(column), column)
    if number is None or number == 0:
        return None
    if number < 0 or number != int(number) or number > 10**9:
        raise RowError(column, f"{column}: it is not a whole number", "Write digits only")
    return int(number)


def _number(text: str, column: str) -> float | None:
    if not text:
        return None
    found = _MONEY.fullmatch(text) if len(text) <= 60 else None
    plain = _SPACES.sub("", found[1]).replace("\u2212", "-") if found else ""
    commas, points = plain.count(","), plain.count(".")
    if commas and points:
        last = max(plain.rfind(","), plain.rfind("."))
        whole, part = plain[:last], plain[last + 1 :]
        grouping = "." if plain[last] == "," else ","
        plain = f"{whole.replace(grouping, '')}.{part}" if _grouped(whole, grouping) else ""
    elif commas + points > 1:
        separator = "," if commas else "."
        plain = plain.replace(separator, "") if _grouped(plain, separator) else ""
    elif commas + points == 1:
        whole, _, part = plain.replace(",", ".").partition(".")
        if len(part) == 3 and re.fullmatch(r"-?[1-9]\d{0,2}", whole):
            raise RowError(
                column,
                f"{column}: it is in doubt whether it holds thousands or decimals",
                f"Write {whole}{part} or {whole}.{part}0",
            )
        plain = f"{whole}.{part}"
    if not re.fullmatch(r"-?\d{1,15}(\.\d{0,15})?", plain, re.ASCII):
        raise RowError(column, f"{column}: it is not a number", "Write digits only, such as 15000.50")
    return float(plain)


def _grouped(text: str, separator: str) -> bool:
    return re.fullmatch(rf"-?\d{{1,3}}({re.escape(separator)}\d{{3}})+", text, re.ASCII) is not None


def own_addresses(row: Row, *columns: str) -> list[Identity]:
    """The e-mail addresses that name a person, not a desk; raises RowError for what is none."""
    stated = [email_cell(text, column) for column in columns for text in listed(row, column)]
    return [address for address in dict.fromkeys(stated) if not is_shared_address(address.value)]


# Companies -------------------------------------------------------------------------------------------------

# Where a company has a page, not a domain of its own.
_SHARED_HOSTS = frozenset(
    "facebook.com linkedin.com instagram.com twitter.com x.com youtube.com tiktok.com xing.com github.com "
    "google.com wordpress.com blogspot.com wixsite.com weebly.com medium.com amazon.com etsy.com ebay.com "
    "crunchbase.com wikipedia.org linktr.ee notion.site business.site lnkd.in fb.com github.io wix.com bit.ly "
    "squarespace.com webflow.io carrd.co godaddysites.com myshopify.com apps.apple.com".split()
)


def company_domain(text: str) -> Identity | None:
    """The domain that a web address shows as a company's own; None for a page among many, and for no address."""
    found = domain_identity(text) if len(text) <= 2000 else None
    if found is None or is_free_mail(found.value):
        return None
    labels = found.value.split(".")
    hosts = {".".join(labels[at:]) for at in range(len(labels) - 1)}
    return None if hosts & _SHARED_HOSTS else found


def known_by(name: str, *stronger: Identity | None) -> tuple[Identity, ...]:
    """A company's identities, strongest first; its name among them unless it is what people write for no company."""
    by_name = company_known_as(name)
    return tuple(identity for identity in (*stronger, *(by_name.identities if by_name else ())) if identity)


_WITH_DOMAIN = re.compile(r"(.+?)\s*\(((?:[\w-]+\.)+[a-z]{2,})\)", re.IGNORECASE)


def without_domain(name: str) -> str:
    """A company's name without the domain that an association puts behind it: `Helvion AG (helvion.example)`."""
    written = one_line(name)
    found = _WITH_DOMAIN.fullmatch(written)
    return found[1] if found else written


def described_company(identity: Identity, name: str) -> Company:
    """A company that another file describes; with a name it is known even where that file is not there."""
    written = without_domain(name)
    return Company(identities=known_by(written, identity), name=written)


def linkedin_page(text: str) -> Identity | None:
    """A company's public LinkedIn page; None for anything else."""
    return linkedin_identity(text, "company") if text and len(text) <= 2000 else None


# Roles -----------------------------------------------------------------------------------------------------

# What CRMs call the roles of domain.md. Not among them, as they say nothing of these: Influencer, Executive
# Sponsor, Blocker, Other. The translations are ours (not seen in a file); what is not here gives no role.
_NAMES: dict[str, str] = {
    "economic_buyer": "economic buyer|economic decision maker|decision maker|budget holder|budget owner"
    "|entscheidungstrager|entscheider|budgetverantwortlicher|decideur|decisionnaire|responsable du budget"
    "|tomador de decisiones|responsable de presupuesto|decisor|decisore|tomador de decisao|beslisser"
    "|budgethouder|beslutsfattare|decydent|paattaja",
    "technical_buyer": "technical buyer|technical decision maker|technical evaluator|evaluator|evaluador"
    "|evaluateur|valutatore|avaliador",
    "user_buyer": "user buyer|business user|end user|user|endbenutzer|endanwender|utilisateur final|usuario final"
    "|utente finale|eindgebruiker|slutanvandare|uzytkownik koncowy|loppukayttaja",
    "coach": "coach|champion|internal champion",
    "gatekeeper": "gatekeeper",
    "legal": "legal|legal and compliance|legal compliance|recht und compliance|rechtsabteilung",
    "procurement": "procurement|purchasing|einkauf|achats|compras|inkoop",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split("|")}
if not set(_NAMES) <= set(BUYING_ROLES):
    raise AssertionError("every name stands for a role there is")
_MOST_NOTED = 10


def roles_of(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Our roles for the names of a CRM, and the names that stand for none of ours."""
    roles: dict[str, None] = {}
    unknown: list[str] = []
    for name in names:
        role = _ROLES.get(" ".join(tokens(name)))
        if role is None:
            unknown.append(one_line(name))
        else:
            roles[role] = None
    return tuple(roles), tuple(unknown)


@dataclass(slots=True)
class Roles:
    """The role names of a file that stand for none of ours, to be told once at its end."""

    unknown: Counter[str] = field(default_factory=Counter)

    def of(self, names: Iterable[str]) -> tuple[str, ...]:
        """Our roles for the names of a CRM; the others are noted."""
        roles, unknown = roles_of(names)
        self.unknown.update(name[:60] for name in unknown)
        return roles

    def notes(self) -> Iterator[Note]:
        """A sentence for each name, the most frequent first."""
        for name, count in self.unknown.most_common(_MOST_NOTED):
            rows = "once" if count == 1 else f"{count} times"
            yield Note(
                f"“{name}” stands for no buying role of ours ({rows}): it is kept as written, and gave nobody a role."
            )
