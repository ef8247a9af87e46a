"""The files of a LinkedIn archive that say nothing about whom somebody knows: recognised, and left alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from importers.formats.base import Column
from importers.formats.sheet import SheetFormat, file_stem

__all__ = ["LEFT_ALONE", "left_alone"]

_ACCOUNT = "it is about the account itself, not about people its owner knows"
_ACTIVITY = "what somebody reads, likes and posts says nothing about whom they know"
_ADVERTS = "what LinkedIn guesses for its advertisers is no fact"
_JOBS = "looking for work is the owner's own business, and shows no contact with anybody"
_OWNER = "it is about the owner's abilities, not about people they know"
_FOLLOWS = "following somebody is not knowing them"

# By name without counter, case and ending, a space for "_": archives have used both, and have in them only what the
# owner has ever used. The names stand in public lists of archives' contents.
_BY_NAME: Mapping[str, str] = MappingProxyType(
    {
        name.strip(): reason
        for reason, names in (
            (
                _ACCOUNT,
                "account status history|email addresses|email address|phonenumbers|phone numbers|whatsapp phone numbers"
                "|registration|logins|login attempts|security challenges|verifications|private identity asset"
                "|profile summary|receipts|receipts v2|mobile applications|twitter account|consent|identity assets"
                "|services marketplace|providers|open to work|blocked profiles|member privacy settings",
            ),
            (
                _ACTIVITY,
                "reactions|votes|shares|comments|instantreposts|instant reposts|rich media|richmedia|searchqueries"
                "|search queries|saved items|publications|articles|events|learning|learning coach messages"
                "|learning role play messages|learningcoachmessages|coach messages|guide messages"
                "|learning coach ai messages|learning roleplay messages|polls|reposts|media|content",
            ),
            (_ADVERTS, "ad targeting|ads clicked|inferences about you|lan ads engagement|ads|inferences"),
            (
                _JOBS,
                "job applications|saved jobs|job seeker preferences|job seeker urgency|savedjobalerts"
                "|saved job alerts|saved answers|job applicant saved answers|online job postings"
                "|job applicant saved screening question responses|jobs",
            ),
            (
                _OWNER,
                "skills|languages|certifications|honors|patents|test scores|courses|volunteering"
                "|volunteering experiences|causes you care about|organizations|interests|services",
            ),
            (
                _FOLLOWS,
                "member follows|company follows|hashtag follows|newsletter subscriptions|group follows",
            ),
        )
        for name in names.split("|")
    }
)


def left_alone(file_name: str) -> str:
    """Why a file with the name of one in a LinkedIn archive is not read; "" for any other.

    Asked only of what no format recognises: some of these files have no header that could be told from others'.
    """
    reason = _BY_NAME.get(file_stem(file_name), "")
    return f"by its name a file of a LinkedIn archive that is not read: {reason}" if reason else ""


def _ignored(kind: str, header: str, reason: str, *stems: str) -> SheetFormat:
    columns = tuple(Column(name, required=True) for name in header.split(","))
    return SheetFormat(name=f"linkedin/{kind}", columns=columns, ignored=reason, stems=stems)


LEFT_ALONE: tuple[SheetFormat, ...] = (
    _ignored(
        "company_follows",
        "Organization,Followed On",
        "following a company says nothing about whom somebody knows",
        "company follows",
    ),
    _ignored(
        "imported_contacts",
        "Source,FirstName,LastName,Companies,Emails,PhoneNumbers",
        "an address book that LinkedIn was once given: import it from where it is kept",
    ),
    _ignored(
        "messages_without_profiles",
        "From,To,Date,Direction,Folder",
        "an old archive, whose messages give names without profiles: ask LinkedIn for a new one",
        "messages",
    ),
)
