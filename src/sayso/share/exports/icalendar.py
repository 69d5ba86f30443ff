"""iCalendar (RFC 5545): happenings as events of whole days, and when questions close and are resolved.

An event of several days is one that was some time in these days. None blocks anybody's time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import icalendar

from sayso.harms import clean_text
from sayso.moments import DAY
from sayso.record import Question
from sayso.share.exports import Shared
from sayso.share.exports.happenings import Dated, list_dated
from sayso.tell.citations import safe_url

URL_SIGNS = ":/?#[]@!$&'()*+,;=%"
"""What stands in an address as it is (RFC 3986, 2.2), besides letters and figures."""


def write(shared: Shared) -> bytes:
    """The calendar, its lines folded at 75 octets and ended by CRLF."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//sayso//{shared.tool}//EN")
    calendar.add("version", "2.0")
    if shared.title:
        # As text, which the library takes neither of them for: strangers' words could end the line else.
        for name in ("name", "x-wr-calname"):
            calendar.add(name, icalendar.vText(" ".join(clean_text(shared.title).split())))
    for dated in list_dated(shared.picture):
        calendar.add_component(make_happening(dated, shared))
    for question, _ in shared.foreseen.questions if shared.foreseen else ():
        for event in make_deadlines(question, shared):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def make_happening(dated: Dated, shared: Shared) -> icalendar.Event:
    """The event of a happening, from its first day to that after its last."""
    first, last = dated.days
    words = " ".join(dated.best.words.split())
    when = "" if first == last else " (some time in these days)"
    event = begin_event(f"happening-{dated.happening.id}", f"{dated.best.source}: {words}{when}", shared)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("description", "\n".join(dated.evidence))
    if dated.happening.where:
        event.add("location", clean_text(dated.happening.where))
    if dated.place and dated.place.lat is not None and dated.place.lon is not None:
        event.add("geo", (dated.place.lat, dated.place.lon))
    if dated.happening.what:
        event.add("categories", [clean_text(dated.happening.what)])
    if url := safe_url(dated.best.report.url):
        event.add("url", quote(clean_text(url), safe=URL_SIGNS))
    return event


def make_deadlines(question: Question, shared: Shared) -> Iterator[icalendar.Event]:
    """The moments at which a question takes no more forecasts and is resolved."""
    for kind, moment in (("closes", question.closes), ("is resolved", question.resolves)):
        if moment is not None:
            yield make_deadline(question, kind, moment, shared)


def make_deadline(question: Question, kind: str, moment: datetime, shared: Shared) -> icalendar.Event:
    """One of these moments."""
    name = "closes" if kind == "closes" else "resolves"
    event = begin_event(f"question-{question.id}-{name}", f"Question {kind}: {clean_text(question.text)}", shared)
    event.add("dtstart", moment.astimezone(UTC))
    told = (question.criteria, question.source and f"By the word of {question.source}", f"Asked by {question.by}")
    event.add("description", "\n".join(clean_text(line) for line in told if line))
    return event


def begin_event(id: str, summary: str, shared: Shared) -> icalendar.Event:
    """An event with what every one has."""
    event = icalendar.Event()
    event.add("uid", f"{id}@sayso")
    event.add("dtstamp", shared.made.astimezone(UTC))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    return event
