"""A desk: one open ledger, its stories as they stand, and the pictures of them that were asked for last."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sayso.api.foreseen import gather_foreseen
from sayso.crashes import Seen, name_left, see_again, watch
from sayso.journey import know, tell, weigh_again
from sayso.ledger import Ledger, open_ledger
from sayso.ledger.engines import place_beside
from sayso.ledger.signatures import FindSigner, find_nobody
from sayso.moments import TICK
from sayso.pictures import know_story, tell_base
from sayso.record import Brief, Picture, Story
from sayso.serve.desk.catalogues import Catalogue, MissingError, Shelved
from sayso.serve.desk.jobs import Jobs
from sayso.shelves import Shelves
from sayso.tell.foreseen import Foreseen
from sayso.watch.alerts.stores import SUFFIX, AlertStore
from sayso.weigh.judgements import Rulings, read_rulings

MOST_PICTURES, MOST_KEPT = 4, 24
"""Pictures held ready, each some tens of megabytes for a hundred reports, and other things that were made of them."""
PATIENCE = 0.15
"""Seconds that a look waits for the stories to be brought up to date by another before it takes them as they were."""

__all__ = ["Desk", "MissingError"]


class Desk:
    """An open ledger that many may look at at once. Every method can be called from any thread and raises `Error`.

    What was reckoned is held until what it was reckoned from changes, whoever changes it.
    """

    def __init__(self, ledger: Ledger, cache: Path | None = None, data: Path | None = None) -> None:
        """Hold an open ledger; `cache` is the folder of what can be made again, `data` that of what goes with a ledger
        that is no file."""
        self.ledger = ledger
        self.cache, self.data = cache, data or Path()
        self.jobs = Jobs()
        self._held: OrderedDict[Hashable, tuple[Any, Seen]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._shelves = Shelves(ledger, cache)
        self._shelving = threading.Lock()
        self._catalogue: Catalogue | None = None
        self.alerts = AlertStore(place_beside(ledger.name, SUFFIX, self.data))

    @classmethod
    def open(
        cls,
        where: str,
        cache: Path | None = None,
        *,
        create: bool = True,
        data: Path | None = None,
        find_signer: FindSigner = find_nobody,
    ) -> Self:
        """The desk of a ledger: a path or a database URL; `find_signer` finds the keys of who is at it. Raises
        `LedgerError`."""
        return cls(open_ledger(where, create=create, find_signer=find_signer), cache, data)

    def close(self) -> None:
        """Stop what is being added, and let go of the ledger."""
        self.jobs.stop()
        self.alerts.close()
        self.ledger.close()

    # What is held.

    @property
    def state(self) -> tuple[int, ...]:
        """What tells one state of the ledger from every other."""
        return self.ledger.state()

    def hold(self, key: Hashable, make: Callable[[], Any], state: Hashable = None) -> Any:
        """What `make` makes, made once for each key and each `state` of what it is made from (None: the state of the
        whole ledger), by one thread while others wait."""
        whole = (key, self.state if state is None else state, name_left())
        with self._lock:
            if whole in self._held:
                self._held.move_to_end(whole)
                return self._show(whole)
            making = self._making.setdefault(whole, threading.Lock())
        with making:
            with self._lock:
                if whole in self._held:
                    return self._show(whole)
            seen = Seen()
            try:
                with watch(seen):
                    made = make()
            finally:
                with self._lock:
                    self._making.pop(whole, None)
            with self._lock:
                self._held[whole] = made, seen
                while len(self._held) > MOST_KEPT:
                    self._held.popitem(last=False)
                pictures = [one for one, (value, _) in self._held.items() if isinstance(value, Picture)]
                for one in pictures[:-MOST_PICTURES]:
                    del self._held[one]
            return made

    def _show(self, whole: Hashable) -> Any:
        """What is held, with what was seen when it was made."""
        made, seen = self._held[whole]
        see_again(seen)
        return made

    # Stories.

    @property
    def catalogue(self) -> Catalogue:
        """The stories as they stand, or as they stood a moment ago while another thread brings them up to date."""
        state, held = self.state[:2], self._catalogue
        if held is not None and held.state == state:
            return held
        if not self._shelving.acquire(timeout=-1 if held is None else PATIENCE):
            assert held is not None
            return held
        try:
            if self._catalogue is None or self._catalogue.state != state:
                self._catalogue = self._make_catalogue(state, self._catalogue)
            return self._catalogue
        finally:
            self._shelving.release()

    def _make_catalogue(self, state: tuple[int, ...], before: Catalogue | None) -> Catalogue:
        """The catalogue of a state, with what of that of `before` is as it was."""
        found, renewed = self._shelves.refresh(), self._shelves.renewed
        judged = self.ledger.judgements(standing=True)
        heeded = self.ledger.find_judged(judged)
        known = {one.story.id: one for one in before.found} if before else {}
        rows = []
        for story, digests in found:
            one = known.get(story.id)
            # A story that nothing happened to is the same object as before.
            if one is None or one.story is not story or not renewed.isdisjoint(one.digests):
                one = Shelved(story, tuple(digests), tell_base(digests, self._shelves.newest))
            rows.append(one)
        return Catalogue.of(state, rows, [(one.id, heeded[one.id]) for one in judged], before)

    def find(self, name: str) -> Shelved:
        """A story as it stands, by its id, by a report of it or by words of its name. Raises `MissingError`."""
        return self.catalogue.find(name)

    def shelves(self, as_of: datetime | None = None) -> list[tuple[Story, list[str]]]:
        """The stories, the largest first, each with the digests of its reports; of `as_of` those that had begun, with
        the reports known then."""
        found = self.catalogue.found
        if as_of is None:
            return [(one.story, list(one.digests)) for one in found]

        def make() -> list[tuple[Story, list[str]]]:
            known, rulings = {digest for digest, *_ in self.ledger.headings(as_of)}, self._find_rulings(as_of)
            rows = [(one.story, [digest for digest in one.digests if digest in known]) for one in found]
            then = [(self._shelves.narrow(story, some, rulings), some) for story, some in rows if some]
            return sorted(then, key=lambda one: -len(one[1]))

        shelves: list[tuple[Story, list[str]]] = self.hold(("stories", as_of), make)
        return shelves

    def stories(self, as_of: datetime | None = None) -> list[Story]:
        """The stories, the largest first; of `as_of` those that had begun, with the reports known then."""
        return [story for story, _ in self.shelves(as_of)]

    def story_of(self, digest: str) -> Story | None:
        """The story that a report is of now, by its digest; None where an analyst took the report out."""
        catalogue = self.catalogue
        place = catalogue.reports.get(digest)
        return None if place is None else catalogue.found[place].story

    def story(self, name: str, as_of: datetime | None = None) -> Story:
        """A story by its id, a report of it or words of its name; of `as_of` with the reports known then. Raises
        `MissingError`."""
        found = self.find(name)
        if as_of is None:
            return found.story
        known = [digest for digest, *_ in self.ledger.headings(as_of, only=found.digests)]
        return self._shelves.narrow(found.story, known, self._find_rulings(as_of))

    def _find_rulings(self, as_of: datetime) -> Rulings:
        return read_rulings(self.ledger.judgements(as_of, standing=True))

    # What is known of a story.

    def picture(self, story: str, as_of: datetime | None = None) -> Picture:
        """All that weighing says of the reports that are a story now, as known then. Raises `MissingError`."""
        return self._know(self.find(story), as_of)

    def picture_before(self, story: str, since: datetime) -> Picture:
        """The picture just before a moment: what was published at that very moment is new since then."""
        return replace(self._know(self.find(story), since - TICK), as_of=since)

    def foreseen(self, story: str, as_of: datetime | None = None) -> Foreseen:
        """What people assessed of what is not known, as far as a story bears on it."""
        return self._foresee(self.find(story), as_of)

    def brief(self, story: str, as_of: datetime | None = None, since: datetime | None = None) -> Brief:
        """The situation report of a story as known then, with what changed since a moment."""
        found = self.find(story)

        def make() -> Brief:
            before = replace(self._know(found, since - TICK), as_of=since) if since else None
            picture, foreseen = self._know(found, as_of), self._foresee(found, as_of)
            return tell(picture, before=before, title=found.story.name, foreseen=foreseen)

        brief: Brief = self.hold(("brief", as_of, since), make, (found.version, self.state[2:]))
        return brief

    def is_weighed(self, story: str, as_of: datetime | None = None) -> bool:
        """Whether the picture of a story is held ready."""
        key = ("picture", as_of), self.find(story).version
        with self._lock:
            return key in self._held

    def _know(self, found: Shelved, as_of: datetime | None) -> Picture:
        def make() -> Picture:
            if as_of is None:
                return know_story(self.ledger, self.cache, found.story.id, found.digests, found.version)
            readings = self.ledger.readings(as_of, only=found.digests)
            return know(readings, as_of, self.ledger.judgements(as_of, standing=True))

        picture: Picture = self.hold(("picture", as_of), lambda: weigh_again(make()), found.version)
        return picture

    def _foresee(self, found: Shelved, as_of: datetime | None) -> Foreseen:
        part = len(self.catalogue.found) > 1

        def make() -> Foreseen:
            return gather_foreseen(self.ledger, self._know(found, as_of), part=part)

        foreseen: Foreseen = self.hold(("foreseen", as_of, part), make, (found.version, self.state[2:]))
        return foreseen
