"""Bombs of markup and text: pages, letters, feeds, JSON, tables, subtitles, rich and plain texts."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator

Make = Callable[[], bytes]
TEXT = "The dam above the town gave way on Friday, the governor said. "
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
HEAD = b"From: a <a@b.example>\nTo: c@d.example\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nSubject: a\nMIME-Version: 1.0\n"


def make_page(body: str, head: str = "") -> bytes:
    """A page."""
    head = f"<head><title>Dam</title>{head}</head>"
    return f"<!doctype html><html>{head}<body><p>{TEXT * 5}</p>{body}</body></html>".encode()


def list_pages() -> Iterator[tuple[str, Make]]:
    """Pages."""
    yield "deep.html", lambda: make_page("<div>" * 1_000_000)
    yield "deep-mixed.html", lambda: make_page("<b><p><i><table><tr><td>" * 150_000)
    yield "formats.html", lambda: make_page("<b><i><u><font><p>" * 60_000)
    yield "attributes.html", lambda: make_page("<p " + " ".join(f"a{n}=b" for n in range(1_000_000)) + ">a")
    yield "one-attribute.html", lambda: make_page(f'<p class="{"a " * 5_000_000}">a')
    yield "elements.html", lambda: make_page("<p>a" * 2_000_000)
    yield "nested-links.html", lambda: make_page("<a href=b>" * 500_000 + "a")
    yield "entities.html", lambda: make_page("&amp;lt;&nbsp" * 1_000_000)
    yield "open-tags.html", lambda: make_page("<" * 8_000_000)
    yield "open-comments.html", lambda: make_page("<!--" * 2_000_000)
    yield "tables.html", lambda: make_page("<table><tr><td>" * 300_000)
    yield "spans.html", lambda: make_page("<table>" + "<tr><td colspan=999999 rowspan=999999>a" * 20_000 + "</table>")
    deep = '{"a":' * 300_000
    yield "data-depth.html", lambda: make_page("", f'<script type="application/ld+json">{deep}</script>')
    node = json.dumps({"@type": "NewsArticle", "articleBody": TEXT * 60, "headline": "a"})
    yield (
        "data-nodes.html",
        lambda: make_page("", f'<script type="application/ld+json">[{",".join([node] * 4_000)}]</script>'),
    )
    post = {"@type": "BlogPosting", "articleBody": "<p>" * 2_000 + TEXT, "datePublished": "0001-01-01T00:00:00+23:59"}
    live = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": [post] * 1_500})
    yield "updates.html", lambda: make_page("", f'<script type="application/ld+json">{live}</script>')
    yield (
        "times.html",
        lambda: make_page(
            '<div class="live-update"><time datetime="9999-12-31T23:59:59-23:59">a</time>b</div>' * 100_000
        ),
    )
    yield "title.html", lambda: make_page("", f"<title>{'a | ' * 2_000_000}</title>")
    yield "headings.html", lambda: make_page("<h1>By John Smith, 1 January 0001</h1>" * 200_000)
    yield (
        "metas.html",
        lambda: make_page("", '<meta property="article:published_time" content="1 January 0001">' * 200_000),
    )
    yield "dates.html", lambda: make_page("<p>Published: 31 December 9999 23:59 +99:99</p>" * 19_000)
    yield "siblings.html", lambda: make_page("<p>" + TEXT + "</p>" + "<br>" * 19_000)
    yield "lists.html", lambda: make_page("<ul><li>" * 9_000 + TEXT)
    yield "quotes.html", lambda: make_page("<blockquote>" * 9_000 + TEXT)
    yield "one-line.html", lambda: make_page("<p>" + "a" * 15_000_000)
    yield "wide.html", lambda: b"\xff\xfe" + "<p>a".encode("utf-16-le") * 1_500_000
    yield "seven.html", lambda: b'<meta charset="utf-7">' + b"+ADw-p+AD4-a" * 900_000
    yield "stateful.html", lambda: b'<meta charset="iso-2022-jp">' + b"\x1b$B\x1b(B" * 1_000_000
    part = b"--b\nContent-Type: text/html\nContent-Location: https://a.example/%d\n\n<p>a\n"
    mht = b'MIME-Version: 1.0\nFrom: <Saved by Blink>\nSubject: a\nContent-Type: multipart/related; boundary="b"\n\n'
    yield "parts.mhtml", lambda: mht + b"".join(part % n for n in range(200_000))


def list_letters() -> Iterator[tuple[str, Make]]:
    """Letters and mailboxes."""
    mixed = HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n'
    yield "parts.eml", lambda: mixed + b"--b\n\na\n" * 900_000
    yield "typed-parts.eml", lambda: mixed + b"--b\nContent-Type: text/plain; name=a\n\na\n" * 200_000
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000))
    yield "deep.eml", lambda: HEAD + deep
    yield (
        "fifty-deep.eml",
        lambda: (
            HEAD
            + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(48))
            + b"\n"
            + b"a\n" * 1_000_000
        ),
    )
    yield (
        "forwarded.eml",
        lambda: HEAD + b"Content-Type: message/rfc822\n\nSubject: a\n" * 49 + b"\n" + b"a " * 1_000_000,
    )
    yield "headers.eml", lambda: HEAD + b"".join(b"X-%d: a\n" % n for n in range(500_000)) + b"\na"
    yield "one-header.eml", lambda: HEAD + b"X: " + b"a\n " * 2_000_000 + b"\n\na"
    yield "long-subject.eml", lambda: HEAD.replace(b"Subject: a", b"Subject: " + b"a " * 2_000_000) + b"\na"
    yield (
        "encoded-words.eml",
        lambda: HEAD.replace(b"Subject: a", b"Subject: " + b"=?utf-8?q?a?=\n " * 200_000) + b"\na",
    )
    yield "addresses.eml", lambda: HEAD.replace(b"From: a <", b"From: " + b"a <a@b>, " * 200_000 + b"a <") + b"\na"
    yield "comments.eml", lambda: HEAD.replace(b"From: a <", b"From: " + b"(" * 200_000 + b"a <") + b"\na"
    yield "groups.eml", lambda: HEAD.replace(b"From: a <", b"From: " + b"a:" * 200_000 + b"a <") + b"\na"
    yield "date.eml", lambda: HEAD.replace(b"Date: Mon", b"Date: " + b"Mon, (" * 300_000) + b"\na"
    kind = b"Content-Type: text/plain;\n" + b"".join(b' name*%d="a";\n' % n for n in range(200_000))
    yield "parameters.eml", lambda: HEAD + kind + b"\na"
    yield "charset.eml", lambda: HEAD + b'Content-Type: text/plain; charset="' + b"a" * 900_000 + b'"\n\na'
    yield "quoted.eml", lambda: HEAD + b"\n" + b">" * 2_000_000 + b" a\n" + b"> > > a\n" * 200_000
    said = b"---------- Forwarded message ---------\nFrom: a <a@b.example>\nDate: 1 January 0001\nSubject: a\n\n"
    yield "sent-on.eml", lambda: HEAD + b"\n" + said * 30_000 + b"a"
    body = base64.encodebytes(b"<div>" * 1_500_000)
    yield "coded.eml", lambda: HEAD + b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + body
    yield "uncoded.eml", lambda: HEAD + b"Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n" + b"M" * 5_000_000
    letter = b"From a@b.example Mon Jan  1 00:00:00 2024\nFrom: a\nSubject: a\n\nIt rained.\n\n"
    yield "letters.mbox", lambda: letter * 600
    yield "no-letters.mbox", lambda: letter + b"\nFrom a" * 900_000


def make_feed(items: str, head: str = "", names: str = "") -> bytes:
    """A feed."""
    items = f"<channel><title>a</title>{items}</channel>"
    return f'<?xml version="1.0"?>{head}<rss version="2.0"{names}>{items}</rss>'.encode()


def list_feeds() -> Iterator[tuple[str, Make]]:
    """Feeds and agencies' XML."""
    item = f"<item><title>a</title><link>https://a.example/%d</link><description>{TEXT}</description></item>"
    yield "items.rss", lambda: make_feed("".join(item % n for n in range(100_000)))
    yield "laughs.rss", lambda: make_feed("<item><title>&j;</title></item>", LAUGHS)
    yield "deep.rss", lambda: make_feed("<item><description>" + "<a>" * 500_000)
    yield "deep-words.rss", lambda: make_feed("<item><description>" + "&lt;div&gt;" * 400_000 + "</description></item>")
    yield "namespaces.rss", lambda: make_feed(item % 1, names="".join(f' xmlns:a{n}="b{n}"' for n in range(100_000)))
    yield "dates.rss", lambda: make_feed(f"<item><title>{TEXT}</title><pubDate>{'9' * 2_000_000}</pubDate></item>")
    yield "one-title.rss", lambda: make_feed(f"<item><title>{'a ' * 4_000_000}</title></item>")
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title>'
    yield "deep.atom", lambda: (atom + "<entry><content type='xhtml'>" + "<div>" * 300_000).encode()
    yield (
        "links.atom",
        lambda: (atom + "<entry><title>a</title>" + "<link href='b'/>" * 300_000 + "</entry></feed>").encode(),
    )
    news = '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">'
    yield "deep.newsml", lambda: (news + "<contentSet><inlineXML>" + "<p>" * 500_000).encode()
    yield "sitemap.xml", lambda: b"<urlset>" + b"<url><loc>https://a.example/</loc></url>" * 300_000


