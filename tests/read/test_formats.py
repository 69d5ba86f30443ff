import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.formats import MEDIA_TYPES, SUFFIXES, recognise_format

FORMATS = [
    (b'{"text": "a"}\n{"text": "b"}', "notes.txt", "", "rows"),
    (b'{"text": "a', "reports.jsonl", "", "rows"),
    (b'{"text": "a', "-", "", "rows"),
    (b'{\n "text": "a"\n}', "report.json", "", "json"),
    (b'{"text": "a"}\n', "report.json", "", "json"),
    (b'{"text": "a"}\n{"text": "b"}\n', "reports.json", "", "rows"),
    (b'{\n "text": "a"\n}', "-", "", "json"),
    (b'[{"text": "a"}]', "-", "", "json"),
    (b"{curly} is how the letter begins", "a.txt", "", "text"),
    (b"[Editor's note] The dam", "a.txt", "", "text"),
    (b"[Editor's note] The dam", "-", "", "text"),
    (b"<!DOCTYPE html><html>", "a.txt", "", "page"),
    (b"\xef\xbb\xbf\n<html lang=en>", "-", "", "page"),
    (b"<!-- saved from url --><html>", "-", "", "page"),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>', "-", "", "page"),
    (b"<p>The dam</p>", "-", "", "page"),
    (b"<b>The</b> dam", "a.html", "", "page"),
    (b'<?xml version="1.0"?>\n<!-- x --><rss version="2.0">', "a.html", "", "feed"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "-", "", "feed"),
    (b"---\ntitle: A\n---\nText", "-", "", "markdown"),
    (b"Text", "a.md", "", "markdown"),
    (b"Text", "-", "text/html", "page"),
    (b"Text", "https://valley.example/dam.html?x=1.pdf", "", "page"),
    (b"Text", "-", "", "text"),
    (b"%PDF-1.7\n", "a.txt", "", "pdf"),
    (b"From: a@b.example\r\nDate: x\r\nSubject: Dam\r\n\r\nText", "-", "", "letter"),
    (b"From: the sea: a story", "-", "", "text"),
    (b"\x89PNG\r\n\x1a\n", "a.txt", "", "binary"),
    (b"text with \0 in it", "a.txt", "", "binary"),
    ("The dam".encode("utf-16"), "a.txt", "", "text"),
    (gzip.compress(b"x", mtime=0), "a.txt", "", "packed"),
    (b"x" * 257 + b"ustar\x0000", "a.tar", "", "archive"),
    (b"{\\rtf1\\ansi The dam", "-", "", "rich text"),
    (b"WEBVTT\n\n00:01.000 --> 00:02.000\nThe dam", "-", "", "subtitles"),
    (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nThe dam", "a.txt", "", "subtitles"),
    (b"1\nThe dam --> the town", "a.txt", "", "text"),
    (b"03/05/31, 10:15 - Ann: The dam\n03/05/31, 10:16 - Jo: gave way\n", "a.txt", "", "chat"),
    (b"[03.05.31, 10:15:02] Ann: The dam\n[03.05.31, 10:16:02] Jo: gave way\n", "-", "", "chat"),
    (b"03/05/31, 10:15 - Ann: The dam\nand no more\n", "a.txt", "", "text"),
    (b'<?xml version="1.0"?><newsMessage xmlns="x">', "a.xml", "", "newsml"),
    (b"<nitf><body/></nitf>", "-", "", "newsml"),
    (b'<?xml version="1.0"?><opml version="2.0">', "a.xml", "", "listing"),
    (b"<urlset><url/></urlset>", "-", "", "listing"),
    (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>", "a.html", "", "listing"),
    (b"% refs\n@article{orr2031,\n", "a.txt", "", "listing"),
    (b"TY  - NEWS\n", "a.txt", "", "listing"),
    (b"https://t.example/a\nhttps://t.example/b\n", "a.txt", "", "listing"),
    (b"https://t.example/a\nThe dam gave way.\n", "a.txt", "", "text"),
    (b"#!/bin/sh\necho", "-", "", "other"),
    (b"import os\n", "a.py", "", "other"),
    (b"name: x\n", "a.yaml", "", "other"),
    (b'{"type": "FeatureCollection"}', "a.geojson", "", "other"),
    (b"The dam", "a.xyz", "", "other"),
    (b"The dam", "the dam no. 5", "", "text"),
    (b"The dam", "https://news.example.py", "", "text"),
    (b"<svg></svg>", "a.svg", "", "other"),
    (b"<html><p>The dam</p></html>", "a.php", "", "page"),
    (b"Received: a\nARC-Seal: b\nAuthentication-Results: c\nFrom: d\n\nThe dam", "1.M2.host", "", "letter"),
    (b"PK\x03\x04", "a.md", "", "archive"),
    (b"PK\x03\x04", "a.docx", "", "document"),
    (b"PK\x03\x04....word/document.xml", "-", "", "document"),
    (b"Text", "a.docx", "", "document"),
    (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "-", "", "document"),
    (b"PK\x03\x04....mimetypeapplication/epub+zip", "a.epub", "", "book"),
    (b"PK\x03\x04....xl/workbook.xml", "a.xlsx", "", "workbook"),
    (b"From a@b.example Fri May  3 09:10:00 2031\nSubject: Dam\n\nText", "-", "", "mailbox"),
    (b"From the sea they came\nand went: so", "-", "", "text"),
    (b"WARC/1.0\r\nWARC-Type: response\r\n", "-", "", "crawl"),
    (b"a,b\n1,2\n", "a.csv", "", "sheet"),
    (b"a,b\n1,2\n", "a.txt", "", "text"),
    (b"Date;Quelle;Inhalt\n1;2;3\n", "-", "", "sheet"),
    (b"date,outlet,text\n1,2,3\n", "a.txt", "", "sheet"),
    (b"Date, time and text, the note said\n", "-", "", "text"),
    (b'{\n "articles": [', "a.txt", "", "json"),
    (b'[\n {\n  "text": "a"', "a.txt", "", "json"),
    (b"window.YTD.tweets.part0 = [\n", "tweets.js", "", "json"),
]


@pytest.mark.parametrize(("head", "name", "media_type", "form"), FORMATS)
def test_bytes_first_name_second(head: bytes, name: str, media_type: str, form: str) -> None:
    assert recognise_format(head, name, media_type) == form


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_format(head: bytes, name: str) -> None:
    known = {*SUFFIXES.values(), *MEDIA_TYPES.values(), "binary", "packed", "other", "chat"}
    assert recognise_format(head, name) in known
