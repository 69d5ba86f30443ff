from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.letters import MAX_NESTED, read_letter, read_mailbox
from sayso.read.reports import Content
from sayso.record import Problem, Remark, Report


def item_of(content: bytes) -> Report | Problem:
    (item,) = read_letter(Content(content=content, name="in.eml"))
    return item


def make_letter() -> EmailMessage:
    letter = EmailMessage()
    letter["From"] = "Préfecture de la Vallée <press@valley.example>"
    letter["Subject"] = "La digue a cédé"
    letter["Date"] = "Fri, 03 May 2024 09:10:00 +0200"
    letter["Message-ID"] = "<1@valley.example>"
    return letter


def test_plain_letter() -> None:
    letter = make_letter()
    letter.set_content("La digue a cédé vendredi, a déclaré le préfet.\n", charset="iso-8859-1")
    letter.add_alternative("<p>Autre</p>", subtype="html")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.outlet, report.title, report.id) == (
        "Préfecture de la Vallée",
        "La digue a cédé",
        "1@valley.example",
    )
    assert report.text == "La digue a cédé vendredi, a déclaré le préfet."
    assert report.published is not None and report.published.isoformat() == "2024-05-03T09:10:00+02:00"


def test_html_letter() -> None:
    letter = make_letter()
    letter.set_content('<p>The dam &amp; the <a href="https://v.example/1">bridge</a>.</p>', subtype="html")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.text, report.links) == ("The dam & the bridge.", ("https://v.example/1",))


def test_letter_without_text_is_a_problem() -> None:
    letter = make_letter()
    letter.add_attachment(b"\0", maintype="application", subtype="octet-stream")
    assert isinstance(item_of(letter.as_bytes()), Problem)


def test_letters_in_letters_are_refused() -> None:
    part = b"--x\nContent-Type: multipart/mixed; boundary=x\n\n"
    assert isinstance(
        item_of(b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n" + part * (MAX_NESTED + 1)), Problem
    )


@given(st.binary(max_size=200))
def test_any_headers_give_one_item(content: bytes) -> None:
    item_of(b"From: " + content + b"\nDate: x\n\nThe dam gave way.")


def test_a_letter_sent_on_is_its_writers() -> None:
    letter = make_letter()
    letter.set_content(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Water Board <press@water.example>\n"
        "Date: Thu, 2 May 2024 at 18:30\nSubject: The dam\nTo: list\n\nThe dam gave way, the board said.\n\n"
        "On Wed, 1 May 2024, Desk wrote:\n> Did it give way?\n"
    )
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.outlet, report.title, report.text) == ("Water Board", "The dam", "The dam gave way, the board said.")
    assert report.published is not None and report.published.isoformat() == "2024-05-02T18:30:00+00:00"
    assert "Préfecture de la Vallée" in report.published_words and not report.cites


ASKED = "From: Desk <desk@notes.example>\nSent: Thursday, May 2, 2024 6:30 PM\nTo: us\nSubject: Dam\n\nDid 40 die?\n"


@pytest.mark.parametrize("mark", ["-----Original Message-----\n", "________________________________\n", ""])
def test_an_answer_keeps_its_own_words(mark: str) -> None:
    letter = make_letter()
    letter.replace_header("Subject", "RE: The dam")
    letter.set_content(f"Nine people died, the board said.\n\n{mark}{ASKED}")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.outlet, report.text) == ("Préfecture de la Vallée", "Nine people died, the board said.")


@pytest.mark.parametrize("mark", ["________________________________\n", ""])
def test_letters_that_outlook_sends_on(mark: str) -> None:
    letter = make_letter()
    letter.replace_header("Subject", "FW: The dam")
    letter.set_content(f"FYI\n\n{mark}{ASKED}")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report) and report.published is not None
    assert (report.outlet, report.text, report.published.day) == ("Desk", "Did 40 die?", 2)


def test_a_letter_that_is_sent_on_as_a_file_is_read() -> None:
    inner = make_letter()
    inner.set_content("The dam gave way, the prefect said.")
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "Desk <desk@notes.example>", "Fwd"
    letter.set_content("See below.")
    letter.add_attachment(inner)
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.outlet, report.text) == ("Préfecture de la Vallée", "The dam gave way, the prefect said.")


