"""All that stands at the door of one desk, put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sayso.serve.guards.accounts import Accounts
from sayso.serve.guards.limits import Limiter
from sayso.serve.guards.logins import Logins
from sayso.serve.guards.logs import Log
from sayso.serve.guards.sessions import Sessions
from sayso.serve.guards.stores import Store
from sayso.serve.guards.tokens import Tokens
from sayso.serve.guards.users import User

if TYPE_CHECKING:
    from sayso.serve.guards.providers import Provider

WRITES, CHECKS, STRANGERS = (240, 60), (30, 60), (60, 60)
"""What somebody may write, and may have checked, and what one network may write that has not logged in, in so many
seconds."""


class Guard:
    """The guards of a desk that answers to some hosts ("127.0.0.1:8600"; "*:8600" is any address in figures).

    With a `user` there is that one, on this machine, and no log-in; without one there are accounts. `secure` says that
    the world sees it by HTTPS.
    """

    def __init__(
        self,
        store: Store,
        hosts: Iterable[str],
        user: User | None,
        *,
        secure: bool = False,
        provider: Provider | None = None,
    ) -> None:
        """Put them together; nothing is read or written yet."""
        self.store, self.hosts, self.user, self.secure, self.provider = store, frozenset(hosts), user, secure, provider
        self.accounts, self.sessions, self.tokens = Accounts(store), Sessions(store), Tokens(store)
        self.log = Log(store)
        self.logins = Logins(self.accounts, self.sessions, self.log)
        self.writes, self.checks, self.strangers = Limiter(*WRITES), Limiter(*CHECKS), Limiter(*STRANGERS)

    def name_cookie(self, name: str) -> str:
        """A cookie's name; one that only this host can have set, by HTTPS, where it is asked that way (RFC 6265bis)."""
        return f"__Host-{name}" if self.secure else name
