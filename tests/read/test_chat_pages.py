from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Report

HEAD = '<div class="page_header"><div class="content"><div class="text bold">\nValley Front\n</div></div></div>'


def message(number: int, clock: str, inside: str, more: str = "") -> str:
    return (
        f'<div class="message default clearfix {more}" id="message{number}"><div class="body">'
        f'<div class="pull_right date details" title="04.05.2031 {clock}:00 UTC+01:00">{clock}</div>{inside}'
        "</div></div>"
    )


def read(*messages: str) -> list[Report]:
    service = '<div class="message service" id="message-1"><div class="body details">4 May 2031</div></div>'
    html = f"<html><body>{HEAD}<div class='history'>{service}{''.join(messages)}</div></body></html>"
    return [r for r in read_page(Content(content=html.encode("utf8"), name="in.html")) if isinstance(r, Report)]


def test_messages_are_reports() -> None:
    own = '<div class="from_name">Valley Front</div>'
    own += '<div class="text">Nine <strong>are missing</strong>.<br>Two left.</div>'
    passed = (
        '<div class="forwarded body"><div class="from_name">Tarn Watch <span class="date details" title="x">3</span>'
    )
    passed += '</div><div class="text">The dam gave way.</div></div>'
    picture = '<div class="media_wrap clearfix"><a class="photo_wrap" href="a.jpg"></a></div>'
    first, second = read(message(1, "12:40", own), message(2, "12:55", passed, "joined"), message(3, "13:00", picture))
    assert (first.text, first.outlet, first.author) == ("Nine are missing.\nTwo left.", "Valley Front", "")
    assert first.published is not None and first.published.isoformat() == "2031-05-04T12:40:00+01:00"
    assert (second.text, second.outlet, second.cites) == ("The dam gave way.", "Valley Front", ("Tarn Watch",))


def test_members_of_a_group_are_authors() -> None:
    (report,) = read(message(1, "12:40", '<div class="from_name">Ann Orr</div><div class="text">Nine missing.</div>'))
    assert (report.outlet, report.author) == ("Valley Front", "Ann Orr")
