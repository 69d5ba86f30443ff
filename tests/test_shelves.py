"""Stories kept between runs: always those that a look at the whole ledger gives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.forms import to_json
from sayso.journey import know_ledger
from sayso.ledger import open_ledger
from sayso.record import Reading, Report
from sayso.shelves import MOST_COPIES, Shelves, find_reports, shelve
from sayso.weigh.stories import UnknownStoryError, find_stories

START = datetime(2025, 3, 1, tzinfo=UTC)
TOWNS = ("Olmedo", "Carrizal", "Vellmar", "Krone", "Ekdahl", "Rocha", "Tavira", "Senn")


def make_reading(number: int, hours: int, towns: tuple[str, ...]) -> Reading:
    text = f"Report {number}: it was told in " + ", then in ".join(towns) + "."
    published = START + timedelta(hours=hours) if hours < 40 else None
    return Reading(report=Report(id=f"r{number}", text=text, title=f"News {number}", published=published))


ROWS = st.lists(
    st.tuples(st.integers(0, 45), st.lists(st.sampled_from(TOWNS), min_size=1, max_size=4, unique=True).map(tuple)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, cuts=st.lists(st.integers(0, 12), max_size=3))
def test_what_is_kept_is_what_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, tuple[str, ...]]], cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    readings = [make_reading(n, *row) for n, row in enumerate(rows)]
    with open_ledger(str(folder / "l.db")) as ledger:
        for n, reading in enumerate(readings):
            ledger.add_reading(reading, extractor="x")
            if n in cuts:
                shelve(ledger, folder)
        kept, anew = shelve(ledger, folder), shelve(ledger, None)
        assert kept == anew == shelve(ledger, folder)
        assert [story for story, _ in kept] == find_stories(ledger.readings())
        early = START + timedelta(hours=20)
        assert shelve(ledger, folder, early) == shelve(ledger, None, early)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, moves=st.lists(st.tuples(st.sampled_from(("retract", "merge", "split", "name")), st.integers(0, 11))))
def test_what_is_held_is_what_is_made_anew(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, tuple[str, ...]]], moves: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("held")
    with open_ledger(str(folder / "l.db")) as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.shelves.STEPS", (1, 3, 6))
        patch.setattr("sayso.shelves.APART", 1)
        patch.setattr("sayso.shelves.MOST_COPIES", 2)
        held = Shelves(ledger, folder)
        for n, row in enumerate(rows):
            ledger.add_reading(make_reading(n, *row), extractor="x")
            for kind, at in moves:
                if at == n:
                    other = f"r{n - 1}" if kind in ("merge", "split") and n else ""
                    if other or kind in ("retract", "name"):
                        value = "The valley" if kind == "name" else ""
                        ledger.judge(kind, f"r{n}", by="ana", reason="seen", other=other, value=value)
            judged = ledger.judgements(standing=True)
            assert held.refresh() == shelve(ledger, None, judgements=judged)
        assert Shelves(ledger, folder).refresh() == held.refresh()


def test_late_reports_leave_few_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.shelves.STEPS", (2, 5))
    monkeypatch.setattr("sayso.shelves.APART", 1)
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        held = Shelves(ledger)
        for n in range(40):  # Each third comes late.
            ledger.add_reading(make_reading(n, n if n % 3 else max(0, n - 3), TOWNS[n % 5 : n % 5 + 2]), extractor="x")
            assert held.refresh() == shelve(ledger, None)
        assert 1 < len(held._copies) <= MOST_COPIES + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        for n, towns in enumerate((TOWNS[:3], TOWNS[4:7], TOWNS[:3])):
            ledger.add_reading(make_reading(n, n, towns), extractor="x")
    return tmp_path


def test_a_story_is_named_by_its_id_a_report_or_words(folder: Path) -> None:
    with open_ledger(str(folder / "l.db")) as ledger:
        (first, digests), (second, _) = shelve(ledger, folder)
        assert set(first.reports) == {"r0", "r2"}
        for wanted in (first.id, first.id[:6], "r2", "r0"):
            assert find_reports(ledger, folder, wanted) == digests
        assert len(know_ledger(ledger, story=second.name, cache=folder).readings) == 1
        with pytest.raises(UnknownStoryError, match="several"):
            find_reports(ledger, folder, "news")
        with pytest.raises(UnknownStoryError, match="no story"):
            find_reports(ledger, folder, "weather")


@pytest.mark.parametrize("body", [b"", b"\x00nonsense", b"\x85\xa7version\x01"])
def test_a_broken_file_is_made_anew(folder: Path, body: bytes) -> None:
    with open_ledger(str(folder / "l.db")) as ledger:
        right = shelve(ledger, folder)
        (path,) = folder.glob("stories-*.msgpack")
        path.write_bytes(body)
        assert shelve(ledger, folder) == right


def test_a_retracted_report_is_of_no_story(folder: Path) -> None:
    with open_ledger(str(folder / "l.db")) as ledger:
        shelve(ledger, folder)
        ledger.retract("r2", by="A", reason="withdrawn")
        assert all("r2" not in story.reports for story, _ in shelve(ledger, folder))
        ledger.judge("merge", "r0", other="r1", by="A", reason="one matter")
        judged = ledger.judgements(standing=True)
        assert [set(s.reports) for s, _ in shelve(ledger, folder, judgements=judged)] == [{"r0", "r1"}]


def test_a_folder_that_cannot_be_written_to_is_no_error(folder: Path) -> None:
    with open_ledger(str(folder / "l.db")) as ledger:
        assert shelve(ledger, folder / "l.db" / "inside") == shelve(ledger, None)


def test_a_story_is_told_alike_whether_it_was_kept_or_is_new(tmp_path: Path) -> None:
    west = timezone(timedelta(hours=-4))
    report = Report(id="r", text="It was told in Krone.", title="News", published=START.astimezone(west))
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        ledger.add_reading(Reading(report=report), extractor="x")
        told = [to_json(shelve(ledger, tmp_path)[0][0]) for _ in range(2)]
    assert told[0] == told[1] and told[0]["earliest"] == "2025-03-01T00:00:00Z"
