"""Both engines for the tests, booted once and only when a test asks for one, stopped at the end.

Neo4j comes from LIAISON_TEST_NEO4J_URI (its graph is emptied!), else Docker, else Maven with a JDK. Where none
is there its tests are skipped with the reason; with CI=true they fail.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from graph.engine import Engine, EngineError, EngineSettings, migrate, open_engine
from graph.engine.process import EngineFolder, find_engine
from graph.engine.statements import Statement, load_statement, parse_statement
from tests.neo4j_local.server import Address, NotHereError
from tests.neo4j_local.server import neo4j_address as running_neo4j

HERE = Path(__file__).parent

# A landing must not hang on luck: CI tries the same examples each time, people try new ones.
settings.register_profile("people", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "people")

_EMPTY = (HERE / "cypher" / "empty_graph.cypher").read_text(encoding="utf-8")


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
            address = stack.enter_context(running_neo4j())
        except NotHereError as reason:
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


@pytest.fixture
def send_cypher() -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """Send a statement that only a test needs: `await send_cypher(engine, text, name=value)`."""
    return send
