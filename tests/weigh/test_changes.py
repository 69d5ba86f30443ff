"""What changed between two moments of one story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.extract import read_report
from sayso.ledger import open_ledger
from sayso.record import Report
from sayso.weigh import weigh_readings
from sayso.weigh.changes import compare_pictures

FIRST = datetime(2031, 5, 1, 9, tzinfo=UTC)
TEXTS = (
    ("wire", 0, "Some 40 Peruvian miners were killed when the shaft fell in, the mayor, Rosa Quispe, said."),
    ("echo", 1, "At least 60 Peruvian miners were killed when the shaft fell in, the police said."),
    (
        "wire",
        4,
        "Some 52 Peruvian miners were killed when the shaft fell in, the mayor, Rosa Quispe, said.",
    ),
    ("post", 4, "Correction: an earlier version of this article said that the shaft was 900 metres deep."),
)


@pytest.fixture(scope="module")
def readings():
    reports = [
        Report(
            id=f"{outlet}-{day}",
            text=text,
            outlet=outlet.title(),
            digest=f"{outlet}{day}",
            published=FIRST + timedelta(days=day),
            published_exact=True,
        )
        for outlet, day, text in TEXTS
    ]
    return [read_report(report) for report in reports]


def list_changes(readings, first, last):
    days = (FIRST + timedelta(days=n, hours=1) for n in (first, last))
    return compare_pictures(*(weigh_readings(readings, as_of=day) for day in days))


def test_between_a_moment_and_itself_nothing_changed(readings):
    assert list_changes(readings, 4, 4) == ()


def test_a_question_that_was_not_answered_before_is_new(readings):
    found = [c for c in list_changes(readings, -1, 0) if c.kind == "question" and "killed" in c.about]
    assert [c.now for c in found] == ["Some 40 (Rosa Quispe)"]


def test_another_sources_figure_is_told_and_an_origin_more(readings):
    found = {c.kind: c for c in list_changes(readings, 0, 1)}
    told = found.get("contradiction") or found["revision"]
    assert (told.was, told.now) == ("Some 40 (Rosa Quispe)", "At least 60 (police)")
    assert (found["origins"].was, found["origins"].now) == ("1", "2")


def test_a_later_count_of_the_same_source_is_a_revision(readings):
    (found,) = (c for c in list_changes(readings, 1, 4) if c.kind == "revision")
    assert (found.was, found.now, found.by) == ("Some 40 (Rosa Quispe)", "Some 52 (Rosa Quispe)", "Rosa Quispe")
    assert len(found.claims) == 2


def test_an_outlets_correction_is_told(readings):
    assert [c.by for c in list_changes(readings, 1, 4) if c.kind == "corrected"] == ["Post"]


def test_what_was_retracted_is_gone_and_what_was_judged_is_signed(readings):
    with open_ledger(":memory:", clock=lambda: FIRST) as ledger:
        for reading in readings[:2]:
            ledger.add_reading(replace(reading, report=replace(reading.report, digest="")), extractor="x")
        ledger.retract("echo-1", by="ana", reason="a hoax", at=FIRST + timedelta(days=3))
        moments = [FIRST + timedelta(days=n) for n in (2, 4)]
        before, after = (
            weigh_readings(ledger.readings(m), as_of=m, judgements=ledger.judgements(m, standing=True)) for m in moments
        )
    found = {c.kind: c for c in compare_pictures(before, after)}
    assert found["gone"].was == "At least 60 (police)"
    assert (found["judged"].now, found["judged"].by, found["judged"].why) == ("retract", "ana", "a hoax")
    assert (found["origins"].was, found["origins"].now) == ("2", "1")


def test_a_contradiction_that_was_judged_another_scope_is_settled(readings):
    with open_ledger(":memory:") as ledger:
        for reading in readings[:2]:
            ledger.add_reading(reading, extractor="x")
        found = weigh_readings(ledger.readings()).points
        one, two = (v.claim for v in next(p for p in found if p.kind == "figure" and len(p.values) == 2).values)
        ledger.judge("relate", one, other=two, value="contradiction", by="bo", reason="one shaft")
        before = weigh_readings(ledger.readings(), judgements=ledger.judgements(standing=True))
        ledger.judge("relate", one, other=two, value="scope", by="ana", reason="two shafts")
        after = weigh_readings(ledger.readings(), judgements=ledger.judgements(standing=True))
    found = {c.kind: c for c in compare_pictures(before, after)}
    assert (found["settled"].now, found["settled"].by) == ("scope", "ana")
