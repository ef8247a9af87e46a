"""The background of the audit: stored soon, kept in a file while the engine is away, once each."""

import asyncio
import stat

import pytest

from graph.engine import EngineUnavailable
from graph.privacy.audit import DONE, SHOWN, AuditEvent, events_by
from service.audit import AuditLog


class Switched:
    """An engine that can be away."""

    def __init__(self, engine) -> None:
        self.engine = engine
        self.down = False

    def __call__(self):
        if self.down:
            raise EngineUnavailable("the graph engine does not answer")
        return self.engine


def event(number: int) -> AuditEvent:
    return AuditEvent.now(actor="k1", role="admin", kind=SHOWN, outcome=DONE, actions=(f"Query.{number}",))


async def test_events_are_stored_soon_and_the_rest_at_the_end(engine, tmp_path):
    log = AuditLog(Switched(engine), tmp_path / "audit")
    async with log.keeping():
        log.add(event(1))
        for _ in range(200):
            if await events_by(engine, "k1"):
                break
            await asyncio.sleep(0.05)
        assert len(await events_by(engine, "k1")) == 1
        log.add(event(2))
    assert [one.actions for one in await events_by(engine, "k1")] == [("Query.2",), ("Query.1",)]
    assert not (tmp_path / "audit").exists()


async def test_an_absent_engine_loses_nothing_over_a_restart(engine, tmp_path):
    switched = Switched(engine)
    switched.down = True
    log = AuditLog(switched, tmp_path / "audit")
    log.add(event(1))
    await log.flush()
    log.add(event(2))
    async with log.keeping():
        pass
    files = sorted((tmp_path / "audit").iterdir())
    assert len(files) == 2 and all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    assert await events_by(engine, "k1") == []
    switched.down = False
    again = AuditLog(switched, tmp_path / "audit")
    (tmp_path / "audit" / "0.jsonl").write_text(files[0].read_text() + "broken\n")
    await again.flush()
    assert [one.actions for one in await events_by(engine, "k1")] == [("Query.2",), ("Query.1",)]
    assert list((tmp_path / "audit").iterdir()) == []


async def test_a_flush_that_is_cut_off_keeps_its_events(engine, tmp_path):
    class Stuck:
        async def transact(self, work):
            await asyncio.sleep(60)

    log = AuditLog(Stuck, tmp_path / "audit")
    log.add(event(1))
    task = asyncio.create_task(log.flush())
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    again = AuditLog(Switched(engine), tmp_path / "audit")
    await again.flush()
    assert len(await events_by(engine, "k1")) == 1
