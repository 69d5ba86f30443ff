"""The desk itself: what it holds is what weighing anew gives, and it notices whatever changes."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sayso.journey import know
from sayso.ledger import open_ledger
from sayso.serve.desk import Desk
from sayso.serve.desk.desks import MissingError


def test_a_picture_that_was_kept_is_that_which_is_made(desk: Desk) -> None:
    story = desk.stories()[0]
    claim = desk.ledger.readings()[0].claims[0]
    desk.ledger.judge("attribute", claim.id, by="ana", reason="heard it", value="Rosa Quispe")
    made = desk.picture(story.id)
    assert desk.cache is not None and list(desk.cache.rglob("*.bin"))
    again = Desk(desk.ledger, desk.cache).picture(story.id)
    assert again == made == know(desk.ledger.readings(), judgements=desk.ledger.judgements(standing=True))
    for path in desk.cache.rglob("*.bin"):
        path.write_bytes(path.read_bytes()[:100])
    assert Desk(desk.ledger, desk.cache).picture(story.id) == made


def test_what_another_program_adds_or_judges_is_noticed(desk: Desk, tmp_path: Path) -> None:
    before = desk.story(desk.stories()[0].id)
    with open_ledger(str(tmp_path / "desk.db")) as other:
        reading = other.readings()[0]
        later = replace(reading.report, id="late", digest="", published=reading.report.published + timedelta(days=900))
        other.add_reading(replace(reading, report=later, claims=()), extractor="x")
        assert len(desk.story(before.id).reports) == len(before.reports) + 1
        held = desk.picture(before.id)
        other.judge("retract", "late", by="bo", reason="no report")
        assert desk.story(before.id) == before
        assert len(desk.picture(before.id).readings) == len(held.readings) - 1


def test_a_story_keeps_its_old_address_when_an_older_report_comes(desk: Desk) -> None:
    story = desk.stories()[0]
    reading = desk.ledger.readings()[0]
    older = replace(reading.report, id="first", digest="", published=reading.report.published - timedelta(days=1))
    desk.ledger.add_reading(replace(reading, report=older, claims=()), extractor="x")
    assert desk.stories()[0].id != story.id
    assert desk.story(story.id) == desk.stories()[0]
    desk.ledger.judge("retract", "first", by="ana", reason="another story")
    desk.ledger.judge("retract", reading.report.id, by="ana", reason="another story")
    assert desk.story(story.id) == desk.stories()[0]
    assert len(desk.stories()[0].reports) == len(story.reports) - 1
    with pytest.raises(MissingError):
        desk.story("no such story at all")


def test_a_judgement_on_one_story_leaves_the_pictures_of_others(tmp_path: Path, kept: Path) -> None:
    path = shutil.copy(kept, tmp_path / "two.db")
    with open_ledger(str(path)) as ledger:
        reading = ledger.readings()[0]
        text = "Locusts came down on Vellmar and Krone, the farmers of Ekdahl said. " * 3
        other = replace(reading.report, id="other", digest="", title="Locusts in Vellmar", text=text)
        ledger.add_reading(replace(reading, report=other, claims=(), attributions=()), extractor="x")
    desk = Desk.open(str(path))
    one, two = desk.stories()
    pictures = desk.picture(one.id), desk.picture(two.id)
    desk.ledger.judge("name", two.reports[0], by="ana", reason="short", value="The locusts")
    assert desk.picture(one.id) is pictures[0]
    assert desk.story(two.id).name == "The locusts"
    desk.close()


def test_a_story_that_had_not_begun_has_no_reports(desk: Desk) -> None:
    story = desk.stories()[0]
    before = desk.story(story.id, datetime(1999, 1, 1, tzinfo=UTC))
    assert before.id == story.id and before.reports == () and before.earliest is None
