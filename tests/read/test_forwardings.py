import pytest

from sayso.read.forwardings import drop_quoted, is_answer, split_forwarded, split_sender
from sayso.read.letters import read_letter
from sayso.read.reports import Content
from sayso.record import Report

WORDS = "The board said that nine people were missing."
FORMS = {
    "Gmail": "---------- Forwarded message ---------\nFrom: Water Board <b@w.example>\nDate: Thu, 2 May 2024 at 18:30\n"
    "Subject: Dam\nTo: a@x.example, b@x.example,\n c@x.example\n\n\n{}\n",
    "Apple": "> Begin forwarded message:\n> \n> From: Water Board <b@w.example>\n> Subject: Dam\n"
    "> Date: 2 May 2024 at 18:30:00 GMT\n> To: a@x.example\n> \n> {}\n",
    "Outlook": "________________________________\nFrom: Water Board <b@w.example>\n"
    "Sent: Thursday, May 2, 2024 6:30 PM\n"
    "To: a\nSubject: Dam\n\n{}\n",
    "Outlook of old": "-----Original Message-----\n"
    "From: Water Board [mailto:b@w.example]\nSent: 02 May 2024 18:30\nTo: a\n"
    "Subject: Dam\n\n{}\n",
    "Thunderbird in German": "-------- Weitergeleitete Nachricht --------\nBetreff: \tDam\n"
    "Datum: \tThu, 2 May 2024 18:30:00 +0000\nVon: \tWater Board <b@w.example>\nAn: \ta@x.example\n\n{}\n",
    "Outlook in German": "Von: Water Board <b@w.example>\n"
    "Gesendet: Donnerstag, 2. Mai 2024 18:30\nAn: a\nBetreff: Dam\n\n{}\n",
    "Outlook in French": "De : Water Board <b@w.example>\nEnvoyé : jeudi 2 mai 2024 18:30\nÀ : a\nObjet : Dam\n\n{}\n",
    "Outlook in Spanish": "De: Water Board <b@w.example>\n"
    "Enviado el: jueves, 2 de mayo de 2024 18:30\nPara: a\nAsunto: Dam\n\n{}",
    "Italian": "---------- Forwarded message ---------\nDa: Water Board <b@w.example>\n"
    "Date: gio 2 mag 2024 alle ore 18:30\nSubject: Dam\nTo: a\n\n{}\n",
    "Russian": "-------- Пересылаемое сообщение --------\nОт: Water Board <b@w.example>\nКому: a\n"
    "Дата: Четверг, 2 мая 2024, 18:30 +00:00\nТема: Dam\n\n{}\n",
    "one line": "-------- Пересылаемое сообщение --------\n"
    '02.05.2024, 18:30, "Water Board" <b@w.example>:\n\n{}\n\n'
    "-------- Конец пересылаемого сообщения --------\n",
    "Mutt": "----- Forwarded message from Water Board <b@w.example> -----\n\nDate: Thu, 2 May 2024 18:30:00 +0000\n"
    "From: Water Board <b@w.example>\nTo: a\nSubject: Dam\n\n{}\n\n----- End forwarded message -----\n",
    "Greek": "---------- Forwarded message ---------\nΑπό: Water Board <b@w.example>\nDate: Πέμ 2 Μαΐ 2024 στις 18:30\n"
    "Subject: Dam\nTo: a\n\n{}\n",
    "Japanese": "---------- Forwarded message ---------\n差出人: Water Board <b@w.example>\n"
    "日付: 2024年5月2日(木) 18:30\n"
    "件名: Dam\n宛先: a\n\n{}\n",
    "bold headers": "*From:* Water Board <b@w.example>\n"
    "*Sent:* Thursday, May 2, 2024 6:30 PM\n*To:* a\n*Subject:* Dam\n\n{}\n",
    "quoted words": "------- Forwarded Message -------\nFrom: Water Board <b@w.example>\n"
    "Date: On Thursday, May 2nd, 2024 at 18:30\nSubject: Dam\nTo: a\n\n> {}\n",
}


