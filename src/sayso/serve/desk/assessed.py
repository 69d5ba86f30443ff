"""What people assessed of what is not known, as rows: hypotheses, scenarios, questions and forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sayso.api.foreseen import weigh_all
from sayso.errors import Error
from sayso.forms import to_json
from sayso.journey import know_ledger
from sayso.moments import tell_now
from sayso.record import Forecast
from sayso.serve.desk.asked import DeskViews
from sayso.serve.desk.desks import Desk, MissingError
from sayso.serve.desk.foreseeing import find_assessed
from sayso.serve.desk.hypotheses import put_matrix
from sayso.serve.desk.questions import find_docket, find_one, put_question

Row = dict[str, Any]


def list_hypotheses(desk: Desk, as_of: datetime | None) -> list[Row]:
    """A row a question that has hypotheses."""
    from sayso.foresee.hypotheses.matrices import read_matrix

    rows = []
    for root in desk.ledger.assessments("matrix", as_of=as_of):
        found = read_matrix(root, desk.ledger.assessments(about=root.id, as_of=as_of))
        rows.append(
            {
                "id": root.id,
                "question": found.question,
                "hypotheses": len(found.hypotheses),
                "evidence": len(found.evidence),
                "analysts": sorted({rating.by for rating in found.ratings}),
                "by": root.by,
                "at": to_json(root.at),
            }
        )
    return rows


def show_hypotheses(desk: Desk, id: str, as_of: datetime | None) -> Row:
    """A matrix, weighed, as `sayso hypotheses show --format json` prints it. Raises `MissingError`."""
    from sayso.tell.matrices import row_of_weighed

    root = find_assessed(desk, "matrix", id, as_of)
    picture = DeskViews(desk).picture(as_of=as_of)
    for weighed in desk.hold(("weighed", as_of), lambda: list(weigh_all(desk.ledger, picture, None))):
        if weighed.matrix.id == root.id:
            return row_of_weighed(weighed)
    raise MissingError(f"{id} has no hypotheses yet")


def list_scenarios(desk: Desk, as_of: datetime | None) -> list[Row]:
    """A row a set of scenarios."""
    from sayso.foresee.scenarios import read_scenarios

    rows = []
    for root in desk.ledger.assessments("scenarios", as_of=as_of):
        made = read_scenarios(root, desk.ledger.assessments(about=root.id, as_of=as_of))
        rows.append(
            {
                "id": root.id,
                "title": made.title,
                "scenarios": [one.name for one in made.scenarios],
                "indicators": sum(not one.dropped for one in made.indicators),
                "analysts": sorted({belief.by for belief in made.beliefs}),
                "by": root.by,
                "at": to_json(root.at),
            }
        )
    return rows


def show_scenarios(desk: Desk, id: str, as_of: datetime | None) -> Row:
    """A set of scenarios with its indicators, as `sayso scenarios show --format json` prints it. Raises
    `MissingError`."""
    from sayso.foresee.indicators import Lookout, look_all
    from sayso.foresee.scenarios import draw_outlooks, read_scenarios
    from sayso.tell.scenarios import row_of_scenarios

    root = find_assessed(desk, "scenarios", id, as_of)
    made = read_scenarios(root, desk.ledger.assessments(about=root.id, as_of=as_of))

    def make() -> Row:
        picture = DeskViews(desk).picture(as_of=as_of)
        lookout = Lookout(picture, lambda moment: know_ledger(desk.ledger, moment))
        return row_of_scenarios(made, draw_outlooks(made, look_all(lookout, made.indicators)))

    row: Row = desk.hold(("scenarios row", root.id, as_of), make)
    return row


def list_questions(desk: Desk, as_of: datetime | None) -> list[Row]:
    """A row a question: its terms, how it stands, and what the crowd expects."""
    docket, now = find_docket(desk, as_of), as_of or tell_now()
    return [to_json(docket.show_question(versions[-1], now)) for versions in docket.versions.values()]


def show_question(desk: Desk, name: str, as_of: datetime | None) -> Row:
    """One of them. Raises `MissingError`."""
    docket = find_docket(desk, as_of)
    row: Row = to_json(docket.show_question(find_one(docket, name), as_of or tell_now()))
    return row


def list_forecasts(desk: Desk, name: str, as_of: datetime | None) -> list[Row]:
    """A row a forecast of a question, in the order of saying. Raises `MissingError`."""
    docket = find_docket(desk, as_of)
    given = docket.forecasts.get(find_one(docket, name).id, [])
    return [{key: value for key, value in to_json(one).items() if key != "proof"} for one in given]


def draw_crowd(desk: Desk, name: str, as_of: datetime | None) -> list[Row]:
    """What the crowd expected of a question, day by day. Raises `MissingError`."""
    from sayso.foresee.questions.forecasts import draw_line

    docket = find_docket(desk, as_of)
    question = find_one(docket, name)
    return [to_json(crowd) for crowd in draw_line(question, docket.forecasts.get(question.id, ()))]


def add_question(desk: Desk, text: str, terms: Mapping[str, str | Sequence[str]], *, by: str, force: bool) -> Row:
    """Ask a question; its row. Raises `Error`, also with what the linter finds of one that would be voided."""
    id, findings = put_question(desk, text, terms, by, force=force)
    if not id:
        found = "; ".join(one.words for one in findings if one.severity == "error")
        raise Error(f"not asked, since it would be voided: {found}; force asks it all the same")
    return show_question(desk, id, None)


def add_hypotheses(desk: Desk, question: str, hypotheses: Sequence[str], *, by: str) -> Row:
    """Ask a question with its rival answers; its row. Raises `Error`."""
    id = put_matrix(desk, question, hypotheses, by)
    return next(row for row in list_hypotheses(desk, None) if row["id"] == id)


def add_forecast(desk: Desk, name: str, values: Sequence[str], *, by: str, reason: str = "") -> Row:
    """Keep what somebody expects of a question, in words as `sayso forecast` takes them. Raises `MissingError` where
    there is no such question, and `Error` where it takes no such values, or none now."""
    from sayso.foresee.questions.bodies import body_of
    from sayso.foresee.questions.forecasts import check_forecast, is_late, parse_values

    docket, now = find_docket(desk, None), tell_now()
    question = find_one(docket, name)
    ended = docket.find_resolution(question)
    if refused := is_late(question, now) or ("the question was resolved" if ended and now >= ended.at else ""):
        raise Error(f"not taken: {refused}")
    try:
        said = parse_values(question, values)
        one = Forecast(question=question.id, version=question.version, forecaster=by, at=now, reason=reason, **said)
        check_forecast(question, one)
    except (ValueError, OverflowError) as error:
        raise Error(str(error)) from None
    desk.ledger.assess("forecast", body_of(one), by=by, about=question.id, at=now)
    return list_forecasts(desk, question.id, None)[-1]
