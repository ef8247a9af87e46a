"""A labelled world: invented people, and what two systems hold of them. Seeded; knows who is whom.

Namesakes at one company, fathers and sons, moves, new names after a marriage, missing and misspelt fields: what makes
matching hard is in it on purpose, more often than in life. Written without a look at the matcher, whose records it
fills and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.labelled_names import CULTURES, Culture, ascii_form, written
from importers.identity.people import Job, Someone

__all__ = ["LabelledWorld", "labelled_records", "make_labelled"]

_TODAY = 2026 * 12 + 10
_CITIES = {
    "german": [("München", "Deutschland"), ("Berlin", "Germany"), ("Hamburg", "Germany"), ("Köln", "Deutschland"),
               ("Zürich", "Switzerland"), ("Wien", "Österreich"), ("Stuttgart", "Germany"), ("Kassel", "Germany")],
    "english": [("London", "United Kingdom"), ("New York", "United States"), ("Leeds", "UK"), ("Boston", "USA"),
                ("Austin", "United States"), ("Dublin", "Ireland"), ("Chicago", "USA"), ("Bristol", "England")],
    "romance": [("Madrid", "España"), ("Milano", "Italia"), ("Paris", "France"), ("Lisboa", "Portugal"),
                ("Barcelona", "Spain"), ("Lyon", "France"), ("Torino", "Italy"), ("Porto", "Portugal")],
    "slavic": [("Warszawa", "Polska"), ("Praha", "Czechia"), ("Kraków", "Poland"), ("Zagreb", "Croatia")],
    "russian": [("Moscow", "Russia"), ("Almaty", "Kazakhstan"), ("Riga", "Latvia")],
    "chinese": [("Shanghai", "China"), ("Singapore", "Singapore"), ("Beijing", "China")],
}  # fmt: skip
_ABROAD = {"München": "Munich", "Köln": "Cologne", "Zürich": "Zurich", "Wien": "Vienna", "Milano": "Milan",
           "Lisboa": "Lisbon", "Warszawa": "Warsaw", "Praha": "Prague", "Kraków": "Cracow"}  # fmt: skip
_RANKS = "Head of|Director|Senior|Junior|VP|Manager|Lead|Assistant|Chief|".split("|")
_FIELDS = (
    "Procurement|Networks|Sales|Finance|Marketing|IT Operations|Engineering|Human Resources|Legal|Logistics|Quality|"
    "Research|Security|Data|Product|Accounting|Facilities|Customer Success|Strategy|Communications"
).split("|")
_WORDS = "Hel Bright Ond Tamar Pol Vin Aur Kor Mal Sten Ver Zan Quor Lum Nex Ost Pra Rho Sil Tor".split()
_ENDS = (
    "vion keel rava ind afaden hal elle dex tis bergo nova plan tec wave gen lux mark stone dyn via".split()
)
_MAILS = "gmail.com outlook.com web.de gmx.de yahoo.com icloud.com orange.fr libero.it mail.ru".split()


@dataclass(slots=True)
class _Post:
    company: int
    title: str
    first: int
    last: int  # _TODAY: still there


@dataclass(slots=True)
class _Being:
    """Somebody as they are."""

    number: int
    culture: Culture
    given: str
    middle: str
    family: str
    city: int
    posts: list[_Post]
    school: int
    nick: str
    suffix: str = ""
    married: str = ""


@dataclass(slots=True)
class LabelledWorld:
    """Two systems' people. `truth_*`: who each of them is, by number."""

    known: list[Someone] = field(default_factory=list)
    new: list[Someone] = field(default_factory=list)
    truth_known: list[int] = field(default_factory=list)
    truth_new: list[int] = field(default_factory=list)


def make_labelled(known: int, new: int, *, seed: int = 1, overlap: float = 0.5) -> LabelledWorld:
    """Invent `known` people of one system and `new` of another, `overlap` of whom the first one knows, too."""
    world = LabelledWorld()
    for is_known, number, someone in labelled_records(known, new, seed=seed, overlap=overlap):
        (world.known if is_known else world.new).append(someone)
        (world.truth_known if is_known else world.truth_new).append(number)
    return world


