"""Everybody around the cast: the rest of the target, former colleagues, and contacts that lead nowhere."""

from __future__ import annotations

from making.cast import CAST, TEAM
from making.companies import ALUMNI_OF, COMPANIES, ELSEWHERE, GIANTS, TARGET
from making.names import REGIONS
from making.world import NOW, Dice, Human, Job, Talk, World

__all__ = ["build_world"]

SEED = 20261014
AT_TARGET, ALUMNI_EACH, CONTACTS = 118, 20, 146

# Department, head's title, what the others are called.
_DEPARTMENTS = (
    ("Network", "Network Operations Manager", ("Network Engineer", "NOC Engineer", "Network Analyst")),
    ("IT", "IT Service Manager", ("Systems Engineer", "Service Desk Lead", "Cloud Engineer")),
    ("IT Security", "Security Operations Manager", ("Security Analyst", "Identity Engineer")),
    ("Finance", "Finance Manager", ("Financial Controller", "Accountant", "Business Analyst")),
    ("Procurement", "Category Manager", ("Buyer", "Procurement Analyst", "Contract Specialist")),
    ("Operations", "Operations Manager", ("Shift Lead", "Route Planner", "Process Engineer")),
    ("Product", "Product Manager", ("Software Engineer", "UX Designer", "Data Engineer")),
    ("Sales", "Sales Manager", ("Key Account Manager", "Sales Operations Analyst")),
)
_TITLES = (
    "Consultant",
    "Project Manager",
    "Systems Engineer",
    "Analyst",
    "Team Lead",
    "Product Owner",
    "Software Engineer",
    "Account Manager",
    "Head of Operations",
    "Architect",
)


def build_world() -> World:
    """The whole invented world; the same on every run and machine."""
    dice = Dice(SEED)
    world = World(companies=dict(COMPANIES), team=list(TEAM), people=list(CAST))
    taken = {human.slug for human in (*TEAM, *CAST)}
    world.people += _target_staff(dice, taken)
    for company in ALUMNI_OF:
        world.people += _alumni(dice, taken, company)
    contacts = [_somebody(dice, taken, [_outside_job(dice, NOW)]) for _ in range(CONTACTS)]
    world.people += contacts
    _connect(dice, world, contacts)
    _talk(dice, world)
    return world


def _somebody(dice: Dice, taken: set[str], jobs: list[Job]) -> Human:
    while True:
        region = dice.pick(REGIONS)
        human = Human(dice.pick(region.given), dice.pick(region.family), dice.pick(region.places), jobs)
        if human.slug not in taken:
            taken.add(human.slug)
            return human


def _target_staff(dice: Dice, taken: set[str]) -> list[Human]:
    staff = []
    for index in range(AT_TARGET):
        department, head, others = _DEPARTMENTS[index % len(_DEPARTMENTS)]
        is_head = index < len(_DEPARTMENTS)
        started = NOW - dice.between(3, 96)
        job = Job(
            TARGET,
            head if is_head else dice.pick(others),
            # One in nine has no dated career in the export.
            started if is_head or dice.below(9) else None,
            None,
            department if is_head or dice.below(3) == 0 else "",
            "manager" if is_head else "",
        )
        jobs = [_past_job(dice, dice.pick((*GIANTS, *GIANTS, *ELSEWHERE)), started), job]
        human = _somebody(dice, taken, jobs)
        human.known_internally = bool(job.department)
        staff.append(human)
    return staff


def _alumni(dice: Dice, taken: set[str], company: str) -> list[Human]:
    """Former people of a company, in all its years: most never met ours."""
    people = []
    for _ in range(ALUMNI_EACH):
        left = NOW - dice.between(20, 150)
        past = Job(company, dice.pick(_TITLES), left - dice.between(9, 60), left)
        now = Job(dice.pick((*GIANTS, *ELSEWHERE)), dice.pick(_TITLES), left + dice.between(1, 6))
        people.append(_somebody(dice, taken, [past, now]))
    return people


def _past_job(dice: Dice, company: str, before: int) -> Job:
    ended = before - dice.between(1, 5)
    return Job(company, dice.pick(_TITLES), ended - dice.between(10, 80), ended)


def _outside_job(dice: Dice, before: int) -> Job:
    company = dice.pick((*ELSEWHERE, *ELSEWHERE, *GIANTS))
    return Job(company, dice.pick(_TITLES), before - dice.between(6, 100))


def _day(dice: Dice, first_year: int, last_year: int) -> str:
    year = dice.between(first_year, last_year)
    last_month = 9 if year == NOW // 12 else 12
    return f"{year}-{dice.between(1, last_month):02d}-{dice.between(1, 28):02d}"


