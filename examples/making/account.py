"""What we wrote down about the account ourselves, in the neutral CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from making import committee
from making.companies import TARGET
from making.linkedin import csv_text, profile_url
from making.world import Human, World

__all__ = ["HEADERS", "write_account"]

HEADERS = {
    "people.csv": "id,name,email,linkedin_url,headline,location,team_member",
    "companies.csv": "id,name,domain,headcount,industry,former_names",
    "schools.csv": "id,name",
    "communities.csv": "id,name",
    "employments.csv": "person_id,company_id,title,department,seniority,started,ended,current",
    "projects.csv": "id,name,company_id,size,started,ended",
    "project_members.csv": "person_id,project_id,role,started,ended",
    "studies.csv": "person_id,school_id,started,ended",
    "memberships.csv": "person_id,community_id,started,ended",
    "connections.csv": "from_id,to_id,since",
    "interactions.csv": "from_id,to_id,channel,sent,received,last_on",
    "alliances.csv": "from_id,to_id,kind,sign,strength,since,directed,opportunity_id",
    "reporting_lines.csv": "person_id,manager_id,since",
    "opportunities.csv": "id,name,company_id,stage,closes_on,amount",
    "committee.csv": "opportunity_id,person_id,influence,roles",
    "observations.csv": "opportunity_id,about_id,value,source,informant_id,reliability,on,evidence",
    "signals.csv": "company_id,person_id,kind,on",
    "personas.csv": (
        "person_id,background,goals,process,media,objective,style,information,brands,experience"
    ),
}
_PROJECTS = """
PR-1,Fjordlink,Ondrava Datalink s.r.o.,7,2018-05,2019-11
PR-2,Harbour Lights,Brightkeel Systems,8,2017-02,2018-05
PR-3,Windlass,Helvion,30,2022-01,2023-06
PR-4,Northgate Move,Helvion,14,2023-09,2024-10
PR-5,Golden Thread,Meridian Vale Telecom,4000,2012-01,2016-11
"""
_MEMBERS = """
siiri-kallastemets|PR-1|Programme lead|2018-05|2019-11
beatriz-arrojadelo|PR-1|Architect for the customer|2018-06|2019-11
pavel-hrubešekov|PR-1|Racks and cabling|2018-05|2019-11
mira-okaforde|PR-2|Network engineer|2017-02|2018-05
priya-raghunandiyar|PR-2|Signal processing|2017-03|2018-04
annelise-vanterpoel|PR-3|Sponsor|2022-01|2023-06
théo-vauxcellier|PR-3|Delivery|2022-03|2023-06
kwabena-asantekvist|PR-4|Sponsor|2023-09|2024-10
jonas-weidenfeldt|PR-4|Architect|2023-09|2024-10
eamon-fairgrievane|PR-5|Steering board|2012-01|2016-11
rafael-quintãovar|PR-5|Service desk|2013-05|2016-11
"""
_STUDIES = """
ingrid-solbakkvik|Vestfold School of Trade|2004|2009
annelise-vanterpoel|Vestfold School of Trade|2005|2008
mira-okaforde|University of Wharfe Bank|2007|2011
kwabena-asantekvist|University of Wharfe Bank|2006|2010
"""
_MEMBERSHIPS = """
mira-okaforde|Northern Network Operators' Table|2018-01|
jonas-weidenfeldt|Northern Network Operators' Table|2017-03|
kwabena-asantekvist|Northern Network Operators' Table|2019-05|
henrike-osterlohe|Treasury Round Elbe|2013-01|
annelise-vanterpoel|Treasury Round Elbe|2013-06|2021-03
"""
_CONNECTIONS = """
siiri-kallastemets|beatriz-arrojadelo|2018-07-02
jonas-weidenfeldt|kwabena-asantekvist|2020-05-18
bartosz-wieliczkosz|dragan-milovčević-ras|2016-02-08
"""
_INTERACTIONS = """
tomáš-havelčin|siiri-kallastemets|email|14|12|2026-09-08
ingrid-solbakkvik|henrike-osterlohe|email|21|19|2026-10-01
mira-okaforde|théo-vauxcellier|email|4|0|2026-04-22
rafael-quintãovar|inês-carvalhalva|meeting|3|3|2026-06-11
"""
_ALLIANCES = """
henrike-osterlohe|annelise-vanterpoel|friendship|+|0.7|2014-05|false
bartosz-wieliczkosz|dragan-milovčević-ras|career|+|0.6|2017-01|false
pavel-hrubešekov|beatriz-arrojadelo|rivalry|-|0.8|2019-10|false
gonçalo-valdeirinho|eamon-fairgrievane|mentoring|+|0.6|2022-06|true
annelise-vanterpoel|eamon-fairgrievane|solidarity|+|0.5|2023-01|false
dragan-milovčević-ras|kwabena-asantekvist|rivalry|-|0.5|2024-02|false
morwenna-pengellish|dragan-milovčević-ras|enmity|-|0.6|2021-11|false
"""
_REPORTS = """
annelise-vanterpoel|folasade-adebankolé|2026-06
beatriz-arrojadelo|folasade-adebankolé|2026-06
eamon-fairgrievane|folasade-adebankolé|2026-06
kwabena-asantekvist|eamon-fairgrievane|2019-06
yuki-tanabeshiro|beatriz-arrojadelo|2020-03
théo-vauxcellier|beatriz-arrojadelo|2020-01
morwenna-pengellish|dragan-milovčević-ras|2018-01
jonas-weidenfeldt|kwabena-asantekvist|2020-05
gonçalo-valdeirinho|eamon-fairgrievane|2022-02
"""
# Who leads each department, above its manager.
_CHIEFS = {
    "Network": "kwabena-asantekvist",
    "IT": "théo-vauxcellier",
    "IT Security": "yuki-tanabeshiro",
    "Finance": "annelise-vanterpoel",
    "Procurement": "dragan-milovčević-ras",
    "Operations": "eamon-fairgrievane",
    "Product": "beatriz-arrojadelo",
    "Sales": "folasade-adebankolé",
}


def write_account(world: World, folder: Path) -> None:
    """One folder, one import: all neutral files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _Account(world).files().items():
        (folder / name).write_text(csv_text(HEADERS[name], rows), encoding="utf-8", newline="")


