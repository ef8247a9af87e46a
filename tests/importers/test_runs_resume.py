"""A run killed at any statement is taken up again: the graph and the counts are those of a clean import."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from graph.engine.connection import Transaction
from importers import loading
from importers.journal import Journal, TakenOver
from importers.results import RowCounts
from importers.runs import ImportRequest, read_run, record_run, resume_runs, run_import, start_run
from importers.workers import is_alive, now_text, this_worker

BATCH = 20
# Runs in a process of its own, which kills itself before its n-th statement.
CHILD = """
import asyncio, json, os, signal, sys
from pathlib import Path
from graph.engine import EngineSettings, open_engine
from graph.engine.connection import Transaction
from graph.engine.connection import Transaction
from graph.ties import hold
from importers import loading
from importers.runs import ImportRequest, run_import

hold._LEASE_SECONDS = 1.0  # who is killed while deriving blocks others for that long
given = json.loads(sys.argv[1])
left = given["statements"]
send = Transaction.run

async def counted(self, name, /, **params):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return await send(self, name, **params)

async def main():
    loading.BATCH = given["batch"]
    settings = {**given["settings"], "data_dir": Path(given["settings"]["data_dir"])}
    async with await open_engine(EngineSettings(**settings)) as engine:
        Transaction.run = counted
        request = ImportRequest(paths=(Path(given["path"]),), source="crm")
        await run_import(engine, request, spool_dir=Path(given["spool"]))

