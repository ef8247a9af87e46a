"""`liaison paths`: who can introduce us, through whom, and why it should work."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from service.cli.output import console, fail, messages, print_json, table
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.engine import Engine
    from graph.paths import PathAnswer
    from graph.paths.answer import PathTie, WarmPath
    from service.cli.references import Meant, Reference

__all__ = ["answer_dict", "ask", "paths", "print_answer"]


def paths(
    to: Annotated[
        str,
        typer.Option(help="Person or company: e-mail, LinkedIn URL, domain, id or name.", show_default=False),
    ],
    first: Annotated[int, typer.Option(help="How many paths.", min=1, max=25)] = 5,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", help="Who of ours; repeat for more. Default: the whole team."),
    ] = None,
    connectors: Annotated[int, typer.Option(help="At most how many people between.", min=0, max=3)] = 2,
    min_score: Annotated[float, typer.Option(help="Leave out weaker paths.", min=0, max=1)] = 0.05,
    per_connector: Annotated[
        int | None, typer.Option(help="At most how many paths through one person.", min=1)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Rank the warm paths to a person, or to those who decide at a company, with the reasons."""
    reference, answer = run_async(
        _paths(
            to,
            from_ or [],
            first=first,
            max_connectors=connectors,
            min_score=min_score,
            max_per_connector=per_connector,
        )
    )
    if reference.meant is None or answer is None:
        _unsure(to, reference, as_json)
    if as_json:
        print_json({"target": reference.meant.as_dict(), **answer_dict(answer)})
    else:
        print_answer(reference.meant, answer)


async def _paths(to: str, starts: list[str], **options: Any) -> tuple[Reference, PathAnswer | None]:
    from service.cli.references import find_one, look_up

    async with opened() as engine:
        reference = await look_up(engine, to)
        if reference.meant is None:
            return reference, None
        from_ids = [(await find_one(engine, each)).id for each in starts]
        return reference, await ask(engine, reference.meant, from_ids=from_ids, **options)


async def ask(
    engine: Engine, target: Meant, *, from_ids: list[str] | None = None, **options: Any
) -> PathAnswer:
    """Search on behalf of nobody in particular: what is private to one team member is not used."""
    from graph.paths import CompanyTarget, PathQuestion, PersonTarget, warm_paths
    from service.audit.noting import note_people

    wanted = PersonTarget(target.id) if target.kind == "person" else CompanyTarget(target.id)
    question = PathQuestion(target=wanted, from_ids=tuple(from_ids) if from_ids else None, **options)
    answer = await warm_paths(engine, question, viewer=None)
    note_people([target.id, *(person.id for path in answer.paths for person in path.people)])
    return answer


def _unsure(to: str, reference: Reference, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"target": None, "candidates": [one.as_dict() for one in reference.candidates]})
    elif reference.candidates:
        table(
            ("name", "", "about", "id"),
            [(one.name, one.kind, one.about, one.id) for one in reference.candidates],
        )
    if reference.candidates:
        fail(f"“{to}” is not the whole name of one person or company alone: give --to one of the ids above.")
    fail(
        f"nobody and no company known is “{to}”: check the spelling, or give an e-mail address or a LinkedIn URL."
    )


def answer_dict(answer: PathAnswer) -> dict[str, Any]:
    """An answer as JSON shows it, in the names of the GraphQL API."""
    none = answer.no_path
    return {
        "paths": [_path_dict(path) for path in answer.paths],
        "noPath": None
        if none is None
        else {
            "reason": none.reason,
            "text": none.text,
            "closest": [
                {"personId": one.person_id, "name": one.name, "text": one.text} for one in none.closest
            ],
        },
        "truncated": answer.truncated,
        "notes": list(answer.notes),
    }


def _path_dict(path: WarmPath) -> dict[str, Any]:
    people = [{"id": person.id, "name": person.name} for person in path.people]
    return {
        "score": path.score,
        "teamMember": people[0],
        "connectors": people[1:-1],
        "target": people[-1],
        "people": people,
        "ties": [_tie_dict(tie) for tie in path.ties],
        "why": path.why,
        "draft": path.draft,
    }


def _tie_dict(tie: PathTie) -> dict[str, Any]:
    return {
        "a": tie.a,
        "b": tie.b,
        "probability": tie.probability,
        "verification": tie.verification.name,
        "lastEvidenceOn": tie.last_evidence,
        "evidence": [
            {"kind": str(one.kind), "probability": one.probability, "text": one.text}
            for one in tie.explanation.evidence
        ],
    }


def print_answer(target: Meant, answer: PathAnswer) -> None:
    """Show an answer to a person: the ways in order, each with its reasons."""
    from rich.markup import escape

    out = console()
    for number, path in enumerate(answer.paths, 1):
        names = " → ".join(f"[bold]{escape(person.name)}[/]" for person in path.people)
        out.print(f"{number:>2}. {path.score:.2f}  {names}")
        out.print(escape(textwrap.indent(_wrapped(path.why, out.width), " " * 10)), soft_wrap=True)
        names_by_id = {person.id: person.name for person in path.people}
        for tie in path.ties:
            strongest = tie.explanation.evidence[0].text if tie.explanation.evidence else ""
            text = f"{tie.probability:.2f}  {names_by_id[tie.a]} and {names_by_id[tie.b]}: {strongest}"
            out.print(
                escape(textwrap.indent(_wrapped(text, out.width), " " * 10)), soft_wrap=True, style="dim"
            )
    if answer.no_path is not None:
        out.print(f"No warm path to {escape(target.name)}. {escape(answer.no_path.text)}")
        for closest in answer.no_path.closest:
            out.print(f"  {escape(closest.name)}, {escape(closest.text)}")
    for note in answer.notes:
        messages().print(f"Note: {note}", markup=False)
    if answer.truncated:
        messages().print("The search was cut short by its time limit: there may be better paths.")


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, max(40, min(width, 110) - 10))
