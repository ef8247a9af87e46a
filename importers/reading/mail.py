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

_PIECE = 1 << 16  # bytes of a line taken at once
_LONGEST_HEADER = 1 << 20  # all headers of a message together; real ones stay below a hundredth of it
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
        number, after_blank, candidate = 0, True, 0
        while line := stream.readline(_PIECE):
            number += 1
            if candidate:
                # What follows tells a message from a sentence that begins with the word.
                if _HEADER.match(line):
                    message, number = _header(stream, names, line, candidate, number)
                    yield message
                    after_blank, candidate = True, 0
                    continue
                candidate = 0
            if after_blank and line.startswith(b"From "):
                candidate = number
            after_blank = line in (b"\n", b"\r\n")
            if not line.endswith(b"\n"):
                # The rest of a line that is longer than a piece; the last line has none.
                while (rest := stream.readline(_PIECE)) and not rest.endswith(b"\n"):
                    pass


def _header(
    stream: BinaryIO, names: Collection[bytes], line: bytes, begun: int, number: int
) -> tuple[Message | BadBlock, int]:
    """The message whose first header line was read, and the number of the line that ends its header."""
    kept: list[bytes] = []
    size, taking, ended = 0, False, False
    while line:
        size += len(line)
        if not line.strip():
            ended = True
            break
        if size <= _LONGEST_HEADER:
            if not line.startswith((b" ", b"\t")):
                found = _HEADER.match(line)
                taking = bool(found) and found is not None and found[1].lower() in names
            if taking:
                kept.append(line)
        line = stream.readline(_PIECE)
        number += line.endswith(b"\n")
    if size > _LONGEST_HEADER:
        return _too_long(begun), number
    if not ended:
        return BadBlock(begun, "", _CUT_OFF, "Export the mailbox again"), number
    return _parsed(b"".join(kept), begun), number


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
