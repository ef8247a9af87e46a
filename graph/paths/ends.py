"""The ends of the search: who may start, and who is to be reached. Says plainly where there is nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.engine import Row, Transaction
from graph.model.identities import tokens
from graph.paths.answer import NoPath, Unreachable
from graph.paths.deciders import read_deciders
from graph.paths.question import CompanyTarget, OpportunityTarget, PathQuestion
from graph.paths.reading import read_people, read_team
from graph.records.subsidiaries import MOST_SUBSIDIARIES

__all__ = ["Ends", "Unreachable", "resolve_ends"]

MOST_TARGETS = 5_000


@dataclass(frozen=True, slots=True)
class Ends:
    """Starts and targets by id. `subject` names the target in sentences: a person, or those at a company.

    `barred`: people who connect to nobody, whatever is asked: they are hostile in the opportunity.
    """

    starts: tuple[str, ...]
    targets: tuple[str, ...]
    subject: str
    notes: tuple[str, ...] = ()
    cut: bool = False
    barred: frozenset[str] = frozenset()


async def resolve_ends(tx: Transaction, question: PathQuestion, viewer: str | None) -> Ends:
    """Starts and targets of a question; raises `Unreachable` where one side is empty."""
    barred: frozenset[str] = frozenset()
    if isinstance(question.target, CompanyTarget):
        subject, targets, notes = await _at_company(tx, question.target, viewer)
    elif isinstance(question.target, OpportunityTarget):
        room = await read_deciders(tx, question.target, viewer)
        subject, targets, notes, barred = room.subject, room.deciders, room.notes, room.hostile
    else:
        subject, targets, notes = await _one_person(tx, question.target.id, viewer)
    starts, ignored = await _starts(tx, question)
    cut = len(targets) > MOST_TARGETS
    return Ends(starts, targets[:MOST_TARGETS], subject, (*notes, *ignored), cut, barred)


async def _starts(tx: Transaction, question: PathQuestion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    # A large team is not read for a few of it.
    team = await read_team(tx, question.from_ids)
    if not team and not (question.from_ids is not None and await read_team(tx)):
        text = "Nobody is marked as a team member yet: mark those of your people whose contacts you import."
        raise Unreachable(NoPath("no_team", text))
    members = set(team)
    asked = sorted(set(question.from_ids)) if question.from_ids is not None else list(team)
    avoided = set(question.avoid)
    starts = tuple(person for person in asked if person in members and person not in avoided)
    strangers = len(asked) - sum(person in members for person in asked)
    said = "is not a team member and was" if strangers == 1 else "are not team members and were"
    notes = (f"{strangers:,} of the people to start from {said} left out.",)
    if not starts:
        text = "None of the people to start from is a team member who may be used: check `from` and `avoid`."
        raise Unreachable(NoPath("no_start", text), notes if strangers else ())
    return starts, notes if strangers else ()


async def _one_person(
    tx: Transaction, person: str, viewer: str | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    found = (await read_people(tx, [person])).get(person)
    if found is None or (found.known_to and viewer not in found.known_to):
        raise Unreachable(NoPath("unknown_target", "There is no person with this id: look them up first."))
    if found.objected:
        text = f"{found.name} has asked not to be contacted."
        raise Unreachable(NoPath("target_objected", text))
    return found.name, (person,), ()


async def _at_company(
    tx: Transaction, target: CompanyTarget, viewer: str | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    rows = await tx.run("paths/company_staff", company=target.id, viewer=viewer)
    if not rows:
        raise Unreachable(NoPath("unknown_target", "There is no company with this id: look it up first."))
    company = rows[0]["name"] or "the company"
    if target.subsidiaries:
        belong = await tx.run("paths/subsidiaries", company=target.id, viewer=viewer, limit=MOST_SUBSIDIARIES)
        for each in belong:
            rows += await tx.run("paths/company_staff", company=each["id"], viewer=viewer)
        company = f"{company} and its subsidiaries" if belong else company
    staff = [row for row in rows if row["person"] is not None and not row["objected"]]
    if not staff:
        text = f"Nobody is known who works at {company} now: import its people, or name a person."
        raise Unreachable(NoPath("company_without_people", text))
    fitting = [row for row in staff if _fits(row, target)]
    allowed = target.seniorities
    deciders = _ids([row for row in fitting if allowed is None or row["seniority"] in allowed])
    if deciders:
        return f"those who decide at {company}", deciders, ()
    if not fitting or not target.by_default:
        known = len(_ids(staff))
        text = f"None of the {known:,} people known at {company} fits the seniority, titles and departments asked for."
        raise Unreachable(NoPath("nobody_fits", text))
    everybody = _ids(fitting)
    where = f"{company} in those departments" if target.departments else company
    note = f"No head or above is known at {where}: everybody known there ({len(everybody):,}) was a target."
    return f"anybody at {company}", everybody, (note,)


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(sorted({row["person"] for row in rows}))


def _fits(row: Row, target: CompanyTarget) -> bool:
    return _mentions(row["title"], target.titles) and _mentions(row["department"], target.departments)


def _mentions(text: str | None, wanted: Sequence[str]) -> bool:
    """Whether all words of one of the wanted texts stand in the text; nothing wanted is always there."""
    words = set(tokens(text or ""))
    return not wanted or any(words >= set(tokens(one)) for one in wanted if tokens(one))
