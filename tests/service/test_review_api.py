"""The questions of matching over the API and the command: both people side by side, and who may see them."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from graph.model.entities import Company, Person
from graph.model.facts import Employment
from graph.model.identities import Identity, name_identity
from graph.model.records import Record, Source
from graph.records.merging import keep_apart, merge_people
from graph.records.views import SourceView
from graph.records.writing import write_records
from importers.identity.matching import match_people
from service.cli.review import _known_from, _shown, review_of

_QUERY = """query($first: Int, $after: String) { reviewCandidates(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id score probability words foundOn importRunId reasons { feature level bits words }
    a { id name location identities { system value } employments { title company { name } } sources { system } }
    b { id name location identities { system value } employments { title company { name } } sources { system } }
  } } }"""


def record(number: int, name: str, system: str, title: str) -> Record:
    person = Person(identities=(Identity("person", system, str(number)),), name=name)
    named = name_identity("company", "Helvion")
    assert named is not None
    company = Company(identities=(named,), name="Helvion")
    return Record(
        f"{system}{number}", (person, company), (Employment(person=person, company=company, title=title),)
    )


@pytest.fixture
async def asked(engine):
    """Three people known to two systems, and nobody merged."""
    names = ("Torvald Quillfeather", "Ingrid Solbakkvik", "Ulla Brandstetter")
    for system in ("linkedin", "crm"):
        source = Source(name=system, dataset=system, run=f"run {system}")
        records = [record(number, name, system, "Buyer") for number, name in enumerate(names)]
        await write_records(engine, source, records)
    await match_people(engine, run="run crm", merge=False)
    return engine


async def test_both_people_stand_side_by_side_with_the_reasons(asked, serve_graphql):
    async with serve_graphql(asked) as graphql:
        found = (await graphql.data(_QUERY, {"first": 2}))["reviewCandidates"]
        assert found["totalCount"] == 3 and found["pageInfo"]["hasNextPage"]
        first = found["nodes"][0]
        assert {one["system"] for side in "ab" for one in first[side]["sources"]} == {"linkedin", "crm"}
        assert first["a"]["name"] == first["b"]["name"] and first["a"]["id"] < first["b"]["id"]
        assert first["a"]["employments"] == [{"title": "Buyer", "company": {"name": "Helvion"}}]
        assert sum(one["bits"] for one in first["reasons"]) == pytest.approx(first["score"], abs=1e-3)
        assert "the same job title there" in first["words"] and 0.9 < first["probability"] < 1
        assert first["importRunId"] == "run crm"
        rest = await graphql.data(_QUERY, {"first": 2, "after": found["pageInfo"]["endCursor"]})
        more = rest["reviewCandidates"]["nodes"]
        assert len(more) == 1 and more[0]["id"] not in {one["id"] for one in found["nodes"]}


async def test_a_decision_closes_the_question(asked, serve_graphql):
    async with serve_graphql(asked) as graphql:
        first, second, third = (await graphql.data(_QUERY))["reviewCandidates"]["nodes"]
        await merge_people(asked, first["a"]["id"], first["b"]["id"], by="a test")
        await keep_apart(asked, second["a"]["id"], second["b"]["id"], by="a test")
        left = (await graphql.data(_QUERY))["reviewCandidates"]
        assert [one["id"] for one in left["nodes"]] == [third["id"]] and left["totalCount"] == 1


async def test_pairs_of_whom_one_may_not_know_are_neither_shown_nor_counted(asked, serve_graphql):
    rows = await asked.read("people/id_of_key", key="person:linkedin:0")
    for system in ("linkedin", "crm"):
        source = Source(name=system, dataset=f"{system}|private", run="run crm", private_to=rows[0]["id"])
        await write_records(asked, source, [record(9, "Bjarne Hollowcrest", system, "Buyer")])
    await match_people(asked, run="run crm", merge=False)
    async with serve_graphql(asked) as graphql:
        for who, pairs in (("admin", 4), ("member", 3)):
            found = (await graphql.data(_QUERY, who=who))["reviewCandidates"]
            assert found["totalCount"] == len(found["nodes"]) == pairs
    told = await review_of(asked, 10)
    assert told["total"] == len(told["candidates"]) == 3


async def test_who_may_not_write_does_not_review(asked, serve_graphql):
    async with serve_graphql(asked) as graphql:
        assert (await graphql.data(_QUERY, who="member"))["reviewCandidates"]["totalCount"] == 3
        assert (await graphql.error(_QUERY, who="plugin"))["code"] == "FORBIDDEN"
        assert (await graphql.error(_QUERY, {"after": "nonsense"}))["code"] == "BAD_REQUEST"


async def test_the_command_tells_the_same(asked):
    told = await review_of(asked, 2)
    assert told["total"] == 3 and len(told["candidates"]) == 2
    pair = told["candidates"][0]
    assert pair["a"]["employers"] == ["Buyer, Helvion (undated)"]
    assert pair["a"]["sources"] and pair["b"]["identities"]
    assert told["candidates"][0]["a"]["knownFrom"][0].startswith(("linkedin · ", "crm · "))


def test_a_pair_is_shown_beside_each_other_in_80_columns():
    sources = [
        SourceView(
            "linkedin", "x", f"positions|person:linkedin:rafael|company:name:y|{n}", "2026-03-01", False
        )
        for n in range(3)
    ]
    sources.append(SourceView("crm", "x", "person:email:r@x.example", "2026-01-02", False, "2026-02-03"))
    known = _known_from(sources)
    assert known == ["crm · 2026-02-03", "linkedin · positions · 2026-03-01 (3 records)"]
    ids = [f"01a202df-471e-7741-be3b-f140bdba1ba{n}" for n in range(2)]
    a, b = (
        {
            "id": one,
            "name": "Rafael Montecarpo",
            "headline": "Service Manager " * 4,
            "location": "",
            "employers": ["Service Manager, Meridian Vale Telecom (2010-04 to now)"],
            "identities": ["linkedin: rafael-montecarpo-1234567890-abcdef"],
            "knownFrom": known,
        }
        for one in ids
    )
    pair = {"probability": 0.93, "words": "The same name. " * 9, "a": a, "b": b}
    out = Console(width=80, record=True, file=StringIO())
    out.print(_shown(pair))
    lines = out.export_text().splitlines()
    assert max(map(len, lines)) <= 80 and len(lines) < 20
    assert any(ids[0] in line and ids[1] in line for line in lines)
    assert any(line.count("crm · 2026-02-03") == 2 for line in lines)
