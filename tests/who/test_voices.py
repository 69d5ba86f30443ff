"""Voices are counted over identities: a report on another matter changes nothing."""

from datetime import UTC, datetime

from sayso.extract import read_report
from sayso.record import Report
from sayso.weigh import weigh_readings

DAY = datetime(2031, 5, 5, tzinfo=UTC)
TOLD = (
    "Twelve miners were killed at the Dravik pit on Monday, the mining inspectorate said.",
    "Twelve miners were killed at the Dravik pit on Monday, the union leader Ana Kral said.",
    "Twelve miners were killed at the Dravik pit on Monday, a spokesman for the mining inspectorate said.",
)
OTHER = "Two trams collided in Brunn, the transport inspectorate said. Nobody was hurt, its head, Ivo Kral, added."


def bounds(*texts: str) -> tuple[int, int]:
    readings = [
        read_report(Report(id=f"r{n}", text=text, outlet=f"Paper {n}", published=DAY)) for n, text in enumerate(texts)
    ]
    points = weigh_readings(readings).points
    return next(p.independent for p in points if p.kind == "figure" and "kill" in p.question)


def test_a_body_and_its_spokesman_are_one_voice() -> None:
    assert bounds(TOLD[0], TOLD[2]) == (1, 1)
    assert bounds(TOLD[0], TOLD[1]) == (2, 2)


def test_a_report_on_another_matter_changes_nothing() -> None:
    assert bounds(*TOLD, OTHER) == bounds(*TOLD)
