import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.documents import read_document
from sayso.read.parts import MAX_PART_BYTES
from sayso.read.reports import Content
from sayso.record import Problem, Report

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"""<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES}><w:body>
<w:p><w:r><w:t>The dam above the town </w:t></w:r><w:r><w:t>gave way on Friday.</w:t></w:r></w:p>
<w:p><w:r><w:t>Two bridges</w:t><w:br/><w:t>are closed.</w:t></w:r>
<w:del><w:r><w:delText>never</w:delText></w:r></w:del>
</w:p></w:body></w:document>"""
PROPERTIES = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Dam breached</dc:title><dc:creator>Ana Ruiz</dc:creator>
</cp:coreProperties>"""


def make_document(**parts: str) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr({"body": "word/document.xml", "properties": "docProps/core.xml"}.get(name, name), text)
    return out.getvalue()


def item_of(content: bytes) -> Report | Problem:
    (item,) = read_document(Content(content=content, name="in.docx"))
    return item


def test_document() -> None:
    report = item_of(make_document(body=BODY, properties=PROPERTIES))
    assert isinstance(report, Report)
    assert report.text == "The dam above the town gave way on Friday.\n\nTwo bridges\nare closed."
    assert (report.title, report.author, report.published) == ("Dam breached", "Ana Ruiz", None)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 broken",
        make_document(notes="hello"),
        make_document(body="<w:document"),
        make_document(body=f"<w:document {NAMES}/>"),
        make_document(body=" " * (MAX_PART_BYTES + 1)),
        make_document(body=f"{ENTITIES}<w:document {NAMES}><w:p><w:t>&c;</w:t></w:p></w:document>"),
    ],
)
def test_broken_document_is_a_problem(content: bytes) -> None:
    assert isinstance(item_of(content), Problem)


@given(st.binary(max_size=100), st.integers(0, 500))
def test_any_damage_gives_one_item(damage: bytes, place: int) -> None:
    content = make_document(body=BODY)
    item_of(content[:place] + damage + content[place + len(damage) :])


def test_letterhead_of_the_pages_names_the_outlet() -> None:
    head = f"<w:hdr {NAMES}><w:p><w:r><w:t>MINISTRY OF WATER — PRESS OFFICE</w:t></w:r></w:p></w:hdr>"
    report = item_of(make_document(body=BODY, **{"word/header1.xml": head}))
    assert isinstance(report, Report)
    assert report.outlet == "Ministry of Water" and "MINISTRY" not in report.text


def test_furniture_of_a_document() -> None:
    lines = ("Dam gives way above the town", "By Ann Orr, water editor", "The dam gave way.", "Share this article")
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    report = item_of(make_document(body=f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"))
    assert isinstance(report, Report)
    assert (report.author, report.text) == ("Ann Orr", "Dam gives way above the town\n\nThe dam gave way.")


OPEN_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def test_open_document() -> None:
    body = (
        f"<office:document-content {OPEN_NAMES}><office:body><office:text>"
        "<text:h>TARN POLICE</text:h><text:p>Press release No. 14</text:p>"
        "<text:p>The <text:span>dam</text:span> gave<text:s/>way,<text:line-break/>police said.</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    report = item_of(make_document(**{"content.xml": body}))
    assert isinstance(report, Report)
    assert report.text.endswith("The dam gave way,\npolice said.")
    assert report.outlet == "Tarn Police"


def test_flat_open_document() -> None:
    text = "<text:p>The dam gave way.</text:p>"
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "meta"))
    meta = "<office:meta><meta:initial-creator>Ann Orr</meta:initial-creator></office:meta>"
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    report = item_of(f"<?xml version='1.0'?><office:document {spaces}>{meta}{body}</office:document>".encode())
    assert isinstance(report, Report) and (report.text, report.author) == ("The dam gave way.", "Ann Orr")


def test_a_locked_open_document_is_told() -> None:
    manifest = "<manifest><file-entry full-path='content.xml'><encryption-data/></file-entry></manifest>"
    item = item_of(make_document(**{"content.xml": "\x8f\x01", "META-INF/manifest.xml": manifest}))
    assert isinstance(item, Problem) and item.message.startswith("locked with a password")
