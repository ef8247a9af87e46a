"""Salesforce's contact roles of opportunities, responses to campaigns, and users."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.model.committee import Opportunity, Signal
from graph.model.committee_facts import Seat, ShownBy
from graph.model.entities import Person
from graph.model.identities import external_identity
from graph.model.records import Record
from importers.formats.base import Column, FileContext, Held, Input, Item, Row, Skipped
from importers.formats.crm import CrmFormat, LaterFormat, Roles, missing_name, own_addresses
from importers.formats.salesforce import SALESFORCE_OBJECTS, deleted, known_by_id
from importers.formats.salesforce_ids import salesforce_id
from importers.formats.sheet import reading_rows, refused
from importers.formats.values import date_cell, flag_cell, one_line, person_name, said

__all__ = ["SALESFORCE"]

# Contact roles ---------------------------------------------------------------------------------------------

_ROLE_COLUMNS = (
    Column("Id", kept=False),
    Column("IsDeleted", ("Deleted",), kept=False),
    Column("OpportunityId", ("Opportunity ID",), required=True),
    Column("ContactId", ("Contact ID",), required=True),
    Column("Role", ("Contact Role",)),
)


@dataclass(slots=True)
class _Member:
    """A contact in an opportunity: several rows may each name one role of theirs."""

    row: Row
    names: list[str] = field(default_factory=list)


def _contact_roles(rows: Iterable[Input], context: FileContext) -> Iterator[Item]:
    members: dict[tuple[str, str], _Member] = {}
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        try:
            if deleted(row):
                yield Skipped(row.line, "deleted")
                continue
            ids = [salesforce_id(row.get(column), column) for column in ("OpportunityId", "ContactId")]
        except ValueError as wrong:
            yield refused(row, context, wrong, frozenset(("OpportunityId", "ContactId", "Role")))
            continue
        member = members.setdefault((ids[0], ids[1]), _Member(row))
        if role := one_line(row.get("Role")):
            member.names.append(role)
    roles = Roles()
    for (deal, contact), member in members.items():
        person = Person(identities=(external_identity("person", context.source, contact),))
        opportunity = Opportunity(identities=(external_identity("opportunity", context.source, deal),))
        seat = Seat(person=person, opportunity=opportunity, roles=roles.of(member.names))
        kept = {"OpportunityId": deal, "ContactId": contact}
        if member.names:
            kept["Role"] = "; ".join(sorted(set(member.names)))
        yield Held(
            member.row, Record(f"contact_roles|{deal}|{contact}", (person, opportunity), (seat,), kept)
        )
    yield from roles.notes()


# Campaigns -------------------------------------------------------------------------------------------------

_MEMBER_COLUMNS = (
    Column("Id", ("Campaign Member ID",)),
    Column("IsDeleted", ("Deleted",), kept=False),
    Column("CampaignId", ("Campaign ID",), required=True),
    Column("ContactId", ("Contact ID",), required=True),
    Column("Status", ("Member Status",)),
    Column("HasResponded", ("Responded",), required=True),
    Column("FirstRespondedDate", ("First Responded Date",), date=True),
    Column("Campaign Type", ("Campaign.Type",)),
)
_MEMBER_KEPT = frozenset(column.name for column in _MEMBER_COLUMNS if column.kept)
_KINDS = {
    "webinar": "webinar",
    "conference": "event",
    "trade show": "event",
    "seminar": "event",
    "seminar / conference": "event",
}


def _campaign_member(row: Row, context: FileContext) -> Record | Skipped:
    if deleted(row):
        return Skipped(row.line, "deleted")
    if not flag_cell(row, "HasResponded"):
        return Skipped(row.line, "no response")
    if not row.get("ContactId"):
        return Skipped(row.line, "a lead, not a contact")
    contact = known_by_id("person", row, "ContactId", context)
    campaign = salesforce_id(row.get("CampaignId"), "CampaignId")
    on = date_cell(row, "FirstRespondedDate", context)
    if on is None:
        return Skipped(row.line, "a response without a date")
    key = f"campaign_members|{campaign}|{contact.value}"
    signal = Signal(
        identities=(external_identity("signal", context.source, key),),
        kind=_KINDS.get(row.get("Campaign Type").casefold(), "other"),
        on=on,
        author=context.source,
        evidence="Responded to a campaign",
    )
    person = Person(identities=(contact,))
    fact = ShownBy(signal=signal, by=person)
    return Record(key, (signal, person), (fact,), said(row, _MEMBER_KEPT))


# Users -----------------------------------------------------------------------------------------------------

_USER_COLUMNS = (
    Column("Id", ("User ID",), required=True),
    Column("Username", required=True, kept=False),
    Column("LastName", ("Last Name",), required=True),
    Column("FirstName", ("First Name",)),
    Column("Email", required=True),
    Column("Title"),
    Column("UserType", ("User Type",), kept=False),
)
_USER_KEPT = frozenset(column.name for column in _USER_COLUMNS if column.kept)


def _user(row: Row, context: FileContext) -> Record | Skipped:
    """A colleague as a person only: who of them is of the team, and whom they know, the file does not say."""
    if row.get("UserType") not in ("", "Standard"):
        return Skipped(row.line, "no standard user")
    name = person_name(row.get("FirstName"), row.get("LastName"))
    if not name:
        return missing_name(row)
    own = known_by_id("person", row, "Id", context)
    person = Person(
        identities=(own, *own_addresses(row, "Email")), name=name, headline=one_line(row.get("Title"))
    )
    return Record(f"users|{own.value}", (person,), (), said(row, _USER_KEPT))


SALESFORCE: tuple[CrmFormat | LaterFormat, ...] = (
    *SALESFORCE_OBJECTS,
    CrmFormat(
        name="salesforce/contact_roles",
        columns=_ROLE_COLUMNS,
        read=_contact_roles,
        stems=("opportunitycontactrole",),
        marks=frozenset(("role", "contact role", "isprimary", "primary")),
    ),
    CrmFormat(
        name="salesforce/campaign_members",
        columns=_MEMBER_COLUMNS,
        read=reading_rows(_MEMBER_COLUMNS, _campaign_member),
        stems=("campaignmember",),
    ),
    CrmFormat(
        name="salesforce/users",
        brings="people",
        columns=_USER_COLUMNS,
        read=reading_rows(_USER_COLUMNS, _user),
    ),
)
