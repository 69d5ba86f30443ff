import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.exports import list_rows
from sayso.read.reports import Content
from sayso.read.rows import read_json, read_rows
from sayso.record import Problem, Raw, Remark, Report

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


AUTHOR = {"name": "Ann Orr"}
WHEN = "2031-05-03T20:10:00Z"
SECONDS = 1935605400
URL = "https://valley.example/1"


@pytest.mark.parametrize(
    ("data", "outlet"),
    [
        (
            {"response": {"results": [{"webPublicationDate": WHEN, "webUrl": URL, "fields": {"bodyText": TEXT}}]}},
            "valley.example",
        ),
        (
            {
                "data": [
                    {"id": "1", "fields": {"body": TEXT, "date": {"created": WHEN}, "source": [{"name": "Relief"}]}}
                ]
            },
            "Relief",
        ),
        ({"articles": {"results": [{"body": TEXT, "dateTimePub": WHEN, "source": {"title": "Courier"}}]}}, "Courier"),
        (
            {
                "orderedItems": [
                    {"type": "Create", "object": {"content": f"<p>{TEXT}</p>", "published": WHEN, "url": URL}}
                ]
            },
            "valley.example",
        ),
        ({"feed": [{"post": {"author": {"displayName": "Courier"}, "record": {"text": TEXT, "createdAt": WHEN}}}]}, ""),
        (
            {
                "data": {
                    "children": [
                        {"kind": "t3", "data": {"selftext": TEXT, "subreddit": "dams", "created_utc": SECONDS}}
                    ]
                }
            },
            "dams",
        ),
        (
            {
                "guild": {"name": "Tarn"},
                "channel": {"name": "news"},
                "messages": [{"content": TEXT, "timestamp": WHEN}],
            },
            "news",
        ),
        (
            {
                "bodies": [{"role": "main", "value": f"<p>{TEXT}</p>"}],
                "infosources": [{"name": "Wire"}],
                "firstcreated": WHEN,
            },
            "Wire",
        ),
        ({"text": TEXT, "sitename": "Courier", "hostname": "valley.example", "date": WHEN}, "Courier"),
        ({"text": TEXT, "ts": f"{SECONDS}.000200", "type": "message"}, ""),
        ({"hits": {"hits": [{"_source": {"content": TEXT, "published_at": WHEN, "publisher": "Courier"}}]}}, "Courier"),
        (
            {
                "@graph": [
                    {"@type": "WebSite", "@id": "#s", "name": "Courier"},
                    {"@type": ["NewsArticle"], "articleBody": TEXT, "datePublished": WHEN, "publisher": {"@id": "#s"}},
                ]
            },
            "Courier",
        ),
        (
            {
                "type": "bundle",
                "objects": [
                    {"type": "identity", "id": "identity--1", "name": "Tarn CERT"},
                    {"type": "malware", "description": "x"},
                    {"type": "report", "created_by_ref": "identity--1", "description": TEXT, "published": WHEN},
                ],
            },
            "Tarn CERT",
        ),
        (
            {
                "@type": "LiveBlogPosting",
                "publisher": {"name": "Courier"},
                "liveBlogUpdate": [{"articleBody": TEXT, "datePublished": WHEN}],
            },
            "Courier",
        ),
    ],
)
def test_rows_in_other_wrappings(data: Any, outlet: str) -> None:
    (report,) = reports_of(data)
    assert (report.text, report.outlet) == (TEXT, outlet)
    assert report.published is not None and report.published.isoformat() == "2031-05-03T20:10:00+00:00"


def test_paragraphs_of_a_text_are_apart() -> None:
    (report,) = reports_of({"body": [TEXT, "Nine are missing."], "byline": "By Ann Orr"})
    assert (report.text, report.author) == (f"{TEXT}\n\nNine are missing.", "Ann Orr")


def test_numbers_are_no_names_and_count_within_their_site() -> None:
    (report,) = reports_of({"id": 7, "content": TEXT, "author": 3, "link": URL})
    assert (report.author, report.id) == ("", "valley.example/7")


def test_texts_that_a_service_has_cut_short_are_remarked() -> None:
    data = {"articles": [{"content": f"{TEXT}… [+2200 chars]", "url": URL}]}
    remark, report = read_json(Content(content=json.dumps(data).encode("utf8"), name="in.json"))
    assert isinstance(remark, Remark) and "cut 1 of 1" in remark.message
    assert isinstance(report, Report) and report.text == TEXT


def test_what_a_program_says_of_itself_is_no_report() -> None:
    (problem,) = read_json(Content(content=b'{"name": "x", "description": "A tool for dams"}', name="in.json"))
    assert isinstance(problem, Problem)
    joined = [{"type": "message", "subtype": "channel_join", "text": "x has joined", "ts": f"{SECONDS}.1"}]
    assert list_rows(joined) == []


def test_references_without_texts_are_a_list_of_addresses() -> None:
    data = [{"type": "article-newspaper", "title": "Dam", "URL": URL}]
    (problem,) = read_json(Content(content=json.dumps(data).encode("utf8"), name="in.json"))
    assert isinstance(problem, Problem) and "one address" in problem.message


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


def read_text(text: str, name: str = "in.json") -> list[Report]:
    items = list(read_json(Content(content=text.encode("utf8"), name=name)))
    return [item for item in items if isinstance(item, Report)]