# Whom of the cast each of ours is connected with, and since when.
_CAST_CONNECTIONS = {
    "mira-okaforde": {
        "jonas-weidenfeldt-invented": "2016-05-09",
        "priya-raghunandiyar-invented": "2021-11-30",
        "beatriz-arrojadelo-invented": "2024-06-18",
    },
    "tomáš-havelčin": {
        "siiri-kallastemets-invented": "2015-09-14",
        "pavel-hrubešekov-invented": "2014-06-02",
        "théo-vauxcellier-invented": "2025-10-07",
    },
    "ingrid-solbakkvik": {
        "henrike-osterlohe-invented": "2012-02-21",
        "siiri-kallastemets-2-invented": "2023-01-12",
        "eamon-fairgrievane-invented": "2022-09-05",
    },
    "rafael-quintãovar": {
        "inês-carvalhalva-invented": "2018-01-25",
        "gonçalo-valdeirinho-invented": "2019-03-08",
        "jonas-weidenfeldt-2-invented": "2020-10-19",
        "annelise-vanterpoel-2-invented": "2021-05-04",
        "dragan-milovčević-ras-invented": "2025-02-11",
    },
}
# sent, received, last day
_CAST_TALKS = {
    ("mira-okaforde", "jonas-weidenfeldt-invented"): (9, 8, "2026-08-27"),
    ("mira-okaforde", "priya-raghunandiyar-invented"): (7, 8, "2026-07-19"),
    ("mira-okaforde", "beatriz-arrojadelo-invented"): (3, 0, "2026-05-06"),
    ("tomáš-havelčin", "siiri-kallastemets-invented"): (6, 7, "2026-09-02"),
    ("ingrid-solbakkvik", "henrike-osterlohe-invented"): (11, 10, "2026-09-21"),
    ("rafael-quintãovar", "inês-carvalhalva-invented"): (8, 6, "2026-07-15"),
    ("rafael-quintãovar", "gonçalo-valdeirinho-invented"): (3, 3, "2025-12-04"),
}
_RECOMMENDED = {
    "mira-okaforde": ("jonas-weidenfeldt-invented", "2020-03-17"),
    "tomáš-havelčin": ("siiri-kallastemets-invented", "2020-07-21"),
    "ingrid-solbakkvik": ("henrike-osterlohe-invented", "2018-10-24"),
    "rafael-quintãovar": ("inês-carvalhalva-invented", "2022-04-13"),
}
_SKILLS = ("Network Monitoring", "BGP", "Customer Success", "Data Centres", "Leadership", "Observability")


def _connect(dice: Dice, world: World, contacts: list[Human]) -> None:
    """Each of ours knows their cast, each other, some contemporaries, and many who lead nowhere."""
    for member in world.team:
        chosen = dict(_CAST_CONNECTIONS[member.slug.removesuffix("-invented")])
        for other in world.team:
            if other is not member:
                joined = max(other.now.started or 0, member.now.started or 0) + 1
                chosen[other.slug] = f"{joined // 12}-{joined % 12 + 1:02d}-{dice.between(1, 28):02d}"
        for human in _contemporaries(world, member):
            if human.slug not in chosen and dice.below(2):
                chosen[human.slug] = _day(dice, 2016, 2024)
        for human in dice.some(contacts, dice.between(50, 64)):
            chosen[human.slug] = _day(dice, 2013, 2026)
        # As the site writes them: the newest first.
        world.connections[member.slug] = sorted(
            chosen.items(), key=lambda item: (item[1], item[0]), reverse=True
        )


def _contemporaries(world: World, member: Human) -> list[Human]:
    spells = [job for job in member.jobs[:-1] if job.company not in GIANTS]
    return [
        human
        for human in world.people[len(CAST) :]
        if any(
            job.company == spell.company
            and (job.started or NOW) <= (spell.ended or NOW)
            and (spell.started or 0) <= (job.ended or NOW)
            for job in human.jobs
            for spell in spells
        )
    ]


def _talk(dice: Dice, world: World) -> None:
    for (owner, other), (sent, received, last_on) in _CAST_TALKS.items():
        world.talks.append(Talk(f"{owner}-invented", other, sent, received, last_on))
    for member in world.team:
        recommender, on = _RECOMMENDED[member.slug.removesuffix("-invented")]
        world.recommendations.append((member.slug, recommender, on))
        friends = [slug for slug, _ in world.connections[member.slug]]
        strangers = [slug for slug in friends if slug not in {human.slug for human in (*CAST, *TEAM)}]
        for slug in dice.some(strangers, 5):
            sent = dice.between(0, 3)
            received = dice.between(0 if sent else 1, 3)
            world.talks.append(Talk(member.slug, slug, sent, received, _day(dice, 2023, 2026)))
        for slug in (recommender, *dice.some(strangers, 6)):
            world.endorsements.append((member.slug, slug, dice.pick(_SKILLS), _day(dice, 2019, 2026)))
        for number, slug in enumerate(dice.some(strangers, 4)):
            direction = dice.pick(("OUTGOING", "INCOMING"))
            # The first is late in its month, so that the file shows that months come first.
            day = dice.between(13 if number == 0 else 1, 28)
            world.invitations.append(
                (member.slug, slug, direction, f"2026-{dice.between(1, 9):02d}-{day:02d}")
            )
