"""Questions, forecasts and resolutions: what is taken, what is refused, and the crowd's line."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.foresee.questions.bodies import body_of
from sayso.foresee.questions.dockets import read_docket
from sayso.foresee.questions.forecasts import (
    check_forecast,
    draw_line,
    is_late,
    parse_number,
    parse_values,
    rows_to_score,
)
from sayso.foresee.questions.imports import take_forecasts
from sayso.foresee.questions.questions import check_question, name_status
from sayso.foresee.questions.resolutions import check_outcome, tell_changed
from sayso.ledger import open_ledger
from sayso.record import Assessment, Forecast, Question, Resolution


def day(n, hour=0):
    return datetime(2031, 5, 1, hour, tzinfo=UTC) + timedelta(days=n)


YES_NO = check_question(Question(text="Will it?", id="q", version="q", opens=day(0), closes=day(20), resolves=day(30)))
CHOICE = check_question(Question(text="Which?", id="c", version="c", kind="choice", options=("north", "south")))
NUMBER = check_question(Question(text="How many?", id="n", version="n", kind="number", unit="person"))
DATE = check_question(Question(text="When?", id="d", version="d", kind="date"))


def say(question, *words, by="ana", at=None):
    return check_forecast(
        question,
        Forecast(question=question.id, forecaster=by, at=at or day(1), **parse_values(question, words)),
    )


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        (YES_NO, ["0.7"], {"probability": 0.7}),
        (YES_NO, ["0,7"], {"probability": 0.7}),
        (YES_NO, ["70%"], {"probability": 0.7}),
        (YES_NO, ["yes=0.7"], {"probability": 0.7}),
        (CHOICE, ["North=0.2", "south=80%"], {"probabilities": (("north", 0.2), ("south", 0.8))}),
        (NUMBER, ["p90=1 200", "p10=3", "50%=7,5"], {"quantiles": ((0.1, 3.0), (0.5, 7.5), (0.9, 1200.0))}),
        (DATE, ["p50=0001-01-02"], {"quantiles": ((0.5, 2.0),)}),
    ],
)
def test_forecasts_are_read_as_people_write_them(question, words, expected):
    assert parse_values(question, words) == expected


@pytest.mark.parametrize(
    ("question", "words", "says"),
    [
        (YES_NO, ["1.2"], "no probability"),
        (YES_NO, ["-0.1"], "no probability"),
        (YES_NO, ["nan"], "no number"),
        (YES_NO, [], "one probability"),
        (YES_NO, ["p10=3"], "one probability"),
        (CHOICE, ["north=0.2", "south=0.9"], "come to 1.1"),
        (CHOICE, ["north=0.2"], "south"),
        (CHOICE, ["north=0.5", "north=0.5"], "south"),
        (CHOICE, ["north=0.2", "east=0.8"], "no option"),
        (CHOICE, ["0.2"], "each option"),
        (NUMBER, ["p10=9", "p50=3"], "out of order"),
        (NUMBER, ["p10=9", "p10=11"], "given twice"),
        (NUMBER, ["p0=1"], "lies between"),
        (NUMBER, ["12"], "quantiles"),
        (NUMBER, ["median=12"], "names no quantile"),
        (DATE, ["p50=soon"], "no date"),
    ],
)
def test_what_is_no_forecast_says_why(question, words, says):
    with pytest.raises(ValueError, match=says):
        say(question, *words)


@given(st.text(max_size=30))
@example("E0")
@example("1.2.3")
def test_a_number_is_a_number_or_refused(words):
    try:
        parse_number(words)
    except ValueError as error:
        assert "no number" in str(error)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"text": " "}, "has words"),
        ({"text": "x", "kind": "maybe"}, "no kind"),
        ({"text": "x", "kind": "choice", "options": ("a",)}, "2 to"),
        ({"text": "x", "kind": "choice", "options": ("a", "A ")}, "of its own"),
        ({"text": "x", "kind": "choice", "options": ("a", "void")}, "no options"),
        ({"text": "x", "options": ("a", "b")}, "no options"),
        ({"text": "x", "opens": day(2), "closes": day(1)}, "closes before it opens"),
        ({"text": "x", "closes": day(2), "resolves": day(1)}, "resolves before it closes"),
    ],
)
def test_what_is_no_question_says_why(fields, says):
    with pytest.raises(ValueError, match=says):
        check_question(Question(**fields))


def test_a_question_stands_as_its_times_and_its_end_say():
    ends = [Resolution(question="q", outcome=o, by="ana", at=day(9)) for o in ("yes", "void", "ambiguous")]
    assert name_status(YES_NO, None, day(-1)) == "waiting"
    assert name_status(YES_NO, None, day(1)) == "open"
    assert name_status(YES_NO, None, day(21)) == "closed"
    assert [name_status(YES_NO, end, day(1)) for end in ends] == ["resolved", "void", "ambiguous"]


def test_late_forecasts_are_told_from_those_in_time():
    assert not is_late(YES_NO, day(20))
    assert "closed at" in is_late(YES_NO, day(20) + timedelta(seconds=1))
    assert "opens only" in is_late(YES_NO, day(-1))


def test_the_line_follows_the_latest_of_each_and_leaves_out_the_late():
    given = [
        say(YES_NO, "0.2", at=day(1)),
        say(YES_NO, "0.6", by="bo", at=day(1, 5)),
        say(YES_NO, "0.4", at=day(3)),
        say(YES_NO, "0.9", by="cy", at=day(25)),
    ]
    line = [(c.at, c.forecasters, round(c.mean, 6), round(c.median, 6)) for c in draw_line(YES_NO, given)]
    assert line == [(day(1, 5), 2, 0.4, 0.4), (day(3), 2, 0.5, 0.5)]


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1), st.integers(0, 19)), max_size=40))
def test_the_line_is_that_of_those_who_had_spoken(said):
    given = [say(YES_NO, f"{p:.6f}", by=f"f{who}", at=day(n)) for who, p, n in said]
    line = draw_line(YES_NO, given)
    assert all(a.at < b.at for a, b in pairwise(line))
    for crowd in line:
        latest = {f.forecaster: f.probability for f in sorted(given, key=lambda f: f.at) if f.at <= crowd.at}
        assert crowd.forecasters == len(latest)
        assert crowd.mean == pytest.approx(sum(latest.values()) / len(latest))
        assert crowd.low <= crowd.median <= crowd.high


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [
        (YES_NO, "YES", "yes"),
        (YES_NO, "Void", "void"),
        (CHOICE, "SOUTH", "south"),
        (NUMBER, "1 200,5", "1200.5"),
        (DATE, "2031-05-02", "2031-05-02"),
        (DATE, "ambiguous", "ambiguous"),
    ],
)
def test_outcomes_are_kept_in_one_spelling(question, words, kept):
    assert check_outcome(question, words) == kept


@pytest.mark.parametrize(("question", "words"), [(YES_NO, "1"), (CHOICE, "east"), (NUMBER, "many"), (DATE, "soon")])
def test_what_is_no_outcome_is_refused(question, words):
    with pytest.raises(ValueError, match=words):
        check_outcome(question, words)


def test_rows_to_score_leave_out_the_late_and_say_how_it_ended():
    ended = Resolution(question="q", outcome="void", by="ana", at=day(30))
    rows = list(rows_to_score(YES_NO, [say(YES_NO, "0.2"), say(YES_NO, "0.3", at=day(22))], ended))
    assert [(row["probability"], row["outcome"]) for row in rows] == [(0.2, "void")]
    rows = list(rows_to_score(DATE, [say(DATE, "p50=2031-05-09")], None))
    assert [(row["quantile"], row["value"], row["outcome"]) for row in rows] == [(0.5, "2031-05-09", "")]


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(str(tmp_path / "story.db")) as kept:
        yield kept


def load(kept, as_of=None):
    return read_docket(*(kept.assessments(kind, as_of=as_of) for kind in ("question", "forecast", "resolution")))


def test_a_change_is_a_new_version_and_the_resolution_stays_with_the_old(ledger):
    first = ledger.assess("question", body_of(Question(text="Will it?", criteria="x")), by="ana", at=day(0))
    made = Forecast(question=first.id, version=first.id, forecaster="bo", at=day(1), probability=0.4)
    ledger.assess("forecast", body_of(made), by="bo", about=first.id, at=day(1))
    ended = Resolution(question=first.id, version=first.id, outcome="yes", by="ana", at=day(2))
    ledger.assess("resolution", body_of(ended), by="ana", about=first.id, at=day(2))
    second = ledger.assess("question", body_of(Question(text="Will it then?")), by="ana", about=first.id, at=day(3))
    again = Resolution(question=first.id, version=first.id, outcome="void", by="bo", at=day(4))
    docket = load(ledger)
    question = docket.find_question("will it then?")
    assert (question.id, question.version, question.number) == (first.id, second.id, 2)
    assert docket.find_question(second.id[:6]) == question
    assert "another version" in tell_changed(question, docket.find_resolution(question))
    assert docket.find_resolution(question).outcome == "yes"
    ledger.assess("resolution", body_of(again), by="bo", about=first.id, at=day(4))
    docket = load(ledger)
    assert [r.outcome for r in docket.resolutions[first.id]] == ["yes", "void"]
    assert load(ledger, day(1)).find_question("Will it?").number == 1
    assert docket.forecasts[first.id][0].probability == 0.4
    assert docket.show_question(question, day(5))["status"] == "void"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        '{"text": 3}',
        '{"text": ""}',
        '{"text": "x", "opens": "9999-12-31T23:59:59-23:00"}',
        "[" * 9999,
    ],
)
def test_a_strangers_body_becomes_a_problem(body):
    row = Assessment(id="a", kind="question", about="", by="eve", at=day(0), body=body)
    docket = read_docket([row], [], [])
    assert (docket.versions, len(docket.problems)) == ({}, 1)


def test_a_strangers_forecast_becomes_a_problem():
    asked = Assessment(id="a", kind="question", about="", by="ana", at=day(0), body='{"text": "x"}')
    bodies = ['{"probability": 7}', "{}", '{"quantiles": [[0.5, 3]]}', '{"probability": "0.5"}']
    rows = [
        Assessment(id=f"f{n}", kind="forecast", about="a", by="eve", at=day(0), body=b) for n, b in enumerate(bodies)
    ]
    rows.append(Assessment(id="g", kind="forecast", about="gone", by="eve", at=day(0), body='{"probability": 0.5}'))
    docket = read_docket([asked], rows, [])
    assert (docket.forecasts, len(docket.problems)) == ({}, 5)


CSV = b"""reason;Probability;question;time;forecaster
because;0,25;q;2031-05-03;ana
;75 %;q;2031-05-04T10:00Z;bo
;1,5;q;2031-05-04;cy
;0,5;q;2031-05-30;dee
;0,5;nothing;2031-05-04;dee
;0,5;q;2031-05-04;
"""


def find(words):
    if words in ("q", "c", "n"):
        return {"q": YES_NO, "c": CHOICE, "n": NUMBER}[words]
    raise ValueError(f"there is no question {words!r}")


def test_a_file_in_another_dress_is_taken_and_its_faults_named():
    taken = take_forecasts(CSV, "f.csv", find=find, now=day(1))
    assert [(f.forecaster, f.probability, f.reason) for f in taken.forecasts] == [
        ("ana", 0.25, "because"),
        ("bo", 0.75, ""),
    ]
    assert [p.input for p in taken.problems] == ["f.csv:4", "f.csv:6", "f.csv:7", "f.csv:5"]


def test_a_file_of_options_and_one_of_quantiles_are_taken():
    options = b"question,forecaster,option,probability\nc,ana,south,0.3\nc,ana,north,0.7\nc,bo,south,0.3\n"
    taken = take_forecasts(options, "c.csv", find=find, now=day(1))
    assert [f.probabilities for f in taken.forecasts] == [(("south", 0.3), ("north", 0.7))]
    assert len(taken.problems) == 1
    numbers = b"forecaster,quantile,value\nana,0.9,12\nana,0.1,3\n"
    taken = take_forecasts(numbers, "n.csv", find=find, now=day(1), question=NUMBER)
    assert [f.quantiles for f in taken.forecasts] == [((0.1, 3.0), (0.9, 12.0))]
    assert not taken.problems


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n", b"[1, 2]", b"{"])
def test_what_is_no_file_of_forecasts_is_a_problem(content):
    taken = take_forecasts(content, "f", find=find, now=day(1))
    assert not taken.forecasts
    assert taken.problems
