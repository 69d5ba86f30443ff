"""PDF, by pdfium: the text of the pages with its paragraphs put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.furniture import MAX_LINE, drop_furniture, find_byline, is_spaced, is_titled_byline
from sayso.read.mastheads import TOP_CHARACTERS
from sayso.read.pdf_layouts import mark_layout
from sayso.read.reports import Content, make_report
from sayso.read.texts import find_top_facts
from sayso.record import Problem, Report

MAX_PAGES = 2_000
# Titles that programs write by themselves.
_JUNK_TITLE = re.compile(
    r"^\(?(?:anonymous|unspecified|unknown)\)?$|^(?:"
    r"untitled|microsoft word|powerpoint|document\d*|.*\.(?:docx?|pdf|indd|qxd|odt|rtf|tex|html?))\b",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|стр\.?)?\s{0,3}[-–—]?\s?\d{1,4}(?:\s?(?:/|of|von|из)\s?\d{1,4})?\s?[-–—]?", re.IGNORECASE
)
# What pdfium puts where a word is broken at the end of a line.
_BREAKS = "\ufffe\x02\u00ad"
_HYPHENATED = re.compile(r"(?<=[^\W_])[-‐]$")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*[-‐]?")
_STOPS = tuple('.!?…:;"”’»)]')
_ITEM = re.compile(r"\s*(?:[•‣▪·*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s)")


def read_pdf(content: Content) -> Iterator[Report | Problem]:
    """The report of a PDF; a problem where it is broken, locked or only pictures.

    The title is that of its properties. Its dates are those of the file's making, which tell nothing of publication
    (a page printed to PDF has the day of printing), so that `published` stays unknown.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content.content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        message = "locked with a password; save it without" if locked else f"a broken PDF ({error}); get the file again"
        yield Problem(step="read_pdf", input=content.name, message=message)
        return
    try:
        pages = [_read_page_text(document, number) for number in range(min(len(document), MAX_PAGES))]
        properties = document.get_metadata_dict()
    finally:
        document.close()
    text = clean_text(join_pages(pages))
    if not text:
        message = "a PDF without text, pictures only; run text recognition (OCR) on it first"
        yield Problem(step="read_pdf", input=content.name, message=message)
        return
    title, author = (_keep_property(properties.get(name)) for name in ("Title", "Author"))
    # The masthead may be the running head of every page, which is no part of the text.
    top = find_top_facts(f"{pages[0]}\n\n{text[-TOP_CHARACTERS:]}", content)
    facts = replace(top, title=title or top.title, author=author or find_byline(text))
    yield make_report(drop_furniture(text), facts, raw=content.sha256, retrieved=content.retrieved)


def _keep_property(words: object) -> str:
    """The words of a property; "" where a program has put them there by itself."""
    line = clean_line(str(words or ""))
    return "" if _JUNK_TITLE.match(line) else line


def _read_page_text(document: object, number: int) -> str:
    import pypdfium2

    try:
        page = document[number]  # type: ignore[index]
        return mark_layout(page.get_textpage())
    except pypdfium2.PdfiumError:  # One page of many is broken.
        return ""


def join_pages(pages: list[str]) -> str:
    """The paragraphs of some pages: lines joined, words broken at line ends whole again, page numbers and lines that
    stand at the edge of most pages left out."""
    lines_of_pages = [_split_lines(page) for page in pages]
    running = _find_running_lines(lines_of_pages)
    lines: list[str] = []
    for page in lines_of_pages:
        edge = {0, 1, len(page) - 2, len(page) - 1}
        kept = [
            line for n, line in enumerate(page) if not (n in edge and (_PAGE_NUMBER.fullmatch(line) or line in running))
        ]
        if lines and kept and lines[-1].endswith(_STOPS):
            lines.append("")
        lines += kept
    return _join_lines(lines)


def _split_lines(page: str) -> list[str]:
    page = page.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    # A break mark stands for the hyphen and the line end both.
    page = re.sub(rf"(?<=\w)[{_BREAKS}]\n?", "\u00ad\n", page)
    return [line.strip(" \t") for line in page.split("\n")]


def _find_running_lines(pages: list[list[str]]) -> set[str]:
    """The headers and footers: lines at the edge of more than half of at least three pages, or of both of two, that are
    alike but for the number of the page."""
    if len(pages) < 2:
        return set()
    edges = [{line for line in (*page[:2], *page[-2:]) if line} for page in pages]
    counts = Counter(form for lines in edges for form in {_DIGITS.sub("0", line) for line in lines})
    fewest = len(pages) / 2 if len(pages) > 2 else 1
    running = {line for lines in edges for line in lines if counts[_DIGITS.sub("0", line)] > fewest}
    # Two pages may begin or end with alike sentences; so may many with figures of their own.
    return {line for line in running if not line.endswith(_STOPS) or sum(line in lines for lines in edges) > 2}


def _join_lines(lines: list[str]) -> str:
    """Lines to paragraphs. A paragraph ends at a blank line, before an item of a list, and after a line that both
    ends a sentence and falls well short of the width of the text around it."""
    width = _usual_width(lines)
    vocabulary = {word.casefold() for line in lines for word in _WORD.findall(line)}
    parts: list[str] = []
    previous = ""
    for line in lines:
        if not line:
            separator = "\n\n"
        elif "|" in line or "|" in previous:
            separator = "\n" if "|" in line and "|" in previous else "\n\n" if previous else ""
        elif not previous:
            separator = ""
        elif stands_out(line) or stands_out(previous):
            separator = "\n\n"
        elif previous.endswith("\u00ad"):
            parts[-1] = parts[-1].removesuffix("\u00ad")
            separator = ""
        elif _HYPHENATED.search(previous):
            if _is_broken_word(previous, line, vocabulary):
                parts[-1] = parts[-1][:-1]
            separator = ""
        elif _ITEM.match(line) or (previous.endswith(_STOPS) and len(previous) < 0.8 * width):
            separator = "\n\n"
        elif len(previous) < 0.5 * width and line[:1].isupper():
            separator = "\n\n"  # A heading.
        else:
            separator = " "
        parts += [separator, line]
        previous = line
    return "".join(parts)


def stands_out(line: str) -> bool:
    """Whether a line is no part of a paragraph by its shape: a byline, or letters with spaces between them."""
    return len(line) <= MAX_LINE and (is_titled_byline(line) or is_spaced(line))


def _is_broken_word(previous: str, line: str, vocabulary: set[str]) -> bool:
    """Whether the hyphen at the end of a line only breaks a word ("gov-ernor"). It is the word's own before a capital
    or after a figure, and where the text has the word with its hyphen in the middle of a line too."""
    if not previous[-2].isalpha() or not line[:1].islower():
        return False
    start, end = _WORD.findall(previous)[-1], _WORD.findall(line)[0]
    return f"{start}{end}".casefold() not in vocabulary


def _usual_width(lines: list[str]) -> int:
    """Characters of a full line: nine tenths of the lines are no longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
