"""Import runs on both engines: what goes in, what a second reading changes, what is refused whole."""

from __future__ import annotations

import csv
import json
import os
import zipfile

import pytest

from graph.engine.errors import EngineUnavailable
from graph.model.entities import Person
from graph.model.identities import linkedin_identity
from graph.model.records import Record, Source
from graph.records.writing import write_records
from importers import loading
from importers.archives import Limits
from importers.reading.problems import FileError
from importers.runs import (
    ImportRequest,
    check_import,
    list_runs,
    new_run_id,
    read_run,
    record_run,
    refused_file,
    resume_runs,
    run_import,
    start_run,
)
from importers.spool import Spool

PEOPLE = "id,name,email\np1,Mira Okafor,mira@northwind.example\np2,Jonas Reyl,\np3,Anouk Ferri,\n"
COMPANIES = "id,name,domain\nc1,Helvion AG,helvion.example\n"
EMPLOYMENTS = (
    "person_id,company_id,title,started,ended,current\n"
    "p1,c1,Engineer,2015-01,2018-06,\n"
    "p2,c1,Engineer,2016,2019,\n"
    "p3,c1,Head of Networks,2017-03,,true\n"
)
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
OWNER = "https://www.linkedin.com/in/mira-invented"


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "crm"
    path.mkdir()
    for name, text in {"people": PEOPLE, "companies": COMPANIES, "employments": EMPLOYMENTS}.items():
        (path / f"{name}.csv").write_text(text)
    return path


@pytest.fixture
def bring(engine, tmp_path):
    async def run(*paths, source="crm", limits=None, **more):
        request = ImportRequest(paths=tuple(paths), source=source, **more)
        return await run_import(engine, request, spool_dir=tmp_path / "spool", limits=limits)

    return run


def changes(run, kind):
    return {name: count for name, count in run.counts.get(kind, {}).items() if count}


async def everything(send_cypher, engine):
    rows = await send_cypher(
        engine, "MATCH (n) WHERE NOT n:ImportRun AND NOT n:SchemaStep RETURN count(n) AS n"
    )
    return rows[0]["n"]


async def test_a_folder_goes_in_with_entities_before_facts_and_the_run_says_what_was_done(
    bring, engine, folder
):
    run = await bring(folder)
    assert (run.state, run.error, run.progress) == ("done", None, 1.0)
    assert changes(run, "people") == {"created": 3}
    assert changes(run, "companies") == {"created": 1}
    assert changes(run, "employments") == {"created": 3}
    assert run.rows.as_dict() == {"read": 7, "skipped": 0, "refused": 0}
    assert await read_run(engine, run.id) == run
    json.dumps(run.as_dict())


async def test_the_same_again_creates_nothing(bring, folder):
    await bring(folder)
    run = await bring(folder)
    assert changes(run, "people") == {"unchanged": 3}
    assert changes(run, "employments") == {"unchanged": 3}
    assert all(counter["created"] == counter["updated"] == 0 for counter in run.counts.values())


async def test_a_changed_row_updates_and_a_missing_row_is_withdrawn(bring, folder):
    await bring(folder)
    (folder / "people.csv").write_text(PEOPLE.replace("Anouk Ferri", "Anouk Ferri-Lund"))
    (folder / "employments.csv").write_text(EMPLOYMENTS.replace("p2,c1,Engineer,2016,2019,\n", ""))
    run = await bring(folder)
    assert changes(run, "people") == {"updated": 1, "unchanged": 2}
    assert changes(run, "employments") == {"unchanged": 2, "withdrawn": 1}


async def test_a_partial_import_withdraws_nothing(bring, folder):
    await bring(folder)
    (folder / "employments.csv").write_text(EMPLOYMENTS.replace("p2,c1,Engineer,2016,2019,\n", ""))
    run = await bring(folder, partial=True)
    assert changes(run, "employments") == {"unchanged": 2}


