"""Every number by which importers judge contact between people, each with where it comes from.

How a file is opened has limits of its own (`importers/archives.py`, `importers/reading`).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PARAMETERS", "ImportParameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParameters:
    """The importers' numbers; counts of people and of meetings."""

    # Ours. A message to more people than this is a mailing: it shows no contact with each of them.
    largest_group: int = 10
    # Ours. In a meeting of more people than this, the owner counted, most listen: two of them need never have
    # spoken.
    largest_meeting: int = 12
    # Ours. A series counts at most a year of weekly meetings: contact approaches its most far below that
    # (`graph/ties/parameters.py`: half of it after about 3.5 exchanges), and an unended daily reminder must not
    # look like a friendship.
    most_occurrences: int = 52
    # Ours. A series that began longer ago is no meeting but an anniversary: left out.
    longest_series_years: int = 20


PARAMETERS = ImportParameters()
