import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.markup import text_of_html
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Problem, Report

BODY = """
<p>The dam above Karsko gave way on Friday, the regional gov&shy;ernor said, according to
<a href="https://wire.example/a1">Wire One</a>. Around&nbsp;1,200 people left their homes &amp; farms.</p>
<h2>What we know</h2>
<p>Officials spoke to <a href="/local/42">our local desk</a> on condition of anonymity. They said the water rose two
metres in an hour. “We had no warning,” one said.</p>
<ul><li>Two bridges are closed</li><li>Power is out in three towns</li></ul>
"""
LINKED_DATA: dict[str, Any] = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Not this one"},
        {
            "@type": ["Thing", "NewsArticle"],
            "headline": "Dam breached",
            "datePublished": "2024-05-03T09:10:00+02:00",
            "dateModified": "2024-05-04T09:10:00+02:00",
            "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"name": "Bo Li"}],
            "publisher": {"@id": "#us"},
        },
        {"@type": "Organization", "@id": "#us", "name": "Valley Post"},
    ],
}


def page_of(head: str = "", body: str = BODY, *, before: str = "", lang: str = "en", url: str = "") -> Report:
    html = f'<html lang="{lang}"><head>{head}</head><body><nav><a href="/">Home</a></nav>'
    html += f"<article><h1>Dam breached</h1>{before}{body}</article><footer>All rights reserved</footer></body></html>"
    (report,) = read_page(Content(content=html.encode("utf8"), name="in.html", url=url))
    assert isinstance(report, Report)
    return report


