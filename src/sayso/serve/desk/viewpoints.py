"""The moment that a page is looked at from, which every page has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from sayso.api.narrowings import read_moment
from sayso.forms import to_json


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """As known at `as_of` (None: all there is); what changed is told since `since` (None: not asked for)."""

    as_of: datetime | None = None
    since: datetime | None = None

    @classmethod
    def read(cls, as_of: str = "", since: str = "") -> Viewpoint:
        """The viewpoint that an address asks for: days and moments as in the commands, a day to its end and since its
        beginning. Raises `Error`."""
        return cls(read_moment(as_of), read_moment(since, begin=True))

    @property
    def query(self) -> str:
        """What a link to another page carries of it: "?as_of=...", or ""."""
        words = urlencode(self.fields)
        return f"?{words}" if words else ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same as names and values, for the hidden fields of a form."""
        given = {"as_of": self.as_of, "since": self.since}
        return [(name, to_json(moment)) for name, moment in given.items() if moment]
