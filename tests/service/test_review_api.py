"""The questions of matching over the API and the command: both people side by side, and who may see them."""

from __future__ import annotations

import pytest

from graph.model.entities import Company, Person
from graph.model.facts import Employment
from graph.model.identities import Identity, name_identity
from graph.model.records import Record, Source
from graph.records.merging import keep_apart, merge_people
from graph.records.writing import write_records
from importers.identity.matching import match_people
from service.cli.review import review_of

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
