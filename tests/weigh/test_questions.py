"""How points are named: by the question of one of their answers, and by a quotation only where there is none."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

from sayso.extract import read_report
from sayso.grammar.questions import reads_well
from sayso.record import Picture, Report
from sayso.weigh import weigh_readings
from sayso.weigh.matching.units import Unit
from sayso.weigh.questions import choose_central


def weigh(*texts: str) -> Picture:
    readings = [
        read_report(
            Report(
                id=f"r{n}",
                digest=f"d{n}",
                text=text,
                outlet=f"Outlet {n}",
                published=datetime(2031, 5, n + 1, 9, tzinfo=UTC),
                published_exact=True,
            )
        )
        for n, text in enumerate(texts)
    ]
    return weigh_readings(readings)


def test_a_point_is_named_by_a_question_of_its_answers() -> None:
    picture = weigh(
        "The tanker Mirela struck the Korvo pier at 5 a.m. on Monday, the harbour office said.",
        "The tanker Mirela struck the Korvo pier at 7 a.m. on Monday, her owner said.",
    )
    (point,) = (p for p in picture.points if p.kind == "date")
    assert point.question == "When did the tanker Mirela strike the Korvo pier?"
    assert not point.quotes


def test_a_count_of_people_in_a_state_keeps_its_sentence() -> None:
    picture = weigh("Nine miners were killed in the Orla pit.", "Twelve miners were killed in the Orla pit.")
    (point,) = (p for p in picture.points if p.kind == "figure")
    assert point.question == "How many miners were killed?"


def test_whether_something_is_so_is_asked_in_full() -> None:
    picture = weigh(
        "The Dorn bridge over the Orla is closed to lorries, the mayor said on Monday.",
        "The Dorn bridge over the Orla is not closed to lorries, the police said on Monday.",
    )
    (point,) = (p for p in picture.points if p.kind == "status")
    assert point.question == "Is the Dorn bridge over the Orla closed to lorries?"


def test_what_gives_no_question_is_quoted_and_the_quotation_is_cited() -> None:
    picture = weigh("They had given in at last by Friday.", "They had given in at last by Thursday.")
    points = [p for p in picture.points if len(p.values) > 1]
    assert points and all("“" in p.question and p.quotes for p in points)


def test_no_question_is_shown_that_does_not_read_well() -> None:
    picture = weigh(
        "The fair at Tarn lasted three weeks. Two of the nine clerks left on 3 May. It cost 4 million euros.",
        "The fair at Tarn lasted two weeks, the baker said. Three of the clerks left on 4 May.",
    )
    assert all(p.quotes or reads_well(p.question) or p.question.startswith("How many ") for p in picture.points)


def make_units(own: list[set[str]], vectors: list[bytes]) -> list[Unit]:
    facts = [SimpleNamespace(own=bag, claim=SimpleNamespace(vector=v)) for bag, v in zip(own, vectors, strict=True)]
    return [cast(Unit, SimpleNamespace(fact=fact)) for fact in facts]


def test_the_most_central_question_is_chosen_and_the_shortest_of_equals() -> None:
    asked = ["Did the dam break?", "Did the old dam break near Tarn?", "Was the mayor told?"]
    units = make_units([{"dam", "break"}, {"dam", "break"}, {"mayor"}], [b"\x40\x01", b"\x40\x02", b"\x01\x40"])
    assert choose_central(asked, units) == "Did the dam break?"
    alike = make_units([{"dam"}, {"dam"}], [b"\x40\x01", b"\x40\x01"])
    assert choose_central(["Did the dams fail?", "Did the dam fail?"], alike) == "Did the dam fail?"
    assert choose_central(["", "Did the dam fail?"], alike) == "Did the dam fail?"
