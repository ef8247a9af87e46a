"""Who stands in the audit: ids of API keys and the command line, found and told by name."""

from __future__ import annotations

from graph.engine.connection import Engine
from graph.privacy.audit import COMMAND_LINE
from service.security.keys import find_key, list_keys

__all__ = ["NoSuchActor", "actor_meant", "names_of_keys"]


class NoSuchActor(Exception):
    """No key is meant; the text says so."""


async def actor_meant(engine: Engine, wanted: str) -> str:
    """The actor that a key's id, prefix or name means, or `command line` itself.

    Raises NoSuchActor, and KeyRefused where several keys have the name.
    """
    wanted = wanted.strip()
    if wanted == COMMAND_LINE:
        return COMMAND_LINE
    key = await find_key(engine, wanted)
    if key is None:
        raise NoSuchActor(
            f'No key is called "{wanted}", by id, prefix or name: see liaison key list, or give "{COMMAND_LINE}".'
        )
    return key.id


async def names_of_keys(engine: Engine) -> dict[str, str]:
    """What every key is called, by id, revoked ones too."""
    return {key.id: key.name for key in await list_keys(engine)}