async def test_refused_rows_are_listed_fixed_and_imported_again(bring, engine, folder, tmp_path):
    (folder / "employments.csv").write_text(
        EMPLOYMENTS + "p1,c1,=SUM(A1),2019-02-31,,\nnobody,c1,Clerk,2012,2013,\n"
    )
    run = await bring(folder)
    assert run.state == "done"
    assert run.rows.as_dict() == {"read": 9, "skipped": 0, "refused": 2}
    assert {(row.file, row.line) for row in run.refused} == {("employments.csv", 5), ("employments.csv", 6)}
    assert all(row.reason and row.fix for row in run.refused)
    assert run.refused_files == ("employments.refused.csv",)

    path = refused_file(tmp_path / "spool", run.id, "employments.refused.csv")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["title"] for row in rows if row["title"].endswith("SUM(A1)")] == ["'=SUM(A1)"]
    fixed = tmp_path / "fixed" / path.name
    fixed.parent.mkdir()
    text = path.read_text(encoding="utf-8-sig").replace("2019-02-31", "2019-02-28").replace("nobody", "p2")
    fixed.write_text(text)

    again = await bring(fixed)
    assert (again.state, again.rows.refused) == ("done", 0)
    # A part of the file: the rows of the first import stay.
    assert changes(again, "employments") == {"created": 2}
    rows = await engine.read("records/resolve", keys=["person:crm:p1"])
    assert rows
    # Whole and right at last, the file holds what is known already.
    (folder / "employments.csv").write_text(
        EMPLOYMENTS + "p1,c1,=SUM(A1),2019-02-28,,\np2,c1,Clerk,2012,2013,\n"
    )
    assert changes(await bring(folder), "employments") == {"unchanged": 5}


async def test_a_file_with_refused_rows_withdraws_nothing(bring, folder):
    await bring(folder)
    (folder / "employments.csv").write_text(EMPLOYMENTS.replace("2016,2019", "2016-13,2019"))
    run = await bring(folder)
    assert changes(run, "employments") == {"unchanged": 2}
    assert run.rows.refused == 1


async def test_a_dry_run_says_what_would_happen_and_writes_nothing(bring, engine, folder, send_cypher):
    before = await everything(send_cypher, engine)
    dry = await bring(folder, dry_run=True)
    assert await everything(send_cypher, engine) == before
    wet = await bring(folder)
    assert dry.counts == wet.counts
    assert dry.dry_run and dry.state == "done"
    (folder / "people.csv").write_text(PEOPLE.replace("p3,Anouk Ferri,\n", ""))
    again = await bring(folder, dry_run=True)
    assert any("1 row" in note for note in again.notes)


async def test_an_archive_takes_its_owner_from_profile_and_says_so(bring, tmp_path):
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "x/Connections.csv", f"{CONNECTIONS}Jonas,Reyl,,,Helvion,Dev,08 Feb 2026\n,,,,,,08 Feb 2026\n"
        )
        archive.writestr(
            "x/Profile.csv",
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
            "Twitter Handles,Websites,Instant Messengers\nMira,Okafor,,A Street 1,1 Jan,Networks,,,,Bern,,,\n",
        )
        archive.writestr("x/Skills.csv", "Name\nCables\n")
        archive.writestr("x/index.html", "<html>")
    run = await bring(path, source="linkedin")
    assert run.state == "done"
    assert changes(run, "connections") == {"created": 1}
    assert changes(run, "people") == {"created": 2}
    dry = await bring(path, source="other", dry_run=True)
    assert dry.counts == (await bring(path, source="other")).counts
    assert run.rows.skipped == 1
    assert any("Profile.csv" in note for note in run.notes)
    ignored = {one.file for one in run.ignored if one.column is None}
    assert {"archive.zip/x/Skills.csv", "archive.zip/x/index.html"} <= ignored
    assert {"Birth Date", "Address"} <= {one.column for one in run.ignored}


async def test_an_owner_is_a_url_an_address_or_a_known_id(bring, engine, tmp_path):
    path = tmp_path / "Connections.csv"
    path.write_text(
        f"{CONNECTIONS}Jonas,Reyl,https://linkedin.com/in/jonas-invented,,Helvion,Dev,08 Feb 2026\n"
    )
    run = await bring(path)
    assert run.state == "failed" and "owner" in run.error and run.counts == {}
    run = await bring(path, owner=OWNER)
    assert changes(run, "people") == {"created": 2}
    (row,) = await engine.read("records/resolve", keys=["person:linkedin:mira-invented"])
    by_id = await bring(path, owner=row["properties"]["id"])
    assert changes(by_id, "connections") == {"unchanged": 1}
    for wrong in ("somebody", new_run_id()):
        run = await bring(path, owner=wrong)
        assert run.state == "failed" and "owner" in run.error


