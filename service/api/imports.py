"""Import runs: what they did, and how far one is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from enum import Enum

import strawberry

from importers.journal import list_runs, read_run
from importers.results import ImportRun as Run
from importers.wording import in_fields
from service.api.context import Info
from service.api.guard import Guarded
from service.api.pages import Connection, decode_cursor, encode_cursor, page_of, page_size, within_limit
from service.api.values import DateText, date_text
from service.errors import ErrorCode, ServiceError
from service.security.permissions import require

__all__ = ["ImportQueries", "ImportRun", "ImportSubscriptions"]

LOOK_EVERY = 0.5


class ImportState(Enum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


ImportStateEnum = strawberry.enum(ImportState, description="Where an import stands.")


@strawberry.type(description="A row that was not imported, why, and what to do.")
class RefusedRow:
    """A refused row; quotes nobody."""

    file: str
    line: int
    column: str
    reason: str
    fix: str


@strawberry.type(description="Rows of all files: read in all, of these skipped and refused.")
class RowCounts:
    """Row counts."""

    read: int
    skipped: int
    refused: int


@strawberry.type(description="What happened to one kind of record.")
class RecordCounts:
    """Counts of one kind."""

    created: int
    updated: int
    unchanged: int
    withdrawn: int
    suppressed: int = strawberry.field(
        default=0, description="Left out: about people who must not be stored."
    )


@strawberry.type(description="What happened, by kind of record; nothing for kinds the import had none of.")
class RunCounts:
    """Counts of all kinds, named as the journal names them."""

    people: RecordCounts | None = None
    companies: RecordCounts | None = None
    projects: RecordCounts | None = None
    schools: RecordCounts | None = None
    communities: RecordCounts | None = None
    employments: RecordCounts | None = None
    project_roles: RecordCounts | None = None
    project_companies: RecordCounts | None = None
    studies: RecordCounts | None = None
    memberships: RecordCounts | None = None
    connections: RecordCounts | None = None
    interactions: RecordCounts | None = None
    recommendations: RecordCounts | None = None
    endorsements: RecordCounts | None = None
    reporting_lines: RecordCounts | None = None
    alliances: RecordCounts | None = None
    opportunities: RecordCounts | None = None
    opportunity_companies: RecordCounts | None = None
    committee_members: RecordCounts | None = None
    observations: RecordCounts | None = None
    signals: RecordCounts | None = None
    personas: RecordCounts | None = None
    refused_alliances: RecordCounts | None = None
    subsidiaries: RecordCounts | None = None


@strawberry.type(description="What went when an import was taken back.")
class TakenBack:
    """Counts of an undo."""

    removed: int = strawberry.field(default=0, description="Records that only it had stated.")
    changed: int = strawberry.field(default=0, description="Records that say again what they said before.")
    restored: int = strawberry.field(default=0, description="Records that it had withdrawn.")
    parted: int = strawberry.field(default=0, description="People and others that it had joined.")


@strawberry.type(description="One import.")
class ImportRun:
    """An import run."""

    id: strawberry.ID
    state: ImportState
    source: str
    purpose: str = strawberry.field(description="Why the people in it are stored.")
    lawful_basis: str = strawberry.field(description="Of that (GDPR, article 6).")
    collected_on: DateText | None = strawberry.field(description="Since when they are known.")
    created_at: str
    finished_at: str | None
    dry_run: bool
    files: list[str]
    progress: float = strawberry.field(description="0 to 1.")
    rows: RowCounts
    counts: RunCounts
    merged: int = strawberry.field(description="People recognised as others who were known.")
    to_review: int = strawberry.field(
        description="Pairs of people that wait for a human: `reviewCandidates`."
    )
    error: str | None
    notes: list[str]
    undone_at: str | None = strawberry.field(description="When it was taken back.")
    undone_by: str | None
    taken_back: TakenBack | None
    all_refused: strawberry.Private[list[RefusedRow]]

    @strawberry.field(
        description="The first refused rows, at most 1 000; all of them: GET /imports/{id}/refused.csv."
    )
    def refused(self, first: int = 1000) -> list[RefusedRow]:
        """Refused rows."""
        return self.all_refused[: within_limit(first, 1000, "first")]

    @classmethod
    def of(cls, run: Run) -> ImportRun:
        """From the journal."""
        run = in_fields(run)
        return cls(
            id=strawberry.ID(run.id),
            state=ImportState(run.state),
            source=run.source,
            purpose=run.purpose,
            lawful_basis=run.lawful_basis,
            collected_on=date_text(run.collected_on),
            created_at=run.created_at,
            finished_at=run.finished_at,
            dry_run=run.dry_run,
            files=list(run.files),
            progress=run.progress,
            rows=RowCounts(**run.rows.as_dict()),
            counts=RunCounts(**{kind: _counts(changes) for kind, changes in run.counts.items()}),
            merged=run.merged,
            to_review=run.to_review,
            error=run.error,
            notes=list(run.notes),
            undone_at=run.undone_at,
            undone_by=run.undone_by,
            taken_back=TakenBack(**run.taken_back) if run.undone_at else None,
            all_refused=[RefusedRow(**row.as_dict()) for row in run.refused],
        )


def _counts(changes: Mapping[str, int]) -> RecordCounts:
    return RecordCounts(
        **{
            name: changes.get(name, 0)
            for name in ("created", "updated", "unchanged", "withdrawn", "suppressed")
        }
    )


@strawberry.type
class ImportQueries:
    """Queries for import runs."""

    @strawberry.field(extensions=[Guarded()], description="An import by id.")
    async def import_run(self, info: Info, id: strawberry.ID) -> ImportRun | None:  # noqa: A002
        """One run."""
        run = await read_run(info.context.engine, id)
        return ImportRun.of(run) if run else None

    @strawberry.field(extensions=[Guarded()], description="Imports, newest first.")
    async def import_runs(
        self, info: Info, first: int | None = 20, after: str | None = None
    ) -> Connection[ImportRun]:
        """A page of runs."""
        size = page_size(first)
        position = decode_cursor(after, str, str)
        engine = info.context.engine
        found = await list_runs(engine, size, position)
        page = page_of(
            [(ImportRun.of(run), encode_cursor(run.created_at, run.id)) for run in found.runs],
            size,
            after,
            lambda: _count(info),
        )
        page.page_info.has_next_page = found.has_next
        return page


async def _count(info: Info) -> int:
    rows = await info.context.engine.read("imports/count")
    return int(rows[0]["total"])


@strawberry.type
class ImportSubscriptions:
    """Progress of imports."""

    @strawberry.subscription(
        description="The run now, whenever it has moved on, and when it is over; then it ends."
    )
    async def import_progress(self, info: Info, id: strawberry.ID) -> AsyncIterator[ImportRun]:  # noqa: A002
        """Follow a run to its end."""
        require(info.context.caller, "Subscription.importProgress")
        told: Run | None = None
        while True:
            run = await read_run(info.context.engine, id)
            if run is None:
                raise ServiceError(ErrorCode.NOT_FOUND, "There is no import with this id.")
            if run != told:
                yield ImportRun.of(run)
            if run.state in ("done", "failed", "undone"):
                return
            told = run
            await asyncio.sleep(LOOK_EVERY)
