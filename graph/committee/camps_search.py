"""The search behind `camps`: one connected part, solved exactly while that stays small, else searched and bounded.

A signed matrix `net` is given: net > 0 is violated when two sit apart, net < 0 (by its size) when together.
Exact: breadth-first branch and bound over restricted growth strings (so that no relabelling is met twice), a whole
level at once as arrays. A partial split is dropped when what it violates, plus the least each person still to come
must violate against those placed, plus what those still to come must violate among themselves, exceeds the best
known (a Russian-doll bound: Verfaillie, Lemaître & Schiex, AAAI 1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.committee.committee import Floats
from graph.committee.parameters import CAMPS as K

__all__ = ["Labelling", "Part", "lower_bound", "solve_part", "violation"]

Labels = NDArray[np.int8]
Labelling = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What was found for one part.

    `best`: labellings as good as the best (some, canonical); `optimal`: number of groups used → how many such
    splits; `bound`: none violates less; `exact`: the best is optimal; `counted`: `optimal` counts all of them.
    """

    best: list[Labelling]
    optimal: dict[int, int]
    bound: float
    exact: bool
    counted: bool


def solve_part(net: Floats, groups: int) -> Part:
    """The best splits of one connected part (n ≥ 2) into at most `groups` groups."""
    tolerance = K.tolerance * (1.0 + float(np.abs(net).sum()))
    found, least = _local_search(net, groups, tolerance)
    if len(net) <= K.exact_up_to:
        listed = _enumerated(net, groups, least + tolerance)
        if listed is not None:
            labels, sums = listed
            least = float(sums.min())
            # Sums of strengths agree up to rounding alone: what is equally good is within the tolerance.
            labels = labels[sums <= least + tolerance]
            sizes, counts = np.unique(labels.max(axis=1) + 1, return_counts=True)
            optimal = dict(zip(sizes.tolist(), counts.tolist(), strict=True))
            best = sorted(_canonical(row) for row in labels[: K.shown_splits + 1].tolist())
            return Part(best, optimal, least, True, True)
    bound = min(least, lower_bound(net, groups))
    optimal = {}
    for labelling in found:
        optimal[max(labelling) + 1] = optimal.get(max(labelling) + 1, 0) + 1
    return Part(found[: K.shown_splits + 1], optimal, bound, least - bound <= tolerance, False)


def violation(net: Floats, labels: Labelling) -> float:
    """What a labelling violates: Σ net over pairs apart with net > 0, and |net| over pairs together with net < 0."""
    placed = np.asarray(labels)
    same = placed[:, None] == placed[None, :]
    cost = np.where(same, np.maximum(-net, 0.0), np.maximum(net, 0.0))
    return float(np.triu(cost, 1).sum())


def lower_bound(net: Floats, groups: int) -> float:
    """No split violates less than this: triangles that cannot be satisfied, packed so that no strength is used twice.

    A triangle of two friendships and an enmity violates something in any number of camps, one of three enmities in
    two camps. With one camp every enmity is violated.
    """
    friends, rivals = np.maximum(net, 0.0), np.maximum(-net, 0.0)
    if groups == 1:
        return float(np.triu(rivals, 1).sum())
    packed = 0.0
    for a, b in np.argwhere(np.triu(rivals, 1) > 0.0).tolist():
        for sides in (friends, rivals) if groups == 2 else (friends,):
            through = np.minimum(sides[a], sides[b])
            through[a] = through[b] = 0.0
            if not through.any():
                continue
            taken = np.minimum(np.cumsum(through), rivals[a, b])
            taken[1:] -= taken[:-1].copy()
            for end in (a, b):
                sides[end] -= taken
                sides[:, end] = sides[end]
            packed += float(taken.sum())
            rivals[a, b] -= float(taken.sum())
            rivals[b, a] = rivals[a, b]
    return packed


