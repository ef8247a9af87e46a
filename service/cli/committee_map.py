"""A committee's map as lines for a terminal of a given width: what matters most comes first. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.text import Text

__all__ = ["committee_map", "stance_bar"]

Told = Mapping[str, Any]
# From so many columns on there is room for bars, and for long ones.
NARROW, ROOMY, WIDEST = 77, 96, 110
BAR, SHORT_BAR = 21, 15
SURE_ROLE = 0.25
SHOWN_FLAGS, SHOWN_QUESTIONS = 8, 3
WRONG_SIDE = -0.1
# A question that takes less off the uncertainty is not worth a line.
SHOWN_SHARE = 0.005
_SEVERITIES = {"HIGH": ("!!", "bold red"), "MEDIUM": ("! ", "yellow"), "LOW": ("  ", "dim")}


def committee_map(told: Told, width: int) -> Iterator[Text]:
    """The map: head, members, camps, warnings, questions, plan, entry; each part says so when it is empty."""
    wide = max(48, min(width, WIDEST))
    deal = told["opportunity"]
    yield from _head(deal, wide)
    yield from _members(deal, wide)
    yield from _camps(deal, wide)
    yield from _flags(deal["redFlags"], wide)
    yield from _moments(deal["moments"], wide)
    yield from _questions(deal["nextQuestions"], wide)
    yield from _plans(told, wide)
    yield from _entry(deal, wide)


def _title(text: str, wide: int = WIDEST) -> Iterator[Text]:
    yield Text("")
    yield from _wrapped(text, wide, 0, "bold")


def _wrapped(text: str, wide: int, indent: int = 2, style: str = "") -> Iterator[Text]:
    for line in textwrap.wrap(
        text, wide, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)
    ) or [""]:
        yield Text(line, style=style)


# --- head ---


def _head(deal: Told, wide: int) -> Iterator[Text]:
    about = [deal["company"]["name"], deal["stage"], _amount(deal["amount"])]
    if deal["closesOn"]:
        about.append(f"closes {deal['closesOn']}")
    yield from _wrapped(" · ".join([deal["name"], *(part for part in about if part)]), wide, 0, "bold")
    outlook, intent = deal["outlook"], deal["intent"]
    yield from _wrapped(
        f"Outlook {outlook['probability']:.0%} ± {100 * outlook['standardError']:.1f}: an economic buyer approves "
        f"{outlook['approves']:.0%}, no technical buyer stops {outlook['notStopped']:.0%}, users not against "
        f"{outlook['notAgainst']:.0%}.",
        wide,
        0,
    )
    shown = intent["people"]
    yield from _wrapped(
        f"Intent {intent['probability']:.0%} that they buy at all, by signals of {shown} known "
        f"{'person' if shown == 1 else 'people'}. Two questions, two answers.",
        wide,
        0,
    )


def _amount(amount: float | None) -> str:
    return "" if amount is None else f"{amount:,.0f}"


# --- members ---


def stance_bar(mean: float, low: float, high: float, size: int = BAR) -> str:
    """A stance on a scale from -1 to 1: `·` the scale, `│` its middle, `─` the interval, `●` the mean."""

    def at(value: float) -> int:
        return round((min(1.0, max(-1.0, value)) + 1.0) / 2.0 * (size - 1))

    cells = ["·"] * size
    cells[at(low) : at(high) + 1] = ["─"] * (at(high) - at(low) + 1)
    cells[size // 2] = "│" if cells[size // 2] == "·" else "┼"
    cells[at(mean)] = "●"
    return "".join(cells)


def _members(deal: Told, wide: int) -> Iterator[Text]:
    members = deal["committee"]
    if not members:
        yield from _title("Members")
        yield from _wrapped("Nobody sits on this committee yet: add its members first.", wide)
        return
    bar = BAR if wide >= ROOMY else SHORT_BAR if wide >= NARROW else 0
    name_room = min(
        26 if bar == BAR else 20 if bar else 16, max(len(one["person"]["name"]) for one in members) + 2
    )
    head = "Members".ljust(name_room) + "infl.  "
    head += ("against ── 0 ── for us" if bar == BAR else "against 0 for us").ljust(bar + 2) if bar else ""
    yield Text("")
    yield Text(head + "stance, 95 %        settles moves", style="bold")
    for one in members:
        yield from _member(one, name_room, bar, wide)


def _member(one: Told, name_room: int, bar: int, wide: int) -> Iterator[Text]:
    stance = one["stance"]
    mean, low, high = stance["mean"], stance["low"], stance["high"]
    style = "green" if mean >= 0.1 else "red" if mean <= -0.1 else ""
    line = Text(_cut(one["person"]["name"], name_room - 1).ljust(name_room))
    line.append(one["influence"].lower().ljust(7))
    if bar:
        line.append(stance_bar(mean, low, high, bar) + "  ", style=style)
    line.append(f"{mean:+.2f}  {low:+.2f}..{high:+.2f}  ", style=style)
    line.append(f"{one['settlesAt']:+.2f}  {one['onOthers']:.2f}")
    yield line
    roles = [
        f"{role['role'].lower().replace('_', ' ')} {'✓' if role['confirmed'] else format(role['probability'], '.0%')}"
        for role in one["roles"]
        if role["probability"] >= SURE_ROLE
    ]
    about = [one["person"]["headline"] or "", ", ".join(roles) or "no role likely"]
    yield from _wrapped(" — ".join(part for part in about if part), wide, 2, "dim")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


# --- camps, flags, moments ---


def _camps(deal: Told, wide: int) -> Iterator[Text]:
    camps = deal["camps"]
    if len(camps["groups"]) < 2:
        return
    sides = " | ".join(", ".join(one["name"] for one in group) for group in camps["groups"])
    more = f", {camps['alternatives']} other splits are as good" if camps["alternatives"] else ""
    yield from _title("Camps")
    yield from _wrapped(f"{sides} (violated {camps['violated']:.2f}{more})", wide)


def _flags(flags: Sequence[Told], wide: int) -> Iterator[Text]:
    yield from _title("Red flags")
    if not flags:
        yield from _wrapped("None.", wide)
    for flag in flags[:SHOWN_FLAGS]:
        mark, style = _SEVERITIES[flag["severity"]]
        yield from _wrapped(f"{mark} {'; '.join(flag['evidence'])}. {flag['clearedBy']}.", wide, 2, style)
    if len(flags) > SHOWN_FLAGS:
        yield from _wrapped(f"and {len(flags) - SHOWN_FLAGS} more (--json).", wide)


def _moments(moments: Sequence[Told], wide: int) -> Iterator[Text]:
    if not moments:
        return
    yield from _title("Moments")
    for moment in moments[:3]:
        yield from _wrapped(f"until {moment['until']}: {moment['text']}.", wide)


# --- what to do ---


def _questions(questions: Sequence[Told], wide: int) -> Iterator[Text]:
    yield from _title("Ask next")
    if not questions:
        yield from _wrapped(
            "Nobody who could be asked is within reach, or no economic buyer is likely: bring in contacts, or confirm "
            "who releases the money.",
            wide,
        )
    for one in [one for one in questions if one["share"] >= SHOWN_SHARE][:SHOWN_QUESTIONS]:
        informant, subject = one["informant"]["name"], one["subject"]["name"]
        whom = "themselves" if informant == subject else subject
        way = _way(one["route"]) if one["route"] else ""
        text = f"{informant} about {whom}: {one['share']:.0%} less uncertain (reach {one['reach']:.2f}{way})"
        yield from _wrapped(text, wide)


def _way(route: Told | None) -> str:
    return "" if route is None else ": " + " → ".join(person["name"] for person in route["people"])


def _plans(told: Told, wide: int) -> Iterator[Text]:
    opponent = told["opponent"]
    if opponent is None:
        return
    yield from _title(f"Plan against {opponent['name']} (not to convert, to counterbalance)", wide)
    if not told["counterbalance"]:
        yield from _wrapped("No supporter outside their alliances is within reach: win one first.", wide)
    noted: set[str] = set()
    for place, plan in enumerate(told["counterbalance"]):
        names = ", ".join(one["person"]["name"] for one in plan["supporters"])
        yield from _wrapped(
            f"Let {names} speak up: decision {plan['lift']:+.2f} (expected {plan['expectedLift']:+.2f}), outlook "
            f"{plan['outlookBefore']['probability']:.0%} → {plan['outlook']['probability']:.0%}",
            wide,
        )
        for note in plan["notes"]:
            if note not in noted:
                yield from _wrapped(note, wide, 6, "dim")
        noted.update(plan["notes"])
        # How to reach them matters for the best plan; the others are there to compare.
        for one in plan["supporters"] if place == 0 else ():
            if one["route"]:
                yield from _wrapped(f"{one['reach']:.2f}{_way(one['route'])}", wide, 6, "dim")


def _entry(deal: Told, wide: int) -> Iterator[Text]:
    yield from _title(f"Way in (coverage {deal['coverage']['mean']:.0%})")
    if not deal["entryPaths"]:
        yield from _wrapped("No warm path to anybody there: import contacts of the team.", wide)
    for place, one in enumerate(deal["entryPaths"]):
        yield from _wrapped(
            f"{one['worth']:+.3f}{_way(one['route'])} (chance {one['route']['score']:.2f}, decision "
            f"{one['change']:+.2f})",
            wide,
        )
        # The best way is told in words, and so is one that comes through the wrong side.
        if place == 0 or one["side"] <= WRONG_SIDE:
            yield from _wrapped(one["words"], wide, 6, "dim")
    if deal["nextIntroductions"]:
        yield from _title("Introductions by which most more would hear of us")
    for one in deal["nextIntroductions"]:
        yield from _wrapped(f"+{one['gain']:.2f}{_way(one['route'])}", wide)
