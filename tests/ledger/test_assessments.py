"""What was said of what is not known: kept, found again, never changed."""

from datetime import timedelta

import pytest
from floods import day
from sqlalchemy import text

from sayso.ledger import LedgerError


def test_assessments_come_back_as_they_were_said(ledger):
    asked = ledger.assess("question", {"text": "Will the dam hold?"}, by="ana", at=day(1))
    later = ledger.assess("forecast", {"probability": 0.4}, by="bo", about=asked.id, at=day(3))
    first = ledger.assess("forecast", {"probability": 0.7}, by="bo", about=asked.id, at=day(2))
    assert ledger.assessments() == [asked, first, later]
    assert ledger.assessments("forecast", as_of=day(2)) == [first]
    assert ledger.assessments(about=asked.id) == [first, later]
    assert ledger.find_assessment(asked.id[:8]) == asked
    assert ledger.assessments(entered_by=asked.entered) == [asked]
    assert list(ledger.verify()) == []


def test_the_same_twice_is_one(ledger):
    one, two = (ledger.assess("question", {"text": "x"}, by="ana", at=day(1)) for _ in range(2))
    assert one.id == two.id
    assert len(ledger.assessments()) == 1


def test_many_are_kept_all_or_none(ledger):
    said = [("forecast", {"probability": n / 9}, "bo", "", day(1) + timedelta(hours=n)) for n in range(9)]
    with pytest.raises(LedgerError, match="holds no assessment nothing"):
        ledger.assess_all([*said, ("forecast", {}, "bo", "nothing", None)])
    assert ledger.assessments() == []
    assert len(ledger.assess_all(said)) == 9


@pytest.mark.parametrize(
    ("by", "body", "says"), [(" ", {}, "bears a name"), ("bo", {"x": {1, object()}}, "cannot be kept")]
)
def test_what_cannot_be_kept_is_refused(ledger, by, body, says):
    with pytest.raises(LedgerError, match=says):
        ledger.assess("question", body, by=by)


def test_a_changed_assessment_is_found(ledger):
    made = ledger.assess("question", {"text": "x"}, by="ana")
    with ledger._writer.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER keep_assessments_update"))
        else:
            connection.execute(text("ALTER TABLE assessments DISABLE TRIGGER keep_assessments"))
        connection.execute(text("UPDATE assessments SET body = '{', about = 'gone'"))
    found = [(p.input, p.message) for p in ledger.verify()]
    assert [name for name, _ in found].count(f"assessment {made.id}") == 3
