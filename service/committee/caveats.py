"""What to know before acting on a plan, in words."""

from __future__ import annotations

from graph.committee import Outlook
from service.committee.room import Room

__all__ = ["notes_on"]


def notes_on(room: Room, against: str, before: Outlook, after: Outlook) -> list[str]:
    """Why a plan against this member may be none: they are not surely hostile, or the outlook falls by it.

    ValueError when they do not sit on the committee.
    """
    notes = []
    if against not in room.hostile:
        stance = float(room.situation.mean[room.committee.index_of(against)])
        if stance < 0.0:
            notes.append(
                f"It is not certain that this member is against us (stance {stance:+.2f}): ask before you act on this."
            )
        else:
            notes.append(
                f"As far as is known this member is not against us (stance {stance:+.2f}): "
                "there may be nothing to counterbalance."
            )
    was, becomes = f"{before.probability:.1%}", f"{after.probability:.1%}"
    if after.probability < before.probability and was != becomes:
        notes.append(
            f"The outlook falls from {was} to {becomes} although the decision score rises: it becomes less likely "
            f"that {_most_harmed(before, after)}. Prefer a plan that raises both."
        )
    return notes


def _most_harmed(before: Outlook, after: Outlook) -> str:
    """The gate that loses most."""
    losses = {
        "an economic buyer approves": before.approves - after.approves,
        "no technical buyer stops it": before.not_stopped - after.not_stopped,
        "the users are not against it": before.not_against - after.not_against,
    }
    return max(losses, key=lambda gate: losses[gate])
