"""Reading opportunities back: in pages, and one with all that the answers about it rest on.

`viewer` as in `graph.records.people`: facts that are private to others are left out.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.engine.connection import Engine, Row, Transaction
from graph.model.committee import INFLUENCES, PERSONA_FIELDS
from graph.model.dates import PartialDate, month_of
from graph.records.entering import API
from graph.records.opportunity_views import (
    AskedTie,
    BondView,
    ContactView,
    IntroductionStep,
    IntroductionView,
    KnownBy,
    MemberView,
    NoteView,
    OpportunityFacts,
    OpportunityView,
    PersonaView,
    PostView,
    SignalView,
)
from graph.records.views import PersonView

__all__ = [
    "count_opportunities",
    "facts_of_opportunity",
    "introduction_from",
    "list_opportunities",
    "opportunities_by_ids",
    "read_opportunity",
]

MOST_POSTS = 20_000
_UNSAID_INFLUENCE = INFLUENCES[1]


async def opportunities_by_ids(engine: Engine, ids: Sequence[str]) -> dict[str, OpportunityView]:
    """Opportunities by id; unknown ids are left out."""
    rows = await engine.read("opportunities/by_ids", ids=sorted(set(ids)), entered=API)
    return {row["opportunity"]["id"]: OpportunityView.of(row["opportunity"], row["company"]) for row in rows}


async def list_opportunities(
    engine: Engine, *, company_id: str | None, after: tuple[str, str] | None, limit: int
) -> list[tuple[OpportunityView, str]]:
    """A page of opportunities (of one company) with their sort names, after (sort name, id)."""
    after_name, after_id = after or ("", "")
    page = {"after_name": after_name, "after_id": after_id, "limit": limit}
    if company_id is None:
        rows = await engine.read("opportunities/page", **page)
    else:
        rows = await engine.read("opportunities/page_at_company", company=company_id, **page)
    found = await opportunities_by_ids(engine, [row["id"] for row in rows]) if rows else {}
    return [(found[row["id"]], row["sort_name"]) for row in rows if row["id"] in found]


async def count_opportunities(engine: Engine, *, company_id: str | None) -> int:
    """How many opportunities there are (at one company)."""
    if company_id is None:
        rows = await engine.read("opportunities/count")
    else:
        rows = await engine.read("opportunities/count_at_company", company=company_id)
    return int(rows[0]["total"])


async def read_opportunity(
    engine: Engine, opportunity_id: str, viewer: str | None, *, today: date
) -> OpportunityFacts | None:
    """One opportunity with its committee and all around it, from one state of the graph; None when there is none.

    Five statements, however many members.
    """
    return await engine.snapshot(lambda tx: facts_of_opportunity(tx, opportunity_id, viewer, today=today))


async def facts_of_opportunity(
    tx: Transaction, opportunity_id: str, viewer: str | None, *, today: date
) -> OpportunityFacts | None:
    """As `read_opportunity`, within a reading that is under way."""
    found = await tx.run("opportunities/by_ids", ids=[opportunity_id], entered=API)
    if not found:
        return None
    members = await tx.run("opportunities/members", id=opportunity_id, viewer=viewer)
    around = await tx.run("opportunities/around", id=opportunity_id)
    bonds = [
        {"kind": row["kind"], "a": row["member"], "b": other, "by_us": by_us, "says": says}
        for row in await tx.run("opportunities/bonds", id=opportunity_id, viewer=viewer)
        for other, by_us, says in row["bonds"]
    ]
    posts = await tx.run("opportunities/posts", id=opportunity_id, viewer=viewer, limit=MOST_POSTS)
    opportunity = OpportunityView.of(found[0]["opportunity"], found[0]["company"])
    return _facts(opportunity, members, around, bonds, posts, viewer, today)


def _facts(
    opportunity: OpportunityView,
    members: Sequence[Row],
    around: Sequence[Row],
    bonds: Sequence[Row],
    posts: Sequence[Row],
    viewer: str | None,
    today: date,
) -> OpportunityFacts:
    company = opportunity.company.id if opportunity.company else None
    seated = {row["person"]["id"] for row in members}
    notes = [
        _note(row)
        for row in around
        if row["kind"] == "note"
        and row["subject"] in seated
        and _still_counts(row["says"].get("expires_on"), today)
    ]
    allied = {
        (row["a"], row["b"], row["says"]["key"]): BondView.of(row["a"], row["b"], row["says"])
        for row in bonds
        if row["kind"] == "ALLIED" and _still_counts(row["says"].get("expires_on"), today)
    }
    refused = {_pair(row["a"], row["b"]) for row in bonds if row["kind"] == "NOT_ALLIED"}
    return OpportunityFacts(
        opportunity=opportunity,
        members=tuple(_member(row, company) for row in members),
        notes=tuple(sorted(notes, key=lambda note: (note.on, note.id))),
        bonds=tuple(allied[key] for key in sorted(allied) if not _overruled(allied[key], refused)),
        refused=tuple(sorted(refused)),
        reports_to=tuple(sorted({(row["a"], row["b"]) for row in bonds if row["kind"] == "REPORTS_TO"})),
        known_by=_known_by(bonds, viewer),
        contacts=_contacts(bonds),
        signals=_signals(around),
        introductions=tuple(
            sorted(
                (introduction_from(row["says"]) for row in around if row["kind"] == "introduction"),
                key=lambda one: one.id,
            )
        ),
        posts=tuple(
            sorted(
                (_post(row["person"], row["name"] or "", row["says"]) for row in posts),
                key=lambda post: (post.person, post.from_month or 0, post.title, post.to_month or 0),
            )
        ),
        posts_cut=len(posts) >= MOST_POSTS,
    )


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _overruled(bond: BondView, refused: Collection[tuple[str, str]]) -> bool:
    """Whether a human said that the two are not allied, and no human that they are: an import does not count then."""
    by_hand = any(source.startswith(f"{API}|") for source in bond.sources)
    return bond.sign > 0 and not by_hand and _pair(bond.a, bond.b) in refused


def _member(row: Row, company: str | None) -> MemberView:
    person, seat = PersonView.of(row["person"]), row["seat"]
    return MemberView(
        person=person,
        influence=seat.get("influence") or _UNSAID_INFLUENCE,
        roles=tuple(seat.get("roles") or ()),
        post=_best_post(person, row["posts"], company),
        persona=_persona(row["personas"]),
        sources=tuple(seat.get("sources") or ()),
    )


def _best_post(person: PersonView, posts: Iterable[Sequence[Any]], company: str | None) -> PostView | None:
    """The newest current post at the company, else elsewhere, else none."""
    current = [
        (where == company, says.get("from_month") or 0, says.get("key") or "", says)
        for where, says in posts
        if where is not None and says.get("current")
    ]
    if not current:
        return None
    return _post(person.id, person.name, max(current, key=lambda one: one[:3])[3])


def _post(person: str, name: str, says: Mapping[str, Any]) -> PostView:
    return PostView(
        person=person,
        person_name=name,
        title=says.get("title") or "",
        department=says.get("department") or "",
        seniority=says.get("seniority") or "",
        from_month=says.get("from_month"),
        to_month=says.get("to_month"),
        current=bool(says.get("current")),
        as_of=bool(says.get("as_of")),
    )


def _persona(personas: Iterable[Mapping[str, Any]]) -> PersonaView | None:
    """Several sources noted one: each field from the newest that says something, the undated first."""
    fields: dict[str, Any] = {}
    for one in sorted(personas, key=lambda says: (says.get("noted_on") or "", says["id"])):
        fields |= {name: one[name] for name in _SHOWN_OF_PERSONA if one.get(name)}
    return PersonaView(**fields) if fields else None


_SHOWN_OF_PERSONA = (*PERSONA_FIELDS, "experience", "author", "noted_on")


def _note(row: Row) -> NoteView:
    says = row["says"]
    return NoteView(
        id=says["id"],
        kind=says["kind"],
        about=row["subject"],
        value=float(says["value"]),
        on=says["on"],
        source=says.get("source") or "direct",
        role=says.get("role"),
        reliability=says.get("reliability"),
        informant=row["other"],
        informant_name=row["other_name"],
        author=says.get("author") or "",
        evidence=says.get("evidence"),
        expires_on=says.get("expires_on"),
    )


def _still_counts(expires_on: str | None, today: date) -> bool:
    """It counts to the end of the day, month or year that is named."""
    if expires_on is None:
        return True
    last = PartialDate.parse(expires_on)
    if last.day is not None and last.month is not None:
        return today <= date(last.year, last.month, last.day)
    return month_of(today) <= last.last_month


def _known_by(bonds: Iterable[Row], viewer: str | None) -> tuple[KnownBy, ...]:
    found = {}
    for row in bonds:
        if row["kind"] == "TIE":
            # Private evidence counts on the viewer's own ties only.
            own = viewer in (row["a"], row["b"])
            chance = row["says"]["p"] if own else row["says"].get("shared_p") or 0.0
            if chance > 0.0:
                found[row["a"], row["b"]] = KnownBy(row["a"], row["b"], float(chance))
    return tuple(found[pair] for pair in sorted(found))


def _contacts(bonds: Iterable[Row]) -> tuple[ContactView, ...]:
    found = {}
    for row in bonds:
        if row["kind"] == "INTERACTED":
            says = row["says"]
            counts = int(says.get("sent") or 0), int(says.get("received") or 0)
            from_us, from_them = counts if row["by_us"] else counts[::-1]
            contact = ContactView(
                row["a"], row["b"], says.get("channel") or "contact", from_us, from_them, says.get("last_on")
            )
            found[contact.member, contact.team_member, contact.channel] = contact
    return tuple(found[key] for key in sorted(found))


def _signals(around: Iterable[Row]) -> tuple[SignalView, ...]:
    found = {}
    for row in around:
        if row["kind"] == "signal":
            says = row["says"]
            found[says["id"]] = SignalView(
                says["id"],
                says["kind"],
                says["on"],
                row["subject"],
                says.get("weight"),
                says.get("author") or "",
            )
    return tuple(sorted(found.values(), key=lambda signal: (signal.on, signal.id)))


def introduction_from(says: Mapping[str, Any]) -> IntroductionView:
    """An introduction from its stored properties."""
    return IntroductionView(
        id=says["id"],
        opportunity=says.get("opportunity"),
        path=tuple(says["path"]),
        ties=tuple(AskedTie(tie["probability"], tuple(tie["kinds"])) for tie in json.loads(says["ties"])),
        probability=float(says["probability"]),
        draft=says.get("draft") or "",
        steps=tuple(IntroductionStep(**step) for step in json.loads(says["history"])),
        unknown_to_each_other=bool(says.get("unknown_to_each_other")),
    )
