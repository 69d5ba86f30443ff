"""What word processors hide, move, raise and set in tables."""

from lxml import etree

from sayso.read.word_parts import read_open_blocks, read_word_blocks

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
OPEN = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)


def word(body: str, space: str = WORD) -> list[str]:
    return list(read_word_blocks(etree.fromstring(f"<w:document {space}><w:body>{body}</w:body></w:document>")))


def open_(body: str) -> list[str]:
    return list(read_open_blocks(etree.fromstring(f"<office:text {OPEN}>{body}</office:text>")))


def run(words: str, kind: str = "") -> str:
    return f'<w:r><w:rPr>{kind}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


RAISED = '<w:vertAlign w:val="superscript"/>'


def test_both_forms_of_the_standard() -> None:
    body = f"<w:p>{run('The dam gave way.')}</w:p>"
    assert word(body) == word(body, STRICT) == ["The dam gave way."]


def test_what_is_not_seen_is_left_out() -> None:
    moved = f"<w:p><w:moveFrom>{run('Two left.')}</w:moveFrom></w:p><w:p><w:moveTo>{run('Two left.')}</w:moveTo></w:p>"
    assert [block for block in word(moved) if block] == ["Two left."]
    assert word(f"<w:p>{run('Nine')}{run('ty', '<w:vanish/>')}{run(' missing.')}</w:p>") == ["Nine missing."]


def test_marks_of_footnotes() -> None:
    assert word(f"<w:p>{run('About 450')}{run('3', RAISED)}{run(' people')}</w:p>") == ["About 450 people"]
    assert word(f"<w:p>{run('about 12 km')}{run('2', RAISED)}</w:p>") == ["about 12 km²"]
    assert word(f"<w:p>{run('the 1')}{run('st', RAISED)}{run(' brigade')}</w:p>") == ["the 1st brigade"]


def test_rows_of_tables_are_lines() -> None:
    def cell(words: str) -> str:
        return f"<w:tc><w:p>{run(words)}</w:p></w:tc>"

    row = f"<w:tr>{cell('Place')}{cell('Dead')}</w:tr><w:tr>{cell('Brim')}{cell('12')}</w:tr>"
    assert word(f"<w:tbl>{row}</w:tbl>") == ["Place | Dead\nBrim | 12"]
    # A table that only serves the looks of a page.
    assert word(f"<w:tbl><w:tr>{cell('Long words. ' * 40)}{cell('Dead')}</w:tr></w:tbl>")[1] == "Dead"


def test_open_documents() -> None:
    note = "<text:note><text:note-citation>3</text:note-citation><text:note-body><text:p>As of May.</text:p>"
    told = f"<text:p>About 450{note}</text:note-body></text:note> people</text:p>"
    assert open_(told) == ["About 450 people", "As of May."]

    def row(*cells: str) -> str:
        made = (f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in cells)
        return f"<table:table-row>{''.join(made)}</table:table-row>"

    table = f"<table:table>{row('Place', 'Dead')}{row('Brim', '12')}</table:table>"
    assert open_(f"<text:h>Dam</text:h>{table}") == ["Dam", "Place | Dead\nBrim | 12"]


def test_tables_in_tables_are_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('12')}</w:p></w:tc><w:tc><w:p>{run('40')}</w:p></w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run('Brim')}</w:p></w:tc><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert word(outer) == ["Brim | 12 40"]
    deep = "<w:tbl><w:tr><w:tc>" * 80 + f"<w:p>{run('12')}</w:p>" * 200 + "</w:tc></w:tr></w:tbl>" * 80
    assert " ".join(word(deep)).split() == ["12"] * 200
