"""A sink holds each reading once, goes on where it was stopped, and gives a ledger what reading would have given it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.extract import VERSION, read_report
from sayso.journey import Added, add_all, add_items, read_all
from sayso.ledger import RefusedReportError, open_ledger
from sayso.read.reports import Facts, make_report
from sayso.record import Problem, Raw, Reading
from sayso.share import sinks
from sayso.share.sinks import ParquetSink, Read, Seen, add_sink, is_sink, read_sink

pytest.importorskip("pyarrow", reason="no pyarrow: pip install 'sayso[ray]'")

RUNNER = CliRunner()
LINES = "".join(
    f'{{"id": "r{n}", "outlet": "The Sluice", "published": "2031-04-{n % 28 + 1:02}", '
    f'"text": "About {n + 10} barges are stuck at Tolna, the lock keeper, Ines Varga, said."}}\n'
    for n in range(12)
)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text(LINES, encoding="utf8")
    return path


@pytest.fixture
def sink(lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sink of those reports, in several batches."""
    monkeypatch.setattr(sinks, "MOST_ROWS", 5)
    folder = tmp_path / "sink"
    with ParquetSink(folder) as kept:
        assert add_all(kept, [str(lines)]).new == 12
    assert len(list(folder.glob("readings-*.parquet"))) == 3
    return folder


def say(*words: object) -> Any:
    return RUNNER.invoke(app, [str(word) for word in words])


def test_a_ledger_gets_from_it_what_reading_would_give(sink: Path, lines: Path, tmp_path: Path) -> None:
    read, put = str(tmp_path / "read.db"), str(tmp_path / "put.db")
    assert say("add", lines, "--ledger", read).exit_code == 0
    result = say("add", sink, "--ledger", put)
    assert (result.exit_code, result.stderr) == (0, "sayso: 12 new, 0 known before, 0 failed\n")
    assert "12 known before" in say("add", sink, "--ledger", put).stderr
    assert "the ledger is whole" in say("verify", "--ledger", put).stderr
    with open_ledger(read) as one, open_ledger(put) as other:
        assert repr(one.readings()) == repr(other.readings())
        assert one.count() == other.count()
    for view in ("points", "origins"):
        views = [say(view, "--ledger", path, "--format", "json").stdout for path in (read, put)]
        assert views[0] == views[1] and len(views[0]) > 100


def test_what_is_in_it_is_not_read_again(sink: Path, lines: Path) -> None:
    before = {path.name: path.read_bytes() for path in sink.iterdir()}
    result = say("add", lines, "--sink", sink)
    assert "0 new, 12 known before" in result.stderr
    assert {path.name: path.read_bytes() for path in sink.iterdir()} == before


def test_a_run_that_is_killed_goes_on_from_its_last_batch(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sinks, "MOST_ROWS", 5)
    folder = tmp_path / "sink"
    stopped = ParquetSink(folder)
    for number, item in enumerate(item for item in read_all([str(lines)]) if isinstance(item, Reading)):
        if number < 8:
            stopped.add_reading(item, extractor=VERSION)
    (folder / ".sayso-half").write_bytes(b"PAR1 half")  # It was killed here: its last batch is half a file.
    with ParquetSink(folder) as kept:
        added = add_all(kept, [str(lines)])
    assert (added.new, added.known) == (7, 5)
    assert sorted(item.reading.report.id for item in read_sink(folder) if isinstance(item, Read)) == sorted(
        f"r{n}" for n in range(12)
    )


def test_the_same_report_twice_is_kept_once_and_in_two_files_given_once(tmp_path: Path) -> None:
    report = make_report("Nine barges are stuck, the lock keeper said.", Facts(id="a"))
    for name in ("one", "two"):
        with ParquetSink(tmp_path / name) as kept:
            added = add_items(kept, [report, report, make_report(f"The {name} lock is shut.", Facts(id=name))])
            assert (added.new, added.known) == (2, 1)
    for path in (tmp_path / "two").iterdir():  # As two runs at once would leave them.
        path.rename(tmp_path / "one" / path.name)
    found = [item.reading.report.id for item in read_sink(tmp_path / "one") if isinstance(item, Read)]
    assert sorted(found) == ["a", "one", "two"]


def test_half_a_character_is_refused_and_the_rest_is_kept(tmp_path: Path) -> None:
    reading = read_report(make_report("Nine barges are stuck.", Facts(id="a")))
    broken = replace(reading, report=replace(reading.report, title="\ud83d"))
    with ParquetSink(tmp_path) as kept:
        with pytest.raises(RefusedReportError):
            kept.add_reading(broken, extractor=VERSION)
        assert kept.add_reading(reading, extractor=VERSION)
        assert not kept.add_reading(reading, extractor=VERSION)


def test_every_change_of_a_file_is_noticed(sink: Path, tmp_path: Path) -> None:
    """Bytes are changed anywhere: nothing is taken that was not read so, and nothing else than `Error` is raised."""
    whole = {repr(item) for item in read_sink(sink)}
    rng = random.Random(7)
    noticed = 0
    for _ in range(60):
        path = rng.choice(sorted(sink.iterdir()))
        before = path.read_bytes()
        at = rng.randrange(len(before))
        path.write_bytes(before[:at] + bytes([before[at] ^ 1 << rng.randrange(8)]) + before[at + 1 :])
        found = list(read_sink(sink))
        good = {repr(item) for item in found if not isinstance(item, Problem)}
        assert good <= whole
        found_problem = any(isinstance(item, Problem) for item in found)
        noticed += found_problem
        assert found_problem or good == whole
        path.write_bytes(before)
    assert noticed > 10


def test_foreign_files_are_named_and_nothing_is_overwritten(tmp_path: Path, lines: Path) -> None:
    (tmp_path / "s").mkdir()
    foreign = tmp_path / "s" / "readings-mine.parquet"
    foreign.write_bytes(b"my own notes")
    result = say("add", lines, "--sink", tmp_path / "s")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1) and str(foreign) in result.stderr
    assert foreign.read_bytes() == b"my own notes"
    assert say("add", lines, "--sink", lines).exit_code == 2
    assert say("add", lines, "--sink", tmp_path / "x", "--ledger", tmp_path / "y").exit_code == 2


def test_a_folder_that_holds_reports_too_is_no_sink(sink: Path) -> None:
    assert is_sink(str(sink)) and not is_sink(str(sink.parent)) and not is_sink("\0") and not is_sink("none")
    (sink / "note.txt").write_text("The lock is open again, the keeper said.")
    assert not is_sink(str(sink))


def test_a_ledger_counts_what_a_sink_cannot_give(sink: Path, tmp_path: Path) -> None:
    path = next(sink.glob("readings-*.parquet"))
    path.write_bytes(path.read_bytes()[:100])
    added = Added()
    with open_ledger(str(tmp_path / "l.db")) as ledger:
        add_sink(ledger, sink, added)
        assert added.new == ledger.count()["reports"] < 12
    assert [str(path) in problem.message for problem in added.problems] == [True]


def test_more_keys_are_seen_than_are_held() -> None:
    seen = Seen()
    keys = [f"{n:016x}" for n in range(2000)]
    assert all(seen.add(key) for key in keys) and not any(seen.add(key) for key in keys)
    assert all(key in seen for key in keys) and "another" not in seen
    seen.close()


def test_raws_are_kept_with_their_bytes(sink: Path) -> None:
    raws = [item for item in read_sink(sink) if isinstance(item, Raw)]
    assert b"".join(sorted(raw.content + b"\n" for raw in raws)) == b"".join(sorted(LINES.encode().splitlines(True)))
