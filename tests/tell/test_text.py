"""The plain text face: whole, narrow, without markup."""

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from poisons import HOSTILE, grow, poison
from rich.cells import cell_len

from sayso.record import Brief, Row, Section, Table
from sayso.tell.citations import cite_claims
from sayso.tell.text import WIDTH, break_lines, fit_widths, lay_grid, render_text


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_sentence_and_every_citation_is_told(brief: Brief) -> None:
    told = flat(render_text(grow(brief)))
    for section in brief.sections:
        for sentence in section.sentences:
            assert sentence.text in told
            assert sentence.detail in told
    for citation in cite_claims(brief).values():
        assert f"“{flat(citation.words)}”" in told
        assert f"claim: {citation.claim.id}" in told
    assert "[1] Lund Post, 4 March 2031, 06:30 +02:00: “The ferry Alba ran aground" in told


def test_no_line_is_wider_than_a_letter_but_for_an_address(brief: Brief) -> None:
    wide = [line for line in render_text(poison(grow(brief), HOSTILE)).splitlines() if cell_len(line) > WIDTH]
    assert all("://" in line for line in wide)


def test_nothing_in_it_commands_a_terminal(brief: Brief) -> None:
    told = render_text(poison(grow(brief), "\x1b[31mred\x07 \u202eback\u2069"))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", told)


def test_a_table_that_has_no_room_is_told_row_by_row(brief: Brief) -> None:
    table = Table(title="T", columns=tuple("abcdefghi"), rows=(Row(cells=("long words of a cell",) * 9),))
    told = render_text(replace(brief, sections=(Section(id="x", title="X", sentences=(), tables=(table,)),)))
    assert "a: long words of a cell\nb: long words" in told


def test_a_long_cell_is_wrapped_within_its_column(brief: Brief) -> None:
    table = Table(title="", columns=("one", "two"), rows=(Row(cells=("few words", "word " * 40)),))
    told = render_text(replace(brief, sections=(Section(id="x", title="X", sentences=(), tables=(table,)),)))
    rows = re.findall(r"(?m)^(?:few words| {9})  (word.*)$", told)
    assert sum(row.count("word") for row in rows) == 40


@given(st.lists(st.lists(st.text(max_size=120), min_size=3, max_size=3), min_size=1, max_size=4))
def test_columns_fit_a_line(rows: list[list[str]]) -> None:
    widths = fit_widths(rows)
    assert len(widths) == 3
    assert sum(widths) + 4 <= WIDTH


@given(st.text(st.characters(codec="utf-8")), st.integers(9, 40))
def test_broken_lines_hold_all_words_and_fit(words: str, width: int) -> None:
    lines = list(break_lines(words, width, width))
    assert all(cell_len(line) <= width for line in lines)
    kept = re.sub("[\u202a-\u202e\u2066-\u2069]", "", words)
    assert "".join("".join(lines).split()) == "".join(kept.split())


@given(st.text(st.characters(codec=None), max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_can_be_told(brief: Brief, words: str) -> None:
    render_text(poison(grow(brief), words)).encode("utf8")


def test_a_brief_of_nothing_is_a_text(brief: Brief) -> None:
    assert "Situation report" in render_text(replace(brief, title="", sections=()))
    assert not list(lay_grid_of_nothing())


def lay_grid_of_nothing() -> list[str]:
    from sayso.tell.outlines import Grid

    return [block for block in lay_grid(Grid(title="", columns=(), lines=())) if block]
