"""Ways to damage bytes, the parts of archives, and texts: what often breaks a program, at places of chance."""

from __future__ import annotations

import gzip
import io
import zipfile
from random import Random

MOST_BYTES = 400_000
"""Bytes of a damaged input."""
MOST_CHARACTERS = 40_000
TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b'"', b"'", b"<", b">", b"</p>", b"<![CDATA[", b"]]>",
    b"&a;", b"&#0;", b"&#x110000;", b"{", b"}", b"[", b"]", b"(" * 200, b"[" * 2000, b"{" * 300, b"<div>" * 300,
    b"9" * 400, b"-1", b"1e999", b"NaN", b"null", b"2031-02-30", b"0001-01-01", b"9999-12-31T23:59:59+14:00",
    b"99/99/9999", b"24:00", b"%00", b"../../", b"\\u0000", b"\\ud800", b"\\'", b"{\\rtf1", b"--", b"-->",
    b"=?utf-8?q?", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"\x1f\x8b\x08", b"PK\x03\x04", b"%PDF-1.4",
    b"<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>", "\u202e\u200d".encode(), "\U0001f600".encode(),
    "и".encode("cp1251"), b"\x80\x81\x82", b"\x1b]0;a\x07",
)  # fmt: skip
PHRASES = (
    "1 January 0001", "31 December 9999", "30 February 2031", "29 February 2031", "999999999 days ago",
    "in 10000 years",
       "the 99th century", "00:00 on 0 May", "25:61", "13/13/2031", "Monday", "a fortnight ago", "three weeks earlier",
    "yesterday", "500 BC", "between 1 and 9999", "9" * 400, "1e308", "-0", "0", "1,2,3,4", "12.12.12.12", "½", "²³",
    "١٢٣", "三千", "$5", "€ 0.0000000001 trillion", "up to at least about 40", "one hundred and one hundred and",
    "a hundred thousand million billion", "40 to 12", "-3 %", "3,000-10", "he said", "she said that he had said that",
    "according to", "citing two officials who asked not to be named", "denied that", "did not deny that he did not",
    "“", "”", '"', "'", "«", "»", "„", "(", ")", "[", "—", "…", ".", "?!", ":", ";", "\n", "\n\n", "\t", "\r", "\x0b",
    "\x00", "\x1b[2J", "\u2028", "\u202e", "\u200d", "\u00ad", "\ufeff", "\U0001f600", "e\u0301", "\u0301" * 50,
    "\ud800", "a" * 3000, "а́" * 20, "的" * 200, "<b>", "&amp;", "| a | b |", "- ", "# ", "> ", "https://a.example/" * 3,
    "Kyiv", "Moscow", "Georgia", "Mr", "Gov. Ann Orr", "the", "who, which", "and " * 40, "that " * 40, "said " * 40,
    "not " * 40, "of the " * 40, "“" * 60, "(" * 60, ", " * 60, "1 " * 60, "A. " * 60, "Lt. Gen. " * 20,
)  # fmt: skip
"""What texts are damaged with: moments and numbers at the ends of what there is, cues, marks, and long runs."""


def damage_bytes(content: bytes, chance: Random) -> bytes:
    """The bytes with one to six pieces flipped, cut out, doubled, moved, or replaced by what often breaks readers."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + int(chance.paretovariate(0.7)))
        piece = content[start:end]
        way = chance.randrange(8)
        if way == 0 and piece:
            piece = bytes([piece[0] ^ (1 << chance.randrange(8))]) + piece[1:]
        elif way == 1:
            piece = b""
        elif way == 2:
            piece = piece * chance.choice((2, 3, 50, 500))
        elif way == 3:
            piece = chance.choice(TOKENS) + piece
        elif way == 4:
            piece = chance.choice(TOKENS)
        elif way == 5:
            piece = chance.randbytes(len(piece) or 3)
        elif way == 6:
            other = chance.randrange(len(content) + 1)
            piece = content[other : other + len(piece)] + piece
        else:
            content, piece, end = content[:start], b"", len(content)
        content = (content[:start] + piece + content[end:])[:MOST_BYTES]
    return content


def damage_file(content: bytes, chance: Random) -> bytes:
    """A file with what is packed in it damaged and packed again, or with its own bytes damaged."""
    packed = content.startswith((b"PK", b"\x1f\x8b"))
    if not packed or chance.random() < 0.3:
        return damage_bytes(content, chance)
    if content.startswith(b"PK"):
        return damage_parts(content, chance)
    return gzip.compress(damage_bytes(gzip.decompress(content), chance), mtime=0)


def damage_parts(content: bytes, chance: Random) -> bytes:
    """A ZIP archive with one of its parts damaged."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        hit = chance.choice(names)
        for name in names:
            part = old.read(name)
            # With a moment of its own, so that the same chance gives the same bytes.
            new.writestr(zipfile.ZipInfo(name), damage_bytes(part, chance) if name == hit else part)
    return made.getvalue()


def damage_text(text: str, chance: Random) -> str:
    """The text with one to eight words or stretches put in, cut out, moved, or repeated up to a thousand times."""
    for _ in range(chance.choice((1, 2, 2, 3, 5, 8))):
        places = [at for at, mark in enumerate(text) if mark == " "] or [0]
        start = chance.choice(places) + 1 if chance.random() < 0.8 else chance.randrange(len(text) + 1)
        end = min(len(text), start + int(chance.paretovariate(0.5)))
        piece = text[start:end]
        way = chance.randrange(7)
        if way == 0:
            piece = ""
        elif way == 1:
            piece = piece * chance.choice((2, 2, 3, 20, 1000))
        elif way in (2, 3):
            piece = f"{chance.choice(PHRASES)} {piece}"
        elif way == 4:
            piece, end = chance.choice(PHRASES), start
        elif way == 5:
            other = chance.randrange(len(text) + 1)
            piece = text[other : other + len(piece)] + piece
        else:
            piece = chance.choice((piece.upper(), piece.lower(), piece.title(), piece[::-1], " ".join(piece)))
        text = (text[:start] + piece + text[end:])[:MOST_CHARACTERS]
    return text
