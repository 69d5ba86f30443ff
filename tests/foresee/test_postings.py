"""What forms send: posted, one a line, or written into a mail by whatever mail program."""

import json
from email.message import EmailMessage
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.foresee.questions.polls import FORM, read_answers
from sayso.foresee.questions.postings import list_postings, row_of_fields

FIELDS = [
    ("form", FORM),
    ("question", "q"),
    ("name", "Ana"),
    ("secret", "s" * 20),
    ("percent.north", "20"),
    ("percent.a=b", "80"),
    ("reason", "first line\nname=no name"),
    ("end", "1"),
]
VALUES = ["north=20%", "a=b=80%"]


def write_plain(fields: list[tuple[str, str]] = FIELDS) -> str:
    """A form as browsers encode it for a mail (HTML, "text/plain" encoding)."""
    return "".join(f"{key}={value}\n".replace("\n", "\r\n") for key, value in fields)


def write_mail(body: str, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "ana@example.org", "Answer: Will it hold?"
    message.set_content(body, **headers)
    return message.as_bytes()


@pytest.mark.parametrize(
    "content",
    [
        urlencode(FIELDS).encode(),
        (urlencode(FIELDS) + "\r\n").encode(),
        write_plain().encode(),
        write_mail("Dear all,\n\n" + write_plain() + "\n-- \nAna\n"),
        write_mail(write_plain(), cte="base64"),
        b"From ana@example.org Thu May  1 10:00:00 2031\n" + write_mail(write_plain()),
    ],
    ids=["posted", "posted in a line", "plain", "mail", "base64", "mailbox"],
)
def test_a_form_is_the_same_answer_whichever_way_it_came(content: bytes) -> None:
    (answer,), problems = read_answers(content, "a")
    assert not problems
    assert (answer.question, answer.name, answer.secret, answer.values) == ("q", "Ana", "s" * 20, VALUES)
    assert answer.reason.splitlines() == ["first line", "name=no name"]


def test_several_forms_and_lines_of_json_stand_in_one_file() -> None:
    row = json.dumps({"form": FORM, "question": "q", "name": "Bo", "secret": "t" * 20, "values": ["0.5"]})
    text = f"{urlencode(FIELDS)}\n{row}\nnothing\n{write_plain()}{write_plain()}"
    answers, problems = read_answers(text.encode(), "a")
    assert [answer.name for answer in answers] == ["Ana", "Bo", "Ana", "Ana"]
    assert [problem.input for problem in problems] == ["a:3"]


def test_a_mailbox_has_an_answer_a_mail_and_says_which_has_none() -> None:
    made = {"form": FORM, "question": "q", "name": "Bo", "secret": "t" * 20, "values": ["0.5"]}
    row = json.dumps(made).replace('"name"', '\n"name"')
    mails = [write_mail(write_plain()), write_mail(f"Hello,\n\n{row}\n"), write_mail("Are you well?")]
    content = b"".join(b"From a@example.org Thu May  1 10:00:00 2031\n" + mail + b"\n" for mail in mails)
    answers, problems = read_answers(content, "box")
    assert [answer.name for answer in answers] == ["Ana", "Bo"]
    assert [(problem.input, problem.message) for problem in problems] == [("box: mail 3", "no answer: it has none")]


def test_a_mail_that_flows_is_joined_again() -> None:
    body = write_plain([*FIELDS[:6], ("reason", "words and \nwords"), ("end", "1")])
    message = EmailMessage()
    message["From"] = "ana@example.org"
    message.set_content(body)
    message.set_param("format", "flowed")
    (answer,), _ = read_answers(message.as_bytes(), "a")
    assert answer.reason == "words and words"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ([("form", FORM)], "required field"),
        ([*FIELDS, ("admin", "yes")], "no field of an answer: 'admin'"),
        ([("a", "b")] * 600, "no answer"),
    ],
)
def test_what_is_no_answer_says_why(fields: list[tuple[str, str]], says: str) -> None:
    answers, (problem, *_) = read_answers(("form=x&" + urlencode(fields)).encode(), "a")
    assert not answers
    assert says in problem.message


def test_fields_are_values_as_the_command_line_has_them() -> None:
    assert row_of_fields([("percent", "35")])["values"] == ["35%"]
    assert row_of_fields([("value.p10", "2031-05-01"), ("value.p50", " 3 ")])["values"] == ["p10=2031-05-01", "p50=3"]


MAILS = st.text(max_size=200).map(lambda words: b"Subject: x\r\n\r\nform=" + words.encode("utf8"))


@given(st.binary(max_size=300) | MAILS)
def test_any_file_is_answers_or_problems(content: bytes) -> None:
    read_answers(content, "a")


@given(st.text(max_size=200))
def test_every_line_is_part_of_a_form_or_told(text: str) -> None:
    assert bool(list(list_postings(text))) == bool(text.strip())
