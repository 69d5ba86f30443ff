"""Points: what is brought together, what is kept apart, whatever the order of reports."""

import itertools
from datetime import datetime

from sayso.extract import read_report
from sayso.record import Picture, Point, Report
from sayso.weigh import weigh_readings


def report(number: int, text: str, *, day: int = 1, outlet: str = "") -> Report:
    moment = datetime.fromisoformat(f"2031-05-{day:02}T09:00:00+00:00")
    outlet = outlet or f"Outlet {number}"
    return Report(
        id=f"r{number}", digest=f"d{number}", text=text, outlet=outlet, published=moment, published_exact=True
    )


def weigh(*reports: Report, as_of: datetime | None = None) -> Picture:
    return weigh_readings([read_report(r) for r in reports], as_of=as_of)


def words_of(picture: Picture, kind: str) -> set[frozenset[str]]:
    return {frozenset(v.words for v in p.values) for p in picture.points if p.kind == kind}


FLOOD = (
    report(1, "Some 40 Peruvian soldiers were killed in the valley, the defence ministry said."),
    report(2, "At least 60 Peruvian troops have been killed in the valley, a rebel spokesman said.", day=2),
    report(3, "Nine Bolivian soldiers were killed in the valley, the army in La Paz said.", day=2),
    report(4, "About 300 Peruvian soldiers were wounded in the valley, the defence ministry said.", day=2),
)


def test_one_question_for_one_people_in_one_state() -> None:
    assert words_of(weigh(*FLOOD), "figure") == {
        frozenset({"Some 40", "At least 60"}),
        frozenset({"Nine"}),
        frozenset({"About 300"}),
    }


def test_the_order_of_reports_does_not_matter() -> None:
    pictures = [weigh(*some) for some in itertools.islice(itertools.permutations(FLOOD), 0, 24, 7)]
    assert len({tuple(p.points) for p in pictures}) == 1


def test_two_sources_that_differ_contradict_each_other_with_a_reason() -> None:
    point = next(p for p in weigh(*FLOOD).points if len(p.values) == 2)
    assert [r.relation for r in point.relations] == ["contradiction"]
    assert "40" in point.relations[0].why
    assert point.question == "How many Peruvian soldiers were killed?"


def test_two_incidents_weeks_apart_are_two_questions() -> None:
    picture = weigh(
        report(1, "Four people were killed in an air strike on Arequipa on Monday."),
        report(2, "Nine people were killed in an air strike on Arequipa on Monday.", day=27),
    )
    assert words_of(picture, "figure") == {frozenset({"Four"}), frozenset({"Nine"})}


def presence(picture: Picture) -> Point:
    return next(p for p in picture.points if p.kind == "status")


def test_an_absence_and_a_return_are_a_revision() -> None:
    picture = weigh(
        report(1, "Peruvian troops have not been seen at the pass for two weeks, a border guard said."),
        report(2, "Peruvian troops have returned to the pass, the defence ministry said.", day=12),
    )
    point = presence(picture)
    assert [v.word for v in point.values] == ["no", "yes"]
    assert [r.relation for r in point.relations] == ["revision"]
    assert [p.kind for p in picture.points if p.kind == "absence"] == ["absence"]


def test_as_known_before_a_report_leaves_it_out() -> None:
    picture = weigh(*FLOOD, as_of=datetime.fromisoformat("2031-05-01T12:00:00+00:00"))
    assert [r.report.id for r in picture.readings] == ["r1"]
    assert words_of(picture, "figure") == {frozenset({"Some 40"})}


def test_what_an_outlet_takes_back_answers_nothing() -> None:
    picture = weigh(report(1, "Earlier versions of this article said that 40 Peruvian soldiers had been killed."))
    assert not picture.points
