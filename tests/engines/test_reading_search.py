"""Search by name against an oracle in Python: ranks, order, paging without gaps, on both engines."""

import random

import pytest

from graph.engine import Engine
from graph.model.entities import Company, Person
from graph.model.identities import normal_name
from graph.records.display import shown_properties
from graph.records.search import count_companies, count_people, search_companies, search_people

FIRST = ["Anna", "Ánna", "Annabel", "Bo", "Maria", "Mario", "李", "O'Neil"]
LAST = ["Berg", "Bergmann", "van den Berg", "Lopez", "Garcia Lopez", "de la Cruz Anna", "Ann", "Maria"]
TEXTS = [
    *FIRST,
    *LAST,
    "ann",
    "b",
    "berg an",
    "maria berg",
    "garcia",
    "den berg",
    "cruz",
    "la cruz de",
    "lop mar",
    "zz",
    "",
]


def people(seed: int) -> list[dict]:
    chance = random.Random(seed)
    names = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(150)] + ["Anna", "Berg", "李"]
    return [
        {"id": f"p{number:03d}", "team_member": False, **shown_properties(Person, {"name": name})}
        for number, name in enumerate(names)
    ]


def expected(rows: list[dict], text: str) -> list[str]:
    wanted = normal_name(text)
    words = wanted.split()

    def rank(name: str) -> int | None:
        if name == wanted:
            return 0
        if name.startswith(wanted):
            return 1
        return 2 if all(any(w.startswith(word) for w in name.split()) for word in words) else None

    hits = [(rank(row["search_name"]), row["search_name"], row["id"]) for row in rows] if words else []
    return [each[2] for each in sorted(hit for hit in hits if hit[0] is not None)]


async def paged(search, engine: Engine, text: str, size: int) -> list[str]:
    found, after = [], None
    while True:
        page = await search(engine, text, after=after, limit=size)
        found += [hit.item.id for hit in page]
        if len(page) < size:
            return found
        after = page[-1].position


async def test_people_are_found_in_order_page_by_page(engine: Engine, write_rows):
    rows = people(1)
    await write_rows(engine, "people/search_rows", rows)
    for text in TEXTS:
        whole = await search_people(engine, text, after=None, limit=1000)
        assert [hit.item.id for hit in whole] == expected(rows, text), text
        assert await count_people(engine, text) == len(whole), text
    for text in ("ann", "berg", "garcia", "b"):
        assert await paged(search_people, engine, text, 7) == expected(rows, text)


async def test_companies_are_found_in_order_page_by_page(engine: Engine, write_rows):
    rows = [{"id": row["id"], **shown_properties(Company, {"name": row["name"]})} for row in people(2)]
    await write_rows(engine, "companies", rows)
    for text in TEXTS:
        whole = await search_companies(engine, text, after=None, limit=1000)
        assert [hit.item.id for hit in whole] == expected(rows, text), text
        assert await count_companies(engine, text) == len(whole), text
    assert await paged(search_companies, engine, "berg", 7) == expected(rows, "berg")


async def test_a_longer_text_than_any_name_is_cut_not_refused(engine: Engine):
    assert await search_people(engine, "anna " * 5000, after=None, limit=5) == []


@pytest.fixture
def write_rows():
    """Creates nodes as they would be written, past the identities that searching does not read."""

    async def write(engine: Engine, what: str, rows: list[dict]) -> None:
        statement = "records/create_companies" if what == "companies" else "records/create_people"
        bare = [
            {"properties": {k: v for k, v in row.items() if v is not None}, "identities": [], "records": []}
            for row in rows
        ]
        await engine.write(statement, rows=bare)

    return write
