"""Small invented imports, and everything a graph holds after them, to compare graphs with one another."""

from __future__ import annotations

import json
from dataclasses import dataclass

from hypothesis import strategies as st

from graph.model.dates import PartialDate, Spell
from graph.model.entities import Community, Company, Person
from graph.model.facts import Connection, Employment, Interaction, Membership
from graph.model.identities import Identity
from graph.model.records import Record, Source
from graph.records.withdrawal import withdraw_unseen
from graph.records.writing import write_records

HIDDEN = {
    "pending",
    "unmatched",
    "match_names",
    "created_on",
    "derived_size",
    "derived_from",
    "derived_to",
    "filled",
}


def source(run, dataset="crm|people", *, name="crm", private_to=None):
    return Source(name=name, dataset=dataset, run=run, private_to=private_to)


def person(*values, name="", **more):
    """`person("linkedin:a", "email:b")`."""
    identities = tuple(Identity("person", *value.split(":", 1)) for value in values)
    return Person(identities=identities, name=name or f"Name {values[0]}", **more)


def company(name):
    return Company(identities=(Identity("company", "name", name.lower()),), name=name)


def worked(who, where, *, title="", started="2020", ended=None, department=""):
    spell = Spell(PartialDate.parse(started), PartialDate.parse(ended) if ended else None)
    return Employment(person=who, company=where, title=title, department=department, spell=spell)


def seen_at(who, where, on, title="Engineer"):
    day = PartialDate.parse(on)
    return Employment(person=who, company=where, title=title, spell=Spell(day, day, True, True))


def connected(a, b, on=None):
    return Connection(a=a, b=b, on=PartialDate.parse(on) if on else None)


def wrote(a, b, sent, received):
    return Interaction(a=a, b=b, channel="email", sent=sent, received=received)


def member(who, where):
    return Membership(
        person=who, community=Community(identities=(Identity("community", "name", where),), name=where)
    )


def record(key, *entities, facts=()):
    others = [end for fact in facts for end in fact.ends() if end not in entities]
    return Record(key, (*entities, *others), tuple(facts))


async def everything(send, engine, *, by_id=True):
    """All nodes with what is shown and their identities, records, facts and ties; ids replaced unless `by_id`."""
    nodes = await send(
        engine,
        "MATCH (n)<-[:IDENTIFIES]-(i:Identity) RETURN labels(n)[0] AS label, properties(n) AS shown, "
        "collect(i.key) AS keys",
    )
    names = {}
    shown = []
    for row in nodes:
        keys = sorted(key for key in row["keys"] if ":liaison:" not in key)
        names[row["shown"]["id"]] = row["shown"]["id"] if by_id else "|".join(keys)
        properties = {
            name: value
            for name, value in row["shown"].items()
            if name not in HIDDEN and name != "id" and value is not None
        }
        shown.append((names[row["shown"]["id"]], row["label"], keys, _text(properties)))
    records = await send(
        engine,
        "MATCH (s:SourceRecord)-[:DESCRIBES]->(n) RETURN s.key AS key, n.id AS id, s.said AS said, "
        "s.seen_on AS seen, s.dataset AS dataset, s.private_to AS private, s.run AS run, s.runs AS runs",
    )
    facts = await send(
        engine,
        "MATCH (a)-[r]->(b) WHERE r.sources IS NOT NULL "
        "RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS says",
    )
    ties = await send(
        engine, "MATCH (a:Person)-[r:TIE]->(b:Person) RETURN a.id AS a, b.id AS b, properties(r) AS says"
    )
    return {
        "nodes": sorted(shown),
        "records": sorted(
            (
                row["key"],
                names[row["id"]],
                row["said"],
                row["seen"],
                row["dataset"],
                row["private"] or "",
                row["runs"],
            )
            for row in records
        ),
        "facts": sorted(_fact(row, names) for row in facts),
        "ties": sorted((*sorted((names[row["a"]], names[row["b"]])), _rounded(row["says"])) for row in ties),
    }


