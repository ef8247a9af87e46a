"""Salesforce's exports of contacts, accounts, opportunities, contact roles, campaign members and users.

API names as the data export and the loaders write them; labels of reports where they leave no doubt. An id of 15
or 18 characters is one identity in the import's source. What `IsDeleted` says is gone is left out, but for the
records that were merged into others: those are the same person or company as `MasterRecordId`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from graph.model.committee import Opportunity
from graph.model.committee_facts import SoughtAt
from graph.model.entities import Company, Entity, Person
from graph.model.facts import ReportingLine
from graph.model.identities import Identity, Label, external_identity, row_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Held, Input, Item, Row, RowError, Skipped
from importers.formats.crm import (
    CrmFormat,
    LaterFormat,
    amount_cell,
    company_domain,
    described_company,
    known_by,
    missing_name,
    own_addresses,
    reading_later,
    spellings,
    whole_number_cell,
)
from importers.formats.salesforce_ids import salesforce_id
from importers.formats.sheet import RowReader, reading_rows, refused
from importers.formats.values import (
    company_known_as,
    date_cell,
    employment_at,
    flag_cell,
    known_as_of,
    one_line,
    person_name,
    said,
)

__all__ = ["DELETED", "SALESFORCE_OBJECTS", "deleted", "known_by_id"]

DELETED = (Column("IsDeleted", ("Deleted",), kept=False), Column("MasterRecordId", ("Master Record ID",)))
_CHANGED = (
    Column("CreatedDate", ("Created Date",), date=True, seen=True),
    Column("LastModifiedDate", ("Last Modified Date",), date=True, seen=True),
)


def known_by_id(label: Label, row: Row, column: str, context: FileContext) -> Identity:
    """The identity that an id column names in the import's source; raises RowError for what is no id."""
    return external_identity(label, context.source, salesforce_id(row.get(column), column))


def deleted(row: Row) -> bool:
    """Whether the row lies in the bin."""
    return bool(flag_cell(row, "IsDeleted"))


