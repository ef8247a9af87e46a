"""The whole graph as our own CSV: a folder, or a zip, that appears whole or not at all."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.engine import Engine
from importers.exporting import Exported, export_neutral

__all__ = ["neutral_folder", "neutral_zip"]


async def neutral_folder(
    engine: Engine, folder: Path, viewer: str | None = None, told: Exported | None = None
) -> dict[str, int]:
    """Write all files into a new folder; answers how many rows each has. FileExistsError for one there is."""
    with _beside(folder) as part:
        rows = await export_neutral(engine, part, viewer, told=told)
        _appear(part, folder)
    return rows


async def neutral_zip(
    engine: Engine, path: Path, viewer: str | None = None, told: Exported | None = None
) -> dict[str, int]:
    """As `neutral_folder`, in one zip file."""
    with _beside(path) as part, _beside(path) as files:
        rows = await export_neutral(engine, files, viewer, told=told)
        packed = part / "packed.zip"
        await asyncio.to_thread(_pack, packed, [files / f"{name}.csv" for name in rows])
        _appear(packed, path)
    return rows


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk that only its user can read, for what is not whole yet."""
    if path.exists():
        raise FileExistsError(17, "it exists: name a new one", str(path))
    part = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _appear(part: Path, path: Path) -> None:
    part.rename(path)


def _pack(packed: Path, files: list[Path]) -> None:
    packed.touch(mode=0o600)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for file in files:
            archive.write(file, file.name)
