"""The PDF face: its front page on two pages, words as words, every citation with its claim."""

import re
from dataclasses import replace

import pypdfium2
import pytest
from poisons import HOSTILE, grow, poison

from sayso.record import Brief, Sentence
from sayso.tell.citations import cite_claims
from sayso.tell.pdf import FRONT_PAGES, render_pdf, weigh_columns

pytest.importorskip("typst")

MARKUP = (
    '#panic("x") $ x_ $ *b* _i_ `r` @ref <label> = H - l + n / t: \\ // c /* c */ "q" \\u{41} ~ -- ... https://a.b[c]'
)


def read_pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    words = (" ".join(page.get_textpage().get_text_range().split()) for page in document)
    return [re.sub(r" sayso \d+ / \d+", "", page) for page in words]


def test_front_rest_and_sources_stand_in_this_order(brief: Brief) -> None:
    pages = read_pages(render_pdf(grow(brief)))
    assert "Key developments" in pages[0] and "Key figures" in pages[0]
    assert "Estimates" not in pages[0]
    told = " ".join(pages)
    places = [told.rindex(words) for words in ("Key developments", "Estimates", "Reports 4", "Citations")]
    assert places == sorted(places)
    for section in brief.sections:
        for sentence in section.sentences:
            assert sentence.text in told


def test_a_citation_has_its_words_and_its_claim(brief: Brief) -> None:
    told = " ".join(read_pages(render_pdf(grow(brief))))
    for citation in cite_claims(brief).values():
        assert citation.claim.id in told
        assert " ".join(citation.words.split()) in told


def test_the_file_knows_its_title(brief: Brief) -> None:
    document = pypdfium2.PdfDocument(render_pdf(brief))
    assert document.get_metadata_dict()["Title"] == brief.title
    assert document.get_metadata_dict()["CreationDate"].startswith("D:20310306")


def test_a_long_front_fits_two_pages_and_loses_nothing(brief: Brief) -> None:
    claim = brief.sections[0].sentences[0].claims
    many = tuple(Sentence(text=f"Sentence {n}. " + "Word after word. " * 12, claims=claim) for n in range(60))
    long = grow(replace(brief, title="A title " * 40))
    long = replace(long, sections=(replace(long.sections[0], sentences=many), *long.sections[1:]))
    pages = read_pages(render_pdf(long))
    assert "Key developments, continued" not in " ".join(pages[:FRONT_PAGES])
    assert pages[FRONT_PAGES].startswith("Key developments, continued")
    told = " ".join(pages)
    assert all(f"Sentence {n}." in told for n in range(60))


@pytest.mark.parametrize("words", [MARKUP, HOSTILE, "עשרה חסרים 12", "مفقودا", "船", "\ufffe\x00\ud800", "x" * 400])
def test_strangers_words_are_no_markup(brief: Brief, words: str) -> None:
    pages = read_pages(render_pdf(poison(grow(brief), words)))
    if words == MARKUP:
        assert '#panic("x") $ x_ $ *b* _i_ `r` @ref <label> = H' in pages[0]


def test_one_brief_is_one_file_and_a_brief_of_nothing_is_one(brief: Brief) -> None:
    assert render_pdf(grow(brief)) == render_pdf(grow(brief))
    assert render_pdf(replace(brief, title="", sections=())).startswith(b"%PDF")


def test_long_columns_get_more_room(brief: Brief) -> None:
    from sayso.tell.outlines import Grid, Line

    grid = Grid(title="", columns=("a", "b"), lines=(Line(cells=("x", "word " * 30)),))
    narrow, wide = weigh_columns(grid)
    assert narrow < wide