def labelled_records(
    known: int, new: int, *, seed: int = 1, overlap: float = 0.5
) -> Iterator[tuple[bool, int, Someone]]:
    """The records of both systems, one after the other: whether it is of the known one, who it is, what it says."""
    random = Random(seed)
    both = int(new * overlap)
    companies = max(20, (known + new - both) // 25)
    taken: dict[str, int] = {}
    for being in _beings(random, known + new - both, companies):
        if being.number < known:
            yield True, being.number, _record(random, being, "linkedin", taken)
        if being.number < both or being.number >= known:
            yield False, being.number, _record(random, being, "crm", taken)


def _beings(random: Random, total: int, companies: int) -> Iterator[_Being]:
    """People, among whom some have a namesake at their company, or a parent there."""
    recent: list[_Being] = []
    weights = [culture.share for culture in CULTURES]
    for number in range(total):
        culture = random.choices(CULTURES, weights)[0]
        being = _being(random, number, culture, companies)
        chance = random.random()
        if recent and chance < 0.01:
            _namesake(random, being, random.choice(recent))
        elif recent and chance < 0.013:
            _child(random, being, random.choice(recent))
        elif chance < 0.04:
            being.married = culture.family(random)
        if len(recent) < 2000:
            recent.append(being)
        else:
            recent[random.randrange(2000)] = being
        yield being


def _being(random: Random, number: int, culture: Culture, companies: int) -> _Being:
    family = culture.family(random)
    if culture.name == "romance" and random.random() < 0.3:
        family = f"{family} {culture.family(random)}"
    elif random.random() < 0.03:
        family = f"{family}-{culture.family(random)}"
    return _Being(
        number=number,
        culture=culture,
        given=culture.given(random),
        middle=culture.given(random) if random.random() < 0.3 else "",
        family=family,
        city=random.randrange(len(_CITIES[culture.name])),
        posts=_career(random, companies),
        school=random.randrange(300),
        nick=f"{random.choice(_WORDS).lower()}{random.choice(_ENDS)}{random.randrange(1000)}",
    )


def _career(random: Random, companies: int) -> list[_Post]:
    """One to four posts, one after the other; large companies hire most."""
    first = _TODAY - random.randrange(24, 360)
    posts = []
    for _ in range(random.choice((1, 2, 2, 3, 4))):
        last = first + random.randrange(10, 110)
        company = int(companies * random.random() ** 2)
        posts.append(_Post(company, _title(random), first, min(last, _TODAY)))
        if last >= _TODAY:
            return posts
        first = last + random.randrange(1, 6)
        if first >= _TODAY:
            return posts
    if random.random() < 0.9:
        posts[-1].last = _TODAY
    return posts


def _title(random: Random) -> str:
    return f"{random.choice(_RANKS)} {random.choice(_FIELDS)}".strip()


def _namesake(random: Random, being: _Being, other: _Being) -> None:
    """Somebody else of the same name at the same company."""
    being.culture, being.given, being.family = other.culture, other.given, other.family
    being.city = other.city
    being.posts[-1].company = other.posts[-1].company


def _child(random: Random, being: _Being, parent: _Being) -> None:
    """Son or daughter in the parent's company, one in three with the parent's given name."""
    being.culture, being.family, being.city = parent.culture, parent.family, parent.city
    if random.random() < 0.33:
        being.given, being.suffix = parent.given, " Jr."
        parent.suffix = " Sr." if random.random() < 0.3 else ""
    being.posts = [_Post(parent.posts[-1].company, _title(random), _TODAY - random.randrange(6, 60), _TODAY)]


def _record(random: Random, being: _Being, system: str, taken: dict[str, int]) -> Someone:
    """What a system holds: much is missing, some is old, some is misspelt."""
    family = being.family
    if being.married and random.random() < 0.5:
        family = being.married if random.random() < 0.6 else f"{being.family}-{being.married}"
    name = written(random, being.given, being.middle, family)
    if being.suffix and random.random() < 0.7:
        name += being.suffix
    identities = [(system, f"{system}-{being.number}")] if random.random() < 0.85 else []
    if random.random() < 0.45:
        identities.append(("email", _mail(random, being, family, taken)))
    return Someone(
        id=f"{system}{being.number}",
        name=name,
        location=_place(random, being) if random.random() < 0.5 else "",
        identities=tuple(identities),
        jobs=tuple(_job(random, post) for post in _posts(random, being)),
        schools=(f"University {being.school}",) if random.random() < 0.12 else (),
    )


def _posts(random: Random, being: _Being) -> list[_Post]:
    chance = random.random()
    if chance < 0.08:
        return []
    if chance < 0.68:
        return being.posts[-1:]
    if chance < 0.8:
        return being.posts[-2:-1] or being.posts[-1:]
    return being.posts


def _job(random: Random, post: _Post) -> Job:
    title = post.title
    chance = random.random()
    if chance < 0.15:
        title = ""
    elif chance < 0.3:
        title = title.replace("Head of", "Leitung").replace("Senior", "Sr.").replace("IT Operations", "IT")
    elif chance < 0.38:
        title = _title(random)
    dated = random.random()
    if dated < 0.35:
        seen = max(post.first, post.last - random.randrange(0, 30))
        first, last = seen, seen
    elif dated < 0.7:
        first, last = post.first, post.last
    elif dated < 0.85:
        first, last = post.first // 12 * 12, post.last // 12 * 12 + 11
    else:
        return Job(f"c{post.company}", _company(post.company), title=title)
    return Job(f"c{post.company}", _company(post.company), title=title, first=first, last=last)


def _company(number: int) -> str:
    return f"{_WORDS[number % 20]}{_ENDS[number // 20 % 20]} {number // 400}"


def _mail(random: Random, being: _Being, family: str, taken: dict[str, int]) -> str:
    """An address of theirs; who comes second to one gets another, as everywhere."""
    address = _wanted_mail(random, being, family)
    while taken.setdefault(address, being.number) != being.number:
        local, _, domain = address.partition("@")
        address = f"{local}{being.number % 89 + 2}@{domain}"
    return address


def _wanted_mail(random: Random, being: _Being, family: str) -> str:
    plain = "".join(c for c in ascii_form(f"{being.given}.{family}").lower() if c.isalpha() or c == ".")
    given, _, last = plain.partition(".")
    chance = random.random()
    if chance < 0.5:
        # A company spells all its addresses in one way.
        company = being.posts[-1].company
        local = (f"{given}.{last}", f"{given[:1]}.{last}", f"{given[:1]}{last}", last)[company % 4]
        return f"{local or 'x'}@{_company(company).lower().replace(' ', '')}.example"
    local = being.nick if being.number % 3 == 0 else f"{given}{last}{being.number % 100}"
    # The same name at another provider, now and then.
    return f"{local or 'x'}@{_MAILS[(being.number + (random.random() < 0.3)) % len(_MAILS)]}"


def _place(random: Random, being: _Being) -> str:
    cities = _CITIES[being.culture.name]
    city, country = cities[being.city if random.random() < 0.9 else random.randrange(len(cities))]
    if random.random() < 0.4:
        city = _ABROAD.get(city, city)
    form = random.random()
    if form < 0.4:
        return f"{city}, {country}"
    return city if form < 0.8 else f"Greater {city} Area"
