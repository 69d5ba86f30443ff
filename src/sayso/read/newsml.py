"""XML of news agencies (IPTC): NewsML-G2, NewsML 1 and NITF, a report an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sayso.read.cleanings import clean_line, clean_text
from sayso.read.furniture import drop_furniture, find_byline, name_author
from sayso.read.markup import text_of_html
from sayso.read.reports import Content, Facts, make_report
from sayso.record import Problem, Report

MAX_ITEMS = 10_000
_ITEMS = ("newsItem", "NewsItem", "nitf")
_SPACE = re.compile(r"^\{[^}]*\}")
_DATES = ("contentCreated", "firstCreated", "versionCreated", "FirstCreated", "ThisRevisionCreated")
_NORMED = ("date.issue", "date.release")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_URN = re.compile(r"^urn:newsml:([^:]{3,100}):")


def read_newsml(content: Content) -> Iterator[Report | Problem]:
    """The reports of the items of an agency's XML; items without words, as those of pictures, are passed over."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(content.content, parser)
    except (etree.LxmlError, ValueError) as error:
        yield _refuse(content, f"broken XML ({' '.join(str(error).split())[:200]}); get the file again")
        return
    items = [] if root is None else _list_items(root)
    found = False
    for number, item in enumerate(items[:MAX_ITEMS], start=1):
        report = _read_item(item, content)
        if report is not None:
            found = True
            yield report
        elif len(items) == 1:
            break
        elif _first(item, "headline", "HeadLine", "hl1"):
            found = True
            yield Problem(
                step="read_newsml", input=f"{content.name}:{number}", message="an item without a text; give its text"
            )
    if not found:
        yield _refuse(content, "XML of a news agency (NewsML, NITF) without an item that has a text; give its text")


def _list_items(root: Any) -> list[Any]:
    """The items of a file: those that hold no other."""
    found = [element for element in root.iter() if _tag(element) in _ITEMS]
    return [item for item in found if not any(_tag(e) in _ITEMS for e in item.iterdescendants()) or len(found) == 1]


def _read_item(item: Any, content: Content) -> Report | None:
    text = clean_text(_read_body(item))
    title = clean_line(_first(item, "headline", "HeadLine", "hl1", "title"))
    if not text:
        return None
    above = next((e for e in item.iterancestors() if _tag(e) in ("newsItem", "NewsItem")), item)
    guid = str(above.get("guid") or item.get("guid") or "")
    urn = _URN.match(guid)
    provider = _named(item, "infoSource") or _named(item, "provider") or _named(item, "copyrightHolder")
    provider = provider or _named(item, "Provider") or _attribute(item, "doc.copyright", "holder")
    author = _named(item, "creator") or _first(item, "by", "ByLine") or _first(item, "byline")
    facts = Facts(
        id=guid or _attribute(item, "doc-id", "id-string"),
        outlet=clean_line(provider) or (urn[1] if urn else ""),
        title=title,
        author=name_author(author) or _BY.sub("", clean_line(author)) or find_byline(text),
        published=_first(item, *_DATES) or next(filter(None, (_attribute(item, name, "norm") for name in _NORMED)), ""),
        language=_language(item),
        url=next((words for e in item.iter() if _is_page(e, words := str(e.get("href") or ""))), ""),
    )
    return make_report(drop_furniture(text), facts, raw=content.sha256, retrieved=content.retrieved)


def _read_body(item: Any) -> str:
    """The text of an item: its body in markup, else its plain text, else its description."""
    from lxml import etree

    for name in ("inlineXML", "body.content", "DataContent", "body"):
        for element in item.iter():
            if _tag(element) == name and (name != "DataContent" or len(element)):
                body = next((e for e in element.iter() if _tag(e) in ("body.content", "body")), element)
                words = text_of_html(str(etree.tostring(body, encoding="unicode", with_tail=False)))[0]
                if words.strip():
                    return words
    return _first(item, "inlineData", "DataContent") or _first(item, "description")


def _is_page(element: Any, words: str) -> bool:
    return _tag(element) in ("link", "remoteContent", "altId") and words.startswith(("http://", "https://"))


def _tag(element: Any) -> str:
    return _SPACE.sub("", element.tag) if isinstance(element.tag, str) else ""


def _first(item: Any, *names: str) -> str:
    """The words of the first element of the first of some names that has any."""
    for name in names:
        for element in item.iter():
            if _tag(element) == name and (words := " ".join("".join(element.itertext()).split())):
                return words
    return ""


def _named(item: Any, name: str) -> str:
    """The name that an element of a party has: its name element, else a literal, else the word of its code."""
    for party in (element for element in item.iter() if _tag(element) == name):
        code = str(party.get("qcode") or "").rpartition(":")[2]
        formal = next((str(e.get("FormalName")) for e in party.iter() if e.get("FormalName")), "")
        if words := _first(party, "name") or str(party.get("literal") or "") or code or formal:
            return words
    return ""


def _attribute(item: Any, name: str, key: str) -> str:
    return next((str(e.get(key)) for e in item.iter() if _tag(e) == name and e.get(key)), "")


def _language(item: Any) -> str:
    """The language that an item says it is in, or its content."""
    space = "{http://www.w3.org/XML/1998/namespace}lang"
    said = next((str(e.get("tag")) for e in item.iter() if _tag(e) == "language" and e.get("tag")), "")
    return said or str(item.get(space) or next((a.get(space) for a in item.iterancestors() if a.get(space)), "") or "")


def _refuse(content: Content, message: str) -> Problem:
    return Problem(step="read_newsml", input=content.name, message=message)
