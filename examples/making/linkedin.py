"""The four LinkedIn archives, spelled as the site spells them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from making.world import Human, World

__all__ = ["HEADERS", "MONTHS", "csv_text", "profile_url", "write_archives"]

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
HEADERS = {
    "Connections.csv": "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
    "Profile.csv": (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
        "Twitter Handles,Websites,Instant Messengers"
    ),
    "Positions.csv": "Company Name,Title,Description,Location,Started On,Finished On",
    "Education.csv": "School Name,Start Date,End Date,Notes,Degree Name,Activities",
    "Recommendations_Received.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
    "Endorsement_Received_Info.csv": (
        "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,"
        "Endorsement Status"
    ),
    "Invitations.csv": "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
    "messages.csv": (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    ),
}
_NOTES = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. You '
    "will only see email addresses for connections who have allowed their connections to see or download "
    "their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn "
    'more here https://www.linkedin.com/help/linkedin/answer/261"\n\n'
)
_STUDIES = {
    "mira-okaforde-invented": ("University of Wharfe Bank", "2007", "2011", "BEng Electronics"),
    "tomáš-havelčin-invented": ("Polytechnic of the Svitava Bend", "2008", "2013", "Ing. Computer Networks"),
    "ingrid-solbakkvik-invented": ("Vestfold School of Trade", "2004", "2009", "MSc Economics"),
    "rafael-quintãovar-invented": ("Instituto do Cávado", "2004", "2009", "Licenciatura em Gestão"),
}


def csv_text(header: str, rows: Iterable[Sequence[str]]) -> str:
    """Comma-separated with LF, quoted only where needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def profile_url(human: Human) -> str:
    """The public address, percent-encoded as the site writes it."""
    return f"https://www.linkedin.com/in/{quote(human.slug)}"


def write_archives(world: World, folder: Path) -> None:
    """One zip for each of ours. Stored, not deflated: the same bytes whatever the zlib."""
    folder.mkdir(parents=True, exist_ok=True)
    plain_names = ("mira-okaforde", "tomas-havelcin", "ingrid-solbakkvik", "rafael-quintaovar")
    for member, plain in zip(world.team, plain_names, strict=True):
        with zipfile.ZipFile(folder / f"{plain}.linkedin.zip", "w", zipfile.ZIP_STORED) as archive:
            for name, rows in _archive(world, member).items():
                text = csv_text(HEADERS[name], rows)
                entry = zipfile.ZipInfo(name, date_time=(2026, 10, 14, 9, 30, 0))
                entry.create_system, entry.external_attr = 3, 0o644 << 16
                archive.writestr(entry, (_NOTES if name == "Connections.csv" else "") + text)


def _archive(world: World, member: Human) -> dict[str, list[Sequence[str]]]:
    school, begun, done, degree = _STUDIES[member.slug]
    headline = f"{member.now.title} at {member.now.company}"
    return {
        "Connections.csv": _connections(world, member),
        "Profile.csv": [
            (member.given, member.family, "", "", "", headline, "", "Software", "", member.place, "", "", "")
        ],
        "Positions.csv": [
            (
                job.company,
                job.title,
                "",
                world.companies[job.company].place,
                _month_year(job.started),
                _month_year(job.ended),
            )
            for job in reversed(member.jobs)
        ],
        "Education.csv": [(school, begun, done, "", degree, "")],
        "Recommendations_Received.csv": [
            (
                *_full_name(world, other),
                _there(world, other)[0],
                _there(world, other)[1],
                _PRAISE,
                _at(on),
                "VISIBLE",
            )
            for owner, other, on in world.recommendations
            if owner == member.slug
        ],
        "Endorsement_Received_Info.csv": [
            (
                f"{on.replace('-', '/')} 23:13:46 UTC",
                skill,
                *_full_name(world, other),
                profile_url(world.find(other)).removeprefix("https://"),
                "ACCEPTED",
            )
            for owner, other, skill, on in world.endorsements
            if owner == member.slug
        ],
        "Invitations.csv": _invitations(world, member),
        "messages.csv": _messages(world, member),
    }


_PRAISE = "One of the people I would work with again, any day."


def _full_name(world: World, slug: str) -> tuple[str, str]:
    human = world.find(slug)
    return human.given, human.family


def _there(world: World, slug: str) -> tuple[str, str]:
    """Where somebody works now."""
    job = world.find(slug).now
    return job.company, job.title


def _connections(world: World, member: Human) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for index, (slug, on) in enumerate(world.connections[member.slug]):
        human = world.find(slug)
        # Few let their address be seen.
        email = human.email if index % 11 == 5 else ""
        company, title = _there(world, slug)
        rows.append((human.given, human.family, profile_url(human), email, company, title, _day_month(on)))
    # A member who hides themself leaves the date alone.
    rows.insert(len(rows) // 2, ("", "", "", "", "", "", rows[len(rows) // 2][-1]))
    return rows


def _invitations(world: World, member: Human) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for owner, slug, direction, on in world.invitations:
        if owner == member.slug:
            other = world.find(slug)
            inviter, invitee = (member, other) if direction == "OUTGOING" else (other, member)
            urls = (profile_url(inviter), profile_url(invitee))
            rows.append((inviter.name, invitee.name, _clock(on), "", direction, *urls))
    return rows


def _messages(world: World, member: Human) -> list[Sequence[str]]:
    """Newest first, bodies made of nothing; one unwanted message and one draft that must not count."""
    rows: list[Sequence[str]] = []
    talks = [talk for talk in world.talks if talk.owner == member.slug]
    for number, talk in enumerate(talks):
        other = world.find(talk.other)
        senders = _alternating(member, other, talk.sent, talk.received)
        for back, sender in enumerate(senders):
            receiver = other if sender is member else member
            rows.append(
                _message(
                    f"2-{number:04d}",
                    sender,
                    receiver,
                    _days_before(talk.last_on, back),
                    "Hello again",
                    "INBOX",
                )
            )
    other = world.find(world.connections[member.slug][0][0])
    rows.append(_message("2-9001", other, member, "2026-09-30", "An offer you did not ask for", "SPAM"))
    draft = _message("2-9002", member, other, "2026-10-01", "Not sent", "INBOX")
    rows.append((*draft[:-2], "Yes", "No"))
    return sorted(rows, key=lambda row: (row[6], row[0]), reverse=True)


def _alternating(member: Human, other: Human, sent: int, received: int) -> list[Human]:
    both = min(sent, received)
    return [member, other] * both + [member] * (sent - both) + [other] * (received - both)


def _message(talk: str, sender: Human, receiver: Human, on: str, text: str, folder: str) -> Sequence[str]:
    date = f"{on} 08:{len(talk) + len(sender.name):02d}:11 UTC"
    urls = (profile_url(sender), profile_url(receiver))
    return (talk, "", sender.name, urls[0], receiver.name, urls[1], date, "", text, folder, "", "No", "No")


def _month_year(number: int | None) -> str:
    return "" if number is None else f"{MONTHS[number % 12]} {number // 12}"


def _day_month(on: str) -> str:
    return f"{on[8:]} {MONTHS[int(on[5:7]) - 1]} {on[:4]}"


def _clock(on: str) -> str:
    return f"{int(on[5:7])}/{int(on[8:])}/{on[2:4]}, 2:37 PM"


def _at(on: str) -> str:
    return f"{on[5:7]}/{on[8:]}/{on[2:4]}, 02:37 PM"


def _days_before(on: str, steps: int) -> str:
    """Nine days between two messages, as a calendar date."""
    return (date.fromisoformat(on) - timedelta(days=9 * steps)).isoformat()
