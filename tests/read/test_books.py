import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.books import CONTAINER, read_book
from sayso.read.reports import Content
from sayso.record import Problem, Report

PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The dam</dc:title><dc:creator>Ann Orr</dc:creator>
<dc:creator>Jo Lind</dc:creator><dc:publisher>Tarn Press</dc:publisher><dc:date>2031-05-03</dc:date></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/><item id="i" href="i.png" media-type="image/png"/>
<item id="a" href="text/a%20one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="gone"/><itemref idref="i"/><itemref idref="b"/></spine>
</package>"""
ROOT = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'


def make_book(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


WHOLE = make_book(
    **{
        "mimetype": "application/epub+zip",
        CONTAINER: ROOT,
        "OPS/book.opf": PACKAGE,
        "OPS/nav.xhtml": "<html><body><ol><li>One</li></ol></body></html>",
        "OPS/text/a one.xhtml": "<html><head><title>x</title></head><body><h1>One</h1><p>The dam gave way.</p>",
        "OPS/text/b.xhtml": "<html><body><p>Nine are missing.</p></body></html>",
    }
)


def item_of(content: bytes) -> Report | Problem:
    (item,) = read_book(Content(content=content, name="in.epub"))
    return item


def test_chapters_in_the_order_of_reading() -> None:
    report = item_of(WHOLE)
    assert isinstance(report, Report) and report.published
    assert report.text == "One\n\nThe dam gave way.\n\nNine are missing."
    assert (report.title, report.author, report.outlet) == ("The dam", "Ann Orr, Jo Lind", "Tarn Press")


def test_books_that_cannot_be_read() -> None:
    for content in (make_book(mimetype="x"), WHOLE[:300], make_book(**{CONTAINER: ROOT, "OPS/book.opf": "<package/>"})):
        item = item_of(content)
        assert isinstance(item, Problem) and "EPUB" in item.message


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_any_damage_gives_one_item(damage: bytes, place: int) -> None:
    item_of(WHOLE[:place] + damage + WHOLE[place + len(damage) :])


def test_the_day_of_publication_of_several() -> None:
    space = 'xmlns:opf="http://www.idpf.org/2007/opf"'
    changed = f'<dc:date {space} opf:event="modification">2033-01-01</dc:date>'
    for event in ("publication", "creation"):
        days = f'{changed}<dc:date {space} opf:event="{event}">2031-05-03</dc:date>'
        package = PACKAGE.replace("<dc:date>2031-05-03</dc:date>", days)
        parts = {CONTAINER: ROOT, "OPS/book.opf": package, "OPS/text/b.xhtml": "<p>Nine are missing.</p>"}
        report = item_of(make_book(**parts))
        assert isinstance(report, Report) and report.published_words == "2031-05-03"


def test_a_locked_book_is_told() -> None:
    parts = {CONTAINER: ROOT, "OPS/book.opf": PACKAGE, "META-INF/encryption.xml": "<encryption/>"}
    item = item_of(make_book(**parts))
    assert isinstance(item, Problem) and "locked" in item.message
