"""Telling: pictures of stories that strangers altered, told in every face, view and export.

No sentence is without a claim, JSON is what `sayso.record` says, a page is made of what our own pages are made of, and
no face holds what a terminal would obey.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from random import Random
from typing import Any

from fuzzing.cases import Case, Target, expect
from fuzzing.stories import list_readings, make_story, open_story, settle
from fuzzing.weighing import order, weigh
from sayso.record import Brief, Picture

SINCE, MADE = datetime(2031, 5, 5, tzinfo=UTC), datetime(2031, 5, 10, tzinfo=UTC)
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but tab and line feed, and halves of characters."""
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements of HTML that have no end tag (WHATWG HTML, 13.1.2)."""
FOREIGN = re.compile(r"script|style|^(?:img|iframe|object|embed|form|base|link|svg)| on\w+$| src$")
"""Elements and attributes that do something; others, such as those of lists, depend on what is told."""
SLOW = ("pdf", "docx")
"""Faces that take so long that each is tried on some cases only."""


class Tags(HTMLParser):
    """The elements and attributes of a page, and the open ones where it is not well-formed."""

    def __init__(self) -> None:
        """Nothing found yet."""
        super().__init__()
        self.found: set[str] = set()
        self.open: list[str] = []
        self.astray: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its attributes."""
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}
        if tag == "a":
            href = dict(attrs).get("href") or ""
            self.astray += [] if re.match(r"#|https?://", href) else [f"a link to {href!r}"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that ends at once."""
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open, if it is this one."""
        if not self.open or self.open.pop() != tag:
            self.astray.append(f"</{tag}>")


def make(chance: Random) -> Case:
    """A story."""
    return make_story(chance)


def check(case: Case) -> str:
    """Tell it in the faces, views and exports that the case's own bytes choose."""
    from sayso.tell.brief import compose_brief
    from sayso.tell.faces import FORMATS
    from sayso.tell.tongues import list_languages, speak

    readings = order(open_story(case))
    chance = Random(zlib.crc32(case.content))
    picture = weigh(readings)
    before = weigh([r for r in readings if r.report.published and r.report.published <= SINCE], SINCE)
    with speak(chance.choice(("en", "en", *list_languages()))):
        brief = compose_brief(
            picture, before if chance.random() < 0.5 else None, style=chance.choice(("plain", "quotes"))
        )
        check_brief(brief)
        for format in FORMATS:
            if format not in SLOW or chance.random() < 0.1:
                check_face(brief, format)
        check_views(picture)
    check_explanations(picture, chance)
    check_export(picture, chance)
    check_article(picture, chance)
    from sayso.tell.rows import render_json

    return render_json(brief)


def check_brief(brief: Brief) -> None:
    """Every sentence stands on claims, and these are in the picture or in the one before."""
    known = {c.id for p in (brief.picture, brief.before) if p for r in p.readings for c in r.claims}
    for section in brief.sections:
        for sentence in section.sentences:
            expect(sentence.text.strip() and sentence.claims, "a sentence has words and claims")
            expect(set(sentence.claims) <= known, "the claims of a sentence are there")
        for table in section.tables:
            expect(all(len(row.cells) == len(table.columns) for row in table.rows), "a row has a cell a column")


def check_face(brief: Brief, format: str) -> None:
    """A face is whole and holds nothing of a stranger but words."""
    from sayso.tell.faces import render_face

    content = render_face(brief, format)
    if format in SLOW:
        expect(content.startswith(b"%PDF" if format == "pdf" else b"PK"), f"{format} is a file of its kind")
        return
    text = content.decode("utf8")
    if format == "eml":
        check_mail(content)
    else:
        found = OBEYED.search(text)
        expect(found is None, f"{format} holds no control characters, and has {found!r}", f"control in {format}")
    if format == "json":
        check_row(json.loads(text, parse_constant=refuse_number))
    if format == "html":
        check_page(text)


def refuse_number(words: str) -> None:
    """Raise: NaN and Infinity are no JSON (RFC 8259)."""
    expect(False, f"{words} is no JSON", "no JSON")


def check_row(row: dict[str, Any]) -> None:
    """The JSON of a brief has the parts that docs/json.md names, and each sentence its claims."""
    expect({"title", "sections", "claims", "estimates", "reports", "problems"} <= set(row), "a brief in JSON is whole")
    for section in row["sections"]:
        for sentence in section["sentences"]:
            expect(sentence["claims"] and set(sentence["claims"]) <= set(row["claims"]), "a sentence in JSON is cited")
    for claim in row["claims"].values():
        expect(0 <= claim["start"] <= claim["end"] and claim["number"] > 0, "a cited claim has its place")


def check_mail(content: bytes) -> None:
    """A letter has the heads that we write and no other."""
    from email import message_from_bytes, policy

    letter = message_from_bytes(content, policy=policy.default)
    heads = {name.lower() for name in letter}
    ours = {"subject", "date", "from", "to", "mime-version", "content-type", "content-transfer-encoding", "message-id"}
    expect(
        heads <= ours | {"x-unsent", "content-language"}, f"a letter has no heads but ours, and {heads - ours}", "heads"
    )
    for part in letter.walk():
        expect(not part.defects, f"a letter is whole: {part.defects}", "defects of a letter")


@cache
def list_tags() -> frozenset[str]:
    """The elements and attributes of pages of the story as it is."""
    from sayso.tell.brief import compose_brief
    from sayso.tell.html import render_html

    found: set[str] = set()
    plain = [settle(one) for one in list_readings()]
    whole = order([reading for reading in plain if reading])
    for readings in (whole, whole[:5], whole[5:12], whole[3:4], []):
        for before in (None, weigh(readings[:2], SINCE)):
            tags = Tags()
            tags.feed(render_html(compose_brief(weigh(readings), before)))
            found |= tags.found
    return frozenset(found)


def check_page(page: str) -> None:
    """A page is well-formed and made of no element, attribute or link that ours are not made of."""
    tags = Tags()
    tags.feed(page)
    tags.close()
    expect(not tags.open and not tags.astray, f"a page is well-formed: {tags.open} {tags.astray}", "page")
    foreign = {one for one in tags.found - list_tags() if FOREIGN.search(one)}
    expect(not foreign, f"a page has nothing but ours, and {foreign}", "foreign elements")


def check_views(picture: Picture) -> None:
    """Every view as JSON, as CSV and as a table."""
    from sayso.tell.tables import print_rows
    from sayso.tell.views import VIEWS

    for view in VIEWS.values():
        for format in ("json", "csv", "table"):
            rows, columns = view.choose(picture, format)
            told = io.StringIO()
            print_rows(list(rows), columns, format, told)
            text = told.getvalue()
            if format == "json":
                json.loads(text, parse_constant=refuse_number)
            elif format == "table":
                expect(OBEYED.search(text) is None, "a table commands no terminal")


def check_explanations(picture: Picture, chance: Random) -> None:
    """The journey of a claim, a point and a report."""
    from sayso.tell.explanations import Explainer

    named = [c.id for r in picture.readings for c in r.claims] + [p.id for p in picture.points]
    named += [r.report.id for r in picture.readings] + [o.name for o in picture.origins]
    explainer = Explainer(picture)
    for what in chance.sample(named, min(3, len(named))):
        for step in explainer.explain(what):
            expect(step.name and all(isinstance(line, str) for line in step.lines), "a step has a name and lines")


def check_export(picture: Picture, chance: Random) -> None:
    """One export to another program."""
    from sayso.share.exports import Shared, list_formats

    formats = [format for format in list_formats().values() if format.name != "bundle" and not format.lacking]
    written = chance.choice(formats).write(Shared(picture=picture, made=MADE, tool="sayso"))
    expect(isinstance(written, bytes), "an export is bytes")


def check_article(picture: Picture, chance: Random) -> None:
    """One of the reports, checked against the others: its flags stand in its text, and are told in three faces."""
    from sayso.tell.checked import render_jsonl, render_text
    from sayso.tell.checked_page import render_page
    from sayso.weigh.checks import check_article as check_one

    if len(picture.readings) < 2:
        return
    article = chance.choice(picture.readings)
    checked = check_one(article, [r for r in picture.readings if r is not article])
    for flag in checked.flags:
        expect(article.report.text[flag.start : flag.end] == flag.quote, "a flag quotes the article")
    json.loads(render_jsonl(checked), parse_constant=refuse_number)
    expect(OBEYED.search(render_text(checked)) is None, "a checked article commands no terminal")
    tags = Tags()
    tags.feed(render_page(checked))
    tags.close()
    expect(
        not tags.open and not tags.astray, f"a checked page is well-formed: {tags.open} {tags.astray}", "checked page"
    )


TARGET = Target(name="telling", share=0.15, make=make, check=check, seconds=60)
