"""What servers answered is kept as it came, and a crash costs no whole record."""

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from sayso.errors import Error
from sayso.read import read_inputs
from sayso.read.fetches import Answer
from sayso.record import Report
from sayso.watch.captures import Captures

PAGE = (
    b"<html><head><title>Dam</title></head><body><article><h1>Dam gives way</h1><p>The dam at Ostrow gave way at noon, "
    b"the mayor said. Nine people are missing, and the road to the town is shut until further notice.</p></article>"
)


def answer(number: int, page: bytes = PAGE) -> Answer:
    return Answer(
        url=f"https://post.example/{number}?a=1",
        status=200,
        reason="OK",
        sent=(("Host", "post.example"),),
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        content=page,
        packed=gzip.compress(page),
        media_type="text/html",
        charset="utf-8",
    )


def start(folder: Path, **options: int) -> Captures:
    return Captures(folder, lambda: datetime(2031, 5, 1, 9, tzinfo=UTC), **options)


def test_an_answer_comes_back(tmp_path: Path) -> None:
    captures = start(tmp_path / "made")
    places = [captures.keep(answer(n)) for n in range(3)]
    back = start(tmp_path / "made").load(places[1])
    assert back is not None
    kept, dated = back
    assert (kept.url, kept.content, kept.charset) == ("https://post.example/1?a=1", PAGE, "utf-8")
    assert dated == datetime(2031, 5, 1, 9, tzinfo=UTC)


def test_an_archive_is_one_of_the_standard(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start(tmp_path).keep(answer(1))
    (path,) = tmp_path.iterdir()
    with path.open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds == ["warcinfo", "response", "request"]
    checker = Checker(type("Options", (), {"verbose": False, "inputs": [str(path)]})())
    checker.process_all()
    assert checker.exit_value == 0
    (report,) = [item for item in read_inputs([str(path)]) if isinstance(item, Report)]
    assert report.url == "https://post.example/1?a=1" and "gave way at noon" in report.text


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_torn_record_is_taken_off_and_the_whole_ones_stay(tmp_path: Path, cut: int) -> None:
    captures = start(tmp_path)
    first = captures.keep(answer(1))
    (path,) = tmp_path.iterdir()
    captures.keep(answer(2))
    os.truncate(path, path.stat().st_size - cut)
    again = start(tmp_path)
    assert again.heal() > 0
    third = again.keep(answer(3))
    assert [back[0].url[-5] for p in (first, third) if (back := again.load(p))] == ["1", "3"]
    with path.open("rb") as file:
        assert all(record.content_stream().read() is not None for record in ArchiveIterator(file))


def test_archives_are_rotated(tmp_path: Path) -> None:
    captures = start(tmp_path, most_bytes=1500)
    places = [captures.keep(answer(n)) for n in range(4)]
    assert len(list(tmp_path.iterdir())) > 1
    assert all(captures.load(place) for place in places)


@pytest.mark.parametrize(
    "place", ["", "sayso-000009-x.warc.gz:0", "../../etc/passwd:0", "sayso-000001-x.warc.gz:99999"]
)
def test_what_is_not_there_is_none(tmp_path: Path, place: str) -> None:
    start(tmp_path).keep(answer(1))
    assert start(tmp_path).load(place) is None


def test_a_full_disk_leaves_no_half_of_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    captures = start(tmp_path)
    captures.keep(answer(1))
    (path,) = tmp_path.iterdir()
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Error, match="No space"):
        captures.keep(answer(2))
    assert path.read_bytes() == before
