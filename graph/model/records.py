"""A record: one row of one source, as what it says of nodes and the facts it states between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model.entities import Entity
from graph.model.facts import Fact

__all__ = ["Record", "Source"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of one source.

    `key` names the row within its source and kind of file and stays the same when the row's content changes.
    `entities[0]` is what the record is about; the others are mentioned. Facts join entities of this record.
    `kept` holds the allow-listed columns as written, nothing else of the row is ever stored.
    """

    key: str
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.entities:
            raise ValueError("a record says something about at least one node")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a batch of records comes from.

    `name` is the caller's `--source`; `dataset` is the file within it (with its owner), the unit in which a
    complete new reading withdraws what is no longer stated. `private_to` is the id of the team member who
    alone may use facts about whom they know, or None. `collected_on` (ISO): since when its people are known, where
    that was before today.
    """

    name: str
    dataset: str
    run: str
    private_to: str | None = None
    verified: bool = False
    collected_on: str | None = None
