import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.read.sites import drop_site, find_saved_from
from sayso.record import Problem, Report

BODY = (
    "<p>The dam above the town of Tarn gave way on Friday night, the governor of the upper valley said, and the water "
    "reached the first houses within minutes.</p><p>Nine people were missing on Saturday morning, police said, and 12 "
    "had been brought to safety by boats that fishermen lent to the fire brigade.</p>"
)


def read(
    head: str = "", around: str = "", body: str = BODY, name: str = "7.html", url: str = ""
) -> list[Report | Problem]:
    html = f"<!doctype html><html lang=en><head>{head}</head><body>{around}<article>{body}</article></body></html>"
    return list(read_page(Content(content=html.encode("utf8"), name=name, url=url)))


def outlet_of(head: str = "", around: str = "", name: str = "7.html", url: str = "") -> str:
    report = read(head, around, name=name, url=url)[0]
    assert isinstance(report, Report)
    return report.outlet


TITLE = "<title>Dam gives way | Upper Meadow</title>"


@pytest.mark.parametrize(
    ("head", "around", "outlet"),
    [
        ('<meta property="og:site_name" content="Tarn Notes">' + TITLE, '<a href="/">Upper Meadow</a>', "Tarn Notes"),
        (TITLE, '<header><a href="/">Upper Meadow</a></header>', "Upper Meadow"),
        (TITLE, '<img class="logo" src="x.svg" alt="The Upper Meadow logo">', "Upper Meadow"),
        (TITLE, "<footer><p>© 2031 Upper Meadow. All rights reserved.</p></footer>", "Upper Meadow"),
        ("<title>Upper Meadow: Dam gives way</title>", '<a rel="home" href="/x">Upper Meadow</a>', "Upper Meadow"),
        ("<title>Dam gives way</title>", '<a href="/"><img alt="Valley Courier" src="x"></a>', "Valley Courier"),
        (
            '<script type="application/ld+json">{"@type": "WebSite", "name": "Upper Meadow"}</script>',
            "",
            "Upper Meadow",
        ),
        # Nothing of the site: a section, a mark of the page, a link home without a name.
        ("<title>Dam gives way | World</title>", '<nav><a href="/world">World</a></nav>', ""),
        ("<title>Dam gives way - Live updates</title>", '<a href="/">Home</a>', ""),
        ("<title>Dam gives way | Upper Meadow</title>", "", ""),
        ("", "", ""),
    ],
)
def test_what_a_page_calls_its_site(head: str, around: str, outlet: str) -> None:
    assert outlet_of(head, around) == outlet


def test_address_and_file_are_the_last_to_name_a_page() -> None:
    assert outlet_of(TITLE, url="https://www.uppermeadow.example/1") == "Upper Meadow"
    assert outlet_of("<title>Dam gives way</title>", url="https://www.tarn.example/1") == "tarn.example"
    assert outlet_of(name="tarn-notes.html") == "Tarn notes"


def test_saved_pages_say_where_they_were_saved_from() -> None:
    saved = "<!-- saved from url=(0031)https://www.tarn.example/dam/1 -->"
    html = f"<!doctype html>\n{saved}\n<html><body><article>{BODY}</article></body></html>"
    (report,) = read_page(Content(content=html.encode("utf8"), name="tarn-notes.html"))
    assert isinstance(report, Report)
    assert (report.url, report.outlet) == ("https://www.tarn.example/dam/1", "tarn.example")
    single = "<!--\n Page saved with SingleFile \n url: https://tarn.example/2 \n saved date: Sat May 03 2031\n-->"
    assert find_saved_from(single) == "https://tarn.example/2"
    assert find_saved_from("<!-- saved from url=(0014)about:internet -->") == ""
    assert find_saved_from("<!-- saved from url=(0031)javascript:x -->") == ""


def test_title_loses_its_site() -> None:
    assert drop_site("Dam gives way | Upper Meadow", "The Upper Meadow") == "Dam gives way"
    assert drop_site("Dam gives way - live", "Upper Meadow") == "Dam gives way - live"
    assert drop_site("Upper Meadow", "Upper Meadow") == "Upper Meadow"


def test_furniture_is_not_in_the_text_and_a_byline_names_the_author() -> None:
    body = (
        f"<div class='byline'>By Ann Orr</div>{BODY}<p>Sign up to our newsletter</p>"
        "<p>Read more: Mine fire kills 40</p>"
        "<p>Rain is expected in the whole valley until Monday, the weather office said.</p><p>Share this article</p>"
    )
    (report,) = read(body=body)
    assert isinstance(report, Report)
    assert report.author == "Ann Orr"
    assert "newsletter" not in report.text and "Mine fire" not in report.text and "Share" not in report.text
    assert "Ann Orr" not in report.text and "Rain is expected" in report.text


def test_correction_notes_are_kept_wherever_they_stand() -> None:
    note = "This article was amended on 5 May 2031. An earlier version said that 90 people were missing."
    (report,) = read(body=f"{BODY}<footer><p><em>{note}</em></p></footer>")
    assert isinstance(report, Report)
    assert report.text.count(note) == 1 and report.text.endswith(note)


def test_beginnings_for_subscribers_are_told() -> None:
    paid = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    stub = "<p>Nine people were missing after the dam above the town of...</p><p>Subscribe to continue reading</p>"
    report, problem = read(paid, body=stub)
    assert isinstance(report, Report) and isinstance(problem, Problem)
    assert report.text.endswith("the town of...")
    assert "subscribers" in problem.message
    assert len(read(paid, body=BODY * 3)) == 1


def test_one_time_before_the_first_paragraph_dates_a_page() -> None:
    times = '<time datetime="2031-05-03T20:10Z">Friday</time>'
    comment = '<div id="comments"><p>x</p><time datetime="2031-05-09T10:00Z">9 May</time></div>'
    (report,) = read(around=comment, body=f"<h1>Dam gives way</h1>{times}{BODY}")
    assert isinstance(report, Report) and report.published is not None
    assert report.published.isoformat() == "2031-05-03T20:10:00+00:00"
    (below,) = read(around=comment, body=f"{BODY}{times}")
    assert isinstance(below, Report) and below.published == report.published  # The comment's is none of the page's.
    (other,) = read(around=comment.replace("comments", "more"), body=f"{BODY}{times}")
    assert isinstance(other, Report) and other.published is None


@given(st.text(alphabet="<>/atile ='\"|-©The\n", max_size=300))
def test_any_head_gives_one_report(head: str) -> None:
    assert len(read(head)) >= 1
