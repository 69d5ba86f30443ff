"""Readers' answers to a published question: one a person, changeable, nothing known of them but a name they choose.

A reader answers under a name and a secret that the page made. The ledger keeps a digest of the two, so that only who
has the secret can change the answer; the secret itself is kept nowhere but with the reader. Answers count from when
they came in, whatever clock the reader had.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from sayso.foresee.questions.forecasts import check_forecast, is_late, parse_values
from sayso.foresee.questions.postings import (
    Posting,
    find_made,
    is_mail,
    list_bodies,
    list_postings,
    row_of_fields,
)
from sayso.record import Assessment, Forecast, Problem, Question

FORM = "sayso answer 1"
"""What an answer says it is, with the version of its form."""
SHORTEST_SECRET, LONGEST_SECRET = 16, 200
LONGEST_ANSWERS, LONGEST_REASON = 1 << 24, 2000
"""Bytes of a file of answers, and characters of a reason."""
STATES = ("open", "closed")


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """What a page gives a reader to send: for which question, under which name and secret, and the values as they are
    written on the command line ("0.7", "north=0.2", "p50=3")."""

    form: str
    question: str
    name: str
    secret: str
    values: list[str]
    reason: str = ""


def prove(question: str, name: str, secret: str) -> str:
    """The digest of a reader's name and secret for one question (BLAKE2b, RFC 7693): two questions cannot be told to
    have the same reader by it."""
    words = "\0".join((question, fold_name(name), secret))
    return hashlib.blake2b(words.encode("utf8", "surrogatepass"), digest_size=16, person=b"sayso answer").hexdigest()


def fold_name(name: str) -> str:
    """A name whatever its capitals and spaces."""
    return " ".join(name.split()).casefold()


def read_answers(content: bytes, name: str) -> tuple[list[Answer], list[Problem]]:
    """The answers of a file and what is none of them: one as JSON, a list of them, one a line, what a form posted, one
    a line, or mails into which a form was written."""
    if len(content) > LONGEST_ANSWERS:
        return [], [Problem(step="read_answers", message=f"more than {LONGEST_ANSWERS} bytes", input=name)]
    with suppress(msgspec.MsgspecError, RecursionError, UnicodeError):
        return msgspec.json.decode(content, type=list[Answer]), []
    with suppress(msgspec.MsgspecError, RecursionError, UnicodeError):
        return [msgspec.json.decode(content, type=Answer)], []
    if is_mail(content):
        return read_mails(content, name)
    answers, problems = [], []
    for posting in list_postings(content.decode("utf8", "replace")):
        try:
            answers.append(read_posting(posting))
        except (msgspec.MsgspecError, RecursionError, ValueError) as error:
            said = f"no answer: {error}"
            problems.append(Problem(step="read_answers", message=said, input=f"{name}:{posting.line}"))
    return answers, problems


def read_mails(content: bytes, name: str) -> tuple[list[Answer], list[Problem]]:
    """The answers in a file of mails; a mail without any is a problem, what else stands in one is not."""
    answers, problems = [], []
    for number, body in enumerate(list_bodies(content), 1):
        found = [posting for posting in list_postings(body) if posting.fields]
        found += [Posting(0, text=made) for made in find_made(body)]
        why = "" if found else "it has none"
        for posting in found:
            try:
                answers.append(read_posting(posting))
            except (msgspec.MsgspecError, RecursionError, ValueError) as error:
                why = str(error)
        if why:
            problems.append(Problem(step="read_answers", message=f"no answer: {why}", input=f"{name}: mail {number}"))
    return answers, problems


def read_posting(posting: Posting) -> Answer:
    """The answer of a form, or of a line of JSON. Raises ValueError or MsgspecError."""
    if posting.fields:
        return msgspec.convert(row_of_fields(posting.fields), Answer)
    return msgspec.json.decode(posting.text, type=Answer)


def take_answer(question: Question, answer: Answer, given: Iterable[Forecast], state: str, at: datetime) -> Forecast:
    """The forecast of a reader's answer that came in at a moment; `given` are the question's forecasts so far and
    `state` is that of its poll. Raises ValueError where it is refused."""
    if state != "open":
        raise ValueError(f"the poll is {state or 'not open'}")
    if answer.form != FORM:
        raise ValueError(f"no answer of the form “{FORM}”")
    if answer.question not in (question.id, question.version):
        raise ValueError("an answer to another question")
    if not SHORTEST_SECRET <= len(answer.secret) <= LONGEST_SECRET:
        raise ValueError(f"a secret has {SHORTEST_SECRET} to {LONGEST_SECRET} characters")
    if len(answer.reason) > LONGEST_REASON:
        raise ValueError(f"a reason has {LONGEST_REASON} characters at most")
    name = " ".join(answer.name.split())
    proof = prove(question.id, name, answer.secret)
    for other in given:
        if fold_name(other.forecaster) != fold_name(name):
            continue
        if other.kind != "reader" or not hmac.compare_digest(other.proof, proof):
            raise ValueError(f"the name {name!r} is taken: choose another, or answer where you answered first")
        name = other.forecaster
    if late := is_late(question, at):
        raise ValueError(late)
    forecast = Forecast(
        question=question.id,
        version=question.version,
        forecaster=name,
        kind="reader",
        at=at,
        reason=answer.reason,
        proof=proof,
        **parse_values(question, answer.values),
    )
    return check_forecast(question, forecast)


def take_answers(
    question: Question, answers: Sequence[Answer], given: Iterable[Forecast], state: str, at: datetime, name: str
) -> tuple[list[Forecast], list[Problem]]:
    """The forecasts of answers that came in together, in their order, and those refused."""
    by_name: dict[str, list[Forecast]] = {}
    for one in given:
        by_name.setdefault(fold_name(one.forecaster), []).append(one)
    taken: dict[str, Forecast] = {}
    problems = []
    for number, answer in enumerate(answers, 1):
        key = fold_name(answer.name)
        try:
            before = by_name.get(key, [])
            made = take_answer(question, answer, [*before, taken[key]] if key in taken else before, state, at)
        except ValueError as error:
            problems.append(Problem(step="take_answers", message=str(error), input=f"{name}:{number}"))
            continue
        # Of one person's answers that come together the last counts.
        taken.pop(key, None)
        taken[key] = made
    return list(taken.values()), problems


def read_state(assessments: Iterable[Assessment]) -> str:
    """Whether a poll is open or closed, "" where there is none: its newest row of the kind "poll" says so."""
    state = ""
    for one in assessments:
        try:
            found = msgspec.json.decode(one.body, type=dict[str, Any]).get("state", "")
        except (msgspec.MsgspecError, RecursionError, UnicodeError):
            continue
        state = found if found in STATES else state
    return state


def body_of_state(state: str) -> dict[str, str]:
    """What an assessment of the kind "poll" keeps. Raises ValueError."""
    if state not in STATES:
        raise ValueError(f"{state!r} is no state of a poll: open or closed")
    return {"state": state}
