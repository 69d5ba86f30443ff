"""Logging in: how often it may be tried, and by whom a password is checked."""

from __future__ import annotations

from functools import partial

from anyio import CapacityLimiter, to_thread

from sayso.errors import Error
from sayso.serve.guards.accounts import LONGEST_NAME, Account, Accounts, fold
from sayso.serve.guards.limits import Limiter, name_network
from sayso.serve.guards.logs import Log
from sayso.serve.guards.sessions import Sessions

PER_ADDRESS, PER_PAIR, PER_NAME = (20, 900), (10, 900), (100, 3600)
"""Wrong passwords from one network, for one name from one network, and for one name from anywhere, in so many
seconds. After the last, a name can still be used from where it is in already."""
HASHING = 2
"""Passwords that are checked at once: each takes 64 MiB."""


class RefusedError(Error):
    """Somebody is not let in or not let do something: why, by which status of HTTP, and when to try again."""

    def __init__(self, message: str, status: int = 403, wait_s: float = 0) -> None:
        """`wait_s` is for status 429."""
        super().__init__(message)
        self.status, self.wait_s = status, wait_s

    @property
    def headers(self) -> dict[str, str]:
        """What the answer says besides."""
        if self.status == 429:
            return {"retry-after": str(int(self.wait_s) + 1)}
        return {"www-authenticate": "Bearer"} if self.status == 401 else {}


class Logins:
    """Who tried to log in, and how often in vain."""

    def __init__(self, accounts: Accounts, sessions: Sessions, log: Log) -> None:
        """Those into a desk's accounts."""
        self.accounts, self.sessions, self.log = accounts, sessions, log
        self.by_address, self.by_pair, self.by_name = Limiter(*PER_ADDRESS), Limiter(*PER_PAIR), Limiter(*PER_NAME)
        self._hashing = CapacityLimiter(HASHING)

    async def prove(self, name: str, password: str, address: str) -> Account:
        """The account that a name and a password open. Raises `RefusedError`: too often before anything is checked,
        and never whether it was the name or the password that was wrong."""
        wait = await to_thread.run_sync(self.count, name, address)
        if wait:
            await to_thread.run_sync(self.log.refuse, "", "too many log-ins", "/login", address)
            raise RefusedError(f"too many wrong passwords: try again in {say_wait(wait)}", 429, wait)
        account = await to_thread.run_sync(partial(self.accounts.prove, name, password), limiter=self._hashing)
        if account is None:
            known = await to_thread.run_sync(self.accounts.find, name[:LONGEST_NAME])
            # A name that nobody has may be a password in the wrong field.
            who = known.name if known else ""
            await to_thread.run_sync(self.log.refuse, who, "wrong name or password", "/login", address)
            raise RefusedError("that name and password do not go together", 401)
        self.forget(name, address)
        return account

    def count(self, name: str, address: str) -> float:
        """Count a try before it is made, so that many at once are all counted; the seconds to wait, 0 for none."""
        name, network = fold(name[:LONGEST_NAME]), name_network(address)
        wait = self.by_address.spend(network) or self.by_pair.spend((name, network))
        if wait:
            return wait
        wait = self.by_name.spend(name)
        return wait if wait and not self.sessions.knows(name, address) else 0.0

    def forget(self, name: str, address: str) -> None:
        """A try that was right was none in vain."""
        name, network = fold(name[:LONGEST_NAME]), name_network(address)
        self.by_address.refund(network)
        self.by_pair.refund((name, network))
        self.by_name.refund(name)


def say_wait(seconds: float) -> str:
    """How long that is, in words."""
    minutes = int(seconds // 60) + 1
    return "a minute" if minutes == 1 else f"{minutes} minutes"
