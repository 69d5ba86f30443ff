"""A ledger of a made-up fire, and packages of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fires import FIRST, MADE, NOTE, PAGES, capture, fetch, find_story, tell_collection

from sayso.journey import add_all
from sayso.ledger import Ledger, open_ledger
from sayso.share.captures.captures import keep_captures
from sayso.share.evidence.contents import Contents, gather_contents
from sayso.share.evidence.selections import select_evidence
from sayso.share.evidence.writings import write_package


@pytest.fixture(scope="session")
def fire(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The ledger, with a picture of the first page and two judgements."""
    folder = tmp_path_factory.mktemp("fire")
    note = folder / "home of ana" / "note.md"
    note.parent.mkdir()
    note.write_text(NOTE)
    with open_ledger(str(folder / "fire.db"), clock=tell_collection) as ledger:
        added = add_all(ledger, [*PAGES, str(note)], fetch=fetch, clock=tell_collection)
        assert (added.new, added.problems) == (3, [])
        raw = hashlib.sha256(PAGES[FIRST].encode()).hexdigest()
        assert keep_captures(ledger, [(FIRST, raw)], by="ana", tool="sayso 9", capture=capture) == []
        ledger.judge("retract", "note-1", by="ana", reason="the nurse took it back")
        ledger.restore("note-1", by="ana", reason="she stands by it after all")
        yield ledger


@pytest.fixture(scope="session")
def contents(fire: Ledger) -> Contents:
    """What a package of the note holds."""
    return gather_contents(fire, select_evidence(fire, "note-1"), made=MADE, by="ana", tool="sayso 9")


@pytest.fixture(scope="session")
def story(fire: Ledger) -> Contents:
    """What a package of the whole story holds."""
    story = find_story(fire)
    return gather_contents(fire, select_evidence(fire, story), made=MADE, by="ana", tool="sayso 9")


@pytest.fixture(scope="session")
def packages(story: Contents, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A package of the story in each format."""
    folder = tmp_path_factory.mktemp("packages")
    places = {"bagit": folder / "story", "zip": folder / "story.zip", "wacz": folder / "story.wacz"}
    for format, place in places.items():
        write_package(place, format, story)
    return places
