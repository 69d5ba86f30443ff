import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.cleanings import clean_line, clean_text, replace_unstorable, strip_blank_lines

CLEANED = [
    ("the gov\u00adernor", "the governor"),
    ("a\u200bb\ufeffc\u2060d", "abcd"),
    ("1\u00a0200 people", "1 200 people"),
    ("cafe\u0301", "café"),
    ("Smith &amp; Sons &#8211; &quot;fine&quot;", 'Smith & Sons – "fine"'),
    ("AT&T and R&D", "AT&T and R&D"),
    ("it\u0092s \u0093so\u0094", "it’s “so”"),
    ("“curly” stays", "“curly” stays"),
    ("a  b \n\n\n\n c", "a b\n\nc"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("bell\u0007 and nul\0", "bell and nul\ufffd"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("wo\u200crd", "word"),
    ("right\u202eleft", "rightleft"),
]


@pytest.mark.parametrize(("text", "cleaned"), CLEANED)
def test_clean_text(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


def test_clean_line_is_one_line() -> None:
    assert clean_line(" Dam\n breached ") == "Dam breached"


STRIPPED = [
    ("\n\n  indented\nlast  \n\n", "  indented\nlast  "),
    ("\r\n \r\nfirst\r\n\r\nlast\r\n", "first\r\n\r\nlast"),
    ("one", "one"),
    (" \n\t\n", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "stripped"), STRIPPED)
def test_strip_blank_lines(text: str, stripped: str) -> None:
    assert strip_blank_lines(text) == stripped


@given(st.text())
def test_cleaned_text_can_be_kept_and_stays_clean(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned.encode("utf8").decode("utf8") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\0" not in cleaned and "\r" not in cleaned


@given(st.text(st.characters(), max_size=50))
def test_replacing_keeps_offsets(text: str) -> None:
    assert len(replace_unstorable(text)) == len(text)


@given(st.text(alphabet=" \n\r\tab"))
def test_stripping_takes_blank_lines_only(text: str) -> None:
    stripped = strip_blank_lines(text)
    assert stripped in text
    assert stripped.split() == text.split()
