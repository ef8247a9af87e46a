"""The document of an access request is for the person it is about: plain English, nothing of how we store it."""

from __future__ import annotations

import re

import pytest

from graph.privacy.access import access_to
from graph.privacy.access_document import SECTIONS, document_of
from graph.privacy.access_words import date_in_words, dates_within, value_in_words
from graph.ties import derive
from importers.runs import ImportRequest, run_import

FILES = {
    "people.csv": "id,name,email,location,team_member\n"
    "n1,Quirin Neuling,quirin@neuling.example,Sundvik,\nn2,Bert Amsel,,,true\n",
    "companies.csv": "id,name\nc1,Helvion\n",
    "employments.csv": "person_id,company_id,title,started,ended,current\n"
    "n1,c1,Head of Networks,2016-03,2020-07,\nn1,c1,Director,2020-08,,true\nn2,c1,Engineer,2017,2019,\n",
    "interactions.csv": "from_id,to_id,channel,sent,received,last_on\nn1,n2,email,50,40,2026-08-27\n",
}


@pytest.fixture
async def document(engine, tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    paths = tuple(tmp_path / name for name in FILES)
    run = await run_import(engine, ImportRequest(paths=paths, source="newteam"), spool_dir=tmp_path / "spool")
    assert run.state == "done" and run.rows.refused == 0, run
    await derive(engine)
    person_id = (await engine.read("people/id_of_key", key="person:email:quirin@neuling.example"))[0]["id"]
    told = await access_to(engine, person_id)
    assert told is not None
    return document_of(told)


async def test_it_is_in_plain_english(document):
    assert "You work at Helvion" in document and "You worked at Helvion" in document
    assert "started: March 2016" in document and "last on: 27 August 2026" in document
    assert re.search(r"derived as of: [A-Z][a-z]+ 20\d\d\n", document)
    assert "from you: 50" in document and "to you: 40" in document
    assert "because:\n    - both at Helvion" in document
    assert "purpose: business relationship management" in document
    assert "e-mail address: quirin@neuling.example" in document


async def test_it_shows_nothing_of_how_it_is_stored(document):
    for internal in (
        "{'",
        "True",
        "False",
        "None:",
        "match ",
        "search ",
        "home",
        "descriptions",
        "person:email",
    ):
        assert internal not in document, internal
    assert not re.search(r"\b2\d{4}\b|[0-9a-f]{8}-[0-9a-f]{4}-7", document), "a month number, or an id"
    assert "\\\\" not in document, "escaped twice"
    assert "WORKED" not in document and "INTERACTED" not in document and "|" not in document


async def test_every_section_has_a_heading_and_a_sentence(document):
    sections = document.split("\n## ")[1:]
    assert [one.splitlines()[0] for one in sections] == [heading for heading, _, _ in SECTIONS.values()]
    assert all(re.match(r"\n[^-\n].*[.]$", one.partition("\n")[2].rstrip("\n"), re.M) for one in sections)


def test_dates_are_written_out():
    told = [
        date_in_words(text) for text in ("2026-08-27", "2016-03", "2026-11-22T11:09:00+00:00", "2019", "a-b")
    ]
    assert told == ["27 August 2026", "March 2016", "22 November 2026, 11:09", "2019", "a-b"]
    assert value_in_words("as_of", 24321) == "October 2026"
    assert dates_within("in touch, last on 2026-08-27") == "in touch, last on 27 August 2026"
