"""A question as one HTML file that readers answer: no other file, font or server.

The page makes an answer as a line of JSON for the reader to send back (see `sayso.foresee.questions.polls`). All
words come from strangers, so that the template escapes everything, and the content security policy lets in the page's
own style and script by their hashes and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.foresee.questions.forecasts import Crowd, name_day
from sayso.foresee.questions.polls import FORM
from sayso.record import Question
from sayso.tell.pages import render_template

ASKED_QUANTILES = (
    ("p10", "There is one chance in ten that it is less, or earlier, than"),
    ("p50", "It is as likely to be less as to be more, or earlier as later, than"),
    ("p90", "There is one chance in ten that it is more, or later, than"),
)
"""The quantiles that readers are asked for, in words."""


def render_poll(question: Question, crowd: Sequence[Crowd], state: str) -> str:
    """The page of a question as an HTML document; `state` is open or closed."""
    return render_template(
        "poll.html.j2",
        "poll.css",
        "poll.js",
        question=question,
        facts=list_facts(question),
        crowd=[view_crowd(question, one) for one in crowd],
        open=state == "open",
        fields=list_fields(question),
        form=FORM,
    )


def list_facts(question: Question) -> list[tuple[str, str]]:
    """The line under the question."""
    closes, resolves = (f"{m:%-d %b %Y, %H:%M} UTC" if m else "" for m in (question.closes, question.resolves))
    facts = (("Answers until", closes), ("Decided by", resolves), ("By the word of", question.source))
    return [(name, value) for name, value in (*facts, ("In", question.unit)) if value]


def list_fields(question: Question) -> list[dict[str, object]]:
    """What a reader fills in: chances in per cent, or quantiles."""
    if question.kind == "yes/no":
        label = "How likely is yes, in per cent?"
        return [{"label": label, "prefix": "", "type": "number", "percent": True}]
    if question.kind == "choice":
        return [{"label": o, "prefix": f"{o}=", "type": "number", "percent": True} for o in question.options]
    kind = "date" if question.kind == "date" else "number"
    return [{"label": words, "prefix": f"{p}=", "type": kind, "percent": False} for p, words in ASKED_QUANTILES]


def view_crowd(question: Question, crowd: Crowd) -> dict[str, object]:
    """What the crowd expects of one thing, in words."""
    say = name_day if question.kind == "date" else "{:,.6g}".format if question.kind == "number" else "{:.0%}".format
    return {
        "option": crowd.option or ("yes" if question.kind == "yes/no" else question.unit or "the answer"),
        "median": say(crowd.median),
        "low": say(crowd.low),
        "high": say(crowd.high),
        "forecasters": crowd.forecasters,
    }
