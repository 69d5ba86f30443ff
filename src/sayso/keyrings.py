"""An analyst's keys: what they judge is signed (Ed25519, RFC 8032), so that nobody else can judge in their name.

A private key lies in the user's own folder of settings, in a file that only they may read (PKCS #8 in PEM form, RFC
5958), and never in a ledger. The name that it signs for stands in the file before it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import Error

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUFFIX = ".key"
NAME = b"sayso key of "
BEGIN = b"-----BEGIN"
LARGEST, LONGEST_NAME = 1 << 16, 200
"""Bytes of a key's file, and characters of a name."""
INSTALL = "signing needs one more package: pip install 'sayso[keys]'"


@dataclass(frozen=True)
class Key:
    """A private key, in its file, and the name that it signs for."""

    name: str
    path: Path

    @cached_property
    def public(self) -> str:
        """The public key, as 64 hex digits. Raises `Error`."""
        return self._private.public_key().public_bytes_raw().hex()

    def sign(self, statement: bytes) -> str:
        """The signature over a statement, as 128 hex digits. Raises `Error`."""
        return self._private.sign(statement).hex()

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
            from cryptography.hazmat.primitives.serialization import load_pem_private_key
        except ImportError:
            raise Error(f"{self.name} has a key, and {INSTALL}") from None
        content = read_file(self.path)
        try:
            private = load_pem_private_key(content[max(0, content.find(BEGIN)) :], None)
        except (ValueError, TypeError):
            private = None
        if not isinstance(private, Ed25519PrivateKey):
            raise Error(f"{self.path}: it is no key that sayso made: put back the copy that you kept, or move it away")
        return private


class Keyring:
    """The keys in a folder."""

    def __init__(self, folder: Path) -> None:
        """Hold the folder, which need not be there."""
        self._folder = folder

    def find(self, name: str) -> Key | None:
        """The key that signs for a name, if there is one."""
        path = self._place(name)
        return Key(name, path) if path.is_file() else None

    def list(self) -> Iterator[Key]:
        """All keys, by name. Raises `Error` where a file is none."""
        paths = sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder.is_dir() else []
        yield from sorted((Key(read_name(path), path) for path in paths), key=lambda key: key.name)

    def make(self, name: str) -> Key:
        """A new key for a name that has none here. Raises `Error`."""
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise Error(f"{name[:50]!r} is no name to sign by: write one line of up to {LONGEST_NAME} characters")
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
            from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
        except ImportError:
            raise Error(INSTALL) from None
        private = Ed25519PrivateKey.generate()
        words = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path = self._place(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, NAME + name.encode() + b"\n" + words)
        except FileExistsError:
            raise Error(f"{path}: {name} has a key: `sayso key show` shows it") from None
        except OSError as error:
            raise Error(f"{error.filename or path}: {error.strerror or error}") from None
        return Key(name, path)

    def _place(self, name: str) -> Path:
        return self._folder / (sha256(name.encode("utf8", "surrogatepass")).hexdigest()[:16] + SUFFIX)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read. Raises OSError; `FileExistsError` where there is one."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def read_name(path: Path) -> str:
    """The name that stands in a key's file. Raises `Error`."""
    first = read_file(path).partition(b"\n")[0]
    name = first.removeprefix(NAME).decode("utf8", "replace").strip()
    if not first.startswith(NAME) or not name:
        raise Error(f"{path}: it does not say whose key it is: move it away")
    return name


def read_file(path: Path) -> bytes:
    """What stands in a file. Raises `Error`."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise Error(f"{path}: {error.strerror or error}") from None
