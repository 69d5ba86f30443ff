from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.feeds import read_feed
from sayso.read.reports import Content
from sayso.record import Problem, Report

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>All the News</title><link>https://all.example/</link><language>en-gb</language>
<item><title>Dam breached - Valley Post</title><link>https://valley.example/dam</link>
<guid isPermaLink="false">g1</guid>
<pubDate>Fri, 03 May 2024 09:10:00 +0200</pubDate><source url="https://valley.example/">Valley Post</source>
<dc:creator>Ana Ruiz</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>The dam gave way on Friday, <a href="https://wire.example/1">Wire One</a> said.</p>
<p>Caf&eacute;s
closed.</p>]]></content:encoded></item>
<item><title>Bridge &amp;amp; road shut</title>
<description>&lt;p&gt;The bridge is shut until Monday.&lt;/p&gt;</description></item>
<item><title>Only a headline</title></item>
<item><link>https://valley.example/empty</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Talbote</title>
<entry><id>tag:talbote.example,2024:1</id><title>Damm gebrochen</title><link href="https://talbote.example/1"/>
<published>2024-05-03T09:10:00+02:00</published><updated>2024-05-04T00:00:00Z</updated>
<author><name>Bo Li</name></author>
<content type="html">&lt;p&gt;Der Damm oberhalb der Stadt ist am Freitag gebrochen.&lt;/p&gt;</content></entry>
<entry><id>2</id><title>Ohne Tag</title><updated>2024-05-04T00:00:00Z</updated>
<summary>Kein Datum.</summary></entry></feed>"""


def items_of(text: str) -> list[Report | Problem]:
    return list(read_feed(Content(content=text.encode("utf8"), name="in.xml", sha256="abc")))


def test_rss() -> None:
    dam, bridge, headline, problem = items_of(RSS)
    assert isinstance(dam, Report) and isinstance(bridge, Report) and isinstance(headline, Report)
    assert (dam.id, dam.outlet, dam.title, dam.author) == ("g1", "Valley Post", "Dam breached", "Ana Ruiz")
    assert dam.text == "The dam gave way on Friday, Wire One said.\n\nCafés closed."
    assert dam.published is not None and dam.published.isoformat() == "2024-05-03T09:10:00+02:00"
    assert (dam.published_words, dam.language) == ("Fri, 03 May 2024 09:10:00 +0200", "en")
    assert (dam.url, dam.links, dam.raw) == ("https://valley.example/dam", ("https://wire.example/1",), "abc")
    assert (bridge.title, bridge.outlet, bridge.published) == ("Bridge & road shut", "All the News", None)
    assert bridge.text == "The bridge is shut until Monday."
    assert headline.text == headline.title == "Only a headline"
    assert isinstance(problem, Problem) and problem.input == "in.xml:4"


def test_atom() -> None:
    first, second = items_of(ATOM)
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.id, first.outlet, first.author) == ("tag:talbote.example,2024:1", "Talbote", "Bo Li")
    assert first.published is not None and first.published.isoformat() == "2024-05-03T09:10:00+02:00"
    assert (first.language, first.url) == ("de", "https://talbote.example/1")
    # Where an entry says only when it was changed, that is the day of this version of it.
    assert second.published is not None and second.published.isoformat() == "2024-05-04T00:00:00+00:00"


def test_broken_feed_keeps_what_can_be_read() -> None:
    cut = items_of(RSS[: RSS.index("<item><title>Only")])
    assert [item.title for item in cut if isinstance(item, Report)] == ["Dam breached", "Bridge & road shut"]


def test_no_feed_is_a_problem() -> None:
    (problem,) = items_of('<?xml version="1.0"?><prices><bread>3</bread></prices>')
    assert isinstance(problem, Problem)


@given(st.text(alphabet="<>/arsitem ='\"!-&;#x0\n", max_size=200))
def test_any_xml_gives_items(text: str) -> None:
    assert items_of(f"<rss><channel><item>{text}")


def outlets_of(title: str, *items: str) -> list[str]:
    feed = f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"
    return [item.outlet for item in items_of(feed) if isinstance(item, Report)]


def test_outlet_of_a_feed_is_its_title_without_what_it_says_of_the_feed() -> None:
    item = "<item><title>Dam gives way</title><link>https://valley.example/1</link></item>"
    assert outlets_of("Valley Courier - Latest news", item) == ["Valley Courier"]
    assert outlets_of("Latest | Valley Courier RSS", item) == ["Valley Courier RSS"]
    assert outlets_of("Upper Meadow", item) == ["Upper Meadow"]
    assert outlets_of("", item) == ["valley.example"]


def test_aggregators_are_no_outlets() -> None:
    item = "<item><title>Dam gives way - Valley Courier</title><link>https://news.google.com/1</link>{}</item>"
    assert outlets_of('"dam" - Google News', item.format("")) == ["Valley Courier"]
    links = "".join(
        f"<li><a href='https://news.google.com/{n}'>{headline}</a> <font>{outlet}</font></li>"
        for n, headline, outlet in ((1, "Dam gives way", "Valley Courier"), (2, "Nine missing at Tarn", "Tarn Notes"))
    )
    cluster = item.format(f"<description>{escape(f'<ol>{links}</ol>')}</description>")
    assert outlets_of('"dam" - Google News', cluster) == ["Valley Courier", "Tarn Notes"]


def test_dates_of_rss_in_dublin_core() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Tarn Notes</title></channel>
<item rdf:about="x/1"><title>Dam gives way</title><dc:date>2031-05-03T20:10+02:00</dc:date></item></rdf:RDF>"""
    (report,) = items_of(feed)
    assert isinstance(report, Report) and report.published is not None
    assert report.published.isoformat() == "2031-05-03T20:10:00+02:00"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("<pubDate>Sat, 03 May 31 10:15:00 GMT</pubDate>", "2031-05-03T10:15:00+00:00"),
        ("<pubDate>Sat, 03 May 2031 24:00:00 +0200</pubDate>", "2031-05-04T00:00:00+02:00"),
        ("<pubDate>1935569700</pubDate>", "2031-05-03T10:15:00+00:00"),
        ("<dcterms:created>2031-05-03T10:15:00Z</dcterms:created>", "2031-05-03T10:15:00+00:00"),
        ("<pubDate>Sa, 03 Mai 2031 10:15:00 +0200</pubDate>", "2031-05-03T10:15:00+02:00"),
        ("<pubDate>05/03/2031</pubDate>", None),
    ],
)
def test_dates_of_entries(date: str, moment: str | None) -> None:
    names = 'xmlns:dcterms="http://purl.org/dc/terms/"'
    item = f"<item><title>Dam</title>{date}</item>"
    (report,) = items_of(f'<rss version="2.0" {names}><channel><title>Tarn Notes</title>{item}</channel></rss>')
    assert isinstance(report, Report)
    assert (report.published.isoformat() if report.published else None) == moment


