"""Exports over HTTP and by command: what they hold, for whom, how they are audited, and that nothing is half there."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from graph.engine import Engine
from graph.model.committee import Observation, Opportunity
from graph.model.committee_facts import About, HeardIn, Seat, SoughtAt
from graph.model.dates import PartialDate, Spell
from graph.model.entities import Company, Person
from graph.model.facts import Alliance, Connection, Employment
from graph.model.identities import Identity, email_identity
from graph.model.records import Record, Source
from graph.privacy.audit import EXPORTED, REFUSED, events_by
from graph.records.people import people_by_keys
from graph.records.writing import write_records
from graph.ties import derive
from service.exports import tables
from service.exports.sheets import appearing, sheet
from service.exports.tables import COMMITTEE_COLUMNS, CONTACT_COLUMNS, PATH_COLUMNS
from service.security.caller import Role
from service.security.keys import create_key
from tests.conftest import send
from tests.service.test_cli_commands import Command, liaison  # noqa: F401
from tests.service.test_rest_service import Service, service  # noqa: F401

HELVION = Company(identities=(Identity("company", "crm", "c"),), name="Helvion")
DEAL = Opportunity(identities=(Identity("opportunity", "crm", "d"),), name="Renewal")


def person(name: str, **more) -> Person:
    return Person(identities=(email_identity(f"{name.lower()}@mail.example"),), name=name, **more)


MIRA, NINA = person("Mira", team_member=True), person("Nina", team_member=True)
VERA, NILS, OTTO, HIDA = person("Vera", headline="=1+1"), person("Nils"), person("Otto"), person("Hida")


async def known(engine: Engine) -> dict[str, str]:
    """Mira knows Vera (of whom Nils is an ally), Nils and Otto, who objected; Nina alone knows Hida."""
    day = PartialDate(2026, 5)
    post = Employment(
        person=VERA, company=HELVION, title="CTO", seniority="c_level", spell=Spell(day, None, True)
    )
    note = Observation(
        identities=(Identity("observation", "crm", "1"),), value=-0.8, on=day, source="direct", author="crm"
    )
    facts = [
        SoughtAt(opportunity=DEAL, company=HELVION),
        post,
        *(Connection(a=MIRA, b=each, on=day) for each in (VERA, NILS, OTTO)),
        *(Seat(person=each, opportunity=DEAL) for each in (VERA, NILS, OTTO)),
        Alliance(a=NILS, b=VERA, kind="friendship", strength=0.9, evidence="Sworn friends"),
        Alliance(a=OTTO, b=VERA, kind="rivalry", strength=0.9),
    ]
    people = (MIRA, NINA, VERA, NILS, OTTO, HELVION, DEAL)
    records = [Record(f"n {n}", (one,)) for n, one in enumerate(people)]
    records += [Record(f"f {n}", one.ends(), (one,)) for n, one in enumerate(facts)]
    heard = (About(observation=note, person=VERA), HeardIn(observation=note, opportunity=DEAL))
    records.append(Record("note", (note, VERA, DEAL), heard))
    await write_records(engine, Source(name="crm", dataset="crm", run="r"), records)
    names = ("mira", "nina", "vera", "nils", "otto", "hida")
    nina = await ids(engine, ("nina",))
    hidden = Source(name="book", dataset="book", run="r", private_to=nina["nina"])
    met = Connection(a=NINA, b=HIDA, on=day)
    await write_records(engine, hidden, [Record("h", (HIDA, NINA), (met,))])
    found = await ids(engine, names)
    await send(engine, "MATCH (p:Person {id: $id}) SET p.objected = true", id=found["otto"])
    await derive(engine, full=True)
    return found


async def ids(engine: Engine, names: tuple[str, ...]) -> dict[str, str]:
    views = await people_by_keys(engine, [f"person:email:{name}@mail.example" for name in names])
    return {view.name.lower(): view.id for view in views.values()}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets need the byte order mark"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


async def get(service: Service, path: str, key: str | None = None, status: int = 200) -> bytes:  # noqa: F811
    answer = await service.client.get(path, headers=service.auth(key))
    assert answer.status_code == status, answer.text
    return answer.content


async def audited(service: Service, engine: Engine, actor: str):  # noqa: F811
    await service.app.state.services.audit.flush()
    return [one for one in await events_by(engine, actor) if one.kind == EXPORTED]


async def deal_id(service: Service) -> str:  # noqa: F811
    answer = await service.client.post(
        "/graphql", json={"query": "{ opportunities { nodes { id } } }"}, headers=service.auth()
    )
    return answer.json()["data"]["opportunities"]["nodes"][0]["id"]


async def test_contacts_are_those_who_may_be_approached(service: Service, engine: Engine):  # noqa: F811
    who = await known(engine)
    nina = await create_key(engine, name="Nina", role=Role.MEMBER, member_id=who["nina"])
    found = {row["name"]: row for row in rows(await get(service, "/exports/contacts.csv"))}
    assert sorted(found) == ["Nils", "Vera"]
    vera = found["Vera"]
    assert tuple(vera) == CONTACT_COLUMNS
    assert (vera["headline"], vera["company"], vera["title"], vera["emails"], vera["known_best_by"]) == (
        "'=1+1",
        "Helvion",
        "CTO",
        "vera@mail.example",
        "Mira",
    )
    assert 0 < float(vera["probability"]) <= 1
    hers = {row["name"]: row for row in rows(await get(service, "/exports/contacts.csv", nina.secret))}
    assert sorted(hers) == ["Hida", "Nils", "Vera"] and hers["Hida"]["known_best_by"] == "Nina"
    (event,) = await audited(service, engine, nina.id)
    assert event.actions == ("GET /exports/contacts.csv",)
    assert set(event.people) == {who[name] for name in ("hida", "nils", "vera", "mira", "nina")}
    await get(service, "/exports/contacts.csv", "liaison_none", 401)


async def test_paths_and_alliances_only_with_the_right(service: Service, engine: Engine):  # noqa: F811
    who = await known(engine)
    blind = await create_key(engine, name="plug", role=Role.PLUGIN)
    path = f"/exports/paths.csv?to={who['vera']}"
    told = rows(await get(service, path))
    assert tuple(told[0]) == PATH_COLUMNS and told[0]["team_member"] == "Mira"
    assert told[0]["target"] == "Vera" and "Otto" not in str(told) and "Hida" not in str(told)
    assert "Sworn" in str(told) or "friend" in str(told)
    untold = str(rows(await get(service, path, blind.secret)))
    assert "friend" not in untold.lower()
    assert rows(await get(service, f"/exports/paths.csv?to={who['otto']}")) == []
    await get(service, "/exports/paths.csv?to=nobody", status=404)
    await get(service, f"{path}&first=99", status=400)
    await get(service, "/exports/paths.csv", status=400)


async def test_a_committee_needs_the_right_to_stances(service: Service, engine: Engine):  # noqa: F811
    who = await known(engine)
    path = f"/exports/committee.csv?opportunity={await deal_id(service)}"
    told = {row["name"]: row for row in rows(await get(service, path))}
    assert sorted(told) == ["Nils", "Vera"] and tuple(told["Vera"]) == COMMITTEE_COLUMNS
    assert float(told["Vera"]["stance"]) < 0 and told["Vera"]["friends"] == "Nils"
    assert told["Vera"]["rivals"] == "", "a rival who objected is not named"
    stances = await create_key(engine, name="a", role=Role.PLUGIN, mutations=["stances:read"])
    assert {row["friends"] for row in rows(await get(service, path, stances.secret))} == {""}
    none = await create_key(engine, name="b", role=Role.PLUGIN)
    await get(service, path, none.secret, 403)
    (event,) = await audited(service, engine, none.id)
    assert event.outcome == REFUSED and not event.people
    (event,) = await audited(service, engine, stances.id)
    assert who["vera"] in event.people and who["otto"] not in event.people
    await get(service, "/exports/committee.csv?opportunity=none", status=404)


async def test_everything_as_a_zip_for_admins_alone(service: Service, engine: Engine):  # noqa: F811
    who = await known(engine)
    member = await create_key(engine, name="Nina", role=Role.MEMBER, member_id=who["nina"])
    await get(service, "/exports/neutral.zip", member.secret, 403)
    with zipfile.ZipFile(io.BytesIO(await get(service, "/exports/neutral.zip"))) as archive:
        people = list(csv.DictReader(io.TextIOWrapper(archive.open("people.csv"), "utf-8")))
        assert not archive.read("people.csv").startswith(b"\xef\xbb\xbf")
        assert "Hida" not in str([archive.read(name) for name in archive.namelist()])
    assert sorted(row["name"] for row in people) == ["Mira", "Nils", "Nina", "Otto", "Vera"]
    assert next(row["headline"] for row in people if row["name"] == "Vera") == "'=1+1"


def check_sheet(path: Path) -> None:
    assert rows(path.read_bytes()) and path.stat().st_mode & 0o777 == 0o600


async def test_commands(liaison: Command, embedded_engine: Engine, tmp_path: Path):  # noqa: F811
    await known(embedded_engine)
    for command in (
        ("contacts",),
        ("paths", "--to", "Vera"),
        ("committee", "Renewal"),
    ):
        out = tmp_path / f"{command[0]}.csv"
        await liaison("export", *command, "--out", str(out))
        check_sheet(out)
        assert "written to" in liaison.err
        await liaison("export", *command, "--out", str(out), code=1)
        assert "exists" in liaison.err
    await liaison("export", "neutral", "--out", str(tmp_path / "all"))
    await liaison("export", "neutral", "--out", str(tmp_path / "all.zip"))
    assert zipfile.is_zipfile(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert sorted(archive.namelist()) == names_in(tmp_path / "all")
    assert names_in(tmp_path) == ["all", "all.zip", "committee.csv", "contacts.csv", "paths.csv"]
    await liaison("export", "contacts", "--out", str(tmp_path / "none" / "x.csv"), code=1)
    assert "no folder" in liaison.err
    await liaison("export", "paths", "--to", "Nobody Known", "--out", str(tmp_path / "y.csv"), code=1)
    await liaison("export", "committee", "Nothing", "--out", str(tmp_path / "y.csv"), code=1)
    assert "y.csv" not in names_in(tmp_path)
    events = [one for one in await events_by(embedded_engine, "command line") if one.kind == EXPORTED]
    assert {one.actions for one in events} == {("liaison export",)} and all(one.people for one in events)


async def test_nothing_is_half_written(tmp_path: Path):
    async def broken():
        yield [["a"]]
        raise OSError(5, "the engine went away")

    with pytest.raises(OSError), appearing(tmp_path / "x.csv") as stream:
        async for chunk in sheet(["column"], broken()):
            stream.write(chunk)
    assert names_in(tmp_path) == []


async def test_what_fails_later_breaks_the_answer_off(service: Service, engine: Engine, monkeypatch):  # noqa: F811
    await known(engine)

    async def pages(*_):
        yield tables.Page([["1"]], frozenset())
        raise RuntimeError("planted")

    monkeypatch.setattr("service.rest.exports.contacts", pages)
    with pytest.raises(RuntimeError):
        await get(service, "/exports/contacts.csv")
