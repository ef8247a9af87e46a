"""Files go in: batch after batch, each in one transaction that also notes how far the run has come."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from graph.engine.connection import Engine, Transaction
from graph.model.records import Record, Source
from graph.privacy.screening import Lists, read_lists, screen
from graph.records.batch import record_key
from graph.records.outcome import Outcome
from graph.records.withdrawal import count_unseen, withdraw_unseen
from graph.records.writing import DryRun, write_records
from importers.formats.base import Held, Item, Note, Refusal, Skipped
from importers.journal import Journal, Position
from importers.owners import introduction, person_id_of, stored_person
from importers.planning import Plan, PlannedFile, named
from importers.reading.problems import FileError, NothingUsableError
from importers.refusals import RefusedCsv, refused_name
from importers.requests import ImportRequest
from importers.results import MOST_LISTED, RefusedRow, RowCounts, add_counts
from importers.sensitive import SensitiveRows
from importers.spool import Spool
from importers.wording import as_fields

__all__ = ["BATCH", "LOADED", "Loader", "Progress", "Report"]

BATCH = 2_000  # items; between 1 000 and 5 000 rows a transaction both engines are fastest
_OURS = "The owner is taken as a team member, unless somebody has marked them otherwise."
_CHECKED, LOADED = 0.05, 0.9  # share of a run's progress when files are checked, and when they are in


@dataclass(frozen=True, slots=True)
class Report:
    """How far a run is: bytes of all files, rows so far, and the whole as a share from 0 to 1."""

    run: str
    step: str
    done: int
    total: int
    rows: int
    refused: int
    share: float


Progress = Callable[[Report], None]


@dataclass(slots=True)
class _Batch:
    number: int
    records: list[tuple[int, Record, Mapping[str, str]]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    skipped: int = 0
    rows: int = 0
    position: int = 0  # bytes of the file read so far
    ended: bool = False
    unusable: NothingUsableError | None = None


@dataclass(slots=True)
class Loader:
    """Loads a plan. After an interruption it reads everything again and writes what was not yet written."""

    engine: Engine
    journal: Journal
    spool: Spool
    request: ImportRequest
    plan: Plan
    position: Position
    progress: Progress | None = None
    rows: RowCounts = field(default_factory=RowCounts)
    refused: list[RefusedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unusable: list[NothingUsableError] = field(default_factory=list)
    records: int = 0
    share: float = _CHECKED
    _dry_run: DryRun | None = None
    _files: str = ""
    _batches: int = 0
    _bytes: int = 0
    _bytes_of_file: int = 0
    _incomplete: set[str] = field(default_factory=set)
    _known: dict[str, int] = field(default_factory=dict)
    _owners: set[tuple[str, ...]] = field(default_factory=set)
    _refused_names: set[str] = field(default_factory=set)
    _lists: Lists = field(default_factory=Lists)
    _left_out: set[str] = field(default_factory=set)

    async def load(self) -> None:
        """Write all files, then withdraw what they state no more."""
        self._dry_run = DryRun() if self.request.dry_run else None
        # Batches are only the same ones while files and batch size are.
        self._files = f"{self.plan.fingerprint}|{BATCH}"
        if self.position.files != self._files:
            self.position = Position(self._files)
        sources: dict[str, Source] = {}
        for file in self.plan.files:
            source = await self._source(file)
            sources[source.dataset] = source
            with self._refused_csv(file) as refused:
                await self._load_file(file, source, refused)
            self._bytes += file.member.size
            self._bytes_of_file = 0
        for dataset, source in sources.items():
            if dataset not in self._incomplete and not self.request.partial:
                await self._withdraw(source)

    async def _load_file(self, file: PlannedFile, source: Source, refused: RefusedCsv) -> None:
        items = file.opened.records(file.context, file.place)
        rows_before = self.rows.read
        if file.opened.refused_again:
            self._incomplete.add(source.dataset)
        sensitive = SensitiveRows()
        async with contextlib.aclosing(self._read_ahead(items, file)) as batches:
            async for batch in batches:
                self._bytes_of_file = batch.position
                self._lists = await self.engine.snapshot(lambda tx: read_lists(tx, self.engine))
                for refusal in batch.refusals:
                    self._refuse(file, source, refused, refusal)
                self.notes.extend(batch.notes)
                if not file.again:
                    self.rows.skipped += batch.skipped
                    self.rows.read = rows_before + batch.rows
                for _, record, _ in batch.records:
                    sensitive.look(record)
                self.records += len(batch.records)
                if batch.records:
                    await self._write(file, source, batch, refused)
                self._report()
                if batch.unusable is not None and not file.again:
                    self.unusable.append(batch.unusable)
                    self.notes.append(batch.unusable.reason)
        self.notes.extend(sensitive.notes(file.member.name))

    async def _read_ahead(self, items: Iterator[Item], file: PlannedFile) -> AsyncGenerator[_Batch]:
        """The file's batches; while one is written, the next is read already."""
        upcoming = self._reading(items, file)
        try:
            while not (batch := await upcoming).ended:
                upcoming = self._reading(items, file)
                yield batch
            yield batch
        finally:
            # A thread cannot be stopped, and the file must not be closed under it.
            await asyncio.wait([upcoming])
            if not upcoming.cancelled():
                upcoming.exception()

    def _reading(self, items: Iterator[Item], file: PlannedFile) -> asyncio.Task[_Batch]:
        self._batches += 1
        return asyncio.create_task(asyncio.to_thread(_take, items, file, self._batches))

    async def _write(self, file: PlannedFile, source: Source, batch: _Batch, refused: RefusedCsv) -> None:
        if self._dry_run is not None or batch.number > self.position.batches:
            conflicts = await self._write_new(file, source, batch)
        else:
            conflicts = [Refusal(**row) for row in self.spool.conflicts(batch.number)]
            again = {record_key(source, record): record for _, record, _ in batch.records}
            self._left_out |= screen(self._lists, again, lambda record: record_key(source, record)).people
        self.records -= len(conflicts)
        for conflict in conflicts:
            self._refuse(file, source, refused, conflict)

    async def _write_new(self, file: PlannedFile, source: Source, batch: _Batch) -> list[Refusal]:
        def note(outcome: Outcome) -> int:
            conflicts = [self._shown(one) for one in _conflicts(file, batch, outcome)]
            self.spool.save_conflicts(batch.number, [asdict(one) for one in conflicts])
            return len(conflicts)

        records = [record for _, record, _ in batch.records]
        if self._dry_run is not None:
            await self._count_known(source, records)
        also = self._noting(batch.number, self._share(), note)
        outcome = await write_records(
            self.engine, source, records, dry_run=self._dry_run, also=also, left_out=self._left_out
        )
        self._left_out |= outcome.left_out
        self._written(outcome, batch.number)
        return _conflicts(file, batch, outcome)

    async def _withdraw(self, source: Source) -> None:
        if self._dry_run is None:
            also = self._noting(self.position.batches, LOADED)
            self._written(await withdraw_unseen(self.engine, source, also=also), self.position.batches)
        elif gone := await count_unseen(self.engine, source.dataset) - self._known.get(source.dataset, 0):
            rows = "1 row" if gone == 1 else f"{gone:,} rows"
            self.notes.append(f"Known from an earlier reading and not there any more, withdrawn: {rows}")

    async def _count_known(self, source: Source, records: Sequence[Record]) -> None:
        keys = sorted({record_key(source, record) for record in records})
        rows = await self.engine.read("records/known", keys=keys)
        known = sum(row["dataset"] == source.dataset for row in rows)
        self._known[source.dataset] = self._known.get(source.dataset, 0) + known

    def _noting(
        self, batches: int, share: float, note: Callable[[Outcome], int] | None = None
    ) -> Callable[[Transaction, Outcome], Awaitable[None]]:
        """What notes, within a write's own transaction, that it was done and what it counted."""

        async def also(tx: Transaction, outcome: Outcome) -> None:
            refused = self.rows.refused + (note(outcome) if note else 0)
            rows = RowCounts(self.rows.read, self.rows.skipped, refused)
            await self.journal.checkpoint(tx, self._position(outcome, batches), rows, share)

        return also

    def _position(self, outcome: Outcome, batches: int) -> Position:
        return Position(self._files, batches, add_counts(self.position.counts, outcome.as_dict()))

    def _written(self, outcome: Outcome, batches: int) -> None:
        self.position = self._position(outcome, batches)

    async def _source(self, file: PlannedFile) -> Source:
        """The file's source; its owner is made one of ours first. Raises FileError for one not to be stored."""
        owner, private_to = file.context.owner, self.request.private_to
        if owner is not None:
            lists = await self.engine.snapshot(lambda tx: read_lists(tx, self.engine))
            if any(lists.holds(key) for key in owner.keys):
                raise FileError(
                    f"{file.member.name}: its owner is on the list of people who must not be stored",
                    "Take them off the list (liaison suppress --lift …) if they want to be stored again",
                )
        if owner is not None and owner.keys not in self._owners:
            self._owners.add(owner.keys)
            await self._introduce(file)
        if self.request.private and private_to is None and owner is not None:
            private_to = await person_id_of(self.engine, owner)
        return Source(
            name=self.request.source.strip(),
            dataset=file.dataset,
            run=self.journal.run,
            private_to=private_to,
            collected_on=self.request.collected_on,
        )

    async def _introduce(self, file: PlannedFile) -> None:
        owner = file.context.owner
        if owner is None:
            return
        stored = await stored_person(self.engine, owner)
        if stored is None or not stored.get("team_member"):
            several = len({one.member.delivery for one in self.plan.files}) > 1
            self.notes.append(f"{file.archive}: {_OURS}" if several else _OURS)
        if any(one.is_profile and one.context.owner == owner for one in self.plan.files):
            return  # it makes its owner known by itself
        name = self.request.source.strip()
        source = Source(name=name, dataset=f"{name}|owners", run=self.journal.run)
        also = self._noting(self.position.batches, self._share())
        records = introduction(owner, known=stored is not None)
        outcome = await write_records(self.engine, source, records, dry_run=self._dry_run, also=also)
        self._written(outcome, self.position.batches)

    def _refuse(self, file: PlannedFile, source: Source, refused: RefusedCsv, refusal: Refusal) -> None:
        self.rows.refused += 1
        self._incomplete.add(source.dataset)
        refusal = self._worded(self._shown(refusal))
        cells = refusal.cells if file.mendable else {"line": str(refusal.line), **refusal.cells}
        refused.add(cells, refusal.column, refusal.reason, refusal.fix)
        if len(self.refused) < MOST_LISTED:
            self.refused.append(
                RefusedRow(file.member.name, refusal.line, refusal.column, refusal.reason, refusal.fix)
            )

    def _worded(self, refusal: Refusal) -> Refusal:
        """The refusal in the words of whoever gave the files."""
        return replace(refusal, fix=as_fields(refusal.fix)) if self.request.uploaded else refusal

    def _shown(self, refusal: Refusal) -> Refusal:
        """The refusal; without its cells where they show somebody who must not be stored."""
        return replace(refusal, cells={}) if self._lists.hides(refusal.cells.values()) else refusal

    def _report(self) -> None:
        self.share = self._share()
        if self.progress is not None:
            done = self._bytes + self._bytes_of_file
            rows, refused = self.rows.read, self.rows.refused
            self.progress(
                Report(self.journal.run, "importing", done, self.plan.total, rows, refused, self.share)
            )

    def _share(self) -> float:
        done = (self._bytes + self._bytes_of_file) / max(1, self.plan.total)
        return _CHECKED + (LOADED - _CHECKED) * min(1.0, done)

    def _refused_csv(self, file: PlannedFile) -> RefusedCsv:
        name = refused_name(file.member.base_name, self._refused_names, mendable=file.mendable)
        self._refused_names.add(name)
        return RefusedCsv(self.spool.refused / name, file.refused_columns)


