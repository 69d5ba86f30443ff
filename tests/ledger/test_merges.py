"""Two ledgers merged are one ledger that was fed with both."""

from dataclasses import replace
from datetime import timedelta

import pytest
from floods import ONE, STORIES, TWO, day, make_raw, make_report, open_empty, read_story, read_words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import open_ledger
from sayso.ledger.entries import Entry, list_entries
from sayso.ledger.merges import MOST_BYTES, Copied, batch_entries, take_in
from sayso.record import Problem, Reading

SLOW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Stopped:
    """A clock that stands until it is set."""

    def __init__(self):
        self.now = day(1)

    def __call__(self):
        return self.now


def merge(target, *sources):
    """Take some ledgers into another, and give what went wrong."""
    problems = []
    for source in sources:
        problems += take_in(target, list_entries(source), Copied())
    return problems


def show_all(ledger, moments=()):
    """All that views are made of, as it is and as it was at some moments."""
    return [
        (
            ledger.readings(**at),
            ledger.headings(**at),
            ledger.judgements(**at),
            ledger.assessments(**at),
            ledger.versions(at.get("as_of")),
        )
        for at in ({}, *({"as_of": m} for m in moments), *({"entered_by": m} for m in moments))
    ]


def feed(ledger, event, reading, number):
    """One thing that is done to a ledger, where it can be done."""
    digest = reading.report.digest
    if event == "read":
        ledger.add_reading(reading, extractor=ONE)
    elif event == "read again":
        ledger.add_reading(Reading(report=reading.report), extractor=TWO)
    elif not ledger.headings(only=[digest]) and digest not in {j.target for j in ledger.judgements()}:
        return
    elif event == "judge":
        ledger.retract(digest, by="ana", reason="a hoax", at=day(1, number % 24))
    elif event == "undo":
        for judged in ledger.judgements()[:1]:
            ledger.judge("undo", judged.id, by="bo", reason="it holds", at=day(2, number % 24))
    elif event == "assess":
        asked = ledger.assess("question", {"text": digest}, by="ana", at=day(1))
        ledger.assess("forecast", {"probability": 0.4}, by="bo", about=asked.id, at=day(2))


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["read", "read again", "judge", "undo", "assess"]),
        st.integers(0, 5),
        st.sampled_from(["one", "other"]),
    ),
    max_size=20,
)


@SLOW
@given(STORIES, EVENTS)
def test_two_ledgers_merged_either_way_are_one_fed_with_both(readings, events):
    readings = [read_words(replace(r.report, id=r.report.digest, retrieved=day(9))) for r in readings]
    clock = Stopped()
    names = ("one", "other", "both", "first", "second")
    ledgers = {name: open_empty(clock) for name in names}
    moments = []
    for number, (event, which, name) in enumerate(events):
        if not readings:
            break
        clock.now += timedelta(hours=1)
        moments.append(clock.now)
        reading, before = readings[which % len(readings)], ledgers[name].count()
        feed(ledgers[name], event, reading, number)
        if ledgers[name].count() != before or event.startswith("read"):
            feed_alike(ledgers["both"], ledgers[name], event, reading, number)
    expected = show_all(ledgers["both"], moments[::5])
    assert merge(ledgers["first"], ledgers["one"], ledgers["other"]) == []
    assert merge(ledgers["second"], ledgers["other"], ledgers["one"]) == []
    assert merge(ledgers["one"], ledgers["other"]) == []
    for name in ("first", "second", "one"):
        assert show_all(ledgers[name], moments[::5]) == expected
        assert list(ledgers[name].verify()) == []
    for ledger in ledgers.values():
        ledger.close()


def feed_alike(both, one, event, reading, number):
    """The same thing done to the ledger that is fed with both: an undoing is of the same judgement."""
    if event != "undo":
        feed(both, event, reading, number)
        return
    for judged in one.judgements():
        if judged.kind == "undo" and judged.entered == one._clock():
            both.judge("undo", judged.target, by=judged.by, reason=judged.reason, at=judged.at)


@pytest.fixture
def other(make_place, clock):
    with open_ledger(make_place(), clock=clock) as opened:
        yield opened


def test_what_came_under_another_id_is_named_as_it_is_here_and_its_judgements_with_it(ledger, other):
    there = read_words(make_report(id="theirs", text="Forty died. Two bridges fell."))
    here = read_words(make_report(id="ours", text="Forty died. Two bridges fell."))
    ledger.add_reading(Reading(report=here.report), extractor=ONE)
    other.add_reading(there, extractor=TWO)
    made = other.retract(there.claims[0].seat, by="bo", reason="the mayor took it back")
    other.judge("undo", made.id, by="bo", reason="she did not")
    for _ in range(2):
        assert merge(ledger, other) == []
        assert list(ledger.verify()) == []
        (reading,) = ledger.readings(include_retracted=True)
        assert reading.claims == here.claims
        retracted, undone = ledger.judgements()
        assert (retracted.target, undone.target) == (here.claims[0].seat, retracted.id)
    assert ledger.judge("name", "theirs", by="ana", reason="", value="The flood", at=day(9)).target


