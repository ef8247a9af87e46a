"""The whole service in one process, on both engines: health, keys, uploads, runs, refused rows, metrics."""

import asyncio
import contextlib
import re
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import structlog

from graph.engine import Engine, EngineUnavailable
from graph.privacy.audit import events_about, events_by
from service.app import create_app
from service.rest.imports import _FIELDS
from service.security.caller import Role
from service.security.keys import NewKey, create_key
from service.settings import Settings

PEOPLE = b"id,name,email\n1,Ada Invented,ada@invented.example\n2,Bo Invented,bo@invented.example\n"
BAD_ROW = b"id,name,email,team_member\n1,Ada Invented,ada@invented.example,\n2,Bo Invented,,perhaps\n"


@dataclass
class Service:
    client: httpx.AsyncClient
    app: object
    key: str
    announced: list[NewKey]

    def auth(self, key: str | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {key or self.key}"}

    async def upload(self, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
        parts = [("file", (name, content, "text/csv")) for name, content in files]
        parts += [(name, (None, value.encode(), "text/plain")) for name, value in fields.items()]
        return await self.client.post("/imports", files=parts, headers=self.auth())

    async def finished(self, run: str) -> dict:
        async with asyncio.timeout(60):
            while True:
                answer = await self.client.get(f"/imports/{run}", headers=self.auth())
                assert answer.status_code == 200
                if answer.json()["state"] in ("done", "failed"):
                    return answer.json()
                await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def serving(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **options):
    """The application on an engine that stays open afterwards."""

    borrowed = _Borrowed(engine)

    async def borrow(_settings):
        await borrowed.read("schema/ping")
        return borrowed

    monkeypatch.setattr("service.app.open_engine", borrow)
    monkeypatch.setattr("service.engine_watch.open_engine", borrow)
    announced: list[NewKey] = []
    settings = Settings(data_dir=tmp_path, **options)
    app = create_app(settings, announce=announced.append)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://liaison", timeout=60) as client:
            yield Service(client, app, announced[0].secret if announced else "", announced)
    structlog.reset_defaults()


class _Borrowed:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.privacy_key = engine.privacy_key or b"a key that only tests use, long enough for one"
        self.down = False

    def __getattr__(self, name: str):
        if self.__dict__["down"] and name in ("read", "write", "transact", "snapshot", "stream"):
            raise EngineUnavailable("the graph engine at bolt://nowhere does not answer")
        return getattr(self._engine, name)

    async def close(self) -> None:
        """It belongs to the tests."""


@pytest.fixture
async def service(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with serving(engine, tmp_path, monkeypatch) as running:
        yield running


async def test_health_and_the_first_key(service: Service, engine: Engine, tmp_path, monkeypatch):
    assert (await service.client.get("/healthz")).json() == {"status": "ok"}
    assert (await service.client.get("/readyz")).status_code == 200
    assert len(service.announced) == 1
    async with serving(engine, tmp_path, monkeypatch) as second:
        assert second.announced == []


async def test_metrics_need_an_admin_key_and_hold_no_ids(service: Service):
    assert (await service.client.get("/metrics")).status_code == 401
    await service.client.get("/imports/0190c0de-0000-7000-8000-000000000000", headers=service.auth())
    answer = await service.client.get("/metrics", headers=service.auth())
    assert 'route="/imports/{id}",status="404"' in answer.text
    assert "0190c0de" not in answer.text and "liaison_engine_up 1.0" in answer.text


async def test_an_upload_becomes_a_run(service: Service, tmp_path: Path):
    answer = await service.upload(("people.csv", PEOPLE), source="crm")
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"] == f"/imports/{answer.json()['id']}"
    run = await service.finished(answer.json()["id"])
    assert run["state"] == "done" and run["progress"] == 1
    assert run["rows"] == {"read": 2, "skipped": 0, "refused": 0}
    assert run["counts"]["people"]["created"] == 2
    again = await service.finished((await service.upload(("people.csv", PEOPLE), source="crm")).json()["id"])
    assert again["counts"]["people"]["created"] == 0 and again["counts"]["people"]["unchanged"] == 2
    assert not list((tmp_path / "spool").rglob("people.csv"))


async def test_refused_rows_come_back_as_csv(service: Service):
    run = await service.finished((await service.upload(("people.csv", BAD_ROW), source="crm")).json()["id"])
    assert run["rows"]["refused"] == 1 and run["counts"]["people"]["created"] == 1
    assert {"file", "line", "column", "reason", "fix"} == run["refused"][0].keys()
    assert run["refused"][0]["line"] == 3
    answer = await service.client.get(f"/imports/{run['id']}/refused.csv", headers=service.auth())
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert "Bo Invented" in answer.text and "Ada" not in answer.text
    other = await service.client.get(
        f"/imports/{run['id']}/refused.csv?file=../request.json", headers=service.auth()
    )
    assert other.status_code == 404


async def test_what_to_do_is_said_in_the_fields_of_the_request(service: Service):
    connections = (
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,C,D,08 Feb 2026\n"
    )
    messages = (
        b"FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE\n"
        b"A,https://www.linkedin.com/in/a,B,https://www.linkedin.com/in/b,2026-06-24 12:43:42 UTC\n"
    )
    for name, content, fields, says in (
        ("Connections.csv", connections, {}, "the field owner"),
        ("other.csv", b"colour,size\nred,1\n", {}, "the field mapping"),
        ("people.csv", b"id,name\n1,A\n", {"encoding": "nonsense"}, "encoding=utf-8"),
        ("people.csv", b"id,name\n1,A\n", {"owner": "nobody"}, "owner=https://"),
        (
            "employments.csv",
            b"person_id,company_id,title,started\n1,c,D,3/4/2021\n",
            {},
            "dateOrder=day-first",
        ),
    ):
        answer = await service.upload((name, content), source="s", **fields)
        assert answer.status_code == 422, answer.text
        assert says in answer.json()["error"]["message"] and "--" not in answer.text
    asked = await service.upload(
        ("messages.csv", messages), source="s", owner="https://www.linkedin.com/in/somebody-else"
    )
    run = await service.finished(asked.json()["id"])
    assert "the field owner" in run["refused"][0]["fix"] and "--owner" not in str(run)
    assert run["refusedFiles"] == ["messages.to-look-up.csv"]
    listed = await service.client.get(f"/imports/{run['id']}/refused.csv", headers=service.auth())
    assert "the field owner" in listed.text and "--owner" not in listed.text


def test_every_field_of_an_upload_is_documented():
    text = (Path(__file__).parents[2] / "docs" / "importing.md").read_text()
    table = text.split("## Over HTTP")[1].split("\n## ")[0]
    first_cells = " ".join(re.findall(r"^\| (.*?) \|", table, re.MULTILINE))
    assert {"file", *_FIELDS} == set(re.findall(r"`(\w+)`", first_cells))
    assert "curl" in table


async def test_a_dry_run_writes_nothing(service: Service, engine: Engine):
    run = await service.finished(
        (await service.upload(("people.csv", PEOPLE), source="crm", dryRun="true")).json()["id"]
    )
    assert run["dryRun"] is True and run["counts"]["people"]["created"] == 2
    assert await engine.read("people/by_keys", keys=["person:email:ada@invented.example"]) == []


@pytest.mark.parametrize(
    ("files", "fields", "status", "says"),
    [
        ([], {"source": "crm"}, 400, "no file"),
        ([("people.csv", PEOPLE)], {}, 400, "source"),
        ([("people.csv", PEOPLE)], {"source": "crm", "colour": "red"}, 400, "no field"),
        ([("people.csv", PEOPLE)], {"source": "crm", "dryRun": "perhaps"}, 400, "dryRun"),
        ([("people.csv", b"")], {"source": "crm"}, 422, "people.csv"),
        ([("x.csv", b"colour,size\nred,1\n")], {"source": "crm"}, 422, "x.csv"),
        ([("people.csv", b"\x00\x01\x02" * 100)], {"source": "crm"}, 422, "people.csv"),
        ([("a.zip", b"PK\x03\x04 cut off")], {"source": "crm"}, 422, "a.zip"),
        ([("people.csv", PEOPLE)], {"source": "crm", "format": "no/such"}, 422, "format"),
        ([("people.csv", PEOPLE)], {"source": "crm", "dateOrder": "backwards"}, 422, "date order"),
        ([("people.csv", PEOPLE)], {"source": "crm", "mapping": "not = [toml"}, 422, "mapping"),
        ([("people.csv", PEOPLE)], {"source": "crm", "owner": "somebody"}, 422, "owner"),
        (
            [
                (
                    "Connections.csv",
                    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,,,\n",
                )
            ],
            {"source": "li"},
            422,
            "owner",
        ),
    ],
)
async def test_what_is_wrong_at_once_is_a_clear_4xx(service: Service, tmp_path, files, fields, status, says):
    answer = await service.upload(*files, **fields)
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert says in error["message"] and error["requestId"] == answer.headers["X-Request-Id"]
    assert not [path for path in (tmp_path / "spool").rglob("*") if path.is_file()]


async def test_a_run_cut_off_is_taken_up_at_the_next_start(engine: Engine, tmp_path: Path, monkeypatch):
    from importers.runs import ImportRequest, record_run

    path = tmp_path / "people.csv"
    path.write_bytes(PEOPLE)
    run = await record_run(engine, ImportRequest(paths=(path,), source="crm"), spool_dir=tmp_path / "spool")
    async with serving(engine, tmp_path, monkeypatch) as service:
        assert (await service.finished(run))["counts"]["people"]["created"] == 2


async def test_runs_that_are_not_there(service: Service):
    for run in ("0190c0de-0000-7000-8000-000000000000", "nonsense", "..%2f..%2fetc"):
        for tail in ("", "/refused.csv"):
            answer = await service.client.get(f"/imports/{run}{tail}", headers=service.auth())
            assert answer.status_code == 404 and answer.json()["error"]["code"] == "NOT_FOUND"


async def test_every_error_has_one_shape(service: Service):
    for method, path, status in (
        ("GET", "/nowhere", 404),
        ("PUT", "/healthz", 405),
        ("GET", "/imports/x", 401),
    ):
        answer = await service.client.request(method, path)
        assert answer.status_code == status
        assert answer.json()["error"].keys() >= {"code", "message", "requestId"}


async def test_an_upload_over_its_limit(engine: Engine, tmp_path: Path, monkeypatch):
    async with serving(engine, tmp_path, monkeypatch, max_upload_bytes=2048) as service:
        answer = await service.upload(("people.csv", PEOPLE + b"x" * 4096), source="crm")
        assert answer.status_code == 413 and answer.json()["error"]["limit"] == "upload"
        assert not list((tmp_path / "spool").iterdir())


async def test_an_engine_that_goes_away_and_comes_back(service: Service):
    watch = service.app.state.services.watch
    watch._engine.down = True
    assert (await service.client.get("/readyz")).status_code == 503
    assert (await service.client.get("/healthz")).status_code == 200
    await watch.look()
    assert not watch.up
    answer = await service.client.get("/imports/x", headers=service.auth())
    assert answer.status_code == 503 and answer.json()["error"]["code"] == "ENGINE_UNAVAILABLE"
    watch._engine.down = False
    await watch.look()
    assert watch.up and (await service.client.get("/readyz")).status_code == 200


async def test_uploads_and_refused_rows_are_audited(service: Service, engine: Engine):
    run = (await service.upload(("people.csv", BAD_ROW), source="crm")).json()["id"]
    await service.finished(run)
    await service.client.get(f"/imports/{run}/refused.csv", headers=service.auth())
    made = await service.client.get(f"/imports/{run}/refused.csv", headers=service.auth("liaison_wrong"))
    assert made.status_code == 401
    key = await create_key(engine, name="plug", role=Role.PLUGIN)
    for path in (f"/imports/{run}", f"/imports/{run}/refused.csv"):
        assert (await service.client.get(path, headers=service.auth(key.secret))).status_code == 403
    query = {"query": '{ peopleByRef(refs: [{email: "ada@invented.example"}]) { person { id } } }'}
    answer = await service.client.post("/graphql", json=query, headers=service.auth(key.secret))
    ada = answer.json()["data"]["peopleByRef"][0]["person"]["id"]
    await service.app.state.services.audit.flush()
    admin = service.announced[0].id
    mine = [(one.kind, one.outcome, one.actions, one.run) for one in await events_by(engine, admin)]
    assert mine == [
        ("exported", "done", ("GET /imports/{id}/refused.csv",), run),
        ("changed", "done", ("POST /imports",), run),
    ]
    theirs = [(one.kind, one.outcome, one.actions) for one in await events_by(engine, key.id)]
    assert theirs == [
        ("shown", "done", ("Query.peopleByRef",)),
        ("shown", "refused", ("GET /imports/{id}/refused.csv",)),
        ("shown", "refused", ("GET /imports/{id}",)),
    ]
    assert [one.actor for one in await events_about(engine, ada)] == [key.id]
