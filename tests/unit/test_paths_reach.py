"""The best ways to many people at once, against trying every path."""

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.paths.reach import Ground, Way, ways

PEOPLE = ["s1", "s2", "a", "b", "c", "d", "t1", "t2"]
STARTS, TARGETS = ("s1", "s2"), ("t1", "t2")
PAIRS = [(x, y) for i, x in enumerate(PEOPLE) for y in PEOPLE[i + 1 :]]


@st.composite
def ties(draw):
    chosen = draw(st.lists(st.sampled_from(PAIRS), unique=True, max_size=20))
    return {pair: draw(st.sampled_from([0.05, 0.1, 0.3, 0.5, 0.5, 0.8, 1.0])) for pair in chosen}


def ground(known: dict[tuple[str, str], float]) -> Ground:
    both = known | {(b, a): p for (a, b), p in known.items()}
    circles = {
        end: {other: p for (one, other), p in both.items() if one == end} for end in (*STARTS, *TARGETS)
    }
    return Ground(STARTS, TARGETS, circles, tuple((a, b, p) for (a, b), p in both.items()))


def every(known: dict[tuple[str, str], float], avoid: set[str]) -> dict[tuple, Way]:
    """The best of each (start, last connector, target) by trying every simple path of at most two connectors."""
    both = known | {(b, a): p for (a, b), p in known.items()}
    best: dict[tuple, Way] = {}
    middle = [person for person in PEOPLE if person not in STARTS and person not in avoid]
    for start in STARTS:
        for target in TARGETS:
            for size in range(3):
                for between in permutations([p for p in middle if p != target], size):
                    path = (start, *between, target)
                    hops = list(pairwise(path))
                    if start in avoid or any(hop not in both for hop in hops):
                        continue
                    score = 1.0
                    for hop in hops:
                        score *= both[hop]
                    way = Way(round(score, 12), path)
                    key = (start, way.connector, target)
                    if way.score >= 0.05 and (key not in best or way.order < best[key].order):
                        best[key] = way
    return best


@settings(deadline=None, max_examples=150)
@given(ties(), st.sets(st.sampled_from(["a", "b", "t1", "s2"]), max_size=2))
def test_the_best_way_of_each_start_connector_and_target(known, avoid):
    found = ways(ground(known), avoid)
    assert list(found) == sorted(found, key=lambda way: way.order)
    assert {(way.start, way.connector, way.target): way for way in found} == every(known, avoid)


def test_nobody_and_nothing():
    assert ways(Ground()) == ()
    assert ways(Ground(STARTS, TARGETS, {})) == ()
