"""Sessions: what a browser shows after a log-in. Only a hash of each is kept.

A session is not tied to an address, which phones and trains change; whoever has one sees all of theirs, with address
and browser, and can end them.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

from sayso.serve.guards.accounts import fold, hash_secret
from sayso.serve.guards.stores import ACCOUNTS, SESSIONS, Store
from sayso.serve.guards.users import User

IDLE_S, LONGEST_S = 12 * 3600, 7 * 24 * 3600
"""A session ends when nothing was asked in it for so long, and after so long in any case."""
SEEN_S = 60
"""How exactly it is known when a session was seen last."""
MOST = 50
"""Sessions of an account; the oldest ends for a new one."""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of somebody's. `id` is its hash, which lets nobody in; moments are seconds since 1970."""

    id: str
    user: User
    begun: int
    seen: int
    address: str
    browser: str


class Sessions:
    """The sessions of a desk's file. Every method raises `Error`."""

    def __init__(self, store: Store) -> None:
        """Those of `store`."""
        self.store = store
        self._key = b""

    def begin(self, user: User, address: str, browser: str, before: str = "") -> str:
        """A new session and its secret; what the browser showed before is worth nothing any more."""
        secret, now, key = secrets.token_urlsafe(32), self.store.now, fold(user.name)
        values = {"account": key, "begun": now, "seen": now, "address": address, "browser": browser[:200]}
        others = select(SESSIONS.c.hash).where(SESSIONS.c.account == key, SESSIONS.c.hash != hash_secret(secret))
        oldest = others.order_by(SESSIONS.c.begun.desc()).offset(MOST - 1)
        with self.store.write() as connection:
            over = (SESSIONS.c.seen < now - IDLE_S) | (SESSIONS.c.begun < now - LONGEST_S)
            connection.execute(delete(SESSIONS).where(over | (SESSIONS.c.hash == hash_secret(before))))
            connection.execute(insert(SESSIONS).values(hash=hash_secret(secret), **values))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.hash.in_(oldest)))
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a secret, if it has not ended."""
        now = self.store.now
        with self.store.read() as connection:
            joined = select(SESSIONS, ACCOUNTS.c.name, ACCOUNTS.c.role).join(
                ACCOUNTS, ACCOUNTS.c.key == SESSIONS.c.account
            )
            row = connection.execute(joined.where(SESSIONS.c.hash == hash_secret(secret))).first()
        if row is None or row.seen < now - IDLE_S or row.begun < now - LONGEST_S:
            return None
        if row.seen < now - SEEN_S:
            with self.store.write() as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.hash == row.hash).values(seen=now))
        return Session(row.hash, User(row.name, row.role), row.begun, row.seen, row.address, row.browser)

    def list(self, user: User) -> list[Session]:
        """Somebody's, the one seen last first."""
        now = self.store.now
        mine = (SESSIONS.c.account == fold(user.name)) & (SESSIONS.c.seen >= now - IDLE_S)
        with self.store.read() as connection:
            rows = connection.execute(select(SESSIONS).where(mine).order_by(SESSIONS.c.seen.desc())).all()
        return [Session(row.hash, user, row.begun, row.seen, row.address, row.browser) for row in rows]

    def end(self, user: User, id: str = "", *, but: str = "") -> None:
        """End one session of somebody's, or all of them but one."""
        mine = SESSIONS.c.account == fold(user.name)
        chosen = mine & (SESSIONS.c.hash == id) if id else mine & (SESSIONS.c.hash != but)
        with self.store.write() as connection:
            connection.execute(delete(SESSIONS).where(chosen))

    def knows(self, name: str, address: str) -> bool:
        """Whether somebody of that name is in from that address."""
        wanted = (SESSIONS.c.account == fold(name)) & (SESSIONS.c.address == address)
        with self.store.read() as connection:
            return connection.scalar(select(SESSIONS.c.hash).where(wanted).limit(1)) is not None

    def make_csrf(self, session: Session) -> str:
        """The token that pages of a session carry, and no other's: nothing can be made of it but that."""
        self._key = self._key or self.store.key("csrf")
        return hmac.new(self._key, session.id.encode(), sha256).hexdigest()
