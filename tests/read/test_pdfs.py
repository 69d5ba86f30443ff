import pytest

from sayso.read.pdfs import join_pages, read_pdf
from sayso.read.reports import Content
from sayso.record import Problem, Report


def make_pdf(lines: list[str], title: str = "") -> bytes:
    """A PDF of one page, one line of text under the other."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown}ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /CreationDate (D:20240503091000Z) >>",
    ]
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def item_of(content: bytes) -> Report | Problem:
    (item,) = read_pdf(Content(content=content, name="in.pdf"))
    return item


def test_pdf() -> None:
    lines = [
        "The dam above the town gave way on Friday, and the gov-",
        "ernor said that hundreds of people had left their homes.",
        "Nobody was hurt.",
        "Power is out in three towns, and two bridges are closed to",
        "cars until Monday.",
    ]
    report = item_of(make_pdf(lines, "Dam breached"))
    assert isinstance(report, Report)
    assert report.text == (
        "The dam above the town gave way on Friday, and the governor said that hundreds of people had left their "
        "homes. Nobody was hurt.\n\nPower is out in three towns, and two bridges are closed to cars until Monday."
    )
    assert (report.title, report.language) == ("Dam breached", "en")
    assert report.published is None  # The day of the file's making is not the day of publication.


@pytest.mark.parametrize("title", ["Microsoft Word - dam_final2.docx", "untitled", "dam.indd"])
def test_titles_that_programs_write_are_no_titles(title: str) -> None:
    report = item_of(make_pdf(["The dam above the town gave way."], title))
    assert isinstance(report, Report)
    assert report.title == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.4\n" + bytes(range(256)), "broken PDF"),
        (make_pdf(["The dam"])[:300], "broken PDF"),
        (make_pdf([]), "OCR"),
    ],
)
def test_broken_pdf_is_a_problem(content: bytes, message: str) -> None:
    problem = item_of(content)
    assert isinstance(problem, Problem)
    assert message in problem.message


JOINED = [
    (["The dam gave\nway on Friday."], "The dam gave way on Friday."),
    (["One.\n\nTwo."], "One.\n\nTwo."),
    (["the gov\ufffe\nernor said"], "the governor said"),
    (["the gov\u00ad\nernor said"], "the governor said"),
    (["the Anglo-\nSaxon 10-\nday truce"], "the Anglo-Saxon 10-day truce"),
    (["a well-known man, a well-\nknown town"], "a well-known man, a well-known town"),
    (["from 1990 -\nend"], "from 1990 - end"),
    (["It closed:\n• one bridge\n• two roads"], "It closed:\n\n• one bridge\n\n• two roads"),
    (["The dam gave way on Friday and\n3", "the water rose.\n4"], "The dam gave way on Friday and the water rose."),
    (
        ["Valley Post\nThe dam gave way on", "Valley Post\nFriday and the water", "Valley Post\nrose in an hour."],
        "The dam gave way on Friday and the water rose in an hour.",
    ),
]


@pytest.mark.parametrize(("pages", "text"), JOINED)
def test_join_pages(pages: list[str], text: str) -> None:
    assert join_pages(pages) == text


def test_masthead_byline_and_furniture() -> None:
    lines = [
        "T H E   V A L L E Y   C O U R I E R",
        "Friday, 3 May 2031",
        "Dam gives way above the town",
        "By Ann Orr, water editor",
        "The dam above the town gave way on Friday, police said.",
    ]
    report = item_of(make_pdf(lines, "(anonymous)"))
    assert isinstance(report, Report)
    assert (report.outlet, report.author, report.title) == ("The Valley Courier", "Ann Orr", lines[2])
    assert report.published is not None and report.published.date().isoformat() == "2031-05-03"
    assert "Ann Orr" not in report.text and "V A L L E Y" not in report.text


def test_heads_that_differ_only_in_the_number_of_the_page() -> None:
    pages = [f"Valley Courier {n}\nThe dam number {n} gave way on Friday, police said.\nTarn, page {n}" for n in (1, 2)]
    assert "Valley Courier" not in join_pages(pages) and "Tarn, page" not in join_pages(pages)
    assert join_pages(pages).count("gave way on Friday") == 2
