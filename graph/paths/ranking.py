"""Paths in exact order out of a small layered graph, best first, and the choice among them. Pure.

The order: greater score first, equal scores by the sequence of ids. A score is the product of the ties from
the start on, rounded to 12 decimals, so that products that are equal on paper are equal here, in whatever
order they were multiplied.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Chain", "Effort", "Ranked", "above", "choose", "ranked_paths", "slack"]

Ranked = tuple[float, tuple[str, ...]]
# Position j of a path: person there -> next person -> probability of their tie. One chain per path length.
Chain = Sequence[Mapping[str, Mapping[str, float]]]

DECIMALS = 12
_UP = 1 + 1e-14


def slack(score: float) -> float:
    """A bound safely below `score`: engine and Python multiply in another order, and scores are rounded."""
    return score * (1 - 1e-9) - 10.0**-DECIMALS


def above(bound: float) -> float:
    """A bound safely above an unrounded product."""
    return bound * (1 + 1e-9) + 10.0**-DECIMALS


@dataclass(slots=True)
class Effort:
    """How many steps a search may still take; `spent` when they did not suffice."""

    steps: int
    spent: bool = False


def ranked_paths(
    chains: Iterable[Chain], floor: float, passed_over: set[str] | None = None, effort: Effort | None = None
) -> Iterator[Ranked]:
    """Yield every simple path of the chains with score >= `floor`, in exact order, as late as possible.

    Best-first search: a partial path waits under the best score that any way on from it could still reach,
    so a path comes out when nothing before it in the order can be left. Connectors in `passed_over`, which
    the caller may fill while reading, no longer serve from then on. Stops early when `effort` runs out.
    """
    gone: set[str] = passed_over if passed_over is not None else set()
    effort = effort or Effort(2**62)
    waiting: list[tuple[float, tuple[str, ...], float, int]] = []
    prepared = [(chain, _best_onwards(chain)) for chain in chains]
    for number, (_, onwards) in enumerate(prepared):
        for start, best in onwards[0].items():
            bound = round(best * _UP, DECIMALS)
            if bound >= floor:
                waiting.append((-bound, (start,), 1.0, number))
    heapq.heapify(waiting)
    while waiting:
        if effort.steps <= 0:
            effort.spent = True
            return
        effort.steps -= 1
        bound, path, product, number = heapq.heappop(waiting)
        chain, onwards = prepared[number]
        position = len(path) - 1
        complete = position == len(chain)
        if gone and not gone.isdisjoint(path[1:-1] if complete else path[1:]):
            continue
        if complete:
            yield -bound, path
            continue
        last = position + 1 == len(chain)
        for person, p in chain[position][path[-1]].items():
            best = 1.0 if last else onwards[position + 1].get(person, 0.0)
            reached = product * p
            score = round(reached if last else reached * best * _UP, DECIMALS)
            if score >= floor and person not in path:
                heapq.heappush(waiting, (-score, (*path, person), reached, number))


def _best_onwards(chain: Chain) -> list[dict[str, float]]:
    """For each position and person there, the best product of the ties that still follow."""
    onwards: list[dict[str, float]] = [{} for _ in chain]
    for position in range(len(chain) - 1, -1, -1):
        following = onwards[position + 1] if position + 1 < len(chain) else None
        for person, ties in chain[position].items():
            if following is None:
                best = max(ties.values(), default=0.0)
            else:
                best = max((p * following.get(other, 0.0) for other, p in ties.items()), default=0.0)
            if best > 0.0:
                onwards[position][person] = best
    return onwards


def choose(
    chains: Iterable[Chain],
    floor: float,
    first: int,
    per_connector: int | None = None,
    effort: Effort | None = None,
) -> list[Ranked]:
    """The first paths in order, leaving out those whose connector already serves `per_connector` of them."""
    chosen: list[Ranked] = []
    spent: set[str] = set()
    served: Counter[str] = Counter()
    for ranked in ranked_paths(chains, floor, spent, effort):
        chosen.append(ranked)
        if len(chosen) == first:
            break
        if per_connector is not None:
            for connector in ranked[1][1:-1]:
                served[connector] += 1
                if served[connector] >= per_connector:
                    spent.add(connector)
    return chosen