async def test_the_owner_of_an_archive_is_one_of_ours_unless_a_human_says_no(bring, engine, tmp_path):
    path = tmp_path / "Connections.csv"
    jonas = "https://www.linkedin.com/in/jonas-invented"
    path.write_text(f"{CONNECTIONS}Jonas,Reyl,{jonas},,Helvion,Dev,08 Feb 2026\n")

    async def member(who):
        (row,) = await engine.read("records/resolve", keys=[f"person:linkedin:{who}"])
        return row["properties"]["name"], row["properties"].get("team_member")

    run = await bring(path, owner=OWNER)
    assert any("team member" in note for note in run.notes)
    assert await member("mira-invented") == ("mira-invented", True)
    assert await member("jonas-invented") == ("Jonas Reyl", None)
    again = await bring(path, owner=OWNER)
    assert not again.notes and changes(again, "people") == {"unchanged": 2}

    # Known as somebody's contact already, and under a name that stays.
    theirs = tmp_path / "theirs" / "Connections.csv"
    theirs.parent.mkdir()
    theirs.write_text(f"{CONNECTIONS}Mira,Okafor,{OWNER},,Saltmarsh,Dev,08 Feb 2026\n")
    await bring(theirs, owner=jonas)
    assert await member("jonas-invented") == ("Jonas Reyl", True)

    by_hand = Source(name="api", dataset="api|people", run="by hand", verified=True)
    jonas_no = Person(identities=(linkedin_identity(jonas),), team_member=False)
    await write_records(engine, by_hand, [Record("person|jonas", (jonas_no,))])
    await bring(theirs, owner=jonas)
    assert await member("jonas-invented") == ("Jonas Reyl", False)


async def test_a_list_of_connections_says_the_same_on_another_day(bring, tmp_path):
    for day in ("first", "later"):
        path = tmp_path / day / "Connections.csv"
        path.parent.mkdir()
        path.write_text(
            f"{CONNECTIONS}Jonas,Reyl,https://linkedin.com/in/jonas-invented,,Helvion,Dev,08 Feb 2025\n"
        )
        stamp = {"first": 1_700_000_000, "later": 1_780_000_000}[day]
        os.utime(path, (stamp, stamp))
        run = await bring(path, owner=OWNER)
    assert changes(run, "employments") == changes(run, "connections") == {"unchanged": 1}
    assert all(counter["updated"] == counter["created"] == 0 for counter in run.counts.values())


async def test_mapped_files_go_in_whatever_comes_first(bring, tmp_path):
    texts = {"assignments.csv": "who,where\nm1,Rules\n", "members.csv": "id,name\nm1,Mira Okafor\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    rules = [
        ("members.csv", "people", {"id": "id", "name": "name"}),
        ("assignments.csv", "companies", {"id": "where", "name": "where"}),
        ("assignments.csv", "employments", {"person_id": "who", "company_id": "where"}),
    ]
    mapping = "".join(
        f'[[files]]\nname = "{file}"\n'
        + "".join(
            f'[[files.rows]]\ninto = "{into}"\n' + "".join(f'cells.{a} = "{b}"\n' for a, b in cells.items())
            for name, into, cells in rules
            if name == file
        )
        for file in texts
    )
    run = await bring(*(tmp_path / name for name in texts), mapping=mapping)
    assert (run.error, run.refused) == (None, ())
    assert changes(run, "employments") == {"created": 1}


