"""One batch of records against what is stored: a plan of writes, computed without touching the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model.entities import Entity, Person
from graph.model.facts import BetweenPeople, Fact
from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.model.records import Record, Source
from graph.records.display import Said, choose, filled_by, filled_text, shown_properties
from graph.records.history import TURNS, History, Reading, Version, reading_text
from graph.records.outcome import Conflict, Outcome
from graph.records.resolution import Node, Resolver, Unresolvable, stored_identity
from graph.records.stored_facts import SIZED_TYPES, FactTable, StoredFact

__all__ = ["Batch", "record_key"]

# A changed size changes what the people there count for; see `graph/ties`.
_SIZES = {"Company": "headcount", "Project": "size"}


def record_key(source: Source, record: Record) -> str:
    """The key under which a record is stored: unique over all sources."""
    return f"{source.name}|{record.key}"


@dataclass(slots=True)
class _Planned:
    key: str
    record: Record
    text: str
    turn: int
    is_new: bool
    main: Node
    fields: dict[str, Any]

    @property
    def says_something(self) -> bool:
        """Whether it can change what is shown of its node: many rows only state facts about one already known."""
        return bool(self.fields) or not self.is_new


@dataclass(slots=True)
class Batch:
    """The state of one batch while it is planned; `writing.py` feeds it reads and sends its writes."""

    source: Source
    turn: int = 0
    seen_on: str = field(default_factory=lambda: date.today().isoformat())
    outcome: Outcome = field(default_factory=Outcome)
    facts: FactTable = field(default_factory=FactTable)
    pending: set[str] = field(default_factory=set)
    nodes: dict[str, Node] = field(default_factory=dict)
    created: list[Node] = field(default_factory=list)
    planned: list[_Planned] = field(default_factory=list)
    past: dict[str, History] = field(default_factory=dict)
    """By key, what changed records said so far."""
    datasets: set[str] = field(default_factory=set)
    """Those that held the known records of this batch so far."""
    shown_again: set[str] = field(default_factory=set)
    """Nodes whose shown fields are chosen anew once all is written."""
    order: dict[str, int] = field(default_factory=dict)
    """By key, the place of each record of the batch."""
    was_about: dict[str, str] = field(default_factory=dict)
    """By key, the node that a changed record described so far."""
    former: set[tuple[str, str]] = field(default_factory=set)
    """Changed records, by key, with the nodes that they described or stated facts at so far."""
    _resolver: Resolver = field(default_factory=lambda: Resolver({}))

    def reading(self, key: str) -> str:
        """The stored text of this batch's reading of a record."""
        return reading_text(self.turn * TURNS + self.order[key], self.seen_on, self.source.dataset)

    def left_behind(self) -> set[tuple[str, str]]:
        """Changed records with the nodes that they said something of so far and do not mention any more."""
        mentioned = {
            (planned.key, self._resolver.node_of(entity).handle)
            for planned in self.planned
            if planned.key in self.past
            for entity in _described(planned.record)
        }
        return self.former - mentioned

    def shared_otherwise(self) -> list[str]:
        """Changed records that are private to somebody else now, or to nobody any more."""
        owner = self.source.private_to
        return sorted(
            key for key, past in self.past.items() if past.versions and past.now.private_to != owner
        )

    def newly_named(self) -> list[str]:
        """Known identities that this run names, as far as is known for the first time."""
        run = self.source.run
        return sorted(
            {
                key
                for entity, node in self._resolver.placed()
                if node.element
                for key in entity.keys
                if node.named_by.get(key, run) != run
            }
        )

    def unchanged(self, records: Iterable[Record]) -> None:
        """Count records that say what they said before."""
        for record in records:
            main = record.entities[0]
            if main.fields():
                self.outcome.count(main.LABEL, "unchanged")
            for fact in record.facts:
                self.outcome.count(fact.TYPE, "unchanged")

    def resolve(self, records: Sequence[tuple[str, Record, str, bool]], resolver: Resolver) -> None:
        """Give every record's descriptions their nodes; records that cannot be placed become conflicts."""
        for key, record, text, is_new in records:
            try:
                resolver.check(_described(record))
            except Unresolvable as problem:
                self.outcome.conflicts.append(Conflict(record.key, problem.reason, problem.fix))
                continue
            main, *others = [(entity, resolver.node_of(entity)) for entity in record.entities]
            for fact in record.facts:
                for end in fact.ends():
                    self._remember(resolver.node_of(end))
            self._remember(main[1])
            for entity, node in others:
                self._remember(node)
                self._mention(node, entity, key)
            turn = self.turn * TURNS + self.order[key]
            self.planned.append(_Planned(key, record, text, turn, is_new, main[1], main[0].fields()))
        self.created = list(resolver.created)
        self._resolver = resolver

    def anchors(self) -> set[str]:
        """Known nodes whose stored facts the plan needs: the subjects of records, or where facts start."""
        wanted = set()
        for planned in self.planned:
            for node in (planned.main, *(self._anchor(fact, planned.main) for fact in planned.record.facts)):
                if node.element:
                    wanted.add(node.element)
        return wanted

    @property
    def places(self) -> Mapping[str, Node]:
        """The nodes behind the identity keys of this batch, the new ones too."""
        return self._resolver.places

    def histories(self) -> dict[str, History]:
        """What the records of this batch said so far and say now, by key."""
        return {planned.key: self._history(planned) for planned in self.planned}

    def plan_facts(self) -> None:
        """State every record's facts, and take its source off those that it states no more."""
        for planned in self.planned:
            stated = []
            for fact in planned.record.facts:
                start, end = (self._resolver.node_of(end) for end in fact.ends())
                if start is end or self._taken_back(fact, start, end):
                    continue
                stored, change = self.facts.state(
                    fact, start.handle, end.handle, planned.key, self.source.private_to
                )
                stated.append(stored)
                self.outcome.count(fact.TYPE, change)  # type: ignore[arg-type]
                if change != "unchanged":
                    self._touch(fact, start, end)
            if not planned.is_new:
                for before in self.facts.stated_by([planned.key]):
                    self.former.update((planned.key, end) for end in (before.start, before.end))
                self.gone(self.facts.no_longer_stated(planned.key, stated, keep_as_of=True))

    def gone(self, facts: Iterable[StoredFact]) -> None:
        """Count facts that no source states any more; both ends must be looked at again."""
        for fact in facts:
            self.outcome.count(fact.type, "withdrawn")
            if FACT_TYPES[fact.type].FEEDS_TIES:
                self.pending.update((fact.start, fact.end) if fact.type in SIZED_TYPES else (fact.start,))

    def plan_display(
        self, said_before: Mapping[str, list[Said]], old_fields: Mapping[str, dict[str, Any]]
    ) -> None:
        """Choose what is shown of every node that a record of this batch is about.

        `said_before`: by element, what its records said before this batch. `old_fields`: by record key.
        """
        by_node: dict[str, list[_Planned]] = {}
        for planned in self.planned:
            by_node.setdefault(planned.main.handle, []).append(planned)
            if self.was_about.get(planned.key, planned.main.handle) != planned.main.handle:
                self.shown_again.add(self.was_about[planned.key])
        counted = {handle for handle, rows in by_node.items() if any(row.fields for row in rows)}
        for handle, rows in by_node.items():
            node = self.nodes[handle]
            statements = {said.key: said for said in said_before.get(handle, ())}
            for row in rows:
                statements[row.key] = Said(row.key, row.fields, self.seen_on, self.source.verified)
            if any(old_fields.get(row.key, {}).keys() - row.fields.keys() for row in rows) and node.element:
                self.shown_again.add(node.element)
            if any(row.says_something for row in rows):
                self.show(node, statements.values(), [old_fields.get(row.key, {}) for row in rows])
            if handle in counted:
                change = "created" if node.element is None else "updated" if node.changes else "unchanged"
                self.outcome.count(node.label, change)  # type: ignore[arg-type]
        for node in self.created:
            if node.handle not in counted:
                self.outcome.count(node.label, "created")
        for node in self.nodes.values():
            if _SIZES.get(node.label) in node.changes and node.element:
                self.pending.add(node.handle)

    def show(self, node: Node, statements: Iterable[Said], retracted: Iterable[Mapping[str, Any]]) -> None:
        """Set a node's shown fields; a field that only retracted statements carried disappears."""
        fields = choose(statements)
        if not fields:
            return
        gone = {name: None for said in retracted for name in said if name not in fields}
        shown = shown_properties(NODE_KINDS[node.label], fields)
        for name, value in {**gone, **shown}.items():
            if node.properties.get(name) != value:
                node.changes[name] = value

    def new_nodes(self) -> dict[str, list[dict[str, Any]]]:
        """Rows to create nodes from, by label, each with its identities and its new source records."""
        records: dict[str, list[dict[str, Any]]] = {}
        for planned in self.planned:
            if planned.is_new and planned.main.element is None:
                records.setdefault(planned.main.id, []).append(self.source_record(planned))
        rows: dict[str, list[dict[str, Any]]] = {}
        for node in self.created:
            shown = {name: value for name, value in node.changes.items() if value is not None}
            if node.handle in self.pending:
                shown["pending"] = True
            if node.label == Person.LABEL:
                shown["unmatched"] = True
            row = {
                "properties": {"id": node.id, **self._since(node), **shown},
                "identities": [
                    stored_identity(identity, node.id, self.source.run) for identity in node.new_identities
                ],
                "records": records.get(node.id, []),
            }
            rows.setdefault(node.label, []).append(row)
        return rows

    def _since(self, node: Node) -> dict[str, str]:
        since = {"created_on": self.seen_on}
        if node.label == Person.LABEL and self.source.collected_on is not None:
            since["collected_on"] = self.source.collected_on
        return since

    def changed_nodes(self) -> list[dict[str, Any]]:
        """Rows to update known nodes from."""
        known = {
            handle: dict(node.changes) for handle, node in self.nodes.items() if node.element and node.changes
        }
        created = {node.handle for node in self.created}
        for handle in self.pending - created:
            known.setdefault(handle, {})["pending"] = True
        for handle, node in self.nodes.items():
            # Whoever is known by more than before may turn out to be somebody else who is known.
            if node.element and node.label == Person.LABEL and (handle in known or node.new_identities):
                known.setdefault(handle, {})["unmatched"] = True
        return [{"element": handle, "properties": changes} for handle, changes in sorted(known.items())]

    def source_record(self, planned: _Planned) -> dict[str, Any]:
        """A source record's stored properties."""
        history = self._history(planned)
        if planned.key in self.past:
            return history.properties()
        # What is not there yet need not be taken away.
        stored = history.properties(planned.fields)
        return {name: value for name, value in stored.items() if value is not None}

    def _history(self, planned: _Planned) -> History:
        source = self.source
        reading = Reading(planned.turn, source.run, self.seen_on, source.dataset)
        version = Version(planned.text, source.private_to, source.verified, (reading,))
        if planned.key in self.past:
            return self.past[planned.key].then(version, date.fromisoformat(self.seen_on))
        return History(planned.key, source.name, planned.main.id, (version,))

    def _remember(self, node: Node) -> None:
        self.nodes[node.handle] = node

    def _mention(self, node: Node, entity: Entity, key: str) -> None:
        """A record about somebody else fills only what is not known yet."""
        said = entity.fields()
        for name, value in shown_properties(type(entity), said).items():
            if node.properties.get(name) is None and node.changes.get(name) is None:
                node.changes[name] = value
                if name in said:
                    filled = filled_by(node.changes if "filled" in node.changes else node.properties)
                    node.changes["filled"] = filled_text({**filled, name: key})

    def _taken_back(self, fact: Fact, start: Node, end: Node) -> bool:
        return not self.source.verified and self.facts.taken_back(fact, start.handle, end.handle)

    def _anchor(self, fact: Fact, main: Node) -> Node:
        start, end = (self._resolver.node_of(end) for end in fact.ends())
        return main if main in (start, end) else start

    def _touch(self, fact: Fact, start: Node, end: Node) -> None:
        """Mark for derivation: the person of a spell; of two people the one who is not of the team.

        A team member touches thousands, each of them touches few: marking one end is enough for the pair.
        """
        if not fact.FEEDS_TIES:
            return
        if isinstance(fact, BetweenPeople):
            team = start.properties.get("team_member") or start.changes.get("team_member")
            self.pending.add(end.handle if team else start.handle)
        else:
            self.pending.add(start.handle)


def _described(record: Record) -> list[Entity]:
    """The record's own descriptions, then the ends of its facts (usually the same objects)."""
    found = list(record.entities)
    for fact in record.facts:
        found += [end for end in fact.ends() if end not in found]
    return found
