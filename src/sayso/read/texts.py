"""Plain text, and Markdown with YAML front matter. Both are kept to the character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.read.cleanings import strip_blank_lines
from sayso.read.encodings import decode_bytes
from sayso.read.furniture import name_author
from sayso.read.mastheads import (
    find_day,
    find_masthead,
    find_saved_address,
    is_label_line,
    is_title,
    list_top_lines,
    name_day,
    name_file,
)
from sayso.read.reports import Content, Facts, make_report, name_host
from sayso.record import Problem, Remark, Report, Span

MAX_FRONT_MATTER = 64 * 1024
"""Characters of a front matter: it holds a handful of fields, and YAML takes long over more."""

MAX_BRACKETS = 500
"""Lists in a front matter: where they lie in each other, YAML takes the cube of them."""
_FIELD = re.compile(r"^(?P<key>[A-Za-z_][\w-]{0,40})[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t\r]*$", re.MULTILINE)
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
_LINK = re.compile(r"\]\((https?://[^\s()<>]{1,2000})")
_OUTLET_FIELDS = ("outlet", "publisher", "publication", "newspaper", "site_name", "site")
_NOTHING = {"", "~", "null", "none"}


def read_text(content: Content) -> Iterator[Report | Problem]:
    """The report of a plain text: its characters as they are, and what the lines at its top say of it."""
    text = _decode(content)
    if isinstance(text, Problem):
        yield text
        return
    yield make_report(text, find_top_facts(text, content), raw=content.sha256, retrieved=content.retrieved)


def find_top_facts(text: str, content: Content) -> Facts:
    """The facts in the lines at the top of a text, which is all of its file: masthead, day, where it was saved from."""
    url = content.url or find_saved_address(text)
    hints = f"{name_host(url)} {name_file(content.name)}"
    outlet, span = find_masthead(text, hints)
    day = find_day(text, span)
    title = find_title(text, span, headed=bool(outlet or day))
    return Facts(outlet=outlet, title=title, published=day, url=url, file=content.name)


def find_title(text: str, masthead: Span | None, *, headed: bool) -> str:
    """The title of a text: its first heading of Markdown or, below a masthead or a day (`headed`) or above a byline,
    its first line that is made as a title is; "" where it has none such."""
    lines = list_top_lines(text)
    for n, line in enumerate(lines):
        if line.span == masthead or name_day(line.words) or is_label_line(line.words) or name_author(line.words):
            continue
        signed = n + 1 < len(lines) and bool(name_author(lines[n + 1].words))
        heading = text[slice(*line.span)].startswith("#")
        return line.words if heading or ((headed or signed) and is_title(line.words)) else ""
    return ""


def read_markdown(content: Content) -> Iterator[Report | Problem | Remark]:
    """The report of a Markdown text: the facts of its front matter, where it has one, and the body after it.

    The body is kept to the character but for blank lines at its start and end. Front matter that is not quite YAML is
    read line by line, with a remark.
    """
    text = _decode(content)
    if isinstance(text, Problem):
        yield text
        return
    split = split_front_matter(text)
    if isinstance(split, str):
        yield Problem(step="read_markdown", input=content.name, message=split)
        return
    fields, body, wrong = split
    if wrong:
        message = f"the front matter is not YAML ({wrong}) and is read line by line; put quotes around such values"
        yield Remark(step="read_markdown", input=content.name, message=message)
    body = strip_blank_lines(body)
    if not body:
        message = "nothing after the front matter; add the report's text"
        yield Problem(step="read_markdown", input=content.name, message=message)
        return
    yield make_body_report(body, fields, content)


def make_body_report(body: str, fields: dict[str, Any], content: Content) -> Report:
    """The report of a text and of the fields that are given with it; what they leave out, its top lines may say."""
    top = find_top_facts(body, content)
    facts = Facts(
        id=_word(fields, "id"),
        outlet=_first(fields, _OUTLET_FIELDS) or top.outlet,
        title=_word(fields, "title") or top.title,
        author=_word(fields, "author"),
        published=_word(fields, "published") or _word(fields, "date") or top.published,
        language=_word(fields, "language"),
        url=_word(fields, "url") or top.url,
        file=content.name,
        cites=_words(fields, "cites"),
        links=(*_words(fields, "links"), *_LINK.findall(body)),
    )
    return make_report(body, facts, raw=content.sha256, retrieved=content.retrieved)


def split_front_matter(text: str) -> tuple[dict[str, Any], str, str] | str:
    """The fields of a text's front matter, every value as it is written, the body, and what of it is not YAML ("" where
    all is); or why it cannot be read.

    A text that begins with a rule but has no front matter is all body.
    """
    opening = re.match(r"---[ \t]*\r?\n", text)
    closing = _CLOSE.search(text, opening.end()) if opening else None
    if not opening or not closing:
        return {}, text, ""
    head = text[opening.end() : closing.start()]
    if len(head) > MAX_FRONT_MATTER:
        return f"the front matter is longer than {MAX_FRONT_MATTER:,} characters; keep to the fields of a report"
    fields, wrong = parse_fields(head)
    return (fields, text[closing.end() :], wrong) if isinstance(fields, dict) else ({}, text, "")


def parse_fields(head: str) -> tuple[Any, str]:
    """What a front matter says as YAML and "" or, where it is not quite that (a colon in a title), its fields line by
    line and what is wrong; None where it has no field at all."""
    import yaml

    try:
        if max(head.count("["), head.count("{")) > MAX_BRACKETS:
            raise ValueError
        # The base loader makes strings, lists and dicts only: a date keeps its words, and no tag can run anything.
        return yaml.load(head, Loader=yaml.BaseLoader), ""
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        what = getattr(error, "problem", None) or "nested too deeply"
        found = {match["key"].lower(): _unquote(match["value"] or "") for match in _FIELD.finditer(head)}
        return found or None, f"{what}{where}"


def _unquote(value: str) -> str:
    """A value of a field without its quotation marks."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _decode(content: Content) -> str | Problem:
    text = decode_bytes(content.content, content.charset)
    if text is None:
        message = "not text in any known encoding; save it as UTF-8"
        return Problem(step="read_text", input=content.name, message=message)
    return text


def _word(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) and value.strip().lower() not in _NOTHING else ""


def _first(fields: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(filter(None, (_word(fields, key) for key in keys)), "")


def _words(fields: dict[str, Any], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    if isinstance(value, str):
        return (value,) if value.strip().lower() not in _NOTHING else ()
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
