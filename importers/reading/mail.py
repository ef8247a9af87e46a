"""A mailbox file (mbox) as a stream of message headers: bodies are passed over, never kept.

A message begins with a line `From ` after an empty one, followed by a header (RFC 4155). Only the headers asked for
are kept, so a mailbox of gigabytes needs no more memory than one of its headers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import BinaryIO

from importers.reading.blocks import BadBlock
from importers.reading.text import ByteSource, open_bytes

__all__ = ["Message", "begins_mailbox", "read_messages"]

_PIECE = 1 << 20  # bytes read at once
_LONGEST_LINE = 1 << 16
_LONGEST_HEADER = 1 << 20  # all headers of a message together; real ones stay below a hundredth of it
_BEFORE = 4  # bytes kept before where the reading is: a separator is known by what stands before it
_SEPARATOR = b"\nFrom "
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:")
_CUT_OFF = "The file breaks off inside the headers of this message"


@dataclass(slots=True)
class Message:
    """The headers of a message that were asked for, as written, and the line on which it begins."""

    line: int
    headers: dict[str, list[str]] = field(default_factory=dict)


def begins_mailbox(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a mailbox."""
    first, _, rest = head.partition(b"\n")
    return first.startswith(b"From ") and bool(_HEADER.match(rest))


def read_messages(source: ByteSource, wanted: Collection[str]) -> Iterator[Message | BadBlock]:
    """The messages in order, with the headers `wanted` (lower case)."""
    names = frozenset(name.encode("ascii") for name in wanted)
    with open_bytes(source) as stream:
        scanner = _Scanner(stream)
        while begun := scanner.next_message():
            yield _header(scanner, names, begun)


class _Scanner:
    """A mailbox read in pieces: from message to message at the speed of a search, within headers line by line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        # As if an empty line came before the first message.
        self._data = b"\n\n"
        self._at = 2
        self._line = 1

    def next_message(self) -> int:
        """Go to the first header of the next message; the line on which the message begins, 0 at the end."""
        while True:
            found = self._data.find(_SEPARATOR, self._at - 1)
            if found < 0:
                self._pass(max(self._at, len(self._data) - len(_SEPARATOR)))
                if not self._more():
                    return 0
                continue
            end = self._data.find(b"\n", found + 1)
            # A header's name must be at hand to tell a message from a sentence that begins with the word.
            if len(self._data) - max(end, found) < _LONGEST_LINE and self._more():
                continue
            after_blank = self._data[found - 1 : found] == b"\n" or self._data[found - 2 : found] == b"\n\r"
            if end > 0 and after_blank and _HEADER.match(self._data, end + 1):
                self._pass(found + 1)
                begun = self._line
                self._pass(end + 1)
                return begun
            self._pass(found + 2)

    def readline(self) -> bytes:
        """The next line, or a piece of one that is far too long; empty at the end."""
        while (end := self._data.find(b"\n", self._at, self._at + _LONGEST_LINE)) < 0:
            if len(self._data) - self._at >= _LONGEST_LINE or not self._more():
                end = min(len(self._data), self._at + _LONGEST_LINE) - 1
                break
        line = self._data[self._at : end + 1]
        self._pass(end + 1)
        return line

    def _pass(self, to: int) -> None:
        self._line += self._data.count(b"\n", self._at, to)
        self._at = max(self._at, to)

    def _more(self) -> bool:
        piece = self._stream.read(_PIECE)
        if piece:
            passed = max(0, self._at - _BEFORE)
            self._data, self._at = self._data[passed:] + piece, self._at - passed
        return bool(piece)


def _header(scanner: _Scanner, names: Collection[bytes], begun: int) -> Message | BadBlock:
    """The message whose header comes next."""
    kept: list[bytes] = []
    size, taking, ended = 0, False, False
    while not ended and (line := scanner.readline()):
        ended = not line.strip()
        size += len(line)
        if size <= _LONGEST_HEADER and not ended:
            if not line.startswith((b" ", b"\t")):
                found = _HEADER.match(line)
                taking = found is not None and found[1].lower() in names
            if taking:
                kept.append(line)
    if size > _LONGEST_HEADER:
        return _too_long(begun)
    if not ended:
        return BadBlock(begun, "", _CUT_OFF, "Export the mailbox again")
    return _parsed(b"".join(kept), begun)


def _too_long(line: int) -> BadBlock:
    return BadBlock(
        line,
        "",
        "The headers are over 1 MB: no mail program writes such",
        "Take this message out of the mailbox",
    )


def _parsed(header: bytes, line: int) -> Message:
    message = Message(line)
    for name, value in BytesHeaderParser(policy=compat32).parsebytes(header).raw_items():
        message.headers.setdefault(name.lower(), []).append(_decoded(str(value)))
    return message


def _decoded(value: str) -> str:
    """A header on one line; bytes beyond ASCII are UTF-8, else cp1252, as in every other file."""
    raw = " ".join(value.split()).encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
