"""`liaison key`: make, list and revoke API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.output import console, fail, messages, print_json, table
from service.cli.running import opened, run_async

if TYPE_CHECKING:
    from service.security.keys import NewKey, StoredKey

__all__ = ["app"]

app = typer.Typer(help="Make, list and revoke API keys.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON only.")]


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="What the key is for, so that it can be told from others.")],
    role: Annotated[str, typer.Option(help="admin, member or plugin.")] = "member",
    member: Annotated[
        str | None, typer.Option(help="Whose key it is: a team member's id, e-mail or LinkedIn URL.")
    ] = None,
    grant: Annotated[
        list[str] | None,
        typer.Option(
            help="A mutation that a plugin may call, or a scope: stances:read, stances:write, alliances:read. "
            "A member's key has all of a kind unless it names its own (stances:none, alliances:none). Repeat for more."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make a key and show it, this once."""
    key = run_async(_create(name, role, member, grant or []))
    if as_json:
        print_json({"key": key.secret, "id": key.id, "name": name, "role": role})
        return
    console().print(key.secret, soft_wrap=True)
    messages().print("Keep it now: it is not shown again. Send it as Authorization: Bearer <key>.")


async def _create(name: str, role: str, member: str | None, grant: list[str]) -> NewKey:
    from service.cli.output import ExitCode
    from service.cli.references import find_one
    from service.security.caller import Role
    from service.security.keys import KeyRefused, create_key
    from service.security.permissions import OPERATIONS, SCOPES, Access

    if role not in list(Role):
        fail(f"There is no role “{role}”: use --role {', '.join(Role)}.", ExitCode.USAGE)
    grantable = sorted(
        operation.partition(".")[2]
        for operation, access in OPERATIONS.items()
        if operation.startswith("Mutation.") and access in (Access.WRITER, Access.STANCE_WRITER)
    )
    grantable += SCOPES
    if unknown := sorted(set(grant) - set(grantable)):
        fail(f"“{unknown[0]}” cannot be granted. What can: {', '.join(grantable)}.", ExitCode.USAGE)
    async with opened() as engine:
        member_id = (await find_one(engine, member)).id if member else None
        try:
            return await create_key(engine, name=name, role=Role(role), member_id=member_id, mutations=grant)
        except KeyRefused as error:
            fail(f"{error}.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List all keys, revoked ones included. The keys themselves are not known."""
    keys = run_async(_list())
    if as_json:
        print_json({"keys": [_shown(key) for key in keys]})
    elif not keys:
        console().print("There is no key yet: liaison key create --role admin --name …")
    else:
        rows = [
            (
                f"{k.id}\n{k.prefix}…",
                k.name,
                k.role.value,
                k.last_used or "never",
                "revoked" if k.revoked else "",
            )
            for k in keys
        ]
        table(("id", "name", "role", "last used", ""), rows)


async def _list() -> list[StoredKey]:
    from service.security.keys import list_keys

    async with opened() as engine:
        return await list_keys(engine)


@app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(help="The key's id, its first characters as listed, or its name.")],
    as_json: Json = False,
) -> None:
    """Revoke a key. A running service stops accepting it within seconds."""
    revoked = run_async(_revoke(key))
    if as_json:
        print_json({"revoked": revoked.id, "name": revoked.name})
    else:
        console().print(f"Revoked {revoked.name} ({revoked.prefix}…).")


async def _revoke(wanted: str) -> StoredKey:
    from service.security.keys import KeyRefused, revoke_key

    async with opened() as engine:
        try:
            return await revoke_key(engine, wanted)
        except KeyRefused as error:
            fail(f"{error}.")


def _shown(key: StoredKey) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "role": key.role.value,
        "prefix": key.prefix,
        "memberId": key.member_id,
        "mutations": list(key.mutations),
        "created": key.created,
        "lastUsed": key.last_used,
        "revoked": key.revoked,
    }
