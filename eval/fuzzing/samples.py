"""Small valid inputs of each format, in our own words, to be damaged."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from functools import cache

TEXT = "The dam above Brim gave way on Friday, the governor said. Nine people are missing, police told Tarn Notes."
MORE = "Rescuers had found two of them by 18:40, a spokeswoman said; 40 others were brought to Upper Tarn."
PAGE = f"""<!doctype html><html lang="en"><head><title>Dam gives way - Tarn Notes</title><meta charset="utf-8">
<meta property="og:site_name" content="Tarn Notes">
<meta property="article:published_time" content="2031-05-03T10:15:00Z">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Dam gives way",
"author": [{{"name": "Ann Orr"}}]}}</script></head><body><nav><a href="/">Home</a></nav><article>
<h1>Dam gives way</h1><p class="byline">By Ann Orr</p>
<time datetime="2031-05-03T10:15:00Z">3 May 2031</time><p>{TEXT}</p><table><tr><th>Place</th><th>Dead</th></tr>
<tr><td>Brim</td><td>2</td></tr></table><p>{MORE} <a href="https://wire.example/1">Wire</a></p></article>
<footer><p>Correction: an earlier version of this article said 12.</p></footer></body></html>"""
ROUNDUP = f"""<html lang="fr"><head><title>En bref</title><script type="application/ld+json">
//<![CDATA[
{{"@type": "NewsArticle", "datePublished": 1935605400000, "correction": [{{"text": "It was 12 before; it is nine."}}],}}
//]]></script></head><body><header><div class="date">12/05/2031</div></header><article><h1>En bref</h1>
<p class="meta">Publié le 3 mai 2031 à 10h15 - Mis à jour le 4 mai</p><ul><li><b>Brim.</b> {TEXT}</li>
<li>{MORE}<sup>3</sup></li></ul><hr><div role="table"><div role="row"><span role="cell">Brim</span></div></div>
<div class="paywall">La suite est réservée aux abonnés.</div></article>
<footer><p>Site parodique.</p></footer></body></html>"""
CHATPAGE = f"""<html><body><div class="page_header"><div class="bold">Tarn Front</div></div>
<div class="message default"><div class="body"><div class="date" title="03.05.2031 10:15:00 UTC+01:00">10:15</div>
<div class="from_name">Ann</div><div class="text">{TEXT}</div></div></div><div class="message default joined">
<div class="date" title="03.05.2031 10:16:00">10:16</div><div class="forwarded"><div class="from_name">Jo</div>
<div class="text">{MORE}</div></div></div></body></html>"""
FEED = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>Tarn Notes</title><link>https://tarn.example/</link><item><title>Dam gives way</title>
<dc:creator>Ann Orr</dc:creator><link>https://tarn.example/1</link><pubDate>Sat, 03 May 2031 24:00:00 +0200</pubDate>
<source url="https://w.example">Wire
</source><description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item><item><title>Two</title></item></channel></rss>"""
NEWSML = f"""<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:w:1:1" xml:lang="en"><itemMeta><provider><name>Wire</name></provider>
<versionCreated>2031-05-03T10:15:00Z</versionCreated></itemMeta>
<contentMeta><headline>Dam</headline><by>By Ann Orr</by></contentMeta><contentSet><inlineXML><html><body>
<p>{TEXT}</p></body>
</html></inlineXML></contentSet></newsItem></itemSet></newsMessage>"""
LETTER = f"""From: Press Office <press@tarn.example>
To: list@notes.example
Subject: =?utf-8?q?Dam_gives_way?=
Date: Sat, 03 May 2031 10:15:00 +0000
Message-ID: <1@tarn.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

{TEXT}
> Who said so?

---------- Forwarded message ---------
From: Ann Orr <ann@notes.example>
Date: Fri, 2 May 2031
Subject: Dam

{MORE}
--b
Content-Type: text/html

<p>{TEXT}</p>
--b--
"""
RTF = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Helvetica;}}{\info{\title Dam}{\author Ann \'d6rr}}"
    r"\f0\fs24 Tarn Notes\par "
    rf"{TEXT}{{\super 3}}\par {{\deleted no}} \u1078? {{\b {MORE}}}\par}}"
)
WARC_PAGE = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}"
WARC = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tarn.example/1\r\nWARC-Date: 2031-05-04T00:00:00Z\r\n"
    f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    f"Content-Length: {len(WARC_PAGE.encode())}\r\n\r\n{WARC_PAGE}\r\n\r\n"
)
FRONT = "title: Dam\noutlet: Tarn Notes\npublished: 2031-05-03\ncites: [Wire]\n"
MARKDOWN = f"---\n{FRONT}---\n\n# Dam\n\n{TEXT}\n\n[a](https://t.example)\n"
CHAT = (
    f"03/05/2031, 10:15 - Ann Orr: {TEXT}\n{MORE}\n13/05/2031, 22:10 - Jo: <Media omitted>\n"
    f"14/05/2031, 09:00 - Jo: {MORE}\n"
)
SUBTITLES = (
    "WEBVTT\n\n1\n00:01.000 --> 00:04.000\n<v Ann>The dam gave way\n\n"
    "00:04.500 --> 00:08.000\n{\\an8}on <i>Friday</i>.\n"
)
PDF_TEXT = b"BT /F1 12 Tf 72 720 Td (The dam gave way on Friday, the governor said.) Tj 0 -14 Td (Nine are lost.) Tj ET"
JSON = {
    "status": "ok",
    "articles": [
        {
            "source": {"name": "Tarn Notes"},
            "title": "Dam",
            "publishedAt": "2031-05-03T10:15:00Z",
            "content": f"<p>{TEXT}</p>",
        },
        {
            "id": 7,
            "date_unixtime": "1935605400",
            "text": ["a ", {"type": "bold", "text": MORE}],
            "url": "https://t.example/1",
        },
    ],
}


