"""Questions at the desk: which are open, what the crowd expects of each, how they ended, and who foresees well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.api.asking import (
    make_forecast,
    make_question,
    make_resolution,
    propose,
    say_decided,
    say_refused,
)
from sayso.api.assessments import load_docket
from sayso.errors import Error
from sayso.foresee.questions.bodies import body_of
from sayso.foresee.questions.dockets import Docket
from sayso.foresee.questions.evidence import Evidence, Proposal
from sayso.foresee.questions.forecasts import Crowd, draw_line, is_late, say_forecast
from sayso.foresee.questions.linting import Finding, lint_question
from sayso.foresee.questions.polls import read_state
from sayso.foresee.questions.questions import check_question, name_status
from sayso.foresee.questions.resolutions import tell_changed
from sayso.foresee.scoring.docket_forecasts import take_docket
from sayso.foresee.scoring.scoresheets import score_shelf
from sayso.foresee.scoring.shelves import fill_shelf
from sayso.ledger import LedgerError
from sayso.moments import end_of, find_span, tell_now
from sayso.record import Forecast, Question, Resolution
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.foreseeing import find_whole, index_reports, refuse_clearly
from sayso.serve.desk.viewpoints import Viewpoint
from sayso.tell.foreseen import say_expected
from sayso.tell.scenarios import say_share

MOST_FORECASTS = 500
"""Forecasts that a page lists, the newest."""
ORDER = ("open", "waiting", "closed", "resolved")
"""Groups of questions in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question in the list: `status` as `name_status` has it, what the crowd expects in words, and its outcome."""

    question: Question
    status: str
    forecasters: int
    expected: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """A forecast in words; `late` says why it does not count, "" where it does."""

    forecast: Forecast
    said: str
    late: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSight:
    """A question with all that was said of it: the crowd now and over time, every forecast, the newest first, how it
    ended, whether its poll of readers is open, and why no forecast is taken now, "" where one is."""

    question: Question
    versions: int
    status: str
    crowd: tuple[Crowd, ...]
    line: tuple[Crowd, ...]
    forecasts: tuple[ForecastRow, ...]
    more: int
    resolutions: tuple[Resolution, ...]
    changed: str
    poll: str
    refused: str


def find_docket(desk: Desk, as_of: datetime | None = None) -> Docket:
    """All questions as known then."""
    docket: Docket = desk.hold(("docket", as_of), lambda: load_docket(desk.ledger, as_of))
    return docket


def find_one(docket: Docket, name: str) -> Question:
    """A question by its id or its words. Raises `MissingError`."""
    try:
        return docket.find_question(name)
    except ValueError:
        raise MissingError(f"there is no question {name}") from None


def list_questions(desk: Desk, at: Viewpoint) -> dict[str, list[QuestionRow]]:
    """The questions as known then by how they stand: open, waiting, closed (to be resolved), resolved. What closes
    soon comes first, of what ended the latest."""
    docket, now = find_docket(desk, at.as_of), at.as_of or tell_now()
    rows: dict[str, list[QuestionRow]] = {group: [] for group in ORDER}
    for versions in docket.versions.values():
        question = versions[-1]
        resolution = docket.find_resolution(question)
        status, crowd = name_status(question, resolution, now), docket.find_crowd(question)
        row = QuestionRow(
            question=question,
            status=status,
            forecasters=max((one.forecasters for one in crowd), default=0),
            expected="; ".join(say_expected(question, one) for one in crowd),
            outcome=resolution.outcome if resolution else "",
        )
        rows[status if status in rows else "resolved"].append(row)
    for group, some in rows.items():
        some.sort(key=lambda row: tell_close(row.question), reverse=group == "resolved")
    return rows


def tell_close(question: Question) -> tuple[bool, str]:
    """What questions are put in order by: those that never close last."""
    return question.closes is None, question.closes.isoformat() if question.closes else question.text


def find_question(desk: Desk, name: str, at: Viewpoint) -> QuestionSight:
    """A question with all that was said of it by then. Raises `MissingError`."""
    docket, now = find_docket(desk, at.as_of), at.as_of or tell_now()
    question = find_one(docket, name)
    given, ended = docket.forecasts.get(question.id, []), docket.resolutions.get(question.id, [])
    line = draw_line(question, given)
    shown = sorted(given, key=lambda forecast: forecast.at, reverse=True)[:MOST_FORECASTS]
    resolution = docket.find_resolution(question)
    return QuestionSight(
        question=question,
        versions=len(docket.versions[question.id]),
        status=name_status(question, resolution, now),
        crowd=tuple(one for one in line if one.at == line[-1].at),
        line=tuple(line),
        forecasts=tuple(
            ForecastRow(forecast=f, said=say_expectation(question, f), late=is_late(question, f.at)) for f in shown
        ),
        more=len(given) - len(shown),
        resolutions=tuple(reversed(ended)),
        changed=tell_changed(question, resolution),
        poll=read_state(desk.ledger.assessments("poll", about=question.id, as_of=at.as_of)),
        refused=say_refused(docket, question, now),
    )


def say_expectation(question: Question, forecast: Forecast) -> str:
    """A forecast in words: chances in per cent."""
    if forecast.probability is not None:
        return say_share(forecast.probability)
    if forecast.probabilities:
        return ", ".join(f"{name} {say_share(share)}" for name, share in forecast.probabilities)
    return say_forecast(question, forecast)


def score_all(desk: Desk, at: Viewpoint) -> dict[str, Any]:
    """The scores of all forecasts whose questions ended: calibration and leaderboard, as `sayso score` has them."""

    def make() -> dict[str, Any]:
        haul = take_docket(find_docket(desk, at.as_of))
        return score_shelf(fill_shelf(haul.entries, haul.terms)[0])

    sheet: dict[str, Any] = desk.hold(("scores", at.as_of), make)
    return sheet


def propose_end(desk: Desk, name: str, at: Viewpoint) -> tuple[Proposal, tuple[tuple[Evidence, str], ...]]:
    """How the ledger's claims say that a question ends, and those claims with their reports' digests. Raises
    `MissingError`."""
    question = find_one(find_docket(desk, at.as_of), name)

    def make() -> tuple[Proposal, tuple[tuple[Evidence, str], ...]]:
        proposal = propose(desk.ledger, question, at.as_of or tell_now())
        digests = index_reports(find_whole(desk, at.as_of))
        return proposal, tuple((one, digests.get(one.claim, "")) for one in proposal.evidence)

    found: tuple[Proposal, tuple[tuple[Evidence, str], ...]] = desk.hold(("proposal", question.version, at.as_of), make)
    return found


def put_question(
    desk: Desk, text: str, given: Mapping[str, str | Sequence[str]], by: str, *, force: bool = False
) -> tuple[str, list[Finding]]:
    """Ask a question; its id, "" where the linter's findings keep it from being asked, and these. `given` are its terms
    as a form has them: kind, options, unit, closes, resolves, criteria, source, about. Raises `Error`."""
    now = tell_now()
    with refuse_clearly():
        question = check_question(make_question(text, read_terms(given, now), None, now))
    decided = "" if force else say_decided(desk.ledger, question, now, lambda _: None)
    findings = lint_question(question, now=now, decided=decided)
    if not force and any(finding.severity == "error" for finding in findings):
        return "", findings
    return desk.ledger.assess("question", body_of(question), by=by, at=now).id, findings


def read_terms(given: Mapping[str, str | Sequence[str]], now: datetime) -> dict[str, Any]:
    """The fields of a question that a form gives. Raises ValueError."""
    terms: dict[str, Any] = {}
    for name in ("kind", "unit", "criteria", "source", "about"):
        if words := str(given.get(name, "")).strip():
            terms[name] = words
    options = given.get("options", ())
    listed = options.splitlines() if isinstance(options, str) else options
    if named := tuple(one.strip() for one in listed if one.strip()):
        terms |= {"options": named, "kind": terms.get("kind") or "choice"}
    for name in ("closes", "resolves"):
        if words := str(given.get(name, "")).strip():
            terms[name] = end_of(find_span(words, now, ahead=True))
    return terms


def give_forecast(desk: Desk, name: str, values: Sequence[str], reason: str, by: str, kind: str = "person") -> str:
    """Say what somebody expects of a question, in words as on the command line; the forecast's id. Raises `Error`."""
    docket, now = find_docket(desk), tell_now()
    question = find_one(docket, name)
    if refused := say_refused(docket, question, now):
        raise Error(f"not taken: {refused}")
    with refuse_clearly():
        made = make_forecast(question, values, by=by, kind=kind, reason=reason.strip(), now=now)
    return desk.ledger.assess("forecast", body_of(made), by=by, about=question.id, at=now).id


def end_question(desk: Desk, name: str, outcome: str, claims: Sequence[str], reason: str, by: str) -> str:
    """Say how a question ended; the resolution's id. A later one replaces it, and both are kept. Raises `Error`."""
    question = find_one(find_docket(desk), name)
    with refuse_clearly():
        made = make_resolution(question, outcome, [claim for claim in claims if claim.strip()], by, reason.strip())
    return desk.ledger.assess("resolution", body_of(made), by=by, about=question.id, at=made.at).id


def set_poll(desk: Desk, name: str, state: str, by: str) -> None:
    """Open or close a question to readers. Raises `Error`."""
    from sayso.foresee.questions.polls import body_of_state

    question = find_one(find_docket(desk), name)
    if read_state(desk.ledger.assessments("poll", about=question.id)) == state:
        return
    try:
        desk.ledger.assess("poll", body_of_state(state), by=by, about=question.id)
    except (LedgerError, ValueError) as error:
        raise Error(str(error)) from None
