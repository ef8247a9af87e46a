"""A real Neo4j for tests and benchmarks, on machines with Docker, with a JDK and Maven, or given by address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Address", "NotHereError", "free_port", "neo4j_address"]

HERE = Path(__file__).parent
NEO4J_VERSION = "5.26.20"
JARS = Path.home() / ".cache" / "liaison" / f"neo4j-{NEO4J_VERSION}"
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


class NotHereError(Exception):
    """Why this machine cannot run Neo4j."""


@contextmanager
def neo4j_address(*, heap: str = "512m", page_cache: str = "128m") -> Iterator[Address]:
    """A running Neo4j: an address given in the environment, else Docker, else a JDK and Maven.

    Raises NotHereError with the reason where none of them is there. What was started is stopped at the end.
    """
    with ExitStack() as stack:
        yield _find_neo4j(stack, heap, page_cache)


def _find_neo4j(stack: ExitStack, heap: str, page_cache: str) -> Address:
    if uri := os.environ.get("LIAISON_TEST_NEO4J_URI"):
        return Address(
            uri,
            os.environ.get("LIAISON_TEST_NEO4J_USER"),
            os.environ.get("LIAISON_TEST_NEO4J_PASSWORD"),
            os.environ.get("LIAISON_TEST_NEO4J_DATABASE"),
        )
    if _docker_answers():
        return stack.enter_context(_neo4j_in_docker())
    return stack.enter_context(_neo4j_from_jars(heap, page_cache))


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
def _neo4j_from_jars(heap: str, page_cache: str) -> Iterator[Address]:
    java = shutil.which("java")
    if java is None or shutil.which("javac") is None:
        raise NotHereError("no LIAISON_TEST_NEO4J_URI, no Docker, and no JDK (17 or newer) for a local Neo4j")
    _fetch_jars()
    with tempfile.TemporaryDirectory(prefix="liaison-neo4j-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        port = free_port()
        command = [
            java,
            f"-Xmx{heap}",
            *_OPENED,
            "-cp",
            f"{JARS}/*",
            str(HERE / "Neo4jLocal.java"),
        ]
        with (home / "out.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, str(home), str(port), page_cache],
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
        raise NotHereError("no LIAISON_TEST_NEO4J_URI, no Docker, and no Maven to fetch a local Neo4j")
    JARS.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="fetching-", dir=JARS.parent))
    command = [maven, "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={scratch}"]
    try:
        fetched = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=600, check=False)
        if fetched.returncode:
            raise NotHereError(f"Maven could not fetch Neo4j {NEO4J_VERSION}: {fetched.stdout[-300:]}")
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
            raise RuntimeError(f"the local Neo4j did not start: {tail}")
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


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
