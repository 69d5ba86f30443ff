"""What claims are brought together: whom they mean, what bare figures count, party positions, first fights, reasons."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.extract import read_report
from sayso.record import Picture, Point, Report
from sayso.weigh import weigh_readings
from sayso.weigh.facts import gather_facts
from sayso.weigh.firsts import ends
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


def test_those_who_come_on_top_are_another_question() -> None:
    picture = weigh(
        report(1, "Some 4,000 Bolivian soldiers were sent to Paraguay, Lima said."),
        report(2, "Another 1,500 Bolivian soldiers were sent to Paraguay, Lima said.", day=3),
    )
    assert find(picture, "more").values[0].words == "1,500"
    assert len(find(picture, "were sent").values) == 1


def test_incidents_in_two_towns_are_two_questions() -> None:
    picture = weigh(
        report(1, "Four people were killed in an air strike on Arequipa."),
        report(2, "Nine people were killed in an air strike on Iquitos."),
    )
    assert sorted(values(picture, "figure"), key=sorted) == [{"Four"}, {"Nine"}]


POSITIONS = (
    report(1, "Bolivia's envoy denied that Bolivian soldiers are fighting in Paraguay."),
    report(
        2, "Bolivian soldiers were seen in Paraguay. Neither La Paz nor Lima has acknowledged the deployment.", day=4
    ),
    report(3, "Bolivia on Friday acknowledged that its soldiers had fought in Paraguay.", day=90),
)


def test_what_a_party_says_of_a_matter_is_one_question() -> None:
    point = find(weigh(*POSITIONS), "What does Bolivia say")
    assert [v.word for v in point.values] == ["denied", "no", "yes"]
    assert [(r.a, r.b, r.relation) for r in point.relations if r.b == 2] == [(0, 2, "revision"), (1, 2, "revision")]
    assert point.independent == (1, 1)


def test_a_party_s_word_on_another_matter_is_another_question() -> None:
    picture = weigh(
        POSITIONS[0], report(4, "Bolivia denied that it had raised the price of gas for Brazilian buyers.", day=1)
    )
    assert sorted(len(p.values) for p in picture.points if "What does Bolivia say" in p.question) == [1, 1]


def test_first_fights_are_dated_by_words_or_by_their_telling() -> None:
    picture = weigh(
        report(1, "Paraguayan troops have fought Bolivian soldiers for the first time, the minister said."),
        report(2, "Bolivian soldiers entered combat in June 2031, the army of Peru said.", day=90),
    )
    point = find(picture, "first fight")
    assert point.values[0].earliest is None
    assert point.values[0].latest == START
    assert [r.relation for r in point.relations] == ["contradiction"]


def test_why_somebody_is_away() -> None:
    picture = weigh(
        report(1, "Bolivian soldiers have been pulled back from the front line because of heavy losses, Lima said."),
        report(2, "Bolivian soldiers were withdrawn from the front line due to heavy losses, a general said.", day=1),
    )
    point = find(picture, "Why")
    assert point.kind == "event"
    assert [r.relation for r in point.relations] == ["same"]


@pytest.mark.parametrize(
    "text",
    [
        "Bolivian soldiers were gone from the sector about two weeks ago, a commander said.",
        "There has been no sign of Bolivian soldiers at the front for 14 days.",
        "Bolivian soldiers have stayed out of combat for two weeks, Lima said.",
    ],
)
def test_ways_to_be_away(text: str) -> None:
    point = next(p for p in weigh(report(1, text)).points if p.kind == "absence")
    assert point.values[0].low == 14


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


def test_on_whose_decision_troops_were_sent() -> None:
    picture = weigh(
        report(1, "Bolivian soldiers had been sent on the orders of Bolivia's defence minister, Lima said."),
        report(2, "Bolivian soldiers had been sent on the orders of President Ana Choque, La Paz said.", day=2),
    )
    assert len(find(picture, "whose decision").values) == 2


def test_some_units_are_not_all() -> None:
    assert narrow_words("Some northern units were pulled back") == "some northern units"
    assert narrow_words("Some 300 soldiers were pulled back") == ""


def test_a_reckoned_value_says_that_nobody_said_it() -> None:
    text = "About 300 Bolivian soldiers have been killed and some 1,100 wounded in the valley, the ministry said."
    point = find(weigh(report(1, text)), "killed or wounded")
    assert [(v.low, v.words) for v in point.values] == [(1400, "1,400 (reckoned)")]


def test_a_day_without_a_clock_lasts_to_its_end() -> None:
    first = report(1, "Bolivian soldiers have fought Paraguayan troops for the first time, Lima said.")
    fact = gather_facts([read_report(replace(first, published_exact=False))], ())[0]
    assert ends(fact) == START + timedelta(days=1)


QUAKE = (
    (
        0,
        "At least 120 people were killed when an earthquake struck southern Peru, the interior ministry said.",
    ),
    (
        8,
        "The death toll from the earthquake in southern Peru has risen to 210, the interior ministry said.",
    ),
    (26, "Rescuers have found 340 bodies after the earthquake in southern Peru, the interior ministry said on Monday."),
    (60, "The toll of the earthquake in Peru stood at 402, the interior ministry said. The Red Cross speaks of 460."),
)


def test_a_toll_is_one_question_in_all_its_wordings() -> None:
    bus = report(9, "At least 21 people were killed when a bus fell into a ravine near Cusco, police said.", day=2)
    point = find(weigh(*(report(n, text, day=hours / 24) for n, (hours, text) in enumerate(QUAKE)), bus), "killed")
    assert [v.low for v in point.values] == [120, 210, 340, 402, 460]
    assert point.independent == (2, 2)


def test_a_figure_that_another_replaced_is_revised() -> None:
    text = "As many as 900 Bolivian soldiers had been sent to the valley, up from 700 the week before, Lima said."
    point = find(weigh(report(1, text)), "Bolivian")
    assert {v.words for v in point.values} == {"As many as 900", "700"}
    assert [r.relation for r in point.relations] == ["revision"]


def test_what_an_outlet_took_back_answers_what_it_now_says() -> None:
    lines = (
        "Of the miners at Puno, 40 have been {}, the mine's manager said on Thursday. The shaft fell in after three "
        "days of rain, and the pumps failed in the night. Families wait at the gate for news of the night shift."
    )
    first, second = (
        report(n, lines.format(words), day=n / 10, title="Shaft falls in at Puno", outlet="Andes Post")
        for n, words in enumerate(("killed", "killed or wounded"))
    )
    point = find(weigh(first, second), "killed or wounded")
    assert [(v.report, v.superseded) for v in point.values] == [("r0", "r1"), ("r1", "")]
    assert [r.relation for r in point.relations] == ["revision"]


def test_companies_take_positions_too() -> None:
    picture = weigh(
        report(1, "Sulu Lines denied on Tuesday that the ferry was overloaded."),
        report(2, "Sulu Lines acknowledged on Saturday that the ferry was overloaded.", day=4),
    )
    point = find(picture, "What does Sulu Lines say")
    assert [v.word for v in point.values] == ["denied", "yes"]
    assert [r.relation for r in point.relations] == ["revision"]


def test_who_is_aboard_was_neither_sent_nor_deployed() -> None:
    picture = weigh(
        report(1, "A ferry with about 180 people on board sank off Cebu, the coast guard said."),
        report(2, "The ferry that sank off Cebu carried 180 passengers, its owner said."),
    )
    assert {v.words for v in find(picture, "aboard").values} == {"about 180", "180"}
    assert not [p for p in picture.points if "deployed" in p.question]
