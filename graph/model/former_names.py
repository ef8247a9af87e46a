"""A company's former names, as texts: “Acme”, or with the last date of the name, “Acme (until 2019-03)”."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model.dates import PartialDate

__all__ = ["FormerName"]

_DATE = r"(\d{4}(?:-\d{2}){0,2})"
_DATED = re.compile(rf"^(.*\S)\s*(?:\(\s*(?:until\s+)?{_DATE}\s*\)|\s+until\s+{_DATE})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a company had; `until`, as precisely as it is known, is when it last had it."""

    name: str
    until: PartialDate | None = None

    @classmethod
    def parse(cls, text: str) -> FormerName:
        """Read “Old Name”, “Old Name (2019)”, “Old Name (until 2019-03)” or “Old Name until 2019-03”.

        Raises ValueError for a date that does not exist.
        """
        found = _DATED.match(text.strip())
        if not found:
            return cls(text.strip())
        return cls(found[1], PartialDate.parse(found[2] or found[3]))

    def __str__(self) -> str:
        return f"{self.name} (until {self.until})" if self.until else self.name