def list_data() -> Iterator[tuple[str, Make]]:
    """JSON, tables, subtitles, chats."""
    yield "depth.json", lambda: b"[" * 5_000_000
    yield "depth-of-objects.json", lambda: b'{"text":' * 900_000
    yield "lists.json", lambda: b"[" + b"[]," * 6_000_000 + b"[]]"
    yield "objects.json", lambda: b"[" + b'{"a":{}},' * 2_000_000 + b"{}]"
    yield "number.json", lambda: b'[{"text": "a b c", "id": ' + b"9" * 5_000_000 + b"}]"
    yield "text.json", lambda: json.dumps([{"text": TEXT * 300_000}]).encode()
    yield "keys.json", lambda: json.dumps([{f"k{n}": "v" for n in range(400_000)}]).encode()
    yield "reports.json", lambda: json.dumps([{"text": f"It rained {n} times."} for n in range(600)]).encode()
    yield "line.jsonl", lambda: b'{"text": "It rained.", "a": [' + b"{}," * 1_600_000 + b"{}]}\n"
    yield "depth.jsonl", lambda: b'{"text": "It rained.", "a": ' + b"[" * 60_000 + b"\n" + b'{"a":' * 11_000
    yield "lines.jsonl", lambda: b"{\n" * 3_000_000
    yield "long-text.jsonl", lambda: json.dumps({"text": TEXT * 70_000}).encode()
    yield (
        "dates.jsonl",
        lambda: b"".join(
            json.dumps({"text": "It rained on 1 January 0001.", "published": when}).encode() + b"\n"
            for when in (
                "0001-01-01T00:00:00+23:59",
                "9999-12-31T23:59:59-23:59",
                "-0001-01-01",
                "1" * 60_000,
                "0000-00-00",
            )
        ),
    )
    yield "one-field.csv", lambda: b'text,outlet\n"' + b"a," * 9_000_000
    yield "columns.csv", lambda: b"text," + b"a," * 3_000_000 + b"\n" + b"b," * 3_000_000
    yield "rows.csv", lambda: b"text,outlet\n" + b'"It rained a lot on Friday.",a\n' * 600
    yield "quotes.csv", lambda: b"text,outlet\n" + b'"' * 9_000_000
    yield "cues.srt", lambda: b"".join(b"%d\n00:00:01,000 --> 00:00:02,000\na\n\n" % n for n in range(200_000))
    yield "times.vtt", lambda: b"WEBVTT\n\n" + b"999:59:59.999 --> 999:59:59.999\n<v a>" * 200_000
    yield "tags.vtt", lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 2_000_000
    yield "chat.txt", lambda: b"[1/1/24, 10:00:00] a: It rained.\n" * 600
    yield "chat-depth.txt", lambda: b"[1/1/24, 10:00:00] " + b"a: " * 900_000
    yield "addresses.opml", lambda: b"<opml><body>" + b"<outline xmlUrl='https://a.example'>" * 200_000
    yield "deep.rtf", lambda: b"{\\rtf1 " + b"{" * 3_000_000
    yield "words.rtf", lambda: b"{\\rtf1 " + b"\\par a" * 1_000_000 + b"}"
    yield "one-word.rtf", lambda: b"{\\rtf1 \\" + b"a" * 9_000_000 + b"}"
    yield "characters.rtf", lambda: b"{\\rtf1 " + b"\\u20013?\\'ff" * 900_000 + b"}"
    yield "binary.rtf", lambda: b"{\\rtf1 \\bin2147483647 " + b"a" * 900_000


