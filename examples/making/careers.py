"""Search exports as PhantomBuster writes them from Sales Navigator: one past employer a row."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from making.companies import ALUMNI_OF, TARGET
from making.linkedin import MONTHS, csv_text
from making.world import NOW, Human, Job, World

__all__ = ["HEADER", "write_careers"]

HEADER = (
    "profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,"
    "titleDescription,industry,companyLocation,location,durationInRole,durationInCompany,pastExperienceCompanyName,"
    "pastExperienceCompanyUrl,pastExperienceCompanyTitle,pastExperienceDate,pastExperienceDuration,connectionDegree,"
    "profileImageUrl,sharedConnectionsCount,name,vmid,linkedInProfileUrl,isPremium,isOpenLink,query,timestamp,"
    "defaultProfileUrl"
)
# Between two dates the site writes one of these.
_EN_DASH = " \N{EN DASH} "
_MADE = "2026-10-14T09:{:02d}:{:02d}.000Z"


def write_careers(world: World, folder: Path) -> None:
    """One export of the target's people, and one of each smaller company's former people."""
    folder.mkdir(parents=True, exist_ok=True)
    at_target = [(human, _past(human)) for human in world.people if human.now.company == TARGET]
    _write(world, folder / "helvion-people.csv", at_target, f"current company {TARGET}")
    for company in ALUMNI_OF:
        former = [(human, job) for human in world.people for job in human.jobs[:-1] if job.company == company]
        name = f"former-{company.split(' ')[0].lower()}.csv"
        _write(world, folder / name, former, f"past company {company}")


def _past(human: Human) -> Job | None:
    return human.jobs[-2] if len(human.jobs) > 1 else None


def _write(world: World, path: Path, rows: Sequence[tuple[Human, Job | None]], query: str) -> None:
    text = csv_text(
        HEADER, (_row(world, number, human, past, query) for number, (human, past) in enumerate(rows))
    )
    path.write_text(text, encoding="utf-8", newline="")


def _row(world: World, number: int, human: Human, past: Job | None, query: str) -> Sequence[str]:
    now = human.now
    company = world.companies[now.company]
    vmid = "ACwAA" + urlsafe_b64encode(sha256(human.slug.encode()).digest()).decode()[:34]
    there = _duration(NOW - now.started) if now.started is not None else ""
    known = [member for member, friends in world.connections.items() if human.slug in dict(friends)]
    return (
        f"https://www.linkedin.com/sales/lead/{vmid},NAME_SEARCH,in1v",
        human.name,
        human.given,
        human.family,
        company.name,
        now.title,
        str(company.number),
        f"https://www.linkedin.com/sales/company/{company.number}",
        f"https://www.linkedin.com/company/{company.number}",
        "",
        "",
        company.industry,
        company.place,
        human.place,
        f"{there} in role" if there else "",
        f"{there} in company" if there else "",
        *_past_columns(world, past),
        "2nd" if known else "3rd",
        "",
        str(len(known)),
        human.name,
        vmid,
        f"https://www.linkedin.com/in/{vmid}",
        "FALSE",
        "FALSE",
        f"https://www.linkedin.com/sales/search/people?query={quote(query)}",
        _MADE.format(number // 60, number % 60),
        f"https://www.linkedin.com/in/{quote(human.slug)}",
    )


def _past_columns(world: World, past: Job | None) -> tuple[str, str, str, str, str]:
    if past is None or past.started is None or past.ended is None:
        return ("", "", "", "", "")
    return (
        past.company,
        f"https://www.linkedin.com/sales/company/{world.companies[past.company].number}",
        past.title,
        f"{_month_year(past.started)}{_EN_DASH}{_month_year(past.ended)}",
        _duration(past.ended - past.started + 1),
    )


def _month_year(number: int) -> str:
    return f"{MONTHS[number % 12]} {number // 12}"


def _duration(months: int) -> str:
    """`2 years 1 month`, as the site says it."""
    parts = [(months // 12, "year"), (months % 12, "month")]
    return " ".join(f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in parts if count)
