import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.exports import list_rows
from sayso.read.reports import Content
from sayso.read.rows import read_json, read_rows
from sayso.record import Problem, Raw, Report

TEXT = "The dam gave way, police said."


def reports_of(data: Any) -> list[Report]:
    items = list(read_json(Content(content=json.dumps(data).encode("utf8"), name="in.json")))
    assert all(isinstance(item, Report) for item in items), items
    return [item for item in items if isinstance(item, Report)]


@pytest.mark.parametrize(
    "data",
    [
        {  # A news service.
            "status": "ok",
            "articles": [
                {
                    "source": {"id": None, "name": "Valley Courier"},
                    "author": "Ann Orr",
                    "title": "Dam gives way",
                    "description": "Short.",
                    "url": "https://valley.example/1",
                    "publishedAt": "2031-05-03T20:10:00Z",
                    "content": TEXT,
                }
            ],
        },
        [  # A content system.
            {
                "id": 17,
                "date_gmt": "2031-05-03T20:10:00",
                "link": "https://valley.example/1",
                "title": {"rendered": "Dam gives way"},
                "content": {"rendered": f"<p>{TEXT}</p>\n"},
                "author": {"name": "Ann Orr"},
                "publisher": "Valley Courier",
            }
        ],
        {  # A feed in JSON.
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Valley Courier",
            "items": [
                {
                    "id": "1",
                    "url": "https://valley.example/1",
                    "title": "Dam gives way",
                    "content_html": f"<p>{TEXT}</p>",
                    "date_published": "2031-05-03T20:10:00Z",
                    "authors": [{"name": "Ann Orr"}],
                    "publisher": {"name": "Valley Courier"},
                }
            ],
        },
        {  # A news item of an agency.
            "headline": "Dam gives way",
            "body_text": TEXT,
            "byline": "Ann Orr",
            "versioncreated": "2031-05-03T20:10:00Z",
            "uri": "https://valley.example/1",
            "source": "Valley Courier",
        },
    ],
)
def test_articles_of_other_programs(data: Any) -> None:
    (report,) = reports_of(data)
    assert (report.text, report.title, report.outlet, report.author) == (
        TEXT,
        "Dam gives way",
        "Valley Courier",
        "Ann Orr",
    )
    assert report.url == "https://valley.example/1"
    assert report.published is not None and report.published.isoformat() == "2031-05-03T20:10:00+00:00"


def test_chat_of_a_channel() -> None:
    service = {"id": 1, "type": "service", "date_unixtime": "1935000000", "text": "", "action": "create"}
    pieces = ["The dam ", {"type": "bold", "text": "gave way"}, "."]
    said = {"id": 2, "type": "message", "date": "2031-04-27T04:00:00", "date_unixtime": "1935000000", "text": pieces}
    passed = {**said, "id": 3, "text": "Nine are missing.", "forwarded_from": "Tarn Notes"}
    picture = {**said, "id": 4, "text": ""}
    chat = {"name": "Valley Channel", "type": "public_channel", "id": 5, "messages": [service, said, passed, picture]}
    first, second = reports_of(chat)
    assert (first.text, first.outlet, first.cites) == ("The dam gave way.", "Valley Channel", ())
    assert first.published is not None and first.published.isoformat() == "2031-04-26T20:00:00+00:00"
    assert (second.outlet, second.cites) == ("Valley Channel", ("Tarn Notes",))


def test_archive_of_posts() -> None:
    post = {"id_str": "7" * 19, "created_at": "Sat May 03 20:10:00 +0000 2031", "full_text": "RT @tarn: Nine missing"}
    text = f"window.YTD.tweets.part0 = {json.dumps([{'tweet': post}])}"
    (report,) = read_json(Content(content=text.encode("utf8"), name="tweets.js"))
    assert isinstance(report, Report) and report.published is not None
    assert (report.published.isoformat(), report.cites) == ("2031-05-03T20:10:00+00:00", ("@tarn",))


def test_own_fields_win_and_text_is_kept_to_the_character() -> None:
    row = {"text": " <p>The dam.\n", "title": "A", "source": "police", "content": "other", "publisher": "Tarn Notes"}
    assert list_rows(row) == [{**row, "outlet": "Tarn Notes"}]
    assert list_rows({**row, "outlet": "Own"}) == [{**row, "outlet": "Own"}]
    assert list_rows({"text": "The dam.", "source": "police"}) == [{"text": "The dam.", "source": "police"}]


def test_a_line_that_wraps_a_list_has_one_raw() -> None:
    line = json.dumps({"articles": [{"content": TEXT}, {"content": "Nine are missing."}]}).encode()
    items = list(read_rows([line], "in.jsonl", max_line_bytes=10_000))
    assert [type(item) for item in items] == [Raw, Report, Report]


def test_what_has_no_text_is_told() -> None:
    (problem,) = read_json(Content(content=b'{"type": "bundle", "objects": [1]}', name="in.json"))
    assert isinstance(problem, Problem) and 'no field "text"' in problem.message
    (problem,) = read_json(Content(content=b"[]", name="in.json"))
    assert isinstance(problem, Problem)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "articles", "content", "data", "tweet", "source", "date_unixtime"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_gives_rows(data: Any) -> None:
    assert isinstance(list_rows(data), list)
