"""Bombs of PDF and of what is packed: archives, office documents, books, workbooks, web archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

Make = Callable[[], bytes]
ZEROS = 300_000_000
"""Bytes that much of this unpacks to."""
TEXT = "The dam above the town gave way on Friday, the governor said. "
WORD_ROOT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
WORD_END = "</w:body></w:document>"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
"""Entities of which the last, "j", is 4 billion characters."""


def flat(size: int = ZEROS, byte: bytes = b" ") -> bytes:
    """The zlib stream of many equal bytes."""
    engine = zlib.compressobj(9)
    part = byte * 1_000_000
    return b"".join(engine.compress(part) for _ in range(size // len(part))) + engine.flush()


def make_pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of some objects, with its table of where they are."""
    out, places = io.BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, 2)
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    begin = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, root, begin))
    return out.getvalue()


def stream(body: bytes, more: bytes = b"") -> bytes:
    """A PDF stream."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (more, len(body), body)


def page(content: bytes, resources: bytes = b"", more: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page whose content is an object as given."""
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return make_pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
            % resources,
            4: content,
            5: font,
            **(more or {}),
        }
    )


def list_pdfs() -> Iterator[tuple[str, Make]]:
    """PDFs."""
    shown = b"BT /F 9 Tf 1 0 0 1 9 %d Tm (" + TEXT.encode() + b") Tj ET\n"
    yield "flate.pdf", lambda: page(stream(flat(), b"/Filter/FlateDecode"))
    twice: Make = lambda: zlib.compress(zlib.compress(flat(), 9), 9)  # noqa: E731
    yield "flate-thrice.pdf", lambda: page(stream(twice(), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))
    yield "run-length.pdf", lambda: page(stream(b"\x81 " * 2_000_000, b"/Filter/RunLengthDecode"))
    yield (
        "predictor.pdf",
        lambda: page(
            stream(flat(9_000_000), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 99>>")
        ),
    )
    yield (
        "object-stream.pdf",
        lambda: make_pdf(
            {
                1: b"<</Type/Catalog/Pages 7 0 R>>",
                6: stream(flat(), b"/Type/ObjStm/N 90000000/First 9/Filter/FlateDecode"),
            }
        ),
    )
    yield (
        "many-pages.pdf",
        lambda: make_pdf(
            {
                1: b"<</Type/Catalog/Pages 2 0 R>>",
                2: b"<</Type/Pages/Count 2147483647/Kids[%s]>>" % (b"3 0 R " * 200_000),
                3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                4: stream(shown % 9 * 2000),
            }
        ),
    )
    yield (
        "pages-in-pages.pdf",
        lambda: make_pdf(
            {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"}
        ),
    )
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
    yield (
        "form-in-itself.pdf",
        lambda: page(stream(b"/X Do " * 99), b"/XObject<</X 6 0 R>>", {6: stream(b"/X Do " * 99, form % 6)}),
    )
    yield (
        "form-in-forms.pdf",
        lambda: page(
            stream(b"/X Do " * 20),
            b"/XObject<</X 6 0 R>>",
            {6 + n: stream(b"/X Do " * 20 + shown % 9, form % (7 + n)) for n in range(12)},
        ),
    )
    yield "arrays.pdf", lambda: page(stream(b"[" * 3_000_000))
    yield "dictionaries.pdf", lambda: make_pdf({1: b"<</A" * 1_000_000, 2: b"<<>>"})
    yield "states.pdf", lambda: page(stream(b"q " * 3_000_000))
    yield "words.pdf", lambda: page(stream(b"".join(shown % (n % 800) for n in range(60_000))))
    yield "letters-in-one-place.pdf", lambda: page(stream(b"BT /F 9 Tf " + b"(a) Tj 0 0 Td " * 400_000 + b"ET"))
    yield (
        "objects.pdf",
        lambda: make_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>"} | dict.fromkeys(range(2, 200_000), b"[]")),
    )
    yield (
        "image.pdf",
        lambda: page(
            stream(b"/X Do"),
            b"/XObject<</X 6 0 R>>",
            {
                6: stream(
                    flat(),
                    b"/Subtype/Image/Width 99999/Height 99999/BitsPerComponent 8/ColorSpace/DeviceRGB"
                    b"/Filter/FlateDecode",
                )
            },
        ),
    )
    table = b"".join(b"<%04x> <%04x> <%s>\n" % (n, n, b"0041" * 60) for n in range(256)) * 300
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 65535 beginbfrange\n" + table + b"endbfrange endcmap"
    yield (
        "table-of-characters.pdf",
        lambda: page(
            stream(shown % 9 * 3000),
            b"",
            {5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", 6: stream(cmap)},
        ),
    )
    yield (
        "cross-references.pdf",
        lambda: (
            b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 2147483647/Index[0 2147483647]/W[1 4 2]/Root 1 0 R"
            b"/Filter/FlateDecode"
            b"/Length 9>>\nstream\n" + flat(99_000_000, b"\1") + b"\nendstream\nendobj\nstartxref\n9\n%%EOF"
        ),
    )


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of some members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_big_zip(name: str, part: bytes, times: int, method: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    """A ZIP archive in which one member is some bytes many times over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for other, content in more.items():
            archive.writestr(other.replace("__", "/"), content)
        with archive.open(name, "w", force_zip64=True) as file:
            for _ in range(times):
                file.write(part)
    return out.getvalue()


def make_overlapping(count: int) -> bytes:
    """A ZIP archive whose members are all the same bytes (Fifield 2019, "A better zip bomb")."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(b"a " * 5_000_000) + body.flush()
    name = b"a.txt"
    crc = zlib.crc32(b"a " * 5_000_000)
    fields = struct.pack("<HHHHLLLHH", 20, 0, 8, 0, crc, len(packed), 10_000_000, len(name), 0)
    local = b"PK\3\4" + fields + name + packed
    entry = b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    directory = entry * count
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(local), 0)
    return local + directory + end


def nest(times: int, breadth: int = 1) -> bytes:
    """Archives in archives."""
    content = make_zip({"a.txt": TEXT.encode()})
    for _ in range(times):
        content = make_zip({f"{n}.zip": content for n in range(breadth)})
    return content


def make_tar(members: dict[str, bytes], headers: dict[str, str] | None = None) -> bytes:
    """A TAR archive."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers=headers) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def list_archives() -> Iterator[tuple[str, Make]]:
    """Archives of files, and packed files."""
    yield "flat.zip", lambda: make_big_zip("a.txt", b" " * 1_000_000, 300)
    yield "flat-page.zip", lambda: make_big_zip("a.html", b"<p>a " * 200_000, 18)
    yield "bzip2.zip", lambda: make_big_zip("a.txt", b"a " * 500_000, 60, zipfile.ZIP_BZIP2)
    yield "lzma.zip", lambda: make_big_zip("a.txt", b"a " * 500_000, 60, zipfile.ZIP_LZMA)
    yield "members.zip", lambda: make_zip({f"{n}.txt": b"" for n in range(100_000)}, zipfile.ZIP_STORED)
    yield "small-reports.zip", lambda: make_zip({f"{n}.txt": b"It rained." for n in range(600)})
    yield "long-names.zip", lambda: make_zip({f"{n:05}" + "a" * 60_000: b"" for n in range(200)}, zipfile.ZIP_STORED)
    yield "overlapping.zip", lambda: make_overlapping(20_000)
    yield "deep.zip", lambda: nest(30)
    yield "broad.zip", lambda: nest(3, 40)
    yield "many-bombs.zip", lambda: make_zip({f"{n}.html": b"<div>" * 400_000 for n in range(30)})
    pax = {"comment": "a" * 30_000_000}
    yield "header.tar", lambda: make_tar({"a.txt": TEXT.encode()}, pax)
    yield "members.tar.gz", lambda: gzip.compress(make_tar({f"{n}.txt": b"" for n in range(30_000)}))
    yield "sizes.tar", lambda: make_tar({"a.txt": b"a"}).replace(b"00000000001\0", b"77777777777\0")
    yield "page.html.gz", lambda: gzip.compress(b"<p>a" * 50_000_000)
    yield "members.txt.gz", lambda: gzip.compress(b"") * 200_000
    yield "twice.txt.gz", lambda: gzip.compress(gzip.compress(b" " * 300_000_000))
    yield "letters.mbox.gz", lambda: gzip.compress(b"From a Mon Jan  1 00:00:00 2024\nSubject: a\n\na\n\n" * 2_000_000)
    yield "text.txt.xz", lambda: lzma.compress(b" " * 90_000_000)
    yield "text.txt.bz2", lambda: bz2.compress(b" " * 90_000_000)


def make_docx(body: str, head: str = "", part: str = "word/document.xml") -> bytes:
    """A Word document."""
    return make_zip({part: (head + WORD_ROOT + body + WORD_END).encode()})


def make_odt(body: str, head: str = "") -> bytes:
    """An OpenDocument text."""
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"{head}<office:document-content {names}>{text}</office:document-content>"
    return make_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def make_xlsx(rows: str, strings: str = "", sheets: int = 1) -> bytes:
    """A workbook."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = range(1, sheets + 1)
    sheet = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return make_zip(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/xl/workbook.xml" ContentType="{content}.sheet.main+xml"/>'
                f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}.sharedStrings+xml"/>'
                + "".join(
                    f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{content}.worksheet+xml"/>'
                    for n in each
                )
                + "</Types>"
            ).encode(),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="r" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{kinds}"><sheets>'
                + "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in each)
                + "</sheets></workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="s" Type="{kinds}/sharedStrings" Target="sharedStrings.xml"/>'
                + "".join(
                    f'<Relationship Id="r{n}" Type="{kinds}/worksheet" Target="worksheets/s{n}.xml"/>' for n in each
                )
                + "</Relationships>"
            ).encode(),
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings or "<si><t>text</t></si>"}</sst>'.encode(),
            **{f"xl/worksheets/s{n}.xml": sheet.encode() for n in each},
        }
    )


