"""Erasing a person from everything this service keeps: the graph, refused rows, the spools of runs, then their ties."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import json
from datetime import date
from pathlib import Path

from graph.engine.connection import Engine
from graph.privacy.erasure import Erased, erase_from_graph, read_traces
from graph.privacy.suppression import ERASED
from graph.privacy.traces import Traces
from graph.ties import derive
from importers.spool import Spool, spools, write_whole

__all__ = ["clean_spools", "erase_person"]


async def erase_person(
    engine: Engine,
    person_id: str,
    *,
    spool_dir: Path,
    by: str,
    reason: str = ERASED,
    until: date | None = None,
    ties: bool = True,
) -> Erased | None:
    """Erase a person for good; None when there is none with this id.

    `by` (the id of a key, or the command line) and `reason` stay in the graph, who it was does not. `until`: a contact
    from them after that day lets them in again. `ties` False: the caller derives them, once for several people.
    """
    traces = await read_traces(engine, person_id)
    if traces is None:
        return None
    await asyncio.to_thread(clean_spools, spool_dir, traces)
    erased = await erase_from_graph(engine, traces, by=by, reason=reason, until=until)
    # A run that was writing its refused rows meanwhile knows them as suppressed by now.
    await asyncio.to_thread(clean_spools, spool_dir, traces)
    if ties:
        await derive(engine)
    return erased


def clean_spools(spool_dir: Path, traces: Traces) -> int:
    """Take every row that shows them out of refused-row files and kept conflicts; answers how many.

    Uploads of a run that is under way stay until it is over, within minutes: it leaves out what is about them.
    """
    return sum(_clean(spool, traces) for spool in spools(spool_dir).values())


def _clean(spool: Spool, traces: Traces) -> int:
    gone = 0
    for name, path in spool.refused_files().items():
        gone += _clean_csv(path, traces)
        if path.exists() and traces.in_file_name(name):
            path.rename(path.with_name(_unnamed(spool, path.suffix)))
    for path in sorted((spool.folder / "conflicts").glob("*.json")):
        gone += _clean_conflicts(path, traces)
    with contextlib.suppress(OSError):
        if not spool.refused_files():
            spool.refused.rmdir()
            spool.folder.rmdir()
    return gone


def _unnamed(spool: Spool, suffix: str) -> str:
    taken = spool.refused_files()
    return next(name for n in range(1, len(taken) + 2) if (name := f"erased-{n}{suffix}") not in taken)


def _clean_csv(path: Path, traces: Traces) -> int:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    kept = [row for row in rows[1:] if not _shows(row, traces)]
    gone = len(rows) - 1 - len(kept)
    if not gone:
        return 0
    if not kept:
        path.unlink()
        return gone
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([rows[0], *kept])
    write_whole(path, f"\ufeff{out.getvalue()}")
    return gone


def _clean_conflicts(path: Path, traces: Traces) -> int:
    rows = json.loads(path.read_text(encoding="utf-8"))
    shown = [row for row in rows if _shows([str(cell) for cell in (row.get("cells") or {}).values()], traces)]
    for row in shown:
        row["cells"] = {}
    if shown:
        write_whole(path, json.dumps(rows))
    return len(shown)


def _shows(cells: list[str], traces: Traces) -> bool:
    return traces.in_cells(cells) or any(traces.in_text(cell) for cell in cells)
