"""A text cut at all ends of its marks, and what became of its words from one version to the next."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.serve.desk.differences import compare_texts
from sayso.serve.desk.marks import KINDS, Mark, cut_paragraphs

TEXT = "The mill burned on Friday.\n\nTwo are missing, Ann Lee said.\n"


def mark(words: str, kind: str, claim: int = 0) -> Mark:
    start = TEXT.index(words)
    return Mark(kind, start, start + len(words), f"{kind}!", claim)


def test_overlapping_marks_are_cut_and_each_piece_says_under_what_it_stands() -> None:
    marks = [mark("Two are missing", "content"), mark("Two are missing, Ann Lee", "claim", 1), mark("Two", "figure")]
    first, second = cut_paragraphs(TEXT, sorted(marks, key=lambda m: (m.start, -m.end)))
    assert [piece.words for piece in first.pieces] == ["The mill burned on Friday."] and not first.claims
    assert [(p.words, p.kinds, p.claims, p.ends) for p in second.pieces] == [
        ("Two", ("content", "figure", "claim"), (1,), ()),
        (" are missing", ("content", "claim"), (1,), ()),
        (", Ann Lee", ("claim",), (1,), (1,)),
        (" said.", (), (), ()),
    ]
    assert second.claims == (1,) and second.pieces[0].says == "content! · figure!"


def test_a_long_text_is_cut() -> None:
    assert [len(paragraph.pieces) for paragraph in cut_paragraphs(TEXT, [], most=20)] == [1]


@given(st.lists(st.tuples(st.sampled_from(list(KINDS)), st.integers(0, 50), st.integers(1, 30)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_mark_changes_a_word(some: list[tuple[str, int, int]]) -> None:
    marks = [Mark(k, s, min(s + n, len(TEXT)), k, n if k == "claim" else 0) for k, s, n in some]
    shown = cut_paragraphs(TEXT, sorted(marks, key=lambda m: (m.start, -m.end)))
    assert ["".join(piece.words for piece in one.pieces) for one in shown] == [
        line for line in TEXT.split("\n") if line
    ]


def test_a_version_shows_what_was_added_and_taken_out() -> None:
    before = "The mill burned. Two are missing. Nobody was there. The cause is open."
    after = "The mill burned. Three are missing. Nobody was there. The cause is open. Rain fell."
    found = compare_texts(before, after)
    assert ("gone", "Two") in {(d.how, d.words) for d in found} and ("new", "Three") in {
        (d.how, d.words) for d in found
    }
    assert "Rain fell." in "".join(d.words for d in found if d.how == "new")


def test_the_same_text_differs_in_nothing_and_only_spaces_are_no_change() -> None:
    assert {d.how for d in compare_texts(TEXT, TEXT)} <= {"same", "cut"}
    assert {d.how for d in compare_texts("One. Two.\nThree.", "One. Two. \nThree.")} <= {"same", "cut"}


@given(st.text(" .abA\n", max_size=60), st.text(" .abA\n", max_size=60))
@settings(max_examples=80, deadline=None)
def test_what_was_kept_and_added_is_the_new_text_where_nothing_is_cut(before: str, after: str) -> None:
    found = compare_texts(before, after)
    if not any(d.how == "cut" for d in found):
        kept = "".join(d.words for d in found if d.how in ("same", "new"))
        assert kept == after
