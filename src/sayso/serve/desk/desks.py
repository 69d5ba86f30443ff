"""A desk: one open ledger, and the pictures of it that were asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sayso.api.foreseen import gather_foreseen
from sayso.errors import Error
from sayso.journey import know, know_ledger, tell
from sayso.ledger import Ledger, open_ledger
from sayso.moments import TICK
from sayso.record import Brief, Picture, Story
from sayso.shelves import shelve
from sayso.tell.foreseen import Foreseen
from sayso.weigh.stories import pick_story

MOST_KEPT = 64
"""Pictures and lists of stories held ready."""


class MissingError(Error):
    """Something that is asked for by its id and is not there."""


class Desk:
    """An open ledger that many may look at at once. Every method can be called from any thread and raises `Error`.

    What was reckoned is held until the ledger changes, whoever changes it.
    """

    def __init__(self, ledger: Ledger, cache: Path | None = None) -> None:
        """Hold an open ledger; `cache` is the folder of what can be made again."""
        self.ledger = ledger
        self.cache = cache
        self._held: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls, where: str, cache: Path | None = None, *, create: bool = True) -> Self:
        """The desk of a ledger: a path or a database URL. Raises `LedgerError`."""
        return cls(open_ledger(where, create=create), cache)

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    @property
    def state(self) -> tuple[int, ...]:
        """What tells one state of the ledger from every other: it is append-only, so that as many rows are the same."""
        return tuple(self.ledger.count().values())

    def hold(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` makes, made once for each state of the ledger and each key, by one thread while others wait."""
        whole = (key, self.state)
        with self._lock:
            if whole in self._held:
                self._held.move_to_end(whole)
                return self._held[whole]
            making = self._making.setdefault(whole, threading.Lock())
        with making:
            with self._lock:
                if whole in self._held:
                    return self._held[whole]
            try:
                made = make()
            finally:
                with self._lock:
                    self._making.pop(whole, None)
            with self._lock:
                self._held[whole] = made
                while len(self._held) > MOST_KEPT:
                    self._held.popitem(last=False)
            return made

    def holds(self, key: Hashable) -> bool:
        """Whether something made of the ledger as it is now is held ready."""
        whole = (key, self.state)
        with self._lock:
            return whole in self._held

    def shelves(self, as_of: datetime | None = None) -> list[tuple[Story, list[str]]]:
        """The stories as known then, the largest first, each with the digests of its reports."""

        def make() -> list[tuple[Story, list[str]]]:
            return shelve(self.ledger, self.cache, as_of, None, self.ledger.judgements(as_of, standing=True))

        found: list[tuple[Story, list[str]]] = self.hold(("stories", as_of), make)
        return found

    def stories(self, as_of: datetime | None = None) -> list[Story]:
        """The stories as known then, the largest first."""
        return [story for story, _ in self.shelves(as_of)]

    def story(self, name: str, as_of: datetime | None = None) -> Story:
        """A story by its id, a report of it or words of its name. Raises `MissingError`."""
        stories = self.stories(as_of)
        try:
            return stories[pick_story(stories, name)]
        except Error as error:
            raise MissingError(str(error)) from None

    def picture(self, story: str, as_of: datetime | None = None) -> Picture:
        """All that weighing says of a story as known then. Raises `MissingError`."""
        found = self.story(story, as_of)

        def make() -> Picture:
            return know_ledger(self.ledger, as_of, story=found.id, cache=self.cache)

        picture: Picture = self.hold(("picture", found.id, as_of), make)
        return picture

    def picture_before(self, story: str, since: datetime, as_of: datetime | None = None) -> Picture:
        """The picture just before a moment of the reports that are a story now: what was published at that moment is
        new since then."""
        found = self.story(story, as_of)

        def make() -> Picture:
            only = [digest for one, digests in self.shelves(as_of) if one.id == found.id for digest in digests]
            judged = self.ledger.judgements(as_of, standing=True)
            return replace(know(self.ledger.readings(since - TICK, only=only), since - TICK, judged), as_of=since)

        before: Picture = self.hold(("before", found.id, since, as_of), make)
        return before

    def foreseen(self, story: str, as_of: datetime | None = None) -> Foreseen:
        """What people assessed of what is not known, as far as a story bears on it."""
        found, part = self.story(story, as_of), len(self.stories(as_of)) > 1

        def make() -> Foreseen:
            return gather_foreseen(self.ledger, self.picture(found.id, as_of), part=part)

        foreseen: Foreseen = self.hold(("foreseen", found.id, as_of), make)
        return foreseen

    def brief(self, story: str, as_of: datetime | None = None, since: datetime | None = None) -> Brief:
        """The situation report of a story as known then, with what changed since a moment."""
        found = self.story(story, as_of)

        def make() -> Brief:
            before = self.picture_before(found.id, since, as_of) if since else None
            return tell(
                self.picture(found.id, as_of), before=before, title=found.name, foreseen=self.foreseen(found.id, as_of)
            )

        brief: Brief = self.hold(("brief", found.id, as_of, since), make)
        return brief