MORE = '<li><strong><a href="https://news.google.com/stories/x">View full coverage</a></strong></li>'


def cluster(*items: str) -> list[tuple[str, str]]:
    html = escape(f"<ol>{''.join(items)}</ol>")
    text = f"""<rss version="2.0"><channel><title>"dam" - Google News</title><link>https://news.google.com/search</link>
    <item><title>Nine missing - Tarn Notes</title><link>https://news.google.com/rss/1</link><description>{html}</description>
    </item></channel></rss>"""
    return [(item.outlet, item.text) for item in items_of(text) if isinstance(item, Report)]


NAMED = [
    '<li><a href="https://news.google.com/{n}">{title}</a>&nbsp;&nbsp;<font color="#6f6f6f">{outlet}</font></li>',
    '<li><a href="https://news.google.com/{n}">{title}</a> - {outlet}</li>',
    '<li><a href="https://news.google.com/{n}">{title}</a> ({outlet})</li>',
]


@pytest.mark.parametrize("form", NAMED)
@pytest.mark.parametrize("more", ["", MORE])
def test_headlines_of_a_cluster_are_their_outlets(form: str, more: str) -> None:
    first = form.format(n=1, title="Nine missing", outlet="Tarn Notes")
    second = form.format(n=2, title="Dam: 40 feared dead", outlet="Harbour Ledger")
    assert cluster(first, second, more) == [("Tarn Notes", "Nine missing"), ("Harbour Ledger", "Dam: 40 feared dead")]


def test_links_in_a_text_are_no_cluster() -> None:
    told = cluster('<li>Police said so in <a href="https://v.example/1">a note</a> (Tarn Notes) on Friday.</li>')
    assert [text for _, text in told] == ["Police said so in a note (Tarn Notes) on Friday."]


@pytest.mark.parametrize(
    "day",
    [
        "<pubDate>Do, 04 Mär 2031 12:40:00 +0100</pubDate>",
        "<prism:publicationDate>2031-03-04T12:40:00+01:00</prism:publicationDate>",
    ],
)
def test_days_of_entries(day: str) -> None:
    space = 'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    (entry,) = items_of(f"<rss {space}><channel><item><title>Dam</title>{day}</item></channel></rss>")
    assert isinstance(entry, Report) and entry.published is not None
    assert entry.published.isoformat() == "2031-03-04T12:40:00+01:00"


def test_whole_texts_in_elements_of_their_own() -> None:
    spaces = 'xmlns:yandex="http://news.yandex.ru" xmlns:turbo="http://turbo.yandex.ru"'
    for name in ("yandex:full-text", "turbo:content"):
        text = f"<description>Dam</description><{name}>The dam gave way on Friday, police said.</{name}>"
        (entry,) = items_of(f"<rss {spaces}><channel><item><title>Dam</title>{text}</item></channel></rss>")
        assert isinstance(entry, Report) and entry.text == "The dam gave way on Friday, police said."
