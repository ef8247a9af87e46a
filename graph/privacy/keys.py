"""The key of the fingerprints: who is on the list of people not to be stored can be checked, but not read.

A fingerprint is HMAC-SHA256 (RFC 2104) of an exact identity under a secret key that is kept outside the graph. The
graph stores a check value of the key, so that a list made with one key is never compared with another's fingerprints.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from uuid_utils import uuid4

from graph.engine.connection import Engine, Transaction
from graph.engine.errors import EngineError

__all__ = [
    "KEY_FILE",
    "WrongPrivacyKey",
    "check_value",
    "claim_privacy_key",
    "fingerprint",
    "load_privacy_key",
]

KEY_FILE = "privacy.key"
SHORTEST_KEY = 32
_CHECKED = "liaison privacy key"


class WrongPrivacyKey(EngineError):
    """The graph's fingerprints were made with another key, or there is none; the text says what to do."""


def fingerprint(key: bytes, said: str) -> str:
    """The keyed fingerprint of a text, in hexadecimal."""
    return hmac.digest(key, said.encode(), "sha256").hex()


def check_value(key: bytes) -> str:
    """What the graph keeps of a key: enough to recognise it, useless without it."""
    return fingerprint(key, _CHECKED)[:32]


def load_privacy_key(given: str | None, data_dir: Path) -> bytes:
    """The key as given, else the one in the data folder, made there on first use (readable by its owner only).

    Raises WrongPrivacyKey for one that is too short, and where the data folder cannot be used.
    """
    if given is not None:
        if len(given.strip()) < SHORTEST_KEY:
            raise WrongPrivacyKey(
                f"LIAISON_PRIVACY_KEY has fewer than {SHORTEST_KEY} characters: use a long random text, the same "
                "for good, or leave it out"
            )
        return given.strip().encode()
    path = data_dir / KEY_FILE
    try:
        if not path.exists():
            data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _make(path)
        known = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongPrivacyKey(
            f"the privacy key {path} cannot be read or made ({type(error).__name__}): make the folder usable, or set "
            "LIAISON_PRIVACY_KEY"
        ) from error
    if len(known) < SHORTEST_KEY:
        raise WrongPrivacyKey(f"the privacy key {path} is damaged: put it back from a backup")
    return known.encode()


def _make(path: Path) -> None:
    scratch = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(f"{secrets.token_urlsafe(48)}\n")
            out.flush()
            os.fsync(out.fileno())
        # Of two processes that make one at once, the second finds the first one's.
        with contextlib.suppress(FileExistsError):
            os.link(scratch, path)
    finally:
        scratch.unlink(missing_ok=True)


async def claim_privacy_key(engine: Engine) -> None:
    """Make the engine's key the graph's, or check that it is. Raises WrongPrivacyKey for another one.

    Call it whenever an engine was opened: whoever works with another key would let suppressed people back in.
    """
    if engine.privacy_key is None:
        raise WrongPrivacyKey("the engine was opened without a privacy key: give EngineSettings one")
    check = check_value(engine.privacy_key)
    rows = await engine.write("privacy/claim_key", check=check)
    if rows[0]["check"] != check:
        raise wrong_key(engine)


def wrong_key(engine: Engine) -> WrongPrivacyKey:
    """What to say of a key that is not the graph's."""
    return WrongPrivacyKey(
        f"the graph at {engine.address} was made with another privacy key, so that people who must not be stored "
        f"would not be recognised: set LIAISON_PRIVACY_KEY to that key, or put back the file {KEY_FILE} of the data "
        "folder it was first used with"
    )


def privacy_key(engine: Engine) -> bytes:
    """The key that the engine was opened with. Raises WrongPrivacyKey where there is none."""
    if engine.privacy_key is None:
        raise wrong_key(engine)
    return engine.privacy_key


async def lift_in(tx: Transaction, engine: Engine, batches: Sequence[str]) -> int:
    """Take batches of fingerprints off the list, within a transaction that holds the write lock."""
    if batches:
        await tx.run("privacy/lift", batches=list(batches))
        await tx.run("privacy/lift_names", batches=list(batches))
        await mark_changed(tx, engine)
    return len(batches)


async def mark_changed(tx: Transaction, engine: Engine) -> None:
    """Let everybody read the lists anew. Raises WrongPrivacyKey where the graph has another key."""
    rows = await tx.run("privacy/turn", turn=str(uuid4()), check=check_value(privacy_key(engine)))
    if not rows:
        raise wrong_key(engine)