LINK = "&lt;li&gt;&lt;a href='https://n.example/{0}'&gt;Nine missing {0}&lt;/a&gt; &lt;font&gt;Tarn Notes&lt;/font&gt;"
CLUSTER = f"""<rss version="2.0"><channel><title>dam - Google News</title><link>https://news.google.com/</link><item>
<title>Nine missing 1 - Tarn Notes</title><description>{LINK.format(1)}{LINK.format(2)}</description>
</item></channel></rss>"""
POSTS = {
    "name": "Tarn Front",
    "type": "public_channel",
    "messages": [
        {"id": 1, "type": "service", "date": "2031-05-03T10:15:00", "actor": "Tarn Front", "text": ""},
        {"id": 2, "type": "message", "date": "2031-05-03T10:15:00", "from": "Ann", "text_entities": [{"text": TEXT}]},
        {
            "_": "Message",
            "id": 3,
            "date": "2031-05-03",
            "message": MORE,
            "from_id": 7,
            "retweeted_status": {"text": MORE},
        },
        {
            "content_elements": [{"type": "text", "content": TEXT}],
            "headlines": {"basic": "Dam"},
            "display_date": "3 May 2031",
        },
    ],
    "users": [{"id": 7, "name": "Jo"}],
}
EVENTS = (
    "event_id_cnty,event_date,event_type,actor1,notes,source,fatalities,timestamp\n"
    f'T1,03/05/2031,Battles,Militia,"{TEXT}",Tarn Notes; Wire,3,1935605400\n'
    f'T2,13/05/2031,Battles,Militia,"{MORE}",Tarn Notes,0,20310513101500\n'
)


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Tarn Notes</title>
<entry><id>urn:1</id><title type="html">Dam &amp;amp; river</title><updated>2031-05-03T10:15:00+02:00</updated>
<author><name>Ann Orr</name></author><link rel="alternate" href="https://tarn.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry></feed>"""
SPOKEN = f"1\n00:00:01,000 --> 00:00:04,000\n{TEXT}\n\n2\n00:00:05,000 --> 00:00:08,500\n<i>{MORE}</i>\n"
CITED = "TY  - NEWS\nTI  - Dam gives way\nUR  - https://tarn.example/1\nER  - \n"
OUTLINE = '<opml version="2.0"><body><outline text="Tarn" xmlUrl="https://tarn.example/feed"/></body></opml>'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
FLAT = (
    f'<?xml version="1.0"?><office:document xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    f'<text:h text:outline-level="1">Dam</text:h><text:p>{TEXT}</text:p></office:text></office:body></office:document>'
)
SAVED = (
    "From: <Saved by a browser>\nSubject: Dam gives way\nDate: Sat, 03 May 2031 10:15:00 +0000\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="m"\n\n--m\nContent-Type: text/html\n'
    f"Content-Location: https://tarn.example/1\n\n{PAGE}\n--m--\n"
)


