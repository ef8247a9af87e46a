"""Every number of the tie model, each with where it comes from. No other module holds one.

They are starting values until they are fitted to outcomes; `docs/model.md` works an example by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PARAMETERS", "TieParameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TieParameters:
    """The tie model's numbers. Rates are per month, probabilities lie between 0 and 1, ages are in months."""

    # domain.md 2: 31 months among 40 people give 0.45, among 1 000 give 0.06, among 10 give 0.79. The form
    # (chance falls with the size of the organisation, rises with the time) is that of Hsieh et al., WWW 2013.
    base_rate: float = 0.01
    size_exponent: float = 0.7
    reference_size: float = 100.0

    # domain.md 2: months in which both were in the same department count three times.
    same_department: float = 3.0

    # domain.md 2: evidence and ties below this are too weak to act on.
    floor: float = 0.05

    # Where the size is counted among known people, that many or fewer are taken exactly; more are read
    # through the preferred numbers of ISO 3 (Renard's R10): one more known person rarely moves others' ties.
    counted_exactly: int = 10
    preferred_numbers: tuple[float, ...] = (1.0, 1.25, 1.6, 2.0, 2.5, 3.15, 4.0, 5.0, 6.3, 8.0)

    # Ours. Same school alone predicts a tie barely above chance (published law-firm data, domain.md 2): three
    # years at one school of this nominal size give 0.07, a lone year nothing.
    school_size: float = 1000.0
    # Ours. A chapter or user group is smaller than a school; three years in one give 0.11.
    community_size: float = 500.0

    # Ours. "Connected" is not a relationship (users of such tools say so): one in four would answer.
    connection: float = 0.25
    # Ours. Somebody took the time to vouch in public.
    recommendation: float = 0.7
    # Ours. One click on a skill.
    endorsement: float = 0.15
    # Ours. Who reports to whom works together.
    reporting_line: float = 0.95
    # Ours. What a declared alliance counts for when its author gives no strength.
    declared_alliance: float = 0.7

    # Ours. Contact both ways approaches this much and half of it is reached after about 3.5 exchanges.
    two_way_most: float = 0.9
    two_way_scale: float = 5.0
    # Ours. Contact one way never counts for more than being connected.
    one_way_most: float = 0.25
    one_way_scale: float = 5.0
    # domain.md 2: interactions decay over about two years (to 1/e).
    interaction_decay: float = 24.0

    # Ours. The typical case of shared time, for which its rate is published: domain.md's example of an employer,
    # and a project of a dozen people.
    typical_months: float = 31.0
    typical_employer: float = 40.0
    typical_project: float = 12.0


PARAMETERS = TieParameters()
