"""A multipart upload, streamed to disk as it arrives: never held in memory, counted byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from importers.spool import Spool
from service.errors import ErrorCode, ServiceError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

__all__ = ["Upload", "UploadLimits", "receive_upload"]

_LONGEST_FIELD = 64 * 1024
_MOST_FIELDS = 50
_LONGEST_HEADERS = 16 * 1024


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Bytes of the whole body, and the number of files in it."""

    max_bytes: int
    max_files: int


@dataclass(slots=True)
class Upload:
    """What arrived: the files on disk, in order, and the other fields as text."""

    files: list[tuple[str, Path]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def receive_upload(
    content_type: str, body: AsyncIterator[bytes], spool: Spool, limits: UploadLimits
) -> Upload:
    """Write each file of a multipart body into the spool, under its own base name.

    Raises ServiceError: UNSUPPORTED_MEDIA_TYPE, BODY_TOO_LARGE, BAD_REQUEST. The caller discards the spool.
    """
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise ServiceError(
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            "Send multipart/form-data with one or more file fields (curl -F file=@Connections.csv …).",
        )
    receiver = _Receiver(spool, limits)
    try:
        parser = MultipartParser(
            boundary, callbacks=receiver.callbacks(), max_header_count=16, max_header_size=_LONGEST_HEADERS
        )
        total = 0
        async for chunk in body:
            total += len(chunk)
            if total > limits.max_bytes:
                raise ServiceError(
                    ErrorCode.BODY_TOO_LARGE,
                    f"An upload may have {limits.max_bytes} bytes at most: send the files in several, "
                    "or use liaison import where the files are.",
                    limit="upload",
                )
            if chunk:
                # Disk writes must not hold up other requests.
                await asyncio.to_thread(parser.write, chunk)
        parser.finalize()
    except FormParserError as error:
        raise ServiceError(ErrorCode.BAD_REQUEST, "The multipart body is broken or incomplete.") from error
    finally:
        receiver.close()
    if not receiver.complete:
        raise ServiceError(ErrorCode.BAD_REQUEST, "The multipart body ends before its last boundary.")
    return receiver.upload


class _Receiver:
    """Follows the parser: knows which part is being read and where its bytes go."""

    def __init__(self, spool: Spool, limits: UploadLimits) -> None:
        self.upload = Upload()
        self.complete = False
        self._spool = spool
        self._limits = limits
        self._header = [b"", b""]
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._out: BinaryIO | None = None
        self._text = bytearray()
        self._parts = 0

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": lambda data, start, end: self._collect(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._collect(1, data[start:end]),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def close(self) -> None:
        """Close a file that was cut off."""
        if self._out is not None:
            self._out.close()
            self._out = None

    def _part_begin(self) -> None:
        self._headers, self._header, self._text = {}, [b"", b""], bytearray()
        self._parts += 1
        if self._parts > self._limits.max_files + _MOST_FIELDS:
            raise ServiceError(ErrorCode.BAD_REQUEST, "The multipart body has too many parts.", limit="parts")

    def _collect(self, which: int, data: bytes) -> None:
        self._header[which] += data

    def _header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = [b"", b""]

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if not self._name:
            raise ServiceError(ErrorCode.BAD_REQUEST, "A part of the multipart body has no name.")
        if b"filename" not in options:
            return
        if len(self.upload.files) >= self._limits.max_files:
            raise ServiceError(
                ErrorCode.BAD_REQUEST, f"At most {self._limits.max_files} files in one upload.", limit="files"
            )
        name = options[b"filename"].decode("utf-8", "replace")
        path = self._spool.upload_path(len(self.upload.files), name)
        self._out = path.open("xb")
        self.upload.files.append((self._name, path))

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._out is not None:
            self._out.write(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > _LONGEST_FIELD:
            raise ServiceError(
                ErrorCode.BODY_TOO_LARGE, f"The field {self._name} is too long.", limit="upload field"
            )

    def _part_end(self) -> None:
        if self._out is not None:
            self.close()
            return
        try:
            self.upload.fields[self._name] = self._text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ServiceError(ErrorCode.BAD_REQUEST, f"The field {self._name} is not UTF-8.") from error

    def _end(self) -> None:
        self.complete = True
