import json

import pytest

from sayso.read.listings import find_references, name_listing, read_listing
from sayso.read.reports import Content

OPML = '<?xml version="1.0"?><opml version="2.0"><body><outline xmlUrl="https://t.example/rss"/></body></opml>'
SITEMAP = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://t.example/a</loc></url><url><loc>https://t.example/b</loc></url></urlset>"
)
BOOKMARKS = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><A HREF="https://t.example/a">The dam gave way</A></DL>'
BIBTEX = "% mine\n@misc{orr,\n title = {Dam},\n url = {https://t.example/a}\n}\n@book{x, title={No address}}\n"
RIS = "TY  - NEWS\nTI  - Dam\nUR  - https://t.example/a\nER  - \n"


@pytest.mark.parametrize(
    ("text", "name", "held"),
    [
        (OPML, "a list of feeds (OPML)", "one address"),
        (SITEMAP, "a sitemap", "2 addresses"),
        (BOOKMARKS, "a list of bookmarks", "one address"),
        (BIBTEX, "references (BibTeX)", "one address"),
        (RIS, "references (RIS)", "one address"),
        ("@book{x, title={Dam}}", "references (BibTeX)", "no address"),
        ("# mine\n1. https://t.example/a\n- https://t.example/b\n", "a list of addresses", "2 addresses"),
        ("[InternetShortcut]\nURL=https://t.example/a\n", "a shortcut to an address", "one address"),
    ],
)
def test_lists_are_refused_by_name_with_what_they_hold(text: str, name: str, held: str) -> None:
    (problem,) = read_listing(Content(content=text.encode("utf8"), name="in"))
    assert problem.message.startswith(f"{name}, no report; it holds {held}: ")


@pytest.mark.parametrize("text", ["", "The dam: https://t.example/a", "@dam gave way", "https://t.example/a\nThe dam."])
def test_what_is_no_list(text: str) -> None:
    assert name_listing(text) == ""


def test_references_in_json() -> None:
    assert find_references([{"type": "article-newspaper", "URL": "https://t.example/a"}]) == ("references (CSL)", 1)
    assert find_references(json.loads('{"links": ["https://t.example/a", "https://t.example/b"]}')) == (
        "a list of addresses",
        2,
    )
    assert find_references({"name": "x"}) is None
