"""The same person once, as part of an import, on both engines."""

from __future__ import annotations

import pytest

from graph.engine.errors import EngineError
from graph.records.merging import keep_apart
from importers.identity import matching
from importers.identity.matching import match_people
from importers.identity.review import count_candidates, open_candidates
from importers.runs import ImportRequest, resume_runs, run_import
from importers.undoing import undo_import

OWNER = "https://www.linkedin.com/in/mira-invented"
CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Torvald,Quillfeather,https://www.linkedin.com/in/torvald-q,,Helvion GmbH,Head of Networks,08 Feb 2024
Anna,Müller,https://www.linkedin.com/in/anna-m,,Helvion GmbH,Buyer,08 Feb 2024
Ulla,Brandstetter,https://www.linkedin.com/in/ulla-b,,Tamarind SA,Counsel,08 Feb 2024
"""
RECOMMENDATIONS = """First Name,Last Name,Company,Job Title,Text,Creation Date,Status
Torvald,Quillfeather,Helvion,Head of Networks,Nobody reads this,"01/29/26, 02:37 PM",VISIBLE
Anna,Müller,Ondrava Ltd,Nurse,Nobody reads this,"01/29/26, 02:37 PM",VISIBLE
"""
CRM = """id,name,email,location
7,"Brandstetter, Ursula",u.brandstetter@tamarind.example,
8,Somebody Else,,
"""
CRM_COMPANIES = "id,name,domain\nc1,Tamarind,tamarind.example\n"
CRM_EMPLOYMENTS = (
    "person_id,company_id,title,started,ended,current\n7,c1,Counsel,2019-05,,true\n8,c1,Cook,2020,,true\n"
)


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "Connections.csv").write_text(CONNECTIONS)
    (folder / "Recommendations_Received.csv").write_text(RECOMMENDATIONS)
    return folder


@pytest.fixture
def crm(tmp_path):
    folder = tmp_path / "crm"
    folder.mkdir()
    for name, text in {"people": CRM, "companies": CRM_COMPANIES, "employments": CRM_EMPLOYMENTS}.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


@pytest.fixture
def bring(engine, tmp_path):
    async def run(path, source="linkedin", **more):
        request = ImportRequest(
            paths=(path,), source=source, owner=None if source == "crm" else OWNER, **more
        )
        done = await run_import(engine, request, spool_dir=tmp_path / "spool")
        assert done.state == "done", done.error
        return done

    return run


@pytest.fixture
def names(engine, send_cypher):
    async def read():
        rows = await send_cypher(engine, "MATCH (p:Person) RETURN p.name AS name ORDER BY name")
        return [row["name"] for row in rows if row["name"]]

    return read


async def test_who_recommends_is_recognised_as_the_connection_of_that_name_at_that_company(
    bring, archive, names, engine, send_cypher
):
    run = await bring(archive)
    assert run.merged == 1
    found = await names()
    assert found.count("Torvald Quillfeather") == 1
    # Another employer and job: a name alone is not enough.
    assert found.count("Anna Müller") == 2
    rows = await send_cypher(
        engine,
        "MATCH (p:Person {name: 'Torvald Quillfeather'})-[r:CONNECTED|RECOMMENDED]-(:Person) RETURN type(r) AS kind",
    )
    assert sorted(row["kind"] for row in rows) == ["CONNECTED", "RECOMMENDED"]
    ties = await send_cypher(
        engine, "MATCH (:Person {name: 'Torvald Quillfeather'})-[t:TIE]-() RETURN t.p AS p"
    )
    assert max(tie["p"] for tie in ties) > 0.7


async def test_the_same_files_again_merge_and_ask_nothing_new(bring, archive, names, engine):
    await bring(archive)
    before, asked = await names(), await count_candidates(engine)
    again = await bring(archive)
    assert (await names(), await count_candidates(engine)) == (before, asked)
    assert again.merged == 0 and again.to_review == 0


async def test_a_second_system_knows_them_by_another_form_of_the_name(bring, archive, crm, names, engine):
    await bring(archive)
    run = await bring(crm, source="crm")
    found = await names()
    told = [each.words for each in await open_candidates(engine, limit=9)]
    assert run.merged == 1 or any("forms of one name" in words for words in told)
    assert found.count("Somebody Else") == 1


async def test_without_merging_a_human_is_asked_about_all(bring, archive, names, engine):
    run = await bring(archive, merging=False)
    assert run.merged == 0 and run.to_review >= 1
    assert (await names()).count("Torvald Quillfeather") == 2
    first = (await open_candidates(engine, limit=1))[0]
    assert first.a < first.b and first.run == run.id
    assert first.words.startswith("The same family name") and "the same job title there" in first.words
    assert sum(part.bits for part in first.score.contributions) == pytest.approx(first.score.bits, abs=1e-3)


async def test_who_is_kept_apart_is_neither_merged_nor_asked_about_again(
    bring, archive, names, engine, send_cypher
):
    await bring(archive, merging=False)
    first = (await open_candidates(engine, limit=1))[0]
    await keep_apart(engine, first.a, first.b, by="a test")
    left = await count_candidates(engine)
    assert first.id not in {each.id for each in await open_candidates(engine, limit=9)}
    await send_cypher(engine, "MATCH (p:Person) SET p.unmatched = true")
    report = await match_people(engine)
    assert report.compared == 6 and report.merged == 0
    assert await count_candidates(engine) == left
    assert (await names()).count("Torvald Quillfeather") == 2


async def test_two_pages_of_one_network_are_two_people(bring, tmp_path, names):
    path = tmp_path / "Connections.csv"
    path.write_text(
        CONNECTIONS
        + "Torvald,Quillfeather,https://www.linkedin.com/in/other-q,,Helvion GmbH,Head of Networks,08 Feb 2024\n"
    )
    run = await bring(path)
    assert run.merged == 0
    assert (await names()).count("Torvald Quillfeather") == 2


async def test_an_interrupted_matching_goes_on(bring, archive, names, engine, tmp_path, monkeypatch):
    async def dies(*_, **__):
        raise EngineError("the engine went away")

    with monkeypatch.context() as patched:
        patched.setattr(matching, "merge_people", dies)
        with pytest.raises(EngineError):
            await bring(archive)
    assert (await names()).count("Torvald Quillfeather") == 2
    (run,) = await resume_runs(engine, tmp_path / "spool")
    assert run.state == "done" and run.merged == 1
    assert (await names()).count("Torvald Quillfeather") == 1
    assert await count_candidates(engine) == run.to_review


async def test_an_undone_import_takes_its_merges_and_questions_along(bring, archive, tmp_path, names, engine):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "Connections.csv").write_text(CONNECTIONS)
    await bring(alone)
    before = await names()
    run = await bring(archive, partial=True)
    assert run.merged == 1
    await undo_import(engine, run.id, by="a test")
    assert await names() == before
    assert await count_candidates(engine) == 0
    again = await bring(archive, partial=True)
    assert again.merged == 1


async def test_two_engines_decide_alike(both_engines, crm, archive, tmp_path):
    told = []
    for number, each in enumerate(both_engines):
        for path, source in ((archive, "linkedin"), (crm, "crm")):
            owner = None if source == "crm" else OWNER
            request = ImportRequest(paths=(path,), source=source, owner=owner)
            await run_import(each, request, spool_dir=tmp_path / f"spool{number}")
        found = await open_candidates(each, limit=50)
        told.append([(pair.words, pair.score.bits) for pair in found])
    assert told[0] == told[1]
