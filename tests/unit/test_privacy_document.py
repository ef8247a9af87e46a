"""docs/privacy.md is right about the program: its tables name what is there, no more and no less."""

import re
from pathlib import Path

import pytest

from graph.model.kinds import FACT_TYPES, NODE_KINDS
from graph.privacy.access_document import SECTIONS
from graph.privacy.parameters import PRIVACY
from graph.records.history import KEPT_DAYS as HISTORY_DAYS
from graph.records.replies import KEPT_DAYS as REPLY_DAYS
from service.api import build_schema
from service.security.permissions import OPERATIONS, SCOPES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
NUMBERS = {
    "retention_months": PRIVACY.retention_months,
    "notice_days": PRIVACY.notice_days,
    "audit_days": PRIVACY.audit_days,
    "history_days": HISTORY_DAYS,
    "reply_days": REPLY_DAYS,
}


def table(heading: str) -> list[list[str]]:
    """The cells of the one table whose head holds this text."""
    blocks = re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE)
    (rows,) = [block.splitlines() for block in blocks if heading in block.splitlines()[0]]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def stored_labels() -> set[str]:
    """Labels that any statement gives a node."""
    found = set()
    for path in (ROOT / "cypher").glob("*/*.cypher"):
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        found |= set(re.findall(r"\b(?:CREATE|MERGE)\s*\(\w*:(\w+)", text))
        found |= set(re.findall(r"\bCREATE\s*\([^)]*\)-\[[^\]]*\]->\(\w*:(\w+)", text))
    return found


def test_every_kind_of_node_that_is_stored_is_named_and_nothing_else():
    named = [code(row[0])[0] for row in table("| node |")]
    assert len(named) == len(set(named))
    assert set(named) == stored_labels() | NODE_KINDS.keys()


def test_every_node_says_what_an_access_request_tells_of_it():
    assert all(len(row) == 3 and all(row) for row in table("| node |"))


def test_every_fact_is_named_and_nothing_else():
    named = [code(row[0])[0] for row in table("| fact |")]
    assert len(named) == len(set(named)) and set(named) == FACT_TYPES.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_every_time_is_that_of_the_parameters(name: str):
    (row,) = [row for row in table("| how long |") if name in row[2]]
    assert re.search(rf"\b{NUMBERS[name]} (days|months)\b", row[1])
    assert row[1].split()[1] == name.rpartition("_")[2]


def test_the_defaults_are_those_of_the_parameters():
    told = dict(table("| default | value |"))
    assert told == {"purpose": PRIVACY.purpose, "lawful basis": PRIVACY.lawful_basis}


def test_the_rights_name_commands_and_operations_that_are_there():
    from typer.main import get_command

    from service.cli import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    core = build_schema()._schema
    fields = {*core.query_type.fields, *core.mutation_type.fields}
    rows = table("| right (GDPR) |")
    named = [one for row in rows for one in code(row[2])]
    assert named and {one.removeprefix("liaison ") for one in named} <= known
    operations = {one for row in rows for one in code(row[3])}
    assert operations and operations <= fields
    serving = {
        name.partition(".")[2]
        for name in OPERATIONS
        if re.search(r"[Nn]otice|[Rr]etention|[Oo]bjection|erase|[Ss]uppress(?!ed)|audit|subjectAccess", name)
    }
    assert serving <= operations, "docs/privacy.md says nothing of them"
    assert {"access", "audit", "erase", "suppress", "retention"} <= {one.split()[1] for one in named}


def test_the_parts_of_an_access_request_are_those_told():
    said = TEXT.split("Its JSON has the parts", 1)[1].split(";", 1)[0]
    assert set(code(said)) == SECTIONS.keys() | {"format", "made_at"}


def test_scopes_that_are_named_are_there():
    assert {one for row in table("| what | who |") for one in code(row[1])} <= set(SCOPES)


def test_a_table_that_says_something_else_is_noticed():
    assert "Person" in stored_labels() and "Nonsense" not in stored_labels()
