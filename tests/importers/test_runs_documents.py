"""Address books, mailboxes and calendars on an engine: what they make, again, resumed, dry, and in a zip."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph.engine.errors import EngineUnavailable
from importers import loading
from importers.runs import ImportRequest, resume_runs, run_import

FIXTURES = Path(__file__).parent / "fixtures"
FILES = tuple(
    FIXTURES / name
    for name in (
        "google/contacts/contacts.csv",
        "outlook/german/contacts.csv",
        "vcard/v30_apple/Contacts.vcf",
        "mailbox/gmail/All mail Including Spam and Trash.mbox",
        "calendar/google/mira.berg@example.org.ics",
    )
)
OWNER = "mira.berg@example.org"
CONTACT = """
MATCH (:Identity {key: 'person:email:mira.berg@example.org'})-[:IDENTIFIES]->(a:Person)-[r:INTERACTED]-(b:Person)
RETURN b.name AS name, r.channel AS channel, r.sent AS sent, r.received AS received, r.last_on AS last_on,
       startNode(r) = a AS forth
ORDER BY name, channel
"""


def request(*paths: Path, **more) -> ImportRequest:
    return ImportRequest(paths=paths or FILES, source="mira", owner=OWNER, **more)


async def contacts(engine, send_cypher):
    found = []
    for row in await send_cypher(engine, CONTACT):
        sent, received = (row["sent"], row["received"]) if row["forth"] else (row["received"], row["sent"])
        found.append((row["name"], row["channel"], sent, received, row["last_on"]))
    return found


def mail(sender: str, receiver: str, day: int = 5) -> str:
    on = f"Date: Mon, {day} Jan 2026 09:00:00 +0000"
    return f"From - x\nFrom: {sender}\nTo: {receiver}\n{on}\n\nx\n\n"


EXPECTED = [
    ("Jonas Lind", "email", 1, 1, "2026-01-09"),
    ("Jonas Lind", "meeting", 7, 8, "2026-02-23"),
    ("Zoé Lefèvre", "email", 1, 0, "2026-01-08"),
    ("Zoé Lefèvre", "meeting", 0, 1, "2026-02-10"),
    ("late@example.org", "meeting", 6, 0, "2026-02-23"),
]


async def test_all_kinds_together_make_people_and_contact(engine, send_cypher, tmp_path):
    run = await run_import(engine, request(), spool_dir=tmp_path)
    assert run.state == "done", run.error
    assert run.counts["interactions"]["created"] == 5
    found = await contacts(engine, send_cypher)
    assert [(name.replace("Jonas Erik Olof Lind", "Jonas Lind"), *rest) for name, *rest in found] == EXPECTED
    rows = await send_cypher(engine, "MATCH (p:Person) RETURN count(p) AS people")
    assert run.counts["people"]["created"] == rows[0]["people"]
    ties = await send_cypher(
        engine, "MATCH (:Person)-[t:TIE]-(p:Person) WHERE p.name STARTS WITH 'Jonas' RETURN t.kinds AS kinds"
    )
    assert [tie["kinds"] for tie in ties] == [["Interactions"]]
    again = await run_import(engine, request(), spool_dir=tmp_path)
    changes = {name: sum(kind[name] for kind in again.counts.values()) for name in ("created", "withdrawn")}
    assert again.state == "done" and changes == {"created": 0, "withdrawn": 0}


async def test_two_folders_of_a_mailbox_add_to_each_other(engine, send_cypher, tmp_path):
    anna = "Anna Roth <anna@example.org>"
    for name, (sender, receiver, times) in {"Inbox": (anna, OWNER, 3), "Sent": (OWNER, anna, 5)}.items():
        letters = [mail(sender, receiver, day) for day in range(1, times + 1)]
        (tmp_path / f"{name}.mbox").write_text("".join(letters))
    for _ in range(2):
        run = await run_import(engine, request(tmp_path / "Inbox.mbox"), spool_dir=tmp_path / "spool")
        run = await run_import(engine, request(tmp_path / "Sent.mbox"), spool_dir=tmp_path / "spool")
        assert run.state == "done", run.error
        assert await contacts(engine, send_cypher) == [("Anna Roth", "email", 5, 3, "2026-01-05")]


async def test_known_addresses_of_the_owner_tell_what_is_theirs(engine, send_cypher, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(
        "id,name,email,linkedin_url\n1,Mira Berg,mira.berg@example.org;mira@old.example,https://www.linkedin.com/in/mira\n"
    )
    run = await run_import(engine, ImportRequest(paths=(people,), source="hr"), spool_dir=tmp_path)
    assert run.state == "done", run.error
    box = tmp_path / "mail.mbox"
    box.write_text(mail("Anna Roth <anna@example.org>", "mira@old.example"))
    asked = ImportRequest(paths=(box,), source="mail", owner="https://www.linkedin.com/in/mira")
    run = await run_import(engine, asked, spool_dir=tmp_path)
    assert run.state == "done", run.error
    assert await contacts(engine, send_cypher) == [("Anna Roth", "email", 0, 1, "2026-01-05")]
    stranger = ImportRequest(paths=(box,), source="mail", owner="https://www.linkedin.com/in/somebody")
    run = await run_import(engine, stranger, spool_dir=tmp_path)
    assert run.state == "failed" and "address of the owner" in run.error


async def test_a_takeout_is_read_in_its_zip_and_a_dry_run_writes_nothing(engine, send_cypher, tmp_path):
    takeout = tmp_path / "takeout.zip"
    with zipfile.ZipFile(takeout, "w") as packed:
        for path in FILES:
            packed.write(path, f"Takeout/{path.parent.parent.name}/{path.name}")
        packed.writestr("Takeout/archive_browser.html", "<html>")
    run = await run_import(engine, request(takeout, dry_run=True), spool_dir=tmp_path)
    assert run.state == "done", run.error
    assert run.counts["interactions"]["created"] == 5 and run.rows.read == 27
    assert await contacts(engine, send_cypher) == []


@pytest.mark.parametrize("batch", [1, 2])
async def test_batches_of_any_size_say_the_same(engine, send_cypher, tmp_path, monkeypatch, batch):
    monkeypatch.setattr(loading, "BATCH", batch)
    run = await run_import(engine, request(*FILES[2:]), spool_dir=tmp_path)
    assert run.state == "done", run.error
    assert len(await contacts(engine, send_cypher)) == 5


async def test_an_interrupted_reading_is_taken_up_where_it_was(engine, send_cypher, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 3)
    write, left = loading.write_records, 4

    async def breaking(*args, **more):
        nonlocal left
        left -= 1
        if left < 0:
            raise EngineUnavailable("the engine went away")
        return await write(*args, **more)

    monkeypatch.setattr(loading, "write_records", breaking)
    with pytest.raises(EngineUnavailable):
        await run_import(engine, request(), spool_dir=tmp_path)
    assert len(await contacts(engine, send_cypher)) < 5
    monkeypatch.setattr(loading, "write_records", write)
    (run,) = await resume_runs(engine, tmp_path)
    assert run.state == "done", run.error
    assert run.counts["interactions"]["created"] == 5 and run.rows.read == 27
    assert len(await contacts(engine, send_cypher)) == 5


async def test_what_cannot_be_read_is_listed_and_the_rest_goes_in(engine, tmp_path):
    run = await run_import(engine, request(FIXTURES / "vcard/hostile/contacts.vcf"), spool_dir=tmp_path)
    assert run.state == "done", run.error
    assert run.counts["people"]["created"] == 3  # the owner is one of them
    assert [(row.line, row.column) for row in run.refused] == [
        (8, ""),
        (12, ""),
        (17, "EMAIL"),
        (22, "ORG"),
        (28, "ORG"),
        (33, ""),
    ]
    assert run.refused_files == ("contacts.to-look-up.csv",)
