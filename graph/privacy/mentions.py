"""What the records of others say of somebody: taken out of them, now and in what they said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.engine.connection import Engine, Row, Transaction
from graph.model.entities import Person
from graph.model.facts import Fact
from graph.privacy.keys import fingerprint, privacy_key
from graph.privacy.screening import described, without
from graph.privacy.traces import Traces
from graph.records.codec import decode, encode, hash_of
from graph.records.history import History, Version
from graph.records.showing import filled_from, show_again

__all__ = ["filled_nodes", "forget_mentions"]

_RECORDS = 500
_NOBODY = "erased"


async def forget_mentions(engine: Engine, traces: Traces) -> int:
    """Take somebody out of the records of others; a record with nothing else to say goes. Answers how many it were.

    What people wrote in their own words loses their name and addresses. Rows that were withdrawn and kept aside are
    treated alike.
    """
    forgetter = _Forgetter(traces, privacy_key(engine))
    own = {
        record[0] for row in await engine.read("privacy/traces", id=traces.id) for record in row["records"]
    }
    keys = {row["key"] for row in await engine.read("privacy/mentions", id=traces.id)}
    keys |= {row["key"] for row in await engine.read("privacy/speaking", words=traces.stored_words)}
    mentioning = sorted(keys - own)
    datasets: set[str] = set()
    for start in range(0, len(mentioning), _RECORDS):
        part = mentioning[start : start + _RECORDS]

        async def work(tx: Transaction, part: list[str] = part) -> None:
            await tx.run("records/lock")
            rows = await tx.run("privacy/records", keys=part)
            datasets.update(row["record"]["dataset"] for row in rows)
            await forgetter.rewrite(tx, rows)

        await engine.transact(work)
    await engine.transact(forgetter.rewrite_withdrawn)
    for dataset in sorted(datasets):
        new = forgetter.dataset(dataset)
        if new != dataset:
            await engine.write("privacy/rename_dataset", old=dataset, new=new)
            await engine.write("privacy/rename_dataset_of_withdrawn", old=dataset, new=new)
            await engine.write("privacy/rename_dataset_of_readings", old=dataset, new=new)
    return len(mentioning)


@dataclass(frozen=True, slots=True)
class _Forgetter:
    traces: Traces
    key: bytes

    async def rewrite(self, tx: Transaction, rows: Sequence[Row]) -> None:
        """Store these records without the person."""
        changed: list[dict[str, Any]] = []
        renamed: list[dict[str, str]] = []
        nodes: list[dict[str, Any]] = []
        gone: list[str] = []
        shown = await filled_nodes(tx, {row["record"]["key"]: _texts(row["record"]) for row in rows})
        for row in rows:
            old, properties = row["record"]["key"], self.properties(row["record"])
            if properties is None:
                gone.append(old)
                continue
            changed.append({"old": old, "properties": properties})
            if properties["key"] != old:
                facts = decode(properties["said"]).facts
                renamed += [{"end": _end_of(fact), "old": old, "new": properties["key"]} for fact in facts]
            if changes := self.traces.changed(row["says"]):
                nodes.append({"element": row["element"], "properties": changes})
        if gone:
            await tx.run("privacy/delete_records", keys=gone)
        if changed:
            await tx.run("privacy/rewrite_records", rows=changed)
        if renamed:
            await tx.run("privacy/rename_sources", rows=renamed)
        if nodes:
            await tx.run("privacy/rewrite_nodes", rows=nodes)
        await show_again(tx, shown)

    async def rewrite_withdrawn(self, tx: Transaction) -> None:
        """Store withdrawn rows without the person."""
        await tx.run("records/lock")
        changed, gone = [], []
        for row in await tx.run("privacy/withdrawn", words=self.traces.stored_words):
            properties = self.properties(row["record"])
            if properties is None:
                gone.append(row["element"])
            else:
                properties["id"] = f"{properties['key']}|{row['record']['withdrawn_by']}"
                changed.append({"element": row["element"], "properties": properties})
        if gone:
            await tx.run("privacy/delete_nodes", elements=gone)
        if changed:
            await tx.run("privacy/rewrite_nodes", rows=changed)

    def properties(self, stored: Mapping[str, Any]) -> dict[str, Any] | None:
        """A record's properties without the person; None where nothing is left of what it says now."""
        history = History.from_properties(stored)
        left = [self._left(version) for version in history.versions]
        if not left or left[-1] is None:
            return None
        versions = tuple(version for version in left if version is not None)
        now = versions[-1]
        clean = tuple(replace(one, said=self._cleaned(one.said)) for one in versions)
        key = f"{history.source}|{decode(now.said).key}"
        properties = replace(history, key=key, versions=clean).properties()
        # As if it was read so: the row, read again without them, is then one that is known.
        return properties | {"hash": hash_of(now.said)}

    def _cleaned(self, text: str) -> str:
        """What a record says without their name in free texts, nor in its row as written unless it is a namesake's."""
        said = decode(text)
        namesake = any(self.traces.is_called(one.name) for one in said.entities)
        kept = {name: self.traces.redacted(cell, own_words=not namesake) for name, cell in said.kept.items()}
        clean: str = self.traces.cleaned(encode(replace(said, kept=kept)))
        return clean

    def _left(self, version: Version) -> Version | None:
        record = decode(version.said)
        left = without(record, self._is_gone, self._hidden)
        if left is None:
            return None
        if not self.traces.keys.isdisjoint(left.key.split("|")):
            # It does not speak of them, but is one of an archive of theirs.
            left = replace(left, key=f"{_NOBODY}|{self._hidden(left.key)[:32]}")
        return version if left is record else replace(version, said=encode(left))

    def _hidden(self, key: str) -> str:
        return fingerprint(self.key, f"record:{key}")

    def _is_gone(self, entity: object) -> bool:
        return isinstance(entity, Person) and not self.traces.keys.isdisjoint(entity.keys)

    def dataset(self, dataset: str) -> str:
        """A dataset's name without them: an archive is named after its owner."""
        for named in sorted(self.traces.keys, key=len, reverse=True):
            dataset = dataset.replace(named, f"{_NOBODY}:{fingerprint(self.key, named)[:16]}")
        return dataset


async def filled_nodes(tx: Transaction, records: Mapping[str, Sequence[str]]) -> set[str]:
    """The nodes that show what one of these records (key → what it said) mentions of them."""
    keys = {
        key
        for said in records.values()
        for text in said
        for entity in described(decode(text))
        for key in entity.keys
    }
    rows = await tx.run("records/resolve", keys=sorted(keys)) if keys else []
    return await filled_from(tx, {row["element"] for row in rows}, records)


def _texts(stored: Mapping[str, Any]) -> list[str]:
    return [version.said for version in History.from_properties(stored).versions]


def _end_of(fact: Fact) -> str:
    """The end at which few facts meet: a person rather than a company."""
    return min(fact.ends(), key=lambda end: not isinstance(end, Person)).keys[0]
