import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.encodings import decode_bytes

RUSSIAN = "Губернатор сообщил в пятницу, что плотина прорвана и жители трёх сёл покинули дома. " * 5
POLISH = "Ministerstwo powiedziało w poniedziałek, że uratowano 40 osób z promu, żółć gęślą jaźń."
CZECH = "Řekl, že příliš žluťoučký kůň úpěl ďábelské ódy, a že most u přehrady spadl v pátek."
FRENCH = "Le préfet a déclaré vendredi que la digue avait cédé près de la forêt. "

DECODED = [
    (FRENCH.encode("utf8"), "", FRENCH),
    (codecs.BOM_UTF8 + FRENCH.encode("utf8"), "", FRENCH),
    (codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), "", RUSSIAN),
    (FRENCH.encode("utf-16-be"), "", FRENCH),
    (FRENCH.encode("utf-32"), "", FRENCH),
    (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
    (RUSSIAN.encode("cp1251"), "utf-8", RUSSIAN),  # Declared wrongly.
    (RUSSIAN.encode("koi8-r"), "", RUSSIAN),
    (FRENCH.encode("utf8"), "iso-8859-1", FRENCH),  # Declared wrongly.
    ("it’s “so”".encode("cp1252"), "iso-8859-1", "it’s “so”"),
    ("政府は金曜日".encode("iso-2022-jp"), "iso-2022-jp", "政府は金曜日"),
    (POLISH.encode("iso8859-2"), "", POLISH),
    (POLISH.encode("cp1250"), "", POLISH),
    (CZECH.encode("iso8859-2"), "", CZECH),
    (CZECH.encode("cp1250"), "", CZECH),
    (b"plain", "no-such-charset", "plain"),
    (b"plain", "rot13", "plain"),
]


@pytest.mark.parametrize(("content", "declared", "text"), DECODED)
def test_decode_bytes(content: bytes, declared: str, text: str) -> None:
    assert decode_bytes(content, declared) == text


@given(st.binary(max_size=500), st.sampled_from(["", "utf-8", "utf-16", "idna", "punycode", "hex", "x\0y"]))
def test_any_bytes_give_text_or_none(content: bytes, declared: str) -> None:
    text = decode_bytes(content, declared)
    assert text is None or isinstance(text, str)


@given(st.text())
def test_utf8_comes_back(text: str) -> None:
    content = text.encode("utf8")
    if not content.startswith((codecs.BOM_UTF8,)) and b"\0" not in content:
        assert decode_bytes(content) == text