def _enumerated(net: Floats, groups: int, most: float) -> tuple[Labels, Floats] | None:
    """All splits that violate at most `most`: rows of labels, what each violates. None when they are too many."""
    order = _strongest_first(net)
    net = net[np.ix_(order, order)]
    size = len(net)
    inner = [lower_bound(net[at:, at:], groups) for at in range(size)] + [0.0]
    labels, violated = np.zeros((1, size), np.int8), np.zeros(1)
    for at in range(1, size):
        chunks = range(0, len(labels), K.chunk_rows)
        grown = [
            _grown(net, groups, at, labels[i : i + K.chunk_rows], violated[i : i + K.chunk_rows], most, inner)
            for i in chunks
        ]
        labels = np.concatenate([rows for rows, _ in grown])
        violated = np.concatenate([sums for _, sums in grown])
        if labels.size > K.frontier_cells:
            return None
    placed = np.empty_like(labels)
    placed[:, order] = labels
    return placed, violated


def _grown(
    net: Floats, groups: int, at: int, labels: Labels, violated: Floats, most: float, inner: list[float]
) -> tuple[Labels, Floats]:
    """Partial splits with person `at` placed in each group in turn, the hopeless ones dropped."""
    used = labels[:, :at].max(axis=1) + 1
    friendly = np.maximum(net[:at, at:], 0.0).sum(axis=0)
    names = range(min(groups, int(used.max()) + 1))
    # costs[l, row, u]: what person at+u violates against those placed when put into group l.
    costs = np.stack(
        [friendly - (labels[:, :at] == name).astype(np.float64) @ net[:at, at:] for name in names]
    )
    later = costs[:, :, 1:].min(axis=0).sum(axis=1) + inner[at + 1]
    rows, sums = [], []
    for name in names:
        total = violated + costs[name, :, 0]
        kept = (used >= name) & (total + later <= most)
        child = labels[kept]
        child[:, at] = name
        rows.append(child)
        sums.append(total[kept])
    return np.concatenate(rows), np.concatenate(sums)


def _strongest_first(net: Floats) -> list[int]:
    """People so that each is bound as strongly as can be to those before: bad splits show early."""
    strength = np.abs(net)
    order = [int(strength.sum(axis=1).argmax())]
    bound = strength[order[0]].copy()
    while len(order) < len(net):
        bound[order] = -1.0
        order.append(int(bound.argmax()))
        bound += strength[order[-1]]
    return order


def _local_search(net: Floats, groups: int, tolerance: float) -> tuple[list[Labelling], float]:
    """The best labellings of several descents (canonical, distinct, sorted), and what they violate."""
    random = np.random.default_rng(K.seed)
    size = len(net)
    # Where all splits together are few the exact search follows for sure: a bound to begin with is enough.
    few = groups ** (size - 1) * size <= K.frontier_cells // 16
    starts = [np.zeros(size, np.int64), _along_ties(net, groups)]
    starts += [random.integers(0, groups, size) for _ in range(K.few_restarts if few else K.restarts)]
    results = {_canonical(_descended(net, groups, start, tolerance).tolist()) for start in starts}
    values = {labelling: violation(net, labelling) for labelling in results}
    least = min(values.values())
    return sorted(labelling for labelling, value in values.items() if value <= least + tolerance), least


def _along_ties(net: Floats, groups: int) -> NDArray[np.int64]:
    """Friends together and rivals apart along a tree of strong ties: optimal at once where nothing conflicts."""
    labels = np.zeros(len(net), np.int64)
    order = _strongest_first(net)
    for at, member in enumerate(order[1:], start=1):
        before = order[:at]
        nearest = before[int(np.abs(net[member, before]).argmax())]
        labels[member] = labels[nearest] if net[member, nearest] > 0.0 else (labels[nearest] + 1) % groups
    return labels


def _descended(net: Floats, groups: int, labels: NDArray[np.int64], tolerance: float) -> NDArray[np.int64]:
    """The labelling after moving one person at a time, the best move first, until no move helps."""
    labels = labels.copy()
    everyone = np.arange(len(net))
    bond = np.zeros((len(net), groups))
    for name in range(groups):
        bond[:, name] = net[:, labels == name].sum(axis=1)
    while True:
        gain = bond - bond[everyone, labels][:, None]
        member, name = divmod(int(gain.argmax()), groups)
        if gain[member, name] <= tolerance:
            return labels
        bond[:, labels[member]] -= net[:, member]
        bond[:, name] += net[:, member]
        labels[member] = name


def _canonical(labels: list[int]) -> Labelling:
    """The same split with its groups numbered in the order of their first members."""
    names: dict[int, int] = {}
    return tuple(names.setdefault(label, len(names)) for label in labels)
