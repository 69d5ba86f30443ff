"""What is an article and what is an error that came as one."""

import re

import pytest

from sayso.record import Report
from sayso.tables import load_toml
from sayso.watch.doubts import find_doubt, is_error, leads_home


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 Not Found", "Error 404", "Post - 404", "Page not found | Harbour Post", "Just a moment...", "Oops!",
        "The page you requested could not be found", "Sorry, the page cannot be found", "Access Denied",
        "503 Service Unavailable", "Seite nicht gefunden", "Страница не найдена", "We’ll be right back",
    ],
)  # fmt: skip
def test_titles_of_errors(title: str) -> None:
    assert is_error(title)


@pytest.mark.parametrize(
    "title",
    [
        "", "500 soldiers killed", "404 homes flooded in Ostrow", "Not found: the missing miners", "503 dead",
        "Service unavailable at hospitals", "Errors at the port", "Access denied to inspectors, ministry says",
        "Article 5 invoked", "Page removed from the report, senators say",
    ],
)  # fmt: skip
def test_titles_of_news(title: str) -> None:
    assert not is_error(title)


def test_the_table_holds_patterns_each_once() -> None:
    titles = load_toml("error_pages.toml")["titles"]
    assert len(titles) == len(set(titles)) and all(re.compile(title) for title in titles)


@pytest.mark.parametrize(
    ("asked", "came", "home"),
    [
        ("https://a.example/x", "https://a.example/", True),
        ("https://a.example/?p=1", "https://www.a.example", True),
        ("https://a.example/x", "https://a.example/y", False),
        ("https://a.example/", "https://a.example/", False),
        ("https://a.example/x", "https://a.example/x", False),
    ],
)
def test_what_leads_home(asked: str, came: str, home: bool) -> None:
    assert leads_home(asked, came) is home


def test_a_loss_of_nearly_all_text_is_no_version() -> None:
    url, long = "https://a.example/x", "The dam gave way at noon. " * 40
    cut = Report(id="r", text="Subscribe to read on.", title="Dam gives way")
    assert "nearly all" in find_doubt(url, url, cut, long)
    assert find_doubt(url, url, cut, "") == "" and find_doubt(url, url, cut, "A short text.") == ""
