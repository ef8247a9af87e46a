"""Files that speak of somebody who must not be stored by another id than the one on the list."""

from __future__ import annotations

import json

import pytest

from graph.model.identities import email_identity
from graph.privacy.keys import claim_privacy_key
from graph.privacy.suppression import count_suppressed, lift, suppress
from importers import loading
from importers.runs import ImportRequest, resume_runs, run_import

ADDRESS = email_identity("quirin@neuling.example")
PEOPLE = "id,name,email\nn1,Quirin Neuling,quirin@neuling.example\nn2,Bert Amsel,\nn3,Cleo Dohle,\n"
INTERACTIONS = (
    "from_id,to_id,channel,sent,received\n"
    "n1,n2,email,50,50\nn3,n1,email,7,7\nn2,n3,email,4,4\nn1,n3,call,1,1\n"
)


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
async def suppressed(engine, monkeypatch):
    """An engine with one person on the list, by address."""
    monkeypatch.setattr(loading, "BATCH", 2)
    engine.privacy_key = b"a key of the tests, long enough to be one"
    await claim_privacy_key(engine)
    await suppress(engine, [ADDRESS])
    return engine


@pytest.fixture
def files(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "interactions.csv").write_text(INTERACTIONS)
    return tmp_path / "people.csv", tmp_path / "interactions.csv"


async def bring(engine, spool, *paths, **more):
    request = ImportRequest(paths=paths, source="othersource", **more)
    return await run_import(engine, request, spool_dir=spool)


def told(run, kind):
    return {name: number for name, number in run.counts.get(kind, {}).items() if number}


async def stored(engine, send_cypher):
    rows = await send_cypher(engine, "MATCH (n) WHERE NOT n:ImportRun RETURN properties(n) AS said")
    return json.dumps(rows, default=str)


async def test_mentions_by_the_id_of_the_file_are_left_out_and_the_person_counts_once(
    suppressed, files, send_cypher, tmp_path
):
    run = await bring(suppressed, tmp_path / "spool", *files)
    assert run.state == "done" and run.rows.refused == 0 and run.refused == ()
    assert told(run, "people") == {"created": 2, "suppressed": 1}
    assert told(run, "interactions") == {"created": 1}
    held = await stored(suppressed, send_cypher)
    assert "n1" not in held and "quirin" not in held.casefold()
    assert await count_suppressed(suppressed) == 1


async def test_nothing_keeps_the_rest_from_being_withdrawn(suppressed, files, tmp_path):
    await bring(suppressed, tmp_path / "spool", *files)
    files[1].write_text(INTERACTIONS.replace("n2,n3,email,4,4\n", ""))
    again = await bring(suppressed, tmp_path / "spool", *files)
    assert told(again, "interactions") == {"withdrawn": 1}


async def test_files_that_come_one_after_the_other(suppressed, files, tmp_path):
    await bring(suppressed, tmp_path / "spool", files[0])
    later = await bring(suppressed, tmp_path / "spool", files[1])
    assert later.rows.refused == 0 and told(later, "people") == {"suppressed": 1}
    await lift(suppressed, [ADDRESS])
    assert await count_suppressed(suppressed) == 0
    back = await bring(suppressed, tmp_path / "spool", *files)
    assert told(back, "people") == {"created": 1, "unchanged": 2}
    assert told(back, "interactions") == {"created": 3, "unchanged": 1}


async def test_a_dry_run_tells_the_same_and_remembers_nothing(suppressed, files, send_cypher, tmp_path):
    before = await stored(suppressed, send_cypher)
    run = await bring(suppressed, tmp_path / "spool", *files, dry_run=True)
    assert run.rows.refused == 0 and told(run, "people") == {"created": 2, "suppressed": 1}
    assert await stored(suppressed, send_cypher) == before


@pytest.mark.parametrize("batches", [1, 2, 3])
async def test_a_run_that_was_killed_counts_alike(suppressed, files, tmp_path, monkeypatch, batches):
    write, left = loading.write_records, batches

    async def killed(*given, **more):
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return await write(*given, **more)

    monkeypatch.setattr(loading, "write_records", killed)
    with pytest.raises(Killed):
        await bring(suppressed, tmp_path / "spool", *files)
    monkeypatch.setattr(loading, "write_records", write)
    (run,) = await resume_runs(suppressed, tmp_path / "spool")
    assert run.state == "done" and run.rows.refused == 0
    assert told(run, "people") == {"created": 2, "suppressed": 1}
    assert told(run, "interactions") == {"created": 1}
