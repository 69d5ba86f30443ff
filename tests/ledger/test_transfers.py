"""A ledger copied: to a file, a database, JSON Lines, and back; stopped in the middle, and made again."""

import pytest
from floods import ONE, TWO, make_raw, make_report, read_story

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger import merges as merging
from sayso.ledger.entries import list_entries
from sayso.ledger.merges import Copied
from sayso.ledger.transfers import copy_ledger
from sayso.record import Reading


def copy(source, target):
    """Copy, and give what was counted; nothing may go wrong."""
    copied = Copied()
    assert list(copy_ledger(source, target, copied)) == []
    return copied


def fill(where, clock, count=3):
    with open_ledger(where, clock=clock) as ledger:
        for n in range(count):
            raw = make_raw(f"page {n}".encode())
            ledger.add_raw(raw)
            story = read_story(id=f"r{n}", text=f"On day {n} the river took {n} houses in Rioja.", raw=raw.sha256)
            ledger.add_reading(story, extractor=ONE)
            ledger.add_reading(Reading(report=story.report), extractor=TWO)
        ledger.add_reading(Reading(report=make_report(id="undated", text="It rained.", published=None)), extractor=ONE)
        judged = ledger.retract("r1", by="ana", reason="a hoax")
        ledger.judge("undo", judged.id, by="bo", reason="it holds")
        asked = ledger.assess("question", {"text": "x"}, by="ana")
        ledger.assess("forecast", {"probability": 0.5}, by="bo", about=asked.id)


def dump(where, tmp_path):
    """All that a ledger has got, as bytes."""
    path = tmp_path / "dump.jsonl"
    copy(where, str(path))
    return path.read_bytes()


def test_a_copy_has_all_of_it_and_twice_adds_nothing(make_place, tmp_path, clock):
    source, target = make_place(), make_place()
    fill(source, clock)
    first = copy(source, target)
    assert first.new == {"raws": 3, "reports": 4, "arrivals": 4, "readings": 7, "judgements": 2, "assessments": 2}
    again = copy(source, target)
    assert (again.new.total(), again.known) == (0, first.new.total())
    assert dump(target, tmp_path) == dump(source, tmp_path)
    with open_ledger(source) as one, open_ledger(target) as other:
        assert list(other.verify()) == []
        assert other.count() == one.count()
        for moment in (None, clock.now, clock.now.replace(hour=0, minute=5)):
            assert other.readings(entered_by=moment) == one.readings(entered_by=moment)
            assert other.readings(moment) == one.readings(moment)


def test_from_one_kind_of_database_to_the_other_and_back(make_place, kind, server, tmp_path, clock):
    source, back = make_place(), make_place()
    there = server.make_database() if kind == "sqlite" else str(tmp_path / "there.db")
    fill(source, clock)
    copy(source, there)
    copy(there, back)
    assert dump(source, tmp_path) == dump(there, tmp_path) == dump(back, tmp_path)
    if kind == "sqlite":
        server.drop_database(there)


@pytest.mark.parametrize("name", ["story.jsonl", "story.jsonl.gz"])
def test_through_json_lines(make_place, tmp_path, clock, name):
    source, target, path = make_place(), make_place(), str(tmp_path / name)
    fill(source, clock)
    counted = copy(source, path).new
    assert copy(path, target).new == counted
    assert copy(path, target).new.total() == 0
    copy(source, path)  # Written anew.
    assert dump(target, tmp_path) == dump(source, tmp_path)


def test_a_copy_that_was_stopped_goes_on(make_place, tmp_path, clock, monkeypatch):
    source, target = make_place(), make_place()
    fill(source, clock)
    monkeypatch.setattr(merging, "MOST", 4)
    taken, take = [], merging.take_together

    def stop_after_two(ledger, batch, copied):
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(batch)
        return take(ledger, batch, copied)

    monkeypatch.setattr(merging, "take_together", stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        copy(source, target)
    with open_ledger(target) as ledger:
        assert list(ledger.verify()) == []
        assert 0 < ledger.count()["reports"] <= 8
    monkeypatch.setattr(merging, "take_together", take)
    copy(source, target)
    assert dump(target, tmp_path) == dump(source, tmp_path)


def test_a_copy_is_of_one_moment_whatever_is_added_meanwhile(make_place, clock):
    source, target = make_place(), make_place()
    fill(source, clock)
    with open_ledger(source) as kept, open_ledger(source) as writing, open_ledger(target) as taking:
        before, entries = kept.count(), list_entries(kept)
        first = next(entries)
        writing.add_reading(read_story(id="late", text="It snowed."), extractor=ONE)
        assert list(merging.take_in(taking, [first, *entries], Copied())) == []
        assert taking.count() == before
        assert kept.count()["reports"] == before["reports"] + 1


@pytest.mark.parametrize(
    ("source", "target", "says"),
    [
        ("a.jsonl", "b.jsonl.gz", "one of the two is to be a ledger"),
        ("a.db", "a.db", "cannot be copied to itself"),
        ("none.db", "b.db", "there is no ledger yet"),
        ("full.db", "notes.jsonl", "no copy of a ledger: name another file"),
        ("full.db", "notes.txt", "it is not a ledger"),
    ],
)
def test_ends_that_are_none(tmp_path, monkeypatch, clock, source, target, says):
    monkeypatch.chdir(tmp_path)
    fill("full.db", clock)
    for name in ("notes.jsonl", "notes.txt"):
        (tmp_path / name).write_text("Forty houses were lost.\n" * 9, encoding="utf8")
    with pytest.raises(LedgerError, match=says):
        copy(source, target)
    assert not (tmp_path / "b.db").exists()
    assert (tmp_path / "notes.jsonl").read_text(encoding="utf8").startswith("Forty")