def make_epub(chapter: str, times: int = 1, head: str = "") -> bytes:
    """A book whose spine names one chapter many times."""
    files = '<rootfiles><rootfile full-path="a.opf"/></rootfiles>'
    root = f'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{files}</container>'
    spine = '<itemref idref="a"/>' * times
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
        f'media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>'
    )
    text = f"{head}<html><body>{chapter}</body></html>"
    names = {"mimetype": "application/epub+zip", "META-INF/container.xml": root, "a.opf": opf, "a.xhtml": text}
    return make_zip({name: words.encode() for name, words in names.items()})


def list_documents() -> Iterator[tuple[str, Make]]:
    """Office documents, workbooks, books."""
    run = f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>"
    yield "empty-paragraphs.docx", lambda: make_docx("<w:p/>" * 8_000_000)
    yield "deep.docx", lambda: make_docx("<w:p>" * 900_000)
    yield "laughs.docx", lambda: make_docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", LAUGHS)
    yield (
        "entity.docx",
        lambda: make_docx(
            "<w:p><w:r><w:t>" + "&a;" * 90_000 + "</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY a "{"a" * 90_000}">]>'
        ),
    )
    yield "attributes.docx", lambda: make_docx("<w:p " + " ".join(f'a{n}="b"' for n in range(900_000)) + "/>")
    yield "namespaces.docx", lambda: make_docx("<w:p " + " ".join(f'xmlns:a{n}="b"' for n in range(300_000)) + "/>")
    yield "one-word.docx", lambda: make_docx("<w:p><w:r><w:t>" + "a" * 45_000_000 + "</w:t></w:r></w:p>")
    yield "text.docx", lambda: make_docx(run * 300_000)
    yield "tables.docx", lambda: make_docx("<w:tbl><w:tr><w:tc>" * 60_000 + run)
    yield "cells.docx", lambda: make_docx("<w:tbl><w:tr>" + f"<w:tc>{run}</w:tc>" * 100_000 + "</w:tr></w:tbl>")
    yield "flat.docx", lambda: make_big_zip("word/document.xml", b" " * 1_000_000, 300)
    yield "spaces.odt", lambda: make_odt('<text:p>a<text:s text:c="999999999"/>b</text:p>' * 9)
    yield (
        "repeated.odt",
        lambda: make_odt(
            '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell '
            'table:number-columns-repeated="999999999"><text:p>a</text:p>'
            "</table:table-cell></table:table-row></table:table>"
        ),
    )
    yield "deep.odt", lambda: make_odt("<text:section>" * 400_000 + "<text:p>a</text:p>")
    yield "laughs.odt", lambda: make_odt("<text:p>&j;</text:p>", LAUGHS)
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    yield "cells.xlsx", lambda: make_xlsx(row + '<row><c t="s"><v>0</v></c></row>' * 1_000_000)
    yield "columns.xlsx", lambda: make_xlsx(row + "<row>" + '<c t="s"><v>0</v></c>' * 1_000_000 + "</row>")
    yield (
        "far-cells.xlsx",
        lambda: make_xlsx(row + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 60_000))),
    )
    yield "far-row.xlsx", lambda: make_xlsx(row + '<row r="99999999"><c r="XFD99999999"><v>1</v></c></row>')
    yield "strings.xlsx", lambda: make_xlsx(row, "<si><t>a</t></si>" * 2_500_000)
    yield (
        "one-string-often.xlsx",
        lambda: make_xlsx(
            row + '<row><c t="s"><v>1</v></c></row>' * 200_000, f"<si><t>text</t></si><si><t>{TEXT * 500}</t></si>"
        ),
    )
    yield "sheets.xlsx", lambda: make_xlsx(row, sheets=5_000)
    yield "laughs.xlsx", lambda: make_xlsx(row, "<si><t>&j;</t></si>").replace(b"<sst", LAUGHS.encode() + b"<sst")
    yield "one-chapter-often.epub", lambda: make_epub(f"<p>{TEXT * 2_000}</p>", 500_000)
    yield "deep.epub", lambda: make_epub("<div>" * 500_000 + TEXT)
    yield "laughs.epub", lambda: make_epub("<p>&j;</p>", head=LAUGHS)