def _with_merged(
    columns: tuple[Column, ...], label: Label, kind: type[Entity], read_row: RowReader
) -> Callable[[Iterable[Input], FileContext], Iterator[Item]]:
    """A reader that, at the file's end, says of each merged record which one it is now."""
    kept = frozenset(column.name for column in columns if column.kept)
    read_others = reading_rows(columns, read_row)

    def read(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
        masters: dict[str, tuple[str, Row]] = {}

        def others() -> Iterator[Input]:
            for row in rows:
                if not isinstance(row, Row) or not row.get("MasterRecordId"):
                    yield row
                    continue
                try:
                    own, master = (
                        salesforce_id(row.get(column), column) for column in ("Id", "MasterRecordId")
                    )
                    masters[own] = master, Row(row.line, {"Id": own, "MasterRecordId": master})
                except RowError as wrong:
                    yield refused(row, context, wrong, kept)

        yield from read_others(others(), context)
        for own, (_, row) in masters.items():
            master, visited = own, set[str]()
            while master in masters and master not in visited:
                visited.add(master)
                master = masters[master][0]
            identities = tuple(external_identity(label, context.source, known) for known in (master, own))
            yield Held(row, Record(f"merged|{own}", (kind(identities=identities),), (), row.cells))

    return read


# Accounts --------------------------------------------------------------------------------------------------

_ACCOUNT_COLUMNS = (
    Column("Id", ("Account ID",)),
    *DELETED,
    Column("Name", ("Account Name",), required=True),
    Column("ParentId", ("Parent Account ID",)),
    Column("Website"),
    Column("Industry"),
    Column("NumberOfEmployees", ("Employees",)),
    Column("IsPersonAccount", ("Is Person Account",), kept=False),
    *_CHANGED,
)
_ACCOUNT_KEPT = frozenset(column.name for column in _ACCOUNT_COLUMNS if column.kept)


def _account(row: Row, context: FileContext) -> Record | Skipped:
    if deleted(row):
        return Skipped(row.line, "deleted")
    if flag_cell(row, "IsPersonAccount"):
        return Skipped(row.line, "a person's account: it is no company")
    name = one_line(row.get("Name"))
    if not name:
        return missing_name(row)
    # Accounts of one group share their website: by a domain alone two of them would become one.
    domain = company_domain(row.get("Website"))
    own = known_by_id("company", row, "Id", context) if row.get("Id") else None
    identities = known_by(name, own)
    if not identities:
        return missing_name(row)
    company = Company(
        identities=identities,
        name=name,
        domain=domain.value if domain else "",
        headcount=whole_number_cell(row, "NumberOfEmployees"),
        industry=one_line(row.get("Industry")),
    )
    return Record(f"accounts|{identities[0].value}", (company,), (), said(row, _ACCOUNT_KEPT))


# Contacts --------------------------------------------------------------------------------------------------

_CONTACT_COLUMNS = (
    Column("Id", ("Contact ID",)),
    *DELETED,
    Column("AccountId", ("Account ID",)),
    Column("Account Name", ("Account.Name",)),
    Column("LastName", ("Last Name",), required=True),
    Column("FirstName", ("First Name",)),
    Column("Title"),
    Column("Department"),
    Column("Email"),
    Column("ReportsToId", ("Reports To ID",)),
    Column("MailingCity", ("Mailing City",)),
    Column("MailingCountry", ("Mailing Country",)),
    *_CHANGED,
)
_CONTACT_KEPT = frozenset(column.name for column in _CONTACT_COLUMNS if column.kept)


def _contact_identity(row: Row, context: FileContext, name: str) -> tuple[Identity, ...]:
    addresses = tuple(own_addresses(row, "Email"))
    if row.get("Id"):
        return (known_by_id("person", row, "Id", context), *addresses)
    return addresses or (row_identity("person", context.source, name, row.get("Account Name")),)


def _contact(row: Row, context: FileContext) -> list[Record] | Skipped:
    if deleted(row):
        return Skipped(row.line, "deleted")
    name = person_name(row.get("FirstName"), row.get("LastName"))
    if not name:
        return missing_name(row)
    employer = _employer(row, context)
    person = Person(
        identities=_contact_identity(row, context, name),
        name=name,
        headline="" if employer else one_line(row.get("Title")),
        location=one_line(", ".join(filter(None, (row.get("MailingCity"), row.get("MailingCountry"))))),
    )
    own = person.identities[0]
    records = [Record(f"contacts|{own.value}", (person,), (), said(row, _CONTACT_KEPT))]
    if employer:
        same = Person(identities=(own,))
        stated = {"department": one_line(row.get("Department"))}
        fact = employment_at(same, employer, row.get("Title"), known_as_of(context.as_of), **stated)
        records.append(Record(f"employment|{own.value}", (same, employer), (fact,)))
    return records


def _employer(row: Row, context: FileContext) -> Company | None:
    if row.get("AccountId"):
        return described_company(known_by_id("company", row, "AccountId", context), row.get("Account Name"))
    return company_known_as(row.get("Account Name")) if row.get("Account Name") else None


_LINE_COLUMNS = (
    Column("Id", ("Contact ID",), required=True),
    *DELETED,
    Column("ReportsToId", ("Reports To ID",), required=True),
)


def _reporting_line(row: Row, context: FileContext) -> list[Record]:
    if deleted(row) or row.get("MasterRecordId") or not row.get("ReportsToId"):
        return []
    ids = [known_by_id("person", row, column, context) for column in ("Id", "ReportsToId")]
    if ids[0] == ids[1]:
        raise RowError("ReportsToId", "ReportsToId: it is the contact's own id", "Correct or empty the cell")
    person, manager = (Person(identities=(identity,)) for identity in ids)
    fact = ReportingLine(a=person, b=manager)
    kept = {"Id": ids[0].value, "ReportsToId": ids[1].value}
    return [Record(f"reports_to|{ids[0].value}", (person, manager), (fact,), kept)]


_REPORTING_LINES = LaterFormat(
    name="salesforce/reporting_lines",
    columns=_LINE_COLUMNS,
    read=reading_later(_LINE_COLUMNS, _reporting_line),
)

# Opportunities ---------------------------------------------------------------------------------------------

_OPPORTUNITY_COLUMNS = (
    Column("Id", ("Opportunity ID",)),
    Column("IsDeleted", ("Deleted",), kept=False),
    Column("AccountId", ("Account ID",)),
    Column("Account Name", ("Account.Name",)),
    Column("Name", ("Opportunity Name",), required=True),
    Column("StageName", ("Stage",), required=True),
    Column("Amount"),
    Column("Amount (converted)"),
    Column("CurrencyIsoCode", ("Amount Currency", "Opportunity Currency")),
    Column("CloseDate", ("Close Date",), date=True),
    Column("IsClosed", ("Closed",)),
    Column("IsWon", ("Won",)),
)
_OPPORTUNITY_KEPT = frozenset(column.name for column in _OPPORTUNITY_COLUMNS if column.kept)
_ENDS = {"closed won": "won", "closed lost": "lost"}


def _stage(row: Row) -> str:
    """The stage as the org calls it; `won` or `lost` where the file says that it is closed."""
    written = one_line(row.get("StageName"))
    if flag_cell(row, "IsWon"):
        return "won"
    if flag_cell(row, "IsClosed") and flag_cell(row, "IsWon") is False:
        return "lost"
    return _ENDS.get(written.casefold(), written)


def _opportunity(row: Row, context: FileContext) -> Record | Skipped:
    if deleted(row):
        return Skipped(row.line, "deleted")
    name = one_line(row.get("Name"))
    if not name:
        return missing_name(row)
    company = _employer(row, context)
    if company is None:
        raise RowError(
            "AccountId",
            "the opportunity names no account",
            "Export the column AccountId, or fill in the cell",
        )
    if row.get("Id"):
        own = known_by_id("opportunity", row, "Id", context)
    else:
        own = row_identity("opportunity", context.source, name, row.get("Account Name"))
    amount = "Amount (converted)" if row.get("Amount (converted)") else "Amount"
    opportunity = Opportunity(
        identities=(own,),
        name=name,
        stage=_stage(row),
        closes_on=date_cell(row, "CloseDate", context),
        amount=amount_cell(row, amount),
    )
    fact = SoughtAt(opportunity=opportunity, company=company)
    kept = said(row, _OPPORTUNITY_KEPT)
    return Record(f"opportunities|{own.value}", (opportunity, company), (fact,), kept)


# The table of files ----------------------------------------------------------------------------------------

_LAST_NAME, _STAGE = spellings(_CONTACT_COLUMNS[5]), spellings(_OPPORTUNITY_COLUMNS[5])
# What other CRMs and tools put beside names of the same kind.
_OTHERS = frozenset(("record id", "organization id", "person id", "lead id", "apollo contact id"))
# Of contacts and their reports: without a last name among their columns they are no accounts yet.
_NO_ACCOUNTS = frozenset(
    "contactid|contact id|title|mailingcity|mailing city|opportunity name|campaignid".split("|")
)
# Campaigns, assets and products have an Id, a Name and a ParentId, too.
_ACCOUNT_MARKS = frozenset(
    "account name|masterrecordid|billingcity|billingcountry|billingstreet|numberofemployees|accountsource"
    "|accountnumber|ispersonaccount|sic".split("|")
)

SALESFORCE_OBJECTS: tuple[CrmFormat | LaterFormat, ...] = (
    CrmFormat(
        name="salesforce/accounts",
        brings="companies",
        columns=_ACCOUNT_COLUMNS,
        read=_with_merged(_ACCOUNT_COLUMNS, "company", Company, _account),
        stems=("account",),
        marks=_ACCOUNT_MARKS,
        foreign=_LAST_NAME | _STAGE | _OTHERS | _NO_ACCOUNTS,
    ),
    CrmFormat(
        name="salesforce/contacts",
        brings="people",
        columns=_CONTACT_COLUMNS,
        read=_with_merged(_CONTACT_COLUMNS, "person", Person, _contact),
        stems=("contact",),
        marks=frozenset(("accountid", "account id", "account name", "account.name", "reportstoid")),
        foreign=_STAGE | _OTHERS | frozenset(("username", "opportunity name", "campaign name")),
        later=_REPORTING_LINES,
    ),
    CrmFormat(
        name="salesforce/opportunities",
        columns=_OPPORTUNITY_COLUMNS,
        read=reading_rows(_OPPORTUNITY_COLUMNS, _opportunity),
        stems=("opportunity",),
        marks=frozenset(("accountid", "account id", "account name", "account.name")),
        foreign=_OTHERS | _LAST_NAME | frozenset(("product name", "campaignid")),
    ),
    _REPORTING_LINES,
)
