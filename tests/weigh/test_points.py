"""Points: what is brought together, what is kept apart, whatever the order of reports."""

import itertools
from datetime import datetime

from sayso.extract import read_report
from sayso.record import Picture, Report
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


def test_killed_and_wounded_are_two_questions() -> None:
    groups = words_of(weigh(*FLOOD), "figure")
    assert frozenset({"About 300"}) in groups
    assert any({"Some 40", "At least 60"} <= group for group in groups)


def test_the_order_of_reports_does_not_matter() -> None:
    pictures = [weigh(*some) for some in itertools.islice(itertools.permutations(FLOOD), 0, 24, 7)]
    assert len({tuple(p.points) for p in pictures}) == 1


def test_values_that_differ_stand_to_each_other_with_a_reason() -> None:
    point = next(p for p in weigh(*FLOOD).points if p.question.startswith("How many Peruvian soldiers were killed"))
    assert point.question == "How many Peruvian soldiers were killed?"
    (found,) = (r for r in point.relations if {point.values[r.a].low, point.values[r.b].low} == {40, 60})
    assert found.relation in ("contradiction", "revision")
    assert "40" in found.why and "60" in found.why
    assert bool(found.witness) == (found.relation == "contradiction")


def test_a_question_of_any_kind_is_asked() -> None:
    picture = weigh(
        report(1, "The ferry Alba sank because its bow door had been left open, the coast guard said."),
        report(2, "The ferry Alba sank because it hit a rock, its owner said.", day=2),
        report(3, "A sculptor opened a show of horses in Lima.", day=2),
    )
    together = [{v.report for v in p.values} for p in picture.points if len(p.values) > 1]
    assert {"r1", "r2"} in together
    assert not any("r3" in reports for reports in together)


def test_as_known_before_a_report_leaves_it_out() -> None:
    picture = weigh(*FLOOD, as_of=datetime.fromisoformat("2031-05-01T12:00:00+00:00"))
    assert [r.report.id for r in picture.readings] == ["r1"]
    assert words_of(picture, "figure") == {frozenset({"Some 40"})}


def test_what_an_outlet_takes_back_answers_nothing() -> None:
    picture = weigh(report(1, "Earlier versions of this article said that 40 Peruvian soldiers had been killed."))
    assert not picture.points
