"""Committees drawn at random for the property tests, and a short way to write one down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from graph.committee.committee import ECONOMIC_BUYER, Committee, Observed, Tie

unit = st.floats(0.0, 1.0, width=32)
stance = st.floats(-1.0, 1.0, width=32)


def committee(size: int, **given: Any) -> Committee:
    """A committee of p0, p1, …: neutral priors of precision 1, medium influence unless given otherwise."""
    usual: dict[str, Any] = {
        "people": tuple(f"p{i}" for i in range(size)),
        "influence": np.full(size, 0.6),
        "prior_mean": np.zeros(size),
        "prior_precision": np.ones(size),
    }
    return Committee(**(usual | given))


@st.composite
def committees(draw: st.DrawFn, least: int = 1, most: int = 7, seen: int = 5) -> Committee:
    """Any committee: ties of both signs and directions, contradictions, reporting lines, observations, roles."""
    size = draw(st.integers(least, most))
    member = st.integers(0, size - 1)
    pairs = st.tuples(member, member).filter(lambda pair: pair[0] != pair[1])
    some = st.lists(pairs, max_size=10) if size > 1 else st.just([])
    ties = tuple(
        Tie(a, b, draw(st.sampled_from([-1, 1])), draw(unit), draw(st.booleans())) for a, b in draw(some)
    )
    values = st.lists(stance, min_size=size, max_size=size)
    chances = st.lists(unit, min_size=size, max_size=size)
    observations = tuple(
        Observed(draw(member), draw(stance), draw(st.sampled_from(["direct", "coach_report", "hearsay"])))
        for _ in range(draw(st.integers(0, seen)))
    )
    return committee(
        size,
        influence=np.array(draw(chances)),
        prior_mean=np.array(draw(values)),
        prior_precision=np.array(draw(st.lists(st.floats(0.1, 10.0), min_size=size, max_size=size))),
        alliances=ties,
        reports_to=tuple(draw(some)),
        observations=observations,
        roles={ECONOMIC_BUYER: np.array(draw(chances))},
    )


def renamed(of: Committee, order: list[int]) -> Committee:
    """The same committee with member order[i] at position i."""
    at = {old: new for new, old in enumerate(order)}
    return replace(
        of,
        people=tuple(of.people[i] for i in order),
        influence=of.influence[order],
        prior_mean=of.prior_mean[order],
        prior_precision=of.prior_precision[order],
        alliances=tuple(replace(tie, a=at[tie.a], b=at[tie.b]) for tie in of.alliances),
        reports_to=tuple((at[a], at[b]) for a, b in of.reports_to),
        observations=tuple(replace(seen, about=at[seen.about]) for seen in of.observations),
        roles={role: chance[order] for role, chance in of.roles.items()},
    )
