"""`liaison suppress`, `erase` and `retention`, on an engine lent by the test."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

import pytest

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.facts import Interaction
from graph.model.identities import email_identity
from graph.model.records import Record, Source
from graph.privacy.keys import claim_privacy_key
from graph.records.people import people_by_keys
from graph.records.writing import write_records
from service.cli import privacy
from service.settings import Settings


def person(name: str, **said) -> Person:
    return Person(identities=(email_identity(f"{name.lower()}@x.example"),), name=f"{name} Person", **said)


@pytest.fixture
async def lent(embedded_engine, empty_graph, monkeypatch, tmp_path):
    """The commands' engine, with people of whom Old last wrote long ago."""
    await empty_graph(embedded_engine)
    embedded_engine.privacy_key = b"a key of the tests, long enough to be one"
    await claim_privacy_key(embedded_engine)

    @asynccontextmanager
    async def opened(settings=None):
        yield embedded_engine

    monkeypatch.setattr(privacy, "opened", opened)
    monkeypatch.setattr("service.settings.load_settings", lambda: Settings(data_dir=tmp_path))
    ours, old, new = person("Ours", team_member=True), person("Old"), person("New")
    wrote = Interaction(a=ours, b=old, channel="mail", received=2, last_on=PartialDate(2019, 5))
    records = [Record("o", (ours,)), Record("old", (old, ours), (wrote,)), Record("new", (new,))]
    await write_records(embedded_engine, Source(name="crm", dataset="d", run="1"), records)
    return embedded_engine


async def names(engine) -> set[str]:
    keys = [f"person:email:{name}@x.example" for name in ("ours", "old", "new")]
    return {view.name.split()[0] for view in (await people_by_keys(engine, keys)).values()}


async def test_retention_lists_then_deletes(lent):
    due = (await privacy._retention(apply=False))["due"]
    assert [(one["name"], one["dueOn"]) for one in due] == [("Old Person", "2022-05-31")]
    assert json.dumps(due)
    assert await names(lent) == {"Ours", "Old", "New"}
    assert (await privacy._retention(apply=True))["deleted"] == 1
    assert await names(lent) == {"Ours", "New"}
    assert (await privacy._retention(apply=False))["due"] == []


async def test_a_list_in_a_file_is_suppressed(lent, tmp_path, capsys):
    listed = tmp_path / "objectors.txt"
    listed.write_text("# asked by mail\n\nnew@x.example\nhttps://www.linkedin.com/in/nobody  # by phone\n")
    texts = privacy._read([str(listed), "third@x.example"])
    assert texts == ["new@x.example", "https://www.linkedin.com/in/nobody", "third@x.example"]
    with pytest.raises(Exception, match="1") as stopped:
        await privacy._suppress(texts, erase_stored=False)
    assert stopped.value.exit_code == 1 and "--erase-stored" in capsys.readouterr().err
    assert await names(lent) == {"Ours", "Old", "New"}
    assert await privacy._suppress(texts, erase_stored=True) == {"suppressed": 3, "erased": 1}
    assert await names(lent) == {"Ours", "Old"}
    assert await privacy._lift(["third@x.example"]) == {"lifted": 1}
    with pytest.raises(Exception, match="2"):
        await privacy._suppress(["New Person"], erase_stored=True)


async def test_erasing_by_reference(lent):
    erased = await privacy._erase("old@x.example", yes=True)
    assert erased["records"] == 1
    assert await names(lent) == {"Ours", "New"}
    rows = await lent.read("privacy/remains")
    assert rows == [{"erasures": 0}]
