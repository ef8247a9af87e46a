"""One opportunity read once, and everything the committee model says of it: for the API and the command line."""

from __future__ import annotations

from service.committee.reading import read_room
from service.committee.room import Room

__all__ = ["Room", "read_room"]
