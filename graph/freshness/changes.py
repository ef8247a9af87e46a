"""What changed between two imports: who left, joined, moved or got another title, and which moments that opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.engine.connection import Engine, Row
from graph.freshness.job_changes import JOINED, LEFT, MOVED, NEW_TITLE, JobChange, Told, job_changes
from graph.freshness.parameters import FRESHNESS, FreshnessParameters
from graph.model.entities import Company
from graph.records.history import History
from graph.records.organisations import companies_by_keys
from graph.records.views import EVERYBODY, CompanyView, PersonView

__all__ = ["Change", "OpenedMoment", "Position", "changes_since", "with_moments"]

Position = tuple[str, str, str]
ARRIVED, MEMBER_LEFT, MEMBER_PROMOTED = "contact_arrived", "member_left", "member_promoted"


@dataclass(frozen=True, slots=True)
class OpenedMoment:
    """What a change is good for in an open opportunity, in words."""

    kind: str
    opportunity: str
    opportunity_name: str
    text: str
    names: str | None = None
    """The id of whoever of ours the text names."""


@dataclass(frozen=True, slots=True)
class Change:
    """A person's change of job. Where a company is not stored any more, only its name is known."""

    person: PersonView
    says: JobChange
    old: CompanyView | None
    new: CompanyView | None
    sources: tuple[str, ...]
    moments: tuple[OpenedMoment, ...] = field(default=())

    @property
    def position(self) -> Position:
        """Sort key, the newest first when reversed."""
        return self.says.read_on, self.person.id, "|".join(self._what)

    @property
    def _what(self) -> tuple[str, ...]:
        """Which change it is, whoever tells of it."""
        title = self.says.new_title.casefold() if self.says.kind == NEW_TITLE else ""
        return self.says.kind, _place(self.old, self.says.old), _place(self.new, self.says.new), title

    @property
    def text(self) -> str:
        """The change in a sentence, with the days between which it happened."""
        says, name = self.says, self.person.name
        old, new = _name(self.old, says.old), _name(self.new, says.new)
        role = f" as {says.new_title}" if says.new_title else ""
        until = _in(says.ended) if says.ended else ""
        since = f" since {says.started}" if says.started else ""
        now = f"still at {_name(None, says.still)}" if says.still else "where they are now is not known"
        what = {
            LEFT: f"{name} left {old}{until}; {now}",
            JOINED: f"{name} is now also at {new}{role}{since}",
            MOVED: f"{name} left {old}{until}; now at {new}{role}{since}",
            NEW_TITLE: f"{name} at {new} is now {says.new_title}",
        }[says.kind]
        dated = says.ended or (says.started and says.kind in (JOINED, MOVED))
        if dated or says.last_seen >= says.noticed:
            return f"{what} (noticed on {says.noticed})."
        return f"{what} (between {says.last_seen} and {says.noticed})."


def _in(day: str) -> str:
    """A partial date with its preposition."""
    return f" on {day}" if len(day) > len("2026-09") else f" in {day}"


def _name(view: CompanyView | None, said: Company | None) -> str:
    return (view.name if view else said.name if said else "") or "a company"


def _place(view: CompanyView | None, said: Company | None) -> str:
    return view.id if view else said.name.casefold() if said else ""


async def changes_since(
    engine: Engine,
    since: str,
    *,
    viewer: str | None,
    sees: str | None = EVERYBODY,
    parameters: FreshnessParameters = FRESHNESS,
) -> list[Change]:
    """All changes of job first read on a day (ISO) or later, the newest first, each once whoever tells of it.

    Looks at the newest `most_changes` records that tell of one, and at as many that others stand in for. Nobody is
    named who objected, or whom the caller may not know.
    """
    told = [
        (person, change)
        for person, rows in await _told_since(engine, since, viewer, sees, parameters)
        for change in job_changes(rows)
        if change.read_on >= since
    ]
    keys = {key for _, change in told for one in (change.old, change.new) if one for key in one.keys}
    companies = await companies_by_keys(engine, sorted(keys)) if keys else {}
    found: dict[tuple[str, ...], Change] = {}
    for person, says in told:
        one = Change(person, says, _company(says.old, companies), _company(says.new, companies), says.keys)
        which = (person.id, *one._what)
        found[which] = _together(found[which], one) if which in found else one
    moved = {(one.person.id, one._what[1]) for one in found.values() if one.says.kind == MOVED}
    # Who left, as one source tells, and went somewhere, as another does, is told of once.
    known = (
        one for one in found.values() if one.says.kind != LEFT or (one.person.id, one._what[1]) not in moved
    )
    return sorted(known, key=lambda change: change.position, reverse=True)


