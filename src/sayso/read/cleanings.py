"""Text as a reader sees it: what browsers and typesetters put between the letters is taken off.

Only texts that were taken out of a page or a PDF are cleaned. The text of JSON Lines, plain text and Markdown is the
input's own to the character, so that offsets line up with the input's; there only code points that no database or
JSON writer can hold are replaced, one for one (`replace_unstorable`).
"""

from __future__ import annotations

import html
import re
import unicodedata

# Lone surrogates cannot be written as UTF-8, NUL cannot be kept by most databases.
_UNSTORABLE = re.compile("[\ud800-\udfff\0]")
# Marks without width: soft hyphen, zero-width and word-joining spaces, directions, invisible operators, tags.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
# Joiners are letters' business in Persian, the Indic scripts and emoji, but mere litter between Latin, Greek and
# Cyrillic letters.
_JOINER = re.compile("(?<=[\u0020-\u052f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0020-\u052f])")
_LINE_END = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BLANK_LINES = re.compile("\n{3,}")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_C1 = re.compile("[\u0080-\u0084\u0086-\u009f]")


def replace_unstorable(text: str) -> str:
    """The text with lone surrogates and NULs replaced by U+FFFD, one for one: offsets stay."""
    return _UNSTORABLE.sub("\ufffd", text)


def clean_text(text: str) -> str:
    """A text of paragraphs without entities, invisible marks, odd spaces and control characters, in NFC.

    Runs of spaces become one, lines lose the spaces at their ends, more than one blank line becomes one.
    """
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _C1.sub(_read_as_windows, text)
    text = replace_unstorable(text)
    text = _LINE_END.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _JOINER.sub("", text)
    text = _CONTROL.sub("", text)
    text = unicodedata.normalize("NFC", text)
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def clean_line(text: str) -> str:
    """The cleaned text on one line, for titles and names."""
    return " ".join(clean_text(text).split("\n")).strip()


def strip_blank_lines(text: str) -> str:
    """The text without the blank lines at its start and end; everything between is kept to the character."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return ""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    stops = [stop for stop in (text.find("\n", end), text.find("\r", end)) if stop >= 0]
    return text[first : min(stops, default=len(text))]


def _read_as_windows(match: re.Match[str]) -> str:
    """A C1 control code is, on real pages, a Windows-1252 quote or dash (as the HTML standard has it)."""
    return bytes([ord(match[0])]).decode("cp1252", "replace").replace("\ufffd", "")