def list_texts() -> Iterator[tuple[str, Make]]:
    """Plain text and Markdown."""
    yield "shares.txt", lambda: b"a, 5% " + b"5% " * 10_000
    yield "many-shares.txt", lambda: b"a, 5% " + b"5% " * 1_000_000
    yield "figures.txt", lambda: b"12 dead and 3,400 injured, " * 20_000
    yield "numbers.txt", lambda: b"9" * 9_000_000
    yield "words-for-numbers.txt", lambda: b"hundred thousand million and " * 100_000
    yield "quotes.txt", lambda: b'"' * 1_000_000
    yield "brackets.txt", lambda: b"([{" * 300_000
    yield "lines.txt", lambda: b"a\n" * 1_000_000
    yield "spaces.txt", lambda: b"a" + b" " * 9_000_000 + b"b"
    yield "tabs.txt", lambda: b"a\t \n" * 900_000
    yield "one-word.txt", lambda: b"a" * 9_000_000
    yield "hyphens.txt", lambda: b"a-" * 900_000
    yield "capitals.txt", lambda: b"John Smith " * 90_000
    yield "initials.txt", lambda: b"J. " * 300_000
    yield "sayings.txt", lambda: b"he said that she denied that " * 30_000
    yield "days.txt", lambda: b"On 1 January 0001 and 31 December 9999 it rained. " * 4_000
    yield "one-day.txt", lambda: b"It rained on 1 January 0001, the mayor said. It rained on 31 December 9999, too."
    yield "sums.txt", lambda: b"$" + b"9" * 400 + b" million and 10e400 of -0% of 1e308 km, " * 1_000
    yield "accents.txt", lambda: ("a" + "\u0301" * 400_000).encode()
    yield "ligatures.txt", lambda: ("\ufdfa" * 300_000).encode()
    yield "directions.txt", lambda: ("\u202e\u2066a\u2069" * 100_000 + TEXT).encode()
    yield "tags.txt", lambda: ("\U000e0041" * 200_000 + TEXT).encode()
    yield "emoji.txt", lambda: ("👩\u200d👩\u200d👧 " * 60_000).encode()
    yield "arabic.txt", lambda: ("قال الرئيس إن " * 60_000).encode()
    yield "chinese.txt", lambda: ("总统说水坝决堤了。" * 100_000).encode()
    yield "cyrillic.txt", lambda: ("сказал что 5% и 10 человек " * 20_000).encode()
    yield "unknown.txt", lambda: bytes(range(128, 256)) * 40_000
    yield "wide.txt", lambda: "a ".encode("utf-16") * 2_000_000
    yield "byline.txt", lambda: b"By " + b"John Smith and " * 200_000
    yield "links.md", lambda: b"[a](https://a.example/b) " * 100_000
    yield "open-links.md", lambda: b"[" * 900_000 + b"](" * 400_000
    yield "headings.md", lambda: b"# a\n" * 300_000
    yield (
        "aliases.md",
        lambda: (
            b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 122))
            + b"---\n"
            + TEXT.encode()
        ),
    )
    yield "front.md", lambda: b"---\n" + b"a: b\n" * 6_000 + b"---\n" + TEXT.encode()
    yield "front-depth.md", lambda: b"---\na: " + b"[" * 20_000 + b"\n---\n" + TEXT.encode()
    yield "front-keys.md", lambda: b"---\n" + b"? " * 15_000 + b"\n---\n" + TEXT.encode()
    yield (
        "front-indents.md",
        lambda: b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(240)) + b"---\n" + TEXT.encode(),
    )


def list_bombs() -> Iterator[tuple[str, Make]]:
    """All of these, by the names of their files."""
    for some in (list_pages, list_letters, list_feeds, list_data, list_texts):
        yield from some()
