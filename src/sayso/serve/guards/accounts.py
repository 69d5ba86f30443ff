"""Accounts: who may come in, by which role, and how they prove who they are."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.errors import Error
from sayso.serve.guards.passwords import check_password, hash_password, is_outdated, verify_password
from sayso.serve.guards.stores import ACCOUNTS, SESSIONS, TOKENS, Store
from sayso.serve.guards.users import GIVEN, Role, User

LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may come in. `password` says whether they have one; `email` is where a provider of log-ins knows
    them."""

    name: str
    role: Role
    email: str
    password: bool

    @property
    def user(self) -> User:
        """Who they are at the desk."""
        return User(self.name, self.role)


class Accounts:
    """The accounts of a desk's file. Every method raises `Error`."""

    def __init__(self, store: Store) -> None:
        """Those of `store`."""
        self.store = store

    def any(self) -> bool:
        """Whether there are any; makes no file to find out."""
        if not self.store.there:
            return False
        with self.store.read() as connection:
            return bool(connection.scalar(select(func.count()).select_from(ACCOUNTS)))

    def list(self) -> list[Account]:
        """All, by name."""
        with self.store.read() as connection:
            return [read_account(row) for row in connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.key))]

    def find(self, name: str) -> Account | None:
        """The one of a name, whatever its case."""
        with self.store.read() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.key == fold(name))).first()
        return read_account(row) if row else None

    def add(self, name: str, role: str, password: str = "", *, email: str = "", subject: str = "") -> Account:
        """A new account. Without a password it needs an e-mail address or a subject that a provider vouches for."""
        name, role = check_name(name), check_role(role)
        email = email.strip().lower()
        if password or not (email or subject):
            check_password(name, password)
        values = {"key": fold(name), "name": name, "role": role, "email": email, "subject": subject}
        hashed = hash_password(password) if password else ""
        with self.store.write() as connection:
            if find_key(connection, name):
                raise Error(f"there is an account {name} already")
            taken = select(ACCOUNTS.c.key).where(ACCOUNTS.c.email == email)
            if email and connection.scalar(taken):
                raise Error(f"there is an account with {email} already")
            connection.execute(insert(ACCOUNTS).values(**values, hash=hashed, made=self.store.now))
        return Account(name, role, email, bool(password))

    def remove(self, name: str) -> None:
        """Take an account away, with its sessions and tokens."""
        with self.store.write() as connection:
            key = need_key(connection, name)
            end_all(connection, key)
            connection.execute(delete(ACCOUNTS).where(ACCOUNTS.c.key == key))

    def set_role(self, name: str, role: str) -> None:
        """Give an account another role, from its next request on."""
        role = check_role(role)
        with self.store.write() as connection:
            key = need_key(connection, name)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.key == key).values(role=role))

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; all its sessions and tokens end."""
        check_password(name, password)
        hashed = hash_password(password)
        with self.store.write() as connection:
            key = need_key(connection, name)
            end_all(connection, key)
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.key == key).values(hash=hashed))

    def prove(self, name: str, password: str) -> Account | None:
        """The account of a name, if that is its password. Takes as long for a name that nobody has."""
        with self.store.read() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.key == fold(name))).first()
        if not verify_password(row.hash if row else "", password) or row is None:
            return None
        if is_outdated(row.hash):
            hashed = hash_password(password)
            with self.store.write() as connection:
                connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.hash == row.hash).values(hash=hashed))
        return read_account(row)

    def find_subject(self, subject: str, email: str) -> Account | None:
        """The account that a provider vouches for: by the subject that it is tied to, else by an e-mail address that an
        admin gave it, to which the subject is tied then. `email` is "" where the provider has not verified it."""
        with self.store.write() as connection:
            row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.subject == subject)).first()
            if row is None and email:
                untied = (ACCOUNTS.c.email == email.strip().lower()) & (ACCOUNTS.c.subject == "")
                row = connection.execute(select(ACCOUNTS).where(untied)).first()
                if row is not None:
                    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.key == row.key).values(subject=subject))
        return read_account(row) if row else None


def read_account(row: Any) -> Account:
    """The account of a row."""
    return Account(row.name, row.role, row.email, bool(row.hash))


def fold(name: str) -> str:
    """How a name is looked for: its case and the way that its letters are written do not matter."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def check_name(name: str) -> str:
    """A name that an account can have. Raises `Error`."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise Error(f"a name has 1 to {LONGEST_NAME} printable characters")
    return name


def check_role(role: str) -> Role:
    """A role that an account can have. Raises `Error`."""
    for given in GIVEN:
        if given == role:
            return given
    raise Error(f"there is no role {role}: there are {', '.join(GIVEN)}")


def find_key(connection: Connection, name: str) -> str:
    """The key of an account, "" where there is none."""
    return connection.scalar(select(ACCOUNTS.c.key).where(ACCOUNTS.c.key == fold(name))) or ""


def need_key(connection: Connection, name: str) -> str:
    """The key of an account. Raises `Error` where there is none."""
    key = find_key(connection, name)
    if not key:
        raise Error(f"there is no account {name}")
    return key


def end_all(connection: Connection, key: str) -> None:
    """End the sessions and tokens of an account."""
    for table in (SESSIONS, TOKENS):
        connection.execute(delete(table).where(table.c.account == key))


def hash_secret(secret: str) -> str:
    """What is kept of a random secret of 256 bits, which needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