def _lines(text: str, separator: str = "|") -> list[list[str]]:
    return [line.split(separator) for line in text.strip().splitlines()]


class _Account:
    """The rows, with an id for everybody whom at least one file names."""

    def __init__(self, world: World) -> None:
        self._world = world
        outside = {
            slug
            for table in (_MEMBERS, _STUDIES, _MEMBERSHIPS, _CONNECTIONS, _INTERACTIONS, _ALLIANCES)
            for row in _lines(table)
            for slug in row[:2]
        } | {slug for slug, *_ in _lines(committee.COMMITTEE)}
        self._inside = [human for human in world.people if human.known_internally]
        others = [human for human in world.people if human.slug.removesuffix("-invented") in outside]
        listed = [*self._inside, *(human for human in others if not human.known_internally)]
        self._ids = {human.slug: f"P-{number:03d}" for number, human in enumerate(listed, 1)}
        self._ids |= {human.slug: f"US-{number}" for number, human in enumerate(world.team, 1)}
        self._people = [*world.team, *listed]
        self._company_ids = {name: f"C-{number:02d}" for number, name in enumerate(world.companies, 1)}
        self._schools = sorted({row[1] for row in _lines(_STUDIES)})
        self._communities = sorted({row[1] for row in _lines(_MEMBERSHIPS)})

    def files(self) -> dict[str, list[Sequence[str]]]:
        schools = {name: f"S-{number}" for number, name in enumerate(self._schools, 1)}
        communities = {name: f"G-{number}" for number, name in enumerate(self._communities, 1)}
        return {
            "people.csv": [self._person(human) for human in self._people],
            "companies.csv": [
                (self._company_ids[name], name, company.domain, str(company.headcount), company.industry, "")
                for name, company in self._world.companies.items()
            ],
            "schools.csv": [(key, name) for name, key in schools.items()],
            "communities.csv": [(key, name) for name, key in communities.items()],
            "employments.csv": self._employments(),
            "projects.csv": [
                (key, name, self._company_ids[company], *rest)
                for key, name, company, *rest in _lines(_PROJECTS, ",")
            ],
            "project_members.csv": [(self._id(who), *rest) for who, *rest in _lines(_MEMBERS)],
            "studies.csv": [(self._id(who), schools[at], *rest) for who, at, *rest in _lines(_STUDIES)],
            "memberships.csv": [
                (self._id(who), communities[at], *rest) for who, at, *rest in _lines(_MEMBERSHIPS)
            ],
            "connections.csv": self._pairs(_CONNECTIONS),
            "interactions.csv": self._pairs(_INTERACTIONS),
            "alliances.csv": [(*row, "") for row in self._pairs(_ALLIANCES)] + self._alliances_inside(),
            "reporting_lines.csv": [*self._pairs(_REPORTS), *self._staff_lines()],
            **self._opportunity(),
        }

    def _alliances_inside(self) -> list[Sequence[str]]:
        return [
            (*row, committee.OPPORTUNITY if where else "") for *row, where in self._pairs(committee.ALLIANCES)
        ]

    def _opportunity(self) -> dict[str, list[Sequence[str]]]:
        target = self._company_ids[TARGET]
        return {
            "opportunities.csv": [committee.opportunity_row(target)],
            "committee.csv": [
                (committee.OPPORTUNITY, self._id(who), *rest) for who, *rest in _lines(committee.COMMITTEE)
            ],
            "observations.csv": [
                (committee.OPPORTUNITY, self._id(who), value, source, self._id(by) if by else "", *rest)
                for who, value, source, by, *rest in _lines(committee.OBSERVATIONS)
            ],
            "signals.csv": [
                *(("", self._id(who), *rest) for who, *rest in _lines(committee.SIGNALS)),
                *((target, "", *rest) for rest in _lines(committee.COMPANY_SIGNALS)),
            ],
            "personas.csv": [(self._id(who), *rest) for who, *rest in committee.PERSONAS],
        }

    def _id(self, slug: str) -> str:
        return self._ids[f"{slug}-invented"]

    def _pairs(self, table: str) -> list[Sequence[str]]:
        return [(self._id(a), self._id(b), *rest) for a, b, *rest in _lines(table)]

    def _person(self, human: Human) -> Sequence[str]:
        ours = human in self._world.team
        headline = f"{human.now.title} at {human.now.company}"
        return (
            self._ids[human.slug],
            human.name,
            human.email if ours else "",
            profile_url(human),
            headline,
            human.place,
            "true" if ours else "false",
        )

    def _employments(self) -> list[Sequence[str]]:
        rows: list[Sequence[str]] = []
        for human in self._inside:
            job = human.now
            started = "" if job.started is None else f"{job.started // 12}-{job.started % 12 + 1:02d}"
            where = (self._ids[human.slug], self._company_ids[job.company])
            rows.append((*where, job.title, job.department, job.seniority, started, "", "true"))
        return rows

    def _staff_lines(self) -> list[Sequence[str]]:
        """Managers report to their chief, the others of a department to its manager."""
        named = {row[0] for row in _lines(_REPORTS)}
        staff = [human for human in self._inside if human.slug.removesuffix("-invented") not in named]
        staff = [
            human for human in staff if human.now.company == TARGET and human.now.seniority in ("", "manager")
        ]
        managers = {human.now.department: human for human in staff if human.now.seniority == "manager"}
        rows: list[Sequence[str]] = []
        for human in staff:
            manager = managers[human.now.department]
            above = self._id(_CHIEFS[human.now.department]) if human is manager else self._ids[manager.slug]
            rows.append((self._ids[human.slug], above, ""))
        return rows
