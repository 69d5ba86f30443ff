import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.reports import Content
from sayso.read.rows import MAX_NAMED_LINES, read_json, read_rows, split_lines
from sayso.record import Problem, Raw, Report


def rows_of(*lines: str | bytes, max_line_bytes: int = 10_000) -> list[Raw | Report | Problem]:
    content = b"\n".join(line.encode("utf8") if isinstance(line, str) else line for line in lines)
    return list(read_rows([content], "in.jsonl", max_line_bytes=max_line_bytes))


def test_every_field() -> None:
    row = {
        "id": "r1",
        "outlet": "Valley Post",
        "title": "Dam breached",
        "author": "Ana Ruiz",
        "published": "2024-05-03T09:10:00+02:00",
        "language": "en-GB",
        "url": "https://valley.example/dam",
        "cites": ["Wire One"],
        "links": ["https://wire.example/1", "https://wire.example/1"],
        "text": " The dam gave way.\r\n\n",
    }
    raw, report = rows_of(json.dumps(row))
    assert isinstance(raw, Raw) and isinstance(report, Report)
    assert (raw.name, report.raw) == ("in.jsonl:1", raw.sha256)
    assert (report.id, report.outlet, report.title, report.author) == ("r1", "Valley Post", "Dam breached", "Ana Ruiz")
    assert report.text == row["text"]
    assert (report.language, report.url) == ("en", row["url"])
    assert report.published is not None and report.published.isoformat() == row["published"]
    assert (report.published_words, report.published_exact) == (row["published"], True)
    assert (report.cites, report.links) == (("Wire One",), ("https://wire.example/1",))


def test_text_alone_is_enough() -> None:
    _, report = rows_of('{"text": "The dam above the town gave way on Friday."}')
    assert isinstance(report, Report)
    assert report.id == report.digest != ""
    assert (report.outlet, report.title, report.published, report.language) == ("", "", None, "en")


def test_fields_of_the_wrong_kind_count_as_not_given() -> None:
    row = {
        "text": "The dam",
        "id": 7,
        "outlet": None,
        "title": ["x"],
        "published": {},
        "cites": "AP",
        "links": [1, "u"],
    }
    _, report = rows_of(json.dumps(row))
    assert isinstance(report, Report)
    assert (report.id, report.outlet, report.title, report.published) == ("7", "", "", None)
    assert (report.cites, report.links) == ((), ("u",))


def test_words_of_an_unknown_date_are_kept() -> None:
    _, report = rows_of('{"text": "The dam", "published": "last spring"}')
    assert isinstance(report, Report)
    assert (report.published, report.published_words) == (None, "last spring")


def test_same_id_twice_keeps_both() -> None:
    reports = [
        item for item in rows_of('{"id":"a","text":"one"}', '{"id":"a","text":"two"}') if isinstance(item, Report)
    ]
    assert [report.id for report in reports] == ["a", "a"]
    assert reports[0].digest != reports[1].digest


BROKEN: list[tuple[str | bytes, str]] = [
    ('{"text": "a', "not JSON"),
    ("[1, 2]", "not a JSON object"),
    ('"text"', "not a JSON object"),
    ('{"title": "a"}', 'no field "text"'),
    ('{"text": 3}', 'no string as "text"'),
    ('{"text": null}', 'no string as "text"'),
    ('{"text": "  "}', "empty"),
    (b'{"text": "\xe9\xe8"}', "not UTF-8"),
    ('{"text": "a\0"}', "not JSON"),
    ('{"text": "a", "x": ' + "[" * 100_000, "nested too deeply"),
    ('{"text": "a", "x": ' + "9" * 5000 + "}", "too long a number"),
    ('{"text": "' + "a" * 200_000 + '"}', "longer than"),
]


@pytest.mark.parametrize(("line", "message"), BROKEN)
def test_broken_line_costs_only_itself(line: str | bytes, message: str) -> None:
    items = rows_of('{"text": "one"}', line, "", '{"text": "two"}', max_line_bytes=150_000)
    assert [item.text for item in items if isinstance(item, Report)] == ["one", "two"]
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert problem.input == "in.jsonl:2"
    assert message in problem.message
    assert "\n" not in problem.message


def test_many_broken_lines_are_counted() -> None:
    problems = [item for item in rows_of(*["{"] * 50, '{"text": "one"}') if isinstance(item, Problem)]
    assert len(problems) == MAX_NAMED_LINES + 1
    assert problems[-1].message.startswith("30 more")


def test_surrogates_and_nuls_are_replaced_one_for_one() -> None:
    _, report = rows_of('{"text": "a\\ud800b\\u0000c", "title": "\\udfff"}')
    assert isinstance(report, Report)
    assert (report.text, report.title) == ("a\ufffdb\ufffdc", "\ufffd")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(str.strip), max_size=5))
def test_texts_come_back_to_the_character(texts: list[str]) -> None:
    lines = [json.dumps({"text": text, "language": "en"}, ensure_ascii=False) for text in texts]
    assert [item.text for item in rows_of(*lines) if isinstance(item, Report)] == texts


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    )
)
def test_any_json_gives_a_report_or_a_problem(value: Any) -> None:
    wrapped = [value, {"text": "The dam", "published": value, "id": value, "cites": value, "language": value}]
    items = rows_of(*map(json.dumps, wrapped))
    assert sum(isinstance(item, Report | Problem) for item in items) == 2


@given(st.lists(st.binary(max_size=30), max_size=20), st.integers(1, 40))
def test_lines_do_not_depend_on_chunks(chunks: list[bytes], most: int) -> None:
    whole = b"".join(chunks)
    expected = [line if len(line) <= most else None for line in whole.split(b"\n")]
    if not whole.endswith(b"\n") and whole:
        assert list(split_lines(chunks, most)) == expected
    else:
        assert list(split_lines(chunks, most)) == expected[:-1]


def test_json_document_of_several_reports() -> None:
    content = Content(content=b'[{"text": "one"},\n 3, {"text": "two"}]', name="in.json")
    items = list(read_json(content))
    assert [item.text for item in items if isinstance(item, Report)] == ["one", "two"]
    assert [item.input for item in items if isinstance(item, Problem)] == ["in.json:2"]


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b"", b'{"a": 1}'])
def test_broken_json_document_is_one_problem(content: bytes) -> None:
    (problem,) = read_json(Content(content=content, name="in.json"))
    assert isinstance(problem, Problem)
