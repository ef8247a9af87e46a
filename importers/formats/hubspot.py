"""HubSpot's exports of contacts, companies and deals, in any of its languages and with any columns of a view.

A row's `Record ID` is an identity in the import's source, as the `id` of our own CSV is: two portals have the
same numbers for different people, so each needs a source of its own. Who owns a contact, how often and when they
were written to is never read: it does not say who of us it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.model.committee import Opportunity
from graph.model.committee_facts import Seat, SoughtAt
from graph.model.entities import Company, Person
from graph.model.facts import Employment
from graph.model.identities import Identity, Label, external_identity
from graph.model.records import Record
from importers.formats.base import FileContext, Input, Item, Row, RowError, Skipped
from importers.formats.crm import (
    CrmFormat,
    LaterFormat,
    Roles,
    Sheet,
    amount_cell,
    company_domain,
    described_company,
    known_by,
    linkedin_page,
    listed,
    missing_name,
    own_addresses,
    reading_later,
    roles_of,
    whole_number_cell,
    without_domain,
)
from importers.formats.hubspot_columns import (
    COMPANY_COLUMNS,
    COMPANY_SIGNS,
    CONTACT_COLUMNS,
    CONTACT_SIGNS,
    DEAL_COLUMNS,
    DEAL_SIGNS,
    LABELS,
    PERSON_SIGNS,
    ROLE_COLUMNS,
)
from importers.formats.sheet import reading_rows
from importers.formats.values import (
    company_known_as,
    date_cell,
    employment_at,
    flag_cell,
    known_as_of,
    linkedin_cell,
    one_line,
    person_name,
    said,
)
from importers.identity.free_mail import email_domain

__all__ = ["HUBSPOT"]

_ADDRESSES = ("Email", "Additional email addresses")
_ID = re.compile(r"\d{1,20}", re.ASCII)
_CONTACT_KEPT, _COMPANY_KEPT, _DEAL_KEPT = (
    frozenset(column.name for column in columns if column.kept)
    for columns in (CONTACT_COLUMNS, COMPANY_COLUMNS, DEAL_COLUMNS)
)


def _identity(label: Label, text: str, column: str, context: FileContext) -> Identity:
    if _ID.fullmatch(text):
        return external_identity(label, context.source, text)
    if not text:
        raise RowError(column, f"{column}: it is empty", "Fill in the cell")
    raise RowError(
        column,
        f"{column}: it is not a record id (a spreadsheet may have shortened it)",
        "Import the file as HubSpot wrote it, or correct the cell: digits only",
    )


def _ids(label: Label, row: Row, column: str, context: FileContext) -> list[Identity]:
    return [_identity(label, text, column, context) for text in listed(row, column)]


def _own(label: Label, row: Row, context: FileContext) -> Identity:
    return _identity(label, row.get("Record ID"), "Record ID", context)


def _associated(row: Row, context: FileContext) -> list[Company]:
    """The companies of a contact or deal: the primary one where it is marked, else all that are associated."""
    for marked in (" (Primary)", ""):
        column = f"Associated Company IDs{marked}"
        if found := _ids("company", row, column, context):
            # Names of several cannot be told apart: they hold the semicolon that parts them.
            names = row.get(f"Associated Company{marked}") if len(found) == 1 else ""
            return [described_company(identity, names) for identity in found]
    return []


def _associated_name(row: Row) -> str:
    """The name of the one company that is associated; "" where there are none, or several without a primary one."""
    names = row.get("Associated Company (Primary)") or row.get("Associated Company")
    return "" if ";" in names else names


# Contacts --------------------------------------------------------------------------------------------------


def _contact(row: Row, context: FileContext) -> list[Record] | Skipped:
    own = _own("person", row, context)
    name = person_name(row.get("First Name"), row.get("Last Name"))
    if not name:
        return missing_name(row)
    addresses = own_addresses(row, *_ADDRESSES)
    profile = linkedin_cell(row.get("LinkedIn URL"), "LinkedIn URL")
    employers = _employers(row, context)
    person = Person(
        identities=(own, *([profile] if profile else []), *addresses),
        name=name,
        headline="" if employers else one_line(row.get("Job Title")),
        location=one_line(", ".join(filter(None, (row.get("City"), row.get("Country/Region"))))),
    )
    records = [Record(f"contacts|{own.value}", (person,), (), said(row, _CONTACT_KEPT))]
    records += _employments(own, employers, one_line(row.get("Job Title")), context)
    return records


_read_contacts = reading_rows(CONTACT_COLUMNS, _contact)


def _contacts(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    roles = Roles()

    def watched() -> Iterator[Input]:
        for row in rows:
            if isinstance(row, Row):
                roles.of(listed(row, "Buying Role"))
            yield row

    yield from _read_contacts(watched(), context)
    yield from roles.notes()


def _employers(row: Row, context: FileContext) -> list[Company]:
    """By associated id, else by name, else by the domain of an address that only an employer gives."""
    if associated := _associated(row, context):
        return associated
    if named := _associated_name(row) or row.get("Company name"):
        known = company_known_as(without_domain(named))
        return [known] if known else []
    for address in (text for column in _ADDRESSES for text in listed(row, column)):
        if domain := company_domain(email_domain(address)):
            return [Company(identities=(domain,), name=domain.value, domain=domain.value)]
    return []


def _employments(
    own: Identity, employers: Sequence[Company], title: str, context: FileContext
) -> Iterator[Record]:
    """Held on the day of the export, as the file says nothing of since when. A change of employer is a change of
    the first of these records, which thereby leaves the former one behind as what it was on its day."""
    person = Person(identities=(own,))
    for at, company in enumerate(employers):
        fact: Employment = employment_at(person, company, title, known_as_of(context.as_of))
        key = f"employment|{own.value}" + (f"|{company.keys[0]}" if at else "")
        yield Record(key, (person, company), (fact,))


# Companies -------------------------------------------------------------------------------------------------


def _company(row: Row, context: FileContext) -> Record | Skipped:
    own = _own("company", row, context)
    name = one_line(row.get("Company name"))
    if not name:
        return missing_name(row)
    domain = company_domain(row.get("Company Domain Name")) or company_domain(row.get("Website URL"))
    page = linkedin_page(row.get("LinkedIn Company Page"))
    company = Company(
        identities=known_by(name, own, page, domain),
        name=name,
        domain=domain.value if domain else "",
        headcount=whole_number_cell(row, "Number of Employees"),
        industry=one_line(row.get("Industry")),
    )
    return Record(f"companies|{own.value}", (company,), (), said(row, _COMPANY_KEPT))


# Deals -----------------------------------------------------------------------------------------------------

_WON = frozenset(("closed won", "closedwon", "closed & won", "won"))
_LOST = frozenset(("closed lost", "closedlost", "closed & lost", "lost"))


def _stage(row: Row) -> str:
    """The stage as the portal calls it; `won` or `lost` where the file says that it is closed."""
    written = one_line(row.get("Deal Stage"))
    if flag_cell(row, "Is Closed Won") or written.casefold() in _WON:
        return "won"
    if flag_cell(row, "Is Closed Lost") or written.casefold() in _LOST:
        return "lost"
    return written


def _deal(row: Row, context: FileContext) -> list[Record] | Skipped:
    own = _own("opportunity", row, context)
    name = one_line(row.get("Deal Name"))
    if not name:
        return missing_name(row)
    companies = _associated(row, context)
    if not companies:
        known = company_known_as(without_domain(_associated_name(row)))
        companies = [known] if known else []
    if not companies:
        raise RowError(
            "Associated Company IDs",
            "the deal is associated with no company",
            "Associate it in HubSpot and export the column Associated Company IDs, or fill in the cell",
        )
    amount = "Amount in company currency" if row.get("Amount in company currency") else "Amount"
    opportunity = Opportunity(
        identities=(own,),
        name=name,
        stage=_stage(row),
        closes_on=date_cell(row, "Close Date", context),
        amount=amount_cell(row, amount),
    )
    first, *further = companies
    fact = SoughtAt(opportunity=opportunity, company=first)
    key = f"deals|{own.value}"
    records = [Record(key, (opportunity, first), (fact,), said(row, _DEAL_KEPT))]
    same = Opportunity(identities=(own,))
    for company in further:
        fact = SoughtAt(opportunity=same, company=company)
        records.append(Record(f"{key}|at|{company.keys[0]}", (same, company), (fact,)))
    for contact, labels in _members(row, context).items():
        records.append(_seat("member", contact, same, roles_of(labels)[0]))
    return records


def _members(row: Row, context: FileContext) -> dict[Identity, list[str]]:
    """A deal's contacts, with the labels of their association."""
    plain = "Associated Contact IDs"
    members: dict[Identity, list[str]] = {contact: [] for contact in _ids("person", row, plain, context)}
    for label, column in _LABELLED:
        for contact in _ids("person", row, column, context):
            members.setdefault(contact, []).append(label)
    return members


