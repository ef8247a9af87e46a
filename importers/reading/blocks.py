"""Files of named properties: cards (vCard) and calendars (iCalendar) as one stream of blocks.

Both are lines `NAME;PARAMETER=…:value`, folded, between `BEGIN:X` and `END:X` (RFC 6350, RFC 5545). Of a block only
the properties asked for are kept: a photograph or a note is passed over while it is read, not stored.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from importers.reading.problems import FileError
from importers.reading.text import ByteSource, open_text

__all__ = ["BadBlock", "Block", "read_blocks"]

_PIECE = 1 << 16  # characters of a physical line taken at once
_LONGEST_PROPERTY = 1 << 15
_LONGEST_BLOCK = 1 << 20
_NAME = re.compile(r"(?:[\w-]+\.)?([\w-]+)(?=[;:])")
_QUOTED_PRINTABLE = re.compile(r"^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)
_OPEN_AGENT = "AGENT"  # vCard 2.1 puts another person's whole card inside a card


@dataclass(slots=True)
class Block:
    """A card or an event: the line it begins on, and its lines by property, unfolded."""

    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0


@dataclass(frozen=True, slots=True)
class BadBlock:
    """A block that cannot be read; `column` is the property at fault, or ""."""

    line: int
    column: str
    reason: str
    fix: str


@dataclass(slots=True)
class _Reading:
    """The block being read, and which components are open around it."""

    wanted: Collection[str]
    unread: set[str]
    stack: list[tuple[str, int]] = field(default_factory=list)
    block: Block | None = None
    depth: int = 0
    problem: BadBlock | None = None
    last: str = ""

    def begin(self, block: Block) -> None:
        self.block, self.depth, self.problem = block, len(self.stack), None
        self.last = "BEGIN"

    def end(self) -> Block | BadBlock | None:
        done, self.block = self.problem or self.block, None
        return done

    def stray(self, line: int) -> None:
        """A line that is no property: old phones do not fold what stands for a photograph."""
        if self.block and self.last in (*self.wanted, "BEGIN") and self.problem is None:
            reason = f"Line {line} is no property"
            self.problem = BadBlock(self.block.line, "", reason, "Export it again, or take the line out")

    def add(self, name: str, text: str) -> None:
        block = self.block
        if block is None or len(self.stack) != self.depth:
            return
        self.last = name
        if name not in self.wanted:
            if len(self.unread) < 100:
                self.unread.add(name)
            return
        block.size += len(text)
        if len(text) > _LONGEST_PROPERTY or block.size > _LONGEST_BLOCK:
            self.problem = self.problem or BadBlock(
                block.line, name, f"{name} is far too long to be one", "Shorten it, or export it again"
            )
        elif self.problem is None:
            block.fields.setdefault(name, []).append(text)


def read_blocks(
    source: ByteSource, encoding: str, component: str, wanted: Collection[str], unread: set[str] | None = None
) -> Iterator[Block | BadBlock]:
    """The blocks of one kind (`VCARD`, `VEVENT`) in order, with the properties `wanted` (upper case).

    The names of others are added to `unread`. Raises FileError where the file breaks off inside a block or its
    calendar: what is missing would else be taken for withdrawn.
    """
    reading = _Reading(wanted, set() if unread is None else unread)
    with open_text(source, encoding) as stream:
        for line, text in _unfolded(stream, reading):
            found = _NAME.match(text)
            name = found[1].upper() if found else ""
            if name == "BEGIN":
                yield from _opened(reading, component, _kind(text), line)
            elif name == "END":
                yield from _closed(reading, component, _kind(text))
            elif name:
                reading.add(name, text)
            elif text.strip():
                reading.stray(line)
    if reading.stack:
        kind, line = reading.stack[-1]
        raise FileError(f"The file is truncated: the {kind} of line {line} never ends", "Export it again")


def _kind(text: str) -> str:
    return text.partition(":")[2].strip().upper()


def _opened(reading: _Reading, component: str, kind: str, line: int) -> Iterator[BadBlock]:
    """A component begins; a block in which another begins was never ended, unless it holds it rightly."""
    within = reading.block is not None
    if (
        kind == component
        and within
        and not (reading.last == _OPEN_AGENT or len(reading.stack) > reading.depth)
    ):
        broken = reading.block
        reading.stack.pop()
        reading.block = None
        if broken is not None:
            yield BadBlock(broken.line, "", f"The {component} never ends", "Export it again")
        within = False
    reading.stack.append((kind, line))
    if kind == component and not within:
        reading.begin(Block(line))


def _closed(reading: _Reading, component: str, kind: str) -> Iterator[Block | BadBlock]:
    names = [name for name, _ in reading.stack]
    if kind not in names:
        return
    while reading.stack:
        name, _ = reading.stack.pop()
        if reading.block is not None and len(reading.stack) < reading.depth:
            if name != kind and reading.problem is None:
                reading.problem = BadBlock(
                    reading.block.line, "", f"The {component} never ends", "Export it again"
                )
            if (done := reading.end()) is not None:
                yield done
        if name == kind:
            return


def _unfolded(stream: TextIO, reading: _Reading) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first physical one; longer ones than any property are cut."""
    begun, parts, length = 0, list[str](), 0
    joined = False  # the next line belongs to this one: a soft break of quoted-printable
    for number, (physical, complete) in enumerate(_physical(stream), start=1):
        text = physical.rstrip("\r\n")
        folded = text[:1] in (" ", "\t") and begun > 0
        if not (folded or joined):
            if parts:
                yield begun, "".join(parts)
            begun, parts, length = number, [], 0
        elif folded and not joined:
            # vCard 2.1 folds before a space that belongs to the value.
            text = text[1:] if not _keeps_space(reading) else text
        joined = text.endswith("=") and bool(_QUOTED_PRINTABLE.match(parts[0] if parts else text))
        if joined:
            text = text[:-1]
        if length <= _LONGEST_PROPERTY:
            parts.append(text)
            length += len(text)
        if not complete:
            length = _LONGEST_PROPERTY + 1
    if parts:
        yield begun, "".join(parts)


def _keeps_space(reading: _Reading) -> bool:
    block = reading.block
    return block is not None and any(line.endswith("2.1") for line in block.fields.get("VERSION", ()))


def _physical(stream: TextIO) -> Iterator[tuple[str, bool]]:
    """Physical lines, the too long ones cut: (text, whether it is whole)."""
    while piece := stream.readline(_PIECE):
        if len(piece) < _PIECE or piece.endswith(("\n", "\r")):
            yield piece, True
            continue
        rest = piece
        while rest and not rest.endswith(("\n", "\r")):
            rest = stream.readline(_PIECE)
        yield piece, not rest
