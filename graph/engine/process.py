"""The embedded engine as an operating system process: how it is started, recognised and stopped."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import secrets
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from graph.engine.errors import EngineUnavailable

__all__ = [
    "EngineFolder",
    "RunningEngine",
    "engine_alive",
    "find_engine",
    "owns_its_port",
    "port_is_taken",
    "start_engine",
    "stop_engine",
]

_MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
_STOP_SECONDS = 20.0
# It ignores the limit a client asks for, and a statement whose client is gone runs on: this ends it at last.
# Long enough for a stream that is read while a large graph is derived.
_LONGEST_STATEMENT_SECONDS = 3600
_MEMORY = re.compile(r"\d+[kKmMgG]?")

# A Popen object dropped while its child runs would warn, and an unreaped child would look alive.
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class EngineFolder:
    """Where each file of an embedded engine lies in the data folder; all are readable by their owner only."""

    data_dir: Path

    @property
    def root(self) -> Path:
        """What the engine itself owns: databases, its users, its own logs."""
        return self.data_dir / "engine"

    @property
    def state(self) -> Path:
        """Port, process and start time of the running engine."""
        return self.data_dir / "engine.json"

    @property
    def password(self) -> Path:
        """The engine's password; made once for each data folder."""
        return self.data_dir / "engine.password"

    @property
    def lock(self) -> Path:
        """Held while an engine is looked for, started or stopped."""
        return self.data_dir / "engine.lock"

    @property
    def users(self) -> Path:
        """One locked file for each process that uses the engine."""
        return self.data_dir / "engine.users"

    @property
    def log(self) -> Path:
        """What the engine printed since its last start."""
        return self.data_dir / "engine.log"

    def prepare(self) -> None:
        """Make the folders, closed to other users of the machine."""
        try:
            for folder in (self.data_dir, self.root, self.users):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.users.chmod(0o700)
        except OSError as error:
            raise EngineUnavailable(
                f"the data folder {self.data_dir} cannot be used ({error.strerror}): "
                "make it writable or set LIAISON_DATA_DIR to another folder"
            ) from error

    def read_password(self) -> str:
        """The engine's password, made on first use."""
        if self.password.is_file() and (known := self.password.read_text(encoding="ascii").strip()):
            return known
        # The engine stores a hash of the password it was first started with: without the password it is
        # useless, and the engine makes the user again.
        (self.root / "config" / "server-users.jsonl").unlink(missing_ok=True)
        made = secrets.token_urlsafe(32)
        _write_private(self.password, made)
        return made


@dataclass(frozen=True, slots=True)
class RunningEngine:
    """A live engine process: `started` in seconds since 1970, as the operating system tells it."""

    pid: int
    port: int
    started: float

    @property
    def uri(self) -> str:
        """The address the driver connects to."""
        return f"bolt://127.0.0.1:{self.port}"


def find_engine(folder: EngineFolder) -> RunningEngine | None:
    """The live engine of this data folder, or None.

    The file of a dead one, or of a process that now has its pid, counts for nothing: a process is taken for
    the engine by its command line, which names the data folder.
    """
    recorded = _recorded(folder)
    if recorded is not None and (alive := _inspect(folder, recorded.pid)) is not None:
        return alive
    # Whoever started it may have been killed before the file was written.
    for pid in psutil.pids():
        if (alive := _inspect(folder, pid)) is not None:
            return alive
    return None


def start_engine(folder: EngineFolder, *, memory: str, mode: str) -> RunningEngine:
    """Start the engine of this data folder and record it; it does not answer yet. Hold the folder's lock."""
    if not _MEMORY.fullmatch(memory):
        raise EngineUnavailable(f"{memory!r} is not an amount of memory: write for example 512m or 2g")
    folder.read_password()
    previous = _recorded(folder)
    port = _free_port(previous.port if previous else 0)
    command = [*_java(memory), *_settings(folder, port, mode), _MAIN_CLASS]
    log = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        child = _spawn(command, folder.root, log)
    finally:
        os.close(log)
    _children[child.pid] = child
    try:
        started = psutil.Process(child.pid).create_time()
    except psutil.Error:
        started = 0.0
    running = RunningEngine(pid=child.pid, port=port, started=started)
    _write_private(folder.state, json.dumps(asdict(running)))
    return running


def stop_engine(running: RunningEngine) -> None:
    """Stop the engine in order, by force after 20 seconds. Hold the folder's lock.

    Its file stays: the next start takes the same port, so that whoever still knows it finds the new engine.
    """
    try:
        process = psutil.Process(running.pid)
        if engine_alive(running):
            process.terminate()
            _wait(running.pid, process, _STOP_SECONDS)
        if engine_alive(running):
            process.kill()
            _wait(running.pid, process, _STOP_SECONDS)
    except psutil.NoSuchProcess:
        return


