"""Readers' answers to a published question: one a person, changeable until it closes, with no account.

A reader is known by a secret in a signed cookie and by nothing else. The ledger keeps a digest of it, as it does of a
mailed answer (`sayso.foresee.questions.polls`). How many new readers one address may bring an hour is bounded; of an
address a digest is held in memory, with a salt of the day that is forgotten with it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from sayso.api.asking import say_refused
from sayso.errors import Error
from sayso.foresee.questions.bodies import body_of
from sayso.foresee.questions.dockets import Docket
from sayso.foresee.questions.polls import FORM, LONGEST_REASON, Answer, fold_name, prove, read_state, take_answer
from sayso.moments import tell_now
from sayso.record import Forecast, Question
from sayso.serve.desk.desks import Desk
from sayso.serve.desk.foreseeing import refuse_clearly
from sayso.serve.desk.published import read_key
from sayso.serve.desk.questions import find_docket, find_one

MOST_NEW, MOST_CHANGES, SPAN = 10, 60, timedelta(hours=1)
"""New readers that one address may bring in a span of time, and answers that it may change: each is a row for good."""
MOST_ADDRESSES = 100_000
LONGEST_NAME = 60
FEWEST_DIGITS = 4
"""Digits of the name of a reader who gives none."""


class TooManyError(Error):
    """Too many answers from one address."""


@dataclass(slots=True)
class Rates:
    """How many new readers each address brought within the last span, and how many answers it changed."""

    most_new: int = MOST_NEW
    most_changes: int = MOST_CHANGES
    span: timedelta = SPAN
    _day: str = ""
    _salt: bytes = b""
    _seen: dict[bytes, deque[datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, address: str, now: datetime, *, new: bool) -> None:
        """Count one more new reader, or changed answer. Raises `TooManyError`."""
        most = self.most_new if new else self.most_changes
        with self._lock:
            if f"{now:%Y-%m-%d}" != self._day:
                self._day, self._salt, self._seen = f"{now:%Y-%m-%d}", secrets.token_bytes(16), {}
            key = hashlib.blake2b(f"{new} {address}".encode(), key=self._salt, digest_size=16).digest()
            seen = self._seen.setdefault(key, deque())
            while seen and seen[0] <= now - self.span:
                seen.popleft()
            if len(seen) >= most or len(self._seen) > MOST_ADDRESSES:
                raise TooManyError("too many answers came from where you are: try again in an hour")
            seen.append(now)


def make_reader() -> str:
    """The secret of a new reader."""
    return secrets.token_urlsafe(24)


def sign_reader(desk: Desk, secret: str) -> str:
    """A reader's secret as their cookie has it."""
    return str(URLSafeSerializer(read_key(desk, "readers"), salt="reader").dumps(secret))


def read_reader(desk: Desk, cookie: str) -> str:
    """The secret of a cookie, "" where it is none of ours."""
    try:
        found = URLSafeSerializer(read_key(desk, "readers"), salt="reader").loads(cookie)
    except BadSignature:
        return ""
    return found if isinstance(found, str) else ""


def find_own(question: Question, given: Iterable[Forecast], secret: str) -> Forecast | None:
    """What a reader answered last, None where nothing."""
    if not secret:
        return None
    own = [
        one
        for one in given
        if one.kind == "reader" and hmac.compare_digest(one.proof, prove(question.id, one.forecaster, secret))
    ]
    return own[-1] if own else None


def choose_name(docket: Docket, question: Question, wanted: str, secret: str) -> str:
    """What a new reader is called: the name wanted, else "reader 3f2a", which nobody else on the question is, nor any
    forecaster at the desk. Raises `Error` where another has the name wanted."""
    taken = {
        fold_name(one.forecaster)
        for id, given in docket.forecasts.items()
        for one in given
        if id == question.id or one.kind != "reader"
    } | {fold_name(one.by) for versions in docket.versions.values() for one in versions}
    wanted = " ".join(wanted.split())
    if len(wanted) > LONGEST_NAME:
        raise Error(f"a name has {LONGEST_NAME} characters at most")
    if wanted:
        if fold_name(wanted) in taken:
            raise Error(f"somebody here is called {wanted} already: choose another name, or none")
        return wanted
    digits = prove(question.id, "reader", secret)
    return next(
        name for n in range(FEWEST_DIGITS, len(digits) + 1) if fold_name(name := f"reader {digits[:n]}") not in taken
    )


def read_poll(desk: Desk, question: Question) -> str:
    """Why a question's poll takes no answer now, "" where it does."""
    if read_state(desk.ledger.assessments("poll", about=question.id)) != "open":
        return "the poll is closed"
    return say_refused(find_docket(desk), question, tell_now())


def answer_poll(
    desk: Desk, id: str, values: Sequence[str], secret: str, *, name: str = "", reason: str = "", rates: Rates,
    address: str,
) -> Forecast:  # fmt: skip
    """Keep a reader's answer, or their changed one. Raises `Error` where it is refused."""
    docket, now = find_docket(desk), tell_now()
    question = find_one(docket, id)
    if refused := read_poll(desk, question):
        raise Error(f"not taken: {refused}")
    given = docket.forecasts.get(question.id, [])
    own = find_own(question, given, secret)
    called = own.forecaster if own else choose_name(docket, question, name, secret)
    answer = Answer(
        form=FORM, question=question.id, name=called, secret=secret, values=list(values),
        reason=reason.strip()[:LONGEST_REASON],
    )  # fmt: skip
    with refuse_clearly():
        made = take_answer(question, answer, given, "open", now)
    rates.count(address, now, new=own is None)
    desk.ledger.assess("forecast", body_of(made), by=made.forecaster, about=question.id, at=made.at)
    return made
