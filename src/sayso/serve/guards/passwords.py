"""Passwords: kept as Argon2id (RFC 9106) alone, and compared so that nobody learns from the time which names exist."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from sayso.errors import Error

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1024
"""Characters of a password. What is longer than the first few hundred adds nothing but work."""


@cache
def make_hasher() -> PasswordHasher:
    """Argon2id with the parameters that its library holds right (RFC 9106, low memory: 64 MiB, three passes)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def make_decoy() -> str:
    """A hash that no password has; what a name without one is compared to."""
    import secrets

    return make_hasher().hash(secrets.token_hex(32))


def check_password(name: str, password: str) -> None:
    """Raise `Error` where a password is no good one for a name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Error(f"a password has {SHORTEST} to {LONGEST} characters")
    if len(set(password)) < 5 or password.casefold() == name.casefold():
        raise Error("that password is guessed at once: take a few words that have nothing to do with each other")


def hash_password(password: str) -> str:
    """What is kept of a password."""
    return make_hasher().hash(unicodedata.normalize("NFKC", password))


def verify_password(kept: str, password: str) -> bool:
    """Whether a password is the one that was kept; as long in coming where nothing was ("")."""
    from argon2.exceptions import InvalidHashError, VerificationError

    password, decoy = unicodedata.normalize("NFKC", password[: LONGEST + 1]), make_decoy()
    try:
        return make_hasher().verify(kept or decoy, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than are right now."""
    return make_hasher().check_needs_rehash(kept)
