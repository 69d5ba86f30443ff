import pytest

from sayso.read.linked_data import find_article, moment_of, read_nodes, string_of

BROKEN = [
    '{"@type": "NewsArticle", "headline": "Dam", "datePublished": "2031-05-03",}',
    '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2031-05-03"}\n//]]>',
    '<!-- {"@type": "NewsArticle", "datePublished": "2031-05-03"}; -->',
    '{"@type": "NewsArticle", "headline": "The "new" dam", "datePublished": "2031-05-03"}',
    '{"@type": "NewsArticle", "headline": "Dam\n\tgives way", "datePublished": "2031-05-03"}',
]


@pytest.mark.parametrize("text", BROKEN)
def test_days_of_broken_data(text: str) -> None:
    (node,) = read_nodes(text, 10)
    assert node["datePublished"] == "2031-05-03"


@pytest.mark.parametrize("text", ["", "{", "[" * 5_000, "NaN", "// no data"])
def test_nothing_of_no_data(text: str) -> None:
    assert read_nodes(text, 10) == []


def test_the_article_is_that_of_the_page() -> None:
    mill = {"@type": "NewsArticle", "headline": "Old mill burns", "url": "https://v.example/mill"}
    dam = {
        "@type": "NewsArticle",
        "headline": "Dam gives way",
        "mainEntityOfPage": {"@id": "https://www.v.example/dam/"},
    }
    site = {"@type": "WebSite", "url": "https://v.example/dam"}
    assert find_article([site, mill, dam], "https://v.example/dam", "") == dam
    assert find_article([mill, dam], "", "Dam gives way - Valley Post") == dam
    assert find_article([mill, dam], "", "") == mill
    assert find_article([site], "https://v.example/dam", "") == {}


def test_values() -> None:
    assert string_of({"@type": "Date", "@value": " 2031-05-03 "}) == string_of(["2031-05-03"]) == "2031-05-03"
    assert moment_of(1935563400000) == "1935563400000"
    assert moment_of(True) == moment_of(1e300) == moment_of(None) == ""
