"""Matching on a labelled world: right often enough, with the published thresholds, and not with weak ones."""

from __future__ import annotations

import pytest

from benchmarks.labelled import make_labelled
from benchmarks.matching import quality_of
from importers.identity.parameters import Matching


@pytest.fixture(scope="module")
def world():
    return make_labelled(6_000, 6_000, seed=11)


def test_merges_are_right_and_find_most(world):
    quality = quality_of(world)
    assert quality.precision >= 0.99
    assert quality.recall >= 0.5
    assert quality.recall_with_questions >= 0.8
    assert quality.asked <= 0.3 * len(world.new)


def test_a_weak_threshold_is_found_out(world):
    weak = quality_of(world, Matching(merge_at=0.0, beside_name=0.0, apart_from_next=0.0))
    assert weak.precision < 0.99
