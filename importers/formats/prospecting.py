"""Exports of prospecting tools: who works where, seen by a machine on one day.

What no public export confirms is accepted and never required; `docs/importing.md` says which that is.
"""

from __future__ import annotations

from importers.formats.prospecting_apollo import APOLLO
from importers.formats.prospecting_evaboot import EVABOOT
from importers.formats.prospecting_list import LIST
from importers.formats.prospecting_phantombuster import PHANTOMBUSTER
from importers.formats.sheet import SheetFormat

__all__ = ["PROSPECTING"]

PROSPECTING: tuple[SheetFormat, ...] = (*PHANTOMBUSTER, *EVABOOT, *APOLLO, *LIST)