def engine_alive(running: RunningEngine) -> bool:
    """Whether that very process still runs."""
    if (child := _children.get(running.pid)) is not None:
        # Not by its command line, which is empty for a moment while Java starts itself a second time.
        return child.poll() is None
    try:
        process = psutil.Process(running.pid)
        same = abs(process.create_time() - running.started) < 1.0
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def owns_its_port(running: RunningEngine) -> bool:
    """Whether the engine itself listens on its port: our password must not go to a stranger who does."""
    try:
        open_ports = psutil.Process(running.pid).net_connections(kind="tcp")
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False
    return any(
        held.status == psutil.CONN_LISTEN and held.laddr and held.laddr.port == running.port
        for held in open_ports
    )


def port_is_taken(running: RunningEngine) -> bool:
    """Whether somebody listens on the engine's port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", running.port)) == 0


def _wait(pid: int, process: psutil.Process, seconds: float) -> None:
    child = _children.get(pid)
    try:
        if child is not None:
            child.wait(seconds)
            del _children[pid]
        else:
            process.wait(seconds)
    except (subprocess.TimeoutExpired, psutil.TimeoutExpired):
        pass


def _inspect(folder: EngineFolder, pid: int) -> RunningEngine | None:
    if (child := _children.get(pid)) is not None and child.poll() is not None:
        del _children[pid]
        return None
    try:
        process = psutil.Process(pid)
        arguments = process.cmdline()
        started = process.create_time()
    except (psutil.Error, OSError):
        return None
    if not arguments or arguments[-1] != _MAIN_CLASS or _root_setting(folder) not in arguments:
        return None
    marker = "-Darcadedb.bolt.port="
    port = next((part.removeprefix(marker) for part in arguments if part.startswith(marker)), "")
    return RunningEngine(pid=pid, port=int(port), started=started) if port.isdigit() else None


def _recorded(folder: EngineFolder) -> RunningEngine | None:
    try:
        known = json.loads(folder.state.read_text(encoding="utf-8"))
        return RunningEngine(pid=int(known["pid"]), port=int(known["port"]), started=float(known["started"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _root_setting(folder: EngineFolder) -> str:
    return f"-Darcadedb.server.rootPath={folder.root.resolve()}"


def _settings(folder: EngineFolder, port: int, mode: str) -> list[str]:
    said = {
        "server.rootPasswordPath": str(folder.password.resolve()),
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": str(port),
        "bolt.defaultDatabase": "neo4j",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": str(_free_port(0)),
        "server.defaultDatabases": "neo4j[root]",
        "server.mode": mode,
        "command.timeout": str(_LONGEST_STATEMENT_SECONDS * 1000),
    }
    return [_root_setting(folder), *(f"-Darcadedb.{name}={value}" for name, value in said.items())]


def _java(memory: str) -> list[str]:
    found = importlib.util.find_spec("arcadedb_embedded")
    if found is None or not found.submodule_search_locations:
        raise EngineUnavailable(
            "the package arcadedb-embedded is not installed: install it, "
            "or set LIAISON_NEO4J_URI to a Neo4j address"
        )
    package = Path(next(iter(found.submodule_search_locations)))
    java = package / "jre" / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    if not java.is_file():
        raise EngineUnavailable(
            f"{package} holds no Java runtime for this machine: install arcadedb-embedded again, "
            "or set LIAISON_NEO4J_URI to a Neo4j address"
        )
    return [
        str(java),
        f"-Xmx{memory}",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.awt.headless=true",
        "-Dpolyglot.engine.WarnInterpreterOnly=false",
        "-cp",
        str(package / "jars" / "*"),
    ]


def _spawn(command: list[str], cwd: Path, log: int) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C in the terminal must reach us, not the engine before us.
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, creationflags=flags
        )
    return subprocess.Popen(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
    )


def _free_port(wished: int) -> int:
    for candidate in (wished, 0) if wished else (0,):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":
                # Else the port of a killed engine counts as taken while its old connections fade.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            port: int = probe.getsockname()[1]
            return port
    raise EngineUnavailable("no free port on 127.0.0.1")


def _write_private(path: Path, text: str) -> None:
    scratch = path.with_name(path.name + ".new")
    scratch.unlink(missing_ok=True)
    with os.fdopen(
        os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)
    scratch.replace(path)
