"""No path is an answer too: which wish stands in the way, or else who would close the gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from graph.engine import Transaction
from graph.model.dates import month_text
from graph.paths.answer import Closest, NoPath
from graph.paths.careers import Employment, NearMiss, near_misses, read_careers
from graph.paths.ends import Ends
from graph.paths.question import PathQuestion
from graph.paths.ranking import Ranked
from graph.paths.reading import EngineTies, PathPerson, read_people, read_team
from graph.paths.search import Ties, Wanted, search
from graph.ties import Verification

__all__ = ["nearest_missing"]

MOST_CONNECTORS = 3
# A relaxed search is a hint, not an answer: it may take this long, and takes only one path.
HINT_SECONDS = 1.5
CIRCLE_LOOKED_AT = 200


async def nearest_missing(tx: Transaction, question: PathQuestion, viewer: str | None, ends: Ends) -> NoPath:
    """Why the search came back empty: the first relaxation that would give a path, else the nearest people."""
    if hint := await _blocked_by_a_wish(tx, question, viewer, ends):
        return hint
    reader = EngineTies(tx, viewer, Verification.INFERRED)
    circles = await reader.circles(sorted({*ends.starts, *ends.targets}), 0.0)
    theirs = _best_known(circles, ends.targets, ends.barred)
    ours = _best_known(circles, ends.starts, ends.barred)
    careers = await read_careers(tx, [*ends.starts, *ends.targets, *ours, *theirs], viewer)
    if not theirs:
        return await _without_ties(tx, ends, careers)
    return await _out_of_reach(tx, question, ends, careers, ours, theirs)


async def _blocked_by_a_wish(
    tx: Transaction, question: PathQuestion, viewer: str | None, ends: Ends
) -> NoPath | None:
    for reason, eased, starts in await _relaxations(tx, question, ends):
        wanted = Wanted(
            starts=starts,
            targets=ends.targets,
            max_connectors=eased.max_connectors,
            first=1,
            min_score=eased.min_score,
            avoid=ends.barred.union(eased.avoid),
        )
        reader = EngineTies(tx, viewer, eased.verification)
        answer = await search(reader, wanted, HINT_SECONDS)
        if answer.paths:
            people = await read_people(tx, answer.paths[0][1])
            return _hint(reason, question, ends.subject, answer.paths[0], people)
    return None


async def _relaxations(
    tx: Transaction, question: PathQuestion, ends: Ends
) -> list[tuple[str, PathQuestion, tuple[str, ...]]]:
    """One wish given up at a time, the cheapest to give up first, at last all together."""
    eased: list[tuple[str, PathQuestion, tuple[str, ...]]] = []
    all_eased, team = question, ends.starts
    if question.avoid:
        eased.append(("excluded_by_avoid", replace(question, avoid=()), ends.starts))
        all_eased = replace(all_eased, avoid=())
    if question.verification > Verification.INFERRED:
        inferred = replace(question, verification=Verification.INFERRED)
        eased.append(("excluded_by_verification", inferred, ends.starts))
        all_eased = replace(all_eased, verification=Verification.INFERRED)
    if question.from_ids is not None or question.avoid:
        team = await read_team(tx)
        if team != ends.starts:
            eased.append(("excluded_starts", question, team))
    if question.max_connectors < MOST_CONNECTORS:
        eased.append(("too_few_connectors", replace(question, max_connectors=MOST_CONNECTORS), ends.starts))
        all_eased = replace(all_eased, max_connectors=MOST_CONNECTORS)
    if question.min_score > 0:
        eased.append(("below_min_score", replace(question, min_score=0.0), ends.starts))
        all_eased = replace(all_eased, min_score=0.0)
    if len(eased) > 1:
        eased.append(("several_wishes", all_eased, team))
    return eased


def _hint(
    reason: str, question: PathQuestion, subject: str, best: Ranked, people: Mapping[str, PathPerson]
) -> NoPath:
    score, ids = best
    names = [people[person].name for person in ids]
    way = f"{' → '.join(names)} (score {_shown(score)})"
    n = question.max_connectors
    text = {
        "excluded_by_avoid": f"Every path to {subject} goes through somebody you avoid. Otherwise: {way}.",
        "excluded_by_verification": f"No path to {subject} has only {question.verification.name.lower()} ties. "
        f"With inferred ones: {way}.",
        "excluded_starts": f"Those you start from do not reach {subject}. Another team member does: {way}.",
        "too_few_connectors": f"Nobody of ours is within {_steps(n)} of {subject}. "
        f"With {len(ids) - 2} connectors: {way}.",
        "below_min_score": f"No path to {subject} scores {question.min_score:g} or more. The best is {way}.",
        "several_wishes": f"No path to {subject} fits. With every restriction lifted: {way}.",
    }[reason]
    closest = tuple(Closest(p, people[p].name, "on the path that would then be there") for p in ids[1:-1])
    return NoPath(reason, text, closest, score)


async def _without_ties(tx: Transaction, ends: Ends, careers: Sequence[Employment]) -> NoPath:
    subject, targets, starts = ends.subject, set(ends.targets), set(ends.starts)
    own = [job for job in careers if job.person in targets]
    dated = [job for job in own if job.dated]
    if not dated:
        return NoPath(
            "target_without_career",
            f"Nothing ties {subject} to anybody: {_all_that_is_known(own)}. Import their career (a profile, a "
            "career export, a CSV of employments with start and end).",
        )
    misses = near_misses([job for job in careers if job.person in starts], own)
    people = await read_people(tx, [p for miss in misses for p in (miss.ours.person, miss.theirs.person)])
    companies = ", ".join(sorted({job.company_name for job in dated})[:5])
    text = (
        f"Nothing ties {subject} to anybody: nobody known was at {companies} at the same time, unless among so "
        "many that it says nothing. Import the careers of people from there."
    )
    return NoPath("target_without_ties", _with_nearest(text, misses, people), _closest(misses, people))


def _all_that_is_known(jobs: Sequence[Employment]) -> str:
    """What a career without beginning and end says: where somebody was seen, and when last."""
    seen: dict[str, int] = {}
    for job in jobs:
        if job.as_of and job.to_month is not None:
            seen[job.company_name] = max(job.to_month, seen.get(job.company_name, 0))
    if not seen:
        return "no dated career is known"
    newest = sorted(seen, key=lambda company: (-seen[company], company))[:3]
    places = ", ".join(f"at {company} as of {month_text(seen[company])}" for company in newest)
    return f"it is only known that they were {places}"


async def _out_of_reach(
    tx: Transaction,
    question: PathQuestion,
    ends: Ends,
    careers: Sequence[Employment],
    ours: Mapping[str, float],
    theirs: Mapping[str, float],
) -> NoPath:
    starts, targets = set(ends.starts), set(ends.targets)
    # Somebody on both sides would be a path already, so what is left are two separate groups.
    near = [
        job for job in careers if (job.person in starts or job.person in ours) and job.person not in targets
    ]
    far = [job for job in careers if job.person in targets or job.person in theirs]
    misses = near_misses(near, far, prefer=starts | targets)
    best = sorted(theirs, key=lambda person: (-theirs[person], person))[:3]
    people = await read_people(
        tx, [*best, *(p for miss in misses for p in (miss.ours.person, miss.theirs.person))]
    )
    nobody = "No other of us" if targets <= starts else "Nobody of ours"
    text = f"{nobody} is within {_steps(question.max_connectors)} of {ends.subject}."
    if misses:
        return NoPath("out_of_reach", _with_nearest(text, misses, people), _closest(misses, people))
    known = [person for person in best if person in people]
    names = ", ".join(f"{people[p].name} (tie {_shown(theirs[p])})" for p in known)
    text += f" Best known to them: {names}. Somebody of ours who knows one of these would close the gap."
    closest = tuple(
        Closest(p, people[p].name, f"has a tie of {_shown(theirs[p])} to {ends.subject}") for p in known
    )
    return NoPath("out_of_reach", text, closest)


def _best_known(circles: Ties, ends: Sequence[str], barred: Collection[str]) -> dict[str, float]:
    """The strongest contacts of one side, as many as are worth looking at."""
    best: dict[str, float] = {}
    for end in ends:
        for person, p in circles.get(end, {}).items():
            if person not in barred:
                best[person] = max(p, best.get(person, 0.0))
    kept = sorted(best, key=lambda person: (-best[person], person))[:CIRCLE_LOOKED_AT]
    return {person: best[person] for person in kept}


def _with_nearest(text: str, misses: Sequence[NearMiss], people: Mapping[str, PathPerson]) -> str:
    if not misses:
        return text
    miss = misses[0]
    return f"{text} The closest is {people[miss.ours.person].name}, {miss.said(people[miss.theirs.person].name)}."


def _closest(misses: Sequence[NearMiss], people: Mapping[str, PathPerson]) -> tuple[Closest, ...]:
    return tuple(
        Closest(miss.ours.person, people[miss.ours.person].name, miss.said(people[miss.theirs.person].name))
        for miss in misses
    )


def _steps(connectors: int) -> str:
    return "one step" if connectors == 0 else f"{connectors} connector{'s' if connectors > 1 else ''}"


def _shown(p: float) -> str:
    return f"{p:.2f}" if p >= 0.01 else f"{p:.2g}"
