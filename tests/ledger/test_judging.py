"""Judgements: kept, checked, undone, and never lost."""

import threading

import pytest
from floods import ONE, TWO, day, make_report, read_words

from sayso.ledger import LedgerError, open_ledger
from sayso.ledger.judging import ABOUT, list_standing

ANA = {"by": "ana", "reason": "both speak of the dam"}


@pytest.fixture
def claims(ledger):
    reading = read_words(make_report(text="The dam broke. The bridge held. Nobody was hurt."))
    ledger.add_reading(reading, extractor=ONE)
    return [c.seat for c in ledger.readings()[0].claims]


def test_every_kind_is_kept_as_it_was_given(ledger, claims):
    one, two = claims[:2]
    made = [
        ledger.judge("retract", "flood-1", **ANA),
        ledger.judge("restore", "flood-1", **ANA),
        ledger.judge("merge", one, other=two, **ANA),
        ledger.judge("split", one, other=two, **ANA),
        ledger.judge("name", "flood-1", value="The flood", **ANA),
        ledger.judge("relate", one, other=two, value="scope", **ANA),
        ledger.judge("attribute", one, value="the mayor's office", **ANA),
        ledger.judge("grade", one, value="3", **ANA),
        ledger.judge(
            "grade", "Rosa Quispe, mayor of a place with a name longer than sixty-four letters", value="B", **ANA
        ),
    ]
    made.append(ledger.judge("undo", made[2].id, **ANA))
    assert ledger.judgements() == made
    assert {j.kind for j in made} == set(ABOUT)
    assert made[8].about == "source"
    assert made[8].other.startswith("Rosa Quispe")
    assert list(ledger.verify()) == []


def test_a_claim_is_named_by_its_id_or_its_seat(ledger, claims):
    claim = ledger.readings()[0].claims[0]
    assert ledger.judge("grade", claim.id, value="2", **ANA).target == claim.seat == claims[0]


def test_the_beginning_of_an_id_is_enough(ledger, claims):
    claim = ledger.readings()[0].claims[0]
    made = ledger.judge("grade", claim.id[:7], value="2", **ANA)
    assert made.target == claim.seat
    assert ledger.judge("undo", made.id[:8], **ANA).target == made.id


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("merge", {"other": "nothing"}, "no report or claim nothing"),
        ("relate", {"other": 1, "value": "alike"}, "no relation"),
        ("merge", {"other": 0}, "both are the same"),
        ("grade", {"value": "7"}, "no grade"),
        ("grade", {"value": "B"}, "1 to 6 for a claim"),
        ("attribute", {"value": " "}, "name its source"),
        ("name", {"value": "The flood"}, "name judges a report"),
        ("praise", {}, "praise judges a nothing"),
        ("undo", {}, "holds no judgement"),
        ("retract", {"by": " "}, "bears a name"),
    ],
)
def test_what_cannot_be_followed_is_refused(ledger, claims, kind, given, says):
    words = {k: claims[v] if isinstance(v, int) else v for k, v in given.items()}
    with pytest.raises(LedgerError, match=says):
        ledger.judge(kind, claims[0], **(ANA | words))
    assert ledger.judgements() == []


def test_a_report_is_not_merged_with_a_claim(ledger, claims):
    with pytest.raises(LedgerError, match="merge takes two of one kind, and these are a report and a claim"):
        ledger.judge("merge", "flood-1", other=claims[0], **ANA)
    with pytest.raises(LedgerError, match="relate judges a claim, and what is named is a report"):
        ledger.judge("relate", "flood-1", other="flood-1", value="same", **ANA)


def test_undone_judgements_no_longer_count_until_the_undoing_is_undone(ledger, claims):
    gone = ledger.judge("retract", claims[0], at=day(6), **ANA)
    undo = ledger.judge("undo", gone.id, at=day(7), **ANA)
    assert len(ledger.readings()[0].claims) == 3
    assert len(ledger.readings(as_of=day(6, 5))[0].claims) == 2
    again = ledger.judge("undo", undo.id, at=day(8), **ANA)
    assert len(ledger.readings()[0].claims) == 2
    assert list_standing(ledger.judgements()) == ledger.judgements(standing=True) == [gone]
    assert ledger.judgements() == [gone, undo, again]


def test_a_judgement_on_a_retracted_claim_is_kept_and_counts_when_it_is_restored(ledger, claims):
    ledger.judge("retract", claims[0], at=day(6), **ANA)
    graded = ledger.judge("grade", claims[0], value="5", at=day(7), **ANA)
    assert claims[0] not in [c.seat for c in ledger.readings()[0].claims]
    assert graded in ledger.judgements(standing=True)


def test_a_better_extractor_keeps_judgements_attached(ledger, claims):
    made = ledger.judge("merge", claims[0], other=claims[1], **ANA)
    ledger.add_reading(read_words(make_report(text="The dam broke. The bridge held. Nobody was hurt.")), extractor=TWO)
    seats = [c.seat for c in ledger.readings()[0].claims]
    assert {made.target, made.other} <= set(seats)


def test_two_people_can_judge_at_once(where):
    with open_ledger(where) as first:
        first.add_reading(read_words(make_report()), extractor=ONE)
        seat = first.readings()[0].claims[0].seat

    def judge(name):
        with open_ledger(where) as ledger:
            for grade in "123":
                ledger.judge("grade", seat, value=grade, by=name, reason="as I see it")

    people = [threading.Thread(target=judge, args=(name,)) for name in ("ana", "bo")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    with open_ledger(where) as ledger:
        assert sorted((j.by, j.value) for j in ledger.judgements()) == [(n, g) for n in ("ana", "bo") for g in "123"]


def test_claims_are_found_by_their_seats_as_they_were_read_last(ledger, claims):
    again = read_words(make_report(text="The dam broke. The bridge held. Nobody was hurt."))
    ledger.add_reading(again, extractor=TWO)
    (reading,) = ledger.readings()
    found = ledger.find_claims([claims[0], "no seat"])
    assert found == {claims[0]: (reading.claims[0].id, reading.claims[0].text, reading.report.digest)}
    assert ledger.find_claims([]) == {}


def test_a_claim_is_found_by_its_seat_its_id_or_the_beginning_of_that(ledger, claims):
    (reading,) = ledger.readings()
    claim = reading.claims[0]
    assert {ledger.find_seat(name) for name in (claim.id, claim.seat, claim.id[:8])} == {claims[0]}
    with pytest.raises(LedgerError, match="no claim"):
        ledger.find_seat(reading.report.id)
    with pytest.raises(LedgerError, match="no report or claim"):
        ledger.find_seat("nothing")


def test_undoings_of_undoings_stand_by_what_they_undo_whatever_their_clocks_said():
    from sayso.record import Judgement

    def make(number, at):
        kind, target = ("retract", "report") if number == 0 else ("undo", f"j{number - 1}")
        return Judgement(id=f"j{number}", kind=kind, about="", target=target, by="ana", at=at, reason="")

    for length, stands in ((1, True), (2, False), (3, True), (5000, False), (5001, True)):
        back = [make(number, day(1 + (length - number) % 25)) for number in range(length)]
        assert [judgement.id for judgement in list_standing(back)] == (["j0"] if stands else [])
        assert list_standing(back[::-1]) == list_standing(back)