def _take(items: Iterator[Item], file: PlannedFile, number: int) -> _Batch:
    """The next batch of a file's items."""
    batch = _Batch(number)
    with named(file.member.name):
        for _ in range(BATCH):
            try:
                item = next(items, None)
            except NothingUsableError as error:
                batch.unusable, item = error, None
            match item:
                case None:
                    batch.ended = True
                    break
                case Record():
                    batch.records.append((file.place.line, item, file.place.cells))
                case Held():
                    batch.records.append((item.row.line, item.record, item.row.cells))
                case Note():
                    batch.notes.append(f"{file.member.name}: {item.text}")
                case Refusal():
                    batch.refusals.append(item)
                case Skipped():
                    batch.skipped += 1
    batch.rows = file.place.rows
    batch.position = file.member.position
    return batch


def _conflicts(file: PlannedFile, batch: _Batch, outcome: Outcome) -> list[Refusal]:
    if not outcome.conflicts:
        return []
    rows = {record.key: (line, record, cells) for line, record, cells in batch.records}
    shown = file.opened.refused_columns
    found = []
    for conflict in outcome.conflicts:
        line, record, cells = rows[conflict.record_key]
        # A record that keeps nothing sums up many rows, of which the last one is not to blame.
        original = {name: cells.get(name, "") for name in shown} if record.kept else {}
        found.append(Refusal(file.member.name, line, "", conflict.reason, conflict.fix, original))
    return found