def _fact(row, names):
    a, b, says = names[row["a"]], names[row["b"]], dict(row["says"])
    if row["type"] in ("CONNECTED", "INTERACTED") and a > b:
        a, b = b, a
        if row["type"] == "INTERACTED":
            says["sent"], says["received"] = says["received"], says["sent"]
    return row["type"], a, b, _text({name: value for name, value in says.items() if value is not None})


def _text(properties):
    return json.dumps(properties, sort_keys=True, ensure_ascii=False, default=str)


def _rounded(says):
    return _text(
        {name: round(value, 9) if isinstance(value, float) else value for name, value in says.items()}
    )


# --- random ones ---

PEOPLE = (("linkedin:a",), ("email:b",), ("crm:c",), ("linkedin:d", "email:e"), ("email:f",))
COMPANIES = (company("Acme"), company("Orbane"))
JOINED = (("linkedin:a", "email:b"), ("crm:c", "email:b"), ("linkedin:d", "email:f"))


@st.composite
def people(draw, *, joined=False):
    who = draw(st.sampled_from(PEOPLE if not joined else (*PEOPLE, *JOINED)))
    headline = draw(st.sampled_from(("", "", "CTO", "Buyer")))
    return person(*who, name=draw(st.sampled_from(("Ann", "Anna", "Bo"))), headline=headline)


@st.composite
def records(draw, *, joined=False):
    """A record of one person, known by one of few keys, so that later imports change it."""
    who = draw(people(joined=joined))
    facts = draw(st.lists(facts_of(who), max_size=3))
    return record(f"row {draw(st.integers(0, 4))}", who, facts=facts)


@st.composite
def facts_of(draw, who):
    kind = draw(st.sampled_from(("worked", "seen", "connected", "wrote", "member")))
    if kind == "worked":
        department = draw(st.sampled_from(("", "Sales", "IT")))
        ended = draw(st.sampled_from((None, "2022", "2023")))
        return worked(who, draw(st.sampled_from(COMPANIES)), department=department, ended=ended)
    if kind == "seen":
        return seen_at(
            who, draw(st.sampled_from(COMPANIES)), draw(st.sampled_from(("2024-03", "2025-01", "2026-02")))
        )
    if kind == "member":
        return member(who, "users")
    other = draw(people().filter(lambda one: not set(one.keys) & set(who.keys)))
    ends = draw(st.permutations((who, other)))
    if kind == "wrote":
        return wrote(*ends, draw(st.integers(1, 3)), draw(st.integers(0, 2)))
    return connected(*ends, draw(st.sampled_from((None, "2020", "2021-05"))))


@dataclass(frozen=True)
class Step:
    """One import: a run reads records of a dataset, and, where `complete`, nothing else is left of it."""

    run: str
    dataset: str
    complete: bool
    records: tuple[Record, ...]
    private_to: str | None = None


@st.composite
def steps(draw, *, most=4, joined=False):
    found = []
    for number in range(draw(st.integers(2, most))):
        dataset = draw(st.sampled_from(("one", "two")))
        rows = {one.key: one for one in draw(st.lists(records(joined=joined), min_size=1, max_size=3))}
        if found and draw(st.booleans()):
            # Much of what is read was read before.
            again = draw(st.sampled_from(found))
            dataset, rows = again.dataset, {one.key: one for one in again.records} | rows
        private = draw(st.sampled_from((None, None, "somebody")))
        found.append(Step(f"run {number}", dataset, draw(st.booleans()), tuple(rows.values()), private))
    return found


BASE = Step(
    "base", "base", False, tuple(record("|".join(keys), person(*keys, name="Base")) for keys in PEOPLE)
)
"""Knows everybody: nobody is gone for a while, and comes back as somebody new."""


async def bring(engine, step):
    """Import a step as a run does."""
    where = source(step.run, f"{step.dataset}|people", name=step.dataset, private_to=step.private_to)
    outcome = await write_records(engine, where, step.records)
    if step.complete and not outcome.conflicts:
        await withdraw_unseen(engine, where)
    return outcome
