"""Camps: the split of a committee into at most k groups that violates the least alliance.

Violated is a positive alliance across groups or a negative one within; the score is the sum of violated strengths
(k = 2: the weighted frustration index, Harary 1959; Aref & Wilson, J. Complex Networks 2019; k > 2: correlation
clustering with at most k clusters, Davis 1967). A group may stay empty: friends alone make one camp.

Who is bound to nobody (or whose friendships and rivalries cancel out) belongs to no camp: they stand apart as
`unaligned` and multiply no alternatives. Parts of the committee without an alliance between them are solved apart;
how they lie to one another is free, and each such choice is an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import comb

import numpy as np

from graph.committee.camps_search import Labelling, Part, solve_part
from graph.committee.committee import Committee, Floats
from graph.committee.parameters import CAMPS as K

__all__ = ["Camps", "Split", "camps"]

Split = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Camps:
    """The best split found. Groups and members by position, the group of the lowest member first.

    `violated`: sum of strengths. `bound`: no split violates less than this; equal to `violated` when `exact`.
    `alternatives`: other splits just as good, up to relabelling, the shown one not counted; all of them when
    `counted`, else those found. `others`: some of them. `violated_ties`: positions in `committee.alliances`.
    """

    groups: Split
    unaligned: tuple[int, ...]
    violated: float
    bound: float
    exact: bool
    counted: bool
    alternatives: int
    others: tuple[Split, ...]
    violated_ties: tuple[int, ...]


def camps(committee: Committee, groups: int = 2) -> Camps:
    """The split into at most `groups` camps with the least violated alliance, and all that is as good.

    Exact at least up to 20 people in two camps and 14 in three; larger ones where the search stays small, else
    the best of a seeded local search. Raises ValueError when `groups` is below 1.
    """
    if groups < 1:
        raise ValueError("A committee is split into 1 camp or more.")
    groups = min(groups, max(committee.size, 1))
    apart, together = _costs(committee)
    net = apart - together
    net[np.abs(net) < K.tolerance] = 0.0
    parts = [(part, solve_part(net[np.ix_(part, part)], groups)) for part in _parts(net)]
    unaligned = tuple(int(i) for i in np.flatnonzero(~net.any(axis=1)))
    found = _splits([(part, solved.best) for part, solved in parts], groups)
    splits = list(islice(found, K.shown_splits + 1))
    shown = splits[0]
    cancelled = float(np.minimum(apart, together).sum()) / 2.0
    violated_ties = _violated(committee, shown)
    violated = float(sum(committee.alliances[i].strength for i in violated_ties))
    exact = all(solved.exact for _, solved in parts)
    bound = violated if exact else min(violated, cancelled + sum(solved.bound for _, solved in parts))
    count = _count([solved for _, solved in parts], groups)
    counted = all(solved.counted for _, solved in parts)
    others = tuple(splits[1:])
    return Camps(shown, unaligned, violated, bound, exact, counted, count - 1, others, violated_ties)


def _costs(committee: Committee) -> tuple[Floats, Floats]:
    """(n, n) strengths violated when two sit apart, and when they sit together."""
    apart = np.zeros((committee.size, committee.size))
    together = np.zeros_like(apart)
    for tie in committee.alliances:
        cost = apart if tie.sign > 0 else together
        cost[tie.a, tie.b] += tie.strength
        cost[tie.b, tie.a] += tie.strength
    return apart, together


def _parts(net: Floats) -> list[list[int]]:
    """Connected parts of two people or more, each sorted, in the order of their lowest member."""
    left = set(np.flatnonzero(net.any(axis=1)).tolist())
    parts = []
    while left:
        reached = {min(left)}
        frontier = list(reached)
        while frontier:
            near = set(np.flatnonzero(net[frontier.pop()]).tolist()) - reached
            reached |= near
            frontier += near
        parts.append(sorted(reached))
        left -= reached
    return parts


def _splits(
    parts: Sequence[tuple[list[int], list[Labelling]]], groups: int, camps: Split = ()
) -> Iterator[Split]:
    """Optimal splits of the whole, each once: every group of a part joins a camp there is, or opens the next."""
    if not parts:
        yield tuple(sorted(tuple(sorted(members)) for members in camps))
        return
    (part, best), *rest = parts
    for labels in best:
        blocks = [
            tuple(member for member, label in zip(part, labels, strict=True) if label == name)
            for name in range(max(labels) + 1)
        ]
        for joined in _joined(blocks, camps, len(camps), groups):
            yield from _splits(rest, groups, joined)


def _joined(blocks: Sequence[tuple[int, ...]], camps: Split, free: int, groups: int) -> Iterator[Split]:
    """Ways to add the groups of one part to the camps so far, at most one to each; the first `free` may be joined."""
    if not blocks:
        yield camps
        return
    block, *rest = blocks
    for at in range(free):
        # Swapped to the end of the free ones: no other group of this part may join the same camp.
        moved = list(camps)
        moved[at], moved[free - 1] = moved[free - 1], moved[at] + block
        yield from _joined(rest, tuple(moved), free - 1, groups)
    if len(camps) < groups:
        yield from _joined(rest, (*camps, block), free, groups)


def _count(parts: Sequence[Part], groups: int) -> int:
    """Number of optimal splits up to relabelling, by Burnside's lemma over the names of the groups.

    A renaming that leaves j names in place fixes just the labellings that use those j alone.
    """
    total = 0
    for j in range(groups + 1):
        fixed = 1
        for part in parts:
            fixed *= sum(many * _falling(j, used) for used, many in part.optimal.items())
        total += comb(groups, j) * _derangements(groups - j) * fixed
    return total // _falling(groups, groups)


def _falling(n: int, k: int) -> int:
    """n · (n - 1) ⋯ (n - k + 1): ways to name k groups with n names."""
    ways = 1
    for i in range(k):
        ways *= n - i
    return ways


def _derangements(n: int) -> int:
    """Permutations of n that leave nothing in place."""
    before, now = 1, 0
    for i in range(n):
        before, now = now, (i + 1) * (now + before)
    return before


def _violated(committee: Committee, split: Split) -> tuple[int, ...]:
    camp = {member: number for number, members in enumerate(split) for member in members}
    return tuple(
        position
        for position, tie in enumerate(committee.alliances)
        if tie.strength > 0.0
        # Whoever belongs to no camp violates only what violates itself: both a friendship and a rivalry.
        and _breaks(camp.get(tie.a, -1), camp.get(tie.b, -1), tie.sign)
    )


def _breaks(one: int, other: int, sign: int) -> bool:
    return (one == other) == (sign < 0)