def test_what_another_had_got_earlier_is_held_from_then_on(ledger, other, clock):
    early = clock.now
    other.add_reading(read_story(published=None), extractor=ONE)
    clock.now += timedelta(days=1)
    ledger.add_reading(read_story(published=None), extractor=ONE)
    clock.now += timedelta(days=1)
    between = early + timedelta(hours=1)
    assert ledger.readings(between) == ledger.readings(entered_by=between) == []
    merge(ledger, other)
    assert len(ledger.readings(between)) == len(ledger.readings(entered_by=between)) == 1
    assert ledger.readings(early) == ledger.readings(entered_by=early) == []
    assert list(ledger.verify()) == []


def test_an_earlier_entry_of_nothing_is_found(ledger):
    from sayso.ledger.tables import earlier

    with ledger._writing() as connection:
        connection.add(earlier, {"key": "f" * 16, "entered": day(1)})
    assert [p.message for p in ledger.verify()] == ["what was entered earlier is not there"]


def test_the_newest_reading_of_a_merged_ledger_is_the_one_made_last(ledger, other, clock):
    ledger.add_reading(read_story(), extractor=ONE)
    other.add_reading(Reading(report=make_report()), extractor=TWO)
    clock.now -= timedelta(days=3)
    with open_empty(clock) as oldest:
        oldest.add_reading(replace(read_story(), places=()), extractor="finder 0")
        assert merge(ledger, other, oldest) == []
    assert ledger.readings() == [Reading(report=make_report())]
    assert ledger.count()["readings"] == 3


def test_entries_that_come_before_what_they_refer_to_are_taken_in_all_the_same(ledger, other):
    other.add_raw(make_raw())
    other.add_reading(read_story(raw=make_raw().sha256), extractor=ONE)
    made = other.retract("flood-1", by="ana", reason="a hoax")
    other.judge("undo", made.id, by="bo", reason="no hoax")
    asked = other.assess("question", {"text": "x"}, by="ana")
    other.assess("forecast", {"probability": 0.5}, by="ana", about=asked.id)
    entries = list(list_entries(other))
    assert list(take_in(ledger, reversed(entries), Copied())) == []
    assert show_all(ledger) == show_all(other)


def spoil(entries):
    """What a stranger may have changed in each kind of row, and what is said of it."""
    changes = {
        "raws": ({"content": b"junk"}, "cannot be unpacked"),
        "reports": ({"outlet": "The Other Post"}, "says otherwise"),
        "arrivals": ({"given": "flood-2"}, "another id"),
        "readings": ({"extractor": "finder 9"}, "another id"),
        "judgements": ({"reason": "none"}, "another id"),
        "assessments": ({"body": "{}"}, "another id"),
    }
    for entry in entries:
        change, says = changes[entry.table]
        yield Entry(entry.table, {**entry.row, **change}, entry.place), says


def test_what_was_changed_is_refused_and_the_rest_taken_in(ledger, other):
    other.add_raw(make_raw())
    other.add_reading(read_story(raw=make_raw().sha256), extractor=ONE)
    other.retract("flood-1", by="ana", reason="a hoax")
    other.assess("question", {"text": "x"}, by="ana")
    entries = list(list_entries(other))
    assert {entry.table for entry in entries} == {
        "raws", "reports", "arrivals", "readings", "judgements", "assessments"
    }  # fmt: skip
    for number, (spoilt, says) in enumerate(spoil(entries)):
        with open_empty() as taking:
            problems = list(take_in(taking, [*entries[:number], spoilt, *entries[number + 1 :]], Copied()))
            assert any(p.input == spoilt.place and says in p.message for p in problems), (spoilt, problems)
            assert list(taking.verify()) == []
    problems = list(take_in(ledger, [wrong for wrong, _ in spoil(entries)], Copied()))
    assert len(problems) == len(entries)
    assert not any(ledger.count().values())


def test_a_value_that_no_database_can_hold_costs_only_its_own_entry(ledger, other):
    reading = read_story()
    far = replace(reading.places[0], geonames_id=1 << 70)
    from sayso.ids import identify_claim

    spoilt = replace(reading, places=(far,), claims=(identify_claim(replace(reading.claims[0], place=far)),))
    other.add_reading(read_story(id="good", text="The dam broke."), extractor=ONE)
    other.add_report(reading.report)
    entries = list(list_entries(other))
    from sayso.ledger.rows import dump_found, row_of_reading

    bad = row_of_reading(reading.report.digest, ONE, dump_found(spoilt), day(9))
    problems = list(take_in(ledger, [*entries[:-1], Entry("readings", bad, "line 7"), entries[-1]], Copied()))
    assert [(p.input, "cannot hold" in p.message) for p in problems] == [("line 7", True)]
    assert [r.report.id for r in ledger.readings()] == ["good"]


def test_batches_are_bounded_by_entries_and_by_bytes():
    big = Entry("raws", {"content": b"x" * (MOST_BYTES // 2)}, "")
    small = Entry("raws", {"content": b"x"}, "")
    assert [len(batch) for batch in batch_entries([big, big, big, *[small] * 150])] == [2, 100, 51]
    assert [len(batch) for batch in batch_entries([Problem(step="copy", message="x")] * 101)] == [100, 1]