def make_warc(body: bytes, http: bytes = b"", length: int | None = None) -> bytes:
    """A web archive of one answer."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + http + b"\r\n"
    size = len(head) + len(body) if length is None else length
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/b\r\nWARC-Date: 2024-01-01T00:00:00Z"
        b"\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s%s\r\n\r\n" % (size, head, body)
    )


def list_crawls() -> Iterator[tuple[str, Make]]:
    """Web archives."""
    yield "gzip.warc", lambda: make_warc(gzip.compress(b"<p>a" * 40_000_000), b"Content-Encoding: gzip\r\n")
    yield "deflate.warc", lambda: make_warc(flat(ZEROS, b"a"), b"Content-Encoding: deflate\r\n")
    yield "brotli.warc", lambda: make_warc(b"\x5b\xff\xff\xff" * 90_000, b"Content-Encoding: br\r\n")
    yield "records.warc.gz", lambda: b"".join(gzip.compress(make_warc(b"<p>a" * 2_000_000)) for _ in range(20))
    yield "chunks.warc", lambda: make_warc(b"7fffffffffffffff\r\na", b"Transfer-Encoding: chunked\r\n")
    yield "headers.warc", lambda: make_warc(b"<p>a</p>", b"".join(b"X-%d: a\r\n" % n for n in range(400_000)))
    yield "length.warc", lambda: make_warc(b"<p>a</p>", length=10**18)
    yield "small-records.warc", lambda: make_warc(b"<p>a</p>") * 900


def list_bombs() -> Iterator[tuple[str, Make]]:
    """All of these, by the names of their files."""
    for some in (list_pdfs, list_archives, list_documents, list_crawls):
        yield from some()
