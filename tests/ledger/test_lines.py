"""A ledger as JSON Lines, and back; what strangers may have written in them."""

import gzip
import json

import pytest
from floods import ONE, TWO, make_raw, make_report, open_empty, read_story
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import LedgerError
from sayso.ledger.entries import Entry, list_entries
from sayso.ledger.lines import is_lines, read_line, read_lines, write_lines
from sayso.ledger.merges import Copied, take_in
from sayso.ledger.transfers import copy_ledger
from sayso.record import Problem, Reading


@pytest.fixture
def path(tmp_path, clock):
    """The lines of a ledger with one entry of each kind at least."""
    with open_empty(clock) as ledger, (tmp_path / "story.jsonl").open("wb") as out:
        ledger.add_raw(make_raw(bytes(range(256))))
        ledger.add_reading(
            read_story(raw=make_raw(bytes(range(256))).sha256, text="The dam of Orlen \0 “broke”. Nobody died."),
            extractor=ONE,
        )
        ledger.add_reading(Reading(report=make_report(id="two", text="It rained.", published=None)), extractor=TWO)
        judged = ledger.retract("two", by="ana", reason="a hoax")
        ledger.judge("undo", judged.id, by="bo", reason="no hoax")
        asked = ledger.assess("question", {"text": "Will it hold?"}, by="ana")
        ledger.assess("forecast", {"probability": 0.25}, by="bo", about=asked.id)
        write_lines(list_entries(ledger), out, Copied().new)
    return tmp_path / "story.jsonl"


def read_all(path):
    """The entries of a file, and its problems by line."""
    items = list(read_lines(str(path)))
    entries = [item for item in items if isinstance(item, Entry)]
    return entries, {item.input.rpartition(":")[2]: item.message for item in items if isinstance(item, Problem)}


def change_line(path, number, **changes):
    """Put other values in a line, the first being 1."""
    lines = path.read_bytes().split(b"\n")
    row = json.loads(lines[number - 1])
    lines[number - 1] = json.dumps(row | changes).encode()
    path.write_bytes(b"\n".join(lines))


def test_each_kind_comes_back_as_it_was(path, tmp_path):
    with open_empty() as ledger:
        assert list(take_in(ledger, read_lines(str(path)), Copied())) == []
        assert list(ledger.verify()) == []
        with (tmp_path / "again.jsonl").open("wb") as out:
            write_lines(list_entries(ledger), out, Copied().new)
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()
    kinds = [json.loads(line)["entry"] for line in path.read_text(encoding="utf8").splitlines()]
    assert kinds == sorted(
        kinds, key=["ledger", "raw", "report", "arrival", "reading", "judgement", "assessment"].index
    )


def test_two_files_one_after_the_other_are_one(path):
    path.write_bytes(path.read_bytes() * 2)
    entries, problems = read_all(path)
    assert problems == {}
    with open_empty() as ledger:
        copied = Copied()
        assert list(take_in(ledger, entries, copied)) == []
        assert copied.known == copied.new.total() == len(entries) / 2


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_torn_last_line_costs_only_itself(path, cut):
    whole, _ = read_all(path)
    path.write_bytes(path.read_bytes()[:-cut])
    entries, problems = read_all(path)
    assert len(entries) < len(whole) or cut == 1
    assert all("it is no entry of a ledger" in message for message in problems.values())
    assert len(problems) == (cut > 1)


def test_a_torn_packed_file_gives_what_stood_before(path, tmp_path):
    packed = tmp_path / "story.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes())[:-30])
    entries, problems = read_all(packed)
    assert entries or problems
    assert "cut short" in list(problems.values())[-1]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "no entry of a ledger"),
        (b"[]", "no entry of a ledger"),
        (b'{"entry":"song"}', "no entry of a ledger"),
        (b'{"entry":"raw"}', "no entry of a ledger"),
        (b'{"entry":"ledger","form":99}', "a newer sayso wrote it"),
        (b'{"entry":"report","entered":"2024-05-01T00:00:00Z","body":{"id":3}}', "no entry of a ledger"),
        (b'{"entry":"report","entered":"yesterday","body":{}}', "no entry of a ledger"),
        (b'{"entry":"assessment","assessment":' + b"[" * 100_000, "no entry of a ledger"),
        (b"\xff\xfe", "no entry of a ledger"),
        (None, "longer than 200 MB"),
    ],
)
def test_a_line_that_is_no_entry_is_named(line, says):
    problem = read_line(line, "story.jsonl:7")
    assert (problem.input, says in problem.message) == ("story.jsonl:7", True), problem
    assert "\n" not in problem.message


@pytest.mark.parametrize("kind", ["raw", "report", "arrival", "reading", "judgement", "assessment"])
def test_a_wrong_id_is_refused_by_its_line(path, kind):
    lines = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    number = next(n for n, line in enumerate(lines, start=1) if line["entry"] == kind)
    line = lines[number - 1]
    if kind == "raw":
        change_line(path, number, sha256="0" * 64)
    elif kind == "report":
        change_line(path, number, body=line["body"] | {"digest": "0" * 16})
    elif kind in ("judgement", "assessment"):
        change_line(path, number, **{kind: line[kind] | {"id": "0" * 16}})
    else:
        change_line(path, number, id="0" * 16)
    with open_empty() as ledger:
        problems = {p.input: p.message for p in take_in(ledger, read_lines(str(path)), Copied())}
        assert "another" in problems[f"{path}:{number}"] or "other" in problems[f"{path}:{number}"]
        assert list(ledger.verify()) == []
        assert ledger.count()["assessments"] >= (kind != "assessment")


def test_what_lacks_a_moment_is_refused(path):
    lines = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    number = len(lines)
    change_line(path, number, assessment=lines[-1]["assessment"] | {"entered": None})
    assert "does not say when it was entered" in read_all(path)[1][str(number)]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf8", "surrogatepass")))
def test_no_line_makes_reading_fail(line):
    assert isinstance(read_line(line, "x:1"), Problem)


def test_what_is_no_copy_is_said_to_be_none(tmp_path):
    reports = tmp_path / "reports.jsonl"
    for content, says in ((b'{"text": "It rained."}\n', "no copy of a ledger"), (b"", "it is empty")):
        reports.write_bytes(content)
        with pytest.raises(LedgerError, match=says):
            list(copy_ledger(str(reports), str(tmp_path / "new.db"), Copied()))
        assert not (tmp_path / "new.db").exists()
    with pytest.raises(LedgerError, match="no such file"):
        list(copy_ledger(str(tmp_path / "none.jsonl"), str(tmp_path / "new.db"), Copied()))


def test_the_name_says_whether_it_is_lines():
    assert [is_lines(name) for name in ("a.jsonl", "b/C.JSONL.gz", "a.db", "jsonl", "postgresql://h/x.jsonl")] == [
        True, True, False, False, False
    ]  # fmt: skip
