"""Letters of a mailbox (IMAP4rev1, RFC 3501), by IMAPClient. It is opened for reading only: no letter is marked as
read, moved or deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from sayso.errors import Error
from sayso.ids import make_id
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
LONG_AGO = date(1970, 1, 2).toordinal()
NAMED = ("MESSAGE-ID", "DATE")
"""Headers by which a letter is known."""
_MARK = re.compile(r"(\d{1,20}):(\d{1,20})(?::(\d{1,20}):(\d{1,6}))?", re.ASCII)
LARGEST_SECRET = 10_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: what it is known by (`key`), its bytes (None for one that is too large, none for one that is known or
    gone), and how far the mailbox is read with it (`mark`)."""

    uid: int
    key: str
    content: bytes | None
    mark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a mailbox is read: to the letter `uid` of those numbered under `validity`. Of those up to `old`, which
    were there when it was first looked into or numbered anew, only some are wanted: those that nobody has read, and
    those that came `since` the first look (days since year 1, 0 while that lasts)."""

    validity: int
    uid: int = 0
    old: int = 0
    since: int = 0

    def tell(self) -> str:
        """The mark in words, as it is kept."""
        return f"{self.validity}:{self.uid}:{self.old}:{self.since}"


def read_mark(words: str, validity: int, last: int) -> Mark:
    """How far a mailbox is read, whose letters are numbered under `validity` now, up to `last`."""
    found = _MARK.fullmatch(words)
    mark = Mark(*(int(part or 0) for part in found.groups())) if found else Mark(0)
    if found and found[4] is None:  # As it was kept before the first look was: all that is there is wanted.
        mark = replace(mark, since=LONG_AGO)
    return mark if found and mark.validity == validity else Mark(validity, 0, last, mark.since)


def list_letters(
    feed: Feed, mark: str, today: date, read_secret: Callable[[str], str], is_known: Callable[[str], bool]
) -> Iterator[Letter]:
    """The letters that came since a mark, in their order; of a mailbox without a mark, those that nobody has read. Last
    comes a letter of no bytes with the mark of the whole. What is known is not fetched, under whatever number. Raises
    `UnreadableError`, which never holds the password."""
    password = find_password(feed, read_secret)
    with clear_errors(password), open_mailbox(feed, password) as (client, validity, last):
        at = read_mark(mark, validity, last)
        uids = find_uids(client, at)
        for uid in uids[:MOST_LETTERS]:
            yield fetch_letter(client, replace(at, uid=uid), is_known)
        if len(uids) <= MOST_LETTERS:
            end = Mark(validity, max([last, at.uid, *uids]), 0, at.since or today.toordinal())
            yield Letter(0, "", b"", end.tell())


def find_uids(client: IMAPClient, at: Mark) -> list[int]:
    """The numbers of the letters after a mark that are wanted, in their order."""
    found: list[int] = []
    if at.uid < at.old:
        since = ["OR", "UNSEEN", "SINCE", date.fromordinal(at.since - 1)] if at.since else ["UNSEEN"]
        found += client.search(["UID", f"{at.uid + 1}:{at.old}", *since])
    first = max(at.uid, at.old)
    # As the standard has it, "9:*" of a mailbox that ends with 5 is 5.
    found += [uid for uid in client.search(["UID", f"{first + 1}:*"]) if uid > first]
    return sorted(set(found))


def fetch_letter(client: IMAPClient, mark: Mark, is_known: Callable[[str], bool]) -> Letter:
    """The letter to which a mark leads, without its bytes where it is known or was deleted meanwhile."""
    told = client.fetch([mark.uid], ["RFC822.SIZE", f"BODY.PEEK[HEADER.FIELDS ({' '.join(NAMED)})]"]).get(mark.uid, {})
    size = int(told.get(b"RFC822.SIZE", 0))
    head = next((value for name, value in told.items() if name.upper().startswith(b"BODY[HEADER")), b"")
    key = name_letter(head, size) or f"{mark.validity}:{mark.uid}"
    content: bytes | None = b""
    if size > MOST_BYTES:
        content = None
    elif not is_known(key):
        content = client.fetch([mark.uid], ["BODY.PEEK[]"]).get(mark.uid, {}).get(b"BODY[]", b"")
    return Letter(mark.uid, key, content, mark.tell())


def name_letter(head: bytes, size: int) -> str:
    """What a letter is known by whatever its number: its Message-ID (RFC 5322, 3.6.4), its date and its size; "" for
    one that has no Message-ID."""
    fields = message_from_bytes(head)
    id, sent = (" ".join(str(fields.get(name) or "").split()) for name in NAMED)
    return make_id(id, sent, size) if id else ""


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
        following = told.get(b"UIDNEXT") or max(client.search(["ALL"]), default=0) + 1
        yield client, int(told[b"UIDVALIDITY"]), int(following) - 1
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
