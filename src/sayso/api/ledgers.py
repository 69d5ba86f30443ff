"""Where reports are: in a ledger that is open, or read for once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from sayso.api.gazetteers import find_gazetteer
from sayso.api.narrowings import Moment, Narrowed, read_moment
from sayso.api.texts import CheckedText, Facts, ReadText, Text, keep_bytes, read_text
from sayso.api.views import Views
from sayso.errors import Error
from sayso.record import Picture, Problem, Reading
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.engines import Item
    from sayso.journey import Added
    from sayso.ledger import Ledger, Search
    from sayso.tell.foreseen import Foreseen

MOST_KEPT = 8
"""Pictures kept of a ledger that is open: of one moment and story each."""


class Reports(Views):
    """Reports that were read for once and are kept nowhere; `problems` says what could not be read.

    `about` and `held_at` ask a ledger and are refused here.
    """

    def __init__(self, readings: Iterable[Reading], problems: Iterable[Problem] = ()) -> None:
        """Hold what was read, and what went wrong."""
        self.readings = tuple(readings)
        self.problems = tuple(problems)
        self._pictures: dict[Narrowed, Picture] = {}

    def __repr__(self) -> str:
        """How many reports there are."""
        return f"<{len(self.readings)} reports, {len(self.problems)} problems>"

    def _weigh(self, narrowed: Narrowed) -> Picture:
        from sayso.journey import know

        if narrowed.about or narrowed.held_at:
            raise Error("about and held_at ask a ledger: leave them out where reports are named")
        if narrowed not in self._pictures:
            self._pictures[narrowed] = know(self.readings, narrowed.as_of, story=narrowed.story, adviser=self.adviser)
        return self._pictures[narrowed]


class OpenLedger(Views):
    """A ledger that is open; `sayso.open` opens one. What is added stays, and is never changed or deleted.

    Close it by `with` or `close()`.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Hold an open ledger."""
        self._ledger: Ledger | None = ledger
        self._pictures: dict[tuple[Narrowed, tuple[int, ...]], Picture] = {}

    def __enter__(self) -> Self:
        """The open ledger itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    @property
    def ledger(self) -> Ledger:
        """The ledger itself, for judgements and assessments. Raises `Error` once it is closed."""
        if self._ledger is None:
            raise Error("the ledger is closed: open it again")
        return self._ledger

    def close(self) -> None:
        """Let go of the file or the server; a second time does nothing."""
        if self._ledger is not None:
            self._ledger.close()
        self._ledger = None

    def __repr__(self) -> str:
        """What the ledger is called and how much it holds."""
        if self._ledger is None:
            return "<a closed ledger>"
        return f"<ledger {self.ledger.name}: {self.ledger.count()['reports']} reports>"

    def add(
        self,
        *inputs: str | os.PathLike[str] | ReadText,
        workers: int = 1,
        columns: Mapping[str, str] | None = None,
        allow_private: bool = False,
    ) -> Added:
        """Read reports and keep them; adding twice adds nothing. Gives how many were `new` and `known`, and `problems`.

        An input is a file, a folder, a web address, or a text that `sayso.read` has read. What cannot be read is a
        problem, and the rest is kept. `workers` is how many processes read: more than one only in a program that
        guards its start by `if __name__ == "__main__"`. `columns` names those of tables that are not to be guessed, by
        what they hold: `{"text": "Hit Sentence"}`. Addresses in private networks are refused unless `allow_private`.
        """
        from sayso.extract import name_extractor
        from sayso.journey import add_all, keep_all

        gazetteer = find_gazetteer()
        names = [os.fspath(item) for item in inputs if not isinstance(item, ReadText)]
        texts = [item for item in inputs if isinstance(item, ReadText)]
        added = add_all(
            self.ledger,
            names,
            workers=workers,
            gazetteer=gazetteer,
            allow_private=allow_private,
            columns=name_columns(columns),
        )
        keep_all(self.ledger, list_items(texts), name_extractor(gazetteer), added)
        return added

    def check(self, text: Text, *, as_of: Moment = None, **facts: Unpack[Facts]) -> CheckedText:
        """Check a text against the ledger: what is contradicted, outdated, misattributed or impossible, and what stands
        on how many origins.

        `text` and `facts` are as in `sayso.read`. With `as_of` it is judged by what was known then.
        """
        from sayso.journey import check

        article = read_text(text, **facts).reading
        return CheckedText(next(iter(check(self.ledger, [article], read_moment(as_of)))))

    def verify(self) -> list[Problem]:
        """Check every id, hash and span again; no problem means that the ledger is whole."""
        return list(self.ledger.verify())

    def evidence(
        self, what: str, path: str | os.PathLike[str], *, format: str = "", by: str = "", at: Moment = None
    ) -> str:
        """Write all that is kept of a claim, a report or a story as a package that others can check, and give its root
        hash. `format` is wacz, bagit (a folder) or zip; unless given, what the name ends in, else bagit. `by` is who
        packs it, `at` the time that it bears (now). Raises `Error`, and OSError where it cannot be written."""
        from sayso.share.evidence.contents import pack_evidence
        from sayso.share.evidence.writings import FORMATS, choose_format, write_package

        place, made = Path(path), read_moment(at, begin=True) or datetime.now(UTC)
        chosen = choose_format(format, place)
        if chosen not in FORMATS:
            raise Error(f"{chosen!r} is none of {', '.join(FORMATS)}")
        contents = pack_evidence(self.ledger, what, made=made, by=by, cache=read_settings().cache)
        write_package(place, chosen, contents)
        return contents.root

    def _weigh(self, narrowed: Narrowed) -> Picture:
        from sayso.journey import know_ledger

        # A ledger is append-only, so that as many rows are the same rows: other programs may add to it meanwhile.
        key = narrowed, self.ledger.state()
        if key not in self._pictures:
            if len(self._pictures) >= MOST_KEPT:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[key] = know_ledger(
                self.ledger,
                narrowed.as_of,
                narrowed.held_at,
                find_words(narrowed.about),
                narrowed.story,
                read_settings().cache,
                self.adviser,
            )
        return self._pictures[key]

    def _list_stories(self, narrowed: Narrowed) -> Picture:
        if narrowed.about or narrowed.story:
            return self._weigh(narrowed)
        from sayso.shelves import shelve

        moment, held = narrowed.as_of, narrowed.held_at
        judged = self.ledger.judgements(moment, entered_by=held, standing=True)
        stories = shelve(self.ledger, read_settings().cache, moment, held, judged)
        return Picture(readings=(), stories=tuple(story for story, _ in stories), as_of=moment)

    def _foresee(self, picture: Picture, narrowed: Narrowed) -> Foreseen | None:
        from sayso.api.foreseen import gather_foreseen

        return gather_foreseen(self.ledger, picture, narrowed.held_at, part=bool(narrowed.about or narrowed.story))


