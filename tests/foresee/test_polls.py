"""Readers' answers: one a person, changeable, refused where the secret is another's."""

import json
from datetime import UTC, datetime

import pytest

from sayso.foresee.questions.forecasts import Crowd
from sayso.foresee.questions.polls import FORM, Answer, prove, read_answers, read_state, take_answers
from sayso.foresee.questions.questions import check_question
from sayso.record import Assessment, Question
from sayso.tell.poll_page import parse_address, render_poll

NOW = datetime(2031, 5, 1, tzinfo=UTC)
QUESTION = check_question(
    Question(
        text="Will <b>it</b> hold?", id="q", version="q", criteria="Yes & no", closes=datetime(2031, 6, 1, tzinfo=UTC)
    )
)
SECRET, OTHER = "s" * 32, "t" * 32


def answer(name="Ana", secret=SECRET, values=("70%",), **more):
    return Answer(**{"form": FORM, "question": "q", "name": name, "secret": secret, "values": list(values), **more})


def take(*answers, given=(), state="open", at=NOW):
    taken, problems = take_answers(QUESTION, answers, given, state, at, "a.jsonl")
    return taken, [problem.message for problem in problems]


def test_an_answer_becomes_a_readers_forecast():
    (made,), problems = take(answer(reason="so it goes"))
    assert (made.forecaster, made.kind, made.probability, made.at) == ("Ana", "reader", 0.7, NOW)
    assert not problems
    assert SECRET not in str(made)


def test_an_answer_can_be_changed_by_who_gave_it_and_nobody_else():
    (first,), _ = take(answer())
    (second,), problems = take(answer(" ana ", values=["20%"]), given=[first])
    assert (second.forecaster, second.probability, problems) == ("Ana", 0.2, [])
    taken, problems = take(answer(secret=OTHER, values=["90%"]), given=[first])
    assert (taken, len(problems)) == ([], 1)
    assert "taken" in problems[0]


def test_the_last_of_several_that_come_together_counts():
    taken, problems = take(answer(), answer("Bo", OTHER), answer(values=["10%"]), answer("bo", SECRET))
    assert [(f.forecaster, f.probability) for f in taken] == [("Bo", 0.7), ("Ana", 0.1)]
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("bad", "how", "says"),
    [
        (answer(), {"state": "closed"}, "poll is closed"),
        (answer(), {"state": ""}, "not open"),
        (answer(), {"at": datetime(2031, 7, 1, tzinfo=UTC)}, "question closed"),
        (answer(values=["170%"]), {}, "no probability"),
        (answer(values=[]), {}, "one probability"),
        (answer(secret="short"), {}, "a secret has"),
        (answer(name="  "), {}, "bears a name"),
        (answer(name="n" * 300), {}, "characters at most"),
        (answer(reason="r" * 3000), {}, "characters at most"),
        (answer(question="other"), {}, "another question"),
        (answer(form="x"), {}, "no answer of the form"),
    ],
)
def test_what_is_refused_says_why(bad, how, says):
    taken, (problem,) = take(bad, **how)
    assert not taken
    assert says in problem


def test_answers_come_one_a_line_as_a_list_or_alone():
    row = {"form": FORM, "question": "q", "name": "Ana", "secret": SECRET, "values": ["0.5"]}
    one = json.dumps(row)
    for content in (one, json.dumps(row, indent=1), f"[{one}]", f"{one}\n\n{one}\n"):
        answers, problems = read_answers(content.encode(), "a")
        assert answers[0] == answer(values=["0.5"])
        assert not problems
    answers, problems = read_answers(f'{one}\nno\n{{"form": 3}}\n'.encode(), "a")
    assert (len(answers), [p.input for p in problems]) == (1, ["a:2", "a:3"])
    assert read_answers(b"\xff[[[", "a")[0] == []


def test_one_reader_is_not_known_again_on_another_question():
    assert prove("q", "Ana", SECRET) == prove("q", "ana ", SECRET)
    assert len({prove(q, n, s) for q in "qr" for n in ("Ana", "Bo") for s in (SECRET, OTHER)}) == 8


