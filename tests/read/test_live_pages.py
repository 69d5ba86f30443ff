"""Live pages become updates with times of their own, round-ups stories, posts reports of who posted them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.live_pages import date_clocks, is_live, split_clocked, take_clock
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Problem, Report

UPDATES = [
    (
        "18:40",
        "2031-05-03T18:40Z",
        "Toll rises",
        "The governor said nine bodies had been found by evening, near Brim.",
    ),
    (
        "17:05",
        "2031-05-03T17:05Z",
        "Divers go down",
        "Divers went down to the gates, the ministry said; two are open.",
    ),
    (
        "15:30",
        "2031-05-03T15:30Z",
        "Dam gives way",
        "The dam above Brim gave way on Saturday, police told Tarn Notes.",
    ),
]
HEAD = (
    '<meta property="og:site_name" content="Tarn Notes">'
    '<meta property="article:published_time" content="2031-05-03T12:00Z">'
)
MARKED = "<div class=live-update><time datetime={when}>{clock}</time><h2>{title}</h2><p>{text}</p></div>"
ALIKE = "<article><h3>{title}</h3><time datetime={when}>{clock}</time><p>{text}</p></article>"
HEADED = "<h3>{clock} – {title}</h3><p>{text}</p>"
BEGUN = "<div class=live-post><h3>{title}</h3><p>{clock} {text}</p></div>"
LINKED = [{"headline": title, "datePublished": when, "articleBody": text} for _, when, title, text in UPDATES]
URL = "https://tarn.example/dam"


def reports_of(body: str, title: str = "Dam gives way: live", head: str = "") -> list[Report]:
    html = f"<html lang='en'><head><title>{title}</title>{HEAD}{head}</head><body>{body}</body></html>"
    items = list(read_page(Content(content=html.encode("utf8"), name="in.html", url=URL)))
    assert not any(isinstance(item, Problem) for item in items)
    return [item for item in items if isinstance(item, Report)]


def blocks(form: str) -> str:
    return "".join(form.format(clock=c, when=w, title=t, text=x) for c, w, t, x in UPDATES)


@pytest.mark.parametrize(
    ("body", "head"),
    [
        *((f"<main><h1>Dam</h1>{blocks(form)}</main>", "") for form in (MARKED, ALIKE, HEADED, BEGUN)),
        (
            "<article><h1>Dam</h1><p>See below.</p></article>",
            f"<script type='application/ld+json'>{json.dumps({'@type': 'X', 'liveBlogUpdate': LINKED})}</script>",
        ),
    ],
)
def test_each_update_is_a_report_with_its_own_time(body: str, head: str) -> None:
    reports = reports_of(body, head=head)
    assert [r.text for r in reports] == [text for *_, text in UPDATES]
    assert [r.title for r in reports] == [title for _, _, title, _ in UPDATES]
    times = [r.published.strftime("%H:%M") for r in reports if r.published]
    assert times == [clock for clock, *_ in UPDATES] and {r.outlet for r in reports} == {"Tarn Notes"}
    assert len({r.url for r in reports}) == 3 and all(r.url.startswith(f"{URL}#part-") for r in reports)


def test_what_stands_around_the_updates_is_a_report_too() -> None:
    told = "The dam above Brim was built in 1950 and raised twice, in 1970 and in 1998, by the same engineers. " * 3
    reports = reports_of(f"<article><h1>Dam</h1><p>{told}</p>{blocks(MARKED)}</article>")
    assert len(reports) == 4 and reports[0].text == told.strip()


def test_a_page_that_is_not_live_stays_whole() -> None:
    body = f"<article><h1>Dam</h1>{blocks('<p>At {clock}, {text}</p>')}</article>"
    (report,) = reports_of(body, title="How people live below the dam")
    assert all(text in report.text for *_, text in UPDATES)


@pytest.mark.parametrize(
    ("title", "live"),
    [
        ("Dam: live", True),
        ("LIVE: dam", True),
        ("Live updates on the dam", True),
        ("Dam liveblog", True),
        ("Dam – as it happened", True),
        ("How they live", False),
        ("Where nine live now", False),
        ("Live music returns", False),
    ],
)
def test_titles_of_live_pages(title: str, live: bool) -> None:
    assert is_live(title, "") == live
    assert is_live("", "https://tarn.example/live/dam") and not is_live("", "https://tarn.example/alive")


def test_clocks_go_on_over_midnight() -> None:
    assert date_clocks(["00:10", "23:50", "22:00"], "2031-05-03T21:00:00+00:00") == [
        "2031-05-04T00:10:00+00:00",
        "2031-05-03T23:50:00+00:00",
        "2031-05-03T22:00:00+00:00",
    ]
    assert date_clocks(["9.15pm", "10.15pm"], "2031-05-03")[1] == "2031-05-03T22:15:00+00:00"
    assert date_clocks(["9:15"], "") == [""]


def test_the_clock_before_a_text() -> None:
    assert take_clock("18:40 BST: The dam gave way.") == ("18:40 BST", "The dam gave way.")
    assert take_clock("The dam gave way at 18:40.") == ("", "The dam gave way at 18:40.")


STORY = "The energy ministry said that 40 miners were brought up from the pit after a fire; it stays shut for a month."


def test_articles_beside_each_other_are_stories() -> None:
    body = "".join(
        f'<article><h2><a href="/{n}">Story {n}</a></h2><time datetime="2031-05-0{n}T10:00Z">{n} May</time>'
        f"<p>{STORY} The company wrote as much. {n}</p></article>"
        for n in (1, 2)
    )
    first, second = reports_of(f"<main>{body}<article><h2>Short</h2><p>Read it.</p></article></main>", title="News")
    assert (first.title, first.url, second.url) == ("Story 1", "https://tarn.example/1", "https://tarn.example/2")
    assert second.published and second.published.day == 2 and second.text.endswith("2")


def test_sections_of_a_round_up_are_stories() -> None:
    body = f"<h1>The news</h1><h2>Brim</h2><p>{STORY}</p><h2>Tarn</h2><p>{STORY}</p>"
    assert [r.title for r in reports_of(f"<article>{body}</article>", title="World in brief")] == ["Brim", "Tarn"]
    assert len(reports_of(f"<article>{body}</article>", title="The dam and the mine")) == 1


def test_an_article_with_others_that_lead_on_is_one_report() -> None:
    more = f"<article><h3>More</h3><p>{STORY}</p></article>" * 2
    (report,) = reports_of(f"<main><article><h1>Dam</h1><p>{STORY} {STORY}</p></article>{more}</main>", title="Dam")
    assert report.title == "Dam"


def test_a_post_in_an_article_is_of_who_posted_it() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>We saw 300 people leave!</p>&mdash; Jo Lind (@jolind) '
        '<a href="https://posts.example/jolind/status/1">May 3, 2031</a></blockquote>'
    )
    article, shown = reports_of(f"<article><h1>Dam</h1><p>{STORY}</p>{post}<p>{STORY}</p></article>", title="Dam")
    assert "300" not in article.text and shown.url in article.links
    assert (shown.text, shown.outlet) == ("We saw 300 people leave!", "Jo Lind (@jolind)")
    assert shown.published and shown.published.day == 3


@given(st.text(max_size=200))
def test_any_text_is_split_or_left(text: str) -> None:
    assert all(piece.text for _, piece in split_clocked(text))