def open_ledger(ledger: str | os.PathLike[str] | None = None, *, create: bool = True) -> OpenLedger:
    """Open a ledger: a file, which is made where there is none unless `create` is False, or a database URL.

    Without one, that of the commands: `$SAYSO_LEDGER`, else `sayso.db` in the working folder. What is judged in it by a
    name that has a key here is signed by it. Raises `Error`.
    """
    from sayso.keyrings import Keyring
    from sayso.ledger import open_ledger

    settings = read_settings()
    where = os.fspath(ledger) if ledger is not None else settings.ledger
    if "\0" in where:
        raise Error(f"{where!r}: no file has such a name")
    return OpenLedger(open_ledger(where, create=create, find_signer=Keyring(settings.keys).find))


def look(
    *inputs: str | os.PathLike[str],
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> Reports:
    """Read reports to look at them once: files, folders or web addresses, kept nowhere. What cannot be read is in
    `problems`. The options are those of `OpenLedger.add`."""
    from sayso.journey import read_all

    names = [os.fspath(name) for name in inputs]
    items: list[Item] = list(
        read_all(
            names,
            workers=workers,
            gazetteer=find_gazetteer(),
            allow_private=allow_private,
            columns=name_columns(columns),
        )
    )
    readings = (item for item in items if isinstance(item, Reading))
    return Reports(readings, (item for item in items if isinstance(item, Problem)))


def find_words(about: str) -> Search | None:
    """The search that some words ask for. Raises `Error` where there is no word among them."""
    if not about:
        return None
    from sayso.ledger import parse_search

    try:
        return parse_search(about)
    except ValueError as error:
        raise Error(str(error)) from None


def name_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """The columns of tables that are named, by the fields that they hold. Raises `Error` for a field that is none."""
    from sayso.read.columns import FIELDS

    for field in columns or {}:
        if field not in FIELDS:
            raise Error(f"{field!r} is no field of a report: name one of {', '.join(FIELDS)}")
    return dict(columns or {})


def list_items(texts: Iterable[ReadText]) -> Iterable[Item]:
    """The bytes and the reading of each text."""
    for text in texts:
        if text.reading.report.raw == (raw := keep_bytes(text.text)).sha256:
            yield raw
        yield text.reading