SAID = "Police said nine people were missing."
OTHERS: list[tuple[str, Any, dict[str, Any]]] = [
    (
        "an old export of Telegram, without seconds",
        {
            "name": "Valley Front",
            "type": "public_channel",
            "messages": [
                {"id": 1, "type": "service", "date": "2031-05-03T08:00:00", "actor": "Valley Front", "text": ""},
                {"id": 2, "type": "message", "date": "2031-05-03T20:10:00", "from": "Valley Front", "text": SAID},
            ],
        },
        {"outlet": "Valley Front", "text": SAID},
    ),
    (
        "a library for Telegram",
        [
            {"_": "Message", "id": 5, "date": "2031-05-03T20:10:00+00:00", "message": SAID},
            {"_": "MessageService", "id": 6, "date": "2031-05-03T20:11:00+00:00", "action": {}},
        ],
        {"text": SAID},
    ),
    (
        "posts whose makers stand beside them",
        {
            "data": [{"id": "1", "text": SAID, "created_at": "2031-05-03T20:10:00.000Z", "author_id": "7"}],
            "includes": {"users": [{"id": "7", "name": "Tarn Watch", "username": "tarnwatch"}]},
        },
        {"author": "Tarn Watch", "outlet": "Tarn Watch"},
    ),
    (
        "posts of a group",
        {
            "response": {
                "items": [{"id": 5, "from_id": -1, "date": 1935605400, "text": SAID}],
                "groups": [{"id": 1, "name": "Valley Front"}],
            }
        },
        {"outlet": "Valley Front", "author": ""},
    ),
    (
        "a post that passes on a longer one",
        {
            "statuses": [
                {
                    "created_at": "Sat May 03 20:10:00 +0000 2031",
                    "full_text": "RT @tarnwatch: Police said ni…",
                    "user": {"name": "Valley Front"},
                    "retweeted_status": {"full_text": SAID},
                }
            ]
        },
        {"text": f"RT @tarnwatch: {SAID}", "author": "Valley Front", "cites": ("@tarnwatch",)},
    ),
    (
        "letters that were encoded twice",
        {
            "messages": [{"sender_name": "Jo", "timestamp_ms": 1935605400000, "content": "Neun MÃ¤nner fehlen."}],
            "title": "Talbote",
            "thread_path": "inbox/1",
        },
        {"text": "Neun Männer fehlen.", "author": "Jo", "outlet": "Talbote"},
    ),
    (
        "a story in elements",
        {
            "type": "story",
            "headlines": {"basic": "Dam gives way"},
            "first_publish_date": "2031-05-03T20:10:00Z",
            "credits": {"by": [{"name": "Ann Orr"}]},
            "content_elements": [
                {"type": "text", "content": "Police said <b>nine</b> people"},
                {"type": "image", "caption": "The dam"},
                {"type": "text", "content": "were missing."},
            ],
        },
        {"text": "Police said nine people\n\nwere missing.", "title": "Dam gives way", "author": "Ann Orr"},
    ),
    (
        "a report that lists related ones",
        {
            "title": "Dam",
            "date": "2031-05-03T20:10:00Z",
            "body": SAID,
            "articles": [{"title": "Mill", "url": "https://v.example"}],
        },
        {"text": SAID, "title": "Dam"},
    ),
    (
        "a crawler's page",
        {
            "maintext": SAID,
            "date_publish": "2031-05-03 20:10:00",
            "source_domain": "valley.example",
            "description": "x",
        },
        {"text": SAID, "outlet": "valley.example"},
    ),
]


@pytest.mark.parametrize(("data", "right"), [(d, r) for _, d, r in OTHERS], ids=[name for name, _, _ in OTHERS])
def test_more_programs(data: Any, right: dict[str, Any]) -> None:
    (report,) = reports_of(data)
    assert {key: getattr(report, key) for key in right} == right
    assert report.published is not None and report.published.strftime("%F %R") == "2031-05-03 20:10"


def test_posts_without_words_are_passed_over() -> None:
    rows = [{"content": "", "timestamp": "2031-05-03T20:10:00Z", "attachments": [{"url": "x"}]}]
    rows += [{"content": SAID, "timestamp": "2031-05-03T20:10:00Z"}]  # type: ignore[dict-item]  # A row of words.
    assert [report.text for report in reports_of({"channel": {"name": "news"}, "messages": rows})] == [SAID]


def test_json_in_programs() -> None:
    row = json.dumps([{"content": SAID, "url": "https://v.example/1"}])
    for text in (f"show({row});", f"/**/ page.show({row})", f"window.YTD.tweet.part0 = {row};\n"):
        assert [report.text for report in read_text(text)] == [SAID]


def test_events_in_json_are_told_in_words() -> None:
    row = {
        "event_id_cnty": "TAR1",
        "event_date": "2031-05-03",
        "event_type": "Battles",
        "actor1": "Brim Militia",
        "notes": "On 3 May 2031, the militia fought the army near Brim.",
        "source": "Tarn Notes",
        "fatalities": 0,
        "latitude": None,
    }
    (report,) = reports_of({"success": True, "data": [row]})
    assert (report.outlet, report.id, report.cites) == ("ACLED", "TAR1", ("Tarn Notes",))


def test_the_title_of_a_feed_is_the_outlet_of_its_own_entries() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Valley Courier",
        "home_page_url": "https://v.example",
    }
    own = {"id": "1", "url": "https://v.example/1", "content_text": SAID}
    linked = {"id": "2", "url": "https://v.example/2", "external_url": "https://o.example/2", "content_text": SAID}
    assert [r.outlet for r in reports_of(feed | {"items": [own, linked]})] == ["Valley Courier", "v.example"]
