"""Where to go in: warm paths ranked by what they do inside, not only by whether they work (domain.md 4).

Whoever introduces us is taken for a sample of our friends. The side of the one who introduces is
side = sum_k f_k m_k / max(1, sum_k |f_k|), f_k their signed bond with member k (1 with themselves when they sit
on the committee; the one introduced to is left out), m_k the mean stance of k. The first conversation lifts the
target's starting stance by change = lift * (1 + s * side), cut to the scale; D moves by v_target * change, and a
path is worth score * v_target * change. From side -1/s on an introduction does harm. The form is ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.committee.committee import Committee, Floats, signed_ties
from graph.committee.decision import Situation
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Entry", "EntryPath", "rank_entries"]


@dataclass(frozen=True, eq=False)
class EntryPath:
    """A warm path: its `score` 0..1 (the chance that it works), the member it reaches, and who introduces at its end.

    `connector` is the last one before the target, None when one of ours knows them. `bonds`: member → signed
    strength -1..1 of the connector's bond with them; bonds between members are known and need not be given.
    """

    key: str
    target: str
    score: float
    connector: str | None = None
    bonds: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0.0 <= self.score <= 1.0:
            raise ValueError("The score of a path lies between 0 and 1.")
        if not all(-1.0 <= bond <= 1.0 for bond in self.bonds.values()):
            raise ValueError("A bond lies between -1 and 1.")


@dataclass(frozen=True, slots=True)
class Entry:
    """A path judged: `change` of D if it works, `worth` = score * change, the connector's `side` -1..1.

    `friend` is the member who tips the side most that way (None: no bond known), `words` say it in plain English.
    """

    path: EntryPath
    side: float
    change: float
    worth: float
    friend: str | None
    words: str


def rank_entries(
    situation: Situation,
    paths: Sequence[EntryPath],
    first: int = 5,
    names: Mapping[str, str] | None = None,
    parameters: CommitteeParameters = PARAMETERS,
) -> tuple[Entry, ...]:
    """The best `first` paths, worth most first, then by score and key. `names` are shown for ids.

    ValueError when a path's target or a bond names somebody who does not sit on the committee.
    """
    judged = _judged(situation, paths, parameters)
    judged.sort(key=lambda one: (-round(one.worth, 12), -one.path.score, one.path.key))
    shown = judged[:first]
    return tuple(_said(one, judged, situation, names or {}, parameters) for one in shown)


def _judged(situation: Situation, paths: Sequence[EntryPath], parameters: CommitteeParameters) -> list[Entry]:
    """Every path judged, all at once as arrays: a row a path."""
    if not paths:
        return []
    committee, mean = situation.committee, situation.mean
    bonds = _bonds(committee, paths)
    targets = np.array([committee.index_of(path.target) for path in paths], dtype=np.intp)
    bonds[np.arange(len(paths)), targets] = 0.0
    terms = bonds * mean
    sides = terms.sum(axis=1) / np.maximum(1.0, np.abs(bonds).sum(axis=1))
    reached = mean[targets] + parameters.entry_lift * (1.0 + parameters.entry_side * sides)
    changes = situation.weights[targets] * (np.clip(reached, -1.0, 1.0) - mean[targets])
    strongest = np.argmax(terms * np.sign(sides)[:, None], axis=1)
    return [
        Entry(
            path,
            float(side),
            float(change),
            path.score * float(change),
            committee.people[friend] if abs(side) > 1e-9 else None,
            "",
        )
        for path, side, change, friend in zip(paths, sides, changes, strongest, strict=True)
    ]


def _bonds(committee: Committee, paths: Sequence[EntryPath]) -> Floats:
    """(paths, n): the signed bond of each path's connector with every member."""
    index = {person: i for i, person in enumerate(committee.people)}
    net = signed_ties(committee)
    bonds = np.zeros((len(paths), committee.size))
    for place, path in enumerate(paths):
        if path.connector in index:
            bonds[place] = net[index[path.connector]]
            bonds[place, index[path.connector]] = 1.0
        for person, bond in path.bonds.items():
            bonds[place, committee.index_of(person)] = bond
    return bonds


def _said(
    one: Entry,
    judged: Sequence[Entry],
    situation: Situation,
    names: Mapping[str, str],
    parameters: CommitteeParameters,
) -> Entry:
    """The judgement in words, and a comparison where a stronger path is worth less than a weaker one."""

    def name(person: str) -> str:
        return names.get(person, person)

    if one.path.connector is None:
        who = f"One of ours knows {name(one.path.target)} directly."
    else:
        who = f"{name(one.path.connector)} would introduce us to {name(one.path.target)}."
    said = [who, *_side_words(one, situation, name, parameters)]
    said.append(
        f"It works with a chance of {one.path.score:.2f} and then moves the decision by {one.change:+.2f}."
    )
    weaker = [
        other for other in judged if other.path.score < one.path.score and other.worth > one.worth + 1e-12
    ]
    if weaker:
        best = min(weaker, key=lambda other: other.path.score)
        through = best.path.connector or best.path.target
        said.append(
            f"The weaker path through {name(through)} ({best.path.score:.2f}) is worth more: what a path does "
            "inside counts, not only whether it works."
        )
    return Entry(one.path, one.side, one.change, one.worth, one.friend, " ".join(said))


def _side_words(
    one: Entry, situation: Situation, name: Callable[[str], str], parameters: CommitteeParameters
) -> list[str]:
    if one.friend is None or one.path.connector is None or abs(one.side) < 0.01:
        return []
    stance = float(situation.mean[situation.committee.index_of(one.friend)])
    view = "for us" if stance > 0 else "against us"
    bound = (
        f"{name(one.friend)} is {view} themselves"
        if one.friend == one.path.connector
        else f"{name(one.path.connector)} is bound to {name(one.friend)}, who is {view}"
        if (one.side > 0) == (stance > 0)
        else f"{name(one.path.connector)} is at odds with {name(one.friend)}, who is {view}"
    )
    if 1.0 + parameters.entry_side * one.side < 0.0:
        return [f"{bound}: coming this way does harm."]
    return [f"{bound}: that {'helps' if one.side > 0 else 'costs part of the effect'}."]
