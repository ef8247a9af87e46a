"""All formats that are recognised without being told, one entry each."""

from __future__ import annotations

from importers.formats.affinity import AFFINITY
from importers.formats.base import Format
from importers.formats.calendars import CALENDAR
from importers.formats.document import DocumentFormat
from importers.formats.google import GOOGLE
from importers.formats.hubspot import HUBSPOT
from importers.formats.linkedin import LINKEDIN
from importers.formats.mailbox import MAILBOX
from importers.formats.neutral import NEUTRAL
from importers.formats.outlook import OUTLOOK
from importers.formats.prospecting import PROSPECTING
from importers.formats.salesforce_roles import SALESFORCE
from importers.formats.vcard import VCARD

__all__ = ["DOCUMENTS", "FORMATS"]

FORMATS: tuple[Format, ...] = (
    *LINKEDIN,
    *PROSPECTING,
    *HUBSPOT,
    *SALESFORCE,
    *AFFINITY,
    *GOOGLE,
    *OUTLOOK,
    *NEUTRAL,
)

# Files without a header: cards, calendars, mailboxes.
DOCUMENTS: tuple[DocumentFormat, ...] = (VCARD, CALENDAR, MAILBOX)