_LABELLED = tuple((label, f"Associated Contact IDs ({label})") for label in LABELS)


def _seat(kind: str, contact: Identity, opportunity: Opportunity, roles: tuple[str, ...] = ()) -> Record:
    person = Person(identities=(contact,))
    seat = Seat(person=person, opportunity=opportunity, roles=roles)
    deal = opportunity.identities[0].value
    return Record(f"{kind}|{deal}|{contact.value}", (person, opportunity), (seat,))


# Buying roles ----------------------------------------------------------------------------------------------


def _roles(row: Row, context: FileContext) -> list[Record]:
    """A contact's buying role, in each of the deals that they are associated with."""
    roles, _ = roles_of(listed(row, "Buying Role"))
    if not roles:
        return []
    contact, column = _own("person", row, context), "Associated Deal IDs"
    deals = dict.fromkeys((*listed(row, column), *context.links.get(contact.value, ())))
    own = [_identity("opportunity", deal, column, context) for deal in deals]
    return [_seat("role", contact, Opportunity(identities=(deal,)), roles) for deal in own]


def _deals_by_contact(contacts: Sheet, others: Sequence[Sheet]) -> Mapping[str, tuple[str, ...]]:
    """The deals of the contacts who have a buying role, as the import's files of deals associate them."""
    wanted = {
        row.get("Record ID") for row in _rows(contacts.rows()) if roles_of(listed(row, "Buying Role"))[0]
    }
    found: dict[str, tuple[str, ...]] = {}
    for sheet in others if wanted else ():
        if sheet.format.name == "hubspot/deals":
            for row in _rows(sheet.rows()):
                for contact in listed(row, "Associated Contact IDs"):
                    if contact in wanted:
                        found[contact] = (*found.get(contact, ()), row.get("Record ID"))
    return found