def linked(data: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_linked_data_first() -> None:
    head = linked(LINKED_DATA) + (
        '<link rel="canonical" href="/2024/05/dam"><meta property="og:site_name" content="valley">'
        '<meta property="article:published_time" content="2020-01-01"><meta name="author" content="Someone">'
    )
    report = page_of(head, url="https://valley.example/2024/05/dam?utm=1")
    assert (report.title, report.outlet, report.author) == ("Dam breached", "Valley Post", "Ana Ruiz, Bo Li")
    assert report.published is not None and report.published.isoformat() == "2024-05-03T09:10:00+02:00"
    assert (report.published_words, report.published_exact) == ("2024-05-03T09:10:00+02:00", True)
    assert (report.url, report.language) == ("https://valley.example/2024/05/dam", "en")
    assert report.links == ("https://wire.example/a1", "https://valley.example/local/42")


def test_text_is_cleaned_and_whole() -> None:
    report = page_of()
    assert report.text == (
        "The dam above Karsko gave way on Friday, the regional governor said, according to Wire One. "
        "Around 1,200 people left their homes & farms.\n\nWhat we know\n\n"
        "Officials spoke to our local desk on condition of anonymity. They said the water rose two metres in an hour. "
        "“We had no warning,” one said.\n\nTwo bridges are closed\nPower is out in three towns"
    )


DATED = [
    ('<meta property="article:published_time" content="2024-05-03T09:10:00Z">', "", "2024-05-03T09:10:00+00:00"),
    ('<meta name="pubdate" content="3 May 2024">', "", "2024-05-03T00:00:00+00:00"),
    ("", '<time itemprop="datePublished" datetime="2024-05-03">x</time>', "2024-05-03T00:00:00+00:00"),
    ("", '<time datetime="2024-05-03T09:10:00+02:00">3 May</time>', "2024-05-03T09:10:00+02:00"),
    ("", '<p class="dateline">Published: May 3, 2024, 9:10 am EDT</p>', "2024-05-03T09:10:00-04:00"),
    (
        linked({"@type": "NewsArticle", "datePublished": "soon"}),
        '<span class="date">3 May 2024</span>',
        "2024-05-03T00:00:00+00:00",
    ),
    # An update is no publication, and a day in the running text is an event's.
    ("", '<time class="updated" datetime="2024-05-03">x</time>', None),
    ("", '<p class="date">Updated: 3 May 2024</p>', None),
    ("", "<p>The dam was built on 3 May 1974 and opened on 4 June 1974, the company said.</p>", None),
    ('<meta name="date" content="tomorrow">', "", None),
    ("", "", None),
]


@pytest.mark.parametrize(("head", "before", "published"), DATED)
def test_published(head: str, before: str, published: str | None) -> None:
    report = page_of(head, before=before)
    assert (report.published and report.published.isoformat()) == published


def test_day_in_the_address() -> None:
    report = page_of(url="https://valley.example/world/2024/05/03/dam-breached.html")
    assert (report.published_words, report.published_exact, report.outlet) == ("2024-05-03", False, "valley.example")
    assert page_of(url="https://valley.example/2024/05/dam").published is None


def test_outlet_falls_back_on_the_host() -> None:
    assert page_of(url="https://www.valley.example/dam").outlet == "valley.example"
    assert page_of(url="https://amp.valley.example/dam").outlet == "valley.example"
    assert page_of().outlet == ""


def test_language_of_the_text_beats_the_template() -> None:
    body = "<p>" + "Плотина выше города была прорвана в пятницу, сообщили власти региона журналистам. " * 5 + "</p>"
    assert page_of(body=body, lang="en").language == "ru"


def test_charset_of_the_page() -> None:
    text = "Плотина выше города была прорвана в пятницу, сообщили власти. " * 3
    html = f'<html><head><meta charset="windows-1251"></head><body><article><p>{text}</p></article></body></html>'
    (report,) = read_page(Content(content=html.encode("cp1251"), name="in.html"))
    assert isinstance(report, Report)
    assert report.text == text.strip()


def test_broken_markup_is_read_as_browsers_do() -> None:
    report = page_of(body=BODY[: BODY.index("<ul>")] + "<p>Three <b>bridges are closed <i>in the valley <a href=")
    assert "one said." in report.text


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><script>x()</script></body></html>", "<html><!-- x"])
def test_page_without_text_is_a_problem(html: str) -> None:
    (problem,) = read_page(Content(content=html.encode("utf8"), name="in.html"))
    assert isinstance(problem, Problem)
    assert problem.input == "in.html"


LINKED = [
    "{",
    "[" * 10_000,
    "null",
    "[[[]]]",
    '{"@graph": {"@type": 3}}',
    '{"@type": "NewsArticle", "author": [[{}]], "publisher": 3}',
]


@pytest.mark.parametrize("data", LINKED)
def test_broken_linked_data_is_passed_over(data: str) -> None:
    report = page_of(f'<script type="application/ld+json">{data}</script>')
    assert (report.title, report.author) == ("Dam breached", "")


def test_huge_page_is_taken_whole() -> None:
    report = page_of(body="".join(f"<p>Line {n} of the list.</p>" for n in range(25_000)))
    assert report.text.endswith("Line 24999 of the list.")
    assert "Home" not in report.text


def test_text_of_html() -> None:
    text, links = text_of_html(
        '<p>One&amp;two</p><script>x</script><a href="/a">three</a><br>four', "https://v.example/"
    )
    assert text == "One&two\n\nthree\nfour"
    assert links == ("https://v.example/a",)


@given(st.text(alphabet="<>/abp ='\"!-&;#x0\n", max_size=200))
def test_any_markup_gives_one_item(html: str) -> None:
    items = list(read_page(Content(content=f"<html>{html}".encode(), name="in.html")))
    assert len(items) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Updated May 5, 2031: a previous version of this article said 24 people had left.",
        "Note: we originally reported that 44 people had left; the governor said 14.",
        "Errata: the dam is 40 metres high.",
        "We have removed a claim that 12 had died.",
        "Korrektur: In einer früheren Fassung stand 12.",
        "Rectificatif : le barrage a 40 mètres.",
    ],
)
def test_more_kinds_of_correction_notes_are_kept(line: str) -> None:
    html = f"<html><body><article><h1>Dam</h1>{BODY}</article><footer><p>{line}</p></footer></body></html>"
    (report,) = read_page(Content(content=html.encode("utf8"), name="in.html"))
    assert isinstance(report, Report) and report.text.endswith(line)


@pytest.mark.parametrize(
    "line",
    ["To continue reading this article, please log in or register.", "Subscribe now to read on: for subscribers only."],
)
def test_a_page_that_keeps_the_rest_for_subscribers_is_a_stub(line: str) -> None:
    first = "The dam above Karsko gave way on Friday, the regional governor said, and 1,200 people left their homes."
    html = f"<html><body><article><h1>Dam</h1><p>{first}</p><p>{line}</p></article></body></html>"
    report, problem = read_page(Content(content=html.encode("utf8"), name="in.html"))
    assert isinstance(report, Report) and line not in report.text
    assert isinstance(problem, Problem) and "stub" in problem.message


@pytest.mark.parametrize(
    "line",
    [
        "Published: 3 May 2031 at 10:15 GMT | Updated: 4 May 2031",
        "By Ana Ruiz | May 3, 2031, 10:15 am",
        "3 May 2031 10:15",
    ],
)
def test_the_date_line_below_the_heading(line: str) -> None:
    report = page_of(before=f"<p>{line}</p>")
    assert report.published and report.published.isoformat() == "2031-05-03T10:15:00+00:00"


@pytest.mark.parametrize("line", ["Updated 4 May 2031", "In 2031-05-03 the dam was 40 years old"])
def test_what_is_no_date_line(line: str) -> None:
    assert page_of(before=f"<p>{line}</p>").published is None
