"""The stories of a desk as they stand, found by their id, by a report or by words of their name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sayso.errors import Error
from sayso.ids import make_id
from sayso.pictures import tell_version
from sayso.record import Story
from sayso.weigh.stories import pick_story


class MissingError(Error):
    """Something that is asked for by its id and is not there."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story, the digests of its reports in order, and its `version`: another one where anything that weighing it
    heeds is another. `base` is the part of that which judgements do not change."""

    story: Story
    digests: tuple[str, ...]
    base: str
    version: str = ""


@dataclass(slots=True)
class Catalogue:
    """The stories of a ledger in one `state`, the largest first."""

    state: tuple[int, ...]
    found: list[Shelved]
    places: dict[str, int]
    reports: dict[str, int]
    former: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        state: tuple[int, ...],
        found: Sequence[Shelved],
        judged: Iterable[tuple[str, frozenset[str]]],
        before: Catalogue | None = None,
    ) -> Catalogue:
        """The catalogue of some stories with the judgements that stand: the id of each, and the digests of the reports
        that it is about; none of one that all stories heed. A story is also found by the id that it had `before`."""
        reports = {digest: place for place, one in enumerate(found) for digest in one.digests}
        common: list[str] = []
        own: dict[int, list[str]] = {}
        for id, digests in judged:
            for place in {reports[digest] for digest in digests if digest in reports}:
                own.setdefault(place, []).append(id)
            if not digests:
                common.append(id)
        versions = [tell_version(one.base, common, own.get(place, [])) for place, one in enumerate(found)]
        named = [replace(one, version=version) for one, version in zip(found, versions, strict=True)]
        places = {one.story.id: place for place, one in enumerate(found)}
        if before is not None:
            for id, place in before.places.items():
                still = (reports[digest] for digest in before.found[place].digests if digest in reports)
                if id not in places and (now := next(still, None)) is not None:
                    places[id] = now
        return cls(state, named, places, reports)

    def find(self, name: str) -> Shelved:
        """A story by its id, that which it had when another report was its first, the digest or id of a report or words
        of its name. Raises `MissingError`."""
        place = self.places.get(name, self.reports.get(name))
        if place is None:
            # An id comes from the first report: one that came late and is older gives the story another.
            self.former = self.former or {make_id("story", digest): n for digest, n in self.reports.items()}
            place = self.former.get(name)
        if place is None:
            try:
                place = pick_story([one.story for one in self.found], name)
            except Error as error:
                raise MissingError(str(error)) from None
        return self.found[place]
