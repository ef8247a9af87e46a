"""`liaison suppress`, `liaison erase`, `liaison retention`: people who must not be stored, or not any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.output import ExitCode, console, counted, fail, messages, print_json, table
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graph.engine import Engine
    from graph.model.identities import Identity
    from graph.privacy.duties import Due

__all__ = ["erase", "retention", "suppress"]

_SHOWN = 20
_BATCH = 100


def suppress(
    who: Annotated[
        list[str],
        typer.Argument(
            help="E-mail addresses or LinkedIn profiles, or files with one a line.", show_default=False
        ),
    ],
    lift: Annotated[bool, typer.Option("--lift", help="Take them off the list: they may be stored.")] = False,
    erase_stored: Annotated[
        bool, typer.Option("--erase-stored", help="Erase, for good, those of them who are stored.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Keep people out: no import brings them in. Only keyed fingerprints are kept of them."""
    told = run_async(_lift(_read(who)) if lift else _suppress(_read(who), erase_stored))
    if as_json:
        print_json(told)
    elif lift:
        console().print(f"{counted(told['lifted'], 'person', 'people')} taken off the list.")
    else:
        console().print(
            f"{counted(told['suppressed'], 'address', 'addresses')} on the list now; "
            f"{counted(told['erased'], 'stored person', 'stored people')} erased."
        )


def erase(
    who: Annotated[
        str, typer.Argument(help="An id, e-mail address or LinkedIn profile.", show_default=False)
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Erase a person for good: all that is stored of them, every mention; no import brings them back."""
    told = run_async(_erase(who, yes))
    if as_json:
        print_json(told)
    else:
        console().print(
            f"Erased: {counted(told['records'], 'row')} about them, {counted(told['mentions'], 'mention')} in rows "
            f"about others, {counted(told['notes'], 'note')}, {counted(told['introductions'], 'introduction')}."
        )


def retention(
    apply: Annotated[bool, typer.Option("--apply", help="Delete them, for good.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Who should have been deleted by now: three years after their last contact, else after collection."""
    found = run_async(_retention(apply))
    if as_json:
        print_json(found)
        return
    if not found["due"]:
        console().print("Nobody is due for deletion.")
        return
    if apply:
        console().print(f"{counted(found['deleted'], 'person', 'people')} deleted.")
        return
    rows = [
        (one["name"], one["dueOn"], one["lastContact"] or "none", one["id"]) for one in found["due"][:_SHOWN]
    ]
    table(("name", "due since", "last contact", "id"), rows)
    messages().print(f"{counted(len(found['due']), 'person', 'people')} due: --apply deletes them.")


def _read(who: list[str]) -> list[str]:
    """The addresses given, those in files included; lines without text and after # say nothing."""
    found: list[str] = []
    for one in who:
        path = Path(one)
        if "@" in one or "linkedin.com" in one.lower() or not path.is_file():
            found.append(one)
            continue
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            fail(f"{path} cannot be read as text: give one address a line.", ExitCode.USAGE)
        found += [line.partition(" #")[0].strip() for line in lines if line.strip() and line[0] != "#"]
    return found


def _exact(texts: list[str]) -> list[Identity]:
    from graph.privacy.suppression import NotExact, exact_identity

    try:
        return [exact_identity(text, place) for place, text in enumerate(texts)]
    except NotExact as wrong:
        fail(f"number {wrong.place + 1} of the list: {wrong}. Nothing was changed.", ExitCode.USAGE)


async def _suppress(texts: list[str], erase_stored: bool) -> dict[str, Any]:
    from graph.privacy import suppression
    from graph.ties import derive

    identities = _exact(texts)
    async with opened() as engine:
        known = await suppression.stored_people(engine, identities)
        stored = sorted(set(known.values()))
        if stored and not erase_stored:
            places = [f"{at:,}" for at, one in enumerate(identities, 1) if one.key in known]
            more = ", …" if len(places) > _SHOWN else ""
            fail(
                f"{counted(len(stored), 'of them is', 'of them are')} stored (counted from 1 in the order given: "
                f"{', '.join(places[:_SHOWN])}{more}): --erase-stored erases them, for good. "
                "Nothing was changed."
            )
        await suppression.suppress(engine, identities)
        for person in stored:
            await _erased(engine, person, suppression.ERASED)
        if stored:
            await derive(engine)
            await _rewrite(engine)
    return {"suppressed": len({one.key for one in identities}), "erased": len(stored)}


async def _lift(texts: list[str]) -> dict[str, Any]:
    from graph.privacy.suppression import lift

    async with opened() as engine:
        return {"lifted": await lift(engine, _exact(texts))}


async def _erase(who: str, yes: bool) -> dict[str, Any]:
    from graph.privacy.suppression import ERASED
    from graph.ties import derive
    from service.cli.references import find_one

    async with opened() as engine:
        meant = await find_one(engine, who)
        if not yes:
            typer.confirm(f"Erase {meant.name} ({meant.about or meant.id}) for good?", abort=True, err=True)
        erased = await _erased(engine, meant.id, ERASED)
        await derive(engine)
        await _rewrite(engine)
    return erased


async def _erased(engine: Engine, person_id: str, reason: str, until: Any = None) -> dict[str, Any]:
    from dataclasses import asdict

    from graph.privacy.audit import COMMAND_LINE
    from importers.erasing import erase_person
    from service.audit.noting import note_change, note_people
    from service.settings import load_settings

    note_change()
    note_people([person_id])
    erased = await erase_person(
        engine,
        person_id,
        spool_dir=load_settings().spool_dir,
        by=COMMAND_LINE,
        reason=reason,
        until=until,
        ties=False,
    )
    return asdict(erased) if erased else {}


async def _rewrite(engine: Engine) -> None:
    from graph.privacy.erasure import forget_deleted

    await forget_deleted(engine)


async def _retention(apply: bool) -> dict[str, Any]:
    from datetime import UTC, datetime

    from graph.privacy.duties import retention_due
    from graph.privacy.suppression import RETAINED
    from graph.ties import derive
    from service.settings import load_settings

    today, months = datetime.now(UTC).date(), load_settings().retention_months
    due: list[Due] = []
    async with opened() as engine:
        while page := await retention_due(
            engine, _BATCH, due[-1].position if due else None, today=today, months=months
        ):
            due += page
        if apply and due:
            for one in due:
                await _erased(engine, one.person.id, RETAINED, today)
            await derive(engine)
            await _rewrite(engine)
    if apply:
        # Who they were is not told any more.
        return {"due": [{} for _ in due], "deleted": len(due)}
    return {"due": [_shown(one) for one in due], "deleted": 0}


def _shown(one: Due) -> dict[str, Any]:
    return {
        "id": one.person.id,
        "name": one.person.name,
        "dueOn": one.due_on,
        "collectedOn": one.collected_on,
        "lastContact": one.contact_on,
    }
