"""A brief in reading order: what the printed faces lay out."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from poisons import grow

from sayso.record import Brief, Row, Section, Table
from sayso.tell.citations import cite_claims
from sayso.tell.outlines import cut_front, group_numbers, name_run, one_line, outline_brief, runs_left


def test_everything_of_a_brief_is_in_its_outline(brief: Brief) -> None:
    outline = outline_brief(grow(brief))
    assert [part.title for part in outline.front] == ["Key developments", "Key figures", "What changed", "Conflicts"]
    assert [part.title for part in outline.rest][:2] == ["Estimates", "Positions"]
    told = [p.words for part in (*outline.front, *outline.rest) for p in part.paragraphs]
    told += [p.words for part in outline.rest for grid in part.grids for p in grid.told]
    assert sorted(told) == sorted(x.text for section in brief.sections for x in section.sentences)
    assert [note.claim for note in outline.notes] == list(cite_claims(grow(brief)))
    assert len(outline.sources) == len(brief.picture.readings)


def test_the_table_of_figures_has_no_column_for_an_assessor(brief: Brief) -> None:
    (grid,) = outline_brief(grow(brief)).front[1].grids
    assert grid.columns == ("What", "Figure")
    table = Table(title="", columns=("a",), rows=(Row(cells=("x",), by=("ana",), said=("0123456789",)),))
    signed = replace(brief, sections=(Section(id="questions", title="Q", sentences=(), tables=(table,)),))
    (grid,) = outline_brief(signed).rest[0].grids
    assert (grid.columns, grid.lines[0].cells) == (("a", "Assessed by"), ("x", "ana (01234567)"))


def test_a_citation_has_outlet_date_words_and_claim(brief: Brief) -> None:
    note = next(note for note in outline_brief(brief).notes if note.words.startswith("As many as 30"))
    assert (note.outlet, note.published, note.url) == ("Coast & Sea", "4 March 2031", "")
    assert note.path == "Coast & Sea ← Nordblad ← two officials (anonymous)"
    assert note.after.startswith(" after the ferry wreck")
    assert note.claim == "r2/0"


@pytest.mark.parametrize("most", [0, 1, 2, 100])
def test_what_is_cut_from_the_front_stands_behind_it(brief: Brief, most: int) -> None:
    outline = outline_brief(grow(brief))
    cut = cut_front(outline, most)
    assert all(part.length <= most for part in cut.front)
    count = [sum(part.length for part in (*some.front, *some.rest)) for some in (outline, cut)]
    assert count[0] == count[1]
    assert (cut == outline) == (most == 100)


@given(st.sets(st.integers(1, 60)))
def test_runs_join_to_the_numbers_again(numbers: set[int]) -> None:
    runs = group_numbers(sorted(numbers))
    assert [n for first, last in runs for n in range(first, last + 1)] == sorted(numbers)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(runs))


def test_runs_have_names() -> None:
    assert [name_run(run) for run in group_numbers((1, 2, 3, 5))] == ["1–3", "5"]


@given(st.text(st.characters(codec=None)))
def test_a_line_is_one_line_that_xml_can_hold(words: str) -> None:
    line = one_line(words)
    assert line == " ".join(line.split())
    assert not set(line) & {"\x00", "\x0b", "\ufffe", "\uffff", "\ud800"}


@pytest.mark.parametrize(
    ("words", "left"), [("עשרה חסרים", True), ("12 مفقودا", True), ("ten עשרה", False), ("", False), ("12", False)]
)
def test_the_first_letter_says_the_direction(words: str, left: bool) -> None:
    assert runs_left(words) == left
