"""The commands as a person and as a script uses them, against a running engine."""

import asyncio
import csv
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from graph.engine import Engine
from importers.archives import Ignored
from service.cli import run
from service.cli.imports import ignored_lines
from service.cli.output import as_sentence
from service.settings import load_settings

PEOPLE = [
    ("id", "name", "email", "team_member"),
    ("1", "Ada Invented", "ada@invented.example", "true"),
    ("2", "Bo Twin", "bo@invented.example", ""),
    ("3", "Bo Twin", "other.bo@invented.example", ""),
]
COMPANIES = [("id", "name", "domain", "headcount"), ("c", "Helvion AG", "helvion.example", "12")]
JOBS = [
    ("person_id", "company_id", "title", "seniority", "started", "ended", "current"),
    ("1", "c", "Engineer", "", "2015-01", "2019-01", ""),
    ("2", "c", "Chief Executive Officer", "c_level", "2014-01", "", "true"),
]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class Command:
    """Runs a command line in this process, in a thread with an event loop of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.err = ""

    async def __call__(self, *arguments: str, code: int = 0) -> str:
        self._capsys.readouterr()
        got = await asyncio.to_thread(run, arguments)
        out, self.err = self._capsys.readouterr()
        assert got == code, f"exit code {got}: {self.err}"
        assert "Traceback" not in self.err
        return out

    async def json(self, *arguments: str, code: int = 0) -> dict:
        return json.loads(await self(*arguments, "--json", code=code))


@pytest.fixture
async def liaison(embedded_engine: Engine, empty_graph, engine_data_dir: Path, monkeypatch, capsys):
    await empty_graph(embedded_engine)
    for name in [name for name in os.environ if name.startswith("LIAISON_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LIAISON_DATA_DIR", str(engine_data_dir))
    monkeypatch.setenv("COLUMNS", "160")
    load_settings.cache_clear()
    yield Command(capsys)
    load_settings.cache_clear()
    # `serve` sets logging up for its own process.
    structlog.reset_defaults()
    logging.getLogger("strawberry.execution").disabled = False
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if type(one).__name__ != "_ForeignLines"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, rows in (("people", PEOPLE), ("companies", COMPANIES), ("employments", JOBS)):
        with (tmp_path / f"{name}.csv").open("w", newline="") as out:
            csv.writer(out).writerows(rows)
    return tmp_path


async def test_import_then_paths_then_doctor(liaison: Command, folder: Path):
    run_ = await liaison.json("import", str(folder), "--source", "crm")
    assert run_["state"] == "done" and run_["rows"] == {"read": 6, "skipped": 0, "refused": 0}
    assert run_["counts"]["people"]["created"] == 3 and run_["counts"]["employments"]["created"] == 2
    again = await liaison.json("import", str(folder), "--source", "crm")
    assert sum(changes["created"] for changes in again["counts"].values()) == 0

    for target in ("bo@invented.example", "Helvion", "helvion.example"):
        found = await liaison.json("paths", "--to", target)
        assert [person["name"] for person in found["paths"][0]["people"]] == ["Ada Invented", "Bo Twin"]
        assert found["noPath"] is None and found["paths"][0]["why"]
    shown = await liaison("paths", "--to", "bo@invented.example", "--from", "ada@invented.example")
    assert "Ada Invented → Bo Twin" in shown

    told = await liaison.json("doctor")
    assert told.keys() >= {"engine", "version", "uri", "schema", "counts"}
    assert told["counts"]["people"] == 3 and told["counts"]["ties"] == 1
    assert "people" in await liaison("doctor")
    assert (await liaison.json("derive", "--full"))["full"] is True
    assert "0 ties created" in await liaison("derive")


async def test_an_import_is_taken_back(liaison: Command, folder: Path):
    run_ = await liaison.json("import", str(folder), "--source", "crm")
    shown = await liaison("undo", run_["id"], "--dry-run")
    assert "It read 6 records and withdrew 0" in shown
    preview = await liaison.json("undo", run_["id"], "--dry-run")
    assert (preview["read"], preview["withdrawn"], preview["incomplete"]) == (6, 0, False)
    assert (await liaison.json("doctor"))["counts"]["people"] == 3
    assert "6 records removed" in await liaison("undo", run_["id"], "--yes")
    counts = (await liaison.json("doctor"))["counts"]
    assert counts["people"] == counts["ties"] == 0
    await liaison("undo", run_["id"], "--yes", code=2)
    assert "taken back already" in liaison.err
    await liaison("undo", "nothing", "--yes", code=1)
    again = await liaison.json("import", str(folder), "--source", "crm")
    assert again["counts"]["people"]["created"] == 3


async def test_an_ambiguous_name_gives_candidates(liaison: Command, folder: Path):
    await liaison("import", str(folder), "--source", "crm")
    found = await liaison.json("paths", "--to", "bo twin", code=1)
    assert [one["name"] for one in found["candidates"]] == ["Bo Twin", "Bo Twin"] and found["target"] is None
    await liaison("paths", "--to", "Twi", code=1)
    await liaison("paths", "--to", "Nobody Atall", code=1)
    assert "check the spelling" in liaison.err
    assert "helvion" in (await liaison("paths", "--to", "helv", code=1)).lower()


async def test_no_path_is_an_answer(liaison: Command, folder: Path):
    await liaison("import", str(folder), "--source", "crm")
    found = await liaison.json("paths", "--to", "other.bo@invented.example")
    assert found["paths"] == [] and found["noPath"]["text"]
    assert "No warm path" in await liaison("paths", "--to", "other.bo@invented.example")


async def test_refused_rows_are_listed_and_strict_tells_by_its_code(liaison: Command, tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text("id,name,team_member\n1,Ada Invented,true\n2,Bo Invented,perhaps\n")
    out = await liaison("import", str(path), "--source", "crm")
    assert "1 refused" in out and "team_member" in out and "people.refused.csv" in liaison.err
    run_ = await liaison.json("import", str(path), "--source", "crm", "--strict", code=4)
    assert run_["refused"][0]["line"] == 3


async def test_a_dry_run_says_what_would_happen(liaison: Command, folder: Path):
    out = await liaison("import", str(folder), "--source", "crm", "--dry-run")
    assert "Read 6 rows" in out and "Nothing was written" in out
    assert (await liaison.json("doctor"))["counts"]["people"] == 0


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "people.csv", "people.csv"),
        (b"colour,size\nred,1\n", "x.csv", "inspect"),
        (b"\x00\x01" * 50, "people.csv", "people.csv"),
        (b"PK\x03\x04 cut off", "a.zip", "zip"),
        (
            b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,,,\n",
            "Connections.csv",
            "owner",
        ),
    ],
)
async def test_what_cannot_be_imported(
    liaison: Command, tmp_path: Path, content: bytes, name: str, says: str
):
    (tmp_path / name).write_bytes(content)
    run_ = await liaison.json("import", str(tmp_path / name), "--source", "s", code=1)
    assert run_["state"] == "failed" and says in run_["error"]
    assert says in liaison.err and liaison.err.startswith("Error: ")


async def test_inspect_knows_a_file_or_proposes_a_mapping(liaison: Command, folder: Path):
    found = await liaison.json("inspect", str(folder / "people.csv"))
    assert found["files"][0]["format"] == "neutral/people" and found["files"][0]["rows"] == 3
    assert "neutral/people" in await liaison("inspect", str(folder))
    other = folder / "staff.csv"
    other.write_text(
        "Staff no,Full name,Mail\n1,Cy Invented,cy@invented.example\n2,Di Invented,di@invented.example\n"
    )
    mapping = folder / "mapping.toml"
    mapping.write_text(await liaison("inspect", str(other)))
    run_ = await liaison.json("import", str(other), "--source", "hr", "--mapping", str(mapping))
    assert run_["counts"]["people"]["created"] == 2
    other.write_bytes(b"\x00\x01" * 50)
    await liaison("inspect", str(other), code=1)
    await liaison("inspect", str(folder / "nowhere.csv"), code=1)
    assert "Error: " in liaison.err


async def test_several_files_are_inspected_and_a_bad_one_stops_no_other(liaison: Command, folder: Path):
    one = await liaison.json("inspect", str(folder / "people.csv"))
    both = await liaison.json("inspect", str(folder / "people.csv"), str(folder / "companies.csv"))
    assert both["files"][0] == one["files"][0]
    assert [found["format"] for found in both["files"]] == ["neutral/people", "neutral/companies"]
    (folder / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    paths = [str(folder / name) for name in ("cut.zip", "people.csv")]
    bad, good = (await liaison.json("inspect", *paths, code=1))["files"]
    assert bad["file"] == "cut.zip" and "zip" in bad["problem"] and bad["fix"]
    assert good["format"] == "neutral/people"
    await liaison("inspect", *paths, code=1)
    assert liaison.err.count("cut.zip") == 1
    (folder / "people.csv").write_text("id\n1\n")
    await liaison("inspect", str(folder / "people.csv"), code=1)
    assert liaison.err.count("people.csv") == 1 and "required columns: name" in liaison.err


async def test_a_file_is_called_by_its_own_name(liaison: Command, folder: Path):
    (folder / "staff.xlsx").write_bytes(b"no workbook")
    for command in (("inspect",), ("import", "--source", "s")):
        await liaison(*command, str(folder / "staff.xlsx"), code=1)
        assert "staff.xlsx" in liaison.err and "Staff.xlsx" not in liaison.err


def test_a_message_begins_with_a_capital_and_a_file_name_as_it_is_written():
    for name in (
        "people.xlsx: it is cut off",
        "my people.xlsx/Sheet 1: bad",
        "exports: there is no CSV file",
    ):
        assert as_sentence(name) == name
    assert as_sentence("/tmp/out.md exists: name a new file") == "/tmp/out.md exists: name a new file"
    for text in ("nothing was imported. people.csv: bad", "no opportunity is “x”. There are: y"):
        assert as_sentence(text) == "N" + text[1:]


def test_what_is_ignored_takes_a_line_a_file_and_ends_with_a_number():
    columns = [Ignored("a.csv", "not a column that is read", f"c{at}") for at in range(10)]
    files = [Ignored(f"{at}.pdf", "not a CSV file") for at in range(30)]
    lines = ignored_lines([*columns, *files])
    assert lines[0] == (
        "Ignored: a.csv: columns c0, c1, c2, c3, c4, c5, c6, c7 and 2 more: not a column that is read."
    )
    assert lines[1] == "Ignored: 0.pdf: not a CSV file."
    assert lines[-1] == "… and 11 more (--json)." and len(lines) == 21
    assert ignored_lines(columns[:1]) == ["Ignored: a.csv: column c0: not a column that is read."]


async def test_a_list_that_cannot_be_imported_again_is_not_said_to_be(liaison: Command, tmp_path: Path):
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEMAIL:{}\nEND:VCARD\n"
    path = tmp_path / "contacts.vcf"
    path.write_text(
        card.format("Ada Invented", "ada@invented.example") + card.format("Bo Invented", "bo at home")
    )
    owner = ("--owner", "own@invented.example")
    await liaison("import", str(path), "--source", "phone", *owner)
    assert "To look up in the program it came from: " in liaison.err and "fix and import" not in liaison.err
    (listed,) = re.findall(r"/\S*contacts\.to-look-up\.csv", liaison.err)
    assert [row["line"] for row in rows_of(Path(listed))] == ["6"]


async def test_the_same_sentence_is_not_said_twice(liaison: Command, tmp_path: Path):
    path = tmp_path / "people.csv"
    path.write_text("id,name\nonly-one-cell\n")
    run_ = await liaison.json("import", str(path), "--source", "s", code=1)
    assert "The row has 1 cell where" in run_["error"] and run_["notes"] == []


async def test_keys(liaison: Command, folder: Path, monkeypatch):
    assert "no key yet" in await liaison("key", "list")
    made = await liaison.json("key", "create", "--role", "admin", "--name", "ops")
    assert made["key"].startswith("liaison_")
    assert made["key"] not in await liaison("key", "list")
    await liaison("key", "create", "--role", "plugin", "--name", "crm", "--grant", "upsertPerson")
    assert liaison.err.startswith("Keep it now")
    await liaison("import", str(folder), "--source", "crm")
    member = await liaison.json(
        "key", "create", "--role", "member", "--name", "a", "--member", "ada@invented.example"
    )
    assert member["role"] == "member"
    listed = (await liaison.json("key", "list"))["keys"]
    assert [key["role"] for key in listed] == ["admin", "plugin", "member"]
    monkeypatch.setenv("COLUMNS", "80")
    shown = await liaison("key", "list")
    assert max(map(len, shown.splitlines())) <= 80
    assert all(key["id"] in shown and key["prefix"] in shown for key in listed)
    await liaison("key", "revoke", "crm")
    assert (await liaison.json("key", "list"))["keys"][1]["revoked"]
    for wrong, code, says in (
        (("--role", "boss", "--name", "x"), 2, "admin, member, plugin"),
        (("--role", "plugin", "--name", "x", "--grant", "setTeamMember"), 2, "cannot be granted"),
        (("--role", "member", "--name", "x"), 1, "--member"),
        (("--role", "member", "--name", "x", "--member", "bo@invented.example"), 1, "team member"),
    ):
        await liaison("key", "create", *wrong, code=code)
        assert says in liaison.err
    await liaison("key", "revoke", "nothing", code=1)


async def test_no_engine_is_exit_code_3(liaison: Command, monkeypatch):
    monkeypatch.setenv("LIAISON_NEO4J_URI", "bolt://127.0.0.1:9")
    load_settings.cache_clear()
    for command in (("doctor",), ("paths", "--to", "x"), ("derive",), ("serve", "--port", "0")):
        await liaison(*command, code=3)
        assert "bolt://127.0.0.1:9" in liaison.err and "Error: " in liaison.err


async def test_settings_that_cannot_be_used_are_exit_code_2(liaison: Command, monkeypatch):
    monkeypatch.setenv("LIAISON_ENGINE_MEMORY", "plenty")
    load_settings.cache_clear()
    await liaison("doctor", code=2)
    assert "LIAISON_ENGINE_MEMORY" in liaison.err and "plenty" not in liaison.err


async def test_wrong_usage_is_exit_code_2(liaison: Command):
    for wrong in (
        ("nonsense",),
        ("import",),
        ("paths",),
        ("paths", "--to", "x", "--first", "0"),
        ("serve", "--port", "x"),
    ):
        await liaison(*wrong, code=2)


async def test_a_port_that_is_taken(liaison: Command):
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    async with server:
        await liaison("serve", "--port", str(server.sockets[0].getsockname()[1]), code=2)
    assert "choose another" in liaison.err


async def test_the_schema_is_checked(liaison: Command, tmp_path: Path):
    text = await liaison("schema")
    assert "warmPaths(" in text
    path = tmp_path / "schema.graphql"
    await liaison("schema", "--check", str(path), code=1)
    path.write_text(text)
    await liaison("schema", "--check", str(path))
    path.write_text(text.replace("warmPaths", "coldPaths"))
    await liaison("schema", "--check", str(path), code=1)


COMMITTEE = {
    "people": [
        ("id", "name", "email", "headline", "team_member"),
        ("1", "Ida Ours", "ida@invented.example", "", "true"),
        ("2", "Ann Money", "ann@invented.example", "CFO", ""),
        ("3", "Bea Friend", "bea@invented.example", "Operations manager", ""),
        ("4", "Carl Against", "carl@invented.example", "Head of IT", ""),
    ],
    "companies": [("id", "name", "domain"), ("c", "Helvion AG", "helvion.example")],
    "opportunities": [
        ("id", "name", "company_id", "stage", "closes_on", "amount"),
        ("o", "Rollout [2026]", "c", "proposal", "2027-01-31", "250000"),
        ("p", "Empty", "c", "", "", ""),
        ("q", "Rollout two", "c", "", "", ""),
    ],
    "committee": [
        ("opportunity_id", "person_id", "influence", "roles"),
        ("o", "2", "high", "economic_buyer"),
        ("o", "3", "medium", "user_buyer"),
        ("o", "4", "high", "technical_buyer"),
    ],
    "alliances": [
        ("from_id", "to_id", "kind", "sign", "strength", "opportunity_id"),
        ("1", "3", "friendship", "+", "0.9", ""),
        ("2", "3", "mentoring", "+", "0.4", "o"),
        ("3", "4", "rivalry", "-", "0.4", "o"),
    ],
    "observations": [
        ("opportunity_id", "about_id", "value", "source", "informant_id", "reliability", "on", "evidence"),
        ("o", "3", "0.7", "direct", "", "", "2026-09-01", "said so at lunch"),
        ("o", "4", "-0.8", "direct", "", "", "2026-09-01", ""),
    ],
}


@pytest.fixture
async def deal(liaison: Command, tmp_path: Path) -> Command:
    for name, rows in COMMITTEE.items():
        with (tmp_path / f"{name}.csv").open("w", newline="") as out:
            csv.writer(out).writerows(rows)
    await liaison("import", str(tmp_path), "--source", "deal")
    return liaison


async def test_the_map_of_a_committee(deal: Command, monkeypatch):
    told = await deal("committee", "rollout [")
    for words in ("Ann Money", "Outlook", "Intent", "Red flags", "Ask next", "Plan against Carl Against"):
        assert words in told, told
    assert "Rollout [2026] · Helvion AG · proposal · 250,000 · closes 2027-01-31" in told
    assert "Let Bea Friend speak up" in told and "Ida Ours → Bea Friend" in told and "●" in told
    assert "\x1b" not in told
    answer = await deal.json("committee", "Rollout [2026]")
    assert len(answer["opportunity"]["committee"]) == 3
    assert answer["opponent"]["name"] == "Carl Against" and answer["counterbalance"]
    for width in (60, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        assert max(map(len, (await deal("committee", answer["opportunity"]["id"])).splitlines())) <= width


async def test_a_map_in_colour_and_without(deal: Command, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = await deal("committee", "rollout [")
    assert "\x1b[32m" in coloured and "\x1b[31m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = await deal("committee", "rollout [")
    assert not re.search(r"\x1b\[[0-9;]*(3[0-7]|9[0-7])m", plain), "bold and dim are no colours"
    codes = re.compile(r"\x1b\[[0-9;]*m")
    assert codes.sub("", plain) == codes.sub("", coloured)


async def test_a_committee_without_anybody_and_names_that_do_not_tell(deal: Command, liaison: Command):
    told = await deal("committee", "Empty")
    assert "Nobody sits on this committee yet" in told and "No warm path" in told
    await deal("committee", "Unheard", code=1)
    assert "Rollout" in deal.err and "Empty" in deal.err
    await deal("committee", "rollout", code=1)
    assert "could be several" in deal.err


async def test_no_opportunity_yet(liaison: Command):
    await liaison("committee", "Rollout", code=1)
    assert "opportunities.csv" in liaison.err


def test_a_stance_bar_shows_interval_and_mean():
    from service.cli.committee_map import stance_bar

    assert stance_bar(0, -1, 1, 5) == "──●──"
    assert stance_bar(1, 0.5, 1, 5) == "··│─●"
    assert stance_bar(-0.5, -1, 0.5, 5) == "─●┼─·"


def test_every_command_has_help_and_stands_in_the_documentation():
    import typer.main

    from service.cli import app

    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    listed = re.findall(r"^\| `liaison (\w+).*$", text, re.MULTILINE)
    group = typer.main.get_command(app)
    assert sorted(listed) == sorted(group.commands)
    for name, command in group.commands.items():
        assert command.help or command.short_help, name
        row = next(line for line in text.splitlines() if line.startswith(f"| `liaison {name}"))
        assert all(f"`{part}`" in row for part in getattr(command, "commands", ())), name


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from service.cli import run; run(['--help']); "
        "print([m for m in ('neo4j','fastapi','strawberry','numpy','pydantic') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


async def test_an_access_request_and_who_made_it(liaison: Command, folder: Path, tmp_path: Path):
    run_ = await liaison.json("import", str(folder), "--source", "crm")
    told = await liaison.json("access", "ada@invented.example")
    assert told["person"]["name"] == "Ada Invented"
    assert [fact["other"]["name"] for fact in told["facts"]] == ["Helvion AG"]
    assert (await liaison("access", "ada@invented.example")).startswith("# What is held about Ada Invented")
    out = tmp_path / "ada.md"
    await liaison("access", "ada@invented.example", "--out", str(out))
    assert "Helvion AG" in out.read_text() and out.stat().st_mode & 0o077 == 0
    await liaison("access", "ada@invented.example", "--out", str(out), code=1)
    await liaison("access", "nobody@invented.example", code=1)
    await liaison("paths", "--to", "bo@invented.example")

    about = json.loads(await liaison("audit", "--person", "ada@invented.example", "--json"))
    assert [(one["kind"], one["actions"]) for one in about] == [
        ("shown", ["liaison paths"]),
        ("exported", ["liaison access"]),
        ("exported", ["liaison access"]),
        ("exported", ["liaison access"]),
    ]
    by = json.loads(await liaison("audit", "--by", "command line", "--json"))
    assert ("changed", run_["id"]) in [(one["kind"], one["run"]) for one in by]
    assert by[0]["actions"] == ["liaison audit"], "who looks at the audit of somebody is noted, too"
    assert "ada@invented.example" not in json.dumps(by) and "Ada" not in json.dumps(by)
    assert "liaison access" in await liaison("audit", "--by", "command line")
    await liaison("audit", code=2)
