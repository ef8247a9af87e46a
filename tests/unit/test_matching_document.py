"""What docs/model.md says of matching is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from importers.identity.frequencies import Frequencies
from importers.identity.parameters import LEVELS, MATCHING
from importers.identity.people import Job, Someone
from importers.identity.scoring import score_pair
from importers.identity.table import People

TEXT = (Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
SECTION = TEXT.partition("## The same person once")[2].partition("\n## ")[0]


def test_the_table_of_weights_is_the_one_in_use():
    rows = [line.strip("| ").split(" | ") for line in SECTION.splitlines() if line.startswith("| ")][1:]
    told = [(feature, words, float(m), u) for feature, words, m, u, _ in rows]
    assert told == [
        (level.feature, level.words, level.m, "its share" if level.by_frequency else f"{level.u:g}")
        for level in LEVELS
    ]
    for (*_, bits), level in zip(rows, LEVELS, strict=True):
        if not level.by_frequency:
            assert float(bits.split()[-1]) == pytest.approx(level.bits, abs=0.005)


def test_thresholds_and_limits_are_those_in_use():
    assert (
        f"**{MATCHING.merge_at:g} bits and more**" in SECTION
        and f"**{MATCHING.ask_at:g} bits and more**" in SECTION
    )
    assert f"at least {MATCHING.beside_name:g} bits agree beside the name" in SECTION
    assert f"within {MATCHING.apart_from_next:g} bits" in re.sub(r"\s+", " ", SECTION)
    assert f"similarity of {MATCHING.close_spelling:g}" in SECTION
    assert f"more than {MATCHING.largest_block} people" in SECTION


def test_the_example_by_hand_is_what_comes_out():
    job = Job("h", "Helvion AG", "helvion.example", "Head of Networks", 2019 * 12, 2026 * 12)
    seen = Job("h", "Helvion AG", "helvion.example", "Head of Networks", 2024 * 12, 2024 * 12)
    a = Someone(id="1", name="William Solbakkvik", location="Oslo, Norway", jobs=(job,))
    b = Someone(id="2", name="Bill Solbakkvik", location="Oslo", jobs=(seen,))
    table = People.of((a, b))
    staff = np.zeros(len(table.lexicon.companies), np.int64)
    staff[1] = 40
    score = score_pair(a, b, Frequencies.given_counts(table.lexicon, known=20_000, staff=staff))
    by_hand = SECTION.partition("### By hand")[2]
    for part in score.contributions:
        assert f"{abs(part.bits):.2f}" in by_hand, part
    assert f"Score {score.bits:.2f}" in by_hand
