import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.texts import MAX_FRONT_MATTER, read_markdown, read_text, split_front_matter
from sayso.record import Problem, Remark, Report

FRONT = """---
id: 007
outlet: "Valley Post"
title: "Dam breached: hundreds flee"
published: 2024-05-03T09:10:00+02:00
url: https://valley.example/dam
language: en
author: ~
cites: [Wire One, "City Desk"]
---

  The dam gave way, [Wire One](https://wire.example/1) said.\u00a0

It was *loud*.

"""


def markdown_of(text: str) -> Report | Problem:
    items = list(read_markdown(Content(content=text.encode("utf8"), name="in.md")))
    (item,) = [item for item in items if not isinstance(item, Remark)]
    return item


def test_every_field() -> None:
    report = markdown_of(FRONT)
    assert isinstance(report, Report)
    assert (report.id, report.outlet, report.title) == ("007", "Valley Post", "Dam breached: hundreds flee")
    assert report.published is not None and report.published.isoformat() == "2024-05-03T09:10:00+02:00"
    assert (report.published_words, report.published_exact) == ("2024-05-03T09:10:00+02:00", True)
    assert (report.url, report.language, report.author) == ("https://valley.example/dam", "en", "")
    assert report.cites == ("Wire One", "City Desk")
    assert report.links == ("https://wire.example/1",)
    assert report.text == "  The dam gave way, [Wire One](https://wire.example/1) said.\u00a0\n\nIt was *loud*."


def test_windows_line_ends() -> None:
    report = markdown_of("---\r\ntitle: A\r\n---\r\n\r\nOne.\r\n\r\nTwo.\r\n")
    assert isinstance(report, Report)
    assert (report.title, report.text) == ("A", "One.\r\n\r\nTwo.")


@pytest.mark.parametrize(
    "text", ["---\n\nA rule, no front matter.", "---\n- a\n- list\n---\nText.", "---\njust words\n---\nText."]
)
def test_rule_without_front_matter_is_body(text: str) -> None:
    assert split_front_matter(text) == ({}, text, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\na: " + "x" * MAX_FRONT_MATTER + "\n---\nText.", "longer than"),
        ("---\ntitle: A\n---\n\n \n", "nothing after"),
    ],
)
def test_broken_front_matter_is_a_problem(text: str, message: str) -> None:
    problem = markdown_of(text)
    assert isinstance(problem, Problem)
    assert message in problem.message
    assert "\n" not in problem.message


def test_front_matter_that_is_not_quite_yaml_is_read_line_by_line() -> None:
    head = "title: Dam: breached\noutlet: 'Tarn Notes'\nauthor: @orr\ntags: [a\ncites:\n"
    remark, report = read_markdown(Content(content=f"---\n{head}---\nText.".encode(), name="in.md"))
    assert isinstance(remark, Remark) and "line by line" in remark.message and "line 2" in remark.message
    assert isinstance(report, Report)
    assert (report.title, report.outlet, report.author) == ("Dam: breached", "Tarn Notes", "@orr")
    deep = markdown_of("---\na: " + "[" * 5000 + "\n---\nText.")
    assert isinstance(deep, Report) and deep.text == "Text."


def test_aliases_and_tags_do_nothing() -> None:
    report = markdown_of("---\na: &a [x, x]\nb: [*a, *a, *a]\ntitle: !!python/object:os.system A\n---\nText.")
    assert isinstance(report, Report)
    assert report.title == "A"


def test_plain_text_is_kept_to_the_character() -> None:
    text = "Dam breached\n\n  The\u00a0dam\u00ad gave way.\r\n\n"
    (report,) = read_text(Content(content=text.encode("utf8"), name="a.txt"))
    assert isinstance(report, Report)
    assert (report.text, report.title, report.published) == (text, "", None)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=4))
def test_any_text_comes_back(text: str) -> None:
    (report,) = read_text(Content(content=text.encode("utf8"), name="a.txt"))
    assert isinstance(report, Report)
    assert report.text == text


@given(st.text())
def test_any_front_matter_gives_one_item(head: str) -> None:
    assert isinstance(markdown_of(f"---\n{head}\n---\nText."), Report | Problem)
