"""The mail face: a message that any mail program opens, with the same brief as text and as a page."""

import email
from dataclasses import replace
from email.policy import default
from email.utils import parsedate_to_datetime

from poisons import HOSTILE, grow, poison

from sayso.record import Brief
from sayso.tell.mail import render_mail


def open_mail(content: bytes) -> email.message.EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert not message.defects
    return message


def test_it_holds_the_text_and_the_page(brief: Brief) -> None:
    message = open_mail(render_mail(grow(brief)))
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert "The ferry Alba ran aground off Lund on 3 March. [1]" in plain.get_content()
    assert page.get_content_type() == "text/html"
    assert "<h1>" in page.get_content()
    assert "<script" not in page.get_content()


def test_subject_and_date_are_those_of_the_brief(brief: Brief) -> None:
    message = open_mail(render_mail(brief))
    assert message["Subject"] == "The wreck of the Alba"
    assert parsedate_to_datetime(message["Date"]) == brief.picture.as_of
    undated = replace(brief, picture=replace(brief.picture, as_of=None))
    assert parsedate_to_datetime(open_mail(render_mail(undated))["Date"]) == max(
        reading.report.published for reading in brief.picture.readings if reading.report.published
    )


def test_a_title_adds_no_header(brief: Brief) -> None:
    message = open_mail(render_mail(replace(brief, title="Alba\nBcc: all@example.org\n\nbody\x00")))
    assert message["Bcc"] is None
    assert message["Subject"].startswith("Alba Bcc: all@example.org body")


def test_hostile_words_stay_words_and_one_brief_is_one_file(brief: Brief) -> None:
    poisoned = poison(grow(brief), HOSTILE * 5)
    open_mail(render_mail(poisoned))
    assert render_mail(poisoned) == render_mail(poisoned)
    assert max(map(len, render_mail(poisoned).splitlines())) <= 998