async def _told_since(
    engine: Engine, since: str, viewer: str | None, sees: str | None, parameters: FreshnessParameters
) -> list[tuple[PersonView, list[Told]]]:
    """All that a dataset says of a person and said, of those datasets that told of another post since."""
    asked = {"since": since, "viewer": viewer, "sees": sees, "limit": parameters.most_changes}
    places = [
        *await engine.read("freshness/moved", **asked),
        *await engine.read("freshness/replaced", **asked),
    ]
    wanted = list({(row["id"], row["dataset"]): dict(row) for row in places}.values())
    rows = await engine.read("freshness/told_of_posts", wanted=wanted, viewer=viewer) if wanted else []
    found: dict[tuple[str, str], tuple[PersonView, list[Told]]] = {}
    for row in rows:
        record, person = row["record"], PersonView.of(row["person"])
        history = _known_to(History.from_properties(record), viewer)
        told = Told(history, record.get("withdrawn_by"), record.get("withdrawn_on") or "")
        found.setdefault((person.id, record["dataset"]), (person, []))[1].append(told)
    return list(found.values())


def _known_to(history: History, viewer: str | None) -> History:
    """What the viewer may know of what a record said."""
    versions = tuple(one for one in history.versions if one.private_to in (None, viewer))
    return replace(history, versions=versions)


def _company(said: Company | None, known: Mapping[str, CompanyView]) -> CompanyView | None:
    return next((known[key] for key in said.keys if key in known), None) if said else None


def _together(one: Change, other: Change) -> Change:
    """One change that two records tell of: noticed by the first, and last seen before that as late as either knows."""
    first, second = sorted((one, other), key=lambda change: (change.says.noticed, change.sources))
    last_seen = max(
        (each.says.last_seen for each in (first, second) if each.says.last_seen <= first.says.noticed),
        default=first.says.last_seen,
    )
    says = replace(
        first.says,
        last_seen=last_seen,
        started=first.says.started or second.says.started,
        ended=first.says.ended or second.says.ended,
    )
    return replace(first, says=says, sources=tuple(sorted({*one.sources, *other.sources})))


async def with_moments(
    engine: Engine,
    changes: Sequence[Change],
    *,
    viewer: str | None,
    committees: bool,
    parameters: FreshnessParameters = FRESHNESS,
) -> list[Change]:
    """The changes with the moments they open. `committees`: whether the caller may know who sits on committees."""
    closed = list(parameters.closed_stages)
    people = sorted({change.person.id for change in changes})
    arrived = sorted({one.new.id for one in changes if one.new and one.says.kind != NEW_TITLE})
    sought = (
        await engine.read("freshness/opportunities_at", companies=arrived, closed=closed) if arrived else []
    )
    seats = (
        await engine.read("freshness/seats_of", people=people, closed=closed) if people and committees else []
    )
    ours = await engine.read("freshness/known_to_us", people=people, viewer=viewer) if sought else []
    best: dict[str, Row] = {}
    for row in ours:
        best.setdefault(row["person"], row)
    return [
        replace(one, moments=(*_arrival(one, sought, best.get(one.person.id)), *_of_member(one, seats)))
        for one in changes
    ]


def _arrival(change: Change, sought: Sequence[Row], knows: Row | None) -> list[OpenedMoment]:
    if change.new is None or change.says.kind == NEW_TITLE or knows is None or change.person.team_member:
        return []
    return [
        OpenedMoment(
            ARRIVED,
            row["opportunity"],
            row["name"],
            f"{change.person.name}, whom {knows['name']} knows ({knows['p']:.0%}), is now at {change.new.name}: "
            f"ask them about {row['name']}.",
            knows["id"],
        )
        for row in sought
        if row["company"] == change.new.id
    ]


def _of_member(change: Change, seats: Sequence[Row]) -> list[OpenedMoment]:
    name, found = change.person.name, []
    for row in seats:
        if row["person"] != change.person.id:
            continue
        where: dict[str, Any] = {"opportunity": row["opportunity"], "opportunity_name": row["name"]}
        left = (
            change.says.kind in (LEFT, MOVED) and change.old is not None and change.old.id == row["company"]
        )
        if left:
            text = (
                f"{name} has left {_name(change.old, None)}: who follows on the committee of {row['name']}?"
            )
            found.append(OpenedMoment(MEMBER_LEFT, text=text, **where))
        elif change.says.kind == NEW_TITLE and change.new is not None and change.new.id == row["company"]:
            text = f"{name}, on the committee of {row['name']}, is new as {change.says.new_title}."
            found.append(OpenedMoment(MEMBER_PROMOTED, text=text, **where))
    return found
