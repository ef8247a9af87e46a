"""Whom to ask about whom: the question whose answer would shrink Var(D) most (domain.md 4).

An answer about subject i with variance s^2 takes (C v)_i^2 / (C_ii + s^2) off Var(D) = v^T C v, whatever the
answer turns out to be (conditioning of a normal distribution; Rasmussen and Williams 2006, eq. A.6). Asked
directly s^2 is that of a statement of one's own; a report about another person has the informant's reliability.
The expected shrinking is this times the chance that the warm path to the informant works.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.committee.committee import Floats, floats
from graph.committee.decision import Situation
from graph.committee.field import observation_variance
from graph.committee.parameters import PARAMETERS, CommitteeParameters

__all__ = ["Informant", "Question", "next_questions"]


@dataclass(frozen=True, eq=False)
class Informant:
    """Somebody who could be asked, on the committee or outside it.

    `reach` 0..1: the chance that the warm path to them works. `reliability` 0..1 of what they say about others:
    one number, or one per member (n,) (0: knows nothing of them). `source` names how their report would count.
    """

    person: str
    reach: float = 1.0
    reliability: float | Floats | None = None
    source: str = "coach_report"

    def __post_init__(self) -> None:
        if not 0.0 <= self.reach <= 1.0:
            raise ValueError("The chance that a path works lies between 0 and 1.")


@dataclass(frozen=True, slots=True)
class Question:
    """Ask `informant` about `subject`. `shrinks`: what an answer takes off Var(D), `expected`: times `reach`.

    `share`: the expected part of Var(D) that goes, 0..1. `variance`: of the answer itself, in stance^2.
    """

    informant: str
    subject: str
    reach: float
    variance: float
    shrinks: float
    expected: float
    share: float

    @property
    def direct(self) -> bool:
        """Whether they are asked about themselves."""
        return self.informant == self.subject


def next_questions(
    situation: Situation,
    informants: Sequence[Informant],
    first: int = 5,
    parameters: CommitteeParameters = PARAMETERS,
) -> tuple[Question, ...]:
    """The best `first` questions, most expected shrinking first, then by informant and subject.

    Questions that would shrink nothing are left out: nobody can be reached, or D is known or unaffected.
    Raises ValueError when a reliability lies outside 0..1 or has the wrong length.
    """
    people = situation.committee.people
    moved = (situation.covariance @ situation.weights) ** 2
    own = np.diag(situation.covariance)
    total = situation.variance
    found: list[Question] = []
    for informant in informants:
        answers = _variances(informant, people, parameters)
        shrinks = moved / (own + answers)
        hoped = np.round(informant.reach * shrinks, 12)
        for i in np.lexsort((np.array(people), -hoped))[:first]:
            gain = float(shrinks[i])
            expected = informant.reach * gain
            if hoped[i] <= 0.0 or expected <= 1e-12 * total:
                break
            found.append(
                Question(
                    informant.person,
                    people[i],
                    informant.reach,
                    float(answers[i]),
                    gain,
                    expected,
                    expected / total,
                )
            )
    found.sort(key=lambda one: (-round(one.expected, 12), one.informant, one.subject))
    return tuple(found[:first])


def _variances(informant: Informant, people: tuple[str, ...], parameters: CommitteeParameters) -> Floats:
    """Variance (n,) of what the informant would say about each member; of themselves they speak directly."""
    if informant.reliability is None or isinstance(informant.reliability, float | int):
        said = observation_variance(informant.source, informant.reliability, 0.0, parameters)
        answers = np.full(len(people), said)
        if informant.reliability is not None:
            floats([informant.reliability], (1,), "reliability", 0.0, 1.0)
    else:
        relied = floats(informant.reliability, (len(people),), "reliability", 0.0, 1.0)
        answers = np.array(
            [observation_variance(informant.source, float(one), 0.0, parameters) for one in relied]
        )
    if informant.person in people:
        answers[people.index(informant.person)] = observation_variance("direct", None, 0.0, parameters)
    return answers
