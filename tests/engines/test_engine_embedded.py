"""The embedded engine's life: shared, surviving `kill -9` of either side, stopped by the last who leaves."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graph.engine import EngineSettings, EngineUnavailable, diagnose, migrate, open_engine
from graph.engine import process as engine_process
from graph.engine.embedded import engine_users
from graph.engine.process import EngineFolder, find_engine

ROOT = Path(__file__).parents[2]

# A command that opens the engine, migrates, says where it is, and stays until its input ends.
COMMAND = """
import asyncio, sys
from pathlib import Path
from graph.engine import EngineSettings, migrate, open_engine

async def main():
    settings = EngineSettings(data_dir=Path(sys.argv[1]), engine_memory="256m")
    async with await open_engine(settings) as engine:
        print(engine.address, await migrate(engine), flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(main())
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data folder"
    yield folder
    # Whatever a failed test left behind.
    if (running := find_engine(EngineFolder(folder))) is not None:
        with contextlib.suppress(psutil.Error):
            psutil.Process(running.pid).kill()


@contextlib.contextmanager
def command(data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(data_dir)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        with contextlib.suppress(BrokenPipeError):
            started.stdin.close()
        try:
            started.wait(60)
        finally:
            started.kill()
            started.stdout.close()
            started.wait()


def settings(data_dir: Path, memory: str = "256m") -> EngineSettings:
    return EngineSettings(data_dir=data_dir, engine_memory=memory, engine_mode="development")


def gone(pid: int, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


async def test_two_commands_at_once_share_one_engine_and_the_last_stops_it(data_dir: Path):
    folder = EngineFolder(data_dir)
    with command(data_dir) as first, command(data_dir) as second:
        addresses = {first.stdout.readline().strip(), second.stdout.readline().strip()}
        assert len(addresses) == 1, "both started at once, and got the same engine and schema"
        assert addresses.pop().startswith("bolt://127.0.0.1:")
        running = find_engine(folder)
        async with await open_engine(settings(data_dir)) as engine:
            assert engine.address == running.uri
            assert not engine.was_leftover
            assert engine_users(data_dir) == 3
            _nothing_is_told_to_others(folder, running.pid)
            first.kill()
            first.wait()
            assert engine_users(data_dir) == 2, "a killed user does not count"
            assert await engine.read("schema/ping") == [{"answer": 1}]
        assert psutil.pid_exists(running.pid), "one command still uses it"
        assert engine_users(data_dir) == 1
    assert gone(running.pid), "the last user has left"
    assert engine_users(data_dir) == 0


def _nothing_is_told_to_others(folder: EngineFolder, pid: int) -> None:
    password = folder.read_password()
    assert len(password) >= 32
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            assert password not in " ".join(process.cmdline())
            assert password not in " ".join(process.environ().values())
    for path in (folder.password, folder.state, folder.log, folder.lock, folder.root):
        mode = path.stat().st_mode
        assert not stat.S_IMODE(mode) & 0o077, f"{path} is open to others"
    assert password not in folder.log.read_text(encoding="utf-8")
    assert password not in folder.state.read_text(encoding="utf-8")
    if hasattr(os, "getsid"):
        assert os.getsid(pid) != os.getsid(0), "Ctrl-C in the terminal would reach the engine"


async def test_killed_commands_and_killed_engines(data_dir: Path, adhoc):
    folder = EngineFolder(data_dir)
    with command(data_dir) as first:
        first.stdout.readline()
        running = find_engine(folder)
        first.kill()
        first.wait()
    assert psutil.pid_exists(running.pid), "nobody was left to stop it"

    create = adhoc("CREATE (:Person {id: $id})", params="id")
    async with await open_engine(settings(data_dir)) as engine:
        assert engine.address == running.uri
        assert engine.was_leftover
        found = await diagnose(engine, settings(data_dir))
        assert found.leftover
        assert any("ran without a user" in line for line in found.advice)
        for number in range(20):
            await engine.write(create, id=str(number))
        psutil.Process(running.pid).kill()
        assert gone(running.pid)
        with pytest.raises(EngineUnavailable, match="does not answer"):
            await engine.read("schema/ping")

        async with await open_engine(settings(data_dir)) as again:
            assert not again.was_leftover
            assert (await diagnose(again, settings(data_dir))).counts["people"] == 20, (
                "nothing acknowledged is lost"
            )
            successor = find_engine(folder)
            assert successor.pid != running.pid
            assert successor.port == running.port
            # The port is used again, so a service that knows the old engine finds the new one.
            assert await engine.read("schema/ping") == [{"answer": 1}]
        assert psutil.pid_exists(successor.pid)
    assert gone(successor.pid)


async def test_a_lost_password_and_a_strangers_port_are_no_dead_end(data_dir: Path, monkeypatch, adhoc):
    create = adhoc("CREATE (:Person {id: $id})", params="id")
    count = adhoc("MATCH (p:Person) RETURN count(p) AS people", returns="people", mode="read")
    async with await open_engine(settings(data_dir)) as engine:
        await migrate(engine)
        await engine.write(create, id="p1")
    folder = EngineFolder(data_dir)
    folder.password.unlink()
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        free_port = engine_process._free_port
        taken = [stranger.getsockname()[1]]
        monkeypatch.setattr(
            engine_process, "_free_port", lambda wished: taken.pop() if taken else free_port(0)
        )
        async with await open_engine(settings(data_dir)) as engine:
            assert await engine.read(count) == [{"people": 1}]


@pytest.mark.parametrize("who", ["dead", "reused"])
def test_the_file_of_a_dead_engine_counts_for_nothing(who: str, data_dir: Path):
    folder = EngineFolder(data_dir)
    folder.prepare()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    pid = ended.pid if who == "dead" else os.getpid()
    folder.state.write_text(json.dumps({"pid": pid, "port": 7687, "started": 0.0}))
    assert find_engine(folder) is None
    folder.state.write_text("{ cut off")
    assert find_engine(folder) is None


async def test_an_engine_that_cannot_start_says_why_and_where_to_look(data_dir: Path):
    with pytest.raises(EngineUnavailable, match=r"stopped while starting: .* heap .*engine\.log.*LIAISON_"):
        await open_engine(settings(data_dir, memory="1k"))
    assert find_engine(EngineFolder(data_dir)) is None
    with pytest.raises(EngineUnavailable, match="write for example 512m"):
        await open_engine(settings(data_dir, memory="plenty"))


async def test_a_data_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EngineUnavailable, match="LIAISON_DATA_DIR"):
        await open_engine(settings(tmp_path / "file" / "folder"))


async def test_a_wrong_password_is_the_reason_given(embedded_engine, tmp_path: Path):
    wrong = EngineSettings(
        data_dir=tmp_path,
        neo4j_uri=embedded_engine.address,
        user="root",
        password="wrong-one",
        database="neo4j",
    )
    with pytest.raises(EngineUnavailable, match="refuses the user or password") as caught:
        await open_engine(wrong)
    assert "wrong-one" not in str(caught.value) + repr(wrong)


def test_leaving_without_close_still_stops_the_engine(data_dir: Path):
    forgetful = COMMAND.replace(
        "async with await open_engine(settings) as engine:", "if engine := await open_engine(settings):"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", forgetful, str(data_dir)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert find_engine(EngineFolder(data_dir)) is None


async def test_control_c_ends_a_command_and_its_engine(data_dir: Path):
    with command(data_dir) as first:
        first.stdout.readline()
        running = find_engine(EngineFolder(data_dir))
        first.stdin.close()
        first.send_signal(signal.SIGINT)
        first.wait(60)
    assert gone(running.pid)
