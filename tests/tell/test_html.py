"""The HTML face: whole, linked, escaped, closed to the outside."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from itertools import pairwise

import lxml.html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from poisons import HOSTILE, grow, poison

from sayso.harms import clean_text
from sayso.record import Brief, Row, Section, Table
from sayso.tell.citations import cite_claims
from sayso.tell.html import render_html
from sayso.tell.pages import read_asset


def parse(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.encode("utf8"))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_sentence_and_detail_is_told(brief: Brief) -> None:
    told = flat(parse(render_html(brief)).text_content())
    for section in brief.sections:
        assert section.title in told
        for sentence in section.sentences:
            assert sentence.text in told
            assert sentence.detail in told


def test_every_number_leads_to_its_claim_and_back(brief: Brief) -> None:
    page = parse(render_html(brief))
    cited = {f"c{c.number}": c for c in cite_claims(brief).values()}
    links = page.xpath("//a[@class='cite']")
    assert {link.get("href") for link in links} == {"#" + name for name in cited}
    for name, citation in cited.items():
        (note,) = page.xpath(f"//*[@id='{name}']")
        assert note.xpath(".//mark")[0].text_content() == citation.words
        assert page.xpath(f"//*[@id='r{citation.number}']")


def test_ids_are_unique_and_anchors_lead_somewhere(brief: Brief) -> None:
    page = parse(render_html(brief))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_headings_descend_one_level_at_a_time(brief: Brief) -> None:
    levels = [int(h.tag[1]) for h in parse(render_html(brief)).iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_policy_lets_in_our_style_and_script_and_nothing_else(brief: Brief) -> None:
    page = parse(render_html(brief))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (element,) = page.iter(tag)
        digest = b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style")
    assert not page.xpath("//@src | //link")


def test_a_chart_is_drawn_for_page_and_phone(brief: Brief) -> None:
    page = parse(render_html(brief))
    assert len(page.xpath("//svg[contains(@class, 'wide')]")) == 1
    assert len(page.xpath("//svg[contains(@class, 'narrow')]")) == 1
    assert len(page.xpath("//figure")) == 2


def test_hostile_words_stay_words(brief: Brief) -> None:
    clean, page = parse(render_html(brief)), parse(render_html(poison(brief, HOSTILE)))
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1
    assert not list(page.iter("img"))
    assert set(page.xpath("//@*/..")) and not [
        name for e in page.iter() if isinstance(e.tag, str) for name in e.attrib if name.startswith("on")
    ]
    assert not page.xpath("//a[@rel]")
    assert "49" not in page.xpath("//h1")[0].text_content()
    assert {e.tag for e in page.iter()} <= {e.tag for e in clean.iter()}


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_told(brief: Brief, words: str) -> None:
    page = render_html(poison(brief, words))
    tags = re.findall(r"<(script|style|iframe|object|embed|base|form|input|link)\b", page)
    assert tags == ["style", "script"]
    title = re.sub(r"\s+", "", parse(page).xpath("//h1")[0].text_content())
    assert title == re.sub(r"\s+", "", clean_text(words))


def test_a_brief_of_nothing_is_a_page(brief: Brief) -> None:
    empty = replace(brief, title="", sections=(), picture=replace(brief.picture, readings=(), estimates=()))
    assert "<h1>" in render_html(empty)


def test_the_front_page_stands_open_and_the_rest_is_folded_behind_it(brief: Brief) -> None:
    page = parse(render_html(grow(brief)))
    heads = page.xpath("//main//h2")
    titles = [head.text_content() for head in heads]
    assert titles[:4] == ["Key developments", "Key figures", "What changed", "Conflicts"]
    assert titles[-2:] == ["Reports", "Citations"]
    folded = [head.text_content() for head in page.xpath("//details/summary/h2")]
    assert folded == titles[4:-1]
    assert not page.xpath("//details[@open]")
    assert [link.get("href") for link in page.xpath("//nav//a")][:2] == ["#key", "#figures"]


def test_a_brief_without_a_front_page_is_not_folded_away(brief: Brief) -> None:
    page = parse(render_html(brief))
    assert [head.text_content() for head in page.xpath("//details/summary/h2")] == ["Reports"]


def test_only_a_table_that_somebody_assessed_says_by_whom(brief: Brief) -> None:
    page = parse(render_html(grow(brief)))
    assert page.xpath("//section[@id='figures']//th//text()") == ["What", "Figure"]
    assert "author" not in page.xpath("string(//footer)")
    table = Table(title="", columns=("a",), rows=(Row(cells=("x",), by=("ana",), said=("0123456789",)),))
    signed = replace(brief, sections=(Section(id="questions", title="Q", sentences=(), tables=(table,)),))
    page = parse(render_html(signed))
    assert page.xpath("//section[@id='questions']//th//text()") == ["a", "Assessed by"]
    assert page.xpath("//section[@id='questions']//td[2]//bdi/text()") == ["ana (01234567)"]
    assert "author" in page.xpath("string(//footer)")


def test_every_citation_shows_its_claims_id_as_text(brief: Brief) -> None:
    page = parse(render_html(brief, script=False))
    assert page.xpath("//ol[@class='notes']//code/text()") == list(cite_claims(brief))
    assert not page.xpath("//script | //button")


def test_pages_share_one_sheet_of_tokens() -> None:
    sheets = {name: read_asset(name) for name in ("page.css", "brief.css", "checked.css", "poll.css")}
    assert "--paper:" in sheets.pop("page.css")
    assert not [name for name, sheet in sheets.items() if "--paper:" in sheet]
