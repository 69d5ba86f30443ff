from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.grammar.quotations import Marked, find_quotations

MARKED = st.text(alphabet="ab .,\n\"'“”‘’«»„", max_size=80)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"No," he said.', ['"No,"']),
        ("“Yes,” she said. “We go.”", ["“Yes,”", "“We go.”"]),
        ("''Wait,'' he said.", ["''Wait,''"]),
        ("It was a 'grave mistake', he said.", ["'grave mistake'"]),
        ("The army's losses and the navy's losses grew.", []),
        ("Он сказал: «Мы уходим».", ["«Мы уходим»"]),
        ("Er sagte: „Wir gehen.“ Dann ging er.", ["„Wir gehen.“"]),
        ("“She called it ‘mad’ twice,” he said.", ["“She called it ‘mad’ twice,”"]),
        ('He said: "We never left.', ['"We never left.']),
        ("", []),
    ],
)
def test_finds_the_outermost_quotations(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == quoted


def test_a_quotation_goes_on_over_paragraphs_until_it_is_closed() -> None:
    first, second, third = find_quotations("“One.\n\n“Two.\n\n“Three,” she said.")
    assert not first.closed and first.continued
    assert second.continued and third.closed and third.continued


def test_an_unclosed_mark_ends_with_its_paragraph() -> None:
    text = 'A "bad start.\nThen peace.'
    (quotation,) = find_quotations(text)
    assert text[quotation.start : quotation.end] == '"bad start.'


@given(MARKED)
def test_quotations_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.start < quotation.end <= len(text)
        assert "\n" not in text[quotation.start : quotation.end]
        end = quotation.end


@given(MARKED)
def test_looking_up_agrees_with_the_list(text: str) -> None:
    quotations = find_quotations(text)
    marked = Marked(quotations)
    for at in range(len(text)):
        inside = [q for q in quotations if q.start <= at < q.end]
        assert marked.at(at) == (inside[0] if inside else None)
        assert marked.from_(at) == next((q for q in quotations if q.start >= at), None)
        assert marked.before(at) == next((q for q in reversed(quotations) if q.end <= at), None)
