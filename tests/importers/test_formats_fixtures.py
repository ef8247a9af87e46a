"""Every kind of file in its variants, each with the records expected of it written beside it.

A folder under `fixtures` is a case: the file, `case.json` (its name and how it is opened) and `expected.json`.
To add one, write the first two and run this file as a script with (the beginning of) the folder's name: `accept`
below writes the third, to be read.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.model.dates import PartialDate
from graph.model.entities import Person
from graph.model.identities import email_identity, linkedin_identity
from graph.model.records import Record
from importers.formats.base import FileContext, Held, Note, Refusal, Skipped
from importers.formats.files import OpenFile, open_file

FIXTURES = Path(__file__).parent / "fixtures"
CASES = sorted(path.parent for path in FIXTURES.rglob("case.json"))


def person(who: str) -> Person:
    identity = linkedin_identity(who) or email_identity(who)
    assert identity
    return Person(identities=(identity,), name="Anna Example")


def opened(case: Path) -> tuple[OpenFile, FileContext]:
    about = json.loads((case / "case.json").read_text())
    context = FileContext(
        source="test",
        file_name=about["file"],
        as_of=PartialDate(2026, 3, 1),
        owner=person(about["owner"]) if "owner" in about else None,
    )
    return open_file(case / about["file"], about["file"], mapping=about.get("mapping")), context


def shown(item: object) -> dict[str, Any]:
    """An item as it is written in `expected.json`."""
    if isinstance(item, Skipped):
        return {"skipped": item.line, "why": item.why}
    if isinstance(item, Refusal):
        return {"refused": item.line, "column": item.column, "reason": item.reason, "cells": dict(item.cells)}
    if isinstance(item, Note):
        return {"note": item.text}
    if isinstance(item, Held):
        return {"held": item.row.line, **shown(item.record)}
    assert isinstance(item, Record)
    return {
        "key": item.key,
        "entities": [{"is": entity.keys, **entity.fields()} for entity in item.entities],
        "facts": [
            {
                "type": fact.TYPE,
                "between": [end.keys[0] for end in fact.ends()],
                **{name: value for name, value in fact.properties().items() if value not in (None, False)},
            }
            for fact in item.facts
        ],
        "kept": dict(item.kept),
    }


def read(case: Path) -> dict[str, Any]:
    file, context = opened(case)
    return {
        "format": file.format.name,
        "ignored": file.ignored_columns,
        "items": [shown(item) for item in file.records(context)],
    }


@pytest.mark.parametrize("case", CASES, ids=[str(case.relative_to(FIXTURES)) for case in CASES])
def test_a_file_says_what_is_written_beside_it(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(read(case))) == expected


@pytest.mark.parametrize("case", CASES, ids=[str(case.relative_to(FIXTURES)) for case in CASES])
def test_reading_again_says_the_same_under_keys_that_differ(case: Path) -> None:
    first, second = read(case), read(case)
    assert first == second
    keys = [item["key"] for item in first["items"] if "key" in item]
    assert keys, "a case holds at least one record"
    by_key: dict[str, Any] = {}
    for item in first["items"]:
        if "key" in item:
            assert by_key.setdefault(item["key"], item)["entities"] == item["entities"]


@pytest.mark.parametrize("case", CASES, ids=[str(case.relative_to(FIXTURES)) for case in CASES])
def test_nothing_private_gets_through(case: Path) -> None:
    said = json.dumps(read(case)["items"], ensure_ascii=False).casefold()
    for word in ("secret", "birth", "maiden", "12345", "private"):
        assert word not in said


def accept(begin: str) -> None:
    """Write the `expected.json` of these cases anew; the difference is then to be read before a commit."""
    for case in [case for case in CASES if str(case.relative_to(FIXTURES)).startswith(begin)]:
        text = json.dumps(read(case), indent=1, ensure_ascii=False)
        (case / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    accept(sys.argv[1] if len(sys.argv) > 1 else "")