def pack_tape(parts: dict[str, str]) -> bytes:
    """A tar archive of some parts, packed by gzip."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in parts.items():
            one = tarfile.TarInfo(name)
            one.size = len(content.encode())
            archive.addfile(one, io.BytesIO(content.encode()))
    return gzip.compress(made.getvalue(), mtime=0)


def pack(parts: dict[str, str]) -> bytes:
    """A ZIP archive of some parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def make_pdf() -> bytes:
    """A PDF of one page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(PDF_TEXT), PDF_TEXT),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, len(made))


def make_workbook() -> bytes:
    """A workbook of two rows."""
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Date", "Outlet", "Text"],
        [datetime(2031, 5, 3, 10, 15), "Tarn Notes", TEXT],
        ["05/03/2031", None, MORE],
    ):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as parts:  # Packed again without the moment at which it was made.
        told = {name: parts.read(name).decode() for name in parts.namelist() if name != "docProps/core.xml"}
    return pack(told)


@cache
def list_samples() -> dict[str, tuple[str, bytes]]:
    """The name of a file and its bytes, by the reader that reads it."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'
    cell = f"<w:tc><w:p><w:r><w:t>450</w:t></w:r>{raised}</w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell}{cell}</w:tr><w:tr>{cell}{cell}</w:tr></w:tbl>"
    body = f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>{table}</w:body>"
    body = f'<w:document xmlns:w="{word}">{body}</w:document>'
    open_body = (
        f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0">'
        "<office:body><office:text>"
        f"<text:p>{TEXT}<text:s/><text:note><text:note-citation>3</text:note-citation><text:note-body><text:p>{MORE}"
        "</text:p></text:note-body></text:note></text:p></office:text></office:body></office:document-content>"
    )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Dam'
        '</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>'
    texts = {
        "page": ("a.html", PAGE),
        "roundup": ("a.html", ROUNDUP),
        "chatpage": ("messages.html", CHATPAGE),
        "feed": ("a.rss", FEED),
        "cluster": ("a.xml", CLUSTER),
        "newsml": ("a.xml", NEWSML),
        "letter": ("a.eml", LETTER),
        "mailbox": (
            "a.mbox",
            f"From a@t.example Sat May  3 10:15:00 2031\n{LETTER}\nFrom b@t.example Sat May  3 10:16:00 2031\n{LETTER}",
        ),
        "rtf": ("a.rtf", RTF),
        "crawl": ("a.warc", WARC),
        "markdown": ("a.md", MARKDOWN),
        "text": ("a.txt", f"TARN NOTES\n3 May 2031\nDam gives way\nBy Ann Orr\n\n{TEXT}\n\n{MORE}\n"),
        "chat": ("chat.txt", CHAT),
        "subtitles": ("a.vtt", SUBTITLES),
        "json": ("a.json", json.dumps(JSON, indent=1)),
        "posts": ("a.json", json.dumps(POSTS, indent=1)),
        "events": ("a.csv", EVENTS),
        "rows": (
            "a.jsonl",
            "\n".join(json.dumps({"id": n, "text": TEXT, "published": "2031-05-03"}) for n in range(3)),
        ),
        "sheet": (
            "a.csv",
            f'Date,Outlet,Text,URL\n05/03/2031,Tarn Notes,"{TEXT}",https://t.example\n13/05/2031,,"{MORE}",\n',
        ),
        "atom": ("a.atom", ATOM),
        "spoken": ("a.srt", SPOKEN),
        "cited": ("a.ris", CITED),
        "outline": ("a.opml", OUTLINE),
        "flat": ("a.fodt", FLAT),
        "saved": ("a.mht", SAVED),
        "listing": ("a.bib", "@misc{a,\n title = {Dam},\n url = {https://t.example/a}\n}\n"),
    }
    packed = {
        "document": (
            "a.docx",
            pack({"word/document.xml": body, "docProps/core.xml": "<a/>", "word/header1.xml": body}),
        ),
        "opendoc": ("a.odt", pack({"content.xml": open_body, "styles.xml": "<a/>", "meta.xml": "<a/>"})),
        "book": ("a.epub", pack({"META-INF/container.xml": container, "OPS/b.opf": package, "OPS/a.xhtml": PAGE})),
        "archive": ("a.zip", pack({"a.txt": TEXT, "b/c.html": PAGE, "d.jsonl": json.dumps({"text": TEXT})})),
        "capture": ("a.wacz", pack({"archive/data.warc": WARC, "datapackage.json": '{"profile": "data-package"}'})),
        "tape": ("a.tgz", pack_tape({"a.txt": TEXT, "b.html": PAGE})),
        "packed": ("a.html.gz", gzip.compress(PAGE.encode(), mtime=0)),
        "workbook": ("a.xlsx", make_workbook()),
        "pdf": ("a.pdf", make_pdf()),
    }
    return {name: (file, text.encode("utf8")) for name, (file, text) in texts.items()} | packed
