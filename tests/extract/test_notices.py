"""Whole texts marked as satire or as embargoed, by their words, their outlet or their page."""

import pytest

from sayso.extract import read_report
from sayso.extract.assertions.marks import find_notice
from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Report


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[Satire]\nA crane flew off.", "[Satire]"),
        ("A crane flew off. This is satire.", "This is satire"),
        ("A crane flew off.\n\nThis article is a work of satire.", "This article is a work of satire."),
        ("Category: Satire\nA crane flew off.", "Category: Satire"),
        ("A crane flew off.\n\nAll stories on this site are entirely fictional.", "fictional"),
        ("A crane flew off.\n\nThe Brim Gull is a satirical news site.", "The Brim Gull is a satirical news site."),
        ("A crane flew off.\n\nMarked as: SatiricalArticle", "Marked as: SatiricalArticle"),
        ("This is a work of fiction. A crane flew off.", "This is a work of fiction."),
    ],
)
def test_satire(text: str, words: str) -> None:
    notice = find_notice(text)
    assert notice and notice.stands == "supposed" and notice.span
    assert text[slice(*notice.span)].endswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "EMBARGOED UNTIL 00:01 GMT Tuesday\nThe ministry will pay.",
        "STRICT EMBARGO: 06:00 Friday\nThe ministry will pay.",
        "Not to be published before 6pm\nThe ministry will pay.",
        "Hold for release: Tuesday\nThe ministry will pay.",
        "This report is embargoed until 6am on Friday.\nThe ministry will pay.",
    ],
)
def test_embargoes(text: str) -> None:
    notice = find_notice(text)
    assert notice and notice.stands == "open"


@pytest.mark.parametrize(
    "text",
    [
        "“This is satire,” she said.",
        "The film is a satire of the war.",
        "A satirical site said so.",
        "Satire is dead, said the minister.",
        "Parody accounts were banned.",
        "Fiction sales rose.",
        "The Brim Gull is a satirical newspaper, but many believed it. Its crane never flew.",
        "The embargo until May was lifted.",
        "Arms embargo on grain extended for a year",
        "Embargo to be lifted on Monday",
        "He said the story was fictional.",
    ],
)
def test_words_that_mark_no_text(text: str) -> None:
    assert find_notice(text) is None


def test_an_outlet_of_satire_marks_what_it_says() -> None:
    text = "Officials said on Monday that 40 cranes had flown off."
    reading = read_report(Report(id="r", outlet="Waterford Whispers News", text=text))
    assert {claim.stands for claim in reading.claims} == {"supposed"}
    assert ["satire" in problem.message for problem in reading.problems] == [True]
    assert not read_report(Report(id="r", outlet="Brim Herald", text=text)).problems


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "SatiricalArticle", "headline": "Crane"}</script>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": "Satire"}</script>',
        '<meta property="article:tag" content="Satire">',
        '<meta name="keywords" content="harbour, satire, cranes">',
    ],
)
def test_what_a_page_says_of_itself_is_kept(head: str) -> None:
    body = "<p>The harbour master said on Monday that forty cranes had flown off in the night, to the south.</p>" * 4
    page = f"<html><head><title>Crane</title>{head}</head><body><article>{body}</article></body></html>"
    (report,) = read_page(Content(content=page.encode(), name="crane.html"))
    assert isinstance(report, Report)
    assert any("satire" in problem.message for problem in read_report(report).problems)
