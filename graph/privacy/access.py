"""Everything held about one person, for an access request: read by what is joined with them, not by a list of kinds.

Every relationship at the person is read, whatever its type, and whatever it leads to is told as far as it is about
them: a kind of fact that is added to the model is answered without a change here. Of other people nothing is told but
the name of the other end of the person's own facts; what is thought of others, and who said what, is withheld, and
`withheld` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph.engine.connection import Engine, Row, Transaction
from graph.model.committee import Observation, Opportunity, Persona, Signal
from graph.model.entities import Community, Company, Person, Project, School
from graph.privacy.access_records import ELSEWHERE, Subject, told_record
from graph.privacy.audit import events_about
from graph.privacy.duties import privacy_of
from graph.privacy.erasure import read_traces
from graph.privacy.traces import Traces
from graph.ties import evidence_within

__all__ = ["FORMAT", "PLACES", "access_to"]

FORMAT = "liaison-access/1"
# Places that people share: only which one it is belongs to the person.
PLACES = frozenset(kind.LABEL for kind in (Company, Project, School, Community, Opportunity))
# Nodes that say something about the person in words of their own.
NOTES = frozenset(kind.LABEL for kind in (Observation, Signal, Persona))
_OWNERS = ("owners", "private_to")
_PAIRS_AT_ONCE = 500
_EVENTS = 1_000
_OF_RUN = "id source created_at finished_at files purpose lawful_basis collected_on".split()
WITHHELD = (
    "Of other people only their names are told, where something is recorded of you and them.",
    "What you said about others is told by date and occasion, not by content: it is about somebody else.",
    "Who said something about you is not named when it is a private person.",
    "Who looked at your data is told by role, not by name.",
)


@dataclass(slots=True)
class _Answer:
    """The parts of the answer while it is put together."""

    subject: Subject
    identities: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    ties: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)
    said: list[Row] = field(default_factory=list)
    introductions: list[Row] = field(default_factory=list)
    other: list[Row] = field(default_factory=list)
    described_by: list[Row] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


async def access_to(engine: Engine, person_id: str) -> dict[str, Any] | None:
    """All that is held about a person, as plain values for JSON (`docs/privacy.md` describes them); None: unknown."""

    async def work(tx: Transaction) -> dict[str, Any] | None:
        rows = await tx.run("access/person", id=person_id)
        return await _read(tx, rows[0]["person"]) if rows else None

    traces = await read_traces(engine, person_id)
    found = await engine.snapshot(work)
    if found is None or traces is None:
        return None
    states = await privacy_of(engine, [person_id], None)
    return {
        **found,
        "privacy": asdict(states[person_id]) if person_id in states else {},
        **await _elsewhere(engine, Subject(person_id, traces.keys), traces, found["records"]),
        "looked_at": await _all_events(engine, person_id),
        "withheld": list(WITHHELD),
    }


async def _read(tx: Transaction, person: Row) -> dict[str, Any]:
    around = await tx.run("access/around", id=person["id"])
    identities = [row["other"] for row in around if _label(row) == "Identity"]
    found = _Answer(Subject(person["id"], frozenset(one["key"] for one in identities)))
    for row in around:
        _place(found, row)
    await _explain_ties(tx, found)
    _join(found, await tx.run("access/notes", id=person["id"]))
    records = await _records(tx, found)
    runs = {run for record in records for run in record.get("runs", ())}
    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "person": person,
        "identities": sorted(found.identities, key=lambda one: str(one.get("key"))),
        "facts": sorted(
            found.facts, key=lambda one: (one["type"], str(one["other"].get("name")), str(one["says"]))
        ),
        "ties": sorted(
            found.ties, key=lambda one: (-one["says"].get("p", 0.0), str(one["other"].get("name")))
        ),
        "notes": sorted(found.notes, key=lambda one: (one["kind"], str(one["says"].get("id")))),
        "said_by_them": sorted(found.said, key=lambda one: str(one["says"].get("on"))),
        "introductions": sorted(found.introductions, key=lambda one: str(one.get("id"))),
        "records": records,
        "imports": [_of_run(row["run"]) for row in await tx.run("access/runs", ids=sorted(runs))],
        "keys": [_said(row) for row in await tx.run("access/keys", id=person["id"])],
        "other": found.other,
    }


async def _elsewhere(
    engine: Engine, subject: Subject, traces: Traces, told: Sequence[Row]
) -> dict[str, list[Row]]:
    """What is held without a relationship to the person: found by their identities and by words, in a scan."""
    decided = [row["decision"] for row in await engine.read("access/decisions", keys=sorted(traces.keys))]
    words = traces.stored_words
    rows = await engine.read("privacy/withdrawn", words=words) if words else []
    known = {record["key"] for record in told}
    speaking = await engine.read("privacy/speaking", words=words) if words else []
    mentioning = sorted({row["key"] for row in speaking} - known)
    records = await engine.read("access/records", keys=mentioning) if mentioning else []
    return {
        "decisions": [_decision(one, traces.keys) for one in decided],
        "withdrawn": [told_record(row["record"], subject, about_them=False) for row in rows],
        "mentions": [told_record(row["record"], subject, about_them=False) for row in records],
    }


def _decision(said: Row, mine: frozenset[str]) -> Row:
    told = {name: said[name] for name in ("id", "kind", "at", "ended") if said.get(name) is not None}
    return told | {end: said[end] if said.get(end) in mine else ELSEWHERE for end in ("a", "b")}


def _place(found: _Answer, row: Row) -> None:
    """Put one relationship where it belongs."""
    label, says, other = _label(row), dict(row["says"]), dict(row["other"])
    found.sources.update(says.get("sources") or ())
    if label == "Identity":
        found.identities.append(other)
    elif label == "SourceRecord":
        found.described_by.append(other)
    elif row["type"] == "TIE":
        found.ties.append({"other": _end(label, other), "says": _without_owners(says, found.subject)})
    elif row["type"] == "HEARD_FROM":
        kept = {
            name: other.get(name) for name in ("id", "kind", "on", "source") if other.get(name) is not None
        }
        found.said.append({"says": kept, "sources": says.get("sources", [])})
    elif label in NOTES:
        found.notes.append(
            {"kind": label, "as": row["type"], "says": other, "with": [], "sources": says.get("sources", [])}
        )
    elif label == "Introduction":
        found.introductions.append(_introduction(other, found.subject.id))
    elif label in PLACES or label == Person.LABEL:
        found.facts.append(
            {
                "type": row["type"],
                "from_them": row["starts_here"],
                "other": _end(label, other),
                "says": _without_owners(says, found.subject),
                "sources": says.get("sources", []),
            }
        )
    else:
        found.other.append({"type": row["type"], "kind": label, "says": says, "of": other})


def _join(found: _Answer, rows: Iterable[Row]) -> None:
    """Tell of each note where it belongs, and which records state it; of introductions, along whom."""
    notes = {one["says"]["id"]: one for one in found.notes}
    introductions = {one["id"]: one for one in found.introductions}
    for row in rows:
        label, other = _label(row), row["other"]
        if row["note"] in introductions:
            one = introductions[row["note"]]
            place = one["people"] if label == Person.LABEL else one["with"]
            place.append(_end(label, other))
        elif row["note"] in notes:
            found.sources.update(row["says"].get("sources") or ())
            if label == "SourceRecord":
                found.described_by.append(dict(other))
            elif label in PLACES:
                notes[row["note"]]["with"].append(_end(label, other))


def _introduction(said: Row, person_id: str) -> Row:
    """An introduction, with the ties at this person of those it goes along."""
    path = list(said.get("path") or ())
    ties = json.loads(said.get("ties") or "[]")
    place = path.index(person_id) if person_id in path else -1
    near = [tie for at, tie in enumerate(ties) if place in (at, at + 1)]
    kept = {name: value for name, value in said.items() if name not in ("path", "ties", "history")}
    return {
        **kept,
        "ties": near,
        "history": json.loads(said.get("history") or "[]"),
        "people": [],
        "with": [],
    }


async def _explain_ties(tx: Transaction, found: _Answer) -> None:
    """Add the evidence of each tie, what is private to one of its two ends included."""
    me = found.subject.id
    for start in range(0, len(found.ties), _PAIRS_AT_ONCE):
        ties = found.ties[start : start + _PAIRS_AT_ONCE]
        told = await evidence_within(tx, [(me, tie["other"]["id"]) for tie in ties], me)
        for tie in ties:
            other = tie["other"]["id"]
            explained = told.get((min(me, other), max(me, other)))
            evidence = explained.explanation.evidence if explained else ()
            tie["evidence"] = [
                {"kind": one.kind, "text": one.text, "probability": one.probability, "on": one.observed_on}
                for one in evidence
            ]


async def _records(tx: Transaction, found: _Answer) -> list[Row]:
    about = {record["key"]: record for record in found.described_by}
    missing = sorted(found.sources - about.keys())
    others = [row["record"] for row in await tx.run("access/records", keys=missing)] if missing else []
    told = [told_record(record, found.subject, about_them=True) for record in about.values()]
    told += [told_record(record, found.subject, about_them=False) for record in others]
    return sorted(told, key=lambda one: str(one["key"]))


async def _all_events(engine: Engine, person_id: str) -> list[Row]:
    found: list[Row] = []
    before: str | None = None
    while events := await events_about(engine, person_id, before=before, limit=_EVENTS):
        found += [
            {
                "at": one.at,
                "what": one.kind,
                "outcome": one.outcome,
                "by": one.role,
                "operations": list(one.actions),
            }
            for one in events
        ]
        before = events[-1].id
    return found


def _label(row: Mapping[str, Any]) -> str:
    labels: Sequence[str] = row["labels"]
    return labels[0] if labels else ""


def _end(label: str, node: Mapping[str, Any]) -> Row:
    return {"kind": label, "id": node.get("id"), "name": node.get("name")}


def _without_owners(says: Row, subject: Subject) -> Row:
    """Who else may use a fact is about them; that it is private, and whether it is this person's own, is not."""
    kept = {name: value for name, value in says.items() if name not in (*_OWNERS, "sources")}
    owners = says.get("private_to")
    if owners is not None:
        kept["private"] = "theirs" if subject.id in owners else "a team member's"
    return kept


def _of_run(run: Row) -> Row:
    return {name: run[name] for name in _OF_RUN if run.get(name) is not None}


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None}
