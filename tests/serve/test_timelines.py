"""The timeline of a story: what is certain of a date shows, and so does what is not."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.record import Claim, Happening, Picture, Point, Reading, Relation, Report, Time, Value
from sayso.serve.desk import Desk, Viewpoint
from sayso.serve.desk.timelines import find_timeline, make_timeline
from sayso.serve.pages.bands import draw_bands


def day(number: int, year: int = 2031, month: int = 5) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def make_claim(name: str, earliest: datetime, latest: datetime, words: str = "1 May", edtf: str = "") -> Claim:
    """A claim of the one report below that the shaft fell in at some time."""
    time = Time(start=0, end=5, text=words, type="DATE", value="", earliest=earliest, latest=latest, edtf=edtf)
    return Claim(id=name, seat=name, report="r1", start=0, end=5, text=f"The shaft fell in ({name})", time=time)


def make_picture(*claims: Claim, happenings: tuple[Happening, ...], points: tuple[Point, ...] = ()) -> Picture:
    report = Report(id="r1", text="The shaft fell in.", digest="d1", outlet="The Wire", published=day(9))
    return Picture(readings=(Reading(report=report, claims=claims),), happenings=happenings, points=points)


def make_happening(name: str, earliest: datetime, latest: datetime, *claims: str) -> Happening:
    return Happening(id=name, text=f"The {name} shaft fell in", earliest=earliest, latest=latest, claims=claims)


def test_a_day_is_a_dot_and_a_week_a_range_from_end_to_end() -> None:
    picture = make_picture(
        make_claim("a", day(1), day(2)),
        make_claim("b", day(3), day(8)),
        happenings=(make_happening("north", day(1), day(2), "a"), make_happening("south", day(3), day(8), "b")),
    )
    north, south = make_timeline(picture).entries
    assert (north.uncertain, south.uncertain) == (False, True)
    drawn = str(draw_bands((north, south)))
    assert drawn.count('class="range"') == 1 and "url(#fade-sure)" in drawn


@pytest.mark.parametrize("edtf", ["2031-05-01~", "2031-05-01?"])
def test_a_day_that_is_called_uncertain_is_drawn_so(edtf: str) -> None:
    claim = make_claim("a", day(1), day(2), edtf=edtf)
    picture = make_picture(claim, happenings=(make_happening("north", day(1), day(2), "a"),))
    entry = make_timeline(picture).entries[0]
    assert entry.uncertain and 'class="range"' in draw_bands([entry])


def test_what_was_in_another_year_is_background() -> None:
    picture = make_picture(
        make_claim("a", day(1), day(2)),
        make_claim("b", day(1, 1988), day(2, 1988)),
        happenings=(
            make_happening("north", day(1), day(2), "a"),
            make_happening("old", day(1, 1988), day(2, 1988), "b"),
            Happening(id="x", text="Nobody says when", claims=()),
        ),
    )
    timeline = make_timeline(picture)
    assert [e.id for e in timeline.entries] == ["north"] and [e.id for e in timeline.background] == ["old"]
    assert timeline.undated == 1


def test_the_same_day_of_another_year_is_doubted() -> None:
    picture = make_picture(
        make_claim("a", day(1), day(2)),
        make_claim("b", day(1, 2030), day(2, 2030), words="1 May 2030"),
        happenings=(make_happening("north", day(1), day(2), "a", "b"),),
    )
    (doubt,) = make_timeline(picture).entries[0].doubts
    assert doubt.words == "The Wire gives another year: “1 May 2030”"
    assert [telling.claim for telling in doubt.tellings] == ["b"]


def test_dates_that_exclude_each_other_are_doubted() -> None:
    values = (
        Value(claim="a", report="r1", text="", words="1 May"),
        Value(claim="b", report="r1", text="", words="2 May"),
    )
    clash = Relation(a=0, b=1, relation="contradiction", why="two days")
    picture = make_picture(
        make_claim("a", day(1), day(2)),
        make_claim("b", day(2), day(3)),
        happenings=(make_happening("north", day(1), day(2), "a"),),
        points=(Point(id="p", question="When?", kind="date", values=values, relations=(clash,)),),
    )
    entry = make_timeline(picture).entries[0]
    assert [doubt.words for doubt in entry.doubts] == ["Reports date it differently: “1 May” or “2 May”"]
    assert 'class="band doubted"' in draw_bands([entry])


def test_words_of_strangers_are_no_markup() -> None:
    happening = Happening(id="h", text="<script>alert(1)</script>", earliest=day(1), latest=day(2), claims=("a",))
    picture = make_picture(make_claim("a", day(1), day(2)), happenings=(happening,))
    assert "<script" not in draw_bands(make_timeline(picture).entries)


def test_the_page_tells_each_entry_and_the_days(client: TestClient, desk: Desk) -> None:
    story = desk.stories()[0].id
    timeline = find_timeline(desk, story, Viewpoint())
    words = client.get(f"/stories/{story}/timeline").text
    assert all(f'id="h-{entry.id}"' in words for entry in (*timeline.entries, *timeline.background))
    assert "7 May 2024" in words and "Day by day" in words
    assert "/reports/" in words and "7 May 2024" not in client.get(f"/stories/{story}/timeline?as_of=2024-05-02").text


def test_a_band_leads_to_its_entry(page: Any, address: str, desk: Desk, expect: Any) -> None:
    story = desk.stories()[0].id
    page.goto(f"{address}/stories/{story}/timeline")
    uncertain = page.locator(".bands .range").first
    assert uncertain.bounding_box()["width"] > 40
    band = page.locator(".bands a.band").first
    band.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(band.get_attribute("href")) + "$"))