asyncio.run(main())
"""
GRAPH = """
MATCH (n) WHERE NOT n:ImportRun AND NOT n:SchemaStep AND NOT n:WriteLock AND NOT n:Derivation
OPTIONAL MATCH (n)-[r]->(m)
RETURN labels(n) AS labels, properties(n) AS node, type(r) AS type, properties(r) AS fact, m.name AS other
"""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(loading, "BATCH", BATCH)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "crm"
    path.mkdir()
    people = [f"p{n},Person {n}" for n in range(60)]
    (path / "people.csv").write_text("\n".join(["id,name", *people]))
    (path / "companies.csv").write_text("id,name\nc1,Helvion\nc2,Tamarind\n")
    jobs = [f"p{n},c{1 + n % 2},20{10 + n % 9}-01,2020-02" for n in range(60)]
    jobs[7] = "p7,c1,2019-02-31,"
    jobs[33] = "nobody,c1,2015,2016"
    (path / "employments.csv").write_text("\n".join(["person_id,company_id,started,ended", *jobs]))
    return path


@pytest.fixture
def settings(request, engine, engine_data_dir):
    """How another process opens the same engine."""
    if "embedded" in request.node.name:
        return {"data_dir": str(engine_data_dir), "engine_memory": "512m", "engine_mode": "development"}
    address = request.getfixturevalue("neo4j_address")
    return {
        "data_dir": str(engine_data_dir),
        "neo4j_uri": address.uri,
        "user": address.user,
        "password": address.password,
        "database": address.database,
    }


async def killed_after(statements, folder, spool, settings):
    given = {
        "statements": statements,
        "batch": BATCH,
        "settings": settings,
        "path": str(folder),
        "spool": str(spool),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, json.dumps(given), cwd=Path(__file__).parents[2]
    )
    return await process.wait()


def count_statements(monkeypatch):
    sent = []
    send = Transaction.run

    async def counted(self, name, /, **params):
        sent.append(name)
        return await send(self, name, **params)

    monkeypatch.setattr(Transaction, "run", counted)
    return sent


async def picture(engine, send_cypher):
    """The graph without what differs from one import to the next."""
    changing = {"id", "run", "seen_on", "created_on", "as_of", "home", "runs", "readings", "complete"}
    rows = await send_cypher(engine, GRAPH)

    def plain(properties):
        return sorted((k, str(v)) for k, v in (properties or {}).items() if k not in changing)

    return sorted(
        (row["labels"], plain(row["node"]), row["type"] or "", plain(row["fact"]), row["other"] or "")
        for row in rows
    )


async def test_killed_anywhere_and_resumed_equals_a_clean_import(
    engine, folder, settings, send_cypher, empty_graph, tmp_path, monkeypatch
):
    sent = count_statements(monkeypatch)
    clean = await run_import(
        engine, ImportRequest(paths=(folder,), source="crm"), spool_dir=tmp_path / "clean"
    )
    assert clean.state == "done" and clean.rows.refused == 2
    expected = await picture(engine, send_cypher)
    total = len(sent)
    # Before the run is recorded, in and between batches, at the end: a different statement each.
    for statements in (0, *(total * part // 10 for part in (2, 4, 6, 8, 9))):
        await empty_graph(engine)
        spool = tmp_path / f"spool{statements}"
        assert await killed_after(statements, folder, spool, settings) == -signal.SIGKILL
        (run,) = await resume_runs(engine, spool)
        assert run.state == "done", run.error
        assert run.counts == clean.counts, statements
        assert (run.rows, run.refused) == (clean.rows, clean.refused)
        assert await picture(engine, send_cypher) == expected
        refused = [
            next((root / i / "refused").iterdir()).read_text()
            for root, i in ((tmp_path / "clean", clean.id), (spool, run.id))
        ]
        assert refused[0] == refused[1]
        assert await resume_runs(engine, spool) == []


async def test_a_file_that_changed_meanwhile_is_read_from_its_beginning(engine, folder, settings, tmp_path):
    spool = tmp_path / "spool"
    await killed_after(40, folder, spool, settings)
    with (folder / "people.csv").open("a") as stream:
        stream.write("\np60,Person 60")
    (run,) = await resume_runs(engine, spool)
    assert run.state == "done" and run.rows.read == 123
    people = run.counts["people"]
    assert people["created"] + people["unchanged"] == 61 and people["created"] >= 1


async def test_a_file_that_is_gone_fails_the_run_and_says_so(engine, folder, settings, tmp_path):
    spool = tmp_path / "spool"
    await killed_after(20, folder, spool, settings)
    (folder / "people.csv").unlink()
    folder.rename(folder.with_name("elsewhere"))
    (run,) = await resume_runs(engine, spool)
    assert run.state == "failed" and "crm" in run.error


async def test_a_request_that_was_never_recorded_is_taken_up(engine, folder, tmp_path):
    spool = tmp_path / "spool"
    run_id = await record_run(engine, ImportRequest(paths=(folder,), source="crm"), spool_dir=spool)
    other = spool / "00000000-0000-7000-8000-000000000000"
    other.mkdir()
    (other / "request.json").write_text((spool / run_id / "request.json").read_text())
    runs = await resume_runs(engine, spool)
    assert {run.id for run in runs} == {other.name, run_id}
    assert {run.state for run in runs} == {"done"}


async def test_a_living_run_is_left_alone_and_a_lost_one_may_not_write(engine, folder, tmp_path, send_cypher):
    spool = tmp_path / "spool"
    run_id = await record_run(engine, ImportRequest(paths=(folder,), source="crm"), spool_dir=spool)
    journal = Journal(engine, run_id)
    assert await journal.claim() is not None
    host, pid, _ = this_worker().rsplit(":", 2)
    for worker, taken in ((f"another-host:{pid}:1.0", False), (f"{host}:{pid}:1.00", True)):
        await send_cypher(
            engine, "MATCH (r:ImportRun {id: $id}) SET r.worker = $worker", id=run_id, worker=worker
        )
        with pytest.raises(TakenOver):
            await journal.beat(RowCounts(), 0.5)
        run = await start_run(engine, run_id, spool_dir=spool)
        assert (run is not None) is taken
    assert (await read_run(engine, run_id)).state == "done"


def test_a_worker_is_dead_when_its_process_is_or_when_it_was_silent_for_long():
    host, pid, started = this_worker().rsplit(":", 2)
    assert is_alive(this_worker(), now_text())
    assert not is_alive(f"{host}:{pid}:{float(started) - 60}", now_text())
    assert is_alive(f"elsewhere:{pid}:{started}", now_text())
    assert not is_alive(f"elsewhere:{pid}:{started}", "2026-01-01T00:00:00.000000+00:00")
    assert not is_alive("", now_text())
    assert os.getpid() == int(pid)
