"""What claims are brought together: whom they mean, what bare figures count, party positions, first fights, reasons."""

from datetime import datetime, timedelta

from sayso.extract import read_report
from sayso.record import Picture, Point, Report
from sayso.weigh import weigh_readings
from sayso.weigh.wordings import narrow_words

START = datetime.fromisoformat("2031-05-01T09:00:00+00:00")


def report(number: int, text: str, *, day: float = 0, title: str = "", outlet: str = "") -> Report:
    return Report(
        id=f"r{number}",
        digest=f"d{number}",
        text=text,
        title=title,
        outlet=outlet or f"Outlet {number}",
        published=START + timedelta(days=day),
        published_exact=True,
    )


def weigh(*reports: Report) -> Picture:
    return weigh_readings([read_report(r) for r in reports])


def values(picture: Picture, kind: str) -> list[set[str]]:
    return [{v.words for v in p.values} for p in picture.points if p.kind == kind]


def find(picture: Picture, *words: str) -> Point:
    return next(p for p in picture.points if all(w in p.question for w in words))


SENT = (
    report(1, "Bolivia has sent soldiers north. Some 4,000 Bolivian soldiers were sent to Paraguay, Lima said."),
    report(2, "La Paz had sent about 5,000 troops in two rounds, a general told reporters.", day=3),
)


def test_the_sender_of_troops_owns_them() -> None:
    point = find(weigh(*SENT), "were sent")
    assert {v.words for v in point.values} == {"Some 4,000", "about 5,000"}


def test_troops_without_a_name_are_those_the_report_is_about() -> None:
    text = "Bolivian soldiers entered the valley on Monday. Around 300 of the troops have been killed, officers said."
    point = find(
        weigh(report(1, text), report(2, "At least 280 Bolivian troops were killed, Lima said.", day=1)), "killed"
    )
    assert {v.words for v in point.values} == {"Around 300", "At least 280"}


def test_the_dead_of_no_army_are_not_given_to_one_people() -> None:
    text = "Two Chileans are missing after the landslide. Four people were killed, the mayor said."
    point = find(weigh(report(1, text)), "killed")
    assert "Chilean" not in point.question


def test_a_bare_figure_counts_what_was_told_before() -> None:
    text = (
        "Some 400 Bolivian soldiers have been wounded in the valley, Chile says. "
        "Peru's army, by contrast, speaks of only 150."
    )
    assert {"Some 400", "150"} in values(weigh(report(1, text)), "figure")


def test_a_later_version_supersedes_an_earlier_one() -> None:
    texts = [
        f"The flood at Puno has killed {n} people, the mayor said on Thursday. The river rose four metres in a night "
        "and took away the old bridge and the market hall beside it. Schools stay shut until next week."
        for n in (12, 15)
    ]
    first, second = (
        report(n, text, day=n / 10, title="Flood at Puno", outlet="Andes Post") for n, text in enumerate(texts)
    )
    point = find(weigh(first, second), "killed")
    assert [v.superseded for v in point.values] == ["r1", ""]
    assert [r.relation for r in point.relations] == ["revision"]
    assert point.independent == (1, 1)


def test_some_units_are_not_all() -> None:
    assert narrow_words("Some northern units were pulled back") == "some northern units"
    assert narrow_words("Some 300 soldiers were pulled back") == ""


def test_a_reckoned_value_says_that_nobody_said_it() -> None:
    text = "About 300 Bolivian soldiers have been killed and some 1,100 wounded in the valley, the ministry said."
    point = find(weigh(report(1, text)), "killed or wounded")
    assert [(v.low, v.words) for v in point.values] == [(1400, "1,400 (reckoned)")]


def test_a_figure_that_another_replaced_is_revised() -> None:
    text = "As many as 900 Bolivian soldiers had been sent to the valley, up from 700 the week before, Lima said."
    point = find(weigh(report(1, text)), "Bolivian")
    assert {v.words for v in point.values} == {"As many as 900", "700"}
    assert [r.relation for r in point.relations] == ["revision"]