async def test_a_row_refused_when_written_is_shown_with_all_its_cells(bring, folder, tmp_path):
    await bring(folder)
    mapping = """
        [[files]]
        [[files.rows]]
        into = "people"
        cells.id = "who"
        cells.name = "name"
        cells.email = "mail"
        [[files.rows]]
        into = "employments"
        cells.person_id = "who"
        cells.company_id = "firm"
        cells.title = "job"
    """
    path = tmp_path / "staff.csv"
    path.write_text("who,name,mail,firm,job,note\np2,Jonas Reyl,mira@northwind.example,c1,Cook,private\n")
    run = await bring(path, mapping=mapping)
    assert run.rows.refused == 1
    with refused_file(tmp_path / "spool", run.id, "staff.refused.csv").open(encoding="utf-8-sig") as stream:
        (row,) = csv.DictReader(stream)
    cells = {"who": "p2", "name": "Jonas Reyl", "mail": "mira@northwind.example", "firm": "c1", "job": "Cook"}
    assert cells.items() <= row.items() and "note" not in row


async def test_a_private_import_serves_its_owner_alone(bring, engine, tmp_path, send_cypher):
    path = tmp_path / "Connections.csv"
    path.write_text(f"{CONNECTIONS}Jonas,Reyl,https://linkedin.com/in/jonas-invented,,,,08 Feb 2026\n")
    await bring(path, owner=OWNER, private=True)
    (owner,) = await engine.read("records/resolve", keys=["person:linkedin:mira-invented"])
    rows = await send_cypher(engine, "MATCH ()-[c:CONNECTED]->() RETURN c.private_to AS private_to")
    assert [row["private_to"] for row in rows] == [[owner["properties"]["id"]]]


async def test_two_parts_of_one_name_are_one_dataset(bring, tmp_path):
    for part, row in (("a", "p1,Mira Okafor\n"), ("b", "p2,Jonas Reyl\n")):
        (tmp_path / part).mkdir()
        (tmp_path / part / "people.csv").write_text(f"id,name\n{row}")
    paths = (tmp_path / "a" / "people.csv", tmp_path / "b" / "people.csv")
    assert changes(await bring(*paths), "people") == {"created": 2}
    assert changes(await bring(*paths), "people") == {"unchanged": 2}


