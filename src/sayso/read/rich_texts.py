"""Rich text (RTF 1.9), by striprtf: the text, and the title and author of its information group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.furniture import drop_furniture, find_byline
from sayso.read.markup import is_mark
from sayso.read.reports import Content, make_report
from sayso.read.texts import find_top_facts
from sayso.record import Problem, Report

# Groups of hidden or deleted words, and of raised ones.
_UNSEEN = re.compile(r"\{\\(?:v|deleted)(?![a-z0-9])(?:\\[a-z]{1,20}-?\d{0,6} ?)*[^{}\\]{0,2000}\}")
_RAISED = re.compile(r"\{\\super(?:\\[a-z]{1,20}-?\d{0,6})* (?P<words>[^{}\\]{1,12})\}")
_PROPERTY = re.compile(r"\{\\(title|author)\s((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d{1,6}.?){1,500})\}")


def read_rich_text(content: Content) -> Iterator[Report | Problem]:
    """The report of a rich text; a problem where there is no text in it."""
    source = content.content.decode("latin-1").lstrip("\xef\xbb\xbf \t\r\n")
    try:
        text = clean_text(strip_marks(source))
    except (ValueError, LookupError, IndexError, RecursionError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        message = f"a broken rich text (RTF: {reason}); save it again as DOCX or text"
        yield Problem(step="read_rich_text", input=content.name, message=message)
        return
    if not text:
        message = "a rich text (RTF) without words; save it again as DOCX or text"
        yield Problem(step="read_rich_text", input=content.name, message=message)
        return
    properties = {key: _read_property(words) for key, words in _PROPERTY.findall(source[:20_000])}
    top = find_top_facts(text, content)
    author = properties.get("author") or find_byline(text)
    facts = replace(top, title=properties.get("title") or top.title, author=author)
    yield make_report(drop_furniture(text), facts, raw=content.sha256, retrieved=content.retrieved)


def _read_property(words: str) -> str:
    """The words of a property, its signs read as the characters that they stand for."""
    return clean_line(strip_marks(f"{{\\rtf1\\ansi {words}}}"))


def strip_marks(source: str) -> str:
    """The text of a rich text, whose source has a character for each byte."""
    from striprtf.striprtf import rtf_to_text

    source = _UNSEEN.sub("", source)
    source = _RAISED.sub(lambda m: "" if is_mark(m["words"].strip(), source[: m.start()]) else m[0], source)

    return str(rtf_to_text(source, errors="replace"))  # type: ignore[no-untyped-call]
