"""A multipart upload as bytes arrive: any chunking gives the same files; limits and broken bodies are refused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils import uuid7

from importers.spool import Spool
from service.errors import ErrorCode, ServiceError
from service.rest.uploads import UploadLimits, receive_upload

TYPE = "multipart/form-data; boundary=XyZ"
LIMITS = UploadLimits(max_bytes=10_000, max_files=3)


def part(name: str, content: bytes, filename: str | None = None) -> bytes:
    told = f'; filename="{filename}"' if filename is not None else ""
    return (
        f'--XyZ\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'.encode() + content + b"\r\n"
    )


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--XyZ--\r\n"


async def in_chunks(content: bytes, size: int):
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def receive(tmp_path: Path, content: bytes, size: int = 64, kind: str = TYPE, limits=LIMITS):
    spool = Spool(tmp_path, str(uuid7()))
    return spool, await receive_upload(kind, in_chunks(content, size), spool, limits)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=600), text=st.text(max_size=50), size=st.integers(1, 700))
async def test_any_chunking_gives_what_was_sent(tmp_path: Path, content: bytes, text: str, size: int):
    sent = body(
        part("source", text.encode()), part("file", content, "Connections.csv"), part("file", b"b", "b.csv")
    )
    _, upload = await receive(tmp_path, sent, size)
    assert upload.fields == {"source": text}
    assert [(name, path.name, path.read_bytes()) for name, path in upload.files] == [
        ("file", "Connections.csv", content),
        ("file", "b.csv", b"b"),
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "/abs/x.csv", "a\\b/../c.csv", "..", "", "\x00"]
)
async def test_no_name_leads_out_of_the_spool(tmp_path: Path, name: str):
    spool, upload = await receive(tmp_path, body(part("file", b"x", name), part("file", b"y", name)))
    paths = [path for _, path in upload.files]
    assert len(set(paths)) == 2
    for path in paths:
        assert path.resolve().is_relative_to(spool.folder.resolve()) and path.name not in ("", ".", "..")


async def refusal(tmp_path: Path, content: bytes, **options) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        await receive(tmp_path, content, **options)
    return caught.value


async def test_over_the_limits(tmp_path: Path):
    large = await refusal(tmp_path, body(part("file", b"x" * 10_001, "a.csv")))
    assert (large.code, large.limit) == (ErrorCode.BODY_TOO_LARGE, "upload")
    many = await refusal(tmp_path, body(*(part("file", b"x", f"{n}.csv") for n in range(4))))
    assert many.limit == "files"
    limits = UploadLimits(max_bytes=10**6, max_files=3)
    assert (
        await refusal(tmp_path, body(part("source", b"x" * 70_000)), limits=limits)
    ).limit == "upload field"
    assert (
        await refusal(tmp_path, body(*(part(f"f{n}", b"") for n in range(60))), limits=limits)
    ).limit == "parts"


async def test_broken_bodies(tmp_path: Path):
    whole = body(part("file", b"x" * 500, "a.csv"))
    for cut in (len(whole) - 4, 300, 20, 0):
        assert (await refusal(tmp_path, whole[:cut])).code is ErrorCode.BAD_REQUEST
    for content in (b"no multipart at all", b"\x00" * 100, body(part("source", b"\xff\xfe"))):
        assert (await refusal(tmp_path, content)).code is ErrorCode.BAD_REQUEST
    nameless = b'--XyZ\r\nContent-Disposition: form-data; filename="a"\r\n\r\nx\r\n--XyZ--\r\n'
    assert (await refusal(tmp_path, nameless)).code is ErrorCode.BAD_REQUEST


@pytest.mark.parametrize(
    "kind", ["", "application/json", "multipart/form-data", "multipart/mixed; boundary=XyZ"]
)
async def test_another_type_is_refused(tmp_path: Path, kind: str):
    assert (await refusal(tmp_path, body(), kind=kind)).code is ErrorCode.UNSUPPORTED_MEDIA_TYPE
