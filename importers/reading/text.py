"""Bytes become text: a byte order mark, then UTF-8, then cp1252, or the encoding that the caller states.

Nothing is guessed from letter frequencies: what decodes strictly is taken, the rest is refused. A file is
decided on by reading it once in pieces, so that nothing of it is written before all of it is known to decode.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from importers.reading.problems import EmptyFileError, FileError

__all__ = ["ByteSource", "find_encoding", "open_bytes", "open_text"]

_PIECE = 1 << 20
_HEAD = 1 << 16
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\v\x1b")
# A text has hardly any control characters; a picture or a program has about one byte in eight.
_CONTROL_SHARE = 0.005
_KNOWN_BINARIES: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip or an Excel workbook", "Name a zip with the ending .zip, a workbook with .xlsx"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save it as CSV UTF-8 and import that"),
    (b"%PDF", "a PDF document", "Export the data as CSV and import that"),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and import what is in it"),
)
_BINARY_FIX = "Export the data as CSV (UTF-8) and import that"


class Stored(Protocol):
    """Bytes that can be read again and again: a member of a zip."""

    @property
    def name(self) -> str:
        """As people know it."""

    def open_bytes(self) -> BinaryIO:
        """The bytes from their beginning."""


ByteSource = Path | Stored


def open_bytes(source: ByteSource) -> BinaryIO:
    """The file's bytes from their beginning."""
    return source.open("rb") if isinstance(source, Path) else source.open_bytes()


def find_encoding(source: ByteSource, stated: str | None = None) -> str:
    """The name of the codec that decodes the whole file strictly; reads it once, in pieces.

    Raises FileError for an empty or binary file, and for one that does not decode.
    """
    with open_bytes(source) as stream:
        head = stream.read(_HEAD)
    if not head:
        raise EmptyFileError("The file is empty", "Export it again")
    if stated:
        return _decodes(source, _codec(stated), stated)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise FileError("The file is UTF-32", "Save it as CSV UTF-8 and import that")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(source, "utf-16", "UTF-16, as its byte order mark says")
    _refuse_binary(head)
    if head.startswith(codecs.BOM_UTF8):
        return _decodes(source, "utf-8-sig", "UTF-8, as its byte order mark says")
    return _utf8_or_cp1252(source)


def open_text(source: ByteSource, encoding: str) -> TextIO:
    """The file as a stream of text with its line ends as they are."""
    return TextIOWrapper(open_bytes(source), encoding=encoding, errors="strict", newline="")


def _codec(stated: str) -> str:
    """The codec of a stated encoding; UTF-8 drops its byte order mark."""
    try:
        # Refuses what is no encoding of text (rot13, zip), too.
        TextIOWrapper(BytesIO(), encoding=stated)
        name = codecs.lookup(stated).name
    except LookupError:
        raise FileError(
            "There is no text encoding of the stated name", "Use for example --encoding utf-8 or cp1252"
        ) from None
    return "utf-8-sig" if name == "utf-8" else name


def _refuse_binary(head: bytes) -> None:
    for start, what, fix in _KNOWN_BINARIES:
        if head.startswith(start):
            raise FileError(f"The file is {what}, not text", fix)
    if b"\0" in head[:4096]:
        raise FileError(
            "The file is binary, or UTF-16 without a byte order mark",
            "Export the data as CSV (UTF-8), or say --encoding utf-16-le if that is what it is",
        )
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > _CONTROL_SHARE * len(head):
        raise FileError("The file is binary, not text", _BINARY_FIX)


def _pieces(source: ByteSource) -> Iterator[bytes]:
    with open_bytes(source) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _decodes(source: ByteSource, codec: str, called: str) -> str:
    """The codec, once the whole file has gone through it."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for piece in _pieces(source):
            _refuse_nul(decoder.decode(piece))
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise FileError(
            f"The file is not {called}, or it is truncated",
            "Export it again as CSV UTF-8, or state its encoding with --encoding",
        ) from None
    return codec


def _refuse_nul(text: str) -> None:
    if "\0" in text:
        raise FileError("The file contains NUL characters: it is binary or damaged", _BINARY_FIX)


def _utf8_or_cp1252(source: ByteSource) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    seen_utf8 = False
    try:
        for piece in _pieces(source):
            text = decoder.decode(piece)
            _refuse_nul(text)
            seen_utf8 = seen_utf8 or len(text) < len(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as wrong:
        # Real cp1252 text has practically no valid UTF-8 sequence of several bytes: reading such a file as
        # cp1252 would turn every correct name in it into nonsense.
        if seen_utf8 or not wrong.object[: wrong.start].isascii():
            raise FileError(
                "The file begins as UTF-8 and does not stay so: it is truncated or mixes encodings",
                "Export it again, or state its encoding with --encoding",
            ) from None
        return _decodes(source, "cp1252", "text in UTF-8 or cp1252")
    return "utf-8"
