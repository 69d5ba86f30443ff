from sayso.read.pdf_layouts import Cell, align_cells
from sayso.read.pdfs import read_pdf
from sayso.read.reports import Content
from sayso.record import Report


def make_pdf(stream: str) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        " /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >> stream\n{stream}\nendstream",
    ]
    made = "%PDF-1.4\n" + "".join(f"{n} 0 obj {words} endobj\n" for n, words in enumerate(objects, start=1))
    return (made + "trailer << /Root 1 0 R >>").encode("latin-1")


def text_of(stream: str) -> str:
    (report,) = read_pdf(Content(content=make_pdf(stream), name="in.pdf"))
    assert isinstance(report, Report)
    return report.text


def raised(before: str, mark: str, after: str) -> str:
    return f"BT /F1 12 Tf 72 700 Td ({before}) Tj /F1 7 Tf 4 Ts ({mark}) Tj /F1 12 Tf 0 Ts ({after}) Tj ET"


def test_raised_digits() -> None:
    assert text_of(raised("About 450", "3", " people are missing.")) == "About 450 people are missing."
    assert text_of(raised("About 450", "12", " people are missing.")) == "About 450 people are missing."
    assert text_of(raised("Some 12 km", "2", " of land are flooded.")) == "Some 12 km² of land are flooded."
    assert text_of(raised("It cost 10", "6", " euros, they said.")) == "It cost 10⁶ euros, they said."


def place(*cells: tuple[int, str]) -> str:
    return "".join(f"BT /F1 12 Tf {x} {{y}} Td ({words}) Tj ET " for x, words in cells)


def test_empty_cells_keep_their_place() -> None:
    rows = [
        place((72, "Place"), (200, "Dead"), (300, "Missing"), (400, "Wounded")),
        place((72, "Brim"), (310, "40"), (410, "2,300")),
        place((72, "Tarn"), (205, "3"), (410, "150")),
    ]
    stream = "".join(row.format(y=700 - 20 * n) for n, row in enumerate(rows))
    table = "Place | Dead | Missing | Wounded\nBrim |  | 40 | 2,300\nTarn | 3 |  | 150"
    assert text_of(stream) == table.replace("|  |", "| |")


def test_lines_that_fit_no_columns_stay() -> None:
    head = [Cell("Place", 0, 50), Cell("Dead", 100, 150), Cell("Missing", 200, 250)]
    between = [Cell("One", 60, 90), Cell("two", 260, 290)]
    same = [Cell("One", 100, 120), Cell("two", 130, 150)]
    assert align_cells([head, between, same]) == [head, between, same]
    assert align_cells([[Cell("A line", 0, 0)], head]) == [[Cell("A line", 0, 0)], head]
    assert align_cells([]) == []
