"""Which node each description means: exact identity only. A name is never enough for a person.

A company known by name alone is one by normalised name; where a domain or an id is given, that decides, and two
domains, or two ids of one system, are two companies even of one name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from uuid_utils import uuid7

from graph.model.entities import Entity
from graph.model.identities import Identity

__all__ = ["PLURAL_SYSTEMS", "Node", "Resolver", "Unresolvable", "contradicts", "place", "stored_identity"]

# One person has several addresses; of everything else one node has one value a system.
PLURAL_SYSTEMS = frozenset({"email", "name", "row", "liaison"})


class Unresolvable(Exception):
    """A description that cannot be given a node; carries the reason and what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fix = fix


@dataclass(slots=True, eq=False)
class Node:
    """A node while a batch is written: `element` is the engine's own id, None until it is created.

    `values`: its identities by system, as far as they were needed to tell it from its namesakes.
    """

    label: str
    id: str
    element: str | None
    properties: dict[str, Any]
    values: dict[str, set[str]] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    named_by: dict[str, str | None] = field(default_factory=dict)
    """By identity key, the run that named it last."""
    new_identities: list[Identity] = field(default_factory=list)

    @property
    def handle(self) -> str:
        """Names the node within the batch, created or not."""
        return self.element or self.id


class Resolver:
    """Gives descriptions their nodes, and remembers the identities claimed on the way."""

    def __init__(self, known: Mapping[str, Node], apart: Collection[frozenset[str]] = ()) -> None:
        self._by_key: dict[str, Node] = dict(known)
        self._apart = apart
        # By the description itself, which is asked for once for every fact that it is an end of.
        self._placed: dict[int, tuple[Entity, Node]] = {}
        self.created: list[Node] = []

    def check(self, entities: Iterable[Entity]) -> None:
        """Raise Unresolvable when one of a record's descriptions cannot be given a node."""
        named = {key for entity in entities if entity.describes for key in entity.keys}
        for entity in entities:
            found = self._strong(entity)
            if len(found) > 1 and not self._kept_apart(found):
                raise Unresolvable(
                    f"its identities belong to {len(found)} different {_plural(entity)} already known",
                    "keep one of the identities in this row, or merge the two records first",
                )
            if (
                not found
                and not entity.describes
                and not named.intersection(entity.keys)
                and not self._weak(entity)
            ):
                system = entity.identities[0].system
                raise Unresolvable(
                    f"it refers to a {entity.SLUG} that is not known by this {system} id",
                    f"import the file that describes this {entity.SLUG} first, under the same source",
                )

    def node_of(self, entity: Entity) -> Node:
        """The node meant, made new when nobody has these identities yet. Call `check` first."""
        if placed := self._placed.get(id(entity)):
            return placed[1]
        found = self._strong(entity)
        node = place(entity, self._by_key) if found else self._weak(entity)
        if node is None:
            node = Node(entity.LABEL, str(uuid7()), None, {})
            self.created.append(node)
        for identity in entity.identities:
            if identity.key not in self._by_key:
                self._by_key[identity.key] = node
                node.new_identities.append(identity)
            if identity.system not in PLURAL_SYSTEMS and self._by_key[identity.key] is node:
                node.values.setdefault(identity.system, set()).add(identity.value)
        self._placed[id(entity)] = entity, node
        return node

    def adopt(self, entity: Entity, node: Node) -> None:
        """Let a description that nobody is known by mean this node, a stored one or a new one."""
        for identity in entity.identities:
            if identity.key not in self._by_key:
                self._by_key[identity.key] = node
                node.new_identities.append(identity)
        if node.element is None and node not in self.created:
            self.created.append(node)

    @property
    def places(self) -> Mapping[str, Node]:
        """Every identity key known or claimed, with its node."""
        return self._by_key

    def placed(self) -> Iterable[tuple[Entity, Node]]:
        """The descriptions that were given nodes."""
        return self._placed.values()

    def _kept_apart(self, found: Mapping[str, Node]) -> bool:
        return all(frozenset(pair) in self._apart for pair in combinations(found, 2))

    def _strong(self, entity: Entity) -> dict[str, Node]:
        keys = [i.key for i in entity.identities if i.system != "name"]
        nodes = [self._by_key[key] for key in keys if key in self._by_key]
        return {node.handle: node for node in nodes}

    def _weak(self, entity: Entity) -> Node | None:
        for identity in entity.identities:
            if identity.system == "name" and identity.key in self._by_key:
                node = self._by_key[identity.key]
                if not contradicts(entity.identities, node.values):
                    return node
        return None


def place(entity: Entity, known: Mapping[str, Node]) -> Node | None:
    """The known node that a description means; None when there is none.

    Where its identities belong to people kept apart, one that a person has alone (a page, an id of a CRM) tells more
    than an address, which two may share.
    """
    strong = [i for i in entity.identities if i.system != "name" and i.key in known]
    strong.sort(key=lambda identity: identity.system in PLURAL_SYSTEMS)
    if strong:
        return known[strong[0].key]
    return next((known[i.key] for i in entity.identities if i.system == "name" and i.key in known), None)


def contradicts(identities: Iterable[Identity], values: Mapping[str, set[str]]) -> bool:
    """Whether both have an identity of one system and none in common: two domains, two ids of one CRM.

    `values`: a node's identities by system.
    """
    said: dict[str, set[str]] = {}
    for identity in identities:
        if identity.system not in PLURAL_SYSTEMS:
            said.setdefault(identity.system, set()).add(identity.value)
    return any(system in values and not given & values[system] for system, given in said.items())


def _plural(entity: Entity) -> str:
    return {"person": "people", "company": "companies", "community": "communities"}.get(
        entity.SLUG, f"{entity.SLUG}s"
    )


def stored_identity(identity: Identity, home: str, run: str) -> dict[str, Any]:
    """An identity's stored properties; `home`: the id of the node that it is made for, `run`: who names it."""
    return {
        "home": home,
        "runs": [run],
        "key": identity.key,
        "label": identity.label,
        "system": identity.system,
        "value": identity.value,
        "url": identity.url,
    }