def test_the_newest_row_says_whether_a_poll_is_open():
    bodies = ['{"state": "open"}', "[", '{"state": "closed"}', '{"state": "half"}']
    rows = [Assessment(id=str(n), kind="poll", about="q", by="ana", at=NOW, body=b) for n, b in enumerate(bodies)]
    assert [read_state(rows[:n]) for n in range(5)] == ["", "open", "open", "closed", "closed"]


@pytest.mark.parametrize("kind", ["yes/no", "choice", "number", "date"])
def test_the_page_holds_all_it_needs_and_escapes_all_words(kind):
    options = ("<i>a</i>", "b") if kind == "choice" else ()
    page = render_poll(
        check_question(Question(text="<script>x</script>", kind=kind, options=options, id="q")), [], "open"
    )
    assert "<script>x" not in page
    assert "<i>a" not in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert f'data-form="{FORM}"' in page


def test_the_page_of_a_closed_poll_takes_no_answers():
    assert "<form" not in render_poll(QUESTION, [], "closed")


@pytest.mark.parametrize(
    ("to", "action", "policy"),
    [
        ("https://example.org/a?x=1&y", "https://example.org/a?x=1&y", "https://example.org"),
        ("http://127.0.0.1:80/", "http://127.0.0.1:80/", "http://127.0.0.1:80"),
        ("mailto:ana+q@example.org", "mailto:ana%2Bq@example.org?subject=Answer%3A%20Will%20", "mailto:"),
        ("ana@example.org", "mailto:ana@example.org?subject=Answer%3A%20Will%20%3Cb%3Eit", "mailto:"),
    ],
)
def test_answers_go_to_a_web_or_a_mail_address(to, action, policy):
    address = parse_address(to, QUESTION)
    assert address.action.startswith(action)
    assert address.policy == policy
    page = render_poll(QUESTION, [], "open", address=address)
    assert f"form-action {policy}" in page
    assert 'name="percent"' in page
    assert ('enctype="text/plain"' in page) == (policy == "mailto:")
    assert "<noscript>" not in page


@pytest.mark.parametrize(
    "to",
    ["", "javascript:alert(1)", "ftp://a.org", "https://", "https://a b/", "https://a;script-src *", "https://u@a.org/",
     "mailto:a@b", "mailto:a@b.org?cc=all@b.org", "a@b.org, c@d.org", "mailto:a b@c.org", "https://a.org/\n"],
)  # fmt: skip
def test_other_addresses_are_refused(to):
    with pytest.raises(ValueError, match="address"):
        parse_address(to, QUESTION)


def test_the_crowd_stands_folded_with_its_line_until_the_poll_is_closed():
    moments = [datetime(2031, 5, day, tzinfo=UTC) for day in (1, 4)]
    line = [Crowd(at=m, option="", forecasters=2, mean=0.5, median=0.3 + n / 5, low=0.2, high=0.9)
            for n, m in enumerate(moments)]  # fmt: skip
    page = render_poll(QUESTION, line[-1:], "open", line)
    assert page.count("<svg") >= 2
    assert '<details id="crowd">' in page
    assert '<details id="crowd" open>' in render_poll(QUESTION, line[-1:], "closed", line)
    assert "<svg" not in render_poll(QUESTION, line[:1], "open", line[:1])


def test_the_axis_of_a_date_has_days():
    asked = check_question(Question(text="When?", id="q", version="q", kind="date", criteria="c"))
    day = datetime(2031, 5, 1, tzinfo=UTC).toordinal()
    line = [Crowd(at=datetime(2031, 4, n, tzinfo=UTC), option="", forecasters=n, mean=day, median=day + n * 3,
                  low=day, high=day) for n in (1, 2, 9)]  # fmt: skip
    page = render_poll(asked, line[-1:], "open", line)
    assert "scale from" in page
    assert "May 31</text>" in page
