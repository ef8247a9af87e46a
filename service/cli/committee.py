"""`liaison committee`: the map of one opportunity's committee, to be read in a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from service.cli.output import console, fail, print_json
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from graphql import GraphQLError

    from graph.engine import Engine
    from graph.privacy.audit import AuditEvent
    from graph.records.opportunity_views import OpportunityView

__all__ = ["committee", "committee_of", "find_opportunity", "print_committee"]

_PEOPLE = "id name headline"
_ROUTE = "route { score people { id name } }"
_QUERY = f"""query($id: ID!) {{ opportunity(id: $id) {{
  id name stage closesOn amount company {{ id name }}
  committee {{ person {{ {_PEOPLE} }} roles {{ role probability confirmed }} influence onOthers settlesAt movable
    stance {{ mean low high sd contributions {{ cause share }} }} }}
  alliances {{ a {{ id name }} b {{ id name }} kind sign strength directed }}
  camps {{ groups {{ id name }} violated exact alternatives }}
  outlook {{ probability standardError approves notStopped notAgainst thresholds {{ approve stop against }} }}
  decision {{ value sd }}
  intent {{ probability people contributions {{ cause change }} }}
  redFlags {{ kind severity about {{ id name }} evidence clearedBy }}
  moments {{ kind on until text }}
  nextQuestions {{ informant {{ id name }} subject {{ id name }} reach share expected {_ROUTE} }}
  coverage {{ mean }}
  nextIntroductions {{ gain meanAfter {_ROUTE} }}
  entryPaths(first: 3) {{ side change worth words {_ROUTE} }}
}} }}"""
_PLANS = f"""query($input: CounterbalanceInput!) {{ counterbalance(input: $input) {{
  supporters {{ person {{ id name }} stance reach {_ROUTE} }} lift expectedLift reach exact
  deciders {{ person {{ id name }} probability before after }}
  outlookBefore {{ probability }} outlook {{ probability standardError }} notes }} }}"""
_SHOWN = 10
_PAGE = 500
_OPPONENT = -0.1


def committee(
    opportunity: Annotated[str, typer.Argument(help="The opportunity's id or name.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON only.")] = False,
) -> None:
    """Map a buying committee: stances, roles, who moves whom, warnings, whom to ask, and the way in."""
    told = run_async(_committee(opportunity))
    if as_json:
        print_json(told)
    else:
        print_committee(told)


async def _committee(wanted: str) -> dict[str, Any]:
    async with opened() as engine:
        return await committee_of(engine, await find_opportunity(engine, wanted))


async def committee_of(engine: Engine, opportunity_id: str) -> dict[str, Any]:
    """The map as the GraphQL API tells it, with plans against the strongest opponent (`counterbalance`)."""
    opportunity = (await _ask(engine, _QUERY, {"id": opportunity_id}))["opportunity"]
    opponent = _strongest_opponent(opportunity["committee"])
    plans: list[Any] = []
    if opponent is not None:
        given = {"opportunityId": opportunity_id, "personId": opponent["id"]}
        plans = (await _ask(engine, _PLANS, {"input": given}))["counterbalance"]
    return {"opportunity": opportunity, "opponent": opponent, "counterbalance": plans}


def _strongest_opponent(members: list[dict[str, Any]]) -> dict[str, Any] | None:
    against = [one for one in members if one["stance"]["mean"] <= _OPPONENT]
    found = max(against, key=lambda one: -one["stance"]["mean"] * one["onOthers"], default=None)
    return found["person"] if found else None


async def _ask(engine: Engine, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Whoever may start the engine may read everything in it; nobody's private contacts are used."""
    from service.api import build_schema
    from service.api.context import Backend, Context
    from service.audit.noting import note_people
    from service.security.caller import Caller, Role

    caller = Caller(key_id="command line", name="command line", role=Role.ADMIN)

    async def known(*_: object) -> Caller:
        return caller

    async def free(*_: object) -> None:
        return None

    def told(event: AuditEvent) -> None:
        note_people(event.people)

    lent = Backend(engine=engine, authenticate=known, charge=free, request_id=lambda _: "", audit=told)
    context = Context(lent, caller, "")
    result = await build_schema().execute(query, variable_values=variables, context_value=context)
    if result.errors:
        _refuse(result.errors[0])
    return dict(result.data or {})


def _refuse(error: GraphQLError) -> NoReturn:
    from service.errors import ErrorCode

    if (error.extensions or {}).get("code") == ErrorCode.INTERNAL:
        # Here nobody sent a request, so there is no request id to look for.
        fail(
            "something went wrong here, and it is our fault. The log line before this one (“bug”) says where, and "
            "quotes nobody's data: please report it with that line."
        )
    fail(error.message)


async def find_opportunity(engine: Engine, wanted: str) -> str:
    """The one opportunity of this id or name; ends the command, with the candidates, otherwise."""
    from graph.records.opportunities import opportunities_by_ids

    if wanted in await opportunities_by_ids(engine, [wanted]):
        return wanted
    everything = await _all(engine)
    text = wanted.strip().casefold()
    exact = [one for one in everything if one.name.casefold() == text]
    found = exact or [one for one in everything if text and text in one.name.casefold()]
    if len(found) == 1:
        return found[0].id
    if not everything:
        fail("there is no opportunity yet: import opportunities.csv and committee.csv, or use the API.")
    listed = "; ".join(f"{one.name} ({_company(one)}) {one.id}" for one in (found or everything)[:_SHOWN])
    if found:
        fail(f"“{wanted}” could be several: {listed}. Give the id.")
    return fail(f"no opportunity is “{wanted}”. There are: {listed}.")


def _company(one: OpportunityView) -> str:
    return one.company.name if one.company else "no company"


async def _all(engine: Engine) -> list[OpportunityView]:
    from graph.records.opportunities import list_opportunities

    found: list[OpportunityView] = []
    after: tuple[str, str] | None = None
    while True:
        page = await list_opportunities(engine, company_id=None, after=after, limit=_PAGE)
        found += [view for view, _ in page]
        if len(page) < _PAGE:
            return found
        after = (page[-1][1], page[-1][0].id)


def print_committee(told: dict[str, Any]) -> None:
    """Show the map to a person."""
    from service.cli.committee_map import committee_map

    out = console()
    for line in committee_map(told, out.width):
        out.print(line, soft_wrap=True)
