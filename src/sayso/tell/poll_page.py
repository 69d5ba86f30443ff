"""A question as one HTML file that readers answer: no other file, font or server.

A reader's answer goes to the address that whoever asks gives, as a form of HTML that needs no script: posted to a web
address, or written into a mail. Without an address the page's script makes it a line of JSON to send by any way (see
`sayso.foresee.questions.polls`, which takes in all three). All words come from strangers, so that the template escapes
everything, and the content security policy lets in the page's own style and script by their hashes, forms to that
address, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlsplit

from sayso.foresee.questions.forecasts import Crowd, name_day
from sayso.foresee.questions.polls import FORM, LONGEST_REASON, LONGEST_SECRET, SHORTEST_SECRET
from sayso.harms import clean_text
from sayso.record import Question
from sayso.tell.charts import Dot, Line, draw_chart, draw_key, name_figure, worth_drawing
from sayso.tell.html import NARROW, WIDE
from sayso.tell.pages import render_template

ASKED_QUANTILES = (
    ("p10", "There is one chance in ten that it is less, or earlier, than"),
    ("p50", "It is as likely to be less as to be more, or earlier as later, than"),
    ("p90", "There is one chance in ten that it is more, or later, than"),
)
"""The quantiles that readers are asked for, in words."""

LONGEST_MAILED = 600
"""Characters of a reason that is mailed: mail programs take addresses of about 2,000 bytes, and the form is in one."""

MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$*+/_~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where answers go: the form's `action`, what of it the page's policy lets in, and its name for readers."""

    action: str
    policy: str
    name: str
    mailed: bool


def parse_address(words: str, question: Question) -> Address:
    """The address of a web page ("https://example.org/answers") or of a mailbox ("mailto:ana@example.org", or without
    "mailto:"). Raises ValueError for any other."""
    if words.startswith(("http://", "https://")):
        parts = urlsplit(words)
        if not HOST.fullmatch(parts.netloc) or clean_text(words) != words or words.split() != [words]:
            raise ValueError(f"{words!r} is no web address such as https://example.org/answers")
        return Address(action=words, policy=f"{parts.scheme}://{parts.netloc}", name=parts.netloc, mailed=False)
    mailbox = words.removeprefix("mailto:")
    if not MAIL_ADDRESS.fullmatch(mailbox):
        raise ValueError(f"{words!r} is neither a web address (https://...) nor a mail address (mailto:...)")
    subject = quote(f"Answer: {clean_text(question.text)[:80]}", safe="")
    action = f"mailto:{quote(mailbox, safe='@')}?subject={subject}"
    return Address(action=action, policy="mailto:", name=mailbox, mailed=True)


def render_poll(
    question: Question, crowd: Sequence[Crowd], state: str, line: Sequence[Crowd] = (), address: Address | None = None
) -> str:
    """The page of a question as an HTML document; `state` is open or closed, `crowd` what is expected now, and `line`
    what was over time."""
    return render_template(
        "poll.html.j2",
        "poll.css",
        "poll.js",
        question=question,
        facts=list_facts(question),
        crowd=[view_crowd(question, one) for one in crowd],
        chart=view_line(question, line),
        open=state == "open",
        fields=list_fields(question),
        form=FORM,
        address=address,
        policy=address.policy if address else None,
        secrets=(SHORTEST_SECRET, LONGEST_SECRET),
        longest_reason=LONGEST_MAILED if address and address.mailed else LONGEST_REASON,
    )


def list_facts(question: Question) -> list[tuple[str, str]]:
    """The line under the question."""
    closes, resolves = (f"{m:%-d %b %Y, %H:%M} UTC" if m else "" for m in (question.closes, question.resolves))
    facts = (("Answers until", closes), ("Decided by", resolves), ("By the word of", question.source))
    return [(name, value) for name, value in (*facts, ("In", question.unit)) if value]


def list_fields(question: Question) -> list[dict[str, object]]:
    """What a reader fills in: chances in per cent, or quantiles; `name` is that of the form's field."""
    if question.kind == "yes/no":
        label = "How likely is yes, in per cent?"
        return [{"label": label, "prefix": "", "name": "percent", "type": "number", "percent": True}]
    if question.kind == "choice":
        return [
            {"label": o, "prefix": f"{o}=", "name": f"percent.{o}", "type": "number", "percent": True}
            for o in question.options
        ]
    kind = "date" if question.kind == "date" else "number"
    return [
        {"label": words, "prefix": f"{p}=", "name": f"value.{p}", "type": kind, "percent": False}
        for p, words in ASKED_QUANTILES
    ]


def view_crowd(question: Question, crowd: Crowd) -> dict[str, object]:
    """What the crowd expects of one thing, in words."""
    say = name_day if question.kind == "date" else "{:,.6g}".format if question.kind == "number" else "{:.0%}".format
    return {
        "option": name_thing(question, crowd),
        "median": say(crowd.median),
        "low": say(crowd.low),
        "high": say(crowd.high),
        "forecasters": crowd.forecasters,
    }


def name_thing(question: Question, crowd: Crowd) -> str:
    """What the crowd's figure is of: an option, yes, the unit."""
    return crowd.option or ("yes" if question.kind == "yes/no" else question.unit or "the answer")


def view_line(question: Question, line: Sequence[Crowd]) -> dict[str, object]:
    """The drawings of the crowd's middle over time, a line an option, and their key; none where it never moved."""
    dots: dict[str, list[Dot]] = {}
    for crowd in line:
        words = f"{crowd.median:.0%}" if question.kind in ("yes/no", "choice") else choose_words(question)(crowd.median)
        middle = round(crowd.median) if question.kind == "date" else crowd.median
        dots.setdefault(name_thing(question, crowd), []).append(Dot(crowd.at, middle, middle, words))
    lines = [Line(clean_text(name), tuple(some)) for name, some in dots.items()]
    if not worth_drawing(lines):
        return {}
    unit, label = ("share" if question.kind in ("yes/no", "choice") else ""), "What others expected, day by day"
    wide, narrow = (draw_chart(lines, unit, label, width, choose_words(question)) for width in (WIDE, NARROW))
    return {"wide": wide, "narrow": narrow, "key": [(draw_key(n), one.source) for n, one in enumerate(lines)]}


def choose_words(question: Question) -> Callable[[float], str]:
    """How a question's figures are named on an axis."""
    if question.kind == "date":
        return name_short_day
    unit = "share" if question.kind in ("yes/no", "choice") else ""
    return lambda value: name_figure(round(value, 6), unit)


def name_short_day(value: float) -> str:
    """An ordinal day in few characters: "1 May 31"."""
    if not 1 <= value < 3_652_060:
        return f"{value:g}"
    day = date.fromordinal(int(value))
    return f"{day.day} {day:%b} {day:%y}"
