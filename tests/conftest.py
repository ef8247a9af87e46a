"""Both engines for the tests, booted once and only when a test asks for one, stopped at the end.

Neo4j comes from LIAISON_TEST_NEO4J_URI (its graph is emptied!), else Docker, else Maven with a JDK. Where none
is there its tests are skipped with the reason; with CI=true they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.engine import Engine, EngineError, EngineSettings, migrate, open_engine
from graph.engine.process import EngineFolder, find_engine
from graph.engine.statements import Statement, load_statement, parse_statement

HERE = Path(__file__).parent
NEO4J_VERSION = "5.26.20"
JARS = Path.home() / ".cache" / "liaison" / f"neo4j-{NEO4J_VERSION}"
_EMPTY = (HERE / "cypher" / "empty_graph.cypher").read_text(encoding="utf-8")
_OPENED = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.lang", "java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
]


@dataclass(frozen=True)
class Address:
    """Where an engine answers."""

    uri: str
    user: str | None = None
    password: str | None = None
    database: str | None = None


class NotHere(Exception):
    """Why this machine cannot run Neo4j."""


async def empty(engine: Engine) -> None:
    """Delete everything but the record of the schema steps."""
    await send(engine, _EMPTY)


async def send(engine: Engine, text: str, **params: Any) -> list[dict[str, Any]]:
    """Send a statement that only a test needs, past the files of `cypher/`."""
    async with engine._driver.session(**engine._session_config("WRITE")) as session:
        result = await session.run(text, params)  # type: ignore[arg-type]
        return [dict(record) async for record in result]


# --- the embedded engine ---


@pytest.fixture(scope="session")
def engine_data_dir() -> Iterator[Path]:
    """The data folder of the embedded engine that the tests share."""
    with tempfile.TemporaryDirectory(prefix="liaison-engine-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
async def embedded_engine(engine_data_dir: Path) -> AsyncIterator[Engine]:
    """The embedded engine, with its schema; not emptied between tests (use `engine`)."""
    settings = EngineSettings(data_dir=engine_data_dir, engine_memory="512m", engine_mode="development")
    async with await open_engine(settings) as engine:
        await migrate(engine)
        yield engine


# --- Neo4j ---


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[Address]:
    """The address of a real Neo4j 5.26."""
    with ExitStack() as stack:
        try:
            address = _find_neo4j(stack)
        except NotHere as reason:
            if os.environ.get("CI") == "true":
                pytest.fail(f"Neo4j was not run, and CI=true demands it: {reason}", pytrace=False)
            pytest.skip(f"Neo4j was not run: {reason}")
        yield address


@pytest.fixture(scope="session")
async def neo4j_engine(
    neo4j_address: Address, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Engine]:
    """A real Neo4j, with its schema; not emptied between tests (use `engine`)."""
    settings = EngineSettings(
        data_dir=tmp_path_factory.mktemp("unused"),
        neo4j_uri=neo4j_address.uri,
        user=neo4j_address.user,
        password=neo4j_address.password,
        database=neo4j_address.database,
    )
    async with await open_engine(settings) as engine:
        await empty(engine)
        await migrate(engine)
        yield engine


def _find_neo4j(stack: ExitStack) -> Address:
    if uri := os.environ.get("LIAISON_TEST_NEO4J_URI"):
        return Address(
            uri,
            os.environ.get("LIAISON_TEST_NEO4J_USER"),
            os.environ.get("LIAISON_TEST_NEO4J_PASSWORD"),
            os.environ.get("LIAISON_TEST_NEO4J_DATABASE"),
        )
    if _docker_answers():
        return stack.enter_context(_neo4j_in_docker())
    return stack.enter_context(_neo4j_from_jars())


def _docker_answers() -> bool:
    if shutil.which("docker") is None:
        return False
    try:
        asked = subprocess.run(["docker", "info"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


@contextmanager
def _neo4j_in_docker() -> Iterator[Address]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from testcontainers.neo4j import Neo4jContainer

        container = Neo4jContainer(f"neo4j:{NEO4J_VERSION}-community", password="only-for-tests")
        container.start()
        uri = container.get_connection_url()
    try:
        yield Address(uri, "neo4j", "only-for-tests")
    finally:
        container.stop()


@contextmanager
def _neo4j_from_jars() -> Iterator[Address]:
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise NotHere("no LIAISON_TEST_NEO4J_URI, no Docker, and no JDK (17 or newer) for a local Neo4j")
    _fetch_jars()
    with tempfile.TemporaryDirectory(prefix="liaison-neo4j-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        port = free_port()
        command = [
            java,
            "-Xmx512m",
            *_OPENED,
            "-cp",
            f"{JARS}/*",
            str(HERE / "neo4j_local" / "Neo4jLocal.java"),
        ]
        with (home / "out.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, str(home), str(port)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        try:
            _await_ready(process, home / "out.log")
            yield Address(f"bolt://127.0.0.1:{port}")
        finally:
            _end(process)


def _fetch_jars() -> None:
    if JARS.is_dir():
        return
    maven = shutil.which("mvn")
    if maven is None:
        raise NotHere("no LIAISON_TEST_NEO4J_URI, no Docker, and no Maven to fetch a local Neo4j")
    JARS.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="fetching-", dir=JARS.parent))
    command = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={scratch}"]
    try:
        fetched = subprocess.run(
            command, cwd=HERE / "neo4j_local", capture_output=True, text=True, timeout=600, check=False
        )
        if fetched.returncode:
            raise NotHere(f"Maven could not fetch Neo4j {NEO4J_VERSION}: {fetched.stdout[-300:]}")
        # In one step, so that a broken download is never taken for a whole one.
        scratch.rename(JARS)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _await_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    assert process.stdout is not None
    watchdog = threading.Timer(120, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.strip() == b"ready":
                break
        else:
            tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            pytest.fail(f"the local Neo4j did not start: {tail}", pytrace=False)
    finally:
        watchdog.cancel()
    # Whatever else it prints must not fill the pipe.
    threading.Thread(target=process.stdout.read, daemon=True).start()


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stdout is not None:
            process.stdout.close()


# --- what tests ask for ---


@pytest.fixture(params=["embedded", "neo4j"])
def _chosen_engine(request: pytest.FixtureRequest) -> Engine:
    # Not async: an async fixture cannot ask for another by name while its loop runs.
    found: Engine = request.getfixturevalue(f"{request.param}_engine")
    return found


@pytest.fixture
async def engine(_chosen_engine: Engine) -> Engine:
    """An empty, migrated engine: the test runs once on each."""
    await empty(_chosen_engine)
    return _chosen_engine


@pytest.fixture
async def both_engines(embedded_engine: Engine, neo4j_engine: Engine) -> tuple[Engine, Engine]:
    """The embedded engine and Neo4j, both empty, for tests that compare their answers."""
    await empty(embedded_engine)
    await empty(neo4j_engine)
    return embedded_engine, neo4j_engine


@pytest.fixture
def empty_graph() -> Callable[[Engine], Awaitable[None]]:
    """`await empty_graph(engine)` deletes everything but the schema: for many examples within one test."""
    return empty


@pytest.fixture
def credentials(request: pytest.FixtureRequest, engine_data_dir: Path) -> Callable[[Engine], tuple[str, str]]:
    """`credentials(engine)` answers the user and password to open that engine once more."""

    def find(engine: Engine) -> tuple[str, str]:
        folder = EngineFolder(engine_data_dir)
        running = find_engine(folder)
        if running is not None and running.uri == engine.address:
            return "root", folder.read_password()
        address: Address = request.getfixturevalue("neo4j_address")
        return address.user or "", address.password or ""

    return find


@pytest.fixture
def send_raw() -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """`await send_raw(engine, text, **params)` sends a statement that only a test needs."""
    return send


@pytest.fixture
def adhoc(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`adhoc(text, params=…, returns=…)` makes a statement that an engine knows by the name it answers."""
    made: dict[str, Statement] = {}

    def load(name: str, dialect: str = "") -> Statement:
        return made[name] if name in made else load_statement(name, dialect)

    def make(text: str, *, params: str = "", returns: str = "", mode: str = "write") -> str:
        name = f"test/{len(made)}"
        header = f"// Only for a test.\n// mode: {mode}\n// params: {params}\n// returns: {returns}\n"
        made[name] = parse_statement(name, header + text)
        return name

    monkeypatch.setattr("graph.engine.connection.load_statement", load)
    return make


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Show the engine's own text with a failure: errors hide it, because it can quote personal data."""
    outcome = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, EngineError) and error.detail:
        outcome.get_result().sections.append(("what the engine said", error.detail))


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def send_cypher() -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """Send a statement that only a test needs: `await send_cypher(engine, text, name=value)`."""
    return send
