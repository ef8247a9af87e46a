"""10 000 damaged files of every kind: no exception that nobody expected, and no value from the wrong column.

The tool is in `mutations/`. `python tests/importers/test_mutations.py` writes `provenance.json` anew: by format and
place the columns whose values may stand there. It is to be read before a commit; a place that is not in it is
compared with what the undamaged fixture shows.
"""

from __future__ import annotations

import json
from random import Random

import pytest

from graph.model.records import Record
from importers.formats.base import Held, Refusal
from importers.reading.problems import FileError
from tests.importers.mutations.grids import Case, cases, encode, items_of, write
from tests.importers.mutations.mutating import changed_bytes, changed_grid, changed_text, some_writing
from tests.importers.mutations.preparing import PROVENANCE, Prepared, prepare

CASES = list(cases())
MUTATIONS = 10_000
EACH = -(-MUTATIONS // len(CASES))


def mutated(case: Case, prepared: Prepared | None, seed: int) -> tuple[bytes, tuple[str, ...]]:
    """A damaged file, with the header by which its values can be traced."""
    random = Random(f"{case.folder} {seed}")
    if prepared is None:
        text = changed_text(changed_text(case.content.decode("utf-8", "surrogateescape"), random), random)
        return changed_bytes(text.encode("utf-8", "surrogateescape"), random), ()
    grid = prepared.mark(changed_grid(prepared.grid, random))
    how = some_writing(random)
    text = changed_text(write(grid, how), random)
    return changed_bytes(encode(text, how), random), grid.header


@pytest.mark.parametrize("case", CASES, ids=[case.folder for case in CASES])
def test_a_damaged_file_is_read_right_or_refused(case: Case) -> None:
    prepared = prepare(case)
    said = 0
    for seed in range(EACH):
        content, header = mutated(case, prepared, seed)
        try:
            opened = case.open(content)
            items = items_of(opened, case.context)
        except FileError as error:
            assert error.reason and error.fix
            continue
        said += any(isinstance(item, (Record, Held)) for item in items)
        for item in items:
            if isinstance(item, Refusal):
                assert item.reason and item.fix and item.line > 0
        if prepared is not None:
            known = opened.format
            assert known.kinds == prepared.kinds, (
                f"mutation {seed} of {case.folder} is taken for {known.name}"
            )
            # Another program's file of the same kind: a report without the column that told it apart.
            wrong = prepared.wrong(items, header) if known.name == prepared.format else []
            assert not wrong, f"mutation {seed} of {case.folder}: {wrong}"
    assert said > EACH / 20, "hardly any mutation leaves something to read: it tests nothing"


def accept() -> None:
    """Write `provenance.json` anew from the fixtures."""
    found: dict[str, dict[str, set[str]]] = {}
    PROVENANCE.unlink(missing_ok=True)
    for case in CASES:
        prepared = prepare(case)
        if prepared and case.mapping is None:
            for place, names in prepared.allowed.items():
                if place == "refused" or {place.removeprefix("cell.")} == names:
                    continue
                found.setdefault(prepared.format, {}).setdefault(place, set()).update(names)
    listed = {
        name: {place: sorted(names) for place, names in sorted(places.items())}
        for name, places in found.items()
    }
    PROVENANCE.write_text(
        json.dumps(dict(sorted(listed.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    accept()
