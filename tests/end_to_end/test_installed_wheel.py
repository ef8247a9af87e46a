"""From a built wheel in an environment of its own: key, serve, upload, question, demo; as a new user would."""

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import threading
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PEOPLE = "id,name,email,team_member\n1,Ada Invented,ada@invented.example,true\n2,Bo Invented,bo@invented.example,\n"
COMPANIES = "id,name,headcount\nc,Helvion AG,12\n"
JOBS = (
    "person_id,company_id,title,started,ended\n1,c,Engineer,2015-01,2019-01\n2,c,Director,2014-01,2020-01\n"
)


class Installed:
    """The command as installed from the wheel, away from the source tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "venv" / "bin"
        self.env = {
            name: value for name, value in os.environ.items() if not name.startswith(("LIAISON_", "PYTHON"))
        }
        self.env |= {
            "LIAISON_DATA_DIR": str(folder / "data"),
            "LIAISON_ENGINE_MEMORY": "512m",
            "NO_COLOR": "1",
        }

    def run(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [self.bin / "liaison", *arguments],
            check=False,
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=200,
        )
        assert done.returncode == code, done.stderr[-3000:]
        return done.stdout

    def python(self, code: str) -> str:
        return subprocess.run(
            [self.bin / "python", "-c", code],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel, installed without its dependencies: those are lent by the environment that runs the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ROOT],
        check=True,
        timeout=120,
    )
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    [wheel] = folder.glob("*.whl")
    subprocess.run(
        [*pip, "--python", folder / "venv", "install", "--no-deps", "--no-index", wheel],
        check=True,
        timeout=120,
    )
    [packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Installed(folder)


@pytest.fixture(scope="module")
def key(installed: Installed) -> str:
    """An admin key, made before the first start."""
    made: str = json.loads(installed.run("key", "create", "--role", "admin", "--name", "e2e", "--json"))[
        "key"
    ]
    return made


@pytest.fixture(scope="module")
def service(installed: Installed, key: str) -> Iterator[tuple[str, subprocess.Popen[str], list[str]]]:
    """`liaison serve` on a free port: its address, process and what it printed."""
    process = subprocess.Popen(
        [installed.bin / "liaison", "serve", "--port", "0"],
        cwd=installed.folder,
        env=installed.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    printed: list[str] = []
    assert process.stderr is not None
    reader = threading.Thread(target=lambda: printed.extend(iter(process.stderr.readline, "")), daemon=True)
    reader.start()
    try:
        deadline = time.monotonic() + 120
        while not (found := re.search(r"http://[\d.]+:\d+", "".join(printed))):
            assert process.poll() is None and time.monotonic() < deadline, "".join(printed)
            time.sleep(0.1)
        yield found.group(), process, printed
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        reader.join(5)
        process.stderr.close()


def test_what_is_installed_is_the_wheel(installed: Installed):
    for package in ("service", "graph", "importers", "cypher"):
        where = installed.python(f"import {package}; print({package}.__file__)")
        assert Path(where).is_relative_to(installed.folder)
    assert (
        installed.python("from graph.engine.statements import statement_names as n; print(len(n()) > 50)")
        == "True"
    )


def test_upload_then_ask(service, key: str):
    address, _, printed = service
    assert "first admin key" not in "".join(printed)
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
        assert client.get("/readyz").status_code == 200
        files = [("people.csv", PEOPLE), ("companies.csv", COMPANIES), ("employments.csv", JOBS)]
        answer = client.post(
            "/imports", files=[("file", (name, text)) for name, text in files], data={"source": "crm"}
        )
        assert answer.status_code == 202, answer.text
        run = finished(client, answer.json()["id"])
        assert run["state"] == "done" and run["counts"]["people"]["created"] == 2, run
        who = ask(client, '{ peopleByRef(refs: [{email: "bo@invented.example"}]) { person { id name } } }')
        bo = who["peopleByRef"][0]["person"]
        paths = ask(
            client,
            "query($id: ID!) { warmPaths(input: {target: {personId: $id}}) { paths { score why people { name } } } }",
            id=bo["id"],
        )["warmPaths"]["paths"]
        assert [person["name"] for person in paths[0]["people"]] == ["Ada Invented", "Bo Invented"]
        assert 0 < paths[0]["score"] <= 1 and "Helvion" in paths[0]["why"]


def finished(client: httpx.Client, run: str) -> dict:
    deadline = time.monotonic() + 60
    while True:
        found: dict = client.get(f"/imports/{run}").json()
        if found["state"] in ("done", "failed"):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.1)


def ask(client: httpx.Client, query: str, **variables: str) -> dict:
    answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
    assert "errors" not in answer, answer
    data: dict = answer["data"]
    return data


def test_a_real_server_counts_a_stream(service, key: str):
    address, _, _ = service

    def endless():
        for _ in range(300):
            yield b"x" * 1024

    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {key}"}) as client:
        answer = client.post("/graphql", content=endless())
        assert answer.status_code == 413
        assert answer.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"
        assert "server" not in answer.headers


def test_a_second_command_shares_the_engine(service, installed: Installed):
    told = json.loads(installed.run("doctor", "--json"))
    assert told["counts"]["people"] == 2 and told["otherUsers"] == 1


def test_the_log_has_no_personal_data_and_the_end_is_clean(service, installed: Installed, key: str):
    _, process, printed = service
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) in (0, -signal.SIGTERM)
    text = "".join(printed)
    assert "request" in text
    for secret in ("Ada", "Invented", "invented.example", "people.csv", key, "127.0.0.1 -"):
        assert secret not in text
    assert "Traceback" not in text


def test_the_demo_shows_ranked_paths_and_what_to_type_next(installed: Installed):
    out = installed.run("demo", "--keep", str(installed.folder / "demo"))
    assert re.search(r"^ *1\. +0\.\d\d +\S.* → ", out, re.MULTILINE)
    assert "Osterlohe" in out or "Weidenfeldt" in out
    for next_ in (" serve --explore", "curl", " key create", "LIAISON_DATA_DIR="):
        assert next_ in out
