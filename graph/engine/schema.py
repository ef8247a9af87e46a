"""The shape of the graph: numbered steps, each applied once and recorded in the graph itself."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime

from graph.engine.connection import Engine
from graph.engine.errors import EngineError, EngineUnavailable, SchemaMismatch

__all__ = ["EXPECTED_VERSION", "STEPS", "migrate", "rewrite_personal_indexes", "schema_version"]

# Each step's statements can run twice, and at once in two services: whoever comes second finds nothing to do.
STEPS: dict[int, tuple[str, ...]] = {
    1: (
        "schema/person_id",
        "schema/company_id",
        "schema/project_id",
        "schema/school_id",
        "schema/community_id",
        "schema/import_run_id",
        "schema/api_key_id",
        "schema/api_key_prefix",
        "schema/write_lock_id",
        "schema/derivation_id",
        "schema/identity_key",
        "schema/source_record_key",
        "schema/schema_step_version",
        "schema/person_search_name",
        "schema/person_search_last",
        "schema/person_search_word2",
        "schema/person_search_word3",
        "schema/person_search_word4",
        "schema/person_team_member",
        "schema/person_pending",
        "schema/company_pending",
        "schema/project_pending",
        "schema/company_search_name",
        "schema/project_search_name",
        "schema/source_record_dataset",
        "schema/stored_reply_key",
        "schema/stored_reply_kept_until",
    ),
    2: (
        "schema/opportunity_id",
        "schema/observation_id",
        "schema/signal_id",
        "schema/persona_id",
        "schema/introduction_id",
        "schema/opportunity_search_name",
    ),
    3: (
        "schema/decision_id",
        "schema/decision_a",
        "schema/decision_b",
        "schema/decision_run",
        "schema/withdrawn_record_id",
        "schema/withdrawn_record_key",
        "schema/withdrawn_record_withdrawn_by",
        "schema/withdrawn_record_dataset",
        "schema/withdrawn_record_withdrawn_on",
        "schema/identity_undone_by",
        "schema/dataset_reading_id",
        "schema/dataset_reading_run",
        "schema/dataset_reading_dataset",
    ),
    4: (
        "schema/privacy_key_id",
        "schema/suppression_fingerprint",
        "schema/suppression_batch",
        "schema/suppressed_name_fingerprint",
        "schema/objection_fingerprint",
        "schema/erasure_id",
    ),
    5: (
        "schema/person_unmatched",
        "schema/person_match_names",
        "schema/person_match_family",
        "schema/person_match_second_family",
        "schema/match_candidate_pair",
        "schema/match_candidate_state",
        "schema/match_candidate_run",
        "matching/mark_everybody",
    ),
    6: (
        "schema/audit_event_id",
        "schema/audit_event_by",
        "schema/audit_mark_key",
    ),
    7: ("schema/source_record_moved_on",),
}
EXPECTED_VERSION = max(STEPS)

# Indexes of names, addresses and what is called after them.
_PERSONAL = (
    "schema/identity_key",
    "schema/source_record_key",
    "schema/source_record_dataset",
    "schema/person_search_name",
    "schema/person_search_last",
    "schema/person_search_word2",
    "schema/person_search_word3",
    "schema/person_search_word4",
    "schema/person_match_names",
    "schema/person_match_family",
    "schema/person_match_second_family",
    "schema/company_search_name",
    "schema/withdrawn_record_id",
    "schema/withdrawn_record_key",
    "schema/withdrawn_record_dataset",
    "schema/dataset_reading_id",
    "schema/dataset_reading_dataset",
    "schema/match_candidate_pair",
    "schema/decision_a",
    "schema/decision_b",
)

_ATTEMPTS = 10


async def schema_version(engine: Engine) -> int:
    """The number of the newest step applied to this graph; 0 on a new one."""
    rows = await engine.read("schema/version")
    return int(rows[0]["version"] or 0)


async def migrate(engine: Engine) -> int:
    """Apply the steps that the graph lacks, in order, and answer its version.

    Raises SchemaMismatch when the graph was written by a newer Liaison.
    """
    version = await schema_version(engine)
    if version > EXPECTED_VERSION:
        raise SchemaMismatch(
            f"the graph at {engine.address} has schema {version}, this Liaison knows {EXPECTED_VERSION}: "
            "install the newer Liaison that wrote it, or use another graph"
        )
    for number in sorted(STEPS):
        if number > version:
            for name in STEPS[number]:
                await _apply(engine, name)
            await engine.write("schema/record_step", version=number, applied_at=datetime.now(UTC).isoformat())
    return max(version, EXPECTED_VERSION)


async def rewrite_personal_indexes(engine: Engine) -> None:
    """Make the indexes of names and addresses anew: an engine keeps deleted values in them for an unknown time.

    Searches are slow meanwhile; a large graph takes minutes. Writers still queue for the write lock, so that nothing
    is stored twice while an index is not there.
    """
    for name in _PERSONAL:
        await _apply(engine, f"schema/drop_{name.removeprefix('schema/')}")
        await _apply(engine, name)


async def _apply(engine: Engine, name: str) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            await engine.auto_commit(name)
            return
        except EngineUnavailable:
            raise
        except EngineError:
            # Two services that make one index at once: an engine may refuse the second while the first is
            # under way, and finds nothing to do a moment later.
            if attempt == _ATTEMPTS:
                raise
            await asyncio.sleep(random.uniform(0.05, 0.15) * attempt)
