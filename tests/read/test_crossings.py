"""What comes back from a child is what is read here, and what breaks it costs one line."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from sayso.read import crossings, read_inputs
from sayso.read.children import CHILDREN, BrokenOffError
from sayso.read.crossings import Told, receive
from sayso.read.errands import tell
from sayso.read.limits import Bounds
from sayso.read.openings import Source
from sayso.read.passings import Item, Passed
from sayso.read.readers import PLAIN_BYTES, Options, read_source
from sayso.read.rows import SHORT_LINE
from sayso.record import Problem, Raw, Report

TEXT = "The dam above the town gave way on Friday, the governor said. "
PAGE = f"<html><head><title>Dam</title></head><body><article><h1>Dam</h1><p>{TEXT * 6}</p></article></body></html>"
LETTER = f"From: Desk <desk@echo.example>\nDate: Fri, 3 May 2030 08:00:00 +0530\nSubject: Dam\n\n{TEXT}\n"
ITEM = f"<item><title>Dam</title><description>{TEXT}</description></item>"
RSS = f"<rss version='2.0'><channel><title>Echo</title>{ITEM}</channel></rss>"


def make_zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def read(name: str, content: bytes, apart: bool = True) -> list[Item | Passed]:
    return list(read_source(Source(name=name, chunks=iter([content])), Options(apart=apart)))


@pytest.fixture
def narrow() -> Iterator[None]:
    CHILDREN.bounds = Bounds(memory=120, seconds=2)
    yield
    CHILDREN.bounds = None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", PAGE.encode()),
        ("page.html.gz", gzip.compress(PAGE.encode())),
        ("letter.eml", LETTER.encode()),
        ("feed.rss", RSS.encode()),
        (
            "all.zip",
            make_zip(**{"a.html": PAGE.encode(), "b.eml": LETTER.encode(), "c.zip": make_zip(d=TEXT.encode())}),
        ),
        ("long.txt", (TEXT * (PLAIN_BYTES // len(TEXT) + 1)).encode()),
        ("old.txt", "Die Brücke stürzte am Freitag ein, sagte die Bürgermeisterin.".encode("latin-1")),
        ("long.jsonl", json.dumps({"text": TEXT * (SHORT_LINE // len(TEXT) + 1), "outlet": "Echo"}).encode()),
        ("broken.json", b'[{"text": "a'),
        ("broken.pdf", b"%PDF-1.4 nothing"),
        ("none.jsonl", b'{"text": "a", "b": "' + b"x" * SHORT_LINE + b"\n"),
    ],
)
def test_what_a_child_reads_is_what_is_read_here(name: str, content: bytes) -> None:
    here = read(name, content, apart=False)
    assert read(name, content) == here
    assert here


def test_the_zone_and_what_is_no_unicode_come_through(tmp_path: Path) -> None:
    report = Report(id="a", text="b", published=datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=5, seconds=28))))
    (told,) = receive(iter([tell(report, "")]), "", BytesIO())
    assert isinstance(told, Report) and told == report
    assert told.published and told.published.utcoffset() == timedelta(hours=5, seconds=28)
    (problem,) = receive(iter([tell(Problem(step="s", message="a\ud800b"), "")]), "", BytesIO())
    assert isinstance(problem, Problem) and problem.message == "a\ufffdb"
    place = tmp_path / "\udcff.html"
    place.write_bytes(PAGE.encode())
    assert any(isinstance(item, Report) for item in read_inputs([str(place)]))


def test_a_child_that_lies_is_not_believed() -> None:
    early = Report(id="a", text="b", published=datetime(1, 1, 1, tzinfo=UTC))
    lies = (b"", b"\xc1", msgspec.msgpack.encode(Told()), msgspec.msgpack.encode([1]))
    overflow = msgspec.msgpack.encode(Told(report=early, zone=-80_000.0))
    for words in (*lies, overflow, msgspec.msgpack.encode(Told(report=early, zone=1e300))):
        with pytest.raises(BrokenOffError, match="no report"):
            list(receive(iter([words]), "", BytesIO()))


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("objects.json", b"[" + b'{"a":{}},' * 600_000 + b"{}]", "MB of memory"),
        ("line.jsonl", b'{"text": "It rained.", "a": [' + b"{}," * 1_500_000 + b"{}]}\n", "MB of memory"),
        ("one.docx", make_zip(**{"word/document.xml": b"<a/>" * 4_000_000}), "Word document"),
    ],
)
def test_a_limit_that_is_hit_is_one_line_and_the_next_is_read(name: str, content: bytes, said: str) -> None:
    (problem,) = read(name, content)
    assert isinstance(problem, Problem) and said in problem.message and problem.input.startswith(name)
    assert any(isinstance(item, Report) for item in read("page.html", PAGE.encode()))


@pytest.mark.usefixtures("narrow")
def test_a_file_of_an_archive_that_breaks_a_child_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = b"[" + b'{"a":{}},' * 600_000 + b"{}]"
    bag = make_zip(
        a=TEXT.encode(), **{"in.zip": make_zip(**{"x.txt": TEXT.encode(), "b.json": bomb, "y.txt": TEXT.encode()})}
    )
    bag = make_zip(**{"1.txt": TEXT.encode(), "2.json": bomb, "3.zip": bag, "4.html": PAGE.encode()})
    items = read("bag.zip", bag)
    names = [item.name for item in items if isinstance(item, Raw)]
    assert names == ["bag.zip/1.txt", "bag.zip/3.zip/in.zip/x.txt", "bag.zip/3.zip/in.zip/y.txt", "bag.zip/4.html"]
    problems = [item for item in items if isinstance(item, Problem)]
    assert [problem.input for problem in problems] == ["bag.zip/2.json", "bag.zip/3.zip/in.zip/b.json"]
    monkeypatch.setattr(crossings, "MOST_BROKEN", 1)
    *_, last = read("bag.zip", bag)
    assert isinstance(last, Problem) and "the rest of it is left" in last.message


def test_plain_text_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CHILDREN, "ask", None)
    assert any(isinstance(item, Report) for item in read("a.md", f"---\noutlet: Echo\n---\n{TEXT}".encode()))
    assert any(isinstance(item, Report) for item in read("a.jsonl", json.dumps({"text": TEXT}).encode()))
