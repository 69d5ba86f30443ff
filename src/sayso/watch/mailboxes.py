"""Letters of a mailbox (IMAP4rev1, RFC 3501), by IMAPClient. It is opened for reading only: no letter is marked as
read, moved or deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sayso.errors import Error
from sayso.read.openings import UnreadableError
from sayso.watch.feeds import Feed

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_S, READ_S = 10.0, 60.0
MOST_LETTERS = 1_000
"""Letters that are read at one asking; the rest at the next."""
MOST_BYTES = 20_000_000
"""Bytes of a letter."""
LOOPBACK = ("127.0.0.1", "::1", "localhost")
_MARK = re.compile(r"(\d{1,20}):(\d{1,20})", re.ASCII)
LARGEST_SECRET = 10_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its bytes (None for one that is too large), and how far the mailbox is read with it (`mark`)."""

    uid: int
    content: bytes | None
    mark: str


def list_letters(
    feed: Feed, mark: str, read_secret: Callable[[str], str], is_known: Callable[[str], bool]
) -> Iterator[Letter]:
    """The letters that came since a mark and are not known, in their order; of a mailbox without a mark, those that
    nobody has read, and last a letter of no bytes that brings a mark. Raises `UnreadableError`, which never
    holds the password."""
    password = find_password(feed, read_secret)
    with clear_errors(password), open_mailbox(feed, password) as (client, validity, end):
        known = _MARK.fullmatch(mark)
        last = int(known[2]) if known and int(known[1]) == validity else 0
        if known:
            uids = sorted(uid for uid in client.search(["UID", f"{last + 1}:*"]) if uid > last)
        else:
            uids = sorted(client.search(["UNSEEN"]))
        for uid in uids[:MOST_LETTERS]:
            if is_known(f"{validity}:{uid}"):
                continue
            size = client.fetch([uid], ["RFC822.SIZE"]).get(uid, {}).get(b"RFC822.SIZE", 0)
            found = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}) if size <= MOST_BYTES else {}
            yield Letter(uid, found.get(b"BODY[]"), f"{validity}:{uid}")
        if not known and len(uids) <= MOST_LETTERS:
            yield Letter(0, b"", f"{validity}:{max([end, *uids])}")


@contextmanager
def open_mailbox(feed: Feed, password: str) -> Iterator[tuple[IMAPClient, int, int]]:
    """A mailbox, open for reading only, the number under which its letters are numbered (UIDVALIDITY), and that of the
    last one. Nothing is said in the clear but to this machine."""
    from imapclient import IMAPClient, SocketTimeout

    parts = urlsplit(feed.where)
    secure, host = parts.scheme == "imaps", parts.hostname or ""
    timeout = SocketTimeout(connect=CONNECT_S, read=READ_S)
    client: Any = IMAPClient(host, port=parts.port, ssl=secure, timeout=timeout)
    try:
        if not secure and host not in LOOPBACK:
            client.starttls()
        client.login(unquote(parts.username or ""), password)
        told = client.select_folder(unquote(parts.path.strip("/")) or "INBOX", readonly=True)
        yield client, int(told[b"UIDVALIDITY"]), int(told.get(b"UIDNEXT", 1)) - 1
    finally:
        with suppress(Exception):
            client.logout()


@contextmanager
def clear_errors(password: str) -> Iterator[None]:
    """What goes wrong with a server of mail, in one line, without the password."""
    from imapclient.exceptions import IMAPClientError, LoginError, ProtocolError

    try:
        yield
    except LoginError as error:
        said = tidy(error, password)
        raise UnreadableError(f"the server refuses the user or password ({said}); check both") from None
    except (IMAPClientError, ProtocolError, OSError, KeyError, ValueError) as error:
        raise UnreadableError(f"cannot be read ({tidy(error, password)}); check its address and the network") from None


def tidy(error: Exception, password: str) -> str:
    """The words of an error in one line, without the password if they should hold it."""
    words = " ".join(str(error).split())[:300] or type(error).__name__
    return words.replace(password, "***") if password else words


def find_password(feed: Feed, read_secret: Callable[[str], str]) -> str:
    """The password of a mailbox: the first line of its file, or what its variable holds. Raises `UnreadableError`."""
    try:
        if feed.password_env:
            return read_secret(feed.password_env)
        with Path(feed.password_file).expanduser().open(encoding="utf-8-sig") as file:
            return file.readline(LARGEST_SECRET).rstrip("\r\n")
    except Error as error:
        raise UnreadableError(str(error)) from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise UnreadableError(f"its password_file cannot be read: {reason}") from None
