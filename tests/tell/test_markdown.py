"""The Markdown face: whole, numbered, escaped."""

import re
from dataclasses import replace
from urllib.parse import quote

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sayso.harms import clean_text
from sayso.record import Brief, Sentence
from sayso.tell.citations import cite_claims
from sayso.tell.markdown import escape_words, render_markdown

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_every_sentence_and_detail_is_told(brief: Brief) -> None:
    told = render_markdown(brief)
    for section in brief.sections:
        if section.id == "estimates":  # Charts.
            assert section.title not in told
            continue
        assert f"\n## {section.title}\n" in told
        for sentence in section.sentences:
            assert sentence.text in told
            assert sentence.detail in told


def test_every_number_leads_to_a_footnote_with_outlet_words_and_id(brief: Brief) -> None:
    told = render_markdown(brief)
    used = {int(n) for n in re.findall(r"\[\^(\d+)\](?!:)", told)}
    notes = {int(n): line for n, line in re.findall(r"(?m)^\[\^(\d+)\]: (.*)$", told)}
    cited = {c.number: c for c in cite_claims(brief).values()}
    assert used == set(notes) <= set(cited)
    for number, note in notes.items():
        citation = cited[number]
        first = " ".join(citation.words.split()[:3])
        assert first in note or quote(first) in note
        assert f"`{citation.claim.id}`" in note


def test_a_footnote_leads_to_the_very_words_in_their_page(brief: Brief) -> None:
    told = render_markdown(brief)
    assert "#:~:text=The%20ferry%20Alba%20ran%20aground%20off>" in told


def test_a_script_for_an_address_is_no_link(brief: Brief) -> None:
    assert "javascript:" not in render_markdown(brief)


@given(st.text(st.characters(codec="utf-8"), max_size=80))
@example("# heading")
@example("1. one")
@example("- - x")
@example("<b>x</b> &lt; &#60; **b** _i_ `c` [a](javascript:x) ![i](x) ~~s~~ | \\")
@example("a\n\nb\n===\n\tcode")
def test_escaped_words_mean_themselves(words: str) -> None:
    html = COMMONMARK.render(f"- {escape_words(words)}\n")
    assert set(re.findall(r"</?(\w+)", html)) <= {"ul", "li"}
    meant = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert re.sub(r"\s+", "", meant) == "<ul><li>" + re.sub(r"\s+", "", clean_text(words)) + "</li></ul>"


@given(st.text(max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_told(brief: Brief, words: str) -> None:
    sections = tuple(
        replace(s, title=words, sentences=(*s.sentences, Sentence(text=words, claims=(), detail=words)))
        for s in brief.sections
    )
    html = COMMONMARK.render(render_markdown(replace(brief, title=words, sections=sections)))
    assert not re.search(r"<(?!/?(h1|h2|h3|p|ul|li|em|strong|table|thead|tbody|tr|th|td|a|br|code)\b)", html)
