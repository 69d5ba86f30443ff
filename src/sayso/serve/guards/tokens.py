"""Tokens: what a program shows instead of a log-in (RFC 6750). Only a hash of each is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import delete, func, insert, select

from sayso.errors import Error
from sayso.serve.guards.accounts import fold, hash_secret, need_key
from sayso.serve.guards.stores import ACCOUNTS, TOKENS, Store
from sayso.serve.guards.users import Role, User

Scope = Literal["read", "write", "admin"]
SCOPES: dict[str, Role] = {"read": "reader", "write": "analyst", "admin": "admin"}
"""What a token lets do: what that role may, and never more than its owner may."""
BEGINNING = "sayso_"
"""How every token begins, so that one that got into a text is known for what it is."""
MOST, MOST_DAYS = 50, 366
"""Tokens of an account, and days that one may last."""
DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token once it was shown. Moments are seconds since 1970."""

    id: str
    name: str
    label: str
    scope: str
    made: int
    expires: int


class Tokens:
    """The tokens of a desk's file. Every method raises `Error`."""

    def __init__(self, store: Store) -> None:
        """Those of `store`."""
        self.store = store

    def make(self, name: str, scope: str, days: int, label: str = "") -> tuple[Token, str]:
        """A new token of somebody's, and its secret, which nobody can show again."""
        if scope not in get_args(Scope):
            raise Error(f"there is no scope {scope}: there are {', '.join(SCOPES)}")
        if not 0 < days <= MOST_DAYS:
            raise Error(f"a token lasts 1 to {MOST_DAYS} days")
        secret, id, now = BEGINNING + secrets.token_urlsafe(32), secrets.token_hex(4), self.store.now
        label = " ".join(label.split())[:64]
        made = Token(id, name, label if label.isprintable() else "", scope, now, now + days * DAY_S)
        with self.store.write() as connection:
            key = need_key(connection, name)
            role = connection.scalar(select(ACCOUNTS.c.role).where(ACCOUNTS.c.key == key))
            if not User(name, role or "nobody").may(SCOPES[scope]):
                raise Error(f"{name} is no {SCOPES[scope]}: a token lets nobody do more than its owner may")
            connection.execute(delete(TOKENS).where(TOKENS.c.expires <= now))
            count = select(func.count()).select_from(TOKENS).where(TOKENS.c.account == key)
            if (connection.scalar(count) or 0) >= MOST:
                raise Error(f"{name} has {MOST} tokens already: revoke one first")
            row = {"hash": hash_secret(secret), "id": id, "account": key, "label": made.label, "scope": scope}
            connection.execute(insert(TOKENS).values(**row, made=now, expires=made.expires))
        return made, secret

    @staticmethod
    def scopes(user: User) -> list[str]:
        """The scopes that somebody's token can have to any effect."""
        return [scope for scope, role in SCOPES.items() if user.may(role)]

    def find(self, secret: str) -> User | None:
        """Who shows a token, as far as it lets them; None where it is none, has expired or was revoked."""
        with self.store.read() as connection:
            joined = select(TOKENS, ACCOUNTS.c.name, ACCOUNTS.c.role).join(ACCOUNTS, ACCOUNTS.c.key == TOKENS.c.account)
            row = connection.execute(joined.where(TOKENS.c.hash == hash_secret(secret))).first()
        if row is None or row.expires <= self.store.now:
            return None
        return User(row.name, row.role).limit(SCOPES[row.scope])

    def list(self, name: str = "") -> list[Token]:
        """Somebody's tokens that have not expired, or all."""
        wanted = (TOKENS.c.expires > self.store.now) & ((TOKENS.c.account == fold(name)) if name else True)
        joined = select(TOKENS, ACCOUNTS.c.name).join(ACCOUNTS, ACCOUNTS.c.key == TOKENS.c.account).where(wanted)
        with self.store.read() as connection:
            rows = connection.execute(joined.order_by(TOKENS.c.made.desc())).all()
        return [Token(row.id, row.name, row.label, row.scope, row.made, row.expires) for row in rows]

    def revoke(self, id: str, name: str = "") -> None:
        """End a token at once; only one of somebody's, where a name is given."""
        wanted = (TOKENS.c.id == id) & ((TOKENS.c.account == fold(name)) if name else True)
        with self.store.write() as connection:
            if not connection.execute(delete(TOKENS).where(wanted)).rowcount:
                raise Error(f"there is no token {id}")
