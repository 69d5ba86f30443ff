"""From bytes to characters."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # Before UTF-16, whose little-endian mark is a prefix of this one.
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call Latin-1 or ASCII is Windows-1252 (WHATWG Encoding Standard).
_WINDOWS = {"ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "iso8859-1"}
_EASTERN = ("cp1250", "iso8859-2", "cp1254")
# A sign between letters, which no language writes, and control codes.
_ODD = re.compile(r"(?<=[^\W\d_])[¹²³¼½¾¿±¶£¢¥¦§¨©ª«¬®¯°´µ¸º»÷×](?=[^\W\d_])|[\x80-\x9f]")
_SAMPLE_BYTES = 200_000
_MAX_BROKEN_SHARE = 0.01


def find_mark(content: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark at the start names, and the mark's length; ("", 0) without one."""
    return next(((name, len(mark)) for mark, name in _MARKS if content.startswith(mark)), ("", 0))


def guess_wide(content: bytes) -> str:
    """UTF-16 without a mark shows by every second byte of its Latin letters being NUL; "" where it does not."""
    sample = content[:4096]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return ""


def decode_bytes(content: bytes, declared: str = "") -> str | None:
    """The text of bytes, or None where no encoding fits.

    In this order: a byte order mark; UTF-8, which hardly anything else is by chance; the declared charset;
    charset-normalizer's guess; UTF-8 with at most one broken character in a hundred, replaced by U+FFFD.
    """
    marked, length = find_mark(content)
    if marked:
        return content[length:].decode(marked, "replace")
    if wide := guess_wide(content):
        return content.decode(wide, "replace")
    stateful = b"\x1b" in content and declared.lower().startswith(("iso-2022", "hz"))
    first = declared if stateful else "utf-8"
    for name in (first, declared):
        text = _decode_strictly(content, name)
        if text is not None:
            return text
    if (guess := _guess_charset(content)) and (text := _decode_strictly(content, guess)) is not None:
        return _decode_better(content, text)
    text = content.decode("utf-8", "replace")
    return text if text.count("\ufffd") <= _MAX_BROKEN_SHARE * len(text) else None


def _decode_strictly(content: bytes, name: str) -> str | None:
    name = "cp1252" if name.strip().lower() in _WINDOWS else name.strip()
    try:
        return content.decode(name) if name else None
    except (LookupError, ValueError):  # An unknown charset, one that is not for text, or bytes that do not fit it.
        return None


def _decode_better(content: bytes, text: str) -> str:
    """The text of bytes whose encoding was guessed, in an eastern encoding where the guess has signs inside words
    ("powiedzia³o") and that one has fewer."""
    fewest = _count_odd(text)
    for name in _EASTERN if fewest else ():
        other = _decode_strictly(content, name)
        if other is not None and _count_odd(other) < fewest:
            text, fewest = other, _count_odd(other)
    return text


def _count_odd(text: str) -> int:
    return len(_ODD.findall(text[:_SAMPLE_BYTES]))


def _guess_charset(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:_SAMPLE_BYTES]).best()
    return best.encoding if best else ""