HOSTILE = {
    "wrong.csv": b"a,b,c\n1,2,3\n",
    "empty.csv": b"",
    "people.csv": b"id,name\n",
    "people_missing.csv": b"id,email\n1,a@b.example\n",
    "binary.csv": bytes(range(256)) * 100,
    "picture.csv": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\x01\x02\x03" * 500,
    "utf16.csv": "id,name\n1,Mira\n".encode("utf-16-le"),
    "zeros.csv": b"\0" * 5000,
    "wide.csv": b"id,name," + b",".join(b"c%d" % i for i in range(600)) + b"\n",
    "twice.csv": b"id,name,name\n1,a,b\n",
    "open_quote.csv": b'id,name\n1,"Mira\n2,Jonas\n' * 3 + b'9,"x',
    "half_utf8.csv": b"id,name\n" + "1,Mirä\n".encode() * 40 + b"2,\xc3\n",
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_file_that_cannot_be_what_it_claims_fails_the_run_whole(
    bring, engine, tmp_path, name, send_cypher
):
    good = tmp_path / "companies.csv"
    good.write_text(COMPANIES)
    bad = tmp_path / name
    bad.write_bytes(HOSTILE[name])
    forced = None if name in ("wrong.csv", "empty.csv", "people.csv") else "neutral"
    run = await bring(good, bad, format=forced)
    assert run.state == "failed"
    assert name in run.error
    assert run.counts == {}
    assert await everything(send_cypher, engine) == 0
    with pytest.raises(FileError):
        await check_import(engine, ImportRequest(paths=(good, bad), source="crm", format=forced))


async def test_a_zip_that_is_damaged_or_a_bomb_changes_nothing(bring, engine, tmp_path, send_cypher):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("companies.csv", COMPANIES)
        archive.writestr("people.csv", PEOPLE)
    whole = path.read_bytes()
    for content in (whole.replace(b"Jonas", b"Janos", 1), whole[: len(whole) // 2], whole[:-5]):
        path.write_bytes(content)
        run = await bring(path)
        assert run.state == "failed" and run.error.startswith("a.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", b"\0" * (4 << 20))
    assert (await bring(path)).state == "failed"
    assert (await bring(path, limits=Limits(member=1000))).state == "failed"
    assert await everything(send_cypher, engine) == 0


async def test_an_oversized_cell_refuses_its_row_alone(bring, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(f"id,name\n1,Mira\n2,{'x' * (10 << 20)}\n3,Jonas\n")
    run = await bring(path)
    assert changes(run, "people") == {"created": 2}
    assert [row.line for row in run.refused] == [3]
    assert len(json.dumps(run.as_dict())) < 5000


async def test_a_file_of_refused_rows_only_fails_and_lists_them(bring, tmp_path):
    path = tmp_path / "employments.csv"
    path.write_text("person_id,company_id,started\np1,c1,2019-02-31\n")
    run = await bring(path)
    assert run.state == "failed" and run.error
    assert len(run.refused) == 1 and run.refused_files == ("employments.refused.csv",)


async def test_a_missing_file_and_an_impossible_request_say_so(bring, tmp_path):
    run = await bring(tmp_path / "gone.csv")
    assert run.state == "failed" and "gone.csv" in run.error
    for wrong in ({"source": " "}, {"source": "a|b"}, {"date_order": "sideways"}):
        with pytest.raises(FileError):
            await bring(tmp_path / "gone.csv", **wrong)


async def test_uploads_are_deleted_and_refused_rows_kept(engine, tmp_path):
    spool = Spool(tmp_path / "spool", new_run_id())
    path = spool.upload_path(0, "../../../people.csv")
    assert path.parent == spool.folder / "uploads" / "0"
    path.write_text("id,name,email\n1,Mira,\n2,Jonas,not an address\n")
    request = ImportRequest(paths=(path,), source="crm", uploaded=True)
    run_id = await record_run(engine, request, spool_dir=spool.root, run_id=spool.run)
    queued = await read_run(engine, run_id)
    assert queued.state == "queued" and queued.files == ("people.csv",)
    run = await start_run(engine, run_id, spool_dir=spool.root)
    assert run.state == "done"
    assert not path.exists() and not (spool.folder / "request.json").exists()
    assert set(spool.refused_files()) == {"people.refused.csv"}
    assert await start_run(engine, run_id, spool_dir=spool.root) is None
    assert await resume_runs(engine, spool.root) == []


async def test_runs_are_listed_newest_first_page_by_page(bring, engine, folder):
    made = [(await bring(folder)).id for _ in range(3)]
    page = await list_runs(engine, first=2)
    assert [run.id for run in page.runs] == made[:0:-1] and page.has_next
    last = page.runs[-1]
    rest = await list_runs(engine, first=2, after=(last.created_at, last.id))
    assert [run.id for run in rest.runs] == made[:1] and not rest.has_next


async def test_an_engine_that_goes_away_leaves_the_run_to_be_resumed(engine, folder, tmp_path, monkeypatch):
    request = ImportRequest(paths=(folder,), source="crm")

    async def gone(*_, **__):
        raise EngineUnavailable("away")

    with monkeypatch.context() as broken:
        broken.setattr(loading, "write_records", gone)
        with pytest.raises(EngineUnavailable):
            await run_import(engine, request, spool_dir=tmp_path / "spool")
    (run,) = await resume_runs(engine, tmp_path / "spool")
    assert run.state == "done" and changes(run, "people") == {"created": 3}


async def test_a_defect_fails_the_run_without_quoting_rows(engine, folder, tmp_path, monkeypatch, caplog):
    async def broken(*_, **__):
        raise KeyError((folder / "people.csv").read_text())

    monkeypatch.setattr(loading, "write_records", broken)
    run = await run_import(engine, ImportRequest(paths=(folder,), source="crm"), spool_dir=tmp_path / "spool")
    assert run.state == "failed" and "KeyError" in run.error
    assert "Okafor" not in run.error + caplog.text and "KeyError" in caplog.text


async def test_a_file_that_refers_to_nobody_known_is_a_failure_that_says_why(
    bring, engine, tmp_path, send_cypher
):
    path = tmp_path / "employments.csv"
    path.write_text("person_id,company_id,started\nq9,c9,2019-02\n")
    run = await bring(path)
    assert run.state == "failed"
    assert "No row could be imported" in run.error
    assert [(row.line, row.file) for row in run.refused] == [(2, "employments.csv")]
    assert await everything(send_cypher, engine) <= 1
