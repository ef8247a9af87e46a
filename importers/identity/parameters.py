"""Every number of the matching of people, each with where it comes from. Nothing else in `identity` holds one.

A feature's *level* is how far two records agree in it. `m` is how often two records of one person show that level,
`u` how often two records of different people do; the level is worth log2(m/u) bits (Fellegi and Sunter, A theory for
record linkage, JASA 64, 1969; log2 and the name *weight* after Newcombe et al., Science 130, 1959). The score is the
sum of all bits, prior included: the log2 odds that both records are of one person.

*Ours*: a starting value set by hand from what exports look like, kept because the EM estimate on the labelled
benchmark (`python -m benchmarks`, Winkler, Using the EM algorithm for weight computation, ASA 1988) comes out near
it; to be fitted to the decisions of the review queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

__all__ = ["LEVELS", "MATCHING", "Level", "Matching", "level_named"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of agreement of one feature. `by_frequency`: `u` is how common the agreeing value is instead."""

    feature: str
    name: str
    m: float
    u: float
    words: str
    by_frequency: bool = False

    @property
    def bits(self) -> float:
        """log2(m/u)."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Matching:
    """Thresholds and bounds."""

    merge_at: float = 8.0
    """Bits from which two people are merged: odds of 256 to 1. Ours: leaves precision over 0.99 on labelled data."""
    ask_at: float = 3.0
    """Bits from which a human is asked: odds of 8 to 1. Ours: below it most labelled pairs agree in the name only,
    and one in four or fewer is right."""
    namesake_known: float = 5e-3
    namesake_at_work: float = 1e-3
    """Share of people who have a namesake among the people somebody knows, and at their own company, beyond chance
    (kin, mostly; ours): a name, and a name with an employer, are never worth more than the odds that leaves."""
    apart_from_next: float = 5.0
    """Bits by which the best candidate must exceed the next one to be merged without asking. Ours: namesakes."""
    beside_name: float = 2.0
    """Bits that agree beside the name before anything is merged: a name alone is never enough."""
    name_at: float = 2.0
    """Bits of the name below which nothing else is looked at. Ours: names that differ in both parts stay below."""
    fewest_known: int = 1_000
    """Below this many known people the prior is that of so many: a small graph is a sample of a larger world."""
    sample: float = 10_000.0
    """How many people the published frequencies of names count for beside the known ones."""
    known_of_staff: float = 0.02
    """Ours: of a company's declared headcount, one in fifty becomes known to us: so many namesakes count."""
    rarest_family: float = 5e-5
    rarest_given: float = 5e-3
    rarest_employer: float = 2e-5
    """Rarer values count as this rare. Names go together (one family, one language), so that both parts rare are
    less of a proof than their product says: 14 and 8 bits at most."""
    common_family: float = 2e-5
    common_given: float = 1e-3
    """Share of a name that is in no table of frequent names and that we have not counted (ours)."""
    close_spelling: float = 0.88
    """Jaro-Winkler similarity from which two spellings may be one name (Winkler 1990 uses 0.88 for his middle
    class of agreement)."""
    sounding_spelling: float = 0.6
    """The same, for two spellings that sound alike (ours)."""
    similar_title: float = 0.6
    """Normalised Indel similarity of sorted words from which two job titles are one."""
    same_start: int = 6
    other_start: int = 24
    """Months between two starts at one employer: up to the first they are one start, from the second two."""
    tolerance: int = 6
    """Months that spells may miss each other by and still be at the same time: years alone are stated often."""
    largest_block: int = 200
    """Known people of one blocking key; a larger block is entered only by those who share a second key."""


MATCHING = Matching()

# Feature, level, m, u, in words. A feature that one of the two says nothing of counts nothing.
LEVELS: tuple[Level, ...] = (
    # m: 7 in 10 records carry the very name; typing errors in 1 to 5 % of names (Christen, Data Matching, 2012, ch. 3).
    Level("family name", "equal", 0.86, 1.0, "the same family name", by_frequency=True),
    Level("family name", "part", 0.05, 3e-4, "a family name in common"),
    Level("family name", "close", 0.06, 1.5e-3, "family names written nearly alike"),
    Level("family name", "initial", 0.005, 0.06, "a family name that is only an initial"),
    Level("family name", "different", 0.025, 0.99, "different family names"),
    Level("given name", "equal", 0.74, 1.0, "the same given name", by_frequency=True),
    Level("given name", "nickname", 0.09, 2.5e-3, "given names that are forms of one name"),
    Level("given name", "close", 0.07, 4e-3, "given names written nearly alike"),
    Level("given name", "initial", 0.08, 0.05, "a given name and its initial"),
    Level("given name", "different", 0.02, 0.94, "different given names"),
    Level("order of names", "swapped", 0.03, 0.09, "names in the other order"),
    Level("middle name", "equal", 0.85, 0.03, "the same middle name or initial"),
    Level("middle name", "different", 0.04, 0.9, "different middle names"),
    Level("generation", "equal", 0.9, 0.4, "the same generation (Jr, Sr)"),
    Level("generation", "one only", 0.5, 0.85, "one is called Jr or Sr, the other is not"),
    Level("generation", "different", 0.002, 0.6, "different generations (Jr, Sr)"),
    # People are rarely known by one employer only: an old and a new one on two records are no contradiction.
    Level("employer", "equal", 0.62, 1.0, "the same employer", by_frequency=True),
    Level("employer", "mail", 0.1, 2e-4, "an address at the other's employer"),
    Level("employer", "other time", 0.22, 0.55, "no employer in common, at different times"),
    Level("employer", "elsewhere", 0.12, 0.44, "at different employers at the same time"),
    Level("namesakes", "known", 0.64, MATCHING.namesake_known, "namesakes and kin know the same people"),
    Level(
        "namesakes",
        "at work",
        0.39,
        MATCHING.namesake_at_work,
        "namesakes and kin at one company are possible",
    ),
    Level("time there", "same start", 0.3, 0.03, "started there at the same time"),
    Level("time there", "overlap", 0.5, 0.4, "were there at the same time"),
    Level("time there", "other start", 0.08, 0.3, "started there at different times"),
    Level("time there", "apart", 0.12, 0.27, "were there at different times"),
    Level("job title", "equal", 0.6, 0.06, "the same job title there"),
    Level("job title", "different", 0.35, 0.9, "different job titles there"),
    # A local part made of the name says little more than the name does.
    Level("e-mail", "equal", 0.3, 2e-4, "the same e-mail name, which the name does not explain"),
    Level("e-mail", "as named", 0.35, 0.25, "e-mail names made of the same name in the same way"),
    Level("e-mail", "colleagues", 0.03, 0.4, "different addresses at one company"),
    # The largest cities hold a few in a hundred of business contacts each.
    Level("location", "same place", 0.7, 0.04, "the same place"),
    Level("location", "same country", 0.18, 0.2, "the same country"),
    Level("location", "different", 0.12, 0.6, "different places"),
    Level("school", "equal", 0.6, 5e-3, "the same school"),
    Level("school", "different", 0.3, 0.95, "different schools"),
)

_BY_NAME = {(level.feature, level.name): number for number, level in enumerate(LEVELS)}


def level_named(feature: str, name: str) -> int:
    """The position in LEVELS of a feature's level."""
    return _BY_NAME[feature, name]
