"""What feeds list, whatever they are made of."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webs import FEED, START, feed, item, respond

from sayso.read.openings import UnreadableError
from sayso.watch.entries import identify, list_entries
from sayso.watch.feeds import Feed

WEB = Feed(name="Post", kind="web", where=FEED)
PAGE = Feed(name="Page", kind="page", where=FEED, select="a")
ATOM = b"""<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><entry><id>tag:1</id><title>One</title>
<link href='/1'/><updated>2031-05-07T09:00:00Z</updated><source><title>Harbour Post</title></source>
<summary>One.</summary></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
<channel rdf:about='x'><title>Post</title></channel><item rdf:about='1'><title>One</title><link>https://post.example/1</link>
</item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": "1", "title": "One",
"url": "https://post.example/1", "content_text": "One of us, the mayor said."}]}"""
BARE = b"<rss version='2.0'><channel><title>P</title><item><link>https://post.example/1</link></item></channel></rss>"


@pytest.mark.parametrize("content", [ATOM, RDF, JSON, BARE, feed(item(1))])
def test_each_kind_of_feed_leads_to_its_article(content: bytes) -> None:
    where = FEED if content.startswith(b"<") else "https://post.example/feed.json"
    answer = replace(respond(where, 200, content), media_type="")
    (entry,) = list_entries(WEB, answer, START).entries
    assert (entry.address, entry.url) == ("https://post.example/1", "https://post.example/1")


def test_the_true_publisher_is_found() -> None:
    (entry,) = list_entries(WEB, respond(FEED, 200, ATOM), START).entries
    assert entry.report and entry.report.outlet == "Harbour Post"


def test_an_article_is_known_without_how_it_was_found() -> None:
    ways = ("https://Post.example/1", "https://post.example/1?utm_source=rss", "https://post.example/1#top")
    assert len({identify(way) for way in ways}) == 1
    assert identify("https://post.example/?p=1") != identify("https://post.example/?p=2")
    assert identify("javascript:alert(1)") == identify("http://[") == ""


@pytest.mark.parametrize("select", ["a[", "::", "p:nth-child(", "main > > a", "table"])
def test_a_selector_that_picks_nothing_is_told(select: str) -> None:
    page = b"<html><body><p><a href='/1'>One</a></p></body></html>"
    with pytest.raises(UnreadableError, match=r"selector|picks no link"):
        list_entries(Feed(name="P", kind="page", where=FEED, select=select), respond(FEED, 200, page), START)


PIECES = [
    item(1),
    item(2, link=""),
    "<rss>",
    "</rss>",
    "<urlset>",
    "<url><loc>https://a.example/1</loc></url>",
    "<html>",
]
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=6).map(lambda parts: "".join(parts).encode())


@settings(max_examples=60, deadline=None)
@given(content=MARKUP | st.binary(max_size=200), page=st.booleans())
def test_any_answer_is_a_list_or_refused(content: bytes, page: bool) -> None:
    try:
        entries = list_entries(PAGE if page else WEB, respond(FEED, 200, content), START).entries
    except UnreadableError as error:
        assert "\n" not in str(error)
        return
    assert len({entry.address for entry in entries}) == len(entries)