def read(body: str, subject: str = "Fwd: Dam", kind: str = "plain") -> Report:
    head = f"From: Desk <d@n.example>\nSubject: {subject}\nDate: Fri, 3 May 2024 10:00:00 +0000\nMIME-Version: 1.0\n"
    letter = f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{body}"
    (report,) = read_letter(Content(content=letter.encode("utf8"), name="in.eml"))
    assert isinstance(report, Report)
    return report


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("cover", ["", "FYI, see below.\n\n"])
def test_forms_of_mail_programs(form: str, cover: str) -> None:
    report = read(cover + FORMS[form].format(WORDS))
    assert (report.outlet, report.text) == ("Water Board", WORDS)
    assert report.published is not None and report.published.strftime("%F %R") == "2024-05-02 18:30"
    assert "sent on by Desk, Fri, 03 May 2024" in report.published_words


def test_letters_sent_on_again_and_again() -> None:
    inner = FORMS["Gmail"].format(WORDS)
    report = read(
        f"FYI\n\n---------- Forwarded message ---------\nFrom: Bo <b@n.example>\nDate: Fri, 3 May 2024\n\n{inner}"
    )
    assert (report.outlet, report.text) == ("Water Board", WORDS)
    assert "sent on by Bo" in report.published_words and "sent on by Desk" in report.published_words


def test_letters_in_html() -> None:
    head = (
        "<b>From:</b> Water Board &lt;b@w.example&gt;<br><b>Sent:</b> Thursday, May 2, 2024 6:30 PM<br><b>To:</b> a<br>"
    )
    assert (
        read(f"<p>See below.</p><hr><div>{head}<b>Subject:</b> Dam</div><div><p>{WORDS}</p></div>", kind="html").text
        == WORDS
    )
    quoted = "<blockquote type='cite'><div>Begin forwarded message:</div><br><div>From: Water Board &lt;b@w.example&gt;"
    quoted += f"</div><div>Date: 2 May 2024 at 18:30</div><br><div>{WORDS}</div></blockquote>"
    assert read(f"<div>FYI</div>{quoted}", kind="html").text == WORDS


ANSWERS = [
    "On Thu, 2 May 2024 at 11:00, Desk <d@n.example> wrote:\n> Were 40 killed?\n",
    "On Thu, 2 May 2024 at 11:00, the Desk of the whole Valley <d@n.example>\nwrote:\n> Were 40 killed?\n",
    "Am 02.05.2024 um 11:00 schrieb Desk:\n> 40 Tote?\n",
    "Le jeu. 2 mai 2024 à 11:00, Desk <d@n.example> a écrit :\n> 40 morts ?\n",
    "2 мая 2024 г. 11:00 пользователь Desk <d@n.example> написал:\n> 40 погибших?\n",
    "From: Desk <d@n.example>\nSent: Thursday, May 2, 2024 11:00 AM\nTo: Board\nSubject: Dam\n\nWere 40 killed?\n",
]


@pytest.mark.parametrize("below", ANSWERS)
def test_of_answers_the_own_words_are_kept(below: str) -> None:
    assert read(f"{WORDS}\n\n{below}", subject="Re: Dam").text == WORDS


def test_answers_in_html() -> None:
    quoted = '<div class="gmail_attr">On Thu, 2 May 2024, Desk wrote:<br></div>'
    quoted += '<blockquote class="gmail_quote">Were 40 killed?</blockquote>'
    assert (
        read(f'<div>{WORDS}</div><br><div class="gmail_quote">{quoted}</div>', subject="Re: Dam", kind="html").text
        == WORDS
    )


@pytest.mark.parametrize(
    "text",
    [
        f"From: the mayor's office\n\n{WORDS}",
        "From Brim: the road is closed.\nDate: to be told.\n",
        f"{'A long report of our own. ' * 40}\n\n" + FORMS["Gmail"].format("Old words."),
        "---------- Forwarded message ---------\n\nWithout any headers.",
    ],
)
def test_own_words_are_not_sent_on(text: str) -> None:
    assert split_forwarded(text) == (None, text)


def test_small_parts() -> None:
    assert split_sender("ann at v.example (Ann Orr)") == ("Ann Orr", "ann@v.example")
    assert split_sender('"Orr, Ann" <ann@v.example>') == ("Orr, Ann", "ann@v.example")
    assert split_sender("ann@v.example") == ("", "ann@v.example")
    assert split_sender("Ann Orr") == ("Ann Orr", "")
    assert is_answer("Re: Dam") and is_answer("AW: Damm") and not is_answer("Fwd: Dam") and not is_answer("Report: dam")
    assert drop_quoted("> all\n> quoted") == "> all\n> quoted"