def _rows(inputs: Iterator[Input]) -> Iterator[Row]:
    return (row for row in inputs if isinstance(row, Row))


BUYING_ROLES_OF_CONTACTS = LaterFormat(
    name="hubspot/buying_roles",
    columns=ROLE_COLUMNS,
    read=reading_later(ROLE_COLUMNS, _roles),
    gather=_deals_by_contact,
)
_OTHER_SYSTEMS = frozenset(("account id", "account name", "accountid"))

HUBSPOT: tuple[CrmFormat | LaterFormat, ...] = (
    CrmFormat(
        name="hubspot/contacts",
        brings="people",
        columns=CONTACT_COLUMNS,
        read=_contacts,
        marks=PERSON_SIGNS,
        foreign=DEAL_SIGNS | _OTHER_SYSTEMS,
        later=BUYING_ROLES_OF_CONTACTS,
    ),
    CrmFormat(
        name="hubspot/companies",
        columns=COMPANY_COLUMNS,
        read=reading_rows(COMPANY_COLUMNS, _company),
        marks=COMPANY_SIGNS,
        foreign=DEAL_SIGNS | PERSON_SIGNS | CONTACT_SIGNS | _OTHER_SYSTEMS,
    ),
    CrmFormat(
        name="hubspot/deals",
        brings="opportunities",
        columns=DEAL_COLUMNS,
        read=reading_rows(DEAL_COLUMNS, _deal),
        foreign=_OTHER_SYSTEMS,
    ),
    BUYING_ROLES_OF_CONTACTS,
)