def test_attachments_that_are_left_out_are_named() -> None:
    letter = make_letter()
    letter.set_content("Our statement is attached.")
    letter.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="statement.pdf")
    remark, report = read_letter(Content(content=letter.as_bytes(), name="in.eml"))
    assert isinstance(remark, Remark) and "statement.pdf" in remark.message and isinstance(report, Report)


def test_signatures_are_left_out() -> None:
    letter = make_letter()
    letter.set_content("The dam gave way.\n\n-- \nAnn Orr\nPress office\n")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report) and report.text == "The dam gave way."


def test_a_long_letter_with_another_below_is_its_senders() -> None:
    letter = make_letter()
    letter.set_content("The dam gave way. " * 60 + "\n\n-----Original Message-----\nFrom: A <a@b.example>\n\nAsk.\n")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report) and report.outlet == "Préfecture de la Vallée"


def test_pages_that_a_browser_saved_as_an_archive() -> None:
    letter = EmailMessage()
    letter["From"] = "<Saved by Blink>"
    letter["Snapshot-Content-Location"] = "https://www.valley.example/dam"
    letter["Subject"] = "Dam gives way"
    text = "The dam above the town gave way on Friday, and nine people were missing in the valley, police said. " * 3
    letter.set_content(f"<html><body><article><p>{text}</p></article></body></html>", subtype="html")
    report = item_of(letter.as_bytes())
    assert isinstance(report, Report)
    assert (report.url, report.outlet) == ("https://www.valley.example/dam", "valley.example")


def test_mailboxes_have_a_report_a_letter() -> None:
    heads = (
        "From a@b.example Fri May  3 09:10:00 2031\nFrom: {} <a@b.example>\n"
        "Date: Fri, {} May 2031 09:10:00 +0200\n\n{}\n\n"
    )
    box = heads.format("Tarn Notes", 2, "The dam gave way.\n\nFrom the tower, all was seen.")
    box += heads.format("Valley Courier", 3, "Nine are missing.")
    first, second = read_mailbox(Content(content=box.encode(), name="in.mbox"))
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.outlet, second.outlet) == ("Tarn Notes", "Valley Courier")
    assert first.text == "The dam gave way.\n\nFrom the tower, all was seen." and second.text == "Nine are missing."
    assert first.published is not None and first.published.day == 2


def letters_of(mailbox: str) -> list[Report]:
    items = read_mailbox(Content(content=mailbox.encode("utf8"), name="in.mbox"))
    return [item for item in items if isinstance(item, Report)]


LETTER = "From: Press <p@v.example>\nDate: Thu, 4 Mar 2031 12:40:00 +0000\n\nThe dam gave way.\n"
STARTS = [
    "From p@v.example Thu Mar  4 12:40:00 2031\n",
    "From - Thu Mar  4 12:40:00 2031\n",
    "From p at v.example  Thu Mar  4 12:40:00 2031\n",
    "From 1693@xxx Thu Mar 04 12:40:00 +0000 2031\nX-GM-THRID: 1\n",
]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_starts_of_letters_in_mailboxes(start: str, end: str) -> None:
    mailbox = f"{start}{LETTER}\n{start}{LETTER}".replace("\n", end)
    assert [letter.text for letter in letters_of(mailbox)] == ["The dam gave way."] * 2


def test_letters_without_a_line_between_them() -> None:
    assert len(letters_of(f"{STARTS[0]}{LETTER}{STARTS[0]}{LETTER}")) == 2


def test_lines_of_letters_that_begin_with_from() -> None:
    words = f"{LETTER}>From the mayor nothing was heard.\n\nFrom Brim to Karsko: the road is closed.\n"
    (letter,) = letters_of(f"{STARTS[0]}{words}")
    assert letter.text == (
        "The dam gave way.\nFrom the mayor nothing was heard.\n\nFrom Brim to Karsko: the road is closed."
    )


def test_archives_of_lists_hide_addresses() -> None:
    (letter,) = letters_of(f"{STARTS[2]}From: p at v.example (Press Office)\nSubject: Dam\n\nThe dam gave way.\n")
    assert letter.outlet == "Press Office"


def test_lines_that_flow_are_joined() -> None:
    letter = b"From: a@v.example\nContent-Type: text/plain; format=flowed\n\nThe dam \ngave way.\n\n-- \nAnn\n"
    report = item_of(letter)
    assert isinstance(report, Report) and report.text == "The dam gave way."
