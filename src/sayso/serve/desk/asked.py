"""A desk asked as a program asks: the views, brief and journeys that `sayso.open` gives, of the desk's pictures."""

from __future__ import annotations

from dataclasses import replace

from sayso.api.foreseen import gather_foreseen
from sayso.api.ledgers import find_words
from sayso.api.narrowings import Moment, Narrowed, read_moment
from sayso.api.views import Views
from sayso.errors import Error
from sayso.journey import know_ledger
from sayso.record import Picture
from sayso.serve.desk.desks import Desk
from sayso.tell.foreseen import Foreseen

MOST_AT_ONCE = 3_000
"""Reports that are weighed in one go for a view that names no story: some tens of seconds."""


class DeskViews(Views):
    """What can be asked of a desk, with the methods and rows of `sayso.open`; all raise `Error`, and can be called from
    any thread."""

    def __init__(self, desk: Desk) -> None:
        """Ask a desk."""
        self.desk = desk

    def _weigh(self, narrowed: Narrowed) -> Picture:
        desk = self.desk
        if narrowed.story:  # By one name, so that what was reckoned is found again; and so that a wrong one is missing.
            narrowed = replace(narrowed, story=desk.find(narrowed.story).story.id)
        if narrowed.story and not (narrowed.held_at or narrowed.about):
            return desk.picture(narrowed.story, narrowed.as_of)

        whole = len(desk.catalogue.reports)
        if not (narrowed.story or narrowed.about) and whole > MOST_AT_ONCE:
            raise Error(f"there are {whole:,} reports: name the story, or some words that they are about")

        def make() -> Picture:
            about = find_words(narrowed.about)
            return know_ledger(desk.ledger, narrowed.as_of, narrowed.held_at, about, narrowed.story, desk.cache)

        picture: Picture = desk.hold(("asked", narrowed), make)
        return picture

    def _weigh_before(self, since: Moment, narrowed: Narrowed) -> Picture:
        # A story's name may be another, or none yet, at the earlier moment: its reports are those of now.
        moment = read_moment(since, begin=True)
        if narrowed.story and moment and not (narrowed.held_at or narrowed.about):
            return self.desk.picture_before(narrowed.story, moment)
        return super()._weigh_before(since, narrowed)

    def _list_stories(self, narrowed: Narrowed) -> Picture:
        if narrowed.about or narrowed.story or narrowed.held_at:
            return self._weigh(narrowed)
        stories = self.desk.stories(narrowed.as_of)
        return Picture(readings=(), stories=tuple(stories), as_of=narrowed.as_of)

    def _foresee(self, picture: Picture, narrowed: Narrowed) -> Foreseen:
        part = bool(narrowed.about or narrowed.story)
        return gather_foreseen(self.desk.ledger, picture, narrowed.held_at, part=part)
