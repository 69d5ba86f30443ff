"""The Word face: whole, linked, and nothing but words in it."""

import io
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from poisons import HOSTILE, grow, poison

from sayso.record import Brief
from sayso.tell.citations import cite_claims
from sayso.tell.docx import render_docx

docx = pytest.importorskip("docx")


def read_words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join(found).split())


def test_every_sentence_and_every_citation_is_told(brief: Brief) -> None:
    told = read_words(render_docx(grow(brief)))
    for section in brief.sections:
        for sentence in section.sentences:
            assert sentence.text in told
            assert sentence.detail in told
    for citation in cite_claims(brief).values():
        assert " ".join(citation.words.split()) in told
        assert f"claim {citation.claim.id}" in told


def test_every_number_leads_to_a_bookmark(brief: Brief) -> None:
    document = docx.Document(io.BytesIO(render_docx(grow(brief))))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    anchors = {link.get(f"{word}anchor") for link in document.element.iter(f"{word}hyperlink")}
    names = [mark.get(f"{word}name") for mark in document.element.iter(f"{word}bookmarkStart")]
    assert anchors and anchors <= set(names)
    assert len(names) == len(set(names)) == len(cite_claims(grow(brief)))


def test_the_file_knows_title_and_date(brief: Brief) -> None:
    properties = docx.Document(io.BytesIO(render_docx(brief))).core_properties
    assert (properties.title, properties.author) == (brief.title, "sayso")
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2031-03-06 12:00"


def test_words_from_right_to_left_run_so(brief: Brief) -> None:
    assert "bidi" in docx.Document(io.BytesIO(render_docx(poison(brief, "עשרה")))).element.xml
    assert "w:bidi" not in docx.Document(io.BytesIO(render_docx(brief))).element.body.xml


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_told(brief: Brief, words: str) -> None:
    render_docx(poison(grow(brief), words))


def test_hostile_words_and_a_brief_of_nothing_make_files(brief: Brief) -> None:
    assert "<script>alert(1)</script>" in read_words(render_docx(poison(grow(brief), HOSTILE * 10)))
    assert "Situation report" in read_words(render_docx(replace(brief, title="", sections=())))
