from dataclasses import replace
from datetime import timedelta

import pytest
from floods import MOMENTS, ONE, STORIES, TWO, Clock, day, make_raw, make_report, open_empty, read_story, read_words
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import LedgerError, RefusedReportError, open_ledger
from sayso.record import Attribution, Reading, Report

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def add_all(ledger, readings, extractor=ONE):
    return [ledger.add_reading(reading, extractor=extractor) for reading in readings]


def ids(readings):
    return [reading.report.id for reading in readings]


def test_a_reading_comes_back_as_it_was(ledger):
    reading = read_story(text="The river took 40 houses. Nobody was hurt. \0 \N{RIGHT SINGLE QUOTATION MARK}")
    assert ledger.add_reading(reading, extractor=ONE)
    (again,) = ledger.readings()
    assert again == reading
    assert again.report.published.utcoffset() == timedelta(0)
    assert list(ledger.verify()) == []


def test_adding_twice_adds_nothing(ledger):
    reading = read_story()
    assert ledger.add_raw(make_raw())
    assert ledger.add_reading(reading, extractor=ONE)
    before = ledger.count()
    assert not ledger.add_raw(make_raw())
    assert not ledger.add_report(reading.report)
    assert not ledger.add_reading(reading, extractor=ONE)
    assert (
        ledger.count()
        == before
        == {"raws": 1, "reports": 1, "readings": 1, "claims": 1, "judgements": 0, "assessments": 0}
    )


def test_a_report_that_comes_again_under_another_id_keeps_its_first(ledger):
    add_all(ledger, [read_story(id="first")])
    assert add_all(ledger, [read_story(id="second", retrieved=day(9))]) == [False]
    (reading,) = ledger.readings()
    assert reading.report.id == reading.claims[0].report == "first"
    assert ledger.retract("second", by="ana", reason="a hoax").target == reading.report.digest
    assert list(ledger.verify()) == []


def test_the_newest_reading_of_a_report_counts(ledger):
    old, new = read_story(), Reading(report=make_report())
    assert not ledger.has_report(old.report.digest, ONE)
    add_all(ledger, [old], ONE)
    assert ledger.has_report(old.report.digest, ONE)
    assert not ledger.has_report(old.report.digest, TWO)
    add_all(ledger, [new], TWO)
    assert ledger.readings() == [new]
    assert add_all(ledger, [old], ONE) == [False]
    assert ledger.readings() == [new]


def test_a_reading_made_after_the_clock_went_back_is_the_newest_all_the_same(ledger, clock):
    add_all(ledger, [read_story()], ONE)
    clock.now -= timedelta(days=1)
    add_all(ledger, [Reading(report=make_report())], TWO)
    assert ledger.readings() == [Reading(report=make_report())]
    assert list(ledger.verify()) == []


def test_raw_bytes_come_back(ledger):
    raw = make_raw(bytes(range(256)) * 100)
    ledger.add_raw(raw)
    assert ledger.find_raw(raw.sha256) == raw
    assert ledger.find_raw("0" * 64) is None


def test_a_report_may_name_bytes_that_are_not_kept(ledger):
    add_all(ledger, [read_story(raw="f" * 64)])
    assert list(ledger.verify()) == []


def test_as_of_gives_what_was_published_by_then(ledger):
    add_all(ledger, [read_story(id=f"d{n}", text=f"Day {n}", published=day(n)) for n in (9, 3, 5)])
    assert ids(ledger.readings()) == ["d3", "d5", "d9"]
    assert ids(ledger.readings(day(5))) == ["d3", "d5"]
    assert ids(ledger.readings(day(5) - timedelta(seconds=1))) == ["d3"]
    assert ledger.readings(day(1)) == []


def test_an_undated_report_is_known_from_when_it_was_entered(ledger, clock):
    before = clock.now
    add_all(ledger, [read_story(published=None)])
    assert ledger.readings(before) == []
    assert len(ledger.readings(clock.now)) == 1


def test_the_ledger_answers_as_it_stood(ledger, clock):
    old, new = read_story(), Reading(report=make_report())
    add_all(ledger, [old], ONE)
    first = clock.now
    add_all(ledger, [new], TWO)
    add_all(ledger, [read_story(id="late", text="It rained before", published=day(1))])
    ledger.retract("late", by="ana", reason="a hoax", at=day(2))
    last = clock.now
    assert ledger.readings(entered_by=day(1)) == []
    assert ledger.readings(entered_by=first) == [old]
    assert ids(ledger.readings(entered_by=last - timedelta(minutes=1))) == ["late", "flood-1"]
    assert ids(ledger.readings(entered_by=last)) == ["flood-1"]


def test_a_retraction_holds_from_when_it_was_judged(ledger):
    reading = read_story(text="Forty died. Two bridges fell.")
    wrong, right = reading.claims
    add_all(ledger, [reading])
    made = ledger.retract(wrong.id, by="ana", reason="the mayor took it back", at=day(8))
    assert (made.about, made.target, made.by, made.at) == ("claim", wrong.seat, "ana", day(8))
    assert ledger.readings()[0].claims == (right,)
    assert ledger.readings(day(7))[0].claims == (wrong, right)
    assert ledger.readings(day(8))[0].claims == (right,)
    assert ledger.readings(include_retracted=True)[0].claims == (wrong, right)
    assert ledger.judgements() == [made]
    assert ledger.judgements(day(7)) == []


