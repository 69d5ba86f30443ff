import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.columns import FIELDS, ColumnsError, guess_columns, load_names, parse_columns


def test_what_an_option_names() -> None:
    assert parse_columns(" text=Hit Sentence, outlet = Media ") == {"text": "Hit Sentence", "outlet": "Media"}
    assert parse_columns("") == {}


@pytest.mark.parametrize("words", ["text", "body=x", "text=", "=x", "text=a,b"])
def test_what_no_option_may_be(words: str) -> None:
    with pytest.raises(ColumnsError):
        parse_columns(words)


def test_the_table_of_names() -> None:
    for names in load_names().values():
        assert names and len(set(names)) == len(names) and all(name == name.casefold().strip() for name in names)


@given(st.lists(st.text(max_size=12), max_size=8, unique=True), st.text(max_size=60))
def test_any_names_give_columns_of_the_table(names: list[str], cell: str) -> None:
    found = guess_columns(names, [dict.fromkeys(names, cell)], {})
    assert set(found) <= set(FIELDS) and set(found.values()) <= set(names)
    assert len(set(found.values())) == len(found)
