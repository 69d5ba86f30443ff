"""Sitemaps that list sitemaps, as a watch reads them."""

import gzip
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from webs import Web, World, article, respond

from sayso.read.fetches import Answer
from sayso.record import Remark
from sayso.watch import sitemaps as watched
from sayso.watch.articles import Keeper
from sayso.watch.entries import MOST_SITEMAPS, find_end
from sayso.watch.feeds import Feed
from sayso.watch.states import FeedState, States

SITE = "https://post.example"
MAP = f"{SITE}/sitemap_index.xml"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"


def lists(*named: tuple[str, str]) -> bytes:
    told = (f"<sitemap><loc>{loc}</loc><lastmod>{at}</lastmod></sitemap>" for loc, at in named)
    return f"<?xml version='1.0'?><sitemapindex {SPACE}>{''.join(told)}</sitemapindex>".encode()


def pages(*numbers: int) -> bytes:
    told = (f"<url><loc>{SITE}/{number}</loc></url>" for number in numbers)
    return f"<?xml version='1.0'?><urlset {SPACE}>{''.join(told)}</urlset>".encode()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A site with a sitemap of sitemaps: one of this month, one of the last, packed, and one that says no day."""
    content = lists(
        (f"{SITE}/april.xml.gz", "2031-04-30T22:00:00+00:00"),
        (f"{SITE}/other.xml", ""),
        (f"{SITE}/may.xml", "2031-05-07T08:00:00Z"),
    )
    web = Web({MAP: content, f"{SITE}/may.xml": pages(1, 2), f"{SITE}/other.xml": pages(3)})
    web.pages[f"{SITE}/april.xml.gz"] = gzip.compress(pages(4))
    web.pages |= {f"{SITE}/{number}": article(number) for number in range(1, 60)}
    return World(tmp_path, web, feeds=(Feed(name="Post", kind="web", where=MAP),))


def asked(world: World, since: int = 0) -> list[str]:
    """The sitemaps that were asked for, in their order."""
    return [url.rpartition("/")[2] for url in world.web.asked[since:] if ".xml" in url]


def state(world: World) -> FeedState:
    states = States(world.folder / "story.db.watch.db")
    (found,) = states.feeds()
    states.close()
    return found


def test_what_a_list_of_sitemaps_leads_to_is_kept_once_the_newest_first(world: World) -> None:
    world.round()
    assert asked(world) == ["sitemap_index.xml", "may.xml", "april.xml.gz", "other.xml"]
    assert {kept.report.url for kept in world.kept()} == {f"{SITE}/{number}" for number in (1, 2, 3, 4)}
    assert (state(world).failures, state(world).error, world.problems()) == (0, "", [])
    world.round(minutes=20)
    assert len(world.texts()) == 4


def test_only_what_may_have_changed_is_asked_for_again(world: World) -> None:
    sent: dict[str, list[int]] = {}
    fetch = world.web.fetch

    def note(url: str, headers: Mapping[str, str]) -> Answer:
        answer = fetch(url, headers)
        sent.setdefault(url.rpartition("/")[2], []).append(answer.status)
        return answer

    world.web.fetch = note  # type: ignore[method-assign]
    world.round()
    world.web.pages[f"{SITE}/other.xml"] = pages(3, 5)
    world.round(hours=1)
    assert sent["sitemap_index.xml"] == [200, 304] and sent["other.xml"] == [200, 200] and sent["may.xml"] == [200]
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2, 6)
    world.web.pages[MAP] = lists((f"{SITE}/may.xml", "2031-05-07T10:30:00Z"), (f"{SITE}/other.xml", ""))
    world.round(hours=1)
    assert (sent["may.xml"], sent["other.xml"], sent["april.xml.gz"]) == ([200, 200], [200, 200, 304], [200])
    assert {kept.report.url for kept in world.kept()} == {f"{SITE}/{number}" for number in range(1, 7)}


def test_a_day_that_is_not_over_settles_nothing(world: World) -> None:
    world.web.pages[MAP] = lists((f"{SITE}/may.xml", "2031-05-07"))
    world.round()
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2, 7)
    world.round(hours=1)
    assert f"{SITE}/7" in {kept.report.url for kept in world.kept()}
    world.round(days=2)
    before = len(world.web.asked)
    world.round(days=1)
    assert asked(world, before) == ["sitemap_index.xml"]


def test_a_list_that_never_tells_of_changes_is_not_believed_for_ever(world: World) -> None:
    world.round()
    world.web.pages[f"{SITE}/april.xml.gz"] = gzip.compress(pages(4, 8))
    for _ in range(24):
        world.round(hours=8)
    assert f"{SITE}/8" in {kept.report.url for kept in world.kept()}
    assert asked(world).count("april.xml.gz") == 2


def test_a_site_s_whole_past_is_not_read(world: World) -> None:
    months = [(f"{SITE}/{n}.xml", f"20{10 + n // 12}-{n % 12 + 1:02}-01T00:00:00Z") for n in range(100, 250)]
    world.web.pages[MAP] = lists(*months)
    world.web.pages |= {url: pages(int(url.rpartition("/")[2][:-4])) for url, _ in months}
    world.round()
    world.round(hours=1)
    assert asked(world)[1 : MOST_SITEMAPS + 1] == [f"{n}.xml" for n in range(249, 249 - MOST_SITEMAPS, -1)]
    assert asked(world).count("249.xml") == 1 and len(asked(world)) == MOST_SITEMAPS + 2
    (told,) = [one.message for one in world.said if isinstance(one, Remark) and "newest" in one.message]
    assert told == f"it lists 150 sitemaps; the newest {MOST_SITEMAPS} of them are watched"


def test_lists_of_lists_are_followed_so_deep_and_no_circle_is(world: World) -> None:
    year, deep = f"{SITE}/year.xml", f"{SITE}/deep.xml"
    world.web.pages[MAP] = lists((year, ""), (MAP, ""))
    world.web.pages[year] = lists((f"{SITE}/may.xml", ""), (year, ""), (deep, ""))
    world.web.pages[deep] = lists((f"{SITE}/other.xml", ""))
    world.round()
    assert {kept.report.url for kept in world.kept()} == {f"{SITE}/1", f"{SITE}/2"}
    assert "other.xml" not in asked(world) and asked(world).count("year.xml") == 1
    assert any("too far below" in problem for problem in world.problems())
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2, 9)
    world.round(hours=1)  # No list has changed, and what lies two below has.
    assert f"{SITE}/9" in {kept.report.url for kept in world.kept()}


def test_so_many_bytes_are_read_at_one_asking_and_the_rest_at_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "MOST_BYTES", len(pages(1, 2)))
    world.round()
    assert asked(world) == ["sitemap_index.xml", "may.xml"]
    world.round(minutes=20)
    assert asked(world)[2:] == ["sitemap_index.xml", "april.xml.gz", "other.xml"]
    assert len(world.texts()) == 4


@pytest.mark.parametrize(("page", "words"), [(404, "404"), (b"<html><p>Gone.</p></html>", "no feed"), (b"", "empty")])
def test_a_sitemap_that_cannot_be_had_costs_the_others_nothing(world: World, page: bytes | int, words: str) -> None:
    world.web.pages[f"{SITE}/may.xml"] = page
    world.round()
    assert {kept.report.url for kept in world.kept()} == {f"{SITE}/3", f"{SITE}/4"}
    assert words in world.problems()[0] and state(world).error.startswith(f"{SITE}/may.xml: ")
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2)
    world.round(hours=1)
    assert len(world.texts()) == 4 and state(world).error == ""


def test_a_host_that_wishes_to_be_left_alone_is_asked_for_no_more_sitemaps(world: World) -> None:
    world.web.pages[f"{SITE}/may.xml"] = lambda _: respond(f"{SITE}/may.xml", 503, Retry_After="600")
    world.round()
    assert asked(world) == ["sitemap_index.xml", "may.xml"]
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2)
    world.round(hours=1)
    assert len(world.texts()) == 4


def test_robots_txt_is_heeded(world: World) -> None:
    world.web.pages[f"{SITE}/robots.txt"] = b"User-agent: *\nDisallow: /may.xml"
    world.round()
    assert "may.xml" not in asked(world) and "robots.txt does not allow" in world.problems()[0]


def test_a_crash_between_two_sitemaps_costs_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    find, found = Keeper.find_new, []

    def die(self: Keeper, *given: object) -> object:
        found.append(1)
        if len(found) == 2:
            raise KeyboardInterrupt
        return find(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "find_new", die)
        with pytest.raises(KeyboardInterrupt):
            world.round()
    world.round(minutes=1)
    assert len(world.texts()) == 4 and asked(world).count("may.xml") == 1


def test_a_feed_that_lists_sitemaps_no_more_forgets_them(world: World) -> None:
    world.round()
    world.web.pages[MAP] = pages(10)
    before = len(world.web.asked)
    world.round(hours=1)
    world.round(hours=8)
    assert set(asked(world, before)) == {"sitemap_index.xml"}
    assert f"{SITE}/10" in {kept.report.url for kept in world.kept()}


def test_a_list_that_is_cut_takes_none_away(world: World) -> None:
    world.round()
    world.web.pages[MAP] = lists((f"{SITE}/may.xml", "2031-05-07T10:00:00Z"), (f"{SITE}/other.xml", ""))[:-60]
    world.round(hours=1)
    states = States(world.folder / "story.db.watch.db")
    assert len(states.list_sitemaps("Post", "")) == 3
    states.close()


def test_titles_of_one_sitemap_are_no_news_to_another(world: World) -> None:
    news = (
        f"<urlset {SPACE} xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>{SITE}/1</loc><n:news>"
        "<n:publication><n:name>Post</n:name></n:publication><n:title>One</n:title></n:news></url></urlset>"
    ).encode()
    world.web.pages[f"{SITE}/other.xml"] = news
    world.round()
    world.web.pages[MAP] = lists((f"{SITE}/may.xml", "2031-05-07T09:10:00Z"), (f"{SITE}/other.xml", ""))
    world.web.pages[f"{SITE}/may.xml"] = pages(1, 2, 3)
    world.web.pages[f"{SITE}/other.xml"] = news + b"<!-- -->"
    world.round(minutes=15)
    assert world.web.count(f"{SITE}/1") == 1


def test_a_name_and_password_go_to_the_feed_s_own_server_alone(world: World) -> None:
    where = "https://u:p@post.example/sitemap_index.xml"
    world.feeds = (Feed(name="Post", kind="web", where=where),)
    world.web.pages[where] = lists((f"{SITE}/may.xml", ""), ("https://other.example/x.xml", ""))
    world.web.pages["https://u:p@post.example/may.xml"] = pages(1)
    world.round()
    assert "https://u:p@post.example/may.xml" in world.web.asked and "https://other.example/x.xml" in world.web.asked
    assert all(b"u:p@" not in one.read_bytes() for one in world.folder.rglob("*") if one.is_file())


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("2031-05-07T09:00:00+02:00", datetime(2031, 5, 7, 7, tzinfo=UTC)),
        ("2031-05-07", datetime(2031, 5, 8, 12, tzinfo=UTC)),
        ("2031-05", datetime(2031, 6, 1, 12, tzinfo=UTC)),
        ("2031", datetime(2032, 1, 2, 12, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        ("9999", None),
    ],
)
def test_when_a_moment_ends(words: str, end: datetime | None) -> None:
    assert find_end(words) == end


def test_a_list_without_sitemaps_is_a_problem(world: World) -> None:
    world.web.pages[MAP] = lists(("mailto:desk@post.example", ""))
    world.round()
    assert "no sitemap in it" in world.problems()[0]