def test_a_retraction_of_a_claim_holds_for_a_later_reading_of_the_same_words(ledger):
    reading = read_story()
    add_all(ledger, [reading])
    ledger.retract(reading.claims[0].seat, by="ana", reason="a hoax")
    better = replace(reading, claims=(replace(reading.claims[0], id="", event="FLOOD"),))
    add_all(ledger, [better], TWO)
    assert ledger.readings()[0].claims == ()
    assert ledger.readings(include_retracted=True)[0].claims[0].event == "FLOOD"


def test_a_retracted_report_can_be_restored(ledger):
    add_all(ledger, [read_story()])
    ledger.retract("flood-1", by="ana", reason="a hoax", at=day(8))
    assert ledger.readings() == []
    assert len(ledger.readings(day(7))) == 1
    ledger.restore("flood-1", by="bo", reason="the outlet stands by it", at=day(9))
    assert len(ledger.readings()) == 1
    assert ledger.readings(day(8)) == []
    assert [j.kind for j in ledger.judgements()] == ["retract", "restore"]
    assert list(ledger.verify()) == []


def test_the_same_judgement_twice_is_one(ledger):
    add_all(ledger, [read_story()])
    for _ in range(2):
        ledger.retract("flood-1", by="ana", reason="a hoax", at=day(8))
    assert len(ledger.judgements()) == 1


def test_what_is_not_there_cannot_be_retracted(ledger):
    add_all(ledger, [read_story(text="One"), read_story(text="Two")])
    with pytest.raises(LedgerError, match="holds no report or claim nothing"):
        ledger.retract("nothing\0"[:7], by="ana", reason="")
    with pytest.raises(LedgerError, match="names several: give the digest of one"):
        ledger.retract("flood-1", by="ana", reason="")


def test_a_report_that_json_cannot_hold_is_refused_and_the_rest_kept(ledger):
    half = Reading(report=Report(id="half", text="\ud83d"))
    nameless = Reading(
        report=make_report(), attributions=(Attribution(source=(), cue=(), content=(), certainty=(0, float("nan"))),)
    )
    for bad in (half, nameless):
        with pytest.raises(RefusedReportError, match="report "):
            ledger.add_reading(bad, extractor=ONE)
    assert ledger.count()["reports"] == 0
    assert add_all(ledger, [read_story()]) == [True]


def test_reading_does_not_wait_for_writing(where):
    with open_ledger(where) as one, open_ledger(where, wait_seconds=0.1) as other:
        add_all(one, [read_story()])
        with one._writing():
            assert len(other.readings()) == 1


@SLOW
@given(STORIES)
def test_whatever_is_added_comes_back_and_verifies_and_twice_is_once(readings):
    with open_empty(Clock()) as ledger:
        add_all(ledger, readings)
        before = ledger.count()
        assert not any(add_all(ledger, readings))
        assert ledger.count() == before
        assert list(ledger.verify()) == []
        found = {reading.report.digest: reading for reading in ledger.readings()}
        assert set(found) == {reading.report.digest for reading in readings}
        for reading in readings:
            if found[reading.report.digest].report == reading.report:
                assert found[reading.report.digest] == reading


@SLOW
@given(STORIES, st.randoms(use_true_random=False), MOMENTS)
def test_the_order_of_reports_does_not_matter(readings, random, moment):
    # One id for each report, since a report keeps the id it first came under; retrieved breaks ties between versions.
    readings = [read_words(replace(r.report, id=r.report.digest, retrieved=day(10, n))) for n, r in enumerate(readings)]
    readings = list({r.report.digest: r for r in readings}.values())
    shuffled = random.sample(readings, len(readings))
    with open_empty() as one, open_empty() as other:
        add_all(one, readings)
        add_all(other, shuffled)
        assert one.readings() == other.readings()
        assert one.versions() == other.versions()
        if moment and all(r.report.published for r in readings):
            assert one.readings(moment) == other.readings(moment)


@SLOW
@given(STORIES, MOMENTS, MOMENTS)
def test_what_was_known_only_grows(readings, one, other):
    if one is None or other is None:
        return
    early, late = sorted((one.replace(tzinfo=day(1).tzinfo), other.replace(tzinfo=day(1).tzinfo)))
    with open_empty(Clock()) as ledger:
        add_all(ledger, readings)
        known = [reading.report.digest for reading in ledger.readings(late)]
        assert {reading.report.digest for reading in ledger.readings(early)} <= set(known)
        assert set(ledger.versions(early)) <= set(known)


@SLOW
@given(STORIES)
def test_a_version_follows_an_earlier_one_and_only_one(readings):
    with open_empty(Clock()) as ledger:
        add_all(ledger, readings)
        versions = ledger.versions()
        for later in versions:
            seen = {later}
            while later in versions:
                later = versions[later]
                assert later not in seen
                seen.add(later)
